//! What can be answered of a window: the verdict, and the state of its call.

use super::words;

/// The answer of one window for one profile on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Every required and usual requirement is met, whatever the missing facts, under every
    /// reading, and rests on the window's own record.
    Eligible,
    /// Nothing is unmet and nothing is asked any more, but something rests on the programme's
    /// usual profile or is set by the vacancy.
    Likely,
    /// Everything else.
    Undetermined,
    /// Some required requirement is unmet, whatever the missing facts, under every reading.
    Ineligible,
}

words!(Verdict {
    Eligible => "eligible",
    Likely => "likely",
    Undetermined => "undetermined",
    Ineligible => "ineligible",
});

impl Verdict {
    /// Whether the window counts as open to the candidate.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Eligible | Self::Likely)
    }
}

/// The state of a window's call on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CallState {
    /// A call is open.
    Open,
    /// Posts appear all year.
    Rolling,
    /// A call will open.
    Upcoming,
    /// The last call on record is over, and nothing is known of the next.
    Closed,
    /// No call is on record.
    Unannounced,
}

words!(CallState {
    Open => "open",
    Rolling => "rolling",
    Upcoming => "upcoming",
    Closed => "closed",
    Unannounced => "unannounced",
});
