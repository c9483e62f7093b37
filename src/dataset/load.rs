//! All files of a data folder → [`Dataset`], or every problem of every file.

use std::collections::{BTreeMap, BTreeSet};

use super::cases::{Cases, read_cases};
use super::countries::Countries;
use super::donor::read_donor;
use super::file::{File, context};
use super::keys::FileKind;
use super::languages::Languages;
use super::lists::{Fields, read_facts, read_fields, read_hosts};
use super::names::check_names;
use super::programme::{
    RawGroup, merge_groups, read_group, read_lookalikes, read_programme, read_sources,
};
use super::registry::{FileNames, Registry};
use super::trees::RuleTrees;
use super::{Dataset, Sources};
use crate::diagnostic::{Code, Diagnostic, Problems, Sink, SourceText};
use crate::document::{Namespace, Node, check, parse_toml};
use crate::rules::Source;
use crate::vocabulary::{DonorCode, Packed, Text};

/// One file of a data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleFile<'a> {
    /// The path below the folder, with `/` between folders.
    pub path: &'a str,
    /// The whole text.
    pub text: &'a str,
}

/// The files that must be there whatever donors there are.
const NEEDED: &[&str] = &[
    "countries.toml",
    "facts.toml",
    "fields.toml",
    "hosts.toml",
    "languages.toml",
    "sources.toml",
];

/// Where names are declared, apart from those that are names of files.
const DECLARED_IN: &[(&str, &[Namespace])] = &[
    ("countries.toml", &[Namespace::Country]),
    ("facts.toml", &[Namespace::Fact]),
    ("fields.toml", &[Namespace::Field]),
    ("hosts.toml", &[Namespace::Host]),
    ("languages.toml", &[Namespace::Language, Namespace::Test]),
    ("sources.toml", &[Namespace::Source]),
];

/// Kinds of problem that stand beside any other in the same file; the rest could be an echo of a
/// key that is misspelt or has the wrong type.
const NEVER_AN_ECHO: &[Code] = &[
    Code::AmbiguousName,
    Code::Contradiction,
    Code::DatesReversed,
    Code::DuplicateId,
    Code::FileName,
    Code::OutOfRange,
    Code::UnknownWord,
];

/// Loads `files`, and keeps the trees that they were read from; `version` is their hash.
pub(super) fn load<'a>(
    files: &[RuleFile<'a>],
    version: Text,
) -> Result<(Dataset, RuleTrees<'a>), Problems> {
    let mut loader = Loader { problems: Vec::new(), sources: BTreeMap::new() };
    let whole = loader.run(files, version);
    if loader.problems.is_empty() {
        return Ok(whole);
    }
    let named: BTreeSet<&str> = loader.problems.iter().map(|p| p.file.as_str()).collect();
    let texts = files
        .iter()
        .filter(|file| named.contains(file.path))
        .map(|file| SourceText { name: file.path.to_owned(), text: file.text.to_owned() });
    let mut problems = Problems { texts: texts.collect(), list: Vec::new() };
    problems.list = loader.problems;
    problems.sort();
    Err(problems)
}

struct Loader {
    problems: Vec<Diagnostic>,
    sources: BTreeMap<Text, Source>,
}

impl Loader {
    fn run<'a>(&mut self, files: &[RuleFile<'a>], version: Text) -> (Dataset, RuleTrees<'a>) {
        let mut parsed = self.parse(files);
        self.require(&parsed);
        let registry = self.registry(&parsed);
        parsed.retain_mut(|file| {
            let mut sink = Sink::new(file.path);
            let names = FileNames::new(&registry, &file.node);
            let readable = check(&file.node, file.shape, &names, &mut sink);
            file.clean = sink.is_empty();
            self.problems.append(&mut sink.into_list());
            readable
        });
        let mut groups: BTreeMap<Text, RawGroup> = BTreeMap::new();
        let mut dataset = self.assemble(&parsed, &registry, &mut groups);
        dataset.version = version;
        // Cases name what those files declare.
        if registry.unread.is_empty() {
            dataset.cases = self.cases(&parsed, &registry, &dataset);
        }
        (dataset, RuleTrees { files: parsed, registry, groups })
    }

    fn parse<'a>(&mut self, files: &[RuleFile<'a>]) -> Vec<File<'a>> {
        let mut parsed = Vec::with_capacity(files.len());
        for file in files {
            let mut sink = Sink::new(file.path);
            match FileKind::of(file.path).map(|kind| kind.shape) {
                None => sink.record(not_read(file.path, files)),
                Some(shape) => {
                    if let Some(node) = parse_toml(file.text, &mut sink) {
                        let RuleFile { path, text } = *file;
                        parsed.push(File { path, text, shape, node, clean: true });
                    }
                }
            }
            self.problems.append(&mut sink.into_list());
        }
        // Which of two places is the second must not hang on the order of the files.
        parsed.sort_by_key(|file: &File<'_>| file.path);
        parsed
    }

    fn require(&mut self, parsed: &[File<'_>]) {
        let there = |path: &str| {
            parsed.iter().any(|file| file.path == path)
                || self.problems.iter().any(|problem| problem.file == path)
        };
        let missing: Vec<&str> = NEEDED.iter().copied().filter(|path| !there(path)).collect();
        let no_donor = !parsed.iter().any(|file| file.path.starts_with("donors/"));
        for path in missing {
            let mut sink = Sink::new(path);
            sink.report_with_help(
                Code::NoRules,
                0..0,
                "this file is missing",
                "`jpo-check rules export DIR` writes a whole folder of rules to start from",
            );
            self.problems.append(&mut sink.into_list());
        }
        if no_donor && !self.problems.iter().any(|problem| problem.file.starts_with("donors/")) {
            let mut sink = Sink::new("donors/");
            sink.report(Code::NoRules, 0..0, "there is no donor's file in this folder");
            self.problems.append(&mut sink.into_list());
        }
    }

    fn registry(&mut self, parsed: &[File<'_>]) -> Registry {
        let ids = |path: &str, key: &str, id: &str| -> BTreeSet<Text> {
            let files = parsed.iter().filter(|file| file.path == path);
            let nodes = files.flat_map(|file| file.node.table().nodes(key));
            nodes.filter_map(|node| node.table().kept(id)).collect()
        };
        // A file that cannot be read still has its name.
        let unread: Vec<String> =
            self.problems.iter().map(|problem| problem.file.clone()).collect();
        let stems = |folder: &str| -> BTreeSet<Text> {
            let paths =
                parsed.iter().map(|file| file.path).chain(unread.iter().map(String::as_str));
            // A name that is not quite right declares what it is meant to: `fi` in `fi.TOML`.
            let named = |path: &str| {
                let meant = FileKind::of(path).is_none().then(|| FileKind::meant_by(path));
                let path = meant.flatten().unwrap_or_else(|| path.to_owned());
                Some(Text::of(path.strip_prefix(folder)?.strip_suffix(".toml")?))
            };
            paths.filter_map(named).collect()
        };
        let (countries, languages) = self.names(parsed);
        let is_unread = |path: &str| unread.iter().any(|name| name == path);
        let lists = DECLARED_IN.iter().filter(|(path, _)| is_unread(path));
        let windows = unread.iter().any(|name| name.starts_with("donors/"));
        let windows_unread = windows.then_some(Namespace::Window);
        let namespaces = lists.flat_map(|(_, namespaces)| namespaces.iter().copied());
        Registry {
            unread: namespaces.chain(windows_unread).collect(),
            countries,
            languages,
            fields: ids("fields.toml", "field", "id"),
            hosts: ids("hosts.toml", "host", "id"),
            facts: ids("facts.toml", "fact", "id"),
            fact_types: fact_types(parsed),
            groups: stems("groups/"),
            programmes: stems("programmes/"),
            donors: stems("donors/").iter().map(|stem| stem.to_ascii_uppercase().into()).collect(),
            windows: windows_of(parsed),
            sources: ids("sources.toml", "source", "id"),
        }
    }

    fn names(&mut self, parsed: &[File<'_>]) -> (Countries, Languages) {
        let (mut countries, mut languages) = (Countries::default(), Languages::default());
        for file in parsed {
            let mut sink = Sink::new(file.path);
            match file.path {
                "countries.toml" => countries = Countries::read(&file.node.table(), &mut sink),
                "languages.toml" => languages = Languages::read(&file.node.table(), &mut sink),
                _ => {}
            }
            self.problems.append(&mut sink.into_list());
        }
        (countries, languages)
    }

    fn assemble(
        &mut self,
        parsed: &[File<'_>],
        registry: &Registry,
        groups: &mut BTreeMap<Text, RawGroup>,
    ) -> Dataset {
        let mut dataset = Dataset {
            version: Text::default(),
            countries: registry.countries.clone(),
            languages: registry.languages.clone(),
            fields: Fields::default(),
            hosts: Packed::default(),
            facts: Vec::new(),
            sources: Sources::default(),
            groups: BTreeMap::new(),
            programmes: BTreeMap::new(),
            donors: BTreeMap::new(),
            windows: Vec::new(),
            lookalikes: Packed::default(),
            cases: Cases::default(),
        };
        for file in parsed.iter().filter(|file| !file.path.starts_with("donors/")) {
            self.read(file, registry, &mut dataset, groups);
        }
        for file in parsed.iter().filter(|file| file.path.starts_with("donors/")) {
            self.donor(file, registry, &mut dataset);
        }
        dataset.sources = Sources::new(std::mem::take(&mut self.sources));
        dataset.groups = merge_groups(groups);
        dataset.windows.sort_by(|a, b| (&a.donors, &a.id).cmp(&(&b.donors, &b.id)));
        self.unique_windows(parsed);
        dataset
    }

    /// The cases of all files, once everything that their profiles can name is known.
    fn cases(&mut self, parsed: &[File<'_>], registry: &Registry, dataset: &Dataset) -> Cases {
        let mut all = Cases::default();
        for file in parsed.iter().filter(|file| file.path.contains('/')) {
            let mut sink = Sink::new(file.path);
            let cases = read_cases(&file.node, &context(file, registry), dataset, &mut sink);
            all.windows.extend(cases.windows);
            all.groups.extend(cases.groups);
            all.untested.extend(cases.untested);
            self.keep(file, sink);
        }
        all
    }

    fn read(
        &mut self,
        file: &File<'_>,
        registry: &Registry,
        dataset: &mut Dataset,
        groups: &mut BTreeMap<Text, RawGroup>,
    ) {
        let ctx = context(file, registry);
        let mut sink = Sink::new(file.path);
        let table = file.node.table();
        let sources = read_sources(&file.node, &ctx, &mut sink);
        keep_sources(&mut self.sources, file, sources, &mut sink);
        match file.path {
            "countries.toml" => check_names(table.nodes("country"), &mut sink),
            "languages.toml" => check_names(table.nodes("language"), &mut sink),
            "facts.toml" => dataset.facts = read_facts(&table, &mut sink),
            "fields.toml" => dataset.fields = read_fields(&table),
            "hosts.toml" => dataset.hosts = read_hosts(&table).into(),
            "lookalikes.toml" => dataset.lookalikes = read_lookalikes(&file.node).into(),
            path if path.starts_with("groups/") => {
                if let Some(group) = read_group(&file.node, &ctx, &mut sink) {
                    groups.insert(Text::of(stem(path, "groups/")), group);
                }
            }
            path if path.starts_with("programmes/") => {
                if let Some(programme) = read_programme(&file.node, &ctx, &mut sink) {
                    dataset.programmes.insert(programme.id.clone(), programme.into());
                }
            }
            _ => {}
        }
        unique_ids(&file.node, &mut sink);
        self.keep(file, sink);
    }

    fn keep(&mut self, file: &File<'_>, sink: Sink<'_>) {
        let list = sink.into_list().into_iter();
        self.problems.extend(list.filter(|p| file.clean || NEVER_AN_ECHO.contains(&p.code)));
    }

    fn donor(&mut self, file: &File<'_>, registry: &Registry, dataset: &mut Dataset) {
        let ctx = context(file, registry);
        let mut sink = Sink::new(file.path);
        let sources = read_sources(&file.node, &ctx, &mut sink);
        keep_sources(&mut self.sources, file, sources, &mut sink);
        if let Some((donor, windows)) = read_donor(&file.node, &ctx, &mut sink) {
            let code: DonorCode = donor.code.clone();
            dataset.donors.insert(code, donor.into());
            dataset.windows.extend(windows);
        }
        self.keep(file, sink);
    }

    fn unique_windows(&mut self, parsed: &[File<'_>]) {
        let mut seen: BTreeMap<Text, (&str, usize)> = BTreeMap::new();
        for file in parsed.iter().filter(|file| file.path.starts_with("donors/")) {
            let mut sink = Sink::new(file.path);
            for node in file.node.table().nodes("window") {
                let table = node.table();
                let (Some(id), Some(at)) = (table.kept("id"), table.get("id")) else { continue };
                if let Some((path, line)) = seen.get(&id) {
                    let message =
                        format!("the window `{id}` is declared in {path}, line {line}, too");
                    sink.report(Code::DuplicateId, at.span.clone(), message);
                    continue;
                }
                let line = crate::diagnostic::position(file.text, at.span.start).0;
                seen.insert(id, (file.path, line));
            }
            self.problems.append(&mut sink.into_list());
        }
    }
}

/// Why no rules are read from what is called `path`, with the name that it is meant to have.
fn not_read(path: &str, files: &[RuleFile<'_>]) -> Diagnostic {
    let is_folder = path.ends_with('/') && path.matches('/').count() > 1;
    let (message, help) = if is_folder {
        let help = "rule files stand in `donors`, `groups` and `programmes`, no deeper";
        ("no rules are read from a folder in here", help.to_owned())
    } else {
        let help = match FileKind::meant_by(path) {
            Some(meant) if files.iter().any(|file| file.path == meant) => {
                format!("`{meant}` stands beside it: take one of the two out of the folder")
            }
            Some(meant) => format!("call it `{meant}`, or take it out of the folder"),
            None => {
                "donors, groups and programmes have folders; see README.md of the data".to_owned()
            }
        };
        ("no rules are read from a file of this name", help)
    };
    Diagnostic::new(Code::FileName, 0..0, message).with_help(help)
}

/// Reports ids declared twice in one of the lists of a reference file.
fn unique_ids(file: &Node<'_>, sink: &mut Sink<'_>) {
    for (key, id) in [
        ("host", "id"),
        ("fact", "id"),
        ("field", "id"),
        ("test", "id"),
        ("country", "code"),
        ("language", "code"),
        ("scheme", "id"),
    ] {
        let mut seen: Vec<&str> = Vec::new();
        let table = file.table();
        for node in table.nodes(key).iter().filter_map(|node| node.table().get(id)) {
            let text = node.text().unwrap_or_default();
            if seen.contains(&text) {
                let message = format!("`{text}` is declared above already");
                sink.report(Code::DuplicateId, node.span.clone(), message);
            }
            seen.push(text);
        }
    }
}

/// A donor, a group and a programme of one name share a scope: their sources need different ids.
fn keep_sources(
    all: &mut BTreeMap<Text, Source>,
    file: &File<'_>,
    sources: Vec<Source>,
    sink: &mut Sink<'_>,
) {
    let table = file.node.table();
    for (source, node) in sources.iter().zip(table.nodes("source")) {
        if all.contains_key(&source.id) {
            let at = node.table().get("id").map_or(node.span.clone(), |id| id.span.clone());
            let message = format!("`{}` is a source of a group or programme too", source.id);
            sink.report(Code::DuplicateId, at, message);
        }
    }
    all.extend(sources.into_iter().map(|source| (source.id.clone(), source)));
}

fn stem<'a>(path: &'a str, folder: &str) -> &'a str {
    path.strip_prefix(folder).and_then(|name| name.strip_suffix(".toml")).unwrap_or(path)
}

/// The ids of windows, with the code of the donor in whose file each stands.
fn windows_of(parsed: &[File<'_>]) -> BTreeMap<Text, Text> {
    let files = parsed.iter().filter(|file| file.path.starts_with("donors/"));
    let windows = files.flat_map(|file| {
        let code = stem(file.path, "donors/").to_ascii_uppercase();
        let ids = file.node.table().nodes("window").iter();
        ids.filter_map(move |node| Some((node.table().kept("id")?, Text::of(&code))))
    });
    windows.collect()
}

fn fact_types(parsed: &[File<'_>]) -> BTreeMap<Text, (Text, Vec<Text>)> {
    let files = parsed.iter().filter(|file| file.path == "facts.toml");
    let nodes = files.flat_map(|file| file.node.table().nodes("fact"));
    nodes
        .filter_map(|node| {
            let table = node.table();
            let choices = table.all_kept("choices");
            Some((table.kept("id")?, (table.kept("type")?, choices)))
        })
        .collect()
}
