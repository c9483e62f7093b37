//! Countries, which rules and profiles name.

use serde::{Deserialize, Serialize};

use super::names::{Aliases, NameIndex, bad_code, words_of};
use crate::diagnostic::Sink;
use crate::document::Table;
use crate::suggest::{did_you_mean, fold, nearest};
use crate::vocabulary::{CountryCode, Packed, Text};

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
