//! What a window asks, with its strength, its source and its wording.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Rule;
use crate::vocabulary::{Packed, Text, words};

/// One kind of requirement, as reports name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Criterion {
    /// Whether the donor pays for posts at all.
    Sponsorship,
    /// Nationality, residence, membership of a group.
    Nationality,
    /// Age or date of birth.
    Age,
    /// Degree with its experience.
    Qualification,
    /// Languages and their tests.
    Languages,
    /// Everything else.
    Conditions,
}

words!(Criterion {
    Sponsorship => "sponsorship",
    Nationality => "nationality",
    Age => "age",
    Qualification => "qualification",
    Languages => "languages",
    Conditions => "conditions",
});

/// The table of a rule file that a requirement is written in: a criterion, or a half of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Part {
    /// `[window.sponsorship]`
    Sponsorship,
    /// `[window.nationality]`
    Nationality,
    /// `[window.age]`
    Age,
    /// `[window.degree]`
    Degree,
    /// `[window.experience]`
    Experience,
    /// `[window.qualification]`: degree and experience in pairs
    Qualification,
    /// `[[window.languages]]`
    Languages,
    /// `[[window.conditions]]`
    Conditions,
}

words!(Part {
    Sponsorship => "sponsorship",
    Nationality => "nationality",
    Age => "age",
    Degree => "degree",
    Experience => "experience",
    Qualification => "qualification",
    Languages => "languages",
    Conditions => "conditions",
});

impl Part {
    /// The criterion it belongs to.
    pub const fn criterion(self) -> Criterion {
        match self {
            Self::Sponsorship => Criterion::Sponsorship,
            Self::Nationality => Criterion::Nationality,
            Self::Age => Criterion::Age,
            Self::Degree | Self::Experience | Self::Qualification => Criterion::Qualification,
            Self::Languages => Criterion::Languages,
            Self::Conditions => Criterion::Conditions,
        }
    }
}

/// How much a requirement weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Strength {
    /// A miss shuts the candidate out.
    Required,
    /// "Normally": a miss is at the donor's discretion.
    Usual,
    /// Welcome; never decides.
    Asset,
    /// Judged by people; never decides here.
    Judged,
}

words!(Strength {
    Required => "required",
    Usual => "usual",
    Asset => "asset",
    Judged => "judged",
});

impl Strength {
    /// Whether it can bear on a verdict.
    pub const fn decides(self) -> bool {
        matches!(self, Self::Required | Self::Usual)
    }
}

/// What a requirement rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Basis {
    /// The donor's own record.
    Window,
    /// The programme's usual profile, the donor's rule not being on record.
    Programme,
}

words!(Basis { Window => "window", Programme => "programme" });

/// A line of a rule file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Place {
    /// The file, relative to the data folder.
    pub file: Text,
    /// The line, counted from 1.
    pub line: usize,
}

/// One way to read a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Reading {
    /// What it asks.
    pub rule: Rule,
    /// Ids of the sources that say so, the first being the one to cite.
    pub sources: Vec<Text>,
    /// The page's words, paraphrased.
    pub wording: Option<Text>,
}

/// An older or weaker page: shown, never deciding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Superseded {
    /// What it says.
    pub says: Text,
    /// Ids of its sources.
    pub sources: Vec<Text>,
}

/// What a window asks under a criterion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Requirement {
    /// The table it is written in.
    pub part: Part,
    /// How much it weighs.
    pub strength: Strength,
    /// What it rests on.
    pub basis: Basis,
    /// Set post by post; the rule, if any, is the strictest value seen.
    pub by_vacancy: bool,
    /// The page asks for more than is on record.
    pub incomplete: bool,
    /// The first and last application day on which it holds, both inclusive.
    pub valid: (Option<NaiveDate>, Option<NaiveDate>),
    /// The readings; never empty.
    pub readings: Packed<Vec<Reading>>,
    /// Older or weaker pages.
    pub superseded: Packed<Vec<Superseded>>,
    /// What a reader should know.
    pub note: Option<Text>,
    /// Where it is written.
    pub place: Place,
}

impl Requirement {
    /// Whether it holds for applications on `day`.
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        let (from, to) = self.valid;
        from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
    }

    /// Ids of every source named, those of superseded pages included, in order, once each.
    pub fn sources(&self) -> Vec<&Text> {
        once_each(self.cited().chain(self.superseded.iter().flat_map(|old| &old.sources)))
    }

    /// The id of the source to cite.
    pub fn source(&self) -> Option<&Text> {
        self.cited().chain(self.superseded.iter().flat_map(|old| &old.sources)).next()
    }

    /// Ids of the sources of its readings, in order, once each.
    pub fn deciding_sources(&self) -> Vec<&Text> {
        once_each(self.cited())
    }

    fn cited(&self) -> impl Iterator<Item = &Text> {
        self.readings.iter().flat_map(|reading| &reading.sources)
    }
}

fn once_each<'a>(all: impl Iterator<Item = &'a Text>) -> Vec<&'a Text> {
    let mut ids: Vec<&Text> = Vec::new();
    for id in all {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}
