//! How many people of a cohort gain and lose.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::str;

use chrono::NaiveDate;
use serde::Serialize;

use super::Diff;
use crate::batch::lines::{Chunk, Splitter};
use crate::dataset::Dataset;
use crate::diagnostic::Diagnostic;
use crate::engine::assess;
use crate::profile::Profile;
use crate::vocabulary::Text;

/// How many bytes are read at once.
const BLOCK: usize = 64 << 10;

/// What two sets of rules answer a list of people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Cohort {
    /// How many profiles were read.
    pub profiles: usize,
    /// The lines that one of the rule sets could not read as a profile, counted from 1.
    pub unreadable: Vec<u64>,
    /// What is wrong with the first of these.
    #[serde(skip)]
    pub fault: Option<String>,
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
    /// Counts the moves among the profiles of `source`, one JSON object a line, empty lines left
    /// out. Only windows that `diff` does not prove to be the same are asked; a window that there
    /// is in one of the two only counts as a move from or to none.
    ///
    /// # Errors
    /// If the source cannot be read.
    pub fn count(
        diff: &Diff,
        before: &Dataset,
        after: &Dataset,
        source: impl Read,
        as_of: NaiveDate,
    ) -> io::Result<Self> {
        // Where profiles are read otherwise, every window can answer otherwise.
        let differs = |id: &Text| {
            !diff.reads.is_empty() || diff.windows.iter().any(|window| window.id == *id)
        };
        let ids: BTreeSet<&Text> =
            before.windows.iter().chain(&after.windows).map(|window| &window.id).collect();
        let asked: Vec<_> = ids.into_iter().filter(|id| differs(id)).collect();
        let mut cohort = Self::default();
        let mut moved: BTreeMap<(&Text, &'static str, &'static str), usize> = BTreeMap::new();
        let mut lines = Splitter::new(source, BLOCK, 1);
        let mut chunk = Chunk::default();
        while lines.next(&mut chunk)? {
            cohort.unreadable.extend(chunk.too_long().map(|(number, _)| number));
            for (number, line) in chunk.lines() {
                let read = |data| match str::from_utf8(line) {
                    Ok(text) => Profile::parse(text, "cohort", data, as_of),
                    Err(error) => Err(Diagnostic::not_utf8(error.valid_up_to()).into()),
                };
                let (old, new) = match (read(before), read(after)) {
                    (Ok(old), Ok(new)) => (old, new),
                    (Err(problems), _) | (_, Err(problems)) => {
                        let first = problems.list.into_iter().next();
                        cohort.fault = cohort.fault.or(first.map(|problem| problem.message));
                        cohort.unreadable.push(number);
                        continue;
                    }
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
        Ok(cohort)
    }
}
