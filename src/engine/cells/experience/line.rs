//! Jobs between their shortest and their longest.

use chrono::{NaiveDate, TimeDelta};

use crate::profile::{Job, JobEnd};
use crate::vocabulary::PartialDate;

/// The line from the shortest jobs that the told dates allow to the longest: one end after the
/// other moves by a day a step.
pub(super) struct DateLine {
    ends: Vec<Movable>,
}

/// One job with the days that its ends can be.
#[derive(Clone, Copy)]
struct Movable {
    at: usize,
    from: PartialDate,
    to: Option<PartialDate>,
}

impl Movable {
    fn steps(&self) -> (i64, i64) {
        let length = |range: PartialDate| (range.last() - range.first()).num_days();
        (length(self.from), self.to.map_or(0, length))
    }
}

impl DateLine {
    /// The line on which jobs move in an order of their own, whatever order they are told in.
    pub(super) fn new(told: &[Job], horizon: NaiveDate) -> Self {
        let after = horizon.succ_opt().unwrap_or(horizon);
        let mut jobs: Vec<(usize, &Job)> = told.iter().enumerate().collect();
        jobs.sort_by_key(|(_, job)| {
            let end = match job.to {
                JobEnd::Ongoing => None,
                JobEnd::On(to) => Some((to.first(), to.last())),
                JobEnd::NotTold => Some((job.from.first(), after)),
            };
            let dates = (job.from.first(), job.from.last(), end);
            (job.kind as u8, dates, job.share, job.paid, job.country, job.employer.as_ref())
        });
        let ends = jobs.into_iter().map(|(at, job)| {
            let to = match job.to {
                JobEnd::Ongoing => None,
                JobEnd::On(to) => Some(to),
                // Not told: any day from the first, and going on beyond every day that matters.
                JobEnd::NotTold => Some(PartialDate::between(job.from.first(), after)),
            };
            Movable { at, from: job.from, to }
        });
        Self { ends: ends.collect() }
    }

    /// The same line, and the one on which the last job moves first, if several can move.
    pub(super) fn both_ways(self) -> Vec<Self> {
        let movable = self.ends.iter().filter(|job| job.steps() != (0, 0)).count();
        let reversed =
            (movable > 1).then(|| Self { ends: self.ends.iter().rev().copied().collect() });
        std::iter::once(self).chain(reversed).collect()
    }

    pub(super) fn length(&self) -> i64 {
        self.ends.iter().map(Movable::steps).map(|(from, to)| from + to).sum()
    }

    /// The dates of every job after `step` steps, in the order in which they are told.
    pub(super) fn at(&self, step: i64) -> Vec<(usize, NaiveDate, Option<NaiveDate>)> {
        let mut left = step;
        let mut walk = |most: i64| {
            let here = left.clamp(0, most);
            left -= here;
            here
        };
        let dates = self.ends.iter().map(|job| {
            let (from, to) = job.steps();
            let from = job.from.last() - TimeDelta::days(walk(from));
            let to = job.to.map(|range| range.first() + TimeDelta::days(walk(to)));
            (job.at, from, to)
        });
        let mut dates: Vec<_> = dates.collect();
        dates.sort_unstable_by_key(|(at, ..)| *at);
        dates
    }

    /// The steps at which an end passes `day`.
    pub(super) fn steps_around(&self, day: NaiveDate) -> Vec<i64> {
        let mut steps = Vec::new();
        let mut before = 0;
        for job in &self.ends {
            let (from, to) = job.steps();
            let to_day = job.to.map(|range| before + from + (day - range.first()).num_days());
            let from_day = before + (job.from.last() - day).num_days();
            for step in [Some(from_day), to_day].into_iter().flatten() {
                steps.extend([step - 1, step, step + 1]);
            }
            before += from + to;
        }
        steps
    }

    /// The first step for which `holds`, which holds from some step on.
    pub(super) fn first_that(&self, holds: impl Fn(i64) -> bool) -> Option<i64> {
        let length = self.length();
        if !holds(length) {
            return None;
        }
        let (mut low, mut high) = (-1, length);
        while low + 1 < high {
            let middle = low.midpoint(high);
            if holds(middle) { high = middle } else { low = middle }
        }
        Some(high)
    }
}
