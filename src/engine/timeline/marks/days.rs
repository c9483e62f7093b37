//! The days on which something first is so.

use chrono::{Datelike, Months, NaiveDate};

use crate::profile::{Job, JobEnd};
use crate::rules::{Age, BirthDay, ReferenceDay};
use crate::vocabulary::{PartialDate, add_months, completed_years, month_day};

/// The application days on which a reference day can first reach `day`.
pub(super) fn first_days(reference: ReferenceDay, day: NaiveDate) -> Vec<NaiveDate> {
    let new_year = |year: i32| month_day(year, 1, 1);
    match reference {
        ReferenceDay::Application | ReferenceDay::CallOpen | ReferenceDay::CallClose => vec![day],
        ReferenceDay::On(_) => Vec::new(),
        ReferenceDay::InYear { .. } => {
            [new_year(day.year()), new_year(day.year() + 1)].into_iter().flatten().collect()
        }
        ReferenceDay::EntryOnDuty => {
            [6, 12].into_iter().filter_map(|months| first_that_enters(months, day)).collect()
        }
        ReferenceDay::NotStated => {
            [Some(day), new_year(day.year())].into_iter().flatten().collect()
        }
    }
}

/// The first application day after which so many calendar months reach `day`.
fn first_that_enters(months: u32, day: NaiveDate) -> Option<NaiveDate> {
    // The ends of months are cut: several days can reach the same one.
    let around =
        day.checked_sub_months(Months::new(months))?.checked_sub_days(chrono::Days::new(3))?;
    around.iter_days().take(8).find(|application| add_months(*application, months) >= day)
}

/// The earliest and the latest day that a date can mean, once if they are one.
pub(super) fn both_ends(date: PartialDate) -> Vec<NaiveDate> {
    let mut days = vec![date.first(), date.last()];
    days.dedup();
    days
}

pub(super) fn last_days(job: &Job) -> impl Iterator<Item = NaiveDate> + use<> {
    let told = match job.to {
        JobEnd::On(to) => both_ends(to),
        JobEnd::Ongoing | JobEnd::NotTold => Vec::new(),
    };
    told.into_iter()
}

/// The day on which somebody born on `birth` turns `years`.
pub(super) fn turns(birth: NaiveDate, years: i32) -> Option<NaiveDate> {
    let day = month_day(birth.year() + years, birth.month(), birth.day())?;
    if completed_years(birth, day) >= years { Some(day) } else { day.succ_opt() }
}

/// The first year whose earliest birth date, lowered by `raise` years, lies behind `birth`.
pub(super) fn first_year_too_early(rule: &Age, birth: NaiveDate, raise: i32) -> Option<i32> {
    let Some(BirthDay::YearsBefore { month, day, years }) = rule.born_from else { return None };
    let year = birth.year() + years + raise;
    [year, year + 1].into_iter().find(|year| {
        month_day(year - years - raise, month, day).is_some_and(|earliest| birth < earliest)
    })
}

/// The first application day on which a test taken on `taken` is older than `years` years.
pub(super) fn first_too_late(taken: NaiveDate, years: u32) -> Option<NaiveDate> {
    let oldest = |day: NaiveDate| day.checked_sub_months(Months::new(12 * years));
    let day = add_months(taken, 12 * years);
    day.iter_days().take(4).find(|day| oldest(*day).is_some_and(|oldest| oldest > taken))
}

/// The first day of `range` for which `holds`, which holds from some day on.
pub(super) fn first_day(
    range: (NaiveDate, NaiveDate),
    holds: impl Fn(NaiveDate) -> bool,
) -> Option<NaiveDate> {
    let day = |offset: i64| range.0 + chrono::TimeDelta::days(offset);
    let (mut low, mut high) = (0, (range.1 - range.0).num_days());
    if holds(day(low)) || !holds(day(high)) {
        return None;
    }
    while low + 1 < high {
        let middle = low.midpoint(high);
        if holds(day(middle)) { high = middle } else { low = middle }
    }
    Some(day(high))
}
