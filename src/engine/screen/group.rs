//! Requirements that are answered together.

use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

use super::Subject;
use super::asked::{Asked, Fate};
use super::figures::Figures;
use super::room::{self, Room};
use super::row::{Rows, Said, Sum, add};
use super::view::View;
use crate::profile::Profile;
use crate::rules::Criterion;
use crate::table::{Seen, Table};

/// The numbers of groups that are asked one after the other.
pub(super) type Numbers = SmallVec<[u16; 8]>;

/// Groups of requirements, with their answers.
#[derive(Debug, Clone)]
pub(super) struct Groups {
    /// From how many on they are forgotten.
    most: usize,
    list: Vec<Group>,
    /// Their numbers by those of their requirements.
    numbers: HashMap<Arc<[u32]>, u16, FxBuildHasher>,
    /// Places of rows by the number of a group and what it tells apart.
    known: Table<u32>,
    rows: Rows<Said>,
    pub(super) fates: Fates,
    /// The looks of the one being answered, and room for more.
    looks: Vec<Look>,
    row: Vec<Said>,
}

/// A look for what is known of a group.
#[derive(Debug, Clone, Default)]
struct Look {
    /// The number of the group.
    group: u16,
    /// What it tells apart.
    seen: Seen,
    /// Whether that says enough.
    is_seen: bool,
    /// The place of the row that was found.
    place: Option<u32>,
}

/// What findings mean, by the number of a requirement and what it tells apart.
#[derive(Debug, Clone)]
pub(super) struct Fates {
    known: Table<Fate>,
    /// Those of requirements that look at nationalities at most, by the classes of the nations that
    /// are held.
    of_nations: HashMap<(u32, u8), Fate, FxBuildHasher>,
    /// What is being answered.
    seen: Seen,
}

/// Requirements of one criterion that are answered by one look.
#[derive(Debug, Clone)]
struct Group {
    criterion: Criterion,
    /// Their numbers.
    asked: Arc<[u32]>,
    /// What any of them tells apart.
    view: View,
}

impl Groups {
    pub(super) fn new(words: usize, room: Room) -> Self {
        Self {
            most: room.groups,
            list: Vec::new(),
            numbers: HashMap::default(),
            known: Table::with_room_for(room.answers),
            rows: Rows::of(words),
            fates: Fates::new(room),
            looks: Vec::new(),
            row: vec![Said::default(); words],
        }
    }

    /// Whether there are too many to add those of another plan.
    pub(super) const fn are_full(&self) -> bool {
        self.list.len() >= self.most
    }

    /// Forgets the groups and their rows; what findings mean stays.
    pub(super) fn forget(&mut self) {
        self.list.clear();
        self.numbers.clear();
        self.forget_rows();
    }

    fn forget_rows(&mut self) {
        self.known.clear();
        self.rows.clear();
    }

    /// The number of the group of `asked`.
    pub(super) fn of(&mut self, asked: &[u32], all: &[Asked<'_>]) -> u16 {
        if let Some(number) = self.numbers.get(asked) {
            return *number;
        }
        let mut view = View::default();
        let mut criterion = Criterion::Conditions;
        for asked in asked.iter().filter_map(|number| all.get(*number as usize)) {
            view.join(&asked.view);
            criterion = asked.criterion;
        }
        let number = u16::try_from(self.list.len()).unwrap_or(u16::MAX);
        let asked: Arc<[u32]> = asked.into();
        self.numbers.insert(Arc::clone(&asked), number);
        room::grow(&mut self.list, 1);
        self.list.push(Group { criterion, asked, view });
        number
    }

    /// Adds what the requirements of the groups with these numbers say.
    pub(super) fn ask(
        &mut self,
        numbers: &[u16],
        all: &[Asked<'_>],
        subject: &mut Subject<'_>,
        figures: &mut Figures,
        sums: &mut [Sum],
    ) {
        self.look_up(numbers, subject.profile, figures);
        let looks = std::mem::take(&mut self.looks);
        for look in looks.iter().take(numbers.len()) {
            if let (Some(group), Some(place)) = (self.list.get(usize::from(look.group)), look.place)
            {
                add(group.criterion, self.rows.at(place), sums);
            }
        }
        // Whatever is asked anew may make the table forget what was found.
        for look in looks.iter().take(numbers.len()).filter(|look| look.place.is_none()) {
            self.ask_anew(look, all, subject, figures, sums);
        }
        self.looks = looks;
    }

    /// Looks up what is known of the groups with these numbers.
    ///
    /// First what each tells apart is written, then all are looked up, right behind each other:
    /// what was written byte by byte is not read as numbers before it is in its place, and each
    /// look waits for memory, but none for another one.
    fn look_up(&mut self, numbers: &[u16], profile: &Profile, figures: &mut Figures) {
        let Self { list, known, looks, .. } = self;
        looks.resize_with(numbers.len().max(looks.len()), Look::default);
        for (look, number) in looks.iter_mut().zip(numbers) {
            look.group = *number;
            look.seen.clear();
            look.seen.extend(number.to_le_bytes());
            look.is_seen = list
                .get(usize::from(*number))
                .is_some_and(|group| group.view.reduce(profile, figures, &mut look.seen));
        }
        for look in looks.iter_mut().take(numbers.len()) {
            look.place = known.get(&look.seen).filter(|_| look.is_seen).copied();
        }
    }

    /// Adds what the requirements of the group that was looked for say, which is not known.
    fn ask_anew(
        &mut self,
        look: &Look,
        all: &[Asked<'_>],
        subject: &mut Subject<'_>,
        figures: &mut Figures,
        sums: &mut [Sum],
    ) {
        if self.known.is_full() {
            self.forget_rows();
        }
        let Self { list, known, rows, fates, row, .. } = self;
        let Some(group) = list.get(usize::from(look.group)) else { return };
        fates.ask(&group.asked, all, subject, figures, row);
        add(group.criterion, row, sums);
        if look.is_seen {
            known.keep(&look.seen, rows.place(row));
        }
    }
}

impl Fates {
    fn new(room: Room) -> Self {
        let (of_nations, seen) = Default::default();
        Self { known: Table::of_at_most(room.findings), of_nations, seen }
    }

    /// Asks the requirements with these numbers, and writes what they say into `row`.
    fn ask(
        &mut self,
        numbers: &[u32],
        all: &[Asked<'_>],
        subject: &mut Subject<'_>,
        figures: &mut Figures,
        row: &mut [Said],
    ) {
        row.fill(Said::default());
        for (number, asked) in
            numbers.iter().filter_map(|number| Some((*number, all.get(*number as usize)?)))
        {
            asked.mark(self.of(number, asked, subject, figures), row);
        }
    }

    /// What the finding on the requirement with this number means.
    pub(super) fn of(
        &mut self,
        number: u32,
        asked: &Asked<'_>,
        subject: &mut Subject<'_>,
        figures: &mut Figures,
    ) -> Fate {
        let held = asked.is_of_nations.then(|| asked.view.nations_held(subject.profile, figures));
        if let Some(held) = held.flatten() {
            let known = self.of_nations.entry((number, held));
            return *known.or_insert_with(|| asked.find_for_all(subject));
        }
        let is_seen = begin(&mut self.seen, number)
            && asked.view.reduce(subject.profile, figures, &mut self.seen);
        if !is_seen {
            return asked.find(subject);
        }
        *self.known.get_or_keep(&self.seen, || asked.find_for_all(subject))
    }
}

/// Begins to write what is seen with the number of what is asked; whether that is written.
fn begin(seen: &mut Seen, number: u32) -> bool {
    seen.clear();
    u16::try_from(number).map(|number| seen.extend(number.to_le_bytes())).is_ok()
}
