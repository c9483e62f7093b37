//! One window whole.

use super::check::{STALE, applied, call};
use super::page::{BAD, GOOD, HEADING, ID, OPEN_POINT, PLAIN, Page, Width};
use crate::dataset::Dataset;
use crate::explain;
use crate::report::{FindingReport, Report, SourceReport, WindowReport};
use crate::rules::{Lookalike, Window};

const INDENT: usize = 2;
const LABEL: usize = 10;

/// The text of `why`: every finding with what is asked, what was found, the reason, the source,
/// its age and the line of the rule; then how to apply and the process.
pub fn why(report: &Report, data: &Dataset, window: &Window, width: Width) -> String {
    let mut page = Page::new(width);
    for shown in report.windows.iter().filter(|shown| shown.id == window.id) {
        head(report, shown, &mut page);
        for finding in &shown.findings {
            self::finding(finding, shown, report, &mut page);
        }
        confirm(shown, &mut page);
        how_to_apply(shown, data, window, &mut page);
        process(data, window, &mut page);
        sources(shown, &mut page);
        lookalikes(data, window, &mut page);
    }
    page.finish()
}

fn head(report: &Report, window: &WindowReport, page: &mut Page) {
    page.styled(HEADING, &format!("{}: {}", window.id, window.title));
    let donors: Vec<&str> = window.donors.iter().map(|donor| donor.name.as_str()).collect();
    page.line(&format!("paid by {}; {}", donors.join(" and "), window.programme.name));
    let style = match window.verdict {
        "eligible" | "likely" => GOOD,
        "undetermined" => OPEN_POINT,
        _ => BAD,
    };
    page.styled(style, &format!("{} as of {}", window.verdict, report.as_of));
}

fn finding(finding: &FindingReport, window: &WindowReport, report: &Report, page: &mut Page) {
    page.gap();
    let style = match (finding.outcome, finding.strength) {
        (_, "asset" | "judged") => PLAIN,
        ("met", _) => GOOD,
        ("unmet", _) => BAD,
        _ => OPEN_POINT,
    };
    let cause = finding.cause.map_or_else(String::new, |cause| format!(" ({})", words(cause)));
    let strength = if finding.strength == "required" {
        String::new()
    } else {
        format!(", {}", finding.strength)
    };
    let basis = if finding.basis == "programme" { ", programme's word" } else { "" };
    page.verbatim(&format!(
        "{HEADING}{}{HEADING:#}{strength}{basis}: {style}{}{style:#}{cause}\n",
        finding.criterion, finding.outcome
    ));
    let mut row = |label: &str, text: &str| {
        if !text.is_empty() {
            page.labelled(INDENT, LABEL, label, text);
        }
    };
    row("asked", &finding.required);
    if finding.strength != "judged" {
        row("found", &finding.found);
    }
    if finding.outcome != "met" && finding.strength != "judged" && finding.strength != "asset" {
        row("reason", &finding.reason);
    }
    row("wording", finding.wording.as_deref().unwrap_or_default());
    readings(finding, &mut row);
    for caveat in &finding.caveats {
        row("note", caveat);
    }
    for old in &finding.superseded {
        row("outdated", &format!("{} ({})", old.says, old.sources.join(", ")));
    }
    row("note", finding.note.as_deref().unwrap_or_default());
    let source = finding.source.as_ref().and_then(|id| window.sources.iter().find(|s| s.id == *id));
    row("source", &source.map_or_else(String::new, |source| cited(source, &report.as_of)));
    if finding.stale {
        row("stale", STALE);
    }
    row("rule", &format!("{}:{}", finding.rule.file, finding.rule.line));
}

/// Readings one by one where the outcome differs between them; else only how many agree.
fn readings(finding: &FindingReport, row: &mut impl FnMut(&str, &str)) {
    let count = finding.readings.len();
    if count > 1 && finding.outcome != "unknown" {
        let text = format!("{} in each of the {count} ways to read it", finding.outcome);
        return row("readings", &text);
    }
    for reading in &finding.readings {
        row(reading.outcome, &format!("if {}", reading.conditions.join(" and ")));
    }
}

/// A word of a closed set as people write it.
pub(super) fn words(word: &str) -> String {
    word.replace('_', " ")
}

/// A source with its age and its id.
fn cited(source: &SourceReport, as_of: &str) -> String {
    format!("{} [{}]", described(source, as_of), source.id)
}

/// A source with its age.
pub(super) fn described(source: &SourceReport, as_of: &str) -> String {
    let date = dated(source);
    let days = |text: &str| text.parse::<chrono::NaiveDate>().ok();
    let age = match (days(as_of), days(&source.checked)) {
        (Some(as_of), Some(checked)) if as_of >= checked => match (as_of - checked).num_days() {
            0 => ", today".to_owned(),
            1 => ", 1 day ago".to_owned(),
            days => format!(", {days} days ago"),
        },
        _ => String::new(),
    };
    let stale = match (&source.recheck_by, source.stale) {
        (Some(day), true) => format!("; due to be looked at again since {day}"),
        _ => String::new(),
    };
    format!(
        "{}, {}, {date}, checked {}{age}{stale}",
        source.publisher,
        words(source.kind),
        source.checked
    )
}

/// The date of a page, in words.
pub(super) fn dated(source: &SourceReport) -> String {
    match (&source.published, &source.dated) {
        (Some(published), _) => format!("page of {published}"),
        (None, Some(dated)) if dated == "undated" => "page without a date".to_owned(),
        (None, Some(dated)) => format!("page without a date ({dated})"),
        (None, None) => "page without a date".to_owned(),
    }
}

fn confirm(window: &WindowReport, page: &mut Page) {
    if window.confirm.is_empty() {
        return;
    }
    page.heading("Confirm with the donor");
    for point in &window.confirm {
        page.labelled(INDENT, 2, "-", &point.text);
    }
}

fn how_to_apply(shown: &WindowReport, data: &Dataset, window: &Window, page: &mut Page) {
    page.heading("How to apply");
    page.labelled(INDENT, LABEL, "where", &applied(&shown.apply));
    if let Some(how) = &shown.apply.how {
        page.labelled(INDENT, LABEL, "how", how);
    }
    page.labelled(INDENT, LABEL, "call", &call(&shown.call));
    for past in &window.past_calls {
        page.labelled(INDENT, LABEL, "earlier", past);
    }
    let hosts: Vec<&str> = shown.hosts.iter().map(|host| host.name.as_str()).collect();
    page.labelled(INDENT, LABEL, "hosts", &hosts.join(", "));
    for text in window.hosts_note.iter().chain(&window.note) {
        page.labelled(INDENT, LABEL, "", text);
    }
    if let Some(duration) = &window.duration {
        page.labelled(INDENT, LABEL, "posting", duration);
    }
    for limit in data.limits_over(&window.id) {
        page.labelled(INDENT, LABEL, "limit", &explain::limit(limit));
    }
    for info in &window.info {
        page.labelled(INDENT, LABEL, "know", info);
    }
}

fn process(data: &Dataset, window: &Window, page: &mut Page) {
    let Some(programme) = data.programme(&window.programme) else { return };
    let months = programme.months_to_entry.as_ref().map(explain::months_to_entry);
    let facts = [
        ("grade", programme.grade.as_deref()),
        ("posting", programme.duration.as_deref()),
        ("entry", months.as_deref()),
    ];
    if programme.steps.is_empty() && facts.iter().all(|(_, fact)| fact.is_none()) {
        return;
    }
    page.heading(&format!("Process of the programme: {}", programme.name));
    for (label, fact) in facts {
        if let Some(text) = fact {
            page.labelled(INDENT, LABEL, label, text);
        }
    }
    for (at, step) in programme.steps.iter().enumerate() {
        page.labelled(INDENT, 4, &format!("{}.", at + 1), &explain::step(step));
    }
}

fn sources(window: &WindowReport, page: &mut Page) {
    if window.sources.is_empty() {
        return;
    }
    page.heading("Sources");
    for source in &window.sources {
        page.verbatim(&format!("  {ID}{}{ID:#}\n", source.id));
        if let Some(url) = &source.url {
            page.indented(4, url);
        }
        page.indented(4, &source.says);
        if let (Some(day), true) = (&source.recheck_by, source.stale) {
            page.indented(4, &format!("Due to be looked at again since {day}."));
        }
    }
}

/// The donor's own look-alikes in full, those of every donor by name.
fn lookalikes(data: &Dataset, window: &Window, page: &mut Page) {
    if data.lookalikes.is_empty() {
        return;
    }
    page.heading("Often mistaken for the JPO programme");
    let own = |scheme: &&Lookalike| scheme.donors.iter().any(|code| window.donors.contains(code));
    for scheme in data.lookalikes.iter().filter(own) {
        page.labelled(INDENT, 2, "-", &format!("{}: {}", scheme.name, scheme.difference));
    }
    let general = data.lookalikes.iter().filter(|scheme| scheme.donors.is_empty());
    let names: Vec<&str> = general.map(|scheme| scheme.name.as_str()).collect();
    if !names.is_empty() {
        page.labelled(
            INDENT,
            2,
            "-",
            &format!("other schemes with rules of their own: {}", names.join(", ")),
        );
    }
}
