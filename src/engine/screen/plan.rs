//! What is asked of whom.

use super::asked::Asked;
use super::figures::Figures;
use super::group::Groups;
use super::row::{Row, WindowSet};
use super::view::View;
use super::{CRITERIA, ENTRIES, Subject};
use crate::rules::Criterion;
use crate::table::{Seen, Table};

/// How many combinations of nationalities are kept.
const MOST_ENTRIES: usize = 8_000;
/// How many plans are kept.
const MOST_PLANS: usize = 2_000;

/// The requirements of all windows, and what was asked before.
#[derive(Debug, Clone)]
pub(super) struct Plans<'d> {
    windows: usize,
    asked: Vec<Asked<'d>>,
    /// What is told apart by nationality alone.
    nations: View,
    /// The places of the entries, by what is told apart of the nationalities.
    places: Table<usize>,
    entries: Vec<Entry>,
    list: Vec<Plan>,
    groups: Groups,
    /// What is told apart of the nationalities of the one being answered.
    told: Seen,
}

/// What is said by nationality alone, and by what looks at nothing.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    row: Row,
    unmet: [WindowSet; CRITERIA],
    /// The place of the plan for what is left.
    plan: usize,
}

/// What else is asked of those whom nationality shuts the same windows to.
#[derive(Debug, Clone)]
struct Plan {
    shut: WindowSet,
    /// The numbers of the groups of requirements.
    groups: Vec<usize>,
}

impl<'d> Plans<'d> {
    pub(super) fn new(asked: Vec<Asked<'d>>, windows: usize) -> Self {
        let groups = Groups::new(windows);
        let places = Table::of_at_most(MOST_ENTRIES);
        let mut nations = View::default();
        let of_nations = asked.iter().filter(|asked| asked.is_of_nations);
        of_nations.for_each(|asked| nations.join(&asked.view));
        let (entries, list, told) = Default::default();
        Self { windows, asked, nations, places, entries, list, groups, told }
    }

    /// Writes what all requirements say into `row`, and the windows with an unmet one into `unmet`
    /// by its criterion.
    pub(super) fn ask(
        &mut self,
        subject: &mut Subject<'_>,
        figures: &mut Figures,
        row: &mut Row,
        unmet: &mut [WindowSet; CRITERIA],
    ) {
        let place = self.entry(subject, figures);
        let Self { asked, entries, list, groups, .. } = self;
        let Some(entry) = entries.get(place) else { return };
        row.copy(&entry.row);
        for (unmet, known) in unmet.iter_mut().zip(&entry.unmet) {
            unmet.clone_from(known);
        }
        let Some(plan) = list.get(entry.plan) else { return };
        for number in &plan.groups {
            let Some((criterion, said)) = groups.row(*number, asked, subject, figures) else {
                continue;
            };
            add(criterion, said, row, unmet);
        }
        leave_to_entry(unmet);
    }

    /// The place of what the nationalities told say.
    fn entry(&mut self, subject: &mut Subject<'_>, figures: &mut Figures) -> usize {
        self.told.clear();
        let is_seen = self.nations.reduce(subject.profile, figures, &mut self.told);
        let known = self.places.get(self.told.bytes()).filter(|_| is_seen);
        if let Some(place) = known {
            return *place;
        }
        if self.places.is_full() || self.entries.len().max(self.list.len()) >= MOST_PLANS {
            self.forget();
        }
        let entry = self.new_entry(subject, figures);
        let place = self.entries.iter().position(|known| *known == entry);
        let place = place.unwrap_or_else(|| {
            self.entries.push(entry);
            self.entries.len() - 1
        });
        if is_seen {
            self.places.keep(self.told.bytes(), place);
        }
        place
    }

    fn forget(&mut self) {
        self.places.clear();
        self.entries.clear();
        self.list.clear();
        self.groups.forget();
    }

    fn new_entry(&mut self, subject: &mut Subject<'_>, figures: &mut Figures) -> Entry {
        let mut row = Row::of(self.windows);
        let mut own = Row::of(self.windows);
        let mut unmet: [WindowSet; CRITERIA] = std::array::from_fn(|_| WindowSet::of(self.windows));
        let all = self.asked.iter().enumerate();
        for (number, asked) in all.filter(|(_, asked)| asked.is_of_nations) {
            own.clear();
            asked.mark(self.groups.fates.of(number, asked, subject, figures), &mut own);
            add(asked.criterion, &own, &mut row, &mut unmet);
        }
        let plan = self.plan(shut_by_entry(&unmet, self.windows));
        Entry { row, unmet, plan }
    }

    /// The place of the plan for those to whom these windows are shut.
    fn plan(&mut self, shut: WindowSet) -> usize {
        if let Some(place) = self.list.iter().position(|plan| plan.shut == shut) {
            return place;
        }
        let mut lists: Vec<Vec<usize>> = Vec::new();
        for (number, asked) in self.asked.iter().enumerate() {
            let is_left = asked.windows.iter().any(|asks| !shut.contains(asks.window));
            if asked.is_of_nations || !is_left {
                continue;
            }
            let alike = |list: &&mut Vec<usize>| {
                let first = list.first().and_then(|first| self.asked.get(*first));
                first.is_some_and(|first| first.goes_with(asked))
            };
            match lists.iter_mut().find(alike) {
                Some(list) => list.push(number),
                None => lists.push(vec![number]),
            }
        }
        let groups = lists.into_iter().map(|list| self.groups.of(list, &self.asked)).collect();
        self.list.push(Plan { shut, groups });
        self.list.len() - 1
    }
}

/// Adds what requirements of one criterion say.
fn add(criterion: Criterion, said: &Row, row: &mut Row, unmet: &mut [WindowSet; CRITERIA]) {
    row.add(said);
    if let Some(unmet) = unmet.get_mut(criterion as usize) {
        unmet.add_shut(said);
    }
}

/// The windows that an entry shuts.
fn shut_by_entry(unmet: &[WindowSet; CRITERIA], windows: usize) -> WindowSet {
    let mut shut = WindowSet::of(windows);
    unmet.iter().take(ENTRIES).for_each(|own| shut.add(own));
    shut
}

/// Leaves what an entry shuts out of the sets of the criteria behind it.
fn leave_to_entry(unmet: &mut [WindowSet; CRITERIA]) {
    for entry in 0..ENTRIES {
        let (before, behind) = unmet.split_at_mut(entry + 1);
        let Some(shut) = before.last() else { continue };
        for other in behind {
            other.remove(shut);
        }
    }
}
