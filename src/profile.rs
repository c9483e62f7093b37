//! A candidate's profile: what is told, exactly, partly or not at all.

mod edit;
mod facts;
mod form;
mod keys;
mod read;
mod schema;
mod write;

pub use edit::{Columns, EDITS, Edit, Edits, Row};
pub use facts::Facts;
pub use form::{Form, item_question, tell, text};
pub use keys::{EMPLOYERS, PROFILE};
pub use schema::schema;

pub(crate) use read::too_large;
pub(crate) use read::{NUMBERS, end_behind, ends_before, not_after, thousandths};

use crate::vocabulary::{
    CountryCode, DegreeLevel, ExperienceKind, LanguageCode, LevelRange, PartialDate, Text,
};

/// The largest profile that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;

/// What a candidate tells. `None` is not told; an empty list is told: none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// Echoed into the report.
    pub id: Option<Text>,
    /// Date of birth.
    pub birth_date: Option<PartialDate>,
    /// Every nationality held.
    pub nationalities: Option<Vec<CountryCode>>,
    /// Every country lived in now.
    pub residences: Option<Vec<Residence>>,
    /// Every degree held or expected.
    pub degrees: Option<Vec<Degree>>,
    /// Every piece of experience.
    pub experience: Option<Vec<Job>>,
    /// Every language spoken.
    pub languages: Option<Vec<LanguageSkill>>,
    /// Every language test taken.
    pub tests: Option<Vec<TestResult>>,
    /// Answers to declared facts.
    pub facts: Facts,
}

/// A country lived in.
#[derive(Debug, Clone, PartialEq)]
pub struct Residence {
    /// The country.
    pub country: CountryCode,
    /// Since when.
    pub since: Option<PartialDate>,
    /// Whether by a permanent right.
    pub permanent: Option<bool>,
}

/// A degree held or expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Degree {
    /// Its level.
    pub level: DegreeLevel,
    /// Its field.
    pub field: Study,
    /// The country that awarded it.
    pub country: Option<CountryCode>,
    /// The day it was or will be awarded.
    pub awarded: Option<PartialDate>,
}

/// A field of study as told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Study {
    /// Not told.
    NotTold,
    /// Told in words that the data does not know.
    Unrecognised(Text),
    /// A known field, by id.
    Field(Text),
}

/// A piece of experience.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Its kind.
    pub kind: ExperienceKind,
    /// Its first day.
    pub from: PartialDate,
    /// Its last day.
    pub to: JobEnd,
    /// Share of full time in thousandths, 1 to 1000.
    pub share: u32,
    /// Whether it was paid.
    pub paid: Option<bool>,
    /// Where.
    pub country: Option<CountryCode>,
    /// Whether the candidate takes it as relevant.
    pub relevant: bool,
    /// Whether that was said rather than assumed.
    pub relevance_told: bool,
    /// The kind of employer: a word of [`EMPLOYERS`].
    pub employer: Option<Text>,
}

/// The end of a piece of experience.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobEnd {
    /// `null`: it goes on.
    Ongoing,
    /// A last day, inclusive.
    On(PartialDate),
    /// Left out: not told.
    NotTold,
}

/// A language spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LanguageSkill {
    /// The language.
    pub language: LanguageCode,
    /// The levels it can mean.
    pub level: LevelRange,
}

/// A language test taken.
#[derive(Debug, Clone, PartialEq)]
pub struct TestResult {
    /// Id of the test.
    pub test: Text,
    /// The score.
    pub score: Option<f64>,
    /// The day it was taken.
    pub taken: Option<PartialDate>,
}

/// An answer to a declared fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(i64),
    /// A choice.
    Choice(Text),
    /// A date.
    Date(PartialDate),
}
