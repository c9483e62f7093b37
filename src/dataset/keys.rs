//! Every key of every rule file: the one table that checks the files and documents them.

mod case;
mod criteria;
mod donor;
mod group;
mod limit;
mod lists;
mod programme;
mod requirement;

use crate::document::{Key, Kind, Known, Namespace, Shape, json_schema, may};
use crate::vocabulary::{DegreeLevel, ExperienceKind, Words};
use donor::DONOR_FILE;
use lists::{
    COUNTRIES_FILE, FACTS_FILE, FIELDS_FILE, HOSTS_FILE, LANGUAGES_FILE, LOOKALIKES_FILE,
    SOURCES_FILE,
};

pub(super) use donor::WINDOW;
pub(super) use group::GROUP_FILE;
pub(super) use programme::PROGRAMME_FILE;
pub use requirement::REQUIREMENT;

/// A kind of rule file.
#[derive(Debug)]
pub struct FileKind {
    /// Its name, as in `jpo-check schema donor`.
    pub name: &'static str,
    /// Its path below the data folder; `<…>` stands for the name of each.
    pub path: &'static str,
    /// What it holds.
    pub shape: &'static Shape,
}

/// Every kind of rule file.
pub static FILES: &[FileKind] = &[
    FileKind { name: "donor", path: "donors/<code>.toml", shape: &DONOR_FILE },
    FileKind { name: "programme", path: "programmes/<id>.toml", shape: &PROGRAMME_FILE },
    FileKind { name: "group", path: "groups/<id>.toml", shape: &GROUP_FILE },
    FileKind { name: "sources", path: "sources.toml", shape: &SOURCES_FILE },
    FileKind { name: "hosts", path: "hosts.toml", shape: &HOSTS_FILE },
    FileKind { name: "facts", path: "facts.toml", shape: &FACTS_FILE },
    FileKind { name: "fields", path: "fields.toml", shape: &FIELDS_FILE },
    FileKind { name: "countries", path: "countries.toml", shape: &COUNTRIES_FILE },
    FileKind { name: "languages", path: "languages.toml", shape: &LANGUAGES_FILE },
    FileKind { name: "lookalikes", path: "lookalikes.toml", shape: &LOOKALIKES_FILE },
];

impl FileKind {
    /// The kind of the file at `path`; `None` where no rules are read from it.
    pub fn of(path: &str) -> Option<&'static Self> {
        FILES.iter().find(|kind| match kind.folder() {
            Some(folder) => path
                .strip_prefix(folder)
                .and_then(|name| name.strip_suffix(".toml"))
                .is_some_and(|stem| !stem.is_empty() && !stem.contains('/')),
            None => path == kind.path,
        })
    }

    /// The path from which the rules at `path` would be read, if it is plain what its name is
    /// meant to be: `donors/fi.toml` for `donors/fi.TOML` and `donors/fi.toml.txt`.
    pub fn meant_by(path: &str) -> Option<String> {
        let path = path.to_ascii_lowercase();
        let start = path.rfind('/').map_or(0, |at| at + 1);
        let (folder, name) = path.split_at_checked(start)?;
        let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
        let meant = format!("{folder}{stem}.toml");
        Self::of(&meant).map(|_| meant)
    }

    /// The folder in which each file of this kind stands, with `/` at its end.
    fn folder(&self) -> Option<&'static str> {
        self.path.split_once('<').map(|(folder, _)| folder)
    }

    /// Where its JSON Schema stands below the data folder.
    pub fn schema_path(&self) -> String {
        format!("schemas/{}.json", self.name)
    }

    /// Its JSON Schema, for editors; `known` is what they offer to complete.
    pub fn schema(&self, known: &Known) -> serde_json::Value {
        json_schema(self.shape, &format!("jpo-check {}, format 1", self.path), known)
    }
}

const ID: Kind = Kind::Id('-');
/// Answers and fields of study stand in profiles, whose own keys are written so.
const SNAKE_ID: Kind = Kind::Id('_');
const COUNTRY: Kind = Kind::Name(Namespace::Country);
const COUNTRIES: Kind = Kind::List(&COUNTRY);
const GROUPS: Kind = Kind::List(&Kind::Name(Namespace::Group));
const FIELDS: Kind = Kind::List(&Kind::Name(Namespace::Field));
const SOURCES: Kind = Kind::OneOrMore(&Kind::Name(Namespace::Source));
const TEXTS: Kind = Kind::List(&Kind::Text);
const CHOICES: Kind = Kind::List(&Kind::Choice);
const YEARS: Kind = Kind::Whole(0, 80);
const MONTHS_AHEAD: Kind = Kind::Whole(0, 60);
const MONTHS: Kind = Kind::Whole(0, 960);
const DEGREE: Kind = Kind::OneOf(DegreeLevel::SPELLINGS);
const KINDS: Kind = Kind::List(&Kind::OneOf(ExperienceKind::SPELLINGS));

/// The keys that name sources and add a note, wherever they stand alone.
const CITED: Key = may("source", SOURCES, "id of the source, or a list of ids");
