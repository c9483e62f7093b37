//! Counting experience.
//!
//! Full-time-equivalent days in the union of the counting jobs, both ends counted, a day never
//! more than 1.0. One year is 365 days, one month a twelfth of that.

use chrono::NaiveDate;

use super::person::{Person, Worked};
use crate::rules::{Counting, Since, Weight};
use crate::vocabulary::{DegreeLevel, ExperienceKind};

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
    let Some(since) = counts_since(person, counting.after) else { return 0 };
    let mut changes: Vec<(NaiveDate, i64)> = Vec::with_capacity(person.jobs.len() * 2);
    for job in &person.jobs {
        let share = share(job, counting, may_count);
        let (from, to) = (job.from.max(since), job.to.unwrap_or(until).min(until));
        if share == 0 || to < from {
            continue;
        }
        changes.push((from, share));
        if let Some(after) = to.succ_opt() {
            changes.push((after, -share));
        }
    }
    sum_capped(changes)
}

/// The first day that counts, or `None` if the degree it hangs on is not there.
fn counts_since(person: &Person, after: Since) -> Option<NaiveDate> {
    let level = match after {
        Since::AnyTime => return Some(NaiveDate::MIN),
        Since::FirstDegree => DegreeLevel::Bachelor,
        Since::Master => DegreeLevel::Master,
    };
    person.degrees.iter().filter(|d| d.level >= level).map(|d| d.awarded).min()
}

fn share(
    job: &Worked,
    counting: &Counting,
    may_count: &mut dyn FnMut(ExperienceKind) -> bool,
) -> i64 {
    if !job.relevant || (counting.paid_only && !job.paid) {
        return 0;
    }
    let share = i64::from(job.share);
    match counting.weight(job.kind) {
        Weight::Full => share,
        Weight::Half => share / 2,
        Weight::MayCount if may_count(job.kind) => share,
        Weight::MayCount | Weight::Not => 0,
    }
}

/// Adds up the days between changes, each day counting for at most 1000 thousandths.
fn sum_capped(mut changes: Vec<(NaiveDate, i64)>) -> Tally {
    changes.sort_unstable();
    let (mut sum, mut share) = (0, 0);
    let mut last = NaiveDate::MIN;
    for (day, change) in changes {
        if share > 0 {
            sum += (day - last).num_days() * share.min(1000);
        }
        share += change;
        last = day;
    }
    sum
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
