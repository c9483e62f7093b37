//! Work, reduced to the places between limits that its amount can have.

use super::figures::{Counted, Figures, Open, Since, low_byte};
use crate::engine::cells::Tally;
use crate::engine::tally::{self, Day, Stretch, Stretches, number};
use crate::rules::{self, Counting, Weight};
use crate::table::Seen;
use crate::vocabulary::{ExperienceKind, Words};

/// More points than these are not tried in every combination.
const MOST_TOGGLES: u32 = 6;

/// The places between fewer limits than these are the bits of a number.
const MOST_LIMITS: usize = 16;

/// A way of counting, with the days up to which it counts.
#[derive(Debug, Clone)]
pub(super) struct Meter {
    counting: Counting,
    /// The number of its weighing.
    weighing: usize,
    /// The kinds that the organisation judges, a bit each.
    judged: u64,
    untils: Vec<Until>,
}

/// What of a way of counting says how much each day of work counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Weighing {
    weights: [Weight; 8],
    paid_only: bool,
    after: rules::Since,
}

/// A day up to which work is counted, and the limits that the amount is held against.
#[derive(Debug, Clone)]
struct Until {
    day: Day,
    /// Thousandths of days, lowest first: the first amount on the further side of each limit.
    limits: Vec<i64>,
    /// Whether more can be too much: then the amounts between the least and the most matter.
    has_top: bool,
    /// Whether it matters on what an amount hangs, not only which amounts there can be: the vacancy
    /// settles what is left.
    is_delicate: bool,
}

/// One way to fill in what is open about work.
#[derive(Clone, Copy)]
struct Case {
    longest: bool,
    /// The judged kinds that count.
    kinds: u64,
    /// The stints of which pay is not told that are paid, by their places.
    paid: u64,
    since: Option<Day>,
}

impl Weighing {
    /// Its place among those that are `known`.
    fn number(counting: &Counting, known: &mut Vec<Self>) -> usize {
        let Counting { weights, paid_only, after, .. } = *counting;
        let weighing = Self { weights, paid_only, after };
        known.iter().position(|known| *known == weighing).unwrap_or_else(|| {
            known.push(weighing);
            known.len() - 1
        })
    }
}

impl Meter {
    /// Counts as `tally` does; its weighing is one of `known`, or joins them.
    pub(super) fn of(
        tally: &Tally<'_>,
        has_top: bool,
        is_delicate: bool,
        known: &mut Vec<Weighing>,
    ) -> Self {
        let kinds = ExperienceKind::WORDS.iter().map(|(_, kind)| *kind);
        let judged = kinds.filter(|kind| tally.counting.weight(*kind) == Weight::MayCount);
        let mut limits = tally.limits.clone();
        limits.sort_unstable();
        Self {
            counting: tally.counting.clone(),
            weighing: Weighing::number(tally.counting, known),
            judged: judged.fold(0, |bits, kind| bits | 1 << kind as u64),
            untils: vec![Until { day: number(tally.until), limits, has_top, is_delicate }],
        }
    }

    /// Takes in the days and limits of `other` if it counts the same; whether it does.
    pub(super) fn join(&mut self, other: &Self) -> bool {
        let same = self.counting == other.counting;
        for until in other.untils.iter().filter(|_| same) {
            match self.untils.iter_mut().find(|known| known.day == until.day) {
                Some(known) => known.join(until),
                None => self.untils.push(until.clone()),
            }
        }
        same
    }

    /// Whether its places can be written.
    pub(super) fn is_small(&self) -> bool {
        self.untils.iter().all(|until| until.limits.len() < MOST_LIMITS)
    }

    /// Writes between which limits the work can come to lie, a bit for each place; `false` if that
    /// does not say enough.
    pub(super) fn reduce(&self, figures: &mut Figures, seen: &mut Seen) -> bool {
        let looks_at_degrees = self.counting.after != rules::Since::AnyTime;
        if looks_at_degrees && !figures.is_usual {
            return false;
        }
        if figures.work.is_none() {
            self.reduce_any_work(figures, seen);
            return !(looks_at_degrees && self.untils.iter().any(|until| until.has_top));
        }
        if figures.counted.get(self.weighing).is_none_or(Option::is_none) {
            let counted = self.count(figures);
            figures.counted.resize_with(figures.counted.len().max(self.weighing + 1), || None);
            figures.counted.get_mut(self.weighing).map(|place| place.insert(counted));
        }
        let figures = &*figures;
        let counted = figures.counted.get(self.weighing).and_then(Option::as_ref);
        counted.is_some_and(|counted| {
            self.untils.iter().all(|until| self.reduce_until(until, figures, counted, seen))
        })
    }

    /// Writes the places of any work at all.
    fn reduce_any_work(&self, figures: &Figures, seen: &mut Seen) {
        let since = figures.after(self.counting.after);
        for until in &self.untils {
            let most = since.best.map_or(0, |since| {
                let days = until.day - since.max(figures.first_day()) + 1;
                i64::from(days.max(0)) * 1000
            });
            seen.extend(range(until.cell(0), until.cell(most)).to_le_bytes());
        }
    }

    /// Writes the places of the work up to one day.
    fn reduce_until(
        &self,
        until: &Until,
        figures: &Figures,
        counted: &Counted,
        seen: &mut Seen,
    ) -> bool {
        let Counted { shortest, longest, since, open } = counted;
        let low = until.place(shortest);
        let high = longest.as_ref().map_or(low, |longest| until.place(longest));
        let mut places = range(low, high);
        let count = |case: Case| self.counted(figures, case);
        if until.has_top && (high - low > 1 || (until.is_delicate && low < high)) {
            if since.best != since.worst || until.is_delicate || open.count() > MOST_TOGGLES {
                return false;
            }
            places = open.cases(since.best).fold(0, |places, (shortest, longest)| {
                // Between the shortest and the longest, each amount is reached by some days.
                places | range(until.place(&count(shortest)), until.place(&count(longest)))
            });
        }
        seen.extend(places.to_le_bytes());
        if until.is_delicate {
            let (mut judged, mut unjudged) = (low, high);
            if open.kinds != 0 {
                let least = Case { kinds: open.kinds, ..Case::least(*since) };
                let most = Case { kinds: 0, ..Case::most(*since, *open) };
                (judged, unjudged) = (until.place(&count(least)), until.place(&count(most)));
            }
            seen.extend([judged, unjudged]);
        }
        true
    }

    /// The least and the most that counts.
    fn count(&self, figures: &Figures) -> Counted {
        let since = figures.after(self.counting.after);
        let open = Open { kinds: self.judged & figures.kinds, unpaid: self.untold_pay(figures) };
        let is_exact = figures.is_work_exact && open.count() == 0 && since.best == since.worst;
        Counted {
            shortest: self.counted(figures, Case::least(since)),
            longest: (!is_exact).then(|| self.counted(figures, Case::most(since, open))),
            since,
            open,
        }
    }

    /// The stints that would count if they were paid, which is not told.
    fn untold_pay(&self, figures: &Figures) -> u64 {
        if !self.counting.paid_only {
            return 0;
        }
        let untold = figures.work.iter().flatten().enumerate().filter(|(_, stint)| {
            stint.paid.is_none() && self.counting.weight(stint.kind) != Weight::Not
        });
        untold.fold(0, |bits, (at, _)| bits | 1 << at.min(63))
    }

    /// The work that counts in one case.
    fn counted(&self, figures: &Figures, case: Case) -> Stretches {
        let Some(since) = case.since else { return Stretches::new() };
        let mut counted = Stretches::new();
        for (at, stint) in figures.work.iter().flatten().enumerate() {
            let paid = stint.paid.unwrap_or(case.paid >> at.min(63) & 1 == 1);
            let may_count = || case.kinds >> stint.kind as u64 & 1 == 1;
            let share =
                tally::counted_share(&self.counting, stint.kind, stint.share, paid, may_count);
            let (from, to) = if case.longest {
                (stint.from.first, stint.to.last)
            } else {
                (stint.from.last, stint.to.first)
            };
            let from = from.max(since);
            if share > 0 && from <= to {
                counted.push(Stretch { from, to, share });
            }
        }
        if figures.overlaps { tally::capped(counted.into_iter()) } else { counted }
    }
}

impl Until {
    fn join(&mut self, other: &Self) {
        self.limits.extend(&other.limits);
        self.limits.sort_unstable();
        self.limits.dedup();
        self.has_top |= other.has_top;
        self.is_delicate |= other.is_delicate;
    }

    /// How many limits the work reaches by that day.
    fn place(&self, counted: &[Stretch]) -> u8 {
        self.cell(counted.iter().map(|stretch| stretch.up_to(self.day)).sum())
    }

    fn cell(&self, amount: i64) -> u8 {
        low_byte(self.limits.iter().take_while(|limit| **limit <= amount).count())
    }
}

impl Case {
    const fn least(since: Since) -> Self {
        Self { longest: false, kinds: 0, paid: 0, since: since.worst }
    }

    const fn most(since: Since, open: Open) -> Self {
        Self { longest: true, kinds: open.kinds, paid: open.unpaid, since: since.best }
    }
}

impl Open {
    const fn count(self) -> u32 {
        self.kinds.count_ones() + self.unpaid.count_ones()
    }

    /// The shortest and the longest for each way to fill it in.
    fn cases(self, since: Option<Day>) -> impl Iterator<Item = (Case, Case)> {
        subsets(self.unpaid).flat_map(move |paid| {
            subsets(self.kinds).map(move |kinds| {
                let case = |longest| Case { longest, kinds, paid, since };
                (case(false), case(true))
            })
        })
    }
}

/// The places from `low` to `high`, a bit each.
fn range(low: u8, high: u8) -> u16 {
    // Places are below 16.
    let up_to = |place: u8| u16::MAX >> (15 - (place & 15));
    up_to(high.max(low)) & !(up_to(low) >> 1)
}

/// Every subset of the bits of `all`.
fn subsets(all: u64) -> impl Iterator<Item = u64> {
    let mut next = Some(0_u64);
    std::iter::from_fn(move || {
        let now = next?;
        // The next subset: borrow through the bits that are not there.
        next = (now != all).then(|| now.wrapping_sub(all) & all);
        Some(now)
    })
}
