//! Verdicts of many profiles: the tables in front of the engine against the engine itself.

use std::cell::Cell;

use chrono::NaiveDate;
use jpo_check::dataset::Dataset;
use jpo_check::engine::{
    self, Assessment, CRITERIA, ENTRIES, Outcome, Screen, Screened, Sets, Verdict,
};
use jpo_check::profile::Profile;
use jpo_check::rules::{Strength, Window};
use jpo_check::vocabulary::Words;
use serde_json::json;

use crate::properties::draws::Draws;
use crate::properties::profiles::{SMALL, WIDE, profile};
use crate::properties::rulesets::{
    Loader, WindowText, files, lenient_window, narrow_window, programme,
};
use crate::properties::{DAYS, Small, TAPE, day, for_all, read};

/// Random rule sets in one test; each is asked about many people by the same tables.
const CASES: u32 = 4;
const PEOPLE: usize = 60;

/// What a check says of a window: its verdict, and the criteria with a required requirement unmet,
/// none behind an unmet entry.
fn checked(assessment: &Assessment<'_>) -> (Verdict, [bool; CRITERIA]) {
    let mut unmet = [false; CRITERIA];
    for finding in &assessment.findings {
        let required = finding.requirement.strength == Strength::Required;
        if required && finding.outcome == Outcome::Unmet {
            unmet[finding.requirement.part.criterion() as usize] = true;
        }
    }
    if let Some(first) = ENTRIES.into_iter().find(|entry| unmet[*entry as usize]) {
        unmet.fill(false);
        unmet[first as usize] = true;
    }
    (assessment.verdict, unmet)
}

/// What the tables say of the window at `at`.
fn screened(found: &Screened, at: usize) -> (Verdict, [bool; CRITERIA]) {
    let Sets { verdicts, unmet } = found.sets[at / 64];
    let is_in = |set: u64| set >> (at % 64) & 1 == 1;
    let verdicts = Verdict::WORDS.iter().zip(verdicts).filter(|(_, set)| is_in(*set));
    let verdicts: Vec<Verdict> = verdicts.map(|((_, verdict), _)| *verdict).collect();
    assert_eq!(verdicts.len(), 1, "a window has one verdict");
    (verdicts[0], unmet.map(is_in))
}

fn agrees(
    screen: &mut Screen<'_>,
    data: &Dataset,
    profile: &Profile,
    as_of: NaiveDate,
    case: &dyn Fn(usize) -> String,
) {
    let windows: Vec<&Window> = screen.windows().to_vec();
    let found = screen.screen(profile).clone();
    let assessments: Vec<Assessment<'_>> =
        windows.iter().map(|window| engine::assess(data, window, profile, as_of)).collect();
    for (at, assessment) in assessments.iter().enumerate() {
        let expected = checked(assessment);
        assert_eq!(screened(&found, at), expected, "the tables on the left\n{}", case(at));
    }
    assert_eq!(Screened::of(assessments.iter()), found, "the assessments as sets on the left");
}

/// Holds one set of tables against the engine for person after person.
fn agree_on(small: &Small, d: &mut Draws<'_>) -> usize {
    let as_of = day(d.pick(DAYS));
    let windows: Vec<&Window> = (0..small.windows.len()).map(|at| small.window(at)).collect();
    let mut screen = Screen::new(&small.data, &windows, as_of);
    let mut compared = 0;
    for _ in 0..PEOPLE {
        let open = d.pick(&[0, 10, 25, 40]);
        let told = profile(d, &SMALL, open);
        let Some(profile) = read(&told, &small.data, as_of) else { continue };
        agrees(&mut screen, &small.data, &profile, as_of, &|at| small.show(at, &told, as_of));
        compared += 1;
    }
    compared
}

#[test]
fn the_tables_agree_with_the_engine_on_whole_windows() {
    let loader = Loader::new();
    let compared = Cell::new(0);
    for_all(CASES, TAPE, |d| {
        let small = Small::whole(&loader, d, 8);
        compared.set(compared.get() + agree_on(&small, d));
    });
    assert!(compared.get() > 100, "only {} people were compared", compared.get());
}

#[test]
fn the_tables_agree_with_the_engine_on_windows_that_many_people_can_enter() {
    let loader = Loader::new();
    for_all(CASES, TAPE, |d| {
        let usual = programme(d);
        let windows = (0..8).map(|_| lenient_window(d)).collect();
        agree_on(&Small::new(&loader, windows, &usual), d);
    });
}

#[test]
fn the_tables_agree_with_the_engine_on_each_part_of_the_vocabulary() {
    let parts: &[&[&'static str]] = &[
        &["nationality"],
        &["age"],
        &["degree"],
        &["experience"],
        &["qualification"],
        &["languages"],
        &["conditions"],
    ];
    agree_on_parts(parts);
}

#[test]
fn the_tables_agree_with_the_engine_where_two_requirements_look_at_the_same_facts() {
    let pairs: &[&[&'static str]] = &[
        &["degree", "degree"],
        &["degree", "age"],
        &["degree", "nationality"],
        &["experience", "conditions"],
        &["experience", "experience"],
        &["conditions", "conditions"],
        &["age", "conditions"],
        &["nationality", "languages"],
        &["degree", "experience"],
        &["qualification", "conditions"],
        &["languages", "languages"],
    ];
    agree_on_parts(pairs);
}

fn agree_on_parts(parts: &[&[&'static str]]) {
    let loader = Loader::new();
    for_all(CASES, TAPE, |d| {
        let windows: Vec<WindowText> = parts.iter().map(|parts| narrow_window(d, parts)).collect();
        agree_on(&Small::new(&loader, windows, &[]), d);
    });
}

#[test]
fn the_tables_agree_with_the_engine_on_the_shipped_windows() {
    let data = Dataset::embedded().unwrap();
    let windows: Vec<&Window> = data.windows.iter().collect();
    for as_of in ["2026-11-22", "2027-02-15"] {
        let as_of = day(as_of);
        let mut screen = Screen::new(data, &windows, as_of);
        for_all(40, 400, |d| {
            let open = d.pick(&[0, 10, 20]);
            let told = profile(d, &WIDE, open);
            let Some(profile) = read(&told, data, as_of) else { return };
            let case = |at: usize| format!("{} {told:?} as of {as_of}", windows[at].id);
            // Each case has tables of its own, so that a failing one can be made smaller.
            agrees(&mut screen.clone(), data, &profile, as_of, &case);
        });
        for n in 0..300 {
            let text = crate::cohort::profile(7, n);
            let profile = Profile::parse(&text, "profile", data, as_of).unwrap();
            let case = |at: usize| format!("{} {text} as of {as_of}", windows[at].id);
            agrees(&mut screen, data, &profile, as_of, &case);
        }
    }
}

#[test]
fn people_with_a_hundred_jobs_are_answered_as_the_engine_answers_them() {
    let data = Dataset::embedded().unwrap();
    let windows: Vec<&Window> = data.windows.iter().collect();
    let as_of = day("2026-11-22");
    let all_at_once = |_| r#"{"kind":"employment","from":"2020-01-01","to":"2024-01-01"}"#.into();
    let one_meets_all = |n: u32| match n {
        0 => r#"{"kind":"employment","from":"1996-01-01","to":"2024-01-01"}"#.into(),
        n => {
            let (year, month, day) = (1996 + n % 28, 1 + n / 28 % 12, 1 + n / 336 * 2);
            let on = format!("{year}-{month:02}-{day:02}");
            format!(r#"{{"kind":"internship","from":"{on}","to":"{on}"}}"#)
        }
    };
    for job in [&all_at_once as &dyn Fn(u32) -> String, &one_meets_all] {
        let jobs: Vec<String> = (0..100).map(job).collect();
        let text = format!(
            r#"{{"nationalities":["BD"],"birth_date":"1980-01-01","experience":[{}]}}"#,
            jobs.join(",")
        );
        let profile = Profile::parse(&text, "profile", data, as_of).unwrap();
        let case = |at: usize| windows[at].id.to_string();
        agrees(&mut Screen::new(data, &windows, as_of), data, &profile, as_of, &case);
    }
}

#[test]
fn work_that_may_still_go_on_counts_up_to_days_years_ahead() {
    // The call opens three years after the day of the question, and which day counts is not said.
    let rules = [("experience", "min_months = 12")];
    let calls = "[[window.call]]\nopens = 2027-02-01\ncloses = 2027-03-03\nsource = \"s\"";
    let window = WindowText { calls: calls.to_owned(), ..WindowText::of(&rules) };
    let data = Loader::new().load(&files(&[window.asking_nothing_else()], &[]));
    let windows: Vec<&Window> = data.windows.iter().collect();
    let as_of = day("2024-02-29");
    let told = json!({ "experience": [{ "kind": "employment", "from": "2026-03-26" }] });
    let profile = Profile::parse(&told.to_string(), "me.json", &data, as_of).unwrap();
    let assessment = engine::assess(&data, windows[0], &profile, as_of);
    assert_eq!(assessment.verdict, Verdict::Undetermined);
    agrees(&mut Screen::new(&data, &windows, as_of), &data, &profile, as_of, &|_| String::new());
}
