//! The schemas of rule files, held against the loader: the same files, right and wrong.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jpo_check::dataset::Dataset;
use jpo_check::dataset::keys::{FILES, FileKind};
use jpo_check::diagnostic::{Diagnostic, Sink};
use jpo_check::document::{Entry, Value as Toml};
use jpo_check::document::{Kind, Names, Namespace, Node, Shape, check, parse_toml};
use serde_json::{Map, Value, json};

use crate::cli::run;
use crate::json::faults;
use crate::malformed::compare_with_file;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The schema of each kind of file, by its name.
fn schemas() -> BTreeMap<&'static str, Value> {
    let known = Dataset::embedded().unwrap().known();
    FILES.iter().map(|kind| (kind.name, kind.schema(&known))).collect()
}

/// A TOML document as schemas see it: a date is a text.
fn as_json(node: &Node<'_>) -> Value {
    match &node.value {
        Toml::Null => Value::Null,
        Toml::Flag(flag) => json!(flag),
        Toml::Whole(number) => json!(number),
        Toml::Decimal(number) => json!(number),
        Toml::Text(text) => json!(text),
        Toml::Day(day) => json!(day.to_string()),
        Toml::OtherTime(text) => json!(text),
        Toml::List(items) => items.iter().map(as_json).collect(),
        Toml::Table(entries) => {
            let pair = |entry: &Entry<'_>| (entry.key.to_string(), as_json(&entry.node));
            Value::Object(entries.iter().map(pair).collect::<Map<_, _>>())
        }
    }
}

/// Every name is right: what is left is the shape.
struct AnyName;

impl Names for AnyName {
    fn knows(&self, _: Namespace, _: &str) -> bool {
        true
    }

    fn suggest(&self, _: Namespace, _: &str) -> Option<String> {
        None
    }

    fn meant(&self, _: Namespace, _: &str) -> Option<String> {
        None
    }

    fn level_words(&self) -> Option<Vec<&str>> {
        None
    }
}

/// What the loader says of the shape of a file, whatever the other files declare.
fn complaints(node: &Node<'_>, shape: &'static Shape) -> Vec<Diagnostic> {
    let mut sink = Sink::new("file");
    check(node, shape, &AnyName, &mut sink);
    sink.into_list()
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    files: usize,
    refused: usize,
}

/// Holds every file below `folder` against its schema and the loader: where one complains, so
/// does the other.
fn agree(folder: &Path, below: &str) -> Count {
    let schemas = schemas();
    let mut count = Count::default();
    for entry in fs::read_dir(folder.join(below)).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let Some(kind) = FileKind::of(&format!("{below}{name}")) else { continue };
        let text = fs::read_to_string(&path).unwrap();
        let Some(node) = parse_toml(&text, &mut Sink::new(name)) else { continue };
        let told = complaints(&node, kind.shape);
        let found = faults(&schemas[kind.name], &as_json(&node));
        let seen = told.iter().any(|problem| !is_unseen(problem));
        assert_eq!(seen, !found.is_empty(), "{}: {told:#?} {found:#?}", path.display());
        count.files += 1;
        count.refused += usize::from(seen);
    }
    count
}

/// What a schema cannot see: whether a date stands in quotes, and whether it is in the calendar
/// where it may be one of several things.
fn is_unseen(problem: &Diagnostic) -> bool {
    problem.message.ends_with("stands in quotes, and here a day has none")
        || problem.message == "this day stands without quotes, and here it has them"
        || problem.message.starts_with("expected a text in quotes, found a date")
}

fn agree_on_all(folder: &Path) -> Count {
    let mut all = Count::default();
    for below in ["", "donors/", "groups/", "programmes/"] {
        let part = agree(folder, below);
        all = Count { files: all.files + part.files, refused: all.refused + part.refused };
    }
    all
}

#[test]
fn every_shipped_file_fits_its_schema() {
    let shipped = Count { files: Dataset::embedded_files().len(), refused: 0 };
    assert_eq!(agree_on_all(&root("data")), shipped);
}

#[test]
fn the_schemas_refuse_the_broken_files_whose_shape_the_loader_refuses() {
    let mut refused = 0;
    for entry in fs::read_dir(root("tests/malformed")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            refused += agree_on_all(&path).refused;
        }
    }
    assert!(refused > 10, "{refused}");
}

/// A value of each kind that no schema of that kind may take.
fn wrong(kind: &Kind) -> Option<Value> {
    match kind {
        Kind::Open => None,
        Kind::Flag => Some(json!("true")),
        Kind::Whole(_, high) => Some(json!(high + 1)),
        Kind::Number(_, high) => Some(json!(high + 1.0)),
        Kind::Format => Some(json!(2)),
        Kind::Text | Kind::Id(_) | Kind::Choice | Kind::Name(_) | Kind::LevelWord => {
            Some(json!(" "))
        }
        Kind::Day => Some(json!("21 November 2026")),
        Kind::PartialDay | Kind::End => Some(json!("2026-13")),
        Kind::MonthDay => Some(json!("31-12")),
        Kind::ReferenceDay => Some(json!("call-close")),
        Kind::Level => Some(json!("D1")),
        Kind::OneOf(_) => Some(json!("no such word")),
        Kind::List(_) => Some(json!("no list")),
        Kind::OneOrMore(_) | Kind::Table(_) | Kind::Tables(_) => Some(json!(7)),
        Kind::Either(_) => Some(json!(true)),
    }
}

#[test]
fn a_wrong_value_of_any_key_is_refused_in_its_place() {
    let schemas = schemas();
    for kind in FILES {
        let schema = &schemas[kind.name];
        for key in kind.shape.keys {
            let Some(value) = wrong(&key.kind) else { continue };
            let found = faults(schema, &json!({ key.name: value }));
            let place = format!("$.{}", key.name);
            assert!(found.iter().any(|fault| fault.starts_with(&place)), "{place}: {found:?}");
        }
    }
}

/// Definitions are told apart by name: two tables of one name would be one in a schema.
#[test]
fn no_two_tables_of_a_file_have_one_name() {
    fn walk(shape: &'static Shape, seen: &mut BTreeMap<&str, &'static Shape>) {
        let first = seen.entry(shape.name).or_insert(shape);
        assert!(std::ptr::eq(*first, shape), "two tables are called {}", shape.name);
        for key in shape.keys {
            if let Some(table) = table(&key.kind) {
                walk(table, seen);
            }
        }
    }
    fn table(kind: &'static Kind) -> Option<&'static Shape> {
        match kind {
            Kind::Table(shape) | Kind::Tables(shape) => Some(shape),
            Kind::List(item) | Kind::OneOrMore(item) => table(item),
            Kind::Either(kinds) => kinds.iter().find_map(table),
            _ => None,
        }
    }
    for kind in FILES {
        walk(kind.shape, &mut BTreeMap::new());
    }
}

#[test]
fn what_is_offered_refuses_no_name_declared_beside_it() {
    let donor = &schemas()["donor"];
    let window = |host: &str| {
        json!({"format": 1, "code": "FI", "name": "Finland", "window": [{
            "id": "a", "title": "b", "programme": "un-desa", "hosts": [host],
            "sponsorship": {"status": "active", "source": "page"},
            "nationality": {"national_of": ["Finland"], "source": "page"},
        }]})
    };
    assert_eq!(faults(donor, &window("unicef")), Vec::<String>::new());
    assert_eq!(faults(donor, &window("a-new-host")), Vec::<String>::new());
    assert!(!faults(donor, &window("")).is_empty());
}

/// `SNAPSHOTS=overwrite cargo test --test tests schemas` writes them anew.
#[test]
fn the_schemas_beside_the_shipped_files_are_those_of_the_program() {
    for kind in FILES {
        let printed = run(&["schema", kind.name]);
        let text = String::from_utf8(printed.stdout).unwrap();
        compare_with_file(&text, &root("data").join(kind.schema_path()));
    }
    let there = fs::read_dir(root("data/schemas")).unwrap().count();
    assert_eq!(there, FILES.len(), "data/schemas holds a schema of nothing");
}

#[test]
fn every_shipped_file_names_its_schema_in_the_first_line() {
    for file in Dataset::embedded_files() {
        let kind = FileKind::of(file.path).unwrap();
        let up = if file.path.contains('/') { "../" } else { "" };
        let line = format!("#:schema {up}{}", kind.schema_path());
        assert_eq!(file.text.lines().next(), Some(line.as_str()), "{}", file.path);
    }
}
