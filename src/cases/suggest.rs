//! Cases to confirm: somebody for each change of the rules that no case notices yet.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::mutate::{Mutant, mutants};
use super::run::{Trial, differences};
use super::survey::{Suite, accepts};
use crate::dataset::{Cases, Dataset, Piece, RuleTrees};
use crate::engine::{Answer, Contrast, Shift, Side, assess, contrast, ideal, turning_days};
use crate::explain::moved;
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
    // A case that does not hold would seem to notice every change.
    let holding = holding(data);
    let mut suite = Suite::new(&holding);
    let (mut settled, mut beyond) = (Vec::new(), Vec::new());
    for mut mutant in mutants(trees, window) {
        mutant.piece.exchange(changed);
        let noticed = suite.notices(changed, &mutant)
            || data.cases.untested.iter().any(|untested| accepts(untested, &mutant));
        let found = !noticed && search.settles(changed, &mutant);
        mutant.piece.exchange(changed);
        if found {
            settled.push(mutant);
        } else if !noticed && !matches!(mutant.piece, Piece::Groups(_)) {
            // A group's own cases notice its members.
            beyond.push(mutant);
        }
    }
    // Now that all cases are found: what is found for one change can notice earlier ones too.
    for mutant in &mut settled {
        mutant.piece.exchange(changed);
        let noticing = search.noticing(changed, mutant);
        search.noticed.push(noticing);
        mutant.piece.exchange(changed);
    }
    Suggestions { cases: search.fewest(), best: search.best, beyond }
}

/// The cases that hold.
fn holding(data: &Dataset) -> Cases {
    let mut cases = data.cases.clone();
    cases.windows.retain(|case| {
        let window = data.window(&case.window);
        window.is_some_and(|window| Trial::all(case).all(|trial| trial.holds(data, window)))
    });
    cases.groups.retain(|case| differences(data, case).is_empty());
    cases
}

/// The cases found so far, with the changes that each notices.
struct Search<'d> {
    data: &'d Dataset,
    as_of: NaiveDate,
    best: BTreeMap<Text, Suggestion>,
    found: Vec<Suggestion>,
    /// For each change that some of them notices, all that do.
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
        if !self.noticing(changed, mutant).is_empty() {
            return true;
        }
        let mut windows = changed.windows.iter().filter(|window| mutant.bears_on(window));
        let new = windows.find_map(|window| self.tell_apart(changed, window));
        let found = new.is_some();
        self.found.extend(new);
        found
    }

    /// The cases found that notice the change that `changed` holds.
    fn noticing(&self, changed: &Dataset, mutant: &Mutant) -> BTreeSet<usize> {
        let notices = |case: &Suggestion| {
            let window = changed.window(&case.window).filter(|window| mutant.bears_on(window));
            window.is_some_and(|window| !case.holds(changed, window))
        };
        self.found.iter().enumerate().filter(|(_, case)| notices(case)).map(|(at, _)| at).collect()
    }

    /// Somebody who is answered otherwise by the window as it is changed.
    fn tell_apart(&self, changed: &Dataset, window: &Window) -> Option<Suggestion> {
        let before = Side { data: self.data, window: self.data.window(&window.id)? };
        let after = Side { data: changed, window };
        let turning = turning_days(&[before, after], self.as_of);
        let days: BTreeSet<NaiveDate> =
            turning.iter().flat_map(|day| [Some(*day), day.pred_opt()]).flatten().collect();
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
                note: moved(
                    &assess(self.data, before.window, &shift.profile, day),
                    &assess(changed, window, &shift.profile, day),
                    self.data,
                    &shift.profile,
                    day,
                ),
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
        let mut taken: Vec<usize> = Vec::new();
        let mut left: Vec<&BTreeSet<usize>> =
            self.noticed.iter().filter(|notice| notice.is_disjoint(&kept)).collect();
        while !left.is_empty() {
            let count = |at: usize| left.iter().filter(|notice| notice.contains(&at)).count();
            // Of those that notice as many, the first.
            let best = (0..self.found.len()).rev().max_by_key(|at| count(*at));
            let Some(best) = best else { break };
            taken.push(best);
            left.retain(|notice| !notice.contains(&best));
        }
        // What was taken later can notice all that an earlier one does.
        for at in taken.clone() {
            let others = || kept.iter().chain(taken.iter().filter(|other| **other != at));
            let noticed = |notice: &BTreeSet<usize>| others().any(|other| notice.contains(other));
            if self.noticed.iter().all(noticed) {
                taken.retain(|other| *other != at);
            }
        }
        kept.extend(taken);
        let mut cases: Vec<Suggestion> =
            kept.iter().filter_map(|at| self.found.get(*at)).cloned().collect();
        cases.sort_by_key(|case| self.data.windows.iter().position(|w| w.id == case.window));
        cases
    }
}
