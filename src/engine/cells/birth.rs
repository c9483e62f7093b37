//! Cells of the day of birth.

use chrono::NaiveDate;

use super::{Open, Question, Setting};
use crate::engine::meaning::earliest_birth;
use crate::rules::{Age, Rule};
use crate::vocabulary::{PartialDate, earliest_birth_at_most};

impl Question<'_, '_> {
    pub(super) fn birth_date(&self) -> Option<Open> {
        let told = self.candidate.profile.birth_date;
        if told.is_some_and(PartialDate::is_exact) {
            return None;
        }
        let eldest =
            self.scene.as_of.checked_sub_months(chrono::Months::new(12 * self.grain.oldest()));
        let range = told.unwrap_or_else(|| {
            PartialDate::between(eldest.unwrap_or(self.scene.as_of), self.scene.as_of)
        });
        let mut days = vec![range.first()];
        for rule in self.rules() {
            if let Rule::Age(age) = rule {
                self.birth_limits(age, &mut days);
            }
        }
        days.retain(|day| range.first() <= *day && *day <= range.last());
        days.sort_unstable();
        days.dedup();
        Some(Open {
            paths: vec!["birth_date".into()],
            values: days.into_iter().map(Setting::Birth).collect(),
        })
    }

    /// The first birth date on the better side of each limit, for each day and raise.
    pub(in crate::engine) fn birth_limits(&self, age: &Age, days: &mut Vec<NaiveDate>) {
        let raises = || std::iter::once(0).chain(age.raises.iter().map(|raise| raise.years));
        for raise in raises() {
            if let Some(born_from) = age.born_from {
                days.push(earliest_birth(born_from, raise, &self.scene.timing));
            }
            for dated in self.scene.timing.days(age.on) {
                if let Some(max) = age.max {
                    days.push(earliest_birth_at_most(max + raise, dated.day));
                }
                if let Some(min) = age.min {
                    days.push(earliest_birth_at_most(min - 1, dated.day));
                }
            }
        }
    }
}
