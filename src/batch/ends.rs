//! Where a line of JSON ends, and where a row of CSV does.

use memchr::{memchr, memrchr};

/// Finds the ends of what is read piece by piece.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ends {
    /// Every line feed.
    OfLines,
    /// A line feed outside quotes.
    OfRows(Place),
}

/// Where in a row the reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Where a cell begins: a quote here opens it.
    Start,
    /// In a cell without quotes: a quote here is a character like any other.
    Plain,
    /// Between quotes.
    Quoted,
    /// Behind a quote between quotes: it closes the cell, or a second one makes it a character.
    Quote,
}

impl Ends {
    pub(super) const ROWS: Self = Self::OfRows(Place::Start);

    /// Whether rows of CSV end between quotes.
    pub(super) fn is_left_open(rows: &[u8]) -> bool {
        let mut place = Place::Start;
        for byte in rows {
            place.ends_at(*byte);
        }
        place == Place::Quoted
    }

    /// How many of the bytes, which follow those seen before, go up to the first end.
    pub(super) fn first(&mut self, bytes: &[u8]) -> Option<usize> {
        match self {
            Self::OfLines => memchr(b'\n', bytes).map(|at| at + 1),
            Self::OfRows(place) => {
                bytes.iter().position(|byte| place.ends_at(*byte)).map(|at| at + 1)
            }
        }
    }

    /// How many of the bytes, which follow those seen before, go up to the last end.
    pub(super) fn last(&mut self, bytes: &[u8]) -> Option<usize> {
        match self {
            Self::OfLines => memrchr(b'\n', bytes).map(|at| at + 1),
            Self::OfRows(place) => {
                let mut last = None;
                for (at, byte) in bytes.iter().enumerate() {
                    if place.ends_at(*byte) {
                        last = Some(at + 1);
                    }
                }
                last
            }
        }
    }
}

impl Place {
    /// Goes on by one byte; whether a row ends with it.
    fn ends_at(&mut self, byte: u8) -> bool {
        let (next, ends) = match (*self, byte) {
            (Self::Quoted, b'"') => (Self::Quote, false),
            (Self::Quoted, _) | (Self::Quote | Self::Start, b'"') => (Self::Quoted, false),
            (_, b'\n') => (Self::Start, true),
            (_, b',' | b'\r') => (Self::Start, false),
            _ => (Self::Plain, false),
        };
        *self = next;
        ends
    }
}
