//! The answer of a check: what is open first, then what hangs on something, then the rest counted.

use super::ahead::{self, next_change, open_later, open_until};
use super::page::{BAD, GOOD, HEADING, ID, OPEN_POINT, PLAIN, Page, Width};
use crate::explain::{counted, listed};
use crate::report::{
    Apply, Call, Confirm, FindingReport, Named, Report, Shown, SpanReport, WayReport, WindowReport,
};
use crate::rules::Criterion;
use crate::vocabulary::Words;

/// What a finding past its day says of itself.
pub(super) const STALE: &str = "a source it rests on was due to be looked at again";

/// More windows that open by one change than this are counted instead of shown.
const MOST_AHEAD: usize = 8;
/// More questions than this are left to the JSON.
const MOST_QUESTIONS: usize = 6;
const INDENT: usize = 2;
const LABEL: usize = 9;

/// The text of a check. With `all`, ineligible windows are listed with their reasons too.
pub fn check(report: &Report, all: bool, width: Width) -> String {
    let mut page = Page::new(width);
    summed_up(report, &mut page);
    only(report, &mut page);
    open(report, &mut page);
    undetermined(report, all, &mut page);
    later(report, &mut page);
    near(report, &mut page);
    questions(report, &mut page);
    settled(report, &mut page);
    ineligible(report, all, &mut page);
    footer(report, &mut page);
    page.finish()
}

/// The first line of the text of a check: how many windows are open.
pub fn headline(report: &Report, width: Width) -> String {
    let mut page = Page::new(width);
    summed_up(report, &mut page);
    page.finish()
}

fn of<'r>(report: &'r Report, verdict: &str) -> Vec<&'r WindowReport> {
    report.windows.iter().filter(|window| window.verdict == verdict).collect()
}

fn summed_up(report: &Report, page: &mut Page) {
    let summary = report.summary;
    let total = summary.total();
    let id = report.profile.id.as_ref().map_or_else(String::new, |id| format!(" for {id}"));
    page.styled(
        HEADING,
        &format!(
            "{} open{id}, {} undetermined, {} ineligible (as of {})",
            if total == 0 {
                "No window matches: 0".to_owned()
            } else {
                format!("{} of {}", summary.open, counted(total, "sponsor window"))
            },
            summary.undetermined,
            summary.ineligible,
            report.as_of
        ),
    );
}

/// Which windows are shown, where not all are.
fn only(report: &Report, page: &mut Page) {
    let shown = report.windows.len() + report.also_shut.len();
    if shown == report.summary.total() {
        return;
    }
    page.gap();
    let verdicts = listed(&report.only, "or");
    page.line(&if shown == 0 {
        format!("None of them is {verdicts}.")
    } else {
        format!("Shown are those that are {verdicts}.")
    });
}

fn open(report: &Report, page: &mut Page) {
    let windows: Vec<&WindowReport> = report.windows.iter().filter(|w| w.open).collect();
    if windows.is_empty() {
        return;
    }
    page.heading("Open to you");
    for window in windows {
        page.gap();
        title(window, GOOD, page);
        page.labelled(INDENT, LABEL, "call", &call(&window.call));
        page.labelled(INDENT, LABEL, "apply", &applied(&window.apply));
        then(window, page);
        confirm(&window.confirm, page);
        stale(window, page);
    }
}

fn title(window: &WindowReport, style: anstyle::Style, page: &mut Page) {
    page.verbatim(&format!(
        "{}{ID}{}{ID:#}  {style}{}{style:#}{}\n",
        " ".repeat(INDENT),
        window.id,
        window.verdict,
        until(window)
    ));
    page.indented(INDENT, &whole_title(&window.title, &window.donors));
}

/// Until when an open window has its verdict, and until when it is open: `  until 2027-03-01`.
fn until(window: &WindowReport) -> String {
    let last = window.timeline.first().and_then(|now| now.to.as_deref());
    match (last.filter(|_| window.open), open_until(&window.timeline)) {
        (Some(last), Some(open)) if last != open => format!("  until {last}, open until {open}"),
        (Some(last), _) => format!("  until {last}"),
        (None, _) => String::new(),
    }
}

/// The title, with the donors where it does not name them.
pub(super) fn whole_title(title: &str, donors: &[Named]) -> String {
    let donors: Vec<&str> = donors.iter().map(|donor| donor.name.as_str()).collect();
    if donors.iter().all(|donor| title.contains(donor)) {
        title.to_owned()
    } else {
        format!("{}: {title}", listed(&donors, "and"))
    }
}

/// The next change of the verdict.
fn then(window: &WindowReport, page: &mut Page) {
    if let Some(change) = next_change(&window.timeline) {
        page.labelled(INDENT, LABEL, "then", &change);
    }
    if let (false, Some(way)) = (window.open, &window.way) {
        page.labelled(INDENT, LABEL, "or", &one_change(way));
    }
}

/// A way in by one change: `open from 2027-03-01 on with French at B2`.
fn one_change(way: &WayReport) -> String {
    let steps: Vec<&str> = way.steps.iter().map(|step| step.text.as_str()).collect();
    let days = match (&way.verdict_to, &way.to) {
        (Some(last), Some(to)) => format!("{} to {last}, open until {to},", way.from),
        (Some(to), None) | (None, Some(to)) => format!("{} to {to}", way.from),
        (None, None) => format!("from {} on", way.from),
    };
    format!("{} {days} with {}", way.verdict, steps.join(", "))
}

/// Ineligible windows that one change opens.
fn near(report: &Report, page: &mut Page) {
    let windows = of(report, "ineligible");
    let near: Vec<(&WindowReport, &WayReport)> =
        windows.into_iter().filter_map(|window| Some((window, window.way.as_ref()?))).collect();
    if near.is_empty() {
        return;
    }
    page.heading("One change away (`jpo-check how PROFILE WINDOW` shows every way)");
    for (window, way) in near.iter().take(MOST_AHEAD) {
        page.labelled_in(ID, INDENT, 20, &window.id, &one_change(way));
    }
    if near.len() > MOST_AHEAD {
        page.indented(INDENT, &format!("and {} more", near.len() - MOST_AHEAD));
    }
}

/// Windows that are ineligible now and open later.
fn later(report: &Report, page: &mut Page) {
    let windows = of(report, "ineligible");
    let mut found: Vec<(&str, &SpanReport)> = windows
        .into_iter()
        .filter_map(|window| Some((window.id.as_str(), open_later(&window.timeline)?)))
        .collect();
    found.sort_by_key(|(id, span)| (&span.from, *id));
    ahead::later(&found, page);
}

/// The call in words.
pub(super) fn call(call: &Call) -> String {
    let day = |day: &Option<String>| day.clone().unwrap_or_default();
    let (opens, closes) = (day(&call.opens), day(&call.closes));
    match (call.state, call.expected) {
        ("open", _) => format!("open until {closes}"),
        ("rolling", _) => "posts appear all year, each with its own deadline".to_owned(),
        ("upcoming", false) => format!("opens {opens}, closes {closes}"),
        ("upcoming", true) => format!("expected {opens} to {closes}, as in earlier years"),
        ("closed", _) => format!("closed since {closes}; the next is not announced"),
        (_, true) => format!("expected {opens} to {closes}; not seen announced"),
        _ => "no call on record".to_owned(),
    }
}

/// Where to apply, in words.
pub(super) fn applied(apply: &Apply) -> String {
    let mut text = apply.operator.as_deref().unwrap_or("channel not on record").to_owned();
    if let Some(url) = &apply.url {
        text = format!("{text}, {url}");
    }
    if !apply.individual {
        text = format!("by nomination, you cannot apply yourself ({text})");
    }
    text
}

/// Points of the usual profile in one line, the others in full.
fn confirm(points: &[Confirm], page: &mut Page) {
    let mut usual: Vec<String> = Vec::new();
    for point in points.iter().filter(|point| point.usual) {
        if !usual.iter().any(|name| name == point.criterion) {
            usual.push(point.criterion.to_owned());
        }
    }
    if !usual.is_empty() {
        let text = format!("{}: rests on the programme's usual profile", usual.join(", "));
        page.labelled(INDENT, LABEL, "confirm", &text);
    }
    for point in points.iter().filter(|point| !point.usual) {
        page.labelled(INDENT, LABEL, "confirm", &point.text);
    }
}

/// The criteria that rest on a source past its day.
fn stale(window: &WindowReport, page: &mut Page) {
    let stale = window.findings.iter().filter(|f| f.stale && !is_idle(f));
    let mut criteria: Vec<&str> = stale.map(|finding| finding.criterion).collect();
    criteria.dedup();
    if !criteria.is_empty() {
        page.labelled(INDENT, LABEL, "stale", &format!("{}: {STALE}", criteria.join(", ")));
    }
}

/// Whether a finding never decides.
fn is_idle(finding: &FindingReport) -> bool {
    matches!(finding.strength, "asset" | "judged")
}

fn undetermined(report: &Report, all: bool, page: &mut Page) {
    let windows = of(report, "undetermined");
    if windows.is_empty() {
        return;
    }
    let shown = |shown| windows.iter().filter(move |window| window.shown == shown);
    page.heading("Undetermined");
    if all {
        windows.iter().filter(|w| w.shown != Shown::ForOthers).for_each(|w| apart(report, w, page));
    } else {
        shown(Shown::Apart).for_each(|window| apart(report, window, page));
        named("To confirm with the donor", shown(Shown::ToConfirm), page);
        hanging(shown(Shown::Hanging).count(), page);
    }
    if shown(Shown::ForOthers).next().is_some() {
        page.gap();
    }
    let for_others = "As a rule for other nationals, though not ruled out";
    named(for_others, shown(Shown::ForOthers), page);
}

/// Windows in one line, by their ids.
fn named<'w>(what: &str, windows: impl Iterator<Item = &'w &'w WindowReport>, page: &mut Page) {
    let ids: Vec<&str> = windows.map(|window| window.id.as_str()).collect();
    if !ids.is_empty() {
        page.indented(INDENT, &format!("{what}: {}", ids.join(", ")));
    }
}

fn apart(report: &Report, window: &WindowReport, page: &mut Page) {
    page.gap();
    title(window, OPEN_POINT, page);
    // A deadline matters before everything is settled.
    if window.call.opens.is_some() || window.call.state == "rolling" {
        page.labelled(INDENT, LABEL, "call", &call(&window.call));
    }
    let tell = missing(report, window);
    if !tell.is_empty() {
        page.labelled(INDENT, LABEL, "tell", &tell.join(", "));
    }
    then(window, page);
    confirm(&window.confirm, page);
    stale(window, page);
}

/// Many windows that hang on what is not told.
fn hanging(count: usize, page: &mut Page) {
    if count == 0 {
        return;
    }
    page.gap();
    let text = format!(
        "{} on what your profile does not tell; begin with the facts below (`--all` lists them).",
        if count == 1 { "1 window hangs".to_owned() } else { format!("{count} windows hang") }
    );
    page.indented(INDENT, &text);
}

/// The profile paths that a window hangs on, the best to tell first.
fn missing<'r>(report: &'r Report, window: &WindowReport) -> Vec<&'r str> {
    let asked = report.ask.iter().filter(|question| question.windows.contains(&window.id));
    asked.map(|question| question.fact.as_str()).collect()
}

fn questions(report: &Report, page: &mut Page) {
    if report.ask.is_empty() {
        return;
    }
    page.heading("Tell next, in your profile");
    let most = report.ask.iter().take(MOST_QUESTIONS);
    let column = most.clone().map(|q| q.fact.chars().count()).max().unwrap_or(0) + 2;
    for question in most {
        let text = format!("{} ({})", question.question, counted(question.windows.len(), "window"));
        page.labelled_in(ID, INDENT, column.min(30), &question.fact, &text);
    }
    if report.ask.len() > MOST_QUESTIONS {
        let more = report.ask.len() - MOST_QUESTIONS;
        page.indented(INDENT, &format!("and {more} more; `--format json` lists all"));
    }
}

/// The parts of a profile that need not be told, in one line; nothing of single answers.
fn settled(report: &Report, page: &mut Page) {
    let parts = report.settled.iter().filter(|part| !part.starts_with("facts."));
    let parts: Vec<String> = parts.map(|part| part.replace('_', " ")).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    if !parts.is_empty() && !report.ask.is_empty() {
        page.gap();
        let parts = listed(&parts, "or");
        page.line(&format!("Nothing more about your {parts} can change any of these verdicts."));
    }
}

fn ineligible(report: &Report, all: bool, page: &mut Page) {
    let windows = of(report, "ineligible");
    if windows.is_empty() && report.also_shut.is_empty() {
        return;
    }
    page.gap();
    let counts = Criterion::WORDS.iter().filter_map(|(word, criterion)| {
        let found = windows.iter().filter(|window| window.closed_by == Some(*word)).count();
        let counted = report.also_shut.iter().filter(|shut| *shut == criterion).count();
        (found + counted > 0).then_some((found + counted, *criterion))
    });
    let mut counts: Vec<(usize, Criterion)> = counts.collect();
    counts.sort_by_key(|(count, criterion)| (std::cmp::Reverse(*count), *criterion));
    let mut reasons: Vec<String> = counts
        .iter()
        .map(|(count, criterion)| match criterion {
            Criterion::Sponsorship => format!("{count} not sponsoring now"),
            other => format!("{count} by {other}"),
        })
        .collect();
    let joint = windows.iter().filter(|window| window.closed_by.is_none()).count();
    if joint > 0 {
        reasons.push(format!("{joint} by requirements that you cannot meet together"));
    }
    page.styled(
        PLAIN,
        &format!("{} ineligible: {}.", report.summary.ineligible, reasons.join(", ")),
    );
    if !all {
        return;
    }
    for window in windows {
        page.gap();
        title(window, BAD, page);
        let unmet =
            window.findings.iter().filter(|f| f.outcome == "unmet" && f.strength == "required");
        for finding in unmet {
            page.labelled(INDENT, 14, finding.criterion, &finding.reason);
            if finding.stale {
                page.labelled(INDENT, 14, "", &format!("({STALE})"));
            }
        }
    }
}

fn footer(report: &Report, page: &mut Page) {
    if let Some(id) = &report.example {
        page.gap();
        page.line(&format!("`jpo-check why {id} PROFILE` shows one window whole."));
    }
    let stale = report
        .windows
        .iter()
        .filter(|w| w.verdict != "ineligible")
        .filter(|w| w.findings.iter().any(|finding| finding.stale && !is_idle(finding)))
        .count();
    if stale > 0 {
        page.line(&format!(
            "{} on sources that were due to be looked at again; `jpo-check windows --stale --as-of \
             {}` lists them.",
            if stale == 1 { "1 window rests".to_owned() } else { format!("{stale} windows rest") },
            report.as_of
        ));
    }
}
