//! Counting experience.
//!
//! Full-time-equivalent days in the union of the counting jobs, both ends counted, a day never
//! more than 1.0. One year is 365 days, one month a twelfth of that.

use chrono::{Datelike, NaiveDate};

use smallvec::SmallVec;

use super::person::Person;
use crate::rules::{Counting, Since, Weight};
use crate::vocabulary::ExperienceKind;

/// Thousandths of a full-time day.
pub(super) type Tally = i64;

/// Returns the whole months in a tally, rounded down.
pub const fn months(tally: i64) -> i64 {
    tally * 12 / (365 * 1000)
}

/// Whether a tally reaches `months` months.
pub(super) fn reaches(tally: Tally, months: i32) -> bool {
    tally * 12 >= i64::from(months) * 365 * 1000
}

/// Whether a tally holds more than `months` whole months: four years of work to the day are not
/// above four years, though a leap day lies in them.
pub(super) fn exceeds(tally: Tally, months: i32) -> bool {
    self::months(tally) > i64::from(months)
}

/// Counts the experience of `person` up to and including `until`.
///
/// `may_count` answers for the kinds that the rule leaves to the organisation.
pub(super) fn count(
    person: &Person,
    counting: &Counting,
    until: NaiveDate,
    may_count: &mut dyn FnMut(ExperienceKind) -> bool,
) -> Tally {
    up_to(&stretches(person, counting, until, may_count), until)
}

/// What counts of stretches up to and including `day`.
pub(super) fn up_to(stretches: &[Stretch], day: NaiveDate) -> Tally {
    let last = number(day);
    stretches.iter().map(|stretch| stretch.up_to(last)).sum()
}

/// The stretches of the experience that [`count`] counts, which serve every earlier day too.
pub(super) fn stretches(
    person: &Person,
    counting: &Counting,
    until: NaiveDate,
    may_count: &mut dyn FnMut(ExperienceKind) -> bool,
) -> Stretches {
    let Some(since) = counts_since(person, counting.after) else { return Stretches::new() };
    let counted = person.jobs.iter().filter_map(|job| {
        let share = i64::from(if job.relevant { job.share } else { 0 });
        let share = match share {
            0 => 0,
            share => counted_share(counting, job.kind, share, job.paid, || may_count(job.kind)),
        };
        let (from, to) = (job.from.max(since), job.to.unwrap_or(until).min(until));
        let stretch = || Stretch { from: number(from), to: number(to), share };
        (share > 0 && from <= to).then(stretch)
    });
    capped(counted)
}

/// The first day that counts, or `None` if the degree it hangs on is not there.
fn counts_since(person: &Person, after: Since) -> Option<NaiveDate> {
    let Some(level) = after.level() else { return Some(NaiveDate::MIN) };
    person.degrees.iter().filter(|d| d.level >= level).map(|d| d.awarded).min()
}

/// The thousandths of a day that count of a day of work with that `share`.
pub(super) fn counted_share(
    counting: &Counting,
    kind: ExperienceKind,
    share: i64,
    is_paid: bool,
    may_count: impl FnOnce() -> bool,
) -> i64 {
    if counting.paid_only && !is_paid {
        return 0;
    }
    match counting.weight(kind) {
        Weight::Full => share,
        Weight::Half => share / 2,
        Weight::MayCount if may_count() => share,
        Weight::MayCount | Weight::Not => 0,
    }
}

/// A day, counted from the first of the common era.
pub(super) type Day = i32;

/// The number of a day.
pub(super) fn number(day: NaiveDate) -> Day {
    day.num_days_from_ce()
}

/// Days of work from the first to the last, both inclusive, each with that share in thousandths.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Stretch {
    pub(super) from: Day,
    pub(super) to: Day,
    pub(super) share: i64,
}

impl Stretch {
    /// What counts of it up to `day`, inclusive.
    pub(super) fn up_to(&self, day: Day) -> Tally {
        i64::from((self.to.min(day) - self.from + 1).max(0)) * self.share
    }
}

/// The stretches of one person.
pub(super) type Stretches = SmallVec<[Stretch; 8]>;

/// Thousandths that a day counts for at most.
pub(super) const FULL: i64 = 1000;

/// Stretches that share no day, each day counting for at most [`FULL`].
pub(super) fn capped(counted: impl Iterator<Item = Stretch>) -> Stretches {
    let mut changes: SmallVec<[(Day, i64); 16]> = SmallVec::new();
    for Stretch { from, to, share } in counted {
        changes.push((from, share));
        changes.push((to.saturating_add(1), -share));
    }
    changes.sort_unstable();
    let (mut stretches, mut from, mut share) = (Stretches::new(), 0, 0);
    for (day, change) in changes {
        if share > 0 && from < day {
            stretches.push(Stretch { from, to: day - 1, share: share.min(FULL) });
        }
        share += change;
        from = day;
    }
    stretches
}

/// The least and the most that the told experience can amount to, in thousandths of days.
///
/// The least leaves out, the most takes in, the kinds that the organisation judges.
pub fn counted_range(
    shortest: &Person,
    longest: &Person,
    counting: &Counting,
    until: NaiveDate,
) -> (i64, i64) {
    let least = count(shortest, counting, until, &mut |_| false);
    (least, count(longest, counting, until, &mut |_| true))
}
