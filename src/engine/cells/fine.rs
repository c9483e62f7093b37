//! Cells fine enough to tell two rules apart: each language at each level, each test at each score.

use chrono::NaiveDate;

use super::{Question, Setting};
use crate::engine::meaning::first_valid_day;
use crate::engine::person::Taken;
use crate::rules::{LanguageLevelWord, LanguageRule, Rule};
use crate::vocabulary::{LanguageCode, LanguageLevel, Words};

/// More combinations of languages and levels than this are not listed: one language at a time then.
const MOST_SKILLS: usize = 20_000;

impl Question<'_, '_> {
    /// Every combination of the languages asked, none or at a level just reaching or just missing
    /// one that is asked of it; where there are too many, one language after the other.
    pub(super) fn every_skill(&self) -> Vec<Setting> {
        let languages = self.asked_languages();
        let steps: Vec<Vec<Option<LanguageLevel>>> =
            languages.iter().map(|language| self.steps(*language)).collect();
        if self.lists_every_skill() {
            let count: usize = steps.iter().map(Vec::len).product();
            return (0..count)
                .map(|at| Setting::Languages(combined(&languages, &steps, at)))
                .collect();
        }
        let all: Vec<(LanguageCode, LanguageLevel)> =
            languages.iter().map(|language| (*language, LanguageLevel::Native)).collect();
        let mut values = vec![Setting::Languages(Vec::new())];
        for (language, steps) in languages.iter().zip(&steps) {
            let others: Vec<_> = all.iter().copied().filter(|(code, _)| code != language).collect();
            for step in steps {
                values.push(Setting::Languages(with(&[], *language, *step)));
                values.push(Setting::Languages(with(&others, *language, *step)));
            }
        }
        values
    }

    /// Whether there are few enough combinations of languages and levels to list them all.
    pub(in crate::engine) fn lists_every_skill(&self) -> bool {
        let steps = self.asked_languages().into_iter().map(|language| self.steps(language).len());
        let count = steps.into_iter().try_fold(1_usize, usize::checked_mul);
        count.is_some_and(|count| count <= MOST_SKILLS)
    }

    /// None, and the levels on both sides of each that is asked of `language`.
    pub(super) fn steps(&self, language: LanguageCode) -> Vec<Option<LanguageLevel>> {
        let mut asked: Vec<LanguageLevel> = Vec::new();
        let mut take = |word: &LanguageLevelWord| asked.extend(&word.levels);
        for rule in self.rules() {
            match rule {
                Rule::Language(LanguageRule::Skills { of, levels }) if of.contains(&language) => {
                    levels.iter().for_each(&mut take);
                }
                Rule::Nationality(rule) => rule
                    .every_branch()
                    .flat_map(|branch| &branch.speaks)
                    .filter(|skill| skill.language == language)
                    .for_each(|skill| take(&skill.level)),
                _ => {}
            }
        }
        let below = |level: &LanguageLevel| {
            let ladder = LanguageLevel::WORDS.iter().map(|(_, level)| *level);
            ladder.take_while(|lower| lower < level).last()
        };
        let mut steps: Vec<Option<LanguageLevel>> = vec![None];
        steps.extend(asked.iter().map(|level| Some(*level)));
        steps.extend(asked.iter().map(below));
        steps.sort_unstable();
        steps.dedup();
        steps
    }

    /// Each test asked, alone, with each score on either side of a lowest one, taken in time and
    /// a day too early.
    pub(super) fn every_test(&self, latest: NaiveDate) -> Vec<Setting> {
        let mut values = Vec::new();
        for rule in self.rules() {
            let Rule::Language(LanguageRule::Tests { tests, valid_years }) = rule else { continue };
            let oldest = first_valid_day(*valid_years, &self.scene.timing);
            let days: Vec<NaiveDate> =
                [Some(latest), oldest, oldest.and_then(|day| day.pred_opt())]
                    .into_iter()
                    .flatten()
                    .collect();
            for test in tests {
                let (low, high) = self.scale(&test.test);
                let step = self.scene.data.languages.test(&test.test).map_or(1.0, |test| test.step);
                let around = test.min.map(|min| [(min - step).max(low), min]);
                let scores = [low, high].into_iter().chain(around.into_iter().flatten());
                for score in scores {
                    let taken =
                        |taken: &NaiveDate| Taken { test: test.test.clone(), score, taken: *taken };
                    values.extend(days.iter().map(taken).map(|t| Setting::Tests(vec![t])));
                }
            }
        }
        values
    }
}

/// The combination in a place among all, the first language changing fastest.
fn combined(
    languages: &[LanguageCode],
    steps: &[Vec<Option<LanguageLevel>>],
    mut at: usize,
) -> Vec<(LanguageCode, LanguageLevel)> {
    let mut list = Vec::with_capacity(languages.len());
    for (language, steps) in languages.iter().zip(steps) {
        let step = steps.get(at % steps.len()).copied().flatten();
        list.extend(step.map(|level| (*language, level)));
        at /= steps.len();
    }
    list
}

fn with(
    list: &[(LanguageCode, LanguageLevel)],
    language: LanguageCode,
    level: Option<LanguageLevel>,
) -> Vec<(LanguageCode, LanguageLevel)> {
    list.iter().copied().chain(level.map(|level| (language, level))).collect()
}
