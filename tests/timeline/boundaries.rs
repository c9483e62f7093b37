//! Timelines to the day, with what brings each change about.

use chrono::NaiveDate;
use jpo_check::dataset::Dataset;
use jpo_check::engine::{self, Candidate};
use jpo_check::profile::Profile;
use jpo_check::report::{Ask, Detail, Report};
use serde_json::{Value, json};

use crate::properties::day;
use crate::properties::rulesets::{Loader, WindowText, files};

const TODAY: &str = "2026-11-22";

/// The timeline of a window from 22 November 2026 to `horizon`, a line for each span.
fn lines(data: &Dataset, window: &str, told: &Value, horizon: &str) -> Vec<String> {
    let (as_of, horizon): (NaiveDate, NaiveDate) = (day(TODAY), day(horizon));
    let profile = Profile::parse(&told.to_string(), "me.json", data, as_of)
        .unwrap_or_else(|problems| panic!("{told}: {:?}", problems.list));
    let candidate = Candidate::new(&profile, as_of);
    let window = data.window(window).unwrap();
    let assessment = engine::assess(data, window, &profile, as_of);
    let ask = Ask { horizon, ..Ask::new(&candidate, as_of, Detail::Timelines) };
    let report = Report::new(data, ask, &[assessment]);
    let line = |span: &jpo_check::report::SpanReport| {
        let to = span.to.as_deref().unwrap_or("...");
        let why: Vec<String> = span
            .because
            .iter()
            .map(|turn| format!("; {}: {}", turn.criterion, turn.text))
            .collect();
        format!("{} to {to} {}{}", span.from, span.verdict, why.concat())
    };
    report.windows[0].timeline.iter().map(line).collect()
}

/// Rules of their own, with calls.
fn own(rules: &[(&'static str, &str)], calls: &str) -> Dataset {
    let window = WindowText { calls: calls.to_owned(), ..WindowText::of(rules) };
    let window = window.asking_nothing_else();
    Loader::new().load(&files(&[window], &[]))
}

/// Asks a window with no call.
fn check(rules: &[(&'static str, &str)], told: &Value, horizon: &str, expected: &[&str]) {
    assert_eq!(lines(&own(rules, ""), "w0", told, horizon), expected, "{told}");
}

fn call(opens: &str, closes: &str) -> String {
    format!("[[window.call]]\nopens = {opens}\ncloses = {closes}\nsource = \"s\"\n")
}

fn born(day: &str) -> Value {
    json!({ "birth_date": day })
}

fn master_of(awarded: &str) -> Value {
    json!({"degrees": [{"level": "master", "field": "law", "country": "FI", "awarded": awarded}]})
}

#[test]
fn who_is_born_on_29_february_turns_on_1_march_in_a_common_year_and_on_the_day_in_a_leap_year() {
    let told = born("1996-02-29");
    check(
        &[("age", "max = 30, on = \"application\"")],
        &told,
        "2028-12-31",
        &[
            "2026-11-22 to 2027-02-28 eligible",
            "2027-03-01 to ... ineligible; age: turns 31 on 2027-03-01",
        ],
    );
    check(
        &[("age", "max = 31, on = \"application\"")],
        &told,
        "2028-12-31",
        &[
            "2026-11-22 to 2028-02-28 eligible",
            "2028-02-29 to ... ineligible; age: turns 32 on 2028-02-29",
        ],
    );
}

#[test]
fn a_birthday_on_the_day_on_which_all_days_that_can_count_fall_together_is_the_reason() {
    let rules = [("age", "max = 32, on = \"not_stated\"")];
    let turning = "age: turns 33 on 2027-12-31";
    check(
        &rules,
        &born("1994-12-31"),
        "2029-12-31",
        &[
            "2026-11-22 to 2026-12-31 eligible",
            &format!("2027-01-01 to 2027-12-30 undetermined; {turning}, the day that counts"),
            &format!("2027-12-31 to ... ineligible; {turning}"),
        ],
    );
    check(
        &rules,
        &born("1994"),
        "2029-12-31",
        &[
            "2026-11-22 to 2026-12-31 eligible",
            "2027-01-01 to 2027-12-30 undetermined; age: may turn 33 on 2027-01-01; is 33 by \
             2027-12-31, the day that counts",
            "2027-12-31 to ... ineligible; age: is 33 by 2027-12-31",
        ],
    );
}

#[test]
fn a_birthday_on_the_reference_day_counts_as_turned() {
    let rules = [("age", "max = 32, on = \"year_end\"")];
    check(
        &rules,
        &born("1994-12-31"),
        "2029-12-31",
        &[
            "2026-11-22 to 2026-12-31 eligible",
            "2027-01-01 to ... ineligible; age: turns 33 on 2027-12-31, the day that counts",
        ],
    );
    check(
        &rules,
        &born("1995-01-01"),
        "2029-12-31",
        &[
            "2026-11-22 to 2027-12-31 eligible",
            "2028-01-01 to ... ineligible; age: turns 33 on 2028-01-01, before the day that counts \
             (2028-12-31)",
        ],
    );
    check(
        &[("age", "max = 32, on = \"year_start\"")],
        &born("1995-01-01"),
        "2029-12-31",
        &[
            "2026-11-22 to 2027-12-31 eligible",
            "2028-01-01 to ... ineligible; age: turns 33 on 2028-01-01",
        ],
    );
}

#[test]
fn a_half_time_job_without_an_end_reaches_a_limit_and_passes_the_next_at_half_the_pace() {
    let told = json!({"experience": [
        {"kind": "employment", "from": "2026-01-01", "to": null, "share": 0.5},
    ]});
    // 730 half days are a year; 13 months and thereby more than 12 are reached on half day 791.
    check(
        &[("experience", "min_months = 12, max_months = 12, until = \"application\"")],
        &told,
        "2029-12-31",
        &[
            "2026-11-22 to 2027-12-30 ineligible",
            "2027-12-31 to 2028-02-29 eligible; qualification: experience reaches 1 year on \
             2027-12-31",
            "2028-03-01 to ... ineligible; qualification: experience passes 1 year on 2028-03-01",
        ],
    );
}

#[test]
fn of_two_jobs_at_once_the_second_counts_only_behind_the_first() {
    let told = json!({"experience": [
        {"kind": "employment", "from": "2026-01-01", "to": "2026-12-31"},
        {"kind": "employment", "from": "2026-07-01", "to": null, "share": 0.5},
    ]});
    // 365 days of 2026, and 182.5 from the 365 half days of 2027.
    check(
        &[("experience", "min_months = 18, until = \"application\"")],
        &told,
        "2029-12-31",
        &[
            "2026-11-22 to 2027-12-30 ineligible",
            "2027-12-31 to ... eligible; qualification: experience reaches 18 months on 2027-12-31",
        ],
    );
}

#[test]
fn a_degree_between_close_and_start_comes_too_late_for_the_one_and_in_time_for_the_other() {
    let calls = call("2027-01-10", "2027-02-10");
    let told = master_of("2027-06-30");
    let by_close = own(&[("degree", "min = \"master\", by = \"call_close\"")], &calls);
    assert_eq!(
        lines(&by_close, "w0", &told, "2029-12-31"),
        [
            "2026-11-22 to 2027-06-29 ineligible",
            "2027-06-30 to ... eligible; qualification: master's awarded on 2027-06-30",
        ]
    );
    let by_start = own(&[("degree", "min = \"master\", by = \"entry_on_duty\"")], &calls);
    assert_eq!(lines(&by_start, "w0", &told, "2029-12-31"), ["2026-11-22 to ... eligible"]);
}

#[test]
fn a_degree_between_the_earliest_and_the_latest_start_leaves_the_call_open() {
    let calls = call("2027-01-10", "2027-02-10");
    let data = own(&[("degree", "min = \"master\", by = \"entry_on_duty\"")], &calls);
    // Behind the call, 6 months after the application are the earliest start: from 1 March on.
    assert_eq!(
        lines(&data, "w0", &master_of("2027-09-01"), "2029-12-31"),
        [
            "2026-11-22 to 2027-02-28 undetermined",
            "2027-03-01 to ... eligible; qualification: master's awarded on 2027-09-01, the day \
             that counts",
        ]
    );
}

#[test]
fn who_joins_and_leaves_a_list_is_taken_from_the_one_day_until_the_day_before_the_other() {
    check(
        &[("nationality", "in_group = [\"ga\"], on = \"application\"")],
        &json!({"nationalities": ["FI"]}),
        "2029-12-31",
        &[
            "2026-11-22 to 2026-11-30 ineligible",
            "2026-12-01 to 2026-12-30 eligible; nationality: Finland on the list \"ga\" from \
             2026-12-01 on",
            "2026-12-31 to ... ineligible; nationality: Finland leaves the list \"ga\" on \
             2026-12-31",
        ],
    );
}

#[test]
fn a_contested_end_leaves_a_window_undetermined_from_its_day_on() {
    check(
        &[("nationality", "in_group = [\"ga\"], on = \"application\"")],
        &json!({"nationalities": ["NP"]}),
        "2029-12-31",
        &[
            "2026-11-22 to 2026-11-23 eligible",
            "2026-11-24 to ... undetermined; nationality: whether Nepal is on the list \"ga\" is \
             contested from 2026-11-24 on",
        ],
    );
}

#[test]
fn the_dates_of_a_call_give_way_to_the_windows_own_limit_with_the_next_call() {
    let calls = call("2027-02-01", "2027-03-03")
        + "[[window.call.age]]\nsource = \"s\"\nborn_from = 1995-01-01\n"
        + &call("2028-02-01", "2028-03-03");
    let data = own(&[("age", "max = 34, on = \"application\"")], &calls);
    assert_eq!(
        lines(&data, "w0", &born("1994-06-01"), "2029-12-31"),
        [
            "2026-11-22 to 2027-03-03 ineligible",
            "2027-03-04 to 2029-05-31 eligible; age: asks from then on: at most 34 when applying \
             (2028-02-01)",
            "2029-06-01 to ... ineligible; age: turns 35 on 2029-06-01",
        ]
    );
}

#[test]
fn months_of_military_service_move_the_day_on_which_the_limit_is_passed() {
    let rules = [(
        "age",
        "max = 30, on = \"application\", \
         raise = [{ years = 2, fact = \"military_service_months\", at_least = 12 }]",
    )];
    let told = |months: i32| json!({"birth_date": "1996-05-04", "facts": {"military_service_months": months}});
    check(
        &rules,
        &told(0),
        "2031-12-31",
        &[
            "2026-11-22 to 2027-05-03 eligible",
            "2027-05-04 to ... ineligible; age: turns 31 on 2027-05-04",
        ],
    );
    check(
        &rules,
        &told(12),
        "2031-12-31",
        &[
            "2026-11-22 to 2029-05-03 eligible",
            "2029-05-04 to ... ineligible; age: turns 33 on 2029-05-04",
        ],
    );
    check(
        &rules,
        &born("1996-05-04"),
        "2031-12-31",
        &[
            "2026-11-22 to 2027-05-03 eligible",
            "2027-05-04 to 2029-05-03 undetermined; age: turns 31 on 2027-05-04",
            "2029-05-04 to ... ineligible; age: turns 33 on 2029-05-04",
        ],
    );
}

#[test]
fn a_test_counts_on_the_day_on_which_it_is_as_old_as_it_may_be() {
    let told = json!({"tests": [{"test": "toefl-ibt", "score": 104, "taken": "2025-11-03"}]});
    check(
        &[("languages", "tests = [{ test = \"toefl-ibt\", min = 100 }], valid_years = 2")],
        &told,
        "2029-12-31",
        &[
            "2026-11-22 to 2027-11-03 eligible",
            "2027-11-04 to ... ineligible; languages: TOEFL iBT older than 2 years from \
             2027-11-04 on",
        ],
    );
}

#[test]
fn a_yearly_call_is_answered_at_its_opening_and_the_next_one_from_the_day_after_its_close() {
    let yearly = "[window.recurring]\nopens = \"02-01\"\ncloses = \"03-03\"\nsource = \"s\"\n";
    let data = own(&[("age", "max = 32, on = \"application\"")], yearly);
    assert_eq!(
        lines(&data, "w0", &born("1994-04-01"), "2029-12-31"),
        [
            "2026-11-22 to 2027-03-03 eligible",
            "2027-03-04 to ... ineligible; age: turns 33 on 2027-04-01, before the day that \
             counts (2028-02-01)",
        ]
    );
    // Within the expected days the application is made on the day itself.
    assert_eq!(
        lines(&data, "w0", &born("1994-02-15"), "2029-12-31"),
        [
            "2026-11-22 to 2027-02-14 eligible",
            "2027-02-15 to ... ineligible; age: turns 33 on 2027-02-15",
        ]
    );
}

#[test]
fn a_rule_that_gives_way_to_another_does_so_on_the_day() {
    check(
        &[
            ("age", "max = 30, on = \"application\", valid_to = 2026-12-31"),
            ("age", "max = 35, on = \"application\", valid_from = 2027-01-01"),
        ],
        &born("1995-01-01"),
        "2031-12-31",
        &[
            "2026-11-22 to 2026-12-31 ineligible",
            "2027-01-01 to 2030-12-31 eligible; age: asks from then on: at most 35 when applying \
             (2027-01-01)",
            "2031-01-01 to ... ineligible; age: turns 36 on 2031-01-01",
        ],
    );
}

#[test]
fn the_last_span_has_no_end_whether_the_change_lies_on_the_horizon_or_behind_it() {
    let rules = [("age", "max = 32, on = \"application\"")];
    let told = born("1995-05-04");
    check(&rules, &told, "2028-05-03", &["2026-11-22 to ... eligible"]);
    check(
        &rules,
        &told,
        "2028-05-04",
        &[
            "2026-11-22 to 2028-05-03 eligible",
            "2028-05-04 to ... ineligible; age: turns 33 on 2028-05-04",
        ],
    );
}

#[test]
fn one_reason_that_gives_way_to_another_on_one_day_begins_no_span() {
    check(
        &[
            ("age", "max = 32, on = \"application\""),
            ("degree", "min = \"master\", by = \"application\""),
        ],
        &json!({
            "birth_date": "1994-05-04",
            "degrees": [{"level": "master", "field": "law", "country": "FI", "awarded": "2027-05-04"}],
        }),
        "2029-12-31",
        &["2026-11-22 to ... ineligible"],
    );
}

#[test]
fn what_lapses_is_named_beside_what_its_criterion_still_asks() {
    let rules = [
        ("age", "by_vacancy = true"),
        ("age", "under = 30, on = \"application\", valid_to = 2026-12-31"),
    ];
    let spans = [
        "2026-11-22 to 2026-12-31 ineligible",
        "2027-01-01 to ... likely; age: asked no more: under 30 when applying (2026-11-22)",
    ];
    check(&rules, &born("1990-05-04"), "2028-12-31", &spans);
}

#[test]
fn what_lapses_is_named_where_what_is_still_asked_is_not_met_either() {
    let rules = [
        ("age", "under = 30, on = \"application\", strength = \"usual\""),
        ("age", "under = 35, on = \"application\", valid_to = 2026-12-31"),
    ];
    let spans = [
        "2026-11-22 to 2026-12-31 ineligible",
        "2027-01-01 to ... undetermined; age: asked no more: under 35 when applying (2026-11-22)",
    ];
    check(&rules, &born("1990-05-04"), "2028-12-31", &spans);
}

#[test]
fn what_shuts_a_window_is_not_put_down_to_a_minimum_that_is_reached() {
    let rule = "reading = [{ min_months = 6, max_months = 18, until = \"year_end\" }, \
                { min_months = 12, max_months = 18, until = \"year_end\" }]";
    let job = json!([{"kind": "employment", "from": "2026-06-01", "to": null}]);
    let passes = "experience passes 18 months on 2027-12-30";
    let shut = format!(
        "2027-01-01 to ... ineligible; qualification: {passes}, before the day that counts \
         (2027-12-31)"
    );
    let expected = ["2026-11-22 to 2026-12-31 undetermined", &shut];
    check(&[("experience", rule)], &json!({ "experience": job }), "2027-12-31", &expected);
}
