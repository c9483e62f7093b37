//! `rules show`: the rules in plain words, as text, Markdown and JSON.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::NaiveDate;
use jpo_check::dataset::Dataset;
use jpo_check::engine;
use jpo_check::render::{self, Width};
use jpo_check::report::RulesReport;
use jpo_check::rules::{Requirement, Window};
use jpo_check::vocabulary::DonorCode;
use serde_json::Value;

use crate::json::{answer, faults};

static DATA: LazyLock<&Dataset> = LazyLock::new(|| Dataset::embedded().unwrap());

fn as_of() -> NaiveDate {
    "2026-11-22".parse().unwrap()
}

fn report(windows: &[&Window]) -> RulesReport {
    RulesReport::new(&DATA, &DATA.donors[&windows[0].donors[0]], windows, as_of())
}

/// The rules of every window, donor by donor.
fn reports() -> impl Iterator<Item = (&'static DonorCode, RulesReport)> {
    DATA.donors.keys().map(|code| {
        let windows: Vec<&Window> =
            DATA.windows.iter().filter(|window| window.donors[0] == *code).collect();
        (code, report(&windows))
    })
}

fn pages() -> impl Iterator<Item = (&'static DonorCode, String)> {
    reports().map(|(code, report)| (code, render::markdown(&report)))
}

fn json(report: &RulesReport) -> Value {
    serde_json::from_str(&report.to_json()).unwrap()
}

fn shown(window: &Window) -> Value {
    json(&report(&[window]))["windows"][0].clone()
}

#[test]
fn every_requirement_of_every_window_is_shown_with_its_line() {
    for window in &DATA.windows {
        let shown = shown(window);
        let lines: BTreeSet<(&str, u64)> = shown["requirements"]
            .as_array()
            .unwrap()
            .iter()
            .chain(shown["calls"].as_array().unwrap().iter().flat_map(overrides))
            .map(|one| {
                (one["rule"]["file"].as_str().unwrap(), one["rule"]["line"].as_u64().unwrap())
            })
            .collect();
        let calls = window.calls.iter().flat_map(|call| &call.overrides);
        for asked in window.requirements.iter().chain(calls) {
            let place = (asked.place.file.as_str(), asked.place.line as u64);
            assert!(lines.contains(&place), "{}: {place:?}", window.id);
        }
    }
}

fn overrides(call: &Value) -> impl Iterator<Item = &Value> {
    call["requirements"].as_array().into_iter().flatten()
}

#[test]
fn what_is_in_force_is_what_a_check_asks() {
    for window in &DATA.windows {
        let shown = shown(window);
        let in_force = |one: &&Value| one["in_force"] == true;
        let requirements = shown["requirements"].as_array().unwrap().iter();
        let calls = shown["calls"].as_array().unwrap().iter().flat_map(overrides);
        let count = requirements.filter(in_force).count();
        let timing = engine::timing(window, as_of());
        let programme = DATA.programme(&window.programme);
        let asked: Vec<&Requirement> = engine::requirements(window, programme, &timing);
        assert!(count <= asked.len() && count + calls.count() >= asked.len(), "{}", window.id);
    }
}

#[test]
fn every_source_that_is_named_is_listed() {
    for window in &DATA.windows {
        let shown = shown(window);
        let listed: Vec<&Value> =
            shown["sources"].as_array().unwrap().iter().map(|source| &source["id"]).collect();
        for asked in shown["requirements"].as_array().unwrap() {
            for id in asked["sources"].as_array().unwrap() {
                assert!(listed.contains(&id), "{}: {id}", window.id);
            }
        }
    }
}

#[test]
fn a_donor_is_shown_by_code_or_name_with_all_its_windows() {
    let ids = |what: &str| -> Vec<String> {
        let shown = answer(&["rules", "show", what, "--format", "json"]);
        let windows = shown["windows"].as_array().unwrap().clone();
        windows.iter().map(|window| window["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids("FI"), ["fi-nationals", "fi-worldbank"]);
    assert_eq!(ids("finland"), ids("FI"));
    assert_eq!(ids("fi-worldbank"), ["fi-worldbank"]);
    assert!(ids("Suisse").contains(&"dcc-trust-fund".to_owned()), "a fund it shares");
}

#[test]
fn the_rules_of_a_call_are_told_for_its_own_days() {
    let text = render::show(&report(&[DATA.window("it-nationals").unwrap()]), Width::Unbounded);
    assert!(text.contains("age of this call: born on 1992-01-01 or later"), "{text}");
}

#[test]
fn no_line_is_wider_than_the_screen_except_for_a_url() {
    for (donor, report) in reports() {
        let text = render::show(&report, Width::Columns(80));
        for line in anstream::adapter::strip_str(&text).to_string().lines() {
            let width = textwrap::core::display_width(line);
            assert!(width <= 80 || line.contains("http"), "{donor}: {line}");
            assert!(line.trim_end() == line, "{donor} ends a line with spaces: {line:?}");
        }
    }
}

#[test]
fn the_rules_of_every_donor_fit_their_schema() {
    let schema = answer(&["schema", "rules"]);
    for (donor, report) in reports() {
        assert_eq!(faults(&schema, &json(&report)), Vec::<String>::new(), "{donor}");
    }
}

/// How many cells a row has: bars that nothing escapes, less the first.
fn cells(row: &str) -> usize {
    row.replace("\\\\", "").replace("\\|", "").matches('|').count() - 1
}

#[test]
fn every_table_of_a_page_is_well_formed() {
    for (donor, page) in pages() {
        let mut width = None;
        for line in page.lines() {
            if line.starts_with('|') {
                assert!(line.ends_with('|'), "{donor}: {line}");
                assert_eq!(cells(line), *width.get_or_insert(cells(line)), "{donor}: {line}");
            } else {
                assert!(width.is_none() || line.is_empty(), "{donor}: {line}");
                width = None;
            }
        }
    }
}

#[test]
fn the_headings_of_a_page_go_down_one_step_at_a_time() {
    for (donor, page) in pages() {
        let levels: Vec<usize> = page
            .lines()
            .filter(|line| line.starts_with('#'))
            .map(|line| line.chars().take_while(|c| *c == '#').count())
            .collect();
        assert_eq!(levels[0], 1);
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{donor}: {levels:?}");
        assert!(page.ends_with('\n') && !page.contains("\n\n\n"), "{donor}");
    }
}

#[test]
fn a_page_links_every_source_that_has_an_address() {
    let (_, page) = pages().find(|(code, _)| code.as_str() == "FI").unwrap();
    for source in DATA.sources.values().filter(|source| source.id.starts_with("fi/")) {
        let cited = DATA
            .windows
            .iter()
            .flat_map(|w| &w.requirements)
            .any(|asked| asked.sources().contains(&&source.id));
        let link = format!("[{}](<{}>)", source.id, source.url.as_deref().unwrap_or_default());
        assert_eq!(page.contains(&link), cited, "{link}");
    }
}
