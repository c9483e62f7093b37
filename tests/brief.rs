//! What a screen shows hangs on no shortcut: not on how much was found of windows that it counts,
//! and not on how a way by one change was looked for.

use std::cell::Cell;

use chrono::NaiveDate;
use jpo_check::dataset::Dataset;
use jpo_check::engine::{self, Allowed, Candidate, How, Pace, Timelines, way_by_one_change};
use jpo_check::profile::Profile;
use jpo_check::render::{self, Width};
use jpo_check::report::{Ask, Detail, Report};
use jpo_check::rules::Window;

use crate::ask::interview::somebody;
use crate::properties::draws::Draws;
use crate::properties::{DAYS, day, for_all, read};

const CASES: u32 = 24;

/// Somebody who tells everything, or everything but a part.
fn anybody(d: &mut Draws<'_>, data: &Dataset, as_of: NaiveDate) -> Option<Profile> {
    let mut told = somebody(d, data);
    if d.chance(50) {
        let keys: Vec<String> = told.keys().cloned().collect();
        told.remove(&keys[d.below(keys.len())]);
    }
    read(&told, data, as_of)
}

#[test]
fn a_screen_shows_the_same_however_much_is_found_of_the_windows_that_are_shut() {
    let data = Dataset::embedded().unwrap();
    let windows: Vec<&Window> = data.windows.iter().collect();
    for_all(CASES, 300, |d| {
        let as_of = day(d.pick(DAYS));
        let Some(profile) = anybody(d, data, as_of) else { return };
        let candidate = Candidate::new(&profile, as_of);
        let ask = Ask::new(&candidate, as_of, Detail::Screen);
        let text = |report: Report| render::check(&report, false, Width::Columns(80));
        let days = (as_of, ask.horizon);
        let mut brief = engine::assess_in_brief(data, &windows, &candidate, days);
        let brief = Report::in_brief(data, ask, &mut brief);
        let found = engine::assess_all(data, &windows, &candidate, as_of);
        let brief = text(brief);
        for detail in [Detail::Screen, Detail::Whole] {
            let whole = Report::new(data, Ask::new(&candidate, as_of, detail), &found);
            assert_eq!(brief, text(whole), "{}", profile.to_json());
        }
    });
}

#[test]
fn the_way_by_one_change_is_the_first_such_among_all_ways() {
    let data = Dataset::embedded().unwrap();
    let seen = Cell::new(0);
    for_all(8 * CASES, 300, |d| {
        let as_of = day(d.pick(DAYS));
        let allowed = Allowed { nationality: d.chance(50), residence: d.chance(50) };
        let Some(profile) = read(&somebody(d, data), data, as_of) else { return };
        let candidate = Candidate::new(&profile, as_of);
        let horizon = Ask::new(&candidate, as_of, Detail::Screen).horizon;
        let mut timelines = Timelines::new(data, &candidate, as_of, horizon);
        for today in engine::check(data, &profile, as_of) {
            let is_untold = |finding: &engine::Finding<'_>| {
                finding.requirement.strength.decides() && !finding.missing.is_empty()
            };
            if today.verdict.is_open() || today.findings.iter().any(is_untold) {
                continue;
            }
            let (window, pace) = (today.window, Pace::default());
            let profile = &profile;
            let how = How { data, window, profile, as_of, horizon, pace, allowed, most: 1 };
            let found = way_by_one_change(how, &today, &mut timelines);
            let all = engine::ways(how).ways;
            let first =
                all.into_iter().find(|way| way.steps.len() == 1 && way.span.verdict.is_open());
            let told = |way: engine::Way<'_>| (way.steps, way.span.from, way.until);
            seen.set(seen.get() + usize::from(first.is_some()));
            let case = || format!("{} {}", window.id, profile.to_json());
            assert_eq!(found.map(told), first.map(told), "{}", case());
        }
    });
    assert!(seen.get() > 5, "only {} ways were compared", seen.get());
}

#[test]
fn windows_that_are_only_counted_are_shut_whatever_the_day_and_by_what_they_are_counted_under() {
    let data = Dataset::embedded().unwrap();
    let windows: Vec<&Window> = data.windows.iter().collect();
    let example = include_str!("../src/cli/init.json");
    let days = DAYS.iter().cycle().map(|text| day(text));
    let mut most = 0;
    for (country, as_of) in data.countries.list().iter().zip(days) {
        let mut profile = Profile::parse(example, "example", data, as_of).unwrap();
        profile.nationalities = Some(vec![country.code]);
        let candidate = Candidate::new(&profile, as_of);
        let horizon = Ask::new(&candidate, as_of, Detail::Screen).horizon;
        let brief = engine::assess_in_brief(data, &windows, &candidate, (as_of, horizon));
        let mut timelines = Timelines::new(data, &candidate, as_of, horizon);
        for (window, criterion) in &brief.shut {
            let today = engine::assess(data, window, &profile, as_of);
            let case = format!("{} for {} on {as_of}", window.id, country.name);
            assert_eq!(today.closed_by(), Some(*criterion), "{case}");
            assert_eq!(timelines.of(window).len(), 1, "{case}");
        }
        most = most.max(brief.shut.len());
    }
    assert!(most > windows.len() / 2, "only {most} windows were only counted");
}
