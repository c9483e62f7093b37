//! What is asked of whom.

use super::asked::Asked;
use super::figures::Figures;
use super::group::{Groups, Numbers};
use super::room::Room;
use super::row::{Left, Rows, Said, Sum, add};
use super::view::View;
use super::{ENTRIES, Subject};
use crate::table::{Seen, Table};

/// The requirements of all windows, and what was asked before.
#[derive(Debug, Clone)]
pub(super) struct Plans<'d> {
    room: Room,
    asked: Vec<Asked<'d>>,
    /// The numbers of those that look at nationalities at most, and what these tell apart.
    of_nations: Vec<u32>,
    nations: View,
    /// The others.
    kinds: Vec<Kind>,
    /// The places of the entries, by what is told apart of the nationalities.
    places: Table<u32>,
    /// Entries: what is said by nationality alone, and by what looks at nothing.
    entries: Rows<Sum>,
    /// By the place of an entry, what else asks whom a window is for.
    behind_entries: Vec<Numbers>,
    /// What is left once that is answered.
    left: Rows<Left>,
    /// By the place of what is left, all else that can matter.
    behind_left: Vec<Numbers>,
    groups: Groups,
    /// What is told apart of the nationalities of the one being answered, what one requirement
    /// says, and what is left.
    told: Seen,
    row: Vec<Said>,
    now_left: Vec<Left>,
}

/// Requirements of which those that can matter are answered together.
#[derive(Debug, Clone)]
struct Kind {
    /// Whether they ask whom a window is for.
    is_of_entry: bool,
    asks: Vec<Ask>,
}

/// The windows that make a requirement.
#[derive(Debug, Clone)]
struct Ask {
    /// The number of the requirement.
    number: u32,
    is_required: bool,
    /// A bit each, 64 after 64.
    windows: Vec<u64>,
}

impl<'d> Plans<'d> {
    pub(super) fn new(asked: Vec<Asked<'d>>, words: usize, room: Room) -> Self {
        let mut nations = View::default();
        let mut of_nations = Vec::new();
        let mut kinds: Vec<Kind> = Vec::new();
        for (number, requirement) in (0..).zip(&asked) {
            if requirement.is_of_nations {
                nations.join(&requirement.view);
                of_nations.push(number);
                continue;
            }
            let ask = Ask::of(number, requirement, words);
            let goes_with = |kind: &&mut Kind| {
                let first = kind.asks.first().and_then(|first| asked.get(first.number as usize));
                first.is_some_and(|first| first.goes_with(requirement))
            };
            if let Some(kind) = kinds.iter_mut().find(goes_with) {
                kind.asks.push(ask);
            } else {
                let is_of_entry = requirement.is_of_entry();
                kinds.push(Kind { is_of_entry, asks: vec![ask] });
            }
        }
        let (behind_entries, behind_left, told, now_left) = Default::default();
        Self {
            room,
            asked,
            of_nations,
            nations,
            kinds,
            places: Table::of_at_most(room.nations),
            entries: Rows::of(words),
            behind_entries,
            left: Rows::of(words),
            behind_left,
            groups: Groups::new(words, room),
            told,
            row: vec![Said::default(); words],
            now_left,
        }
    }

    /// Writes what all requirements say into `sums`.
    ///
    /// Nationality first, and what else entries ask; then what can still matter to some window.
    pub(super) fn ask(
        &mut self,
        subject: &mut Subject<'_>,
        figures: &mut Figures,
        sums: &mut Vec<Sum>,
    ) {
        self.make_room();
        let place = self.entry(subject, figures);
        sums.clear();
        sums.extend_from_slice(self.entries.at(place));
        if let Some(groups) = self.behind_entries.get(place as usize) {
            self.groups.ask(groups, &self.asked, subject, figures, sums);
        }
        let place = self.plan(sums);
        if let Some(groups) = self.behind_left.get(place as usize) {
            self.groups.ask(groups, &self.asked, subject, figures, sums);
        }
    }

    /// Forgets what takes too much room.
    fn make_room(&mut self) {
        let is_full = self.groups.are_full();
        if is_full || self.entries.len() >= self.room.plans {
            self.places.clear();
            self.entries.clear();
            self.behind_entries.clear();
        }
        if is_full || self.left.len() >= self.room.plans {
            self.left.clear();
            self.behind_left.clear();
        }
        if is_full {
            self.groups.forget();
        }
    }

    /// The place of the entry of those who tell such nationalities.
    fn entry(&mut self, subject: &mut Subject<'_>, figures: &mut Figures) -> u32 {
        self.told.clear();
        let is_seen = self.nations.reduce(subject.profile, figures, &mut self.told);
        if let Some(place) = self.places.get(&self.told).filter(|_| is_seen) {
            return *place;
        }
        let Self { asked, of_nations, groups, row, .. } = self;
        let mut sums = vec![Sum::default(); row.len()];
        for number in of_nations {
            let Some(asked) = asked.get(*number as usize) else { continue };
            row.fill(Said::default());
            asked.mark(groups.fates.of(*number, asked, subject, figures), row);
            add(asked.criterion, row, &mut sums);
        }
        let place = self.entries.place(&sums);
        if self.behind_entries.len() < self.entries.len() {
            // The first entry is asked of whom the others shut out too.
            let [first, ..] = ENTRIES;
            let left: Vec<Left> = sums.iter().map(|sum| sum.left_by(&[first])).collect();
            let groups = self.groups_of(&left, true);
            self.behind_entries.push(groups);
        }
        if is_seen {
            self.places.keep(&self.told, place);
        }
        place
    }

    /// The place of the plan for those of whom this is said by entries.
    fn plan(&mut self, sums: &[Sum]) -> u32 {
        let mut left = std::mem::take(&mut self.now_left);
        left.clear();
        left.extend(sums.iter().map(|sum| sum.left_by(&ENTRIES)));
        let place = self.left.place(&left);
        if self.behind_left.len() < self.left.len() {
            let groups = self.groups_of(&left, false);
            self.behind_left.push(groups);
        }
        self.now_left = left;
        place
    }

    /// The groups of those requirements that can matter, of those that ask whom a window is for or
    /// of the others.
    fn groups_of(&mut self, left: &[Left], of_entry: bool) -> Numbers {
        let Self { kinds, groups, asked, .. } = self;
        let mut numbers = Numbers::new();
        for kind in kinds.iter().filter(|kind| kind.is_of_entry == of_entry) {
            let asks = kind.asks.iter().filter(|ask| ask.matters(left));
            let together: Vec<u32> = asks.map(|ask| ask.number).collect();
            if !together.is_empty() {
                numbers.push(groups.of(&together, asked));
            }
        }
        numbers
    }
}

impl Ask {
    fn of(number: u32, asked: &Asked<'_>, words: usize) -> Self {
        let mut windows = vec![0; words];
        for asks in &asked.windows {
            if let Some(word) = windows.get_mut(asks.window / 64) {
                *word |= 1 << (asks.window % 64);
            }
        }
        Self { number, is_required: asked.is_required(), windows }
    }

    /// Whether the answer can matter to a window.
    fn matters(&self, left: &[Left]) -> bool {
        let of_left = |left: &Left| if self.is_required { left.required } else { left.usual };
        self.windows.iter().zip(left).any(|(windows, left)| windows & of_left(left) != 0)
    }
}
