//! The days on which something about a candidate, or about a group, comes about.
//!
//! A rule looks at a candidate on its reference days. Between two marks it sees the same, so its
//! outcome hangs on nothing but the marks that its reference days have reached.

use std::collections::BTreeSet;

use chrono::{Datelike, Months, NaiveDate};

use crate::dataset::Dataset;
use crate::engine::calendar::{Dated, Timing};
use crate::engine::cells::{beyond, job_extremes, kind_choices, reaching};
use crate::engine::meaning::{Standing, standing};
use crate::engine::person::{Candidate, Held, Person, Worked};
use crate::engine::tally;
use crate::profile::{Job, JobEnd, Profile};
use crate::rules::{
    Age, BirthDay, Condition, Counting, Degree, Employment, Experience, Group, LanguageRule,
    Leaving, Nationality, OwnedTest, Qualification, ReferenceDay, Requirement, Rule, Since,
};
use crate::vocabulary::{
    CountryCode, DegreeLevel, PartialDate, Text, add_months, completed_years, month_day,
};

/// What comes about on the day of a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The candidate turns so many years.
    Turns(i32),
    /// The first year whose earliest birth date the candidate was born before.
    BornTooEarly(i32),
    /// The degree in this place of the profile is awarded.
    Awarded(usize),
    /// The experience that counts reaches so many months.
    Reaches(i32),
    /// The experience that counts passes so many whole months.
    Passes(i32),
    /// The job in this place of the profile has begun.
    Begins(usize),
    /// The job in this place of the profile is over.
    Ends(usize),
    /// The test in this place of the profile is older than so many years.
    TooOld(usize, u32),
    /// The country joins the group.
    Joins(CountryCode, Text),
    /// The country leaves the group.
    Leaves(CountryCode, Text, Leaving),
}

/// A day on which something comes about: from that day on it is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) day: NaiveDate,
    pub(super) event: Event,
}

/// A reference day with the marks that it can reach, earliest first.
#[derive(Debug)]
struct Watch {
    reference: ReferenceDay,
    marks: Vec<Mark>,
}

/// What time changes about one requirement for one candidate.
#[derive(Debug, Default)]
pub(super) struct Watched {
    watches: Vec<Watch>,
    /// The application days, both inclusive, of which each is looked at by itself: a degree
    /// awarded on the day by which it is asked is then the one with the least experience after
    /// it, and that amount has no mark of its own.
    each: Option<(NaiveDate, NaiveDate)>,
}

/// Which marks the reference days of an application have reached: applications of one class are
/// answered alike.
pub(super) type Class = Vec<u32>;

impl Watched {
    /// The marks of `requirement` for `candidate` within `range`, both days inclusive.
    pub(super) fn new(
        requirement: &Requirement,
        candidate: &Candidate<'_>,
        data: &Dataset,
        range: (NaiveDate, NaiveDate),
    ) -> Self {
        // Reference days lie around the application: a call may have opened before it, and entry
        // on duty and the end of the next call come after.
        let range = (
            range.0.checked_sub_months(Months::new(24)).unwrap_or(range.0),
            add_months(range.1, 36),
        );
        let profile = candidate.profile;
        let mut marker = Marker { candidate, profile, data, range, found: Self::default() };
        for reading in &requirement.readings {
            marker.rule(&reading.rule);
        }
        let mut found = marker.found;
        for watch in &mut found.watches {
            watch.marks.retain(|mark| range.0 < mark.day && mark.day <= range.1);
            watch.marks.sort_by_key(|mark| mark.day);
            watch.marks.dedup();
        }
        found.watches.retain(|watch| !watch.marks.is_empty());
        found
    }

    /// Whether nothing about it changes with time.
    pub(super) const fn is_still(&self) -> bool {
        self.watches.is_empty() && self.each.is_none()
    }

    /// The application days on which a mark can first be reached, where the application is not
    /// bound to a call's opening.
    pub(super) fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let reached = |watch: &Watch| -> Vec<NaiveDate> {
            let days = watch.marks.iter().map(|mark| mark.day);
            days.flat_map(|day| first_days(watch.reference, day)).collect()
        };
        let each = self
            .each
            .into_iter()
            .flat_map(|(from, to)| from.iter_days().take_while(move |day| *day <= to));
        self.watches.iter().flat_map(reached).chain(each)
    }

    /// The class of an application.
    pub(super) fn class(&self, timing: &Timing) -> Class {
        let mut class = Class::new();
        for watch in &self.watches {
            let days = timing.days(watch.reference);
            let mut ranks: Vec<u32> = days.iter().map(|dated| watch.rank(dated.day)).collect();
            ranks.sort_unstable();
            ranks.dedup();
            class.extend(ranks);
            class.push(u32::MAX);
        }
        if let Some((from, to)) = self.each
            && (from..=to).contains(&timing.application)
        {
            class.extend(u32::try_from(timing.application.num_days_from_ce()));
        }
        class
    }

    /// What comes about between two applications, with the reference day that has reached it.
    pub(super) fn between(&self, before: &Timing, after: &Timing) -> Vec<(&Mark, NaiveDate)> {
        let mut events = Vec::new();
        for watch in &self.watches {
            let (old, new) = (before.days(watch.reference), after.days(watch.reference));
            for mark in &watch.marks {
                let reached = |dated: &&Dated| dated.day >= mark.day;
                let by_now = new.iter().filter(reached);
                if old.iter().filter(reached).count() != by_now.clone().count()
                    && let Some(dated) = by_now.min_by_key(|dated| dated.day)
                {
                    events.push((mark, dated.day));
                }
            }
        }
        events
    }
}

impl Watch {
    fn rank(&self, day: NaiveDate) -> u32 {
        let reached = self.marks.partition_point(|mark| mark.day <= day);
        u32::try_from(reached).unwrap_or(u32::MAX)
    }
}

/// The application days on which a reference day can first reach `day`.
fn first_days(reference: ReferenceDay, day: NaiveDate) -> Vec<NaiveDate> {
    let new_year = |year: i32| month_day(year, 1, 1);
    match reference {
        ReferenceDay::Application | ReferenceDay::CallOpen | ReferenceDay::CallClose => vec![day],
        ReferenceDay::On(_) => Vec::new(),
        ReferenceDay::InYear { .. } => {
            [new_year(day.year()), new_year(day.year() + 1)].into_iter().flatten().collect()
        }
        ReferenceDay::EntryOnDuty => {
            [6, 12].into_iter().filter_map(|months| first_that_enters(months, day)).collect()
        }
        ReferenceDay::NotStated => {
            [Some(day), new_year(day.year())].into_iter().flatten().collect()
        }
    }
}

/// The first application day after which so many calendar months reach `day`.
fn first_that_enters(months: u32, day: NaiveDate) -> Option<NaiveDate> {
    // The ends of months are cut: several days can reach the same one.
    let around =
        day.checked_sub_months(Months::new(months))?.checked_sub_days(chrono::Days::new(3))?;
    around.iter_days().take(8).find(|application| add_months(*application, months) >= day)
}

struct Marker<'a> {
    candidate: &'a Candidate<'a>,
    profile: &'a Profile,
    data: &'a Dataset,
    range: (NaiveDate, NaiveDate),
    found: Watched,
}

impl Marker<'_> {
    fn mark(&mut self, reference: ReferenceDay, day: NaiveDate, event: Event) {
        let mark = Mark { day, event };
        let watches = &mut self.found.watches;
        match watches.iter_mut().find(|watch| watch.reference == reference) {
            Some(watch) => watch.marks.push(mark),
            None => watches.push(Watch { reference, marks: vec![mark] }),
        }
    }

    fn rule(&mut self, rule: &Rule) {
        match rule {
            Rule::Nationality(rule) => self.nationality(rule),
            Rule::Age(rule) => self.age(rule),
            Rule::Degree(rule) => self.degree(rule),
            Rule::Experience(rule) => self.experience(rule),
            Rule::Qualification(rule) => self.qualification(rule),
            Rule::Language(LanguageRule::Tests { tests, valid_years: Some(years) }) => {
                self.tests(tests, *years);
            }
            Rule::Condition(Condition::Employed(rule)) => self.employed(rule),
            Rule::NoRequirement
            | Rule::Unstated
            | Rule::NotOnRecord
            | Rule::Sponsorship(_)
            | Rule::Language(_)
            | Rule::Condition(Condition::Fact(_))
            | Rule::Text(_) => {}
        }
    }

    fn nationality(&mut self, rule: &Nationality) {
        let on = rule.on.unwrap_or(ReferenceDay::NotStated);
        let studied = self.places_of_study();
        let held = match &self.profile.nationalities {
            Some(held) => held.clone(),
            None => self.without_twin(rule),
        };
        for branch in rule.every_branch() {
            self.memberships(&branch.in_group, Some(&held), on);
            self.memberships(&branch.studied_in_group, studied.as_deref(), on);
        }
    }

    /// The countries whose coming and going can matter to somebody whose nationality is not told.
    ///
    /// A member that joins or leaves looks to the rule like another that stays inside, and then
    /// like one that stays outside. As long as there are such twins all the time, what somebody of
    /// any nationality can be answered stays the same.
    fn without_twin(&self, rule: &Nationality) -> Vec<CountryCode> {
        let mut groups: Vec<&Group> = Vec::new();
        let mut named: Vec<CountryCode> = rule.not_also.clone();
        named.extend(rule.if_also.iter().flat_map(|(nationals, _)| nationals));
        for branch in rule.every_branch() {
            let known = branch.in_group.iter().filter_map(|id| self.data.groups.get(id));
            groups.extend(known.map(|group| &**group));
            named.extend(&branch.national_of);
        }
        let turns = |country: CountryCode| -> Vec<NaiveDate> {
            let memberships = groups.iter().flat_map(|group| group.memberships(country));
            let days = memberships.flat_map(|(_, membership)| {
                [membership.from, membership.leaves.map(|(day, _)| day)].into_iter().flatten()
            });
            days.filter(|day| self.range.0 < *day && *day <= self.range.1).collect()
        };
        let signs = |country, day| -> Vec<Standing> {
            groups.iter().map(|group| standing(group, country, day)).collect()
        };
        let (mut steady, mut turning) = (BTreeSet::new(), Vec::new());
        for country in self.data.countries.list().iter().map(|country| country.code) {
            let days = turns(country);
            if !days.is_empty() {
                turning.push((country, days));
            } else if !named.contains(&country) {
                steady.insert(signs(country, self.range.0));
            }
        }
        let has_twins = |(country, days): &(CountryCode, Vec<NaiveDate>)| {
            !named.contains(country)
                && std::iter::once(&self.range.0).chain(days).all(|day| {
                    either_way(&signs(*country, *day)).iter().all(|signs| steady.contains(signs))
                })
        };
        turning.retain(|country| !has_twins(country));
        turning.into_iter().map(|(country, _)| country).collect()
    }

    /// The countries of the degrees; `None` if not all are told.
    fn places_of_study(&self) -> Option<Vec<CountryCode>> {
        self.profile.degrees.as_ref()?.iter().map(|degree| degree.country).collect()
    }

    fn memberships(
        &mut self,
        groups: &[Text],
        countries: Option<&[CountryCode]>,
        on: ReferenceDay,
    ) {
        let data = self.data;
        for group in groups.iter().filter_map(|id| data.groups.get(id)) {
            let named: BTreeSet<CountryCode> = match countries {
                Some(countries) => countries.iter().copied().collect(),
                None => group.countries().collect(),
            };
            for (country, membership) in named.iter().flat_map(|one| group.memberships(*one)) {
                if let Some(day) = membership.from {
                    self.mark(on, day, Event::Joins(*country, group.id.clone()));
                }
                if let Some((day, leaving)) = membership.leaves {
                    self.mark(on, day, Event::Leaves(*country, group.id.clone(), leaving));
                }
            }
        }
    }

    fn age(&mut self, rule: &Age) {
        if rule.raises_by_degree() {
            self.awards(rule.on);
        }
        let Some(told) = self.profile.birth_date else { return };
        let raises = || std::iter::once(0).chain(rule.raises.iter().map(|raise| raise.years));
        for birth in both_ends(told) {
            let beyond = raises().filter_map(|raise| Some(rule.max? + raise + 1));
            for years in beyond.chain(rule.min) {
                if let Some(day) = turns(birth, years) {
                    self.mark(rule.on, day, Event::Turns(years));
                }
            }
            for raise in raises() {
                if let Some(year) = first_year_too_early(rule, birth, raise)
                    && let Some(day) = month_day(year, 1, 1)
                {
                    // Reached once the year of the application is that year or a later one.
                    let in_year = ReferenceDay::InYear { month: 12, day: 31 };
                    self.mark(in_year, day, Event::BornTooEarly(year));
                }
            }
        }
    }

    fn degree(&mut self, rule: &Degree) {
        self.awards(rule.by);
        let places = self.places_of_study();
        self.memberships(&rule.studied_in_group, places.as_deref(), rule.by);
    }

    fn awards(&mut self, by: ReferenceDay) {
        for (at, degree) in self.profile.degrees.iter().flatten().enumerate() {
            for day in degree.awarded.into_iter().flat_map(both_ends) {
                self.mark(by, day, Event::Awarded(at));
            }
        }
    }

    fn experience(&mut self, rule: &Experience) {
        self.tally(&rule.counting, rule.min.into_iter(), rule.max);
    }

    fn qualification(&mut self, rule: &Qualification) {
        self.awards(rule.by);
        let mut least: Vec<i32> = rule.paths.iter().map(|path| path.min).collect();
        least.sort_unstable();
        least.dedup();
        self.tally(&rule.counting, least.into_iter(), rule.max);
    }

    /// The days on which the experience that counts reaches a limit, in each way that the profile
    /// leaves open: at the least and at the most that there can be.
    fn tally(&mut self, counting: &Counting, least: impl Iterator<Item = i32>, most: Option<i32>) {
        let limits: Vec<(i64, Event)> = least
            .filter(|months| *months > 0)
            .map(|months| (reaching(months), Event::Reaches(months)))
            .chain(most.map(|months| (beyond(months), Event::Passes(months))))
            .collect();
        let kinds = kind_choices(self.profile.experience.as_deref(), counting);
        let people = if limits.is_empty() { Vec::new() } else { self.people(counting.after) };
        for person in people {
            for kinds in &kinds {
                let may_count = &mut |kind| kinds.contains(&kind);
                let worked = tally::stretches(&person, counting, self.range.1, may_count);
                for (limit, event) in &limits {
                    let reaches = |until: NaiveDate| tally::up_to(&worked, until) >= *limit;
                    if let Some(day) = first_day(self.range, reaches) {
                        self.mark(counting.until, day, event.clone());
                    }
                }
            }
        }
        if counting.after != Since::AnyTime && most.is_some() {
            self.each_day();
        }
    }

    /// The people with the least and the most experience that the profile allows, since each day
    /// on which the degree can have been awarded that it counts from.
    fn people(&self, after: Since) -> Vec<Person> {
        let jobs = job_extremes(self.candidate, self.range.1);
        // Nothing else of a person bears on what counts.
        let with = |jobs: &Vec<Worked>, degrees: Vec<Held>| Person {
            jobs: jobs.clone(),
            degrees,
            ..Person::default()
        };
        let awarded: Vec<NaiveDate> = match after {
            Since::AnyTime => return jobs.iter().map(|jobs| with(jobs, Vec::new())).collect(),
            Since::FirstDegree => self.award_days(DegreeLevel::Bachelor),
            Since::Master => self.award_days(DegreeLevel::Master),
        };
        let degree = |awarded: NaiveDate| {
            vec![Held { level: DegreeLevel::Doctorate, field: None, country: None, awarded }]
        };
        let each = |jobs: &Vec<Worked>| -> Vec<Person> {
            awarded.iter().map(|day| with(jobs, degree(*day))).collect()
        };
        jobs.iter().flat_map(each).collect()
    }

    /// The ends of the days on which degrees of `level` and above can have been awarded.
    fn award_days(&self, level: DegreeLevel) -> Vec<NaiveDate> {
        let long_ago = || vec![NaiveDate::MIN];
        let Some(told) = &self.profile.degrees else { return long_ago() };
        let mut days: Vec<NaiveDate> = told
            .iter()
            .filter(|degree| degree.level >= level)
            .flat_map(|degree| degree.awarded.map_or_else(long_ago, both_ends))
            .collect();
        // It counts from the first of them: none that is surely later than another can be it.
        let surely = told.iter().filter(|degree| degree.level >= level);
        let surely = surely.filter_map(|degree| Some(degree.awarded?.last())).min();
        days.retain(|day| surely.is_none_or(|surely| *day <= surely));
        days.sort_unstable();
        days.dedup();
        days
    }

    /// Asks for a look at every day where a degree that is not told to the day is awarded around
    /// the day by which it is asked.
    fn each_day(&mut self) {
        if self.profile.experience.as_ref().is_none_or(Vec::is_empty) {
            return;
        }
        let Some(told) = &self.profile.degrees else {
            self.found.each = Some(self.range);
            return;
        };
        for degree in told {
            let (first, last) = match degree.awarded {
                Some(date) if date.is_exact() => continue,
                // The day by which it is asked follows the application by two years at most.
                Some(date) => {
                    let before = date.first().checked_sub_months(Months::new(24));
                    (before.unwrap_or(self.range.0), date.last())
                }
                None => self.range,
            };
            let (from, to) = self.found.each.unwrap_or((first, last));
            self.found.each = Some((from.min(first), to.max(last)));
        }
    }

    fn tests(&mut self, tests: &[OwnedTest], years: u32) {
        for (at, taken) in self.profile.tests.iter().flatten().enumerate() {
            if !tests.iter().any(|asked| asked.test == taken.test) {
                continue;
            }
            for day in taken.taken.into_iter().flat_map(both_ends) {
                if let Some(day) = first_too_late(day, years) {
                    self.mark(ReferenceDay::Application, day, Event::TooOld(at, years));
                }
            }
        }
    }

    fn employed(&mut self, rule: &Employment) {
        for (at, job) in self.profile.experience.iter().flatten().enumerate() {
            for day in both_ends(job.from) {
                self.mark(rule.on, day, Event::Begins(at));
            }
            for day in last_days(job).filter_map(|day| day.succ_opt()) {
                self.mark(rule.on, day, Event::Ends(at));
            }
        }
    }
}

/// What a country can look like: inside and outside, where it cannot be told.
fn either_way(signs: &[Standing]) -> Vec<Vec<Standing>> {
    let mut all: Vec<Vec<Standing>> = vec![Vec::new()];
    for sign in signs {
        let options: &[Standing] = match sign {
            Standing::Open { .. } => &[Standing::Inside, Standing::Outside],
            Standing::Inside => &[Standing::Inside],
            Standing::Outside => &[Standing::Outside],
        };
        let with = |option: &Standing| {
            all.iter().map(|list| [list.as_slice(), &[*option]].concat()).collect::<Vec<_>>()
        };
        all = options.iter().flat_map(with).collect();
    }
    all
}

fn last_days(job: &Job) -> impl Iterator<Item = NaiveDate> + use<> {
    let told = match job.to {
        JobEnd::On(to) => both_ends(to),
        JobEnd::Ongoing | JobEnd::NotTold => Vec::new(),
    };
    told.into_iter()
}

/// The earliest and the latest day that a date can mean, once if they are one.
fn both_ends(date: PartialDate) -> Vec<NaiveDate> {
    let mut days = vec![date.first(), date.last()];
    days.dedup();
    days
}

/// The day on which somebody born on `birth` turns `years`.
fn turns(birth: NaiveDate, years: i32) -> Option<NaiveDate> {
    let day = month_day(birth.year() + years, birth.month(), birth.day())?;
    if completed_years(birth, day) >= years { Some(day) } else { day.succ_opt() }
}

/// The first year whose earliest birth date, lowered by `raise` years, lies behind `birth`.
fn first_year_too_early(rule: &Age, birth: NaiveDate, raise: i32) -> Option<i32> {
    let Some(BirthDay::YearsBefore { month, day, years }) = rule.born_from else { return None };
    let year = birth.year() + years + raise;
    [year, year + 1].into_iter().find(|year| {
        month_day(year - years - raise, month, day).is_some_and(|earliest| birth < earliest)
    })
}

/// The first application day on which a test taken on `taken` is older than `years` years.
fn first_too_late(taken: NaiveDate, years: u32) -> Option<NaiveDate> {
    let oldest = |day: NaiveDate| day.checked_sub_months(Months::new(12 * years));
    let day = add_months(taken, 12 * years);
    day.iter_days().take(4).find(|day| oldest(*day).is_some_and(|oldest| oldest > taken))
}

/// The first day of `range` for which `holds`, which holds from some day on.
fn first_day(
    range: (NaiveDate, NaiveDate),
    holds: impl Fn(NaiveDate) -> bool,
) -> Option<NaiveDate> {
    let day = |offset: i64| range.0 + chrono::TimeDelta::days(offset);
    let (mut low, mut high) = (0, (range.1 - range.0).num_days());
    if holds(day(low)) || !holds(day(high)) {
        return None;
    }
    while low + 1 < high {
        let middle = low.midpoint(high);
        if holds(day(middle)) { high = middle } else { low = middle }
    }
    Some(day(high))
}
