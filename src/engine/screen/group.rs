//! Requirements that are answered together.

use super::Subject;
use super::asked::{Asked, Fate};
use super::figures::Figures;
use super::row::{Rows, Said, Sum, add};
use super::view::View;
use crate::profile::Profile;
use crate::rules::Criterion;
use crate::table::{Key, Seen, Short, Table};

/// How many findings are kept.
const MOST_FINDINGS: usize = 14_000;

/// How many answers of groups are kept: as many as a hash table of 2^15 places holds.
const MOST_ANSWERS: usize = (1 << 15) / 8 * 7;

/// Groups of requirements, with their answers.
#[derive(Debug, Clone)]
pub(super) struct Groups {
    list: Vec<Group>,
    /// Places of rows by the number of a group and what it tells apart.
    known: Table<u32>,
    rows: Rows,
    pub(super) fates: Fates,
    /// The room for looks.
    looks: Vec<Look>,
    /// What is being answered.
    seen: Seen,
    row: Vec<Said>,
}

/// A look for what is known of a group.
#[derive(Debug, Clone)]
struct Look {
    /// The number of the group.
    group: usize,
    /// What is looked for; `None` where the view does not say enough, or says so much that it was
    /// looked for at once.
    key: Option<Short>,
    /// The place of the row that was found.
    place: Option<u32>,
}

/// What findings mean, by the number of a requirement and what it tells apart.
#[derive(Debug, Clone)]
pub(super) struct Fates {
    known: Table<Fate>,
    /// What is being answered.
    seen: Seen,
}

/// Requirements of one criterion that are answered by one look.
#[derive(Debug, Clone)]
struct Group {
    criterion: Criterion,
    /// Their numbers.
    asked: Vec<usize>,
    /// What any of them tells apart.
    view: View,
}

impl Groups {
    pub(super) fn new(words: usize) -> Self {
        Self {
            list: Vec::new(),
            known: Table::of_at_most(MOST_ANSWERS),
            rows: Rows::of(words),
            fates: Fates { known: Table::of_at_most(MOST_FINDINGS), seen: Seen::default() },
            looks: Vec::new(),
            seen: Seen::default(),
            row: vec![Said::default(); words],
        }
    }

    /// Forgets the groups and their rows; what findings mean stays.
    pub(super) fn forget(&mut self) {
        self.list.clear();
        self.forget_rows();
    }

    fn forget_rows(&mut self) {
        self.known.clear();
        self.rows.clear();
    }

    /// The number of the group of `asked`.
    pub(super) fn of(&mut self, asked: Vec<usize>, all: &[Asked<'_>]) -> usize {
        if let Some(number) = self.list.iter().position(|group| group.asked == asked) {
            return number;
        }
        let mut view = View::default();
        let mut criterion = Criterion::Conditions;
        for asked in asked.iter().filter_map(|number| all.get(*number)) {
            view.join(&asked.view);
            criterion = asked.criterion;
        }
        self.list.push(Group { criterion, asked, view });
        self.list.len() - 1
    }

    /// Adds what the requirements of the groups with these numbers say.
    pub(super) fn ask(
        &mut self,
        numbers: &[usize],
        all: &[Asked<'_>],
        subject: &mut Subject<'_>,
        figures: &Figures,
        sums: &mut [Sum],
    ) {
        let mut looks = std::mem::take(&mut self.looks);
        self.look_up(numbers, subject.profile, figures, &mut looks);
        for look in &looks {
            if let (Some(group), Some(place)) = (self.list.get(look.group), look.place) {
                add(group.criterion, self.rows.at(place), sums);
            }
        }
        // Whatever is asked anew may make the table forget what was found.
        for look in looks.iter().filter(|look| look.place.is_none()) {
            self.ask_anew(look.group, all, subject, figures, sums);
        }
        self.looks = looks;
    }

    /// Looks up what is known of the groups with these numbers: one look right behind the other,
    /// since each waits for memory, and none for another one.
    fn look_up(
        &mut self,
        numbers: &[usize],
        profile: &Profile,
        figures: &Figures,
        looks: &mut Vec<Look>,
    ) {
        let Self { list, known, seen, .. } = self;
        looks.clear();
        for number in numbers {
            let Some(group) = list.get(*number) else { continue };
            let is_seen = begin(seen, *number) && group.view.reduce(profile, figures, seen);
            let (key, place) = match Key::from(&*seen) {
                _ if !is_seen => (None, None),
                Key::Short(key) => (Some(key), None),
                long @ Key::Long(_) => (None, known.get(long).copied()),
            };
            looks.push(Look { group: *number, key, place });
        }
        for look in looks {
            if let Some(key) = look.key {
                look.place = known.get(Key::Short(key)).copied();
            }
        }
    }

    /// Adds what the requirements of the group with this number say, which is not known.
    fn ask_anew(
        &mut self,
        number: usize,
        all: &[Asked<'_>],
        subject: &mut Subject<'_>,
        figures: &Figures,
        sums: &mut [Sum],
    ) {
        if self.known.is_full() {
            self.forget_rows();
        }
        let Self { list, known, rows, fates, seen, row, .. } = self;
        let Some(group) = list.get(number) else { return };
        fates.ask(&group.asked, all, subject, figures, row);
        add(group.criterion, row, sums);
        if begin(seen, number) && group.view.reduce(subject.profile, figures, seen) {
            known.keep(&*seen, rows.place(row));
        }
    }
}

impl Fates {
    /// Asks the requirements with these numbers, and writes what they say into `row`.
    fn ask(
        &mut self,
        numbers: &[usize],
        all: &[Asked<'_>],
        subject: &mut Subject<'_>,
        figures: &Figures,
        row: &mut [Said],
    ) {
        row.fill(Said::default());
        for (number, asked) in
            numbers.iter().filter_map(|number| Some((*number, all.get(*number)?)))
        {
            asked.mark(self.of(number, asked, subject, figures), row);
        }
    }

    /// What the finding on the requirement with this number means.
    pub(super) fn of(
        &mut self,
        number: usize,
        asked: &Asked<'_>,
        subject: &mut Subject<'_>,
        figures: &Figures,
    ) -> Fate {
        let is_seen = begin(&mut self.seen, number)
            && asked.view.reduce(subject.profile, figures, &mut self.seen);
        if !is_seen {
            return asked.find(subject);
        }
        *self.known.get_or_keep(&self.seen, || asked.find_for_all(subject))
    }
}

/// Begins to write what is seen with the number of what is asked; whether that is written.
fn begin(seen: &mut Seen, number: usize) -> bool {
    seen.clear();
    u16::try_from(number).map(|number| seen.extend(number.to_le_bytes())).is_ok()
}
