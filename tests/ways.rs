//! Ways in: the search against trying every set of changes.

mod boundaries;
mod every_change;

use std::cell::Cell;

use chrono::{Days, NaiveDate};
use jpo_check::engine::{
    self, Allowed, Cause, Finding, How, Obstacle, Outcome, Pace, Verdict, Way, Ways,
};
use jpo_check::explain::edit;
use jpo_check::profile::{Edit, Edits, Profile};
use jpo_check::rules::Requirement;
use serde_json::Value;

use crate::properties::draws::Draws;
use crate::properties::profiles::{SMALL, profile};
use crate::properties::rulesets::{Loader, lenient_window, narrow_window};
use crate::properties::{DAYS, Small, TAPE, day, for_all, read};
use every_change::{Case, Change, sets};

/// The most changes in one way.
const MOST: usize = 3;
/// Windows with more changes than this have too many sets of them.
const MOST_CHANGES: usize = 11;

/// Months to a degree that fit into the time that is looked at, the higher the longer.
const PACE: Pace = Pace { share: 1000, months_to_degree: [2, 3, 4, 6, 9] };

/// Random windows with a random profile in one test.
const CASES: u32 = 10;

/// How many ways have been looked at, and how many windows have none.
#[derive(Default)]
struct Seen {
    cases: Cell<usize>,
    ways: Cell<usize>,
    in_doubt: Cell<usize>,
    shut: Cell<usize>,
}

fn add(cell: &Cell<usize>, count: usize) {
    cell.set(cell.get() + count);
}

fn asked<'a, 'd>(case: &Case<'d>, profile: &'a Profile) -> How<'a, 'd> {
    let Case { data, window, as_of, horizon, pace, allowed, .. } = *case;
    How { data, window, profile, as_of, horizon, pace, allowed, most: MOST }
}

/// The first open day for each number of changes that opens earlier than fewer do.
fn front(case: &Case<'_>, all: &[Vec<&Change>]) -> Vec<(usize, NaiveDate)> {
    let mut found: Vec<(usize, NaiveDate)> = Vec::new();
    for set in all {
        let best = found.last().map(|(_, first)| *first);
        if best == Some(case.as_of) {
            break;
        }
        let spans = case.spans(&case.with(set)).into_iter();
        let first = spans.filter(|span| span.verdict.is_open()).map(|span| span.from).min();
        if let Some(first) = first.filter(|first| best.is_none_or(|best| *first < best)) {
            found.retain(|(count, _)| *count < set.len());
            found.push((set.len(), first));
        }
    }
    found
}

fn front_of(ways: &[Way<'_>]) -> Vec<(usize, NaiveDate)> {
    let mut front: Vec<_> = ways.iter().map(|way| (way.steps.len(), way.span.from)).collect();
    front.dedup();
    front
}

/// Whether what a finding leaves in doubt can only be settled by the donor.
fn is_well_or_in_doubt(finding: &Finding<'_>) -> bool {
    let doubt = [Some(Cause::ReadingsDiffer), Some(Cause::NotOnRecord)].contains(&finding.cause);
    finding.is_well() || (finding.outcome == Outcome::Unknown && doubt)
}

/// Allows what is well, and `doubts` to be in doubt.
fn allows<'d>(doubts: &[&Requirement]) -> impl Fn(&Finding<'d>) -> bool {
    |finding| {
        let may_be_in_doubt = doubts.iter().any(|one| std::ptr::eq(*one, finding.requirement));
        finding.is_well() || (may_be_in_doubt && is_well_or_in_doubt(finding))
    }
}

fn holds_back<'d>(
    case: &Case<'d>,
    profile: &Profile,
    day: NaiveDate,
    allows: impl Fn(&Finding<'d>) -> bool,
) -> Vec<&'d Requirement> {
    let assessment = engine::assess(case.data, case.window, profile, day);
    let findings = assessment.findings.into_iter();
    let hindering = findings.filter(|f| f.requirement.strength.decides() && !allows(f));
    hindering.map(|finding| finding.requirement).collect()
}

/// Holds the ways of a case against every set of changes.
fn agrees(case: &Case<'_>, show: &dyn Fn() -> String, seen: &Seen) {
    let changes = case.changes();
    if changes.len() > MOST_CHANGES {
        return;
    }
    let profile = read(&case.told, case.data, case.as_of).unwrap();
    let found = engine::ways(asked(case, &profile));
    let all = sets(&changes, MOST);
    let expected = front(case, &all);
    add(&seen.cases, 1);
    if expected.is_empty() {
        no_open_way(case, &profile, &found, &all, show, seen);
    } else {
        assert_eq!(front_of(&found.ways), expected, "the engine's on the left\n{}", show());
        assert!(found.doubts.is_empty() && found.obstacles.is_empty(), "{}", show());
    }
    for way in found.ways.iter().take(6) {
        add(&seen.ways, 1);
        opens_when_it_says(case, &profile, way, &found.doubts, show);
        its_edits_make_it(case, way, show);
    }
}

/// A way opens on its first day and not before, stays so until its last, and needs every step.
fn opens_when_it_says(
    case: &Case<'_>,
    profile: &Profile,
    way: &Way<'_>,
    doubts: &[&Requirement],
    show: &dyn Fn() -> String,
) {
    let is_open =
        |profile: &Profile, day| holds_back(case, profile, day, allows(doubts)).is_empty();
    let text = || format!("{:?} {} to {:?}\n{}", way.steps, way.span.from, way.until, show());
    let from = way.span.from;
    assert!(is_open(&way.profile, from), "not open: {}", text());
    let after = way.until.map(|until| until + Days::new(1));
    assert!(after.is_none_or(|after| !is_open(&way.profile, after)), "open longer: {}", text());
    let last = way.until.unwrap_or(case.horizon);
    for day in from.iter_days().take_while(|day| *day <= last).step_by(17).chain([last]) {
        assert!(is_open(&way.profile, day), "not open on {day}: {}", text());
    }
    for at in 0..way.steps.len() {
        let taken = engine::timing(case.window, from).application;
        let mut less = profile.clone();
        let rest = way.steps.iter().enumerate().filter(|(other, _)| *other != at);
        rest.for_each(|(_, step)| step.apply(&mut less, taken));
        assert!(!is_open(&less, from), "{:?} is not needed: {}", way.steps[at], text());
    }
}

/// The changes as they are written are the changes that are meant.
fn its_edits_make_it(case: &Case<'_>, way: &Way<'_>, show: &dyn Fn() -> String) {
    let mut edits = Edits::default();
    for step in &way.steps {
        let text = edit(step);
        assert!(Edit::parse(&text).is_ok(), "{text}");
        edits.add(&text);
    }
    let told = Value::Object(case.told.clone()).to_string();
    let edited = edits.apply(&told, case.data, case.as_of);
    let edited = edited.unwrap_or_else(|problems| panic!("{:?}\n{}", problems.list, show()));
    let mut meant = read(&case.told, case.data, case.as_of).unwrap();
    way.steps.iter().for_each(|step| step.apply(&mut meant, case.as_of));
    let verdicts = |profile: &Profile| -> Vec<(NaiveDate, Verdict)> {
        case.spans(profile).iter().map(|span| (span.from, span.verdict)).collect()
    };
    assert_eq!(verdicts(&edited), verdicts(&meant), "{:?}\n{}", way.steps, show());
}

/// What is said where no set of changes opens the window.
fn no_open_way(
    case: &Case<'_>,
    profile: &Profile,
    found: &Ways<'_>,
    all: &[Vec<&Change>],
    show: &dyn Fn() -> String,
    seen: &Seen,
) {
    let days = case.some_days();
    let most = if all.len() > 200 { 1 } else { MOST };
    let few = all.iter().filter(|set| set.len() <= most);
    let few: Vec<(usize, Profile)> = few.map(|set| (set.len(), case.with(set))).collect();
    let each = || few.iter().flat_map(|changed| days.iter().map(move |day| (changed, *day)));
    if found.ways.is_empty() {
        add(&seen.shut, 1);
        assert!(!found.obstacles.is_empty(), "nothing is said to stand in the way: {}", show());
        // Where something is not told, a change that only tells it is no way.
        let untold = holds_back(case, profile, case.as_of, |f| f.cause != Some(Cause::NotTold));
        let is_untold = |one: &Requirement| untold.iter().any(|other| std::ptr::eq(one, *other));
        let allows = |finding: &Finding<'_>| {
            finding.is_well() || (is_well_or_in_doubt(finding) && !is_untold(finding.requirement))
        };
        for ((_, profile), day) in each() {
            let left = holds_back(case, profile, day, allows);
            assert!(!left.is_empty(), "a way in doubt on {day}: {profile:?}\n{}", show());
            for obstacle in &found.obstacles {
                stands_in_the_way(obstacle, &left, day, show);
            }
        }
        return;
    }
    add(&seen.in_doubt, 1);
    assert!(!found.doubts.is_empty() && found.obstacles.is_empty(), "{}", show());
    for ((count, profile), day) in each() {
        let left = holds_back(case, profile, day, allows(&found.doubts));
        let known = |way: &Way<'_>| way.steps.len() <= *count && way.span.from <= day;
        let missed = left.is_empty() && !found.ways.iter().any(known);
        assert!(!missed, "a way in doubt on {day}: {profile:?}\n{}", show());
    }
}

/// The obstacle is one on every day but those of which it says that it is not.
fn stands_in_the_way(
    obstacle: &Obstacle<'_>,
    left: &[&Requirement],
    day: NaiveDate,
    show: &dyn Fn() -> String,
) {
    let is_met = !left.iter().any(|one| std::ptr::eq(*one, obstacle.requirement));
    let said = obstacle.days.is_some_and(|(from, to)| from <= day && day <= to);
    assert!(said || !is_met, "{:?} is met on {day}\n{}", obstacle.requirement.readings, show());
}

/// A random case of every window, mostly of somebody who tells everything.
fn ask(d: &mut Draws<'_>, small: &Small, seen: &Seen) {
    for at in 0..small.windows.len() {
        let open = d.pick(&[0, 0, 0, 0, 0, 5]);
        let (told, as_of) = (profile(d, &SMALL, open), day(d.pick(DAYS)));
        if read(&told, &small.data, as_of).is_none() {
            continue;
        }
        let written = &small.windows[at];
        let rules: Vec<&str> = written.requirements.iter().map(|w| w.body.as_str()).collect();
        let case = Case {
            data: &small.data,
            window: small.window(at),
            rules: format!("{}\n{}", rules.join("\n"), written.calls),
            told,
            as_of,
            horizon: as_of + Days::new(3 * 365),
            pace: PACE,
            allowed: Allowed { nationality: d.chance(25), residence: d.chance(25) },
        };
        let show = || format!("{:?} {}", case.allowed, small.show(at, &case.told, as_of));
        agrees(&case, &show, seen);
    }
}

#[test]
fn no_way_into_a_lenient_window_is_missed_and_none_asks_too_much() {
    let (loader, seen) = (Loader::new(), Seen::default());
    for_all(CASES, TAPE, |d| {
        let windows = (0..12).map(|_| lenient_window(d)).collect();
        ask(d, &Small::new(&loader, windows, &[]), &seen);
    });
    assert!(seen.ways.get() > 30, "only {} ways", seen.ways.get());
}

#[test]
fn no_way_into_a_window_of_few_requirements_is_missed_and_none_asks_too_much() {
    let parts: &[&[&'static str]] = &[
        &["nationality"],
        &["degree"],
        &["experience"],
        &["qualification"],
        &["languages"],
        &["conditions"],
        &["age", "conditions"],
        &["degree", "experience"],
        &["degree", "degree"],
        &["experience", "experience"],
        &["nationality", "languages"],
        &["languages", "languages"],
        &["experience", "conditions"],
        &["conditions", "conditions"],
        &["age", "qualification"],
        &["age", "degree", "languages"],
    ];
    let (loader, seen) = (Loader::new(), Seen::default());
    for_all(CASES, TAPE, |d| {
        let windows = parts.iter().map(|parts| {
            let window = narrow_window(d, parts);
            if d.chance(20) { window } else { window.asking_nothing_else() }
        });
        let windows = windows.collect();
        ask(d, &Small::new(&loader, windows, &[]), &seen);
    });
    let counts = [seen.cases.get(), seen.ways.get(), seen.in_doubt.get(), seen.shut.get()];
    assert!(counts.iter().zip([60, 40, 10, 10]).all(|(count, least)| *count > least), "{counts:?}");
}
