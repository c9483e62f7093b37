//! The next question of an interview, as scripts read it.

use schemars::JsonSchema;
use serde::Serialize;

use super::Summary;
use super::question::questions;
use super::request::Ask;
use super::{Data, Tool};
use crate::dataset::Dataset;
use crate::engine::{Assessment, what_matters};
use crate::profile::Form;
use crate::vocabulary::Text;

/// Where an interview stands.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AskReport {
    /// 1.
    pub format: u32,
    /// The program.
    pub tool: Tool,
    /// The rules it answered from.
    pub data: Data,
    /// The application day.
    pub as_of: String,
    /// How the windows stand.
    pub counts: Counts,
    /// What to ask next; `null` where nothing that can be told changes any verdict.
    pub next: Option<Next>,
    /// Parts of the profile that some window looks at, that are not told or told in part, and of
    /// which nothing can change a verdict: keys, and `facts.<id>` for declared facts.
    pub settled: Vec<Text>,
    /// The profile as it is now.
    pub profile: serde_json::Map<String, serde_json::Value>,
}

/// How the windows stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Counts {
    /// How many are eligible or likely.
    pub open: usize,
    /// How many are ineligible.
    pub ineligible: usize,
    /// How many are undetermined.
    pub undetermined: usize,
}

/// A question to the candidate.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Next {
    /// The path in the profile.
    pub fact: Text,
    /// The question.
    pub question: String,
    /// How to answer it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// What the answer is: `date`, `end` (a date, or `ongoing`), `yes_no`, `number`, `choice`,
    /// `text`, `level`, `country`, `language`, `test`, `countries`, or `list`: of objects, as the
    /// schema of profiles has them.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The answers to choose from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Text>,
    /// The undetermined windows whose verdict it can change.
    pub windows: Vec<Text>,
    /// How many windows are expected to be settled by its telling alone.
    pub settles: f64,
}

impl AskReport {
    /// Says what to ask next of a candidate whose `profile` as JSON is the one that was read,
    /// leaving out the facts `skipped`.
    pub fn new(
        data: &Dataset,
        ask: Ask<'_>,
        assessments: &[Assessment<'_>],
        profile: serde_json::Map<String, serde_json::Value>,
        skipped: &[Text],
    ) -> Self {
        let outlook = what_matters(data, ask.candidate, assessments, ask.as_of);
        let questions = questions(data, ask.candidate.profile, &outlook.matters);
        let next = questions.into_iter().find(|question| !skipped.contains(&question.fact));
        let summary = Summary::of(assessments.iter().map(|assessment| assessment.verdict));
        Self {
            format: 1,
            tool: Tool::this(),
            data: Data::of(data),
            as_of: ask.as_of.to_string(),
            counts: Counts {
                open: summary.open,
                ineligible: summary.ineligible,
                undetermined: summary.undetermined,
            },
            next: next.map(|question| {
                let form = Form::at(data, &question.fact);
                Next {
                    help: form.and_then(Form::help),
                    kind: form.map_or("text", Form::word),
                    choices: form.map(|form| form.choices(data)).unwrap_or_default(),
                    fact: question.fact,
                    question: question.question,
                    windows: question.windows,
                    settles: question.settles,
                }
            }),
            settled: outlook.settled,
            profile,
        }
    }

    /// The JSON Schema of an interview's state.
    pub fn schema() -> serde_json::Value {
        super::schema::<Self>("jpo-check ask, format 1")
    }

    /// The state as JSON text, with a final line break.
    pub fn to_json(&self) -> String {
        super::json(self)
    }
}
