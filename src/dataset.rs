//! The data folder: load, check, resolve. All of it is right, or nothing is loaded.
//!
//! The path of a file: text → [spanned tree](crate::document) → [shape](keys) → typed rules. Every
//! problem of every file is collected in one run.

mod cases;
mod countries;
mod donor;
mod file;
pub mod keys;
mod languages;
mod limit;
mod lists;
mod load;
mod names;
mod programme;
mod registry;
mod requirement;
mod sources;
mod trees;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use cases::{Case, Cases, GroupCase, Untested};
pub use countries::{Countries, Country};
pub(crate) use file::scope;
pub use languages::{Language, LanguageTest, Languages};
pub use lists::{Field, Fields};
pub use load::RuleFile;
pub use names::Aliases;
pub use sources::Sources;
pub use trees::{Piece, RuleTrees, Subject};

pub(crate) use requirement::strength;
pub(crate) use trees::{Draft, Others};

use crate::diagnostic::Problems;
use crate::document::{Known, Namespace};
use crate::rules::{
    Donor, FactDeclaration, Group, Host, Limit, Lookalike, Programme, Requirement, Window,
};
use crate::vocabulary::{DonorCode, Packed, Text};

/// Every rule and everything that rules speak of: validated, resolved, immutable.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Dataset {
    /// A hash of the files' names and contents, the same for the same files on every machine.
    pub version: Text,
    /// Countries by code, name and alias.
    pub countries: Countries,
    /// Languages by code, name and alias; tests; words for levels.
    pub languages: Languages,
    /// Fields of study.
    pub fields: Fields,
    /// Hosts, in the order of the file.
    pub hosts: Packed<Vec<Host>>,
    /// Declared facts, in the order of the file.
    pub facts: Vec<FactDeclaration>,
    /// Every source by its id.
    pub sources: Sources,
    /// Country groups by id.
    pub groups: BTreeMap<Text, Packed<Group>>,
    /// Programmes by id.
    pub programmes: BTreeMap<Text, Packed<Programme>>,
    /// Donors by code.
    pub donors: BTreeMap<DonorCode, Packed<Donor>>,
    /// Windows, sorted by first donor, then id.
    pub windows: Vec<Window>,
    /// Schemes often mistaken for the JPO programme.
    pub lookalikes: Packed<Vec<Lookalike>>,
    /// What the windows and groups must answer; empty in the compiled rules.
    #[serde(skip)]
    pub cases: Cases,
}

impl Dataset {
    /// Loads rules from the texts of a data folder.
    ///
    /// # Errors
    /// Every problem of every file, if there is any.
    pub fn load(files: &[RuleFile<'_>]) -> Result<Self, Problems> {
        Self::load_with_trees(files).map(|(dataset, _)| dataset)
    }

    /// Loads rules as [`load`](Self::load) does, and keeps the trees of the files, so that a part
    /// can be read again under a change.
    ///
    /// # Errors
    /// Every problem of every file, if there is any.
    pub fn load_with_trees<'t>(files: &[RuleFile<'t>]) -> Result<(Self, RuleTrees<'t>), Problems> {
        let mut sorted: Vec<(&str, &str)> =
            files.iter().map(|file| (file.path, file.text)).collect();
        sorted.sort_unstable();
        load::load(files, version(sorted.into_iter()))
    }

    /// The window called `id`.
    pub fn window(&self, id: &str) -> Option<&Window> {
        self.windows.iter().find(|window| window.id == id)
    }

    /// The declared fact called `id`.
    pub fn fact(&self, id: &str) -> Option<&FactDeclaration> {
        self.facts.iter().find(|fact| fact.id == id)
    }

    /// The programme called `id`.
    pub fn programme(&self, id: &str) -> Option<&Programme> {
        self.programmes.get(id).map(|programme| &**programme)
    }

    /// The host called `id`.
    pub fn host(&self, id: &str) -> Option<&Host> {
        self.hosts.iter().find(|host| host.id == id)
    }

    /// The names that rule files use, for editors to complete.
    pub fn known(&self) -> Known {
        let ids = |list: &mut dyn Iterator<Item = &str>| list.map(str::to_owned).collect();
        let shared = self.sources.ids().filter(|id| !id.contains('/'));
        let names: [(Namespace, Vec<String>); 11] = [
            (Namespace::Country, ids(&mut self.countries.list().iter().map(|c| c.code.as_str()))),
            (Namespace::Language, ids(&mut self.languages.list().iter().map(|l| l.code.as_str()))),
            (Namespace::Test, ids(&mut self.languages.tests.iter().map(|test| test.id.as_str()))),
            (Namespace::Field, ids(&mut self.fields.list().iter().map(|field| field.id.as_str()))),
            (Namespace::Host, ids(&mut self.hosts.iter().map(|host| host.id.as_str()))),
            (Namespace::Group, ids(&mut self.groups.keys().map(Text::as_str))),
            (Namespace::Fact, ids(&mut self.facts.iter().map(|fact| fact.id.as_str()))),
            (Namespace::Programme, ids(&mut self.programmes.keys().map(Text::as_str))),
            (Namespace::Window, ids(&mut self.windows.iter().map(|window| window.id.as_str()))),
            (Namespace::Donor, ids(&mut self.donors.keys().map(DonorCode::as_str))),
            (Namespace::Source, ids(&mut shared.into_iter())),
        ];
        let words = self.languages.level_words.iter().map(|word| word.word.to_string());
        Known { names: names.into_iter().collect(), level_words: words.collect() }
    }

    /// Every limit with the windows that it is over, those of donors first.
    pub fn limits(&self) -> impl Iterator<Item = (&Limit, Vec<&Window>)> {
        let named = |limit: &Limit| -> Vec<&Window> {
            self.windows.iter().filter(|window| limit.windows.contains(&window.id)).collect()
        };
        let of_programme = |id: &Text| -> Vec<&Window> {
            self.windows.iter().filter(|window| window.programme == *id).collect()
        };
        let of_donors = self.donors.values().flat_map(|donor| &donor.limits);
        let of_programmes = self.programmes.values().flat_map(move |programme| {
            programme.limits.iter().map(move |limit| (limit, of_programme(&programme.id)))
        });
        of_donors.map(move |limit| (limit, named(limit))).chain(of_programmes)
    }

    /// The limits over the window called `id`.
    pub fn limits_over(&self, id: &str) -> impl Iterator<Item = &Limit> {
        let over = move |windows: &[&Window]| windows.iter().any(|window| window.id == id);
        self.limits().filter(move |(_, windows)| over(windows)).map(|(limit, _)| limit)
    }

    /// Ids of the sources that bear on what `requirement` asks: for each reading the one to cite,
    /// and those of the country groups that it names.
    pub fn bearing<'d>(
        &'d self,
        requirement: &'d Requirement,
    ) -> impl Iterator<Item = &'d Text> + use<'d> {
        requirement.readings.iter().flat_map(|reading| {
            let groups = reading.rule.groups().into_iter();
            let lists = groups.filter_map(|id| self.groups.get(id)).flat_map(|g| &g.sources);
            reading.sources.first().into_iter().chain(lists)
        })
    }

    /// Which rules these are, in one line.
    pub fn edition(&self) -> String {
        let (oldest, newest) = self.checked().unwrap_or_default();
        let (windows, donors) = (self.windows.len(), self.donors.len());
        format!(
            "rules {}: {windows} windows of {donors} donors, sources checked {oldest} to {newest}",
            self.version
        )
    }

    /// The oldest and the newest day on which any source was checked.
    pub fn checked(&self) -> Option<(NaiveDate, NaiveDate)> {
        self.sources.checked()
    }
}

/// Returns a hash of names and texts in 16 hexadecimal digits (FNV-1a, 64 bits).
fn version<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> Text {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for (name, text) in files {
        for part in [name, text] {
            for byte in part.bytes().chain([0]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
    }
    format!("{hash:016x}").into()
}
