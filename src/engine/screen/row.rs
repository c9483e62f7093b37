//! What requirements say about every window, a bit each.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};

use rustc_hash::FxBuildHasher;

use super::room;
use super::{CRITERIA, ENTRIES, Sets};
use crate::rules::Criterion;

/// What requirements say about 64 windows, the lowest bit about the first of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Said {
    /// Some required requirement is unmet.
    pub(super) shut: u64,
    /// Some requirement that decides is not met on the window's own record.
    pub(super) lent: u64,
    /// Some requirement that decides is neither met nor hangs on the vacancy alone.
    pub(super) open: u64,
    /// Telling more can settle some requirement that may be at odds with another one.
    pub(super) untold: u64,
    /// Several are.
    pub(super) twice: u64,
}

/// What all that is asked says about 64 windows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Sum {
    pub(super) said: Said,
    /// By criterion, those of which some required requirement is unmet.
    pub(super) unmet: [u64; CRITERIA],
}

/// The windows of 64 that some requirement can still matter to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Left {
    /// If it is required: those that no entry before it shuts.
    pub(super) required: u64,
    /// If it is not, so that it shuts nothing: those of them that are not undetermined anyway.
    pub(super) usual: u64,
}

/// Rows: what is said about every window, 64 after 64. Each is kept once as a rule, since many are
/// alike.
#[derive(Debug, Clone)]
pub(super) struct Rows<T> {
    /// How many words there are to a row.
    words: usize,
    all: Vec<T>,
    /// The places of rows by their hashes; of several with the same one, that of the last.
    places: HashMap<u64, u32, FxBuildHasher>,
}

impl<T: Copy + Eq + Hash> Rows<T> {
    pub(super) fn of(words: usize) -> Self {
        Self { words, all: Vec::new(), places: HashMap::default() }
    }

    /// The place of `row`.
    pub(super) fn place(&mut self, row: &[T]) -> u32 {
        let hash = FxBuildHasher.hash_one(row);
        if let Some(place) = self.places.get(&hash).filter(|place| self.at(**place) == row) {
            return *place;
        }
        let place = u32::try_from(self.len()).unwrap_or(u32::MAX);
        room::grow(&mut self.all, row.len());
        self.all.extend_from_slice(row);
        self.places.insert(hash, place);
        place
    }

    /// The row at `place`.
    pub(super) fn at(&self, place: u32) -> &[T] {
        let start = place as usize * self.words;
        self.all.get(start..start + self.words).unwrap_or_default()
    }

    /// How many rows are kept.
    pub(super) fn len(&self) -> usize {
        self.all.len() / self.words.max(1)
    }

    pub(super) fn clear(&mut self) {
        self.all.clear();
        self.places.clear();
    }
}

/// Adds what requirements of one criterion say about every window, 64 after 64.
pub(super) fn add(criterion: Criterion, row: &[Said], sums: &mut [Sum]) {
    sums.iter_mut().zip(row).for_each(|(sum, said)| sum.add(criterion, *said));
}

impl Said {
    pub(super) const fn add(&mut self, other: Self) {
        self.twice |= other.twice | (self.untold & other.untold);
        self.shut |= other.shut;
        self.lent |= other.lent;
        self.open |= other.open;
        self.untold |= other.untold;
    }
}

impl Sum {
    /// Adds what requirements of one criterion say.
    fn add(&mut self, criterion: Criterion, said: Said) {
        self.said.add(said);
        if let Some(unmet) = self.unmet.get_mut(criterion as usize) {
            *unmet |= said.shut;
        }
    }

    /// What is left to ask behind these entries once this is said.
    pub(super) fn left_by(&self, entries: &[Criterion]) -> Left {
        let unmet = |entry: Criterion| self.unmet.get(entry as usize).copied().unwrap_or_default();
        let shut = entries.iter().fold(0, |shut, entry| shut | unmet(*entry));
        Left { required: !shut, usual: !shut & !(self.said.lent & self.said.open) }
    }

    /// The sets that the windows are in, of those that there are: verdicts are drawn as
    /// `verdict::decide` does.
    pub(super) fn sets(&self, windows: u64) -> Sets {
        let Said { shut, lent, open, .. } = self.said;
        let well = windows & !shut;
        let verdicts = [well & !lent, well & lent & !open, well & lent & open, shut];
        // Nothing is counted behind an entry that shuts.
        let (mut unmet, mut left) = ([0; CRITERIA], windows);
        for entry in ENTRIES {
            let (Some(all), Some(counted)) =
                (self.unmet.get(entry as usize), unmet.get_mut(entry as usize))
            else {
                continue;
            };
            *counted = all & left;
            left &= !all;
        }
        for (all, counted) in self.unmet.iter().zip(&mut unmet) {
            *counted |= all & left;
        }
        Sets { verdicts, unmet }
    }
}
