//! A tree with one place changed.

use crate::document::{Entry, Node, Value};

/// What is done to a place of a tree.
#[derive(Debug)]
pub(super) enum Change<'t> {
    /// Another value takes its place.
    Put(Value<'t>),
    /// It is taken out.
    Remove,
    /// A value is added at the end of the list that it is.
    Add(Value<'t>),
    /// The key before it becomes another.
    Rename(&'static str),
    /// Of the two readings that it lists, the one at this place becomes the requirement itself.
    OnlyReading(usize),
}

/// The tree `root` with `change` done at `path`, which counts entries and items from 0.
pub(super) fn apply<'t>(root: &Node<'t>, path: &[usize], change: Change<'t>) -> Option<Node<'t>> {
    let mut root = root.clone();
    let (last, parents) = path.split_last()?;
    match change {
        Change::Remove => {
            remove(&mut root, path);
        }
        Change::Put(value) => at_mut(&mut root, path)?.value = value,
        Change::Add(value) => add(at_mut(&mut root, path)?, value),
        Change::Rename(key) => {
            let entry = entries_mut(at_mut(&mut root, parents)?)?.get_mut(*last)?;
            entry.key = key.into();
        }
        Change::OnlyReading(kept) => {
            let entries = entries_mut(at_mut(&mut root, parents)?)?;
            keep_reading(entries, *last, kept)?;
        }
    }
    Some(root)
}

fn at_mut<'n, 't>(node: &'n mut Node<'t>, path: &[usize]) -> Option<&'n mut Node<'t>> {
    path.iter().try_fold(node, |node, at| child_mut(node, *at))
}

fn child_mut<'n, 't>(node: &'n mut Node<'t>, at: usize) -> Option<&'n mut Node<'t>> {
    match &mut node.value {
        Value::Table(entries) => entries.get_mut(at).map(|entry| &mut entry.node),
        Value::List(items) => items.get_mut(at),
        _ => None,
    }
}

fn entries_mut<'n, 't>(node: &'n mut Node<'t>) -> Option<&'n mut Vec<Entry<'t>>> {
    match &mut node.value {
        Value::Table(entries) => Some(entries),
        _ => None,
    }
}

/// Takes out what is at `path`; the last table of a list takes the list with it, since nobody can
/// write a list of no `[[tables]]`. Returns whether `node` is such a list.
fn remove(node: &mut Node<'_>, path: &[usize]) -> bool {
    let [at, below @ ..] = path else { return false };
    let gone = match below {
        [] => true,
        below => child_mut(node, *at).is_some_and(|child| remove(child, below)),
    };
    match &mut node.value {
        Value::Table(entries) if gone && *at < entries.len() => {
            entries.remove(*at);
            false
        }
        Value::List(items) if gone && *at < items.len() => {
            let item = items.remove(*at);
            items.is_empty() && matches!(item.value, Value::Table(_))
        }
        _ => false,
    }
}

fn add<'t>(node: &mut Node<'t>, value: Value<'t>) {
    let added = Node { span: node.span.clone(), value };
    if let Value::List(items) = &mut node.value {
        return items.push(added);
    }
    // A table that stands alone is a list of one.
    let first = node.clone();
    node.value = Value::List(vec![first, added]);
}

/// Writes the values of one reading into the requirement, as it is done where there is one only.
fn keep_reading(entries: &mut Vec<Entry<'_>>, at: usize, kept: usize) -> Option<()> {
    let readings = (at < entries.len()).then(|| entries.remove(at))?;
    let Value::List(mut items) = readings.node.value else { return None };
    let kept = (kept < items.len()).then(|| items.swap_remove(kept))?;
    let Value::Table(own) = kept.value else { return None };
    entries.retain(|entry| own.iter().all(|own| own.key != entry.key));
    entries.extend(own);
    Some(())
}
