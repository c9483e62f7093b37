//! Work, reduced to the places between limits that its amount can have.

use super::figures::Figures;
use super::work::{Scale, Weighed, Work};
use crate::engine::cells::Tally;
use crate::engine::tally::{Day, number};
use crate::rules;
use crate::table::Seen;

/// More points than these are not tried in every combination.
const MOST_TOGGLES: u32 = 6;

/// The places between fewer limits than these are the bits of a number.
const MOST_LIMITS: usize = 16;

/// So many limits are looked at together.
const LANES: usize = 4;

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
    limits: Limits,
    /// Whether more can be too much: then the amounts between the least and the most matter.
    has_top: bool,
    /// Whether it matters on what an amount hangs, not only which amounts there can be: the vacancy
    /// settles what is left.
    is_delicate: bool,
}

/// Thousandths of days, lowest first: the first amount on the further side of each limit.
#[derive(Debug, Clone)]
struct Limits {
    all: Vec<i64>,
    /// The last amounts on the nearer sides, those that fit; the greatest number where there is no
    /// limit.
    before: Vec<[i32; LANES]>,
}

impl Meter {
    /// Counts as `tally` does; `figures` learn its weighing.
    pub(super) fn of(
        tally: &Tally<'_>,
        has_top: bool,
        is_delicate: bool,
        figures: &mut Figures,
    ) -> Self {
        let limits = Limits::of(tally.limits.clone());
        Self {
            weighing: figures.weighing(tally.counting),
            looks_at_degrees: tally.counting.after != rules::Since::AnyTime,
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
        self.untils.iter().all(|until| until.limits.are_few())
    }

    /// Writes between which limits the work can come to lie, a bit for each place; `false` if that
    /// does not say enough.
    pub(super) fn reduce(&self, figures: &mut Figures, seen: &mut Seen) -> bool {
        if self.looks_at_degrees && !figures.is_usual {
            return false;
        }
        let (is_told, first_day) = (figures.is_work_told, figures.first_day());
        let Some((scale, work)) = figures.scale(self.weighing) else { return false };
        if !is_told {
            self.reduce_any_work(scale.weighing.since(work).best.max(first_day), seen);
            return !(self.looks_at_degrees && self.untils.iter().any(|until| until.has_top));
        }
        self.untils.iter().all(|until| until.reduce(scale, work, seen))
    }

    /// Writes the places of any work at all from `since` on.
    fn reduce_any_work(&self, since: Day, seen: &mut Seen) {
        for until in &self.untils {
            let days = i64::from(until.day.saturating_sub(since).saturating_add(1).max(0));
            let places = range(until.limits.place(0), until.limits.place(days * 1000));
            seen.extend(places.to_le_bytes());
        }
    }
}

impl Until {
    fn join(&mut self, other: &Self) {
        self.limits = Limits::of([&*self.limits.all, &*other.limits.all].concat());
        self.has_top |= other.has_top;
        self.is_delicate |= other.is_delicate;
    }

    /// Writes the places of the work up to this day.
    fn reduce(&self, scale: &mut Scale, work: &Work, seen: &mut Seen) -> bool {
        let (low, high) = self.places(scale.extremes(work), work);
        let mut places = range(low, high);
        if self.has_top && (high - low > 1 || (self.is_delicate && low < high)) {
            match self.places_between(places, scale, work) {
                Some(between) => places = between,
                None => return false,
            }
        }
        seen.extend(places.to_le_bytes());
        if self.is_delicate {
            let (mut judged, mut unjudged) = (low, high);
            if scale.weighing.open(work).kinds != 0 {
                (judged, unjudged) = self.places(scale.judged(work), work);
            }
            seen.extend([judged, unjudged]);
        }
        true
    }

    /// Those of the places `extremes`, from the least to the most, that it can turn out to have;
    /// `None` if that is too much to ask.
    fn places_between(&self, extremes: u16, scale: &mut Scale, work: &Work) -> Option<u16> {
        let weighing = &scale.weighing;
        let (since, open) = (weighing.since(work), weighing.open(work));
        if since.best != since.worst || self.is_delicate || open.count() > MOST_TOGGLES {
            return None;
        }
        // Between the shortest and the longest, each amount is reached by some days.
        match open.count() {
            0 => return Some(extremes),
            1 => return Some(self.places_of_both(scale.extremes(work), work)),
            _ => {}
        }
        let mut weighed = Weighed::default();
        Some(open.cases().fold(0, |places, case| {
            weighing.weigh(work, [case; 2], &mut weighed);
            let (low, high) = self.places(&weighed, work);
            places | range(low, high)
        }))
    }

    /// The places that it can have in the worse case, and those in the better one.
    fn places_of_both(&self, weighed: &Weighed, work: &Work) -> u16 {
        let (low, high) = self.places(weighed, work);
        let (most_worse, least_better) = weighed.up_to_between(work, self.day);
        range(low, self.limits.place(most_worse)) | range(self.limits.place(least_better), high)
    }

    /// How many limits the work reaches at least and at most.
    fn places(&self, weighed: &Weighed, work: &Work) -> (u8, u8) {
        let (least, most) = weighed.up_to(work, self.day);
        (self.limits.place(least), self.limits.place(most))
    }
}

impl Limits {
    fn of(mut all: Vec<i64>) -> Self {
        all.sort_unstable();
        all.dedup();
        let last_before = |limit: &i64| i32::try_from(limit - 1).unwrap_or(i32::MAX);
        let lanes = |limits: &[i64]| {
            let mut before = [i32::MAX; LANES];
            before.iter_mut().zip(limits).for_each(|(before, limit)| *before = last_before(limit));
            before
        };
        let before = all.chunks(LANES).map(lanes).collect();
        Self { all, before }
    }

    /// Whether there is room for all of them.
    fn are_few(&self) -> bool {
        self.all.len() < MOST_LIMITS && self.all.iter().all(|limit| i32::try_from(*limit).is_ok())
    }

    /// How many of them an amount reaches.
    fn place(&self, amount: i64) -> u8 {
        let amount = i32::try_from(amount).unwrap_or(i32::MAX);
        // No branches: amounts lie anywhere.
        let before = self.before.iter().flatten();
        let reached: i32 = before.map(|before| i32::from(*before < amount)).sum();
        u8::try_from(reached).unwrap_or(u8::MAX)
    }
}

/// The places from `low` to `high`, a bit each.
fn range(low: u8, high: u8) -> u16 {
    // Places are below 16.
    let up_to = |place: u8| u16::MAX >> (15 - (place & 15));
    up_to(high.max(low)) & !(up_to(low) >> 1)
}
