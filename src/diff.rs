//! What changed between two sets of rules: whose verdict, and what is only shown.
//!
//! A window is called the same only where that is proved: it asks the same of everybody on every
//! day, or every cell of the facts that it looks at gives the same answer.

mod cohort;
mod shown;
mod window;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value as Json;

pub use cohort::{Cohort, Moved};
pub use shown::Shown;

use crate::dataset::Dataset;
use crate::engine::Side;
use crate::report::{Data, RuleRef, Tool};
use crate::vocabulary::Text;

/// The difference between two sets of rules.
#[derive(Debug, Clone, Serialize)]
pub struct Diff {
    /// The format's version.
    pub format: u32,
    /// The program.
    pub tool: Tool,
    /// The day from which on answers are compared.
    pub as_of: String,
    /// The rules before.
    pub before: Data,
    /// The rules after.
    pub after: Data,
    /// Whether it is proved that nobody's verdict changes, on any day from `as_of` on.
    pub same: bool,
    /// What decides how a profile is read and differs: names, declared facts, tests.
    pub reads: Vec<Shown>,
    /// The windows that are not proved to be the same, sorted as the rules are.
    pub windows: Vec<WindowDiff>,
    /// What differs and bears on no verdict.
    pub shown: Vec<Shown>,
    /// How many people of a cohort gain and lose, if one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cohort: Option<Cohort>,
}

/// What is known of a window that is not proved to be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// There was none before.
    Added,
    /// There is none any more.
    Removed,
    /// Somebody's answer changes.
    Changed,
    /// It asks something else, but nobody was found whose answer changes: it is shut, or stays
    /// open, for another reason.
    Hidden,
    /// It is written differently; nobody was found whose answer changes, which proves nothing.
    Unproved,
}

/// One window that differs.
#[derive(Debug, Clone, Serialize)]
pub struct WindowDiff {
    /// Its id.
    pub id: Text,
    /// What is known.
    pub change: Change,
    /// What it asks differently.
    pub asks: Vec<Asks>,
    /// Somebody for each change of answer, the first day first.
    pub shifts: Vec<ShiftReport>,
}

/// A requirement that differs, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asks {
    /// Its criterion.
    pub criterion: &'static str,
    /// What was asked; absent if nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What is asked now; absent if nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Where it is written: in the rules after, or before if it is gone.
    pub rule: RuleRef,
}

/// Somebody whose answer changes.
#[derive(Debug, Clone, Serialize)]
pub struct ShiftReport {
    /// The day of the application.
    pub as_of: String,
    /// The verdict before; absent if there was no such window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<&'static str>,
    /// The verdict after; absent if there is no such window any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<&'static str>,
    /// What makes the difference, in a sentence.
    pub because: String,
    /// The profile, told fully.
    pub profile: Json,
}

/// Compares two sets of rules for applications from `as_of` on.
pub fn diff(before: &Dataset, after: &Dataset, as_of: NaiveDate) -> Diff {
    let side = |data, window| Side { data, window };
    let mut windows = Vec::new();
    for old in &before.windows {
        windows.extend(match after.window(&old.id) {
            Some(new) => window::compare([side(before, old), side(after, new)], as_of),
            None => Some(window::alone(before, old, Change::Removed, as_of)),
        });
    }
    for new in after.windows.iter().filter(|new| before.window(&new.id).is_none()) {
        windows.push(window::alone(after, new, Change::Added, as_of));
    }
    // A country by another name makes another person of the same profile.
    let (reads, shown): (Vec<Shown>, Vec<Shown>) =
        shown::differences(before, after).into_iter().partition(Shown::is_read);
    Diff {
        format: 1,
        tool: Tool::this(),
        as_of: as_of.to_string(),
        before: Data::of(before),
        after: Data::of(after),
        same: windows.is_empty() && reads.is_empty(),
        reads,
        windows,
        shown,
        cohort: None,
    }
}
