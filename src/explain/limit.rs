//! What binds a choice between windows, in words.

use super::{counted, listed};
use crate::dataset::Dataset;
use crate::plan::{Bearing, Bound};
use crate::rules::{Counted, Limit, LimitRule, Per};
use crate::vocabulary::{CountryCode, Text};

/// A limit whole: what it asks, over which windows, and what its page says.
pub fn limit(limit: &Limit) -> String {
    format!("{}: {}", limited(limit), worded(limit))
}

/// What `limit` asks, and over which windows.
pub fn limited(limit: &Limit) -> String {
    let asked = match limit.rule {
        LimitRule::AtMost { count, of, per } => {
            format!("at most {} in {}", so_many(count, of), time(per, None))
        }
        LimitRule::NationalityStays => "the nationality you use on entry stays".to_owned(),
    };
    let windows: Vec<&str> = limit.windows.iter().map(Text::as_str).collect();
    match windows.as_slice() {
        [] => format!("{asked}, in any windows of the programme"),
        [_] => asked,
        several => format!("{asked}, in {} together", listed(several, "and")),
    }
}

/// What the page of `limit` says, and what a reader should know.
pub fn worded(limit: &Limit) -> String {
    let implied = if limit.implied { " (implied, not stated)" } else { "" };
    let note = limit.note.as_ref().map_or_else(String::new, |note| format!(". {note}"));
    format!("{}{implied}{note}", limit.wording)
}

fn so_many(count: usize, of: Counted) -> String {
    let noun = match of {
        Counted::Posts => "post",
        Counted::Windows => "window",
        Counted::Hosts => "host",
    };
    counted(count, noun)
}

fn time(per: Per, year: Option<i32>) -> String {
    match (per, year) {
        (Per::Call, _) => "one call".to_owned(),
        (Per::Year, Some(year)) => year.to_string(),
        (Per::Year, None) => "one year".to_owned(),
        (Per::Ever, _) => "all time".to_owned(),
    }
}

/// What follows from a limit for the candidate, in one sentence; `None` if it cannot bind.
pub fn follows(bound: &Bound<'_>, data: &Dataset) -> Option<String> {
    let condition = match (bound.bearing, bound.limit.rule) {
        (Bearing::Idle, _) => return None,
        (Bearing::MayBind, LimitRule::NationalityStays) if bound.serves.is_empty() => {
            "If you hold several nationalities: choose"
        }
        (Bearing::MayBind, _) => "If these turn out to be open to you: choose",
        (Bearing::Binds, _) => "Choose",
    };
    let windows = bound.windows.join(", ");
    let choice = match bound.limit.rule {
        LimitRule::NationalityStays => {
            let served = bound.serves.iter().map(|(code, windows)| {
                format!("{} ({})", demonym(*code, data), windows.join(", "))
            });
            let served: Vec<String> = served.collect();
            let among = if served.is_empty() { windows } else { listed(&served, "or") };
            format!("one nationality before you enter, it stays: {among}")
        }
        LimitRule::AtMost { count: 1, of: Counted::Windows, per } => {
            format!("one of {windows} in {}", time(per, bound.year))
        }
        LimitRule::AtMost { count, of: Counted::Windows, per } => {
            format!("at most {count} of {windows} in {}", time(per, bound.year))
        }
        LimitRule::AtMost { count, of, per } => {
            let together = if bound.windows.len() > 1 { " together" } else { "" };
            let (many, time) = (so_many(count, of), time(per, bound.year));
            format!("at most {many} in {time}, in {windows}{together}")
        }
    };
    Some(format!("{condition} {choice}."))
}

fn demonym(code: CountryCode, data: &Dataset) -> String {
    let known = data.countries.get(code).and_then(|country| country.demonym.clone());
    known.unwrap_or_else(|| data.countries.name(code)).to_string()
}
