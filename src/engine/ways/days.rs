//! Sets of days, as stretches.

use chrono::NaiveDate;

/// Days, as stretches in order that neither touch nor overlap, both ends inclusive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DaySet {
    stretches: Vec<(NaiveDate, NaiveDate)>,
}

impl DaySet {
    pub(super) fn all(from: NaiveDate, to: NaiveDate) -> Self {
        Self { stretches: vec![(from, to)] }
    }

    pub(super) const fn none() -> Self {
        Self { stretches: Vec::new() }
    }

    /// Adds a stretch behind all others.
    pub(super) fn push(&mut self, from: NaiveDate, to: NaiveDate) {
        match self.stretches.last_mut() {
            Some((_, last)) if last.succ_opt() >= Some(from) => *last = to.max(*last),
            _ => self.stretches.push((from, to)),
        }
    }

    pub(super) fn first(&self) -> Option<NaiveDate> {
        self.stretches.first().map(|(from, _)| *from)
    }

    /// The first stretch.
    pub(super) fn first_stretch(&self) -> Option<(NaiveDate, NaiveDate)> {
        self.stretches.first().copied()
    }

    /// The last day of the stretch that `day` lies in; `None` if it lies in none.
    pub(super) fn end_of_stretch(&self, day: NaiveDate) -> Option<NaiveDate> {
        let around = self.stretches.iter().find(|(from, to)| *from <= day && day <= *to);
        around.map(|(_, to)| *to)
    }

    pub(super) fn last(&self) -> Option<NaiveDate> {
        self.stretches.last().map(|(_, to)| *to)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.stretches.is_empty()
    }

    pub(super) fn common(&self, other: &Self) -> Self {
        let mut common = Self::none();
        let (mut ours, mut theirs) = (self.stretches.iter(), other.stretches.iter());
        let (mut one, mut two) = (ours.next(), theirs.next());
        while let (Some((a, b)), Some((c, d))) = (one, two) {
            let (from, to) = (*a.max(c), *b.min(d));
            if from <= to {
                common.push(from, to);
            }
            if b < d { one = ours.next() } else { two = theirs.next() }
        }
        common
    }

    pub(super) fn holds_all_of(&self, other: &Self) -> bool {
        self.common(other) == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(stretches: &[(u32, u32)]) -> DaySet {
        let day = |day| NaiveDate::from_ymd_opt(2027, 1, day).unwrap();
        let mut set = DaySet::none();
        for (from, to) in stretches {
            set.push(day(*from), day(*to));
        }
        set
    }

    #[test]
    fn common_days_are_those_of_both() {
        let common = set(&[(1, 5), (8, 20)]).common(&set(&[(4, 9), (11, 12), (20, 30)]));
        assert_eq!(common, set(&[(4, 5), (8, 9), (11, 12), (20, 20)]));
        assert!(set(&[(1, 3)]).common(&set(&[(4, 5)])).is_empty());
    }

    #[test]
    fn stretches_that_touch_are_one() {
        assert_eq!(set(&[(1, 3), (4, 6)]), set(&[(1, 6)]));
    }
}
