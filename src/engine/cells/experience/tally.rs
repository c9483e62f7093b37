//! Amounts of work that rules ask for.

use chrono::NaiveDate;

use crate::engine::cells::Question;
use crate::engine::person::Person;
use crate::engine::tally;
use crate::rules::{Counting, Rule};
use crate::vocabulary::ExperienceKind;

/// A way of counting, a day up to which it counts, and the limits it is held against.
pub(in crate::engine) struct Tally<'r> {
    pub(in crate::engine) counting: &'r Counting,
    pub(in crate::engine) until: NaiveDate,
    /// Thousandths of days: the first amount on the further side of each limit.
    pub(in crate::engine) limits: Vec<i64>,
}

impl Tally<'_> {
    pub(in crate::engine::cells) fn reaches(
        &self,
        person: &Person,
        limit: i64,
        may_count: &mut dyn FnMut(ExperienceKind) -> bool,
    ) -> bool {
        tally::count(person, self.counting, self.until, may_count) >= limit
    }
}

/// The first amount that reaches `months`.
pub(in crate::engine) fn reaching(months: i32) -> i64 {
    (i64::from(months) * 365 * 1000 + 11).div_euclid(12)
}

/// The first amount that holds more than `months` whole months.
pub(in crate::engine) fn beyond(months: i32) -> i64 {
    reaching(months + 1)
}

impl Question<'_, '_> {
    /// Every way of counting that a rule uses, on every day it can mean.
    pub(in crate::engine) fn tallies(&self) -> impl Iterator<Item = Tally<'_>> {
        self.rules().flat_map(|rule| {
            let (counting, mut limits) = match rule {
                Rule::Experience(rule) => {
                    (&rule.counting, rule.min.map(reaching).into_iter().collect::<Vec<_>>())
                }
                Rule::Qualification(rule) => {
                    (&rule.counting, rule.paths.iter().map(|path| reaching(path.min)).collect())
                }
                _ => return Vec::new(),
            };
            limits.extend(match rule {
                Rule::Experience(rule) => rule.max.map(beyond),
                Rule::Qualification(rule) => rule.max.map(beyond),
                _ => None,
            });
            let days = self.scene.timing.days(counting.until);
            let tally = |until| Tally { counting, until, limits: limits.clone() };
            days.into_iter().map(|dated| tally(dated.day)).collect()
        })
    }
}
