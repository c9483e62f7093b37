//! What a rule asks, in words.

use chrono::Datelike;

use super::{Speaker, counted, listed, span_of};
use crate::rules::{
    Age, BirthDay, Branch, Condition, Counting, Degree, Experience, FactTest, LanguageLevelWord,
    LanguageRule, Nationality, OwnedTest, Path, Qualification, Reading, ReferenceDay, Requirement,
    Rule, Since, Skill, Weight,
};
use crate::vocabulary::{CountryCode, DegreeLevel, ExperienceKind, Text, Words, month_day};

/// What `requirement` asks: its readings, told apart by "or".
pub fn required(requirement: &Requirement, speaker: Speaker<'_, '_>) -> String {
    let mut texts: Vec<String> = Vec::new();
    for reading in &requirement.readings {
        let text = in_words(requirement, reading, speaker);
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    qualified(requirement, texts.join(", or (other reading) "))
}

/// What `requirement` asks in one of its readings.
pub fn asked(requirement: &Requirement, reading: &Reading, speaker: Speaker<'_, '_>) -> String {
    qualified(requirement, in_words(requirement, reading, speaker))
}

fn in_words(requirement: &Requirement, reading: &Reading, speaker: Speaker<'_, '_>) -> String {
    match reading.rule {
        // One way to read a page asks nothing: the page itself need not say so.
        Rule::NoRequirement if requirement.readings.len() > 1 => "nothing".to_owned(),
        _ => speaker.rule(&reading.rule),
    }
}

fn qualified(requirement: &Requirement, text: String) -> String {
    match (requirement.by_vacancy, requirement.incomplete) {
        (true, _) if text == UNSTATED => BY_VACANCY.to_owned(),
        (true, _) => format!("as the vacancy says; strictest seen: {text}"),
        (_, true) if text == UNSTATED => "not on record".to_owned(),
        (_, true) => format!("{text}, and more that is not on record"),
        _ => text,
    }
}

const UNSTATED: &str = "not stated";
/// What is asked where only the vacancy says it.
pub(super) const BY_VACANCY: &str = "as the vacancy says";

impl Speaker<'_, '_> {
    /// What one rule asks.
    pub(super) fn rule(&self, rule: &Rule) -> String {
        match rule {
            Rule::NoRequirement => "nothing: the page says that there is none".to_owned(),
            Rule::Unstated => UNSTATED.to_owned(),
            Rule::NotOnRecord => {
                "not on record, neither for the donor nor the programme".to_owned()
            }
            Rule::Sponsorship(_) => "the donor pays for posts".to_owned(),
            Rule::Nationality(rule) => self.nationality(rule),
            Rule::Age(rule) => self.age(rule),
            Rule::Degree(rule) => self.degree(rule),
            Rule::Experience(rule) => experience(rule),
            Rule::Qualification(rule) => self.qualification(rule),
            Rule::Language(rule) => self.language(rule),
            Rule::Condition(rule) => self.condition(rule),
            Rule::Text(text) => text.to_string(),
        }
    }

    pub(super) fn country(&self, code: CountryCode) -> Text {
        self.scene.data.countries.name(code)
    }

    fn countries(&self, codes: &[CountryCode]) -> String {
        let names: Vec<Text> = codes.iter().map(|code| self.country(*code)).collect();
        listed(&names, "or")
    }

    fn groups(&self, ids: &[Text]) -> String {
        let groups = &self.scene.data.groups;
        let name = |id: &Text| groups.get(id).map_or(id.clone(), |group| group.name.clone());
        listed(&ids.iter().map(name).collect::<Vec<_>>(), "or")
    }

    fn nationality(&self, rule: &Nationality) -> String {
        let branches: Vec<String> = rule.branches.iter().map(|b| self.branch(b)).collect();
        let mut text = branches.join("; or ");
        if !rule.not_also.is_empty() {
            text = format!("{text}; not also {}", self.countries(&rule.not_also));
        }
        if let Some((nationals, condition)) = &rule.if_also {
            let (who, what) = (self.countries(nationals), self.branch(condition));
            text = format!("{text}; nationals of {who} also: {what}");
        }
        text
    }

    fn branch(&self, branch: &Branch) -> String {
        let mut parts = Vec::new();
        let places: Vec<String> = [
            (!branch.national_of.is_empty()).then(|| self.countries(&branch.national_of)),
            (!branch.in_group.is_empty()).then(|| self.any_country_of(&branch.in_group)),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !places.is_empty() {
            parts.push(format!("national of {}", listed(&places, "or")));
        }
        if !branch.resident_in.is_empty() {
            let how = if branch.permanent { "permanent resident of" } else { "resident of" };
            parts.push(format!("{how} {}", self.countries(&branch.resident_in)));
        }
        if let Some(fact) = &branch.fact {
            parts.push(format!("yes to \"{}\"", self.question(fact)));
        }
        let studied = [
            (!branch.studied_in.is_empty()).then(|| self.countries(&branch.studied_in)),
            (!branch.studied_in_group.is_empty())
                .then(|| self.any_country_of(&branch.studied_in_group)),
        ];
        let studied: Vec<String> = studied.into_iter().flatten().collect();
        if !studied.is_empty() {
            parts.push(format!("a degree from {}", listed(&studied, "or")));
        }
        parts.extend(branch.speaks.iter().map(|skill| self.skill(skill)));
        parts.join(", with ")
    }

    fn any_country_of(&self, groups: &[Text]) -> String {
        format!("a country of this list: {}", self.groups(groups))
    }

    pub(super) fn question(&self, fact: &Text) -> Text {
        self.scene.data.fact(fact).map_or_else(|| fact.clone(), |known| known.question.clone())
    }

    fn skill(&self, skill: &Skill) -> String {
        format!("{} {}", self.scene.data.languages.name(skill.language), level(&skill.level))
    }

    fn age(&self, rule: &Age) -> String {
        let mut parts = Vec::new();
        match (rule.max, rule.under) {
            (Some(max), true) => parts.push(format!("under {}", max + 1)),
            (Some(max), false) => parts.push(format!("at most {max}")),
            (None, _) => {}
        }
        parts.extend(rule.min.map(|min| format!("at least {min}")));
        let mut text = parts.join(", ");
        if !parts.is_empty() {
            text = format!("{text} {}", self.on_day(rule.on));
        }
        if let Some(limit) = rule.born_from {
            text = format!("{text}{}", self.born_from(limit));
        }
        for raise in &rule.raises {
            let degree = raise.degree.as_ref();
            let when = [
                degree.map(|degree| format!("a degree in {}", self.fields(&degree.fields))),
                raise.fact.as_ref().map(|asked| self.fact_test(asked)),
            ];
            let when = listed(&when.into_iter().flatten().collect::<Vec<_>>(), "and");
            let years = usize::try_from(raise.years).unwrap_or_default();
            text = format!("{text}; {} more with {when}", counted(years, "year"));
        }
        text
    }

    fn born_from(&self, limit: BirthDay) -> String {
        let day = match limit {
            BirthDay::On(day) => Some(day),
            BirthDay::YearsBefore { month, day, years } => {
                month_day(self.scene.timing.application.year() - years, month, day)
            }
        };
        day.map_or_else(String::new, |day| format!("born on {day} or later"))
    }

    pub(super) fn fields(&self, ids: &[Text]) -> String {
        let known = &self.scene.data.fields;
        let name = |id: &Text| {
            known.get(id).map_or_else(|| id.to_string(), |field| field.name.to_lowercase())
        };
        listed(&ids.iter().map(name).collect::<Vec<_>>(), "or")
    }

    /// A reference day in a sentence, with its date where there is one.
    pub(super) fn on_day(&self, reference: ReferenceDay) -> String {
        let day = self.scene.timing.days(reference).first().map(|dated| dated.day);
        let date = day.map_or_else(String::new, |day| format!(" ({day})"));
        let call = if self.scene.timing.call_is_known() {
            date.clone()
        } else {
            " (no call is known: the day of the application stands in)".to_owned()
        };
        match reference {
            ReferenceDay::Application => format!("when applying{date}"),
            ReferenceDay::CallOpen => format!("when the call opens{call}"),
            ReferenceDay::CallClose => format!("when the call closes{call}"),
            ReferenceDay::InYear { .. } | ReferenceDay::On(_) => {
                format!("on {}", day.map_or_else(String::new, |day| day.to_string()))
            }
            ReferenceDay::EntryOnDuty => "on entry on duty, 6 to 12 months on".to_owned(),
            ReferenceDay::NotStated => "(day not stated)".to_owned(),
        }
    }

    fn degree(&self, rule: &Degree) -> String {
        let mut text = match (rule.min, rule.max) {
            (Some(min), None) => format!("{} or above", degree_name(min)),
            (Some(min), Some(max)) if min == max => format!("{}, no higher", degree_name(min)),
            (Some(min), Some(max)) => format!("{} to {}", degree_name(min), degree_name(max)),
            (None, Some(max)) => format!("nothing above {}", degree_name(max)),
            (None, None) => "a degree".to_owned(),
        };
        if !rule.or_all.is_empty() {
            let levels: Vec<String> =
                rule.or_all.iter().map(|level| degree_name(*level).to_owned()).collect();
            text = format!("{text}, or {} together", listed(&levels, "and"));
        }
        if !rule.fields.is_empty() {
            text = format!("{text} in {}", self.fields(&rule.fields));
        }
        if !rule.studied_in.is_empty() {
            text = format!("{text} from {}", self.countries(&rule.studied_in));
        }
        if !rule.studied_in_group.is_empty() {
            text = format!("{text} from {}", self.any_country_of(&rule.studied_in_group));
        }
        format!("{text}, awarded {}", self.by_day(rule.by))
    }

    pub(super) fn by_day(&self, reference: ReferenceDay) -> String {
        match reference {
            ReferenceDay::InYear { .. } | ReferenceDay::On(_) => {
                self.on_day(reference).replacen("on ", "by ", 1)
            }
            _ => self.on_day(reference),
        }
    }

    fn qualification(&self, rule: &Qualification) -> String {
        let paths: Vec<String> = rule.paths.iter().map(|path| self.path(path)).collect();
        let most = rule.max.map_or_else(String::new, |max| format!("; at most {}", span_of(max)));
        format!("{}{most}{}", listed(&paths, "or"), counting(&rule.counting))
    }

    fn path(&self, path: &Path) -> String {
        let field = if path.fields.is_empty() {
            String::new()
        } else {
            format!(" in {}", self.fields(&path.fields))
        };
        let years = if path.min == 0 {
            String::new()
        } else {
            format!(" with {} of experience", span_of(path.min))
        };
        let vacancy = if path.by_vacancy { " (some posts only)" } else { "" };
        format!("{}{field}{years}{vacancy}", degree_name(path.degree))
    }

    fn language(&self, rule: &LanguageRule) -> String {
        let languages = &self.scene.data.languages;
        match rule {
            LanguageRule::Skills { of, levels } => {
                let names: Vec<Text> = of.iter().map(|code| languages.name(*code)).collect();
                if let ([only], [one]) = (names.as_slice(), levels.as_slice()) {
                    return format!("{only} {}", level(one));
                }
                let words: Vec<String> = levels.iter().map(level).collect();
                let same = words.windows(2).all(|pair| pair.first() == pair.last());
                let at = if same {
                    words.first().cloned().unwrap_or_default()
                } else {
                    listed(&words, "and")
                };
                format!("{} of {} at {at}", levels.len(), names.join(", "))
            }
            LanguageRule::Tests { tests, valid_years } => {
                let names: Vec<String> = tests.iter().map(|test| self.test(test)).collect();
                let valid = valid_years.map_or_else(String::new, |years| {
                    format!(", at most {} old", counted(years as usize, "year"))
                });
                format!("{}{valid}", listed(&names, "or"))
            }
        }
    }

    fn test(&self, test: &OwnedTest) -> String {
        let known = self.scene.data.languages.test(&test.test);
        let name = known.map_or(test.test.as_str(), |known| known.name.as_str());
        match (test.min, test.min_unknown) {
            (Some(min), _) => format!("{name} {min} or more"),
            (None, true) => format!("{name} (lowest score not on record)"),
            (None, false) => format!("any {name} score"),
        }
    }

    fn condition(&self, rule: &Condition) -> String {
        match rule {
            Condition::Fact(test) => self.fact_test(test),
            Condition::Employed(job) => {
                let country = self.country(job.country);
                let day = self.on_day(job.on);
                format!("an ongoing job with a {} employer in {country} {day}", job.employer)
            }
        }
    }

    fn fact_test(&self, test: &FactTest) -> String {
        match test {
            FactTest::Is(id, value) => {
                format!("{} to \"{}\"", if *value { "yes" } else { "no" }, self.question(id))
            }
            FactTest::OneOf(id, values) => {
                format!("{} to \"{}\"", listed(values, "or"), self.question(id))
            }
            FactTest::Between(id, low, high) => {
                let unit = self.scene.data.fact(id).and_then(|fact| fact.unit.as_deref());
                let unit = unit.map_or_else(String::new, |unit| format!(" {unit}"));
                let name = id.replace('_', " ");
                let name = name.strip_suffix(unit.trim()).unwrap_or(&name).trim_end();
                let one = unit.strip_suffix('s').unwrap_or(&unit);
                let of = |number: &i64| if *number == 1 { one } else { &unit };
                let bounds = match (low, high) {
                    (Some(low), Some(high)) => format!("{low} to {high}{}", of(high)),
                    (Some(low), None) => format!("{low}{} or more", of(low)),
                    (None, Some(high)) => format!("at most {high}{}", of(high)),
                    (None, None) => format!("any{unit}"),
                };
                format!("{bounds} of {name}")
            }
        }
    }
}

/// A level with the page's own word, if it has one.
fn level(word: &LanguageLevelWord) -> String {
    let levels: Vec<String> = word.levels.iter().map(ToString::to_string).collect();
    let levels = levels.join(" or ");
    if word.word == levels { levels } else { format!("{levels} (\"{}\")", word.word) }
}

pub(super) const fn degree_name(level: DegreeLevel) -> &'static str {
    match level {
        DegreeLevel::Secondary => "secondary school",
        DegreeLevel::Bachelor => "bachelor's",
        DegreeLevel::Postgraduate => "postgraduate diploma",
        DegreeLevel::Master => "master's",
        DegreeLevel::Doctorate => "doctorate",
    }
}

pub(super) const fn kind_name(kind: ExperienceKind) -> &'static str {
    match kind {
        ExperienceKind::Employment => "employment",
        ExperienceKind::SelfEmployment => "self-employment",
        ExperienceKind::Internship => "internships",
        ExperienceKind::Volunteering => "volunteering",
        ExperienceKind::UnVolunteer => "UN Volunteer service",
        ExperienceKind::DoctoralResearch => "doctoral research",
        ExperienceKind::Military => "military service",
        ExperienceKind::Casual => "casual jobs",
    }
}

/// What one job of a kind is called.
pub const fn job_name(kind: ExperienceKind) -> &'static str {
    match kind {
        ExperienceKind::Internship => "internship",
        ExperienceKind::Casual => "casual job",
        kind => kind_name(kind),
    }
}

/// Whether the name of a kind is a plural.
pub(super) const fn is_plural(kind: ExperienceKind) -> bool {
    matches!(kind, ExperienceKind::Internship | ExperienceKind::Casual)
}

fn experience(rule: &Experience) -> String {
    let amount = match (rule.min, rule.max) {
        (Some(min), Some(max)) => format!("{} to {} of work", span_of(min), span_of(max)),
        (Some(min), None) => format!("at least {} of work", span_of(min)),
        (None, Some(max)) => format!("at most {} of work", span_of(max)),
        (None, None) => "experience".to_owned(),
    };
    format!("{amount}{}", counting(&rule.counting))
}

/// What is special about the way of counting; nothing where it is the usual one.
fn counting(rule: &Counting) -> String {
    let mut parts = Vec::new();
    match rule.after {
        Since::AnyTime => {}
        Since::FirstDegree => parts.push("after the first degree".to_owned()),
        Since::Master => parts.push("after the master's".to_owned()),
    }
    if rule.paid_only {
        parts.push("paid work only".to_owned());
    }
    let without: Vec<String> = ExperienceKind::WORDS
        .iter()
        .filter(|(_, kind)| rule.weight(*kind) == Weight::Not)
        .map(|(_, kind)| kind_name(*kind).to_owned())
        .collect();
    if !without.is_empty() {
        parts.push(format!("without {}", listed(&without, "and")));
    }
    if parts.is_empty() { String::new() } else { format!(", {}", parts.join(", ")) }
}
