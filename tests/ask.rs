//! What matters, what is settled, and the interview.

pub(crate) mod interview;
mod pipe;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use chrono::NaiveDate;
use jpo_check::dataset::Dataset;
use jpo_check::engine::{self, Candidate, Verdict};
use jpo_check::profile::Profile;
use jpo_check::rules::{Rule, Window};
use serde_json::{Map, Value, json};

use crate::naive;
use crate::properties::draws::{self, Draws};
use crate::properties::profiles::{self, SMALL, tell_one_more};
use crate::properties::rulesets::{Loader, narrow_window};
use crate::properties::{DAYS, Small, TAPE, day, for_all, read, small_case};
use interview::{Order, every_path, interview, outlook, somebody};

const CASES: u32 = 6;

/// The part of a profile that a path leads into.
fn part(path: &str) -> String {
    path.split('[').next().unwrap().to_owned()
}

fn parts_that_matter(
    data: &Dataset,
    window: &Window,
    profile: &Profile,
    as_of: NaiveDate,
) -> BTreeSet<String> {
    let outlook = outlook(data, &[window], profile, as_of);
    outlook.matters.iter().map(|matter| part(&matter.path)).collect()
}

/// Shows what matters to small windows, by exhaustive completion and by the engine; returns how
/// many windows had few enough completions.
fn compare(
    parts: &[&[&'static str]],
    hold: impl Fn(&BTreeSet<String>, &BTreeSet<String>, &str),
) -> u32 {
    let loader = Loader::new();
    let compared = Cell::new(0);
    for_all(CASES, TAPE, |d| {
        let narrow = parts.iter().map(|parts| narrow_window(d, parts)).collect();
        for small in [Small::new(&loader, narrow, &[]), Small::whole(&loader, d, 8)] {
            for _ in 0..10 {
                let (told, as_of) = small_case(d);
                let Some(profile) = read(&told, &small.data, as_of) else { continue };
                for at in 0..small.windows.len() {
                    let window = small.window(at);
                    let truth = naive::parts_that_matter(&small.data, window, &profile, as_of, 400);
                    let Some(truth) = truth else { continue };
                    let truth = truth.iter().map(ToString::to_string).collect();
                    let found = parts_that_matter(&small.data, window, &profile, as_of);
                    hold(&truth, &found, &small.show(at, &told, as_of));
                    compared.set(compared.get() + 1);
                }
            }
        }
    });
    compared.get()
}

fn is_few(part: &&'static str) -> bool {
    !["degree", "experience", "qualification"].contains(part)
}

const PARTS: &[&[&str]] = &[
    &["nationality"],
    &["nationality", "languages"],
    &["nationality", "nationality"],
    &["languages"],
    &["languages", "languages"],
    &["age", "conditions"],
    &["age", "degree"],
    &["conditions", "conditions"],
    &["degree", "nationality"],
    &["degree", "experience"],
    &["experience"],
    &["qualification"],
];

#[test]
fn what_is_settled_changes_no_verdict_in_any_completion() {
    let compared = compare(PARTS, |truth, found, case| {
        assert!(truth.is_subset(found), "{truth:?} matter, found {found:?}\n{case}");
    });
    assert!(compared > 300, "only {compared} cases were small enough");
}

#[test]
fn what_matters_changes_a_verdict_in_some_completion() {
    let checked = Cell::new(0);
    // Degrees and jobs come in any number: what is asked beside them is taken to matter.
    let without: Vec<&[&'static str]> =
        PARTS.iter().copied().filter(|parts| parts.iter().all(is_few)).collect();
    compare(&without.repeat(4), |truth, found, case| {
        if !found.contains("degrees") && !found.contains("experience") {
            assert!(found.is_subset(truth), "{truth:?} matter, found {found:?}\n{case}");
            checked.set(checked.get() + u32::from(!found.is_empty()));
        }
    });
    assert!(checked.get() > 50, "only {} cases had something that matters", checked.get());
}

#[test]
fn telling_what_is_settled_changes_no_verdict_of_the_shipped_rules() {
    let data = Dataset::embedded().unwrap();
    let told_parts = Cell::new(0);
    for_all(CASES, 600, |d| {
        let as_of = day(d.pick(DAYS));
        let full = somebody(d, data);
        let Some(full) = read(&full, data, as_of) else { return };
        let mut told = Profile::default();
        for path in d.some(&every_path(data).iter().map(|p| &**p).collect::<Vec<_>>(), 2, 8) {
            interview::tell(&mut told, &full, path);
        }
        let verdicts = |profile: &Profile| -> Vec<Verdict> {
            engine::check(data, profile, as_of).iter().map(|a| a.verdict).collect()
        };
        let windows: Vec<&Window> = data.windows.iter().collect();
        let settled = outlook(data, &windows, &told, as_of).settled;
        let before = verdicts(&told);
        for path in settled {
            let mut more = told.clone();
            interview::tell(&mut more, &full, &path);
            assert_eq!(before, verdicts(&more), "{path} of {}", full.to_json());
            told_parts.set(told_parts.get() + 1);
        }
    });
    assert!(told_parts.get() > 10, "only {} parts were settled", told_parts.get());
}

#[test]
fn a_nationality_settles_a_window_as_often_as_a_country_does_that_is_told() {
    let data = Dataset::embedded().unwrap();
    let asks_for_a_group = |window: &&Window| {
        let rules = window.requirements.iter().flat_map(|r| &r.readings).map(|r| &r.rule);
        rules.into_iter().any(|rule| match rule {
            Rule::Nationality(rule) => rule.branches.iter().any(|one| !one.in_group.is_empty()),
            _ => false,
        })
    };
    let windows: Vec<&Window> = data.windows.iter().filter(asks_for_a_group).collect();
    let as_of = day("2026-11-22");
    let told = json!({
        "birth_date": "1998-01-11",
        "degrees": [{"level": "master", "field": "economics", "awarded": "2020-02-15"}],
        "experience": [{"kind": "employment", "from": "2021-05-01", "to": "2026-04-18"}],
        "languages": [{"language": "en", "level": "C1"}]
    });
    let told = told.as_object().unwrap();
    let asked = |told: &Map<String, Value>| {
        outlook(data, &windows, &read(told, data, as_of).unwrap(), as_of).matters
    };
    let matters = asked(told);
    let matter = matters.iter().find(|matter| matter.path == "nationalities").unwrap();
    let countries = data.countries.list().iter().map(|country| country.code);
    let settled: Vec<f64> = countries
        .map(|country| {
            let mut told = told.clone();
            told.insert("nationalities".to_owned(), json!([country]));
            let open: BTreeSet<&str> =
                asked(&told).iter().flat_map(|m| &m.windows).map(|window| &*window.id).collect();
            let settled = matter.windows.iter().filter(|window| !open.contains(&*window.id));
            settled.map(|_| 1.0).sum()
        })
        .collect();
    let share = settled.iter().sum::<f64>() / settled.iter().map(|_| 1.0).sum::<f64>();
    assert!((matter.settles - share).abs() < 1e-9, "{} is not {share}", matter.settles);
}

#[test]
fn telling_whatever_else_first_leaves_small_certificates_right() {
    let loader = Loader::new();
    for_all(CASES, TAPE, |d| {
        let small = Small::whole(&loader, d, 8);
        for at in 0..small.windows.len() {
            let (told, as_of) = small_case(d);
            stays_settled(d, &small, at, told, as_of);
        }
    });
}

/// Tells one fact after the other: what was settled before makes no difference when it is told.
fn stays_settled(
    d: &mut Draws<'_>,
    small: &Small,
    at: usize,
    mut told: Map<String, Value>,
    as_of: NaiveDate,
) {
    let window = small.window(at);
    let Some(profile) = read(&told, &small.data, as_of) else { return };
    let mattered = parts_that_matter(&small.data, window, &profile, as_of);
    let verdict = |profile: &Profile| engine::assess(&small.data, window, profile, as_of).verdict;
    let mut before = verdict(&profile);
    for _ in 0..5 {
        let Some(more) = tell_one_more(d, &SMALL, &told) else { return };
        let Some(profile) = read(&more, &small.data, as_of) else { return };
        let after = verdict(&profile);
        let changed = |key: &String| match (told.get(key), more.get(key)) {
            (Some(Value::Object(one)), Some(Value::Object(two))) => {
                let new = two.keys().find(|fact| !one.contains_key(*fact));
                new.map(|fact| format!("facts.{fact}"))
            }
            (one, two) => (one != two).then(|| key.clone()),
        };
        let part = more.keys().find_map(changed).unwrap();
        if !mattered.contains(&part) {
            let case = small.show(at, &told, as_of);
            assert_eq!(before, after, "{part} was settled\n{case}\n{more:?}");
        }
        (told, before) = (more, after);
    }
}

#[test]
fn an_interview_ends_with_the_verdicts_of_the_full_profile_after_far_fewer_questions() {
    let data = Dataset::embedded().unwrap();
    let as_of = day("2026-11-22");
    let counts: RefCell<Vec<(usize, usize)>> = RefCell::default();
    for_all(2 * CASES, 300, |d| {
        let full = somebody(d, data);
        let Some(full) = read(&full, data, as_of) else { return };
        let best = interview(data, &full, as_of, Order::Best);
        let fixed = interview(data, &full, as_of, Order::Fixed);
        for told in [&best.told, &fixed.told] {
            let candidate = Candidate::new(told, as_of);
            let windows: Vec<&Window> = data.windows.iter().collect();
            let ended = engine::assess_all(data, &windows, &candidate, as_of);
            for (ended, whole) in ended.iter().zip(engine::check(data, &full, as_of)) {
                assert_eq!(ended.verdict, whole.verdict, "{} {}", whole.window.id, full.to_json());
            }
        }
        assert!(best.effort < fixed.effort, "{} against {}", best.effort, fixed.effort);
        counts.borrow_mut().push((best.questions, fixed.questions));
    });
    let counts = counts.into_inner();
    let best: usize = counts.iter().map(|(best, _)| best).sum();
    let fixed: usize = counts.iter().map(|(_, fixed)| fixed).sum();
    assert!(4 * best < 3 * fixed, "{best} questions against {fixed}: {counts:?}");
}
