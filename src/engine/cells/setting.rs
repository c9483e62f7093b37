//! Open points, and the values that are tried for them.

use chrono::NaiveDate;

use crate::engine::person::{Held, Lives, Person, Taken, Worked};
use crate::profile::Answer;
use crate::vocabulary::{CountryCode, LanguageCode, LanguageLevel, Text};

/// An open point with a value for each of its cells.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Open {
    /// The profile paths that would settle it.
    pub(in crate::engine) paths: Vec<Text>,
    /// One value a cell; never empty.
    pub(in crate::engine) values: Vec<Setting>,
}

/// A value for an open point.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::engine) enum Setting {
    Birth(NaiveDate),
    Nationalities(Vec<CountryCode>),
    Residences(Vec<Lives>),
    Permanent(usize, bool),
    Degrees(Vec<Held>),
    Awarded(usize, NaiveDate),
    Field(usize, Option<Text>),
    DegreeCountry(usize, Option<CountryCode>),
    Jobs(Vec<Worked>),
    JobDates(Vec<(usize, NaiveDate, Option<NaiveDate>)>),
    Paid(usize, bool),
    JobCountry(usize, Option<CountryCode>),
    Employer(usize, Option<Text>),
    Languages(Vec<(LanguageCode, LanguageLevel)>),
    Level(usize, LanguageLevel),
    Tests(Vec<Taken>),
    Score(usize, f64),
    TakenOn(usize, NaiveDate),
    Fact(Text, Answer),
}

impl Setting {
    /// Fills the value into `person`.
    pub(in crate::engine) fn apply(&self, person: &mut Person) {
        match self {
            Self::Birth(day) => person.birth_date = *day,
            Self::Nationalities(list) => person.nationalities.clone_from(list),
            Self::Residences(list) => person.residences.clone_from(list),
            Self::Degrees(list) => person.degrees.clone_from(list),
            Self::Jobs(list) => person.jobs.clone_from(list),
            Self::Languages(list) => person.languages.clone_from(list),
            Self::Tests(list) => person.tests.clone_from(list),
            Self::Fact(id, answer) => {
                person.facts.insert(id.clone(), answer.clone());
            }
            Self::JobDates(dates) => {
                for (at, from, to) in dates {
                    at_mut(&mut person.jobs, *at, |job| (job.from, job.to) = (*from, *to));
                }
            }
            Self::Permanent(at, yes) => at_mut(&mut person.residences, *at, |r| r.permanent = *yes),
            Self::Awarded(at, day) => at_mut(&mut person.degrees, *at, |d| d.awarded = *day),
            Self::Field(at, field) => {
                at_mut(&mut person.degrees, *at, |d| d.field.clone_from(field));
            }
            Self::DegreeCountry(at, c) => at_mut(&mut person.degrees, *at, |d| d.country = *c),
            Self::Paid(at, yes) => at_mut(&mut person.jobs, *at, |job| job.paid = *yes),
            Self::JobCountry(at, c) => at_mut(&mut person.jobs, *at, |job| job.country = *c),
            Self::Employer(at, e) => at_mut(&mut person.jobs, *at, |j| j.employer.clone_from(e)),
            Self::Level(at, level) => at_mut(&mut person.languages, *at, |s| s.1 = *level),
            Self::Score(at, score) => at_mut(&mut person.tests, *at, |test| test.score = *score),
            Self::TakenOn(at, day) => at_mut(&mut person.tests, *at, |test| test.taken = *day),
        }
    }
}

fn at_mut<T>(list: &mut [T], at: usize, change: impl FnOnce(&mut T)) {
    if let Some(item) = list.get_mut(at) {
        change(item);
    }
}
