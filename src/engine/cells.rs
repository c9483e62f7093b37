//! The finitely many cells that an open fact falls into, each with one value that stands for it.
//!
//! A fact that is not told, or told in part, has a range of values. The rules that are asked cut
//! that range at their limits: within a cell every rule gives the same answer, so one value a
//! cell is enough, and an answer found in all of them holds for every way to fill in the profile.

mod degrees;
mod every;
mod experience;
mod fine;
mod nationality;
mod prior;

use chrono::NaiveDate;
use smallvec::SmallVec;

pub(super) use experience::{Tally, beyond, job_extremes, kind_choices, reaching};

use super::meaning::{Scene, earliest_birth};
use super::person::{Candidate, Held, Lives, Person, Taken, Worked};
use crate::profile::{Answer, Profile};
use crate::rules::{
    Age, Condition, Counting, FactTest, LanguageRule, Nationality, Requirement, Rule, Since,
};
use crate::vocabulary::{
    CountryCode, LanguageCode, LanguageLevel, PartialDate, Text, earliest_birth_at_most,
};

/// A part of a profile that rules look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    BirthDate,
    Nationalities,
    Residences,
    Degrees,
    Experience,
    Languages,
    Tests,
    Fact(Text),
}

/// An open point with a value for each of its cells.
#[derive(Debug, Clone)]
pub(super) struct Open {
    /// The profile paths that would settle it.
    pub(super) paths: Vec<Text>,
    /// One value a cell; never empty.
    pub(super) values: Vec<Setting>,
}

/// A value for an open point.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Setting {
    Birth(NaiveDate),
    Nationalities(Vec<CountryCode>),
    Residences(Vec<Lives>),
    Permanent(usize, bool),
    Degrees(Vec<Held>),
    Awarded(usize, NaiveDate),
    Field(usize, Option<Text>),
    DegreeCountry(usize, Option<CountryCode>),
    Jobs(Vec<Worked>),
    JobDates(Vec<(usize, NaiveDate, Option<NaiveDate>)>),
    Paid(usize, bool),
    JobCountry(usize, Option<CountryCode>),
    Employer(usize, Option<Text>),
    Languages(Vec<(LanguageCode, LanguageLevel)>),
    Level(usize, LanguageLevel),
    Tests(Vec<Taken>),
    Score(usize, f64),
    TakenOn(usize, NaiveDate),
    Fact(Text, Answer),
}

impl Setting {
    /// Fills the value into `person`.
    pub(super) fn apply(&self, person: &mut Person) {
        match self {
            Self::Birth(day) => person.birth_date = *day,
            Self::Nationalities(list) => person.nationalities.clone_from(list),
            Self::Residences(list) => person.residences.clone_from(list),
            Self::Degrees(list) => person.degrees.clone_from(list),
            Self::Jobs(list) => person.jobs.clone_from(list),
            Self::Languages(list) => person.languages.clone_from(list),
            Self::Tests(list) => person.tests.clone_from(list),
            Self::Fact(id, answer) => {
                person.facts.insert(id.clone(), answer.clone());
            }
            Self::JobDates(dates) => {
                for (at, from, to) in dates {
                    at_mut(&mut person.jobs, *at, |job| (job.from, job.to) = (*from, *to));
                }
            }
            Self::Permanent(at, yes) => at_mut(&mut person.residences, *at, |r| r.permanent = *yes),
            Self::Awarded(at, day) => at_mut(&mut person.degrees, *at, |d| d.awarded = *day),
            Self::Field(at, field) => {
                at_mut(&mut person.degrees, *at, |d| d.field.clone_from(field));
            }
            Self::DegreeCountry(at, c) => at_mut(&mut person.degrees, *at, |d| d.country = *c),
            Self::Paid(at, yes) => at_mut(&mut person.jobs, *at, |job| job.paid = *yes),
            Self::JobCountry(at, c) => at_mut(&mut person.jobs, *at, |job| job.country = *c),
            Self::Employer(at, e) => at_mut(&mut person.jobs, *at, |j| j.employer.clone_from(e)),
            Self::Level(at, level) => at_mut(&mut person.languages, *at, |s| s.1 = *level),
            Self::Score(at, score) => at_mut(&mut person.tests, *at, |test| test.score = *score),
            Self::TakenOn(at, day) => at_mut(&mut person.tests, *at, |test| test.taken = *day),
        }
    }
}

fn at_mut<T>(list: &mut [T], at: usize, change: impl FnOnce(&mut T)) {
    if let Some(item) = list.get_mut(at) {
        change(item);
    }
}

/// Parts of a profile: few, and asked for in passing.
pub(super) type Slots = SmallVec<[Slot; 4]>;

/// The parts of a profile that `requirement` looks at, in order, once each.
pub(super) fn slots(requirement: &Requirement) -> Slots {
    let mut slots = Slots::new();
    for reading in &requirement.readings {
        match &reading.rule {
            Rule::Nationality(rule) => nationality_slots(rule, &mut slots),
            Rule::Age(rule) => age_slots(rule, &mut slots),
            Rule::Degree(_) => slots.push(Slot::Degrees),
            Rule::Experience(rule) => experience_slots(&rule.counting, &mut slots),
            Rule::Qualification(rule) => {
                slots.push(Slot::Degrees);
                experience_slots(&rule.counting, &mut slots);
            }
            Rule::Language(LanguageRule::Skills { .. }) => slots.push(Slot::Languages),
            Rule::Language(LanguageRule::Tests { .. }) => slots.push(Slot::Tests),
            Rule::Condition(Condition::Fact(test)) => slots.push(fact_slot(test)),
            Rule::Condition(Condition::Employed(_)) => slots.push(Slot::Experience),
            Rule::NoRequirement
            | Rule::Unstated
            | Rule::NotOnRecord
            | Rule::Sponsorship(_)
            | Rule::Text(_) => {}
        }
    }
    slots.sort();
    slots.dedup();
    slots
}

fn nationality_slots(rule: &Nationality, slots: &mut Slots) {
    slots.push(Slot::Nationalities);
    for branch in rule.every_branch() {
        if !branch.resident_in.is_empty() {
            slots.push(Slot::Residences);
        }
        if !branch.studied_in.is_empty() || !branch.studied_in_group.is_empty() {
            slots.push(Slot::Degrees);
        }
        if !branch.speaks.is_empty() {
            slots.push(Slot::Languages);
        }
        slots.extend(branch.fact.clone().map(Slot::Fact));
    }
}

fn age_slots(rule: &Age, slots: &mut Slots) {
    slots.push(Slot::BirthDate);
    for raise in &rule.raises {
        slots.extend(raise.fact.as_ref().map(fact_slot));
        slots.extend(raise.degree.as_ref().map(|_| Slot::Degrees));
    }
}

fn experience_slots(counting: &Counting, slots: &mut Slots) {
    slots.push(Slot::Experience);
    if counting.after != Since::AnyTime {
        slots.push(Slot::Degrees);
    }
}

fn fact_slot(test: &FactTest) -> Slot {
    Slot::Fact(test.fact().clone())
}

/// How finely the range of an open fact is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    /// As far as it can bear on whether the rules hold at all: where more never hurts, nothing and
    /// everything are the two cells that matter.
    Coarse,
    /// As far as a fact can bear on whether the rules hold beside some value of the others.
    Every,
    /// As far as any limit of a rule tells two people apart.
    Fine,
}

impl Grain {
    /// The age of the oldest people looked at, in years: all people that there are, or those whom
    /// any limit of age is about.
    const fn oldest(self) -> u32 {
        match self {
            Self::Coarse | Self::Every => 100,
            Self::Fine => 60,
        }
    }

    /// The longest time of work looked at, in years: a lifetime, or more than any rule asks.
    const fn longest(self) -> i64 {
        match self {
            Self::Coarse | Self::Every => 60,
            Self::Fine => 8,
        }
    }
}

/// What is asked: a profile, the rules that look at it, and the scene.
pub(super) struct Question<'a, 'd> {
    pub(super) candidate: &'a Candidate<'a>,
    pub(super) requirements: &'a [&'d Requirement],
    pub(super) scene: &'a Scene<'d>,
    pub(super) grain: Grain,
}

/// The profile paths that a requirement looks at and that are told, in order.
pub fn facts_used(requirement: &Requirement, profile: &Profile) -> Vec<Text> {
    let told = slots(requirement).into_iter().filter(|slot| slot.is_begun(profile));
    told.map(|slot| slot.path()).collect()
}

impl Slot {
    /// The profile path of the whole part.
    pub(super) fn path(&self) -> Text {
        match self {
            Self::BirthDate => "birth_date".into(),
            Self::Nationalities => "nationalities".into(),
            Self::Residences => "residences".into(),
            Self::Degrees => "degrees".into(),
            Self::Experience => "experience".into(),
            Self::Languages => "languages".into(),
            Self::Tests => "tests".into(),
            Self::Fact(id) => format!("facts.{id}").into(),
        }
    }

    /// Whether anything is told of the part.
    fn is_begun(&self, profile: &Profile) -> bool {
        match self {
            Self::BirthDate => profile.birth_date.is_some(),
            Self::Nationalities => profile.nationalities.is_some(),
            Self::Residences => profile.residences.is_some(),
            Self::Degrees => profile.degrees.is_some(),
            Self::Experience => profile.experience.is_some(),
            Self::Languages => profile.languages.is_some(),
            Self::Tests => profile.tests.is_some(),
            Self::Fact(id) => profile.facts.contains(id),
        }
    }

    /// Whether all of the part is told.
    pub(super) fn is_told(&self, profile: &Profile) -> bool {
        fn all<T>(list: Option<&Vec<T>>, is_told: impl Fn(&T) -> bool) -> bool {
            list.is_some_and(|list| list.iter().all(is_told))
        }
        match self {
            Self::BirthDate => profile.birth_date.is_some_and(PartialDate::is_exact),
            Self::Nationalities | Self::Fact(_) => self.is_begun(profile),
            Self::Residences => all(profile.residences.as_ref(), |r| r.permanent.is_some()),
            Self::Degrees => all(profile.degrees.as_ref(), degrees::is_told),
            Self::Experience => all(profile.experience.as_ref(), experience::is_told),
            Self::Languages => all(profile.languages.as_ref(), |s| s.level.low == s.level.high),
            Self::Tests => all(profile.tests.as_ref(), |test| {
                test.score.is_some() && test.taken.is_some_and(PartialDate::is_exact)
            }),
        }
    }
}

/// The person with the least and the one with the most experience that a profile allows.
pub fn shortest_and_longest(candidate: &Candidate<'_>, scene: &Scene<'_>) -> (Person, Person) {
    let question = Question { candidate, requirements: &[], scene, grain: Grain::Coarse };
    let mut extremes = question.job_extremes().into_iter();
    let mut next =
        || Person { jobs: extremes.next().unwrap_or_default(), ..candidate.base.clone() };
    (next(), next())
}

impl<'a, 'd> Question<'a, 'd> {
    /// The open points of the parts that the rules look at.
    pub(super) fn open(&self) -> Vec<Open> {
        let mut all: Slots = self.requirements.iter().flat_map(|r| slots(r)).collect();
        all.sort();
        all.dedup();
        let mut open = Vec::new();
        for slot in all {
            match &slot {
                Slot::BirthDate => open.extend(self.birth_date()),
                Slot::Nationalities => open.extend(self.nationalities()),
                Slot::Residences => self.residences(&mut open),
                Slot::Degrees => self.degrees(&mut open),
                Slot::Experience => {}
                Slot::Languages => self.languages(&mut open),
                Slot::Tests => self.tests(&mut open),
                Slot::Fact(id) => open.extend(self.fact(id)),
            }
            if slot == Slot::Experience {
                // Its cells lie between thresholds that depend on the degrees' dates.
                self.experience(&mut open);
            }
        }
        open
    }

    /// Every rule that is asked, in every reading.
    pub(super) fn rules(&self) -> impl Iterator<Item = &'d Rule> + use<'a, 'd> {
        self.requirements.iter().flat_map(|r| &r.readings).map(|reading| &reading.rule)
    }

    fn birth_date(&self) -> Option<Open> {
        let told = self.candidate.profile.birth_date;
        if told.is_some_and(PartialDate::is_exact) {
            return None;
        }
        let eldest =
            self.scene.as_of.checked_sub_months(chrono::Months::new(12 * self.grain.oldest()));
        let range = told.unwrap_or_else(|| {
            PartialDate::between(eldest.unwrap_or(self.scene.as_of), self.scene.as_of)
        });
        let mut days = vec![range.first()];
        for rule in self.rules() {
            if let Rule::Age(age) = rule {
                self.birth_limits(age, &mut days);
            }
        }
        days.retain(|day| range.first() <= *day && *day <= range.last());
        days.sort_unstable();
        days.dedup();
        Some(Open {
            paths: vec!["birth_date".into()],
            values: days.into_iter().map(Setting::Birth).collect(),
        })
    }

    /// The first birth date on the better side of each limit, for each day and raise.
    pub(super) fn birth_limits(&self, age: &Age, days: &mut Vec<NaiveDate>) {
        let raises = || std::iter::once(0).chain(age.raises.iter().map(|raise| raise.years));
        for raise in raises() {
            if let Some(born_from) = age.born_from {
                days.push(earliest_birth(born_from, raise, &self.scene.timing));
            }
            for dated in self.scene.timing.days(age.on) {
                if let Some(max) = age.max {
                    days.push(earliest_birth_at_most(max + raise, dated.day));
                }
                if let Some(min) = age.min {
                    days.push(earliest_birth_at_most(min - 1, dated.day));
                }
            }
        }
    }

    /// More residences never shut anybody out, so none and all are the two cells that matter.
    fn residences(&self, open: &mut Vec<Open>) {
        let Some(told) = &self.candidate.profile.residences else {
            let paths = vec!["residences".into()];
            return open.push(Open { paths, values: self.any_residences() });
        };
        for (at, residence) in told.iter().enumerate() {
            if residence.permanent.is_none() {
                open.push(Open {
                    paths: vec![format!("residences[{at}].permanent").into()],
                    values: vec![Setting::Permanent(at, false), Setting::Permanent(at, true)],
                });
            }
        }
    }

    fn any_residences(&self) -> Vec<Setting> {
        if let (Grain::Every, Some(values)) = (self.grain, self.every_residence()) {
            return values;
        }
        let lives = |country: CountryCode| Lives { country, permanent: true };
        let lives: Vec<Lives> = self.asked_residences().into_iter().map(lives).collect();
        let mut values = vec![Setting::Residences(Vec::new())];
        if self.grain == Grain::Fine {
            let each = lives.iter().flat_map(|l| [*l, Lives { permanent: false, ..*l }]);
            values.extend(each.map(|lives| Setting::Residences(vec![lives])));
        }
        values.push(Setting::Residences(lives));
        values
    }

    fn asked_residences(&self) -> Vec<CountryCode> {
        let all = self.rules().filter_map(|rule| match rule {
            Rule::Nationality(rule) => Some(rule),
            _ => None,
        });
        let branches = all.flat_map(Nationality::every_branch);
        branches.flat_map(|branch| &branch.resident_in).copied().collect()
    }

    /// More and better languages never shut anybody out: none and all, lowest and highest.
    fn languages(&self, open: &mut Vec<Open>) {
        let Some(told) = &self.candidate.profile.languages else {
            let values = match self.grain {
                Grain::Every if self.lists_every_skill() => self.every_skill(),
                Grain::Coarse | Grain::Every => {
                    let native = |code: LanguageCode| (code, LanguageLevel::Native);
                    let all = self.asked_languages().into_iter().map(native).collect();
                    vec![Setting::Languages(Vec::new()), Setting::Languages(all)]
                }
                Grain::Fine => self.every_skill(),
            };
            let paths = vec!["languages".into()];
            return open.push(Open { paths, values });
        };
        let asked = self.asked_languages();
        for (at, skill) in told.iter().enumerate() {
            let level = skill.level;
            if level.low < level.high && asked.contains(&skill.language) {
                let steps = match self.grain {
                    Grain::Every => self.level_steps(skill.language, level),
                    Grain::Coarse | Grain::Fine => vec![level.low, level.high],
                };
                open.push(Open {
                    paths: vec![format!("languages[{at}].level").into()],
                    values: steps.into_iter().map(|level| Setting::Level(at, level)).collect(),
                });
            }
        }
    }

    fn asked_languages(&self) -> Vec<LanguageCode> {
        let mut codes: Vec<LanguageCode> = Vec::new();
        for rule in self.rules() {
            match rule {
                Rule::Language(LanguageRule::Skills { of, .. }) => codes.extend(of),
                Rule::Nationality(rule) => {
                    let speaks = rule.every_branch().flat_map(|branch| &branch.speaks);
                    codes.extend(speaks.map(|skill| skill.language));
                }
                _ => {}
            }
        }
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// More and better tests never shut anybody out.
    fn tests(&self, open: &mut Vec<Open>) {
        let Some(told) = &self.candidate.profile.tests else {
            let paths = vec!["tests".into()];
            return open.push(Open { paths, values: self.any_tests() });
        };
        let asked: Vec<&Text> = self.asked_tests().map(|(test, _)| &test.test).collect();
        for (at, test) in told.iter().enumerate().filter(|(_, t)| asked.contains(&&t.test)) {
            if test.score.is_none() {
                let scores = match self.grain {
                    Grain::Every => self.score_steps(&test.test),
                    Grain::Coarse | Grain::Fine => {
                        let (low, high) = self.scale(&test.test);
                        vec![low, high]
                    }
                };
                open.push(Open {
                    paths: vec![format!("tests[{at}].score").into()],
                    values: scores.into_iter().map(|score| Setting::Score(at, score)).collect(),
                });
            }
            if test.taken.is_none_or(|taken| !taken.is_exact()) {
                let long_ago = NaiveDate::from_ymd_opt(1950, 1, 1).unwrap_or_default();
                let range = test.taken.unwrap_or(PartialDate::between(long_ago, self.scene.as_of));
                let days = match self.grain {
                    Grain::Every => self.taken_steps(&test.test, range),
                    Grain::Coarse | Grain::Fine => vec![range.first(), range.last()],
                };
                open.push(Open {
                    paths: vec![format!("tests[{at}].taken").into()],
                    values: days.into_iter().map(|day| Setting::TakenOn(at, day)).collect(),
                });
            }
        }
    }

    fn any_tests(&self) -> Vec<Setting> {
        let taken = match self.grain {
            // A test can still be taken before a call that is only upcoming.
            Grain::Coarse | Grain::Every => self.scene.as_of.max(self.scene.timing.application),
            // Nobody can tell of one that is not taken yet.
            Grain::Fine => self.scene.as_of,
        };
        if let (Grain::Every, Some(values)) = (self.grain, self.every_pass(taken)) {
            return values;
        }
        let best = |id: &Text| Taken { test: id.clone(), score: self.scale(id).1, taken };
        let all = self.asked_tests().map(|(test, _)| best(&test.test)).collect();
        let mut values = vec![Setting::Tests(Vec::new())];
        if self.grain == Grain::Fine {
            values.extend(self.every_test(taken));
        }
        values.push(Setting::Tests(all));
        values
    }

    /// The lowest and the highest score of a test.
    pub(super) fn scale(&self, id: &str) -> (f64, f64) {
        self.scene.data.languages.test(id).map_or((0.0, 1000.0), |test| test.scale)
    }

    fn fact(&self, id: &Text) -> Option<Open> {
        if self.candidate.profile.facts.contains(id) {
            return None;
        }
        let mut answers = Vec::new();
        for rule in self.rules() {
            match rule {
                Rule::Condition(Condition::Fact(test)) => self.answers(id, test, &mut answers),
                Rule::Age(age) => {
                    for raise in &age.raises {
                        if let Some(test) = &raise.fact {
                            self.answers(id, test, &mut answers);
                        }
                    }
                }
                Rule::Nationality(_) => answers.extend([Answer::Flag(false), Answer::Flag(true)]),
                _ => {}
            }
        }
        let mut distinct: Vec<Answer> = Vec::new();
        for answer in answers {
            if !distinct.contains(&answer) {
                distinct.push(answer);
            }
        }
        let values = distinct.into_iter().map(|answer| Setting::Fact(id.clone(), answer));
        Some(Open { paths: vec![format!("facts.{id}").into()], values: values.collect() })
    }

    /// An answer on each side of a test's limits.
    fn answers(&self, id: &str, test: &FactTest, answers: &mut Vec<Answer>) {
        if *test.fact() != id {
            return;
        }
        match test {
            FactTest::Is(..) => answers.extend([Answer::Flag(false), Answer::Flag(true)]),
            FactTest::OneOf(_, values) => {
                let declared = self.scene.data.fact(id).map(|fact| &fact.kind);
                let choices = match declared {
                    Some(crate::rules::FactType::Choice(choices)) => choices,
                    _ => values,
                };
                answers.extend(choices.iter().cloned().map(Answer::Choice));
            }
            FactTest::Between(_, low, high) => {
                let limits = low.iter().copied().chain(high.iter().map(|high| high + 1));
                answers.push(Answer::Number(0));
                for limit in limits {
                    answers.extend([limit - 1, limit].map(|n| Answer::Number(n.max(0))));
                }
            }
        }
    }
}
