//! What differs and bears on no verdict: names, notes, sources, where to apply.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use crate::dataset::{Cases, Dataset};
use crate::explain;
use crate::rules::{Group, Limit, Requirement, Window};
use crate::vocabulary::CallState;

/// One entry that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown {
    /// Where: `window fi-nationals: age.note`.
    pub what: String,
    /// What was there; absent if nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Json>,
    /// What is there now; absent if nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Json>,
}

impl Shown {
    /// Whether profiles are read by it.
    pub(super) fn is_read(&self) -> bool {
        let kinds = ["fact", "field", "country", "language", "test"];
        kinds
            .iter()
            .any(|kind| self.what.strip_prefix(kind).is_some_and(|rest| rest.starts_with(' ')))
    }
}

/// Everything that differs between the two beyond what windows ask and when.
pub(super) fn differences(before: &Dataset, after: &Dataset) -> Vec<Shown> {
    let (before, after) = (Json::Object(tree(before)), Json::Object(tree(after)));
    let mut list = Vec::new();
    compare("", &before, &after, &mut list);
    list
}

/// The data as one tree of named things.
fn tree(data: &Dataset) -> Map<String, Json> {
    let mut tree = Map::new();
    let mut put = |kind: &str, id: &str, thing: Json| {
        tree.insert(format!("{kind} {id}"), thing);
    };
    for window in &data.windows {
        put("window", &window.id, told(window));
    }
    for (code, donor) in &data.donors {
        put("donor", code.as_str(), without_limits(json!(donor)));
        limits(&donor.limits, code.as_str(), &mut put);
    }
    for (id, programme) in &data.programmes {
        put("programme", id, without_limits(json!(programme)));
        limits(&programme.limits, id, &mut put);
    }
    for (id, group) in &data.groups {
        put("group", id, members(group));
    }
    for source in data.sources.values() {
        put("source", &source.id, json!(source));
    }
    for host in &data.hosts {
        put("host", &host.id, json!(host));
    }
    for fact in &data.facts {
        put("fact", &fact.id, json!(fact));
    }
    for field in data.fields.list() {
        put("field", &field.id, json!(field));
    }
    for country in data.countries.list() {
        put("country", country.code.as_str(), json!(country));
    }
    for language in data.languages.list() {
        put("language", language.code.as_str(), json!(language));
    }
    for test in &data.languages.tests {
        put("test", &test.id, json!(test));
    }
    for word in &data.languages.level_words {
        put("level word", &word.word, json!(word));
    }
    for lookalike in &data.lookalikes {
        put("scheme", &lookalike.id, json!(lookalike));
    }
    cases(&data.cases, &mut put);
    tree
}

/// Limits stand for themselves, each by its number.
fn without_limits(mut thing: Json) -> Json {
    if let Json::Object(map) = &mut thing {
        map.remove("limits");
    }
    thing
}

/// The limits of a donor or programme, counted from 1.
fn limits(list: &[Limit], of: &str, put: &mut impl FnMut(&str, &str, Json)) {
    for (at, limit) in list.iter().enumerate() {
        let says = json!({"says": explain::limit(limit), "sources": limit.sources});
        put("limit", &format!("{of}[{}]", at + 1), says);
    }
}

/// A group with its members by country.
fn members(group: &Group) -> Json {
    let mut members: Map<String, Json> = Map::new();
    for country in group.countries() {
        members.insert(country.to_string(), json!(group.memberships(country)));
    }
    json!({
        "name": group.name,
        "about": group.about,
        "complete": group.complete,
        "member": members,
    })
}

/// The cases beside the rules, counted from 1 for each window and group.
fn cases(cases: &Cases, put: &mut impl FnMut(&str, &str, Json)) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut next = |of| {
        let count = counts.entry(of).or_default();
        *count += 1;
        format!("{of}[{count}]")
    };
    for case in &cases.windows {
        let by: Vec<&str> = case.by.iter().map(|criterion| criterion.word()).collect();
        let told = json!({
            "note": case.note,
            "on": case.on,
            "profile": case.profile.to_json(),
            "each_national_of": case.each_national_of,
            "verdict": case.verdict.word(),
            "by": by,
            "call": case.call.map(CallState::word),
        });
        put("case", &next(&case.window), told);
    }
    for case in &cases.groups {
        let told = json!({
            "note": case.note,
            "on": case.on,
            "members": case.members,
            "inside": case.inside,
            "outside": case.outside,
            "contested": case.contested,
            "uncertain": case.uncertain,
        });
        put("case", &next(&case.group), told);
    }
    for untested in &cases.untested {
        put("untested", &format!("{} {}", untested.of, untested.key), json!(untested.why));
    }
}

/// What a window shows beyond what it asks: requirements by their tables, calls by their days.
fn told(window: &Window) -> Json {
    let mut tree = json!(window);
    if let Json::Object(map) = &mut tree {
        if let Some(Json::Object(terms)) = map.remove("terms") {
            map.extend(terms);
        }
        map.remove("requirements");
        map.remove("calls");
        for (name, requirement) in named(&window.requirements) {
            map.insert(name, words(requirement));
        }
        for call in &window.calls {
            let (closes, sources, note) = (call.closes, &call.sources, &call.note);
            let mut told = json!({"closes": closes, "sources": sources, "note": note});
            if let Json::Object(told) = &mut told {
                told.extend(named(&call.overrides).map(|(name, r)| (name, words(r))));
            }
            map.insert(format!("call from {}", call.opens), told);
        }
    }
    tree
}

fn named(list: &[Requirement]) -> impl Iterator<Item = (String, &Requirement)> {
    list.iter().enumerate().map(|(at, requirement)| {
        let before = list.iter().take(at).filter(|other| other.part == requirement.part).count();
        let word = requirement.part.word();
        let name = if before == 0 { word.to_owned() } else { format!("{word}[{before}]") };
        (name, requirement)
    })
}

/// What a requirement says beyond what it asks.
fn words(requirement: &Requirement) -> Json {
    let reading = |reading: &crate::rules::Reading| {
        let judged = match &reading.rule {
            crate::rules::Rule::Text(text) => Some(text),
            _ => None,
        };
        json!({"sources": reading.sources, "wording": reading.wording, "text": judged})
    };
    json!({
        "note": requirement.note,
        "superseded": requirement.superseded,
        "reading": requirement.readings.iter().map(reading).collect::<Vec<_>>(),
    })
}

/// Lists the entries that differ, down to the last level; where things are written is left out.
fn compare(path: &str, before: &Json, after: &Json, list: &mut Vec<Shown>) {
    match (before, after) {
        (Json::Object(old), Json::Object(new)) => {
            let keys = old.keys().chain(new.keys().filter(|key| !old.contains_key(*key)));
            for key in keys.filter(|key| *key != "place") {
                let path = match path {
                    "" => key.clone(),
                    thing if thing.contains(": ") => format!("{thing}.{key}"),
                    thing => format!("{thing}: {key}"),
                };
                let (old, new) = (old.get(key), new.get(key));
                compare(&path, old.unwrap_or(&Json::Null), new.unwrap_or(&Json::Null), list);
            }
        }
        (Json::Array(old), Json::Array(new)) if old.len() == new.len() => {
            for (at, (old, new)) in old.iter().zip(new).enumerate() {
                compare(&format!("{path}[{at}]"), old, new, list);
            }
        }
        (old, new) if old == new => {}
        (old, new) => list.push(Shown {
            what: path.to_owned(),
            before: Some(old.clone()).filter(|value| !value.is_null()),
            after: Some(new.clone()).filter(|value| !value.is_null()),
        }),
    }
}
