//! What a profile tells, as numbers, once for all rules.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};
use rustc_hash::FxBuildHasher;

use super::span::Span;
use super::work::{Scale, Since, Work};
use crate::dataset::Dataset;
use crate::engine::meaning::passes;
use crate::engine::tally::{Day, number};
use crate::profile::{Degree, Job, JobEnd, LanguageSkill, Profile, Study};
use crate::rules::{Counting, FactTest};
use crate::vocabulary::{CountryCode, DegreeLevel, LanguageCode, LevelRange, PartialDate, Text};

/// What stands for something that is not told.
pub(super) const UNTOLD: u8 = u8::MAX;

/// Lists of limits are shorter than this: their places are written in a byte.
pub(super) const LONGEST: usize = 250;

/// So many tests on one fact are told apart: the bits of a byte, but for the one that says that there
/// is an answer.
const MOST_TESTS: u32 = 7;

/// The years before and after the application that the cells of degrees and work look at.
const YEARS: u32 = 60;

/// A degree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    /// Its level, by the order of levels.
    pub(super) level: u8,
    /// The [number](field_number) of its field, or [`UNKNOWN_FIELD`].
    pub(super) field: u16,
    pub(super) country: Option<CountryCode>,
    /// `None` is not told.
    pub(super) award: Option<Span>,
}

/// A language that rules name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spoken {
    /// Its [number](Figures::language).
    pub(super) language: u8,
    pub(super) level: LevelRange,
}

/// What stands for a field that is not told, or not recognised.
pub(super) const UNKNOWN_FIELD: u16 = u16::MAX;

/// The number of a field of `data`.
pub(super) fn field_number(data: &Dataset, field: &Text) -> u16 {
    let place = data.fields.list().iter().position(|known| known.id == *field);
    place.and_then(|place| u16::try_from(place).ok()).unwrap_or(UNKNOWN_FIELD - 1)
}

/// The tests that rules make of one declared fact.
#[derive(Debug, Clone)]
struct FactTests {
    fact: Text,
    tests: Vec<FactTest>,
    /// Which of them the answer passes, a bit each, and one above them that there is an answer.
    passed: u8,
}

/// What a profile tells, as numbers.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says how far the numbers can be taken")]
pub(super) struct Figures {
    /// The numbers of the fields of the data.
    fields: HashMap<Text, u16, FxBuildHasher>,
    /// The numbers of the languages that rules name, by their codes; [`UNTOLD`] for others.
    languages: Vec<u8>,
    /// How many languages rules name.
    named_languages: u8,
    pub(super) birth: Option<Span>,
    /// The degrees; `None`: it is not told whether there are any.
    pub(super) degrees: Option<Vec<Held>>,
    /// The languages; `None`: it is not told whether there are any.
    pub(super) spoken: Option<Vec<Spoken>>,
    /// Whether the degrees, the jobs and all else are as few as people's are, and few of them open:
    /// the engine walks so many cells and no more, and then claims nothing, which must not be taken
    /// for an answer to others.
    pub(super) are_degrees_short: bool,
    pub(super) is_work_short: bool,
    pub(super) is_short: bool,
    /// Whether it is told what work there is.
    pub(super) is_work_told: bool,
    work: Work,
    /// Whether all days lie where the cells of the engine look.
    pub(super) is_usual: bool,
    /// The first and the last day of where the cells look.
    horizon: (Day, Day),
    scales: Vec<Scale>,
    facts: Vec<FactTests>,
}

impl Figures {
    /// For profiles that name the fields of `data`, and apply on `as_of`.
    pub(super) fn of(data: &Dataset, as_of: NaiveDate) -> Self {
        let ids = data.fields.list().iter().map(|field| &field.id);
        let fields = ids.map(|id| (id.clone(), field_number(data, id))).collect();
        let years = Months::new(12 * YEARS);
        let first = as_of.checked_sub_months(years).unwrap_or(as_of);
        let last = as_of.checked_add_months(years).unwrap_or(as_of);
        let (languages, horizon) =
            (vec![UNTOLD; LanguageCode::COUNT], (number(first), number(last)));
        Self { fields, languages, horizon, ..Self::default() }
    }

    /// The number of a language, which is counted from now on; `None` where there are too many.
    pub(super) fn language(&mut self, code: LanguageCode) -> Option<u8> {
        let number = self.languages.get_mut(code.number())?;
        if *number == UNTOLD && self.named_languages < UNTOLD {
            *number = self.named_languages;
            self.named_languages += 1;
        }
        Some(*number).filter(|number| *number != UNTOLD)
    }

    /// The number of the scale that weighs as `counting` does.
    pub(super) fn weighing(&mut self, counting: &Counting) -> usize {
        let known = self.scales.iter().position(|known| known.weighing.is_of(counting));
        known.unwrap_or_else(|| {
            self.scales.push(Scale::of(counting));
            self.scales.len() - 1
        })
    }

    /// The number of the fact that `test` asks for, and the bit that says whether it is passed;
    /// `None` if the fact is asked for in too many ways.
    pub(super) fn fact_test(&mut self, test: &FactTest) -> Option<(usize, u8)> {
        let known = self.facts.iter().position(|known| known.fact == *test.fact());
        let number = known.unwrap_or_else(|| {
            let (fact, tests) = (test.fact().clone(), Vec::new());
            self.facts.push(FactTests { fact, tests, passed: 0 });
            self.facts.len() - 1
        });
        let tests = &mut self.facts.get_mut(number)?.tests;
        let place = tests.iter().position(|known| known == test).unwrap_or_else(|| {
            tests.push(test.clone());
            tests.len() - 1
        });
        let bit = u32::try_from(place).ok().filter(|bit| *bit < MOST_TESTS)?;
        Some((number, 1 << bit))
    }

    /// Which of the tests `asked`, a bit each, the fact with this number passes.
    pub(super) fn passed(&self, number: usize, asked: u8) -> u8 {
        self.facts.get(number).map_or(0, |fact| fact.passed & (asked | 1 << MOST_TESTS))
    }

    /// Takes what `profile` tells.
    pub(super) fn take(&mut self, profile: &Profile) {
        self.is_usual = true;
        self.birth = profile.birth_date.map(Span::from);
        self.take_degrees(profile);
        self.take_work(profile);
        self.take_languages(profile);
        self.take_facts(profile);
        let (lives, spoken) = (profile.residences.as_ref(), profile.languages.as_ref());
        self.is_short = is_short(profile.nationalities.as_ref(), 0, |_| false)
            && is_short(lives, 8, |residence| residence.permanent.is_none())
            && is_short(spoken, 8, |skill| skill.level.low < skill.level.high)
            && is_short(profile.tests.as_ref(), 4, |t| t.score.is_none() || t.taken.is_none());
    }

    fn take_degrees(&mut self, profile: &Profile) {
        let is_awarded = |degree: &Degree| degree.awarded.is_some_and(PartialDate::is_exact);
        let told = profile.degrees.as_ref();
        self.are_degrees_short = is_short(told, 4, |degree| !is_awarded(degree));
        let (first, last) = self.horizon;
        let Some(told) = told else {
            self.degrees = None;
            let any = Since { best: first, ..Since::default() };
            return self.work.take_degrees(any, any);
        };
        let held = self.degrees.get_or_insert_default();
        held.clear();
        let (mut since_first, mut since_master) = (Since::default(), Since::default());
        for degree in told {
            let field = match &degree.field {
                Study::Field(id) => self.fields.get(id).copied().unwrap_or(UNKNOWN_FIELD - 1),
                Study::NotTold | Study::Unrecognised(_) => UNKNOWN_FIELD,
            };
            let (level, award) = (degree.level as u8, degree.awarded.map(Span::from));
            held.push(Held { level, field, country: degree.country, award });
            let days = award.unwrap_or(Span { first, last });
            if degree.level >= DegreeLevel::Bachelor {
                self.is_usual &= first <= days.first && days.last <= last;
                since_first.reach(days);
            }
            if degree.level >= DegreeLevel::Master {
                since_master.reach(days);
            }
        }
        self.work.take_degrees(since_first, since_master);
    }

    fn take_work(&mut self, profile: &Profile) {
        let jobs = profile.experience.as_ref();
        self.is_work_told = jobs.is_some();
        self.is_work_short = is_short(jobs, 8, |job| !has_days(job) || job.paid.is_none());
        // What is not looked at is not taken: so many jobs would make far more pairs.
        let looked_at = jobs.filter(|_| self.is_work_short).map_or(&[][..], Vec::as_slice);
        self.is_usual &= self.work.take(looked_at, self.horizon.0);
        self.scales.iter_mut().for_each(Scale::clear);
    }

    fn take_languages(&mut self, profile: &Profile) {
        let Some(told) = &profile.languages else {
            self.spoken = None;
            return;
        };
        let spoken = self.spoken.get_or_insert_default();
        spoken.clear();
        for LanguageSkill { language, level } in told {
            let number = self.languages.get(language.number()).copied();
            if let Some(language) = number.filter(|number| *number != UNTOLD) {
                spoken.push(Spoken { language, level: *level });
            }
        }
    }

    fn take_facts(&mut self, profile: &Profile) {
        self.facts.iter_mut().for_each(|fact| fact.passed = 0);
        for (id, answer) in profile.facts.iter() {
            let asked = self.facts.iter_mut().find(|fact| fact.fact == *id);
            let Some(FactTests { tests, passed, .. }) = asked else { continue };
            let bits = tests.iter().take(MOST_TESTS as usize).rev();
            *passed = bits.fold(0, |bits, test| bits << 1 | u8::from(passes(test, answer)));
            *passed |= 1 << MOST_TESTS;
        }
    }

    /// The scale with this number, and the work.
    pub(super) fn scale(&mut self, number: usize) -> Option<(&mut Scale, &Work)> {
        Some((self.scales.get_mut(number)?, &self.work))
    }

    /// The first day on which work that is not told at all can have begun.
    pub(super) const fn first_day(&self) -> Day {
        self.horizon.0
    }
}

/// A number below [`LONGEST`] as a byte.
pub(super) fn low_byte(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(UNTOLD - 1)
}

/// Whether a list is short, and so many of its items open or fewer.
fn is_short<T>(list: Option<&Vec<T>>, most_open: usize, is_open: impl Fn(&T) -> bool) -> bool {
    const MOST: usize = 16;
    list.is_none_or(|list| {
        list.len() <= MOST
            && (list.len() <= most_open
                || list.iter().filter(|item| is_open(item)).count() <= most_open)
    })
}

fn has_days(job: &Job) -> bool {
    let ended = match job.to {
        JobEnd::Ongoing => true,
        JobEnd::On(day) => day.is_exact(),
        JobEnd::NotTold => false,
    };
    ended && job.from.is_exact()
}
