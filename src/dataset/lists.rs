//! Fields of study, hosts and declared facts, which rules and profiles name.

use serde::{Deserialize, Serialize};

use super::names::{Aliases, NameIndex};
use crate::diagnostic::{Code, Sink};
use crate::document::{Node, Table};
use crate::rules::{Change, FactDeclaration, FactType, Host};
use crate::suggest::fold;
use crate::vocabulary::{Text, Words};

/// A field of study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Field {
    /// Its id.
    pub id: Text,
    /// Its name.
    pub name: Text,
    /// Other names.
    pub aliases: Aliases,
}

/// The fields of study, found by id, name or alias.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Fields {
    list: Vec<Field>,
    names: NameIndex,
}

impl Fields {
    /// Every field, in the order of the file.
    pub fn list(&self) -> &[Field] {
        &self.list
    }

    /// The field with that id.
    pub fn get(&self, id: &str) -> Option<&Field> {
        self.list.iter().find(|field| field.id == id)
    }

    /// Finds a field by id, name or alias, folded for case and accents.
    pub fn find(&self, text: &str) -> Option<&Field> {
        let by_id = |text: &str| {
            let folded = fold(text);
            self.list.iter().find(|field| fold(&field.id) == folded)
        };
        self.get(text).or_else(|| self.list.get(self.names.find(text)?)).or_else(|| by_id(text))
    }
}

pub(super) fn read_fields(file: &Table<'_, '_>) -> Fields {
    let read = |node: &Node<'_>| {
        let table = node.table();
        Field {
            id: table.kept("id").unwrap_or_default(),
            name: table.kept("name").unwrap_or_default(),
            aliases: table.texts("aliases").collect(),
        }
    };
    let list: Vec<Field> = file.nodes("field").iter().map(read).collect();
    let names = NameIndex::of(list.iter().map(|f| (f.name.as_str(), &f.aliases)));
    Fields { list, names }
}

pub(super) fn read_hosts(file: &Table<'_, '_>) -> Vec<Host> {
    let read = |node: &Node<'_>| {
        let table = node.table();
        Host {
            id: table.kept("id").unwrap_or_default(),
            name: table.kept("name").unwrap_or_default(),
            aliases: table.all_kept("aliases"),
            in_un_system: table.is_true("in_un_system"),
        }
    };
    file.nodes("host").iter().map(read).collect()
}

pub(super) fn read_facts(file: &Table<'_, '_>, sink: &mut Sink<'_>) -> Vec<FactDeclaration> {
    file.nodes("fact").iter().map(|node| read_fact(node, sink)).collect()
}

fn read_fact(node: &Node<'_>, sink: &mut Sink<'_>) -> FactDeclaration {
    let table = node.table();
    let choices: Vec<Text> = table.all_kept("choices");
    let kind = match table.text("type") {
        Some("number") => FactType::Number,
        Some("date") => FactType::Date,
        Some("choice") => FactType::Choice(choices.clone()),
        _ => FactType::Flag,
    };
    let is_choice = matches!(kind, FactType::Choice(_));
    let listed = table.nodes("choices").len();
    if is_choice != (listed > 0) || listed == 1 {
        let span = table.get("type").map_or(node.span.clone(), |node| node.span.clone());
        let message =
            "`choices` lists two answers or more where `type` is `choice`, and only there";
        sink.report(Code::Contradiction, span, message);
    }
    FactDeclaration {
        id: table.kept("id").unwrap_or_default(),
        kind,
        changes: table.text("changes").and_then(Change::from_word).unwrap_or(Change::Freely),
        question: table.kept("question").unwrap_or_default(),
        unit: table.kept("unit"),
        help: table.kept("help"),
    }
}
