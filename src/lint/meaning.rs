//! Requirements that are settled for everybody, and what makes no difference to anybody.

use chrono::NaiveDate;

use super::Findings;
use super::files::Files;
use crate::cases::{Mutant, mutants};
use crate::dataset::{Dataset, Piece, RuleTrees};
use crate::diagnostic::{Code, Diagnostic};
use crate::engine::{Outcome, Side, are_alike, assess, turning_days, what_differs};
use crate::profile::Profile;
use crate::rules::{Part, Path, Qualification, Rule, Window};

/// Finds requirements that nobody can meet, and such as everybody meets without saying so.
pub(super) fn settled(
    rules: &Dataset,
    _: &RuleTrees<'_>,
    files: &Files<'_>,
    as_of: NaiveDate,
    findings: &mut Findings,
) {
    let nobody = Profile::default();
    for window in &rules.windows {
        for finding in assess(rules, window, &nobody, as_of).findings {
            let requirement = finding.requirement;
            let says_none = requirement.readings.iter().all(|r| r.rule == Rule::NoRequirement);
            if requirement.part == Part::Sponsorship || !requirement.strength.decides() || says_none
            {
                continue;
            }
            let (code, message, help) = match finding.outcome {
                Outcome::Unmet => (
                    Code::NeverMet,
                    format!("nobody can meet this: {}", requirement.part),
                    "look for limits that leave nothing between them",
                ),
                Outcome::Met => (
                    Code::AlwaysMet,
                    format!("everybody meets this: {}", requirement.part),
                    "mend the limit, or write `no_requirement = true` if the page says so",
                ),
                Outcome::Unknown => continue,
            };
            let Some(file) = files.called(&requirement.place.file) else { continue };
            let span = file.line(requirement.place.line);
            findings.add(file, Diagnostic::new(code, span, message).with_help(help));
        }
    }
}

/// Finds alternatives and entries of lists without which everybody would be answered alike, on
/// `as_of` and on every later day on which something begins or ends.
pub(super) fn idle(
    rules: &Dataset,
    trees: &RuleTrees<'_>,
    files: &Files<'_>,
    as_of: NaiveDate,
    findings: &mut Findings,
) {
    for mutant in mutants(trees, None).filter(is_alternative) {
        let Piece::Window(changed) = &mutant.piece else { continue };
        let Some(window) = rules.window(&mutant.of) else { continue };
        let idle = is_covered(&mutant, window, changed) || is_idle(rules, [window, changed], as_of);
        if idle && !is_the_donors_own(&mutant, window) {
            report(&mutant, files, findings);
        }
    }
}

/// Whether the change takes out a part of a requirement rather than a requirement; a reading is
/// what a source says, even if another says as much.
fn is_alternative(mutant: &Mutant) -> bool {
    let part = mutant.key.rsplit_once('.').map(|(_, part)| part);
    mutant.narrows
        && !mutant.key.starts_with("call")
        && part.is_some_and(|part| !part.starts_with("reading["))
}

/// Whether it takes out the donor's own country, which may stand beside a group that has it.
fn is_the_donors_own(mutant: &Mutant, window: &Window) -> bool {
    window.donors.iter().any(|donor| mutant.what.ends_with(&format!(" {donor}")))
}

fn is_idle(rules: &Dataset, windows: [&Window; 2], as_of: NaiveDate) -> bool {
    let [before, after] = windows.map(|window| Side { data: rules, window });
    let mut days = turning_days(&[before], as_of);
    days.retain(|day| *day > as_of);
    days.insert(0, as_of);
    // What is not in force any more is another matter.
    days.iter().any(|day| !what_differs(before, after, *day).is_empty())
        && days.iter().all(|day| are_alike(before, after, *day))
}

/// Whether the path that is taken out asks as much as another that is left: years of work come in
/// any number, so that this is not found by asking everybody.
fn is_covered(mutant: &Mutant, before: &Window, after: &Window) -> bool {
    let rules = |window: &'_ Window| -> Vec<Qualification> {
        let readings = window.every_requirement().flat_map(|requirement| &requirement.readings);
        let pairs = readings.filter_map(|reading| match &reading.rule {
            Rule::Qualification(rule) => Some(rule.clone()),
            _ => None,
        });
        pairs.collect()
    };
    let (before, after) = (rules(before), rules(after));
    mutant.key.contains(".path[")
        && mutant.key.ends_with(']')
        && before.iter().zip(&after).any(|(whole, rest)| {
            let mut gone = whole.paths.iter().filter(|path| !rest.paths.contains(path));
            gone.any(|gone| rest.paths.iter().any(|path| asks_no_more(path, gone)))
        })
}

/// Whether whoever takes `other` can take `path`.
fn asks_no_more(path: &Path, other: &Path) -> bool {
    let takes_field = path.fields.is_empty()
        || (!other.fields.is_empty() && other.fields.iter().all(|f| path.fields.contains(f)));
    path.degree <= other.degree
        && path.min <= other.min
        && takes_field
        && (!path.by_vacancy || other.by_vacancy)
}

fn report(mutant: &Mutant, files: &Files<'_>, findings: &mut Findings) {
    let Some(file) = files.called(&mutant.place.file) else { return };
    let here = |value: &super::files::Value<'_, '_>| value.node.span.start == mutant.offset;
    let value = file.values().into_iter().find(here);
    let span = value.map_or(mutant.offset..mutant.offset + 1, |value| value.node.span.clone());
    // What is said of the place already is said better.
    if findings.has(file, &span) {
        return;
    }
    let message = format!("this makes no difference to anybody: `{}` {}", mutant.key, mutant.what);
    let help = "mend what it was to be, or take it out";
    findings.add(file, Diagnostic::new(Code::NeverMatters, span, message).with_help(help));
}
