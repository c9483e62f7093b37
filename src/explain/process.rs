//! The process from the call to the first day of work, in words.

use crate::rules::{EntryFrom, MonthsToEntry, Step};

/// The months to entry on duty: `6 to 12 months after the donor's publication`.
pub fn months_to_entry(months: &MonthsToEntry) -> String {
    let from = match months.from {
        EntryFrom::Publication => "the donor's publication",
        EntryFrom::Close => "the close of the call",
    };
    let note = months.note.as_ref().map_or_else(String::new, |note| format!(". {note}"));
    let MonthsToEntry { min, max, .. } = months;
    format!("{min} to {max} months after {from}{note}")
}

/// A step of the process: `UN DESA: Checks the short list.`
pub fn step(step: &Step) -> String {
    let months = step.months.as_ref().map_or_else(String::new, |m| format!(" (months: {m})"));
    format!("{}: {}{months}", step.who, step.what)
}
