//! Ways into a window.

use schemars::JsonSchema;
use serde::Serialize;

use super::named::donors;
use super::timeline::because_of;
use super::{BecauseReport, Data, Named, ProfileRef, RuleRef, Tool, json, schema, verdict_words};
use crate::engine::{Candidate, How, Obstacle, Scene, Timing, Way, Ways, assess};
use crate::explain::{Speaker, change, changed_path, edit, required};
use crate::rules::Requirement;
use crate::vocabulary::{DegreeLevel, Text, Words};

/// What would have to change for one window to be open to one profile.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct HowReport {
    /// 1.
    pub format: u32,
    /// The program.
    pub tool: Tool,
    /// The rules it answered from.
    pub data: Data,
    /// The day of the question: nothing is done earlier.
    pub as_of: String,
    /// The last application day that is looked at.
    pub horizon: String,
    /// How fast things are taken to be done.
    pub pace: PaceReport,
    /// Whose answer it is.
    pub profile: ProfileRef,
    /// The window's id.
    pub id: Text,
    /// Its title.
    pub title: Text,
    /// Its donors.
    pub donors: Vec<Named>,
    /// The verdict today.
    #[schemars(schema_with = "verdict_words")]
    pub verdict: &'static str,
    /// The ways, those of the fewest changes first: no other needs fewer changes and is open as
    /// early, or as many and is earlier.
    pub ways: Vec<WayReport>,
    /// What only the donor can settle, whatever is changed.
    pub doubts: Vec<DoubtReport>,
    /// Where there is no way, what stands in it.
    pub obstacles: Vec<ObstacleReport>,
}

/// How fast things are taken to be done.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PaceReport {
    /// Share of full time at which one works, 0 to 1.
    pub work: f64,
    /// Months to a degree, by its level.
    pub months_to_degree: std::collections::BTreeMap<&'static str, u32>,
}

/// A set of changes that opens the window; with `doubts`, as far as the candidate can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WayReport {
    /// The changes; none where it is enough to wait.
    pub steps: Vec<StepReport>,
    /// The first application day that is open.
    pub from: String,
    /// The last one that is open without a break; `null` at the horizon.
    pub to: Option<String>,
    /// The verdict on the first day.
    #[schemars(schema_with = "verdict_words")]
    pub verdict: &'static str,
    /// The last day of that verdict, where the window stays open longer with another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict_to: Option<String>,
    /// What opens it on the first day, with the changes made; empty where that is today.
    pub because: Vec<BecauseReport>,
    /// What ends it.
    pub ends: Vec<BecauseReport>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StepReport {
    /// What is to be done.
    pub text: String,
    /// The change as `--what-if` takes it.
    pub edit: String,
    /// The profile path that it changes.
    pub fact: Text,
}

/// What only the donor can settle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DoubtReport {
    /// The criterion.
    #[schemars(schema_with = "super::criterion_words")]
    pub criterion: &'static str,
    /// What is asked, as far as it is known.
    pub required: String,
    /// The line of the rule file.
    pub rule: RuleRef,
}

/// What stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ObstacleReport {
    /// The criterion.
    #[schemars(schema_with = "super::criterion_words")]
    pub criterion: &'static str,
    /// What is asked.
    pub required: String,
    /// The first day on which it is met, whatever is changed; absent if never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The last day on which it is met, whatever is changed; absent if never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What has to be told first, since it cannot be changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tell: Vec<Text>,
    /// What it looks at that is taken to stay as it is, each as `--allow` takes it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(schema_with = "allow_words")]
    pub allow: Vec<&'static str>,
    /// The line of the rule file.
    pub rule: RuleRef,
}

impl HowReport {
    /// Puts `ways` into words.
    pub fn new(how: How<'_, '_>, ways: &Ways<'_>) -> Self {
        let How { data, window, profile, as_of, .. } = how;
        let today = assess(data, window, profile, as_of);
        let timing = today.timing;
        Self {
            format: 1,
            tool: Tool::this(),
            data: Data::of(data),
            as_of: as_of.to_string(),
            horizon: how.horizon.to_string(),
            pace: pace(&how),
            profile: ProfileRef { id: profile.id.clone() },
            id: window.id.clone(),
            title: window.title.clone(),
            donors: donors(data, window),
            verdict: today.verdict.word(),
            ways: ways.ways.iter().map(|way| way_report(&how, way)).collect(),
            doubts: ways.doubts.iter().map(|doubt| doubted(&how, doubt, timing)).collect(),
            obstacles: ways.obstacles.iter().map(|one| obstacle(&how, one, timing)).collect(),
        }
    }

    /// The JSON Schema of the answer.
    pub fn schema() -> serde_json::Value {
        schema::<Self>("jpo-check ways in, format 1")
    }

    /// The answer as JSON text, with a final line break.
    pub fn to_json(&self) -> String {
        json(self)
    }
}

fn pace(how: &How<'_, '_>) -> PaceReport {
    let months = |(word, level): &(&'static str, DegreeLevel)| (*word, how.pace.months_to(*level));
    PaceReport {
        work: f64::from(how.pace.share) / 1000.0,
        months_to_degree: DegreeLevel::WORDS.iter().map(months).collect(),
    }
}

/// One way in words.
pub(super) fn way_report(how: &How<'_, '_>, way: &Way<'_>) -> WayReport {
    let candidate = Candidate::new(&way.profile, how.as_of);
    let until = way.until;
    let end = until.and_then(|day| day.succ_opt());
    let step = |made: &crate::engine::Step| StepReport {
        text: change(made, &how.pace, how.data),
        edit: edit(made),
        fact: changed_path(made),
    };
    let ends = way.ends.iter().zip(end.iter().cycle());
    let turn = |turn, from| because_of(how.data, &candidate, turn, from);
    let verdict_to = way.span.to.filter(|to| until.is_none_or(|until| *to < until));
    WayReport {
        steps: way.steps.iter().map(step).collect(),
        from: way.span.from.to_string(),
        to: until.map(|day| day.to_string()),
        verdict: way.span.verdict.word(),
        verdict_to: verdict_to.map(|day| day.to_string()),
        because: way.span.because.iter().map(|because| turn(because, way.span.from)).collect(),
        ends: ends.map(|(because, from)| turn(because, *from)).collect(),
    }
}

fn doubted(how: &How<'_, '_>, requirement: &Requirement, timing: Timing) -> DoubtReport {
    DoubtReport {
        criterion: requirement.part.criterion().word(),
        required: asked(how, requirement, timing),
        rule: RuleRef::from(&requirement.place),
    }
}

fn obstacle(how: &How<'_, '_>, obstacle: &Obstacle<'_>, timing: Timing) -> ObstacleReport {
    let (from, to) = obstacle.days.unzip();
    let allow =
        [("nationality", obstacle.kept.nationality), ("residence", obstacle.kept.residence)];
    ObstacleReport {
        criterion: obstacle.requirement.part.criterion().word(),
        required: asked(how, obstacle.requirement, timing),
        from: from.map(|day| day.to_string()),
        to: to.map(|day| day.to_string()),
        tell: obstacle.missing.clone(),
        allow: allow.into_iter().filter_map(|(word, is_kept)| is_kept.then_some(word)).collect(),
        rule: RuleRef::from(&obstacle.requirement.place),
    }
}

fn allow_words(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let item = schemars::json_schema!({"type": "string", "enum": ["nationality", "residence"]});
    schemars::json_schema!({"type": "array", "items": item})
}

fn asked(how: &How<'_, '_>, requirement: &Requirement, timing: Timing) -> String {
    let candidate = Candidate::new(how.profile, how.as_of);
    let scene = Scene { data: how.data, timing, as_of: how.as_of };
    required(requirement, Speaker { scene: &scene, candidate: &candidate })
}
