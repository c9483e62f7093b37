//! JSON text → spanned tree.
//!
//! `serde_json` judges what is JSON, bounds the depth and words the errors; the places come from
//! its raw values, which are slices of the text itself.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::node::{Entry, Node, Value};
use crate::diagnostic::{Code, Diagnostic, Sink};

/// Parses JSON; what is not JSON, and keys given twice, are reported.
///
/// Returns `None` if the text is not JSON. Nesting deeper than 128 is refused.
pub fn parse_json<'t>(text: &'t str, sink: &mut Sink<'_>) -> Option<Node<'t>> {
    // A typed value has the depth limit that raw values lack.
    if let Err(error) = serde_json::from_str::<Anything>(text) {
        let offset = offset_of(text, error.line(), error.column());
        let problem = Diagnostic::new(Code::Syntax, offset..offset, wording(&error));
        sink.record(match slip(text, offset).filter(|_| error.is_syntax()) {
            Some(help) => problem.with_help(help),
            None => problem,
        });
        return None;
    }
    let raw = serde_json::from_str::<&RawValue>(text).ok()?;
    Some(Reader { text, sink }.node(raw))
}

fn wording(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    let words = text.get(..end).unwrap_or(&text);
    match words {
        "EOF while parsing a value" => "the text is empty or ends where a value is due".to_owned(),
        "recursion limit exceeded" => "brackets are nested deeper than 128 levels".to_owned(),
        other => match other.strip_prefix("EOF while parsing ") {
            Some(part) => format!("the text ends in the middle of {part}"),
            None => format!("this is not JSON: {other}"),
        },
    }
}

/// What people write that is not JSON, where it stands at `offset`.
fn slip(text: &str, offset: usize) -> Option<&'static str> {
    let is_behind_digit = text.get(..offset)?.ends_with(|c: char| c.is_ascii_digit());
    match text.get(offset..)?.chars().next()? {
        '“' | '”' | '„' | '‘' | '’' | '«' | '\'' => {
            Some("JSON takes plain double quotes: `\"`")
        }
        '/' | '#' => Some("JSON has no comments"),
        '-' | '.' if is_behind_digit => {
            Some("a date stands in double quotes, as in `\"1996-04-12\"`")
        }
        'N' | 'T' | 'F' => Some("write `null`, `true` or `false`, in small letters"),
        c if c.is_alphabetic() => Some("a key or a text stands in double quotes"),
        _ => None,
    }
}

/// The byte offset of a line and a column (in bytes), both counted from 1.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut offset = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

struct Reader<'t, 's, 'f> {
    text: &'t str,
    sink: &'s mut Sink<'f>,
}

impl<'t> Reader<'t, '_, '_> {
    fn span(&self, raw: &str) -> Range<usize> {
        let start = raw.as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        start..start + raw.len()
    }

    fn node(&mut self, raw: &'t RawValue) -> Node<'t> {
        let text = raw.get();
        let span = self.span(text);
        let value = match text.as_bytes().first() {
            Some(b'{') => Value::Table(self.entries(text)),
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(text).unwrap_or_default();
                Value::List(items.into_iter().map(|item| self.node(item)).collect())
            }
            Some(b'"') => Value::Text(string(text)),
            Some(b't') => Value::Flag(true),
            Some(b'f') => Value::Flag(false),
            Some(b'n') => Value::Null,
            _ => number(text),
        };
        Node { span, value }
    }

    fn entries(&mut self, text: &'t str) -> Vec<Entry<'t>> {
        let pairs: Pairs<'t> = serde_json::from_str(text).unwrap_or(Pairs(Vec::new()));
        let mut entries: Vec<Entry<'t>> = Vec::with_capacity(pairs.0.len());
        let mut seen: BTreeSet<Cow<'t, str>> = BTreeSet::new();
        for (key, raw) in pairs.0 {
            let node = self.node(raw);
            let key_span = self.key_before(node.span.start);
            if seen.insert(key.clone()) {
                entries.push(Entry { key, key_span, node });
            } else {
                let message = format!("the key `{key}` is given twice");
                self.sink.report(Code::DuplicateKey, key_span, message);
            }
        }
        entries
    }

    /// Finds the key in front of a value: white space, colon, white space, quoted text.
    fn key_before(&self, value_start: usize) -> Range<usize> {
        let bytes = self.text.as_bytes().get(..value_start).unwrap_or_default();
        let Some(end) = bytes.iter().rposition(|b| *b == b'"') else { return 0..0 };
        let mut start = end;
        while let Some(at) = bytes.get(..start).and_then(|b| b.iter().rposition(|b| *b == b'"')) {
            start = at;
            let head = bytes.get(..at).unwrap_or_default();
            let escapes = head.iter().rev().take_while(|b| **b == b'\\').count();
            if escapes % 2 == 0 {
                break;
            }
        }
        start..end + 1
    }
}

fn string(raw: &str) -> Cow<'_, str> {
    let inner = raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default();
    if inner.contains('\\') {
        Cow::Owned(serde_json::from_str(raw).unwrap_or_default())
    } else {
        Cow::Borrowed(inner)
    }
}

fn number(raw: &str) -> Value<'static> {
    match raw.parse::<i64>() {
        Ok(number) => Value::Whole(number),
        Err(_) => Value::Decimal(raw.parse().unwrap_or(f64::INFINITY)),
    }
}

/// Any JSON, of which nothing is kept. Unlike `IgnoredAny` it is bound by the limit of depth.
struct Anything;

impl<'de> Deserialize<'de> for Anything {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Anything {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self, A::Error> {
        while map.next_entry::<Self, Self>()?.is_some() {}
        Ok(self)
    }
}

/// A key of an object, a part of the text where nothing in it is escaped.
#[derive(Deserialize)]
struct Key<'t>(#[serde(borrow)] Cow<'t, str>);

/// An object's members in the order of the text, repetitions included.
struct Pairs<'t>(Vec<(Cow<'t, str>, &'t RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Pairs<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
                let mut pairs = Vec::new();
                while let Some((Key(key), value)) = map.next_entry()? {
                    pairs.push((key, value));
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Members)
    }
}
