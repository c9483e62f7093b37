//! Answers by what was seen.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

/// What is kept of one table at most, in entries, unless something else is said: a stream of
/// profiles that never meet again must not fill the memory.
const MOST: usize = 4_000;

/// What is seen is mostly so short, in bytes, that it is looked up as two numbers.
const SHORT: usize = 15;

/// More than this is not seen, in bytes.
const LONG: usize = 400;

/// Answers by the bytes that stand for what was seen; emptied when it is full.
#[derive(Debug, Clone)]
pub(crate) struct Table<T> {
    most: usize,
    short: HashMap<[u64; 2], T, FxBuildHasher>,
    long: HashMap<Box<[u8]>, T, FxBuildHasher>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self::of_at_most(MOST)
    }
}

impl<T> Table<T> {
    /// One that keeps at most so many answers.
    pub(crate) fn of_at_most(most: usize) -> Self {
        Self { most, short: HashMap::default(), long: HashMap::default() }
    }

    /// The answer to `seen`.
    pub(crate) fn get(&self, seen: &[u8]) -> Option<&T> {
        match short(seen) {
            Some(key) => self.short.get(&key),
            None => self.long.get(seen),
        }
    }

    /// Whether it is emptied for the next answer.
    pub(crate) fn is_full(&self) -> bool {
        self.short.len() + self.long.len() >= self.most
    }

    /// Forgets every answer.
    pub(crate) fn clear(&mut self) {
        self.short.clear();
        self.long.clear();
    }

    /// Keeps an answer.
    pub(crate) fn keep(&mut self, seen: &[u8], answer: T) {
        if self.is_full() {
            self.clear();
        }
        match short(seen) {
            Some(key) => self.short.insert(key, answer),
            None => self.long.insert(seen.into(), answer),
        };
    }

    /// The answer to `seen`, found by `find` if it is not known yet.
    pub(crate) fn get_or_keep(&mut self, seen: &[u8], find: impl FnOnce() -> T) -> &T {
        if self.is_full() {
            self.clear();
        }
        match short(seen) {
            Some(key) => self.short.entry(key).or_insert_with(find),
            None => self.long.entry(seen.into()).or_insert_with(find),
        }
    }
}

/// The key of what is short: its bytes with zeros behind them, and its length.
fn short(seen: &[u8]) -> Option<[u64; 2]> {
    let mut bytes = [0; SHORT + 1];
    let (places, length) = bytes.split_at_mut(SHORT);
    places.get_mut(..seen.len())?.copy_from_slice(seen);
    length.fill(u8::try_from(seen.len()).ok()?);
    let (low, high) = bytes.split_first_chunk()?;
    Some([u64::from_le_bytes(*low), u64::from_le_bytes(*high.first_chunk()?)])
}

/// The bytes that stand for what is being seen.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    bytes: [u8; LONG],
    length: usize,
}

impl Default for Seen {
    fn default() -> Self {
        Self { bytes: [0; LONG], length: 0 }
    }
}

impl Seen {
    /// Begins anew.
    pub(crate) const fn clear(&mut self) {
        self.length = 0;
    }

    /// Adds a byte; one too many counts, and is not kept.
    pub(crate) fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.length) {
            *place = byte;
        }
        self.length += 1;
    }

    /// Adds bytes; those too many count, and are not kept.
    pub(crate) fn extend<const N: usize>(&mut self, bytes: [u8; N]) {
        let places = self.bytes.get_mut(self.length..).and_then(|left| left.first_chunk_mut());
        if let Some(places) = places {
            *places = bytes;
        }
        self.length += N;
    }

    /// Whether there was room for everything.
    pub(crate) const fn is_whole(&self) -> bool {
        self.length <= LONG
    }

    /// The bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or(&self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_is_told_apart_by_every_byte_and_by_its_length() {
        let mut table = Table::default();
        let seen = [vec![], vec![0], vec![0; 2], vec![0; SHORT], vec![0; SHORT + 1], vec![1; 40]];
        for (at, seen) in seen.iter().enumerate() {
            table.keep(seen, at);
        }
        for (at, seen) in seen.iter().enumerate() {
            assert_eq!(table.get(seen), Some(&at), "{seen:?}");
        }
        assert_eq!(table.get(&[0; 3]), None);
        assert_eq!(table.get(&[1; 41]), None);
    }

    #[test]
    fn a_full_table_forgets_what_it_kept() {
        let mut table = Table::of_at_most(2);
        assert_eq!([1, 2, 3].map(|n| *table.get_or_keep(&[n], || n)), [1, 2, 3]);
        assert_eq!(table.get(&[1]), None);
        assert_eq!(table.get(&[3]), Some(&3));
    }

    #[test]
    fn what_there_is_no_room_for_is_not_whole() {
        let mut seen = Seen::default();
        for _ in 0..LONG {
            assert!(seen.is_whole());
            seen.push(7);
        }
        assert!(seen.is_whole());
        assert_eq!(seen.bytes(), [7; LONG]);
        seen.extend([7, 7]);
        assert!(!seen.is_whole());
        seen.clear();
        seen.extend([1, 2, 3]);
        assert!(seen.is_whole());
        assert_eq!(seen.bytes(), [1, 2, 3]);
    }
}
