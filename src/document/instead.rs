//! What is to be written in the place of a value that is none of its kind.

use super::letters::latin;
use super::node::{Entry, Node, Notation, Value};
use super::shape::{Key, Kind, Namespace, Need, Shape};
use crate::suggest::fold;

/// The tables or lists that `node` may be meant as: a text as one entry or, at its commas, as
/// several; a table as the only one of a list.
pub(super) fn wholes<'t>(node: &'t Node<'t>, kind: &Kind) -> Vec<Node<'t>> {
    let list = |items| Node { span: node.span.clone(), value: Value::List(items) };
    match (&node.value, kind) {
        (Value::Text(text), Kind::Table(shape)) => table(shape, node, text).into_iter().collect(),
        (Value::Text(text), Kind::List(item)) => {
            let whole = items(&mut std::iter::once(text.as_ref()), item, node);
            let parts = items(&mut text.split(',').map(str::trim), item, node);
            whole.into_iter().chain(parts).map(list).collect()
        }
        (Value::Table(_), Kind::List(Kind::Table(_))) => vec![list(vec![node.clone()])],
        _ => Vec::new(),
    }
}

/// Each text as an item of a list: as it stands, or as the table that tells it.
fn items<'t>(
    texts: &mut dyn Iterator<Item = &'t str>,
    item: &Kind,
    node: &Node<'_>,
) -> Option<Vec<Node<'t>>> {
    let told = texts.map(|text| match item {
        Kind::Table(shape) => table(shape, node, text),
        _ => Some(Node { span: node.span.clone(), value: Value::Text(text.into()) }),
    });
    told.collect()
}

/// The table that tells nothing but its first key, where that must be there.
fn table<'t>(shape: &Shape, node: &Node<'_>, text: &'t str) -> Option<Node<'t>> {
    let key = shape.keys.first().filter(|key| key.need == Need::Required)?;
    let span = node.span.clone();
    let told = Node { span: span.clone(), value: Value::Text(text.into()) };
    let entry = Entry { key: key.name.into(), key_span: span.clone(), node: told };
    Some(Node { span, value: Value::Table(vec![entry]) })
}

/// What a table or list looks like, with no more than must be there; `None` where an example would
/// be as odd as the value.
pub(super) fn example(kind: &Kind, notation: Notation) -> Option<String> {
    let node = match kind {
        Kind::Table(shape) => least(shape)?,
        Kind::List(Kind::Table(shape)) => in_list(least(shape)?),
        Kind::List(item) => in_list(word(item)?),
        _ => return None,
    };
    node.written(notation)
}

const fn placed(value: Value<'static>) -> Node<'static> {
    Node { span: 0..0, value }
}

fn in_list(item: Node<'static>) -> Node<'static> {
    placed(Value::List(vec![item]))
}

/// A table with every key that must be there; `None` if there is none, or one that takes no word.
fn least(shape: &Shape) -> Option<Node<'static>> {
    let entry = |key: &Key| {
        let node = word(&key.kind)?;
        Some(Entry { key: key.name.into(), key_span: 0..0, node })
    };
    let must = shape.keys.iter().filter(|key| key.need == Need::Required);
    let entries: Option<Vec<_>> = must.map(entry).collect();
    entries.filter(|entries| !entries.is_empty()).map(|told| placed(Value::Table(told)))
}

fn word(kind: &Kind) -> Option<Node<'static>> {
    let text = match kind {
        Kind::OneOf(words) => words.first().copied()?,
        Kind::PartialDay => "2021-09",
        Kind::Level | Kind::LevelWord => "B2",
        Kind::Name(Namespace::Country) => "KE",
        Kind::Name(Namespace::Language) => "en",
        Kind::Name(Namespace::Test) => "toefl-ibt",
        _ => return None,
    };
    Some(placed(Value::Text(text.into())))
}

/// A text as an id: lower-case letters and digits, in words with `sign` between; letters that
/// only look Latin are read as what they look like.
pub(super) fn id(text: &str, sign: char) -> String {
    let plain = |c: &char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let text = latin(text);
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.map(|word| fold(word).chars().filter(plain).collect::<String>());
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    words.join(&sign.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(id(text, '-'), expected, "{text}");
    }

    #[test]
    fn an_id_is_of_small_letters_and_digits_in_words() {
        check("fi-nationals", "fi-nationals");
        check("FI nationals", "fi-nationals");
        check(" Côte  d’Ivoire/2 ", "cote-d-ivoire-2");
        check("-fi--x_y-", "fi-x-y");
        check("newsp\u{430}per", "newspaper");
        check("日本", "");
    }
}
