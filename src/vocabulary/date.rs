//! Days, partial dates and completed years.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};

/// A date told to the day, the month or the year: it stands for every day it can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    first: NaiveDate,
    last: NaiveDate,
}

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// The text has another form than `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    #[error("is not a date")]
    Form,
    /// The form is right, but there is no such day in the calendar.
    #[error("is not a day of the calendar")]
    NoSuchDay,
    /// The form is right, and the year is none of those that are read.
    #[error("is outside the years 1900 to 2199")]
    OutsideYears,
}

impl PartialDate {
    /// The one day `day`.
    pub const fn exact(day: NaiveDate) -> Self {
        Self { first: day, last: day }
    }

    /// Every day from `first` to `last`, both inclusive; `last` is raised to `first` if earlier.
    pub fn between(first: NaiveDate, last: NaiveDate) -> Self {
        Self { first, last: last.max(first) }
    }

    /// Parses `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, years 1900 to 2199.
    ///
    /// # Errors
    /// [`DateError::Form`] for any other text, [`DateError::NoSuchDay`] for `2026-02-30`,
    /// [`DateError::OutsideYears`] for `1896-01-01`.
    ///
    /// # Examples
    /// ```
    /// use jpo_check::vocabulary::PartialDate;
    /// let month = PartialDate::parse("2024-02").unwrap();
    /// assert_eq!(month.last().to_string(), "2024-02-29");
    /// assert!(PartialDate::parse("2026-02-30").is_err());
    /// ```
    pub fn parse(text: impl AsRef<[u8]>) -> Result<Self, DateError> {
        let days = match *text.as_ref() {
            [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] => {
                day_of([y1, y2, y3, y4, m1, m2, d1, d2])?.map(Self::exact)
            }
            [y1, y2, y3, y4, b'-', m1, m2] => {
                day_of([y1, y2, y3, y4, m1, m2, b'0', b'1'])?.and_then(Self::month_from)
            }
            [y1, y2, y3, y4] => {
                let first = day_of([y1, y2, y3, y4, b'0', b'1', b'0', b'1'])?;
                first.and_then(|first| Some(Self { first, last: month_day(first.year(), 12, 31)? }))
            }
            _ => return Err(DateError::Form),
        };
        days.ok_or(DateError::NoSuchDay)
    }

    fn month_from(first: NaiveDate) -> Option<Self> {
        let last = first.with_day(first.num_days_in_month().into())?;
        Some(Self { first, last })
    }

    /// The earliest day it can mean.
    pub const fn first(self) -> NaiveDate {
        self.first
    }

    /// The latest day it can mean.
    pub const fn last(self) -> NaiveDate {
        self.last
    }

    /// Returns whether it means one day only.
    pub fn is_exact(self) -> bool {
        self.first == self.last
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (self.first, self.last);
        if first == last {
            write!(f, "{first}")
        } else if (first.month(), first.day(), last.month(), last.day()) == (1, 1, 12, 31)
            && first.year() == last.year()
        {
            write!(f, "{}", first.format("%Y"))
        } else if first.day() == 1 && (first.year(), first.month()) == (last.year(), last.month()) {
            write!(f, "{}", first.format("%Y-%m"))
        } else {
            write!(f, "{first} to {last}")
        }
    }
}

/// The day of these digits, `YYYYMMDD`, if there is one: read all at once.
fn day_of(digits: [u8; 8]) -> Result<Option<NaiveDate>, DateError> {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    let digits = u64::from_le_bytes(digits) ^ (u64::from(b'0') * ONES);
    // Whatever is no digit is 10 or more now, and has a high bit or gets one.
    if (digits | digits.wrapping_add((0x80 - 10) * ONES)) & (0x80 * ONES) != 0 {
        return Err(DateError::Form);
    }
    let pairs = digits * 10 + (digits >> 8);
    let [century, _, year, _, month, _, day, _] = pairs.to_le_bytes();
    let year = i32::from(century) * 100 + i32::from(year);
    if !(1900..2200).contains(&year) {
        return Err(DateError::OutsideYears);
    }
    Ok(NaiveDate::from_ymd_opt(year, month.into(), day.into()))
}

/// Returns the age in completed years on the day `on`.
///
/// The birthday itself counts as turned. Someone born on 29 February turns on 1 March in common
/// years. Negative before birth.
///
/// # Examples
/// ```
/// use chrono::NaiveDate;
/// use jpo_check::vocabulary::completed_years;
/// let day = |text: &str| text.parse::<NaiveDate>().unwrap();
/// assert_eq!(completed_years(day("1994-05-04"), day("2027-05-04")), 33);
/// assert_eq!(completed_years(day("1996-02-29"), day("2029-02-28")), 32);
/// assert_eq!(completed_years(day("1996-02-29"), day("2029-03-01")), 33);
/// ```
pub fn completed_years(birth: NaiveDate, on: NaiveDate) -> i32 {
    let years = on.year() - birth.year();
    if (on.month(), on.day()) < (birth.month(), birth.day()) { years - 1 } else { years }
}

/// Returns the earliest birth date of somebody who has completed at most `years` years on `on`.
///
/// Everybody born on that day or later is within the limit, everybody born earlier is beyond it.
pub fn earliest_birth_at_most(years: i32, on: NaiveDate) -> NaiveDate {
    let mut day = month_day(on.year() - years - 1, on.month(), on.day()).unwrap_or(NaiveDate::MIN);
    // The same day and month is the last birth date beyond the limit; around 29 February it can
    // be one day off, hence the walk by the definition of age itself.
    while completed_years(day, on) > years {
        match day.succ_opt() {
            Some(next) => day = next,
            None => break,
        }
    }
    day
}

/// Returns the day `month`/`day` of `year`, 28 February where 29 February does not exist.
pub fn month_day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
        .or_else(|| NaiveDate::from_ymd_opt(year, month, day.checked_sub(1)?))
}

/// Returns `day` moved by `months` calendar months, cut to the end of a shorter month.
pub fn add_months(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn check(text: &str, expected: Result<(&str, &str), DateError>) {
        let found = PartialDate::parse(text).map(|d| (d.first(), d.last()));
        assert_eq!(found, expected.map(|(a, b)| (day(a), day(b))), "{text}");
    }

    #[test]
    fn a_partial_date_stands_for_every_day_it_can_mean() {
        check("2021-09-17", Ok(("2021-09-17", "2021-09-17")));
        check("2021-09", Ok(("2021-09-01", "2021-09-30")));
        check("2024-02", Ok(("2024-02-01", "2024-02-29")));
        check("2021", Ok(("2021-01-01", "2021-12-31")));
    }

    #[test]
    fn a_day_that_is_not_in_the_calendar_is_told_apart_from_other_texts() {
        check("2021-02-29", Err(DateError::NoSuchDay));
        check("2021-13", Err(DateError::NoSuchDay));
        check("17/09/2021", Err(DateError::Form));
        check("2021-9", Err(DateError::Form));
        check("2021:09:17", Err(DateError::Form));
        check("", Err(DateError::Form));
        check("２０２１", Err(DateError::Form));
    }

    #[test]
    fn a_day_of_a_year_that_is_not_read_is_not_said_to_be_none() {
        check("1900-01-01", Ok(("1900-01-01", "1900-01-01")));
        check("2199", Ok(("2199-01-01", "2199-12-31")));
        for text in ["1899-12-31", "1896-01", "2200", "9999-01-01", "0021-01-01"] {
            check(text, Err(DateError::OutsideYears));
        }
    }

    #[test]
    fn nothing_but_a_digit_stands_for_one() {
        for other in (0..128).map(char::from).filter(|letter| !letter.is_ascii_digit()) {
            for at in [0, 3, 5, 6, 8, 9] {
                let mut text = "2021-09-17".to_owned();
                text.replace_range(at..=at, &other.to_string());
                check(&text, Err(DateError::Form));
            }
        }
    }

    #[test]
    fn the_earliest_birth_date_within_a_limit_is_the_day_after_the_birthday_beyond_it() {
        assert_eq!(earliest_birth_at_most(32, day("2026-12-31")), day("1994-01-01"));
        assert_eq!(earliest_birth_at_most(35, day("2027-02-01")), day("1991-02-02"));
        assert_eq!(earliest_birth_at_most(32, day("2029-02-28")), day("1996-02-29"));
        assert_eq!(earliest_birth_at_most(32, day("2028-02-29")), day("1995-03-01"));
    }

    #[test]
    fn the_earliest_birth_date_agrees_with_age_on_every_day_of_four_years() {
        let mut on = day("2026-01-01");
        while on < day("2030-01-01") {
            let first = earliest_birth_at_most(32, on);
            assert!(completed_years(first, on) <= 32, "{on}");
            assert!(completed_years(first.pred_opt().unwrap(), on) > 32, "{on}");
            on = on.succ_opt().unwrap();
        }
    }
}
