//! What a report is asked about.

use chrono::NaiveDate;

use crate::engine::Candidate;
use crate::vocabulary::add_months;

/// What a report is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The candidate.
    pub candidate: &'a Candidate<'a>,
    /// The application day.
    pub as_of: NaiveDate,
    /// How much is put into words.
    pub detail: Detail,
    /// The last day of the timelines.
    pub horizon: NaiveDate,
}

impl<'a> Ask<'a> {
    /// Asks for a report on `candidate` with timelines of [`YEARS_AHEAD`] years.
    pub fn new(candidate: &'a Candidate<'a>, as_of: NaiveDate, detail: Detail) -> Self {
        Self { candidate, as_of, detail, horizon: add_months(as_of, 12 * YEARS_AHEAD) }
    }
}

/// How many years timelines look ahead where nothing else is asked.
pub const YEARS_AHEAD: u32 = 15;

/// How much of a report is put into words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// All of it.
    Whole,
    /// What a screen shows: ineligible windows only by the criterion that closes them and by how
    /// they open, those that are not shown apart by their ids, of the timelines of the others what
    /// comes next, and of findings those that rest on stale sources, without their words; nothing
    /// of declared facts that are settled, and no words on what is met by the usual profile.
    Screen,
    /// Timelines alone.
    Timelines,
}
