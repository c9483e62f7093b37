//! What differs for a profile with changes, as text.

use super::check::whole_title;
use super::page::{BAD, GOOD, HEADING, ID, OPEN_POINT, Page, Width};
use crate::explain::{counted, listed};
use crate::report::{BeforeAfter, Moved, WhatIf, WindowChange};

const INDENT: usize = 2;
const LABEL: usize = 14;

/// The text of a check with changes. With `all`, windows that are ineligible either way are listed
/// too.
pub fn what_if(answer: &WhatIf, all: bool, width: Width) -> String {
    let mut page = Page::new(width);
    headline(answer, &mut page);
    only(answer, &mut page);
    let (same, other): (Vec<&WindowChange>, Vec<&WindowChange>) =
        answer.windows.iter().partition(|window| window.before == window.after);
    for change in other {
        window(change, &mut page);
    }
    let shut = |window: &&&WindowChange| window.after == "ineligible" && !all;
    let hidden = same.iter().filter(shut).count();
    if same.len() > hidden {
        page.heading("The same verdict, on other findings");
        for change in same.iter().filter(|change| !shut(change)) {
            window(change, &mut page);
        }
    }
    if hidden > 0 {
        page.gap();
        let (stay, it) = if hidden == 1 { ("stays", "it") } else { ("stay", "them") };
        page.line(&format!(
            "{} {stay} ineligible, on other findings; `--all` lists {it}.",
            counted(hidden, "window")
        ));
    }
    if answer.windows.is_empty() && answer.only.is_empty() {
        page.gap();
        page.line("Nothing differs: no verdict, and nothing that a verdict hangs on.");
    }
    page.finish()
}

fn headline(answer: &WhatIf, page: &mut Page) {
    let BeforeAfter { before, after } = answer.summary;
    let total = counted(after.total(), "sponsor window");
    let id = answer.profile.id.as_ref().map_or_else(String::new, |id| format!(" for {id}"));
    let open = match after.total() {
        0 => "no window matches".to_owned(),
        _ if before.open == after.open => format!("{} of {total} open{id}, as before", after.open),
        _ => format!("{} of {total} open{id} instead of {}", after.open, before.open),
    };
    let edits = answer.what_if.join(", ");
    page.styled(HEADING, &format!("With {edits}: {open} (as of {})", answer.as_of));
}

/// Which windows are shown, where not all that differ are.
fn only(answer: &WhatIf, page: &mut Page) {
    if answer.only.is_empty() {
        return;
    }
    page.gap();
    let verdicts = listed(&answer.only, "or");
    page.line(&if answer.windows.is_empty() {
        format!("None that differs is {verdicts} with that.")
    } else {
        format!("Shown are those that differ and are {verdicts} with that.")
    });
}

fn window(change: &WindowChange, page: &mut Page) {
    let style = match change.after {
        "undetermined" => OPEN_POINT,
        "ineligible" => BAD,
        _ => GOOD,
    };
    let verdict = if change.before == change.after {
        change.after.to_owned()
    } else {
        format!("{} → {}", change.before, change.after)
    };
    page.gap();
    let margin = " ".repeat(INDENT);
    page.verbatim(&format!("{margin}{ID}{}{ID:#}  {style}{verdict}{style:#}\n", change.id));
    page.indented(INDENT, &whole_title(&change.title, &change.donors));
    for finding in &change.findings {
        page.labelled(INDENT, LABEL, finding.criterion, &moved(finding));
    }
    if change.findings.is_empty() {
        page.indented(INDENT, &change.because);
    }
}

fn moved(finding: &Moved) -> String {
    let (before, after) = finding.words();
    format!("Asked: {}. Before: {before}. Now: {after}.", finding.required)
}
