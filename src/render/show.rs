//! The rules in plain words, as text.

use super::check::{STALE, applied, call};
use super::page::{HEADING, ID, Page, Width};
use super::why::described;
use crate::explain::counted;
use crate::report::{
    CallRules, GroupRules, ReadingRules, RequirementRules, RulesReport, SourceReport, WindowRules,
};
use crate::vocabulary::Text;

const INDENT: usize = 2;
const LABEL: usize = 10;

/// The text of `rules show`.
pub fn show(report: &RulesReport, width: Width) -> String {
    let mut page = Page::new(width);
    let donor = &report.donor;
    page.styled(HEADING, &format!("{} ({})", donor.name, donor.code));
    if let Some(about) = &donor.about {
        page.line(about);
    }
    for window in &report.windows {
        self::window(window, report, &mut page);
    }
    page.finish()
}

fn window(window: &WindowRules, report: &RulesReport, page: &mut Page) {
    page.heading(&format!("{}: {}", window.id, window.title));
    let donors: Vec<&str> = window.donors.iter().map(|donor| donor.name.as_str()).collect();
    page.line(&format!("paid by {}; {}", donors.join(" and "), window.programme.name));
    let (file, line) = (&window.rule.file, window.rule.line);
    page.line(&format!("rules as of {}, written in {file}:{line}", report.as_of));
    for asked in &window.requirements {
        requirement(asked, page);
    }
    calls(window, page);
    how_to_apply(window, page);
    groups(&window.groups, page);
    sources(&window.sources, report, page);
}

fn requirement(asked: &RequirementRules, page: &mut Page) {
    page.gap();
    let marks: Vec<String> = marks(asked).iter().map(|mark| format!(", {mark}")).collect();
    page.verbatim(&format!("{HEADING}{}{HEADING:#}{}\n", asked.part, marks.concat()));
    let mut row = |label: &str, text: &str| {
        if !text.is_empty() {
            page.labelled(INDENT, LABEL, label, text);
        }
    };
    match asked.readings.len() {
        0 => row("asked", &asked.asked),
        ways => row("asked", &format!("{ways} ways to read it, or sources in conflict")),
    }
    for text in &asked.details {
        row("", text);
    }
    row("wording", asked.wording.as_deref().unwrap_or_default());
    for (at, reading) in asked.readings.iter().enumerate() {
        self::reading(if at == 0 { "either" } else { "or" }, reading, &mut row);
    }
    row("valid", &valid(asked));
    for old in &asked.superseded {
        row("outdated", &format!("{} [{}]", old.says, old.sources.join(", ")));
    }
    row("note", asked.note.as_deref().unwrap_or_default());
    if asked.readings.is_empty() {
        row("source", &asked.sources.join(", "));
    }
    if asked.stale {
        row("stale", STALE);
    }
    row("rule", &format!("{}:{}", asked.rule.file, asked.rule.line));
}

/// What stands beside a criterion: its strength and basis, and whether it holds now.
pub(super) fn marks(asked: &RequirementRules) -> Vec<&'static str> {
    let strength = (asked.strength != "required").then_some(asked.strength);
    let basis = (asked.basis == "programme").then_some("programme's word");
    let idle = (!asked.in_force).then_some("not in force now");
    strength.into_iter().chain(basis).chain(idle).collect()
}

fn reading(label: &str, reading: &ReadingRules, row: &mut impl FnMut(&str, &str)) {
    row(label, &format!("{} [{}]", reading.asked, reading.sources.join(", ")));
    let details = reading.details.iter().map(String::as_str);
    for text in details.chain(reading.wording.as_deref()) {
        row("", text);
    }
}

/// The days between which a rule holds, in words.
pub(super) fn valid(asked: &RequirementRules) -> String {
    match (&asked.valid_from, &asked.valid_to) {
        (Some(from), Some(to)) => format!("for applications from {from} to {to}"),
        (Some(from), None) => format!("for applications from {from}"),
        (None, Some(to)) => format!("for applications until {to}"),
        (None, None) => String::new(),
    }
}

fn calls(window: &WindowRules, page: &mut Page) {
    page.heading("Calls");
    page.labelled(INDENT, LABEL, "now", &call(&window.call));
    if let Some(period) = &window.recurring {
        let text =
            format!("{} to {}{}", period.opens, period.closes, noted(period.note.as_deref()));
        page.labelled(INDENT, LABEL, "yearly", &text);
    }
    for call in window.calls.iter().rev() {
        page.labelled(INDENT, LABEL, call.state, &days(call));
        for asked in &call.requirements {
            let text = format!("{} of this call: {}", asked.part, asked.asked);
            page.labelled(INDENT, LABEL, "", &text);
        }
    }
    for past in &window.past_calls {
        page.labelled(INDENT, LABEL, "earlier", past);
    }
}

/// The days of a call and what is to be known of it.
pub(super) fn days(call: &CallRules) -> String {
    format!("{} to {}{}", call.opens, call.closes, noted(call.note.as_deref()))
}

pub(super) fn noted(note: Option<&str>) -> String {
    note.map_or_else(String::new, |note| format!("; {note}"))
}

fn how_to_apply(window: &WindowRules, page: &mut Page) {
    page.heading("How to apply");
    page.labelled(INDENT, LABEL, "where", &applied(&window.apply));
    let hosts: Vec<&str> = window.hosts.iter().map(|host| host.name.as_str()).collect();
    let hosts = hosts.join(", ");
    let rows = [
        ("how", window.apply.how.as_deref()),
        ("hosts", Some(hosts.as_str())),
        ("", window.hosts_note.as_deref()),
        ("posting", window.duration.as_deref()),
        ("note", window.note.as_deref()),
    ];
    for limit in &window.limits {
        let text = format!("{} [{}]", limit.says, limit.sources.join(", "));
        page.labelled(INDENT, LABEL, "limit", &text);
    }
    let known = window.info.iter().map(|info| ("know", Some(info.as_str())));
    for (label, text) in rows.into_iter().chain(known) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            page.labelled(INDENT, LABEL, label, text);
        }
    }
}

fn groups(groups: &[GroupRules], page: &mut Page) {
    if groups.is_empty() {
        return;
    }
    page.heading("Lists of countries");
    for group in groups {
        page.verbatim(&format!("  {ID}{}{ID:#}\n", group.id));
        page.indented(4, &group.name);
        if let Some(about) = &group.about {
            page.indented(4, about);
        }
        for (label, text) in standings(group) {
            page.indented(4, &format!("{label}: {text}"));
        }
    }
}

/// Who is inside, and of whom it cannot be told.
pub(super) fn standings(group: &GroupRules) -> Vec<(String, String)> {
    let count = |countries: &[Text]| match countries.len() {
        1 => "1 country".to_owned(),
        count => format!("{count} countries"),
    };
    let lists = [
        ("inside", &group.inside),
        ("contested", &group.contested),
        ("not on record", &group.uncertain),
    ];
    let named = lists.into_iter().filter(|(_, countries)| !countries.is_empty());
    let mut standings: Vec<(String, String)> =
        named.map(|(label, list)| (format!("{}, {label}", count(list)), list.join(", "))).collect();
    if !group.complete {
        let text = "whether they are inside is not on record".to_owned();
        standings.push(("countries not named".to_owned(), text));
    }
    if !group.ends.is_empty() {
        standings
            .push((counted(group.ends.len(), "end") + " of membership", group.ends.join("; ")));
    }
    standings
}

fn sources(sources: &[SourceReport], report: &RulesReport, page: &mut Page) {
    if sources.is_empty() {
        return;
    }
    page.heading("Sources");
    for source in sources {
        page.verbatim(&format!("  {ID}{}{ID:#}\n", source.id));
        page.indented(4, &described(source, &report.as_of));
        if let Some(url) = &source.url {
            page.indented(4, url);
        }
        page.indented(4, &source.says);
    }
}
