//! Answers by what was seen.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

/// What is kept of one table at most, in entries, unless something else is said: a stream of
/// profiles that never meet again must not fill the memory.
const MOST: usize = 4_000;

/// What is seen is mostly so short, in bytes, that it is looked up as a few numbers.
const SHORT: usize = 23;

/// More than this is not seen, in bytes.
const LONG: usize = 400;

/// Answers by the bytes that stand for what was seen; emptied when it is full.
#[derive(Debug, Clone)]
pub(crate) struct Table<T> {
    most: usize,
    short: HashMap<Short, T, FxBuildHasher>,
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

    /// The same with room for all of them: one that becomes full is not there twice while it grows.
    pub(crate) fn with_room_for(most: usize) -> Self {
        let short = HashMap::with_capacity_and_hasher(most, FxBuildHasher);
        Self { short, ..Self::of_at_most(most) }
    }

    /// The answer to what was seen.
    pub(crate) fn get<'s>(&self, seen: impl Into<Key<'s>>) -> Option<&T> {
        match seen.into() {
            Key::Short(key) => self.short.get(&key),
            Key::Long(key) => self.long.get(key),
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
    pub(crate) fn keep<'s>(&mut self, seen: impl Into<Key<'s>>, answer: T) {
        if self.is_full() {
            self.clear();
        }
        match seen.into() {
            Key::Short(key) => self.short.insert(key, answer),
            Key::Long(key) => self.long.insert(key.into(), answer),
        };
    }

    /// The answer to what was seen, found by `find` if it is not known yet.
    pub(crate) fn get_or_keep<'s>(
        &mut self,
        seen: impl Into<Key<'s>>,
        find: impl FnOnce() -> T,
    ) -> &T {
        if self.is_full() {
            self.clear();
        }
        match seen.into() {
            Key::Short(key) => self.short.entry(key).or_insert_with(find),
            Key::Long(key) => self.long.entry(key.into()).or_insert_with(find),
        }
    }
}

/// What was seen, as it is looked up.
pub(crate) enum Key<'s> {
    Short(Short),
    Long(&'s [u8]),
}

/// Bytes with zeros behind them, and their number as the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Short(u64, u64, u64);

impl Short {
    fn of(bytes: [u8; SHORT + 1], length: usize) -> Option<Self> {
        let mut words = bytes.as_chunks().0.iter().map(|word| u64::from_le_bytes(*word));
        let (low, middle, high) = (words.next()?, words.next()?, words.next()?);
        (length <= SHORT).then_some(Self(low, middle, high | (length as u64) << 56))
    }
}

impl<'s> From<&'s [u8]> for Key<'s> {
    fn from(seen: &'s [u8]) -> Self {
        let mut bytes = [0; SHORT + 1];
        bytes.iter_mut().zip(seen).for_each(|(to, from)| *to = *from);
        Short::of(bytes, seen.len()).map_or(Self::Long(seen), Self::Short)
    }
}

impl<'s> From<&'s Seen> for Key<'s> {
    fn from(seen: &'s Seen) -> Self {
        let bytes = seen.bytes.first_chunk();
        let short = bytes.and_then(|bytes| Short::of(*bytes, seen.length));
        short.map_or_else(|| Self::Long(seen.bytes()), Self::Short)
    }
}

/// The bytes that stand for what is being seen.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// Those behind the length are zeros.
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
    pub(crate) fn clear(&mut self) {
        let (short, long) = self.bytes.split_at_mut(SHORT + 1);
        short.fill(0);
        if let Some(behind) = self.length.checked_sub(short.len()) {
            long.iter_mut().take(behind).for_each(|byte| *byte = 0);
        }
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

    /// Adds zeros, and gives them if there is room for them.
    pub(crate) fn zeros(&mut self, count: usize) -> Option<&mut [u8]> {
        let start = self.length;
        self.length += count;
        self.bytes.get_mut(start..self.length)
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
            table.keep(seen.as_slice(), at);
        }
        let mut written = Seen::default();
        for (at, seen) in seen.iter().enumerate() {
            assert_eq!(table.get(seen.as_slice()), Some(&at), "{seen:?}");
            written.clear();
            for byte in seen {
                written.push(*byte);
            }
            assert_eq!(table.get(&written), Some(&at), "{seen:?}");
        }
        assert_eq!(table.get([0; 3].as_slice()), None);
        assert_eq!(table.get([1; 41].as_slice()), None);
    }

    #[test]
    fn a_full_table_forgets_what_it_kept() {
        let mut table = Table::of_at_most(2);
        assert_eq!([1, 2, 3].map(|n| *table.get_or_keep([n].as_slice(), || n)), [1, 2, 3]);
        assert_eq!(table.get([1].as_slice()), None);
        assert_eq!(table.get([3].as_slice()), Some(&3));
    }

    #[test]
    fn zeros_are_zeros_whatever_was_seen_before() {
        let mut seen = Seen::default();
        for length in [1, SHORT, SHORT + 1, SHORT + 2, LONG, LONG + 1] {
            (0..length).for_each(|_| seen.push(7));
            seen.clear();
            assert_eq!(seen.zeros(LONG), Some([0; LONG].as_mut_slice()), "behind {length} bytes");
            seen.clear();
        }
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
