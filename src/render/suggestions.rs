//! Cases to confirm, as they are written in a donor's file.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use crate::cases::{Suggestion, Suggestions};
use crate::dataset::Dataset;
use crate::profile::Profile;
use crate::vocabulary::Text;

/// The cases as TOML, donor by donor: a sample for each window, and cases that change it. What no
/// case was found for is said in remarks.
pub fn suggestions(found: &Suggestions, data: &Dataset) -> String {
    let mut text = String::new();
    let mut file: Option<&Text> = None;
    for (window, best) in in_order(found, data) {
        let cases: Vec<&Suggestion> =
            found.cases.iter().filter(|case| case.window == *window).collect();
        let place = data.window(window).map(|window| &window.place.file);
        if !cases.is_empty() && place != file {
            file = place;
            let _ = writeln!(text, "# {}", place.map_or("", Text::as_str));
        }
        if !cases.is_empty() {
            let sample = object(&best.profile);
            let name = json!(window.as_str());
            let _ = writeln!(text, "\n[[sample]]\nname = {name}\n[sample.profile]");
            for (key, value) in &sample {
                let _ = writeln!(text, "{key} = {}", toml(value));
            }
            for found in cases {
                case(&mut text, found, &sample);
            }
        }
    }
    for mutant in &found.beyond {
        let (file, line) = (&mutant.place.file, mutant.place.line);
        let _ = writeln!(text, "\n# {file}:{line}: nobody was found who notices {mutant}");
    }
    if text.is_empty() {
        text.push_str("# every change of the rules is noticed by some case\n");
    }
    text
}

/// The windows in the order of the files.
fn in_order<'f>(found: &'f Suggestions, data: &Dataset) -> Vec<(&'f Text, &'f Suggestion)> {
    let place =
        |id: &Text| data.window(id).map(|window| (window.place.file.clone(), window.place.line));
    let mut windows: Vec<(&Text, &Suggestion)> = found.best.iter().collect();
    windows.sort_by_key(|(id, _)| place(id));
    windows
}

fn object(profile: &Profile) -> Map<String, Json> {
    match profile.to_json() {
        Json::Object(map) => map,
        _ => Map::new(),
    }
}

fn case(text: &mut String, case: &Suggestion, sample: &Map<String, Json>) {
    let _ = writeln!(text, "\n[[case]]\nwindow = {}", json!(case.window.as_str()));
    if let Some(note) = &case.note {
        let _ = writeln!(text, "note = {}", json!(note));
    }
    let _ = writeln!(text, "on = {}\nsample = {}", case.on, json!(case.window.as_str()));
    let profile = object(&case.profile);
    let changes = changes(&profile, sample);
    if !changes.is_empty() {
        let _ = writeln!(text, "profile = {}", toml(&Json::Object(changes)));
    }
    let without = without(&profile, sample);
    if !without.is_empty() {
        let _ = writeln!(text, "without = {}", json!(without));
    }
    let _ = writeln!(text, "verdict = {}", json!(case.answer.verdict.word()));
    let by: Vec<&str> = case.answer.by.iter().map(|criterion| criterion.word()).collect();
    if !by.is_empty() {
        let _ = writeln!(text, "by = {}", toml(&json!(by)));
    }
    if case.tells_call {
        let _ = writeln!(text, "call = {}", json!(case.answer.call.word()));
    }
}

/// The keys that differ from the sample's; facts one by one.
fn changes(profile: &Map<String, Json>, sample: &Map<String, Json>) -> Map<String, Json> {
    let differs = |key: &str, value: &Json| sample.get(key) != Some(value);
    let mut changes = Map::new();
    for (key, value) in profile.iter().filter(|(key, value)| differs(key, value)) {
        let told = match (value, sample.get(key)) {
            (Json::Object(facts), Some(Json::Object(known))) => {
                let new = facts.iter().filter(|(id, told)| known.get(*id) != Some(*told));
                Json::Object(new.map(|(id, told)| (id.clone(), told.clone())).collect())
            }
            _ => value.clone(),
        };
        if told != json!({}) {
            changes.insert(key.clone(), told);
        }
    }
    changes
}

/// The keys of the sample that are not told; facts one by one.
fn without(profile: &Map<String, Json>, sample: &Map<String, Json>) -> Vec<String> {
    let facts = |map: &Map<String, Json>| -> Vec<String> {
        let facts = map.get("facts").and_then(Json::as_object);
        facts.into_iter().flat_map(Map::keys).cloned().collect()
    };
    let told = facts(profile);
    let keys = sample.keys().filter(|key| *key != "facts" && !profile.contains_key(*key)).cloned();
    let missing = facts(sample).into_iter().filter(|fact| !told.contains(fact));
    keys.chain(missing.map(|fact| format!("facts.{fact}"))).collect()
}

/// A value as it stands on one line of TOML; nothing there stands for "goes on".
fn toml(value: &Json) -> String {
    match value {
        Json::Null => "\"ongoing\"".to_owned(),
        Json::Array(items) => {
            format!("[{}]", items.iter().map(toml).collect::<Vec<_>>().join(", "))
        }
        Json::Object(map) if map.is_empty() => "{}".to_owned(),
        Json::Object(map) => {
            let entries = map.iter().map(|(key, value)| format!("{key} = {}", toml(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
        plain => plain.to_string(),
    }
}
