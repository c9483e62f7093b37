//! The days on which what a window asks can begin to differ.

use chrono::{Datelike, NaiveDate};

use super::contrast::Side;
use crate::rules::{Programme, Requirement, Window};
use crate::vocabulary::month_day;

/// The days on which what any of `sides` asks can begin to differ, sorted, once each.
pub fn turning_days(sides: &[Side<'_>], as_of: NaiveDate) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = sides.iter().flat_map(|side| side.turning_days(as_of)).collect();
    days.sort_unstable();
    days.dedup();
    days
}

impl<'d> Side<'d> {
    /// The programme's usual profile, as it stands in.
    pub fn stand_ins(self) -> &'d [Requirement] {
        let programme = self.data.programme(&self.window.programme);
        programme.map_or(&[], |programme: &Programme| &programme.stand_ins)
    }

    /// Every requirement that can come into force.
    pub fn requirements(self) -> impl Iterator<Item = &'d Requirement> {
        self.window.every_requirement().chain(self.stand_ins())
    }

    /// The days on which calls open or are over, rules come into force or fall out of
    /// it, and memberships of groups begin or end; of yearly calls those around `as_of`.
    fn turning_days(self, as_of: NaiveDate) -> Vec<NaiveDate> {
        let next_year = month_day(as_of.year() + 1, 12, 31).unwrap_or(as_of);
        let mut days = calendar_days(self.window, as_of, next_year);
        for requirement in self.requirements() {
            let (from, to) = requirement.valid;
            days.extend([from, to.and_then(|day| day.succ_opt())].into_iter().flatten());
            for id in requirement.groups() {
                let members = self.data.groups.get(id).into_iter().flat_map(|g| &g.members);
                for (_, membership) in members {
                    days.extend(membership.from);
                    days.extend(membership.leaves.map(|(day, _)| day));
                }
            }
        }
        days
    }
}

/// The days on which calls of `window` open, and those after they are over; of yearly calls those
/// that open or are over in the years from `from` to `to`.
pub(super) fn calendar_days(window: &Window, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    let mut days = Vec::new();
    for call in &window.calls {
        days.extend([Some(call.opens), call.closes.succ_opt()].into_iter().flatten());
    }
    if let Some(rule) = &window.recurring {
        for year in from.year()..=to.year() {
            let (opens, closes) = (rule.opens, rule.closes);
            days.extend(month_day(year, opens.0, opens.1));
            days.extend(month_day(year, closes.0, closes.1).and_then(|day| day.succ_opt()));
        }
    }
    days
}
