//! Marks of work that adds up.

use chrono::{Months, NaiveDate};

use super::Event;
use super::days::{both_ends, first_day};
use super::marker::Marker;
use crate::engine::cells::{beyond, job_extremes, kind_choices, reaching};
use crate::engine::person::{Held, Person, Worked};
use crate::engine::tally;
use crate::rules::{Counting, Since};
use crate::vocabulary::DegreeLevel;

impl Marker<'_> {
    /// The days on which the experience that counts reaches a limit, in each way that the profile
    /// leaves open: at the least and at the most that there can be.
    pub(super) fn tally(
        &mut self,
        counting: &Counting,
        least: impl Iterator<Item = i32>,
        most: Option<i32>,
    ) {
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
        let Some(level) = after.level() else {
            return jobs.iter().map(|jobs| with(jobs, Vec::new())).collect();
        };
        let awarded = self.award_days(level);
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
}
