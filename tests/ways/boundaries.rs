//! Ways to the day, and what is said where there is none.

use chrono::Months;
use jpo_check::dataset::Dataset;
use jpo_check::engine::{self, Allowed, How, Pace};
use jpo_check::profile::Profile;
use jpo_check::report::HowReport;
use serde_json::{Value, json};

use crate::properties::day;
use crate::properties::rulesets::{Loader, WindowText, files};

const TODAY: &str = "2026-11-22";

fn report(data: &Dataset, told: &Value, allowed: Allowed) -> HowReport {
    let as_of = day(TODAY);
    let profile = Profile::parse(&told.to_string(), "me.json", data, as_of)
        .unwrap_or_else(|problems| panic!("{told}: {:?}", problems.list));
    let how = How {
        data,
        window: data.window("w0").unwrap(),
        profile: &profile,
        as_of,
        horizon: as_of + Months::new(120),
        pace: Pace::default(),
        allowed,
        most: 6,
    };
    HowReport::new(how, &engine::ways(how))
}

fn own(rules: &[(&'static str, &str)], calls: &str) -> Dataset {
    let window = WindowText { calls: calls.to_owned(), ..WindowText::of(rules) };
    let window = window.asking_nothing_else();
    Loader::new().load(&files(&[window], &[]))
}

/// Each way as its edits and its days, and each obstacle as its criterion and its days.
fn lines(report: &HowReport) -> Vec<String> {
    let way = |way: &jpo_check::report::WayReport| {
        let edits: Vec<&str> = way.steps.iter().map(|step| step.edit.as_str()).collect();
        format!("{} | {} to {}", edits.join(" "), way.from, way.to.as_deref().unwrap_or("..."))
    };
    let obstacle = |one: &jpo_check::report::ObstacleReport| {
        let days = match (&one.from, &one.to) {
            (Some(from), Some(to)) => format!("{from} to {to}"),
            _ => "never".to_owned(),
        };
        format!("{}: {days} {}", one.criterion, one.tell.join(" ")).trim_end().to_owned()
    };
    report.ways.iter().map(way).chain(report.obstacles.iter().map(obstacle)).collect()
}

fn check(rules: &[(&'static str, &str)], told: &Value, expected: &[&str]) {
    assert_eq!(lines(&report(&own(rules, ""), told, Allowed::default())), expected, "{told}");
}

const TWO_YEARS: (&str, &str) = ("experience", "min_months = 24, until = \"application\"");

#[test]
fn work_that_begins_today_is_enough_up_to_the_day_before_the_limit_of_age() {
    // 730 days from 22 November 2026 on are full on 20 November 2028.
    let rules = [("age", "max = 32, on = \"application\""), TWO_YEARS];
    let told = |born: &str| json!({"birth_date": born, "experience": []});
    let way = "experience+=employment:2026-11-22.. | 2028-11-20 to 2028-11-20";
    check(&rules, &told("1995-11-21"), &[way]);
    let nothing = ["age: 2026-11-22 to 2028-11-19", "qualification: 2028-11-20 to 2036-11-22"];
    check(&rules, &told("1995-11-20"), &nothing);
}

#[test]
fn nobody_is_asked_to_become_a_native_speaker() {
    let rules = [("languages", "language = \"sv\", level = \"native\"")];
    check(&rules, &json!({"languages": []}), &["languages: never"]);
    check(&rules, &json!({}), &["languages: never languages"]);
}

#[test]
fn where_work_counts_from_a_degree_on_the_degree_comes_first() {
    let rules = [("experience", "min_months = 12, until = \"application\", after = \"master\"")];
    let way = "degrees+=master:2028-11-22 experience+=employment:2026-11-22.. | 2029-11-21 to ...";
    check(&rules, &json!({"degrees": [], "experience": []}), &[way]);
}

#[test]
fn one_kind_of_work_that_counts_for_two_requirements_is_found() {
    let rest = "until = \"application\", not_counted = [\"self_employment\", \"un_volunteer\", \
                \"doctoral_research\", \"military\", \"casual\"";
    let one = format!(
        "min_months = 12, counts = [\"employment\", \"volunteering\"], {rest}, \"internship\"]"
    );
    let two = format!(
        "min_months = 12, counts = [\"internship\", \"volunteering\"], {rest}, \"employment\"]"
    );
    let rules = [("experience", one.as_str()), ("experience", two.as_str())];
    let found = report(&own(&rules, ""), &json!({"experience": []}), Allowed::default());
    assert_eq!(found.ways.len(), 1);
    assert_eq!(found.ways[0].steps.len(), 1);
    assert_eq!(found.ways[0].from, "2027-11-21");
}

#[test]
fn a_bachelors_and_a_diploma_are_found_where_they_are_quicker_than_a_doctorate() {
    let rules = [(
        "degree",
        "min = \"doctorate\", or_all = [\"bachelor\", \"postgraduate\"], by = \"application\"",
    )];
    check(
        &rules,
        &json!({"degrees": []}),
        &[
            "degrees+=doctorate:2030-11-22 | 2030-11-22 to ...",
            "degrees+=bachelor:2029-11-22 degrees+=postgraduate:2027-11-22 | 2029-11-22 to ...",
        ],
    );
}

#[test]
fn five_languages_that_are_all_asked_are_five_changes() {
    let rules = [(
        "languages",
        "of = [\"en\", \"fr\", \"sv\", \"de\", \"it\"], at_least = 5, level = \"B2\"",
    )];
    let told = json!({"languages": []});
    let found = report(&own(&rules, ""), &told, Allowed::default());
    assert_eq!(found.ways.len(), 1);
    assert_eq!(found.ways[0].steps.len(), 5);
}

#[test]
fn a_test_is_taken_for_a_call_that_is_years_ahead() {
    let call = "[[window.call]]\nopens = 2029-02-01\ncloses = 2029-03-03\nsource = \"s\"\n";
    let rules = [("languages", "tests = [{ test = \"toefl-ibt\", min = 100 }], valid_years = 1")];
    let found = report(&own(&rules, call), &json!({"tests": []}), Allowed::default());
    assert_eq!(lines(&found), ["tests+=toefl-ibt:100 | 2026-11-22 to 2030-02-01"]);
}

#[test]
fn a_country_that_joins_a_list_later_is_a_nationality_to_hold_by_then() {
    // A month of work is full on 22 December; Finland is on the list from 1 to 30 December.
    let rules = [
        ("nationality", "in_group = [\"ga\"], not_also = [\"DE\"], on = \"application\""),
        ("experience", "min_months = 1, until = \"application\""),
    ];
    let job = json!([{"kind": "employment", "from": TODAY, "to": null}]);
    let told = json!({"nationalities": ["BR"], "experience": job});
    let allowed = Allowed { nationality: true, residence: false };
    assert_eq!(
        lines(&report(&own(&rules, ""), &told, allowed)),
        ["nationalities+=FI | 2026-12-22 to 2026-12-30"]
    );
}

#[test]
fn what_is_not_told_and_cannot_change_has_to_be_told_first() {
    let rules = [("age", "max = 32, on = \"application\"")];
    check(&rules, &json!({}), &["age: never birth_date"]);
    let rules = [("nationality", "national_of = [\"FI\"]")];
    check(&rules, &json!({}), &["nationality: never nationalities"]);
}

#[test]
fn conditions_that_exclude_each_other_are_both_named() {
    let rules = [
        ("conditions", "fact = \"jersey_link\", is = true"),
        ("conditions", "fact = \"jersey_link\", is = false"),
    ];
    let both = ["conditions: 2026-11-22 to 2036-11-22"; 1];
    check(&rules, &json!({"facts": {"jersey_link": true}}), &both);
}

#[test]
fn what_is_in_doubt_only_from_some_day_on_is_no_obstacle_to_a_later_way() {
    let rules = [("nationality", "in_group = [\"ga\"], on = \"application\""), TWO_YEARS];
    let told = json!({"nationalities": ["NP"], "experience": []});
    let found = report(&own(&rules, ""), &told, Allowed::default());
    assert_eq!(lines(&found), ["experience+=employment:2026-11-22.. | 2028-11-20 to ..."]);
    let doubts: Vec<&str> = found.doubts.iter().map(|doubt| doubt.criterion).collect();
    assert_eq!(doubts, ["nationality"]);
}

#[test]
fn what_ends_a_way_is_named_though_the_verdict_stays_undetermined() {
    // 33 in June 2027, and on which day the age counts is not stated.
    let rules = [("nationality", "in_group = [\"gb\"], on = \"application\""), ("age", "max = 32")];
    let told = json!({"nationalities": ["KE"], "birth_date": "1994-06-10"});
    let found = report(&own(&rules, ""), &told, Allowed::default());
    let ends: Vec<_> = found
        .ways
        .iter()
        .map(|way| (way.to.as_deref(), way.ends.iter().map(|turn| turn.criterion).collect()))
        .collect();
    assert_eq!(ends, [(Some("2026-12-31"), vec!["age"])]);
}

#[test]
fn a_dearer_way_without_doubt_goes_before_a_cheaper_one_in_doubt() {
    let rules = [("languages", "language = \"fr\", level = \"very good\"")];
    let told = json!({"languages": [{"language": "fr", "level": "B2"}]});
    check(&rules, &told, &["languages.fr=C1 | 2026-11-22 to ..."]);
}

#[test]
fn a_first_degree_that_makes_work_count_sooner_is_not_lost_among_fields() {
    let rules = [
        ("degree", r#"min = "doctorate", fields = ["law", "medicine"]"#),
        ("experience", r#"min_months = 24, after = "first_degree", until = "application""#),
    ];
    let (first, work) = ("degrees+=bachelor:2029-11-22", "experience+=employment:2026-11-22..");
    let [law, medicine] = ["law", "medicine"].map(|f| format!("degrees+=doctorate:2030-11-22:{f}"));
    let expected = [
        format!("{law} {work} | 2032-11-20 to ..."),
        format!("{medicine} {work} | 2032-11-20 to ..."),
        format!("{law} {first} {work} | 2031-11-21 to ..."),
        format!("{medicine} {first} {work} | 2031-11-21 to ..."),
    ];
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    check(&rules, &json!({ "degrees": [], "experience": [] }), &expected);
}

#[test]
fn a_way_in_doubt_ends_where_its_test_is_no_longer_valid() {
    let rules = [(
        "languages",
        r#"strength = "usual", incomplete = true, tests = [{ test = "ielts" }], valid_years = 2"#,
    )];
    let way = ["tests+=ielts:0 | 2026-11-22 to 2028-11-22"];
    check(&rules, &json!({ "tests": [] }), &way);
}

#[test]
fn work_that_the_organisation_judges_is_a_way_in_doubt_where_nothing_counts_fully() {
    // Half of a year's work is too little before 33, a whole year of what may count is not.
    let kinds = r#"counts_half = ["employment"], may_count = ["internship"]"#;
    let others = r#"not_counted = ["self_employment", "un_volunteer"]"#;
    let experience = format!(r#"min_months = 12, until = "application", {kinds}, {others}"#);
    let rules = [("experience", &*experience), ("age", r#"under = 33, on = "application""#)];
    let told = json!({ "experience": [], "birth_date": "1995-05-22" });
    let job = r#"{"from":"2026-11-22","kind":"internship","paid":true,"share":1.0,"to":null}"#;
    check(&rules, &told, &[&format!("experience+={job} | 2027-11-21 to 2028-05-21")]);
}
