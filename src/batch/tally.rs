//! What came out, counted.

use std::collections::BTreeMap;

use crate::engine::{CRITERIA, Screened, Verdict, WindowSet};
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
    /// Counts of the last profiles, set by set.
    pending: [Pending; SETS],
    /// How many profiles these are.
    waiting: u32,
}

/// How many sets of windows a profile is answered by: one for each verdict and each criterion.
const SETS: usize = 4 + CRITERIA;

/// How often each window was in a set, for all windows at once: the first words hold the lowest
/// bits of their counts, the next ones the bits above them. Adding a set costs two steps on
/// average, whatever the number of windows in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Pending {
    words: usize,
    bits: Vec<u64>,
}

impl Pending {
    /// How often sets can be added before the counts have to be taken away.
    const MOST: u32 = (1 << Self::BITS) - 1;
    /// How many bits each count has.
    const BITS: usize = 16;

    fn add(&mut self, set: &WindowSet) {
        let words = set.words();
        if self.bits.is_empty() {
            self.words = words.len();
            self.bits = vec![0; self.words * Self::BITS];
        }
        for (at, word) in words.iter().enumerate() {
            let mut carry = *word;
            let bits = self.bits.iter_mut().skip(at).step_by(self.words);
            for bits in bits {
                if carry == 0 {
                    break;
                }
                (*bits, carry) = (*bits ^ carry, *bits & carry);
            }
        }
    }

    fn count(&self, window: usize) -> u64 {
        let bits = self.bits.iter().skip(window / 64).step_by(self.words.max(1)).enumerate();
        bits.map(|(level, word)| (word >> (window % 64) & 1) << level).sum()
    }
}

impl Tally {
    /// A count of nothing, of so many windows.
    pub(super) fn new(windows: usize) -> Self {
        Self { windows: vec![WindowTally::default(); windows], ..Self::default() }
    }

    /// Counts what a profile is answered.
    pub(super) fn add(&mut self, screened: &Screened) {
        self.profiles += 1;
        let open = screened.eligible.iter().chain(screened.likely.iter()).next();
        self.open += u64::from(open.is_some());
        let Screened { eligible, likely, undetermined, ineligible, unmet } = screened;
        let sets = [eligible, likely, undetermined, ineligible].into_iter().chain(unmet);
        for (pending, set) in self.pending.iter_mut().zip(sets) {
            pending.add(set);
        }
        self.waiting += 1;
        if self.waiting == Pending::MOST {
            self.settle();
        }
    }

    /// Adds what is pending to the windows' counts.
    pub(super) fn settle(&mut self) {
        self.waiting = 0;
        for (at, pending) in self.pending.iter_mut().enumerate() {
            for (window, tally) in self.windows.iter_mut().enumerate() {
                if let Some(count) = tally.0.get_mut(at) {
                    *count += pending.count(window);
                }
            }
            *pending = Pending::default();
        }
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

/// What came out for one window: how many profiles have each verdict, and of how many a required
/// requirement of each criterion is unmet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WindowTally([u64; SETS]);

impl WindowTally {
    fn merge(&mut self, other: &Self) {
        for (own, theirs) in self.0.iter_mut().zip(&other.0) {
            *own += theirs;
        }
    }

    /// How many profiles have each verdict.
    pub fn verdicts(&self) -> Summary {
        let verdicts =
            [Verdict::Eligible, Verdict::Likely, Verdict::Undetermined, Verdict::Ineligible];
        let mut summary = Summary::default();
        for (verdict, count) in verdicts.into_iter().zip(self.0) {
            summary.add(verdict, usize::try_from(count).unwrap_or(usize::MAX));
        }
        summary
    }

    /// Of how many profiles a required requirement is unmet, by its criterion: nationality of those
    /// whom sponsorship leaves, every other one of all those whom both leave.
    pub fn unmet(&self) -> BTreeMap<&'static str, u64> {
        let counts = self.0.iter().skip(SETS - CRITERIA);
        let all = Criterion::WORDS.iter().map(|(word, _)| *word).zip(counts.copied());
        all.filter(|(_, count)| *count > 0).collect()
    }
}
