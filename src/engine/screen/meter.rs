//! Work, reduced to the places between limits that its amount can have.

use super::figures::{Figures, low_byte};
use super::work::{Case, Counted, Weighing, Work};
use crate::engine::cells::Tally;
use crate::engine::tally::{Day, Stretch, number};
use crate::rules::Since;
use crate::table::Seen;

/// More points than these are not tried in every combination.
const MOST_TOGGLES: u32 = 6;

/// The places between fewer limits than these are the bits of a number.
const MOST_LIMITS: usize = 16;

/// A way of weighing work, with the days up to which it is counted.
#[derive(Debug, Clone)]
pub(super) struct Meter {
    /// The number of the weighing.
    weighing: usize,
    /// Whether it hangs on degrees from when work counts.
    looks_at_degrees: bool,
    untils: Vec<Until>,
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

impl Meter {
    /// Counts as `tally` does; `figures` learn its weighing.
    pub(super) fn of(
        tally: &Tally<'_>,
        has_top: bool,
        is_delicate: bool,
        figures: &mut Figures,
    ) -> Self {
        let mut limits = tally.limits.clone();
        limits.sort_unstable();
        Self {
            weighing: figures.weighing(tally.counting),
            looks_at_degrees: tally.counting.after != Since::AnyTime,
            untils: vec![Until { day: number(tally.until), limits, has_top, is_delicate }],
        }
    }

    /// Takes in the days and limits of `other` if it weighs alike; whether it does.
    pub(super) fn join(&mut self, other: &Self) -> bool {
        let same = self.weighing == other.weighing;
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
        if self.looks_at_degrees && !figures.is_usual {
            return false;
        }
        if !figures.is_work_told {
            self.reduce_any_work(figures, seen);
            return !(self.looks_at_degrees && self.untils.iter().any(|until| until.has_top));
        }
        figures.counted(self.weighing).is_some_and(|(weighing, work, counted)| {
            self.untils.iter().all(|until| until.reduce(weighing, work, counted, seen))
        })
    }

    /// Writes the places of any work at all.
    fn reduce_any_work(&self, figures: &Figures, seen: &mut Seen) {
        let since = figures.since(self.weighing);
        for until in &self.untils {
            let most = since.best.map_or(0, |since| {
                let days = until.day - since.max(figures.first_day()) + 1;
                i64::from(days.max(0)) * 1000
            });
            seen.extend(range(until.cell(0), until.cell(most)).to_le_bytes());
        }
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

    /// Writes the places of the work up to this day.
    fn reduce(
        &self,
        weighing: &Weighing,
        work: &Work,
        counted: &mut Counted,
        seen: &mut Seen,
    ) -> bool {
        let Counted { since, open, .. } = *counted;
        let low = self.place(&counted.shortest);
        let high = if counted.is_exact { low } else { self.place(counted.longest()) };
        let mut places = range(low, high);
        if self.has_top && (high - low > 1 || (self.is_delicate && low < high)) {
            if since.best != since.worst || self.is_delicate || open.count() > MOST_TOGGLES {
                return false;
            }
            weighing.count_cases(work, counted);
            places = counted.cases().fold(0, |places, (shortest, longest)| {
                // Between the shortest and the longest, each amount is reached by some days.
                places | range(self.place(shortest), self.place(longest))
            });
        }
        seen.extend(places.to_le_bytes());
        if self.is_delicate {
            let (mut judged, mut unjudged) = (low, high);
            if open.kinds != 0 {
                let place = |case: Case| self.place(&weighing.counted(work, case));
                judged = place(Case::least(since).with_kinds(open.kinds));
                unjudged = place(Case::most(since, open).with_kinds(0));
            }
            seen.extend([judged, unjudged]);
        }
        true
    }

    /// How many limits the work reaches by that day.
    fn place(&self, counted: &[Stretch]) -> u8 {
        self.cell(counted.iter().map(|stretch| stretch.up_to(self.day)).sum())
    }

    fn cell(&self, amount: i64) -> u8 {
        low_byte(self.limits.iter().take_while(|limit| **limit <= amount).count())
    }
}

/// The places from `low` to `high`, a bit each.
fn range(low: u8, high: u8) -> u16 {
    // Places are below 16.
    let up_to = |place: u8| u16::MAX >> (15 - (place & 15));
    up_to(high.max(low)) & !(up_to(low) >> 1)
}
