//! Requirements that look at common open facts, and what becomes of them together.

use crate::engine::cells::{Grain, Open, Question, slots};
use crate::engine::choice::Choices;
use crate::engine::finding::{Fate, Finding, fate, walk_cells};
use crate::engine::meaning::Scene;
use crate::engine::outcome::{Cause, Outcome};
use crate::engine::person::{Candidate, Person};
use crate::rules::{Requirement, Strength};
use crate::vocabulary::Text;

/// So many combinations of cells are looked at without trying for less.
const FEW: usize = 48;
/// More combinations than this are not looked at one by one.
const MANY: usize = 4_000;
/// Of a fact with more cells than this, so many are looked at, spread over all of them.
const MOST_VALUES: usize = 16;
/// So many times all facts are tried in turn.
const CLIMBS: usize = 2;

/// Requirements that share no open fact with any other of their window.
#[derive(Debug)]
pub(super) struct Component {
    pub(super) points: Vec<Point>,
    /// The states that it can be in, or might be where not all cells were looked at.
    pub(super) seen: States,
}

/// An open point of a component.
#[derive(Debug)]
pub(super) struct Point {
    pub(super) paths: Vec<Text>,
    /// Whether it decides somewhere if the component shuts the window.
    pub(super) shuts: bool,
    /// Whether it makes any other difference somewhere.
    pub(super) opens: bool,
    /// Weights of values, with the states that each was seen to leave.
    pub(super) values: Vec<(f64, States)>,
}

/// The part of a profile that a path leads into: a key, or `facts.<id>`.
pub(super) fn part_of(path: &str) -> &str {
    path.split_once('[').map_or(path, |(part, _)| part)
}

/// Which of the states of a component were seen: shut, open, and one for each set of
/// requirements that are left to the vacancy while all the others are met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct States(u64);

impl States {
    const SHUT: u32 = 0;
    const OPEN: u32 = 1;
    const GOOD: u32 = 2;

    /// The state that a finding leaves where nothing that it looks at is left to tell.
    pub(super) fn told(finding: &Finding<'_>) -> Self {
        let mut states = Self::default();
        states.see(match finding.outcome {
            _ if finding.shuts_out() => Self::SHUT,
            _ if finding.is_well() => Self::GOOD,
            _ => Self::OPEN,
        });
        states
    }

    /// Anything that findings do not rule out.
    fn any(findings: &[&Finding<'_>]) -> Self {
        let required = |f: &&&Finding<'_>| f.requirement.strength == Strength::Required;
        let can_shut = findings.iter().filter(required).any(|f| f.cause == Some(Cause::NotTold));
        let missed = findings.iter().any(|finding| finding.outcome == Outcome::Unmet);
        let mut states = Self::default();
        states.see(Self::OPEN);
        if can_shut {
            states.see(Self::SHUT);
        }
        if !missed {
            states.see(Self::GOOD);
        }
        states
    }

    const fn see(&mut self, state: u32) {
        self.0 |= 1 << state;
    }

    const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn can_shut(self) -> bool {
        self.0 & 1 != 0
    }

    pub(super) const fn must_shut(self) -> bool {
        self.0 == 1
    }

    pub(super) const fn can_be_good(self) -> bool {
        self.0 >> Self::GOOD != 0
    }

    pub(super) const fn vary(self) -> bool {
        self.0.count_ones() > 1
    }

    const fn vary_beside_shut(self) -> bool {
        Self(self.0 & !1).vary()
    }
}

impl Component {
    /// Looks at the cells of the requirements of `findings`.
    pub(super) fn survey(
        findings: &[&Finding<'_>],
        candidate: &Candidate<'_>,
        scene: &Scene<'_>,
    ) -> Self {
        let requirements: Vec<&Requirement> = findings.iter().map(|f| f.requirement).collect();
        let question =
            Question { candidate, requirements: &requirements, scene, grain: Grain::Every };
        let mut survey = Survey::new(&question);
        let alone = findings.len() == 1 && survey.open.len() == 1;
        let exact = alone || survey.open.iter().all(|point| question.lists_every_value(point));
        let bounds: Vec<(bool, bool)> =
            survey.open.iter().map(|point| bound(findings, point)).collect();
        let count = survey.open.iter().try_fold(1_usize, |n, p| n.checked_mul(p.values.len()));
        let walkable = |most: usize| count.is_some_and(|count| count <= most);
        let mut walked = walkable(FEW);
        if !walked {
            survey.climb(&bounds);
            walked = exact && walkable(MANY) && !survey.confirms(&bounds);
        }
        if walked {
            survey.walk();
        }
        survey.finish(if walked && exact { None } else { Some((bounds, States::any(findings))) })
    }
}

/// Whether `point` can decide if some required requirement is met at all, and if any is: more than
/// that is not known without looking.
fn bound(findings: &[&Finding<'_>], point: &Open) -> (bool, bool) {
    let looks = |finding: &&&Finding<'_>| {
        let mut parts = slots(finding.requirement).into_iter().map(|slot| slot.path());
        parts.any(|part| point.paths.iter().any(|path| part_of(path) == part.as_str()))
    };
    let looking = || findings.iter().filter(looks);
    let hangs = |f: &&Finding<'_>| {
        f.requirement.strength == Strength::Required && f.cause == Some(Cause::NotTold)
    };
    (looking().any(hangs), looking().any(|finding| finding.outcome == Outcome::Unknown))
}

/// What was seen of a component so far.
struct Survey<'q, 'a, 'd> {
    question: &'q Question<'a, 'd>,
    open: Vec<Open>,
    points: Vec<Point>,
    /// Each set of requirements that were left to the vacancy.
    left: Vec<u64>,
    seen: States,
    room: Choices,
}

impl<'q, 'a, 'd> Survey<'q, 'a, 'd> {
    fn new(question: &'q Question<'a, 'd>) -> Self {
        let open = question.open();
        let point = |open: &Open| {
            let weights = question.weights(open).into_iter();
            Point {
                paths: open.paths.clone(),
                shuts: false,
                opens: false,
                values: weights.map(|weight| (weight, States::default())).collect(),
            }
        };
        let points = open.iter().map(point).collect();
        let (left, seen) = (Vec::new(), States::default());
        Self { question, open, points, left, seen, room: Choices::default() }
    }

    /// The state for one person, and how near it is to all being met.
    fn state(&mut self, person: &Person) -> (u32, u32) {
        let (mut shut, mut open, mut left, mut nearness) = (false, false, 0_u64, 0);
        for (at, requirement) in self.question.requirements.iter().enumerate() {
            let fate = fate(requirement, person, self.question.scene, &mut self.room);
            shut |= fate == Fate::Unmet && requirement.strength == Strength::Required;
            open |= matches!(fate, Fate::Unmet | Fate::Open);
            left |= u64::from(fate == Fate::ByVacancy) << at.min(63);
            nearness += fate as u32;
        }
        let state = match (shut, open) {
            (true, _) => States::SHUT,
            (false, true) => States::OPEN,
            (false, false) => States::GOOD + self.number_of(left),
        };
        self.seen.see(state);
        (state, nearness)
    }

    /// The number of a set of requirements; the sets beyond those that there is room for count as
    /// one.
    fn number_of(&mut self, left: u64) -> u32 {
        let at = self.left.iter().position(|known| *known == left).unwrap_or_else(|| {
            self.left.push(left);
            self.left.len() - 1
        });
        u32::try_from(at).map_or(61, |at| at.min(61))
    }

    /// Goes from the first cells to ever better ones, changing one fact at a time, and looks at
    /// the differences that each makes on the way, until all are seen that can be there.
    fn climb(&mut self, bounds: &[(bool, bool)]) {
        let open = std::mem::take(&mut self.open);
        let mut person = self.question.candidate.base.clone();
        for value in open.iter().filter_map(|point| point.values.first()) {
            value.apply(&mut person);
        }
        let mut best = (self.state(&person).1, vec![0; open.len()]);
        for _ in 0..CLIMBS {
            for (at, point) in open.iter().enumerate() {
                self.look_along(at, point, &mut person, &mut best);
            }
            if self.confirms(bounds) {
                break;
            }
        }
        self.open = open;
    }

    /// Tries values of one point and keeps the best.
    fn look_along(
        &mut self,
        at: usize,
        point: &Open,
        person: &mut Person,
        (best, chosen): &mut (u32, Vec<usize>),
    ) {
        let mut line = States::default();
        for index in self.looked_at(at) {
            let Some(value) = point.values.get(index) else { continue };
            value.apply(person);
            let (state, nearness) = self.state(person);
            line.see(state);
            self.note(at, index, state);
            if let (true, Some(chosen)) = (nearness > *best, chosen.get_mut(at)) {
                (*best, *chosen) = (nearness, index);
            }
        }
        self.note_line(at, line);
        if let Some(value) = chosen.get(at).and_then(|index| point.values.get(*index)) {
            value.apply(person);
        }
    }

    /// The values of a point to look at: all if they are few, else some spread over those that
    /// have a weight.
    fn looked_at(&self, at: usize) -> Vec<usize> {
        let Some(point) = self.points.get(at) else { return Vec::new() };
        if point.values.len() <= MOST_VALUES {
            return (0..point.values.len()).collect();
        }
        let weighty = point.values.iter().enumerate().filter(|(_, (weight, _))| *weight > 0.0);
        let weighty: Vec<usize> = weighty.map(|(index, _)| index).collect();
        let last = weighty.len() - 1;
        let count = weighty.len().min(MOST_VALUES);
        let spread = (0..count).map(|nth| nth * last / (count - 1).max(1));
        spread.filter_map(|nth| weighty.get(nth).copied()).collect()
    }

    fn note(&mut self, at: usize, index: usize, state: u32) {
        if let Some((_, states)) = self.points.get_mut(at).and_then(|p| p.values.get_mut(index)) {
            states.see(state);
        }
    }

    /// Takes in the states of people who differ in one point alone.
    fn note_line(&mut self, at: usize, line: States) {
        if let Some(point) = self.points.get_mut(at) {
            point.shuts |= line.can_shut() && line.vary();
            point.opens |= line.vary_beside_shut();
        }
    }

    /// Whether every difference that can be there was seen.
    fn confirms(&self, bounds: &[(bool, bool)]) -> bool {
        let mut pairs = self.points.iter().zip(bounds);
        pairs.all(|(point, (shuts, opens))| point.shuts >= *shuts && point.opens >= *opens)
    }

    /// Looks at every combination.
    fn walk(&mut self) {
        let open = std::mem::take(&mut self.open);
        let mut states: Vec<u32> = Vec::new();
        let base = &self.question.candidate.base;
        walk_cells(base, &open, MANY, |person| {
            states.push(self.state(person).0);
            true
        });
        let mut stride = 1;
        for (at, point) in open.iter().enumerate() {
            let length = point.values.len();
            for first in (0..states.len()).filter(|index| index / stride % length == 0) {
                let mut line = States::default();
                for index in 0..length {
                    if let Some(state) = states.get(first + index * stride).copied() {
                        line.see(state);
                        self.note(at, index, state);
                    }
                }
                self.note_line(at, line);
            }
            stride *= length;
        }
    }

    /// What was seen, or what might be there where not everything was looked at.
    fn finish(self, unseen: Option<(Vec<(bool, bool)>, States)>) -> Component {
        let mut component = Component { points: self.points, seen: self.seen };
        if let Some((bounds, any)) = unseen {
            component.seen = component.seen.union(any);
            for (point, (shuts, opens)) in component.points.iter_mut().zip(bounds) {
                (point.shuts, point.opens) = (point.shuts | shuts, point.opens | opens);
            }
        }
        for point in &mut component.points {
            point.values.retain(|(weight, states)| *weight > 0.0 && *states != States::default());
        }
        component
    }
}
