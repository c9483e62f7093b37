//! How likely each cell of an open fact is before it is told.
//!
//! One nationality, each country as likely as the other; born on any day that makes somebody 20 to
//! 45 years old, or on any day that a partial date can mean; otherwise each cell is as likely as
//! the other. This orders questions and decides nothing.

use chrono::NaiveDate;

use super::{Open, Question, Setting};
use crate::vocabulary::{PartialDate, earliest_birth_at_most};

/// The youngest and the oldest of those whose ages are taken as equally likely.
const AGES: (i32, i32) = (20, 45);

impl Question<'_, '_> {
    /// The weight of each value of `point`; some weight is more than zero.
    pub(in crate::engine) fn weights(&self, point: &Open) -> Vec<f64> {
        let weights = match point.values.first() {
            Some(Setting::Birth(_)) => self.birth_weights(&point.values),
            Some(Setting::Nationalities(_)) => self.nation_weights(&point.values),
            _ => Vec::new(),
        };
        if weights.iter().any(|weight| *weight > 0.0) {
            return weights;
        }
        vec![1.0; point.values.len()]
    }

    /// The days of each cell: up to the next one's first.
    fn birth_weights(&self, values: &[Setting]) -> Vec<f64> {
        let (youngest, oldest) = AGES;
        let as_of = self.scene.as_of;
        let range = self.candidate.profile.birth_date.unwrap_or_else(|| {
            let last = earliest_birth_at_most(youngest - 1, as_of);
            PartialDate::between(earliest_birth_at_most(oldest, as_of), last)
        });
        let first_of = |value: Option<&Setting>| match value {
            Some(Setting::Birth(day)) => *day,
            _ => NaiveDate::MAX,
        };
        (0..values.len())
            .map(|at| {
                let first = first_of(values.get(at)).max(range.first());
                let next = first_of(values.get(at + 1)).min(range.last());
                f64::from(i32::try_from((next - first).num_days().max(0)).unwrap_or(i32::MAX))
            })
            .collect()
    }

    fn nation_weights(&self, values: &[Setting]) -> Vec<f64> {
        let sizes = self.nation_sizes();
        let weight = |value: &Setting| match value {
            Setting::Nationalities(held) => match held.as_slice() {
                [one] => sizes.iter().find(|(country, _)| country == one).map_or(0, |(_, n)| *n),
                _ => 0,
            },
            _ => 0,
        };
        values.iter().map(|value| f64::from(weight(value))).collect()
    }
}
