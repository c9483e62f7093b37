//! Sources that are due to be looked at again: what a check, `why` and `windows` say of them, and
//! how soon the shipped ones are.

use std::collections::BTreeMap;

use jpo_check::dataset::Dataset;
use jpo_check::rules::{Source, SourceKind};
use jpo_check::vocabulary::Text;
use serde_json::Value;

use crate::cli::{persona, program_on};
use crate::json::{answer, faults};

const FRESH: &str = "2026-11-22";

fn asked(args: &[&str], as_of: &str) -> Value {
    let output = program_on(&[args, &["--format", "json"]].concat(), as_of).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{args:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn text(args: &[&str], as_of: &str) -> String {
    String::from_utf8(program_on(args, as_of).output().unwrap().stdout).unwrap()
}

/// Whether a finding of a window under `criterion` is stale.
fn stale(window: &str, criterion: &str, as_of: &str) -> bool {
    let report = asked(&["why", window, &persona("kenya")], as_of);
    let findings = report["windows"][0]["findings"].as_array().unwrap();
    findings.iter().any(|finding| finding["criterion"] == criterion && finding["stale"] == true)
}

#[test]
fn a_finding_is_stale_the_day_after_its_source_was_due() {
    assert!(!stale("fi-nationals", "qualification", "2027-02-21"));
    assert!(stale("fi-nationals", "qualification", "2027-02-22"));
}

#[test]
fn a_finding_rests_on_the_sources_of_a_list_of_countries() {
    assert!(!stale("nl-dc", "nationality", "2026-12-24"));
    assert!(stale("nl-dc", "nationality", "2026-12-25"));
}

#[test]
fn a_superseded_page_or_a_second_witness_makes_no_finding_stale() {
    assert!(!stale("fi-nationals", "age", "2027-02-22"), "UNRIC only confirms CIMO");
}

#[test]
fn check_and_why_say_which_findings_are_stale() {
    let (file, late) = (persona("finland"), "2027-03-01");
    let said = "a source it rests on was due to be looked at again";
    assert!(!text(&[&file], FRESH).contains(said));
    let check = text(&[&file], late);
    assert!(check.contains(&format!("stale    qualification, languages: {said}")), "{check}");
    let named = "windows --stale --as-of 2027-03-01";
    assert!(check.contains(&format!("`jpo-check {named}`")), "{check}");
    let why = text(&["why", "fi-nationals", &file], late);
    assert!(why.contains(&format!("stale     {said}")), "{why}");
    assert!(why.contains("Due to be looked at again since 2027-02-21."), "{why}");
    assert!(text(&[&file, "--all"], late).contains(&format!("({said})")));
}

#[test]
fn old_age_changes_no_outcome() {
    let outcomes = |as_of: &str| -> Vec<Value> {
        let report = asked(&["why", "fi-nationals", &persona("finland")], as_of);
        let findings = report["windows"][0]["findings"].as_array().unwrap().iter();
        findings.map(|finding| finding["outcome"].clone()).collect()
    };
    assert_eq!(outcomes(FRESH), outcomes("2028-02-01"));
}

#[test]
fn the_work_to_do_is_listed_with_what_is_due_first_at_the_head() {
    let list = asked(&["windows", "--stale"], "2027-06-01");
    let due = list["stale"].as_array().unwrap();
    let days: Vec<&str> =
        due.iter().map(|entry| entry["source"]["recheck_by"].as_str().unwrap()).collect();
    assert!(days.is_sorted() && days.len() > 200, "{}", days.len());
    assert!(days.iter().all(|day| *day < "2027-06-01"));
    assert!(due.iter().all(|entry| entry["source"]["stale"] == true));
    assert!(due.iter().any(|entry| entry["windows"].as_array().unwrap().is_empty()), "unused ones");
    assert_eq!(list["next_recheck"], "2027-11-21");
}

#[test]
fn every_stale_window_is_one_that_a_source_to_look_at_bears_on() {
    let list = asked(&["windows", "--stale"], "2027-02-01");
    let of_sources: Vec<&Value> = list["stale"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|entry| entry["windows"].as_array().unwrap())
        .collect();
    let windows = list["windows"].as_array().unwrap();
    assert!(!windows.is_empty());
    assert!(windows.iter().all(|window| of_sources.contains(&&window["id"])));
    assert!(windows.iter().all(|window| window["stale"].as_u64() > Some(0)));
}

#[test]
fn one_donors_work_is_that_of_its_windows_and_its_file() {
    let list = asked(&["windows", "--stale", "--donor", "FI"], "2027-06-01");
    let ids: Vec<&str> = list["stale"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["source"]["id"].as_str().unwrap())
        .collect();
    assert!(ids.contains(&"fi/unric") && ids.contains(&"fi/ministry-sarc"), "{ids:?}");
    assert!(!ids.iter().any(|id| id.starts_with("se/")), "{ids:?}");
}

#[test]
fn both_lists_of_windows_fit_their_schema() {
    let schema = answer(&["schema", "windows"]);
    for args in [&["windows"][..], &["windows", "--stale"], &["windows", "--donor", "DE"]] {
        let faults = faults(&schema, &asked(args, "2027-06-01"));
        assert_eq!(faults, Vec::<String>::new(), "{args:?}");
    }
}

fn sources() -> Vec<Source> {
    let data = Dataset::embedded().unwrap();
    data.sources.values().cloned().collect()
}

/// Whether its page is of a past year and bears that date.
fn is_of_a_past_year(source: &Source) -> bool {
    let year = source.checked.format("%Y").to_string();
    source.published.as_deref().is_some_and(|date| date < year.as_str())
}

#[test]
fn every_shipped_source_is_due_as_its_kind_asks() {
    for source in sources() {
        let due = source.recheck_by.unwrap_or_else(|| panic!("{} is never due", source.id));
        let days = (due - source.checked).num_days();
        let most = match source.kind {
            _ if is_of_a_past_year(&source) => 366,
            SourceKind::Official => 184,
            SourceKind::SecondHand | SourceKind::Inferred => 92,
        };
        assert!((1..=most).contains(&days), "{} is due after {days} days", source.id);
    }
}

#[test]
fn a_page_that_several_files_cite_is_due_on_one_day() {
    let mut days: BTreeMap<Text, (String, Text)> = BTreeMap::new();
    for source in sources() {
        let Some(url) = source.url else { continue };
        let due = format!("{} {:?}", source.checked, source.recheck_by);
        let first = days.entry(url).or_insert_with(|| (due.clone(), source.id.clone()));
        assert_eq!(first.0, due, "{} and {}", first.1, source.id);
    }
}
