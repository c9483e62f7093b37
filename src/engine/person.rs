//! One complete candidate: a profile with every open point filled in.

use chrono::{Datelike, NaiveDate};

use crate::profile::{
    Degree, Facts, Job, JobEnd, LanguageSkill, Profile, Residence, Study, TestResult,
};
use crate::vocabulary::{
    CountryCode, DegreeLevel, ExperienceKind, LanguageCode, LanguageLevel, LevelRange, PartialDate,
    Text, month_day,
};

/// A complete candidate.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Person {
    /// Date of birth.
    pub birth_date: NaiveDate,
    /// Every nationality.
    pub nationalities: Vec<CountryCode>,
    /// Every country lived in.
    pub residences: Vec<Lives>,
    /// Every degree.
    pub degrees: Vec<Held>,
    /// Every piece of experience.
    pub jobs: Vec<Worked>,
    /// Every language.
    pub languages: Vec<(LanguageCode, LanguageLevel)>,
    /// Every test.
    pub tests: Vec<Taken>,
    /// Every answer that a rule asks for.
    pub facts: Facts,
}

/// A country lived in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lives {
    /// The country.
    pub country: CountryCode,
    /// Whether by a permanent right.
    pub permanent: bool,
}

/// A degree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its level.
    pub level: DegreeLevel,
    /// The id of its field; `None` is a field that no rule names.
    pub field: Option<Text>,
    /// Its country; `None` is a country that no rule names.
    pub country: Option<CountryCode>,
    /// The day of the award.
    pub awarded: NaiveDate,
}

/// A piece of experience.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worked {
    /// Its kind.
    pub kind: ExperienceKind,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day, inclusive; `None` goes on.
    pub to: Option<NaiveDate>,
    /// Share of full time in thousandths.
    pub share: u32,
    /// Whether it is paid.
    pub paid: bool,
    /// Where; `None` is a country that no rule names.
    pub country: Option<CountryCode>,
    /// Whether it is relevant.
    pub relevant: bool,
    /// The kind of employer; `None` is one that no rule names.
    pub employer: Option<Text>,
}

/// A language test.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// Its id.
    pub test: Text,
    /// The score.
    pub score: f64,
    /// The day.
    pub taken: NaiveDate,
}

/// A profile, with what it tells exactly filled in once for all windows.
#[derive(Debug)]
pub struct Candidate<'a> {
    /// What was told.
    pub profile: &'a Profile,
    /// What was told exactly; the rest stands at values that the cells replace.
    pub(super) base: Person,
}

impl<'a> Candidate<'a> {
    /// Fills in what `profile` tells exactly.
    pub fn new(profile: &'a Profile, as_of: NaiveDate) -> Self {
        Self { profile, base: Person::from_profile(profile, as_of) }
    }
}

impl Worked {
    /// Relevant, paid and full-time, and going on.
    pub(super) const fn full_time(kind: ExperienceKind, from: NaiveDate) -> Self {
        Self {
            kind,
            from,
            to: None,
            share: 1000,
            paid: true,
            country: None,
            relevant: true,
            employer: None,
        }
    }
}

/// What stands in a profile for all that no rule names; `None` where no rule asks at all.
#[derive(Debug, Clone)]
pub(super) struct Elsewhere {
    pub(super) field: Option<Text>,
    pub(super) country: Option<CountryCode>,
    pub(super) employer: Option<Text>,
    pub(super) residences_asked: bool,
    pub(super) tests_asked: bool,
    pub(super) languages_asked: bool,
}

impl Person {
    /// A graduate such as most windows hope for: 27 in the year of `as_of`, a master's for three
    /// years, at work since.
    ///
    /// What rules tell apart beyond that is left to their cells.
    pub(super) fn typical(as_of: NaiveDate) -> Self {
        let day = |years_ago: i32, month: u32, day: u32| {
            month_day(as_of.year() - years_ago, month, day).unwrap_or(as_of)
        };
        let awarded = day(3, 6, 30);
        let master = Held { level: DegreeLevel::Master, field: None, country: None, awarded };
        let job = Worked::full_time(ExperienceKind::Employment, day(3, 7, 1));
        Self {
            birth_date: day(27, 4, 12),
            nationalities: Vec::new(),
            residences: Vec::new(),
            degrees: vec![master],
            jobs: vec![job],
            languages: Vec::new(),
            tests: Vec::new(),
            facts: Facts::default(),
        }
    }

    /// The person as a profile that tells everything that is asked, to the day.
    ///
    /// A field or country that no rule names is written as the one `elsewhere`.
    pub(super) fn to_profile(&self, elsewhere: &Elsewhere) -> Profile {
        let place = |country: Option<CountryCode>| country.or(elsewhere.country);
        let field = |field: &Option<Text>| field.clone().or_else(|| elsewhere.field.clone());
        let degree = |held: &Held| Degree {
            level: held.level,
            field: field(&held.field).map_or(Study::NotTold, Study::Field),
            country: place(held.country),
            awarded: Some(PartialDate::exact(held.awarded)),
        };
        let job = |worked: &Worked| Job {
            kind: worked.kind,
            from: PartialDate::exact(worked.from),
            to: worked.to.map_or(JobEnd::Ongoing, |day| JobEnd::On(PartialDate::exact(day))),
            share: worked.share,
            paid: Some(worked.paid),
            country: place(worked.country),
            relevant: worked.relevant,
            relevance_told: !worked.relevant,
            employer: worked.employer.clone().or_else(|| elsewhere.employer.clone()),
        };
        let residence = |lives: &Lives| Residence {
            country: lives.country,
            since: None,
            permanent: Some(lives.permanent),
        };
        let language = |(language, level): &(LanguageCode, LanguageLevel)| LanguageSkill {
            language: *language,
            level: LevelRange::exact(*level),
        };
        let test = |taken: &Taken| TestResult {
            test: taken.test.clone(),
            score: Some(taken.score),
            taken: Some(PartialDate::exact(taken.taken)),
        };
        Profile {
            id: None,
            birth_date: Some(PartialDate::exact(self.birth_date)),
            nationalities: Some(self.nationalities.clone()),
            residences: told(&self.residences, elsewhere.residences_asked, residence),
            degrees: Some(self.degrees.iter().map(degree).collect()),
            experience: Some(self.jobs.iter().map(job).collect()),
            languages: told(&self.languages, elsewhere.languages_asked, language),
            tests: told(&self.tests, elsewhere.tests_asked, test),
            facts: self.facts.clone(),
        }
    }

    /// Fills what is told exactly; what is not is left at a value that the cells replace.
    fn from_profile(profile: &Profile, as_of: NaiveDate) -> Self {
        let list = |given: &Option<Vec<CountryCode>>| given.clone().unwrap_or_default();
        Self {
            birth_date: profile.birth_date.map_or(as_of, PartialDate::first),
            nationalities: list(&profile.nationalities),
            residences: residences(profile),
            degrees: degrees(profile, as_of),
            jobs: jobs(profile),
            languages: languages(profile),
            tests: tests(profile, as_of),
            facts: profile.facts.clone(),
        }
    }
}

/// A list as a profile tells it: an empty one only where it is asked for.
fn told<T, U>(list: &[T], asked: bool, item: impl Fn(&T) -> U) -> Option<Vec<U>> {
    (asked || !list.is_empty()).then(|| list.iter().map(item).collect())
}

fn residences(profile: &Profile) -> Vec<Lives> {
    let given = profile.residences.iter().flatten();
    given.map(|r| Lives { country: r.country, permanent: r.permanent == Some(true) }).collect()
}

fn degrees(profile: &Profile, as_of: NaiveDate) -> Vec<Held> {
    let given = profile.degrees.iter().flatten();
    given
        .map(|degree| Held {
            level: degree.level,
            field: match &degree.field {
                Study::Field(id) => Some(id.clone()),
                Study::NotTold | Study::Unrecognised(_) => None,
            },
            country: degree.country,
            awarded: degree.awarded.map_or(as_of, PartialDate::first),
        })
        .collect()
}

fn jobs(profile: &Profile) -> Vec<Worked> {
    let given = profile.experience.iter().flatten();
    given
        .map(|job| Worked {
            kind: job.kind,
            from: job.from.last(),
            to: match job.to {
                JobEnd::Ongoing => None,
                JobEnd::On(date) => Some(date.first()),
                JobEnd::NotTold => Some(job.from.last()),
            },
            share: job.share,
            paid: job.paid == Some(true),
            country: job.country,
            relevant: job.relevant,
            employer: job.employer.clone(),
        })
        .collect()
}

fn languages(profile: &Profile) -> Vec<(LanguageCode, LanguageLevel)> {
    let given = profile.languages.iter().flatten();
    given.map(|skill| (skill.language, skill.level.low)).collect()
}

fn tests(profile: &Profile, as_of: NaiveDate) -> Vec<Taken> {
    let given = profile.tests.iter().flatten();
    given
        .map(|test| Taken {
            test: test.test.clone(),
            score: test.score.unwrap_or_default(),
            taken: test.taken.map_or(as_of, PartialDate::first),
        })
        .collect()
}
