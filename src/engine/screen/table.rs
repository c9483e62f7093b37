//! Answers by what was seen.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

/// What is kept of one table at most, in entries: a stream of profiles that never meet again must
/// not fill the memory.
const MOST: usize = 1 << 13;

/// Answers by the bytes that stand for what was seen; emptied when it is full.
#[derive(Debug, Clone)]
pub(super) struct Table<T> {
    entries: HashMap<Box<[u8]>, T, FxBuildHasher>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { entries: HashMap::default() }
    }
}

impl<T> Table<T> {
    /// The answer to `seen`.
    pub(super) fn get(&self, seen: &[u8]) -> Option<&T> {
        self.entries.get(seen)
    }

    /// Keeps an answer.
    pub(super) fn keep(&mut self, seen: &[u8], answer: T) {
        if self.entries.len() >= MOST {
            self.entries.clear();
        }
        self.entries.insert(seen.into(), answer);
    }
}
