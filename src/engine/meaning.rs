//! What each rule means: yes or no, for one complete person under one reading.
//!
//! This is the only place that knows it. Everything else asks here.

use chrono::NaiveDate;

use super::calendar::Timing;
use super::choice::{ChoiceKey, Choices};
use super::person::{Held, Person};
use super::tally;
use crate::dataset::Dataset;
use crate::profile::Answer;
use crate::rules::{
    Age, BirthDay, Branch, Condition, Counting, Degree, Employment, Experience, FactTest, Group,
    LanguageRule, Leaving, Membership, Nationality, OwnedTest, Qualification, ReferenceDay,
    Requirement, Rule, Skill, Sponsorship,
};
use crate::vocabulary::{
    CountryCode, DegreeLevel, LanguageCode, LanguageLevel, Text, completed_years, month_day,
};

/// What a rule is asked in: the data, the days of the application, the day of the question.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'d> {
    /// Groups and names.
    pub data: &'d Dataset,
    /// The days of the application.
    pub timing: Timing,
    /// The day of the question.
    pub as_of: NaiveDate,
}

/// Whether `requirement` is met.
pub(super) fn holds(
    requirement: &Requirement,
    person: &Person,
    scene: &Scene<'_>,
    choices: &mut Choices,
) -> bool {
    let at = choices.take(ChoiceKey::Reading, requirement.readings.len());
    let Some(reading) = requirement.readings.get(at) else { return true };
    let value = match reading.rule {
        // Only the vacancy, or the part not on record, says what is asked.
        Rule::Unstated => !requirement.by_vacancy,
        ref rule => Asked { person, scene, choices }.rule(rule),
    };
    match value {
        true if requirement.incomplete => choices.is_better(ChoiceKey::Rest),
        false if requirement.by_vacancy => choices.is_better(ChoiceKey::Vacancy),
        value => value,
    }
}

/// One person asked under one reading.
struct Asked<'a, 'd> {
    person: &'a Person,
    scene: &'a Scene<'d>,
    choices: &'a mut Choices,
}

impl Asked<'_, '_> {
    fn rule(&mut self, rule: &Rule) -> bool {
        match rule {
            // What only people can weigh never decides.
            Rule::NoRequirement | Rule::Unstated | Rule::Text(_) => true,
            Rule::NotOnRecord => self.choices.is_better(ChoiceKey::NotOnRecord),
            Rule::Sponsorship(state) => self.sponsorship(*state),
            Rule::Nationality(rule) => self.nationality(rule),
            Rule::Age(rule) => self.age(rule),
            Rule::Degree(rule) => self.degree(rule),
            Rule::Experience(rule) => self.experience(rule),
            Rule::Qualification(rule) => self.qualification(rule),
            Rule::Language(rule) => self.language(rule),
            Rule::Condition(rule) => self.condition(rule),
        }
    }

    fn day(&mut self, reference: ReferenceDay) -> NaiveDate {
        let days = self.scene.timing.days(reference);
        let at = self.choices.take(ChoiceKey::Day(reference), days.len());
        days.get(at).map_or(self.scene.timing.application, |dated| dated.day)
    }

    fn sponsorship(&mut self, state: Sponsorship) -> bool {
        match state {
            Sponsorship::Active | Sponsorship::Listed => true,
            Sponsorship::Disputed => self.choices.is_better(ChoiceKey::Disputed),
            Sponsorship::Unknown => self.choices.is_better(ChoiceKey::NotOnRecord),
            Sponsorship::Inactive => false,
        }
    }

    fn nationality(&mut self, rule: &Nationality) -> bool {
        let held = &self.person.nationalities;
        if held.iter().any(|country| rule.not_also.contains(country)) {
            return false;
        }
        let on = rule.on.unwrap_or(ReferenceDay::NotStated);
        if let Some((nationals, condition)) = &rule.if_also
            && held.iter().any(|country| nationals.contains(country))
            && !self.branch(condition, on)
        {
            return false;
        }
        rule.branches.iter().any(|branch| self.branch(branch, on))
    }

    fn branch(&mut self, branch: &Branch, on: ReferenceDay) -> bool {
        self.is_national(branch, on)
            && self.is_resident(branch)
            && branch.fact.as_ref().is_none_or(|fact| self.flag(fact))
            && self.has_studied(&branch.studied_in, &branch.studied_in_group, on)
            && branch.speaks.iter().all(|skill| self.speaks(skill))
    }

    fn is_national(&mut self, branch: &Branch, on: ReferenceDay) -> bool {
        if branch.national_of.is_empty() && branch.in_group.is_empty() {
            return true;
        }
        let person = self.person;
        person.nationalities.iter().any(|country| branch.national_of.contains(country))
            || self.any_in_groups(&person.nationalities, &branch.in_group, on)
    }

    fn is_resident(&self, branch: &Branch) -> bool {
        branch.resident_in.is_empty()
            || self.person.residences.iter().any(|lives| {
                branch.resident_in.contains(&lives.country)
                    && (lives.permanent || !branch.permanent)
            })
    }

    fn has_studied(
        &mut self,
        countries: &[CountryCode],
        groups: &[Text],
        on: ReferenceDay,
    ) -> bool {
        if countries.is_empty() && groups.is_empty() {
            return true;
        }
        let places: Vec<CountryCode> =
            self.person.degrees.iter().filter_map(|degree| degree.country).collect();
        places.iter().any(|place| countries.contains(place))
            || self.any_in_groups(&places, groups, on)
    }

    fn any_in_groups(&mut self, held: &[CountryCode], groups: &[Text], on: ReferenceDay) -> bool {
        if groups.is_empty() || held.is_empty() {
            return false;
        }
        let day = self.day(on);
        let data = self.scene.data;
        groups
            .iter()
            .filter_map(|id| data.groups.get(id))
            .any(|group| held.iter().any(|country| self.is_member(group, *country, day)))
    }

    fn is_member(&mut self, group: &Group, country: CountryCode, day: NaiveDate) -> bool {
        match standing(group, country, day) {
            Standing::Inside => true,
            Standing::Outside => false,
            Standing::Open { contested, uncertain } => {
                (contested && self.choices.is_better(ChoiceKey::Contested(country)))
                    || (uncertain && self.choices.is_better(ChoiceKey::Uncertain(country)))
            }
        }
    }

    fn flag(&self, fact: &str) -> bool {
        self.person.facts.get(fact) == Some(&Answer::Flag(true))
    }

    fn speaks(&mut self, skill: &Skill) -> bool {
        let asked = self.level(&skill.level.levels);
        self.spoken(skill.language).is_some_and(|level| level >= asked)
    }

    fn spoken(&self, language: LanguageCode) -> Option<LanguageLevel> {
        self.person.languages.iter().find(|(code, _)| *code == language).map(|(_, level)| *level)
    }

    /// The level that a page's word means: its usual meaning first.
    fn level(&mut self, readings: &[LanguageLevel]) -> LanguageLevel {
        let Some(usual) = readings.first() else { return LanguageLevel::Native };
        let at = self.choices.take(ChoiceKey::Level(*usual), readings.len());
        readings.get(at).copied().unwrap_or(*usual)
    }

    fn age(&mut self, rule: &Age) -> bool {
        let raise = self.raise(rule);
        if let Some(born_from) = rule.born_from
            && self.person.birth_date < earliest_birth(born_from, raise, &self.scene.timing)
        {
            return false;
        }
        if rule.max.is_none() && rule.min.is_none() {
            return true;
        }
        let on = self.day(rule.on);
        let years = completed_years(self.person.birth_date, on);
        rule.max.is_none_or(|max| years <= max + raise) && rule.min.is_none_or(|min| years >= min)
    }

    /// The years by which the limit is raised: a degree counts that is awarded by the day on which
    /// age is looked at.
    fn raise(&mut self, rule: &Age) -> i32 {
        let by = rule.raises_by_degree().then(|| self.day(rule.on));
        let holding = rule.raises.iter().filter(|raise| {
            let fits = |degree: &Held| {
                raise.degree.as_ref().is_none_or(|asked| {
                    degree.level >= asked.level
                        && by.is_some_and(|by| degree.awarded <= by)
                        && in_fields(degree, &asked.fields)
                })
            };
            raise.fact.as_ref().is_none_or(|test| self.fact(test))
                && (raise.degree.is_none() || self.person.degrees.iter().any(fits))
        });
        holding.map(|raise| raise.years).max().unwrap_or(0)
    }

    fn degree(&mut self, rule: &Degree) -> bool {
        let by = self.day(rule.by);
        let person = self.person;
        let held: Vec<&Held> = person.degrees.iter().filter(|d| d.awarded <= by).collect();
        if rule.max.is_some_and(|max| held.iter().any(|degree| degree.level > max)) {
            return false;
        }
        let reaches = |level| rule.min.is_none_or(|min| level >= min);
        self.any_from_its_place(rule, &held, reaches)
            || (!rule.or_all.is_empty()
                && rule
                    .or_all
                    .iter()
                    .all(|asked| self.any_from_its_place(rule, &held, |level| level == *asked)))
    }

    /// Whether one of the degrees `held` has a level that `fits`, a field and a place asked for.
    fn any_from_its_place(
        &mut self,
        rule: &Degree,
        held: &[&Held],
        fits: impl Fn(DegreeLevel) -> bool,
    ) -> bool {
        let mut fitting =
            held.iter().filter(|degree| fits(degree.level) && in_fields(degree, &rule.fields));
        if rule.studied_in.is_empty() && rule.studied_in_group.is_empty() {
            return fitting.next().is_some();
        }
        let places: Vec<CountryCode> = fitting.filter_map(|degree| degree.country).collect();
        places.iter().any(|place| rule.studied_in.contains(place))
            || self.any_in_groups(&places, &rule.studied_in_group, rule.by)
    }

    fn tally(&mut self, counting: &Counting) -> tally::Tally {
        let until = self.day(counting.until);
        let choices = &mut *self.choices;
        tally::count(self.person, counting, until, &mut |kind| {
            choices.is_better(ChoiceKey::Kind(kind))
        })
    }

    fn experience(&mut self, rule: &Experience) -> bool {
        let tally = self.tally(&rule.counting);
        rule.min.is_none_or(|min| tally::reaches(tally, min))
            && rule.max.is_none_or(|max| !tally::exceeds(tally, max))
    }

    fn qualification(&mut self, rule: &Qualification) -> bool {
        let tally = self.tally(&rule.counting);
        if rule.max.is_some_and(|max| tally::exceeds(tally, max)) {
            return false;
        }
        let by = self.day(rule.by);
        let person = self.person;
        let open = |path: &&crate::rules::Path| {
            tally::reaches(tally, path.min)
                && person.degrees.iter().any(|degree| {
                    degree.awarded <= by
                        && degree.level >= path.degree
                        && in_fields(degree, &path.fields)
                })
        };
        rule.paths.iter().filter(|path| !path.by_vacancy).any(|path| open(&path))
            || rule
                .paths
                .iter()
                .enumerate()
                .filter(|(_, path)| path.by_vacancy)
                .any(|(at, path)| open(&path) && self.choices.is_better(ChoiceKey::PathVacancy(at)))
    }

    fn language(&mut self, rule: &LanguageRule) -> bool {
        match rule {
            LanguageRule::Skills { of, levels } => {
                // Each language serves one level: no level is reached by fewer languages than are
                // asked at it or above it.
                levels.iter().all(|word| {
                    let level = self.level(&word.levels);
                    let mut asked = 0;
                    for other in levels {
                        asked += usize::from(self.level(&other.levels) >= level);
                    }
                    let spoken = of.iter().filter_map(|language| self.spoken(*language));
                    asked <= spoken.filter(|spoken| *spoken >= level).count()
                })
            }
            LanguageRule::Tests { tests, valid_years } => {
                tests.iter().any(|test| self.test(test, *valid_years))
            }
        }
    }

    fn test(&mut self, asked: &OwnedTest, valid_years: Option<u32>) -> bool {
        let first = first_valid_day(valid_years, &self.scene.timing);
        let passed = self.person.tests.iter().any(|taken| {
            taken.test == asked.test
                && asked.min.is_none_or(|min| taken.score >= min)
                && first.is_none_or(|first| taken.taken >= first)
        });
        passed && (!asked.min_unknown || self.choices.is_better(ChoiceKey::LowestScore))
    }

    fn condition(&mut self, rule: &Condition) -> bool {
        match rule {
            Condition::Fact(test) => self.fact(test),
            Condition::Employed(employment) => self.employed(employment),
        }
    }

    fn fact(&self, test: &FactTest) -> bool {
        self.person.facts.get(test.fact()).is_some_and(|answer| passes(test, answer))
    }

    fn employed(&mut self, rule: &Employment) -> bool {
        let on = self.day(rule.on);
        self.person.jobs.iter().any(|job| {
            job.employer.as_ref() == Some(&rule.employer)
                && job.country == Some(rule.country)
                && job.from <= on
                && job.to.is_none_or(|to| on <= to)
        })
    }
}

/// Whether an answer to a declared fact passes a test of it.
pub(super) fn passes(test: &FactTest, answer: &Answer) -> bool {
    match (test, answer) {
        (FactTest::Is(_, value), Answer::Flag(told)) => value == told,
        (FactTest::OneOf(_, values), Answer::Choice(told)) => values.contains(told),
        (FactTest::Between(_, low, high), Answer::Number(told)) => {
            low.is_none_or(|low| *told >= low) && high.is_none_or(|high| *told <= high)
        }
        _ => false,
    }
}

/// The first day on which a test can have been taken to be valid still; `None`: on any.
pub(super) fn first_valid_day(valid_years: Option<u32>, timing: &Timing) -> Option<NaiveDate> {
    let years = chrono::Months::new(12 * valid_years?);
    timing.application.checked_sub_months(years)
}

/// The earliest birth date within a limit that names birth dates, raised by `raise` years.
pub(super) fn earliest_birth(limit: BirthDay, raise: i32, timing: &Timing) -> NaiveDate {
    use chrono::Datelike;
    let (year, month, day) = match limit {
        BirthDay::On(day) => (day.year(), day.month(), day.day()),
        BirthDay::YearsBefore { month, day, years } => {
            (timing.application.year() - years, month, day)
        }
    };
    month_day(year - raise, month, day).unwrap_or(NaiveDate::MIN)
}

/// How a country stands to a group on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Surely a member.
    Inside,
    /// Surely none.
    Outside,
    /// It cannot be told.
    Open {
        /// A member if a contested end has not come about.
        contested: bool,
        /// A member if a list that is not on record names it.
        uncertain: bool,
    },
}

/// Weighs every membership of `country` in `group`: being inside by one of them is enough.
pub fn standing(group: &Group, country: CountryCode, day: NaiveDate) -> Standing {
    let memberships = group.memberships(country);
    if memberships.is_empty() && !group.complete {
        return Standing::Open { contested: false, uncertain: true };
    }
    let (mut contested, mut uncertain) = (false, false);
    for (_, membership) in memberships {
        match (time(membership, day), membership.certain) {
            (Some(true), true) => return Standing::Inside,
            (Some(true) | None, false) => uncertain = true,
            (None, true) => contested = true,
            (Some(false), _) => {}
        }
    }
    if contested || uncertain { Standing::Open { contested, uncertain } } else { Standing::Outside }
}

/// Whether `day` lies within a membership; `None` behind a contested end.
fn time(membership: &Membership, day: NaiveDate) -> Option<bool> {
    if membership.from.is_some_and(|from| day < from) {
        return Some(false);
    }
    match membership.leaves {
        Some((leaves, leaving)) if day >= leaves => match leaving {
            Leaving::Scheduled => Some(false),
            Leaving::Contested => None,
        },
        _ => Some(true),
    }
}

fn in_fields(degree: &Held, fields: &[Text]) -> bool {
    fields.is_empty() || degree.field.as_ref().is_some_and(|field| fields.contains(field))
}
