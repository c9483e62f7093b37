//! Where a rule comes from.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Place;
use crate::vocabulary::{Text, days, words};

/// How near a source is to the one who decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SourceKind {
    /// The donor's, host's or programme's own page.
    Official,
    /// Somebody else's account.
    SecondHand,
    /// Nobody says so; it was concluded.
    Inferred,
}

words!(SourceKind {
    Official => "official",
    SecondHand => "second_hand",
    Inferred => "inferred",
});

/// A page, notice or document that rules rest on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Source {
    /// `file/id` for a file's own source, `id` alone for a shared one.
    pub id: Text,
    /// Who publishes it.
    pub publisher: Text,
    /// Where it is or was, if it is on the web.
    pub url: Option<Text>,
    /// The date that the page bears: a year, a month or a day.
    pub published: Option<Text>,
    /// What its content shows of its date, where it bears none.
    pub dated: Option<Text>,
    /// The day somebody looked at it.
    #[serde(with = "days")]
    pub checked: NaiveDate,
    /// The last day on which it need not be looked at again.
    pub recheck_by: Option<NaiveDate>,
    /// How near it is to the one who decides.
    pub kind: SourceKind,
    /// What it says, paraphrased.
    pub says: Text,
    /// Where it is written.
    pub place: Place,
}

impl Source {
    /// Whether it should have been looked at again before `as_of`.
    pub fn is_stale(&self, as_of: NaiveDate) -> bool {
        self.recheck_by.is_some_and(|day| day < as_of)
    }
}
