//! The report: the only types that are written out, format 1.
//!
//! Keys are snake case, dates ISO 8601, words closed lower-case sets. An absent key does not
//! apply; `null` is not known. Within a format, changes only add.

mod ask;
mod batch;
mod build;
mod finding;
mod how;
mod in_turn;
mod named;
mod plan;
mod question;
mod request;
mod rules;
mod shown;
mod timeline;
mod what_if;
mod when;
mod window;
mod windows;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use crate::rules::{Criterion, Place, Superseded};
use crate::vocabulary::Text;

pub use ask::{AskReport, Counts, Next};
pub(crate) use batch::VERDICTS_LISTED;
pub use batch::{
    BatchLine, BatchSummary, ErrorLine, FindingsLine, FindingsOfWindow, LineError, ReportLine,
    VerdictsLine, WindowCounts,
};
pub use how::{DoubtReport, HowReport, ObstacleReport, PaceReport, StepReport, WayReport};
pub(crate) use in_turn::InTurn;
pub use plan::{
    EntryOnDuty, Months, PlanLater, PlanLimit, PlanProgramme, PlanReport, PlanStep, PlanWindow,
};
pub use request::{Ask, Detail, YEARS_AHEAD};
pub use rules::{
    CallRules, DonorRules, GroupRules, LimitRules, ReadingRules, RecurringRules, RequirementRules,
    RulesReport, WindowRules,
};
pub use shown::Shown;
pub use what_if::{BeforeAfter, Found, Moved, What, WhatIf, WindowChange};
pub use when::{WhenReport, WindowTimeline};
pub use windows::{DueSource, WindowLine, WindowList};

// The lines below are shown in the schema, where the windows are always a list; in the batch they
// are made one by one as they are written.
/// All windows' verdicts and findings for one profile.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Report<W = Vec<WindowReport>> {
    /// 1.
    pub format: u32,
    /// The program.
    pub tool: Tool,
    /// The rules it answered from.
    pub data: Data,
    /// The application day.
    pub as_of: String,
    /// Whose report it is.
    pub profile: ProfileRef,
    /// A count per verdict.
    pub summary: Summary,
    /// The verdicts of the windows that are listed, where not all were asked for; the others are
    /// only counted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(schema_with = "verdict_lists")]
    pub only: Vec<&'static str>,
    /// The windows, sorted by verdict, then first donor, then id.
    pub windows: W,
    /// Facts whose telling can still change a verdict, the best to tell next first.
    pub ask: Vec<Question>,
    /// Parts of the profile that some window looks at, that are not told or told in part, and of
    /// which nothing can change a verdict: keys, and `facts.<id>` for declared facts.
    pub settled: Vec<Text>,
    /// The criteria of more windows that are shut, which a screen only counts.
    #[serde(skip)]
    pub also_shut: Vec<Criterion>,
    /// The window that a screen names as an example: the first that is near, or the first of all.
    #[serde(skip)]
    pub example: Option<Text>,
}

/// The program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Tool {
    /// `jpo-check`.
    pub name: Text,
    /// Its version.
    pub version: String,
}

impl Tool {
    /// The program that is running.
    pub(crate) fn this() -> Self {
        Self { name: env!("CARGO_PKG_NAME").into(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

/// The rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Data {
    /// A hash of the rule files.
    pub version: Text,
    /// How many donors there are.
    pub donors: usize,
    /// How many windows there are.
    pub windows: usize,
    /// The oldest day on which a source was checked.
    pub oldest_checked: Option<String>,
    /// The newest day on which a source was checked.
    pub newest_checked: Option<String>,
}

/// Whose report it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ProfileRef {
    /// The profile's `id`, if it has one.
    pub id: Option<Text>,
}

/// A count per verdict, over all windows that were asked about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Summary {
    /// How many are eligible.
    pub eligible: usize,
    /// How many are likely.
    pub likely: usize,
    /// How many are undetermined.
    pub undetermined: usize,
    /// How many are ineligible.
    pub ineligible: usize,
    /// Eligible and likely together.
    pub open: usize,
}

/// One window.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WindowReport {
    /// Its id.
    pub id: Text,
    /// Its title.
    pub title: Text,
    /// Its donors; a fund can have several.
    pub donors: Vec<Named>,
    /// Its hosts.
    pub hosts: Vec<Host>,
    /// Its programme.
    pub programme: Host,
    /// `eligible`, `likely`, `undetermined` or `ineligible`.
    #[schemars(schema_with = "verdict_words")]
    pub verdict: &'static str,
    /// Whether it counts as open: eligible or likely.
    pub open: bool,
    /// The call.
    pub call: Call,
    /// Where to apply.
    pub apply: Apply,
    /// Every requirement's finding.
    pub findings: Vec<FindingReport>,
    /// What to confirm with the donor.
    pub confirm: Vec<Confirm>,
    /// The sources of the findings.
    pub sources: Vec<SourceReport>,
    /// Until when and from when: spans of application days without a gap, from `as_of` on, each of
    /// another verdict than the one before.
    pub timeline: Vec<SpanReport>,
    /// For a window that is not open, the earliest way in by a single change, if there is one and
    /// nothing is left to tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub way: Option<WayReport>,
    /// For an ineligible window, the criterion it is counted under: the first that shuts out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_by: Option<&'static str>,
    /// How a screen shows it.
    #[serde(skip)]
    pub shown: Shown,
}

/// A donor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Named {
    /// Its code.
    pub code: Text,
    /// Its name.
    pub name: Text,
}

/// A host or programme.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Host {
    /// Its id.
    pub id: Text,
    /// Its name.
    pub name: Text,
}

/// The call that matters on the day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Call {
    /// `open`, `rolling`, `upcoming`, `closed` or `unannounced`.
    #[schemars(schema_with = "call_words")]
    pub state: &'static str,
    /// First day, inclusive.
    pub opens: Option<String>,
    /// Last day, inclusive.
    pub closes: Option<String>,
    /// Whether the days are expected from earlier years rather than announced.
    pub expected: bool,
}

/// Where to apply.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Apply {
    /// Whether one can apply oneself; if not, one is nominated.
    pub individual: bool,
    /// Who runs it.
    pub operator: Option<Text>,
    /// The page.
    pub url: Option<Text>,
    /// How it goes.
    pub how: Option<Text>,
}

/// One requirement held against the profile.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FindingReport {
    /// The criterion.
    #[schemars(schema_with = "criterion_words")]
    pub criterion: &'static str,
    /// `met`, `unmet` or `unknown`.
    #[schemars(schema_with = "outcome_words")]
    pub outcome: &'static str,
    /// `required`, `usual`, `asset` or `judged`.
    #[schemars(schema_with = "strength_words")]
    pub strength: &'static str,
    /// `window` or `programme`.
    #[schemars(schema_with = "basis_words")]
    pub basis: &'static str,
    /// Why the outcome is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "cause_words")]
    pub cause: Option<&'static str>,
    /// What is asked, short.
    pub required: String,
    /// What was found, short.
    pub found: String,
    /// One or two sentences.
    pub reason: String,
    /// What the outcome takes for granted, a sentence each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub caveats: Vec<String>,
    /// The profile paths used, or missing where the cause is `not_told`.
    pub facts: Vec<Text>,
    /// The source to cite: an id in `sources`.
    pub source: Option<Text>,
    /// Whether a source that it rests on is past the day it should have been looked at again: the
    /// one to cite of any reading, or one of a list of countries.
    pub stale: bool,
    /// The line of the rule file.
    pub rule: RuleRef,
    /// The page's words, paraphrased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wording: Option<Text>,
    /// What a reader should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// The outcome in each reading, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<ReadingReport>,
    /// Older or weaker pages: shown, never deciding.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub superseded: Vec<SupersededReport>,
}

/// Application days that follow each other and have one verdict, taking for granted that work that
/// goes on goes on, that degrees are awarded as expected, and that the rules stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SpanReport {
    /// The first day.
    pub from: String,
    /// The last day, inclusive; `null` at the horizon, 15 years on unless asked otherwise.
    pub to: Option<String>,
    /// The verdict.
    #[schemars(schema_with = "verdict_words")]
    pub verdict: &'static str,
    /// What changes the verdict on the first day; empty for the first span.
    pub because: Vec<BecauseReport>,
}

/// What changes a verdict from some day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BecauseReport {
    /// The criterion.
    #[schemars(schema_with = "criterion_words")]
    pub criterion: &'static str,
    /// What comes about, short.
    pub text: String,
    /// The profile paths used.
    pub facts: Vec<Text>,
    /// The line of the rule file.
    pub rule: RuleRef,
}

/// A line of a rule file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RuleRef {
    /// The file, relative to the data folder.
    pub file: Text,
    /// The line, counted from 1.
    pub line: usize,
}

impl From<&Place> for RuleRef {
    fn from(place: &Place) -> Self {
        Self { file: place.file.clone(), line: place.line }
    }
}

/// The outcome in one reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReadingReport {
    /// `met` or `unmet`.
    #[schemars(schema_with = "outcome_words")]
    pub outcome: &'static str,
    /// What the reading takes for granted.
    #[serde(rename = "if")]
    pub conditions: Vec<String>,
    /// The sources that read so.
    pub sources: Vec<Text>,
}

/// An older or weaker page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SupersededReport {
    /// What it says.
    pub says: Text,
    /// Its sources.
    pub sources: Vec<Text>,
}

impl From<&Superseded> for SupersededReport {
    fn from(old: &Superseded) -> Self {
        Self { says: old.says.clone(), sources: old.sources.clone() }
    }
}

/// A point to confirm with the donor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Confirm {
    /// The criterion.
    #[schemars(schema_with = "criterion_words")]
    pub criterion: &'static str,
    /// What to ask.
    pub text: String,
    /// Whether it is met by the programme's usual profile, the donor's own rule not being on
    /// record.
    pub usual: bool,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourceReport {
    /// Its id.
    pub id: Text,
    /// Who publishes it.
    pub publisher: Text,
    /// Where it is or was.
    pub url: Option<Text>,
    /// The date that the page bears: a year, a month or a day.
    pub published: Option<Text>,
    /// What its content shows of its date, where it bears none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dated: Option<Text>,
    /// The day somebody looked at it.
    pub checked: String,
    /// The last day on which it need not be looked at again.
    pub recheck_by: Option<String>,
    /// `official`, `second_hand` or `inferred`.
    #[schemars(schema_with = "source_words")]
    pub kind: &'static str,
    /// Whether it is past the day it should have been looked at again.
    pub stale: bool,
    /// What it says, paraphrased.
    pub says: Text,
}

/// A fact still worth telling.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Question {
    /// The path in the profile.
    pub fact: Text,
    /// The question to the candidate.
    pub question: String,
    /// The undetermined windows whose verdict it can change.
    pub windows: Vec<Text>,
    /// How many windows are expected to be settled by its telling alone.
    pub settles: f64,
}

impl Report {
    /// The JSON Schema of a report.
    pub fn schema() -> serde_json::Value {
        schema::<Self>("jpo-check report, format 1")
    }

    /// The report as JSON text, with a final line break.
    pub fn to_json(&self) -> String {
        json(self)
    }
}

impl JsonSchema for Text {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }
}

/// The JSON Schema of an answer.
fn schema<T: JsonSchema>(title: &str) -> serde_json::Value {
    // What is written: a key that may be left out is not required.
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    if let serde_json::Value::Object(map) = &mut schema {
        map.insert("title".into(), title.into());
    }
    schema
}

/// An answer as JSON text, with a final line break.
fn json(answer: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(answer).unwrap_or_default();
    text.push('\n');
    text
}

/// Defines a schema function for a closed set of words.
macro_rules! word_schema {
    ($($name:ident: $type:ty),+ $(,)?) => {
        $(fn $name(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
            let words = <$type as crate::vocabulary::Words>::WORDS;
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            schemars::json_schema!({"type": "string", "enum": words})
        })+
    };
}

fn verdict_lists(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({"type": "array", "items": verdict_words(generator)})
}

word_schema! {
    verdict_words: crate::engine::Verdict,
    call_words: crate::engine::CallState,
    code_words: crate::diagnostic::Code,
    criterion_words: Criterion,
    outcome_words: crate::engine::Outcome,
    part_words: crate::rules::Part,
    strength_words: crate::rules::Strength,
    basis_words: crate::rules::Basis,
    cause_words: crate::engine::Cause,
    source_words: crate::rules::SourceKind,
    start_words: crate::plan::Start,
    bearing_words: crate::plan::Bearing,
    from_words: crate::rules::EntryFrom,
}
