//! What a profile tells, as numbers, once for all rules.

use chrono::{Months, NaiveDate};

use crate::engine::tally::{Day, number};
use crate::profile::{Job, JobEnd, Profile};
use crate::vocabulary::{DegreeLevel, ExperienceKind, PartialDate};

/// A day behind all others.
pub(super) const NEVER: Day = Day::MAX;

/// The years before and after the application that the cells of degrees and work look at.
const YEARS: u32 = 60;

/// The earliest and the latest day that something told can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) first: Day,
    pub(super) last: Day,
}

impl From<PartialDate> for Span {
    fn from(date: PartialDate) -> Self {
        let first = number(date.first());
        let last = if date.is_exact() { first } else { number(date.last()) };
        Self { first, last }
    }
}

/// A piece of work that may count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stint {
    pub(super) kind: ExperienceKind,
    pub(super) from: Span,
    /// The last day; [`NEVER`] where it goes on.
    pub(super) to: Span,
    /// Thousandths of full time.
    pub(super) share: i64,
    pub(super) paid: Option<bool>,
}

/// Days from which work after a degree counts, the best and the worst that they can be; `None`:
/// there is no such degree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Since {
    pub(super) best: Option<Day>,
    pub(super) worst: Option<Day>,
}

/// What a profile tells, as numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Figures {
    pub(super) birth: Option<Span>,
    /// The awards of degrees in their order; `None` is not told.
    pub(super) awards: Vec<Option<Span>>,
    /// The work that is relevant; `None`: it is not told whether there is any.
    pub(super) work: Option<Vec<Stint>>,
    /// Whether some of it may fall on the same days.
    pub(super) overlaps: bool,
    /// The kinds of the work that is relevant, a bit each.
    pub(super) kinds: u64,
    after_first: Option<Since>,
    after_master: Option<Since>,
    /// Whether all days lie where the cells of the engine look.
    pub(super) is_usual: bool,
    horizon: (Day, Day),
}

impl Figures {
    /// Takes what `profile` tells for applications on `as_of`.
    pub(super) fn take(&mut self, profile: &Profile, as_of: NaiveDate) {
        let years = Months::new(12 * YEARS);
        let first = as_of.checked_sub_months(years).unwrap_or(as_of);
        let last = as_of.checked_add_months(years).unwrap_or(as_of);
        self.horizon = (number(first), number(last));
        self.is_usual = true;
        self.birth = profile.birth_date.map(Span::from);
        self.awards.clear();
        let awards = profile.degrees.iter().flatten();
        self.awards.extend(awards.map(|degree| degree.awarded.map(Span::from)));
        self.after_first = self.since(profile, DegreeLevel::Bachelor);
        self.after_master = self.since(profile, DegreeLevel::Master);
        self.take_work(profile);
    }

    /// From when work after a degree of at least `level` counts.
    fn since(&mut self, profile: &Profile, level: DegreeLevel) -> Option<Since> {
        let (first, last) = self.horizon;
        let Some(degrees) = &profile.degrees else {
            return Some(Since { best: Some(first), worst: None });
        };
        let mut since: Option<Since> = None;
        for (_, award) in degrees.iter().zip(&self.awards).filter(|(d, _)| d.level >= level) {
            let award = award.unwrap_or(Span { first, last });
            self.is_usual &= first <= award.first && award.last <= last;
            let earlier = |one: Option<Day>, day: Day| Some(one.map_or(day, |one| one.min(day)));
            let known = since.unwrap_or(Since { best: None, worst: None });
            since = Some(Since {
                best: earlier(known.best, award.first),
                worst: earlier(known.worst, award.last),
            });
        }
        since
    }

    fn take_work(&mut self, profile: &Profile) {
        self.kinds = 0;
        self.overlaps = false;
        let Some(jobs) = &profile.experience else {
            self.work = None;
            return;
        };
        let work = self.work.get_or_insert_default();
        work.clear();
        work.extend(jobs.iter().filter(|job| job.relevant).map(Stint::of));
        for (at, stint) in work.iter().enumerate() {
            self.kinds |= 1 << stint.kind as u64;
            self.is_usual &= stint.from.first >= self.horizon.0;
            self.overlaps |= work.iter().take(at).any(|other| {
                stint.from.first <= other.to.last && other.from.first <= stint.to.last
            });
        }
    }

    /// From when work counts that is asked after a degree.
    pub(super) fn after(&self, after: crate::rules::Since) -> Since {
        let none = Since { best: None, worst: None };
        match after {
            crate::rules::Since::AnyTime => Since { best: Some(Day::MIN), worst: Some(Day::MIN) },
            crate::rules::Since::FirstDegree => self.after_first.unwrap_or(none),
            crate::rules::Since::Master => self.after_master.unwrap_or(none),
        }
    }

    /// The first day on which work that is not told at all can have begun.
    pub(super) const fn first_day(&self) -> Day {
        self.horizon.0
    }
}

impl Stint {
    fn of(job: &Job) -> Self {
        let from = Span::from(job.from);
        let to = match job.to {
            JobEnd::Ongoing => Span { first: NEVER, last: NEVER },
            JobEnd::On(day) => Span::from(day),
            JobEnd::NotTold => Span { first: from.first, last: NEVER },
        };
        Self { kind: job.kind, from, to, share: i64::from(job.share), paid: job.paid }
    }
}
