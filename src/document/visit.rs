//! A walk over a document that has been checked, with what may stand at each place.

use super::fit::fits;
use super::node::Node;
use super::shape::{Kind, Shape};

/// Calls `see` for every value that `shape` has a key for, with the key and its kind, down to the
/// last level: lists and tables before what is in them. What does not fit its kind is passed over.
pub(crate) fn visit<'n, 't>(
    node: &'n Node<'t>,
    shape: &'static Shape,
    see: &mut impl FnMut(&'n Node<'t>, &'static Kind, &'static str),
) {
    for entry in node.table().entries() {
        if let Some(key) = shape.keys.iter().find(|key| key.name == entry.key) {
            visit_value(&entry.node, &key.kind, key.name, see);
        }
    }
}

fn visit_value<'n, 't>(
    node: &'n Node<'t>,
    kind: &'static Kind,
    key: &'static str,
    see: &mut impl FnMut(&'n Node<'t>, &'static Kind, &'static str),
) {
    match kind {
        Kind::Either(kinds) => {
            if let Some(kind) = kinds.iter().find(|kind| fits(node, kind)) {
                visit_value(node, kind, key, see);
            }
        }
        Kind::Table(shape) => {
            see(node, kind, key);
            visit(node, shape, see);
        }
        Kind::Tables(shape) => {
            for item in node.items() {
                see(item, kind, key);
                visit(item, shape, see);
            }
        }
        Kind::List(item) | Kind::OneOrMore(item) => {
            see(node, kind, key);
            node.items().iter().for_each(|node| visit_value(node, item, key, see));
        }
        _ => see(node, kind, key),
    }
}
