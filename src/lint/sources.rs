//! Sources that nothing cites, that are due, or that are cited in the wrong order.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDate;

use super::Findings;
use super::files::{File, Files};
use crate::dataset::Dataset;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Kind, Namespace, Node, Table};
use crate::rules::{Source, SourceKind};

/// Finds sources that nothing cites, in donors' files and in that of shared sources.
///
/// Groups' and programmes' sources stand for their file as a whole, whether cited in it or not.
pub(super) fn unused(rules: &Dataset, files: &Files<'_>, _: NaiveDate, findings: &mut Findings) {
    let cited: BTreeSet<&str> = files.iter().flat_map(|file| cited(rules, file)).collect();
    let bound = |file: &&File<'_>| file.is_donor() || file.path == "sources.toml";
    for file in files.iter().filter(bound) {
        for (id, span) in file.sources().filter_map(|table| named(&table)) {
            if file.source(rules, id).is_some_and(|source| !cited.contains(source.id.as_str())) {
                let message = format!("nothing cites the source `{id}`");
                let help = "cite it where a rule rests on it, or take it out";
                let problem = Diagnostic::new(Code::UnusedSource, span, message);
                findings.add(file, problem.with_help(help));
            }
        }
    }
}

fn cited<'r>(rules: &'r Dataset, file: &File<'_>) -> Vec<&'r str> {
    let names = file.values().into_iter().filter(|value| is_citation(value.kind));
    names.filter_map(|value| Some(file.source(rules, value.node.text()?)?.id.as_str())).collect()
}

const fn is_citation(kind: &Kind) -> bool {
    matches!(kind, Kind::Name(Namespace::Source))
}

fn named<'n>(table: &Table<'n, '_>) -> Option<(&'n str, Range<usize>)> {
    let node = table.get("id")?;
    Some((node.text()?, node.span.clone()))
}

/// Finds sources that have no day to be looked at again, or whose day has passed.
pub(super) fn recheck(_: &Dataset, files: &Files<'_>, as_of: NaiveDate, findings: &mut Findings) {
    for file in files.iter() {
        for table in file.sources() {
            if let Some(problem) = due(&table, as_of) {
                findings.add(file, problem);
            }
        }
    }
}

fn due(table: &Table<'_, '_>, as_of: NaiveDate) -> Option<Diagnostic> {
    let (id, span) = named(table)?;
    let Some(node) = table.get("recheck_by") else {
        let message = format!("nobody is told when to look at the source `{id}` again");
        let help = "add `recheck_by` with a day, as a rule half a year after `checked`";
        return Some(Diagnostic::new(Code::NoRecheck, span, message).with_help(help));
    };
    let day = node.day().filter(|day| *day < as_of)?;
    let message = format!("the source `{id}` was to be looked at again by {day}");
    let page = table.text("url").map_or_else(|| "the page".to_owned(), str::to_owned);
    let help = format!("look at {page}, then write today into `checked` and a later day here");
    Some(Diagnostic::new(Code::StaleSource, node.span.clone(), message).with_help(help))
}

/// Finds requirements whose first source is weaker than another one of the same file that is no
/// older: the first is the one that candidates are shown.
///
/// Shared sources are mostly lists of all donors: they say less than what a donor's file has of
/// its own, so they may stand last.
pub(super) fn weaker_first(
    rules: &Dataset,
    files: &Files<'_>,
    _: NaiveDate,
    findings: &mut Findings,
) {
    for file in files.donors() {
        for value in file.values() {
            if matches!(value.kind, Kind::OneOrMore(item) if is_citation(item))
                && let Some(problem) = weaker(rules, file, value.node)
            {
                findings.add(file, problem);
            }
        }
    }
}

fn weaker(rules: &Dataset, file: &File<'_>, list: &Node<'_>) -> Option<Diagnostic> {
    let (first, others) = list.items().split_first()?;
    let (id, first_source) = (first.text()?, file.source(rules, first.text()?)?);
    let better = others.iter().filter_map(Node::text).find(|other| {
        let source = file.source(rules, other).filter(|_| file.declares(other));
        source.is_some_and(|source| is_better(source, first_source))
    })?;
    let message = format!(
        "`{id}` ({}) is cited before `{better}` ({}), which is no older",
        spoken(first_source.kind),
        spoken(file.source(rules, better)?.kind),
    );
    let help = format!("put `{better}` first: candidates are shown the first");
    let problem = Diagnostic::new(Code::WeakSourceFirst, first.span.clone(), message);
    Some(problem.with_help(help))
}

const fn spoken(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Official => "official",
        SourceKind::SecondHand => "second-hand",
        SourceKind::Inferred => "inferred",
    }
}

fn is_better(source: &Source, first: &Source) -> bool {
    let inferred = first.kind == SourceKind::Inferred;
    source.kind < first.kind && (inferred || !may_be_older(source, first))
}

/// Whether a source may be older than another, for all that their pages show.
fn may_be_older(source: &Source, other: &Source) -> bool {
    match (&source.published, &other.published) {
        // Years, months and days compare as texts as far as both go.
        (Some(day), Some(other)) => {
            let shown = day.len().min(other.len());
            day.get(..shown) < other.get(..shown)
        }
        (None, None) => source.dated.is_some() || other.dated.is_some(),
        _ => true,
    }
}
