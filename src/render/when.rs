//! Timelines as bars by year, and as lists of days.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};

use super::ahead::{days, open_later, open_until, reasons};
use super::page::{BAD, GOOD, HEADING, ID, OPEN_POINT, PLAIN, Page, Width};
use crate::explain::counted;
use crate::report::{SpanReport, WhenReport, WindowTimeline};

const INDENT: usize = 2;
/// More columns than this do not make a bar clearer.
const WIDEST: usize = 100;

/// The text of `when`: bars of the windows that are not ineligible throughout; the days of each
/// span where one window is asked for.
pub fn when(report: &WhenReport, one: bool, width: Width) -> String {
    let mut page = Page::new(width);
    let title = format!("Applications from {} to {}", report.as_of, report.horizon);
    page.styled(HEADING, &title);
    let shut =
        |window: &&WindowTimeline| window.timeline.iter().all(|span| span.verdict == "ineligible");
    let (closed, shown): (Vec<_>, Vec<_>) =
        report.windows.iter().partition(|window| !one && shut(window));
    if let Some(scale) = Scale::new(report, &shown, width) {
        page.gap();
        page.verbatim(&scale.years());
        for window in &shown {
            page.verbatim(&scale.bar(window));
        }
        page.gap();
        page.line("█ eligible   ▓ likely   ░ undetermined   · ineligible");
    }
    for window in &shown {
        page.gap();
        page.verbatim(&format!("{}{ID}{}{ID:#}\n", " ".repeat(INDENT), window.id));
        if one {
            spans(window, &mut page);
        } else {
            page.indented(INDENT, &outlook(&window.timeline));
        }
    }
    if !closed.is_empty() {
        page.gap();
        let text = format!("{} ineligible throughout.", counted(closed.len(), "window"));
        page.line(&text);
    }
    page.gap();
    page.line(
        "Taken for granted: work that goes on goes on, degrees are awarded as expected, and the \
         rules stay as they are.",
    );
    page.finish()
}

/// Every span with its days and what brings it about.
fn spans(window: &WindowTimeline, page: &mut Page) {
    for span in &window.timeline {
        let to = span.to.as_deref().unwrap_or("...");
        let head = format!("{} to {to}", span.from);
        let why = reasons(span);
        let text = if why.is_empty() {
            span.verdict.to_owned()
        } else {
            format!("{}: {why}", span.verdict)
        };
        page.labelled(INDENT, 26, &head, &text);
    }
}

/// The day that matters most: until when, or from when.
fn outlook(timeline: &[SpanReport]) -> String {
    let Some(now) = timeline.first() else { return String::new() };
    let next = timeline
        .get(1)
        .map(|span| format!("; {} from {}: {}", span.verdict, span.from, reasons(span)));
    if let Some(until) = open_until(timeline) {
        return format!("{} now, open until {until}{}", now.verdict, next.unwrap_or_default());
    }
    if let Some(later) = open_later(timeline) {
        return format!(
            "{} now; {} {}: {}",
            now.verdict,
            later.verdict,
            days(later),
            reasons(later)
        );
    }
    match next {
        Some(next) => format!("{} now{next}", now.verdict),
        None => format!("{} throughout", now.verdict),
    }
}

/// The columns of a bar: an equal number for each year.
struct Scale {
    label: usize,
    first_year: i32,
    years: usize,
    per_year: usize,
}

impl Scale {
    /// `None` where there is nothing to draw, or no room.
    fn new(report: &WhenReport, shown: &[&WindowTimeline], width: Width) -> Option<Self> {
        let label = shown.iter().map(|window| window.id.len()).max()? + INDENT + 2;
        let (from, to) = (day(&report.as_of)?, day(&report.horizon)?);
        let years = usize::try_from(to.year() - from.year() + 1).ok()?;
        let room = width.columns().min(WIDEST).checked_sub(label)?;
        // Columns that share a month evenly are the easiest to read.
        let per_year = [12, 6, 4, 3, 2, 1].into_iter().find(|per_year| per_year * years <= room)?;
        Some(Self { label, first_year: from.year(), years, per_year })
    }

    /// The years above the bars, as many as there is room for.
    fn years(&self) -> String {
        let mut line = " ".repeat(self.label);
        let step = 5_usize.div_ceil(self.per_year);
        for at in (0..self.years).step_by(step) {
            let year = self.first_year + i32::try_from(at).unwrap_or_default();
            let _ = write!(line, "{year:<width$}", width = step * self.per_year);
        }
        format!("{}\n", line.trim_end())
    }

    fn bar(&self, window: &WindowTimeline) -> String {
        let mut line = format!("{0}{ID}{1}{ID:#}", " ".repeat(INDENT), window.id);
        line.push_str(&" ".repeat(self.label.saturating_sub(INDENT + window.id.len())));
        for column in 0..self.years * self.per_year {
            let (glyph, style) = match self.verdict(&window.timeline, column) {
                Some("eligible") => ('█', GOOD),
                Some("likely") => ('▓', GOOD),
                Some("undetermined") => ('░', OPEN_POINT),
                Some(_) => ('·', BAD),
                None => (' ', PLAIN),
            };
            let _ = write!(line, "{style}{glyph}{style:#}");
        }
        format!("{}\n", line.trim_end())
    }

    /// The best verdict of the days of a column: a bar hides no chance.
    fn verdict<'r>(&self, timeline: &'r [SpanReport], column: usize) -> Option<&'r str> {
        let months = 12 / self.per_year;
        let starts = |column: usize| {
            let year = self.first_year + i32::try_from(column / self.per_year).ok()?;
            let month = u32::try_from(column % self.per_year * months).ok()? + 1;
            NaiveDate::from_ymd_opt(year, month, 1)
        };
        let (first, next) = (starts(column)?.to_string(), starts(column + 1)?.to_string());
        let within =
            |span: &&SpanReport| span.from < next && span.to.as_ref().is_none_or(|to| *to >= first);
        let order = ["eligible", "likely", "undetermined", "ineligible"];
        let verdicts = timeline.iter().filter(within).map(|span| span.verdict);
        verdicts.min_by_key(|verdict| order.iter().position(|known| known == verdict))
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}
