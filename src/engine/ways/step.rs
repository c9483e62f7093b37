//! What a candidate can change, and how long it takes.

use std::cell::OnceCell;

use chrono::NaiveDate;

use crate::engine::cells::{Question, Slot};
use crate::engine::meaning::Scene;
use crate::profile::{
    Answer, Degree, Job, JobEnd, LanguageSkill, Profile, Residence, Study, TestResult,
};
use crate::rules::{Condition, Counting, FactTest, LanguageRule, Nationality, Rule, Since, Weight};
use crate::vocabulary::{
    CountryCode, DegreeLevel, ExperienceKind, LanguageCode, LanguageLevel, LevelRange, PartialDate,
    Text, Words, add_months,
};

/// One change that a candidate can make.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Speak a language at a level.
    Speak(LanguageCode, LanguageLevel),
    /// Be awarded a degree.
    Graduate {
        /// Its level.
        level: DegreeLevel,
        /// The id of its field, if one is asked for.
        field: Option<Text>,
        /// Its country, if one is asked for.
        country: Option<CountryCode>,
        /// The day of the award.
        awarded: NaiveDate,
    },
    /// Work from a day on, without an end.
    Work {
        /// What counts.
        kind: ExperienceKind,
        /// The first day.
        from: NaiveDate,
        /// Share of full time in thousandths.
        share: u32,
        /// The kind of employer and its country, where they are asked for.
        employer: Option<(Text, CountryCode)>,
    },
    /// Take a language test with this score; on the first day of the way.
    Take {
        /// The test.
        test: Text,
        /// The lowest score that is enough.
        score: f64,
        /// The day.
        taken: NaiveDate,
    },
    /// Truly give another answer to a declared fact.
    Answer(Text, Answer),
    /// Hold a further nationality.
    Naturalise(CountryCode),
    /// Live in a country by a permanent right.
    Settle(CountryCode),
}

/// What of a candidate can change besides what anybody can.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Allowed {
    /// A further nationality.
    pub nationality: bool,
    /// Another country of residence.
    pub residence: bool,
}

/// How fast things are done, from the day of the question on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Share of full time in thousandths at which one works.
    pub share: u32,
    /// Months to a degree, by its level, in the order of [`DegreeLevel`]'s words.
    pub months_to_degree: [u32; 5],
}

impl Default for Pace {
    /// Full-time work; a bachelor's in 36 months, a diploma after it in 12, a master's in 24, a
    /// doctorate in 48, school in 36.
    fn default() -> Self {
        Self { share: 1000, months_to_degree: [36, 36, 12, 24, 48] }
    }
}

impl Pace {
    /// Months to a degree of `level`.
    pub fn months_to(&self, level: DegreeLevel) -> u32 {
        let at = DegreeLevel::WORDS.iter().position(|(_, known)| *known == level);
        at.and_then(|at| self.months_to_degree.get(at)).copied().unwrap_or_default()
    }
}

/// What cannot be done twice in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    Language(LanguageCode),
    Degree(DegreeLevel, Option<Text>, Option<CountryCode>),
    Work(ExperienceKind, Option<(Text, CountryCode)>),
    Test(Text),
    Fact(Text),
    Nationality,
    Residence(CountryCode),
}

impl Step {
    fn item(&self) -> Item {
        match self {
            Self::Speak(language, _) => Item::Language(*language),
            Self::Graduate { level, field, country, .. } => {
                Item::Degree(*level, field.clone(), *country)
            }
            Self::Work { kind, employer, .. } => Item::Work(*kind, employer.clone()),
            Self::Take { test, .. } => Item::Test(test.clone()),
            Self::Answer(fact, _) => Item::Fact(fact.clone()),
            Self::Naturalise(_) => Item::Nationality,
            Self::Settle(country) => Item::Residence(*country),
        }
    }

    /// The part of a profile that it touches.
    pub(super) fn slot(&self) -> Slot {
        match self {
            Self::Speak(..) => Slot::Languages,
            Self::Graduate { .. } => Slot::Degrees,
            Self::Work { .. } => Slot::Experience,
            Self::Take { .. } => Slot::Tests,
            Self::Answer(fact, _) => Slot::Fact(fact.clone()),
            Self::Naturalise(_) => Slot::Nationalities,
            Self::Settle(_) => Slot::Residences,
        }
    }

    /// Whether both cannot be in one way.
    pub(super) fn excludes(&self, other: &Self) -> bool {
        self.item() == other.item()
    }

    /// Whether it asks no more than `other`, of the same thing.
    pub(super) fn is_at_most(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Speak(one, low), Self::Speak(two, high)) => one == two && low <= high,
            (
                Self::Graduate { level: low, field: one, country: here, .. },
                Self::Graduate { level: high, field: two, country: there, .. },
            ) => low <= high && (one.is_none() || one == two) && (here.is_none() || here == there),
            (
                Self::Work { kind: one, employer: plain, .. },
                Self::Work { kind: two, employer: named, .. },
            ) => one == two && (plain.is_none() || plain == named),
            (
                Self::Take { test: one, score: low, .. },
                Self::Take { test: two, score: high, .. },
            ) => one == two && low <= high,
            (one, other) => one == other,
        }
    }

    /// Whether both are the same but for the country.
    pub(super) fn is_another_country_than(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Naturalise(_), Self::Naturalise(_)) | (Self::Settle(_), Self::Settle(_)) => true,
            (
                Self::Graduate { level: one, field: a, .. },
                Self::Graduate { level: two, field: b, .. },
            ) => one == two && a == b,
            _ => false,
        }
    }

    /// Makes the change in `profile`; a test is taken on `taken`.
    pub fn apply(&self, profile: &mut Profile, taken: NaiveDate) {
        match self {
            Self::Speak(language, level) => speak(profile, *language, *level),
            Self::Graduate { level, field, country, awarded } => {
                profile.degrees.get_or_insert_default().push(Degree {
                    level: *level,
                    field: field.clone().map_or(Study::NotTold, Study::Field),
                    country: *country,
                    awarded: Some(PartialDate::exact(*awarded)),
                });
            }
            Self::Work { kind, from, share, employer } => {
                let (employer, country) = employer.clone().unzip();
                profile.experience.get_or_insert_default().push(Job {
                    kind: *kind,
                    from: PartialDate::exact(*from),
                    to: JobEnd::Ongoing,
                    share: *share,
                    paid: Some(true),
                    country,
                    relevant: true,
                    relevance_told: true,
                    employer,
                });
            }
            Self::Take { test, score, .. } => {
                profile.tests.get_or_insert_default().push(TestResult {
                    test: test.clone(),
                    score: Some(*score),
                    taken: Some(PartialDate::exact(taken)),
                });
            }
            Self::Answer(fact, answer) => {
                profile.facts.insert(fact.clone(), answer.clone());
            }
            Self::Naturalise(country) => {
                profile.nationalities.get_or_insert_default().push(*country);
            }
            Self::Settle(country) => profile.residences.get_or_insert_default().push(Residence {
                country: *country,
                since: None,
                permanent: Some(true),
            }),
        }
    }
}

fn speak(profile: &mut Profile, language: LanguageCode, level: LanguageLevel) {
    let skills = profile.languages.get_or_insert_default();
    let level = LevelRange::exact(level);
    match skills.iter_mut().find(|skill| skill.language == language) {
        Some(skill) => skill.level = level,
        None => skills.push(LanguageSkill { language, level }),
    }
}

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
        match counting.after {
            Since::AnyTime => {}
            Since::FirstDegree => self.degree(DegreeLevel::Bachelor),
            Since::Master => self.degree(DegreeLevel::Master),
        }
        let kinds = || ExperienceKind::WORDS.iter().map(|(_, kind)| *kind);
        let best = [Weight::Full, Weight::Half, Weight::MayCount];
        let counts = |kind: ExperienceKind| {
            let weight = counting.weight(kind);
            let better = best.iter().take_while(|better| **better != weight);
            weight == Weight::Full
                || weight == Weight::Half
                || (weight == Weight::MayCount
                    && kinds().all(|other| better.clone().all(|b| *b != counting.weight(other))))
        };
        for kind in kinds().filter(|kind| counts(*kind)) {
            // One of those that no rule tells apart is enough.
            let known = kinds().take_while(|other| *other != kind);
            if !known.into_iter().any(|other| self.count_alike(kind, other)) {
                self.work_as(kind, None);
            }
        }
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
