//! Ways into a window.

use super::page::{BAD, GOOD, HEADING, ID, OPEN_POINT, PLAIN, Page, Width};
use crate::explain::counted;
use crate::report::{BecauseReport, HowReport, ObstacleReport, WayReport};

const INDENT: usize = 2;
const STEP: usize = 7;
/// More ways than this are left to the JSON.
const MOST_WAYS: usize = 10;

/// The text of `how`.
pub fn how(report: &HowReport, width: Width) -> String {
    let mut page = Page::new(width);
    let style = match report.verdict {
        "eligible" | "likely" => GOOD,
        "undetermined" => OPEN_POINT,
        _ => BAD,
    };
    page.verbatim(&format!(
        "{ID}{}{ID:#}  {style}{}{style:#} on {}\n",
        report.id, report.verdict, report.as_of
    ));
    page.line(&report.title);
    match report.ways.as_slice() {
        [] => no_way(report, &mut page),
        ways => {
            page.heading(&headline(report, ways));
            let groups = alternatives(ways);
            for (at, group) in groups.iter().take(MOST_WAYS).enumerate() {
                page.gap();
                one(at + 1, group, &report.as_of, &mut page);
            }
            if groups.len() > MOST_WAYS {
                let more = groups.len() - MOST_WAYS;
                page.gap();
                page.indented(INDENT, &format!("and {more} more; `--format json` lists all"));
            }
        }
    }
    doubts(report, &mut page);
    pace(report, &mut page);
    page.finish()
}

fn headline(report: &HowReport, ways: &[WayReport]) -> String {
    if let [only] = ways
        && only.steps.is_empty()
        && is_open_already(report, only)
    {
        return "Open already, nothing has to change".to_owned();
    }
    let opens = if report.doubts.is_empty() {
        "open it"
    } else {
        "leave nothing open but what only the donor can tell"
    };
    let fewest = ways.first().map_or(0, |way| way.steps.len());
    let more = if ways.iter().any(|way| way.steps.len() > fewest) { " or more" } else { "" };
    let by = if fewest == 0 {
        "with time alone".to_owned()
    } else {
        format!("by {}", counted(fewest, "change"))
    };
    format!("{} to {opens}, {by}{more}", counted(ways.len(), "way"))
}

fn is_open_already(report: &HowReport, way: &WayReport) -> bool {
    way.from == report.as_of && matches!(report.verdict, "eligible" | "likely")
}

/// Ways of the same days, as far as they differ by nothing but a choice under each key.
fn alternatives(ways: &[WayReport]) -> Vec<Vec<&WayReport>> {
    let mut groups: Vec<Vec<&WayReport>> = Vec::new();
    for way in ways {
        let days = |other: &WayReport| {
            let spans = (&other.from, &other.verdict_to, &other.to);
            (spans, &other.ends, &other.because, facts(other))
                == ((&way.from, &way.verdict_to, &way.to), &way.ends, &way.because, facts(way))
        };
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| days(first))) {
            Some(group) => group.push(way),
            None => groups.push(vec![way]),
        }
    }
    let free = |group: &Vec<&WayReport>| {
        let choices = facts_of(group).into_iter().map(|fact| choices(group, fact).len());
        choices.product::<usize>() == group.len()
    };
    let mut apart = Vec::new();
    for group in groups {
        if free(&group) {
            apart.push(group);
        } else {
            apart.extend(group.into_iter().map(|way| vec![way]));
        }
    }
    apart
}

/// The keys that a way changes, with repetitions.
fn facts(way: &WayReport) -> Vec<&str> {
    way.steps.iter().map(|step| step.fact.as_str()).collect()
}

/// The keys that ways change, once each.
fn facts_of<'r>(group: &[&'r WayReport]) -> Vec<&'r str> {
    let mut all: Vec<&str> = group.first().map(|way| facts(way)).unwrap_or_default();
    all.dedup();
    all
}

/// The different changes of one key among ways.
fn choices<'r>(group: &[&'r WayReport], fact: &str) -> Vec<Vec<&'r str>> {
    let mut found: Vec<Vec<&str>> = Vec::new();
    for way in group {
        let own = way.steps.iter().filter(|step| step.fact == fact);
        let own: Vec<&str> = own.map(|step| step.text.as_str()).collect();
        if !found.contains(&own) {
            found.push(own);
        }
    }
    found
}

fn one(number: usize, group: &[&WayReport], as_of: &str, page: &mut Page) {
    let Some(way) = group.first() else { return };
    let days = match &way.to {
        Some(to) => format!("apply between {} and {to}", way.from),
        None => format!("apply from {} on", way.from),
    };
    let verdict = match &way.verdict_to {
        Some(to) => format!("{} until {to}", way.verdict),
        None => way.verdict.to_owned(),
    };
    page.styled(HEADING, &format!("{number}. {days} ({verdict})"));
    if way.steps.is_empty() {
        page.indented(INDENT, "nothing has to change");
    }
    for fact in facts_of(group) {
        let choices = choices(group, fact);
        let in_all = |text: &&&str| choices.iter().all(|choice| choice.contains(text));
        let common: Vec<&str> = choices.iter().take(1).flatten().filter(in_all).copied().collect();
        for text in &common {
            page.labelled(INDENT, STEP, "with", text);
        }
        let rest: Vec<String> = choices
            .iter()
            .map(|choice| {
                let own = choice.iter().filter(|text| !common.contains(text));
                own.copied().collect::<Vec<_>>().join(" and ")
            })
            .filter(|text| !text.is_empty())
            .collect();
        if !rest.is_empty() {
            page.labelled(INDENT, STEP, "with", &format!("one of: {}", rest.join("; ")));
        }
    }
    because("opens", &way.because, page);
    because("ends", &way.ends, page);
    if !way.steps.is_empty() {
        let edits: Vec<String> =
            way.steps.iter().map(|step| format!("--what-if '{}'", step.edit)).collect();
        // The changes are made by then; earlier the check would not see them done.
        let later = (way.from != as_of).then(|| format!(" --as-of {}", way.from));
        let text = format!("{}{}", edits.join(" "), later.unwrap_or_default());
        page.labelled_in(PLAIN, INDENT, STEP, "try", &text);
    }
}

fn because(label: &str, turns: &[BecauseReport], page: &mut Page) {
    for turn in turns {
        page.labelled(INDENT, STEP, label, &format!("{}: {}", turn.criterion, turn.text));
    }
}

fn no_way(report: &HowReport, page: &mut Page) {
    let untold =
        !report.obstacles.is_empty() && report.obstacles.iter().all(|one| !one.tell.is_empty());
    if untold {
        page.heading("First tell what cannot change");
    } else {
        page.heading(&format!("No way by {}", report.horizon));
    }
    for obstacle in &report.obstacles {
        page.labelled(INDENT, 15, obstacle.criterion, &stands_in_the_way(obstacle, report));
    }
    if report.obstacles.is_empty() {
        page.indented(INDENT, "What is asked cannot be met together.");
    }
    allow(report, page);
}

/// What else could be looked at.
fn allow(report: &HowReport, page: &mut Page) {
    let told = || report.obstacles.iter().filter(|obstacle| obstacle.tell.is_empty());
    let is_kept = |word| told().any(|obstacle| obstacle.allow.contains(&word));
    let more = [
        ("nationality", "`--allow nationality` looks at a further nationality too."),
        ("residence", "`--allow residence` looks at another country of residence too."),
    ];
    for (at, (_, text)) in more.into_iter().filter(|(word, _)| is_kept(*word)).enumerate() {
        if at == 0 {
            page.gap();
        }
        page.line(text);
    }
}

fn stands_in_the_way(obstacle: &ObstacleReport, report: &HowReport) -> String {
    let asked = &obstacle.required;
    if !obstacle.tell.is_empty() {
        return format!("tell {}; asked: {asked}", obstacle.tell.join(", "));
    }
    match (&obstacle.from, &obstacle.to) {
        (Some(from), Some(to)) if *from == report.as_of && *to == report.horizon => {
            format!("can be met, but not together with the rest; asked: {asked}")
        }
        (Some(from), Some(to)) if *from == report.as_of => {
            format!("met until {to} at the latest; asked: {asked}")
        }
        (Some(from), Some(to)) if *to == report.horizon => {
            format!("met from {from} on at the earliest; asked: {asked}")
        }
        (Some(from), Some(to)) => format!("met from {from} to {to} at best; asked: {asked}"),
        _ => format!("nothing that you can change meets it; asked: {asked}"),
    }
}

fn doubts(report: &HowReport, page: &mut Page) {
    if report.doubts.is_empty() || report.ways.is_empty() {
        return;
    }
    page.heading("Only the donor can tell");
    for doubt in &report.doubts {
        page.labelled(INDENT, 15, doubt.criterion, &doubt.required);
    }
}

/// The assumptions that the ways make use of.
fn pace(report: &HowReport, page: &mut Page) {
    let uses = |key: &str| {
        let mut steps = report.ways.iter().flat_map(|way| &way.steps);
        steps.any(|step| step.fact == key)
    };
    let (work, studies) = (uses("experience"), uses("degrees"));
    let begins = match (work, studies) {
        (true, true) => Some("work and studies begin today"),
        (true, false) => Some("work begins today"),
        (false, true) => Some("studies begin today"),
        (false, false) => None,
    };
    let learnt = uses("languages").then_some("languages are learnt in no time");
    let assumed: Vec<&str> = begins.into_iter().chain(learnt).collect();
    if assumed.is_empty() {
        return;
    }
    page.gap();
    page.line(&format!("Taken for granted: {}.", assumed.join("; ")));
    if work || studies {
        let example = if studies { "master=18" } else { "work=0.5" };
        page.line(&format!("`--pace` sets another pace, as in `--pace {example}`."));
    }
}
