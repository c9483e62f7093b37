//! What a candidate can change, and how long it takes.

use chrono::NaiveDate;

use crate::engine::cells::Slot;
use crate::profile::{
    Answer, Degree, Job, JobEnd, LanguageSkill, Profile, Residence, Study, TestResult,
};
use crate::vocabulary::{
    CountryCode, DegreeLevel, ExperienceKind, LanguageCode, LanguageLevel, LevelRange, PartialDate,
    Text, Words,
};

/// One change that a candidate can make.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Speak a language at a level.
    Speak(LanguageCode, LanguageLevel),
    /// Be awarded a degree.
    Graduate {
        /// Its level.
        level: DegreeLevel,
        /// The id of its field, if one is asked for.
        field: Option<Text>,
        /// Its country, if one is asked for.
        country: Option<CountryCode>,
        /// The day of the award.
        awarded: NaiveDate,
    },
    /// Work from a day on, without an end.
    Work {
        /// What counts.
        kind: ExperienceKind,
        /// The first day.
        from: NaiveDate,
        /// Share of full time in thousandths.
        share: u32,
        /// The kind of employer and its country, where they are asked for.
        employer: Option<(Text, CountryCode)>,
    },
    /// Take a language test with this score; on the first day of the way.
    Take {
        /// The test.
        test: Text,
        /// The lowest score that is enough.
        score: f64,
        /// The day.
        taken: NaiveDate,
    },
    /// Truly give another answer to a declared fact.
    Answer(Text, Answer),
    /// Hold a further nationality.
    Naturalise(CountryCode),
    /// Live in a country by a permanent right.
    Settle(CountryCode),
}

/// What of a candidate can change besides what anybody can.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Allowed {
    /// A further nationality.
    pub nationality: bool,
    /// Another country of residence.
    pub residence: bool,
}

/// How fast things are done, from the day of the question on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Share of full time in thousandths at which one works.
    pub share: u32,
    /// Months to a degree, by its level, in the order of [`DegreeLevel`]'s words.
    pub months_to_degree: [u32; 5],
}

impl Default for Pace {
    /// Full-time work; a bachelor's in 36 months, a diploma after it in 12, a master's in 24, a
    /// doctorate in 48, school in 36.
    fn default() -> Self {
        Self { share: 1000, months_to_degree: [36, 36, 12, 24, 48] }
    }
}

impl Pace {
    /// Months to a degree of `level`.
    pub fn months_to(&self, level: DegreeLevel) -> u32 {
        let at = DegreeLevel::WORDS.iter().position(|(_, known)| *known == level);
        at.and_then(|at| self.months_to_degree.get(at)).copied().unwrap_or_default()
    }
}

/// What cannot be done twice in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    Language(LanguageCode),
    Degree(DegreeLevel, Option<Text>, Option<CountryCode>),
    Work(ExperienceKind, Option<(Text, CountryCode)>),
    Test(Text),
    Fact(Text),
    Nationality,
    Residence(CountryCode),
}

impl Step {
    fn item(&self) -> Item {
        match self {
            Self::Speak(language, _) => Item::Language(*language),
            Self::Graduate { level, field, country, .. } => {
                Item::Degree(*level, field.clone(), *country)
            }
            Self::Work { kind, employer, .. } => Item::Work(*kind, employer.clone()),
            Self::Take { test, .. } => Item::Test(test.clone()),
            Self::Answer(fact, _) => Item::Fact(fact.clone()),
            Self::Naturalise(_) => Item::Nationality,
            Self::Settle(country) => Item::Residence(*country),
        }
    }

    /// The part of a profile that it touches.
    pub(super) fn slot(&self) -> Slot {
        match self {
            Self::Speak(..) => Slot::Languages,
            Self::Graduate { .. } => Slot::Degrees,
            Self::Work { .. } => Slot::Experience,
            Self::Take { .. } => Slot::Tests,
            Self::Answer(fact, _) => Slot::Fact(fact.clone()),
            Self::Naturalise(_) => Slot::Nationalities,
            Self::Settle(_) => Slot::Residences,
        }
    }

    /// Whether both cannot be in one way.
    pub(super) fn excludes(&self, other: &Self) -> bool {
        self.item() == other.item()
    }

    /// Whether it asks no more than `other`, of the same thing.
    pub(super) fn is_at_most(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Speak(one, low), Self::Speak(two, high)) => one == two && low <= high,
            (
                Self::Graduate { level: low, field: one, country: here, .. },
                Self::Graduate { level: high, field: two, country: there, .. },
            ) => low <= high && (one.is_none() || one == two) && (here.is_none() || here == there),
            (
                Self::Work { kind: one, employer: plain, .. },
                Self::Work { kind: two, employer: named, .. },
            ) => one == two && (plain.is_none() || plain == named),
            (
                Self::Take { test: one, score: low, .. },
                Self::Take { test: two, score: high, .. },
            ) => one == two && low <= high,
            (one, other) => one == other,
        }
    }

    /// Whether both are the same but for the country.
    pub(super) fn is_another_country_than(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Naturalise(_), Self::Naturalise(_)) | (Self::Settle(_), Self::Settle(_)) => true,
            (
                Self::Graduate { level: one, field: a, .. },
                Self::Graduate { level: two, field: b, .. },
            ) => one == two && a == b,
            _ => false,
        }
    }

    /// Makes the change in `profile`; a test is taken on `taken`.
    pub fn apply(&self, profile: &mut Profile, taken: NaiveDate) {
        match self {
            Self::Speak(language, level) => speak(profile, *language, *level),
            Self::Graduate { level, field, country, awarded } => {
                profile.degrees.get_or_insert_default().push(Degree {
                    level: *level,
                    field: field.clone().map_or(Study::NotTold, Study::Field),
                    country: *country,
                    awarded: Some(PartialDate::exact(*awarded)),
                });
            }
            Self::Work { kind, from, share, employer } => {
                let (employer, country) = employer.clone().unzip();
                profile.experience.get_or_insert_default().push(Job {
                    kind: *kind,
                    from: PartialDate::exact(*from),
                    to: JobEnd::Ongoing,
                    share: *share,
                    paid: Some(true),
                    country,
                    relevant: true,
                    relevance_told: true,
                    employer,
                });
            }
            Self::Take { test, score, .. } => {
                profile.tests.get_or_insert_default().push(TestResult {
                    test: test.clone(),
                    score: Some(*score),
                    taken: Some(PartialDate::exact(taken)),
                });
            }
            Self::Answer(fact, answer) => {
                profile.facts.insert(fact.clone(), answer.clone());
            }
            Self::Naturalise(country) => {
                profile.nationalities.get_or_insert_default().push(*country);
            }
            Self::Settle(country) => profile.residences.get_or_insert_default().push(Residence {
                country: *country,
                since: None,
                permanent: Some(true),
            }),
        }
    }
}

fn speak(profile: &mut Profile, language: LanguageCode, level: LanguageLevel) {
    let skills = profile.languages.get_or_insert_default();
    let level = LevelRange::exact(level);
    match skills.iter_mut().find(|skill| skill.language == language) {
        Some(skill) => skill.level = level,
        None => skills.push(LanguageSkill { language, level }),
    }
}
