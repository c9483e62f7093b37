//! How many people of a cohort gain and lose.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::Diff;
use crate::dataset::Dataset;
use crate::engine::assess;
use crate::profile::Profile;
use crate::vocabulary::Text;

/// What two sets of rules answer a list of people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Cohort {
    /// How many profiles were read.
    pub profiles: usize,
    /// How many lines could not be read.
    pub unreadable: usize,
    /// The moves from one verdict to another, window by window; none where nobody moves.
    pub moved: Vec<Moved>,
}

/// People whose verdict of one window changes in the same way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The window.
    pub window: Text,
    /// The verdict before.
    pub before: &'static str,
    /// The verdict after.
    pub after: &'static str,
    /// How many people.
    pub people: usize,
}

impl Cohort {
    /// Counts the moves among the profiles in `lines`, one JSON object a line, empty lines left
    /// out. Only windows that `diff` does not prove to be the same are asked.
    pub fn count<'t>(
        diff: &Diff,
        before: &Dataset,
        after: &Dataset,
        lines: impl Iterator<Item = &'t str>,
        as_of: NaiveDate,
    ) -> Self {
        let asked: Vec<_> = diff
            .windows
            .iter()
            .filter_map(|window| Some((before.window(&window.id)?, after.window(&window.id)?)))
            .collect();
        let mut cohort = Self::default();
        let mut moved: BTreeMap<(&Text, &'static str, &'static str), usize> = BTreeMap::new();
        for line in lines.filter(|line| !line.trim().is_empty()) {
            let read = |data| Profile::parse(line, "cohort", data, as_of);
            let (Ok(old), Ok(new)) = (read(before), read(after)) else {
                cohort.unreadable += 1;
                continue;
            };
            cohort.profiles += 1;
            for (was, is) in &asked {
                let was_verdict = assess(before, was, &old, as_of).verdict;
                let verdict = assess(after, is, &new, as_of).verdict;
                if was_verdict != verdict {
                    let key = (&is.id, was_verdict.word(), verdict.word());
                    *moved.entry(key).or_default() += 1;
                }
            }
        }
        cohort.moved = moved
            .into_iter()
            .map(|((window, before, after), people)| Moved {
                window: window.clone(),
                before,
                after,
                people,
            })
            .collect();
        cohort
    }
}
