//! Changes to a profile, a line each: what would be if. `languages.fr=C1`, `degrees+=master`.
//!
//! An edit is worked into the tree of the profile's JSON, which the ordinary reader then reads:
//! what a profile may hold, and what is said of what it may not, stands in one place.

mod columns;
mod line;
mod notation;
mod work;

use std::fmt;

use chrono::NaiveDate;

pub use columns::{Columns, Row};

use super::Profile;
use super::read::bounded;
use crate::dataset::Dataset;
use crate::diagnostic::{Problems, Sink, SourceText};
use crate::document::{Key, Kind, Namespace, Node, Shape, Value, parse_json};
use line::read_change;
use notation::{Piece, parts, written_entries, written_parts, written_value};
use work::Work;

/// How messages call the edits that stand in no file.
pub const EDITS: &str = "--what-if";

/// One change of a profile.
///
/// It writes itself in the shortest form that reads back as the same, and edits that are written
/// the same are equal.
///
/// # Examples
/// ```
/// use jpo_check::profile::Edit;
/// let edit = Edit::parse("degrees += { \"level\": \"master\", \"awarded\": \"2027-07\" }").unwrap();
/// assert_eq!(edit.to_string(), "degrees+=master:2027-07");
/// assert!(Edit::parse("degree+=master").is_err());
/// ```
#[derive(Debug, Clone)]
pub struct Edit {
    /// The text it was told in, by name.
    file: String,
    change: Change,
}

#[derive(Debug, Clone)]
enum Change {
    /// `birth_date=1995-03-01`; without a value, the key is not told.
    Tell { key: &'static Key, value: Option<Node<'static>> },
    /// `facts.previous_jpo=false`; without a value, the fact is not told.
    Answer { fact: Node<'static>, value: Option<Node<'static>> },
    /// `degrees+=master`
    Add { list: List, entries: Vec<Node<'static>> },
    /// `languages.fr=C1`: in place of what the list holds under that name.
    Put { list: List, entry: Node<'static> },
    /// `nationalities-=DE`, `experience-=2`: by name, or by number, counted from 1.
    Remove { list: List, names: Vec<Node<'static>> },
    /// A JSON merge patch (RFC 7396).
    Merge(Node<'static>),
}

/// A key that holds a list.
#[derive(Debug, Clone, Copy)]
struct List {
    key: &'static str,
    item: &'static Kind,
}

impl List {
    /// The key by which an entry is named, and what may stand there.
    fn name(self) -> (&'static str, &'static Kind) {
        match self.item {
            Kind::Table(Shape { keys: [first, ..], .. }) => (first.name, &first.kind),
            item => (self.key, item),
        }
    }

    fn name_of<'n>(self, entry: &'n Node<'_>) -> &'n str {
        let name = match self.item {
            Kind::Table(_) => entry.table().text(self.name().0),
            _ => entry.text(),
        };
        name.unwrap_or_default()
    }

    /// Whether two names stand for the same: `DE` and `Germany` do.
    fn are_same(self, one: &str, two: &str, data: &Dataset) -> bool {
        match self.name().1 {
            Kind::Name(Namespace::Country) => {
                data.countries.code_of(one) == data.countries.code_of(two)
            }
            Kind::Name(Namespace::Language) => {
                data.languages.code_of(one) == data.languages.code_of(two)
            }
            Kind::Name(Namespace::Test) => {
                let id = |name| data.languages.find_test(name).map(|test| &test.id);
                one == two || (id(one).is_some() && id(one) == id(two))
            }
            _ => one == two,
        }
    }

    /// The shape of entries that are told by name, as in `languages.fr=C1`.
    fn named(self) -> Option<&'static Shape> {
        match (self.item, self.name().1) {
            (Kind::Table(shape), Kind::Name(_)) => Some(shape),
            _ => None,
        }
    }
}

impl Edit {
    /// Reads one edit: `KEY=VALUE`, `KEY.NAME=VALUE`, `LIST+=ENTRY`, `LIST-=ENTRY` or a JSON merge
    /// patch. A value is written in parts, or as JSON.
    ///
    /// # Errors
    /// What keeps the text from being an edit. Whether its names and values are right is found out
    /// where it is applied.
    pub fn parse(text: &str) -> Result<Self, Problems> {
        let mut edits = Edits::default();
        edits.add(text);
        edits.list.pop().ok_or(edits.problems)
    }
}

impl PartialEq for Edit {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl Eq for Edit {}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.change {
            Change::Tell { key, value: None } => write!(f, "{}=", key.name),
            Change::Tell { key, value: Some(value) } => match &key.kind {
                Kind::List(item) => {
                    write!(f, "{}={}", key.name, written_entries(value.items(), key.name, item))
                }
                kind => write!(f, "{}={}", key.name, written_value(value, key.name, kind)),
            },
            Change::Answer { fact, value } => {
                let fact = fact.text().unwrap_or_default();
                let value = value.as_ref().map(|value| written_value(value, fact, &Kind::Text));
                write!(f, "facts.{fact}={}", value.unwrap_or_default())
            }
            Change::Add { list, entries } => {
                write!(f, "{}+={}", list.key, written_entries(entries, list.key, list.item))
            }
            Change::Put { list, entry } => {
                let rest = parts(list.key).get(1..).unwrap_or_default();
                write!(f, "{}.{}={}", list.key, list.name_of(entry), written_parts(entry, rest))
            }
            Change::Remove { list, names } => {
                let names: Vec<&str> = names.iter().filter_map(Node::text).collect();
                write!(f, "{}-={}", list.key, names.join(","))
            }
            Change::Merge(patch) => {
                // On one line, with spaces at which a narrow screen can break it.
                let text = format!("{:#}", patch.to_json());
                let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
                f.write_str(&lines.join(" "))
            }
        }
    }
}

/// Edits in their order, with what is wrong with those that are none.
#[derive(Debug, Clone, Default)]
pub struct Edits {
    list: Vec<Edit>,
    problems: Problems,
}

impl Edits {
    /// The edits that could be read.
    pub fn list(&self) -> &[Edit] {
        &self.list
    }

    /// Adds an edit; see [`Edit::parse`]. Messages count each as a line.
    pub fn add(&mut self, text: &str) {
        let start = self.line(text);
        let mut sink = Sink::new(EDITS);
        let change = read_change(Piece::new(text, start), &mut sink);
        self.record(change, EDITS, sink);
    }

    /// Adds the JSON merge patch that the file `name` holds.
    pub fn add_patch(&mut self, name: &str, text: &str) {
        self.problems.texts.push(SourceText { name: name.to_owned(), text: text.to_owned() });
        let mut sink = Sink::new(name);
        let patch = bounded("patch", text, &mut sink)
            .and_then(|text| parse_json(&text, &mut sink).map(Node::into_owned));
        self.record(patch.map(Change::Merge), name, sink);
    }

    /// Puts a line behind those that are there; returns where it begins.
    fn line(&mut self, text: &str) -> usize {
        if let Some(told) = self.problems.texts.iter_mut().find(|told| told.name == EDITS) {
            told.text.push('\n');
            told.text.push_str(text);
            return told.text.len() - text.len();
        }
        self.problems.texts.push(SourceText { name: EDITS.to_owned(), text: text.to_owned() });
        0
    }

    fn record(&mut self, change: Option<Change>, file: &str, sink: Sink<'_>) {
        match change.filter(|_| sink.is_empty()) {
            Some(change) => self.list.push(Edit { file: file.to_owned(), change }),
            None => self.problems.list.extend(sink.into_list()),
        }
    }

    /// Reads the profile that `text`, a profile without problems, becomes by the edits.
    ///
    /// # Errors
    /// Everything that is wrong with the edits, all at once. Each is read as if those before it
    /// with problems were not there.
    pub fn apply(&self, text: &str, data: &Dataset, as_of: NaiveDate) -> Result<Profile, Problems> {
        let mut problems = self.problems.clone();
        let mut sink = Sink::new("");
        let text = bounded("profile", text, &mut sink).unwrap_or_default();
        let mut tree =
            parse_json(&text, &mut sink).unwrap_or(Node { span: 0..0, value: Value::Null });
        let mut profile = Profile::check_and_read(&tree, data, as_of, &mut sink);
        problems.list.extend(sink.into_list());
        for edit in &self.list {
            let mut sink = Sink::new(&edit.file);
            let mut changed = tree.clone();
            Work { data, as_of, sink: &mut sink }.apply(&edit.change, &mut changed);
            let whole = sink.is_empty();
            let read = whole.then(|| Profile::check_and_read(&changed, data, as_of, &mut sink));
            if sink.is_empty() {
                (tree, profile) = (changed, read.flatten());
            }
            problems.list.extend(sink.into_list());
        }
        problems.sort();
        profile.filter(|_| problems.list.is_empty()).ok_or(problems)
    }
}
