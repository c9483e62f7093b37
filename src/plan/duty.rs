//! When the work would begin.

use chrono::NaiveDate;

use crate::engine::{CallState, Timing};
use crate::rules::{EntryFrom, MonthsToEntry, ReferenceDay};
use crate::vocabulary::{add_months, words};

/// The days between which the work would begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duty {
    /// The earliest day, inclusive.
    pub from: NaiveDate,
    /// The latest day, inclusive.
    pub to: NaiveDate,
    /// What they are counted from.
    pub start: Start,
    /// Whether the programme's months are not on record, so that the usual ones stand in.
    pub assumed: bool,
}

/// The day that the time to entry on duty is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The first day of the call.
    Publication,
    /// The last day of the call.
    Close,
    /// The day of the application, where no call is known.
    Application,
}

words!(Start {
    Publication => "publication",
    Close => "close",
    Application => "application",
});

/// The days between which the work would begin, counted as the programme says, or as for any
/// entry on duty where it says nothing; `None` where no day to apply is known. Nobody begins
/// before the call closes.
pub(super) fn duty(timing: &Timing, months: Option<&MonthsToEntry>) -> Option<Duty> {
    let known = timing.call_is_known();
    if !known && timing.call.state != CallState::Rolling {
        return None;
    }
    let (start, from, to) = if let Some(months) = months {
        let (start, day) = match months.from {
            EntryFrom::Publication => (Start::Publication, timing.opens),
            EntryFrom::Close => (Start::Close, timing.closes),
        };
        (start, add_months(day, months.min), add_months(day, months.max))
    } else {
        let days = timing.days(ReferenceDay::EntryOnDuty);
        (Start::Close, days.first()?.day, days.last()?.day)
    };
    Some(Duty {
        from: from.max(timing.closes),
        to: to.max(timing.closes),
        start: if known { start } else { Start::Application },
        assumed: months.is_none(),
    })
}
