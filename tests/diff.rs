//! What changed between two sets of rules.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::NaiveDate;
use jpo_check::dataset::{Dataset, RuleFile};
use jpo_check::diff::{Change, Cohort, Diff, WindowDiff, diff};
use jpo_check::engine::{self, assess};
use jpo_check::profile::Profile;
use jpo_check::rules::Window;

use crate::properties::draws::Draws;
use crate::properties::profiles::{SMALL, profile};
use crate::properties::rulesets::{Loader, WindowText, edited, files, narrow_window, window};
use crate::properties::{DAYS, TAPE, day, for_all, read};

const PARTS: &[&str] =
    &["age", "degree", "experience", "languages", "nationality", "qualification", "conditions"];

/// Two rule sets, the second an edit of the first.
struct Edit {
    before: Dataset,
    after: Dataset,
    as_of: NaiveDate,
}

impl Edit {
    fn new(loader: &Loader, old: &[WindowText], new: &[WindowText], as_of: NaiveDate) -> Self {
        let load = |windows: &[WindowText]| loader.load(&files(windows, &[]));
        Self { before: load(old), after: load(new), as_of }
    }

    fn diff(&self) -> Diff {
        diff(&self.before, &self.after, self.as_of)
    }
}

fn draw(d: &mut Draws<'_>, loader: &Loader) -> Edit {
    let old: Vec<WindowText> = (0..4)
        .map(|at| {
            let part = d.pick(PARTS);
            if at == 0 { window(d) } else { narrow_window(d, &[part]) }
        })
        .collect();
    let new: Vec<WindowText> = old.iter().map(|window| edited(d, window)).collect();
    Edit::new(loader, &old, &new, day(d.pick(DAYS)))
}

/// Random edits with what is said of them: found once, since that takes longest.
static EDITS: LazyLock<Vec<(Edit, Diff)>> = LazyLock::new(|| {
    let loader = Loader::new();
    let edits = RefCell::new(Vec::new());
    for_all(12, TAPE, |d| {
        let edit = draw(d, &loader);
        let found = edit.diff();
        edits.borrow_mut().push((edit, found));
    });
    edits.into_inner()
});

/// Shows `see` random people, told fully, with each edit.
fn for_people(mut see: impl FnMut(&Edit, &Diff, &Profile)) {
    let people = RefCell::new(Vec::new());
    for_all(150, 500, |d| people.borrow_mut().push(profile(d, &SMALL, 0)));
    for (edit, found) in EDITS.iter() {
        for told in people.borrow().iter() {
            if let Some(one) = read(told, &edit.before, edit.as_of) {
                see(edit, found, &one);
            }
        }
    }
}

/// The windows that answer `one` differently before and after.
fn moved<'e>(edit: &'e Edit, one: &Profile) -> Vec<&'e Window> {
    let pairs = edit.before.windows.iter().zip(&edit.after.windows);
    let differs = |(old, new): &(&Window, &Window)| {
        assess(&edit.before, old, one, edit.as_of).verdict
            != assess(&edit.after, new, one, edit.as_of).verdict
    };
    pairs.filter(differs).map(|(old, _)| old).collect()
}

#[test]
fn every_window_that_answers_somebody_differently_is_reported_with_a_witness() {
    let mut seen = BTreeSet::new();
    for_people(|edit, found, one| {
        for window in moved(edit, one) {
            let witness = |w: &WindowDiff| w.id == window.id && !w.shifts.is_empty();
            assert!(
                found.windows.iter().any(witness),
                "{} answers {one:?} differently unseen: {:#?}\n{:#?}",
                window.id,
                window.requirements,
                edit.after.window(&window.id),
            );
            seen.insert((std::ptr::from_ref(found), window.id.clone()));
        }
    });
    assert!(seen.len() > 10, "only {} windows changed", seen.len());
}

#[test]
fn every_witness_gets_the_old_verdict_before_and_the_new_one_after() {
    for (edit, found) in EDITS.iter() {
        for window in &found.windows {
            assert_eq!(window.shifts.is_empty(), window.change != Change::Changed);
            for shift in &window.shifts {
                let verdict = |data: &Dataset| {
                    let on = day(&shift.as_of);
                    let told = shift.profile.to_string();
                    let told = Profile::parse(&told, "witness", data, on).unwrap();
                    assess(data, data.window(&window.id).unwrap(), &told, on).verdict.word()
                };
                assert_eq!(Some(verdict(&edit.before)), shift.before);
                assert_eq!(Some(verdict(&edit.after)), shift.after);
            }
        }
    }
}

const FINLAND: &str = "donors/fi.toml";

/// The shipped rules, read from their texts: the compiled ones hold no cases.
fn whole() -> Dataset {
    Dataset::load(&Dataset::embedded_files()).unwrap()
}

/// The same with every `old` in the file at `path` replaced by `new`.
fn with(path: &str, old: &str, new: &str) -> Dataset {
    let files = Dataset::embedded_files();
    let text = files.iter().find(|file| file.path == path).unwrap().text;
    assert!(text.contains(old));
    let changed = text.replace(old, new);
    let texts: Vec<RuleFile<'_>> = files
        .iter()
        .map(|file| if file.path == path { RuleFile { text: &changed, ..*file } } else { *file })
        .collect();
    Dataset::load(&texts).unwrap()
}

fn diff_of_finland(old: &str, new: &str) -> Diff {
    diff(&whole(), &with(FINLAND, old, new), day("2026-11-22"))
}

#[test]
fn a_reformatting_changes_nothing_and_says_so() {
    let found = diff_of_finland("max = 32", "# a remark\nmax   =   32");
    assert!(found.same && found.windows.is_empty() && found.shown.is_empty());
}

#[test]
fn the_same_limit_said_exclusively_changes_nothing() {
    let found = diff_of_finland("max = 32", "under = 33");
    assert!(found.same, "{:?}", found.windows);
}

#[test]
fn a_limit_moved_by_a_year_has_a_witness_of_that_age() {
    let found = diff_of_finland("max = 32\non = \"call_close\"", "max = 31\non = \"call_close\"");
    let [window] = found.windows.as_slice() else { panic!("{:?}", found.windows) };
    assert_eq!(window.id, "fi-nationals");
    let [shift] = window.shifts.as_slice() else { panic!("{:?}", window.shifts) };
    assert_eq!((shift.before, shift.after), (Some("eligible"), Some("ineligible")));
    assert!(shift.because.starts_with("age: 32 on"), "{}", shift.because);
}

#[test]
fn a_note_that_changes_is_shown_and_changes_no_verdict() {
    let found = diff_of_finland("note = \"May be tested.\"", "note = \"Is tested.\"");
    assert!(found.same);
    let [shown] = found.shown.as_slice() else { panic!("{:?}", found.shown) };
    assert_eq!(shown.what, "window fi-nationals: languages.note");
}

const FINN: &str = r#"{"nationalities": ["Suomi"], "birth_date": "1994-03-01",
    "degrees": [{"level": "master", "awarded": "2020"}], "languages": [{"language": "en",
    "level": "C1"}, {"language": "fr", "level": "B2"}], "experience": [{"kind": "employment",
    "from": "2021-01-01", "to": null}], "facts": {"finnish_unv_term": "none",
    "finnish_eu_expert_term": "none"}}"#;

/// What becomes of the Finn, and of a line that is no profile.
fn cohort(before: &Dataset, after: &Dataset) -> Cohort {
    let as_of = day("2026-11-22");
    let finn = FINN.replace('\n', " ");
    let lines = [finn.as_str(), "", "not a profile"].join("\n");
    Cohort::count(&diff(before, after, as_of), before, after, lines.as_bytes(), as_of).unwrap()
}

#[test]
fn another_name_of_a_country_is_no_proof_that_nobody_is_answered_differently() {
    let (before, after) = (whole(), with("countries.toml", "\"Suomi\"", "\"Suomenmaa\""));
    let found = diff(&before, &after, day("2026-11-22"));
    assert!(found.windows.is_empty() && !found.same);
    assert_eq!(found.reads[0].what, "country FI: aliases");
}

#[test]
fn a_cohort_counts_who_loses_and_names_the_lines_that_are_no_profile() {
    let counted = cohort(
        &whole(),
        &with(FINLAND, "max = 32\non = \"call_close\"", "max = 31\non = \"call_close\""),
    );
    assert_eq!((counted.profiles, counted.unreadable), (1, vec![3]));
    let [moved] = counted.moved.as_slice() else { panic!("{:?}", counted.moved) };
    let verdicts = (moved.window.as_str(), moved.before, moved.after, moved.people);
    assert_eq!(verdicts, ("fi-nationals", "eligible", "ineligible", 1));
}

#[test]
fn a_cohort_counts_a_window_that_is_gone_and_one_that_is_new() {
    let counted = cohort(&whole(), &with(FINLAND, "\"fi-worldbank\"", "\"fi-bank\""));
    let moves: Vec<(&str, &str, &str)> =
        counted.moved.iter().map(|m| (m.window.as_str(), m.before, m.after)).collect();
    let (none, shut) = ("no such window", "ineligible");
    assert_eq!(moves, [("fi-bank", none, shut), ("fi-worldbank", shut, none)]);
}

#[test]
fn a_window_that_is_new_or_gone_is_reported_with_somebody_whom_it_takes() {
    let (old, new) = (whole(), with(FINLAND, "\"fi-worldbank\"", "\"fi-bank\""));
    let found = diff(&old, &new, day("2026-11-22"));
    let changes: Vec<(&str, Change)> =
        found.windows.iter().map(|window| (window.id.as_str(), window.change)).collect();
    assert_eq!(changes, [("fi-worldbank", Change::Removed), ("fi-bank", Change::Added)]);
    assert_eq!(found.windows[1].shifts[0].after, Some(engine::Verdict::Eligible.word()));
}

#[test]
fn a_limit_that_changes_is_shown_and_changes_no_meaning() {
    let after =
        with("donors/jp.toml", "at_most = 3\nof = \"hosts\"", "at_most = 2\nof = \"hosts\"");
    let found = diff(&whole(), &after, day("2026-11-22"));
    assert!(found.same);
    let [shown] = found.shown.as_slice() else { panic!("{:?}", found.shown) };
    assert_eq!(shown.what, "limit JP[2]: says");
    assert!(shown.after.as_ref().unwrap().to_string().contains("at most 2 hosts in one call"));
}
