//! The rules in plain words, as a Markdown page: tables where they help, a link for each source.

use std::fmt::Write as _;

use super::check::{applied, call};
use super::show::{days, marks, noted, standings, valid};
use super::why::{dated, words};
use crate::report::{LimitRules, RequirementRules, RulesReport, SourceReport, WindowRules};
use crate::vocabulary::Text;

/// The page of `rules show --format markdown`.
pub fn markdown(report: &RulesReport) -> String {
    let mut sheet = Sheet::default();
    let donor = &report.donor;
    sheet.heading(1, &format!("{} ({})", donor.name, donor.code));
    if let Some(about) = &donor.about {
        sheet.paragraph(&plain(about));
    }
    sheet.paragraph(&format!(
        "Rules for an application on {}. The donor decides: read the call itself before you apply.",
        report.as_of
    ));
    for window in &report.windows {
        self::window(window, &mut sheet);
    }
    sheet.text
}

fn window(window: &WindowRules, sheet: &mut Sheet) {
    sheet.heading(2, &window.title);
    summary(window, sheet);
    sheet.heading(3, "What is asked");
    let asked = |one: &RequirementRules| {
        let marks = marks(one);
        let weight = if marks.is_empty() { "required".to_owned() } else { marks.join(", ") };
        vec![one.part.to_owned(), plain(&one.asked), weight, links(&one.sources, window)]
    };
    let rows = window.requirements.iter().map(asked).collect();
    sheet.table(&["criterion", "asked", "weight", "sources"], rows);
    for asked in &window.requirements {
        more(asked, window, sheet);
    }
    calls(window, sheet);
    if !window.limits.is_empty() {
        sheet.heading(3, "What you can combine");
        let says = |limit: &LimitRules| {
            format!("{} ({})", plain(&limit.says), links(&limit.sources, window))
        };
        sheet.points(&window.limits.iter().map(says).collect::<Vec<_>>());
    }
    if !window.info.is_empty() {
        sheet.heading(3, "Worth knowing");
        sheet.points(&window.info.iter().map(|info| plain(info)).collect::<Vec<_>>());
    }
    groups(window, sheet);
    sources(&window.sources, sheet);
}

fn summary(window: &WindowRules, sheet: &mut Sheet) {
    let names = |list: Vec<&str>| list.join(", ");
    let mut rows = vec![
        ("window", format!("`{}`", window.id)),
        ("paid by", plain(&names(window.donors.iter().map(|donor| donor.name.as_str()).collect()))),
        ("programme", plain(&window.programme.name)),
        ("hosts", plain(&names(window.hosts.iter().map(|host| host.name.as_str()).collect()))),
        ("call", plain(&call(&window.call))),
    ];
    let apply = &window.apply;
    let channel = match (&apply.operator, &apply.url) {
        (Some(operator), Some(url)) if apply.individual => link(operator, url),
        _ => plain(&applied(apply)),
    };
    rows.push(("apply", channel));
    let texts = [
        ("how", &apply.how),
        ("about the hosts", &window.hosts_note),
        ("posting", &window.duration),
        ("note", &window.note),
    ];
    rows.extend(texts.iter().filter_map(|(label, text)| Some((*label, plain(text.as_ref()?)))));
    let rows = rows.into_iter().map(|(label, text)| vec![label.to_owned(), text]).collect();
    sheet.table(&["", ""], rows);
}

/// What does not fit into the table: wording, readings, notes.
fn more(asked: &RequirementRules, window: &WindowRules, sheet: &mut Sheet) {
    let mut points: Vec<String> = asked.details.iter().map(|text| plain(text)).collect();
    points.extend(asked.wording.iter().map(|text| format!("Wording: {}", plain(text))));
    for (at, reading) in asked.readings.iter().enumerate() {
        let label = if at == 0 { "Either" } else { "Or" };
        let details = reading.details.iter().map(String::as_str);
        let besides = details.chain(reading.wording.as_deref());
        let besides: Vec<String> = besides.map(|text| format!("; {}", plain(text))).collect();
        let besides = besides.concat();
        let sources = links(&reading.sources, window);
        points.push(format!("{label}: {}{besides} ({sources})", plain(&reading.asked)));
    }
    if !valid(asked).is_empty() {
        points.push(format!("Valid {}", valid(asked)));
    }
    for old in &asked.superseded {
        points.push(format!("Outdated: {} ({})", plain(&old.says), links(&old.sources, window)));
    }
    points.extend(asked.note.iter().map(|text| format!("Note: {}", plain(text))));
    if asked.stale {
        points.push("A source it rests on was due to be looked at again.".to_owned());
    }
    if !points.is_empty() {
        let title = std::iter::once(asked.part).chain(marks(asked)).collect::<Vec<_>>().join(", ");
        sheet.paragraph(&format!("**{}**", plain(&title)));
        sheet.points(&points);
    }
}

fn calls(window: &WindowRules, sheet: &mut Sheet) {
    let history = window.calls.iter().rev().map(|call| {
        let own = call.requirements.iter();
        let own: Vec<String> = own.map(|one| format!("; {}: {}", one.part, one.asked)).collect();
        let text = plain(&format!("{}{}", days(call), own.concat()));
        vec![call.state.to_owned(), text, links(&call.sources, window)]
    });
    let yearly = window.recurring.iter().map(|period| {
        let note = noted(period.note.as_deref());
        let text = plain(&format!("{} to {}{note}", period.opens, period.closes));
        vec!["every year".to_owned(), text, links(&period.sources, window)]
    });
    let past = window.past_calls.iter().map(|text| {
        let text = plain(text);
        vec!["earlier".to_owned(), text, String::new()]
    });
    let rows: Vec<Vec<String>> = yearly.chain(history).chain(past).collect();
    if !rows.is_empty() {
        sheet.heading(3, "Calls");
        sheet.table(&["state", "days", "sources"], rows);
    }
}

fn groups(window: &WindowRules, sheet: &mut Sheet) {
    if window.groups.is_empty() {
        return;
    }
    sheet.heading(3, "Lists of countries");
    for group in &window.groups {
        let about = group.about.as_ref().map_or_else(String::new, |about| format!(": {about}"));
        sheet.paragraph(&format!("**{}**{}", plain(&group.name), plain(&about)));
        let standings = standings(group).into_iter();
        let points = standings.map(|(label, text)| plain(&format!("{label}: {text}")));
        sheet.points(&points.collect::<Vec<_>>());
    }
}

fn sources(sources: &[SourceReport], sheet: &mut Sheet) {
    if sources.is_empty() {
        return;
    }
    sheet.heading(3, "Sources");
    let row = |source: &SourceReport| {
        let again = source.recheck_by.clone().unwrap_or_default();
        let due = if source.stale { " (due)" } else { "" };
        vec![
            named(source),
            plain(&source.publisher),
            words(source.kind),
            plain(&dated(source)),
            source.checked.clone(),
            format!("{again}{due}"),
            plain(&source.says),
        ]
    };
    sheet.table(
        &["source", "publisher", "kind", "date", "checked", "check again by", "says"],
        sources.iter().map(row).collect(),
    );
}

fn links(ids: &[Text], window: &WindowRules) -> String {
    let one = |id: &Text| {
        window.sources.iter().find(|source| source.id == *id).map_or_else(|| plain(id), named)
    };
    ids.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// A source's id, which leads to its page where it has one.
fn named(source: &SourceReport) -> String {
    source.url.as_ref().map_or_else(|| plain(&source.id), |url| link(&source.id, url))
}

fn link(text: &str, url: &str) -> String {
    let url = url.replace('|', "%7C").replace('<', "%3C").replace('>', "%3E").replace(' ', "%20");
    format!("[{}](<{url}>)", plain(text))
}

/// Text of which nothing is taken for markup, in one line.
fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !escaped.is_empty() {
            escaped.push(' ');
        }
        for letter in word.chars() {
            if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~') {
                escaped.push('\\');
            }
            escaped.push(letter);
        }
    }
    escaped
}

/// A page that grows block by block, with an empty line between two.
#[derive(Default)]
struct Sheet {
    text: String,
}

impl Sheet {
    fn block(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn heading(&mut self, level: usize, text: &str) {
        self.block(&format!("{} {}", "#".repeat(level), plain(text)));
    }

    fn paragraph(&mut self, text: &str) {
        self.block(text);
    }

    fn points(&mut self, points: &[String]) {
        let lines: Vec<String> = points.iter().map(|point| format!("- {point}")).collect();
        self.block(&lines.join("\n"));
    }

    fn table(&mut self, header: &[&str], rows: Vec<Vec<String>>) {
        let mut text = format!("| {} |\n|{}", header.join(" | "), " --- |".repeat(header.len()));
        for row in rows {
            // Writing into a string cannot fail.
            let _ = write!(text, "\n| {} |", row.join(" | "));
        }
        self.block(&text);
    }
}
