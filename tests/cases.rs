//! Cases beside the rules: what holds, what fails, and which changes of the rules are noticed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use jpo_check::cases::{self, Failure, Survey, mutants};
use jpo_check::dataset::{Dataset, RuleFile};
use jpo_check::engine;
use jpo_check::engine::Answer;
use jpo_check::render;
use jpo_check::rules::Criterion;
use jpo_check::vocabulary::{CallState, Verdict};

use crate::malformed::{Files, describe, read};

/// A small set of rules with cases that notice every change of it.
fn whole() -> Files {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/rules-test.in/rules"))
}

/// The same with one text of the donor's file replaced by another.
fn with(old: &str, new: &str) -> Files {
    edited("donors/fi.toml", old, new)
}

fn edited(path: &str, old: &str, new: &str) -> Files {
    let mut files = whole();
    let text = files.get_mut(path).unwrap();
    assert!(text.contains(old), "{old}");
    *text = text.replacen(old, new, 1);
    files
}

fn list(files: &Files) -> Vec<RuleFile<'_>> {
    files.iter().map(|(path, text)| RuleFile { path, text }).collect()
}

fn load(files: &Files) -> Dataset {
    Dataset::load(&list(files)).unwrap_or_else(|problems| panic!("{}", describe(&problems)))
}

fn survey(files: &Files) -> Survey {
    let (mut data, trees) = Dataset::load_with_trees(&list(files))
        .unwrap_or_else(|problems| panic!("{}", describe(&problems)));
    assert!(cases::run(&data, None).failures.is_empty(), "the cases hold to begin with");
    cases::survey(&mut data, &trees, None)
}

/// The survivors as they are printed, without their places.
fn survivors(files: &Files) -> Vec<String> {
    survey(files).survivors.iter().map(ToString::to_string).collect()
}

/// A donor's file without the case that is noted so.
fn without_case(note: &str) -> Files {
    let mut files = whole();
    let text = files.get_mut("donors/fi.toml").unwrap();
    let kept: Vec<&str> = text.split("\n[[case]]\n").filter(|case| !case.contains(note)).collect();
    *text = kept.join("\n[[case]]\n");
    files
}

// The runner.

#[test]
fn cases_that_hold_are_counted_with_their_windows_and_groups() {
    let data = load(&whole());
    let run = cases::run(&data, None);
    assert!(run.holds());
    assert_eq!((run.cases, run.windows, run.group_cases, run.groups), (12, 2, 2, 1));
}

#[test]
fn a_case_that_fails_tells_what_is_found_and_why() {
    let data = load(&with("max = 32", "max = 31"));
    let run = cases::run(&data, None);
    let [Failure::Window { case, national_of: None, found, reasons }] = &run.failures[..] else {
        panic!("{:?}", run.failures)
    };
    assert_eq!(case.note.as_deref(), Some("32 until the end of the year"));
    let by = vec![Criterion::Age];
    assert_eq!(*found, Answer { verdict: Verdict::Ineligible, by, call: CallState::Open });
    let reasons: Vec<_> = reasons.iter().map(|r| (r.criterion, r.text.as_str())).collect();
    let text = "Asked: at most 31 on 2027-12-31. Found: 32 on 2027-12-31.";
    assert_eq!(reasons, [(Criterion::Age, text)]);
}

#[test]
fn the_right_verdict_for_another_reason_fails() {
    let files = with(
        "verdict = \"ineligible\"\nby = [\"age\"]",
        "verdict = \"ineligible\"\nby = [\"age\", \"languages\"]",
    );
    let data = load(&files);
    assert_eq!(cases::run(&data, None).failing(), 1);
}

#[test]
fn the_order_of_the_criteria_is_no_matter() {
    let told =
        "profile = { birth_date = \"1994-12-31\" }\nverdict = \"ineligible\"\nby = [\"age\"]";
    let both = "profile = { birth_date = \"1994-12-31\", nationalities = [\"SE\"] }\nverdict = \"ineligible\"\nby = [\"nationality\", \"age\"]";
    assert!(cases::run(&load(&with(told, both)), None).failures.is_empty());
    let swapped = both.replace("\"nationality\", \"age\"", "\"age\", \"nationality\"");
    assert!(cases::run(&load(&with(told, &swapped)), None).failures.is_empty());
}

#[test]
fn the_state_of_the_call_is_compared_where_it_is_told() {
    let data = load(&with("call = \"closed\"", "call = \"open\""));
    assert_eq!(cases::run(&data, None).failing(), 1);
    let data = load(&with("call = \"closed\"\n", ""));
    assert!(cases::run(&data, None).holds());
}

#[test]
fn a_window_without_a_case_is_a_failure() {
    let mut files = whole();
    let text = files.get_mut("donors/fi.toml").unwrap();
    text.truncate(text.find("[[sample]]").unwrap());
    let data = load(&files);
    let run = cases::run(&data, None);
    assert!(!run.holds());
    let without: Vec<&str> = run.without.iter().map(|window| window.id.as_str()).collect();
    assert_eq!(without, ["fi-developing", "fi-nationals"]);
}

#[test]
fn a_case_for_each_nationality_names_the_one_that_fails() {
    let data = load(&with(
        "each_national_of = [\"NP\", \"SE\"]",
        "each_national_of = [\"NP\", \"FI\", \"SE\"]",
    ));
    let run = cases::run(&data, None);
    let [Failure::Window { national_of: Some(code), .. }] = &run.failures[..] else {
        panic!("{:?}", run.failures)
    };
    assert_eq!(code.as_str(), "FI");
    assert_eq!(run.failing(), 1);
}

#[test]
fn a_window_that_is_named_is_held_alone() {
    let data = load(&whole());
    let run = cases::run(&data, Some("fi-developing"));
    assert_eq!((run.cases, run.windows, run.group_cases), (3, 1, 0));
}

#[test]
fn a_group_that_differs_says_how() {
    let data =
        load(&edited("groups/ldc.toml", "leaving = \"contested\"", "leaving = \"scheduled\""));
    let run = cases::run(&data, None);
    let differences: Vec<&str> = run
        .failures
        .iter()
        .filter_map(|failure| match failure {
            Failure::Group { differences, .. } => Some(differences),
            Failure::Window { .. } => None,
        })
        .flatten()
        .map(String::as_str)
        .collect();
    assert_eq!(differences, ["expected Nepal contested, found it outside"]);
}

#[test]
fn a_group_of_another_size_says_so() {
    let files = edited("groups/ldc.toml", "members = 1", "members = 2");
    let data = load(&files);
    let run = cases::run(&data, None);
    let [Failure::Group { differences, .. }] = &run.failures[..] else {
        panic!("{:?}", run.failures)
    };
    assert_eq!(differences[..], ["expected 2 members surely inside, found 1"]);
}

#[test]
fn the_compiled_rules_hold_no_cases() {
    assert!(Dataset::embedded().unwrap().cases.windows.is_empty());
}

// Samples and changes to them.

/// The profile of the first case that is noted so.
fn profile_of(files: &Files, note: &str) -> jpo_check::profile::Profile {
    let data = load(files);
    let case = data.cases.windows.iter().find(|case| case.note.as_deref() == Some(note));
    case.unwrap().profile.clone()
}

fn json(text: &str) -> jpo_check::profile::Profile {
    let data = load(&whole());
    jpo_check::profile::Profile::parse(text, "me", &data, "2027-02-01".parse().unwrap()).unwrap()
}

const SAMPLE: &str = "[\"FI\"], \"languages\": [{\"language\": \"en\", \"level\": \"C1\"}]";

#[test]
fn a_sample_reads_as_the_profile_in_json() {
    let expected = format!(
        "{{\"birth_date\": \"1996-04-12\", \"nationalities\": {SAMPLE}, \"facts\": {{\"previous_jpo\": false}}}}"
    );
    assert_eq!(profile_of(&whole(), "meets all that is asked"), json(&expected));
}

#[test]
fn a_key_of_a_case_replaces_that_of_its_sample() {
    let profile = profile_of(&whole(), "32 until the end of the year");
    let expected = format!(
        "{{\"birth_date\": \"1995-01-01\", \"nationalities\": {SAMPLE}, \"facts\": {{\"previous_jpo\": false}}}}"
    );
    assert_eq!(profile, json(&expected));
}

#[test]
fn facts_of_a_case_are_added_to_those_of_its_sample() {
    let files = with(
        "note = \"meets all that is asked\"",
        "note = \"tells more\"\nprofile = { facts = { service = \"exempt\" } }",
    );
    let facts = profile_of(&files, "tells more").facts;
    assert_eq!(facts.iter().map(|(id, _)| id).collect::<Vec<_>>(), ["previous_jpo", "service"]);
}

#[test]
fn a_fact_of_a_case_replaces_that_of_its_sample() {
    let files = with(
        "note = \"meets all that is asked\"",
        "note = \"tells otherwise\"\nprofile = { facts = { previous_jpo = true } }",
    );
    let facts = profile_of(&files, "tells otherwise").facts;
    assert_eq!(facts.get("previous_jpo"), Some(&jpo_check::profile::Answer::Flag(true)));
}

#[test]
fn keys_and_facts_of_a_sample_can_be_left_out() {
    let files = with(
        "note = \"meets all that is asked\"",
        "note = \"tells less\"\nwithout = [\"languages\", \"facts.previous_jpo\"]",
    );
    let profile = profile_of(&files, "tells less");
    assert_eq!(profile, json("{\"birth_date\": \"1996-04-12\", \"nationalities\": [\"FI\"]}"));
}

#[test]
fn a_job_goes_on_by_the_word_in_toml_and_in_json() {
    let files = with(
        "note = \"meets all that is asked\"",
        "note = \"works\"\nprofile = { experience = [{ kind = \"employment\", from = \"2025\", to = \"ongoing\" }] }",
    );
    let jobs = profile_of(&files, "works").experience;
    let job = |to: &str| {
        let text = format!(
            "{{\"experience\": [{{\"kind\": \"employment\", \"from\": \"2025\", \"to\": {to}}}]}}"
        );
        json(&text).experience
    };
    assert_eq!(jobs, job("\"ongoing\""));
    assert_eq!(jobs, job("null"));
}

// What a verdict hangs on.

#[test]
fn the_decisive_criteria_are_those_of_the_verdict() {
    let data = load(&whole());
    let decisive = |window: &str, profile: &str| {
        let window = data.window(window).unwrap();
        let found = engine::assess(&data, window, &json(profile), "2027-02-01".parse().unwrap());
        (found.verdict, found.decisive())
    };
    assert_eq!(
        decisive("fi-nationals", "{\"nationalities\": [\"SE\"], \"languages\": []}"),
        (Verdict::Ineligible, vec![Criterion::Nationality, Criterion::Languages]),
        "what is not told is not what shuts out"
    );
    assert_eq!(
        decisive("fi-nationals", "{\"nationalities\": [\"FI\"]}"),
        (Verdict::Undetermined, vec![Criterion::Age, Criterion::Languages])
    );
}

// Changes that nobody notices.

#[test]
fn every_change_of_a_small_set_of_rules_is_noticed_by_its_cases() {
    let survey = survey(&whole());
    assert!(survey.holds(), "{:?}", survey.survivors);
    assert_eq!(survey.mutants, 34);
}

#[test]
fn a_case_taken_away_leaves_the_changes_that_it_alone_noticed() {
    assert_eq!(
        survivors(&without_case("32 until the end of the year")),
        [
            "window.age.max = 32 → 31 (fi-nationals)",
            "window.age.max = 32 → under = 32 (fi-nationals)"
        ]
    );
    assert_eq!(
        survivors(&without_case("turns 33 on the last day of the year")),
        [
            "window.age.max = 32 → 33 (fi-nationals)",
            "window.age.on = \"year_end\" → \"application\" (fi-nationals)"
        ]
    );
    assert_eq!(
        survivors(&without_case("the call is over")),
        ["window.call[0].closes = 2027-02-28 → 2027-03-01 (fi-nationals)"]
    );
}

/// What is suggested for the donor's file, as it is printed.
fn suggested(files: &Files) -> String {
    let data = load(files);
    let (mut changed, trees) = Dataset::load_with_trees(&list(files)).unwrap();
    let as_of = "2026-11-22".parse().unwrap();
    let found = cases::suggest(&data, &mut changed, &trees, Some("fi-nationals"), as_of);
    assert!(found.beyond.is_empty(), "{:?}", found.beyond);
    render::suggestions(&found, &data)
}

/// The donor's file without a case, a sample or anything untested.
fn without_cases() -> Files {
    let mut files = whole();
    let text = files.get_mut("donors/fi.toml").unwrap();
    text.truncate(text.find("[[sample]]").unwrap());
    files
}

#[test]
fn suggested_cases_hold_and_notice_every_change_of_the_window() {
    let mut files = without_cases();
    let cases = suggested(&files);
    files.get_mut("donors/fi.toml").unwrap().push_str(&cases);
    assert!(cases::run(&load(&files), None).failures.is_empty(), "{cases}");
    let left = survivors(&files);
    assert!(!left.iter().any(|change| change.starts_with("window.")), "{left:?}\n{cases}");
}

#[test]
fn every_case_that_is_suggested_is_needed() {
    let files = without_cases();
    let cases = suggested(&files);
    let (sample, cases) = cases.split_once("\n[[case]]\n").unwrap();
    let cases: Vec<&str> = cases.split("\n[[case]]\n").collect();
    // The first shows who is in, whatever it notices.
    for left_out in 1..cases.len() {
        let mut fewer = files.clone();
        let text = fewer.get_mut("donors/fi.toml").unwrap();
        text.push_str(sample);
        for case in cases.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, c)| c) {
            text.push_str("\n[[case]]\n");
            text.push_str(case);
        }
        let left = survivors(&fewer);
        assert!(left.iter().any(|change| change.starts_with("window.")), "{}", cases[left_out]);
    }
}

#[test]
fn a_case_that_fails_is_not_taken_to_notice_anything() {
    // The limit has moved: the old boundary cases fail, and new ones are suggested.
    let moved = with("max = 32", "max = 31");
    assert!(!cases::run(&load(&moved), None).failures.is_empty());
    assert!(suggested(&moved).contains("age: 32 on 2027-12-31"), "{}", suggested(&moved));
}

#[test]
fn nothing_is_suggested_where_every_change_is_noticed() {
    assert_eq!(suggested(&whole()), "# every change of the rules is noticed by some case\n");
}

#[test]
fn a_survivor_names_its_file_and_line() {
    let files = without_case("the call is over");
    let line = files["donors/fi.toml"].lines().position(|line| line.starts_with("closes")).unwrap();
    let place = survey(&files).survivors.remove(0).place;
    assert_eq!((place.file.as_str(), place.line), ("donors/fi.toml", line + 1));
}

#[test]
fn a_change_of_a_programme_is_noticed_by_a_window_that_rests_on_it() {
    assert_eq!(survivors(&without_case("33 on the day")), ["age.max = 32 → 33 (un-desa)"]);
}

#[test]
fn a_change_of_a_group_is_noticed_by_its_own_cases_or_by_a_window() {
    let mut files = whole();
    let text = files.get_mut("groups/ldc.toml").unwrap();
    text.truncate(text.find("[[case]]").unwrap());
    assert_eq!(survivors(&files), ["member with FI (ldc)"]);
}

#[test]
fn the_rules_are_as_before_when_all_changes_have_been_tried() {
    let files = whole();
    let (mut data, trees) = Dataset::load_with_trees(&list(&files)).unwrap();
    cases::survey(&mut data, &trees, None);
    let fresh = load(&files);
    assert_eq!(data.windows, fresh.windows);
    assert_eq!(data.groups, fresh.groups);
    assert_eq!(data.programmes, fresh.programmes);
    assert_eq!(data.cases, fresh.cases);
}

fn untested(key: &str) -> String {
    format!(
        "\n[[untested]]\nwindow = \"fi-nationals\"\nkey = \"{key}\"\nwhy = \"the day is not known\"\n"
    )
}

#[test]
fn what_is_said_to_be_untested_is_accepted() {
    for key in ["call[0].closes", "call[0]", "call"] {
        let mut files = without_case("the call is over");
        files.get_mut("donors/fi.toml").unwrap().push_str(&untested(key));
        let survey = survey(&files);
        assert!(survey.holds(), "{key}: {:?}", survey.stale);
        assert_eq!(survey.accepted, 1);
    }
}

#[test]
fn a_key_and_the_table_that_it_is_in_can_both_be_untested() {
    let mut files = without_case("the call is over");
    let text = files.get_mut("donors/fi.toml").unwrap();
    text.push_str(&untested("call"));
    text.push_str(&untested("call[0].closes"));
    let survey = survey(&files);
    assert!(survey.holds(), "{:?}", survey.stale);
    assert_eq!(survey.accepted, 1);
}

#[test]
fn what_is_accepted_for_nothing_is_an_error() {
    for key in ["call[0].closes", "call[0].close", "age", "nothing"] {
        let mut files = whole();
        files.get_mut("donors/fi.toml").unwrap().push_str(&untested(key));
        let survey = survey(&files);
        assert!(!survey.holds());
        let stale: Vec<&str> = survey.stale.iter().map(|stale| stale.key.as_str()).collect();
        assert_eq!(stale, [key]);
    }
}

#[test]
fn what_is_accepted_elsewhere_is_no_matter_where_one_window_is_asked_for() {
    let mut files = whole();
    let text = "\n[[untested]]\nkey = \"member[NP]\"\nwhy = \"noticed all the same\"\n";
    files.get_mut("groups/ldc.toml").unwrap().push_str(text);
    let list = list(&files);
    let (mut data, trees) = Dataset::load_with_trees(&list).unwrap();
    assert!(cases::survey(&mut data, &trees, Some("fi-nationals")).holds());
    assert_eq!(cases::survey(&mut data, &trees, None).stale.len(), 1);
}

// Each kind of change.

const HEAD: &str = r#"format = 1
code = "FI"
name = "Finland"
[[source]]
id = "page"
publisher = "The ministry"
checked = 2026-11-21
kind = "official"
says = "The rule."
[[window]]
id = "fi"
title = "A window"
programme = "un-desa"
hosts = ["un-system"]
"#;

/// The shipped rules without the donors.
fn reference() -> BTreeMap<String, String> {
    let files = Dataset::embedded_files().into_iter();
    files
        .filter(|file| !file.path.starts_with("donors/") && file.path != "lookalikes.toml")
        .map(|file| (file.path.to_owned(), file.text.to_owned()))
        .collect()
}

/// The changes of a window's table that begin with `key`, as `key what`.
fn changes(key: &str, rule: &str) -> Vec<String> {
    let mut files = reference();
    let mut text = format!("{HEAD}{rule}\n");
    for (part, value) in
        [("sponsorship", "status = \"active\""), ("nationality", "no_requirement = true")]
    {
        if !rule.contains(&format!("[window.{part}")) {
            write!(text, "[window.{part}]\n{value}\nsource = \"page\"\n").unwrap();
        }
    }
    files.insert("donors/fi.toml".to_owned(), text);
    let (_, trees) = Dataset::load_with_trees(&list(&files))
        .unwrap_or_else(|problems| panic!("{}", describe(&problems)));
    let all = mutants(&trees, Some("fi")).filter(|mutant| mutant.key.starts_with(key));
    all.map(|mutant| format!("{} {}", mutant.key, mutant.what)).collect()
}

#[test]
fn limits_move_by_one_both_ways_and_swap_their_end() {
    assert_eq!(
        changes("age", "[window.age]\nmax = 32\nmin = 21\non = \"application\"\nsource = \"page\""),
        [
            "age dropped",
            "age.max = 32 → 31",
            "age.max = 32 → 33",
            "age.max = 32 → under = 32",
            "age.min = 21 → 20",
            "age.min = 21 → 22",
            "age.on = \"application\" → \"year_end\"",
        ]
    );
    assert_eq!(
        changes("age.under", "[window.age]\nunder = 33\nsource = \"page\""),
        ["age.under = 33 → 32", "age.under = 33 → 34", "age.under = 33 → max = 33"]
    );
    assert_eq!(
        changes(
            "experience.",
            "[window.experience]\nmin_months = 18\nmax_years = 4\nsource = \"page\""
        ),
        [
            "experience.min_months = 18 → 17",
            "experience.min_months = 18 → 19",
            "experience.max_years = 4 → 3",
            "experience.max_years = 4 → 5",
        ]
    );
}

#[test]
fn a_limit_beyond_its_bounds_is_no_change() {
    assert_eq!(changes("age.min", "[window.age]\nmin = 0\nsource = \"page\""), ["age.min = 0 → 1"]);
}

#[test]
fn days_move_by_one_and_reference_days_become_others() {
    assert_eq!(
        changes("age.", "[window.age]\nmax = 32\non = \"12-31\"\nsource = \"page\"")[3..],
        [
            "age.on = \"12-31\" → \"12-30\"",
            "age.on = \"12-31\" → \"01-01\"",
            "age.on = \"12-31\" → \"application\"",
        ]
    );
    assert_eq!(
        changes("age.", "[window.age]\nmax = 32\non = 2027-03-01\nsource = \"page\"")[3..],
        [
            "age.on = 2027-03-01 → 2027-02-28",
            "age.on = 2027-03-01 → 2027-03-02",
            "age.on = 2027-03-01 → \"year_end\"",
        ]
    );
    assert_eq!(
        changes("recurring", "recurring = { opens = \"02-29\", closes = \"03-31\" }"),
        [
            "recurring dropped",
            "recurring.opens = \"02-29\" → \"02-28\"",
            "recurring.opens = \"02-29\" → \"03-01\"",
            "recurring.closes = \"03-31\" → \"03-30\"",
            "recurring.closes = \"03-31\" → \"04-01\"",
        ]
    );
    assert_eq!(
        changes("age.valid", "[window.age]\nmax = 32\nvalid_from = 2026-01-01\nsource = \"page\""),
        ["age.valid_from = 2026-01-01 → 2025-12-31", "age.valid_from = 2026-01-01 → 2026-01-02"]
    );
    assert_eq!(
        changes(
            "age.born_from",
            "[window.age]\nborn_from = { day = \"01-01\", years_before = 30 }\nsource = \"page\""
        ),
        [
            "age.born_from.day = \"01-01\" → \"12-31\"",
            "age.born_from.day = \"01-01\" → \"01-02\"",
            "age.born_from.years_before = 30 → 29",
            "age.born_from.years_before = 30 → 31",
        ]
    );
}

#[test]
fn calls_move_and_are_dropped() {
    assert_eq!(
        changes("call", "[[window.call]]\nopens = 2027-02-01\ncloses = 2027-02-28"),
        [
            "call[0] dropped",
            "call[0].opens = 2027-02-01 → 2027-01-31",
            "call[0].opens = 2027-02-01 → 2027-02-02",
            "call[0].closes = 2027-02-28 → 2027-02-27",
            "call[0].closes = 2027-02-28 → 2027-03-01",
        ]
    );
}

#[test]
fn levels_move_along_their_ladders() {
    assert_eq!(
        changes("degree.", "[window.degree]\nmin = \"master\"\nsource = \"page\""),
        ["degree.min = \"master\" → \"postgraduate\"", "degree.min = \"master\" → \"doctorate\"",]
    );
    assert_eq!(
        changes(
            "languages.",
            "[window.languages]\nlanguage = \"en\"\nlevel = \"very good\"\nsource = \"page\""
        ),
        [
            "languages.language = \"en\" → \"ar\"",
            "languages.level = \"very good\" → \"B2\"",
            "languages.level = \"very good\" → \"C2\"",
        ]
    );
    assert_eq!(
        changes(
            "languages.levels",
            "[window.languages]\nof = [\"en\", \"fr\"]\nlevels = [\"C1\", \"native\"]\nsource = \"page\""
        ),
        [
            "languages.levels without C1",
            "languages.levels[0] = \"C1\" → \"B2\"",
            "languages.levels[0] = \"C1\" → \"C2\"",
            "languages.levels without native",
            "languages.levels[1] = \"native\" → \"C2\"",
        ]
    );
}

#[test]
fn scores_move_by_the_step_of_their_test() {
    let rule = "[window.languages]\ntests = [{ test = \"ielts\", min = 7 }, { test = \"toefl-ibt\" }]\nvalid_years = 2\nsource = \"page\"";
    assert_eq!(
        changes("languages", rule),
        [
            "languages dropped",
            "languages.tests[ielts] dropped",
            "languages.tests[ielts].min = 7 → 6.5",
            "languages.tests[ielts].min = 7 → 7.5",
            "languages.tests[toefl-ibt] dropped",
            "languages.tests with toefl-pbt",
            "languages.valid_years = 2 → 1",
            "languages.valid_years = 2 → 3",
        ]
    );
}

#[test]
fn flags_are_flipped() {
    assert_eq!(
        changes(
            "age.",
            "[window.age]\nmax = 32\nby_vacancy = true\nincomplete = true\nsource = \"page\""
        )[3..],
        ["age.by_vacancy = true → false", "age.incomplete = true → false"]
    );
    assert_eq!(changes("rolling", "rolling = true"), ["rolling = true → false"]);
    assert_eq!(
        changes(
            "nationality.permanent",
            "[window.nationality]\nresident_in = [\"SE\"]\npermanent = true\nsource = \"page\""
        ),
        ["nationality.permanent = true → false"]
    );
    assert_eq!(
        changes(
            "experience.paid",
            "[window.experience]\nmin_years = 2\npaid_only = true\nsource = \"page\""
        ),
        ["experience.paid_only = true → false"]
    );
}

#[test]
fn a_flag_without_which_nothing_is_said_is_not_flipped() {
    let rule = "[window.age]\nno_requirement = true\nsource = \"page\"";
    assert_eq!(changes("age", rule), ["age dropped"]);
}

#[test]
fn lists_lose_each_entry_and_gain_one() {
    assert_eq!(
        changes(
            "nationality",
            "[window.nationality]\nnational_of = [\"FI\", \"AD\"]\nnot_also = [\"US\"]\nsource = \"page\""
        ),
        [
            "nationality.national_of without FI",
            "nationality.national_of without AD",
            "nationality.national_of with AE",
            "nationality.not_also without US",
            "nationality.not_also with AD",
        ]
    );
    assert_eq!(
        changes(
            "degree.fields",
            "[window.degree]\nmin = \"master\"\nfields = [\"law\"]\nsource = \"page\""
        )
        .len(),
        2
    );
    assert_eq!(
        changes(
            "experience.counts",
            "[window.experience]\nmin_years = 1\ncounts = [\"internship\"]\nsource = \"page\""
        ),
        ["experience.counts without internship", "experience.counts with volunteering"],
        "employment counts already: one more that changes nothing is no change"
    );
    assert_eq!(
        changes(
            "conditions",
            "[window.conditions]\nfact = \"finnish_eu_expert_term\"\none_of = [\"none\", \"completed\"]\nsource = \"page\""
        ),
        [
            "conditions dropped",
            "conditions.one_of without none",
            "conditions.one_of without completed",
            "conditions.one_of with unfinished",
        ]
    );
}

#[test]
fn branches_paths_raises_and_conditions_on_them_are_dropped() {
    let nationality = "[window.nationality]\nsource = \"page\"\nif_also = { national_of = [\"US\"], resident_in = [\"FI\"] }\n[[window.nationality.branch]]\nnational_of = [\"FI\"]\n[[window.nationality.branch]]\nresident_in = [\"SE\"]";
    let dropped = |key: &str, rule: &str| -> Vec<String> {
        let all = changes(key, rule).into_iter();
        all.filter(|change| change.ends_with("dropped")).collect()
    };
    assert_eq!(
        dropped("nationality", nationality),
        [
            "nationality.if_also dropped",
            "nationality.branch[0] dropped",
            "nationality.branch[1] dropped"
        ]
    );
    let qualification = "[window.qualification]\nsource = \"page\"\n[[window.qualification.path]]\ndegree = \"master\"\n[[window.qualification.path]]\ndegree = \"bachelor\"\nmin_years = 2";
    assert_eq!(
        dropped("qualification", qualification),
        ["qualification dropped", "qualification.path[0] dropped", "qualification.path[1] dropped"]
    );
    let age = "[window.age]\nmax = 32\nsource = \"page\"\n[[window.age.raise]]\nyears = 2\nfact = \"previous_jpo\"";
    assert_eq!(dropped("age", age), ["age dropped", "age.raise[0] dropped"]);
    assert_eq!(
        changes("age.raise[0].years", age),
        ["age.raise[0].years = 2 → 1", "age.raise[0].years = 2 → 3"]
    );
}

#[test]
fn of_two_readings_either_is_dropped_and_the_other_becomes_the_rule() {
    let rule = "[window.experience]\nsource = \"page\"\n[[window.experience.reading]]\nmin_years = 1\n[[window.experience.reading]]\nno_requirement = true";
    assert_eq!(
        changes("experience", rule),
        [
            "experience dropped",
            "experience.reading[0] dropped",
            "experience.reading[0].min_years = 1 → 0",
            "experience.reading[0].min_years = 1 → 2",
            "experience.reading[1] dropped",
        ]
    );
}

#[test]
fn strength_and_basis_become_those_beside_them() {
    assert_eq!(
        changes(
            "age.",
            "[window.age]\nmax = 32\nstrength = \"usual\"\nbasis = \"programme\"\nsource = \"page\""
        )[3..],
        [
            "age.strength = \"usual\" → \"required\"",
            "age.strength = \"usual\" → \"asset\"",
            "age.basis = \"programme\" → \"window\"",
        ]
    );
}

#[test]
fn what_never_decides_is_left_alone() {
    let asset = "[window.languages]\nlanguage = \"fr\"\nlevel = \"B2\"\nstrength = \"asset\"\nsource = \"page\"";
    assert_eq!(changes("languages", asset), [""; 0]);
    let judged = "[[window.conditions]]\njudge = \"motivation\"\nsource = \"page\"";
    assert_eq!(changes("conditions", judged), [""; 0]);
    let words = "[window.age]\nmax = 32\nsource = [\"page\", \"un-desa-2024\"]\nwording = \"up to 32\"\n[[window.age.superseded]]\nsays = \"35\"\nsource = \"page\"";
    let keys: Vec<String> = changes("age", words);
    assert!(keys.iter().all(|key| key == "age dropped" || key.starts_with("age.max")), "{keys:?}");
    assert_eq!(changes("application", "application = \"nomination\""), [""; 0]);
}

#[test]
fn a_requirement_that_has_to_be_there_is_never_dropped() {
    assert!(!changes("sponsorship", "").contains(&"sponsorship dropped".to_owned()));
}

#[test]
fn every_case_in_the_shipped_files_holds() {
    let files: BTreeMap<String, String> = Dataset::embedded_files()
        .iter()
        .map(|file| (file.path.to_owned(), file.text.to_owned()))
        .collect();
    let data = load(&files);
    let run = cases::run(&data, None);
    assert!(run.failures.is_empty(), "{:?}", run.failures);
    assert!(run.cases > 0);
}
