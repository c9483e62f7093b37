//! Shipped rules on the day before, on and after each limit.

use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use jpo_check::dataset::Dataset;
use jpo_check::engine::{self, Assessment, ChoiceKey, Verdict};
use jpo_check::profile::Profile;
use jpo_check::rules::Part;
use serde_json::{Value, json};

use crate::properties::rulesets::{Loader, WindowText, files};

static DATA: LazyLock<&Dataset> = LazyLock::new(|| Dataset::embedded().unwrap());

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn assess(window: &str, as_of: &str, told: &Value) -> Assessment<'static> {
    assess_in(&DATA, window, as_of, told)
}

fn assess_in<'d>(data: &'d Dataset, window: &str, as_of: &str, told: &Value) -> Assessment<'d> {
    let as_of = day(as_of);
    let profile = Profile::parse(&told.to_string(), "me.json", data, as_of)
        .unwrap_or_else(|problems| panic!("{told}: {:?}", problems.list));
    let window = data.window(window).unwrap_or_else(|| panic!("there is no window {window}"));
    engine::assess(data, window, &profile, as_of)
}

/// The outcomes of a part, those with a cause as `cause`, in the order of the rules.
fn outcomes(assessment: &Assessment<'_>, part: Part) -> String {
    let findings = assessment.findings.iter().filter(|f| f.requirement.part == part);
    let words = findings.map(|finding| match finding.cause {
        Some(cause) => cause.word(),
        None => finding.outcome.word(),
    });
    words.collect::<Vec<_>>().join(", ")
}

fn outcome(window: &str, part: Part, as_of: &str, told: &Value) -> String {
    outcomes(&assess(window, as_of, told), part)
}

/// Asks the age of each birth date: `(born, outcomes)`.
fn check_ages(window: &str, as_of: &str, told: &Value, table: &[(&str, &str)]) {
    for (born, expected) in table {
        let mut told = told.clone();
        told["birth_date"] = json!(born);
        let found = outcome(window, Part::Age, as_of, &told);
        assert_eq!(found, *expected, "{window} on {as_of}, born {born}");
    }
}

/// A full-time job of so many days that ended long ago.
fn job_of(days: u64) -> Value {
    let from = day("2019-01-01");
    let to = from + Days::new(days - 1);
    json!([{"kind": "employment", "from": from.to_string(), "to": to.to_string()}])
}

fn check_experience(window: &str, as_of: &str, table: &[(Value, &str)]) {
    for (experience, expected) in table {
        let found = outcome(window, Part::Experience, as_of, &json!({"experience": experience}));
        assert_eq!(found, *expected, "{window} on {as_of}: {experience}");
    }
}

/// Somebody who meets everything but a limit of age or nationality that a test asks about.
fn qualified(nationality: &str) -> Value {
    json!({
        "birth_date": "1996-06-01",
        "nationalities": [nationality],
        "residences": [],
        "degrees": [{"level": "master", "field": "law", "country": "FI", "awarded": "2019-06-30"}],
        "experience": [{"kind": "employment", "from": "2020-01-01", "to": "2023-06-30"}],
        "languages": [
            {"language": "en", "level": "native"},
            {"language": "fr", "level": "C2"},
            {"language": "it", "level": "C2"},
        ],
        "tests": [],
        "facts": {
            "finnish_unv_term": "none",
            "finnish_eu_expert_term": "none",
            "dutch_funded_jpo": false,
            "previous_jpo": false,
        },
    })
}

#[test]
fn finland_takes_nobody_from_the_thirty_third_birthday_on() {
    let mut told = qualified("FI");
    told["birth_date"] = json!("1993-11-22");
    for (as_of, expected) in [
        ("2026-11-21", Verdict::Eligible),
        ("2026-11-22", Verdict::Ineligible),
        ("2026-11-23", Verdict::Ineligible),
    ] {
        assert_eq!(assess("fi-nationals", as_of, &told).verdict, expected, "{as_of}");
    }
}

#[test]
fn whoever_is_born_on_29_february_turns_on_1_march() {
    let mut told = qualified("FI");
    told["birth_date"] = json!("1996-02-29");
    for (as_of, expected) in [("2029-02-28", "met"), ("2029-03-01", "unmet")] {
        assert_eq!(outcome("fi-nationals", Part::Age, as_of, &told), expected, "{as_of}");
    }
}

#[test]
fn japan_counts_age_on_1_february_of_the_year_of_the_expected_call() {
    let table = [("1991-01-31", "unmet"), ("1991-02-01", "unmet"), ("1991-02-02", "met")];
    check_ages("jp-mofa", "2026-11-22", &json!({}), &table);
}

#[test]
fn japan_counts_age_on_1_february_during_the_call_too() {
    let table = [("1990-01-31", "unmet"), ("1990-02-01", "unmet"), ("1990-02-02", "met")];
    check_ages("jp-mofa", "2026-02-10", &json!({}), &table);
}

#[test]
fn korea_counts_age_on_31_december_and_adds_years_for_military_service() {
    for (months, last_beyond, first_within) in [
        (0, "1993-12-31", "1994-01-01"),
        (1, "1992-12-31", "1993-01-01"),
        (11, "1992-12-31", "1993-01-01"),
        (12, "1991-12-31", "1992-01-01"),
        (23, "1991-12-31", "1992-01-01"),
        (24, "1990-12-31", "1991-01-01"),
    ] {
        let told = json!({"facts": {"military_service_months": months}});
        let table = [(last_beyond, "unmet"), (first_within, "met")];
        check_ages("kr-nationals", "2026-11-22", &told, &table);
    }
}

#[test]
fn korea_asks_for_military_service_only_where_it_makes_a_difference() {
    let table = [("1990-12-31", "unmet"), ("1992-06-01", "not_told"), ("1994-01-01", "met")];
    check_ages("kr-nationals", "2026-11-22", &json!({}), &table);
}

#[test]
fn italy_counted_from_1_january_thirty_years_back_and_further_back_in_medicine() {
    // No call from 2024 on was found that says whether it still does.
    for (told, last_beyond, first_within) in italian_backgrounds([1995, 1994, 1992]) {
        let table = [(last_beyond.as_str(), "readings_differ"), (first_within.as_str(), "met")];
        check_ages("it-nationals", "2026-11-22", &told, &table);
    }
}

#[test]
fn the_call_of_2022_replaces_the_italian_formula_by_its_own_dates() {
    for (told, last_beyond, first_within) in italian_backgrounds([1991, 1990, 1988]) {
        let table = [(last_beyond.as_str(), "unmet"), (first_within.as_str(), "met")];
        check_ages("it-nationals", "2022-11-01", &told, &table);
    }
}

/// A lawyer, a physician, a specialist, each with the last birth date beyond the limit (31
/// December of the year given) and the first within.
fn italian_backgrounds(years: [i32; 3]) -> Vec<(Value, String, String)> {
    let told = |field: &str, specialised: bool| {
        json!({
            "degrees": [{"level": "master", "field": field, "awarded": "2019-06-30"}],
            "facts": {"medical_specialisation": specialised},
        })
    };
    [told("law", false), told("medicine", false), told("medicine", true)]
        .into_iter()
        .zip(years)
        .map(|(told, year)| (told, format!("{year}-12-31"), format!("{}-01-01", year + 1)))
        .collect()
}

#[test]
fn germany_is_left_open_between_four_and_five_years_of_experience() {
    let table = [
        (job_of(729), "unmet"),
        (job_of(730), "met"),
        // 48 whole months, a leap day among them or not, are four years and not above.
        (job_of(1461), "met"),
        (job_of(1490), "met"),
        (job_of(1491), "readings_differ"),
        (job_of(1643), "readings_differ"),
        (job_of(1855), "readings_differ"),
        (job_of(1856), "unmet"),
    ];
    check_experience("de-nationals", "2026-11-22", &table);
}

#[test]
fn four_and_a_half_years_leave_a_german_undetermined_and_more_than_five_shut_him_out() {
    let mut told = qualified("DE");
    for (days, expected) in [(1643, Verdict::Undetermined), (1856, Verdict::Ineligible)] {
        told["experience"] = job_of(days);
        assert_eq!(assess("de-nationals", "2026-11-22", &told).verdict, expected, "{days} days");
    }
}

#[test]
fn belgian_world_bank_posts_ask_32_on_31_december_and_perhaps_on_entry_on_duty_too() {
    // Entry on duty is 6 to 12 months after the application: 22 May or 22 November 2027.
    let table = [
        ("1993-12-31", "unmet, unmet"),
        ("1994-01-01", "met, readings_differ"),
        ("1994-05-22", "met, readings_differ"),
        ("1994-05-23", "met, readings_differ"),
        ("1994-11-22", "met, readings_differ"),
        ("1994-11-23", "met, met"),
    ];
    check_ages("be-worldbank", "2026-11-22", &json!({}), &table);
}

#[test]
fn thirty_two_is_within_the_swiss_limit_and_the_superseded_wording_does_not_decide() {
    let assessment = assess("ch-un-nationals", "2026-11-22", &json!({"birth_date": "1994-01-01"}));
    assert_eq!(outcomes(&assessment, Part::Age), "met");
    let age = assessment.findings.iter().find(|f| f.requirement.part == Part::Age).unwrap();
    assert!(!age.requirement.superseded.is_empty(), "an older wording is on record");
}

#[test]
fn an_unstated_reference_day_leaves_the_swiss_limit_open_between_application_and_31_december() {
    let table = [
        ("1993-11-22", "unmet"),
        ("1993-11-23", "readings_differ"),
        ("1993-12-31", "readings_differ"),
        ("1994-01-01", "met"),
    ];
    check_ages("ch-un-nationals", "2026-11-22", &json!({}), &table);
}

#[test]
fn the_netherlands_set_no_limit_of_age() {
    check_ages(
        "nl-nationals",
        "2026-11-22",
        &json!({}),
        &[("1940-01-01", "met"), ("2004-01-01", "met")],
    );
    assert_eq!(outcome("nl-nationals", Part::Age, "2026-11-22", &json!({})), "met");
}

#[test]
fn the_disputed_british_programme_is_neither_open_nor_shut_to_a_briton() {
    let mut over_age = qualified("GB");
    over_age["birth_date"] = json!("1970-01-01");
    for told in [json!({"nationalities": ["GB"]}), qualified("GB"), over_age] {
        let assessment = assess("gb-nationals", "2026-11-22", &told);
        assert_eq!(outcomes(&assessment, Part::Sponsorship), "readings_differ", "{told}");
        assert_eq!(assessment.verdict, Verdict::Undetermined, "{told}");
    }
}

/// A Nepali or a Kenyan who asks the two windows for developing countries.
fn developing(nationality: &str) -> Value {
    let mut told = qualified(nationality);
    told["birth_date"] = json!("1999-03-08");
    told
}

fn hangs_on(assessment: &Assessment<'_>, key: impl Fn(ChoiceKey) -> bool) -> bool {
    let findings = assessment.findings.iter().filter(|f| f.requirement.part == Part::Nationality);
    findings.flat_map(|f| &f.rulings).flat_map(|r| &r.choices).any(|choice| key(choice.key))
}

#[test]
fn the_contested_end_of_nepals_membership_is_a_reading_at_both_windows() {
    for window in ["it-developing", "nl-dc"] {
        for as_of in ["2026-11-21", "2026-11-25"] {
            // No page names the day: on 21 November, 31 December lies behind the contested end.
            let assessment = assess(window, as_of, &developing("NP"));
            let contested = hangs_on(&assessment, |key| matches!(key, ChoiceKey::Contested(_)));
            assert!(contested, "{window} on {as_of}");
            assert_eq!(assessment.verdict, Verdict::Undetermined, "{window} on {as_of}");
        }
    }
}

#[test]
fn a_nepali_was_surely_in_a_year_before_the_contested_end() {
    for window in ["it-developing", "nl-dc"] {
        let found = outcome(window, Part::Nationality, "2025-11-21", &developing("NP"));
        assert_eq!(found, "met", "{window}");
    }
}

#[test]
fn a_contested_end_is_told_as_readings_that_differ_even_where_another_list_is_not_on_record() {
    for window in ["it-developing", "nl-dc"] {
        let found = outcome(window, Part::Nationality, "2026-11-25", &developing("NP"));
        assert_eq!(found, "readings_differ", "{window}");
    }
}

#[test]
fn whether_the_dutch_list_names_kenya_is_not_on_record() {
    let found = outcome("nl-dc", Part::Nationality, "2026-11-22", &developing("KE"));
    assert_eq!(found, "not_on_record");
}

#[test]
fn the_italian_texts_differ_on_kenya() {
    let assessment = assess("it-developing", "2026-11-22", &developing("KE"));
    assert!(hangs_on(&assessment, |key| matches!(key, ChoiceKey::Reading)));
    assert_eq!(assessment.verdict, Verdict::Undetermined);
}

#[test]
fn a_stateless_person_is_shut_out_by_nationality_alone() {
    let mut told = qualified("FI");
    told["nationalities"] = json!([]);
    for window in ["fi-nationals", "be-nationals-eu", "nl-nationals", "nl-dc", "it-developing"] {
        let assessment = assess(window, "2026-11-22", &told);
        assert_eq!(outcomes(&assessment, Part::Nationality), "unmet", "{window}");
        assert_eq!(assessment.verdict, Verdict::Ineligible, "{window}");
    }
}

#[test]
fn a_job_without_an_end_runs_to_each_reference_day() {
    let since = |from: &str| json!([{"kind": "employment", "from": from, "to": null}]);
    // Two years are asked; the day is not stated, so 22 November and 31 December are readings.
    let table = [
        (since("2024-11-23"), "met"),
        (since("2024-11-24"), "readings_differ"),
        (since("2025-01-01"), "readings_differ"),
        (since("2025-01-02"), "unmet"),
    ];
    check_experience("be-nationals-eu", "2026-11-22", &table);
}

#[test]
fn a_part_time_job_counts_by_its_share() {
    let half =
        |to: &str| json!([{"kind": "employment", "from": "2021-01-01", "to": to, "share": 0.5}]);
    // 1460 half days are two years.
    let table = [(half("2024-12-29"), "unmet"), (half("2024-12-30"), "met")];
    check_experience("be-nationals-eu", "2026-11-22", &table);
}

#[test]
fn two_jobs_at_once_never_count_for_more_than_a_day_a_day() {
    let job = |from: &str, to: &str, share: f64| json!({"kind": "employment", "from": from, "to": to, "share": share});
    let full = json!([job("2023-01-01", "2023-12-31", 1.0), job("2023-01-01", "2023-12-31", 1.0)]);
    let halves =
        json!([job("2022-01-01", "2023-12-31", 0.5), job("2022-01-01", "2023-12-31", 0.5)]);
    let after_each_other =
        json!([job("2022-01-01", "2022-12-31", 1.0), job("2023-01-01", "2023-12-31", 1.0)]);
    let table = [(full, "unmet"), (halves, "met"), (after_each_other, "met")];
    check_experience("be-nationals-eu", "2026-11-22", &table);
}

fn master_of(awarded: &str) -> Value {
    json!({"degrees": [{"level": "master", "field": "law", "awarded": awarded}]})
}

#[test]
fn italy_takes_no_degree_awarded_after_the_call_closes() {
    for (awarded, expected) in
        [("2022-12-14", "met"), ("2022-12-15", "met"), ("2022-12-16", "unmet")]
    {
        let found = outcome("it-nationals", Part::Degree, "2022-11-01", &master_of(awarded));
        assert_eq!(found, expected, "{awarded}");
    }
}

#[test]
fn korea_is_left_open_where_the_degree_is_awarded_between_close_and_start() {
    let table = [
        ("2026-11-22", "met"),
        ("2026-12-31", "readings_differ"),
        ("2027-03-01", "readings_differ"),
        ("2027-11-22", "readings_differ"),
        ("2027-11-23", "unmet"),
    ];
    for (awarded, expected) in table {
        let found = outcome("kr-nationals", Part::Degree, "2026-11-22", &master_of(awarded));
        assert_eq!(found, expected, "{awarded}");
    }
}

#[test]
fn japan_takes_a_degree_expected_by_31_july_of_the_year_of_the_call() {
    for (awarded, expected) in [("2027-07-31", "met"), ("2027-08-01", "unmet")] {
        let found = outcome("jp-mofa", Part::Degree, "2026-11-22", &master_of(awarded));
        assert_eq!(found, expected, "{awarded}");
    }
}

#[test]
fn an_empty_profile_is_asked_and_not_judged() {
    let assessment = assess("fi-nationals", "2026-11-22", &json!({}));
    assert_eq!(assessment.verdict, Verdict::Undetermined);
    assert_eq!(outcomes(&assessment, Part::Nationality), "not_told");
    assert_eq!(outcomes(&assessment, Part::Age), "not_told");
    assert_eq!(outcomes(&assessment, Part::Degree), "not_told");
    assert_eq!(outcomes(&assessment, Part::Experience), "not_told");
}

#[test]
fn a_birth_date_told_in_part_is_within_or_beyond_only_with_all_its_days() {
    let table = [
        ("1992", "unmet"),
        ("1993", "not_told"),
        ("1993-10", "unmet"),
        ("1993-11", "not_told"),
        ("1993-12", "met"),
        ("1994", "met"),
        ("1994-05", "met"),
    ];
    check_ages("fi-nationals", "2026-11-22", &json!({}), &table);
}

#[test]
fn a_year_of_birth_is_enough_for_a_limit_at_the_end_of_the_year() {
    let table = [("1993", "unmet"), ("1994", "met"), ("1994-05", "met")];
    check_ages("be-nationals-eu", "2026-11-22", &json!({}), &table);
}

#[test]
fn a_month_of_birth_around_the_day_of_entry_on_duty_is_asked_for_its_day() {
    let table = [
        ("1994", "met, not_told"),
        ("1994-10", "met, readings_differ"),
        ("1994-11", "met, not_told"),
        ("1994-12", "met, met"),
    ];
    check_ages("be-worldbank", "2026-11-22", &json!({}), &table);
}

/// Asks a window with the rules given on 22 November 2026; the outcomes are those of the part
/// that stands last.
fn ask_own(rules: &[(&'static str, &str)], told: &Value) -> (String, Verdict) {
    let data = Loader::new().load(&files(&[WindowText::of(rules)], &[]));
    let assessment = assess_in(&data, "w0", "2026-11-22", told);
    let last = rules.last().unwrap().0;
    let asked = assessment.findings.iter().find(|f| f.requirement.part.word() == last).unwrap();
    (outcomes(&assessment, asked.requirement.part), assessment.verdict)
}

fn check_own(rules: &[(&'static str, &str)], table: &[(Value, &str)]) {
    for (told, expected) in table {
        assert_eq!(ask_own(rules, told).0, *expected, "{told}");
    }
}

#[test]
fn two_alternatives_that_cover_every_answer_are_met_without_it() {
    let rule = "max = 32, on = \"application\", raise = [{ years = 20, fact = \"jersey_link\" }, \
                { years = 20, fact = \"jersey_link\", is = false }]";
    check_own(&[("age", rule)], &[(json!({"birth_date": "1980-01-01"}), "met")]);
}

#[test]
fn two_paths_that_cover_every_degree_are_met_without_its_field() {
    let rule = "path = [{ degree = \"bachelor\", min_months = 6, fields = [\"law\"] }, \
                { degree = \"bachelor\", min_months = 12 }], until = \"application\"";
    let told = |days| {
        let degrees = json!([{"level": "master", "awarded": "2019"}]);
        json!({"degrees": degrees, "experience": job_of(days)})
    };
    let table = [
        (told(182), "unmet"),
        (told(183), "not_told"),
        (told(364), "not_told"),
        (told(365), "met"),
    ];
    check_own(&[("qualification", rule)], &table);
}

#[test]
fn degrees_below_all_that_are_asked_leave_nothing_open() {
    let rule = r#"path = [{ degree = "bachelor", min_months = 6, fields = ["law"] }]"#;
    let school = json!({"level": "secondary"});
    let university = json!({"level": "bachelor"});
    let table = [
        (json!({"degrees": [school, school, school, school, school, school]}), "unmet"),
        (json!({"degrees": [school, university]}), "not_told"),
    ];
    check_own(&[("qualification", rule)], &table);
}

#[test]
fn two_conditions_that_no_answer_meets_shut_everybody_out() {
    let rules = [
        ("conditions", "fact = \"jersey_link\", is = true"),
        ("conditions", "fact = \"jersey_link\", is = false"),
    ];
    let (found, verdict) = ask_own(&rules, &json!({}));
    assert_eq!((found.as_str(), verdict), ("not_told, not_told", Verdict::Ineligible));
}

#[test]
fn two_degrees_in_different_fields_can_both_be_held() {
    let rules = [
        ("degree", "min = \"master\", fields = [\"law\"]"),
        ("degree", "min = \"master\", fields = [\"medicine\"]"),
    ];
    assert_eq!(ask_own(&rules, &json!({})).1, Verdict::Undetermined);
}

#[test]
fn two_jobs_with_different_employers_can_both_be_held() {
    let rules = [
        ("conditions", "employed_by = { employer = \"government\", country = \"DE\" }"),
        ("conditions", "employed_by = { employer = \"ngo\", country = \"FI\" }"),
    ];
    assert_eq!(ask_own(&rules, &json!({})).1, Verdict::Undetermined);
}

#[test]
fn an_answer_that_changes_no_disagreement_of_readings_is_not_asked_for() {
    let rule = "reading = [{ fact = \"jersey_link\", is = true }, \
                { fact = \"jersey_link\", is = false }]";
    check_own(&[("conditions", rule)], &[(json!({}), "readings_differ")]);
}

#[test]
fn a_condition_added_for_dual_nationals_asks_for_what_it_looks_at() {
    let rule = "national_of = [\"FI\"], if_also = { national_of = [\"DE\"], \
                resident_in = [\"FI\"], speaks = [{ language = \"sv\", level = \"C1\" }] }";
    let dual = json!(["DE", "FI"]);
    let lives = json!([{"country": "FI"}]);
    let speaks = json!([{"language": "sv", "level": "C2"}]);
    let table = [
        (json!({"nationalities": ["FI"]}), "met"),
        (json!({"nationalities": dual}), "not_told"),
        (json!({"nationalities": dual, "residences": lives}), "not_told"),
        (json!({"nationalities": dual, "languages": speaks}), "not_told"),
        (json!({"nationalities": dual, "residences": lives, "languages": speaks}), "met"),
        (json!({"nationalities": dual, "residences": []}), "unmet"),
    ];
    check_own(&[("nationality", rule)], &table);
}

#[test]
fn work_that_counts_by_half_at_most_can_lie_within_narrow_limits() {
    let rule = "min_months = 48, max_months = 60, counts_half = [\"employment\"], \
                not_counted = [\"self_employment\", \"un_volunteer\", \"internship\", \
                \"volunteering\", \"doctoral_research\", \"military\", \"casual\"]";
    check_own(&[("experience", rule)], &[(json!({}), "not_told")]);
}

#[test]
fn levels_that_stand_together_for_a_master_are_from_the_place_asked_for_too() {
    let rule = "min = \"master\", or_all = [\"bachelor\", \"postgraduate\"], \
                studied_in = [\"DE\"]";
    let told = |bachelor: &str, postgraduate: &str| {
        json!({"degrees": [
            {"level": "bachelor", "country": bachelor, "awarded": "2015"},
            {"level": "postgraduate", "country": postgraduate, "awarded": "2016"},
        ]})
    };
    let table = [
        (told("DE", "DE"), "met"),
        (told("DE", "BR"), "unmet"),
        (told("BR", "DE"), "unmet"),
        (told("BR", "BR"), "unmet"),
    ];
    check_own(&[("degree", rule)], &table);
}

#[test]
fn an_employer_that_is_not_told_is_asked_for_where_the_job_goes_on_that_day() {
    let rule = "employed_by = { employer = \"government\", country = \"DE\" }, \
                on = \"application\"";
    let told = |from: &str, to: &str| json!({"experience": [{"kind": "employment", "from": from, "to": to, "country": "DE"}]});
    let table = [
        (told("2020-01-01", "2026-11-21"), "unmet"),
        (told("2026-11-22", "2026-11-22"), "not_told"),
        (told("2026-11-23", "2026-12-31"), "unmet"),
    ];
    check_own(&[("conditions", rule)], &table);
}

#[test]
fn a_cause_that_an_answer_would_take_back_is_not_given() {
    // Who has the link meets the part on record and may miss the rest; who has not hangs on the
    // vacancy. Either way the outcome is unknown, so the answer is not asked for.
    let rule = "fact = \"jersey_link\", by_vacancy = true, incomplete = true";
    let told = |link: bool| json!({"facts": {"jersey_link": link}});
    let table =
        [(told(false), "by_vacancy"), (told(true), "not_on_record"), (json!({}), "not_on_record")];
    check_own(&[("conditions", rule)], &table);
}

#[test]
fn a_test_can_still_be_taken_before_a_call_that_is_years_ahead() {
    // The call on record that is next on this day opens on 2 February 2026.
    let asked = |told: &Value| outcome("jp-organisations", Part::Languages, "2021-07-01", told);
    assert!(asked(&json!({})).starts_with("not_told"));
    assert!(asked(&json!({"tests": []})).starts_with("unmet"));
}
