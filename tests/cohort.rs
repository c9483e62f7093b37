//! Profiles of a made-up cohort, as applicants would write them: the same ones from the same seed.
//!
//! Each is drawn from its seed and number alone, so that any part of a cohort can be made anywhere.
//! Nobody in it is real; no line depends on the clock.

use chrono::{Datelike as _, Days, NaiveDate};

use self::countries::{COUNTRIES, Country};
use self::draws::Draws;
use self::pen::Pen;

#[path = "cohort/countries.rs"]
mod countries;
#[path = "cohort/draws.rs"]
mod draws;
#[path = "cohort/pen.rs"]
mod pen;

/// The day that a cohort applies: nobody in it is born, hired or tested after it.
pub(crate) const AS_OF: &str = "2026-11-22";

/// The `n`-th profile of the cohort of `seed`, as one line of JSON without its newline.
pub(crate) fn profile(seed: u64, n: u64) -> String {
    let mut draws = Draws::of(seed, n);
    let pen = Pen::drawn(&mut draws);
    let person = Person::drawn(&mut draws);
    let mut keys = vec![("id", id(&mut draws, n))];
    if draws.chance(30) {
        keys.push(("format", Some("1".to_owned())));
    }
    keys.push(("birth_date", birth_date(&mut draws, &person)));
    keys.push(("nationalities", nationalities(&mut draws, &pen, &person)));
    keys.push(("residences", residences(&mut draws, &pen, &person)));
    keys.push(("degrees", degrees(&mut draws, &pen, &person)));
    keys.push(("experience", experience(&mut draws, &pen, &person)));
    keys.push(("languages", languages(&mut draws, &pen, &person)));
    keys.push(("tests", tests(&mut draws, &pen, &person)));
    keys.push(("facts", facts(&mut draws, &pen)));
    pen.object(&mut draws, keys)
}

/// What the parts of a profile have in common.
struct Person {
    born: NaiveDate,
    /// The day of the first degree, or where there is none, the end of school.
    graduated: NaiveDate,
    home: &'static Country,
    second: Option<&'static Country>,
}

impl Person {
    fn drawn(draws: &mut Draws) -> Self {
        // Most are near the limits of age; one in five is anywhere between 21 and 45.
        let days = match draws.below(5) {
            0 => draws.between(21 * 366, 45 * 365),
            _ => draws.between(23 * 366, 36 * 365),
        };
        let born = day(AS_OF) - Days::new(days);
        let graduated = born + Days::new(draws.between(21 * 365, 25 * 365));
        let home = country(draws);
        let second = draws.chance(8).then(|| country(draws));
        Self {
            born,
            graduated: graduated.min(day(AS_OF) + Days::new(300)),
            home,
            second: second.filter(|second| second.spellings != home.spellings),
        }
    }
}

fn country(draws: &mut Draws) -> &'static Country {
    draws.weighted(COUNTRIES, |country| country.weight)
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn id(draws: &mut Draws, n: u64) -> Option<String> {
    match draws.below(20) {
        0 => None,
        1..4 => Some(format!("\"{:016x}\"", draws.number())),
        _ => Some(format!("\"c-{n:07}\"")),
    }
}

/// A date, told to the day, the month or the year.
fn date(draws: &mut Draws, date: NaiveDate, months: u64, years: u64) -> String {
    let text = date.to_string();
    let told = match draws.below(100) {
        share if share < years => &text[..4],
        share if share < years + months => &text[..7],
        _ => &text,
    };
    format!("\"{told}\"")
}

/// Three parts in a hundred are not told.
fn told(draws: &mut Draws, part: impl FnOnce(&mut Draws) -> String) -> Option<String> {
    some(draws, 97, part)
}

fn birth_date(draws: &mut Draws, person: &Person) -> Option<String> {
    told(draws, |draws| date(draws, person.born, 3, 4))
}

fn nationalities(draws: &mut Draws, pen: &Pen, person: &Person) -> Option<String> {
    told(draws, |draws| {
        let held = [Some(person.home), person.second];
        let mut held: Vec<String> =
            held.into_iter().flatten().map(|country| pen.country(draws, country)).collect();
        draws.shuffle(&mut held);
        pen.list(&held)
    })
}

fn residences(draws: &mut Draws, pen: &Pen, person: &Person) -> Option<String> {
    if !draws.chance(20) {
        return draws.chance(5).then(|| pen.list(&[]));
    }
    let home = draws.chance(70);
    let place = if home { person.home } else { country(draws) };
    let keys = vec![
        ("country", Some(pen.country(draws, place))),
        (
            "since",
            some(draws, 40, |draws| {
                let days = draws.between(30, 20 * 365);
                date(draws, day(AS_OF) - Days::new(days), 40, 30)
            }),
        ),
        (
            "permanent",
            some(draws, 60, |draws| {
                let permanent = home || draws.chance(20);
                permanent.to_string()
            }),
        ),
    ];
    let residence = pen.object(draws, keys);
    Some(pen.list(&[residence]))
}

/// What is told so many times in a hundred.
fn some(
    draws: &mut Draws,
    percent: u64,
    value: impl FnOnce(&mut Draws) -> String,
) -> Option<String> {
    draws.chance(percent).then(|| value(draws))
}

const FIELDS: &[&str] = &[
    "international relations",
    "economics",
    "law",
    "public health",
    "Development Studies",
    "Human Rights",
    "political science",
    "environmental science",
    "public administration",
    "Business and management",
    "sociology",
    "Gender studies",
    "statistics",
    "Relations internationales",
    "Droit",
    "Economía",
    "Ciencias Políticas",
    "medicine",
    "Computer science and IT",
    "Civil engineering",
    "agriculture",
    "nutrition",
    "education",
    "Journalism",
    "Humanitarian action",
    "M.A. in European Affairs (with distinction)",
    "\"Sustainability\" & Society",
];

fn degrees(draws: &mut Draws, pen: &Pen, person: &Person) -> Option<String> {
    told(draws, |draws| {
        let held: &[(&str, u64)] = match draws.below(100) {
            0..2 => &[],
            2..5 => &[("secondary", 0)],
            5..30 => &[("bachelor", 0)],
            30..34 => &[("bachelor", 0), ("postgraduate", 2)],
            34..62 => &[("master", 2)],
            62..91 => &[("bachelor", 0), ("master", 2)],
            91..94 => &[("master", 2), ("doctorate", 6)],
            94..96 => &[("bachelor", 0), ("master", 2), ("master", 4)],
            96..97 => &[("doctorate", 6)],
            _ => &[("bachelor", 0), ("master", 2), ("doctorate", 6)],
        };
        let mut held: Vec<String> = held
            .iter()
            .map(|(level, years)| (level, person.graduated + Days::new(years * 365)))
            .filter(|(_, awarded)| *awarded < day(AS_OF) + Days::new(730))
            .map(|(level, awarded)| degree(draws, pen, person, (level, awarded)))
            .collect();
        draws.shuffle(&mut held);
        pen.list(&held)
    })
}

fn degree(
    draws: &mut Draws,
    pen: &Pen,
    person: &Person,
    (level, awarded): (&str, NaiveDate),
) -> String {
    let keys = vec![
        ("level", Some(pen.text(level))),
        ("field", some(draws, 50, |draws| pen.text(draws.pick(FIELDS)))),
        (
            "country",
            some(draws, 30, |draws| {
                let place = if draws.chance(75) { person.home } else { country(draws) };
                pen.country(draws, place)
            }),
        ),
        (
            "awarded",
            some(draws, 88, |draws| {
                let days = Days::new(draws.below(200));
                date(draws, awarded + days, 25, 25)
            }),
        ),
    ];
    pen.object(draws, keys)
}

const KINDS: &[(u64, &str)] = &[
    (58, "employment"),
    (20, "internship"),
    (8, "volunteering"),
    (4, "self_employment"),
    (3, "un_volunteer"),
    (3, "doctoral_research"),
    (2, "military"),
    (2, "casual"),
];

const EMPLOYERS: &[&str] =
    &["government", "international", "ngo", "ngo", "academia", "private", "private", "other"];

fn experience(draws: &mut Draws, pen: &Pen, person: &Person) -> Option<String> {
    told(draws, |draws| {
        let count = match draws.below(100) {
            0..3 => 0,
            3..54 => 1,
            54..80 => 2,
            80..92 => 3,
            92..97 => 4,
            _ => 5,
        };
        let studies = Days::new(draws.below(900));
        let mut from = (person.graduated - studies).min(day(AS_OF) - Days::new(45));
        let mut held = Vec::new();
        while held.len() < count && from < day(AS_OF) {
            let days = draws.between(2, 36) * 30 + draws.below(30);
            held.push(job(draws, pen, person, (from, from + Days::new(days))));
            // One in four is begun before the last one ends.
            let pause = if draws.chance(25) { draws.below(90) } else { 90 + draws.below(300) };
            from = from + Days::new(days + pause) - Days::new(90);
        }
        draws.shuffle(&mut held);
        pen.list(&held)
    })
}

fn job(draws: &mut Draws, pen: &Pen, person: &Person, days: (NaiveDate, NaiveDate)) -> String {
    let (_, kind) = draws.weighted(KINDS, |(weight, _)| *weight);
    let first = if draws.chance(60) { days.0.with_day(1).unwrap_or(days.0) } else { days.0 };
    // A third tells only the months.
    let months = if draws.chance(33) { 100 } else { 0 };
    let keys = vec![
        ("kind", Some(pen.text(kind))),
        ("from", Some(date(draws, first, months, 0))),
        (
            "to",
            match draws.below(100) {
                _ if days.1 > day(AS_OF) => Some("null".to_owned()),
                0..3 => None,
                _ => Some(date(draws, days.1, months, 0)),
            },
        ),
        (
            "share",
            some(draws, 10, |draws| {
                draws.pick(&["0.5", "0.8", "1.0", "0.75", "0.2", "1"]).to_owned()
            }),
        ),
        ("paid", some(draws, 15, |draws| draws.chance(70).to_string())),
        (
            "country",
            some(draws, 15, |draws| {
                let place = if draws.chance(75) { person.home } else { country(draws) };
                pen.country(draws, place)
            }),
        ),
        ("relevant", some(draws, 8, |draws| draws.chance(75).to_string())),
        ("employer", some(draws, 18, |draws| pen.text(draws.pick(EMPLOYERS)))),
    ];
    pen.object(draws, keys)
}

/// Languages that many learn, with other names of theirs.
const LEARNT: &[(u64, &[&str])] = &[
    (45, &["en", "English", "english", "anglais", "inglés"]),
    (22, &["fr", "French", "français", "francés"]),
    (14, &["es", "Spanish", "español", "espagnol"]),
    (5, &["de", "German", "Deutsch"]),
    (4, &["ar", "Arabic", "arabe"]),
    (3, &["pt", "Portuguese", "portugais"]),
    (3, &["ru", "Russian", "russe"]),
    (2, &["it", "Italian"]),
    (2, &["zh", "Chinese", "Mandarin"]),
];

fn languages(draws: &mut Draws, pen: &Pen, person: &Person) -> Option<String> {
    told(draws, |draws| {
        let by_name = draws.chance(25);
        let first = person.home.language;
        let mut spoken = vec![first];
        let mut skills = vec![skill(draws, pen, first, "native")];
        let count = draws.pick(&[2, 2, 2, 2, 3, 3, 3, 4]);
        while spoken.len() < count {
            let (_, learnt) = draws.weighted(LEARNT, |(weight, _)| *weight);
            // The second language of nearly everybody is English.
            let names = if spoken == [first] && first != "en" { LEARNT[0].1 } else { learnt };
            if spoken.contains(&names[0]) {
                continue;
            }
            spoken.push(names[0]);
            let name = if by_name { draws.pick(names) } else { names[0] };
            let level = draws.pick(&["C2", "C1", "C1", "C1", "B2", "B2", "B2", "B1", "A2", "A1"]);
            skills.push(skill(draws, pen, name, level));
        }
        draws.shuffle(&mut skills);
        pen.list(&skills)
    })
}

fn skill(draws: &mut Draws, pen: &Pen, name: &str, level: &str) -> String {
    let level = match draws.below(100) {
        0..2 => None,
        2..7 if level != "native" => Some(pen.text(&format!("at least {level}"))),
        _ => Some(pen.text(level)),
    };
    let language = Some(pen.text(name));
    pen.object(draws, vec![("language", language), ("level", level)])
}

fn tests(draws: &mut Draws, pen: &Pen, person: &Person) -> Option<String> {
    if !draws.chance(20) {
        return draws.chance(25).then(|| pen.list(&[]));
    }
    let (test, score) = match draws.below(10) {
        0..4 => ("toefl-ibt", draws.between(70, 120).to_string()),
        4..8 => ("ielts", draws.pick(&["5.5", "6", "6.5", "7.0", "7.5", "8", "9"]).to_owned()),
        8 => ("toeic", (draws.between(120, 198) * 5).to_string()),
        _ => ("cambridge", draws.between(150, 230).to_string()),
    };
    let adult = (day(AS_OF) - person.born).num_days().unsigned_abs() - 18 * 365;
    let keys = vec![
        ("test", Some(pen.text(test))),
        ("score", some(draws, 95, |_| score)),
        (
            "taken",
            some(draws, 85, |draws| {
                let days = draws.below(adult.min(6 * 365));
                date(draws, day(AS_OF) - Days::new(days), 20, 10)
            }),
        ),
    ];
    let test = pen.object(draws, keys);
    Some(pen.list(&[test]))
}

fn facts(draws: &mut Draws, pen: &Pen) -> Option<String> {
    let mut keys = Vec::new();
    for (id, told, yes) in [
        ("previous_jpo", 30, 4),
        ("nominated_by_government", 12, 30),
        ("medical_specialisation", 3, 50),
        ("education_in_sweden", 2, 60),
        ("dutch_funded_jpo", 3, 20),
        ("jersey_link", 1, 10),
    ] {
        keys.push((id, some(draws, told, |draws| draws.chance(yes).to_string())));
    }
    keys.push((
        "military_service",
        some(draws, 8, |draws| {
            pen.text(draws.pick(&["completed", "not_liable", "not_done", "exempt"]))
        }),
    ));
    keys.push((
        "military_service_months",
        some(draws, 6, |draws| draws.pick(&["0", "0", "9", "12", "18", "21"]).to_owned()),
    ));
    let nothing = keys.iter().all(|(_, value)| value.is_none());
    (!nothing || draws.chance(10)).then(|| pen.object(draws, keys))
}
