//! What may stand in a table: one description that checks files, suggests, and yields schemas.

use std::ops::Range;

use super::letters::{instead, meant};
use super::node::Notation;
use crate::diagnostic::{Code, Diagnostic};
use crate::suggest::did_you_mean;

/// The keys of one kind of table.
#[derive(Debug)]
pub struct Shape {
    /// What the table is, for messages and the reference.
    pub name: &'static str,
    /// One sentence on what it is for.
    pub doc: &'static str,
    /// The keys, in the order in which they are best written.
    pub keys: &'static [Key],
}

impl Shape {
    /// The key spelled `name`.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// The problem that `written`, at `span`, is none of the keys, with the one that is meant.
    pub(crate) fn unknown_key(&self, written: &str, span: Range<usize>) -> Diagnostic {
        let message = format!("{} has no key `{written}`", self.name);
        let names = self.keys.iter().map(|key| key.name);
        let problem = Diagnostic::new(Code::UnknownKey, span.clone(), message);
        if let Some(name) = meant(written, names.clone()) {
            let in_quotes = span.len() > written.len();
            let name = if in_quotes { format!("\"{name}\"") } else { name.to_owned() };
            return problem.with_help(instead(written, &name)).with_fix(span, name);
        }
        let help = did_you_mean(written, names.clone())
            .unwrap_or_else(|| format!("the keys are: {}", names.collect::<Vec<_>>().join(", ")));
        problem.with_help(help)
    }
}

/// One key.
#[derive(Debug)]
pub struct Key {
    /// Its spelling.
    pub name: &'static str,
    /// What may stand behind it.
    pub kind: Kind,
    /// Whether it must be there.
    pub need: Need,
    /// What it means, with units and which ends are inclusive.
    pub doc: &'static str,
}

/// A key that must be there.
pub(crate) const fn must(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { name, kind, need: Need::Required, doc }
}

/// A key that may be left out.
pub(crate) const fn may(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { name, kind, need: Need::Optional, doc }
}

/// Whether a key must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It must.
    Required,
    /// It may be left out.
    Optional,
}

/// The type of a value.
#[derive(Debug)]
pub enum Kind {
    /// Any text that is not empty.
    Text,
    /// The id of something that is declared: lower-case letters and digits, in words with this
    /// sign between.
    Id(char),
    /// `true` or `false`.
    Flag,
    /// A whole number between two bounds, both inclusive.
    Whole(i64, i64),
    /// A number between two bounds, both inclusive.
    Number(f64, f64),
    /// `format`: the version of the file's format; this program reads 1.
    Format,
    /// A TOML date.
    Day,
    /// A text `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    PartialDay,
    /// A text `MM-DD`.
    MonthDay,
    /// A word that names a reference day, `MM-DD`, or a TOML date.
    ReferenceDay,
    /// A CEFR level, or a lower bound ("at least B2").
    Level,
    /// A CEFR level or one of the words that pages use for levels.
    LevelWord,
    /// One of a closed list of words.
    OneOf(&'static [&'static str]),
    /// An answer to a declared fact of type `choice`, named beside it.
    Choice,
    /// A name or code that must be known.
    Name(Namespace),
    /// A list, every item of one kind.
    List(&'static Kind),
    /// One value or a list of them.
    OneOrMore(&'static Kind),
    /// A table.
    Table(&'static Shape),
    /// One table, or a list of tables.
    Tables(&'static Shape),
    /// The end of something: a partial date, or `null` or the word `ongoing`: it goes on.
    End,
    /// One of several kinds.
    Either(&'static [Kind]),
    /// Keys are names; every value is checked elsewhere, against what the name declares.
    Open,
}

/// Which list of names a [`Kind::Name`] is looked up in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Namespace {
    /// Countries by code, name or alias.
    Country,
    /// Languages by code, name or alias.
    Language,
    /// Language tests by id.
    Test,
    /// Fields of study by id.
    Field,
    /// Hosts by id.
    Host,
    /// Country groups by id.
    Group,
    /// Declared facts by id.
    Fact,
    /// Programmes by id.
    Programme,
    /// Windows by id.
    Window,
    /// Donors by code.
    Donor,
    /// Sources by id, those of the file and the shared ones.
    Source,
}

/// The names that are known when a file is checked.
pub trait Names {
    /// Whether `name` is one of the namespace's.
    fn knows(&self, namespace: Namespace, name: &str) -> bool;
    /// What to suggest for a name that is not.
    fn suggest(&self, namespace: Namespace, name: &str) -> Option<String>;
    /// The one name that differs from `name` only in case, punctuation or look-alike letters.
    fn meant(&self, namespace: Namespace, name: &str) -> Option<String>;
    /// The words that pages use for language levels; `None` if they cannot be told.
    fn level_words(&self) -> Option<Vec<&str>>;
    /// What the file is written in.
    fn notation(&self) -> Notation {
        Notation::Toml
    }
}
