//! The sources, with what a screen shows of them at hand.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::rules::Source;
use crate::vocabulary::{Packed, Text, days};

/// Every source by its id.
///
/// Their texts are half of all rules, and a screen shows none of them: they stay packed until one
/// is asked for. Whether one is due to be looked at again is known without.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Sources {
    /// The ids, sorted, with the last day, counted from the common era, on which each need not be
    /// looked at again.
    due: Vec<(Text, Option<i32>)>,
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
        self.place(id).is_some()
    }

    /// The id of every source, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.due.iter().map(|(id, _)| id.as_str())
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
        let due = self.place(id).and_then(|at| self.due.get(at)?.1);
        due.is_some_and(|day| day < as_of.num_days_from_ce())
    }

    pub(super) fn new(all: BTreeMap<Text, Source>) -> Self {
        let due = |(id, source): (&Text, &Source)| {
            (id.clone(), source.recheck_by.map(|day| day.num_days_from_ce()))
        };
        let days = || all.values().map(|source| source.checked);
        let checked =
            days().min().zip(days().max()).map(|(oldest, newest)| Checked { oldest, newest });
        Self { due: all.iter().map(due).collect(), checked, all: all.into() }
    }

    fn place(&self, id: &str) -> Option<usize> {
        self.due.binary_search_by(|(known, _)| known.as_bytes().cmp(id.as_bytes())).ok()
    }
}
