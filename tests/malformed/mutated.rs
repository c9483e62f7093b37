//! Bytes deleted, inserted and replaced at random: an error, or a whole data set, never a panic.

use jpo_check::dataset::{Dataset, RuleFile};
use jpo_check::diagnostic::{Problems, Sink};
use jpo_check::document::{Node, Table, parse_toml};
use jpo_check::rules::Part;
use jpo_check::vocabulary::Words;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;

use super::{Files, base, load};

/// One change to a text.
#[derive(Debug, Clone)]
enum Change {
    Delete(Index, usize),
    Insert(Index, String),
    Copy(Index, Index, usize),
}

/// What is likely to hurt: brackets, quotes, numbers at the edge, words of the vocabulary.
const SNIPPETS: &[&str] = &[
    "\n",
    "\r\n",
    "\0",
    "\"",
    "'",
    "\"\"\"",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    ".",
    ",",
    "=",
    "#",
    "-1",
    "0",
    "9999999999",
    "1e308",
    "nan",
    "true",
    "1979-05-27",
    "0000-01-01",
    "9999-12-31",
    "07:32:00",
    "\"\"",
    "\" \"",
    "é",
    "\u{feff}",
    "\u{202e}",
    "format = 2\n",
    "no_requirement = true\n",
    "no_requirement = false\n",
    "by_vacancy = true\n",
    "incomplete = true\n",
    "[window.age]\n",
    "[[window]]\n",
    "[[window.age.reading]]\n",
    "max = 0\n",
    "under = 0\n",
    "[]",
    "[[]]",
    "= []\n",
    "includes = [\"ldc\"]\n",
    "strength = \"asset\"\n",
    "\\u0000",
    "_",
    "0x",
    "\"02-29\"",
];

fn change() -> impl Strategy<Value = Change> {
    let insert = prop_oneof![
        4 => proptest::sample::select(SNIPPETS).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop_oneof![
        (any::<Index>(), 1_usize..40).prop_map(|(at, length)| Change::Delete(at, length)),
        (any::<Index>(), insert).prop_map(|(at, text)| Change::Insert(at, text)),
        (any::<Index>(), any::<Index>(), 1_usize..200)
            .prop_map(|(from, to, length)| Change::Copy(from, to, length)),
    ]
}

/// Rule files are texts: the nearest place between two characters, at or before `at`.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn apply(text: &mut String, change: &Change) {
    let place = |at: &Index| boundary(text, at.index(text.len() + 1));
    match change {
        Change::Delete(at, length) => {
            let start = place(at);
            let end = boundary(text, start + length);
            text.replace_range(start..end, "");
        }
        Change::Insert(at, snippet) => {
            let start = place(at);
            text.insert_str(start, snippet);
        }
        Change::Copy(from, to, length) => {
            let (start, to) = (place(from), place(to));
            let end = boundary(text, start + length);
            let copied = text[start..end].to_owned();
            text.insert_str(to, &copied);
        }
    }
}

/// How many requirements are written in a donor's file.
fn requirement_tables(text: &str) -> usize {
    let file = parse_toml(text, &mut Sink::new("donor")).expect("it has loaded");
    let count = |table: &Table<'_, '_>| -> usize {
        Part::WORDS.iter().map(|(word, _)| table.nodes(word).len()).sum()
    };
    let of_window = |window: &Node<'_>| {
        let table = window.table();
        let calls = table.nodes("call").iter().map(|call| count(&call.table()));
        count(&table) + calls.sum::<usize>()
    };
    file.table().nodes("window").iter().map(of_window).sum()
}

/// What must hold of every answer, whatever the files.
fn is_whole(result: &Result<Dataset, Problems>, files: &Files) {
    let count = |folder: &str| files.keys().filter(|path| path.starts_with(folder)).count();
    match result {
        Ok(data) => {
            assert_eq!(data.donors.len(), count("donors/"));
            assert_eq!(data.groups.len(), count("groups/"));
            assert_eq!(data.programmes.len(), count("programmes/"));
            let written = files.iter().filter(|(path, _)| path.starts_with("donors/"));
            let written: usize = written.map(|(_, text)| requirement_tables(text)).sum();
            let read = data.windows.iter().map(|window| {
                let calls = window.calls.iter().map(|call| call.overrides.len());
                window.requirements.len() + calls.sum::<usize>()
            });
            assert_eq!(read.sum::<usize>(), written, "a requirement is lost on the way");
            for window in &data.windows {
                for requirement in &window.requirements {
                    assert!(!requirement.readings.is_empty());
                    let sources = requirement.sources();
                    assert!(sources.iter().all(|id| data.sources.contains_key(id)));
                }
            }
        }
        Err(problems) => {
            assert!(!problems.list.is_empty());
            for problem in &problems.list {
                let Some(text) = problems.text(&problem.file) else { continue };
                assert!(
                    text.text.get(problem.span.clone()).is_some(),
                    "the place {:?} of {:?} cannot be underlined",
                    problem.span,
                    problem.message,
                );
            }
        }
    }
}

/// The base with a second donor, whose one window holds a rule of every kind.
fn with_every_rule() -> Files {
    let mut files = base();
    files.insert("donors/se.toml".to_owned(), include_str!("every-rule.toml").to_owned());
    files
}

pub(crate) fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        rng_seed: RngSeed::Fixed(20_261_122),
        failure_persistence: None,
        max_shrink_iters: 200,
        ..ProptestConfig::with_cases(cases)
    }
}

pub(crate) fn shipped() -> Files {
    let files = Dataset::embedded_files();
    files.iter().map(|file| (file.path.to_owned(), file.text.to_owned())).collect()
}

/// The reference files and one donor: enough for every name to be known, and quick to load.
pub(crate) fn shipped_with_donor(donor: &str) -> Files {
    let keep = |path: &str| {
        !path.starts_with("donors/") && !["fields.toml", "lookalikes.toml"].contains(&path)
    };
    let mut files: Files =
        shipped().into_iter().filter(|(path, _)| keep(path) || path == donor).collect();
    files.insert("fields.toml".to_owned(), base()["fields.toml"].clone());
    files
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn a_small_data_set_with_random_changes_loads_whole_or_not_at_all(
        file in any::<Index>(),
        changes in proptest::collection::vec(change(), 1..6),
    ) {
        let mut files = with_every_rule();
        let at = file.index(files.len());
        let text = files.values_mut().nth(at).unwrap();
        for change in &changes {
            apply(text, change);
        }
        is_whole(&load(&files), &files);
    }
}

proptest! {
    #![proptest_config(config(10))]

    #[test]
    fn shipped_files_with_random_changes_load_whole_or_not_at_all(
        file in any::<Index>(),
        changes in proptest::collection::vec(change(), 1..4),
    ) {
        let all = shipped();
        let path = file.get(&all.keys().cloned().collect::<Vec<_>>()).clone();
        let mut files =
            if path.starts_with("donors/") { shipped_with_donor(&path) } else { all };
        let text = files.get_mut(&path).unwrap();
        for change in &changes {
            apply(text, change);
        }
        is_whole(&load(&files), &files);
    }
}

#[test]
fn a_donors_file_that_breaks_off_anywhere_is_refused_or_whole() {
    let whole = with_every_rule();
    assert!(load(&whole).is_ok());
    let text = &whole["donors/se.toml"];
    // Every seventh byte: inside words, quotes and brackets alike, in a fraction of the time.
    for end in (0..text.len()).step_by(7) {
        let mut files = whole.clone();
        files.insert("donors/se.toml".to_owned(), text[..end].to_owned());
        is_whole(&load(&files), &files);
    }
}

#[test]
fn files_given_in_any_order_load_the_same() {
    let files = shipped();
    let list: Vec<RuleFile<'_>> =
        files.iter().map(|(path, text)| RuleFile { path, text }).collect();
    let mut reversed = list.clone();
    reversed.reverse();
    let (one, other) = (Dataset::load(&list).unwrap(), Dataset::load(&reversed).unwrap());
    assert_eq!(one.windows, other.windows);
    assert_eq!(one.groups, other.groups);
    assert_eq!(one.version, other.version);
}
