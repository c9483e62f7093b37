//! What is asked of whom.

use super::Subject;
use super::asked::Asked;
use super::figures::Figures;
use super::group::Groups;
use super::row::{Said, Sum, add};
use super::view::View;
use crate::table::{Seen, Table};

/// How many combinations of nationalities are kept: as many as a hash table of 2^14 places holds.
const MOST_ENTRIES: usize = (1 << 14) / 8 * 7;
/// How many plans are kept.
const MOST_PLANS: usize = 2_000;

/// The requirements of all windows, and what was asked before.
#[derive(Debug, Clone)]
pub(super) struct Plans<'d> {
    /// How many words there are to a row.
    words: usize,
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
    sums: Vec<Sum>,
    /// The place of the plan for what is left.
    plan: usize,
}

/// What else is asked of those whom nationality shuts the same windows to.
#[derive(Debug, Clone)]
struct Plan {
    /// The windows that are shut, a bit each.
    shut: Vec<u64>,
    /// The numbers of the groups of requirements.
    groups: Vec<usize>,
}

impl<'d> Plans<'d> {
    pub(super) fn new(asked: Vec<Asked<'d>>, words: usize) -> Self {
        let groups = Groups::new(words);
        let places = Table::of_at_most(MOST_ENTRIES);
        let mut nations = View::default();
        let of_nations = asked.iter().filter(|asked| asked.is_of_nations);
        of_nations.for_each(|asked| nations.join(&asked.view));
        let (entries, list, told) = Default::default();
        Self { words, asked, nations, places, entries, list, groups, told }
    }

    /// Writes what all requirements say into `sums`.
    pub(super) fn ask(
        &mut self,
        subject: &mut Subject<'_>,
        figures: &mut Figures,
        sums: &mut Vec<Sum>,
    ) {
        let place = self.entry(subject, figures);
        let Self { asked, entries, list, groups, .. } = self;
        let Some(entry) = entries.get(place) else { return };
        sums.clone_from(&entry.sums);
        if let Some(plan) = list.get(entry.plan) {
            groups.ask(&plan.groups, asked, subject, figures, sums);
        }
    }

    /// The place of what the nationalities told say.
    fn entry(&mut self, subject: &mut Subject<'_>, figures: &mut Figures) -> usize {
        self.told.clear();
        let is_seen = self.nations.reduce(subject.profile, figures, &mut self.told);
        let known = self.places.get(&self.told).filter(|_| is_seen);
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
            self.places.keep(&self.told, place);
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
        let mut sums = vec![Sum::default(); self.words];
        let mut own = vec![Said::default(); self.words];
        let all = self.asked.iter().enumerate();
        for (number, asked) in all.filter(|(_, asked)| asked.is_of_nations) {
            own.fill(Said::default());
            asked.mark(self.groups.fates.of(number, asked, subject, figures), &mut own);
            add(asked.criterion, &own, &mut sums);
        }
        let plan = self.plan(sums.iter().map(Sum::shut_by_entry).collect());
        Entry { sums, plan }
    }

    /// The place of the plan for those to whom these windows are shut.
    fn plan(&mut self, shut: Vec<u64>) -> usize {
        if let Some(place) = self.list.iter().position(|plan| plan.shut == shut) {
            return place;
        }
        let is_shut = |at: usize| shut.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1);
        let mut lists: Vec<Vec<usize>> = Vec::new();
        for (number, asked) in self.asked.iter().enumerate() {
            let is_left = asked.windows.iter().any(|asks| !is_shut(asks.window));
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
