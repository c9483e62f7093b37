//! A change, worked into the tree of a profile.

use chrono::NaiveDate;

use super::notation::Piece;
use super::{Change, List};
use crate::dataset::Dataset;
use crate::diagnostic::{Code, Sink};
use crate::document::{Entry, Kind, Node, Value, check_value};
use crate::profile::PROFILE;
use crate::profile::read::ProfileNames;
use crate::rules::FactType;

/// What a change is worked in with.
pub(super) struct Work<'a, 's, 'f> {
    pub(super) data: &'a Dataset,
    pub(super) as_of: NaiveDate,
    pub(super) sink: &'s mut Sink<'f>,
}

impl Work<'_, '_, '_> {
    pub(super) fn apply(&mut self, change: &Change, profile: &mut Node<'_>) {
        match change {
            Change::Tell { key, value } => {
                take(profile, key.name);
                if let Some(value) = value {
                    put(profile, entry(key.name, self.dated(key.name, value.clone())));
                }
            }
            Change::Answer { fact, value } => self.answer(profile, fact, value.as_ref()),
            Change::Add { list, entries } => {
                let mut items = take_list(profile, *list).unwrap_or_default();
                items.extend(entries.iter().map(|entry| self.dated(list.key, entry.clone())));
                put_list(profile, *list, items);
            }
            Change::Put { list, entry } => {
                let mut items = take_list(profile, *list).unwrap_or_default();
                let name = list.name_of(entry);
                items.retain(|item| !list.are_same(list.name_of(item), name, self.data));
                items.push(self.dated(list.key, entry.clone()));
                put_list(profile, *list, items);
            }
            Change::Remove { list, names } => self.remove(profile, *list, names),
            Change::Merge(patch) => {
                self.known_keys(patch);
                merge(profile, patch);
            }
        }
    }

    /// A test that one thinks of without a day is taken on the day of the application.
    fn dated(&self, key: &str, mut node: Node<'static>) -> Node<'static> {
        let without = key == "tests" && !node.table().has("taken");
        let span = node.span.clone();
        match &mut node.value {
            Value::List(items) => {
                for item in items {
                    *item = self.dated(key, item.clone());
                }
            }
            Value::Table(told) if without => {
                let value = Value::Text(self.as_of.to_string().into());
                told.push(entry("taken", Node { span, value }));
            }
            _ => {}
        }
        node
    }

    /// Answers a fact as the kind that it is declared to be, as far as the text can be that.
    fn answer(&self, profile: &mut Node<'_>, fact: &Node<'static>, value: Option<&Node<'static>>) {
        let id = fact.text().unwrap_or_default();
        let nothing = || Node { span: fact.span.clone(), value: Value::Table(Vec::new()) };
        let mut facts = take(profile, "facts").unwrap_or_else(nothing);
        take(&mut facts, id);
        let declared = self.data.fact(id);
        // An unknown fact is put in even without a value: the reader has to refuse it.
        if let Some(node) = value.or(Some(fact).filter(|_| declared.is_none())) {
            let kind = declared.map_or(Kind::Text, |declared| kind_of(&declared.kind));
            let typed = Piece::of(node).map(|piece| piece.typed(id, &kind).value);
            let value = typed.unwrap_or_else(|| node.value.clone());
            let node = Node { span: node.span.clone(), value };
            let key_span = fact.span.clone();
            put(&mut facts, Entry { key: id.to_owned().into(), key_span, node });
        }
        put(profile, entry("facts", facts));
    }

    /// Refuses a key that is taken out and that no profile has: the reader never sees it.
    fn known_keys(&mut self, patch: &Node<'_>) {
        for change in patch.table().entries() {
            if change.node.value == Value::Null && PROFILE.key(&change.key).is_none() {
                self.sink.record(PROFILE.unknown_key(&change.key, change.key_span.clone()));
            }
        }
    }

    /// Takes out what the names mean, all of them in the list as it was before.
    fn remove(&mut self, profile: &mut Node<'_>, list: List, names: &[Node<'static>]) {
        let Some(items) = take_list(profile, list) else {
            let message = format!("`{}` is not told: nothing can be taken out", list.key);
            let span = names.first().map_or(0..0, |name| name.span.clone());
            return self.sink.report(Code::UnknownId, span, message);
        };
        let data = self.data;
        let means = |name: &Node<'_>, (at, item): (usize, &Node<'_>)| {
            let name = name.text().unwrap_or_default();
            match name.parse::<usize>() {
                Ok(number) => number == at + 1,
                Err(_) => list.are_same(list.name_of(item), name, data),
            }
        };
        for name in names {
            if name.text().is_some_and(|text| text.parse::<usize>().is_err()) {
                let (key, kind) = list.name();
                check_value(name, key, kind, &ProfileNames { data }, self.sink);
            }
            if self.sink.is_empty() && !items.iter().enumerate().any(|item| means(name, item)) {
                self.nothing_to_remove(list, name, &items);
            }
        }
        let stays =
            |(at, item): &(usize, Node<'_>)| !names.iter().any(|name| means(name, (*at, item)));
        let items = items.into_iter().enumerate().filter(stays).map(|(_, item)| item).collect();
        put_list(profile, list, items);
    }

    fn nothing_to_remove(&mut self, list: List, name: &Node<'_>, items: &[Node<'_>]) {
        let message = format!("`{}` has no entry `{}`", list.key, name.text().unwrap_or_default());
        let entries = items.iter().enumerate();
        let entries = entries.map(|(at, item)| format!("{} `{}`", at + 1, list.name_of(item)));
        let entries: Vec<String> = entries.collect();
        let help = match entries.as_slice() {
            [] => "it is told: none".to_owned(),
            _ => format!("it holds {}", entries.join(", ")),
        };
        self.sink.report_with_help(Code::UnknownId, name.span.clone(), message, help);
    }
}

/// How the answer to a declared fact is written.
pub(super) const fn kind_of(fact: &FactType) -> Kind {
    match fact {
        FactType::Flag => Kind::Flag,
        FactType::Number => Kind::Whole(0, i64::MAX),
        FactType::Choice(_) | FactType::Date => Kind::Text,
    }
}

/// An entry whose key is known to be right.
fn entry<'t>(key: &'static str, node: Node<'t>) -> Entry<'t> {
    Entry { key: key.into(), key_span: node.span.clone(), node }
}

fn take<'t>(table: &mut Node<'t>, key: &str) -> Option<Node<'t>> {
    let Value::Table(entries) = &mut table.value else { return None };
    let at = entries.iter().position(|entry| entry.key == key)?;
    Some(entries.remove(at).node)
}

fn put<'t>(table: &mut Node<'t>, entry: Entry<'t>) {
    if let Value::Table(entries) = &mut table.value {
        entries.push(entry);
    }
}

fn take_list<'t>(profile: &mut Node<'t>, list: List) -> Option<Vec<Node<'t>>> {
    match take(profile, list.key)?.value {
        Value::List(items) => Some(items),
        _ => None,
    }
}

fn put_list<'t>(profile: &mut Node<'t>, list: List, items: Vec<Node<'t>>) {
    let span = profile.span.clone();
    put(profile, entry(list.key, Node { span, value: Value::List(items) }));
}

/// Works a JSON merge patch (RFC 7396) into `target`.
fn merge(target: &mut Node<'_>, patch: &Node<'static>) {
    let Value::Table(changes) = &patch.value else {
        *target = patch.clone();
        return;
    };
    if !matches!(target.value, Value::Table(_)) {
        *target = Node { span: patch.span.clone(), value: Value::Table(Vec::new()) };
    }
    for change in changes {
        let told = take(target, &change.key);
        if change.node.value == Value::Null {
            continue;
        }
        let mut node = told.unwrap_or_else(|| Node { value: Value::Null, ..change.node.clone() });
        merge(&mut node, &change.node);
        put(target, Entry { node, ..change.clone() });
    }
}
