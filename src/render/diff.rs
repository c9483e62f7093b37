//! The difference between two sets of rules, as text.

use serde_json::Value as Json;

use super::page::{BAD, GOOD, HEADING, ID, OPEN_POINT, Page, Width};
use crate::diff::{Asks, Change, Diff, Shown, WindowDiff};
use crate::explain::{counted, listed};

/// The whole difference: whose verdict changes, what could not be proved, what is only shown.
pub fn diff(diff: &Diff, width: Width) -> String {
    let mut page = Page::new(width);
    for window in &diff.windows {
        window_lines(&mut page, window);
    }
    shown(&mut page, "Profiles are read differently", &diff.reads);
    shown(&mut page, "Also changed, beside what is asked", &diff.shown);
    if let Some(cohort) = &diff.cohort {
        page.heading(&format!("Of {}", counted(cohort.profiles, "profile")));
        for moved in &cohort.moved {
            let people = counted(moved.people, "candidate");
            let (from, to) = (moved.before, moved.after);
            item(&mut page, &format!("{}: {people} from {from} to {to}", moved.window));
        }
        if cohort.moved.is_empty() && cohort.profiles > 0 {
            item(&mut page, "nobody's verdict changes");
        }
        if !cohort.unreadable.is_empty() {
            let lines: Vec<String> = cohort.unreadable.iter().map(u64::to_string).collect();
            let text = format!("not read as a profile: line {}", listed(&lines, "and"));
            item(&mut page, &text);
        }
    }
    page.gap();
    page.line(&summary(diff));
    page.finish()
}

fn window_lines(page: &mut Page, window: &WindowDiff) {
    page.gap();
    let (style, what) = match window.change {
        Change::Added => (GOOD, "a new window"),
        Change::Removed => (BAD, "there is no such window any more"),
        Change::Changed => (HEADING, "changes for somebody"),
        Change::Hidden => {
            (OPEN_POINT, "asks something else, yet nobody was found whose verdict changes")
        }
        Change::Unproved => (
            OPEN_POINT,
            "written differently; nobody was found whose verdict changes, which is no proof",
        ),
    };
    page.styled(ID, &window.id);
    page.indented_in(style, 2, what);
    for asks in &window.asks {
        item(page, &words(asks));
    }
    for shift in &window.shifts {
        let verdicts = match (shift.before, shift.after) {
            (Some(before), Some(after)) if before == after => {
                format!("{before}, for another reason or with another state of the call")
            }
            (Some(before), Some(after)) => format!("{before} → {after}"),
            (None, after) => format!("now {}", after.unwrap_or_default()),
            (before, None) => format!("was {}", before.unwrap_or_default()),
        };
        item(page, &format!("on {}: {verdicts} ({})", shift.as_of, shift.because));
        let profile = serde_json::to_string(&shift.profile).unwrap_or_default();
        page.verbatim(&format!("    {profile}\n"));
    }
}

fn item(page: &mut Page, text: &str) {
    page.labelled(2, 2, "-", text);
}

fn words(asks: &Asks) -> String {
    let place = format!("{}:{}", asks.rule.file, asks.rule.line);
    let criterion = asks.criterion;
    match (&asks.before, &asks.after) {
        (Some(before), Some(after)) if before == after => {
            format!("{criterion}: {after}, in another strength, state or time ({place})")
        }
        (Some(before), Some(after)) => format!("{criterion}: {before} → {after} ({place})"),
        (Some(before), None) => format!("{criterion}: no longer {before} ({place})"),
        (None, after) => {
            format!("{criterion}: also {} ({place})", after.as_deref().unwrap_or_default())
        }
    }
}

fn shown(page: &mut Page, title: &str, list: &[Shown]) {
    if list.is_empty() {
        return;
    }
    page.heading(title);
    for entry in list {
        let text = |value: &Option<Json>| match value {
            None => "nothing".to_owned(),
            Some(Json::String(text)) => format!("“{text}”"),
            Some(value) => value.to_string(),
        };
        item(page, &format!("{}: {} → {}", entry.what, text(&entry.before), text(&entry.after)));
    }
}

fn summary(diff: &Diff) -> String {
    let days = format!("for applications from {} on", diff.as_of);
    if diff.windows.is_empty() && !diff.reads.is_empty() {
        let text = "Every window asks the same, but a profile can be read as another person's";
        return format!("{text}: nothing is proved {days}.");
    }
    if diff.same {
        return format!("No change in meaning: nobody's verdict changes, {days}. This is proved.");
    }
    let count = |change: Change| diff.windows.iter().filter(|w| w.change == change).count();
    let changed = count(Change::Changed) + count(Change::Added) + count(Change::Removed);
    let open = count(Change::Hidden) + count(Change::Unproved);
    let same = diff.after.windows - (diff.windows.len() - count(Change::Removed));
    let change = if changed == 1 { "changes" } else { "change" };
    let mut parts = vec![match changed {
        0 => format!("Nobody was found whose verdict changes, {days}."),
        _ => format!("{} {change} for somebody, {days}.", counted(changed, "window")),
    }];
    if open > 0 {
        parts.push(format!("{} not proved to be the same.", counted(open, "window")));
    }
    parts.push(format!("{} proved to be the same.", counted(same, "window")));
    parts.join(" ")
}
