//! What came out, counted.

use std::collections::BTreeMap;

use crate::engine::{CRITERIA, Screened, VERDICTS, Verdict};
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
    /// Counts of the last profiles, of 64 windows after 64.
    pending: Vec<Pending>,
    /// How many profiles these are.
    waiting: u32,
}

/// How often each of 64 windows was in each set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Pending {
    verdicts: Counter<VERDICTS>,
    unmet: Counter<CRITERIA>,
}

/// How often each bit of some words was set, for all bits at once, as Harley and Seal count: each
/// level stands for twice as much as the one before, and takes in two words before it hands one on.
/// Adding costs two steps on average, whatever the number of bits.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Counter<const WORDS: usize>([Level<WORDS>; LEVELS]);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Level<const WORDS: usize> {
    words: [u64; WORDS],
    waiting: Option<[u64; WORDS]>,
}

/// How many levels there are.
const LEVELS: usize = 16;

/// How often can be added before the counts have to be taken away.
const MOST_WAITING: u32 = (1 << LEVELS) - 1;

impl<const WORDS: usize> Default for Counter<WORDS> {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Level { words: [0; WORDS], waiting: None }))
    }
}

impl<const WORDS: usize> Counter<WORDS> {
    fn add(&mut self, mut added: [u64; WORDS]) {
        for level in &mut self.0 {
            let Some(waiting) = level.waiting.take() else {
                level.waiting = Some(added);
                return;
            };
            for ((word, waiting), added) in level.words.iter_mut().zip(waiting).zip(&mut added) {
                let either = *word ^ waiting;
                let both = (*word & waiting) | (either & *added);
                (*word, *added) = (either ^ *added, both);
            }
        }
    }

    /// Adds the counts of one bit of each word to `counts`.
    fn count(&self, bit: usize, counts: &mut [u64; WORDS]) {
        for (place, Level { words, waiting }) in self.0.iter().enumerate() {
            for (at, count) in counts.iter_mut().enumerate() {
                let held = [words.get(at), waiting.as_ref().and_then(|words| words.get(at))];
                let held: u64 = held.into_iter().flatten().map(|word| word >> bit & 1).sum();
                *count += held << place;
            }
        }
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
        self.open += u64::from(screened.is_open());
        self.pending.resize_with(screened.sets.len(), Pending::default);
        for (pending, sets) in self.pending.iter_mut().zip(&screened.sets) {
            pending.verdicts.add(sets.verdicts);
            pending.unmet.add(sets.unmet);
        }
        self.waiting += 1;
        if self.waiting == MOST_WAITING {
            self.settle();
        }
    }

    /// Adds what is pending to the windows' counts.
    pub(super) fn settle(&mut self) {
        self.waiting = 0;
        for (row, pending) in self.pending.drain(..).enumerate() {
            for (bit, window) in self.windows.iter_mut().skip(row * 64).take(64).enumerate() {
                pending.verdicts.count(bit, &mut window.verdicts);
                pending.unmet.count(bit, &mut window.unmet);
            }
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
pub struct WindowTally {
    /// By verdict, in the order of [`Verdict`].
    verdicts: [u64; VERDICTS],
    /// By criterion, in the order of [`Criterion`].
    unmet: [u64; CRITERIA],
}

impl WindowTally {
    fn merge(&mut self, other: &Self) {
        let own = self.verdicts.iter_mut().chain(&mut self.unmet);
        for (own, theirs) in own.zip(other.verdicts.iter().chain(&other.unmet)) {
            *own += theirs;
        }
    }

    /// How many profiles have each verdict.
    pub fn verdicts(&self) -> Summary {
        let mut summary = Summary::default();
        for ((_, verdict), count) in Verdict::WORDS.iter().zip(self.verdicts) {
            summary.add(*verdict, usize::try_from(count).unwrap_or(usize::MAX));
        }
        summary
    }

    /// Of how many profiles a required requirement is unmet, by its criterion: nationality of those
    /// whom sponsorship leaves, every other one of all those whom both leave.
    pub fn unmet(&self) -> BTreeMap<&'static str, u64> {
        let all = Criterion::WORDS.iter().map(|(word, _)| *word).zip(self.unmet);
        all.filter(|(_, count)| *count > 0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(counter: &Counter<2>) -> Vec<[u64; 2]> {
        let count = |bit| {
            let mut counts = [0; 2];
            counter.count(bit, &mut counts);
            counts
        };
        (0..64).map(count).collect()
    }

    #[test]
    fn every_bit_is_counted_as_often_as_it_was_set() {
        let (mut counter, mut expected) = (Counter::default(), vec![[0; 2]; 64]);
        let mut word = 1_u64;
        for _ in 0..1000 {
            word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888);
            let words = [word, word.rotate_left(29) & word];
            counter.add(words);
            for (bit, counts) in expected.iter_mut().enumerate() {
                *counts = [counts[0] + (words[0] >> bit & 1), counts[1] + (words[1] >> bit & 1)];
            }
            assert_eq!(counts(&counter), expected);
        }
    }

    #[test]
    fn nothing_is_lost_before_the_counts_are_taken_away() {
        let mut counter = Counter::default();
        (0..MOST_WAITING).for_each(|_| counter.add([u64::MAX, 0]));
        assert_eq!(counts(&counter), [[u64::from(MOST_WAITING), 0]; 64]);
    }
}
