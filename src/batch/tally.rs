//! What came out, counted.

use std::collections::BTreeMap;

use super::screener::{Criteria, Screened, Verdicts};
use crate::engine::Verdict;
use crate::report::Summary;
use crate::rules::Criterion;
use crate::vocabulary::Words;

/// What came out for many profiles, counted. Tallies of parts add up to that of the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many lines were read, the empty ones among them.
    pub lines: u64,
    /// How many profiles were answered.
    pub profiles: u64,
    /// How many lines are no profile, by the code of their first problem.
    pub failed: BTreeMap<&'static str, u64>,
    /// How many profiles have a window that is open to them.
    pub open: u64,
    windows: Vec<WindowTally>,
}

impl Tally {
    /// A count of nothing, of so many windows.
    pub(super) fn new(windows: usize) -> Self {
        Self { windows: vec![WindowTally::default(); windows], ..Self::default() }
    }

    /// Counts what a profile is answered.
    pub(super) fn add(&mut self, verdicts: &Verdicts) {
        self.profiles += 1;
        let mut open = false;
        for (tally, screened) in self.windows.iter_mut().zip(&verdicts.windows) {
            tally.add(*screened);
            open |= screened.verdict.is_open();
        }
        self.open += u64::from(open);
    }

    /// Counts a line that is no profile.
    pub(super) fn fail(&mut self, code: &'static str) {
        *self.failed.entry(code).or_default() += 1;
    }

    /// How many lines are no profile.
    pub fn failures(&self) -> u64 {
        self.failed.values().sum()
    }

    /// The windows, in the order in which they were asked about.
    pub fn windows(&self) -> &[WindowTally] {
        &self.windows
    }

    /// Adds the count of another part of the input, about the same windows.
    pub fn merge(&mut self, other: &Self) {
        self.lines += other.lines;
        self.profiles += other.profiles;
        self.open += other.open;
        for (code, count) in &other.failed {
            *self.failed.entry(code).or_default() += count;
        }
        if self.windows.len() < other.windows.len() {
            self.windows.resize_with(other.windows.len(), WindowTally::default);
        }
        for (own, theirs) in self.windows.iter_mut().zip(&other.windows) {
            own.merge(theirs);
        }
    }
}

/// What came out for one window: how many profiles have each verdict with each set of criteria
/// unmet, so that one profile is one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowTally(Vec<u64>);

impl Default for WindowTally {
    fn default() -> Self {
        Self(vec![0; Verdict::WORDS.len() * Criteria::SETS])
    }
}

impl WindowTally {
    fn add(&mut self, screened: Screened) {
        let at = screened.verdict as usize * Criteria::SETS + screened.unmet.number();
        if let Some(count) = self.0.get_mut(at) {
            *count += 1;
        }
    }

    fn merge(&mut self, other: &Self) {
        for (own, theirs) in self.0.iter_mut().zip(&other.0) {
            *own += theirs;
        }
    }

    /// How many profiles have each verdict.
    pub fn verdicts(&self) -> Summary {
        let mut summary = Summary::default();
        for ((_, verdict), counts) in Verdict::WORDS.iter().zip(self.0.chunks(Criteria::SETS)) {
            summary
                .add(*verdict, usize::try_from(counts.iter().sum::<u64>()).unwrap_or(usize::MAX));
        }
        summary
    }

    /// Of how many profiles a required requirement is unmet, by its criterion.
    pub fn unmet(&self) -> BTreeMap<&'static str, u64> {
        let of = |criterion: Criterion| -> u64 {
            let sets = Verdict::WORDS.iter().flat_map(|_| Criteria::every());
            let those = self.0.iter().zip(sets).filter(|(_, unmet)| unmet.contains(criterion));
            those.map(|(count, _)| count).sum()
        };
        let all = Criterion::WORDS.iter().map(|(word, criterion)| (*word, of(*criterion)));
        all.filter(|(_, count)| *count > 0).collect()
    }
}
