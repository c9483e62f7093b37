//! Outcomes and the causes of unknown ones.

use crate::vocabulary::words;

/// What came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It is met, however the open points turn out.
    Met,
    /// It is not met, however the open points turn out.
    Unmet,
    /// It hangs on an open point.
    Unknown,
}

words!(Outcome { Met => "met", Unmet => "unmet", Unknown => "unknown" });

/// Why an outcome is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The candidate has not told a fact.
    NotTold,
    /// No page states it.
    NotOnRecord,
    /// The pages can be read in several ways, and the outcome differs between them.
    ReadingsDiffer,
    /// It is set post by post.
    ByVacancy,
    /// People judge it.
    ToBeJudged,
}

words!(Cause {
    NotTold => "not_told",
    NotOnRecord => "not_on_record",
    ReadingsDiffer => "readings_differ",
    ByVacancy => "by_vacancy",
    ToBeJudged => "to_be_judged",
});
