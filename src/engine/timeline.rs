//! Until when, from when: stretches of application days that are answered alike.
//!
//! The answer of a day is that of a check on that day: work that goes on goes on, degrees that are
//! expected are awarded, calls open and close. It can only change where the window's calendar
//! does, or where a reference day reaches a mark ([`marks`]); so it is asked for on those days,
//! and for each requirement only once a class of applications.

mod marks;

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::NaiveDate;

pub use marks::Event;

use super::calendar::{Timing, requirements, timing};
use super::finding::{self, Finding};
use super::meaning::Scene;
use super::outcome::Outcome;
use super::person::Candidate;
use super::turning::calendar_days;
use super::verdict::{Assessment, decide};
use crate::dataset::Dataset;
use crate::rules::{Requirement, Window};
use crate::vocabulary::Verdict;
use marks::{Class, Watched};

/// Application days that follow each other and are answered alike.
#[derive(Debug, Clone)]
pub struct Span<'d> {
    /// The first day.
    pub from: NaiveDate,
    /// The last day, inclusive; `None` where it reaches the horizon.
    pub to: Option<NaiveDate>,
    /// The verdict on each of them.
    pub verdict: Verdict,
    /// What changed on the first day; empty for the first span.
    pub because: Vec<Because<'d>>,
}

/// How far a timeline is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// To the horizon.
    Horizon,
    /// To what comes next: where the window is open, to the first day on which it is not; where it
    /// is undetermined, to the next verdict. That last span is left without an end.
    Next,
}

impl Until {
    /// Whether nothing is looked for behind the first day of the verdict `next`.
    fn is_reached(self, first: Verdict, next: Verdict) -> bool {
        self == Self::Next && first != Verdict::Ineligible && !(first.is_open() && next.is_open())
    }
}

/// A requirement that is answered otherwise from some day on.
#[derive(Debug, Clone)]
pub struct Because<'d> {
    /// The requirement, as it is then in force.
    pub requirement: &'d Requirement,
    /// What came about, with its day and the reference day that has reached it; empty where the
    /// requirement itself is another one.
    pub events: Vec<(Event, NaiveDate, NaiveDate)>,
    /// The application.
    pub timing: Timing,
    /// Whether it is asked no more from then on.
    pub lapsed: bool,
    /// Whether it is surely met or unmet from then on.
    pub is_sure: bool,
}

/// Timelines of windows for one candidate: what one learns of a requirement serves the next.
pub struct Timelines<'a, 'd> {
    data: &'d Dataset,
    candidate: &'a Candidate<'a>,
    from: NaiveDate,
    horizon: NaiveDate,
    watched: BTreeMap<*const Requirement, Rc<Watched>>,
    findings: BTreeMap<(*const Requirement, Class), Rc<Finding<'d>>>,
}

/// Days of a calendar on which a window asks the same.
#[derive(Debug)]
pub(super) struct Frame<'d> {
    /// The first day.
    pub(super) from: NaiveDate,
    /// The requirements that decide.
    pub(super) asked: Vec<&'d Requirement>,
}

/// A window on one application day.
struct State<'d> {
    timing: Timing,
    asked: Vec<Asked<'d>>,
    verdict: Verdict,
}

/// A requirement in force, with its class and its finding.
struct Asked<'d> {
    watched: Rc<Watched>,
    class: Class,
    finding: Rc<Finding<'d>>,
}

impl Asked<'_> {
    fn is_like(&self, other: &Self) -> bool {
        std::ptr::eq(self.finding.requirement, other.finding.requirement)
            && self.class == other.class
    }

    /// Whether both are of one part, and answered alike.
    fn is_answered_like(&self, other: &Self) -> bool {
        let answer = |asked: &Self| {
            let Finding { requirement, outcome, cause, basis, .. } = &*asked.finding;
            (requirement.part, *outcome, *cause, *basis, asked.finding.shuts_out())
        };
        answer(self) == answer(other)
    }
}

impl<'a, 'd> Timelines<'a, 'd> {
    /// Asks for applications from `from` to `horizon`, both inclusive.
    pub fn new(
        data: &'d Dataset,
        candidate: &'a Candidate<'a>,
        from: NaiveDate,
        horizon: NaiveDate,
    ) -> Self {
        Self {
            data,
            candidate,
            from,
            horizon: horizon.max(from),
            watched: BTreeMap::new(),
            findings: BTreeMap::new(),
        }
    }

    /// The timeline of the window of `today`, its assessment on the first day: spans without a gap
    /// from the first day to the horizon, each of another verdict than the one before.
    pub fn continued(&mut self, today: &Assessment<'d>, until: Until) -> Vec<Span<'d>> {
        if !self.shut_for_good(today).is_empty() {
            let (from, verdict) = (self.from, today.verdict);
            return vec![Span { from, to: None, verdict, because: Vec::new() }];
        }
        let days = self.days(today.window);
        let first = self.first_state(today);
        self.spans(today.window, first, &days, until)
    }

    /// The state of the first day, as it is known.
    fn first_state(&mut self, today: &Assessment<'d>) -> State<'d> {
        let deciding = today.findings.iter().filter(|f| f.requirement.strength.decides());
        let asked = deciding.map(|finding| self.known_today(finding, &today.timing)).collect();
        State { timing: today.timing, asked, verdict: today.verdict }
    }

    /// Takes in a finding of the first day for all applications of its class.
    fn known_today(&mut self, finding: &Finding<'d>, timing: &Timing) -> Asked<'d> {
        let watched = self.watched(finding.requirement);
        let class = watched.class(timing);
        let key = (std::ptr::from_ref(finding.requirement), class.clone());
        let finding = self.findings.entry(key).or_insert_with(|| Rc::new(finding.clone()));
        Asked { watched, class, finding: Rc::clone(finding) }
    }

    /// The timeline of `window`.
    pub fn of(&mut self, window: &'d Window) -> Vec<Span<'d>> {
        let days = self.days(window);
        let first = self.state(window, self.from, None);
        self.spans(window, first, &days, Until::Horizon)
    }

    /// What comes about for `window` on `day`, be the verdict another one then or the same.
    pub(super) fn turn(&mut self, window: &'d Window, day: NaiveDate) -> Vec<Because<'d>> {
        let before = self.state(window, day.pred_opt().unwrap_or(day), None);
        let after = self.state(window, day, Some(&before));
        because(&before, &after)
    }

    /// The timeline of `window` from its state on the first day on; `days` are those on which the
    /// answer can change, the first day first.
    fn spans(
        &mut self,
        window: &'d Window,
        first: State<'d>,
        days: &[NaiveDate],
        until: Until,
    ) -> Vec<Span<'d>> {
        let today = first.verdict;
        let mut last = Span { from: self.from, to: None, verdict: today, because: Vec::new() };
        let mut spans = Vec::new();
        let mut before = first;
        for day in days.iter().skip(1).copied() {
            let state = self.state(window, day, Some(&before));
            let verdict = state.verdict;
            if verdict != before.verdict {
                let because = because(&before, &state);
                last.to = day.pred_opt();
                let next = Span { from: day, to: None, verdict, because };
                spans.push(std::mem::replace(&mut last, next));
                if until.is_reached(today, verdict) {
                    break;
                }
            }
            before = state;
        }
        spans.push(last);
        spans
    }

    /// The requirements that are in force on every day and shut the candidate out on each.
    pub(super) fn shut_for_good(&mut self, today: &Assessment<'d>) -> Vec<&'d Requirement> {
        self.answered_for_good(today, Finding::shuts_out)
    }

    /// The requirements that are in force on every day, and answered on each as they are today: so
    /// that `is_so`.
    pub(super) fn answered_for_good(
        &mut self,
        today: &Assessment<'d>,
        is_so: impl Fn(&Finding<'d>) -> bool,
    ) -> Vec<&'d Requirement> {
        let findings = today.findings.iter().filter(|finding| is_so(finding));
        let mut lasting: Vec<&'d Requirement> =
            findings.map(|finding| finding.requirement).collect();
        lasting.retain(|requirement| self.lasts(requirement, today.window));
        lasting
    }

    /// Whether `requirement` of `window` is in force on every day, and answered on each as it is
    /// on the first.
    pub(super) fn lasts(&mut self, requirement: &'d Requirement, window: &'d Window) -> bool {
        let overrides = || window.calls.iter().flat_map(|call| &call.overrides);
        requirement.valid == (None, None)
            && window.requirements.iter().any(|own| std::ptr::eq(own, requirement))
            && overrides().all(|own| own.part != requirement.part)
            && self.watched(requirement).is_still()
    }

    fn watched(&mut self, requirement: &'d Requirement) -> Rc<Watched> {
        let (candidate, data, range) = (self.candidate, self.data, (self.from, self.horizon));
        let watch = || Rc::new(Watched::new(requirement, candidate, data, range));
        Rc::clone(self.watched.entry(std::ptr::from_ref(requirement)).or_insert_with(watch))
    }

    /// The days on which the answer can change, the first day first.
    fn days(&mut self, window: &'d Window) -> Vec<NaiveDate> {
        let mut days = self.framing_days(window);
        for requirement in self.every_requirement(window) {
            if requirement.strength.decides() {
                days.extend(self.watched(requirement).days());
            }
        }
        self.in_order(days)
    }

    /// The days on which what is asked can change: the calendar's, and those of validity.
    fn framing_days(&self, window: &'d Window) -> Vec<NaiveDate> {
        let mut days = calendar_days(window, self.from, self.horizon);
        for requirement in self.every_requirement(window) {
            let (from, to) = requirement.valid;
            days.extend([from, to.and_then(|day| day.succ_opt())].into_iter().flatten());
        }
        days
    }

    fn every_requirement(
        &self,
        window: &'d Window,
    ) -> impl Iterator<Item = &'d Requirement> + use<'d> {
        let programme = self.data.programme(&window.programme);
        let stand_ins = programme.into_iter().flat_map(|known| &known.stand_ins);
        window.every_requirement().chain(stand_ins)
    }

    /// The days within the timeline, in order, once each, and its first.
    fn in_order(&self, mut days: Vec<NaiveDate>) -> Vec<NaiveDate> {
        days.retain(|day| self.from < *day && *day <= self.horizon);
        days.push(self.from);
        days.sort_unstable();
        days.dedup();
        days
    }

    /// What the window asks, day after day.
    pub(super) fn frames(&self, window: &'d Window) -> Vec<Frame<'d>> {
        let programme = self.data.programme(&window.programme);
        let frame = |from: NaiveDate| {
            let mut asked = requirements(window, programme, &timing(window, from));
            asked.retain(|requirement| requirement.strength.decides());
            Frame { from, asked }
        };
        self.in_order(self.framing_days(window)).into_iter().map(frame).collect()
    }

    /// The findings of one requirement of `window` with their first and last days; `None` where it
    /// is not in force.
    pub(super) fn findings_of(
        &mut self,
        requirement: &'d Requirement,
        window: &'d Window,
        frames: &[Frame<'d>],
    ) -> Vec<(NaiveDate, NaiveDate, Option<Rc<Finding<'d>>>)> {
        let mut days: Vec<NaiveDate> = frames.iter().map(|frame| frame.from).collect();
        days.extend(self.watched(requirement).days());
        let days = self.in_order(days);
        let ends = days.iter().skip(1).map(|day| day.pred_opt().unwrap_or(*day));
        let ends = ends.chain([self.horizon]).collect::<Vec<_>>();
        let mut found = Vec::new();
        for (from, to) in days.into_iter().zip(ends) {
            let at = frames.partition_point(|frame| frame.from <= from);
            let frame = at.checked_sub(1).and_then(|at| frames.get(at));
            let in_force = frame.is_some_and(|frame| {
                frame.asked.iter().any(|asked| std::ptr::eq(*asked, requirement))
            });
            let finding = in_force.then(|| {
                let scene = Scene { data: self.data, timing: timing(window, from), as_of: from };
                self.asked(requirement, &scene).finding
            });
            found.push((from, to, finding));
        }
        found
    }

    fn state(
        &mut self,
        window: &'d Window,
        as_of: NaiveDate,
        before: Option<&State<'d>>,
    ) -> State<'d> {
        let scene = Scene { data: self.data, timing: timing(window, as_of), as_of };
        let programme = self.data.programme(&window.programme);
        let in_force = requirements(window, programme, &scene.timing);
        let deciding = in_force.into_iter().filter(|requirement| requirement.strength.decides());
        let asked: Vec<Asked<'d>> =
            deciding.map(|requirement| self.asked(requirement, &scene)).collect();
        let same = before.filter(|before| {
            before.asked.len() == asked.len()
                && before.asked.iter().zip(&asked).all(|(one, other)| one.is_like(other))
        });
        let verdict = same.map_or_else(
            || {
                let findings: Vec<&Finding<'d>> =
                    asked.iter().map(|asked| &*asked.finding).collect();
                decide(&findings, self.candidate, &scene)
            },
            |before| before.verdict,
        );
        State { timing: scene.timing, asked, verdict }
    }

    fn asked(&mut self, requirement: &'d Requirement, scene: &Scene<'d>) -> Asked<'d> {
        let watched = self.watched(requirement);
        let class = watched.class(&scene.timing);
        let candidate = self.candidate;
        let find = || Rc::new(finding::find(requirement, candidate, scene));
        let key = (std::ptr::from_ref(requirement), class.clone());
        let finding = Rc::clone(self.findings.entry(key).or_insert_with(find));
        Asked { watched, class, finding }
    }
}

/// What made the verdict another one: the requirements that it hangs on and that are answered
/// otherwise.
fn because<'d>(before: &State<'d>, after: &State<'d>) -> Vec<Because<'d>> {
    let moved = |asked: &&Asked<'d>| before.asked.iter().all(|old| !old.is_answered_like(asked));
    let moved: Vec<&Asked<'d>> = after.asked.iter().filter(moved).collect();
    let earlier = |asked: &Asked<'d>| {
        let part = asked.finding.requirement.part;
        before.asked.iter().filter(move |old| old.finding.requirement.part == part)
    };
    let decisive = |asked: &&&Asked<'d>| match (before.verdict, after.verdict) {
        (_, Verdict::Ineligible) => asked.finding.shuts_out(),
        (Verdict::Ineligible, _) => earlier(asked).any(|old| old.finding.shuts_out()),
        (_, Verdict::Undetermined) => !asked.finding.is_well(),
        (Verdict::Undetermined, _) => earlier(asked).any(|old| !old.finding.is_well()),
        (Verdict::Likely | Verdict::Eligible, Verdict::Likely | Verdict::Eligible) => true,
    };
    let mut chosen: Vec<&Asked<'d>> = moved.iter().filter(decisive).copied().collect();
    let asked_still = |old: &&Asked<'d>| {
        after.asked.iter().any(|now| now.finding.requirement.part == old.finding.requirement.part)
    };
    let mut lapsed: Vec<&Asked<'d>> = before.asked.iter().filter(|old| !asked_still(old)).collect();
    if lapsed.iter().any(|old| !old.finding.is_well()) {
        lapsed.retain(|old| !old.finding.is_well());
    } else if !chosen.is_empty() || !moved.is_empty() {
        lapsed.clear();
    }
    if chosen.is_empty() && lapsed.is_empty() {
        lapsed = lapsed_alone(before, after);
    }
    if chosen.is_empty() && lapsed.is_empty() {
        chosen = moved;
    }
    if chosen.is_empty() && lapsed.is_empty() {
        // Only together do they leave no way, or a way again.
        let turned = |asked: &&Asked<'d>| !before.asked.iter().any(|old| old.is_like(asked));
        chosen = after.asked.iter().filter(turned).collect();
    }
    let explain = |asked: &Asked<'d>| {
        let requirement = asked.finding.requirement;
        let mut events = asked.watched.between(&before.timing, &after.timing);
        let same = |old: &&Asked<'d>| std::ptr::eq(old.finding.requirement, requirement);
        if let Some(old) = before.asked.iter().find(same) {
            let (was, is) = (old.finding.outcome, asked.finding.outcome);
            if events.iter().any(|(mark, _)| can_turn(&mark.event, was, is)) {
                events.retain(|(mark, _)| can_turn(&mark.event, was, is));
            }
        }
        Because {
            requirement,
            events: events
                .into_iter()
                .map(|(mark, on)| (mark.event.clone(), mark.day, on))
                .collect(),
            timing: after.timing,
            lapsed: false,
            is_sure: matches!(asked.finding.outcome, Outcome::Met | Outcome::Unmet),
        }
    };
    let lapse = |asked: &Asked<'d>| {
        let (requirement, timing) = (asked.finding.requirement, before.timing);
        Because { requirement, events: Vec::new(), timing, lapsed: true, is_sure: true }
    };
    chosen.into_iter().map(explain).chain(lapsed.into_iter().map(lapse)).collect()
}

/// Whether `event` can be what turns one outcome into another: to reach the least that is asked takes
/// nothing away, and to pass the most gives nothing.
const fn can_turn(event: &Event, was: Outcome, is: Outcome) -> bool {
    use Outcome::{Met, Unknown, Unmet};
    match (was, is) {
        (Met, Unknown | Unmet) | (Unknown, Unmet) => !matches!(event, Event::Reaches(_)),
        (Unmet, Unknown | Met) | (Unknown, Met) => !matches!(event, Event::Passes(_)),
        (Met, Met) | (Unknown, Unknown) | (Unmet, Unmet) => true,
    }
}

/// What is no longer asked and was not well, while others of its part are answered as before.
fn lapsed_alone<'s, 'd>(before: &'s State<'d>, after: &State<'d>) -> Vec<&'s Asked<'d>> {
    let has_gone = |old: &&Asked<'d>| {
        !old.finding.is_well() && after.asked.iter().all(|now| !now.is_answered_like(old))
    };
    before.asked.iter().filter(has_gone).collect()
}
