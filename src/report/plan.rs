//! A plan in words.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::named::{apply, call, cited, donors, host};
use super::timeline::span;
use super::{
    Apply, Call, Data, Host, Named, ProfileRef, RuleRef, SourceReport, SpanReport, Tool,
    bearing_words, criterion_words, from_words, json, schema, start_words, verdict_words,
};
use crate::dataset::Dataset;
use crate::engine::{Assessment, Candidate, Verdict};
use crate::explain;
use crate::plan::{Bound, Duty, Later, Plan, Planned};
use crate::rules::{Criterion, MonthsToEntry, Programme, Step, Window};
use crate::vocabulary::Text;

/// What one candidate can apply to, when, and what binds the choice.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PlanReport {
    /// 1.
    pub format: u32,
    /// The program.
    pub tool: Tool,
    /// The application day.
    pub as_of: String,
    /// The rules it answers from.
    pub data: Data,
    /// Whose plan it is.
    pub profile: ProfileRef,
    /// The windows worth applying to: those that are open to the candidate, then those that hang
    /// on something; each by closing day, then opening, then id, those without a known day last.
    pub windows: Vec<PlanWindow>,
    /// The windows that are shut to the candidate today and open later, the earliest first.
    pub later: Vec<PlanLater>,
    /// The limits over two of these windows or more, or over the posts or hosts within one.
    pub limits: Vec<PlanLimit>,
    /// The programmes of these windows, by their first window, with the steps of their process.
    pub programmes: Vec<PlanProgramme>,
    /// The sources of the limits and of the months to entry on duty.
    pub sources: Vec<SourceReport>,
}

/// A window worth applying to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PlanWindow {
    /// Its id.
    pub id: Text,
    /// Its title.
    pub title: Text,
    /// Its donors.
    pub donors: Vec<Named>,
    /// Its hosts.
    pub hosts: Vec<Host>,
    /// The id of its programme.
    pub programme: Text,
    /// `eligible`, `likely` or `undetermined`.
    #[schemars(schema_with = "verdict_words")]
    pub verdict: &'static str,
    /// Whether it counts as open: eligible or likely.
    pub open: bool,
    /// The call.
    pub call: Call,
    /// The first day to apply, inclusive; `null` where no call is known.
    pub apply_from: Option<String>,
    /// The last day to apply, inclusive: the last of the call, or the last on which the window is
    /// not shut to the candidate; `null` where no call is known.
    pub apply_by: Option<String>,
    /// From when on it is shut to the candidate, if that is before the call closes or if no call is
    /// known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shut: Option<SpanReport>,
    /// Where to apply.
    pub apply: Apply,
    /// When the work would begin; `null` where no day to apply is known.
    pub entry: Option<EntryOnDuty>,
    /// The criteria that an undetermined window hangs on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(schema_with = "criteria")]
    pub hangs_on: Vec<&'static str>,
    /// The facts whose telling can change the verdict of an undetermined window, the best to tell
    /// first, as in a check.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tell: Vec<Text>,
}

/// A window that is open later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PlanLater {
    /// Its id.
    pub id: Text,
    /// Its title.
    pub title: Text,
    /// Its donors.
    pub donors: Vec<Named>,
    /// The first application days on which it is open, and what opens it.
    pub opens: SpanReport,
}

fn criteria(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let item = criterion_words(generator);
    schemars::json_schema!({"type": "array", "items": item})
}

/// The days between which the work would begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EntryOnDuty {
    /// The earliest day, inclusive.
    pub from: String,
    /// The latest day, inclusive.
    pub to: String,
    /// What it is counted from: the day of `publication` (the first day of the call), the `close`
    /// of the call, or the `application` where no call is known.
    #[schemars(schema_with = "start_words")]
    pub counted_from: &'static str,
    /// Whether the programme's months are not on record, so that the usual 6 to 12 stand in.
    pub assumed: bool,
}

/// A limit over windows of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PlanLimit {
    /// What it asks, and over which windows.
    pub says: String,
    /// What its page says, paraphrased, and what a reader should know.
    pub worded: String,
    /// Ids of the windows of the plan that it is over.
    pub windows: Vec<Text>,
    /// The year it is counted in, where it is counted by years and the days are known.
    pub year: Option<i32>,
    /// `binds`; `may_bind`: if windows that hang on something are open, or by a nationality that
    /// is not told; `idle`: it cannot bind this candidate.
    #[schemars(schema_with = "bearing_words")]
    pub bearing: &'static str,
    /// What follows for the candidate, in one sentence; absent if it cannot bind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follows: Option<String>,
    /// Whether the sources only imply it.
    pub implied: bool,
    /// Ids of the sources.
    pub sources: Vec<Text>,
    /// Where it is written.
    pub rule: RuleRef,
}

/// A programme with the steps of its process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PlanProgramme {
    /// Its id.
    pub id: Text,
    /// Its name.
    pub name: Text,
    /// Ids of the windows of the plan that it administers.
    pub windows: Vec<Text>,
    /// The time to entry on duty; `null` where it is not on record.
    pub months_to_entry: Option<Months>,
    /// The steps, first to last; empty where they are not on record.
    pub steps: Vec<PlanStep>,
}

/// The usual time to entry on duty, in calendar months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Months {
    /// The fewest, inclusive.
    pub min: u32,
    /// The most, inclusive.
    pub max: u32,
    /// The day they are counted from: `publication` or `close`.
    #[schemars(schema_with = "from_words")]
    pub from: &'static str,
    /// The same in words.
    pub says: String,
    /// Ids of the sources.
    pub sources: Vec<Text>,
}

/// A step of the process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PlanStep {
    /// Who acts.
    pub who: Text,
    /// What is done.
    pub what: Text,
    /// How long it takes; `null` where it is not on record.
    pub months: Option<Text>,
    /// The same in words.
    pub says: String,
}

impl PlanReport {
    /// Puts the plan of one profile into words.
    pub fn new(
        data: &Dataset,
        plan: &Plan<'_>,
        candidate: &Candidate<'_>,
        as_of: NaiveDate,
    ) -> Self {
        let programmes = programmes(data, plan);
        let of_limits = plan.limits.iter().flat_map(|bound| &bound.limit.sources);
        let of_months = programmes.iter().filter_map(|one| one.0.months_to_entry.as_ref());
        let ids = of_limits.chain(of_months.flat_map(|months| &months.sources));
        Self {
            format: 1,
            tool: Tool::this(),
            as_of: as_of.to_string(),
            data: Data::of(data),
            profile: ProfileRef { id: candidate.profile.id.clone() },
            windows: plan.windows.iter().map(|one| window(data, candidate, plan, one)).collect(),
            later: plan.later.iter().map(|one| later(data, candidate, one)).collect(),
            limits: plan.limits.iter().map(|bound| limit(data, bound)).collect(),
            sources: cited(data, ids, as_of),
            programmes: programmes.iter().map(|(known, ids)| process(known, ids)).collect(),
        }
    }

    /// The JSON Schema of the plan.
    pub fn schema() -> serde_json::Value {
        schema::<Self>("jpo-check plan, format 1")
    }

    /// The plan as JSON text, with a final line break.
    pub fn to_json(&self) -> String {
        json(self)
    }
}

fn window(
    data: &Dataset,
    candidate: &Candidate<'_>,
    plan: &Plan<'_>,
    planned: &Planned<'_>,
) -> PlanWindow {
    let Assessment { window, timing, verdict, .. } = planned.assessment;
    let undetermined = *verdict == Verdict::Undetermined;
    let day = |day: NaiveDate| day.to_string();
    let decisive = || planned.assessment.decisive().into_iter().map(Criterion::word).collect();
    PlanWindow {
        id: window.id.clone(),
        title: window.title.clone(),
        donors: donors(data, window),
        hosts: window.hosts.iter().map(|id| host(data, id)).collect(),
        programme: window.programme.clone(),
        verdict: verdict.word(),
        open: verdict.is_open(),
        call: call(timing),
        apply_from: planned.days.map(|days| day(days.0)),
        apply_by: planned.days.map(|days| day(days.1)),
        shut: planned.shut.as_ref().map(|shut| span(data, candidate, shut)),
        apply: apply(data, window),
        entry: planned.duty.map(entry),
        hangs_on: if undetermined { decisive() } else { Vec::new() },
        tell: to_tell(plan, planned),
    }
}

fn later(data: &Dataset, candidate: &Candidate<'_>, later: &Later<'_>) -> PlanLater {
    PlanLater {
        id: later.window.id.clone(),
        title: later.window.title.clone(),
        donors: donors(data, later.window),
        opens: span(data, candidate, &later.opens),
    }
}

fn entry(duty: Duty) -> EntryOnDuty {
    EntryOnDuty {
        from: duty.from.to_string(),
        to: duty.to.to_string(),
        counted_from: duty.start.word(),
        assumed: duty.assumed,
    }
}

/// The facts whose telling can change the verdict, the best to tell first.
fn to_tell(plan: &Plan<'_>, planned: &Planned<'_>) -> Vec<Text> {
    let is_of = |window: &&Window| window.id == planned.id();
    let of_window = plan.matters.iter().filter(|matter| matter.windows.iter().any(is_of));
    of_window.map(|matter| matter.path.clone()).collect()
}

fn limit(data: &Dataset, bound: &Bound<'_>) -> PlanLimit {
    PlanLimit {
        says: explain::limited(bound.limit),
        worded: explain::worded(bound.limit),
        windows: bound.windows.iter().map(|id| Text::of(id)).collect(),
        year: bound.year,
        bearing: bound.bearing.word(),
        follows: explain::follows(bound, data),
        implied: bound.limit.implied,
        sources: bound.limit.sources.clone(),
        rule: RuleRef::from(&bound.limit.place),
    }
}

/// The programmes of the windows, by their first window, with the ids of their windows.
fn programmes<'d>(data: &'d Dataset, plan: &Plan<'_>) -> Vec<(&'d Programme, Vec<Text>)> {
    let mut list: Vec<(&Programme, Vec<Text>)> = Vec::new();
    for planned in &plan.windows {
        let window = planned.assessment.window;
        let Some(programme) = data.programme(&window.programme) else { continue };
        match list.iter_mut().find(|(known, _)| known.id == programme.id) {
            Some((_, ids)) => ids.push(window.id.clone()),
            None => list.push((programme, vec![window.id.clone()])),
        }
    }
    list
}

fn process(programme: &Programme, windows: &[Text]) -> PlanProgramme {
    PlanProgramme {
        id: programme.id.clone(),
        name: programme.name.clone(),
        windows: windows.to_vec(),
        months_to_entry: programme.months_to_entry.as_ref().map(months),
        steps: programme.steps.iter().map(step).collect(),
    }
}

fn months(months: &MonthsToEntry) -> Months {
    Months {
        min: months.min,
        max: months.max,
        from: months.from.word(),
        says: explain::months_to_entry(months),
        sources: months.sources.clone(),
    }
}

fn step(step: &Step) -> PlanStep {
    PlanStep {
        who: step.who.clone(),
        what: step.what.clone(),
        months: step.months.clone(),
        says: explain::step(step),
    }
}
