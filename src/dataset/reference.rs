//! Countries, languages, fields, hosts, facts: what rules and profiles name.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Sink};
use crate::document::{Node, Table};
use crate::rules::{Change, FactDeclaration, FactType, Host, LanguageLevelWord};
use crate::suggest::{did_you_mean, fold, nearest};
use crate::vocabulary::{
    CountryCode, LanguageCode, LanguageLevel, Packed, SortedLines, Text, Words,
};

/// Other names of a thing, kept in one text: there are thousands, and most runs need none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Aliases(Text);

impl Aliases {
    /// The names, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.lines()
    }
}

impl<'a> FromIterator<&'a str> for Aliases {
    fn from_iter<T: IntoIterator<Item = &'a str>>(names: T) -> Self {
        let names: Vec<&str> = names.into_iter().collect();
        Self(names.join("\n").into())
    }
}

/// Folded names with the place of what they name: folding two thousand names again at each start
/// would cost more than the rest of a check.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct NameIndex(SortedLines);

impl NameIndex {
    /// Takes the names in the order of the places; the first of two equal ones stays.
    fn of<'a>(names: impl Iterator<Item = (&'a str, &'a Aliases)>) -> Self {
        let mut index: BTreeMap<String, usize> = BTreeMap::new();
        for (at, (name, aliases)) in names.enumerate() {
            for name in std::iter::once(name).chain(aliases.iter()) {
                index.entry(fold(name)).or_insert(at);
            }
        }
        Self(SortedLines::of(&index))
    }

    /// The place of what is called `text`, folded.
    fn find(&self, text: &str) -> Option<usize> {
        self.0.find(&fold(text))?.parse().ok()
    }
}

/// A country with its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: CountryCode,
    /// ISO 3166-1 alpha-3.
    pub alpha3: Text,
    /// Usual English short name.
    pub name: Text,
    /// English adjective of nationality.
    pub demonym: Option<Text>,
    /// Other names.
    pub aliases: Aliases,
}

/// The countries, found by code, name or alias.
///
/// A profile names countries and most answers name none: whatever is known of them beside their
/// codes stays packed until it is asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Countries {
    /// The codes, one behind the other.
    codes: Text,
    names: NameIndex,
    list: Packed<Vec<Country>>,
}

impl Countries {
    /// Every country, in the order of the file.
    pub fn list(&self) -> &[Country] {
        &self.list
    }

    /// Finds a country by alpha-2 or alpha-3 code, name or alias, folded for case and accents.
    pub fn find(&self, text: &str) -> Option<&Country> {
        self.list.get(self.place(text)?)
    }

    /// The code of the country that [`find`](Self::find) finds.
    pub fn code_of(&self, text: &str) -> Option<CountryCode> {
        let code = self.codes().get(self.place(text)?)?;
        CountryCode::new(str::from_utf8(code).ok()?)
    }

    /// The country with that alpha-2 code.
    pub fn get(&self, code: CountryCode) -> Option<&Country> {
        self.list.get(self.place_of(code.as_str())?)
    }

    fn place(&self, text: &str) -> Option<usize> {
        let text = text.trim();
        let by_code = match text.len() {
            2 => self.place_of(text),
            3 => self.list.iter().position(|c| c.alpha3.eq_ignore_ascii_case(text)),
            _ => None,
        };
        by_code.or_else(|| self.names.find(text))
    }

    fn place_of(&self, code: &str) -> Option<usize> {
        self.codes().iter().position(|known| known.eq_ignore_ascii_case(code.as_bytes()))
    }

    fn codes(&self) -> &[[u8; 2]] {
        self.codes.as_bytes().as_chunks().0
    }

    /// The name to print; the code itself if it is not known.
    pub fn name(&self, code: CountryCode) -> Text {
        self.get(code).map_or_else(|| code.to_string().into(), |country| country.name.clone())
    }

    /// What to suggest for a text that is none: every country in whose names it is a word
    /// (`Congo`, `Korea`), the nearest name, or the only country with a name that begins so
    /// (`GER`).
    pub fn suggest(&self, text: &str) -> Option<String> {
        if let Some(help) = self.suggest_by_word(text) {
            return Some(help);
        }
        let names = |country: &'_ Country| -> Vec<String> {
            std::iter::once(country.name.as_str()).chain(country.aliases.iter()).map(fold).collect()
        };
        let nearest = did_you_mean(
            text,
            self.list.iter().flat_map(|c| std::iter::once(c.name.as_str()).chain(c.aliases.iter())),
        );
        let folded = fold(text);
        let begins =
            |country: &&Country| names(country).iter().any(|name| name.starts_with(&folded));
        nearest.or_else(|| {
            let mut beginning = self.list.iter().filter(begins);
            let only = beginning.next().filter(|_| folded.len() > 2)?;
            let alone = beginning.next().is_none();
            alone.then(|| format!("did you mean {}, whose code is `{}`?", only.name, only.code))
        })
    }

    /// The countries that have `text` among the words of a name, and the one of the nearest name;
    /// none where there are too many to be meant.
    fn suggest_by_word(&self, text: &str) -> Option<String> {
        const MOST: usize = 3;
        let words = words_of(text);
        if fold(text).len() <= 2 {
            return None;
        }
        let names = |country: &'_ Country| -> Vec<String> {
            let names = std::iter::once(country.name.as_str()).chain(country.aliases.iter());
            names.map(str::to_owned).collect()
        };
        let holds = |name: &String| words_of(name).windows(words.len()).any(|part| part == words);
        let mut meant: Vec<&Country> =
            self.list.iter().filter(|country| names(country).iter().any(holds)).collect();
        if meant.is_empty() {
            return None;
        }
        let all = self.list.iter().flat_map(names).collect::<Vec<_>>();
        let near = nearest(text, all.iter().map(String::as_str)).and_then(|name| self.find(name));
        meant.extend(near.filter(|near| !meant.contains(near)));
        let shown = |country: &&Country| format!("{} (`{}`)", country.name, country.code);
        match meant.as_slice() {
            [only] => Some(format!("did you mean {}, whose code is `{}`?", only.name, only.code)),
            [rest @ .., last] if meant.len() <= MOST => {
                let rest: Vec<String> = rest.iter().map(shown).collect();
                Some(format!("did you mean {} or {}?", rest.join(", "), shown(last)))
            }
            _ => None,
        }
    }

    pub(super) fn read(file: &Table<'_, '_>, sink: &mut Sink<'_>) -> Self {
        let mut list = Vec::new();
        for node in file.nodes("country") {
            let table = node.table();
            let text = table.text("code").unwrap_or_default();
            let Some(code) = CountryCode::new(text) else {
                bad_code(node, "country", "two capital letters", sink);
                continue;
            };
            list.push(Country {
                code,
                alpha3: table.kept("alpha3").unwrap_or_default(),
                name: table.kept("name").unwrap_or_default(),
                demonym: table.kept("demonym"),
                aliases: table.texts("aliases").collect(),
            });
        }
        let names = NameIndex::of(list.iter().map(|c| (c.name.as_str(), &c.aliases)));
        let codes: String = list.iter().map(|country| country.code.as_str()).collect();
        Self { codes: codes.into(), names, list: list.into() }
    }
}

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

/// A field of study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Field {
    /// Its id.
    pub id: Text,
    /// Its name.
    pub name: Text,
    /// Other names.
    pub aliases: Aliases,
}

/// The fields of study, found by id, name or alias.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Fields {
    list: Vec<Field>,
    names: NameIndex,
}

impl Fields {
    /// Every field, in the order of the file.
    pub fn list(&self) -> &[Field] {
        &self.list
    }

    /// The field with that id.
    pub fn get(&self, id: &str) -> Option<&Field> {
        self.list.iter().find(|field| field.id == id)
    }

    /// Finds a field by id, name or alias, folded for case and accents.
    pub fn find(&self, text: &str) -> Option<&Field> {
        let by_id = |text: &str| {
            let folded = fold(text);
            self.list.iter().find(|field| fold(&field.id) == folded)
        };
        self.get(text).or_else(|| self.list.get(self.names.find(text)?)).or_else(|| by_id(text))
    }
}

pub(super) fn read_fields(file: &Table<'_, '_>) -> Fields {
    let read = |node: &Node<'_>| {
        let table = node.table();
        Field {
            id: table.kept("id").unwrap_or_default(),
            name: table.kept("name").unwrap_or_default(),
            aliases: table.texts("aliases").collect(),
        }
    };
    let list: Vec<Field> = file.nodes("field").iter().map(read).collect();
    let names = NameIndex::of(list.iter().map(|f| (f.name.as_str(), &f.aliases)));
    Fields { list, names }
}

pub(super) fn read_hosts(file: &Table<'_, '_>) -> Vec<Host> {
    let read = |node: &Node<'_>| {
        let table = node.table();
        Host {
            id: table.kept("id").unwrap_or_default(),
            name: table.kept("name").unwrap_or_default(),
            aliases: table.all_kept("aliases"),
            in_un_system: table.is_true("in_un_system"),
        }
    };
    file.nodes("host").iter().map(read).collect()
}

pub(super) fn read_facts(file: &Table<'_, '_>, sink: &mut Sink<'_>) -> Vec<FactDeclaration> {
    file.nodes("fact").iter().map(|node| read_fact(node, sink)).collect()
}

fn read_fact(node: &Node<'_>, sink: &mut Sink<'_>) -> FactDeclaration {
    let table = node.table();
    let choices: Vec<Text> = table.all_kept("choices");
    let kind = match table.text("type") {
        Some("number") => FactType::Number,
        Some("date") => FactType::Date,
        Some("choice") => FactType::Choice(choices.clone()),
        _ => FactType::Flag,
    };
    let is_choice = matches!(kind, FactType::Choice(_));
    let listed = table.nodes("choices").len();
    if is_choice != (listed > 0) || listed == 1 {
        let span = table.get("type").map_or(node.span.clone(), |node| node.span.clone());
        let message =
            "`choices` lists two answers or more where `type` is `choice`, and only there";
        sink.report(Code::Contradiction, span, message);
    }
    FactDeclaration {
        id: table.kept("id").unwrap_or_default(),
        kind,
        changes: table.text("changes").and_then(Change::from_word).unwrap_or(Change::Freely),
        question: table.kept("question").unwrap_or_default(),
        unit: table.kept("unit"),
        help: table.kept("help"),
    }
}

/// Reports names that two entries share once they are folded.
pub(super) fn check_names(nodes: &[Node<'_>], sink: &mut Sink<'_>) {
    let mut seen: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        let table = node.table();
        let owner = nodes.get(at).map(Node::table).and_then(|t| t.text("code")).unwrap_or_default();
        for name in table.nodes("name").iter().chain(table.nodes("aliases")) {
            let folded = fold(name.text().unwrap_or_default());
            match seen.get(&folded) {
                Some((first, code)) if *first != at => {
                    let message = format!(
                        "`{}` also names `{code}`, declared above",
                        name.text().unwrap_or_default()
                    );
                    sink.report(Code::AmbiguousName, name.span.clone(), message);
                }
                _ => {
                    seen.insert(folded, (at, owner));
                }
            }
        }
    }
}

/// The words of a name, folded.
fn words_of(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric()).map(fold).filter(|word| !word.is_empty()).collect()
}

fn bad_code(node: &Node<'_>, what: &str, form: &str, sink: &mut Sink<'_>) {
    let code = node.table().get("code").map_or(node.span.clone(), |node| node.span.clone());
    sink.report(Code::UnknownWord, code, format!("the code of a {what} is {form}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_an_index_is_found_and_no_other() {
        let aliases: Aliases = ["Suomi", "FIN"].into_iter().collect();
        let none = Aliases::default();
        let names = [("Finland", &aliases), ("Fiji", &none), ("Côte d’Ivoire", &none)];
        let index = NameIndex::of(names.into_iter());
        assert_eq!(index.find("finland"), Some(0));
        assert_eq!(index.find("SUOMI"), Some(0));
        assert_eq!(index.find("fin"), Some(0));
        assert_eq!(index.find("Fiji"), Some(1));
        assert_eq!(index.find("cote d'ivoire"), Some(2));
        assert_eq!(index.find("Finlan"), None);
        assert_eq!(index.find(""), None);
        assert_eq!(index.find("zz"), None);
        assert_eq!(NameIndex::default().find("Fiji"), None);
    }
}
