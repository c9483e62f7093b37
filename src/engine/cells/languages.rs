//! Cells of languages and of tests.

use chrono::NaiveDate;

use super::{Grain, Open, Question, Setting};
use crate::engine::person::Taken;
use crate::rules::{LanguageRule, Rule};
use crate::vocabulary::{LanguageCode, LanguageLevel, PartialDate, Text};

impl Question<'_, '_> {
    /// More and better languages never shut anybody out: none and all, lowest and highest.
    pub(super) fn languages(&self, open: &mut Vec<Open>) {
        let Some(told) = &self.candidate.profile.languages else {
            let values = match self.grain {
                Grain::Every if self.lists_every_skill() => self.every_skill(),
                Grain::Coarse | Grain::Every => {
                    let native = |code: LanguageCode| (code, LanguageLevel::Native);
                    let all = self.asked_languages().into_iter().map(native).collect();
                    vec![Setting::Languages(Vec::new()), Setting::Languages(all)]
                }
                Grain::Fine => self.every_skill(),
            };
            let paths = vec!["languages".into()];
            return open.push(Open { paths, values });
        };
        let asked = self.asked_languages();
        for (at, skill) in told.iter().enumerate() {
            let level = skill.level;
            if level.low < level.high && asked.contains(&skill.language) {
                let steps = match self.grain {
                    Grain::Every => self.level_steps(skill.language, level),
                    Grain::Coarse | Grain::Fine => vec![level.low, level.high],
                };
                open.push(Open {
                    paths: vec![format!("languages[{at}].level").into()],
                    values: steps.into_iter().map(|level| Setting::Level(at, level)).collect(),
                });
            }
        }
    }

    pub(super) fn asked_languages(&self) -> Vec<LanguageCode> {
        let mut codes: Vec<LanguageCode> = Vec::new();
        for rule in self.rules() {
            match rule {
                Rule::Language(LanguageRule::Skills { of, .. }) => codes.extend(of),
                Rule::Nationality(rule) => {
                    let speaks = rule.every_branch().flat_map(|branch| &branch.speaks);
                    codes.extend(speaks.map(|skill| skill.language));
                }
                _ => {}
            }
        }
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// More and better tests never shut anybody out.
    pub(super) fn tests(&self, open: &mut Vec<Open>) {
        let Some(told) = &self.candidate.profile.tests else {
            let paths = vec!["tests".into()];
            return open.push(Open { paths, values: self.any_tests() });
        };
        let asked: Vec<&Text> = self.asked_tests().map(|(test, _)| &test.test).collect();
        for (at, test) in told.iter().enumerate().filter(|(_, t)| asked.contains(&&t.test)) {
            if test.score.is_none() {
                let scores = match self.grain {
                    Grain::Every => self.score_steps(&test.test),
                    Grain::Coarse | Grain::Fine => {
                        let (low, high) = self.scale(&test.test);
                        vec![low, high]
                    }
                };
                open.push(Open {
                    paths: vec![format!("tests[{at}].score").into()],
                    values: scores.into_iter().map(|score| Setting::Score(at, score)).collect(),
                });
            }
            if test.taken.is_none_or(|taken| !taken.is_exact()) {
                let long_ago = NaiveDate::from_ymd_opt(1950, 1, 1).unwrap_or_default();
                let range = test.taken.unwrap_or(PartialDate::between(long_ago, self.scene.as_of));
                let days = match self.grain {
                    Grain::Every => self.taken_steps(&test.test, range),
                    Grain::Coarse | Grain::Fine => vec![range.first(), range.last()],
                };
                open.push(Open {
                    paths: vec![format!("tests[{at}].taken").into()],
                    values: days.into_iter().map(|day| Setting::TakenOn(at, day)).collect(),
                });
            }
        }
    }

    fn any_tests(&self) -> Vec<Setting> {
        let taken = match self.grain {
            // A test can still be taken before a call that is only upcoming.
            Grain::Coarse | Grain::Every => self.scene.as_of.max(self.scene.timing.application),
            // Nobody can tell of one that is not taken yet.
            Grain::Fine => self.scene.as_of,
        };
        if let (Grain::Every, Some(values)) = (self.grain, self.every_pass(taken)) {
            return values;
        }
        let best = |id: &Text| Taken { test: id.clone(), score: self.scale(id).1, taken };
        let all = self.asked_tests().map(|(test, _)| best(&test.test)).collect();
        let mut values = vec![Setting::Tests(Vec::new())];
        if self.grain == Grain::Fine {
            values.extend(self.every_test(taken));
        }
        values.push(Setting::Tests(all));
        values
    }

    /// The lowest and the highest score of a test.
    pub(in crate::engine) fn scale(&self, id: &str) -> (f64, f64) {
        self.scene.data.languages.test(id).map_or((0.0, 1000.0), |test| test.scale)
    }
}
