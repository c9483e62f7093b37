//! Values of an edit: a text of parts, such as `master:2027-07`, or JSON.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value as Json;

use crate::diagnostic::{Code, Sink};
use crate::document::{Entry, Kind, Node, Shape, Value, parse_json};
use crate::suggest::fold;

/// The keys of an entry as its parts stand in an edit, each with the sign in front of it.
pub(super) type Parts = &'static [(&'static str, &'static str)];

const PERIOD: &str = "..";

/// How the entries of `list` are written; by their one value where there are no parts.
pub(super) fn parts(list: &str) -> Parts {
    match list {
        "residences" => &[("", "country"), (":", "permanent")],
        "degrees" => &[("", "level"), (":", "awarded"), (":", "field"), (":", "country")],
        "experience" => &[("", "kind"), (":", "from"), (PERIOD, "to"), (":", "share")],
        "languages" => &[("", "language"), (":", "level")],
        "tests" => &[("", "test"), (":", "score"), ("@", "taken")],
        _ => &[],
    }
}

/// A piece of an edit, with its place in the text of all edits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'t> {
    pub(super) text: &'t str,
    start: usize,
}

impl<'t> Piece<'t> {
    /// `text`, which begins at the byte `start`, without the white space around it.
    pub(super) fn new(text: &'t str, start: usize) -> Self {
        let rest = text.trim_start();
        Self { text: rest.trim_end(), start: start + text.len() - rest.len() }
    }

    /// The text that stands at `node`, if it is one.
    pub(super) fn of(node: &'t Node<'_>) -> Option<Self> {
        node.text().map(|text| Self { text, start: node.span.start })
    }

    /// The piece without `end`.
    pub(super) fn without_end(self, end: &str) -> Self {
        Self::new(self.text.strip_suffix(end).unwrap_or(self.text), self.start)
    }

    pub(super) fn span(self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// What stands before the first `sign`, and behind it if there is one.
    pub(super) fn cut(self, sign: &str) -> (Self, Option<Self>) {
        match self.text.split_once(sign) {
            None => (self, None),
            Some((before, behind)) => {
                let at = self.start + before.len() + sign.len();
                (Self::new(before, self.start), Some(Self::new(behind, at)))
            }
        }
    }

    fn node(self, value: Value<'static>) -> Node<'static> {
        Node { span: self.span(), value }
    }

    /// The piece as a text.
    pub(super) fn told(self) -> Node<'static> {
        self.node(Value::Text(Cow::Owned(self.text.to_owned())))
    }

    /// The piece as JSON.
    pub(super) fn json(self, sink: &mut Sink<'_>) -> Option<Node<'static>> {
        // Blanks in front keep every place as it is.
        let text = format!("{}{}", " ".repeat(self.start), self.text);
        parse_json(&text, sink).map(Node::into_owned)
    }

    /// The piece as one value: JSON, or as [`typed`](Self::typed).
    pub(super) fn value(
        self,
        name: &str,
        kind: &Kind,
        sink: &mut Sink<'_>,
    ) -> Option<Node<'static>> {
        if self.text.starts_with(['"', '{', '[']) {
            return self.json(sink);
        }
        Some(self.typed(name, kind))
    }

    /// The piece as a value of `kind` called `name`, or else as the text that it is.
    pub(super) fn typed(self, name: &str, kind: &Kind) -> Node<'static> {
        self.simple(name, kind).map_or_else(|| self.told(), |value| self.node(value))
    }

    fn simple(self, name: &str, kind: &Kind) -> Option<Value<'static>> {
        let text = self.text;
        match kind {
            Kind::Flag if text == name => Some(Value::Flag(true)),
            Kind::Flag => match fold(text).as_str() {
                "true" | "yes" => Some(Value::Flag(true)),
                "false" | "no" => Some(Value::Flag(false)),
                _ => None,
            },
            Kind::Whole(..) | Kind::Format => text.parse().ok().map(Value::Whole),
            Kind::Number(..) => match text.parse() {
                Ok(whole) => Some(Value::Whole(whole)),
                Err(_) if text.bytes().all(|b| b.is_ascii_digit() || b == b'.') => {
                    text.parse().ok().map(Value::Decimal)
                }
                Err(_) => None,
            },
            Kind::End if text.is_empty() => Some(Value::Null),
            _ => None,
        }
    }

    /// The piece as entries of a list: a JSON list or object, parts, or values between commas.
    pub(super) fn entries(
        self,
        list: &str,
        item: &Kind,
        sink: &mut Sink<'_>,
    ) -> Option<Vec<Node<'static>>> {
        if self.text.starts_with('[') {
            return self.json(sink).map(|node| node.items().to_vec());
        }
        let Kind::Table(shape) = item else {
            return self.between_commas().map(|piece| piece.value(list, item, sink)).collect();
        };
        let entry = if self.text.starts_with('{') {
            self.json(sink)?
        } else {
            self.entry(shape, parts(list), sink)?
        };
        Some(vec![entry])
    }

    fn between_commas(self) -> impl Iterator<Item = Self> {
        self.between(",")
    }

    /// The pieces between the signs.
    pub(super) fn between(self, sign: &'static str) -> impl Iterator<Item = Self> {
        let mut rest = Some(self);
        std::iter::from_fn(move || {
            let (first, others) = rest?.cut(sign);
            rest = others;
            Some(first)
        })
    }

    /// The names between commas.
    pub(super) fn names(self) -> Vec<Node<'static>> {
        self.between_commas().map(Self::told).collect()
    }

    /// The piece as one entry of `parts`; a part left empty is not told.
    pub(super) fn entry(
        self,
        shape: &Shape,
        parts: Parts,
        sink: &mut Sink<'_>,
    ) -> Option<Node<'static>> {
        if parts.iter().any(|(sign, _)| *sign == PERIOD) && !self.text.contains(PERIOD) {
            let message = "the last day is missing, and the `..` before it";
            let help = "for a job that goes on, write `employment:2026-12-01..`";
            sink.report_with_help(Code::MissingKey, self.span(), message, help);
            return None;
        }
        let mut entries = Vec::new();
        let mut rest = Some(self);
        let mut ahead = parts.iter().skip(1);
        for (_, name) in parts {
            let Some(piece) = rest else { break };
            let (part, behind) = ahead.next().map_or((piece, None), |(sign, _)| piece.cut(sign));
            rest = behind;
            let key = shape.key(name)?;
            if part.text.is_empty() && !matches!(key.kind, Kind::End) {
                continue;
            }
            let node = part.value(name, &key.kind, sink)?;
            entries.push(Entry { key: Cow::Borrowed(name), key_span: part.span(), node });
        }
        Some(self.node(Value::Table(entries)))
    }
}

/// One value as it is written in an edit: plainly if that reads back as the same, else as JSON.
pub(super) fn written_value(node: &Node<'_>, name: &str, kind: &Kind) -> String {
    let json = node.to_json();
    let plain = plain(node, name);
    let read = Piece::new(&plain, 0).value(name, kind, &mut Sink::new(""));
    if read.is_some_and(|read| read.to_json() == json) { plain } else { json.to_string() }
}

/// The entries of a list as they are written in an edit, in parts if that reads back as the same.
pub(super) fn written_entries(entries: &[Node<'_>], list: &str, item: &Kind) -> String {
    let same = |text: &String| {
        let read = Piece::new(text, 0).entries(list, item, &mut Sink::new(""));
        read.is_some_and(|read| {
            read.iter().map(Node::to_json).eq(entries.iter().map(Node::to_json))
        })
    };
    let short = match (item, entries) {
        (Kind::Table(_), [entry]) => Some(written_parts(entry, parts(list))),
        (Kind::Table(_), _) | (_, []) => None,
        _ => Some(entries.iter().map(|entry| plain(entry, list)).collect::<Vec<_>>().join(",")),
    };
    short.filter(same).unwrap_or_else(|| match entries {
        [entry] if matches!(item, Kind::Table(_)) => entry.to_json().to_string(),
        _ => entries.iter().map(Node::to_json).collect::<Json>().to_string(),
    })
}

/// The parts of an entry up to the last that is told, without the first one's sign.
pub(super) fn written_parts(entry: &Node<'_>, parts: Parts) -> String {
    let table = entry.table();
    let last = parts.iter().rposition(|(_, key)| table.has(key)).unwrap_or_default();
    let told = parts.iter().take(last + 1).enumerate();
    let part = |(at, (sign, key)): (usize, &(&str, &str))| {
        let value = table.get(key).map(|node| plain(node, key)).unwrap_or_default();
        format!("{}{value}", if at == 0 { "" } else { sign })
    };
    told.map(part).collect()
}

fn plain(node: &Node<'_>, name: &str) -> String {
    match &node.value {
        Value::Null => String::new(),
        Value::Text(text) => text.to_string(),
        Value::Flag(true) => name.to_owned(),
        _ => node.to_json().to_string(),
    }
}
