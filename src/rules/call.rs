//! Application periods.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Requirement, requirement::Place};
use crate::vocabulary::{Text, days};

/// One dated application period; both days inclusive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Call {
    /// The first day.
    #[serde(with = "days")]
    pub opens: NaiveDate,
    /// The last day.
    #[serde(with = "days")]
    pub closes: NaiveDate,
    /// Ids of the sources.
    pub sources: Vec<Text>,
    /// What a reader should know of it.
    pub note: Option<Text>,
    /// Requirements that stand in for the window's own of the same part during this call.
    pub overrides: Vec<Requirement>,
    /// Where it is written.
    pub place: Place,
}

/// A period that comes back every year; months and days inclusive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Recurring {
    /// Month and day of the first day.
    pub opens: (u32, u32),
    /// Month and day of the last day; earlier in the year than `opens` means the next year.
    pub closes: (u32, u32),
    /// Ids of the sources.
    pub sources: Vec<Text>,
    /// What a reader should know of it.
    pub note: Option<Text>,
}
