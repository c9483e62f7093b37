//! The names that are known while files are checked.

use std::collections::{BTreeMap, BTreeSet};

use super::countries::Countries;
use super::languages::Languages;
use crate::document::letters::latin;
use crate::document::{Names, Namespace, Node, meant};
use crate::suggest::did_you_mean;
use crate::vocabulary::Text;

/// Names across all files.
#[derive(Debug, Default)]
pub(super) struct Registry {
    /// What is declared in files that cannot be read: any name may be right.
    pub(super) unread: Vec<Namespace>,
    pub(super) countries: Countries,
    pub(super) languages: Languages,
    pub(super) fields: BTreeSet<Text>,
    pub(super) hosts: BTreeSet<Text>,
    pub(super) facts: BTreeSet<Text>,
    /// The type of each declared fact as files spell it, and its choices.
    pub(super) fact_types: BTreeMap<Text, (Text, Vec<Text>)>,
    pub(super) groups: BTreeSet<Text>,
    pub(super) programmes: BTreeSet<Text>,
    pub(super) donors: BTreeSet<Text>,
    /// The ids of windows, with the code of the donor in whose file each stands.
    pub(super) windows: BTreeMap<Text, Text>,
    pub(super) sources: BTreeSet<Text>,
}

impl Registry {
    /// Every name, by its code or id.
    pub(super) fn names(&self, namespace: Namespace) -> Vec<&str> {
        match namespace {
            Namespace::Country => {
                self.countries.list().iter().map(|country| country.code.as_str()).collect()
            }
            Namespace::Language => {
                self.languages.list().iter().map(|language| language.code.as_str()).collect()
            }
            Namespace::Test => self.languages.tests.iter().map(|test| test.id.as_str()).collect(),
            Namespace::Window => self.windows.keys().map(Text::as_str).collect(),
            _ => self.ids(namespace).into_iter().flatten().map(Text::as_str).collect(),
        }
    }

    /// The code or id of what is called `name`; the name itself if it is not known.
    pub(super) fn code<'a>(&'a self, namespace: Namespace, name: &'a str) -> &'a str {
        let code = match namespace {
            Namespace::Country => self.countries.find(name).map(|country| country.code.as_str()),
            Namespace::Language => self.languages.find(name).map(|it| it.code.as_str()),
            _ => None,
        };
        code.unwrap_or(name)
    }

    fn ids(&self, namespace: Namespace) -> Option<&BTreeSet<Text>> {
        match namespace {
            Namespace::Field => Some(&self.fields),
            Namespace::Host => Some(&self.hosts),
            Namespace::Group => Some(&self.groups),
            Namespace::Fact => Some(&self.facts),
            Namespace::Programme => Some(&self.programmes),
            Namespace::Donor => Some(&self.donors),
            Namespace::Source => Some(&self.sources),
            Namespace::Country | Namespace::Language | Namespace::Test | Namespace::Window => None,
        }
    }
}

/// The names that one file may use: all files', and its own sources'.
pub(super) struct FileNames<'a> {
    pub(super) registry: &'a Registry,
    pub(super) own_sources: Vec<&'a str>,
}

impl<'a> FileNames<'a> {
    pub(super) fn new(registry: &'a Registry, file: &'a Node<'_>) -> Self {
        let own_sources = sources_of(file);
        Self { registry, own_sources }
    }
}

/// The ids of the sources that a file declares.
fn sources_of<'a>(file: &'a Node<'_>) -> Vec<&'a str> {
    file.table().nodes("source").iter().filter_map(|node| node.table().text("id")).collect()
}

impl Names for FileNames<'_> {
    fn knows(&self, namespace: Namespace, name: &str) -> bool {
        if self.registry.unread.contains(&namespace) {
            return true;
        }
        match namespace {
            // In rule files a country is its code: a name would read well and sort badly.
            Namespace::Country => self.registry.countries.find(name).is_some(),
            Namespace::Language => self.registry.languages.find(name).is_some(),
            Namespace::Test => self.registry.languages.test(name).is_some(),
            Namespace::Window => self.registry.windows.contains_key(name),
            Namespace::Source if self.own_sources.contains(&name) => true,
            _ => self.registry.ids(namespace).is_some_and(|ids| ids.contains(name)),
        }
    }

    fn suggest(&self, namespace: Namespace, name: &str) -> Option<String> {
        match namespace {
            Namespace::Country => self.registry.countries.suggest(name),
            Namespace::Language => self.registry.languages.suggest(name),
            Namespace::Test => {
                did_you_mean(name, self.registry.languages.tests.iter().map(|t| t.id.as_str()))
            }
            Namespace::Window => did_you_mean(name, self.registry.names(namespace)),
            _ => {
                let ids = self.registry.ids(namespace)?.iter().map(Text::as_str);
                did_you_mean(name, ids.chain(self.own_sources.iter().copied()))
            }
        }
    }

    fn meant(&self, namespace: Namespace, name: &str) -> Option<String> {
        let registry = self.registry;
        match namespace {
            Namespace::Country => {
                let country = registry.countries.find(&latin(name));
                country.map(|country| country.code.to_string())
            }
            Namespace::Language => {
                let language = registry.languages.find(&latin(name));
                language.map(|language| language.code.to_string())
            }
            Namespace::Test => {
                let ids = registry.languages.tests.iter().map(|test| test.id.as_str());
                meant(name, ids).map(str::to_owned)
            }
            Namespace::Window => meant(name, registry.names(namespace)).map(str::to_owned),
            _ => {
                let ids = registry.ids(namespace)?.iter().map(Text::as_str);
                meant(name, ids.chain(self.own_sources.iter().copied())).map(str::to_owned)
            }
        }
    }

    fn level_words(&self) -> Option<Vec<&str>> {
        let words = self.registry.languages.level_words.iter().map(|word| word.word.as_str());
        (!self.registry.unread.contains(&Namespace::Language)).then(|| words.collect())
    }
}
