//! Which facts can still change a verdict, and which of them to ask for next.
//!
//! A fact matters to a window if two complete candidates who differ in nothing else get different
//! answers from it. Nothing that does not matter can change a verdict, whatever else is told. Both
//! are read off the same cells as the verdicts; where these are too many to look at, or do not
//! stand for every candidate, a fact is taken to matter.

mod component;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::calendar::{requirements, timing};
use super::cells::{Slot, Slots, slots};
use super::finding::Finding;
use super::meaning::Scene;
use super::person::Candidate;
use super::verdict::Assessment;
use crate::dataset::Dataset;
use crate::rules::{Requirement, Window};
use crate::vocabulary::{Text, Verdict};
use component::{Component, Point, States, part_of};

/// What it takes to tell a whole part, in the time of a yes or a no; anything else takes 1.
const COSTS: &[(&str, f64)] =
    &[("languages", 2.0), ("tests", 2.0), ("degrees", 3.0), ("experience", 5.0)];

/// The order in which people are asked, all else being equal.
const ORDER: &[&str] =
    &["nationalities", "birth_date", "degrees", "experience", "languages", "residences", "tests"];

/// The parts of a profile beside declared facts.
const KEYS: [Slot; 7] = [
    Slot::BirthDate,
    Slot::Nationalities,
    Slot::Residences,
    Slot::Degrees,
    Slot::Experience,
    Slot::Languages,
    Slot::Tests,
];

/// A fact whose telling can change a verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Matter<'d> {
    /// The path in the profile.
    pub path: Text,
    /// The windows whose verdict it can change, in the order of the assessments.
    pub windows: Vec<&'d Window>,
    /// How many windows are expected to be settled by its telling alone: their verdict cannot
    /// change any more then. Each country is as likely as the other, and so is each age from 20
    /// to 45; of all else, each of the cells that the window's rules tell apart.
    pub settles: f64,
}

/// What can change verdicts, and what cannot.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook<'d> {
    /// The facts that can, the one to ask for first at the beginning.
    pub matters: Vec<Matter<'d>>,
    /// The parts of the profile that windows look at, that are not told or told in part, and that
    /// cannot change any verdict: keys, and `facts.<id>` for declared facts. Sorted.
    pub settled: Vec<Text>,
}

/// Says which facts can still change the verdict of one of `assessments`, those of `candidate` on
/// the application day `as_of`, and which cannot.
///
/// The facts come in the order in which they are worth asking for: by the windows that they are
/// expected to settle, then by those that hang on them, each over what it takes to answer.
///
/// # Examples
/// ```
/// use jpo_check::{dataset::Dataset, engine, engine::Candidate, profile::Profile};
/// let data = Dataset::embedded().unwrap();
/// let as_of = "2026-11-22".parse().unwrap();
/// let nobody = Profile::default();
/// let assessments = engine::check(data, &nobody, as_of);
/// let candidate = Candidate::new(&nobody, as_of);
/// let outlook = engine::what_matters(data, &candidate, &assessments, as_of);
/// assert_eq!(outlook.matters[0].path, "nationalities");
/// ```
pub fn what_matters<'d>(
    data: &'d Dataset,
    candidate: &Candidate<'_>,
    assessments: &[Assessment<'d>],
    as_of: NaiveDate,
) -> Outlook<'d> {
    let matters = matters(data, candidate, assessments, as_of);
    let asked = assessments.iter().map(|assessment| (assessment.window, assessment.timing));
    let mut parts: Vec<Slot> = Vec::new();
    for (window, timing) in asked {
        let asked = requirements(window, data.programme(&window.programme), &timing);
        parts.extend(asked.into_iter().flat_map(slots));
    }
    parts.sort();
    parts.dedup();
    parts.retain(|part| is_open(part, candidate, &matters));
    Outlook { matters, settled: paths(&parts) }
}

/// The facts that [`what_matters`] finds.
pub fn matters<'d>(
    data: &'d Dataset,
    candidate: &Candidate<'_>,
    assessments: &[Assessment<'d>],
    as_of: NaiveDate,
) -> Vec<Matter<'d>> {
    let mut found: BTreeMap<Text, Matter<'d>> = BTreeMap::new();
    let mut known = Known::default();
    for assessment in assessments.iter().filter(|a| a.verdict == Verdict::Undetermined) {
        let scene = Scene { data, timing: assessment.timing, as_of };
        let (told, parts) = told_and_open(&assessment.findings, candidate);
        let keys: Vec<Key> =
            parts.iter().map(|part| known.survey(part, candidate, &scene)).collect();
        let parts: Vec<&Component> =
            keys.iter().filter_map(|key| known.surveyed.get(key)).collect();
        weigh(assessment.window, &told, &parts, &mut found);
    }
    let mut matters: Vec<Matter<'d>> = found.into_values().collect();
    matters.sort_by(|a, b| b.worth().compare(a.worth()).then_with(|| a.rank().cmp(&b.rank())));
    matters
}

/// The keys of the profile that [`what_matters`] finds to be settled beside `matters`, of
/// `windows` applied to on the days of `as_of`; nothing of declared facts.
pub fn settled_keys<'d>(
    data: &Dataset,
    candidate: &Candidate<'_>,
    (windows, as_of): (impl Iterator<Item = &'d Window>, NaiveDate),
    matters: &[Matter<'_>],
) -> Vec<Text> {
    let keys = KEYS.into_iter().filter(|key| is_open(key, candidate, matters));
    let (mut looked_for, mut settled) = (keys.collect::<Vec<Slot>>(), Vec::new());
    for window in windows {
        if looked_for.is_empty() {
            break;
        }
        let timing = timing(window, as_of);
        for asked in requirements(window, data.programme(&window.programme), &timing) {
            let looked_at = slots(asked);
            settled.extend(looked_for.extract_if(.., |key| looked_at.contains(key)));
        }
    }
    paths(&settled)
}

/// Whether a part is not all told, and nothing of it matters.
fn is_open(part: &Slot, candidate: &Candidate<'_>, matters: &[Matter<'_>]) -> bool {
    let path = part.path();
    !part.is_told(candidate.profile)
        && matters.iter().all(|one| part_of(&one.path) != path.as_str())
}

/// The paths of parts, sorted.
fn paths(parts: &[Slot]) -> Vec<Text> {
    let mut paths: Vec<Text> = parts.iter().map(Slot::path).collect();
    paths.sort();
    paths
}

/// What it takes to tell the fact at `path`, in the time of a yes or a no.
pub fn effort(path: &str) -> f64 {
    COSTS.iter().find(|(part, _)| path == *part).map_or(1.0, |(_, cost)| *cost)
}

impl Matter<'_> {
    /// The windows settled, and the windows that hang on it, each over what it costs to answer.
    fn worth(&self) -> Worth {
        let cost = effort(&self.path);
        let hanging = f64::from(u32::try_from(self.windows.len()).unwrap_or(u32::MAX));
        Worth { settles: self.settles / cost, hanging: hanging / cost }
    }

    fn rank(&self) -> usize {
        ORDER.iter().position(|part| part_of(&self.path) == *part).unwrap_or(ORDER.len())
    }
}

/// What asking for a fact is worth.
#[derive(Debug, Clone, Copy)]
struct Worth {
    settles: f64,
    hanging: f64,
}

impl Worth {
    fn compare(self, other: Self) -> std::cmp::Ordering {
        self.settles.total_cmp(&other.settles).then(self.hanging.total_cmp(&other.hanging))
    }
}

/// What the deciding findings leave of which all is told, and the others, together where they look
/// at a common part that is not.
fn told_and_open<'f, 'd>(
    findings: &'f [Finding<'d>],
    candidate: &Candidate<'_>,
) -> (Vec<States>, Vec<Vec<&'f Finding<'d>>>) {
    let mut told = Vec::new();
    let mut parts: Vec<(Slots, Vec<&Finding<'d>>)> = Vec::new();
    for finding in findings.iter().filter(|finding| finding.requirement.strength.decides()) {
        let mut open = slots(finding.requirement);
        open.retain(|slot| !slot.is_told(candidate.profile));
        if open.is_empty() {
            told.push(States::told(finding));
            continue;
        }
        let mut together = vec![finding];
        let looks = |(of_part, _): &mut (Slots, _)| of_part.iter().any(|s| open.contains(s));
        let linked: Vec<_> = parts.extract_if(.., looks).collect();
        for (slots, findings) in linked {
            open.extend(slots);
            together.extend(findings);
        }
        parts.push((open, together));
    }
    (told, parts.into_iter().map(|(_, findings)| findings).collect())
}

/// What a component is the same for: its requirements and the days of the application.
type Key = (Vec<*const Requirement>, [NaiveDate; 3]);

/// Components that were looked at: a programme's usual profile stands in for many windows.
#[derive(Default)]
struct Known {
    surveyed: BTreeMap<Key, Component>,
}

impl Known {
    fn survey(
        &mut self,
        findings: &[&Finding<'_>],
        candidate: &Candidate<'_>,
        scene: &Scene<'_>,
    ) -> Key {
        let asked = findings.iter().map(|finding| std::ptr::from_ref(finding.requirement));
        let days = [scene.timing.application, scene.timing.opens, scene.timing.closes];
        let key = (asked.collect(), days);
        let survey = || Component::survey(findings, candidate, scene);
        self.surveyed.entry(key.clone()).or_insert_with(survey);
        key
    }
}

/// Adds what matters to one window to what was found.
fn weigh<'d>(
    window: &'d Window,
    told: &[States],
    parts: &[&Component],
    found: &mut BTreeMap<Text, Matter<'d>>,
) {
    for (at, part) in parts.iter().enumerate() {
        let others = parts.iter().enumerate().filter(|(other, _)| *other != at);
        let others = others.map(|(_, other)| other.seen);
        let others = Others::of(others.chain(told.iter().copied()));
        for point in part.points.iter().filter(|point| others.let_matter(point)) {
            let settles = others.settled_by(point);
            for path in &point.paths {
                let matter = found.entry(path.clone()).or_insert_with(|| Matter {
                    path: path.clone(),
                    windows: Vec::new(),
                    settles: 0.0,
                });
                matter.windows.push(window);
                matter.settles += settles;
            }
        }
    }
}

/// What the other components of a window allow.
struct Others {
    can_shut: bool,
    can_be_good: bool,
    vary: bool,
}

impl Others {
    fn of(seen: impl Iterator<Item = States>) -> Self {
        let mut all = Self { can_shut: false, can_be_good: true, vary: false };
        for states in seen {
            all.can_shut |= states.can_shut();
            all.can_be_good &= states.can_be_good();
            all.vary |= states.vary();
        }
        all
    }

    /// Whether the difference that `point` makes can be seen in the verdict: being shut out always
    /// can, since nothing else shuts everybody out; anything else where the others leave no doubt.
    fn let_matter(&self, point: &Point) -> bool {
        point.shuts || (point.opens && self.can_be_good)
    }

    /// How likely the window is to be settled once `point` is told.
    fn settled_by(&self, point: &Point) -> f64 {
        let all: f64 = point.values.iter().map(|(weight, _)| weight).sum();
        let settled = point.values.iter().filter(|(_, left)| self.is_settled(*left));
        settled.map(|(weight, _)| weight).sum::<f64>() / all
    }

    /// Whether the verdict is fixed where the component is left with these states.
    fn is_settled(&self, left: States) -> bool {
        if left.must_shut() {
            return true;
        }
        let undetermined = !(self.can_be_good && left.can_be_good());
        let fixed = !self.vary && !left.vary();
        !self.can_shut && !left.can_shut() && (undetermined || fixed)
    }
}
