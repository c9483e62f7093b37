//! Donors, windows, programmes, hosts and declared facts.

use serde::{Deserialize, Serialize};

use super::{Call, Place, Recurring, Requirement};
use crate::vocabulary::{DonorCode, words};

/// A government or body that pays for posts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Donor {
    /// Its code.
    pub code: DonorCode,
    /// Its name.
    pub name: String,
    /// What is known of its programme as a whole.
    pub about: Option<String>,
    /// Where candidates apply.
    pub channel: Channel,
}

/// Where candidates apply.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Channel {
    /// Who runs it.
    pub operator: Option<String>,
    /// Its page.
    pub url: Option<String>,
    /// How it goes.
    pub how: Option<String>,
}

/// Whether one can apply oneself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Application {
    /// One applies oneself.
    Individual,
    /// One is put forward by somebody else.
    Nomination,
}

words!(Application { Individual => "individual", Nomination => "nomination" });

/// One route by which one donor, or a fund of several, sponsors candidates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The donors, the file's own first.
    pub donors: Vec<DonorCode>,
    /// The id of its programme.
    pub programme: String,
    /// Ids of its hosts.
    pub hosts: Vec<String>,
    /// What is known of the hosts beyond the ids.
    pub hosts_note: Option<String>,
    /// Whether one can apply oneself.
    pub application: Application,
    /// Where to apply, if not by the donor's channel.
    pub apply: Option<String>,
    /// How long a posting lasts.
    pub duration: Option<String>,
    /// Worth knowing, not a condition.
    pub info: Vec<String>,
    /// What a reader should know.
    pub note: Option<String>,
    /// What is known of earlier calls without an opening day.
    pub past_calls: Vec<String>,
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

/// The body that administers posts and states a usual profile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Programme {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its page.
    pub url: Option<String>,
    /// What it is.
    pub about: Option<String>,
    /// The grade of its posts.
    pub grade: Option<String>,
    /// How long a posting lasts.
    pub duration: Option<String>,
    /// The usual time from the donor's publication to entry on duty.
    pub months_to_entry: Option<String>,
    /// The steps of its process, first to last.
    pub steps: Vec<Step>,
    /// The usual profile as it stands in where a donor's own rule is not on record; a part that
    /// it lacks too is [`Rule::NotOnRecord`](super::Rule::NotOnRecord).
    pub stand_ins: Vec<Requirement>,
}

/// A step of the process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Who acts.
    pub who: String,
    /// What is done.
    pub what: String,
    /// How long it takes.
    pub months: Option<String>,
}

/// A UN organisation or office where JPOs work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Acronyms and older names.
    pub aliases: Vec<String>,
    /// Whether "UN organisations in general" means it too.
    pub in_un_system: bool,
}

/// A scheme often mistaken for the JPO programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lookalike {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How it differs, one sentence.
    pub difference: String,
    /// The donors whose candidates meet it; empty = all.
    pub donors: Vec<DonorCode>,
}

/// The type of a declared fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FactType {
    /// Yes or no.
    Flag,
    /// A whole number, never negative.
    Number,
    /// One of these choices.
    Choice(Vec<String>),
    /// A date.
    Date,
}

/// A question that no other key of a profile answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactDeclaration {
    /// Its id: the key under `facts`.
    pub id: String,
    /// Its type.
    pub kind: FactType,
    /// The question to a candidate.
    pub question: String,
    /// The unit of a number.
    pub unit: Option<String>,
    /// More about it.
    pub help: Option<String>,
}
