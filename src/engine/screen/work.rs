//! The work that a profile tells.

mod scale;

pub(super) use scale::{Scale, Weighed};

use super::span::Span;
use crate::engine::tally::Day;
use crate::profile::{Job, JobEnd};
use crate::rules;
use crate::vocabulary::ExperienceKind;

/// A day behind all others.
const NEVER: Day = Day::MAX;

/// The work of a profile.
#[derive(Debug, Clone, Default)]
pub(super) struct Work {
    /// The jobs that are relevant.
    stints: Vec<Stint>,
    /// Each two of them that may fall on one day, by their places, the later one last.
    pairs: Vec<(usize, usize)>,
    /// The days of the jobs, and behind them those of the pairs.
    days: Vec<Days>,
    /// Whether three may fall on one day.
    is_crowded: bool,
    /// Their kinds, a bit each.
    kinds: u64,
    /// Whether it is told of all of them if they are paid.
    is_pay_told: bool,
    /// Whether all their days are told.
    are_exact: bool,
    after_first_degree: Since,
    after_master: Since,
}

/// A job that is relevant.
#[derive(Debug, Clone, Copy)]
struct Stint {
    kind: ExperienceKind,
    /// Thousandths of full time.
    share: i64,
    paid: Option<bool>,
}

/// Days of work as they may be.
#[derive(Debug, Clone, Copy)]
struct Days {
    fewest: Stretch,
    most: Stretch,
}

/// Days from the first to the last, both inclusive; none if the last lies before the first.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    from: Day,
    /// [`NEVER`] where they go on.
    to: Day,
}

/// Days from which work counts, the best and the worst that they can be; [`NEVER`]: the degree that
/// it hangs on may not be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Since {
    pub(super) best: Day,
    pub(super) worst: Day,
}

impl Default for Since {
    fn default() -> Self {
        Self { best: NEVER, worst: NEVER }
    }
}

impl Since {
    /// Takes in a degree that is awarded on one of these days.
    pub(super) fn reach(&mut self, award: Span) {
        self.best = self.best.min(award.first);
        self.worst = self.worst.min(award.last);
    }
}
impl Work {
    /// Takes in the relevant ones of `jobs`; `earliest` is the first day that the engine looks at.
    /// Returns whether none may have begun before.
    pub(super) fn take(&mut self, jobs: &[Job], earliest: Day) -> bool {
        self.stints.clear();
        self.pairs.clear();
        self.days.clear();
        (self.kinds, self.is_pay_told, self.is_crowded) = (0, true, false);
        self.are_exact = true;
        let mut is_usual = true;
        for job in jobs.iter().filter(|job| job.relevant) {
            let (days, share) = (Days::of(job), i64::from(job.share));
            self.kinds |= 1 << job.kind as u64;
            self.is_pay_told &= job.paid.is_some();
            is_usual &= days.most.from >= earliest;
            self.are_exact &= days.are_exact();
            self.pair_up(days);
            self.stints.push(Stint { kind: job.kind, share, paid: job.paid });
            self.days.push(days);
        }
        for (one, other) in &self.pairs {
            if let (Some(one), Some(other)) = (self.days.get(*one), self.days.get(*other)) {
                self.days.push(one.common(*other));
            }
        }
        is_usual
    }

    /// Pairs a job on these days up with those before it.
    fn pair_up(&mut self, days: Days) {
        let (first, place) = (self.pairs.len(), self.days.len());
        for (before, other) in self.days.iter().enumerate() {
            if days.common(*other).most.is_any() {
                self.pairs.push((before, place));
            }
        }
        // Of stretches of days that meet two by two, all meet on one day.
        let met = self.pairs.get(first..).unwrap_or_default();
        let are_paired = |one: usize, other: usize| self.pairs.contains(&(one, other));
        self.is_crowded |= met.iter().enumerate().any(|(at, (later, _))| {
            met.iter().take(at).any(|(earlier, _)| are_paired(*earlier, *later))
        });
    }

    /// Takes in from when work after degrees counts.
    pub(super) const fn take_degrees(&mut self, first: Since, master: Since) {
        self.after_first_degree = first;
        self.after_master = master;
    }

    const fn since(&self, after: rules::Since) -> Since {
        match after {
            rules::Since::AnyTime => Since { best: Day::MIN, worst: Day::MIN },
            rules::Since::FirstDegree => self.after_first_degree,
            rules::Since::Master => self.after_master,
        }
    }
}

impl Days {
    fn of(job: &Job) -> Self {
        let from = Span::from(job.from);
        let to = match job.to {
            JobEnd::Ongoing => Span { first: NEVER, last: NEVER },
            JobEnd::On(day) => Span::from(day),
            JobEnd::NotTold => Span { first: from.first, last: NEVER },
        };
        Self {
            fewest: Stretch { from: from.last, to: to.first },
            most: Stretch { from: from.first, to: to.last },
        }
    }

    /// Whether they can be no others.
    fn are_exact(self) -> bool {
        let Self { fewest, most } = self;
        (fewest.from, fewest.to) == (most.from, most.to)
    }

    fn common(self, other: Self) -> Self {
        let (fewest, most) = (self.fewest.common(other.fewest), self.most.common(other.most));
        Self { fewest, most }
    }
}

impl Stretch {
    fn common(self, other: Self) -> Self {
        Self { from: self.from.max(other.from), to: self.to.min(other.to) }
    }

    const fn is_any(self) -> bool {
        self.from <= self.to
    }

    /// How many days it has from `since` up to `last`, which is not [`NEVER`].
    fn between(self, since: Day, last: Day) -> i64 {
        i64::from((self.to.min(last) - self.from.max(since) + 1).max(0))
    }
}
