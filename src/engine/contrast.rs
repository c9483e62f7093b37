//! What tells two windows apart: somebody whom they answer differently.
//!
//! The people looked at are the cells of the facts that the differing requirements look at, cut
//! by the limits of both windows; everything else about them is as the windows like it best, so
//! that a difference shows in the verdict wherever it can.

use std::cell::OnceCell;

use chrono::NaiveDate;

use super::calendar;
use super::cells::{Grain, Open, Question, Slot, slots};
use super::finding::{Finding, find_for, sample_cells, walk_cells};
use super::meaning::Scene;
use super::outcome::{Cause, Outcome};
use super::person::{Candidate, Elsewhere, Person};
use super::verdict::{Assessment, decide};
use super::{assess, timing};
use crate::dataset::Dataset;
use crate::profile::Profile;
use crate::rules::{Basis, Criterion, Requirement, Strength, Window};
use crate::vocabulary::{CallState, Verdict};

/// Of more combinations of cells than this, so many are looked at.
const MOST_PEOPLE: usize = 20_000;

/// So many people whom the windows answer alike, though a requirement answers them differently,
/// are enough to look for another reason.
const MOST_HIDDEN: usize = 100;

/// A window with the data that its rules speak of.
#[derive(Debug, Clone, Copy)]
pub struct Side<'d> {
    /// The data.
    pub data: &'d Dataset,
    /// The window.
    pub window: &'d Window,
}

/// What a window answers, as far as cases speak of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The verdict.
    pub verdict: Verdict,
    /// The criteria that it hangs on, sorted.
    pub by: Vec<Criterion>,
    /// The state of the call.
    pub call: CallState,
}

impl Answer {
    /// The answer that an assessment gives.
    pub fn of(assessment: &Assessment<'_>) -> Self {
        let Assessment { verdict, timing, .. } = assessment;
        Self { verdict: *verdict, by: assessment.decisive(), call: timing.call.state }
    }
}

/// Somebody whom two windows answer differently.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// Who, told fully.
    pub profile: Profile,
    /// What the first window answers.
    pub before: Answer,
    /// What the second window answers.
    pub after: Answer,
}

/// What was found between two windows.
#[derive(Debug, Clone, PartialEq)]
pub enum Contrast {
    /// Nothing that bears on an answer differs.
    Same,
    /// Some requirement is written differently, and no cell tells the two apart.
    Alike,
    /// Some requirement is answered differently, but nobody's verdict hangs on it: the window is
    /// shut, or open, for another reason.
    Hidden,
    /// Somebody for each change of answer that was found; never empty.
    Differs(Vec<Shift>),
    /// No difference was found, and there are more people than can be looked at.
    Unproved,
}

/// Compares two windows for applications on `as_of`.
pub fn contrast(before: Side<'_>, after: Side<'_>, as_of: NaiveDate) -> Contrast {
    let (before, after) = (Half::new(before, as_of), Half::new(after, as_of));
    let pair = Pair::new(&before, &after);
    if !pair.calls_differ() && pair.differing.iter().all(Vec::is_empty) {
        return Contrast::Same;
    }
    pair.search()
}

/// Whether it is proved that on `as_of` no requirement of one window is answered otherwise than
/// those of the other, whoever asks.
pub fn are_alike(before: Side<'_>, after: Side<'_>, as_of: NaiveDate) -> bool {
    let (before, after) = (Half::new(before, as_of), Half::new(after, as_of));
    let pair = Pair::new(&before, &after);
    !pair.calls_differ() && pair.are_alike()
}

/// What differs between two windows on a day: days on which the same requirements differ, and the
/// call is the same, need not all be looked at.
pub fn what_differs<'d>(
    before: Side<'d>,
    after: Side<'d>,
    as_of: NaiveDate,
) -> Vec<&'d Requirement> {
    let (before, after) = (Half::new(before, as_of), Half::new(after, as_of));
    Pair::new(&before, &after).differing.concat()
}

/// A candidate who meets what `side` asks as surely as anybody can, told fully, with the answer.
pub fn ideal(side: Side<'_>, as_of: NaiveDate) -> (Profile, Answer) {
    let half = Half::new(side, as_of);
    let person = half.ideal();
    let profile = person.to_profile(&half.elsewhere(person, &[]));
    let answer = half.answer_to(&profile);
    (profile, answer)
}

/// One of the windows with what it asks on the day.
struct Half<'d> {
    side: Side<'d>,
    scene: Scene<'d>,
    requirements: Vec<&'d Requirement>,
    ideal: OnceCell<Person>,
}

impl<'d> Half<'d> {
    fn new(side: Side<'d>, as_of: NaiveDate) -> Self {
        let timing = timing(side.window, as_of);
        let programme = side.data.programme(&side.window.programme);
        let requirements = calendar::requirements(side.window, programme, &timing);
        let scene = Scene { data: side.data, timing, as_of };
        Self { side, scene, requirements, ideal: OnceCell::new() }
    }

    fn deciding(&self) -> Vec<&'d Requirement> {
        self.requirements.iter().copied().filter(|r| r.strength.decides()).collect()
    }

    fn findings(&self, person: &Person) -> Vec<Finding<'d>> {
        self.requirements.iter().map(|r| find_for(r, person, &self.scene)).collect()
    }

    fn answer(&self, person: &Person) -> Answer {
        let findings = self.findings(person);
        let nobody = Profile::default();
        let candidate = Candidate { profile: &nobody, base: person.clone() };
        let all: Vec<&Finding<'_>> = findings.iter().collect();
        let verdict = decide(&all, &candidate, &self.scene);
        let (window, timing) = (self.side.window, self.scene.timing);
        Answer::of(&Assessment { window, timing, findings, verdict })
    }

    fn answer_to(&self, profile: &Profile) -> Answer {
        Answer::of(&assess(self.side.data, self.side.window, profile, self.scene.as_of))
    }

    /// What nobody asks of `person`, neither here nor in `others`.
    fn elsewhere(&self, person: &Person, others: &[&'d Requirement]) -> Elsewhere {
        let asked = [self.requirements.as_slice(), others].concat();
        question(&asked, &self.scene, |question| question.elsewhere(&person.nationalities))
    }

    /// Somebody who meets everything as surely as can be, found fact by fact.
    fn ideal(&self) -> &Person {
        self.ideal.get_or_init(|| {
            let asked = self.deciding();
            let mut person = Person::typical(self.scene.as_of);
            let mut best = self.lack(&asked, &person);
            for _ in 0..3 {
                for point in open_points(&asked, &self.scene) {
                    for value in &point.values {
                        let mut other = person.clone();
                        value.apply(&mut other);
                        let lack = self.lack(&asked, &other);
                        if lack < best {
                            (person, best) = (other, lack);
                        }
                    }
                }
            }
            person
        })
    }

    /// How far `person` is from meeting everything: what is missed, what is usually missed, what
    /// cannot be told.
    fn lack(&self, asked: &[&Requirement], person: &Person) -> [usize; 3] {
        let mut lack = [0; 3];
        for requirement in asked {
            let finding = find_for(requirement, person, &self.scene);
            let at = match (finding.outcome, requirement.strength) {
                (Outcome::Met, _) => continue,
                (Outcome::Unmet, Strength::Required) => &mut lack[0],
                (Outcome::Unmet, _) => &mut lack[1],
                (Outcome::Unknown, _) => &mut lack[2],
            };
            *at += 1;
        }
        lack
    }
}

/// Two windows with the deciding requirements that differ between them.
struct Pair<'h, 'd> {
    halves: [&'h Half<'d>; 2],
    differing: [Vec<&'d Requirement>; 2],
}

impl<'h, 'd> Pair<'h, 'd> {
    fn new(before: &'h Half<'d>, after: &'h Half<'d>) -> Self {
        let without = |one: &Half<'d>, other: &Half<'d>| -> Vec<&'d Requirement> {
            let others = other.deciding();
            let same = |r: &&Requirement| others.iter().any(|o| asks_the_same(one, r, other, o));
            one.deciding().into_iter().filter(|requirement| !same(requirement)).collect()
        };
        let differing = [without(before, after), without(after, before)];
        Self { halves: [before, after], differing }
    }

    /// Whether the calls are in different states, which everybody is told.
    fn calls_differ(&self) -> bool {
        let [before, after] = self.halves.map(|half| half.scene.timing.call.state);
        before != after
    }

    fn search(&self) -> Contrast {
        let asked = self.differing.concat();
        let found = self.walk(&asked);
        match found {
            Found { shifts, .. } if !shifts.is_empty() => Contrast::Differs(shifts),
            Found { hidden: 1.., .. } => {
                // What else looks at the same facts may have to be met at the same time.
                let linked = self.walk(&self.linked(asked));
                if linked.shifts.is_empty() {
                    Contrast::Hidden
                } else {
                    Contrast::Differs(linked.shifts)
                }
            }
            Found { exact: true, .. } => Contrast::Alike,
            Found { .. } => Contrast::Unproved,
        }
    }

    fn are_alike(&self) -> bool {
        let asked = self.differing.concat();
        let open = self.open(&asked);
        let mut alike = self.found(&asked).exact;
        let base = Person::typical(self.halves[0].scene.as_of);
        alike && {
            let all = walk_cells(&base, &open, MOST_PEOPLE, |person| {
                alike = self.weight(0, person) == self.weight(1, person);
                alike
            });
            all && alike
        }
    }

    /// The requirements of both windows that share a part of the profile with one of `asked`.
    fn linked(&self, mut asked: Vec<&'d Requirement>) -> Vec<&'d Requirement> {
        let parts: Vec<Slot> = asked.iter().flat_map(|r| slots(r)).collect();
        for requirement in self.halves.iter().flat_map(|half| half.deciding()) {
            let looks = slots(requirement).iter().any(|slot| parts.contains(slot));
            if looks && !asked.iter().any(|known| std::ptr::eq(*known, requirement)) {
                asked.push(requirement);
            }
        }
        asked
    }

    /// Looks at the people in the cells that `asked` cuts: one fact changed at a time, then, if
    /// no answer differs, every combination.
    fn walk(&self, asked: &[&'d Requirement]) -> Found {
        let open = self.open(asked);
        let mut found = self.found(asked);
        for base in self.halves.map(Half::ideal) {
            self.look(base, &mut found);
            for value in open.iter().flat_map(|point| &point.values) {
                let mut person = base.clone();
                value.apply(&mut person);
                self.look(&person, &mut found);
            }
        }
        if !found.shifts.is_empty() {
            return found;
        }
        for base in self.halves.map(Half::ideal) {
            found.exact &= self.combine(base, &open, &mut found);
        }
        found
    }

    /// Looks at every combination of the cells, or at many of them: `false` if not at all.
    fn combine(&self, base: &Person, open: &[Open], found: &mut Found) -> bool {
        let mut see = |person: &Person| {
            self.look(person, found);
            found.shifts.is_empty() && found.hidden < MOST_HIDDEN
        };
        let all = walk_cells(base, open, MOST_PEOPLE, &mut see);
        if !all {
            sample_cells(base, open, MOST_PEOPLE, see);
        }
        all
    }

    /// Nothing seen yet.
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method's own lifetimes are not general enough"
    )]
    fn found(&self, asked: &[&'d Requirement]) -> Found {
        // Degrees and jobs come in any number: their cells find differences, and prove none.
        let listed = |slot: &Slot| !matches!(slot, Slot::Degrees | Slot::Experience);
        let mut parts = asked.iter().flat_map(|r| slots(r));
        let scene = &self.halves[0].scene;
        let exact = parts.all(|slot| listed(&slot))
            && question(asked, scene, |question| question.lists_every_skill());
        Found { shifts: Vec::new(), hidden: 0, exact }
    }

    fn open(&self, asked: &[&'d Requirement]) -> Vec<Open> {
        let [before, after] = self.halves;
        let mut open = open_points(asked, &before.scene);
        let same_days = before.scene.timing == after.scene.timing;
        if same_days && std::ptr::eq(before.side.data, after.side.data) {
            return open;
        }
        for (point, other) in open.iter_mut().zip(open_points(asked, &after.scene)) {
            if point.values != other.values {
                point.values.extend(other.values);
            }
        }
        open
    }

    fn look(&self, person: &Person, found: &mut Found) {
        let weight = |side: usize| self.weight(side, person);
        if weight(0) == weight(1) && !self.calls_differ() {
            return;
        }
        let [before, after] = self.halves.map(|half| half.answer(person));
        if before == after {
            found.hidden += 1;
            return;
        }
        let known = |shift: &Shift| shift.before == before && shift.after == after;
        if found.shifts.iter().any(known) {
            return;
        }
        let [one, two] = self.halves;
        let profile = person.to_profile(&one.elsewhere(person, &two.requirements));
        let [of_before, of_after] = self.halves.map(|half| half.answer_to(&profile));
        if (of_before, of_after) == (before.clone(), after.clone()) {
            found.shifts.push(Shift { profile, before, after });
        }
    }

    /// What the differing requirements of one side contribute to a verdict.
    fn weight(
        &self,
        side: usize,
        person: &Person,
    ) -> Vec<(Criterion, Strength, Outcome, Option<Cause>, Basis)> {
        let (Some(half), Some(differing)) = (self.halves.get(side), self.differing.get(side))
        else {
            return Vec::new();
        };
        let mut weight: Vec<_> = differing
            .iter()
            .map(|requirement| find_for(requirement, person, &half.scene))
            .filter(|finding| finding.outcome != Outcome::Met || finding.basis != Basis::Window)
            .map(|finding| {
                let requirement = finding.requirement;
                let criterion = requirement.part.criterion();
                (criterion, requirement.strength, finding.outcome, finding.cause, finding.basis)
            })
            .collect();
        weight.sort_unstable();
        weight.dedup();
        weight
    }
}

/// What was seen on a walk.
struct Found {
    shifts: Vec<Shift>,
    /// How many people a requirement answers differently where the window's answer is the same.
    hidden: usize,
    /// Whether the cells that were walked are all that there are.
    exact: bool,
}

#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method's own lifetimes are not general enough"
)]
fn open_points(asked: &[&Requirement], scene: &Scene<'_>) -> Vec<Open> {
    question(asked, scene, |question| question.open())
}

/// Asks of a candidate who has told nothing.
fn question<T>(
    requirements: &[&Requirement],
    scene: &Scene<'_>,
    ask: impl FnOnce(&Question<'_, '_>) -> T,
) -> T {
    let nobody = Profile::default();
    let candidate = Candidate::new(&nobody, scene.as_of);
    ask(&Question { candidate: &candidate, requirements, scene, grain: Grain::Fine })
}

/// Whether both ask the same on the same days, of groups with the same members.
fn asks_the_same(one: &Half<'_>, a: &Requirement, other: &Half<'_>, b: &Requirement) -> bool {
    let days = |half: &Half<'_>| {
        let timing = half.scene.timing;
        [timing.application, timing.opens, timing.closes]
    };
    a.decides_like(b) && days(one) == days(other) && {
        let (ours, theirs) = (&one.side.data.groups, &other.side.data.groups);
        std::ptr::eq(ours, theirs)
            || a.groups().all(|id| match (ours.get(id), theirs.get(id)) {
                (Some(one), Some(other)) => one.decides_like(other),
                (one, other) => one.is_none() && other.is_none(),
            })
    }
}
