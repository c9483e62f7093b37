//! What came out for many profiles, on a screen.

use super::page::{ID, Page, Width};
use crate::engine::ENTRIES;
use crate::explain::counted;
use crate::report::{BatchSummary, WindowCounts};

/// More windows than this are not listed; the JSON has them all.
const MOST_WINDOWS: usize = 10;

/// The windows that are open to most, what shuts out most, and what it was answered from.
pub fn batch(summary: &BatchSummary, width: Width) -> String {
    let mut page = Page::new(width);
    let BatchSummary { profiles, failed: others, open, .. } = summary;
    // Neither empty lines nor the first one of a table could be profiles.
    page.line(&format!(
        "{} of {}: a window is open to {open} (as of {})",
        of(*profiles, "profile"),
        of(profiles + others, "line"),
        summary.as_of
    ));
    failed(summary, &mut page);
    windows(summary, &mut page);
    unmet(summary, &mut page);
    page.gap();
    page.line(&format!(
        "Answered by {} {} from rules {}.",
        summary.tool.name, summary.tool.version, summary.data.version
    ));
    page.finish()
}

fn of(count: u64, noun: &str) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), noun)
}

fn failed(summary: &BatchSummary, page: &mut Page) {
    if summary.failed == 0 {
        return;
    }
    let kinds: Vec<String> =
        summary.errors.iter().map(|(code, count)| format!("{count} {code}")).collect();
    page.line(&format!("{} no profile: {}", are(summary.failed), kinds.join(", ")));
}

fn are(lines: u64) -> String {
    let verb = if lines == 1 { "is" } else { "are" };
    format!("{} {verb}", of(lines, "line"))
}

fn windows(summary: &BatchSummary, page: &mut Page) {
    let mut open: Vec<&WindowCounts> =
        summary.windows.iter().filter(|window| window.verdicts.open > 0).collect();
    open.sort_by(|a, b| b.verdicts.open.cmp(&a.verdicts.open).then_with(|| a.id.cmp(&b.id)));
    if open.is_empty() {
        return;
    }
    page.heading("Open to most");
    let column = open.iter().take(MOST_WINDOWS).map(|w| w.id.len()).max().unwrap_or_default() + 2;
    for window in open.iter().take(MOST_WINDOWS) {
        let counts = window.verdicts;
        let text = format!(
            "{} ({} eligible, {} likely), {} undetermined",
            counts.open, counts.eligible, counts.likely, counts.undetermined
        );
        page.labelled_in(ID, 2, column, &window.id, &text);
    }
    let more = open.len().saturating_sub(MOST_WINDOWS);
    if more > 0 {
        page.indented(2, &format!("and {} more", counted(more, "window")));
    }
}

fn unmet(summary: &BatchSummary, page: &mut Page) {
    let mut unmet: Vec<(&str, u64)> =
        summary.unmet.iter().map(|(criterion, count)| (*criterion, *count)).collect();
    unmet.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let is_entry =
        |(criterion, _): &(&str, u64)| ENTRIES.iter().any(|entry| entry.word() == *criterion);
    let (entries, others) = unmet.into_iter().partition(is_entry);
    counts("Unmet, counted once for each profile and window", entries, page);
    counts("Unmet by those whom nationality and sponsorship leave", others, page);
}

fn counts(heading: &str, counts: Vec<(&str, u64)>, page: &mut Page) {
    if counts.is_empty() {
        return;
    }
    page.heading(heading);
    for (criterion, count) in counts {
        page.labelled(2, 15, criterion, &count.to_string());
    }
}
