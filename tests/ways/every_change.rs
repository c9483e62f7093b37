//! Every change that can bear on a small window, read off its rules as they are written, and what
//! comes of each set of them: knows nothing of the search.

use chrono::{Datelike, Months, NaiveDate};
use jpo_check::dataset::Dataset;
use jpo_check::engine::{Allowed, Candidate, Pace, Span, Timelines};
use jpo_check::profile::{Answer, Profile};
use jpo_check::rules::{FactType, Rule, Weight, Window};
use jpo_check::vocabulary::{DegreeLevel, ExperienceKind, LanguageLevel, Words};
use serde_json::{Map, Value, json};

use crate::properties::read;

/// A change: an entry of a list or an answer, told in the words of a profile.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Change {
    list: &'static str,
    /// What there can be one of.
    name: String,
    told: Value,
}

/// A window with a profile and a day, as its rules are written.
pub(crate) struct Case<'d> {
    pub(crate) data: &'d Dataset,
    pub(crate) window: &'d Window,
    pub(crate) rules: String,
    pub(crate) told: Map<String, Value>,
    pub(crate) as_of: NaiveDate,
    pub(crate) horizon: NaiveDate,
    pub(crate) pace: Pace,
    pub(crate) allowed: Allowed,
}

const COUNTRIES: &[&str] = &["DE", "FI", "KE", "NP", "BR"];

impl Case<'_> {
    fn asks(&self, words: &str) -> bool {
        self.rules.contains(words)
    }

    fn profile(&self) -> Profile {
        read(&self.told, self.data, self.as_of).unwrap()
    }

    /// Every change of the list.
    pub(crate) fn changes(&self) -> Vec<Change> {
        let mut all = self.languages();
        all.extend(self.degrees());
        all.extend(self.jobs());
        all.extend(self.answers());
        for test in ["toefl-ibt", "ielts"].into_iter().filter(|test| self.asks(test)) {
            let lowest = self.data.languages.test(test).unwrap().scale.0;
            let score = if test == "ielts" { lowest } else { 100.0 };
            let told = json!({ "test": test, "score": score });
            all.push(Change { list: "tests", name: test.to_owned(), told });
        }
        for country in COUNTRIES {
            let (told, name) = (json!(country), "one".to_owned());
            if self.allowed.nationality && !self.holds(country) {
                all.push(Change { list: "nationalities", name, told });
            }
            if self.allowed.residence && self.asks("resident_in") {
                let told = json!({ "country": country, "permanent": true });
                all.push(Change { list: "residences", name: (*country).to_owned(), told });
            }
        }
        all
    }

    fn holds(&self, country: &str) -> bool {
        let held = self.told.get("nationalities").and_then(Value::as_array);
        held.is_some_and(|held| held.iter().any(|one| one == country))
    }

    fn languages(&self) -> Vec<Change> {
        let profile = self.profile();
        let spoken = |code: &str| {
            let skills = profile.languages.iter().flatten();
            skills.filter(|skill| skill.language.as_str() == code).map(|s| s.level.low).next()
        };
        let mut all = Vec::new();
        for code in ["en", "fr", "sv"].into_iter().filter(|code| self.asks(&format!("\"{code}\"")))
        {
            let learnt = |level: &LanguageLevel| *level < LanguageLevel::Native;
            let above = |level: &LanguageLevel| spoken(code) < Some(*level);
            let levels = LanguageLevel::WORDS.iter().map(|(_, level)| *level);
            for level in levels.filter(learnt).filter(above) {
                let told = json!({ "language": code, "level": level.to_string() });
                all.push(Change { list: "languages", name: code.to_owned(), told });
            }
        }
        all
    }

    fn degrees(&self) -> Vec<Change> {
        let all = ["secondary", "bachelor", "postgraduate", "master", "doctorate"];
        let levels = all.into_iter().filter(|level| {
            let first = ["studied_in", "first_degree", "degree_field"];
            self.asks(&format!("\"{level}\""))
                || (*level == "secondary" && self.takes_any_degree())
                || (*level == "bachelor" && first.iter().any(|words| self.asks(words)))
        });
        let fields: &[Option<&str>] = if self.asks("fields") || self.asks("degree_field") {
            &[Some("law"), Some("medicine"), Some("economics")]
        } else {
            &[None]
        };
        let places: Vec<Option<&str>> = if self.asks("studied_in") {
            COUNTRIES.iter().map(|country| Some(*country)).collect()
        } else {
            vec![None]
        };
        let mut all = Vec::new();
        for level in levels {
            let months = self.pace.months_to(DegreeLevel::from_word(level).unwrap());
            let awarded = (self.as_of + Months::new(months)).to_string();
            for (field, place) in fields.iter().flat_map(|f| places.iter().map(move |p| (f, p))) {
                let mut told = json!({ "level": level, "awarded": awarded });
                for (key, value) in [("field", field), ("country", place)] {
                    if let Some(value) = value {
                        told[key] = json!(value);
                    }
                }
                all.push(Change { list: "degrees", name: told.to_string(), told });
            }
        }
        all
    }

    /// Whether some rule asks for a degree and names no lowest level.
    fn takes_any_degree(&self) -> bool {
        let mut readings =
            self.window.every_requirement().flat_map(|requirement| &requirement.readings);
        readings.any(|reading| matches!(&reading.rule, Rule::Degree(rule) if rule.min.is_none()))
    }

    /// A job of each kind that the rules tell apart, and with each employer that they name.
    fn jobs(&self) -> Vec<Change> {
        let mut all = Vec::new();
        let job = |kind: ExperienceKind| json!({ "kind": kind.to_string(), "from": self.as_of.to_string(), "to": null, "paid": true });
        let mut weights: Vec<Vec<Weight>> = Vec::new();
        for (_, kind) in ExperienceKind::WORDS {
            let readings = self.window.every_requirement().flat_map(|asked| &asked.readings);
            let weight = readings.filter_map(|reading| match &reading.rule {
                Rule::Experience(rule) => Some(rule.counting.weight(*kind)),
                Rule::Qualification(rule) => Some(rule.counting.weight(*kind)),
                _ => None,
            });
            let own: Vec<Weight> = weight.collect();
            if own.iter().any(|weight| *weight != Weight::Not) && !weights.contains(&own) {
                all.push(Change { list: "experience", name: kind.to_string(), told: job(*kind) });
                weights.push(own);
            }
        }
        for employer in ["government", "ngo"] {
            for country in ["DE", "FI"] {
                let asked = format!("employer = \"{employer}\", country = \"{country}\"");
                if self.asks(&asked) {
                    let mut told = job(ExperienceKind::Employment);
                    told["employer"] = json!(employer);
                    told["country"] = json!(country);
                    all.push(Change { list: "experience", name: asked, told });
                }
            }
        }
        all
    }

    fn answers(&self) -> Vec<Change> {
        let profile = self.profile();
        let ids = ["previous_jpo", "jersey_link", "military_service", "military_service_months"];
        let mut all = Vec::new();
        for id in ids.into_iter().filter(|id| self.asks(&format!("\"{id}\""))) {
            let fact = self.data.fact(id).unwrap();
            let answers: Vec<Answer> = match &fact.kind {
                FactType::Flag => vec![Answer::Flag(false), Answer::Flag(true)],
                FactType::Choice(choices) => choices.iter().cloned().map(Answer::Choice).collect(),
                FactType::Number => [0, 1, 3, 6, 12].map(Answer::Number).to_vec(),
                FactType::Date => Vec::new(),
            };
            let told = profile.facts.get(id);
            let can = |to: &Answer| told != Some(to) && fact.can_become(told, to);
            for answer in answers.into_iter().filter(can) {
                let told = match answer {
                    Answer::Flag(flag) => json!(flag),
                    Answer::Choice(choice) => json!(choice.as_str()),
                    Answer::Number(number) => json!(number),
                    Answer::Date(_) => continue,
                };
                all.push(Change { list: "facts", name: id.to_owned(), told });
            }
        }
        all
    }

    /// The profile with `changes`; tests are taken in time for every application.
    pub(crate) fn with(&self, changes: &[&Change]) -> Profile {
        let mut told = self.told.clone();
        let late = self.horizon + Months::new(36);
        for change in changes {
            let list = told.entry(change.list);
            if change.list == "facts" {
                list.or_insert_with(|| json!({}))[&change.name] = change.told.clone();
                continue;
            }
            let list = list.or_insert_with(|| json!([])).as_array_mut().unwrap();
            let mut entry = change.told.clone();
            if change.list == "languages" {
                list.retain(|skill| skill["language"] != entry["language"]);
            }
            if change.list == "tests" {
                entry["taken"] = json!(late.to_string());
            }
            list.push(entry);
        }
        read(&told, self.data, late).unwrap()
    }

    /// The timeline with `changes`.
    pub(crate) fn spans(&self, profile: &Profile) -> Vec<Span<'_>> {
        let candidate = Candidate::new(profile, self.as_of);
        Timelines::new(self.data, &candidate, self.as_of, self.horizon).of(self.window)
    }

    /// Days spread over the time that is looked at, and those around the turns of the year and of
    /// the lists.
    pub(crate) fn some_days(&self) -> Vec<NaiveDate> {
        let days = self.as_of.iter_days().take_while(|day| *day <= self.horizon);
        days.filter(|day| {
            *day == self.as_of || day.num_days_from_ce() % 23 == 0 || day.ordinal() == 1
        })
        .collect()
    }
}

/// Every set of up to `most` of `changes` that do not exclude each other, the smaller ones first.
pub(crate) fn sets(changes: &[Change], most: usize) -> Vec<Vec<&Change>> {
    let mut all: Vec<Vec<&Change>> = vec![Vec::new()];
    let mut from = 0;
    for _ in 0..most {
        let (start, end) = (from, all.len());
        from = end;
        for at in start..end {
            let set = all[at].clone();
            let last = set.last().map(|last| changes.iter().position(|one| one == *last).unwrap());
            for change in changes.iter().skip(last.map_or(0, |last| last + 1)) {
                let excludes = |one: &&Change| one.list == change.list && one.name == change.name;
                if !set.iter().any(excludes) {
                    all.push([set.as_slice(), &[change]].concat());
                }
            }
        }
    }
    all
}
