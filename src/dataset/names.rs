//! What things are called.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Sink};
use crate::document::Node;
use crate::suggest::fold;
use crate::vocabulary::{SortedLines, Text};

/// Other names of a thing, kept in one text: there are thousands, and most runs need none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Aliases(Text);

impl Aliases {
    /// The names, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.lines()
    }
}

impl<'a> FromIterator<&'a str> for Aliases {
    fn from_iter<T: IntoIterator<Item = &'a str>>(names: T) -> Self {
        let names: Vec<&str> = names.into_iter().collect();
        Self(names.join("\n").into())
    }
}

/// Folded names with the place of what they name: folding two thousand names again at each start
/// would cost more than the rest of a check.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct NameIndex(SortedLines);

impl NameIndex {
    /// Takes the names in the order of the places; the first of two equal ones stays.
    pub(super) fn of<'a>(names: impl Iterator<Item = (&'a str, &'a Aliases)>) -> Self {
        let mut index: BTreeMap<String, usize> = BTreeMap::new();
        for (at, (name, aliases)) in names.enumerate() {
            for name in std::iter::once(name).chain(aliases.iter()) {
                index.entry(fold(name)).or_insert(at);
            }
        }
        Self(SortedLines::of(&index))
    }

    /// The place of what is called `text`, folded.
    pub(super) fn find(&self, text: &str) -> Option<usize> {
        self.0.find(&fold(text))?.parse().ok()
    }
}

/// Reports names that two entries share once they are folded.
pub(super) fn check_names(nodes: &[Node<'_>], sink: &mut Sink<'_>) {
    let mut seen: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        let table = node.table();
        let owner = nodes.get(at).map(Node::table).and_then(|t| t.text("code")).unwrap_or_default();
        for name in table.nodes("name").iter().chain(table.nodes("aliases")) {
            let folded = fold(name.text().unwrap_or_default());
            match seen.get(&folded) {
                Some((first, code)) if *first != at => {
                    let message = format!(
                        "`{}` also names `{code}`, declared above",
                        name.text().unwrap_or_default()
                    );
                    sink.report(Code::AmbiguousName, name.span.clone(), message);
                }
                _ => {
                    seen.insert(folded, (at, owner));
                }
            }
        }
    }
}

/// The words of a name, folded.
pub(super) fn words_of(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric()).map(fold).filter(|word| !word.is_empty()).collect()
}

/// Reports a code that has not the `form` that codes of a `what` have.
pub(super) fn bad_code(node: &Node<'_>, what: &str, form: &str, sink: &mut Sink<'_>) {
    let code = node.table().get("code").map_or(node.span.clone(), |node| node.span.clone());
    sink.report(Code::UnknownWord, code, format!("the code of a {what} is {form}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_an_index_is_found_and_no_other() {
        let aliases: Aliases = ["Suomi", "FIN"].into_iter().collect();
        let none = Aliases::default();
        let names = [("Finland", &aliases), ("Fiji", &none), ("Côte d’Ivoire", &none)];
        let index = NameIndex::of(names.into_iter());
        assert_eq!(index.find("finland"), Some(0));
        assert_eq!(index.find("SUOMI"), Some(0));
        assert_eq!(index.find("fin"), Some(0));
        assert_eq!(index.find("Fiji"), Some(1));
        assert_eq!(index.find("cote d'ivoire"), Some(2));
        assert_eq!(index.find("Finlan"), None);
        assert_eq!(index.find(""), None);
        assert_eq!(index.find("zz"), None);
        assert_eq!(NameIndex::default().find("Fiji"), None);
    }
}
