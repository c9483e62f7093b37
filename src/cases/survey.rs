//! Which changes of the rules no case notices.

use std::collections::BTreeMap;

use super::mutate::{Mutant, mutants};
use super::run::{Trial, differences};
use crate::dataset::{Cases, Dataset, GroupCase, Piece, RuleTrees, Subject, Untested};
use crate::rules::Window;

/// What came of changing the rules value by value.
#[derive(Debug, Default)]
pub struct Survey {
    /// How many changes were made.
    pub mutants: usize,
    /// Those that no case notices and nobody has accepted, in the order of the files.
    pub survivors: Vec<Mutant>,
    /// How many that no case notices are accepted in the files.
    pub accepted: usize,
    /// What is accepted in the files and noticed all the same.
    pub stale: Vec<Untested>,
}

impl Survey {
    /// Whether every change is noticed or accepted, and nothing is accepted for nothing.
    pub const fn holds(&self) -> bool {
        self.survivors.is_empty() && self.stale.is_empty()
    }
}

/// Changes the rules value by value and holds the cases against each change; only the values of
/// `window`, if one is named.
///
/// It is for rules that their cases hold of. Windows without a case are passed over: they lack
/// everything. `data` is as before when it is done.
pub fn survey(data: &mut Dataset, trees: &RuleTrees<'_>, window: Option<&str>) -> Survey {
    let cases = std::mem::take(&mut data.cases);
    let mut suite = Suite::new(&cases);
    let mut survey = Survey::default();
    let mut accepting = vec![false; cases.untested.len()];
    for mut mutant in mutants(trees, window) {
        if !suite.is_about(&mutant) {
            continue;
        }
        survey.mutants += 1;
        mutant.piece.exchange(data);
        let noticed = suite.notices(data, &mutant);
        mutant.piece.exchange(data);
        if noticed {
            continue;
        }
        let mut is_accepted = false;
        for (untested, used) in cases.untested.iter().zip(&mut accepting) {
            // A key and a table that it is in may both be named.
            let accepts = accepts(untested, &mutant);
            *used |= accepts;
            is_accepted |= accepts;
        }
        if is_accepted {
            survey.accepted += 1;
        } else {
            survey.survivors.push(mutant);
        }
    }
    survey
        .survivors
        .sort_by(|a, b| (&a.place.file, a.place.line).cmp(&(&b.place.file, b.place.line)));
    let stale = cases
        .untested
        .iter()
        .zip(accepting)
        .filter(|(untested, used)| !used && suite.could_accept(untested, window));
    survey.stale = stale.map(|(untested, _)| untested.clone()).collect();
    data.cases = cases;
    survey
}

/// Whether `untested` names the key that is changed, or a table that it is in.
pub(super) fn accepts(untested: &Untested, mutant: &Mutant) -> bool {
    let below = mutant.key.strip_prefix(untested.key.as_str());
    untested.place.file == mutant.place.file
        && untested.of == mutant.of
        && below.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// All cases, by what they are about.
pub(super) struct Suite<'c> {
    windows: BTreeMap<&'c str, Vec<Trial<'c>>>,
    groups: &'c [GroupCase],
}

impl<'c> Suite<'c> {
    pub(super) fn new(cases: &'c Cases) -> Self {
        let mut windows: BTreeMap<&str, Vec<Trial<'_>>> = BTreeMap::new();
        for case in &cases.windows {
            windows.entry(&case.window).or_default().extend(Trial::all(case));
        }
        Self { windows, groups: &cases.groups }
    }

    /// Whether there is any case to notice a change with.
    fn is_about(&self, mutant: &Mutant) -> bool {
        mutant.subject != Subject::Window || self.windows.contains_key(mutant.of.as_str())
    }

    /// Whether changes that `untested` can accept are made at all, if only `window` is asked for.
    fn could_accept(&self, untested: &Untested, window: Option<&str>) -> bool {
        if untested.place.file.starts_with("donors/") {
            self.windows.contains_key(untested.of.as_str())
                && window.is_none_or(|id| untested.of == id)
        } else {
            window.is_none()
        }
    }

    /// Whether some case fails in `data`, which holds the change.
    pub(super) fn notices(&mut self, data: &Dataset, mutant: &Mutant) -> bool {
        if let Piece::Groups(groups) = &mutant.piece {
            let mut cases = self.groups.iter().filter(|case| groups.contains_key(&case.group));
            if cases.any(|case| !differences(data, case).is_empty()) {
                return true;
            }
        }
        data.windows
            .iter()
            .filter(|window| mutant.bears_on(window))
            .any(|window| self.fails(data, window))
    }

    fn fails(&mut self, data: &Dataset, window: &Window) -> bool {
        let Some(trials) = self.windows.get_mut(window.id.as_str()) else { return false };
        let Some(at) = trials.iter().position(|trial| !trial.holds(data, window)) else {
            return false;
        };
        // What noticed one change is likely to notice the next.
        if let Some(tried) = trials.get_mut(..=at) {
            tried.rotate_right(1);
        }
        true
    }
}
