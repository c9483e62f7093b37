//! Random edits, and what each makes of a profile, done by hand.

use serde_json::{Map, Value, json};

use super::TODAY;
use crate::properties::draws::Draws;
use crate::properties::profiles::WIDE;

type Told = Map<String, Value>;

const DAYS: &[&str] = &["2019-03-31", "2021-10", "2024"];
const LEVELS: &[&str] = &["bachelor", "master", "doctorate"];
const FACTS: &[&str] = &["previous_jpo", "jersey_link", "medical_specialisation"];
const LISTS: &[&str] =
    &["nationalities", "residences", "degrees", "experience", "languages", "tests"];

/// Draws an edit and changes `told` accordingly.
pub(super) fn edit(d: &mut Draws<'_>, told: &mut Told) -> String {
    match d.below(12) {
        0 => birth_date(d, told),
        1 => language(d, told),
        2 => degree(d, told),
        3 => job(d, told),
        4 => nationality(d, told),
        5 => nationalities(d, told),
        6 => residence(d, told),
        7 => test(d, told),
        8 => fact(d, told),
        9 => whole_list(d, told),
        10 => first_out(d, told),
        _ => patch(d, told),
    }
}

fn list<'t>(told: &'t mut Told, key: &str) -> &'t mut Vec<Value> {
    told.entry(key).or_insert_with(|| json!([])).as_array_mut().unwrap()
}

/// An object of the entries that are not empty.
fn object(entries: &[(&str, &str)]) -> Value {
    let told = entries.iter().filter(|(_, value)| !value.is_empty());
    told.map(|(key, value)| ((*key).to_owned(), json!(value))).collect::<Told>().into()
}

fn birth_date(d: &mut Draws<'_>, told: &mut Told) -> String {
    let day = d.pick(&["1994-11-22", "1990-02", "1999"]);
    told.insert("birth_date".to_owned(), json!(day));
    format!("birth_date={day}")
}

fn language(d: &mut Draws<'_>, told: &mut Told) -> String {
    let (code, level) =
        (d.pick(WIDE.languages), d.pick(&["A1", "B2", "C1", "native", "at least B2"]));
    let list = list(told, "languages");
    list.retain(|skill| skill["language"] != code);
    list.push(json!({"language": code, "level": level}));
    format!("languages.{code}={level}")
}

fn degree(d: &mut Draws<'_>, told: &mut Told) -> String {
    let (level, awarded) = (d.pick(LEVELS), d.pick(&["", "2020", "2027-07", "2024-02-29"]));
    let (field, country) = (d.pick(&["", "law", "a field, of no list"]), d.pick(&["", "KE"]));
    let entry = [("level", level), ("awarded", awarded), ("field", field), ("country", country)];
    list(told, "degrees").push(object(&entry));
    format!("degrees+={level}:{awarded}:{field}:{country}")
}

fn job(d: &mut Draws<'_>, told: &mut Told) -> String {
    let kind = d.pick(&["employment", "internship", "volunteering", "military"]);
    let (from, to) = (d.pick(DAYS), d.pick(&["", "2024-12-31", "2020", "2018"]));
    let share = d.pick(&["", "0.5", "1"]);
    let mut job = object(&[("kind", kind), ("from", from)]);
    job["to"] = if to.is_empty() { Value::Null } else { json!(to) };
    if !share.is_empty() {
        job["share"] = json!(share.parse::<f64>().unwrap());
    }
    list(told, "experience").push(job);
    format!("experience+={kind}:{from}..{to}:{share}")
}

fn nationality(d: &mut Draws<'_>, told: &mut Told) -> String {
    let code = d.pick(WIDE.countries);
    list(told, "nationalities").push(json!(code));
    format!("nationalities+={code}")
}

fn nationalities(d: &mut Draws<'_>, told: &mut Told) -> String {
    let codes = d.some(WIDE.countries, 1, 3);
    told.insert("nationalities".to_owned(), json!(codes));
    format!("nationalities={}", codes.join(","))
}

fn residence(d: &mut Draws<'_>, told: &mut Told) -> String {
    let country = d.pick(WIDE.countries);
    let (permanent, text) =
        d.pick(&[(None, ""), (Some(true), ":permanent"), (Some(false), ":false")]);
    let mut entry = json!({ "country": country });
    if let Some(permanent) = permanent {
        entry["permanent"] = json!(permanent);
    }
    list(told, "residences").push(entry);
    format!("residences+={country}{text}")
}

fn test(d: &mut Draws<'_>, told: &mut Told) -> String {
    let (test, score) = d.pick(&[("toefl-ibt", 100.0), ("ielts", 7.5)]);
    let taken = d.pick(&["", "2025-11-03", "2023"]);
    let list = list(told, "tests");
    list.retain(|taken| taken["test"] != test);
    let day = if taken.is_empty() { TODAY } else { taken };
    list.push(json!({"test": test, "score": score, "taken": day}));
    let at = if taken.is_empty() { "" } else { "@" };
    format!("tests.{test}={score}{at}{taken}")
}

fn fact(d: &mut Draws<'_>, told: &mut Told) -> String {
    let facts = told.entry("facts").or_insert_with(|| json!({})).as_object_mut().unwrap();
    let id = d.pick(FACTS);
    match d.below(3) {
        0 => {
            facts.remove(id);
            format!("facts.{id}=")
        }
        1 => {
            facts.insert("military_service_months".to_owned(), json!(12));
            "facts.military_service_months=12".to_owned()
        }
        _ => {
            facts.insert(id.to_owned(), json!(true));
            format!("facts.{id}=true")
        }
    }
}

fn whole_list(d: &mut Draws<'_>, told: &mut Told) -> String {
    let key = d.pick(LISTS);
    if d.chance(50) {
        told.insert(key.to_owned(), json!([]));
        return format!("{key}=[]");
    }
    told.remove(key);
    format!("{key}=")
}

/// Takes the first entry of a list out, by its number; leaves out a list without one.
fn first_out(d: &mut Draws<'_>, told: &mut Told) -> String {
    let key = d.pick(LISTS);
    match told.get_mut(key).and_then(Value::as_array_mut) {
        Some(items) if !items.is_empty() => {
            items.remove(0);
            format!("{key}-=1")
        }
        _ => {
            told.remove(key);
            format!("{key}=")
        }
    }
}

fn patch(d: &mut Draws<'_>, told: &mut Told) -> String {
    let code = d.pick(WIDE.countries);
    told.remove("birth_date");
    told.insert("nationalities".to_owned(), json!([code]));
    let facts = told.entry("facts").or_insert_with(|| json!({})).as_object_mut().unwrap();
    facts.remove("previous_jpo");
    facts.insert("jersey_link".to_owned(), json!(false));
    let facts = json!({"previous_jpo": null, "jersey_link": false});
    json!({"birth_date": null, "nationalities": [code], "facts": facts}).to_string()
}
