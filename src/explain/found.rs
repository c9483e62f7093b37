//! What a profile holds against a rule, in words.

use super::required::degree_name;
use super::{Speaker, listed};
use crate::engine::{counted_range, months, shortest_and_longest};
use crate::profile::{Answer, Degree, LanguageSkill, Study};
use crate::rules::{
    Age, Branch, Condition, Counting, LanguageRule, Nationality, Requirement, Rule, Sponsorship,
};
use crate::vocabulary::{CountryCode, LanguageCode, PartialDate, completed_years};

const NOT_TOLD: &str = "not told";

/// What was found: the facts that the requirement looks at, or what is known of the donor.
pub fn found(requirement: &Requirement, speaker: Speaker<'_, '_>) -> String {
    let mut texts: Vec<String> = Vec::new();
    for reading in &requirement.readings {
        let text = speaker.holds(&reading.rule);
        if !text.is_empty() && !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts.join("; ")
}

impl Speaker<'_, '_> {
    fn holds(&self, rule: &Rule) -> String {
        match rule {
            Rule::NoRequirement | Rule::Unstated | Rule::NotOnRecord => String::new(),
            Rule::Text(_) => "judged by people".to_owned(),
            Rule::Sponsorship(state) => sponsorship(*state).to_owned(),
            Rule::Nationality(rule) => self.nationality_found(rule),
            Rule::Age(rule) => self.age_found(rule),
            Rule::Degree(rule)
                if rule.studied_in.is_empty() && rule.studied_in_group.is_empty() =>
            {
                self.degrees()
            }
            Rule::Degree(_) => format!("{}; {}", self.degrees(), self.places_of_study()),
            Rule::Experience(rule) => self.experience(&rule.counting),
            Rule::Qualification(rule) => {
                format!("{}; {}", self.degrees(), self.experience(&rule.counting))
            }
            Rule::Language(LanguageRule::Skills { of, .. }) => self.languages(of),
            Rule::Language(LanguageRule::Tests { .. }) => self.tests(),
            Rule::Condition(Condition::Fact(test)) => self.answer(test.fact()),
            Rule::Condition(Condition::Employed(_)) => self.jobs(),
        }
    }

    /// The nationalities, and what else the branches look at that can be the candidate's.
    fn nationality_found(&self, rule: &Nationality) -> String {
        let held = self.candidate.profile.nationalities.as_deref();
        let is_asked = |nationals: &[CountryCode]| {
            held.is_none_or(|held| held.iter().any(|country| nationals.contains(country)))
        };
        let condition = rule.if_also.iter().filter(|(nationals, _)| is_asked(nationals));
        let branches: Vec<&Branch> =
            rule.branches.iter().chain(condition.map(|(_, condition)| &**condition)).collect();
        let mut parts = vec![self.nationalities()];
        if branches.iter().any(|branch| !branch.resident_in.is_empty()) {
            parts.push(self.residences());
        }
        if branches.iter().any(|b| !b.studied_in.is_empty() || !b.studied_in_group.is_empty()) {
            parts.push(self.places_of_study());
        }
        let spoken = branches.iter().flat_map(|branch| &branch.speaks);
        let mut spoken: Vec<LanguageCode> = spoken.map(|skill| skill.language).collect();
        spoken.dedup();
        if !spoken.is_empty() {
            parts.push(self.languages(&spoken));
        }
        let facts = branches.iter().filter_map(|branch| branch.fact.as_deref());
        parts.extend(facts.map(|fact| self.named_answer(fact)));
        parts.join("; ")
    }

    fn nationalities(&self) -> String {
        match self.candidate.profile.nationalities.as_deref() {
            None => format!("nationality {NOT_TOLD}"),
            Some([]) => "no nationality".to_owned(),
            Some(codes) => {
                listed(&codes.iter().map(|code| self.country(*code)).collect::<Vec<_>>(), "and")
            }
        }
    }

    fn residences(&self) -> String {
        match self.candidate.profile.residences.as_deref() {
            None => format!("residence {NOT_TOLD}"),
            Some([]) => "no residence".to_owned(),
            Some(list) => {
                let names = list.iter().map(|r| {
                    let how = if r.permanent == Some(true) { " (permanent)" } else { "" };
                    format!("{}{how}", self.country(r.country))
                });
                format!("living in {}", listed(&names.collect::<Vec<_>>(), "and"))
            }
        }
    }

    /// The countries that the degrees are from.
    fn places_of_study(&self) -> String {
        let Some(degrees) = self.candidate.profile.degrees.as_deref() else {
            return format!("degrees {NOT_TOLD}");
        };
        let mut places: Vec<String> = Vec::new();
        for degree in degrees {
            let place = match degree.country {
                Some(country) => self.country(country).to_string(),
                None => format!("a country {NOT_TOLD}"),
            };
            if !places.contains(&place) {
                places.push(place);
            }
        }
        match degrees.len() {
            0 => "no degree".to_owned(),
            1 => format!("degree from {}", listed(&places, "and")),
            _ => format!("degrees from {}", listed(&places, "and")),
        }
    }

    fn age_found(&self, rule: &Age) -> String {
        let Some(birth) = self.candidate.profile.birth_date else {
            return format!("date of birth {NOT_TOLD}");
        };
        let mut text = format!("born {birth}");
        if rule.max.is_some() || rule.min.is_some() {
            let days = self.scene.timing.days(rule.on);
            let ages = days.iter().map(|dated| {
                let (low, high) = (
                    completed_years(birth.last(), dated.day),
                    completed_years(birth.first(), dated.day),
                );
                let years = if low == high { low.to_string() } else { format!("{low} or {high}") };
                format!("{years} on {}", dated.day)
            });
            text = ages.collect::<Vec<_>>().join(", ");
        }
        let mut answers: Vec<String> = Vec::new();
        for raise in &rule.raises {
            if let Some(asked) = &raise.fact {
                answers.push(self.named_answer(asked.fact()));
            }
        }
        // Steps of one raise ask the same fact.
        answers.dedup();
        for answer in answers {
            text = format!("{text}; {answer}");
        }
        text
    }

    fn degrees(&self) -> String {
        match self.candidate.profile.degrees.as_deref() {
            None => format!("degrees {NOT_TOLD}"),
            Some([]) => "no degree".to_owned(),
            Some(list) => {
                list.iter().map(|degree| self.degree_told(degree)).collect::<Vec<_>>().join(", ")
            }
        }
    }

    fn degree_told(&self, degree: &Degree) -> String {
        let field = match &degree.field {
            Study::Field(id) => format!(" in {}", self.fields(std::slice::from_ref(id))),
            Study::Unrecognised(text) => format!(" in \"{text}\" (a field not known here)"),
            Study::NotTold => String::new(),
        };
        let awarded = degree.awarded.map_or_else(
            || ", date not told".to_owned(),
            |date| {
                let expected = date.first() > self.scene.as_of;
                format!(", {}{date}", if expected { "expected " } else { "" })
            },
        );
        format!("{}{field}{awarded}", degree_name(degree.level))
    }

    /// The months counted on each day that the rule can mean, at least and at most.
    fn experience(&self, counting: &Counting) -> String {
        if self.candidate.profile.experience.is_none() {
            return format!("experience {NOT_TOLD}");
        }
        let (shortest, longest) = shortest_and_longest(self.candidate, self.scene);
        let mut texts: Vec<String> = Vec::new();
        for dated in self.scene.timing.days(counting.until) {
            let (low, high) = counted_range(&shortest, &longest, counting, dated.day);
            let (low, high) = (months(low), months(high));
            let amount = if low == high { low.to_string() } else { format!("{low} to {high}") };
            let noun = if amount == "1" { "month" } else { "months" };
            texts.push(format!("{amount} {noun} up to {}", dated.day));
        }
        texts.join(", ")
    }

    fn languages(&self, of: &[LanguageCode]) -> String {
        let Some(told) = &self.candidate.profile.languages else {
            return format!("languages {NOT_TOLD}");
        };
        let name = |code| self.scene.data.languages.name(code);
        let asked: Vec<&LanguageSkill> =
            told.iter().filter(|skill| of.contains(&skill.language)).collect();
        if asked.is_empty() {
            return match of {
                [only] => format!("no {}", name(*only)),
                _ => "none of these languages".to_owned(),
            };
        }
        let texts = asked.iter().map(|skill| format!("{} {}", name(skill.language), skill.level));
        texts.collect::<Vec<_>>().join(", ")
    }

    fn tests(&self) -> String {
        match self.candidate.profile.tests.as_deref() {
            None => format!("tests {NOT_TOLD}"),
            Some([]) => "no test".to_owned(),
            Some(list) => {
                let texts = list.iter().map(|test| {
                    let known = self.scene.data.languages.test(&test.test);
                    let name = known.map_or(test.test.as_str(), |known| known.name.as_str());
                    let score = test
                        .score
                        .map_or_else(|| ", score not told".to_owned(), |score| format!(" {score}"));
                    let taken: String = test.taken.map_or_else(
                        || ", date not told".to_owned(),
                        |date: PartialDate| format!(", {date}"),
                    );
                    format!("{name}{score}{taken}")
                });
                texts.collect::<Vec<_>>().join("; ")
            }
        }
    }

    fn jobs(&self) -> String {
        match self.candidate.profile.experience.as_deref() {
            None => format!("experience {NOT_TOLD}"),
            Some([]) => "no experience".to_owned(),
            Some([_]) => "experience (1 entry)".to_owned(),
            Some(list) => format!("experience ({} entries)", list.len()),
        }
    }

    /// The answer among other things that are found.
    fn named_answer(&self, fact: &str) -> String {
        let answer = self.answer(fact);
        let is_told = self.candidate.profile.facts.get(fact).is_some();
        if is_told { format!("`facts.{fact}` {answer}") } else { answer }
    }

    fn answer(&self, fact: &str) -> String {
        let unit = self.scene.data.fact(fact).and_then(|known| known.unit.clone());
        match self.candidate.profile.facts.get(fact) {
            None => format!("`facts.{fact}` {NOT_TOLD}"),
            Some(Answer::Flag(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
            Some(Answer::Number(number)) => {
                unit.map_or_else(|| number.to_string(), |unit| format!("{number} {unit}"))
            }
            Some(Answer::Choice(choice)) => choice.to_string(),
            Some(Answer::Date(date)) => date.to_string(),
        }
    }
}

pub(super) const fn sponsorship(state: Sponsorship) -> &'static str {
    match state {
        Sponsorship::Active => "active",
        Sponsorship::Listed => "a UN list names the donor; no proof of posts",
        Sponsorship::Disputed => "sources contradict each other",
        Sponsorship::Unknown => "nothing on record",
        Sponsorship::Inactive => "no posts are paid for now",
    }
}
