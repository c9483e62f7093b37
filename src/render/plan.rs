//! A plan as text: windows by closing day, what binds the choice, the steps to the first day.

use super::ahead::{self, change};
use super::check::call;
use super::page::{GOOD, HEADING, ID, OPEN_POINT, Page, Width};
use crate::explain::{counted, listed};
use crate::plan::Bearing;
use crate::report::{EntryOnDuty, PlanLimit, PlanProgramme, PlanReport, PlanWindow, SpanReport};
use crate::vocabulary::Text;

/// If more windows than this hang on something, they are counted instead of shown one by one.
const MOST_APART: usize = 8;
const INDENT: usize = 2;
/// The columns of the days to apply by, of the verdict and of the days of entry.
const DAY: usize = 12;
const VERDICT: usize = 14;
const ENTRY: usize = 18;

/// The text of a plan.
pub fn plan(report: &PlanReport, width: Width) -> String {
    let mut page = Page::new(width);
    let (open, hanging): (Vec<&PlanWindow>, Vec<&PlanWindow>) =
        report.windows.iter().partition(|window| window.open);
    let all = hanging.len() <= MOST_APART;
    headline(report, (open.len(), hanging.len()), &mut page);
    windows("Open to you", &open, width, &mut page);
    if report.windows.is_empty() {
        page.gap();
        page.line("None of the windows takes you now: `jpo-check PROFILE --all` says why.");
    } else if all {
        windows("Open to you perhaps", &hanging, width, &mut page);
    } else {
        left_out(hanging.len(), &mut page);
    }
    let later: Vec<(&str, &SpanReport)> =
        report.later.iter().map(|later| (later.id.as_str(), &later.opens)).collect();
    ahead::later(&later, &mut page);
    let shown = |id: &Text| all || open.iter().any(|window| window.id == *id);
    let is_told = |limit: &&PlanLimit| {
        limit.follows.is_some() && (all || limit.bearing == Bearing::Binds.word())
    };
    limits(&report.limits.iter().filter(is_told).collect::<Vec<_>>(), &mut page);
    let of_shown = |programme: &&PlanProgramme| programme.windows.iter().any(shown);
    programmes(&report.programmes.iter().filter(of_shown).collect::<Vec<_>>(), &mut page);
    page.finish()
}

fn left_out(hanging: usize, page: &mut Page) {
    page.gap();
    page.line(&format!(
        "{} hang on what you have not told, or on what the donor has to confirm: `jpo-check \
         PROFILE` says what to tell next, `--format json` lists them here.",
        counted(hanging, "window")
    ));
}

fn headline(report: &PlanReport, (open, hanging): (usize, usize), page: &mut Page) {
    let id = report.profile.id.as_ref().map_or_else(String::new, |id| format!(" for {id}"));
    let perhaps = match hanging {
        0 => String::new(),
        count => format!(", {count} more perhaps"),
    };
    let open = counted(open, "window");
    let text = format!("{open} to apply to{id}{perhaps} (as of {})", report.as_of);
    page.styled(HEADING, &text);
}

fn windows(title: &str, windows: &[&PlanWindow], width: Width, page: &mut Page) {
    if windows.is_empty() {
        return;
    }
    page.heading(title);
    let ids = windows.iter().map(|window| window.id.len()).max().unwrap_or_default() + 2;
    let wide = width.columns() >= INDENT + DAY + ids + VERDICT + ENTRY;
    if wide {
        let (day, id, verdict) = ("apply by", "window", "verdict");
        let head = format!("{:INDENT$}{day:DAY$}{id:ids$}{verdict:VERDICT$}entry on duty\n", "");
        page.verbatim(&head);
    }
    for window in windows {
        if wide {
            page.verbatim(&row(window, ids));
        } else {
            let entry = entry(window.entry.as_ref());
            let text = format!("{}: {}; entry on duty {entry}", window.id, window.verdict);
            page.labelled(INDENT, DAY, apply_by(window), &text);
        }
        if let Some(text) = remark(window) {
            page.indented(INDENT + DAY, &text);
        }
    }
}

/// A window in columns, its id in one of `ids` letters.
fn row(window: &PlanWindow, ids: usize) -> String {
    let style = if window.open { GOOD } else { OPEN_POINT };
    let (id, verdict, none) = (&window.id, window.verdict, "");
    let (after_id, after) = (ids - id.len(), VERDICT - verdict.len());
    let (day, entry) = (apply_by(window), entry(window.entry.as_ref()));
    format!(
        "{none:INDENT$}{day:DAY$}{ID}{id}{ID:#}{none:after_id$}{style}{verdict}{style:#}\
         {none:after$}{entry}\n"
    )
}

fn apply_by(window: &PlanWindow) -> &str {
    match (&window.apply_by, window.call.state) {
        (Some(day), _) => day,
        (None, "rolling") => "any time",
        (None, _) => "not known",
    }
}

/// The months of entry on duty: the days would say more than is known.
fn entry(entry: Option<&EntryOnDuty>) -> String {
    let month = |day: &str| day.get(..7).unwrap_or(day).to_owned();
    entry.map_or_else(
        || "not known".to_owned(),
        |entry| format!("{} to {}", month(&entry.from), month(&entry.to)),
    )
}

/// What the columns do not say: days that are expected or over, and what a window hangs on or is
/// shut by.
fn remark(window: &PlanWindow) -> Option<String> {
    let days = match window.call.state {
        "open" | "rolling" => None,
        _ => Some(call(&window.call)),
    };
    let shut = window.shut.as_ref().map(change);
    let hangs = (!window.hangs_on.is_empty())
        .then(|| format!("hangs on {}", listed(&window.hangs_on, "and")));
    let tell = (!window.tell.is_empty()).then(|| format!("tell {}", window.tell.join(", ")));
    let parts: Vec<String> = [days, shut, hangs, tell].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// The limits that bind, and those that may if the windows shown beside are open.
fn limits(limits: &[&PlanLimit], page: &mut Page) {
    if limits.is_empty() {
        return;
    }
    page.heading("What binds your choice");
    for limit in limits {
        page.labelled(INDENT, 2, "-", limit.follows.as_deref().unwrap_or_default());
        let text = format!("The rule: {} [{}]", limit.worded, limit.sources.join(", "));
        page.indented(INDENT + 2, &text);
    }
}

/// The steps of each programme once; those of which nothing is on record in one sentence.
fn programmes(programmes: &[&PlanProgramme], page: &mut Page) {
    if programmes.is_empty() {
        return;
    }
    page.heading("Steps to the first day");
    let (known, bare): (Vec<&PlanProgramme>, Vec<&PlanProgramme>) =
        programmes.iter().partition(|one| one.months_to_entry.is_some() || !one.steps.is_empty());
    for programme in known {
        page.indented_in(HEADING, INDENT, &programme.name);
        let months = programme.months_to_entry.as_ref().map_or(ASSUMED, |months| &months.says);
        page.indented(INDENT + 2, months);
        for (at, step) in programme.steps.iter().enumerate() {
            page.labelled(INDENT + 2, 3, &format!("{}.", at + 1), &step.says);
        }
        if programme.steps.is_empty() {
            page.indented(INDENT + 2, "The steps are not on record.");
        }
    }
    let names: Vec<&str> = bare.iter().map(|one| one.name.as_str()).collect();
    if !names.is_empty() {
        let names = listed(&names, "and");
        page.indented(INDENT, &format!("{names}: steps and months not on record. {ASSUMED}"));
    }
}

const ASSUMED: &str = "6 to 12 months after the close are assumed.";
