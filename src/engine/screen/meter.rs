//! Work, reduced to the limits that it reaches.

use super::figures::{Figures, Stint};
use super::view::low_byte;
use crate::engine::cells::Tally;
use crate::engine::tally::{self, Day, number};
use crate::rules::{self, Counting, Weight};
use crate::vocabulary::{ExperienceKind, Words};

/// More points than these are not tried in every combination.
const MOST_TOGGLES: u32 = 6;

/// The places between fewer limits than these are the bits of a number.
const MOST_LIMITS: usize = 16;

/// A way of counting up to a day, and the limits that the amount is held against.
#[derive(Debug, Clone)]
pub(super) struct Meter {
    counting: Counting,
    until: Day,
    /// The kinds that the organisation judges, a bit each.
    judged: u64,
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

impl Meter {
    pub(super) fn of(tally: &Tally<'_>, has_top: bool, is_delicate: bool) -> Self {
        let judged = ExperienceKind::WORDS.iter().map(|(_, kind)| *kind);
        let judged = judged.filter(|kind| tally.counting.weight(*kind) == Weight::MayCount);
        Self {
            counting: tally.counting.clone(),
            until: number(tally.until),
            judged: judged.fold(0, |bits, kind| bits | 1 << kind as usize),
            limits: sorted(&tally.limits),
            has_top,
            is_delicate,
        }
    }

    /// Takes in the limits of `other` if it counts the same; whether it does.
    pub(super) fn join(&mut self, other: &Self) -> bool {
        let same = self.counting == other.counting && self.until == other.until;
        if same {
            self.limits.extend(&other.limits);
            self.limits.sort_unstable();
            self.limits.dedup();
            self.has_top |= other.has_top;
            self.is_delicate |= other.is_delicate;
        }
        same
    }

    /// Whether it looks at the days of degrees.
    pub(super) fn looks_at_degrees(&self) -> bool {
        self.counting.after != rules::Since::AnyTime
    }

    /// Writes between which limits the work can come to lie, a bit for each place; `false` if that
    /// does not say enough.
    pub(super) fn reduce(&self, figures: &Figures, seen: &mut Vec<u8>) -> bool {
        let since = figures.after(self.counting.after);
        if self.looks_at_degrees() && !figures.is_usual {
            return false;
        }
        let Some(work) = &figures.work else {
            let most = since.best.map_or(0, |since| {
                let days = self.until - since.max(figures.first_day()) + 1;
                i64::from(days.max(0)) * 1000
            });
            seen.extend(range(self.cell(0), self.cell(most)).to_le_bytes());
            return !(self.has_top && self.looks_at_degrees());
        };
        let kinds = self.judged & figures.kinds;
        let unpaid = self.untold_pay(work);
        let cell = |case: Case| self.cell(self.amount(work, figures.overlaps, case));
        let least = Case { longest: false, kinds: 0, paid: 0, since: since.worst };
        let most = Case { longest: true, kinds, paid: unpaid, since: since.best };
        let (low, high) = (cell(least), cell(most));
        let mut places = range(low, high);
        let skips = high - low > 1 || (self.is_delicate && high > low);
        if self.has_top && skips {
            if since.best != since.worst || self.is_delicate {
                return false;
            }
            match self.every_place(kinds, unpaid, cell, since.best) {
                Some(every) => places = every,
                None => return false,
            }
        }
        seen.extend(places.to_le_bytes());
        if self.is_delicate {
            seen.extend([cell(Case { kinds, ..least }), cell(Case { kinds: 0, ..most })]);
        }
        true
    }

    /// The places in every combination of the judged kinds and of the pay that is not told; `None`
    /// if there are too many.
    fn every_place(
        &self,
        kinds: u64,
        unpaid: u64,
        cell: impl Fn(Case) -> u8,
        since: Option<Day>,
    ) -> Option<u16> {
        if kinds.count_ones() + unpaid.count_ones() > MOST_TOGGLES {
            return None;
        }
        let mut places = 0;
        for paid in subsets(unpaid) {
            for kinds in subsets(kinds) {
                let case = |longest| Case { longest, kinds, paid, since };
                // Between the shortest and the longest, each amount is reached by some days.
                places |= range(cell(case(false)), cell(case(true)));
            }
        }
        Some(places)
    }

    /// The stints that would count if they were paid, which is not told.
    fn untold_pay(&self, work: &[Stint]) -> u64 {
        if !self.counting.paid_only {
            return 0;
        }
        let untold = work.iter().enumerate().filter(|(_, stint)| {
            stint.paid.is_none() && self.counting.weight(stint.kind) != Weight::Not
        });
        untold.fold(0, |bits, (at, _)| bits | 1 << at.min(63))
    }

    /// Whether its cells are written in a byte each.
    pub(super) fn is_small(&self) -> bool {
        self.limits.len() < MOST_LIMITS
    }

    /// How many limits an amount reaches.
    fn cell(&self, amount: i64) -> u8 {
        low_byte(self.limits.iter().take_while(|limit| **limit <= amount).count())
    }

    /// The amount in thousandths of days.
    fn amount(&self, work: &[Stint], overlaps: bool, case: Case) -> i64 {
        let Some(since) = case.since else { return 0 };
        let counted = work.iter().enumerate().filter_map(|(at, stint)| {
            let paid = stint.paid.unwrap_or(case.paid >> at.min(63) & 1 == 1);
            let may_count = || case.kinds >> stint.kind as u64 & 1 == 1;
            let share =
                tally::counted_share(&self.counting, stint.kind, stint.share, paid, may_count);
            let (from, to) = if case.longest {
                (stint.from.first, stint.to.last)
            } else {
                (stint.from.last, stint.to.first)
            };
            let (from, to) = (from.max(since), to.min(self.until));
            (share > 0 && from <= to).then_some((from, to, share))
        });
        if overlaps { tally::sum_capped(counted) } else { tally::sum_apart(counted) }
    }
}

fn sorted(limits: &[i64]) -> Vec<i64> {
    let mut limits = limits.to_vec();
    limits.sort_unstable();
    limits
}

/// The places from `low` to `high`, a bit each.
fn range(low: u8, high: u8) -> u16 {
    (low..=high.max(low)).fold(0, |places, place| places | 1 << (place & 15))
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
