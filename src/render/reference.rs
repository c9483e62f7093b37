//! The table of keys → the reference of the data folder's README, in Markdown.

use std::fmt::Write as _;

use crate::dataset::keys::{FILES, REQUIREMENT};
use crate::document::{Key, Kind, Namespace, Need, Shape};

/// Every key of every rule file, file by file; a table that several files take stands once.
pub fn key_reference() -> String {
    let mut reference = Reference { text: String::new(), seen: Vec::new() };
    for file in FILES {
        reference.heading("###", &format!("`{}`", file.path), file.shape);
        reference.keys(file.shape);
        reference.below(file.shape);
    }
    reference.text
}

struct Reference {
    text: String,
    /// The tables that stand here already.
    seen: Vec<&'static str>,
}

impl Reference {
    fn heading(&mut self, level: &str, title: &str, shape: &Shape) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        // Writing into a string cannot fail.
        let _ = write!(self.text, "{level} {title}\n\n{}\n\n", shape.doc);
    }

    fn keys(&mut self, shape: &'static Shape) {
        self.text.push_str("| key | holds | meaning |\n| --- | --- | --- |\n");
        for key in own_keys(shape) {
            let need = if key.need == Need::Required { ", needed" } else { "" };
            let (name, holds, doc) = (key.name, holds(&key.kind), key.doc);
            let _ = writeln!(self.text, "| `{name}` | {holds}{need} | {doc} |");
        }
        if is_requirement(shape) {
            let link = link(REQUIREMENT.name);
            let _ = write!(self.text, "\nBesides, the keys of {link}.\n");
        }
    }

    /// The tables below, each behind the first that takes it.
    fn below(&mut self, shape: &'static Shape) {
        for table in own_keys(shape).filter_map(|key| table_of(&key.kind)) {
            self.table(table);
        }
    }

    fn table(&mut self, table: &'static Shape) {
        if is_requirement(table) && !std::ptr::eq(table, &raw const REQUIREMENT) {
            self.table(&REQUIREMENT);
        }
        if self.seen.contains(&table.name) {
            return;
        }
        self.seen.push(table.name);
        self.heading("####", table.name, table);
        self.keys(table);
        self.below(table);
    }
}

/// The keys of a table; of a requirement those of its criterion alone.
fn own_keys(shape: &'static Shape) -> impl Iterator<Item = &'static Key> {
    let common = if is_requirement(shape) { REQUIREMENT.keys } else { &[] };
    shape.keys.iter().filter(move |key| !common.iter().any(|other| other.name == key.name))
}

/// Whether a table takes the keys of every requirement besides its own.
fn is_requirement(shape: &'static Shape) -> bool {
    let takes = |key: &Key| shape.keys.iter().any(|other| other.name == key.name);
    shape.name != REQUIREMENT.name && REQUIREMENT.keys.iter().all(takes)
}

const fn table_of(kind: &'static Kind) -> Option<&'static Shape> {
    match kind {
        Kind::List(item) | Kind::OneOrMore(item) => table_of(item),
        Kind::Table(shape) | Kind::Tables(shape) | Kind::Either([_, Kind::Table(shape)]) => {
            Some(shape)
        }
        _ => None,
    }
}

/// What stands behind a key, in words.
fn holds(kind: &'static Kind) -> String {
    match kind {
        Kind::Text | Kind::Choice => "text".to_owned(),
        Kind::Id(sign) => format!("id: small letters and digits, `{sign}` between words"),
        Kind::Flag => "`true` or `false`".to_owned(),
        Kind::Whole(low, high) => format!("whole number, {low} to {high}"),
        Kind::Number(low, high) => format!("number, {low} to {high}"),
        Kind::Format => "`1`".to_owned(),
        Kind::Day => "day".to_owned(),
        Kind::PartialDay => "year, month or day, in quotes".to_owned(),
        Kind::End => format!("{}, or `\"ongoing\"`", holds(&Kind::PartialDay)),
        Kind::MonthDay => "`\"MM-DD\"`".to_owned(),
        Kind::ReferenceDay => link("reference day"),
        Kind::Level => "level".to_owned(),
        Kind::LevelWord => link("word for a level"),
        Kind::OneOf(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            words.join(", ")
        }
        Kind::Name(namespace) => name_of(*namespace).to_owned(),
        Kind::List(item) => format!("list of: {}", holds(item)),
        Kind::OneOrMore(item) => format!("{}, or a list", holds(item)),
        Kind::Table(shape) => format!("table: {}", link(shape.name)),
        Kind::Tables(shape) => format!("one table or several: {}", link(shape.name)),
        Kind::Either(kinds) => kinds.iter().map(holds).collect::<Vec<_>>().join(" or "),
        Kind::Open => "table".to_owned(),
    }
}

const fn name_of(namespace: Namespace) -> &'static str {
    match namespace {
        Namespace::Country => "country code",
        Namespace::Language => "language code",
        Namespace::Test => "id of a language test",
        Namespace::Field => "id of a field",
        Namespace::Host => "id of a host",
        Namespace::Group => "id of a group",
        Namespace::Fact => "id of a fact",
        Namespace::Programme => "id of a programme",
        Namespace::Window => "id of a window",
        Namespace::Donor => "code of a donor",
        Namespace::Source => "id of a source",
    }
}

/// A link to the heading `title` of the same page.
fn link(title: &str) -> String {
    format!("[{title}](#{})", title.to_lowercase().replace(' ', "-"))
}
