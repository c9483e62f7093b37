//! Cells in which any value of one fact can be seen beside any value of the others: whether one of
//! them makes a difference may hang on a middle value of another.

use chrono::NaiveDate;

use super::{Open, Question, Setting};
use crate::engine::meaning::first_valid_day;
use crate::engine::person::{Lives, Taken};
use crate::rules::{LanguageRule, OwnedTest, Rule, Since};
use crate::vocabulary::{CountryCode, LanguageLevel, LevelRange, PartialDate};

/// More lists of one part than this are not looked at: none and all stand for them then.
const MOST_LISTS: usize = 1_000;

impl Question<'_, '_> {
    /// Whether the values of `point` stand for every value that it can have, beside any value of
    /// the other points.
    ///
    /// Degrees and jobs that are not told come in any number, and dates of jobs are looked at from
    /// the shortest to the longest: their cells tell whether a rule can hold, and no more.
    pub(in crate::engine) fn lists_every_value(&self, point: &Open) -> bool {
        match point.values.first() {
            Some(Setting::Degrees(_) | Setting::Jobs(_) | Setting::JobDates(_)) => false,
            Some(Setting::Awarded(..)) => {
                self.tallies().all(|tally| tally.counting.after == Since::AnyTime)
            }
            Some(Setting::Languages(_)) => self.lists_every_skill(),
            Some(Setting::Residences(_)) => self.every_residence().is_some(),
            Some(Setting::Tests(_)) => self.every_pass(self.scene.as_of).is_some(),
            _ => true,
        }
    }

    /// Every set of the countries of residence asked, by a permanent right or not.
    pub(super) fn every_residence(&self) -> Option<Vec<Setting>> {
        let mut asked = self.asked_residences();
        asked.sort_unstable();
        asked.dedup();
        let steps = |country: &CountryCode| {
            let lives = |permanent| Lives { country: *country, permanent };
            vec![None, Some(lives(false)), Some(lives(true))]
        };
        let lists = every_list(&asked.iter().map(steps).collect::<Vec<_>>())?;
        Some(lists.into_iter().map(Setting::Residences).collect())
    }

    /// Every set of the tests asked, each passed as narrowly as it can be.
    pub(super) fn every_pass(&self, latest: NaiveDate) -> Option<Vec<Setting>> {
        let mut steps: Vec<Vec<Option<Taken>>> = Vec::new();
        for (test, valid_years) in self.asked_tests() {
            let first = first_valid_day(valid_years, &self.scene.timing);
            let score = test.min.unwrap_or(self.scale(&test.test).0);
            let taken = Taken {
                test: test.test.clone(),
                score,
                taken: first.unwrap_or(latest).min(latest),
            };
            let step = vec![None, Some(taken)];
            if !steps.contains(&step) {
                steps.push(step);
            }
        }
        Some(every_list(&steps)?.into_iter().map(Setting::Tests).collect())
    }

    /// The tests that rules ask for, with the years that they are valid.
    pub(super) fn asked_tests(&self) -> impl Iterator<Item = (&OwnedTest, Option<u32>)> {
        self.rules()
            .filter_map(|rule| match rule {
                Rule::Language(LanguageRule::Tests { tests, valid_years }) => {
                    Some(tests.iter().map(|test| (test, *valid_years)))
                }
                _ => None,
            })
            .flatten()
    }

    /// A score on each side of every limit of the test `id`.
    pub(super) fn score_steps(&self, id: &str) -> Vec<f64> {
        let (low, high) = self.scale(id);
        let asked = self.asked_tests().filter(|(test, _)| test.test == id);
        let limits = asked.filter_map(|(test, _)| test.min);
        let mut steps: Vec<f64> = [low, high].into_iter().chain(limits).collect();
        steps.retain(|score| (low..=high).contains(score));
        steps.sort_unstable_by(f64::total_cmp);
        steps.dedup();
        steps
    }

    /// A day on each side of every day from which the test `id` is valid, within `range`.
    pub(super) fn taken_steps(&self, id: &str, range: PartialDate) -> Vec<NaiveDate> {
        let asked = self.asked_tests().filter(|(test, _)| test.test == id);
        let firsts = asked.filter_map(|(_, years)| first_valid_day(years, &self.scene.timing));
        let mut days: Vec<NaiveDate> = [range.first(), range.last()].into_iter().collect();
        days.extend(firsts.filter(|day| range.first() <= *day && *day <= range.last()));
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The lowest and the highest of `level`, and the levels asked between them.
    pub(super) fn level_steps(
        &self,
        language: crate::vocabulary::LanguageCode,
        level: LevelRange,
    ) -> Vec<LanguageLevel> {
        let asked = self.steps(language).into_iter().flatten();
        let mut steps: Vec<LanguageLevel> =
            asked.filter(|step| level.low < *step && *step < level.high).collect();
        steps.extend([level.low, level.high]);
        steps.sort_unstable();
        steps
    }
}

/// Every list with one step of each, `None` left out; `None` if there are too many.
fn every_list<T: Clone>(steps: &[Vec<Option<T>>]) -> Option<Vec<Vec<T>>> {
    let count = steps.iter().try_fold(1_usize, |count, steps| count.checked_mul(steps.len()));
    count.filter(|count| *count <= MOST_LISTS)?;
    let mut lists: Vec<Vec<T>> = vec![Vec::new()];
    for steps in steps {
        let with = |list: &Vec<T>, step: &Option<T>| {
            list.iter().cloned().chain(step.clone()).collect::<Vec<T>>()
        };
        lists =
            steps.iter().flat_map(|step| lists.iter().map(move |list| with(list, step))).collect();
    }
    Some(lists)
}
