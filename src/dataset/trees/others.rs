//! What could stand in the place of a name or a level.

use crate::dataset::registry::Registry;
use crate::document::Namespace;
use crate::vocabulary::{LanguageLevel, Text, Words};

/// What could stand in the place of something else.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Others<'a> {
    pub(super) registry: &'a Registry,
}

impl<'a> Others<'a> {
    /// Every name of `namespace` but those `present`, however these are spelled.
    pub(crate) fn names(self, namespace: Namespace, present: &[&str]) -> Vec<String> {
        let present: Vec<&str> =
            present.iter().map(|name| self.registry.code(namespace, name)).collect();
        let names = self.registry.names(namespace).into_iter();
        names.filter(|name| !present.contains(name)).map(str::to_owned).collect()
    }

    /// The answers to a declared fact of type `choice`.
    pub(crate) fn choices(self, fact: &str) -> Vec<&'a str> {
        let declared = self.registry.fact_types.get(fact);
        declared.map_or_else(Vec::new, |(_, choices)| choices.iter().map(Text::as_str).collect())
    }

    /// The step of a language test's scale.
    pub(crate) fn score_step(self, test: &str) -> f64 {
        self.registry.languages.test(test).map_or(1.0, |test| test.step)
    }

    /// The levels below and above the usual meaning of a page's word.
    pub(crate) fn levels_beside(self, word: &str) -> Vec<&'static str> {
        let words = &self.registry.languages.level_words;
        let usual = words.iter().find(|known| known.word == word).and_then(|w| w.levels.first());
        let ladder = LanguageLevel::WORDS;
        let place = ladder.iter().position(|(_, level)| Some(level) == usual);
        let Some(at) = place else { return Vec::new() };
        let below = at.checked_sub(1).and_then(|at| ladder.get(at));
        below.into_iter().chain(ladder.get(at + 1)).map(|(word, _)| *word).collect()
    }
}
