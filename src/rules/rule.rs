//! The closed vocabulary of rules.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ReferenceDay;
use crate::vocabulary::{
    CountryCode, DegreeLevel, ExperienceKind, LanguageCode, LanguageLevel, Text, words,
};

/// One rule of the closed vocabulary: what a reading asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum Rule {
    /// The page states that nothing is asked.
    NoRequirement,
    /// Set by the vacancy, no value on record.
    Unstated,
    /// Neither the donor nor the programme has it on record.
    NotOnRecord,
    /// Whether posts are paid for.
    Sponsorship(Sponsorship),
    /// Nationality, residence, membership.
    Nationality(Nationality),
    /// Age or date of birth.
    Age(Age),
    /// Degree alone.
    Degree(Degree),
    /// Experience alone.
    Experience(Experience),
    /// Pairs of degree and experience.
    Qualification(Qualification),
    /// Languages.
    Language(LanguageRule),
    /// A condition that a declared fact or a job answers.
    Condition(Condition),
    /// Something that only people can weigh, in the page's sense.
    Text(Text),
}

/// The state of a donor's sponsorship.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sponsorship {
    /// Posts are paid for.
    Active,
    /// A UN list names the donor; no proof of posts.
    Listed,
    /// Sources contradict each other.
    Disputed,
    /// Nothing is on record.
    Unknown,
    /// No posts are paid for.
    Inactive,
}

words!(Sponsorship {
    Active => "active",
    Listed => "listed",
    Disputed => "disputed",
    Unknown => "unknown",
    Inactive => "inactive",
});

/// Who may come: one branch is enough.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Nationality {
    /// The alternatives; never empty.
    pub branches: Vec<Branch>,
    /// Holding one of these too shuts the candidate out.
    pub not_also: Vec<CountryCode>,
    /// An added condition on whoever also holds one of these nationalities.
    pub if_also: Option<(Vec<CountryCode>, Box<Branch>)>,
    /// The day on which membership and residence are looked at.
    pub on: Option<ReferenceDay>,
    /// What the donor says about several nationalities.
    pub dual: Option<Text>,
}

impl Nationality {
    /// The alternatives, and the condition on dual nationals.
    pub fn every_branch(&self) -> impl Iterator<Item = &Branch> {
        self.branches.iter().chain(self.if_also.iter().map(|(_, branch)| &**branch))
    }

    /// Every nationality that it names; `None` if it names a group too.
    pub fn named_nations(&self) -> Option<Vec<CountryCode>> {
        if self.every_branch().any(|branch| !branch.in_group.is_empty()) {
            return None;
        }
        let held = self.every_branch().flat_map(|branch| &branch.national_of);
        let also = self.if_also.iter().flat_map(|(nationals, _)| nationals);
        Some(held.chain(&self.not_also).chain(also).copied().collect())
    }
}

/// One alternative: everything in it is needed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Branch {
    /// Holding one of these nationalities …
    pub national_of: Vec<CountryCode>,
    /// … or one of a country in one of these groups.
    pub in_group: Vec<Text>,
    /// Living in one of these countries.
    pub resident_in: Vec<CountryCode>,
    /// That residence being permanent.
    pub permanent: bool,
    /// A yes/no fact being true.
    pub fact: Option<Text>,
    /// Some degree being from one of these countries …
    pub studied_in: Vec<CountryCode>,
    /// … or from one in this group.
    pub studied_in_group: Vec<Text>,
    /// Speaking these languages.
    pub speaks: Vec<Skill>,
}

/// A language at a level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Skill {
    /// The language.
    pub language: LanguageCode,
    /// The level asked.
    pub level: LanguageLevelWord,
}

/// A level as a page words it: what it surely means, and what else it can mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct LanguageLevelWord {
    /// The page's word, or the level itself.
    pub word: Text,
    /// The readings, the first being the usual one; never empty.
    pub levels: Vec<LanguageLevel>,
}

/// A limit of age.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Age {
    /// Most completed years, inclusive.
    pub max: Option<i32>,
    /// Fewest completed years, inclusive.
    pub min: Option<i32>,
    /// Whether the page says "under" (`max` + 1, exclusive); for wording only.
    pub under: bool,
    /// Born on that day or later, instead of `max`.
    pub born_from: Option<BirthDay>,
    /// The reference day.
    pub on: ReferenceDay,
    /// What raises the upper limit; the highest that holds counts.
    pub raises: Vec<AgeRaise>,
}

impl Age {
    /// Whether a degree can raise the limit.
    pub fn raises_by_degree(&self) -> bool {
        self.raises.iter().any(|raise| raise.degree.is_some())
    }
}

/// The earliest birth date within a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BirthDay {
    /// A day named in full.
    On(NaiveDate),
    /// A day of the application's year, so many years earlier.
    YearsBefore {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
        /// How many years.
        years: i32,
    },
}

/// Years added to an upper limit where all that it names holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct AgeRaise {
    /// How many.
    pub years: i32,
    /// A declared fact passes a test.
    pub fact: Option<FactTest>,
    /// Some degree is in one of these fields, at that level or above.
    pub degree: Option<RaiseDegree>,
}

/// The degree that a raise hangs on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct RaiseDegree {
    /// Ids of fields.
    pub fields: Vec<Text>,
    /// The lowest level.
    pub level: DegreeLevel,
}

/// A test of a declared fact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum FactTest {
    /// A yes/no fact has this value.
    Is(Text, bool),
    /// A choice is one of these.
    OneOf(Text, Vec<Text>),
    /// A number lies between these, both inclusive.
    Between(Text, Option<i64>, Option<i64>),
}

impl FactTest {
    /// The id of the fact.
    pub fn fact(&self) -> &Text {
        match self {
            Self::Is(id, _) | Self::OneOf(id, _) | Self::Between(id, _, _) => id,
        }
    }
}

/// What degree is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Degree {
    /// The lowest level.
    pub min: Option<DegreeLevel>,
    /// The highest level: nobody who holds more.
    pub max: Option<DegreeLevel>,
    /// Levels that together stand for `min`; empty if there is no such route.
    pub or_all: Vec<DegreeLevel>,
    /// Closed list of fields; empty = any.
    pub fields: Vec<Text>,
    /// Countries of the degree; empty with `studied_in_group` empty = any.
    pub studied_in: Vec<CountryCode>,
    /// Groups of countries of the degree.
    pub studied_in_group: Vec<Text>,
    /// The day by which it is awarded.
    pub by: ReferenceDay,
}

/// From when experience counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Since {
    /// From any time.
    AnyTime,
    /// From the first degree of bachelor's level or above.
    FirstDegree,
    /// From the first degree of master's level or above.
    Master,
}

impl Since {
    /// The lowest level of the degree from whose award on it counts.
    pub const fn level(self) -> Option<DegreeLevel> {
        match self {
            Self::AnyTime => None,
            Self::FirstDegree => Some(DegreeLevel::Bachelor),
            Self::Master => Some(DegreeLevel::Master),
        }
    }
}

words!(Since {
    AnyTime => "any_time",
    FirstDegree => "first_degree",
    Master => "master",
});

/// How a kind of experience counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Weight {
    /// Fully.
    Full,
    /// By half.
    Half,
    /// The organisation judges: fully in one reading, not at all in the other.
    MayCount,
    /// Not at all.
    Not,
}

/// What counts as experience, and up to when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counting {
    /// The weight of each kind, in the order of [`ExperienceKind`]'s words.
    pub weights: [Weight; 8],
    /// Whether unpaid work is left out.
    pub paid_only: bool,
    /// From when.
    pub after: Since,
    /// Up to which day, inclusive.
    pub until: ReferenceDay,
}

impl Counting {
    /// The weights of kinds that a page does not name.
    pub const USUAL_WEIGHTS: [Weight; 8] = [
        Weight::Full,     // employment
        Weight::Full,     // self-employment
        Weight::MayCount, // internship
        Weight::MayCount, // volunteering
        Weight::Full,     // UN Volunteer
        Weight::MayCount, // doctoral research
        Weight::MayCount, // military
        Weight::MayCount, // casual
    ];

    /// How a kind counts.
    pub fn weight(&self, kind: ExperienceKind) -> Weight {
        self.weights.get(kind as usize).copied().unwrap_or(Weight::Not)
    }
}

/// How much experience is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Experience {
    /// Fewest months, inclusive.
    pub min: Option<i32>,
    /// Most months, inclusive.
    pub max: Option<i32>,
    /// What counts.
    pub counting: Counting,
}

/// Pairs of degree and experience: one path is enough.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Qualification {
    /// The alternatives; never empty.
    pub paths: Vec<Path>,
    /// The day by which the degree is awarded.
    pub by: ReferenceDay,
    /// Most months, inclusive, on every path.
    pub max: Option<i32>,
    /// What counts.
    pub counting: Counting,
}

/// A degree with the experience it needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Path {
    /// The lowest level.
    pub degree: DegreeLevel,
    /// Closed list of fields; empty = any.
    pub fields: Vec<Text>,
    /// Fewest months, inclusive.
    pub min: i32,
    /// Only some posts take this path.
    pub by_vacancy: bool,
}

/// What is asked of languages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum LanguageRule {
    /// As many different languages of a list as there are levels, one for each level.
    Skills {
        /// The list; one language if one is asked.
        of: Vec<LanguageCode>,
        /// The levels.
        levels: Vec<LanguageLevelWord>,
    },
    /// One of several tests.
    Tests {
        /// The tests.
        tests: Vec<OwnedTest>,
        /// Taken at most so many years before the application.
        valid_years: Option<u32>,
    },
}

/// A language test with the score asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct OwnedTest {
    /// Its id.
    pub test: Text,
    /// The lowest score; none = it only has to exist.
    pub min: Option<f64>,
    /// There is a lowest score, but it is not on record.
    pub min_unknown: bool,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum Condition {
    /// A declared fact passes a test.
    Fact(FactTest),
    /// An ongoing job on a day.
    Employed(Employment),
}

/// A job that must be held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Employment {
    /// The kind of employer, as profiles spell it.
    pub employer: Text,
    /// Its country.
    pub country: CountryCode,
    /// The day.
    pub on: ReferenceDay,
}

impl Rule {
    /// Every country of study that it names; `None` if it names a group too.
    pub fn named_places(&self) -> Option<Vec<CountryCode>> {
        let (places, groups): (Vec<CountryCode>, bool) = match self {
            Self::Nationality(rule) => {
                let branches = || rule.every_branch();
                let places = branches().flat_map(|branch| &branch.studied_in).copied();
                (places.collect(), branches().any(|branch| !branch.studied_in_group.is_empty()))
            }
            Self::Degree(rule) => (rule.studied_in.clone(), !rule.studied_in_group.is_empty()),
            _ => (Vec::new(), false),
        };
        (!groups).then_some(places)
    }

    /// Ids of the groups that it looks at, with repetitions.
    pub fn groups(&self) -> Vec<&Text> {
        match self {
            Self::Nationality(rule) => {
                let branches = rule.every_branch();
                branches.flat_map(|b| b.in_group.iter().chain(&b.studied_in_group)).collect()
            }
            Self::Degree(rule) => rule.studied_in_group.iter().collect(),
            Self::NoRequirement
            | Self::Unstated
            | Self::NotOnRecord
            | Self::Sponsorship(_)
            | Self::Age(_)
            | Self::Experience(_)
            | Self::Qualification(_)
            | Self::Language(_)
            | Self::Condition(_)
            | Self::Text(_) => Vec::new(),
        }
    }
}
