//! One window before and after.

use chrono::{Datelike, NaiveDate};

use super::{Asks, Change, ShiftReport, WindowDiff};
use crate::dataset::Dataset;
use crate::engine::{
    Assessment, Candidate, Contrast, Finding, Scene, Shift, Side, assess, contrast, ideal, timing,
    what_differs,
};
use crate::explain::{Speaker, found, required};
use crate::profile::Profile;
use crate::report::RuleRef;
use crate::rules::{Call, LanguageRule, Programme, Requirement, Rule, Window};
use crate::vocabulary::{Text, month_day};

type Versions<'d> = [(&'d Dataset, &'d Window); 2];

/// What differs between two versions of a window; `None` if nothing does, proved.
pub(super) fn compare(versions: Versions<'_>, as_of: NaiveDate) -> Option<WindowDiff> {
    if is_the_same(versions) {
        return None;
    }
    let sides = versions.map(|(data, window)| Side { data, window });
    let mut shifts: Vec<ShiftReport> = Vec::new();
    let mut worst = Change::Changed;
    let mut proved = true;
    let mut seen = Vec::new();
    for day in days(versions, as_of) {
        // Where the same requirements differ in a call of the same state, once is enough.
        let differing = what_differs(sides[0], sides[1], day).into_iter().map(std::ptr::from_ref);
        let calls = versions.map(|(_, window)| timing(window, day).call.state);
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
        match contrast(sides[0], sides[1], day) {
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
    let id = versions[1].1.id.clone();
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
fn is_the_same(versions: Versions<'_>) -> bool {
    let [(old_data, old), (new_data, new)] = versions;
    let calls = |window: &Window| -> Vec<(NaiveDate, NaiveDate)> {
        window.calls.iter().map(|call| (call.opens, call.closes)).collect()
    };
    let recurring =
        |window: &Window| window.recurring.as_ref().map(|rule| (rule.opens, rule.closes));
    let overrides = |a: &Call, b: &Call| same_requirements(&a.overrides, &b.overrides);
    old.rolling == new.rolling
        && calls(old) == calls(new)
        && recurring(old) == recurring(new)
        && old.calls.iter().zip(&new.calls).all(|(a, b)| overrides(a, b))
        && same_requirements(&old.requirements, &new.requirements)
        && same_requirements(stand_ins(old_data, old), stand_ins(new_data, new))
        && groups(versions).all(|id| match (old_data.groups.get(id), new_data.groups.get(id)) {
            (Some(a), Some(b)) => a.decides_like(b),
            (a, b) => a.is_none() && b.is_none(),
        })
}

fn stand_ins<'d>(data: &'d Dataset, window: &Window) -> &'d [Requirement] {
    data.programmes.get(&window.programme).map_or(&[], |programme: &Programme| &programme.stand_ins)
}

fn same_requirements(one: &[Requirement], two: &[Requirement]) -> bool {
    let within = |list: &[Requirement], asked: &Requirement| {
        list.iter().any(|requirement| requirement.decides_like(asked))
    };
    one.len() == two.len()
        && one.iter().all(|requirement| within(two, requirement))
        && two.iter().all(|requirement| within(one, requirement))
}

/// Every requirement that a version can bring into force.
fn requirements<'d>((data, window): (&'d Dataset, &'d Window)) -> Vec<&'d Requirement> {
    let overrides = window.calls.iter().flat_map(|call| &call.overrides);
    window.requirements.iter().chain(overrides).chain(stand_ins(data, window)).collect()
}

fn groups(versions: Versions<'_>) -> impl Iterator<Item = &Text> {
    versions.into_iter().flat_map(requirements).flat_map(Requirement::groups)
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
    let lists = versions.map(requirements);
    let [old, new] = &lists;
    let lacks = |list: &[&Requirement], asked: &Requirement| {
        !list.iter().any(|requirement| requirement.decides_like(asked))
    };
    let gone = old.iter().filter(|requirement| lacks(new, requirement));
    gone.chain(new.iter().filter(|requirement| lacks(old, requirement))).copied().collect()
}

/// `as_of`, and every later day on which what either asks can begin to differ.
fn days(versions: Versions<'_>, as_of: NaiveDate) -> Vec<NaiveDate> {
    let mut days = vec![as_of];
    for (data, window) in versions {
        for call in &window.calls {
            days.extend([Some(call.opens), call.closes.succ_opt()].into_iter().flatten());
        }
        if let Some(rule) = &window.recurring {
            for year in as_of.year()..=as_of.year() + 1 {
                let (opens, closes) = (rule.opens, rule.closes);
                days.extend(month_day(year, opens.0, opens.1));
                days.extend(month_day(year, closes.0, closes.1).and_then(|day| day.succ_opt()));
            }
        }
        for requirement in requirements((data, window)) {
            let (from, to) = requirement.valid;
            days.extend([from, to.and_then(|day| day.succ_opt())].into_iter().flatten());
        }
    }
    for id in groups(versions) {
        for (data, _) in versions {
            let members = data.groups.get(id).into_iter().flat_map(|group| &group.members);
            for (_, membership) in members {
                days.extend(membership.from);
                days.extend(membership.leaves.map(|(day, _)| day));
            }
        }
    }
    days.retain(|day| *day >= as_of);
    days.sort_unstable();
    days.dedup();
    days
}

/// What the two ask differently, in words.
fn asks(versions: Versions<'_>, as_of: NaiveDate) -> Vec<Asks> {
    let nobody = Profile::default();
    let candidate = Candidate::new(&nobody, as_of);
    let words = |version: usize, requirement: &Requirement| {
        let (data, window) = *versions.get(version)?;
        let scene = Scene { data, timing: timing(window, as_of), as_of };
        Some(required(requirement, Speaker { scene: &scene, candidate: &candidate }))
    };
    let all = differing(versions);
    let old = requirements(versions[0]);
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
    let assessed = versions.map(|(data, window)| assess(data, window, &shift.profile, day));
    let outcome = |f: &Finding<'_>| (f.requirement.part, f.outcome, f.cause, f.basis);
    let [before, after] = &assessed;
    let lacks = |other: &Assessment<'_>, finding: &Finding<'_>| {
        !other.findings.iter().any(|known| outcome(known) == outcome(finding))
    };
    let moved = |of: &'_ Assessment<'_>, other: &Assessment<'_>, data| -> Option<String> {
        let candidate = Candidate::new(&shift.profile, day);
        let scene = Scene { data, timing: of.timing, as_of: day };
        let speaker = Speaker { scene: &scene, candidate: &candidate };
        let deciding = |finding: &&Finding<'_>| finding.requirement.strength.decides();
        let finding = of.findings.iter().filter(deciding).find(|f| lacks(other, f))?;
        let criterion = finding.requirement.part.word();
        let has = found(finding.requirement, speaker);
        Some(format!("{criterion}: {}", if has.is_empty() { "nothing told" } else { &has }))
    };
    moved(after, before, versions[1].0)
        .or_else(|| moved(before, after, versions[0].0))
        .unwrap_or_else(|| "what is asked differs".to_owned())
}
