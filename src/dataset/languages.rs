//! Languages, language tests and words for levels, which rules and profiles name.

use serde::{Deserialize, Serialize};

use super::names::{Aliases, NameIndex, bad_code};
use crate::diagnostic::{Code, Sink};
use crate::document::{Node, Table};
use crate::rules::LanguageLevelWord;
use crate::suggest::{did_you_mean, fold};
use crate::vocabulary::{LanguageCode, LanguageLevel, Packed, Text, Words};

/// A language with its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Language {
    /// ISO 639-1, or 639-3 where there is none.
    pub code: LanguageCode,
    /// English name.
    pub name: Text,
    /// Other names.
    pub aliases: Aliases,
}

/// A language test with its scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct LanguageTest {
    /// Its id.
    pub id: Text,
    /// Its name.
    pub name: Text,
    /// Lowest and highest score, both inclusive.
    pub scale: (f64, f64),
    /// The step of the scale.
    pub step: f64,
}

/// Languages, language tests and words for levels.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Languages {
    /// The codes, a space between them.
    codes: Text,
    names: NameIndex,
    list: Packed<Vec<Language>>,
    /// Language tests, in the order of the file.
    pub tests: Packed<Vec<LanguageTest>>,
    /// What pages' words for levels mean.
    pub level_words: Packed<Vec<LanguageLevelWord>>,
}

impl Languages {
    /// Every language, in the order of the file.
    pub fn list(&self) -> &[Language] {
        &self.list
    }

    /// Finds a language by code, name or alias, folded for case and accents.
    pub fn find(&self, text: &str) -> Option<&Language> {
        self.list.get(self.place(text)?)
    }

    /// The code of the language that [`find`](Self::find) finds.
    pub fn code_of(&self, text: &str) -> Option<LanguageCode> {
        self.codes().nth(self.place(text)?)
    }

    fn place(&self, text: &str) -> Option<usize> {
        let text = text.trim();
        let code = LanguageCode::new(&text.to_ascii_lowercase());
        let by_code = code.and_then(|code| self.codes().position(|known| known == code));
        by_code.or_else(|| self.names.find(text))
    }

    fn codes(&self) -> impl Iterator<Item = LanguageCode> {
        self.codes.split(' ').filter_map(LanguageCode::new)
    }

    /// The name to print; the code itself if it is not known.
    pub fn name(&self, code: LanguageCode) -> Text {
        let language = self.list.iter().find(|language| language.code == code);
        language.map_or_else(|| code.to_string().into(), |language| language.name.clone())
    }

    /// What to suggest for a text that is none.
    pub fn suggest(&self, text: &str) -> Option<String> {
        did_you_mean(
            text,
            self.list.iter().flat_map(|l| std::iter::once(l.name.as_str()).chain(l.aliases.iter())),
        )
    }

    /// The test called `id`.
    pub fn test(&self, id: &str) -> Option<&LanguageTest> {
        self.tests.iter().find(|test| test.id == id)
    }

    /// Finds a test by its id or name, folded for case and punctuation: as profiles call it.
    pub fn find_test(&self, text: &str) -> Option<&LanguageTest> {
        let folded = fold(text);
        let is_meant =
            |test: &&LanguageTest| fold(&test.id) == folded || fold(&test.name) == folded;
        self.test(text).or_else(|| self.tests.iter().find(is_meant))
    }

    pub(super) fn read(file: &Table<'_, '_>, sink: &mut Sink<'_>) -> Self {
        let mut list: Vec<Language> = Vec::new();
        for node in file.nodes("language") {
            let table = node.table();
            match LanguageCode::new(table.text("code").unwrap_or_default()) {
                Some(code) => list.push(Language {
                    code,
                    name: table.kept("name").unwrap_or_default(),
                    aliases: table.texts("aliases").collect(),
                }),
                None => bad_code(node, "language", "two or three small letters", sink),
            }
        }
        let tests = file.nodes("test").iter().map(|node| read_test(&node.table(), sink));
        let tests: Vec<LanguageTest> = tests.collect();
        let words = file.nodes("level_word").iter();
        let words = words.map(|node| read_level_word(&node.table(), sink));
        let level_words: Vec<LanguageLevelWord> = words.collect();
        let codes: Vec<&str> = list.iter().map(|language| language.code.as_str()).collect();
        Self {
            codes: codes.join(" ").into(),
            names: NameIndex::of(list.iter().map(|l| (l.name.as_str(), &l.aliases))),
            list: list.into(),
            tests: tests.into(),
            level_words: level_words.into(),
        }
    }
}

fn read_test(table: &Table<'_, '_>, sink: &mut Sink<'_>) -> LanguageTest {
    let score = |key| table.get(key).and_then(Node::number).unwrap_or_default();
    if let (Some(node), true) = (table.get("max_score"), score("max_score") < score("min_score")) {
        let message = "`max_score` is below `min_score`";
        sink.report(Code::Contradiction, node.span.clone(), message);
    }
    LanguageTest {
        id: table.kept("id").unwrap_or_default(),
        name: table.kept("name").unwrap_or_default(),
        scale: (score("min_score"), score("max_score")),
        step: table.get("step").and_then(Node::number).unwrap_or(1.0),
    }
}

fn read_level_word(table: &Table<'_, '_>, sink: &mut Sink<'_>) -> LanguageLevelWord {
    if let (Some(node), true) = (table.get("levels"), table.nodes("levels").is_empty()) {
        sink.report(Code::Empty, node.span.clone(), "`levels` lists no level");
    }
    LanguageLevelWord {
        word: table.kept("word").unwrap_or_default(),
        levels: table.texts("levels").filter_map(LanguageLevel::from_word).collect(),
    }
}
