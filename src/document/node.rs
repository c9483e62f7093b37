//! The spanned tree.

use std::borrow::Cow;
use std::ops::Range;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use crate::vocabulary::Text;

/// A value with its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'t> {
    /// Byte offsets into the text.
    pub span: Range<usize>,
    /// What stands there.
    pub value: Value<'t>,
}

/// What a document is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// Rule files.
    Toml,
    /// Profiles.
    Json,
}

/// What can stand in a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'t> {
    /// JSON's `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number without a fraction.
    Whole(i64),
    /// Any other number.
    Decimal(f64),
    /// A text.
    Text(Cow<'t, str>),
    /// A TOML date without a time.
    Day(NaiveDate),
    /// A TOML date or time of another form, or one that is not in the calendar.
    OtherTime(String),
    /// A list.
    List(Vec<Node<'t>>),
    /// A table or object, in the order of the text.
    Table(Vec<Entry<'t>>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'t> {
    /// The key.
    pub key: Cow<'t, str>,
    /// Where the key stands.
    pub key_span: Range<usize>,
    /// The value.
    pub node: Node<'t>,
}

impl<'t> Node<'t> {
    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text, if it is one, kept beyond the document.
    pub fn kept(&self) -> Option<Text> {
        self.text().map(Text::of)
    }

    /// The number without a fraction, if it is one.
    pub fn whole(&self) -> Option<i64> {
        match self.value {
            Value::Whole(number) => Some(number),
            _ => None,
        }
    }

    /// The number, with or without a fraction.
    pub fn number(&self) -> Option<f64> {
        match self.value {
            // Numbers in profiles and rules are small: scores, shares, months.
            #[expect(clippy::cast_precision_loss, reason = "bounded far below 2^52 by the shapes")]
            Value::Whole(number) => Some(number as f64),
            Value::Decimal(number) => Some(number),
            _ => None,
        }
    }

    /// `true` or `false`.
    pub fn flag(&self) -> Option<bool> {
        match self.value {
            Value::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    /// The TOML date.
    pub fn day(&self) -> Option<NaiveDate> {
        match self.value {
            Value::Day(day) => Some(day),
            _ => None,
        }
    }

    /// The items of a list; a single value counts as a list of one.
    pub fn items(&self) -> &[Node<'t>] {
        match &self.value {
            Value::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// The table's view.
    pub fn table(&self) -> Table<'_, 't> {
        match &self.value {
            Value::Table(entries) => Table { span: self.span.clone(), entries },
            _ => Table { span: self.span.clone(), entries: &[] },
        }
    }

    /// The value as JSON, a number without a fraction as a whole one.
    pub fn to_json(&self) -> Json {
        match &self.value {
            Value::Null => Json::Null,
            Value::Flag(flag) => json!(flag),
            Value::Whole(number) => json!(number),
            // `104.0` writes itself as `104`.
            Value::Decimal(number) => {
                number.to_string().parse::<i64>().map_or_else(|_| json!(number), Json::from)
            }
            Value::Text(text) => json!(text),
            Value::Day(day) => json!(day.to_string()),
            Value::OtherTime(text) => json!(text),
            Value::List(items) => items.iter().map(Self::to_json).collect(),
            Value::Table(entries) => Json::Object(
                entries.iter().map(|entry| (entry.key.to_string(), entry.node.to_json())).collect(),
            ),
        }
    }

    /// The value, kept beyond the document.
    pub fn into_owned(self) -> Node<'static> {
        let owned = |entry: Entry<'t>| Entry {
            key: Cow::Owned(entry.key.into_owned()),
            key_span: entry.key_span,
            node: entry.node.into_owned(),
        };
        let value = match self.value {
            Value::Null => Value::Null,
            Value::Flag(flag) => Value::Flag(flag),
            Value::Whole(number) => Value::Whole(number),
            Value::Decimal(number) => Value::Decimal(number),
            Value::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Value::Day(day) => Value::Day(day),
            Value::OtherTime(text) => Value::OtherTime(text),
            Value::List(items) => Value::List(items.into_iter().map(Node::into_owned).collect()),
            Value::Table(entries) => Value::Table(entries.into_iter().map(owned).collect()),
        };
        Node { span: self.span, value }
    }

    /// The value as it is written on one line; `None` if there is no plain way to.
    pub(super) fn written(&self, notation: Notation) -> Option<String> {
        let text = |text: &str| match notation {
            Notation::Toml => quoted(text),
            Notation::Json => Some(json!(text).to_string()),
        };
        match &self.value {
            Value::Text(told) => text(told),
            Value::List(items) => {
                let items: Option<Vec<_>> = items.iter().map(|it| it.written(notation)).collect();
                Some(format!("[{}]", items?.join(", ")))
            }
            Value::Table(entries) => {
                let entry = |entry: &Entry<'_>| {
                    let value = entry.node.written(notation)?;
                    Some(match notation {
                        Notation::Toml => format!("{} = {value}", entry.key),
                        Notation::Json => format!("{}: {value}", text(&entry.key)?),
                    })
                };
                let entries: Option<Vec<_>> = entries.iter().map(entry).collect();
                let entries = entries?.join(", ");
                Some(match notation {
                    Notation::Toml => format!("{{ {entries} }}"),
                    Notation::Json => format!("{{{entries}}}"),
                })
            }
            _ => None,
        }
    }

    /// Names the type in words for a message.
    pub fn kind(&self, notation: Notation) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Flag(_) => "true or false",
            Value::Whole(_) => "a number",
            Value::Decimal(number) if number.is_finite() => "a number with a fraction",
            Value::Decimal(_) => "a number beyond all bounds",
            Value::Text(_) => "a text",
            Value::Day(_) => "a date",
            Value::OtherTime(_) => "a date or time",
            Value::List(_) => "a list",
            Value::Table(_) => match notation {
                Notation::Toml => "a table",
                Notation::Json => "an object",
            },
        }
    }
}

/// A table's entries with typed access; an absent key and a key of another type give `None`.
///
/// Readers use it behind [`check`](super::check()), which has reported every wrong type already.
#[derive(Debug, Clone)]
pub struct Table<'n, 't> {
    /// Where the table stands.
    pub span: Range<usize>,
    entries: &'n [Entry<'t>],
}

impl<'n, 't> Table<'n, 't> {
    /// The entries in the order of the text.
    pub const fn entries(&self) -> &'n [Entry<'t>] {
        self.entries
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&'n Node<'t>> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    /// Whether `key` is there.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The text at `key`.
    pub fn text(&self, key: &str) -> Option<&'n str> {
        self.get(key).and_then(Node::text)
    }

    /// The text at `key`, kept beyond the document.
    pub fn kept(&self, key: &str) -> Option<Text> {
        self.get(key).and_then(Node::kept)
    }

    /// The whole number at `key`, as a small one.
    pub fn whole(&self, key: &str) -> Option<i32> {
        self.get(key).and_then(Node::whole).and_then(|number| i32::try_from(number).ok())
    }

    /// Whether `key` is there and `true`.
    pub fn is_true(&self, key: &str) -> bool {
        self.flag(key) == Some(true)
    }

    /// `true` or `false` at `key`.
    pub fn flag(&self, key: &str) -> Option<bool> {
        self.get(key).and_then(Node::flag)
    }

    /// The date at `key`.
    pub fn day(&self, key: &str) -> Option<NaiveDate> {
        self.get(key).and_then(Node::day)
    }

    /// The texts at `key`: of a list, or the one text.
    pub fn texts(&self, key: &str) -> impl Iterator<Item = &'n str> + use<'n, 't> {
        self.nodes(key).iter().filter_map(Node::text)
    }

    /// The texts at `key`, kept beyond the document.
    pub fn all_kept(&self, key: &str) -> Vec<Text> {
        self.nodes(key).iter().filter_map(Node::kept).collect()
    }

    /// The values at `key`: of a list, or the one value; none if it is not there.
    pub fn nodes(&self, key: &str) -> &'n [Node<'t>] {
        self.get(key).map_or(&[], Node::items)
    }
}

/// A text in plain quotes; `None` if something in it would have to be escaped.
pub(super) fn quoted(text: &str) -> Option<String> {
    let plain = !text.contains(['"', '\\']) && !text.chars().any(char::is_control);
    plain.then(|| format!("\"{text}\""))
}
