//! Donors, windows, programmes, hosts and declared facts.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::normal::decide_alike;
use super::{Call, Limit, Nations, Place, Recurring, Requirement};
use crate::vocabulary::{DonorCode, Packed, Text, words};

/// A government or body that pays for posts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Donor {
    /// Its code.
    pub code: DonorCode,
    /// Its name.
    pub name: Text,
    /// What is known of its programme as a whole.
    pub about: Option<Text>,
    /// Where candidates apply.
    pub channel: Channel,
    /// What binds a choice between its windows, or between the posts of one.
    pub limits: Vec<Limit>,
}

/// Where candidates apply.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Channel {
    /// Who runs it.
    pub operator: Option<Text>,
    /// Its page.
    pub url: Option<Text>,
    /// How it goes.
    pub how: Option<Text>,
}

/// Whether one can apply oneself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Application {
    /// One applies oneself.
    #[default]
    Individual,
    /// One is put forward by somebody else.
    Nomination,
}

words!(Application { Individual => "individual", Nomination => "nomination" });

/// One route by which one donor, or a fund of several, sponsors candidates.
///
/// What tells whom it is not for is at hand; the rest stays packed until somebody looks into it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Window {
    /// Its id.
    pub id: Text,
    /// The donors, the file's own first.
    pub donors: Vec<DonorCode>,
    /// The nationalities without one of which nobody comes in, if it is as simple as that.
    pub nations: Option<Nations>,
    /// All else.
    pub terms: Packed<Terms>,
}

/// What a window asks and offers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Terms {
    /// Its title.
    pub title: Text,
    /// The id of its programme.
    pub programme: Text,
    /// Ids of its hosts.
    pub hosts: Packed<Vec<Text>>,
    /// What is known of the hosts beyond the ids.
    pub hosts_note: Option<Text>,
    /// Whether one can apply oneself.
    pub application: Application,
    /// Where to apply, if not by the donor's channel.
    pub apply: Option<Text>,
    /// How long a posting lasts.
    pub duration: Option<Text>,
    /// Worth knowing, not a condition.
    pub info: Packed<Vec<Text>>,
    /// What a reader should know.
    pub note: Option<Text>,
    /// What is known of earlier calls without an opening day.
    pub past_calls: Packed<Vec<Text>>,
    /// Whether posts appear all year.
    pub rolling: bool,
    /// The dated calls, earliest first.
    pub calls: Vec<Call>,
    /// The period expected every year.
    pub recurring: Option<Recurring>,
    /// What the donor asks.
    pub requirements: Vec<Requirement>,
    /// Where it is written.
    pub place: Place,
}

impl Deref for Window {
    type Target = Terms;

    fn deref(&self) -> &Terms {
        &self.terms
    }
}

impl Window {
    /// Whether it answers as `other` does; sources, words and places aside.
    pub fn decides_like(&self, other: &Self) -> bool {
        let yearly =
            |window: &Self| window.recurring.as_ref().map(|rule| (rule.opens, rule.closes));
        let calls = self.calls.iter().zip(&other.calls);
        self.programme == other.programme
            && self.rolling == other.rolling
            && yearly(self) == yearly(other)
            && self.calls.len() == other.calls.len()
            && calls.into_iter().all(|(one, other)| {
                (one.opens, one.closes) == (other.opens, other.closes)
                    && decide_alike(&one.overrides, &other.overrides)
            })
            && decide_alike(&self.requirements, &other.requirements)
    }

    /// Its requirements and those of its calls.
    pub fn every_requirement(&self) -> impl Iterator<Item = &Requirement> {
        self.requirements.iter().chain(self.calls.iter().flat_map(|call| &call.overrides))
    }
}

/// The body that administers posts and states a usual profile.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Programme {
    /// Its id.
    pub id: Text,
    /// Its name.
    pub name: Text,
    /// Its page.
    pub url: Option<Text>,
    /// What it is.
    pub about: Option<Text>,
    /// The grade of its posts.
    pub grade: Option<Text>,
    /// How long a posting lasts.
    pub duration: Option<Text>,
    /// The usual time to entry on duty, if it is on record.
    pub months_to_entry: Option<MonthsToEntry>,
    /// The steps of its process, first to last.
    pub steps: Packed<Vec<Step>>,
    /// What binds a choice between any of its windows.
    pub limits: Packed<Vec<Limit>>,
    /// The usual profile as it stands in where a donor's own rule is not on record; a part that
    /// it lacks too is [`Rule::NotOnRecord`](super::Rule::NotOnRecord).
    pub stand_ins: Packed<Vec<Requirement>>,
}

impl Programme {
    /// Whether its usual profile decides as that of `other` does; sources, words and places aside.
    pub fn decides_like(&self, other: &Self) -> bool {
        decide_alike(&self.stand_ins, &other.stand_ins)
    }
}

/// The usual time to entry on duty, in calendar months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct MonthsToEntry {
    /// The fewest, inclusive.
    pub min: u32,
    /// The most, inclusive.
    pub max: u32,
    /// The day they are counted from.
    pub from: EntryFrom,
    /// What a reader should know.
    pub note: Option<Text>,
    /// Ids of the sources.
    pub sources: Vec<Text>,
}

/// The day that the months to entry on duty are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum EntryFrom {
    /// The day the donor publishes the post: the first day of the call.
    Publication,
    /// The last day of the call.
    Close,
}

words!(EntryFrom { Publication => "publication", Close => "close" });

/// A step of the process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Step {
    /// Who acts.
    pub who: Text,
    /// What is done.
    pub what: Text,
    /// How long it takes.
    pub months: Option<Text>,
}

/// A UN organisation or office where JPOs work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Host {
    /// Its id.
    pub id: Text,
    /// Its name.
    pub name: Text,
    /// Acronyms and older names.
    pub aliases: Vec<Text>,
    /// Whether "UN organisations in general" means it too.
    pub in_un_system: bool,
}

/// A scheme often mistaken for the JPO programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Lookalike {
    /// Its id.
    pub id: Text,
    /// Its name.
    pub name: Text,
    /// How it differs, one sentence.
    pub difference: Text,
    /// The donors whose candidates meet it; empty = all.
    pub donors: Vec<DonorCode>,
}
