//! Reference days as a rule names them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The day on which something must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReferenceDay {
    /// The day of the application.
    Application,
    /// The first day of the call.
    CallOpen,
    /// The last day of the call.
    CallClose,
    /// A day and month of the application's year; 1 January and 31 December included.
    InYear {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
    },
    /// The first day of work: 6 to 12 months after the call closes.
    EntryOnDuty,
    /// One day, named in full.
    On(NaiveDate),
    /// The page names none: application, close and 31 December are readings.
    NotStated,
}
