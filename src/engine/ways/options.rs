//! The changes that rules can ask for.

use std::cell::OnceCell;

use super::step::{Allowed, Pace, Step};
use crate::engine::cells::{Question, Slot};
use crate::engine::meaning::Scene;
use crate::profile::Answer;
use crate::rules::{Condition, Counting, FactTest, LanguageRule, Nationality, Rule, Weight};
use crate::vocabulary::{
    CountryCode, DegreeLevel, ExperienceKind, LanguageCode, LanguageLevel, Text, Words, add_months,
};

/// Collects what can be changed, once each.
pub(super) struct Options<'q, 'a, 'd> {
    question: &'q Question<'a, 'd>,
    /// Those in which the rules tell countries apart.
    scenes: &'q [Scene<'d>],
    /// The parts of the profile that are changed; `None`: any.
    within: Option<&'q [Slot]>,
    pace: Pace,
    allowed: Allowed,
    /// Field and country of each degree that the rules tell apart.
    kinds_of_degree: OnceCell<Vec<(Option<Text>, Option<CountryCode>)>>,
    list: Vec<Step>,
}

impl<'q, 'a, 'd> Options<'q, 'a, 'd> {
    pub(super) const fn new(
        question: &'q Question<'a, 'd>,
        scenes: &'q [Scene<'d>],
        within: Option<&'q [Slot]>,
        (pace, allowed): (Pace, Allowed),
    ) -> Self {
        let kinds_of_degree = OnceCell::new();
        Self { question, scenes, within, pace, allowed, kinds_of_degree, list: Vec::new() }
    }

    /// Every change that the rules of the question can ask for.
    pub(super) fn collect(mut self) -> Vec<Step> {
        let rules: Vec<&'d Rule> = self.question.rules().collect();
        for rule in rules {
            match rule {
                Rule::Nationality(rule) => self.nationality(rule),
                Rule::Age(rule) => {
                    for raise in &rule.raises {
                        if let Some(test) = &raise.fact {
                            self.fact(test);
                        }
                        if let Some(degree) = &raise.degree {
                            self.degree(degree.level);
                        }
                    }
                }
                Rule::Degree(rule) => {
                    for level in rule.min.iter().chain(&rule.or_all) {
                        self.degree(*level);
                    }
                    if rule.min.is_none() {
                        // Any degree will do, up to the highest.
                        let levels = DegreeLevel::WORDS.iter().map(|(_, level)| *level);
                        let fit = levels.filter(|level| rule.max.is_none_or(|max| *level <= max));
                        fit.for_each(|level| self.degree(level));
                    }
                }
                Rule::Experience(rule) => self.experience(&rule.counting),
                Rule::Qualification(rule) => {
                    for path in &rule.paths {
                        self.degree(path.degree);
                    }
                    self.experience(&rule.counting);
                }
                Rule::Language(LanguageRule::Skills { of, levels }) => {
                    for (language, word) in
                        of.iter().flat_map(|l| levels.iter().map(move |w| (l, w)))
                    {
                        self.language(*language, &word.levels);
                    }
                }
                Rule::Language(LanguageRule::Tests { tests, .. }) => {
                    for test in tests {
                        let score = test.min.unwrap_or_else(|| self.question.scale(&test.test).0);
                        let taken = self.question.scene.as_of;
                        self.add(Step::Take { test: test.test.clone(), score, taken });
                    }
                }
                Rule::Condition(Condition::Fact(test)) => self.fact(test),
                Rule::Condition(Condition::Employed(asked)) => {
                    let employer = Some((asked.employer.clone(), asked.country));
                    self.work_as(ExperienceKind::Employment, employer);
                }
                Rule::NoRequirement
                | Rule::Unstated
                | Rule::NotOnRecord
                | Rule::Sponsorship(_)
                | Rule::Text(_) => {}
            }
        }
        self.list
    }

    fn add(&mut self, step: Step) {
        if self.changes(&step.slot()) && !self.list.contains(&step) {
            self.list.push(step);
        }
    }

    fn changes(&self, slot: &Slot) -> bool {
        self.within.is_none_or(|within| within.contains(slot))
    }

    fn nationality(&mut self, rule: &Nationality) {
        for branch in rule.every_branch() {
            for skill in &branch.speaks {
                self.language(skill.language, &skill.level.levels);
            }
            if let Some(fact) = &branch.fact {
                self.fact(&FactTest::Is(fact.clone(), true));
            }
            if !branch.studied_in.is_empty() || !branch.studied_in_group.is_empty() {
                self.degree(DegreeLevel::Bachelor);
            }
            if self.allowed.residence {
                for country in &branch.resident_in {
                    self.add(Step::Settle(*country));
                }
            }
        }
        if self.allowed.nationality {
            let held = self.question.candidate.profile.nationalities.clone().unwrap_or_default();
            for country in self.question.nations_in(self.scenes) {
                if !held.contains(&country) {
                    self.add(Step::Naturalise(country));
                }
            }
        }
    }

    /// A higher level than the one that is surely spoken now, as far as it can be learnt.
    fn language(&mut self, language: LanguageCode, levels: &[LanguageLevel]) {
        let skills = self.question.candidate.profile.languages.as_deref().unwrap_or_default();
        let spoken = skills.iter().find(|skill| skill.language == language);
        let spoken = spoken.map(|skill| skill.level.low);
        let learnt = |level: &&LanguageLevel| **level < LanguageLevel::Native;
        for level in levels.iter().filter(learnt).filter(|level| spoken < Some(**level)) {
            self.add(Step::Speak(language, *level));
        }
    }

    /// A degree of `level` in each field and from each country that the rules tell apart.
    fn degree(&mut self, level: DegreeLevel) {
        if !self.changes(&Slot::Degrees) {
            return;
        }
        let awarded = add_months(self.question.scene.as_of, self.pace.months_to(level));
        let kinds = self.kinds_of_degree.get_or_init(|| {
            let places = self.question.asked_places_in(self.scenes);
            let fields = self.question.asked_fields();
            let of_field = |field: Option<Text>| places.iter().map(move |p| (field.clone(), *p));
            fields.into_iter().flat_map(of_field).collect()
        });
        for (field, country) in kinds.clone() {
            self.add(Step::Graduate { level, field, country, awarded });
        }
    }

    /// Work that counts, and the degree from which it counts.
    fn experience(&mut self, counting: &Counting) {
        if let Some(level) = counting.after.level() {
            self.degree(level);
        }
        let kinds = || ExperienceKind::WORDS.iter().map(|(_, kind)| *kind);
        // What the organisation judges is in doubt, and can be the only way where nothing counts
        // fully, or where what surely counts comes to too much.
        let judged_can_help =
            self.has_top() || kinds().all(|kind| counting.weight(kind) != Weight::Full);
        let counts = |kind: ExperienceKind| match counting.weight(kind) {
            Weight::Full | Weight::Half => true,
            Weight::MayCount => judged_can_help,
            Weight::Not => false,
        };
        for kind in kinds().filter(|kind| counts(*kind)) {
            // One of those that no rule tells apart is enough.
            let known = kinds().take_while(|other| *other != kind);
            if !known.into_iter().any(|other| self.count_alike(kind, other)) {
                self.work_as(kind, None);
            }
        }
    }

    /// Whether some rule limits how much work there is.
    fn has_top(&self) -> bool {
        self.question.rules().any(|rule| match rule {
            Rule::Experience(rule) => rule.max.is_some(),
            Rule::Qualification(rule) => rule.max.is_some(),
            _ => false,
        })
    }

    fn count_alike(&self, one: ExperienceKind, two: ExperienceKind) -> bool {
        self.question.rules().all(|rule| {
            let counting = match rule {
                Rule::Experience(rule) => &rule.counting,
                Rule::Qualification(rule) => &rule.counting,
                _ => return true,
            };
            counting.weight(one) == counting.weight(two)
        })
    }

    fn work_as(&mut self, kind: ExperienceKind, employer: Option<(Text, CountryCode)>) {
        let (from, share) = (self.question.scene.as_of, self.pace.share);
        self.add(Step::Work { kind, from, share, employer });
    }

    /// The answers that pass a test, as far as the answer of today can become them.
    fn fact(&mut self, test: &FactTest) {
        let id = test.fact();
        let told = self.question.candidate.profile.facts.get(id);
        let declared = self.question.scene.data.fact(id);
        let answers: Vec<Answer> = match test {
            FactTest::Is(_, value) => vec![Answer::Flag(*value)],
            FactTest::OneOf(_, values) => values.iter().cloned().map(Answer::Choice).collect(),
            FactTest::Between(_, low, high) => {
                let told = match told {
                    Some(Answer::Number(told)) => *told,
                    _ => 0,
                };
                let low = low.unwrap_or(0).max(told);
                vec![Answer::Number(high.map_or(low, |high| low.min(high)))]
            }
        };
        for answer in answers {
            let possible = declared.is_none_or(|fact| fact.can_become(told, &answer));
            if possible && told != Some(&answer) {
                self.add(Step::Answer(id.clone(), answer));
            }
        }
    }
}
