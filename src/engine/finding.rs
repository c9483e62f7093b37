//! One requirement held against one profile.

use super::cells::{Grain, Open, Question, slots};
use super::choice::{Choice, Choices, Ruling, every_reading, walk_readings_in};
use super::meaning::{Scene, holds};
use super::outcome::{Cause, Outcome};
use super::person::{Candidate, Person};
use crate::rules::{Basis, Requirement, Rule, Sponsorship, Strength};
use crate::vocabulary::Text;

/// A requirement with its outcome.
#[derive(Debug, Clone)]
pub struct Finding<'d> {
    /// The requirement.
    pub requirement: &'d Requirement,
    /// The outcome.
    pub outcome: Outcome,
    /// Why it is unknown; `None` if it is not.
    pub cause: Option<Cause>,
    /// What it rests on.
    pub basis: Basis,
    /// The profile paths whose telling can change the outcome.
    pub missing: Vec<Text>,
    /// The outcome in each reading, where the facts that matter are told.
    pub rulings: Vec<Ruling>,
}

impl Finding<'_> {
    /// Whether it leaves a window open: met, or hanging on nothing but the vacancy.
    pub fn is_well(&self) -> bool {
        self.outcome == Outcome::Met || self.cause == Some(Cause::ByVacancy)
    }

    /// Whether it is met, but the donor's own rule is not on record.
    pub fn is_borrowed(&self) -> bool {
        self.outcome == Outcome::Met && self.basis == Basis::Programme
    }

    /// Whether it shuts the candidate out by itself.
    pub(super) fn shuts_out(&self) -> bool {
        self.outcome == Outcome::Unmet && self.requirement.strength == Strength::Required
    }
}

/// More cells than this are not walked: the outcome is then unknown, never wrong.
pub(super) const MOST_CELLS: usize = 200_000;

/// What can come of one requirement for one complete person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reach {
    pub(super) can_hold: bool,
    pub(super) can_fail: bool,
}

impl Reach {
    fn of(rulings: &[Ruling]) -> Self {
        Self {
            can_hold: rulings.iter().any(|ruling| ruling.holds),
            can_fail: rulings.iter().any(|ruling| !ruling.holds),
        }
    }
}

/// Holds `requirement` against `candidate`.
pub(super) fn find<'d>(
    requirement: &'d Requirement,
    candidate: &Candidate<'_>,
    scene: &Scene<'d>,
) -> Finding<'d> {
    let mut finding = judged(requirement);
    if is_judged(requirement) {
        return finding;
    }
    let asked = [requirement];
    let question = Question { candidate, requirements: &asked, scene, grain: Grain::Coarse };
    let open = question.open();
    if open.is_empty() {
        return find_for(requirement, &candidate.base, scene);
    }
    finding.rulings = rulings(requirement, &candidate.base, scene);
    let mut furthest = Cause::ByVacancy;
    let mut room = Choices::default();
    let cells = Cells::walk(&candidate.base, &open, |person| {
        let reach = reach(requirement, person, scene, &mut room);
        if reach.can_hold && reach.can_fail && furthest != Cause::ReadingsDiffer {
            furthest = further(furthest, cause(&rulings(requirement, person, scene)));
        }
        reach
    });
    let Some(cells) = cells else {
        finding.cause = Some(Cause::NotTold);
        finding.missing = open.into_iter().flat_map(|point| point.paths).collect();
        return finding;
    };
    finding.missing = cells.telling(&open);
    settle(&mut finding, &cells, furthest);
    finding
}

/// Holds `requirement` against a complete person.
pub(super) fn find_for<'d>(
    requirement: &'d Requirement,
    person: &Person,
    scene: &Scene<'d>,
) -> Finding<'d> {
    let mut finding = judged(requirement);
    if !is_judged(requirement) {
        finding.rulings = rulings(requirement, person, scene);
        let told = Cells { values: vec![Reach::of(&finding.rulings)] };
        let cause = cause(&finding.rulings);
        settle(&mut finding, &told, cause);
    }
    finding
}

/// The finding where people judge.
fn judged(requirement: &Requirement) -> Finding<'_> {
    Finding {
        requirement,
        outcome: Outcome::Unknown,
        cause: Some(Cause::ToBeJudged),
        basis: basis(requirement),
        missing: Vec::new(),
        rulings: Vec::new(),
    }
}

fn settle(finding: &mut Finding<'_>, cells: &Cells<Reach>, furthest: Cause) {
    let can_hold = cells.values.iter().any(|reach| reach.can_hold);
    let can_fail = cells.values.iter().any(|reach| reach.can_fail);
    (finding.outcome, finding.cause) = match (can_hold, can_fail) {
        (true, false) => (Outcome::Met, None),
        (false, _) => (Outcome::Unmet, None),
        (true, true) if finding.missing.is_empty() => (Outcome::Unknown, Some(furthest)),
        (true, true) => (Outcome::Unknown, Some(Cause::NotTold)),
    };
    if finding.outcome != Outcome::Unknown {
        finding.missing.clear();
    }
}

fn is_judged(requirement: &Requirement) -> bool {
    requirement.strength == Strength::Judged
        || requirement.readings.iter().any(|reading| matches!(reading.rule, Rule::Text(_)))
}

fn basis(requirement: &Requirement) -> Basis {
    let listed = requirement
        .readings
        .iter()
        .any(|reading| matches!(reading.rule, Rule::Sponsorship(Sponsorship::Listed)));
    if listed { Basis::Programme } else { requirement.basis }
}

/// The outcome of `requirement` for one person in every reading.
pub(super) fn rulings(
    requirement: &Requirement,
    person: &Person,
    scene: &Scene<'_>,
) -> Vec<Ruling> {
    every_reading(|choices: &mut Choices| holds(requirement, person, scene, choices))
}

/// What can come of `requirement` for one person; `room` is taken for the choices on the way.
pub(super) fn reach(
    requirement: &Requirement,
    person: &Person,
    scene: &Scene<'_>,
    room: &mut Choices,
) -> Reach {
    let mut reach = Reach { can_hold: false, can_fail: false };
    walk_readings_in(
        room,
        |choices| holds(requirement, person, scene, choices),
        |holds, _| {
            reach.can_hold |= holds;
            reach.can_fail |= !holds;
            !(reach.can_hold && reach.can_fail)
        },
    );
    reach
}

/// What becomes of one requirement for one complete person, as far as verdicts tell it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    Unmet,
    /// More than the vacancy has to settle it.
    Open,
    ByVacancy,
    Met,
}

/// What becomes of `requirement` for one person; `room` is taken for the choices on the way.
pub(super) fn fate(
    requirement: &Requirement,
    person: &Person,
    scene: &Scene<'_>,
    room: &mut Choices,
) -> Fate {
    if is_judged(requirement) {
        return Fate::Open;
    }
    let (mut can_hold, mut can_fail, mut fails_kindly) = (false, false, false);
    walk_readings_in(
        room,
        |choices| holds(requirement, person, scene, choices),
        |holds, choices| {
            can_hold |= holds;
            can_fail |= !holds;
            fails_kindly |= !holds && vacancy_is_kind(choices);
            !(can_hold && fails_kindly)
        },
    );
    match (can_hold, can_fail) {
        (false, _) => Fate::Unmet,
        (true, false) => Fate::Met,
        (true, true) if fails_kindly => Fate::Open,
        (true, true) => Fate::ByVacancy,
    }
}

fn vacancy_is_kind(choices: &[Choice]) -> bool {
    let kind = |choice: &Choice| choice.option == 0 || choice.key.cause() != Cause::ByVacancy;
    choices.iter().all(kind)
}

/// The cause that is further from being settled: the vacancy will tell, a record may turn up,
/// readings stay. Facts that do not bear on an outcome can still bear on its cause, and nothing
/// is promised that another answer would take back.
fn further(one: Cause, two: Cause) -> Cause {
    let order = [Cause::ReadingsDiffer, Cause::NotOnRecord];
    order.into_iter().find(|cause| [one, two].contains(cause)).unwrap_or(one)
}

/// The family that an unknown outcome belongs to when every fact is told.
///
/// If it is met wherever the vacancy is kind, it hangs on the vacancy alone; if it differs
/// between readings of the pages with everything else the same, on these; else on what is not on
/// record.
fn cause(rulings: &[Ruling]) -> Cause {
    let mut kind = rulings.iter().filter(|ruling| vacancy_is_kind(&ruling.choices));
    if kind.all(|ruling| ruling.holds) {
        return Cause::ByVacancy;
    }
    let met = || rulings.iter().filter(|ruling| ruling.holds);
    let mut unmet = rulings.iter().filter(|ruling| !ruling.holds);
    if unmet.any(|unmet| met().any(|met| differ_in_reading_alone(met, unmet))) {
        Cause::ReadingsDiffer
    } else {
        Cause::NotOnRecord
    }
}

/// Whether two rulings take the same option of every point that both reach and that is not a
/// matter of reading.
pub fn differ_in_reading_alone(one: &Ruling, two: &Ruling) -> bool {
    let elsewhere = |choice: &&Choice| choice.key.cause() != Cause::ReadingsDiffer;
    one.choices
        .iter()
        .filter(elsewhere)
        .all(|a| two.choices.iter().all(|b| a.key != b.key || a.option == b.option))
}

/// A value for every combination of the open points' cells.
pub(super) struct Cells<T> {
    values: Vec<T>,
}

/// Shows every combination of the open points' cells to `see` until it says `false`.
///
/// Returns `false` without showing any if there are more than `most`.
pub(super) fn walk_cells(
    base: &Person,
    open: &[Open],
    most: usize,
    mut see: impl FnMut(&Person) -> bool,
) -> bool {
    let count = open
        .iter()
        .try_fold(1_usize, |count, point| count.checked_mul(point.values.len()))
        .filter(|count| *count <= most);
    let Some(count) = count else { return false };
    let mut person = base.clone();
    let mut shown: Vec<usize> = vec![usize::MAX; open.len()];
    for index in 0..count {
        let mut rest = index;
        for (point, shown) in open.iter().zip(&mut shown) {
            let at = rest % point.values.len();
            rest /= point.values.len();
            if *shown != at {
                *shown = at;
                if let Some(setting) = point.values.get(at) {
                    setting.apply(&mut person);
                }
            }
        }
        if !see(&person) {
            return true;
        }
    }
    true
}

/// Shows `count` combinations of the open points' cells, spread over all of them, the same ones
/// every time, to `see` until it says `false`.
pub(super) fn sample_cells(
    base: &Person,
    open: &[Open],
    count: usize,
    mut see: impl FnMut(&Person) -> bool,
) {
    let mut person = base.clone();
    let mut draw: u64 = 0;
    for _ in 0..count {
        for point in open {
            draw = draw.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let at = usize::try_from(mixed(draw)).unwrap_or_default() % point.values.len();
            if let Some(setting) = point.values.get(at) {
                setting.apply(&mut person);
            }
        }
        if !see(&person) {
            return;
        }
    }
}

/// Spreads numbers that follow each other over all numbers (splitmix64).
const fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

impl<T: PartialEq> Cells<T> {
    /// Asks `value` in every combination; `None` if there are too many to walk.
    pub(super) fn walk(
        base: &Person,
        open: &[Open],
        mut value: impl FnMut(&Person) -> T,
    ) -> Option<Self> {
        let mut values = Vec::new();
        let walked = walk_cells(base, open, MOST_CELLS, |person| {
            values.push(value(person));
            true
        });
        walked.then_some(Self { values })
    }

    /// The paths of the points whose value makes a difference somewhere.
    fn telling(&self, open: &[Open]) -> Vec<Text> {
        let mut paths = Vec::new();
        let mut stride = 1;
        for point in open {
            let length = point.values.len();
            let differs = (0..self.values.len()).any(|index| {
                let first = index - (index / stride % length) * stride;
                self.values.get(index) != self.values.get(first)
            });
            if differs {
                paths.extend(point.paths.iter().cloned());
            }
            stride *= length;
        }
        paths
    }
}

/// Whether the two requirements look at a common part of the profile.
pub(super) fn share_a_part(a: &Requirement, b: &Requirement) -> bool {
    let of_b = slots(b);
    slots(a).iter().any(|slot| of_b.contains(slot))
}
