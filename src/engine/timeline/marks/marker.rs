//! The marks of each rule.

use chrono::NaiveDate;

use super::days::{both_ends, first_too_late, first_year_too_early, last_days, turns};
use super::{Event, Mark, Watch, Watched};
use crate::dataset::Dataset;
use crate::engine::person::Candidate;
use crate::profile::Profile;
use crate::rules::{
    Age, Condition, Degree, Employment, Experience, LanguageRule, OwnedTest, Qualification,
    ReferenceDay, Rule,
};
use crate::vocabulary::month_day;

/// Finds the marks of one requirement.
pub(super) struct Marker<'a> {
    pub(super) candidate: &'a Candidate<'a>,
    pub(super) profile: &'a Profile,
    pub(super) data: &'a Dataset,
    pub(super) range: (NaiveDate, NaiveDate),
    pub(super) found: Watched,
}

impl Marker<'_> {
    pub(super) fn mark(&mut self, reference: ReferenceDay, day: NaiveDate, event: Event) {
        let mark = Mark { day, event };
        let watches = &mut self.found.watches;
        match watches.iter_mut().find(|watch| watch.reference == reference) {
            Some(watch) => watch.marks.push(mark),
            None => watches.push(Watch { reference, marks: vec![mark] }),
        }
    }

    pub(super) fn rule(&mut self, rule: &Rule) {
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
