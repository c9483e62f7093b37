//! What differs between the answers to a profile and to the same profile with changes.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::named::donors;
use super::{
    Data, Named, ProfileRef, Summary, Tool, basis_words, cause_words, criterion_words, json,
    outcome_words, schema, verdict_lists, verdict_words,
};
use crate::dataset::Dataset;
use crate::engine::{Assessment, Candidate, Cause, Finding, Scene, Verdict};
use crate::explain::{Speaker, found, required};
use crate::vocabulary::Text;

/// What differs for a profile with changes.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WhatIf {
    /// 1.
    pub format: u32,
    /// The program.
    pub tool: Tool,
    /// The rules it answers from.
    pub data: Data,
    /// The application day.
    pub as_of: String,
    /// Whose profile it is.
    pub profile: ProfileRef,
    /// The changes in their order, each as `--what-if` takes it.
    pub what_if: Vec<String>,
    /// A count per verdict, over the windows selected.
    pub summary: BeforeAfter<Summary>,
    /// The verdicts after of the windows that are listed, where not all were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(schema_with = "verdict_lists")]
    pub only: Vec<&'static str>,
    /// The windows that differ, sorted by verdict after, then first donor, then id.
    pub windows: Vec<WindowChange>,
}

/// Something without and with the changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BeforeAfter<T> {
    /// Without them.
    pub before: T,
    /// With them.
    pub after: T,
}

/// A window whose verdict differs, or what its verdict hangs on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WindowChange {
    /// Its id.
    pub id: Text,
    /// Its title.
    pub title: Text,
    /// Its donors.
    pub donors: Vec<Named>,
    /// The verdict without the changes.
    #[schemars(schema_with = "verdict_words")]
    pub before: &'static str,
    /// The verdict with them.
    #[schemars(schema_with = "verdict_words")]
    pub after: &'static str,
    /// What makes the difference, in a sentence.
    pub because: String,
    /// The findings that differ and that the verdict hangs on, before or after.
    pub findings: Vec<Moved>,
}

/// A finding that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Moved {
    /// The criterion.
    #[schemars(schema_with = "criterion_words")]
    pub criterion: &'static str,
    /// What is asked, short.
    pub required: String,
    /// Without the changes.
    pub before: Found,
    /// With them.
    pub after: Found,
}

impl Moved {
    /// What was found without the changes and with them, or the outcomes if that is the same.
    pub fn words(&self) -> (String, String) {
        let Self { before, after, .. } = self;
        if before.found != after.found && !before.found.is_empty() && !after.found.is_empty() {
            return (before.found.clone(), after.found.clone());
        }
        let outcome = |found: &Found| match found.cause {
            Some(cause) => format!("{} ({})", found.outcome, cause.replace('_', " ")),
            None => found.outcome.to_owned(),
        };
        (outcome(before), outcome(after))
    }
}

/// What comes of a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Found {
    /// `met`, `unmet` or `unknown`.
    #[schemars(schema_with = "outcome_words")]
    pub outcome: &'static str,
    /// Why it is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "cause_words")]
    pub cause: Option<&'static str>,
    /// `window` or `programme`.
    #[schemars(schema_with = "basis_words")]
    pub basis: &'static str,
    /// What was found, short.
    pub found: String,
}

/// What is asked: the day, and the candidate without and with the changes.
#[derive(Debug, Clone, Copy)]
pub struct What<'a> {
    /// The candidate as told.
    pub before: &'a Candidate<'a>,
    /// The candidate with the changes.
    pub after: &'a Candidate<'a>,
    /// The application day.
    pub as_of: NaiveDate,
}

impl WhatIf {
    /// Puts what differs between each window's two assessments, without the changes and with them,
    /// into words; `edits` are the changes as they are written.
    pub fn new(
        data: &Dataset,
        what: What<'_>,
        edits: Vec<String>,
        pairs: &[BeforeAfter<Assessment<'_>>],
    ) -> Self {
        let mut sorted: Vec<&BeforeAfter<Assessment<'_>>> = pairs.iter().collect();
        sorted.sort_by_key(|pair| {
            (pair.after.verdict, pair.after.window.donors.first(), &pair.after.window.id)
        });
        Self {
            format: 1,
            tool: Tool::this(),
            data: Data::of(data),
            as_of: what.as_of.to_string(),
            profile: ProfileRef { id: what.after.profile.id.clone() },
            what_if: edits,
            summary: BeforeAfter {
                before: Summary::of(pairs.iter().map(|pair| pair.before.verdict)),
                after: Summary::of(pairs.iter().map(|pair| pair.after.verdict)),
            },
            only: Vec::new(),
            windows: sorted.iter().filter_map(|pair| change(data, what, pair)).collect(),
        }
    }

    /// The same with only those windows listed that are in one of these verdicts after; all if
    /// there is none.
    #[must_use]
    pub fn only(self, verdicts: &[Verdict]) -> Self {
        let only: Vec<&'static str> = verdicts.iter().map(|verdict| verdict.word()).collect();
        let mut windows = self.windows;
        windows.retain(|window| only.is_empty() || only.contains(&window.after));
        Self { only, windows, ..self }
    }

    /// The JSON Schema of the answer.
    pub fn schema() -> serde_json::Value {
        schema::<Self>("jpo-check what-if, format 1")
    }

    /// The answer as JSON text, with a final line break.
    pub fn to_json(&self) -> String {
        json(self)
    }
}

/// How a window differs, if it does.
fn change(
    data: &Dataset,
    what: What<'_>,
    pair: &BeforeAfter<Assessment<'_>>,
) -> Option<WindowChange> {
    let BeforeAfter { before, after } = pair;
    let decisive: Vec<_> = before.decisive().into_iter().chain(after.decisive()).collect();
    let scene = Scene { data, timing: after.timing, as_of: what.as_of };
    let findings: Vec<Moved> = before
        .findings
        .iter()
        .zip(&after.findings)
        .filter(|(one, two)| {
            one.requirement.strength.decides()
                && decisive.contains(&one.requirement.part.criterion())
                && (one.outcome, one.cause, one.basis) != (two.outcome, two.cause, two.basis)
        })
        .map(|(one, two)| moved(one, two, &scene, what))
        .collect();
    if findings.is_empty() && before.verdict == after.verdict {
        return None;
    }
    let window = after.window;
    Some(WindowChange {
        id: window.id.clone(),
        title: window.title.clone(),
        donors: donors(data, window),
        before: before.verdict.word(),
        after: after.verdict.word(),
        because: because(&findings, pair),
        findings,
    })
}

fn moved(one: &Finding<'_>, two: &Finding<'_>, scene: &Scene<'_>, what: What<'_>) -> Moved {
    let held = |finding: &Finding<'_>, candidate| Found {
        outcome: finding.outcome.word(),
        cause: finding.cause.map(Cause::word),
        basis: finding.basis.word(),
        found: found(finding.requirement, Speaker { scene, candidate }),
    };
    Moved {
        criterion: one.requirement.part.criterion().word(),
        required: required(one.requirement, Speaker { scene, candidate: what.after }),
        before: held(one, what.before),
        after: held(two, what.after),
    }
}

fn because(findings: &[Moved], pair: &BeforeAfter<Assessment<'_>>) -> String {
    let has = |moved: &Moved| format!("{}: {}", moved.criterion, moved.words().1);
    let texts: Vec<String> = findings.iter().map(has).collect();
    if !texts.is_empty() {
        return texts.join("; ");
    }
    // No finding alone decides: requirements together leave a way or none.
    let can = if pair.after.verdict > pair.before.verdict { "cannot" } else { "can" };
    format!("what is asked {can} be met together")
}
