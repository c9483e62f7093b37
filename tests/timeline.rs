//! Until when, from when: timelines against checks on every single day.

mod boundaries;

use std::cell::Cell;

use chrono::{Days, NaiveDate};
use jpo_check::dataset::Dataset;
use jpo_check::engine::{self, Candidate, Span, Timelines, Until, Verdict};
use jpo_check::profile::Profile;
use jpo_check::rules::Window;
use serde_json::{Map, Value, json};

use crate::properties::draws::Draws;
use crate::properties::profiles::{SMALL, WIDE, profile};
use crate::properties::rulesets::{Loader, lenient_window, narrow_window};
use crate::properties::{DAYS, Small, TAPE, day, for_all, read, some_windows};

/// Random windows with a random profile in one test.
const CASES: u32 = 4;

fn horizon(from: NaiveDate, years: u64) -> NaiveDate {
    from + Days::new(365 * years)
}

/// The timeline as a text, a line for each span.
fn spans(found: &[Span<'_>]) -> Vec<(NaiveDate, Option<NaiveDate>, Verdict)> {
    found.iter().map(|span| (span.from, span.to, span.verdict)).collect()
}

/// The obviously right timeline: a check on every day.
fn day_by_day(
    data: &Dataset,
    window: &Window,
    profile: &Profile,
    from: NaiveDate,
    until: NaiveDate,
) -> Vec<(NaiveDate, Option<NaiveDate>, Verdict)> {
    let mut found: Vec<(NaiveDate, Option<NaiveDate>, Verdict)> = Vec::new();
    for day in from.iter_days().take_while(|day| *day <= until) {
        let verdict = engine::assess(data, window, profile, day).verdict;
        if found.last().is_none_or(|(_, _, last)| *last != verdict) {
            if let Some(last) = found.last_mut() {
                last.1 = day.pred_opt();
            }
            found.push((day, None, verdict));
        }
    }
    found
}

/// Compares one timeline, both as it is asked for and as it continues a check; returns how often
/// the verdict changes.
fn agrees(
    data: &Dataset,
    window: &Window,
    profile: &Profile,
    (from, until): (NaiveDate, NaiveDate),
    case: &dyn Fn() -> String,
) -> usize {
    let candidate = Candidate::new(profile, from);
    let today = engine::assess(data, window, profile, from);
    let mut timelines = Timelines::new(data, &candidate, from, until);
    let found = timelines.of(window);
    let expected = day_by_day(data, window, profile, from, until);
    assert_eq!(spans(&found), expected, "the timeline on the left, {}: {}", window.id, case());
    let mut timelines = Timelines::new(data, &candidate, from, until);
    let continued = timelines.continued(&today, Until::Horizon);
    assert_eq!(spans(&continued), expected, "{}: {}", window.id, case());
    let mut next = spans(&timelines.continued(&today, Until::Next));
    let expected_next = &expected[..next.len()];
    // How long the last one lasts was not looked for.
    next.last_mut().unwrap().1 = expected_next.last().unwrap().1;
    assert_eq!(next, expected_next, "{}: {}", window.id, case());
    for span in found.iter().skip(1) {
        assert!(!span.because.is_empty(), "{} {} {}", window.id, span.from, case());
    }
    expected.len() - 1
}

#[test]
fn every_span_of_the_shipped_windows_is_that_of_a_check_on_every_day() {
    let data = Dataset::embedded().unwrap();
    let changes = Cell::new(0);
    for_all(2 * CASES, 500, |d| {
        let as_of = day(d.pick(DAYS));
        let until = horizon(as_of, d.pick(&[4, 4, 15]));
        for window in some_windows(d, data).into_iter().take(4) {
            let told = nearly_fitting(d, window);
            let Some(profile) = read(&told, data, as_of) else { continue };
            let case = || format!("{told:?} from {as_of} to {until}");
            let found = agrees(data, window, &profile, (as_of, until), &case);
            changes.set(changes.get() + found);
        }
    });
    assert!(changes.get() > 6, "only {} changes", changes.get());
}

#[test]
fn every_span_of_small_rules_is_that_of_a_check_on_every_day() {
    let loader = Loader::new();
    let changes = Cell::new(0);
    for_all(CASES, TAPE, |d| {
        let windows = (0..20).map(|_| lenient_window(d)).collect();
        let small = Small::new(&loader, windows, &[]);
        for _ in 0..4 {
            changes.set(changes.get() + small_agrees(d, &small, 4));
        }
    });
    assert!(changes.get() > 6, "only {} changes", changes.get());
}

#[test]
fn every_span_of_each_part_of_the_vocabulary_is_that_of_a_check_on_every_day() {
    let parts: &[&[&'static str]] = &[
        &["nationality"],
        &["age"],
        &["degree"],
        &["experience"],
        &["qualification"],
        &["languages"],
        &["conditions"],
        &["degree", "experience"],
        &["age", "age"],
    ];
    let loader = Loader::new();
    let changes = Cell::new(0);
    for_all(CASES, TAPE, |d| {
        let windows = parts.iter().chain(parts).map(|parts| narrow_window(d, parts)).collect();
        let small = Small::new(&loader, windows, &[]);
        for _ in 0..4 {
            changes.set(changes.get() + small_agrees(d, &small, 8));
        }
    });
    assert!(changes.get() > 10, "only {} changes", changes.get());
}

#[test]
fn who_does_not_tell_a_nationality_is_answered_as_by_a_check_whoever_joins_or_leaves_a_group() {
    let data = Dataset::embedded().unwrap();
    let (from, until) = (day("2026-11-20"), day("2036-11-20"));
    let told = json!({
        "birth_date": "1996-04-12", "residences": [], "tests": [], "languages": [
        {"language": "en", "level": "C2"}, {"language": "fr", "level": "C2"}],
        "degrees": [{"level": "master", "field": "law", "country": "FR", "awarded": "2021-07-15"}],
        "experience": [{"kind": "employment", "from": "2024-01-01", "to": null, "paid": true,
        "country": "FR", "employer": "other"}],
    });
    let profile = read(told.as_object().unwrap(), data, from).unwrap();
    let candidate = Candidate::new(&profile, from);
    let turns =
        data.groups.values().flat_map(|group| &group.members).flat_map(|(_, member)| {
            member.from.into_iter().chain(member.leaves.map(|(day, _)| day))
        });
    let around = |day: NaiveDate| [day.pred_opt(), Some(day)].into_iter().flatten();
    let mut days: Vec<NaiveDate> = turns.flat_map(around).collect();
    days.extend(
        (2027..2037).filter_map(|year| NaiveDate::from_ymd_opt(year, 1, 1)).flat_map(around),
    );
    days.retain(|day| from <= *day && *day <= until);
    days.sort_unstable();
    days.dedup();
    for id in ["it-developing", "nl-dc", "be-dc", "be-nationals-eu", "oif-nationals"] {
        let Some(window) = data.window(id) else { continue };
        let spans = Timelines::new(data, &candidate, from, until).of(window);
        for day in &days {
            let span = spans.iter().rfind(|span| span.from <= *day).unwrap();
            let checked = engine::assess(data, window, &profile, *day).verdict;
            assert_eq!(span.verdict, checked, "{id} on {day}");
        }
    }
}

/// A random profile of somebody whom `window` takes at one time or another, most likely.
fn nearly_fitting(d: &mut Draws<'_>, window: &Window) -> Map<String, Value> {
    let open = d.pick(&[0, 10, 30]);
    let mut told = profile(d, &WIDE, open);
    let own = window.donors.first().map_or("DE", |code| code.as_str());
    let own = if own.len() == 2 { own } else { "BD" };
    told.insert("nationalities".to_owned(), json!([d.pick(&[own, own, own, "NP", "BD"])]));
    let every = ["en", "fr", "es", "ar", "ru", "zh", "de", "it", "ja", "ko", "sv", "nl", "da"];
    let fluent = every.map(|code| json!({ "language": code, "level": "C2" }));
    told.insert("languages".to_owned(), json!(fluent));
    let (year, month) = (d.between(2019, 2028), d.between(1, 12));
    let awarded = d
        .pick(&[format!("{year}-{month:02}-17").as_str(), &format!("{year}-{month:02}")])
        .to_owned();
    told.insert("degrees".to_owned(), json!([{ "level": "master", "awarded": awarded }]));
    let begun = format!("{}-{:02}-03", d.between(2020, 2026), d.between(1, 10));
    let share = d.pick(&[1.0, 0.5, 0.8]);
    let job = json!({ "kind": "employment", "from": begun, "to": null, "share": share });
    let other = json!({ "kind": "internship", "from": "2021-03", "to": "2021-09-30" });
    told.insert("experience".to_owned(), d.pick(&[&json!([job]), &json!([other, job])]).clone());
    told
}

/// Compares every window for a random profile over some years.
fn small_agrees(d: &mut Draws<'_>, small: &Small, years: u64) -> usize {
    let mut changes = 0;
    for at in 0..small.windows.len() {
        // What is told in part is walked through cell by cell on every day.
        let (open, years) = d.pick(&[(0, years), (0, years), (10, 1)]);
        let (told, as_of) = (profile(d, &SMALL, open), day(d.pick(DAYS)));
        let Some(profile) = read(&told, &small.data, as_of) else { continue };
        // Lists that are not told have very many cells, too many to walk through every day.
        let today = engine::assess(&small.data, small.window(at), &profile, as_of);
        let missing: usize = today.findings.iter().map(|finding| finding.missing.len()).sum();
        let listed = [
            profile.nationalities.is_some(),
            profile.degrees.is_some(),
            profile.experience.is_some(),
        ];
        if missing > 1 || listed.contains(&false) {
            continue;
        }
        let until = horizon(as_of, years);
        let case = || format!("{} to {until}", small.show(at, &told, as_of));
        changes += agrees(&small.data, small.window(at), &profile, (as_of, until), &case);
    }
    changes
}
