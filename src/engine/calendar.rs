//! Calls, and the days that rules refer to.

use chrono::{Datelike, NaiveDate};

use crate::rules::{Call, Part, Programme, Recurring, ReferenceDay, Requirement, Rule, Window};
use crate::vocabulary::{CallState, add_months, month_day};

/// The call that matters on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallStatus {
    /// Its state.
    pub state: CallState,
    /// Its first day.
    pub opens: Option<NaiveDate>,
    /// Its last day.
    pub closes: Option<NaiveDate>,
    /// Whether its days are expected from earlier years rather than announced.
    pub expected: bool,
}

/// The days of one application to one window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Timing {
    /// The day of the application.
    pub application: NaiveDate,
    /// The call's first day; the application day where no call is known.
    pub opens: NaiveDate,
    /// The call's last day; the application day where no call is known.
    pub closes: NaiveDate,
    /// The call.
    pub call: CallStatus,
    /// The place of the call in the window's list, if it is announced.
    announced: Option<usize>,
}

/// A reference day as it falls for one application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// The day.
    pub day: NaiveDate,
    /// What it is.
    pub name: &'static str,
}

/// Returns the days of an application made on `as_of`.
///
/// Where a call is open, the application is made on `as_of`; where one is only upcoming, on its
/// opening day; with no call known, `as_of` stands in for opening and close.
pub fn timing(window: &Window, as_of: NaiveDate) -> Timing {
    let calls = || window.calls.iter().enumerate();
    if let Some((at, call)) = calls().find(|(_, c)| c.opens <= as_of && as_of <= c.closes) {
        return announced(at, call, CallState::Open, as_of);
    }
    if let Some((at, call)) = calls().find(|(_, call)| call.opens > as_of) {
        return announced(at, call, CallState::Upcoming, call.opens);
    }
    let expected = window.recurring.as_ref().and_then(|rule| next(rule, &window.calls, as_of));
    if let Some((opens, closes)) = expected {
        return expected_timing(opens, closes, as_of);
    }
    let state = match (window.rolling, window.calls.is_empty()) {
        (true, _) => CallState::Rolling,
        (false, false) => CallState::Closed,
        (false, true) => CallState::Unannounced,
    };
    let last = window.calls.last().filter(|_| state == CallState::Closed);
    let call = CallStatus {
        state,
        opens: last.map(|call| call.opens),
        closes: last.map(|call| call.closes),
        expected: false,
    };
    Timing { application: as_of, opens: as_of, closes: as_of, call, announced: None }
}

fn announced(at: usize, call: &Call, state: CallState, application: NaiveDate) -> Timing {
    let (opens, closes) = (call.opens, call.closes);
    let call = CallStatus { state, opens: Some(opens), closes: Some(closes), expected: false };
    Timing { application, opens, closes, call, announced: Some(at) }
}

/// A period that is only expected to be open cannot be told to be: its state is then
/// `unannounced`, and the application is made on `as_of`.
fn expected_timing(opens: NaiveDate, closes: NaiveDate, as_of: NaiveDate) -> Timing {
    let ahead = opens > as_of;
    let call = CallStatus {
        state: if ahead { CallState::Upcoming } else { CallState::Unannounced },
        opens: Some(opens),
        closes: Some(closes),
        expected: true,
    };
    let application = if ahead { opens } else { as_of };
    Timing { application, opens, closes, call, announced: None }
}

/// The next expected period that is not over on `as_of`, in a year without an announced call.
fn next(rule: &Recurring, calls: &[Call], as_of: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    (as_of.year() - 1..=as_of.year() + 2)
        .filter(|year| !calls.iter().any(|call| call.opens.year() == *year))
        .filter_map(|year| {
            let (opens, closes) = (rule.opens, rule.closes);
            let end_year = if closes < opens { year + 1 } else { year };
            let first = month_day(year, opens.0, opens.1)?;
            Some((first, month_day(end_year, closes.0, closes.1)?))
        })
        .find(|(_, closes)| *closes >= as_of)
}

/// The requirements in force for an application: those of the call before those of the window,
/// and the programme's usual profile for a part that neither has on record.
pub fn requirements<'d>(
    window: &'d Window,
    programme: Option<&'d Programme>,
    timing: &Timing,
) -> Vec<&'d Requirement> {
    let call = timing.announced.and_then(|at| window.calls.get(at));
    let overrides: &[Requirement] = call.map_or(&[], |call| &call.overrides);
    let valid = |requirement: &&Requirement| requirement.is_valid_on(timing.application);
    let usual: &[Requirement] = programme.map_or(&[], |known| &known.stand_ins);
    let most = overrides.len() + window.requirements.len() + usual.len();
    let mut list: Vec<&Requirement> = Vec::with_capacity(most);
    list.extend(overrides.iter().filter(valid));
    let is_overridden = |part| overrides.iter().filter(valid).any(|other| other.part == part);
    list.extend(window.requirements.iter().filter(valid).filter(|r| !is_overridden(r.part)));
    let stand_ins = stand_ins(usual, &list);
    list.extend(stand_ins);
    list.sort_by_key(|requirement| requirement.part.criterion());
    list
}

fn stand_ins<'d>(usual: &'d [Requirement], own: &[&Requirement]) -> Vec<&'d Requirement> {
    let on_record = |part: Part| {
        let says_none = |r: &&Requirement| {
            r.readings.iter().any(|reading| matches!(reading.rule, Rule::NoRequirement))
        };
        own.iter().any(|r| r.part == part && (r.strength.decides() || says_none(r)))
    };
    let pairs = on_record(Part::Qualification);
    let (degree, experience) = (on_record(Part::Degree), on_record(Part::Experience));
    let stands_in = |requirement: &&Requirement| match requirement.part {
        Part::Age => !on_record(Part::Age),
        Part::Degree => !pairs && !degree,
        Part::Experience => !pairs && !experience,
        Part::Qualification => !(pairs || (degree && experience)),
        Part::Languages => !on_record(Part::Languages),
        Part::Sponsorship | Part::Nationality | Part::Conditions => false,
    };
    usual.iter().filter(stands_in).collect()
}

impl Timing {
    /// Whether the days of a call, announced or expected, are those of the application.
    pub const fn call_is_known(&self) -> bool {
        self.announced.is_some() || self.call.expected
    }

    /// The days that a reference day can mean, one for each reading, without repetition.
    pub fn days(&self, reference: ReferenceDay) -> Days {
        let one = |day, name| Days::one(Dated { day, name });
        let year = self.application.year();
        match reference {
            ReferenceDay::Application => one(self.application, "the day of the application"),
            ReferenceDay::CallOpen => one(self.opens, "the day the call opens"),
            ReferenceDay::CallClose => one(self.closes, "the day the call closes"),
            ReferenceDay::On(day) => one(day, "that day"),
            ReferenceDay::InYear { month, day } => {
                one(month_day(year, month, day).unwrap_or(self.application), "that day of the year")
            }
            ReferenceDay::EntryOnDuty => {
                let after = |months, name| Dated { day: add_months(self.closes, months), name };
                Days::one(after(6, "entry on duty after 6 months"))
                    .and(after(12, "entry on duty after 12 months"))
            }
            ReferenceDay::NotStated => {
                let end = month_day(year, 12, 31).unwrap_or(self.application);
                one(self.application, "the day of the application")
                    .and(Dated { day: self.closes, name: "the day the call closes" })
                    .and(Dated { day: end, name: "31 December" })
            }
        }
    }
}

/// Up to three days, kept in place: they are asked for in every cell.
#[derive(Debug, Clone, Copy)]
pub struct Days {
    list: [Dated; 3],
    length: usize,
}

impl Days {
    const fn one(day: Dated) -> Self {
        Self { list: [day; 3], length: 1 }
    }

    /// Adds a day, unless it is there by another name.
    fn and(mut self, dated: Dated) -> Self {
        if !self.iter().any(|other| other.day == dated.day)
            && let Some(free) = self.list.get_mut(self.length)
        {
            *free = dated;
            self.length += 1;
        }
        self
    }
}

impl std::ops::Deref for Days {
    type Target = [Dated];

    fn deref(&self) -> &[Dated] {
        self.list.get(..self.length).unwrap_or_default()
    }
}

impl IntoIterator for Days {
    type Item = Dated;
    type IntoIter = std::iter::Take<std::array::IntoIter<Dated, 3>>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter().take(self.length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn yearly(opens: (u32, u32), closes: (u32, u32)) -> Recurring {
        Recurring { opens, closes, sources: Vec::new(), note: None }
    }

    #[test]
    fn the_next_expected_period_is_the_first_that_is_not_over() {
        let rule = yearly((2, 1), (3, 3));
        let next = |as_of| next(&rule, &[], day(as_of)).unwrap();
        assert_eq!(next("2026-11-22"), (day("2027-02-01"), day("2027-03-03")));
        assert_eq!(next("2027-03-03"), (day("2027-02-01"), day("2027-03-03")));
        assert_eq!(next("2027-03-04"), (day("2028-02-01"), day("2028-03-03")));
    }

    #[test]
    fn an_expected_period_may_run_over_the_end_of_the_year() {
        let rule = yearly((11, 15), (1, 15));
        let next = next(&rule, &[], day("2027-01-10")).unwrap();
        assert_eq!(next, (day("2026-11-15"), day("2027-01-15")));
    }
}
