//! Every way to complete a profile, from vocabularies finer than the limits of the rules asked.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};
use jpo_check::dataset::Dataset;
use jpo_check::profile::{Answer, Degree, Job, JobEnd, Profile, Study};
use jpo_check::rules::{
    BirthDay, Branch, Condition, Counting, FactTest, FactType, LanguageRule, ReferenceDay,
    Requirement, Rule, Since,
};
use jpo_check::vocabulary::{
    CountryCode, DegreeLevel, ExperienceKind, LanguageCode, LanguageLevel, Text, Words,
};

use super::{Days3, Held, Person, Worked};

/// A part of a profile that is completed as a whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    Birth,
    Nationalities,
    Residences,
    Degrees,
    Jobs,
    Languages,
    Tests,
    Fact(Text),
}

impl Slot {
    /// How profiles call it.
    pub(super) fn path(&self) -> Text {
        match self {
            Self::Birth => "birth_date".into(),
            Self::Nationalities => "nationalities".into(),
            Self::Residences => "residences".into(),
            Self::Degrees => "degrees".into(),
            Self::Jobs => "experience".into(),
            Self::Languages => "languages".into(),
            Self::Tests => "tests".into(),
            Self::Fact(id) => format!("facts.{id}").into(),
        }
    }
}

/// One completion of a slot.
#[derive(Debug, Clone)]
enum Value {
    Birth(NaiveDate),
    Nationalities(Vec<CountryCode>),
    Residences(Vec<(CountryCode, bool)>),
    Degrees(Vec<Held>),
    Jobs(Vec<Worked>),
    Languages(Vec<(LanguageCode, LanguageLevel)>),
    Tests(Vec<(Text, f64, NaiveDate)>),
    Fact(Text, Answer),
}

/// The completions of every slot that the rules read.
pub(super) struct Slots {
    values: BTreeMap<Slot, Vec<Value>>,
}

/// The slots that a requirement reads, in order.
pub(super) fn reads(requirement: &Requirement) -> Vec<Slot> {
    let mut slots = BTreeSet::new();
    for reading in &requirement.readings {
        match &reading.rule {
            Rule::Nationality(rule) => {
                slots.insert(Slot::Nationalities);
                for branch in branches(&reading.rule) {
                    slots.extend(branch.fact.clone().map(Slot::Fact));
                    if !branch.resident_in.is_empty() {
                        slots.insert(Slot::Residences);
                    }
                    if !branch.speaks.is_empty() {
                        slots.insert(Slot::Languages);
                    }
                    if !branch.studied_in.is_empty() || !branch.studied_in_group.is_empty() {
                        slots.insert(Slot::Degrees);
                    }
                }
                assert!(!rule.branches.is_empty(), "there is a branch");
            }
            Rule::Age(rule) => {
                slots.insert(Slot::Birth);
                for raise in &rule.raises {
                    slots.extend(raise.fact.iter().map(|test| Slot::Fact(test.fact().clone())));
                    slots.extend(raise.degree.iter().map(|_| Slot::Degrees));
                }
            }
            Rule::Degree(_) => {
                slots.insert(Slot::Degrees);
            }
            Rule::Experience(rule) => {
                slots.insert(Slot::Jobs);
                if rule.counting.after != Since::AnyTime {
                    slots.insert(Slot::Degrees);
                }
            }
            Rule::Qualification(_) => slots.extend([Slot::Jobs, Slot::Degrees]),
            Rule::Language(LanguageRule::Skills { .. }) => {
                slots.insert(Slot::Languages);
            }
            Rule::Language(LanguageRule::Tests { .. }) => {
                slots.insert(Slot::Tests);
            }
            Rule::Condition(Condition::Fact(test)) => {
                slots.insert(Slot::Fact(test.fact().clone()));
            }
            Rule::Condition(Condition::Employed(_)) => {
                slots.insert(Slot::Jobs);
            }
            Rule::NoRequirement
            | Rule::Unstated
            | Rule::NotOnRecord
            | Rule::Sponsorship(_)
            | Rule::Text(_) => {}
        }
    }
    slots.into_iter().collect()
}

fn branches(rule: &Rule) -> Vec<&Branch> {
    let Rule::Nationality(rule) = rule else { return Vec::new() };
    rule.branches.iter().chain(rule.if_also.iter().map(|(_, branch)| &**branch)).collect()
}

impl Slots {
    /// Completes what `requirements` read; `None` if there are more than `most` completions.
    pub(super) fn new(
        data: &Dataset,
        requirements: &[Requirement],
        profile: &Profile,
        days: &Days3,
        as_of: NaiveDate,
        most: usize,
    ) -> Option<Self> {
        let rules: Vec<&Rule> =
            requirements.iter().flat_map(|r| &r.readings).map(|reading| &reading.rule).collect();
        let scope = Scope::new(data, &rules, profile, days, as_of);
        let read: BTreeSet<Slot> = requirements.iter().flat_map(reads).collect();
        let mut values = BTreeMap::new();
        let mut count = 1;
        for slot in read {
            let list = scope.complete(&slot, most)?;
            assert!(!list.is_empty(), "{slot:?} has a completion");
            count *= list.len();
            if count > most {
                return None;
            }
            values.insert(slot, list);
        }
        Some(Self { values })
    }

    /// How many combinations of `slots` there are.
    pub(super) fn count(&self, slots: &[Slot]) -> usize {
        slots.iter().map(|slot| self.values[slot].len()).product()
    }

    /// The index lists of every combination of `slots`, the first slot changing fastest.
    pub(super) fn indices(&self, slots: &[Slot]) -> impl Iterator<Item = Vec<usize>> {
        let lengths: Vec<usize> = slots.iter().map(|slot| self.values[slot].len()).collect();
        (0..self.count(slots)).map(move |index| {
            let mut rest = index;
            let digit = |length: &usize| {
                let digit = rest % length;
                rest /= length;
                digit
            };
            lengths.iter().map(digit).collect()
        })
    }

    /// Where the combination of `own` slots stands that agrees with a completion of `all`.
    pub(super) fn row(&self, own: &[Slot], all: &[Slot], completion: &[usize]) -> usize {
        let (mut row, mut stride) = (0, 1);
        for slot in own {
            let at = all.iter().position(|other| other == slot).unwrap();
            row += completion[at] * stride;
            stride *= self.values[slot].len();
        }
        row
    }

    /// A person for every combination of `slots`.
    pub(super) fn persons(&self, slots: &[Slot]) -> impl Iterator<Item = Person> {
        let slots = slots.to_vec();
        let indices: Vec<Vec<usize>> = self.indices(&slots).collect();
        indices.into_iter().map(move |index| {
            let mut person = nobody();
            for (slot, at) in slots.iter().zip(index) {
                match self.values[slot][at].clone() {
                    Value::Birth(day) => person.birth = day,
                    Value::Nationalities(list) => person.nationalities = list,
                    Value::Residences(list) => person.residences = list,
                    Value::Degrees(list) => person.degrees = list,
                    Value::Jobs(list) => person.jobs = list,
                    Value::Languages(list) => person.languages = list,
                    Value::Tests(list) => person.tests = list,
                    Value::Fact(id, answer) => {
                        person.facts.insert(id, answer);
                    }
                }
            }
            person
        })
    }

    /// Every country that a completion holds or studied in.
    pub(super) fn countries(&self) -> Vec<CountryCode> {
        let mut countries = BTreeSet::new();
        for value in self.values.values().flatten() {
            match value {
                Value::Nationalities(list) => countries.extend(list),
                Value::Degrees(list) => countries.extend(list.iter().map(|d| d.country)),
                _ => {}
            }
        }
        countries.into_iter().collect()
    }

    /// Every kind of experience that a completion has.
    pub(super) fn kinds(&self) -> Vec<ExperienceKind> {
        let mut kinds = BTreeSet::new();
        for value in self.values.values().flatten() {
            if let Value::Jobs(list) = value {
                kinds.extend(list.iter().map(|job| job.kind));
            }
        }
        kinds.into_iter().collect()
    }
}

fn nobody() -> Person {
    Person {
        birth: day(2000, 1, 1),
        nationalities: Vec::new(),
        residences: Vec::new(),
        degrees: Vec::new(),
        jobs: Vec::new(),
        languages: Vec::new(),
        tests: Vec::new(),
        facts: BTreeMap::new(),
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn every_day(from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    from.iter_days().take_while(|day| *day <= to).collect()
}

fn around(days: &[NaiveDate]) -> Vec<NaiveDate> {
    let mut all = Vec::new();
    for day in days {
        all.extend([day.pred_opt().unwrap(), *day, day.succ_opt().unwrap()]);
    }
    all.sort();
    all.dedup();
    all
}

/// Every subset of a list.
fn subsets<T: Clone>(list: &[T]) -> Vec<Vec<T>> {
    let mut sets = vec![Vec::new()];
    for item in list {
        let with: Vec<Vec<T>> =
            sets.iter().map(|set| [set.as_slice(), std::slice::from_ref(item)].concat()).collect();
        sets.extend(with);
    }
    sets
}

/// Every list with one item of each of `options`; `None` if there are more than `most`.
fn product<T: Clone>(options: &[Vec<T>], most: usize) -> Option<Vec<Vec<T>>> {
    let mut lists = vec![Vec::new()];
    for items in options {
        if lists.len() * items.len() > most {
            return None;
        }
        lists = lists
            .iter()
            .flat_map(|list: &Vec<T>| {
                items.iter().map(|item| [list.as_slice(), std::slice::from_ref(item)].concat())
            })
            .collect();
    }
    Some(lists)
}

/// What the rules asked name, from which the vocabularies are drawn.
struct Scope<'a> {
    data: &'a Dataset,
    rules: &'a [&'a Rule],
    profile: &'a Profile,
    days: &'a Days3,
    as_of: NaiveDate,
    references: Vec<NaiveDate>,
    countries: Vec<CountryCode>,
    fields: Vec<Option<Text>>,
}

impl<'a> Scope<'a> {
    fn new(
        data: &'a Dataset,
        rules: &'a [&'a Rule],
        profile: &'a Profile,
        days: &'a Days3,
        as_of: NaiveDate,
    ) -> Self {
        let mut references: Vec<NaiveDate> =
            rules.iter().flat_map(|rule| reference_days(rule)).flat_map(|r| days.mean(r)).collect();
        references.push(as_of);
        references.sort();
        references.dedup();
        let countries = countries_named(data, rules);
        let fields = fields_named(rules);
        Self { data, rules, profile, days, as_of, references, countries, fields }
    }

    fn complete(&self, slot: &Slot, most: usize) -> Option<Vec<Value>> {
        match slot {
            Slot::Birth => Some(self.births().into_iter().map(Value::Birth).collect()),
            Slot::Nationalities => {
                let lists = match &self.profile.nationalities {
                    Some(told) => vec![told.clone()],
                    None => subsets(&self.countries),
                };
                Some(lists.into_iter().map(Value::Nationalities).collect())
            }
            Slot::Residences => {
                Some(self.residences(most)?.into_iter().map(Value::Residences).collect())
            }
            Slot::Degrees => Some(self.degrees(most)?.into_iter().map(Value::Degrees).collect()),
            Slot::Jobs => Some(self.jobs(most)?.into_iter().map(Value::Jobs).collect()),
            Slot::Languages => {
                Some(self.languages(most)?.into_iter().map(Value::Languages).collect())
            }
            Slot::Tests => Some(self.tests(most)?.into_iter().map(Value::Tests).collect()),
            Slot::Fact(id) => {
                let answers = self.answers(id).into_iter();
                Some(answers.map(|answer| Value::Fact(id.clone(), answer)).collect())
            }
        }
    }

    /// A partial date is every one of its days. An age changes on the day and month of a
    /// reference day alone, so of a wholly unknown date those days of every year are enough.
    fn births(&self) -> Vec<NaiveDate> {
        if let Some(told) = self.profile.birth_date {
            return every_day(told.first(), told.last());
        }
        let mut month_days: Vec<NaiveDate> = self.references.clone();
        month_days.extend([day(2024, 1, 1), day(2024, 2, 29)]);
        for rule in self.rules {
            if let Rule::Age(age) = rule {
                month_days.extend(age.born_from.map(|limit| match limit {
                    BirthDay::On(day) => day,
                    BirthDay::YearsBefore { month, day: of_month, .. } => {
                        day(2024, month, of_month)
                    }
                }));
            }
        }
        let mut births = vec![day(1940, 6, 15), self.as_of];
        for year in self.as_of.year() - 45..=self.as_of.year() {
            let in_year = month_days
                .iter()
                .filter_map(|md| NaiveDate::from_ymd_opt(year, md.month(), md.day()))
                .collect::<Vec<_>>();
            births.extend(around(&in_year));
        }
        births.retain(|birth| *birth <= self.as_of);
        births.sort();
        births.dedup();
        births
    }

    fn residences(&self, most: usize) -> Option<Vec<Vec<(CountryCode, bool)>>> {
        if let Some(told) = &self.profile.residences {
            let options: Vec<Vec<(CountryCode, bool)>> = told
                .iter()
                .map(|lives| match lives.permanent {
                    Some(permanent) => vec![(lives.country, permanent)],
                    None => vec![(lives.country, false), (lives.country, true)],
                })
                .collect();
            return product(&options, most);
        }
        let named = self.rules.iter().flat_map(|rule| branches(rule));
        let named: BTreeSet<CountryCode> = named.flat_map(|b| b.resident_in.clone()).collect();
        let lives: Vec<(CountryCode, bool)> =
            named.iter().flat_map(|country| [(*country, false), (*country, true)]).collect();
        Some(subsets(&lives))
    }

    fn languages(&self, most: usize) -> Option<Vec<Vec<(LanguageCode, LanguageLevel)>>> {
        let ladder = || LanguageLevel::WORDS.iter().map(|(_, level)| *level);
        if let Some(told) = &self.profile.languages {
            let options: Vec<Vec<(LanguageCode, LanguageLevel)>> = told
                .iter()
                .map(|skill| {
                    ladder()
                        .filter(|level| skill.level.low <= *level && *level <= skill.level.high)
                        .map(|level| (skill.language, level))
                        .collect()
                })
                .collect();
            return product(&options, most);
        }
        let mut named = BTreeSet::new();
        for rule in self.rules {
            for branch in branches(rule) {
                named.extend(branch.speaks.iter().map(|skill| skill.language));
            }
            if let Rule::Language(LanguageRule::Skills { of, .. }) = rule {
                named.extend(of);
            }
        }
        // Each language is not spoken at all or at any of the levels.
        let options: Vec<Vec<Option<(LanguageCode, LanguageLevel)>>> = named
            .iter()
            .map(|code| std::iter::once(None).chain(ladder().map(|l| Some((*code, l)))).collect())
            .collect();
        let lists = product(&options, most)?;
        Some(lists.into_iter().map(|list| list.into_iter().flatten().collect()).collect())
    }

    fn tests(&self, most: usize) -> Option<Vec<Vec<(Text, f64, NaiveDate)>>> {
        let mut asked: BTreeMap<Text, Vec<f64>> = BTreeMap::new();
        for rule in self.rules {
            if let Rule::Language(LanguageRule::Tests { tests, .. }) = rule {
                for test in tests {
                    let scores = asked.entry(test.test.clone()).or_default();
                    scores.extend(test.min.iter().flat_map(|min| [min - 1.0, *min]));
                }
            }
        }
        let scores = |id: &str| {
            let scale = self.data.languages.test(id).unwrap().scale;
            let named = asked.get(id).cloned().unwrap_or_default();
            [vec![scale.0, scale.1], named].concat()
        };
        let any_day = || {
            let years = (1..=6).map(|years| self.days.application.year() - years);
            let mut days: Vec<NaiveDate> = years
                .filter_map(|year| {
                    let application = self.days.application;
                    NaiveDate::from_ymd_opt(year, application.month(), application.day())
                })
                .collect();
            days = around(&days);
            days.extend([day(1950, 1, 1), self.as_of]);
            days
        };
        if let Some(told) = &self.profile.tests {
            let options: Vec<Vec<(Text, f64, NaiveDate)>> = told
                .iter()
                .map(|test| {
                    let mut days =
                        test.taken.map_or_else(any_day, |d| every_day(d.first(), d.last()));
                    days.retain(|day| *day <= self.as_of);
                    let scores = test.score.map_or_else(|| scores(&test.test), |s| vec![s]);
                    let pairs = days.iter().flat_map(|d| scores.iter().map(move |s| (*s, *d)));
                    pairs.map(|(score, day)| (test.test.clone(), score, day)).collect()
                })
                .collect();
            return product(&options, most);
        }
        let options: Vec<Vec<Option<(Text, f64, NaiveDate)>>> = asked
            .keys()
            .map(|id| {
                // One that is not told can still be taken before a call that is upcoming.
                let mut days = any_day();
                days.push(self.days.application);
                let pairs = scores(id).into_iter().flat_map(|s| days.iter().map(move |d| (s, *d)));
                let taken: Vec<_> = pairs.map(|(s, d)| Some((id.clone(), s, d))).collect();
                std::iter::once(None).chain(taken).collect()
            })
            .collect();
        let lists = product(&options, most)?;
        Some(lists.into_iter().map(|list| list.into_iter().flatten().collect()).collect())
    }

    fn answers(&self, id: &str) -> Vec<Answer> {
        if let Some(told) = self.profile.facts.get(id) {
            return vec![told.clone()];
        }
        match &self.data.fact(id).unwrap().kind {
            FactType::Flag => vec![Answer::Flag(false), Answer::Flag(true)],
            FactType::Choice(choices) => choices.iter().cloned().map(Answer::Choice).collect(),
            FactType::Number => (0..=self.highest_number(id) + 1).map(Answer::Number).collect(),
            FactType::Date => Vec::new(),
        }
    }

    fn highest_number(&self, id: &str) -> i64 {
        let mut highest = 0;
        let mut take = |test: &FactTest| {
            if let FactTest::Between(fact, low, high) = test
                && fact == id
            {
                highest = highest.max(low.unwrap_or(0)).max(high.unwrap_or(0));
            }
        };
        for rule in self.rules {
            match rule {
                Rule::Condition(Condition::Fact(test)) => take(test),
                Rule::Age(age) => {
                    for raise in &age.raises {
                        if let Some(test) = &raise.fact {
                            take(test);
                        }
                    }
                }
                _ => {}
            }
        }
        highest
    }

    fn counts_after_a_degree(&self) -> bool {
        self.countings().iter().any(|(counting, _)| counting.after != Since::AnyTime)
    }

    /// Every way of counting with the months it is held against.
    fn countings(&self) -> Vec<(&Counting, Vec<i32>)> {
        let mut list = Vec::new();
        for rule in self.rules {
            match rule {
                Rule::Experience(rule) => {
                    list.push((&rule.counting, rule.min.into_iter().chain(rule.max).collect()));
                }
                Rule::Qualification(rule) => {
                    let paths = rule.paths.iter().map(|path| path.min);
                    list.push((&rule.counting, paths.chain(rule.max).collect()));
                }
                _ => {}
            }
        }
        list
    }

    /// Around the reference days; and, where experience counts from a degree on, every day of
    /// the told jobs, since any of them can be the one that tips an amount.
    fn award_days(&self) -> Vec<NaiveDate> {
        let mut days = around(&self.references);
        days.extend([day(1970, 1, 1), day(2080, 1, 1)]);
        if self.counts_after_a_degree() {
            let first = self.profile.experience.iter().flatten().map(|job| job.from.first()).min();
            if let Some(first) = first {
                days.extend(every_day(first.pred_opt().unwrap(), *self.references.last().unwrap()));
            }
        }
        days.sort();
        days.dedup();
        days
    }

    fn degrees(&self, most: usize) -> Option<Vec<Vec<Held>>> {
        if let Some(told) = &self.profile.degrees {
            let options: Vec<Vec<Held>> = told.iter().map(|d| self.told_degree(d)).collect();
            return product(&options, most);
        }
        let countries = self.countries_of_study();
        let mut long_ago = Vec::new();
        for (_, level) in DegreeLevel::WORDS {
            for field in &self.fields {
                for country in &countries {
                    let (field, awarded) = (field.clone(), day(1970, 1, 1));
                    long_ago.push(Held { level: *level, field, country: *country, awarded });
                }
            }
        }
        let days = self.award_days();
        if days.len() * long_ago.len() > most {
            return None;
        }
        let mut any_day = Vec::new();
        for held in &long_ago {
            any_day.extend(days.iter().map(|day| Held { awarded: *day, ..held.clone() }));
        }
        let mut lists = vec![Vec::new()];
        lists.extend(any_day.iter().map(|held| vec![held.clone()]));
        if lists.len() + any_day.len() * long_ago.len() <= most {
            for second in &long_ago {
                lists.extend(any_day.iter().map(|held| vec![second.clone(), held.clone()]));
            }
        } else {
            for second in &long_ago {
                lists.extend(long_ago.iter().map(|held| vec![second.clone(), held.clone()]));
            }
        }
        // Every degree that there is at once, up to each level; and those above it later on.
        for (_, top) in DegreeLevel::WORDS {
            let up_to = |day: NaiveDate| {
                any_day.iter().filter(move |held| held.level <= *top && held.awarded == day)
            };
            for day in &days {
                let above = any_day.iter().filter(|h| h.level > *top && h.awarded == *day);
                lists.push(up_to(*day).cloned().collect());
                lists.push(up_to(days[0]).chain(above).cloned().collect());
            }
        }
        (lists.len() <= most).then_some(lists)
    }

    /// The countries in play, or any one where no rule looks at the country of a degree.
    fn countries_of_study(&self) -> Vec<CountryCode> {
        let looked_at = self.rules.iter().any(|rule| match rule {
            Rule::Degree(rule) => !rule.studied_in.is_empty() || !rule.studied_in_group.is_empty(),
            rule => branches(rule)
                .iter()
                .any(|b| !b.studied_in.is_empty() || !b.studied_in_group.is_empty()),
        });
        self.countries.iter().copied().take(if looked_at { usize::MAX } else { 1 }).collect()
    }

    fn told_degree(&self, told: &Degree) -> Vec<Held> {
        let days =
            told.awarded.map_or_else(|| self.award_days(), |d| every_day(d.first(), d.last()));
        let countries = told.country.map_or_else(|| self.countries_of_study(), |c| vec![c]);
        let fields = match &told.field {
            Study::Field(id) => vec![Some(id.clone())],
            Study::NotTold | Study::Unrecognised(_) => self.fields.clone(),
        };
        let mut list = Vec::new();
        for awarded in &days {
            for country in &countries {
                for field in &fields {
                    let (level, field) = (told.level, field.clone());
                    list.push(Held { level, field, country: *country, awarded: *awarded });
                }
            }
        }
        list
    }

    fn employments(&self) -> Vec<(Option<Text>, CountryCode)> {
        let mut list = vec![(None, self.countries[0])];
        for rule in self.rules {
            if let Rule::Condition(Condition::Employed(rule)) = rule {
                list.push((Some(rule.employer.clone()), rule.country));
            }
        }
        list
    }

    fn jobs(&self, most: usize) -> Option<Vec<Vec<Worked>>> {
        if let Some(told) = &self.profile.experience {
            let options: Option<Vec<Vec<Worked>>> =
                told.iter().map(|job| self.told_job(job, most)).collect();
            return product(&options?, most);
        }
        Some(self.any_jobs())
    }

    /// None, or one full-time job of any kind, of any length around a limit, with any employer,
    /// that ends around any reference day or goes on; and two lifelong ones side by side.
    fn any_jobs(&self) -> Vec<Vec<Worked>> {
        let mut lengths: BTreeSet<i64> = BTreeSet::from([1, 365 * 50]);
        let countings = self.countings();
        for months in countings.iter().flat_map(|(_, months)| months) {
            let days = i64::from(*months) * 365 / 12;
            for whole in [days - 1, days, days + 1, days + 2] {
                // A kind can count by half.
                lengths.extend([whole.max(1), whole.max(1) * 2]);
            }
        }
        let weights = |kind: &ExperienceKind| {
            let weights = countings.iter().map(|(counting, _)| counting.weight(*kind));
            weights.collect::<Vec<_>>()
        };
        // One kind of each way to count is enough.
        let mut kinds: Vec<ExperienceKind> = Vec::new();
        for (_, kind) in ExperienceKind::WORDS {
            if !kinds.iter().any(|known| weights(known) == weights(kind)) {
                kinds.push(*kind);
            }
        }
        let mut lists = vec![Vec::new()];
        for (employer, country) in self.employments() {
            for kind in &kinds {
                for end in around(&self.references) {
                    for length in &lengths {
                        let from = end - Days::new(u64::try_from(length - 1).unwrap());
                        let (kind, employer) = (*kind, employer.clone());
                        lists.push(vec![full_time(kind, from, Some(end), employer, country)]);
                    }
                }
            }
        }
        // Beside each of them, irrelevant work that never ends, by every employer at once.
        let irrelevant = self.employments().into_iter().skip(1).map(|(employer, country)| {
            let kind = ExperienceKind::Employment;
            let job = full_time(kind, day(1970, 1, 1), None, employer, country);
            Worked { relevant: false, ..job }
        });
        let irrelevant: Vec<Worked> = irrelevant.collect();
        if !irrelevant.is_empty() {
            let beside = |list: &Vec<Worked>| [list.as_slice(), &irrelevant].concat();
            let more: Vec<Vec<Worked>> = lists.iter().map(beside).collect();
            lists.extend(more);
        }
        lists
    }

    fn told_job(&self, told: &Job, most: usize) -> Option<Vec<Worked>> {
        let far = self.references.last().unwrap().succ_opt().unwrap();
        let ends = match told.to {
            JobEnd::Ongoing => vec![None],
            JobEnd::On(to) => every_day(to.first(), to.last()).into_iter().map(Some).collect(),
            JobEnd::NotTold => {
                let days = every_day(told.from.first(), far.max(told.from.last()));
                days.into_iter().map(Some).chain([None]).collect::<Vec<_>>()
            }
        };
        let starts = every_day(told.from.first(), told.from.last());
        let pay_matters = self.countings().iter().any(|(counting, _)| counting.paid_only);
        let pay = match told.paid {
            Some(paid) => vec![paid],
            None if pay_matters => vec![false, true],
            None => vec![true],
        };
        let employments = self.employments();
        let employers = match &told.employer {
            Some(employer) => vec![Some(employer.clone())],
            None => employments.iter().map(|(employer, _)| employer.clone()).collect(),
        };
        let countries = match told.country {
            Some(country) => vec![country],
            None if employments.len() > 1 => self.countries.clone(),
            None => vec![self.countries[0]],
        };
        let options = [starts.len(), ends.len(), pay.len(), employers.len(), countries.len()];
        if options.iter().product::<usize>() > 2 * most {
            return None;
        }
        let mut list = Vec::new();
        for from in &starts {
            for to in ends.iter().filter(|to| to.is_none_or(|to| *from <= to)) {
                for paid in &pay {
                    for employer in &employers {
                        for country in &countries {
                            list.push(Worked {
                                kind: told.kind,
                                from: *from,
                                to: *to,
                                share: i64::from(told.share),
                                paid: *paid,
                                country: *country,
                                relevant: told.relevant,
                                employer: employer.clone(),
                            });
                        }
                    }
                }
            }
        }
        Some(list)
    }
}

fn full_time(
    kind: ExperienceKind,
    from: NaiveDate,
    to: Option<NaiveDate>,
    employer: Option<Text>,
    country: CountryCode,
) -> Worked {
    Worked { kind, from, to, share: 1000, paid: true, country, relevant: true, employer }
}

fn reference_days(rule: &Rule) -> Vec<ReferenceDay> {
    match rule {
        Rule::Nationality(rule) => vec![rule.on.unwrap_or(ReferenceDay::NotStated)],
        Rule::Age(rule) => vec![rule.on],
        Rule::Degree(rule) => vec![rule.by],
        Rule::Experience(rule) => vec![rule.counting.until],
        Rule::Qualification(rule) => vec![rule.by, rule.counting.until],
        Rule::Condition(Condition::Employed(rule)) => vec![rule.on],
        _ => Vec::new(),
    }
}

/// Every country that a rule or one of its groups names, and one that none names.
fn countries_named(data: &Dataset, rules: &[&Rule]) -> Vec<CountryCode> {
    let mut named = BTreeSet::new();
    let mut groups: BTreeSet<&Text> = BTreeSet::new();
    for rule in rules {
        for branch in branches(rule) {
            named.extend(branch.national_of.iter().chain(&branch.studied_in).copied());
            groups.extend(branch.in_group.iter().chain(&branch.studied_in_group));
        }
        match rule {
            Rule::Nationality(rule) => {
                named.extend(&rule.not_also);
                named.extend(rule.if_also.iter().flat_map(|(nationals, _)| nationals));
            }
            Rule::Degree(rule) => {
                named.extend(&rule.studied_in);
                groups.extend(&rule.studied_in_group);
            }
            Rule::Condition(Condition::Employed(rule)) => {
                named.insert(rule.country);
            }
            _ => {}
        }
    }
    for id in groups {
        named.extend(data.groups[id].members.iter().map(|(country, _)| *country));
    }
    let mut unnamed = ["AQ", "BV", "TF"].iter().filter_map(|code| CountryCode::new(code));
    let unnamed = unnamed.find(|code| !named.contains(code)).unwrap();
    std::iter::once(unnamed).chain(named.iter().copied()).collect()
}

fn fields_named(rules: &[&Rule]) -> Vec<Option<Text>> {
    let mut fields: BTreeSet<Option<Text>> = BTreeSet::from([None]);
    for rule in rules {
        match rule {
            Rule::Degree(rule) => fields.extend(rule.fields.iter().cloned().map(Some)),
            Rule::Qualification(rule) => {
                let named = rule.paths.iter().flat_map(|path| &path.fields);
                fields.extend(named.cloned().map(Some));
            }
            Rule::Age(rule) => {
                for raise in &rule.raises {
                    if let Some(degree) = &raise.degree {
                        fields.extend(degree.fields.iter().cloned().map(Some));
                    }
                }
            }
            _ => {}
        }
    }
    fields.into_iter().collect()
}
