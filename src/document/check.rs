//! Files held against what may stand in them.

use std::ops::Range;

use super::fit::{REFERENCE_DAYS, fits, is_ongoing, month_day_of, wanted};
use super::instead;
use super::letters::{instead, latin, meant, plain_spaces};
use super::node::{Node, Notation, Value};
use super::shape::{Kind, Names, Namespace, Need, Shape};
use super::slip::{self, Quoted};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::suggest::did_you_mean;
use crate::vocabulary::{DateError, LevelRange, PartialDate};

/// Reports every key and value of `node` that `shape` does not allow, down to the last level.
///
/// Of a document of a newer format nothing else is said: what its keys mean is not known here.
/// Returns `false` for such a document, which is not to be read any further.
pub fn check(
    node: &Node<'_>,
    shape: &'static Shape,
    names: &dyn Names,
    sink: &mut Sink<'_>,
) -> bool {
    let mut checker = Checker { names, sink };
    let table = node.table();
    if let Some(format) = table.get("format").filter(|node| node.whole() > Some(1)) {
        checker.format(format);
        return false;
    }
    checker.table(node, shape);
    true
}

/// Reports whatever of one value, called `key`, does not fit `kind`.
pub(crate) fn check_value(
    node: &Node<'_>,
    key: &str,
    kind: &'static Kind,
    names: &dyn Names,
    sink: &mut Sink<'_>,
) {
    Checker { names, sink }.value(node, kind, key);
}

struct Checker<'a, 's, 'f> {
    names: &'a dyn Names,
    sink: &'s mut Sink<'f>,
}

impl Checker<'_, '_, '_> {
    fn table(&mut self, node: &Node<'_>, shape: &'static Shape) {
        let Value::Table(entries) = &node.value else {
            return self.wrong_kind(node, &Kind::Table(shape));
        };
        for entry in entries {
            match shape.key(&entry.key) {
                Some(key) => self.value(&entry.node, &key.kind, key.name),
                None => self.sink.record(shape.unknown_key(&entry.key, entry.key_span.clone())),
            }
        }
        for key in shape.keys.iter().filter(|key| key.need == Need::Required) {
            if !entries.iter().any(|entry| entry.key == key.name) {
                let message = format!("{} lacks the key `{}`", shape.name, key.name);
                let help = format!("`{}`: {}", key.name, key.doc);
                self.sink.report_with_help(Code::MissingKey, header(node), message, help);
            }
        }
    }

    fn value(&mut self, node: &Node<'_>, kind: &'static Kind, key: &str) {
        match kind {
            Kind::Open => {
                if !matches!(node.value, Value::Table(_)) {
                    self.wrong_kind(node, kind);
                }
            }
            Kind::Table(shape) => self.table(node, shape),
            Kind::Tables(shape) => {
                for item in node.items() {
                    self.table(item, shape);
                }
            }
            Kind::List(item) => match &node.value {
                Value::List(items) => items.iter().for_each(|node| self.value(node, item, key)),
                _ => self.wrong_kind(node, kind),
            },
            Kind::OneOrMore(item) => {
                node.items().iter().for_each(|node| self.value(node, item, key));
            }
            Kind::End if is_ongoing(node) => {}
            Kind::Either(kinds) => self.either(node, kinds, key),
            _ => self.scalar(node, kind, key),
        }
    }

    fn either(&mut self, node: &Node<'_>, kinds: &'static [Kind], key: &str) {
        if let Some(kind) = kinds.iter().find(|kind| fits(node, kind)) {
            return self.value(node, kind, key);
        }
        let words: Vec<String> = kinds.iter().map(|kind| self.wanted(kind)).collect();
        self.wrong_type(node, &words.join(" or "));
    }

    fn scalar(&mut self, node: &Node<'_>, kind: &'static Kind, key: &str) {
        if !fits(node, kind) {
            return self.wrong_kind(node, kind);
        }
        match kind {
            Kind::Text | Kind::Choice => self.text(node, key),
            Kind::Id(sign) => self.id(node, *sign),
            #[expect(clippy::cast_precision_loss, reason = "bounds are small")]
            Kind::Whole(low, high) => self.bounds(node, *low as f64, *high as f64, key),
            Kind::Number(low, high) => self.bounds(node, *low, *high, key),
            Kind::Format => self.format(node),
            Kind::PartialDay | Kind::End => self.partial_day(node, kind),
            Kind::MonthDay => self.month_day(node),
            Kind::ReferenceDay => self.reference_day(node),
            Kind::Level => self.level(node, key),
            Kind::LevelWord => {
                if let Some(words) = self.names.level_words() {
                    self.one_of(node, &words, key);
                }
            }
            Kind::OneOf(words) => self.one_of(node, words, key),
            Kind::Name(namespace) => self.name(node, *namespace),
            Kind::Flag
            | Kind::Day
            | Kind::List(_)
            | Kind::OneOrMore(_)
            | Kind::Table(_)
            | Kind::Tables(_)
            | Kind::Either(_)
            | Kind::Open => {}
        }
    }

    fn bounds(&mut self, node: &Node<'_>, low: f64, high: f64, key: &str) {
        let number = node.number().unwrap_or_default();
        if !(low..=high).contains(&number) {
            let message = format!("`{key}` is {number}, outside {low} to {high}");
            self.sink.report(Code::OutOfRange, node.span.clone(), message);
        }
    }

    fn month_day(&mut self, node: &Node<'_>) {
        if month_day_of(node.text().unwrap_or_default()).is_none() {
            self.bad_date(node, "a day of the year as `MM-DD`, such as `12-31`");
        }
    }

    fn level(&mut self, node: &Node<'_>, key: &str) {
        if LevelRange::parse(node.text().unwrap_or_default()).is_none() {
            let words = ["A1", "A2", "B1", "B2", "C1", "C2", "native"];
            self.unknown_word(node, &words, key);
        }
    }

    fn one_of(&mut self, node: &Node<'_>, words: &[&str], key: &str) {
        if !words.contains(&node.text().unwrap_or_default()) {
            self.unknown_word(node, words, key);
        }
    }

    fn text(&mut self, node: &Node<'_>, key: &str) {
        if node.text().is_some_and(|text| text.trim().is_empty()) {
            let message = format!("`{key}` is empty");
            self.sink.report_with_help(
                Code::Empty,
                node.span.clone(),
                message,
                "leave the key out where there is nothing to say",
            );
        }
    }

    fn id(&mut self, node: &Node<'_>, sign: char) {
        let text = node.text().unwrap_or_default();
        let meant = instead::id(text, sign);
        if text == meant && !text.is_empty() {
            return;
        }
        let message = format!("`{text}` is no id");
        if latin(text) == meant {
            let problem = Diagnostic::new(Code::UnknownWord, node.span.clone(), message);
            return self.mended(problem, text, &meant);
        }
        let rule =
            format!("an id is of lower-case letters and digits, with `{sign}` between words");
        let help = if meant.is_empty() { rule } else { format!("write `{meant}`: {rule}") };
        self.sink.report_with_help(Code::UnknownWord, node.span.clone(), message, help);
    }

    fn format(&mut self, node: &Node<'_>) {
        let number = node.whole().unwrap_or_default();
        if number == 1 {
            return;
        }
        let message = if number > 1 {
            format!("this is format {number}, and this version of jpo-check reads format 1")
        } else {
            format!("there is no format {number}; the format is 1")
        };
        let help = if number > 1 { "install a newer jpo-check" } else { "write `format = 1`" };
        self.sink.report_with_help(Code::Format, node.span.clone(), message, help);
    }

    fn partial_day(&mut self, node: &Node<'_>, kind: &Kind) {
        match PartialDate::parse(node.text().unwrap_or_default()) {
            Ok(_) => {}
            Err(error @ (DateError::NoSuchDay | DateError::OutsideYears)) => {
                let text = node.text().unwrap_or_default();
                let message = format!("`{text}` {error}");
                let problem = Diagnostic::new(Code::BadDate, node.span.clone(), message);
                self.sink.record(match slip::no_such_day(text) {
                    Some(help) => problem.with_help(help),
                    None => problem,
                });
            }
            Err(DateError::Form) => {
                let text = node.text().unwrap_or_default();
                if let Some(problem) = slip::date(text, &node.span, Quoted::Yes) {
                    return self.sink.record(problem);
                }
                let wanted = "a date as `2021-09-17`, `2021-09` or `2021`";
                match kind {
                    Kind::End => self.no_end(node, wanted),
                    _ => self.bad_date(node, wanted),
                }
            }
        }
    }

    /// Reports an end that is no date: as likely as not it is a word for none.
    fn no_end(&mut self, node: &Node<'_>, wanted: &str) {
        let message = format!("expected {wanted}, found `{}`", node.text().unwrap_or_default());
        let words = match self.names.notation() {
            Notation::Toml => "`\"ongoing\"`",
            Notation::Json => "`null` or `\"ongoing\"`",
        };
        let help = format!("for what goes on, write {words}");
        self.sink.report_with_help(Code::BadDate, node.span.clone(), message, help);
    }

    fn reference_day(&mut self, node: &Node<'_>) {
        let Some(text) = node.text() else { return };
        if REFERENCE_DAYS.contains(&text) || month_day_of(text).is_some() {
            return;
        }
        if let Some(problem) = slip::date(text, &node.span, Quoted::No) {
            return self.sink.record(problem);
        }
        if let Some(day) = slip::exact_day(text) {
            let message = format!("the day `{text}` stands in quotes, and a day has none");
            let problem = Diagnostic::new(Code::BadDate, node.span.clone(), message);
            let fixed = problem.with_help(format!("write `{day}`"));
            return self.sink.record(fixed.with_fix(node.span.clone(), day.to_string()));
        }
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            return self.bad_date(node, "a day of the year as `MM-DD`, such as `12-31`");
        }
        self.unknown_word(node, REFERENCE_DAYS, "the reference day");
    }

    fn name(&mut self, node: &Node<'_>, namespace: Namespace) {
        let text = node.text().unwrap_or_default();
        if self.names.knows(namespace, text) {
            return;
        }
        let (code, what) = match namespace {
            Namespace::Country => (Code::UnknownCountry, "country"),
            Namespace::Language => (Code::UnknownLanguage, "language"),
            Namespace::Test => (Code::UnknownId, "language test"),
            Namespace::Field => (Code::UnknownId, "field of study"),
            Namespace::Host => (Code::UnknownId, "host"),
            Namespace::Group => (Code::UnknownId, "country group"),
            Namespace::Fact => (Code::UnknownId, "declared fact"),
            Namespace::Programme => (Code::UnknownId, "programme"),
            Namespace::Window => (Code::UnknownId, "window"),
            Namespace::Donor => (Code::UnknownId, "donor"),
            Namespace::Source => (Code::UnknownId, "source"),
        };
        let message = format!("there is no {what} `{text}`");
        let plain = latin(&plain_spaces(text));
        if plain != text && self.names.knows(namespace, &plain) {
            let problem = Diagnostic::new(code, node.span.clone(), message);
            return self.mended(problem, text, plain.trim());
        }
        if let Some(name) = self.names.meant(namespace, text) {
            return self.mended(Diagnostic::new(code, node.span.clone(), message), text, &name);
        }
        match self.names.suggest(namespace, text) {
            Some(help) => self.sink.report_with_help(code, node.span.clone(), message, help),
            None => self.sink.report(code, node.span.clone(), message),
        }
    }

    fn unknown_word(&mut self, node: &Node<'_>, words: &[&str], key: &str) {
        let text = node.text().unwrap_or_default();
        let message = format!("`{text}` is not a word for `{key}`");
        if let Some(word) = meant(text, words.iter().copied()) {
            let problem = Diagnostic::new(Code::UnknownWord, node.span.clone(), message);
            return self.mended(problem, text, word);
        }
        let help = did_you_mean(text, words.iter().copied())
            .unwrap_or_else(|| format!("the words are: {}", words.join(", ")));
        self.sink.report_with_help(Code::UnknownWord, node.span.clone(), message, help);
    }

    /// Records a problem with a text that surely means `name`.
    fn mended(&mut self, problem: Diagnostic, text: &str, name: &str) {
        let span = problem.span.clone();
        let help = instead(text, name);
        self.sink.record(problem.with_help(help).with_fix(span, format!("\"{name}\"")));
    }

    fn bad_date(&mut self, node: &Node<'_>, wanted: &str) {
        let text = node.text().unwrap_or_default();
        let message = format!("expected {wanted}, found `{text}`");
        self.sink.report(Code::BadDate, node.span.clone(), message);
    }

    /// Reports a value of another kind than `kind`, with what it surely means if that can be told.
    fn wrong_kind(&mut self, node: &Node<'_>, kind: &Kind) {
        let text = node.text().unwrap_or_default();
        if let (Kind::Day, Some(problem)) = (kind, slip::date(text, &node.span, Quoted::No)) {
            return self.sink.record(problem);
        }
        let meant = match kind {
            Kind::List(_) | Kind::Table(_) | Kind::Open => self.within(node, kind),
            _ => slip::value(&node.value, kind),
        };
        let Some(meant) = meant else {
            return match instead::example(kind, self.names.notation()) {
                Some(example) => {
                    let problem = self.type_problem(node, &self.wanted(kind));
                    self.sink.record(problem.with_help(format!("write as in `{example}`")));
                }
                None => self.wrong_type(node, &self.wanted(kind)),
            };
        };
        let message = match (&node.value, kind) {
            (Value::Text(text), Kind::Whole(..) | Kind::Number(..) | Kind::Format) => {
                format!("the number {text} stands in quotes, and a number has none")
            }
            (Value::Text(text), Kind::Day) => {
                format!("the day {text} stands in quotes, and here a day has none")
            }
            (_, Kind::PartialDay) => {
                "this day stands without quotes, and here a day has them".into()
            }
            _ => self.type_problem(node, &self.wanted(kind)).message,
        };
        let problem = Diagnostic::new(Code::WrongType, node.span.clone(), message);
        let fixed = problem.with_help(format!("write `{meant}`"));
        self.sink.record(fixed.with_fix(node.span.clone(), meant));
    }

    fn wrong_type(&mut self, node: &Node<'_>, wanted: &str) {
        let problem = self.type_problem(node, wanted);
        self.sink.record(problem);
    }

    fn type_problem(&self, node: &Node<'_>, wanted: &str) -> Diagnostic {
        if let Value::OtherTime(text) = &node.value {
            let message = format!("expected {wanted}, found `{text}`");
            return Diagnostic::new(Code::BadDate, node.span.clone(), message);
        }
        let found = node.kind(self.names.notation());
        let message = format!("expected {wanted}, found {found}");
        Diagnostic::new(Code::WrongType, node.span.clone(), message)
    }

    /// What a value is meant to be as a table or list: only what would be right so, lest the help
    /// leads from one problem to the next.
    fn within(&self, node: &Node<'_>, kind: &Kind) -> Option<String> {
        let wholes = instead::wholes(node, kind);
        let right = wholes.into_iter().find(|whole| self.is_right(whole, kind))?;
        right.written(self.names.notation())
    }

    /// Whether nothing would be said of `node`.
    fn is_right(&self, node: &Node<'_>, kind: &Kind) -> bool {
        let mut sink = Sink::new("");
        let mut checker = Checker { names: self.names, sink: &mut sink };
        match kind {
            Kind::Table(shape) => checker.table(node, shape),
            Kind::List(item) => node.items().iter().for_each(|node| checker.value(node, item, "")),
            _ => {}
        }
        sink.is_empty()
    }

    fn wanted(&self, kind: &Kind) -> String {
        wanted(kind, self.names.notation())
    }
}

/// A long table is meant by its first character, so that not the whole file is underlined.
fn header(node: &Node<'_>) -> Range<usize> {
    let start = node.span.start;
    start..node.span.end.min(start + 1)
}
