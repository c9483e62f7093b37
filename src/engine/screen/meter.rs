//! Work, reduced to the limits that it reaches.

use super::figures::{Figures, Stint};
use super::view::{LONGEST, low_byte};
use crate::engine::cells::Tally;
use crate::engine::tally::{self, Day, number};
use crate::rules::{self, Counting, Weight};
use crate::vocabulary::{ExperienceKind, Words};

/// More points than these are not tried in every combination.
const MOST_TOGGLES: u32 = 6;

/// What stands before the cells at both ends of what is open, and before all of them; no cell has
/// these numbers.
const ENDS: u8 = u8::MAX;
const EVERY: u8 = u8::MAX - 1;

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
    pub(super) fn of(tally: &Tally<'_>, has_top: bool) -> Self {
        let judged = ExperienceKind::WORDS.iter().map(|(_, kind)| *kind);
        let judged = judged.filter(|kind| tally.counting.weight(*kind) == Weight::MayCount);
        Self {
            counting: tally.counting.clone(),
            until: number(tally.until),
            judged: judged.fold(0, |bits, kind| bits | 1 << kind as usize),
            limits: sorted(&tally.limits),
            has_top,
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
        }
        same
    }

    /// Whether it looks at the days of degrees.
    pub(super) fn looks_at_degrees(&self) -> bool {
        self.counting.after != rules::Since::AnyTime
    }

    /// Writes which limits the work reaches at its least and at its most; `false` if that does not
    /// say enough.
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
            seen.extend([self.cell(0), self.cell(most)]);
            return !(self.has_top && self.looks_at_degrees());
        };
        let kinds = self.judged & figures.kinds;
        let unpaid = self.untold_pay(work);
        let least = Case { longest: false, kinds: 0, paid: 0, since: since.worst };
        let most = Case { longest: true, kinds, paid: unpaid, since: since.best };
        let cell = |case: Case| self.cell(self.amount(work, figures.overlaps, case));
        let (low, high) = (cell(least), cell(most));
        if low == high {
            seen.push(low);
            return true;
        }
        if self.has_top {
            if since.best != since.worst {
                return false;
            }
            return self.reduce_every(kinds, unpaid, cell, since.best, seen);
        }
        let (judged, unjudged) = (cell(Case { kinds, ..least }), cell(Case { kinds: 0, ..most }));
        seen.extend([ENDS, low, judged, unjudged, high]);
        true
    }

    /// Writes the limits reached at the least and at the most in every combination of the judged
    /// kinds and of the pay that is not told.
    fn reduce_every(
        &self,
        kinds: u64,
        unpaid: u64,
        cell: impl Fn(Case) -> u8,
        since: Option<Day>,
        seen: &mut Vec<u8>,
    ) -> bool {
        let toggles = kinds.count_ones() + unpaid.count_ones();
        if toggles > MOST_TOGGLES {
            return false;
        }
        let [judged, ..] = kinds.count_ones().to_le_bytes();
        let [unpaid_count, ..] = unpaid.count_ones().to_le_bytes();
        seen.extend([EVERY, judged, unpaid_count]);
        for paid in subsets(unpaid) {
            for kinds in subsets(kinds) {
                for longest in [false, true] {
                    seen.push(cell(Case { longest, kinds, paid, since }));
                }
            }
        }
        true
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
        self.limits.len() < LONGEST
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
