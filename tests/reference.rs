//! The README of the data folder: its reference of keys and its examples.

use std::fs;
use std::path::{Path, PathBuf};

use jpo_check::cases;
use jpo_check::dataset::{Dataset, RuleFile};
use jpo_check::diagnostic::Problems;
use jpo_check::render::key_reference;

use crate::malformed::{compare_with_file, describe};

const BEGIN: &str = "<!-- keys: begin -->\n";
const END: &str = "<!-- keys: end -->\n";

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/README.md")
}

fn readme() -> String {
    fs::read_to_string(path()).unwrap()
}

/// `SNAPSHOTS=overwrite cargo test --test tests reference` writes it anew.
#[test]
fn the_reference_lists_every_key_that_the_loader_takes() {
    let text = readme();
    let (head, rest) = text.split_once(BEGIN).unwrap();
    let (_, tail) = rest.split_once(END).unwrap();
    let expected = format!("{head}{BEGIN}\n{}\n{END}{tail}", key_reference());
    compare_with_file(&expected, &path());
}

/// A heading's anchor as it is made on the web.
fn anchor(heading: &str) -> String {
    let title = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = title.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn every_link_within_the_page_leads_to_a_heading() {
    let text = readme();
    let anchors: Vec<String> =
        text.lines().filter(|line| line.starts_with('#')).map(anchor).collect();
    let links: Vec<&str> =
        text.split("](#").skip(1).map(|rest| rest.split(')').next().unwrap()).collect();
    assert!(links.len() > 20);
    for link in links {
        assert_eq!(anchors.iter().filter(|one| *one == link).count(), 1, "#{link}");
    }
}

fn examples() -> Vec<String> {
    examples_of(&readme())
}

fn examples_of(text: &str) -> Vec<String> {
    let blocks = text.split("```toml\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

/// The examples of cases, which belong to the whole file that is shown.
fn cases_shown() -> Vec<String> {
    let text = readme();
    let (_, rest) = text.split_once("\n## Cases\n").unwrap();
    examples_of(rest.split("\n## ").next().unwrap())
}

/// The shipped rules with the text in Finland's place.
fn with_finland(text: &str) -> Result<Dataset, Problems> {
    let shipped = Dataset::embedded_files();
    let files: Vec<RuleFile<'_>> = shipped
        .iter()
        .map(|file| match file.path {
            "donors/fi.toml" => RuleFile { path: file.path, text },
            _ => *file,
        })
        .collect();
    Dataset::load(&files)
}

#[test]
fn a_whole_file_shown_as_an_example_loads_in_its_place() {
    let whole: Vec<String> =
        examples().into_iter().filter(|text| text.starts_with("#:schema")).collect();
    assert_eq!(whole.len(), 1);
    let data = with_finland(&whole[0]).unwrap_or_else(|problems| panic!("{}", describe(&problems)));
    assert!(data.window("fi-nationals").is_some());
}

#[test]
fn the_cases_shown_hold_in_the_whole_file_shown() {
    let shown = cases_shown();
    assert_eq!(shown.len(), 2);
    let whole = examples().into_iter().find(|text| text.starts_with("#:schema")).unwrap();
    let text = format!("{whole}\n{}", shown.join("\n"));
    let data = with_finland(&text).unwrap_or_else(|problems| panic!("{}", describe(&problems)));
    assert!(!data.cases.windows.is_empty() && !data.cases.untested.is_empty());
    let failures = cases::run(&data, None).failures;
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn every_other_example_is_a_part_of_a_shipped_file() {
    let files = Dataset::embedded_files();
    let cases = cases_shown();
    let own = |text: &String| text.starts_with("#:schema") || cases.contains(text);
    for example in examples().iter().filter(|text| !own(text)) {
        let found = files.iter().any(|file| file.text.contains(example));
        assert!(found, "no shipped file holds\n{example}");
    }
}
