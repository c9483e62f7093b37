//! What binds a choice between windows, or between the posts of one.

use serde::{Deserialize, Serialize};

use super::Place;
use crate::vocabulary::{Text, words};

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Counted {
    /// Posts applied for.
    Posts,
    /// Windows applied in.
    Windows,
    /// Hosts named in the application.
    Hosts,
}

words!(Counted { Posts => "posts", Windows => "windows", Hosts => "hosts" });

/// The time that a limit is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Per {
    /// One call.
    Call,
    /// The year of the application.
    Year,
    /// All time.
    Ever,
}

words!(Per { Call => "call", Year => "year", Ever => "ever" });

/// What a limit asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LimitRule {
    /// No more than so many.
    AtMost {
        /// How many, inclusive; 1 or more.
        count: usize,
        /// Of what.
        of: Counted,
        /// In what time.
        per: Per,
    },
    /// The nationality used in one of the windows stays.
    NationalityStays,
}

/// A limit over windows: it decides no verdict, but what one can do with several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Limit {
    /// Ids of the windows that it is over; none in a programme, which means all of its windows.
    pub windows: Vec<Text>,
    /// What it asks.
    pub rule: LimitRule,
    /// Whether the sources only imply it.
    pub implied: bool,
    /// Ids of the sources.
    pub sources: Vec<Text>,
    /// The page's words, paraphrased.
    pub wording: Text,
    /// What a reader should know.
    pub note: Option<Text>,
    /// Where it is written.
    pub place: Place,
}
