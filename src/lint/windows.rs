//! Windows and readings that are the same, and calls that nobody has looked after.

use chrono::NaiveDate;

use super::Findings;
use super::files::{File, Files};
use crate::dataset::Dataset;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Node, Table};
use crate::rules::{Place, Requirement, Terms, Window};
use crate::vocabulary::Text;

/// Finds windows whose last call has closed, with none expected, since a source was last checked.
///
/// A call that closed before is on record as it is: somebody has looked, and there was no other.
pub(super) fn calls_over(
    rules: &Dataset,
    files: &Files<'_>,
    as_of: NaiveDate,
    findings: &mut Findings,
) {
    for (file, table, window) in files.windows(rules) {
        if let Some(problem) = call_over(rules, &table, window, as_of) {
            findings.add(file, problem);
        }
    }
}

fn call_over(
    rules: &Dataset,
    table: &Table<'_, '_>,
    window: &Window,
    as_of: NaiveDate,
) -> Option<Diagnostic> {
    let last = window.calls.iter().map(|call| call.closes).max()?;
    let looked = last_looked(rules, window);
    if last >= as_of || window.rolling || window.recurring.is_some() || looked > Some(last) {
        return None;
    }
    let closes = table.nodes("call").iter().filter_map(|call| call.table().get("closes"));
    let node = closes.max_by_key(|node| node.day())?;
    let message = format!("the last call closed on {last}, and nobody has looked since");
    let help = "add the next call, or write into `checked` of its source the day you looked";
    Some(Diagnostic::new(Code::CallOver, node.span.clone(), message).with_help(help))
}

/// The last day on which any source of the window was checked.
fn last_looked(rules: &Dataset, window: &Window) -> Option<NaiveDate> {
    let of_calls = window.calls.iter().flat_map(|call| &call.sources);
    let ids = window.every_requirement().flat_map(Requirement::sources).chain(of_calls);
    ids.filter_map(|id| rules.sources.get(id)).map(|source| source.checked).max()
}

/// Finds windows that say the same as an earlier one of their donor.
pub(super) fn same_windows(
    rules: &Dataset,
    files: &Files<'_>,
    _: NaiveDate,
    findings: &mut Findings,
) {
    let mut seen: Vec<(&str, &str, Window)> = Vec::new();
    for (file, table, window) in files.windows(rules) {
        let content = content(window);
        let same = seen.iter().find(|(path, _, other)| *path == file.path && *other == content);
        if let (Some((_, other, _)), Some(node)) = (same, table.get("id")) {
            let message = format!("the window `{}` says the same as `{other}`", window.id);
            let help = "mend what was to be different, or take one of them out";
            let problem = Diagnostic::new(Code::SameWindow, node.span.clone(), message);
            findings.add(file, problem.with_help(help));
        }
        seen.push((file.path, &window.id, content));
    }
}

/// The window without its name and its place.
fn content(window: &Window) -> Window {
    let mut terms = Terms::clone(window);
    terms.title = Text::default();
    terms.place = Place::default();
    let of_calls = terms.calls.iter_mut().flat_map(|call| {
        call.place = Place::default();
        call.overrides.iter_mut()
    });
    for requirement in terms.requirements.iter_mut().chain(of_calls) {
        requirement.place = Place::default();
    }
    Window { id: Text::default(), terms: terms.into(), ..window.clone() }
}

/// Finds readings that ask the same as an earlier one of their requirement.
pub(super) fn same_readings(
    rules: &Dataset,
    files: &Files<'_>,
    _: NaiveDate,
    findings: &mut Findings,
) {
    let requirements = all_requirements(rules);
    for file in files.iter() {
        for value in file.values() {
            let nodes = value.node.table().nodes("reading");
            if nodes.is_empty() {
                continue;
            }
            let place = file.place(value.node);
            let here = requirements.iter().find(|requirement| {
                requirement.place == place
                    && requirement.part.word() == value.key
                    && requirement.readings.len() == nodes.len()
            });
            if let Some(requirement) = here {
                repeated_readings(file, nodes, requirement, findings);
            }
        }
    }
}

fn all_requirements(rules: &Dataset) -> Vec<&Requirement> {
    let of_windows = rules.windows.iter().flat_map(Window::every_requirement);
    let of_programmes = rules.programmes.values().flat_map(|programme| &programme.stand_ins);
    of_windows.chain(of_programmes).collect()
}

fn repeated_readings(
    file: &File<'_>,
    nodes: &[Node<'_>],
    requirement: &Requirement,
    findings: &mut Findings,
) {
    for (at, (node, reading)) in nodes.iter().zip(&requirement.readings).enumerate() {
        let earlier = requirement.readings.iter().take(at);
        if earlier.clone().any(|other| other.rule == reading.rule) {
            let message =
                format!("this reading of {} asks the same as one above", requirement.part);
            let help = "mend what it was to ask, or take it out";
            let problem = Diagnostic::new(Code::SameReading, node.span.clone(), message);
            findings.add(file, problem.with_help(help));
        }
    }
}
