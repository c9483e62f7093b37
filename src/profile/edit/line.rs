//! The line of an edit → its change.

use super::notation::{Piece, parts};
use super::{Change, List};
use crate::diagnostic::{Code, Sink};
use crate::document::{Entry, Key, Kind, Node, Shape, Value};
use crate::profile::PROFILE;

const ADD: &str = "+";
const REMOVE: &str = "-";

/// Reads one edit; what comes of a line with problems is to be passed over.
pub(super) fn read_change(line: Piece<'_>, sink: &mut Sink<'_>) -> Option<Change> {
    if line.text.starts_with('{') {
        return line.json(sink).map(Change::Merge);
    }
    let line = Line::cut(line, sink)?;
    let (written, name) = line.path.cut(".");
    let Some(key) = PROFILE.key(written.text) else {
        sink.record(PROFILE.unknown_key(written.text, written.span()));
        return None;
    };
    match (&key.kind, name) {
        (Kind::List(item), None) => line.of_list(key, item, sink),
        (Kind::List(item), Some(name)) => line.of_entry(List { key: key.name, item }, name, sink),
        (kind, None) => Some(Change::Tell { key, value: line.one_value(key.name, kind, sink) }),
        (Kind::Open, Some(fact)) => {
            let value = line.one_value(fact.text, &Kind::Text, sink);
            Some(Change::Answer { fact: fact.told(), value })
        }
        (_, Some(name)) => {
            unnamed(key.name, name, &format!("{}=", key.name), sink);
            None
        }
    }
}

/// An edit at its sign.
struct Line<'t> {
    path: Piece<'t>,
    /// What stands before the `=`: [`ADD`], [`REMOVE`] or nothing.
    sign: &'static str,
    value: Piece<'t>,
}

impl<'t> Line<'t> {
    fn cut(line: Piece<'t>, sink: &mut Sink<'_>) -> Option<Self> {
        let (path, Some(value)) = line.cut("=") else {
            let message = "an edit has `=`, `+=` or `-=` between key and value";
            let help = "write as in `languages.fr=C1`, `degrees+=master` or `languages-=fr`";
            sink.report_with_help(Code::Syntax, line.span(), message, help);
            return None;
        };
        let sign = [ADD, REMOVE].into_iter().find(|sign| path.text.ends_with(sign));
        let sign = sign.unwrap_or_default();
        Some(Self { path: path.without_end(sign), sign, value })
    }

    /// The value of what holds one, if there is a value.
    fn one_value(&self, name: &str, kind: &Kind, sink: &mut Sink<'_>) -> Option<Node<'static>> {
        self.refuse_sign(sink);
        let is_told = !self.value.text.is_empty();
        is_told.then(|| self.value.value(name, kind, sink)).flatten()
    }

    /// Refuses to add to what holds one value, or to take from it.
    fn refuse_sign(&self, sink: &mut Sink<'_>) {
        let Self { path, sign, .. } = self;
        if !sign.is_empty() {
            let message = format!("`{}` holds one value, and `{sign}=` is for lists", path.text);
            let help = format!("write `{}=`", path.text);
            sink.report_with_help(Code::Syntax, path.span(), message, help);
        }
    }

    fn of_list(
        &self,
        key: &'static Key,
        item: &'static Kind,
        sink: &mut Sink<'_>,
    ) -> Option<Change> {
        let Self { sign, value, .. } = self;
        let list = List { key: key.name, item };
        if value.text.is_empty() && sign.is_empty() {
            return Some(Change::Tell { key, value: None });
        }
        if value.text.is_empty() {
            let message = format!("nothing stands behind `{sign}=`");
            sink.report(Code::MissingKey, self.path.span(), message);
            return None;
        }
        if *sign == REMOVE {
            return Some(Change::Remove { list, names: value.names() });
        }
        let entries = value.entries(list.key, list.item, sink)?;
        if *sign == ADD {
            return Some(Change::Add { list, entries });
        }
        let entries = Node { span: value.span(), value: Value::List(entries) };
        Some(Change::Tell { key, value: Some(entries) })
    }

    fn of_entry(&self, list: List, name: Piece<'_>, sink: &mut Sink<'_>) -> Option<Change> {
        let Some(shape) = list.named() else {
            unnamed(list.key, name, &format!("{}+=` or `{}-=", list.key, list.key), sink);
            return None;
        };
        self.refuse_sign(sink);
        let entry = list.named_entry(shape, name, self.value, sink)?;
        Some(Change::Put { list, entry })
    }
}

impl List {
    /// The entry called `name`, the other parts of which `value` tells.
    pub(super) fn named_entry(
        self,
        shape: &Shape,
        name: Piece<'_>,
        value: Piece<'_>,
        sink: &mut Sink<'_>,
    ) -> Option<Node<'static>> {
        let rest = parts(self.key).get(1..).unwrap_or_default();
        let mut entry = value.entry(shape, rest, sink)?;
        if let Value::Table(told) = &mut entry.value {
            let key_span = name.span();
            told.insert(0, Entry { key: self.name().0.into(), key_span, node: name.told() });
        }
        Some(entry)
    }
}

fn unnamed(key: &str, name: Piece<'_>, instead: &str, sink: &mut Sink<'_>) {
    let message = format!("nothing in `{key}` is told by name");
    sink.report_with_help(Code::UnknownKey, name.span(), message, format!("write `{instead}`"));
}
