//! TOML text → spanned tree.

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::node::{Entry, Node, Value};
use super::slip;
use crate::diagnostic::{Code, Sink};

/// What the parser says where a list, an inline table or a text of several lines does not end.
const MAYBE_LEFT_OPEN: &[&str] = &["array", "inline table", "key-value pairs", "multi-line"];

/// Parses TOML; what is not TOML is reported, all of it at once.
///
/// Returns `None` if anything was reported: half a file is never read.
pub fn parse_toml<'t>(text: &'t str, sink: &mut Sink<'_>) -> Option<Node<'t>> {
    let (document, mut errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let span = document.span();
        return Some(Node { span, value: Value::Table(entries(document.into_inner())) });
    }
    // The parser reports out of order, so sort, and keep one problem a line. Behind a bracket or
    // quote left open everything is an echo of it, so end there.
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    let mut last_line = None;
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let line = crate::diagnostic::position(text, span.start).0;
        let message = first_line(error.message());
        if let Some(problem) = slip::syntax(text, &span, &message) {
            if last_line != Some(line) {
                sink.record(problem);
            }
            last_line = Some(line);
            continue;
        }
        if MAYBE_LEFT_OPEN.iter().any(|words| message.contains(words)) {
            let help = "a bracket or quote may be left open here or on the line before";
            sink.report_with_help(Code::Syntax, span, message, help);
            return None;
        }
        if last_line != Some(line) {
            match (message.as_str(), text.get(span.clone())) {
                ("duplicate key", Some(key)) => {
                    let message = format!("the key `{key}` is given twice");
                    sink.report(Code::DuplicateKey, span, message);
                }
                _ => sink.report(Code::Syntax, span, message),
            }
        }
        last_line = Some(line);
    }
    None
}

fn first_line(message: &str) -> String {
    message.replace('\n', "; ")
}

fn entries<'t>(table: DeTable<'t>) -> Vec<Entry<'t>> {
    let mut entries: Vec<Entry<'t>> = table
        .into_iter()
        .map(|(key, value)| Entry {
            key_span: key.span(),
            key: key.into_inner(),
            node: node(value),
        })
        .collect();
    // The parser's map is sorted by key; a reader of the messages thinks in the file's order.
    entries.sort_by_key(|entry| entry.key_span.start);
    entries
}

fn node(spanned: Spanned<DeValue<'_>>) -> Node<'_> {
    let span = spanned.span();
    let value = match spanned.into_inner() {
        DeValue::String(text) => Value::Text(text),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Value::Decimal(f64::INFINITY), Value::Whole),
        DeValue::Float(number) => Value::Decimal(number.as_str().parse().unwrap_or(f64::INFINITY)),
        DeValue::Boolean(flag) => Value::Flag(flag),
        DeValue::Datetime(time) => day(time.to_string()),
        DeValue::Array(items) => Value::List(items.into_iter().map(node).collect()),
        DeValue::Table(table) => Value::Table(entries(table)),
    };
    Node { span, value }
}

/// A date alone is a day; a date with a time of day, or a time alone, is not.
fn day(text: String) -> Value<'static> {
    text.parse::<NaiveDate>().map_or(Value::OtherTime(text), Value::Day)
}
