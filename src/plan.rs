//! Which windows to apply to and when, and what binds the choice between them.
//!
//! A plan decides nothing anew: verdicts and days are the engine's, limits are the rules'.

mod bound;
mod duty;

use std::cmp::Reverse;

use chrono::NaiveDate;

pub use bound::{Bearing, Bound};
pub use duty::{Duty, Start};

use crate::dataset::Dataset;
use crate::engine::{
    Assessment, CallState, Candidate, Matter, Span, Timelines, Until, Verdict, matters,
};
use crate::rules::Window;

/// What one candidate can apply to.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// The windows worth applying to: those that are open to the candidate, then those that hang
    /// on something; each by closing day, then opening, then id, those without a known day last.
    pub windows: Vec<Planned<'a>>,
    /// What can still be told that changes a verdict, the best to tell next first.
    pub matters: Vec<Matter<'a>>,
    /// The limits over them.
    pub limits: Vec<Bound<'a>>,
    /// The windows that are shut to the candidate today and open later, the earliest first, then by
    /// id.
    pub later: Vec<Later<'a>>,
}

/// A window worth applying to.
#[derive(Debug, Clone)]
pub struct Planned<'a> {
    /// How it answers the candidate.
    pub assessment: &'a Assessment<'a>,
    /// The days on which it is shut to the candidate, if they begin before its call closes or if
    /// no call is known.
    pub shut: Option<Span<'a>>,
    /// The first and the last day to apply, both inclusive; `None` where no call is known.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// When the work would begin; `None` where no day to apply is known.
    pub duty: Option<Duty>,
}

/// A window that is shut today and open later.
#[derive(Debug, Clone)]
pub struct Later<'a> {
    /// The window.
    pub window: &'a Window,
    /// The first days on which it is open.
    pub opens: Span<'a>,
}

impl<'a> Plan<'a> {
    /// Plans the applications of `candidate` from the assessments on `as_of`, as far ahead as
    /// `horizon`; windows that are ineligible up to there are left out.
    pub fn new(
        data: &'a Dataset,
        candidate: &Candidate<'_>,
        (as_of, horizon): (NaiveDate, NaiveDate),
        assessments: &'a [Assessment<'a>],
    ) -> Self {
        let mut timelines = Timelines::new(data, candidate, as_of, horizon);
        let (shut, worth): (Vec<&Assessment<'a>>, Vec<&Assessment<'a>>) =
            assessments.iter().partition(|a| a.verdict == Verdict::Ineligible);
        let planned = worth.into_iter().map(|a| Planned::new(data, a, &mut timelines));
        let mut windows: Vec<Planned<'a>> = planned.collect();
        windows.sort_by_key(Planned::place);
        let later = shut.into_iter().filter_map(|a| Later::new(a, &mut timelines));
        let mut later: Vec<Later<'a>> = later.collect();
        later.sort_by_key(|later| (later.opens.from, &later.window.id));
        let limits = bound::bound(data, candidate.profile, as_of, &windows);
        let matters = matters(data, candidate, assessments, as_of);
        Self { windows, matters, limits, later }
    }
}

impl<'a> Later<'a> {
    fn new(assessment: &'a Assessment<'a>, timelines: &mut Timelines<'_, 'a>) -> Option<Self> {
        let ahead = timelines.continued(assessment, Until::Horizon);
        let opens = ahead.into_iter().find(|span| span.verdict.is_open())?;
        Some(Self { window: assessment.window, opens })
    }
}

impl<'a> Planned<'a> {
    fn new(
        data: &'a Dataset,
        assessment: &'a Assessment<'a>,
        timelines: &mut Timelines<'_, 'a>,
    ) -> Self {
        let timing = &assessment.timing;
        let closes = timing.call_is_known().then_some(timing.closes);
        let ahead = timelines.continued(assessment, Until::Horizon).into_iter();
        let mut shut = ahead.filter(|span| span.verdict == Verdict::Ineligible);
        let shut = shut.next().filter(|span| closes.is_none_or(|closes| span.from <= closes));
        let last = shut.as_ref().and_then(|span| span.from.pred_opt());
        let days = closes.map(|closes| (timing.opens, last.unwrap_or(closes)));
        let programme = data.programme(&assessment.window.programme);
        let duty = duty::duty(timing, programme.and_then(|known| known.months_to_entry.as_ref()));
        Self { assessment, shut, days, duty }
    }

    /// The id of the window.
    pub fn id(&self) -> &'a str {
        &self.assessment.window.id
    }

    /// Whether the window is open to the candidate.
    pub const fn is_open(&self) -> bool {
        self.assessment.verdict.is_open()
    }

    /// What it is sorted by: among windows without a known day, those that take applications all
    /// year come first.
    fn place(&self) -> (Reverse<bool>, bool, Option<NaiveDate>, Option<NaiveDate>, bool, &'a str) {
        let waits = self.assessment.timing.call.state != CallState::Rolling;
        let (opens, closes) = (self.days.map(|days| days.0), self.days.map(|days| days.1));
        (Reverse(self.is_open()), closes.is_none(), closes, opens, waits, self.id())
    }
}
