//! Entries of lists that have no effect, and names where codes belong.

use chrono::NaiveDate;

use super::Findings;
use super::edit::without;
use super::files::{File, Files, Value};
use crate::dataset::Dataset;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Kind, Namespace, Node, Table};
use crate::rules::Group;
use crate::vocabulary::CountryCode;

/// Finds entries that a list holds twice.
pub(super) fn repeated(rules: &Dataset, files: &Files<'_>, _: NaiveDate, findings: &mut Findings) {
    for file in files.iter() {
        for Value { node, kind, .. } in file.values() {
            if let Some(item) = item_of(kind) {
                repeated_in(rules, file, node, item, findings);
            }
        }
    }
}

/// The kind of the entries of a list in which one of them twice is one too many.
///
/// Two levels of a language are asked of two languages, so they may be equal.
fn item_of(kind: &'static Kind) -> Option<&'static Kind> {
    let (Kind::List(item) | Kind::OneOrMore(item)) = kind else { return None };
    (!matches!(item, Kind::LevelWord)).then_some(*item)
}

fn repeated_in(
    rules: &Dataset,
    file: &File<'_>,
    list: &Node<'_>,
    item: &Kind,
    findings: &mut Findings,
) {
    let mut seen: Vec<String> = Vec::new();
    for (at, node) in list.items().iter().enumerate() {
        let Some(text) = node.text() else { continue };
        let meant = code_of(rules, item, text).unwrap_or_else(|| text.to_owned());
        if seen.contains(&meant) {
            let message = format!("{} stands in this list already", file.written(&node.span));
            let problem = Diagnostic::new(Code::RepeatedEntry, node.span.clone(), message);
            let problem = problem.with_help("take it out: the second has no effect");
            findings.add(
                file,
                match without(file.written(&list.span), at) {
                    Some(list_without) => problem.with_fix(list.span.clone(), list_without),
                    None => problem,
                },
            );
        }
        seen.push(meant);
    }
}

/// The code of the country or language that `text` names.
fn code_of(rules: &Dataset, kind: &Kind, text: &str) -> Option<String> {
    match kind {
        Kind::Name(Namespace::Country) => {
            rules.countries.find(text).map(|country| country.code.to_string())
        }
        Kind::Name(Namespace::Language) => {
            rules.languages.find(text).map(|language| language.code.to_string())
        }
        _ => None,
    }
}

/// Finds countries and languages that are not written as their codes.
pub(super) fn names_for_codes(
    rules: &Dataset,
    files: &Files<'_>,
    _: NaiveDate,
    findings: &mut Findings,
) {
    for file in files.iter() {
        for Value { node, kind, .. } in file.values() {
            let text = node.text().unwrap_or_default();
            if let Some(code) = code_of(rules, kind, text).filter(|code| code != text) {
                let message = format!("rules write codes, and the code of `{text}` is {code}");
                let problem = Diagnostic::new(Code::SpelledOut, node.span.clone(), message);
                let fixed = problem.with_help(format!("write `\"{code}\"`"));
                findings.add(file, fixed.with_fix(node.span.clone(), format!("\"{code}\"")));
            }
        }
    }
}

/// Lists of countries with the lists of groups that they add to.
const COUNTRIES_AND_GROUPS: &[(&str, &str)] =
    &[("national_of", "in_group"), ("studied_in", "studied_in_group")];

/// Finds countries that a group listed beside them takes in for good.
///
/// A donor's own country beside a group is left alone: it says "whatever becomes of the group".
pub(super) fn covered(
    rules: &Dataset,
    files: &Files<'_>,
    as_of: NaiveDate,
    findings: &mut Findings,
) {
    for file in files.donors() {
        for Value { node, kind, .. } in file.values() {
            // The countries of `if_also` are not an alternative to its groups.
            if matches!(kind, Kind::Tables(_)) {
                for (countries, groups) in COUNTRIES_AND_GROUPS {
                    let keys = (*countries, *groups);
                    covered_in(rules, file, &node.table(), keys, as_of, findings);
                }
            }
        }
    }
}

fn covered_in(
    rules: &Dataset,
    file: &File<'_>,
    table: &Table<'_, '_>,
    (countries, groups): (&str, &str),
    as_of: NaiveDate,
    findings: &mut Findings,
) {
    let own = file.table().text("code").unwrap_or_default();
    for node in table.nodes(countries) {
        let Some(country) = node.text().and_then(|text| rules.countries.find(text)) else {
            continue;
        };
        let mut groups = table.texts(groups).filter_map(|id| rules.groups.get(id));
        let group = groups.find(|group| is_inside_for_good(group, country.code, as_of));
        if let (Some(group), true) = (group, country.code.as_str() != own) {
            let message = format!("{} is in the group `{}` anyway", country.name, group.id);
            let help = "take it out: the entry changes nothing";
            let problem = Diagnostic::new(Code::CoveredEntry, node.span.clone(), message);
            findings.add(file, problem.with_help(help));
        }
    }
}

fn is_inside_for_good(group: &Group, country: CountryCode, as_of: NaiveDate) -> bool {
    group.memberships(country).iter().any(|(_, membership)| {
        let joined = membership.from.is_none_or(|from| from <= as_of);
        joined && membership.certain && membership.leaves.is_none()
    })
}
