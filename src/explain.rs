//! Findings → words: what is asked, what was found, why it came out so, what to do next.
//!
//! No layout and no meaning of its own: every number comes from the rule, the profile or the
//! engine.

mod because;
mod change;
mod details;
mod found;
mod limit;
mod process;
mod reason;
mod required;

pub use because::because;
pub use change::{change, changed_path, edit};
pub use details::details;
pub use found::found;
pub use limit::{follows, limit, limited, worded};
pub use process::{months_to_entry, step};
pub use reason::{caveats, confirm, essential, labels, reason};
pub use required::{asked, job_name, required};

use std::borrow::Borrow;

use chrono::NaiveDate;

use crate::dataset::Dataset;
use crate::engine::{Assessment, Candidate, Scene};
use crate::profile::Profile;

/// What words are made from.
#[derive(Debug, Clone, Copy)]
pub struct Speaker<'a, 'd> {
    /// The rules' names and the days of the application.
    pub scene: &'a Scene<'d>,
    /// What the candidate told.
    pub candidate: &'a Candidate<'a>,
}

/// What the candidate has where `one` finds otherwise than `other`: `age: 32 on 2026-11-22`.
pub fn moved(
    one: &Assessment<'_>,
    other: &Assessment<'_>,
    data: &Dataset,
    profile: &Profile,
    as_of: NaiveDate,
) -> Option<String> {
    let candidate = Candidate::new(profile, as_of);
    let scene = Scene { data, timing: one.timing, as_of };
    let requirement = one.moved_from(other)?.requirement;
    let has = found(requirement, Speaker { scene: &scene, candidate: &candidate });
    (!has.is_empty()).then(|| format!("{}: {has}", requirement.part))
}

/// Joins `items` as a sentence does: `a, b or c`.
pub(crate) fn listed(items: &[impl Borrow<str>], last: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.borrow().to_owned(),
        [first @ .., end] => format!("{} {last} {}", first.join(", "), end.borrow()),
    }
}

/// `1 window`, `2 windows`.
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Years where they are whole, months else: `2 years`, `18 months`.
pub(crate) fn span_of(months: i32) -> String {
    let whole = months % 12 == 0 && months != 0;
    let (number, noun) = if whole { (months / 12, "year") } else { (months, "month") };
    counted(usize::try_from(number).unwrap_or_default(), noun)
}
