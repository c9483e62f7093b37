//! Every shape of rule that donors use: how it is written, and both sides of its limit.
//!
//! `tests/shapes/<letter>.toml` reads as a table: a shape, the rule of a window, and cases
//! `day | profile | what is found`. A case names outcomes by criterion (`met`, `unmet`, or the
//! cause of an unknown one), one word for each finding, and where it matters `verdict`, `call`
//! (state, days, `expected`), `donors`, `application`, `sources.<criterion>`, `limits` (how
//! each bears on the choice between windows); `in <id>` asks
//! another window than the first.
//!
//! What a rule does not mention is settled by `no_requirement`, so that a verdict shows the shape
//! alone; `bare = true` leaves it out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use jpo_check::dataset::{Dataset, RuleFile};
use jpo_check::diagnostic::Sink;
use jpo_check::document::{Table, parse_toml};
use jpo_check::engine::{self, Assessment, Candidate, Finding};
use jpo_check::plan::Plan;
use jpo_check::profile::Profile;
use jpo_check::rules::{Criterion, Rule};
use jpo_check::vocabulary::{Text, Words};

use crate::malformed::describe;

/// The shapes by letter, with the highest number of each.
const SHAPES: &[(char, usize)] = &[
    ('A', 8),
    ('B', 14),
    ('C', 16),
    ('D', 2),
    ('E', 11),
    ('F', 11),
    ('G', 10),
    ('H', 6),
    ('I', 11),
    ('L', 9),
];

const HEAD: &str = r#"format = 1
code = "FI"
name = "Finland"
[[source]]
id = "page"
publisher = "The ministry"
url = "https://example.org"
checked = 2026-11-21
recheck_by = 2027-05-21
kind = "official"
says = "The rule."
[[source]]
id = "other"
publisher = "The ministry"
url = "https://example.org/other"
checked = 2026-11-21
recheck_by = 2027-05-21
kind = "official"
says = "The rule in other words."
[[window]]
id = "fi"
title = "A window"
"#;

struct Shape {
    id: Text,
    is: Text,
    rule: Text,
    programme: Text,
    bare: bool,
    cases: Vec<String>,
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn shapes(letter: &str) -> Vec<Shape> {
    let path = root("tests/shapes").join(format!("{letter}.toml"));
    let text = fs::read_to_string(&path).unwrap();
    let mut sink = Sink::new(letter);
    let Some(file) = parse_toml(&text, &mut sink) else { panic!("{:?}", sink.into_list()) };
    let read = |table: Table<'_, '_>| Shape {
        id: table.kept("id").unwrap(),
        is: table.kept("is").unwrap(),
        rule: table.kept("rule").unwrap(),
        programme: table.kept("programme").unwrap_or_else(|| "bare".into()),
        bare: table.is_true("bare"),
        cases: table.texts("cases").map(str::to_owned).collect(),
    };
    file.table().nodes("shape").iter().map(|node| read(node.table())).collect()
}

/// The donor's file: the rule, and what it does not mention settled.
fn donor_file(shape: &Shape) -> String {
    let (own, further) = match shape.rule.split_once("[[window]]") {
        Some((own, further)) => (own, format!("[[window]]{further}")),
        None => (shape.rule.as_str(), String::new()),
    };
    let mentions = |part: &str| own.contains(&format!("[window.{part}"));
    let mut text = format!("{HEAD}programme = \"{}\"\n", shape.programme);
    if !own.lines().any(|line| line.starts_with("hosts = ")) {
        text.push_str("hosts = [\"un-system\"]\n");
    }
    text.push_str(own);
    let mut settle = |part: &str, value: &str| {
        if !mentions(part) {
            write!(text, "\n[[window.{part}]]\n{value}\nsource = \"page\"\n").unwrap();
        }
    };
    settle("sponsorship", "status = \"active\"");
    settle("nationality", "no_requirement = true");
    if !shape.bare {
        settle("age", "no_requirement = true");
        settle("languages", "no_requirement = true");
        if !mentions("qualification") {
            settle("degree", "no_requirement = true");
            settle("experience", "no_requirement = true");
        }
    }
    format!("{text}\n{further}")
}

/// The small data set around the rule: countries and languages as shipped, the rest of its own.
fn load(shape: &Shape) -> Dataset {
    let shipped = ["countries.toml", "languages.toml", "sources.toml"];
    let mut files: BTreeMap<String, String> = shipped
        .iter()
        .map(|path| ((*path).to_owned(), fs::read_to_string(root("data").join(path)).unwrap()))
        .collect();
    let own = root("tests/shapes/data");
    for path in ["facts.toml", "fields.toml", "hosts.toml"] {
        files.insert(path.to_owned(), fs::read_to_string(own.join(path)).unwrap());
    }
    for folder in ["donors", "groups", "programmes"] {
        for entry in fs::read_dir(own.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{folder}/{}", path.file_name().unwrap().to_str().unwrap());
            files.insert(name, fs::read_to_string(path).unwrap());
        }
    }
    files.insert("donors/fi.toml".to_owned(), donor_file(shape));
    let list: Vec<RuleFile<'_>> =
        files.iter().map(|(path, text)| RuleFile { path, text }).collect();
    Dataset::load(&list).unwrap_or_else(|problems| {
        panic!("{} ({}):\n{}\n{}", shape.id, shape.is, describe(&problems), donor_file(shape))
    })
}

/// The findings of a criterion, without what only settles the other half of it.
fn findings<'a, 'd>(found: &'a Assessment<'d>, criterion: &str) -> Vec<&'a Finding<'d>> {
    let criterion = Criterion::from_word(criterion).unwrap();
    let all: Vec<_> =
        found.findings.iter().filter(|f| f.requirement.part.criterion() == criterion).collect();
    let asks = |f: &&&Finding<'_>| {
        f.requirement.readings.iter().any(|reading| reading.rule != Rule::NoRequirement)
    };
    let asking: Vec<_> = all.iter().filter(asks).copied().collect();
    if asking.is_empty() { all } else { asking }
}

/// What is found of the thing that a case names first.
fn answer(found: &Assessment<'_>, thing: &str) -> String {
    let words: Vec<String> = match thing.split_once('.') {
        Some((_, criterion)) => {
            let findings = findings(found, criterion);
            let sources = findings.iter().flat_map(|finding| finding.requirement.sources());
            sources.map(ToString::to_string).collect()
        }
        None => match thing {
            "verdict" => vec![found.verdict.to_string()],
            "application" => vec![found.window.application.to_string()],
            "donors" => found.window.donors.iter().map(ToString::to_string).collect(),
            "call" => {
                let call = found.timing.call;
                let days = [call.opens, call.closes];
                let days = days.iter().flatten().map(ToString::to_string);
                let expected = call.expected.then(|| "expected".to_owned());
                std::iter::once(call.state.to_string()).chain(days).chain(expected).collect()
            }
            criterion => {
                let word = |finding: &&Finding<'_>| match finding.cause {
                    Some(cause) => cause.to_string(),
                    None => finding.outcome.to_string(),
                };
                findings(found, criterion).iter().map(word).collect()
            }
        },
    };
    words.join(" ")
}

/// How the limits over the candidate's windows bear on the choice; `none` where there is none.
fn bearings(data: &Dataset, profile: &Profile, as_of: NaiveDate, all: &[Assessment<'_>]) -> String {
    let plan = Plan::new(data, &Candidate::new(profile, as_of), (as_of, as_of), all);
    let words: Vec<&str> = plan.limits.iter().map(|bound| bound.bearing.word()).collect();
    if words.is_empty() { "none".to_owned() } else { words.join(" ") }
}

/// Runs one case; what differs is returned, so that a letter's differences show together.
fn run(data: &Dataset, case: &str) -> Vec<String> {
    let [day, profile, expected] = case.split(" | ").collect::<Vec<_>>()[..] else {
        panic!("a case is `day | profile | what is found`: {case}")
    };
    let as_of = day.parse().unwrap();
    let profile = Profile::parse(profile, "profile", data, as_of)
        .unwrap_or_else(|problems| panic!("{}\n{profile}", describe(&problems)));
    let all = engine::check(data, &profile, as_of);
    let mut window = "fi";
    let mut wrong = Vec::new();
    for wanted in expected.split(", ") {
        let (thing, words) = wanted.split_once(' ').unwrap();
        if thing == "in" {
            window = words;
            continue;
        }
        if thing == "limits" {
            let bearings = bearings(data, &profile, as_of, &all);
            if bearings != words {
                wrong.push(format!("{case}\n    limits: found {bearings}, expected {words}"));
            }
            continue;
        }
        let found = all.iter().find(|assessment| assessment.window.id == window).unwrap();
        let answer = answer(found, thing);
        // Days of a call are written out only where they matter.
        let short = thing == "call" && !words.contains(' ');
        let same = if short { answer.split(' ').next() == Some(words) } else { answer == words };
        if !same {
            wrong.push(format!("{case}\n    {thing}: found {answer}, expected {words}"));
        }
    }
    wrong
}

fn check(letter: &str) {
    let mut wrong = Vec::new();
    for shape in shapes(letter) {
        assert!(!shape.cases.is_empty(), "{} has no case", shape.id);
        let data = load(&shape);
        for case in &shape.cases {
            let differences = run(&data, case);
            wrong.extend(
                differences.iter().map(|text| format!("{}: {}\n  {text}", shape.id, shape.is)),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

macro_rules! letters {
    ($($test:ident => $letter:literal),+ $(,)?) => {
        $(#[test] fn $test() { check($letter); })+

        const LETTERS: &[&str] = &[$($letter),+];
    };
}

letters! {
    results_and_evidence_have_their_shapes => "a",
    ages_have_their_shapes => "b",
    nationalities_have_their_shapes => "c",
    employment_has_its_shapes => "d",
    degrees_have_their_shapes => "e",
    experience_has_its_shapes => "f",
    languages_have_their_shapes => "g",
    earlier_service_has_its_shapes => "h",
    calls_and_versions_have_their_shapes => "i",
    shapes_met_later_can_be_written => "l",
}

fn every_id() -> Vec<String> {
    let of = |(letter, most): &(char, usize)| {
        let letter = *letter;
        (1..=*most).map(move |number| format!("{letter}{number}"))
    };
    SHAPES.iter().flat_map(of).collect()
}

/// The rows of the README's table: id, and how the shape is written.
fn table() -> Vec<(String, String)> {
    let text = fs::read_to_string(root("data/README.md")).unwrap();
    let (_, section) = text.split_once("\n## Shapes of rules\n").expect("the section is there");
    section
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let id = *cells.get(1)?;
            let is_id = id.starts_with(|c: char| c.is_ascii_uppercase())
                && id[1..].chars().all(|c| c.is_ascii_digit())
                && id.len() > 1;
            is_id.then(|| (id.to_owned(), cells[3].to_owned()))
        })
        .collect()
}

#[test]
fn the_readme_lists_every_shape_once_in_order() {
    let listed: Vec<String> = table().into_iter().map(|(id, _)| id).collect();
    assert_eq!(listed, every_id());
}

#[test]
fn every_shape_is_tested_or_no_rule() {
    let tested: BTreeSet<Text> =
        LETTERS.iter().flat_map(|letter| shapes(letter)).map(|shape| shape.id).collect();
    for (id, how) in table() {
        let no_rule = how.starts_with("not a rule");
        assert_ne!(tested.contains(id.as_str()), no_rule, "{id}: {how}");
    }
}
