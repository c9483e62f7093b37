//! What lies ahead of a window, read off its timeline.

use super::page::{ID, Page};
use crate::report::SpanReport;

/// More windows that open later than this are counted instead of shown.
const MOST_LATER: usize = 8;

/// Whether windows of this verdict count as open.
fn is_open(span: &SpanReport) -> bool {
    matches!(span.verdict, "eligible" | "likely")
}

/// The last day on which a window that is open now is so without a break; `None` if it is not open
/// now, or open up to the horizon.
pub(super) fn open_until(timeline: &[SpanReport]) -> Option<&str> {
    timeline.iter().take_while(|span| is_open(span)).last()?.to.as_deref()
}

/// The first span in which a window that is not open now is open.
pub(super) fn open_later(timeline: &[SpanReport]) -> Option<&SpanReport> {
    let now = timeline.first()?;
    timeline.iter().find(|span| is_open(span)).filter(|_| !is_open(now))
}

/// What brings a span about: `age: turns 33 on 2028-05-04`.
pub(super) fn reasons(span: &SpanReport) -> String {
    let texts: Vec<String> =
        span.because.iter().map(|turn| format!("{}: {}", turn.criterion, turn.text)).collect();
    texts.join("; ")
}

/// Windows that are open later, the earliest first: their ids with the first span that is open. More
/// than a few are counted.
pub(super) fn later(found: &[(&str, &SpanReport)], page: &mut Page) {
    if found.is_empty() {
        return;
    }
    page.heading("Open to you later");
    for (id, span) in found.iter().take(MOST_LATER) {
        page.gap();
        page.labelled_in(ID, 2, id.len() + 2, id, &format!("{} {}", span.verdict, days(span)));
        page.indented(2, &reasons(span));
    }
    if found.len() > MOST_LATER {
        let more = found.len() - MOST_LATER;
        page.indented(2, &format!("and {more} more; `jpo-check when PROFILE` shows them"));
    }
}

/// The next change of the verdict: `ineligible from 2028-01-01 (age: ...)`.
pub(super) fn next_change(timeline: &[SpanReport]) -> Option<String> {
    timeline.get(1).map(change)
}

/// A change of the verdict, on the first day of `span`.
pub(super) fn change(span: &SpanReport) -> String {
    format!("{} from {} ({})", span.verdict, span.from, reasons(span))
}

/// The days of a span that is open later: `from 2027-03-01 to 2029-05-03`.
pub(super) fn days(span: &SpanReport) -> String {
    match &span.to {
        Some(to) => format!("{} to {to}", span.from),
        None => format!("from {} on", span.from),
    }
}
