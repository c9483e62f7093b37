//! How many people of a cohort gain and lose.

use std::collections::{BTreeMap, BTreeSet};

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
    /// The lines that one of the rule sets could not read as a profile, counted from 1.
    pub unreadable: Vec<usize>,
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
    /// out. Only windows that `diff` does not prove to be the same are asked; a window that there
    /// is in one of the two only counts as a move from or to none.
    pub fn count<'t>(
        diff: &Diff,
        before: &Dataset,
        after: &Dataset,
        lines: impl Iterator<Item = &'t str>,
        as_of: NaiveDate,
    ) -> Self {
        // Where profiles are read otherwise, every window can answer otherwise.
        let differs = |id: &Text| {
            !diff.reads.is_empty() || diff.windows.iter().any(|window| window.id == *id)
        };
        let ids: BTreeSet<&Text> =
            before.windows.iter().chain(&after.windows).map(|window| &window.id).collect();
        let asked: Vec<_> = ids.into_iter().filter(|id| differs(id)).collect();
        let mut cohort = Self::default();
        let mut moved: BTreeMap<(&Text, &'static str, &'static str), usize> = BTreeMap::new();
        let told = lines.enumerate().filter(|(_, line)| !line.trim().is_empty());
        for (at, line) in told {
            let read = |data| Profile::parse(line, "cohort", data, as_of);
            let (Ok(old), Ok(new)) = (read(before), read(after)) else {
                cohort.unreadable.push(at + 1);
                continue;
            };
            cohort.profiles += 1;
            for id in &asked {
                let answer = |data: &Dataset, one: &Profile| {
                    let window = data.window(id)?;
                    Some(assess(data, window, one, as_of).verdict.word())
                };
                let (was, is) = (answer(before, &old), answer(after, &new));
                if was != is {
                    let none = "no such window";
                    let key = (*id, was.unwrap_or(none), is.unwrap_or(none));
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
