//! Cases to confirm: somebody for each change of the rules that no case notices yet.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::mutate::{Mutant, mutants};
use super::survey::{Suite, accepts};
use crate::dataset::{Dataset, Piece, RuleTrees};
use crate::engine::{Answer, Candidate, Contrast, Scene, Shift, Side, assess, contrast, ideal};
use crate::explain::{Speaker, found};
use crate::profile::Profile;
use crate::rules::Window;
use crate::vocabulary::Text;

/// A case that the rules answer as it says, and a change of them otherwise.
#[derive(Debug, Clone)]
pub struct Suggestion {
    /// The id of the window.
    pub window: Text,
    /// What is tried, if a finding says it.
    pub note: Option<String>,
    /// The day of the question.
    pub on: NaiveDate,
    /// The candidate, told fully.
    pub profile: Profile,
    /// The answer of the rules as they are.
    pub answer: Answer,
    /// Whether the state of the call is a part of what the case says.
    pub tells_call: bool,
}

impl Suggestion {
    fn holds(&self, data: &Dataset, window: &Window) -> bool {
        let mut answer = Answer::of(&assess(data, window, &self.profile, self.on));
        if !self.tells_call {
            answer.call = self.answer.call;
        }
        answer == self.answer
    }
}

/// What came of looking for cases.
#[derive(Debug, Default)]
pub struct Suggestions {
    /// For each window that is looked at, somebody whom it likes best.
    pub best: BTreeMap<Text, Suggestion>,
    /// Cases, window by window.
    pub cases: Vec<Suggestion>,
    /// Changes that nobody was found for.
    pub beyond: Vec<Mutant>,
}

/// Looks for a case for every change of the rules that no case notices; only the values of
/// `window`, if one is named.
///
/// `changed` holds the same rules as `data`, to be changed and put right again.
pub fn suggest(
    data: &Dataset,
    changed: &mut Dataset,
    trees: &RuleTrees<'_>,
    window: Option<&str>,
    as_of: NaiveDate,
) -> Suggestions {
    let mut search = Search::new(data, as_of);
    let asked = |id: &str| window.is_none_or(|window| window == id);
    for window in data.windows.iter().filter(|window| asked(&window.id)) {
        search.start(window);
    }
    let mut suite = Suite::new(&data.cases);
    let mut beyond = Vec::new();
    for mut mutant in mutants(trees, window) {
        mutant.piece.exchange(changed);
        let settled = suite.notices(changed, &mutant)
            || data.cases.untested.iter().any(|untested| accepts(untested, &mutant))
            || search.settles(changed, &mutant);
        mutant.piece.exchange(changed);
        // A group's own cases notice its members.
        if !settled && !matches!(mutant.piece, Piece::Groups(_)) {
            beyond.push(mutant);
        }
    }
    Suggestions { cases: search.fewest(), best: search.best, beyond }
}

/// The cases found so far, with the changes that each notices.
struct Search<'d> {
    data: &'d Dataset,
    as_of: NaiveDate,
    best: BTreeMap<Text, Suggestion>,
    found: Vec<Suggestion>,
    /// For each change settled here, the cases that notice it.
    noticed: Vec<BTreeSet<usize>>,
    /// The cases that are needed whatever they notice.
    kept: BTreeSet<usize>,
}

impl<'d> Search<'d> {
    fn new(data: &'d Dataset, as_of: NaiveDate) -> Self {
        let (best, found, noticed) = (BTreeMap::new(), Vec::new(), Vec::new());
        Self { data, as_of, best, found, noticed, kept: BTreeSet::new() }
    }

    /// Begins with somebody whom the window likes best, as a case where it has none.
    fn start(&mut self, window: &'d Window) {
        let (profile, answer) = ideal(Side { data: self.data, window }, self.as_of);
        let note = Some("who meets as much as can be met".to_owned());
        let (id, on) = (window.id.clone(), self.as_of);
        let best = Suggestion { window: id, note, on, profile, answer, tells_call: true };
        self.best.insert(window.id.clone(), best.clone());
        if !self.data.cases.windows.iter().any(|case| case.window == window.id) {
            self.kept.insert(self.found.len());
            self.found.push(best);
        }
    }

    /// Whether some case notices the change that `changed` holds; one is looked for if need be.
    fn settles(&mut self, changed: &Dataset, mutant: &Mutant) -> bool {
        let mut notice: BTreeSet<usize> = BTreeSet::new();
        for (at, known) in self.found.iter().enumerate() {
            let Some(window) = changed.window(&known.window).filter(|w| mutant.bears_on(w)) else {
                continue;
            };
            if !known.holds(changed, window) {
                notice.insert(at);
            }
        }
        if notice.is_empty() {
            let windows = changed.windows.iter().filter(|window| mutant.bears_on(window));
            let Some(new) = windows.into_iter().find_map(|window| self.tell_apart(changed, window))
            else {
                return false;
            };
            notice.insert(self.found.len());
            self.found.push(new);
        }
        self.noticed.push(notice);
        true
    }

    /// Somebody who is answered otherwise by the window as it is changed.
    fn tell_apart(&self, changed: &Dataset, window: &Window) -> Option<Suggestion> {
        let before = Side { data: self.data, window: self.data.window(&window.id)? };
        let after = Side { data: changed, window };
        let mut days = before.turning_days(self.as_of);
        days.extend(after.turning_days(self.as_of));
        days.extend(days.clone().iter().filter_map(NaiveDate::pred_opt));
        days.sort_unstable();
        days.dedup();
        // Today, then the days to come, then those that are past.
        let (past, coming): (Vec<NaiveDate>, Vec<NaiveDate>) =
            days.into_iter().partition(|day| *day < self.as_of);
        let days = std::iter::once(self.as_of).chain(coming).chain(past.into_iter().rev());
        days.into_iter().find_map(|day| {
            let Contrast::Differs(shifts) = contrast(before, after, day) else { return None };
            let by_verdict = |shift: &&Shift| shift.before.verdict != shift.after.verdict;
            let shift = shifts.iter().find(by_verdict).or(shifts.first())?;
            Some(Suggestion {
                window: window.id.clone(),
                note: note([before, after], shift, day),
                on: day,
                profile: shift.profile.clone(),
                answer: shift.before.clone(),
                tells_call: shift.before.call != shift.after.call,
            })
        })
    }

    /// As few of the cases found as notice every change that one of them notices.
    fn fewest(&mut self) -> Vec<Suggestion> {
        let mut kept = std::mem::take(&mut self.kept);
        let mut left: Vec<&BTreeSet<usize>> =
            self.noticed.iter().filter(|notice| notice.is_disjoint(&kept)).collect();
        while !left.is_empty() {
            let count = |at: usize| left.iter().filter(|notice| notice.contains(&at)).count();
            // Of those that notice as many, the first.
            let best = (0..self.found.len()).rev().max_by_key(|at| count(*at));
            let Some(best) = best else { break };
            kept.insert(best);
            left.retain(|notice| !notice.contains(&best));
        }
        let mut cases: Vec<Suggestion> =
            kept.iter().filter_map(|at| self.found.get(*at)).cloned().collect();
        cases.sort_by_key(|case| self.data.windows.iter().position(|w| w.id == case.window));
        cases
    }
}

/// What the candidate has where the two windows' findings differ.
fn note(sides: [Side<'_>; 2], shift: &Shift, day: NaiveDate) -> Option<String> {
    let [before, after] = sides.map(|side| assess(side.data, side.window, &shift.profile, day));
    let candidate = Candidate::new(&shift.profile, day);
    let scene = Scene { data: sides.first()?.data, timing: before.timing, as_of: day };
    let speaker = Speaker { scene: &scene, candidate: &candidate };
    let moved = before.moved_from(&after)?;
    let has = found(moved.requirement, speaker);
    (!has.is_empty()).then(|| format!("{}: {has}", moved.requirement.part))
}
