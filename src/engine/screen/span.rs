//! The days that something told can mean.

use crate::engine::tally::{Day, number};
use crate::vocabulary::PartialDate;

/// The earliest and the latest day that something told can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) first: Day,
    pub(super) last: Day,
}

impl From<PartialDate> for Span {
    fn from(date: PartialDate) -> Self {
        let first = number(date.first());
        let last = if date.is_exact() { first } else { number(date.last()) };
        Self { first, last }
    }
}
