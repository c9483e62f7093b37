//! Random profiles as JSON: complete, partial and missing facts.

use chrono::{Days, NaiveDate};
use serde_json::{Map, Value, json};

use super::draws::Draws;

/// The names from which a profile is drawn.
pub(crate) struct Names {
    pub(crate) countries: &'static [&'static str],
    pub(crate) languages: &'static [&'static str],
    pub(crate) fields: &'static [&'static str],
}

/// What the small rule sets speak of, and a little that they do not.
pub(crate) const SMALL: Names = Names {
    countries: &["DE", "FI", "KE", "NP", "BR"],
    languages: &["en", "fr", "sv"],
    fields: &["law", "medicine", "economics", "a field of no list"],
};

/// What the shipped rules speak of.
pub(crate) const WIDE: Names = Names {
    countries: &[
        "DE", "FI", "KE", "NP", "BR", "IT", "JP", "KR", "BE", "CH", "NL", "GB", "SE", "NO", "FR",
        "US", "AU", "AT", "LU", "DK", "CN", "SA", "AE", "BD", "AF",
    ],
    languages: &["en", "fr", "es", "ar", "zh", "ru", "sv", "de", "it", "ko", "ja", "nl", "da"],
    fields: &["law", "medicine", "economics", "engineering", "public health", "basket weaving"],
};

/// A day, told to the day more often than to the month, and to the month more than to the year.
fn date(d: &mut Draws<'_>, first: i64, last: i64, partial: bool) -> String {
    let (year, month, day) = (d.between(first, last), d.between(1, 12), d.between(1, 28));
    match if partial { d.below(10) } else { 0 } {
        0..7 => format!("{year}-{month:02}-{day:02}"),
        7 | 8 => format!("{year}-{month:02}"),
        _ => format!("{year}"),
    }
}

/// A profile; `open` facts in a hundred are missing or told in part.
pub(crate) fn profile(d: &mut Draws<'_>, names: &Names, open: usize) -> Map<String, Value> {
    let mut told = Map::new();
    if !d.chance(open) {
        let partial = d.chance(open);
        let birth = match d.below(4) {
            0 => d.pick(&["1994-11-22", "1994-01-01", "1992-02-29", "1993-12-31"]).to_owned(),
            _ => date(d, 1988, 2000, partial),
        };
        told.insert("birth_date".to_owned(), json!(birth));
    }
    if !d.chance(open) {
        let held = d.some(names.countries, 0, 2);
        told.insert("nationalities".to_owned(), json!(held));
    }
    if !d.chance(open) {
        let lives: Vec<Value> = (0..d.below(3)).map(|_| residence(d, names, open)).collect();
        told.insert("residences".to_owned(), json!(lives));
    }
    if !d.chance(open) {
        let held: Vec<Value> = (0..d.below(3)).map(|_| degree(d, names, open)).collect();
        told.insert("degrees".to_owned(), json!(held));
    }
    if !d.chance(open) {
        let worked: Vec<Value> = (0..d.below(4)).map(|_| job(d, names, open)).collect();
        told.insert("experience".to_owned(), json!(worked));
    }
    if !d.chance(open) {
        let codes = d.some(names.languages, 0, 3);
        let skills: Vec<Value> = codes.iter().map(|code| language(d, code, open)).collect();
        told.insert("languages".to_owned(), json!(skills));
    }
    if !d.chance(open) {
        let taken: Vec<Value> = (0..d.below(3)).map(|_| test(d, open)).collect();
        told.insert("tests".to_owned(), json!(taken));
    }
    told.insert("facts".to_owned(), Value::Object(facts(d, open)));
    told
}

fn residence(d: &mut Draws<'_>, names: &Names, open: usize) -> Value {
    let mut told = Map::new();
    told.insert("country".to_owned(), json!(d.pick(names.countries)));
    if !d.chance(open) {
        told.insert("permanent".to_owned(), json!(d.chance(50)));
    }
    Value::Object(told)
}

fn degree(d: &mut Draws<'_>, names: &Names, open: usize) -> Value {
    let mut told = Map::new();
    let levels = ["master", "bachelor", "postgraduate", "doctorate", "secondary"];
    told.insert("level".to_owned(), json!(d.pick(&levels)));
    if !d.chance(open) {
        told.insert("field".to_owned(), json!(d.pick(names.fields)));
    }
    if !d.chance(open) {
        told.insert("country".to_owned(), json!(d.pick(names.countries)));
    }
    if !d.chance(open) {
        let partial = d.chance(open);
        told.insert("awarded".to_owned(), json!(date(d, 2024, 2027, partial)));
    }
    Value::Object(told)
}

fn job(d: &mut Draws<'_>, names: &Names, open: usize) -> Value {
    let mut told = Map::new();
    let kinds = ["employment", "internship", "volunteering", "un_volunteer", "military"];
    told.insert("kind".to_owned(), json!(d.pick(&kinds)));
    let (start_is_partial, end_is_partial) = (d.chance(open), d.chance(open));
    let from = date(d, 2025, 2026, start_is_partial);
    let to = match from.parse::<NaiveDate>() {
        // A day to either side of a limit that the small rules set, or on it.
        Ok(from) if d.chance(40) => {
            let days = d.pick(&[30, 31, 182, 183, 304, 305, 364, 365, 366, 456, 457, 547, 548]);
            (from + Days::new(days - 1)).to_string()
        }
        _ => date(d, 2026, 2027, end_is_partial),
    };
    let (from, to) = if to < from { (to, from) } else { (from, to) };
    told.insert("from".to_owned(), json!(from));
    match d.below(5) {
        _ if d.chance(open) => {}
        0 | 1 => {
            told.insert("to".to_owned(), Value::Null);
        }
        _ => {
            told.insert("to".to_owned(), json!(to));
        }
    }
    if d.chance(40) {
        told.insert("share".to_owned(), json!(d.pick(&[0.5, 0.8, 0.3])));
    }
    if !d.chance(open) {
        told.insert("paid".to_owned(), json!(d.chance(60)));
    }
    if d.chance(10) {
        told.insert("relevant".to_owned(), json!(false));
    }
    if !d.chance(open) {
        told.insert("country".to_owned(), json!(d.pick(names.countries)));
    }
    if !d.chance(open) {
        told.insert("employer".to_owned(), json!(d.pick(&["government", "ngo", "private"])));
    }
    Value::Object(told)
}

fn language(d: &mut Draws<'_>, code: &str, open: usize) -> Value {
    let levels = ["C1", "B2", "C2", "native", "B1", "A2", "A1"];
    match d.below(3) {
        _ if !d.chance(open) => json!({"language": code, "level": d.pick(&levels)}),
        0 => json!({"language": code}),
        _ => json!({"language": code, "level": format!("at least {}", d.pick(&levels[..3]))}),
    }
}

fn test(d: &mut Draws<'_>, open: usize) -> Value {
    let mut told = Map::new();
    let ielts = d.chance(50);
    told.insert("test".to_owned(), json!(if ielts { "ielts" } else { "toefl-ibt" }));
    if !d.chance(open) {
        let score = if ielts { json!(d.pick(&[7.5, 5.0])) } else { json!(d.between(98, 102)) };
        told.insert("score".to_owned(), score);
    }
    if !d.chance(open) {
        let partial = d.chance(open);
        told.insert("taken".to_owned(), json!(date(d, 2022, 2025, partial)));
    }
    Value::Object(told)
}

fn facts(d: &mut Draws<'_>, open: usize) -> Map<String, Value> {
    let mut told = Map::new();
    for id in ["previous_jpo", "jersey_link", "medical_specialisation", "dutch_funded_jpo"] {
        if !d.chance(open) {
            told.insert(id.to_owned(), json!(d.chance(50)));
        }
    }
    if !d.chance(open) {
        let months = d.pick(&[0, 1, 3, 6, 11, 12, 13, 24]);
        told.insert("military_service_months".to_owned(), json!(months));
    }
    if !d.chance(open) {
        let stand = d.pick(&["completed", "exempt", "not_done", "not_liable"]);
        told.insert("military_service".to_owned(), json!(stand));
    }
    told
}

/// The profile with one open fact told, if there is one left; `which` counts them round.
pub(crate) fn tell_one_more(
    d: &mut Draws<'_>,
    names: &Names,
    told: &Map<String, Value>,
) -> Option<Map<String, Value>> {
    // A second profile supplies the answer: a whole part, a key of an item, or a fact.
    let full = profile(d, names, 0);
    let mut ways: Vec<Map<String, Value>> = Vec::new();
    for (key, value) in &full {
        match (told.get(key), value) {
            (None, _) => {
                let mut more = told.clone();
                more.insert(key.clone(), value.clone());
                ways.push(more);
            }
            (Some(Value::Object(own)), Value::Object(all)) => {
                for (fact, answer) in all.iter().filter(|(fact, _)| !own.contains_key(*fact)) {
                    let mut more = told.clone();
                    more[key][fact] = answer.clone();
                    ways.push(more);
                }
            }
            _ => {}
        }
    }
    ways.extend(told_items(d, names, told));
    ways.extend(told_dates(d, told));
    let count = ways.len();
    (count > 0).then(|| ways.swap_remove(d.below(count)))
}

/// Tells a key that an item of a list has left out.
fn told_items(
    d: &mut Draws<'_>,
    names: &Names,
    told: &Map<String, Value>,
) -> Vec<Map<String, Value>> {
    let mut ways = Vec::new();
    for (part, make) in [
        ("residences", residence as fn(&mut Draws<'_>, &Names, usize) -> Value),
        ("degrees", degree),
        ("experience", job),
    ] {
        let items = told.get(part).and_then(Value::as_array).into_iter().flatten();
        for (at, item) in items.enumerate() {
            let full = make(d, names, 0);
            for (key, value) in full.as_object().unwrap() {
                let left_out = item.get(key).is_none();
                // Told by their absence: full time, relevant, and pay of most kinds.
                let assumed = ["share", "relevant", "paid"].contains(&key.as_str());
                if left_out && !assumed {
                    let mut more = told.clone();
                    more[part][at][key] = value.clone();
                    ways.push(more);
                }
            }
        }
    }
    ways
}

/// Tells the day of a date of which only the month or the year is told.
fn told_dates(d: &mut Draws<'_>, told: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let mut ways = Vec::new();
    let exact = |d: &mut Draws<'_>, text: &str| {
        let month =
            if text.len() == 4 { format!("-{:02}", d.between(1, 12)) } else { String::new() };
        format!("{text}{month}-{:02}", d.between(1, 28))
    };
    if let Some(text) = told.get("birth_date").and_then(Value::as_str).filter(|t| t.len() < 10) {
        let mut more = told.clone();
        more["birth_date"] = json!(exact(d, text));
        ways.push(more);
    }
    for (part, keys) in
        [("degrees", &["awarded"][..]), ("experience", &["from", "to"]), ("tests", &["taken"])]
    {
        let items = told.get(part).and_then(Value::as_array).into_iter().flatten();
        for (at, item) in items.enumerate() {
            for key in keys {
                if let Some(text) = item.get(key).and_then(Value::as_str).filter(|t| t.len() < 10) {
                    let mut more = told.clone();
                    more[part][at][*key] = json!(exact(d, text));
                    ways.push(more);
                }
            }
        }
    }
    ways
}

/// The profile with every list in another order.
pub(crate) fn shuffled(d: &mut Draws<'_>, told: &Map<String, Value>) -> Map<String, Value> {
    let reorder = |(key, value): (&String, &Value)| {
        let value = match value {
            Value::Array(items) => Value::Array(d.shuffled(items)),
            other => other.clone(),
        };
        (key.clone(), value)
    };
    told.iter().map(reorder).collect()
}
