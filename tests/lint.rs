//! What lint finds and what it leaves alone, what it mends, and that its explanations are true.
//!
//! The rules that examples stand in are `tests/lint/rules/`, laid over the small data set of the
//! malformed ones. The day is always the same: old age alone makes no test red.

mod mended;

use std::path::Path;

use chrono::NaiveDate;
use jpo_check::dataset::{Dataset, RuleFile};
use jpo_check::diagnostic::{Code, Problems, Severity};
use jpo_check::lint::lint;
use jpo_check::profile::Profile;
use jpo_check::render;
use jpo_check::vocabulary::Words;
use serde_json::Value;

use crate::json::faults;
use crate::malformed::{Files, base, describe, read};

const DONOR: &str = "donors/fi.toml";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-22")
}

fn rules() -> Files {
    let mut files = base();
    files.extend(read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint/rules")));
    files
}

fn list(files: &Files) -> Vec<RuleFile<'_>> {
    files.iter().map(|(path, text)| RuleFile { path, text }).collect()
}

fn found_on(files: &Files, as_of: NaiveDate) -> Problems {
    lint(&list(files), as_of)
}

fn found(files: &Files) -> Problems {
    found_on(files, today())
}

fn codes(problems: &Problems) -> Vec<Code> {
    let mut codes: Vec<Code> = problems.list.iter().map(|problem| problem.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The rules with one piece of the donor's file changed, which must be there exactly once.
fn changed(after: &str, before: &str) -> Files {
    changed_in(DONOR, after, before)
}

fn changed_in(path: &str, after: &str, before: &str) -> Files {
    let mut files = rules();
    let text = files.get_mut(path).unwrap();
    assert_eq!(text.matches(after).count(), 1, "{after:?} in {path}");
    *text = text.replace(after, before);
    files
}

fn check(after: &str, before: &str, expected: &[Code]) {
    let problems = found(&changed(after, before));
    assert_eq!(codes(&problems), expected, "{}", describe(&problems));
}

#[test]
fn the_rules_that_examples_stand_in_are_clean() {
    assert_eq!(describe(&found(&rules())), "");
}

#[test]
fn the_shipped_rules_are_clean() {
    assert_eq!(describe(&lint(&Dataset::embedded_files(), today())), "");
}

#[test]
fn old_age_is_all_that_is_wrong_with_the_shipped_rules_later() {
    let problems = lint(&Dataset::embedded_files(), day("2030-01-01"));
    assert_eq!(codes(&problems), [Code::StaleSource]);
}

/// Codes of what happens before there is a text that an example could be a piece of.
const WITHOUT_A_TEXT: &[Code] = &[
    Code::NotUtf8,
    Code::TooLarge,
    Code::Unreadable,
    Code::NoRules,
    Code::Usage,
    Code::InputOutput,
];

#[test]
fn the_example_of_every_code_raises_it_before_and_not_after() {
    for (word, code) in Code::WORDS {
        let example = code.explanation().example;
        let (before, after) = match example.file {
            None => {
                assert!(WITHOUT_A_TEXT.contains(code), "{word} needs an example that runs");
                continue;
            }
            Some("profile.json") => (of_profile(example.before), of_profile(example.after)),
            Some(path) => {
                let before = changed_in(path, example.after, example.before);
                (codes(&found(&before)), codes(&found(&rules())))
            }
        };
        assert!(before.contains(code), "{word}: before raises {before:?}");
        assert_eq!(after, [], "{word}");
    }
}

fn of_profile(key: &str) -> Vec<Code> {
    let data = Dataset::load(&list(&rules())).unwrap();
    match Profile::parse(&format!("{{{key}}}"), "profile.json", &data, today()) {
        Ok(_) => Vec::new(),
        Err(problems) => codes(&problems),
    }
}

#[test]
fn warnings_are_raised_alone() {
    for (word, code) in Code::WORDS {
        if code.severity() == Severity::Warning {
            let example = code.explanation().example;
            check(example.after, example.before, &[*code]);
            assert_eq!(example.file, Some(DONOR), "{word}");
        }
    }
}

#[test]
fn every_explanation_is_made_of_plain_sentences() {
    for (word, code) in Code::WORDS {
        let explanation = code.explanation();
        assert!(explanation.title.len() <= 50, "{word} has a long title");
        assert!(!explanation.title.ends_with('.'), "{word}");
        assert!(explanation.meaning.ends_with('.'), "{word}");
        assert!(!explanation.meaning.contains("  "), "{word}");
    }
}

#[test]
fn a_source_is_stale_the_day_after_its_last_good_day() {
    let stale = |as_of| codes(&found_on(&rules(), day(as_of))).contains(&Code::StaleSource);
    assert!(!stale("2027-02-21"));
    assert!(stale("2027-02-22"));
}

#[test]
fn a_source_of_a_programme_stands_for_the_whole_file() {
    let source = "source = \"un-desa-2024\"\n";
    let own = "\n[[source]]\nid = \"own\"\npublisher = \"UN\"\nchecked = 2026-11-21\n\
               recheck_by = 2027-05-21\nkind = \"official\"\nsays = \"What it is.\"\n";
    let files = changed_in("programmes/un-desa.toml", source, &format!("{source}{own}"));
    assert_eq!(describe(&found(&files)), "");
}

#[test]
fn a_shared_source_that_no_file_cites_is_unused() {
    let files = changed_in(
        "programmes/un-desa.toml",
        "[age]\nmax = 32\nstrength = \"usual\"\nsource = \"un-desa-2024\"\n",
        "",
    );
    let problems = found(&files);
    assert_eq!(codes(&problems), [Code::UnusedSource]);
    assert_eq!(problems.list[0].file, "sources.toml");
}

/// The requirement of age, citing the newspaper first.
const NEWSPAPER_FIRST: (&str, &str) =
    ("[\"ministry\", \"newspaper\"] # of the age", "[\"newspaper\", \"ministry\"] # of the age");

#[test]
fn a_newer_second_hand_source_may_stand_first() {
    let mut files = changed(NEWSPAPER_FIRST.0, NEWSPAPER_FIRST.1);
    let text = files.get_mut(DONOR).unwrap();
    *text = text.replace("published = \"2025-06-14\"", "published = \"2026-06-14\"");
    assert_eq!(describe(&found(&files)), "");
}

#[test]
fn a_second_hand_source_may_stand_first_where_the_page_dates_cannot_be_compared() {
    let mut files = changed(NEWSPAPER_FIRST.0, NEWSPAPER_FIRST.1);
    let text = files.get_mut(DONOR).unwrap();
    *text = text.replace("published = \"2026-01\"", "dated = \"undated, about 2015\"");
    assert_eq!(describe(&found(&files)), "");
}

const CALL: &str = "opens = 2026-12-01\ncloses = 2027-01-15\n";
const OVER: &str = "opens = 2026-10-01\ncloses = 2026-11-21\n";

#[test]
fn a_call_that_is_over_is_on_record_if_somebody_looked_after_it() {
    check(CALL, "opens = 2026-10-01\ncloses = 2026-11-19\n", &[]);
}

#[test]
fn a_call_that_closes_today_is_not_over() {
    check(CALL, "opens = 2026-10-01\ncloses = 2026-11-22\n", &[]);
}

#[test]
fn a_call_that_is_over_has_a_successor_if_one_is_expected_or_posts_appear_all_year() {
    let recurring = "source = \"ministry\"\n[window.recurring]\nopens = \"10-01\"\n\
                     closes = \"11-21\"\n";
    check(CALL, &format!("{OVER}{recurring}"), &[]);
    let mut files = changed(CALL, OVER);
    let text = files.get_mut(DONOR).unwrap();
    *text = text.replace("title = \"Finnish nationals\"\n", "title = \"F\"\nrolling = true\n");
    assert_eq!(describe(&found(&files)), "");
}

#[test]
fn the_donors_own_country_may_stand_beside_a_group_that_has_it() {
    let files = changed_in("groups/ldc.toml", "country = \"BD\"", "country = \"FI\"");
    assert_eq!(describe(&found(&files)), "");
}

#[test]
fn a_country_that_may_leave_the_group_is_not_covered_by_it() {
    check("[\"SE\", \"FI\"]", "[\"SE\", \"FI\", \"NP\"]", &[]);
}

#[test]
fn two_languages_may_be_asked_at_one_level() {
    check(
        "language = \"en\"\nlevel = \"fluent\"",
        "of = [\"en\", \"fi\"]\nlevels = [\"fluent\", \"fluent\"]",
        &[],
    );
}

#[test]
fn a_country_is_the_same_entry_by_any_name() {
    check(
        "[\"SE\", \"FI\"]",
        "[\"SE\", \"FI\", \"Suomi\"]",
        &[Code::RepeatedEntry, Code::SpelledOut],
    );
}

#[test]
fn whole_words_of_other_scripts_are_left_alone() {
    check(
        "title = \"Finnish nationals\"",
        "title = \"Finnish nationals (Финляндия, Ελλάδα, دول, 국제기구), α-radiation, ООН\"",
        &[],
    );
}

#[test]
fn an_id_in_another_script_is_found_even_if_rules_do_not_load() {
    let problems = found(&changed("id = \"newspaper\"", "id = \"newsp\u{430}per\""));
    let described = describe(&problems);
    assert!(
        described.contains("`newsp\u{430}per` is no id\n    help: the `\u{430}` in"),
        "{described}"
    );
    assert!(described.contains(": write `newspaper`\n"), "{described}");
    assert!(codes(&problems).contains(&Code::UnknownId), "{described}");
}

#[test]
fn a_slip_that_does_not_load_is_one_problem_and_not_two() {
    let problems = found(&changed("min = \"master\"", "min = \"m\u{430}ster\""));
    assert_eq!(codes(&problems), [Code::UnknownWord], "{}", describe(&problems));
    let help = problems.list[0].help.as_deref().unwrap();
    assert!(help.contains("Cyrillic") && help.contains("`master`"), "{help}");
}

#[test]
fn findings_in_sarif_fit_its_schema() {
    let schema = include_str!("fixtures/sarif-schema-2.1.0.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    let mut problems = lint(&Dataset::embedded_files(), day("2027-06-01"));
    for (_, code) in Code::WORDS {
        let example = code.explanation().example;
        if let Some(path) = example.file.filter(|path| *path != "profile.json") {
            let found = found(&changed_in(path, example.after, example.before));
            problems.list.extend(found.list);
            problems.texts.extend(found.texts);
        }
    }
    let log: Value = serde_json::from_str(&render::sarif(&problems)).unwrap();
    assert_eq!(faults(&schema, &log), Vec::<String>::new());
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), problems.list.len());
    assert!(results.iter().any(|result| !result["fixes"].as_array().unwrap().is_empty()));
}

#[test]
fn the_schema_of_sarif_refuses_what_is_no_sarif() {
    let schema = include_str!("fixtures/sarif-schema-2.1.0.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    let log = render::sarif(&found(&changed("max = 32", "max = \"32\"")));
    for (right, wrong) in [
        ("\"2.1.0\"", "\"2.2.0\""),
        ("\"level\": \"error\"", "\"level\": \"bad\""),
        ("\"startLine\"", "\"start_line\""),
        ("\"ruleId\": \"wrong-type\"", "\"ruleId\": 7"),
    ] {
        assert!(log.contains(right), "{right}");
        let wrong: Value = serde_json::from_str(&log.replace(right, wrong)).unwrap();
        assert!(!faults(&schema, &wrong).is_empty(), "{right}");
    }
}
