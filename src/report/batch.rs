//! The answers of a batch, a line each, and its summary.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Ask, Data, FindingReport, InTurn, Report, Summary, Tool, WindowReport, code_words, json,
    schema, verdict_words,
};
use crate::batch::{Batch, Tally};
use crate::dataset::Dataset;
use crate::diagnostic::Problems;
use crate::engine::{Assessment, Verdict};
use crate::vocabulary::Text;

/// One line of the answers: to a profile, by the detail asked for, or to a line that is none.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum BatchLine {
    /// With `--detail verdicts`.
    Verdicts(VerdictsLine),
    /// With `--detail findings`.
    Findings(FindingsLine),
    /// With `--detail report`.
    Report(Box<ReportLine>),
    /// The line is no profile.
    Error(ErrorLine),
}

/// The verdicts whose windows a [`VerdictsLine`] lists, in the order of its keys.
pub(crate) const VERDICTS_LISTED: [Verdict; 3] =
    [Verdict::Eligible, Verdict::Likely, Verdict::Undetermined];

/// The windows that are not ineligible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct VerdictsLine {
    /// The line of the input, counted from 1 through all inputs.
    pub line: u64,
    /// The profile's `id`, if it has one.
    pub id: Option<String>,
    /// Ids of the windows with this verdict, sorted.
    pub eligible: Vec<Text>,
    /// The same.
    pub likely: Vec<Text>,
    /// The same.
    pub undetermined: Vec<Text>,
}

/// Every window asked about, with its findings.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FindingsLine<W = Vec<FindingsOfWindow>> {
    /// The line of the input, counted from 1 through all inputs.
    pub line: u64,
    /// The profile's `id`, if it has one.
    pub id: Option<Text>,
    /// The windows, sorted by first donor, then id.
    pub windows: W,
}

/// One window with its findings.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FindingsOfWindow {
    /// Its id.
    pub id: Text,
    /// `eligible`, `likely`, `undetermined` or `ineligible`.
    #[schemars(schema_with = "verdict_words")]
    pub verdict: &'static str,
    /// Whether it counts as open: eligible or likely.
    pub open: bool,
    /// Every requirement's finding.
    pub findings: Vec<FindingReport>,
}

/// The whole report.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ReportLine<W = Vec<WindowReport>> {
    /// The line of the input, counted from 1 through all inputs.
    pub line: u64,
    /// The profile's `id`, if it has one.
    pub id: Option<Text>,
    /// What a check prints with `--format json`.
    pub report: Report<W>,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ErrorLine {
    /// The line of the input, counted from 1 through all inputs.
    pub line: u64,
    /// Its first problem.
    pub error: LineError,
    /// How many problems it has, if more than one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problems: Option<usize>,
}

/// A problem of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LineError {
    /// The kind of problem.
    #[schemars(schema_with = "code_words")]
    pub code: &'static str,
    /// One sentence.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The place in the line, in characters, counted from 1; absent where the whole line is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
}

impl BatchLine {
    /// The JSON Schema of a line.
    pub fn schema() -> serde_json::Value {
        schema::<Self>("jpo-check batch: a line of the answers, format 1")
    }
}

impl FindingsLine {
    /// Puts the assessments of one profile into words as they are written.
    pub(crate) fn in_turn(
        line: u64,
        data: &Dataset,
        ask: Ask<'_>,
        assessments: &[Assessment<'_>],
    ) -> FindingsLine<InTurn<impl Iterator<Item = FindingsOfWindow>>> {
        let of_window = move |assessment: &Assessment<'_>| FindingsOfWindow {
            id: assessment.window.id.clone(),
            verdict: assessment.verdict.word(),
            open: assessment.verdict.is_open(),
            findings: FindingReport::all_of(data, ask, assessment),
        };
        let windows = InTurn::new(assessments.iter().map(of_window));
        FindingsLine { line, id: ask.candidate.profile.id.clone(), windows }
    }
}

impl ErrorLine {
    /// What is wrong with a line that is no profile; `None` if nothing is.
    pub(crate) fn new(line: u64, problems: &Problems) -> Option<Self> {
        let first = problems.list.first()?;
        let place = problems.text(&first.file).map(|text| text.position(first.span.start));
        let error = LineError {
            code: first.code.word(),
            message: first.message.clone(),
            help: first.help.clone(),
            column: place.map(|(_, column)| column),
        };
        let count = problems.list.len();
        Some(Self { line, error, problems: Some(count).filter(|count| *count > 1) })
    }
}

/// What came out for all profiles, counted.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct BatchSummary {
    /// 1.
    pub format: u32,
    /// The program.
    pub tool: Tool,
    /// The rules it answered from.
    pub data: Data,
    /// The application day.
    pub as_of: String,
    /// How many lines were read, the empty ones among them.
    pub lines: u64,
    /// How many profiles were answered.
    pub profiles: u64,
    /// How many lines are no profile.
    pub failed: u64,
    /// How many of these have which kind of problem first.
    pub errors: BTreeMap<&'static str, u64>,
    /// How many profiles have a window that is open to them.
    pub open: u64,
    /// Of how many profiles and windows a required requirement is unmet, by its criterion, counted
    /// as for each window; a profile counts once for each.
    pub unmet: BTreeMap<&'static str, u64>,
    /// The windows asked about, sorted by first donor, then id.
    pub windows: Vec<WindowCounts>,
}

/// What came out for one window, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WindowCounts {
    /// Its id.
    pub id: Text,
    /// How many profiles have each verdict.
    pub verdicts: Summary,
    /// Of how many profiles a required requirement is unmet, by its criterion. Sponsorship counts
    /// those whom nationality leaves; every other criterion counts all those whom both leave.
    pub unmet: BTreeMap<&'static str, u64>,
}

impl BatchSummary {
    /// The summary of what `batch` answered.
    pub fn new(batch: &Batch<'_>, tally: &Tally) -> Self {
        let mut unmet = BTreeMap::new();
        let mut windows = Vec::with_capacity(batch.windows.len());
        for (window, counted) in batch.by_id().into_iter().zip(tally.windows()) {
            let own = counted.unmet();
            for (criterion, count) in &own {
                *unmet.entry(*criterion).or_default() += count;
            }
            let verdicts = counted.verdicts();
            windows.push(WindowCounts { id: window.id.clone(), verdicts, unmet: own });
        }
        Self {
            format: 1,
            tool: Tool::this(),
            data: Data::of(batch.data),
            as_of: batch.as_of.to_string(),
            lines: tally.lines,
            profiles: tally.profiles,
            failed: tally.failures(),
            errors: tally.failed.clone(),
            open: tally.open,
            unmet,
            windows,
        }
    }

    /// The JSON Schema of a summary.
    pub fn schema() -> serde_json::Value {
        schema::<Self>("jpo-check batch: the summary, format 1")
    }

    /// The summary as JSON text, with a final line break.
    pub fn to_json(&self) -> String {
        json(self)
    }

    /// The summary as one line of JSON, with a final line break.
    pub fn to_line(&self) -> String {
        format!("{}\n", serde_json::to_string(self).unwrap_or_default())
    }
}
