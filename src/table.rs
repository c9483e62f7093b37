//! Answers by what was seen.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

/// What is kept of one table at most, in entries: a stream of profiles that never meet again must
/// not fill the memory.
const MOST: usize = 6_000;

/// Answers by the bytes that stand for what was seen; emptied when it is full.
#[derive(Debug, Clone)]
pub(crate) struct Table<T> {
    entries: HashMap<Box<[u8]>, T, FxBuildHasher>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { entries: HashMap::default() }
    }
}

impl<T> Table<T> {
    /// The answer to `seen`.
    pub(crate) fn get(&self, seen: &[u8]) -> Option<&T> {
        self.entries.get(seen)
    }

    /// Whether it is emptied for the next answer.
    pub(crate) fn is_full(&self) -> bool {
        self.entries.len() >= MOST
    }

    /// Forgets every answer.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }

    /// Keeps an answer.
    pub(crate) fn keep(&mut self, seen: &[u8], answer: T) {
        if self.is_full() {
            self.clear();
        }
        self.entries.insert(seen.into(), answer);
    }

    /// The answer to `seen`, found by `find` if it is not known yet.
    pub(crate) fn get_or_keep(&mut self, seen: &[u8], find: impl FnOnce() -> T) -> T
    where
        T: Clone,
    {
        if let Some(known) = self.get(seen) {
            return known.clone();
        }
        let answer = find();
        self.keep(seen, answer.clone());
        answer
    }
}
