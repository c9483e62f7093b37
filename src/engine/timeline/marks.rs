//! The days on which something about a candidate, or about a group, comes about.
//!
//! A rule looks at a candidate on its reference days. Between two marks it sees the same, so its
//! outcome hangs on nothing but the marks that its reference days have reached.

mod days;
mod marker;
mod nations;
mod work;

use chrono::{Datelike, Months, NaiveDate};

use self::days::first_days;
use self::marker::Marker;
use crate::dataset::Dataset;
use crate::engine::calendar::{Dated, Timing};
use crate::engine::person::Candidate;
use crate::rules::{Leaving, ReferenceDay, Requirement};
use crate::vocabulary::{CountryCode, Text, add_months};

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
                // Shares of the days: two that fall on one day are no fewer for that.
                let was = old.iter().filter(reached).count() * new.iter().count();
                let is = by_now.clone().count() * old.iter().count();
                if was != is
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
