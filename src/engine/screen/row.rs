//! Sets of windows, and what requirements say about every window.

use smallvec::SmallVec;

/// A set of windows, by their places in the list of a [`Screen`](super::Screen).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WindowSet(pub(super) SmallVec<[u64; 2]>);

impl WindowSet {
    pub(super) fn of(windows: usize) -> Self {
        Self(SmallVec::from_elem(0, windows.div_ceil(64)))
    }

    pub(super) fn insert(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    /// Adds the windows that a row shuts.
    pub(super) fn add_shut(&mut self, row: &Row) {
        self.0.iter_mut().zip(row.said()).for_each(|(own, said)| *own |= said.shut);
    }

    pub(super) fn remove(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own &= !other);
    }

    /// Whether the window at `at` is in the set.
    pub fn contains(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// The places of the windows in the set, lowest first.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros() as usize;
                (left != 0).then(|| {
                    left &= left - 1;
                    at * 64 + bit
                })
            })
        })
    }

    /// The set as words of 64 windows, the first in the lowest bit.
    pub fn words(&self) -> &[u64] {
        &self.0
    }
}

/// What requirements say about every window.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Row(SmallVec<[Said; 2]>);

/// What requirements say about 64 windows, a bit each.
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

impl Row {
    pub(super) fn of(windows: usize) -> Self {
        Self(SmallVec::from_elem(Said::default(), windows.div_ceil(64)))
    }

    pub(super) fn clear(&mut self) {
        self.0.fill(Said::default());
    }

    pub(super) fn copy(&mut self, other: &Self) {
        self.0.copy_from_slice(&other.0);
    }

    /// What is said, the first 64 windows first.
    pub(super) fn said(&self) -> &[Said] {
        &self.0
    }

    /// Adds what `other` says.
    pub(super) fn add(&mut self, other: &Self) {
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            own.add(*other);
        }
    }

    /// Adds what is said of the window at `at`.
    pub(super) fn say(&mut self, at: usize, said: impl FnOnce(u64) -> Said) {
        if let Some(own) = self.0.get_mut(at / 64) {
            own.add(said(1 << (at % 64)));
        }
    }
}

impl Said {
    const fn add(&mut self, other: Self) {
        self.twice |= other.twice | (self.untold & other.untold);
        self.shut |= other.shut;
        self.lent |= other.lent;
        self.open |= other.open;
        self.untold |= other.untold;
    }
}
