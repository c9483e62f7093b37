//! One window before and after.

use chrono::NaiveDate;

use super::{Asks, Change, ShiftReport, WindowDiff};
use crate::dataset::Dataset;
use crate::engine::{
    Candidate, Contrast, Scene, Shift, Side, assess, contrast, ideal, timing, turning_days,
    what_differs,
};
use crate::explain::{Speaker, moved, required};
use crate::profile::Profile;
use crate::report::RuleRef;
use crate::rules::{LanguageRule, Requirement, Rule, Window, decide_alike};

type Versions<'d> = [Side<'d>; 2];

/// What differs between two versions of a window; `None` if nothing does, proved.
pub(super) fn compare(versions: Versions<'_>, as_of: NaiveDate) -> Option<WindowDiff> {
    if is_the_same(versions) {
        return None;
    }
    let mut shifts: Vec<ShiftReport> = Vec::new();
    let mut worst = Change::Changed;
    let mut proved = true;
    let mut seen = Vec::new();
    let later = turning_days(&versions, as_of).into_iter().filter(|day| *day > as_of);
    for day in std::iter::once(as_of).chain(later) {
        // Where the same requirements differ in a call of the same state, once is enough.
        let differing =
            what_differs(versions[0], versions[1], day).into_iter().map(std::ptr::from_ref);
        let calls = versions.map(|side| timing(side.window, day).call.state);
        let setting = (differing.collect::<Vec<_>>(), calls);
        if !shifts.is_empty() && seen.contains(&setting) {
            continue;
        }
        seen.push(setting);
        let known = |shift: &Shift| {
            let same = |old: &ShiftReport| {
                old.before == Some(shift.before.verdict.word())
                    && old.after == Some(shift.after.verdict.word())
            };
            shifts.iter().any(same)
        };
        match contrast(versions[0], versions[1], day) {
            Contrast::Same => {}
            Contrast::Alike => proved &= is_timeless(versions),
            Contrast::Hidden => (proved, worst) = (false, Change::Hidden),
            Contrast::Unproved => (proved, worst) = (false, Change::Unproved),
            Contrast::Differs(found) => {
                proved = false;
                let new: Vec<Shift> = found.into_iter().filter(|shift| !known(shift)).collect();
                shifts.extend(new.iter().map(|shift| report(versions, shift, day)));
            }
        }
    }
    if proved {
        return None;
    }
    let change = match (shifts.is_empty(), worst) {
        (false, _) => Change::Changed,
        (true, Change::Hidden) => Change::Hidden,
        (true, _) => Change::Unproved,
    };
    let id = versions[1].window.id.clone();
    Some(WindowDiff { id, change, asks: asks(versions, as_of), shifts })
}

/// A window that there is in one of the two sets of rules only.
pub(super) fn alone(
    data: &Dataset,
    window: &Window,
    change: Change,
    as_of: NaiveDate,
) -> WindowDiff {
    let (profile, answer) = ideal(Side { data, window }, as_of);
    let verdict = Some(answer.verdict.word());
    let added = change == Change::Added;
    let shift = ShiftReport {
        as_of: as_of.to_string(),
        before: verdict.filter(|_| !added),
        after: verdict.filter(|_| added),
        because: "the candidate whom the window likes best".to_owned(),
        profile: profile.to_json(),
    };
    WindowDiff { id: window.id.clone(), change, asks: Vec::new(), shifts: vec![shift] }
}

/// Whether both ask the same of everybody on every day.
fn is_the_same([old, new]: Versions<'_>) -> bool {
    let mut groups =
        [old, new].into_iter().flat_map(Side::requirements).flat_map(Requirement::groups);
    old.window.decides_like(new.window)
        && decide_alike(old.stand_ins(), new.stand_ins())
        && groups.all(|id| match (old.data.groups.get(id), new.data.groups.get(id)) {
            (Some(a), Some(b)) => a.decides_like(b),
            (a, b) => a.is_none() && b.is_none(),
        })
}

/// Whether no rule of either looks at a day, so that what holds on one day holds on all.
fn is_timeless(versions: Versions<'_>) -> bool {
    let timeless = |rule: &Rule| match rule {
        Rule::NoRequirement
        | Rule::Unstated
        | Rule::NotOnRecord
        | Rule::Sponsorship(_)
        | Rule::Text(_)
        | Rule::Language(LanguageRule::Skills { .. })
        | Rule::Condition(crate::rules::Condition::Fact(_)) => true,
        Rule::Nationality(rule) => {
            rule.every_branch().all(|b| b.in_group.is_empty() && b.studied_in_group.is_empty())
        }
        Rule::Age(_)
        | Rule::Degree(_)
        | Rule::Experience(_)
        | Rule::Qualification(_)
        | Rule::Language(LanguageRule::Tests { .. })
        | Rule::Condition(crate::rules::Condition::Employed(_)) => false,
    };
    differing(versions)
        .iter()
        .flat_map(|requirement| &requirement.readings)
        .all(|reading| timeless(&reading.rule))
}

/// The requirements of either that the other lacks.
fn differing(versions: Versions<'_>) -> Vec<&Requirement> {
    let lists = versions.map(|side| side.requirements().collect::<Vec<_>>());
    let [old, new] = &lists;
    let lacks = |list: &[&Requirement], asked: &Requirement| {
        !list.iter().any(|requirement| requirement.decides_like(asked))
    };
    let gone = old.iter().filter(|requirement| lacks(new, requirement));
    gone.chain(new.iter().filter(|requirement| lacks(old, requirement))).copied().collect()
}

/// What the two ask differently, in words.
fn asks(versions: Versions<'_>, as_of: NaiveDate) -> Vec<Asks> {
    let nobody = Profile::default();
    let candidate = Candidate::new(&nobody, as_of);
    let words = |version: usize, requirement: &Requirement| {
        let Side { data, window } = *versions.get(version)?;
        let scene = Scene { data, timing: timing(window, as_of), as_of };
        Some(required(requirement, Speaker { scene: &scene, candidate: &candidate }))
    };
    let all = differing(versions);
    let old: Vec<&Requirement> = versions[0].requirements().collect();
    let is_old = |requirement: &Requirement| old.iter().any(|r| std::ptr::eq(*r, requirement));
    let (gone, mut new): (Vec<&Requirement>, Vec<&Requirement>) =
        all.into_iter().partition(|requirement| is_old(requirement));
    let mut asks = Vec::new();
    for old in gone {
        let twin = new.iter().position(|new| new.part == old.part).map(|at| new.remove(at));
        asks.push(Asks {
            criterion: old.part.criterion().word(),
            before: words(0, old),
            after: twin.and_then(|twin| words(1, twin)),
            rule: place(twin.unwrap_or(old)),
        });
    }
    asks.extend(new.into_iter().map(|new| Asks {
        criterion: new.part.criterion().word(),
        before: None,
        after: words(1, new),
        rule: place(new),
    }));
    asks
}

fn place(requirement: &Requirement) -> RuleRef {
    RuleRef { file: requirement.place.file.clone(), line: requirement.place.line }
}

fn report(versions: Versions<'_>, shift: &Shift, day: NaiveDate) -> ShiftReport {
    ShiftReport {
        as_of: day.to_string(),
        before: Some(shift.before.verdict.word()),
        after: Some(shift.after.verdict.word()),
        because: because(versions, shift, day),
        profile: shift.profile.to_json(),
    }
}

/// What the candidate has where the two versions' findings differ.
fn because(versions: Versions<'_>, shift: &Shift, day: NaiveDate) -> String {
    let [before, after] = versions;
    let was = assess(before.data, before.window, &shift.profile, day);
    let is = assess(after.data, after.window, &shift.profile, day);
    moved(&is, &was, after.data, &shift.profile, day)
        .or_else(|| moved(&was, &is, before.data, &shift.profile, day))
        .unwrap_or_else(|| "what is asked differs".to_owned())
}
