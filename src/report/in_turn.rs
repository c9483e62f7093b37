//! Lists that are never there as a whole.

use std::cell::Cell;
use std::fmt;

use serde::ser::{Error, Serialize, Serializer};

/// A list of which each item is made when it is written, and gone before the next one.
///
/// It can be written once.
pub(crate) struct InTurn<I>(Cell<Option<I>>);

impl<I> InTurn<I> {
    /// A list of the items that `items` makes.
    pub(crate) const fn new(items: I) -> Self {
        Self(Cell::new(Some(items)))
    }
}

impl<I: Iterator<Item: Serialize>> Serialize for InTurn<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let items = self.0.take().ok_or_else(|| S::Error::custom("is written already"))?;
        serializer.collect_seq(items)
    }
}

impl<I> fmt::Debug for InTurn<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("InTurn").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::InTurn;

    #[test]
    fn a_list_is_written_whole_and_once() {
        let list = InTurn::new((1..4).map(|number| number * 10));
        assert_eq!(serde_json::to_string(&list).unwrap(), "[10,20,30]");
        assert!(serde_json::to_string(&list).is_err());
        assert_eq!(serde_json::to_string(&InTurn::new([0; 0].into_iter())).unwrap(), "[]");
    }
}
