//! What must hold for any rules and any profile.

pub(crate) mod draws;
pub(crate) mod profiles;
pub(crate) mod rulesets;

use std::cell::Cell;

use chrono::NaiveDate;
use jpo_check::dataset::Dataset;
use jpo_check::engine::{self, Assessment, Cause, Outcome, Verdict};
use jpo_check::profile::Profile;
use jpo_check::rules::{Basis, Part, Requirement, Rule, Sponsorship, Strength, Window};
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde_json::{Map, Value, json};

use crate::naive;
use draws::Draws;
use profiles::{Names, SMALL, WIDE, profile, shuffled, tell_one_more};
use rulesets::{
    Loader, WindowText, Written, files, lenient_window, narrow_window, programme, window,
    with_single_readings,
};

/// Rule sets or profiles in one test; each rule set has several windows.
const CASES: u32 = 6;

/// Long enough for every case: behind the end of its tape a case is the simplest one.
pub(crate) const TAPE: usize = 40_000;

pub(crate) const DAYS: &[&str] =
    &["2026-11-22", "2026-11-25", "2024-02-29", "2026-12-31", "2027-02-15"];

/// Runs `property` on random tapes, the same ones every time.
pub(crate) fn for_all(cases: u32, length: usize, property: impl Fn(&mut Draws<'_>)) {
    let config = Config {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1961),
        max_shrink_iters: 200,
        ..Config::default()
    };
    let tape = vec(any::<u16>(), length..=length);
    let result = TestRunner::new(config).run(&tape, |tape| {
        property(&mut Draws::new(&tape));
        Ok(())
    });
    if let Err(error) = result {
        let text = error.to_string();
        panic!("{}", text.split("minimal failing input").next().unwrap_or_default());
    }
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Reads a profile; a random one can contradict itself, and is then left out.
pub(crate) fn read(told: &Map<String, Value>, data: &Dataset, as_of: NaiveDate) -> Option<Profile> {
    let text = Value::Object(told.clone()).to_string();
    Profile::parse(&text, "profile.json", data, as_of).ok()
}

fn outcomes<'d>(assessment: &Assessment<'d>) -> Vec<(&'d Requirement, Outcome, Option<Cause>)> {
    assessment.findings.iter().map(|f| (f.requirement, f.outcome, f.cause)).collect()
}

/// Small rule sets, several windows in each, since loading takes longer than asking.
pub(crate) struct Small {
    pub(crate) data: Dataset,
    pub(crate) windows: Vec<WindowText>,
}

impl Small {
    pub(crate) fn new(loader: &Loader, windows: Vec<WindowText>, usual: &[Written]) -> Self {
        Self { data: loader.load(&files(&windows, usual)), windows }
    }

    pub(crate) fn whole(loader: &Loader, d: &mut Draws<'_>, count: usize) -> Self {
        let usual = programme(d);
        Self::new(loader, (0..count).map(|_| window(d)).collect(), &usual)
    }

    pub(crate) fn window(&self, at: usize) -> &Window {
        self.data.window(&format!("w{at}")).unwrap()
    }

    /// What a failure has to show of a case.
    pub(crate) fn show(&self, at: usize, told: &Map<String, Value>, as_of: NaiveDate) -> String {
        let window = &self.windows[at];
        let rules = window.requirements.iter().map(|w| format!("{} = {{ {} }}", w.part, w.body));
        let rules: Vec<String> = rules.collect();
        let told = Value::Object(told.clone());
        format!("{}\n{}\n{told} as of {as_of}", rules.join("\n"), window.calls)
    }

    /// Holds the engine against the naive evaluator on every window, for several profiles; returns
    /// how many pairs had few enough completions.
    fn compare(&self, d: &mut Draws<'_>, profiles: usize) -> u32 {
        let mut compared = 0;
        for _ in 0..profiles {
            let (told, as_of) = small_case(d);
            let most = d.pick(&[300, 300, 300, 300, 300, 5000]);
            let Some(profile) = read(&told, &self.data, as_of) else { continue };
            for at in 0..self.windows.len() {
                let window = self.window(at);
                if let Some(expected) = naive::judge(&self.data, window, &profile, as_of, most) {
                    let assessment = engine::assess(&self.data, window, &profile, as_of);
                    agrees(&assessment, &expected, &self.show(at, &told, as_of));
                    compared += 1;
                }
            }
        }
        compared
    }
}

fn agrees(assessment: &Assessment<'_>, expected: &naive::Judgement, case: &str) {
    let found = outcomes(assessment);
    assert_eq!(found.len(), expected.outcomes.len(), "{case}");
    for (requirement, outcome, cause) in &expected.outcomes {
        let own = found.iter().find(|(known, _, _)| *known == requirement).unwrap();
        assert_eq!(
            (own.1, own.2),
            (*outcome, *cause),
            "the engine's on the left: {:?} {:?}\n{case}",
            requirement.part,
            requirement.readings
        );
    }
    assert_eq!(assessment.verdict, expected.verdict, "the engine's on the left\n{case}");
}

pub(crate) fn small_case(d: &mut Draws<'_>) -> (Map<String, Value>, NaiveDate) {
    let open = d.pick(&[0, 10, 25, 40]);
    (profile(d, &SMALL, open), day(d.pick(DAYS)))
}

#[test]
fn the_engine_agrees_with_the_naive_evaluator_on_whole_windows() {
    let loader = Loader::new();
    let compared = Cell::new(0);
    for_all(CASES, TAPE, |d| {
        let small = Small::whole(&loader, d, 12);
        compared.set(compared.get() + small.compare(d, 8));
    });
    assert!(compared.get() > 200, "only {} cases were small enough", compared.get());
}

#[test]
fn the_engine_agrees_with_the_naive_evaluator_on_each_part_of_the_vocabulary() {
    let parts: &[&[&'static str]] = &[
        &["nationality"],
        &["age"],
        &["degree"],
        &["experience"],
        &["qualification"],
        &["languages"],
        &["conditions"],
    ];
    agree_on(parts);
}

#[test]
fn the_engine_agrees_with_the_naive_evaluator_where_two_requirements_look_at_the_same_facts() {
    let pairs: &[&[&'static str]] = &[
        &["degree", "degree"],
        &["degree", "age"],
        &["degree", "nationality"],
        &["experience", "conditions"],
        &["experience", "experience"],
        &["conditions", "conditions"],
        &["age", "conditions"],
        &["age", "age"],
        &["nationality", "nationality"],
        &["nationality", "languages"],
        &["degree", "experience"],
        &["qualification", "conditions"],
    ];
    agree_on(pairs);
}

/// Compares on windows that ask for the parts listed and for nothing else.
fn agree_on(parts: &[&[&'static str]]) {
    let loader = Loader::new();
    let compared = Cell::new(0);
    for_all(CASES, TAPE, |d| {
        let windows = parts.iter().chain(parts).map(|parts| narrow_window(d, parts)).collect();
        let small = Small::new(&loader, windows, &[]);
        compared.set(compared.get() + small.compare(d, 12));
    });
    assert!(compared.get() > 500, "only {} cases were small enough", compared.get());
}

#[test]
fn telling_one_more_fact_never_changes_what_is_settled_by_small_rules() {
    let loader = Loader::new();
    for_all(CASES, TAPE, |d| {
        let small = Small::whole(&loader, d, 8);
        for at in 0..small.windows.len() {
            tell_more(d, &small.data, &[small.window(at)], &SMALL, 30);
        }
    });
}

#[test]
fn telling_one_more_fact_never_changes_what_is_settled_by_the_shipped_rules() {
    let data = Dataset::embedded().unwrap();
    for_all(CASES, 500, |d| {
        let windows = some_windows(d, data);
        tell_more(d, data, &windows, &WIDE, 40);
    });
}

pub(crate) fn some_windows<'d>(d: &mut Draws<'_>, data: &'d Dataset) -> Vec<&'d Window> {
    (0..10).map(|_| &data.windows[d.below(data.windows.len())]).collect()
}

/// Tells one fact after the other and looks at the windows each time.
fn tell_more(d: &mut Draws<'_>, data: &Dataset, windows: &[&Window], names: &Names, open: usize) {
    let as_of = day(d.pick(DAYS));
    let mut told = profile(d, names, open);
    let Some(known) = read(&told, data, as_of) else { return };
    let ask = |known: &Profile| -> Vec<Assessment<'_>> {
        windows.iter().map(|window| engine::assess(data, window, known, as_of)).collect()
    };
    let mut before = ask(&known);
    for _ in 0..3 {
        let Some(more) = tell_one_more(d, names, &told) else { return };
        let Some(known) = read(&more, data, as_of) else { return };
        let after = ask(&known);
        for (old, new) in before.iter().zip(&after) {
            stays_settled(old, new, &format!("as of {as_of}: {told:?}\nthen {more:?}"));
        }
        (told, before) = (more, after);
    }
}

fn stays_settled(old: &Assessment<'_>, new: &Assessment<'_>, case: &str) {
    let id = &old.window.id;
    if matches!(old.verdict, Verdict::Eligible | Verdict::Ineligible) {
        assert_eq!(old.verdict, new.verdict, "{id} {case}");
    }
    for (old, new) in old.findings.iter().zip(&new.findings) {
        if old.outcome != Outcome::Unknown {
            assert_eq!(old.outcome, new.outcome, "{id} {:?} {case}", old.requirement);
        }
    }
}

#[test]
fn the_order_of_what_is_told_changes_nothing_for_small_rules() {
    let loader = Loader::new();
    for_all(CASES, TAPE, |d| {
        let small = Small::whole(&loader, d, 10);
        for at in 0..small.windows.len() {
            let (told, as_of) = small_case(d);
            same_in_any_order(d, &small.data, &[small.window(at)], &told, as_of);
        }
    });
}

#[test]
fn the_order_of_what_is_told_changes_nothing_for_the_shipped_rules() {
    let data = Dataset::embedded().unwrap();
    for_all(2 * CASES, 500, |d| {
        let windows = some_windows(d, data);
        let told = profile(d, &WIDE, 20);
        let as_of = day(d.pick(DAYS));
        same_in_any_order(d, data, &windows, &told, as_of);
    });
}

fn same_in_any_order(
    d: &mut Draws<'_>,
    data: &Dataset,
    windows: &[&Window],
    told: &Map<String, Value>,
    as_of: NaiveDate,
) {
    let other = shuffled(d, told);
    let (Some(one), Some(two)) = (read(told, data, as_of), read(&other, data, as_of)) else {
        return;
    };
    for window in windows {
        let one = engine::assess(data, window, &one, as_of);
        let two = engine::assess(data, window, &two, as_of);
        assert_eq!(outcomes(&one), outcomes(&two), "{} {told:?} {other:?}", window.id);
        assert_eq!(one.verdict, two.verdict, "{} {told:?} {other:?}", window.id);
    }
}

#[test]
fn jobs_whose_ends_are_not_told_leave_the_same_open_in_either_order() {
    // In time, the employment alone can be within; with the internship it may be too much.
    let body = "by_vacancy = true, min_months = 1, max_months = 12, may_count = [\"internship\"]";
    let window = WindowText::of(&[("experience", body)]).asking_nothing_else();
    let data = Loader::new().load(&files(&[window], &[]));
    let employment = json!({ "kind": "employment", "from": "2026-09-05" });
    let internship = json!({ "kind": "internship", "from": "2025-03-06", "paid": false });
    for jobs in [json!([employment, internship]), json!([internship, employment])] {
        let told = json!({ "experience": jobs }).to_string();
        let profile = Profile::parse(&told, "me.json", &data, day("2026-11-22")).unwrap();
        let assessment =
            engine::assess(&data, data.window("w0").unwrap(), &profile, day("2026-11-22"));
        let experience =
            assessment.findings.iter().find(|f| f.requirement.part == Part::Experience);
        assert_eq!(experience.unwrap().cause, Some(Cause::NotTold), "{told}");
    }
}

#[test]
fn the_order_of_requirements_and_files_changes_no_outcome() {
    let loader = Loader::new();
    for_all(CASES, TAPE, |d| {
        let usual = programme(d);
        let windows: Vec<WindowText> = (0..4).map(|_| window(d)).collect();
        let reorder = |window: &WindowText| WindowText {
            requirements: d.shuffled(&window.requirements),
            calls: window.calls.clone(),
        };
        let reordered: Vec<WindowText> = windows.iter().map(reorder).collect();
        let mut reversed = files(&reordered, &d.shuffled(&usual));
        reversed.reverse();
        let (small, other) = (Small::new(&loader, windows, &usual), loader.load(&reversed));
        for at in 0..small.windows.len() {
            let (told, as_of) = small_case(d);
            let Some(profile) = read(&told, &small.data, as_of) else { continue };
            let answer = |data: &Dataset| {
                let window = data.window(&format!("w{at}")).unwrap();
                let assessment = engine::assess(data, window, &profile, as_of);
                // The line moves with the order; what is asked and answered does not.
                let found = assessment.findings.iter();
                let found = found
                    .map(|f| format!("{:?} {:?} {:?}", f.requirement.readings, f.outcome, f.cause));
                let mut found: Vec<String> = found.collect();
                found.sort();
                (assessment.verdict, found)
            };
            assert_eq!(answer(&small.data), answer(&other), "{}", small.show(at, &told, as_of));
        }
    });
}

#[test]
fn the_rules_in_the_program_answer_as_their_files_do() {
    let one = Dataset::embedded().unwrap();
    let two = Dataset::load(&Dataset::embedded_files()).unwrap();
    for_all(2, 300, |d| {
        let as_of = day(d.pick(DAYS));
        let told = profile(d, &WIDE, 20);
        let Some(profile) = read(&told, one, as_of) else { return };
        let answers = |data| format!("{:?}", engine::check(data, &profile, as_of));
        assert!(answers(one) == answers(&two), "{told:?} as of {as_of}");
    });
}

#[test]
fn who_tells_nothing_is_shut_out_by_inactive_sponsorship_alone() {
    let data = Dataset::embedded().unwrap();
    for as_of in ["2021-07-01", "2026-11-22"] {
        for assessment in engine::check(data, &Profile::default(), day(as_of)) {
            let inactive = assessment.findings.iter().any(|finding| {
                let state = Rule::Sponsorship(Sponsorship::Inactive);
                finding.requirement.readings.iter().any(|reading| reading.rule == state)
            });
            let shut = assessment.verdict == Verdict::Ineligible;
            assert_eq!(shut, inactive, "{} on {as_of}", assessment.window.id);
        }
    }
}

#[test]
fn who_is_eligible_is_so_by_the_windows_own_record_throughout() {
    let loader = Loader::new();
    let eligible = Cell::new(0);
    for_all(CASES, TAPE, |d| {
        let usual = programme(d);
        let windows = (0..15).map(|_| lenient_window(d)).collect();
        let small = Small::new(&loader, windows, &usual);
        for at in 0..small.windows.len() {
            let (told, as_of) = small_case(d);
            let Some(profile) = read(&told, &small.data, as_of) else { continue };
            let assessment = engine::assess(&small.data, small.window(at), &profile, as_of);
            eligible.set(eligible.get() + rests_on_its_own_record(&assessment));
        }
    });
    assert!(eligible.get() > 10, "only {} were eligible", eligible.get());
}

/// 1 for an eligible verdict, which it looks into; 0 for any other.
fn rests_on_its_own_record(assessment: &Assessment<'_>) -> u32 {
    if assessment.verdict != Verdict::Eligible {
        return 0;
    }
    let weighty = assessment.findings.iter().filter(|finding| {
        matches!(finding.requirement.strength, Strength::Required | Strength::Usual)
    });
    for finding in weighty {
        let found = (finding.outcome, finding.basis, finding.requirement.basis);
        assert_eq!(found, (Outcome::Met, Basis::Window, Basis::Window), "{}", assessment.window.id);
    }
    1
}

#[test]
fn any_profile_is_answered_by_every_shipped_window() {
    let data = Dataset::embedded().unwrap();
    for_all(CASES, 300, |d| {
        let as_of = day(d.pick(&["2026-11-22", "1999-12-31", "2024-02-29", "2150-06-01"]));
        let open = d.pick(&[0, 10, 20, 50]);
        let told = profile(d, &WIDE, open);
        let Some(profile) = read(&told, data, as_of) else { return };
        let assessments = engine::check(data, &profile, as_of);
        assert_eq!(assessments.len(), data.windows.len());
        for assessment in &assessments {
            rests_on_its_own_record(assessment);
            assert!(!assessment.findings.is_empty(), "{}", assessment.window.id);
        }
    });
}

#[test]
fn several_readings_are_met_where_each_alone_is_met_and_unmet_where_each_is_unmet() {
    let loader = Loader::new();
    let parts = ["nationality", "age", "degree", "experience", "languages", "conditions"];
    for_all(CASES, TAPE, |d| {
        let part = d.pick(&parts);
        // The first of every four or fewer windows has all readings, the others have one each.
        let groups: Vec<Vec<WindowText>> = (0..6)
            .map(|_| {
                let (several, single) = with_single_readings(d, part);
                let alone = |one: &Written| WindowText::of(&[(one.part, one.body.as_str())]);
                std::iter::once(&several).chain(&single).map(alone).collect()
            })
            .collect();
        let small = Small::new(&loader, groups.concat(), &[]);
        let mut next = 0;
        for group in &groups {
            let first = next;
            next += group.len();
            let (told, as_of) = small_case(d);
            let Some(profile) = read(&told, &small.data, as_of) else { continue };
            let found = |at: usize| {
                let assessment = engine::assess(&small.data, small.window(at), &profile, as_of);
                let own = assessment.findings.iter().find(|f| f.requirement.part.word() == part);
                own.unwrap().outcome
            };
            let each: Vec<Outcome> = (first + 1..first + group.len()).map(found).collect();
            let agreed = each.iter().all(|outcome| *outcome == each[0]);
            let expected = if agreed { each[0] } else { Outcome::Unknown };
            assert_eq!(found(first), expected, "{}", small.show(first, &told, as_of));
        }
    });
}
