//! The rules of windows in plain words, without a profile.

mod told;

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Apply, Call, Data, Host, Named, RuleRef, SourceReport, SupersededReport, Tool, basis_words,
    call_words, json, part_words, schema, strength_words,
};
use crate::explain;
use crate::rules::Limit;
use crate::vocabulary::Text;

/// The rules of one donor's windows, as of a day.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RulesReport {
    /// 1.
    pub format: u32,
    /// The program.
    pub tool: Tool,
    /// The day of the question: the rules are those for an application on it.
    pub as_of: String,
    /// The rules it answers from.
    pub data: Data,
    /// The donor.
    pub donor: DonorRules,
    /// The windows asked for.
    pub windows: Vec<WindowRules>,
}

/// A donor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DonorRules {
    /// Its code.
    pub code: Text,
    /// Its name.
    pub name: Text,
    /// What is known of its programme as a whole.
    pub about: Option<Text>,
}

/// One window.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WindowRules {
    /// Its id.
    pub id: Text,
    /// Its title.
    pub title: Text,
    /// Its donors.
    pub donors: Vec<Named>,
    /// Its hosts.
    pub hosts: Vec<Host>,
    /// What is known of the hosts beyond their names.
    pub hosts_note: Option<Text>,
    /// Its programme.
    pub programme: Host,
    /// The call that matters on the day.
    pub call: Call,
    /// Where to apply.
    pub apply: Apply,
    /// How long a posting lasts.
    pub duration: Option<Text>,
    /// What is asked, in the order of the criteria; the programme's usual profile stands in where
    /// the donor's own rule is not on record.
    pub requirements: Vec<RequirementRules>,
    /// Every dated call on record, earliest first.
    pub calls: Vec<CallRules>,
    /// The period expected every year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recurring: Option<RecurringRules>,
    /// What is known of earlier calls without an opening day.
    pub past_calls: Vec<Text>,
    /// What binds a choice between this window and others, or between its posts.
    pub limits: Vec<LimitRules>,
    /// Worth knowing, not a condition.
    pub info: Vec<Text>,
    /// What a reader should know.
    pub note: Option<Text>,
    /// The lists of countries that the rules name.
    pub groups: Vec<GroupRules>,
    /// Every source named.
    pub sources: Vec<SourceReport>,
    /// Where the window is written.
    pub rule: RuleRef,
}

/// What is asked under a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RequirementRules {
    /// The table of the rule file.
    #[schemars(schema_with = "part_words")]
    pub part: &'static str,
    /// `required`, `usual`, `asset` or `judged`.
    #[schemars(schema_with = "strength_words")]
    pub strength: &'static str,
    /// `window` or `programme`.
    #[schemars(schema_with = "basis_words")]
    pub basis: &'static str,
    /// Whether it holds for an application on the day.
    pub in_force: bool,
    /// The first application day on which it holds, inclusive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<String>,
    /// The last application day on which it holds, inclusive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<String>,
    /// What is asked, short: the readings told apart by "or".
    pub asked: String,
    /// What it says besides.
    pub details: Vec<String>,
    /// The ways to read it, or the sources in conflict, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<ReadingRules>,
    /// The page's words, paraphrased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wording: Option<Text>,
    /// What a reader should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// Older or weaker pages: shown, never deciding.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub superseded: Vec<SupersededReport>,
    /// Ids of the sources that say so, those of every reading, the one to cite first.
    pub sources: Vec<Text>,
    /// Whether a source that it rests on is past the day it should have been looked at again.
    pub stale: bool,
    /// Where it is written.
    pub rule: RuleRef,
}

/// One way to read a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReadingRules {
    /// What is asked.
    pub asked: String,
    /// What it says besides.
    pub details: Vec<String>,
    /// The page's words, paraphrased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wording: Option<Text>,
    /// Ids of the sources that read so.
    pub sources: Vec<Text>,
}

/// A dated call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CallRules {
    /// First day, inclusive.
    pub opens: String,
    /// Last day, inclusive.
    pub closes: String,
    /// `open`, `upcoming` or `closed`.
    #[schemars(schema_with = "call_words")]
    pub state: &'static str,
    /// What a reader should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// Ids of the sources.
    pub sources: Vec<Text>,
    /// What this call asks instead of the window's rule of the same table.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<RequirementRules>,
}

/// A period expected every year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RecurringRules {
    /// First day as `MM-DD`, inclusive.
    pub opens: String,
    /// Last day as `MM-DD`, inclusive.
    pub closes: String,
    /// What a reader should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// Ids of the sources.
    pub sources: Vec<Text>,
}

/// What binds a choice between windows, or between the posts of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LimitRules {
    /// What it says, and over which windows.
    pub says: String,
    /// Ids of the sources.
    pub sources: Vec<Text>,
    /// Where it is written.
    pub rule: RuleRef,
}

impl From<&Limit> for LimitRules {
    fn from(limit: &Limit) -> Self {
        Self {
            says: explain::limit(limit),
            sources: limit.sources.clone(),
            rule: RuleRef::from(&limit.place),
        }
    }
}

/// A list of countries, on the day of the question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GroupRules {
    /// Its id.
    pub id: Text,
    /// Its name.
    pub name: Text,
    /// What it is.
    pub about: Option<Text>,
    /// Whether a country that is not named is surely outside.
    pub complete: bool,
    /// Names of those surely inside, sorted.
    pub inside: Vec<Text>,
    /// Names of those whose end of membership is contested.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contested: Vec<Text>,
    /// Names of those of which it is not on record whether they are inside.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub uncertain: Vec<Text>,
    /// Ends still to come, a sentence each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ends: Vec<String>,
}

impl RulesReport {
    /// The JSON Schema of the rules in words.
    pub fn schema() -> serde_json::Value {
        schema::<Self>("jpo-check rules show, format 1")
    }

    /// The rules as JSON text, with a final line break.
    pub fn to_json(&self) -> String {
        json(self)
    }
}
