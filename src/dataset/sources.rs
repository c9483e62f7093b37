//! The sources, with what a screen shows of them at hand.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::rules::Source;
use crate::vocabulary::{Packed, SortedLines, Text, days};

/// Every source by its id.
///
/// Their texts are half of all rules, and a screen shows none of them: they stay packed until one
/// is asked for. Whether one is due to be looked at again is known without.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Sources {
    /// The ids with the last day, counted from the common era, on which each need not be looked at
    /// again; no day where there is none.
    due: SortedLines,
    /// The first of these days, before which there is nothing to look up.
    first_due: Option<i32>,
    /// The oldest and the newest day on which any was checked.
    checked: Option<Checked>,
    all: Packed<BTreeMap<Text, Source>>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Checked {
    #[serde(with = "days")]
    oldest: NaiveDate,
    #[serde(with = "days")]
    newest: NaiveDate,
}

impl Sources {
    /// The source called `id`.
    pub fn get(&self, id: &str) -> Option<&Source> {
        self.all.get(id)
    }

    /// Whether there is a source called `id`.
    pub fn contains_key(&self, id: &str) -> bool {
        self.due.find(id).is_some()
    }

    /// The id of every source, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.due.keys()
    }

    /// Every source, sorted by id.
    pub fn values(&self) -> impl Iterator<Item = &Source> {
        self.all.values()
    }

    /// The oldest and the newest day on which any source was checked.
    pub fn checked(&self) -> Option<(NaiveDate, NaiveDate)> {
        self.checked.map(|checked| (checked.oldest, checked.newest))
    }

    /// Whether the source called `id` should have been looked at again before `as_of`.
    pub fn is_stale(&self, id: &str, as_of: NaiveDate) -> bool {
        let is_past = |day: i32| day < as_of.num_days_from_ce();
        let due = || self.due.find(id).and_then(|day| day.parse().ok());
        self.first_due.is_some_and(is_past) && due().is_some_and(is_past)
    }

    pub(super) fn new(all: BTreeMap<Text, Source>) -> Self {
        let day = |source: &Source| source.recheck_by.map(|day| day.num_days_from_ce());
        let due = |(id, source): (&Text, &Source)| {
            (id.to_string(), day(source).map(|day| day.to_string()).unwrap_or_default())
        };
        let due = SortedLines::of(&all.iter().map(due).collect());
        let first_due = all.values().filter_map(day).min();
        let days = || all.values().map(|source| source.checked);
        let checked =
            days().min().zip(days().max()).map(|(oldest, newest)| Checked { oldest, newest });
        Self { due, first_due, checked, all: all.into() }
    }
}
