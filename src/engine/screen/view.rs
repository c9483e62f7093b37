//! What rules tell apart about the parts of a profile.

mod degrees;
mod languages;
mod nations;
mod posts;

use chrono::NaiveDate;
use smallvec::SmallVec;

use self::degrees::Degrees;
use self::languages::Languages;
use self::nations::Classes;
use self::posts::Post;
use super::figures::{Figures, LONGEST, UNTOLD, field_number, low_byte};
use super::meter::Meter;
use super::span::Span;
use crate::engine::calendar::Dated;
use crate::engine::cells::{Grain, Question};
use crate::engine::meaning::{Scene, Standing, first_valid_day};
use crate::engine::person::Candidate;
use crate::engine::tally::{Day, number};
use crate::profile::{Profile, TestResult};
use crate::rules::{
    self, AgeRaise, Branch, Condition, FactTest, LanguageLevelWord, LanguageRule, Nationality,
    OwnedTest, Requirement, Rule,
};
use crate::table::Seen;
use crate::vocabulary::{CountryCode, DegreeLevel, LanguageCode, Text};

/// What some rules tell apart: the limits between which they answer alike, part by part.
///
/// The large parts stand elsewhere: most views have one or two, there are many views, and each
/// profile goes through some of them.
#[derive(Debug, Clone, Default)]
pub(super) struct View {
    nations: Option<Classes>,
    residences: Option<Classes>,
    births: Option<Vec<Day>>,
    degrees: Option<Box<Degrees>>,
    meters: Vec<Meter>,
    /// Whether some rule counts work.
    counts: bool,
    posts: Vec<Post>,
    languages: Option<Box<Languages>>,
    tests: Vec<Pass>,
    /// The numbers of facts, with their tests, a bit each.
    facts: Vec<(usize, u8)>,
    /// Whether some number of it does not fit into a byte.
    is_large: bool,
}

/// A test that must be passed.
#[derive(Debug, Clone, PartialEq)]
struct Pass {
    test: OwnedTest,
    /// The first day on which it can have been taken.
    from: Option<Day>,
}

/// What a view is made by.
struct Look<'l, 'q> {
    question: &'l Question<'q, 'q>,
    countries: Vec<CountryCode>,
    figures: &'l mut Figures,
}

impl View {
    /// What `requirement` tells apart; `figures` learn what to count for it.
    pub(super) fn of(requirement: &Requirement, scene: &Scene<'_>, figures: &mut Figures) -> Self {
        let nobody = Profile::default();
        let candidate = Candidate::new(&nobody, scene.as_of);
        let asked = [requirement];
        let question =
            Question { candidate: &candidate, requirements: &asked, scene, grain: Grain::Coarse };
        let countries = scene.data.countries.list().iter().map(|country| country.code).collect();
        let mut view = Self::default();
        view.add(requirement, &mut Look { question: &question, countries, figures });
        view.is_large |= !view.fits();
        view
    }

    /// Tells apart also what `other` does.
    pub(super) fn join(&mut self, other: &Self) {
        nations::join(&mut self.nations, other.nations.as_ref());
        nations::join(&mut self.residences, other.residences.as_ref());
        if let Some(births) = &other.births {
            extend(self.births.get_or_insert_default(), births.iter().copied());
        }
        if let Some(degrees) = &other.degrees {
            self.degrees.get_or_insert_default().join(degrees);
        }
        if let Some(languages) = &other.languages {
            self.languages.get_or_insert_default().join(languages);
        }
        for meter in &other.meters {
            self.add_meter(meter);
        }
        self.counts |= other.counts;
        extend_once(&mut self.posts, &other.posts);
        extend_once(&mut self.tests, &other.tests);
        other.facts.iter().for_each(|(number, tests)| self.add_tests(*number, *tests));
        self.is_large |= other.is_large || !self.fits();
    }

    fn add(&mut self, requirement: &Requirement, look: &mut Look<'_, '_>) {
        let question = look.question;
        for reading in &requirement.readings {
            match &reading.rule {
                Rule::Nationality(rule) => self.add_nationality(rule, look),
                Rule::Age(rule) => {
                    let births = self.births.get_or_insert_default();
                    let mut limits = Vec::new();
                    question.birth_limits(rule, &mut limits);
                    extend(births, limits.into_iter().map(number));
                    self.add_raises(&rule.raises, look);
                }
                Rule::Degree(rule) => {
                    self.add_degrees(question, &level_limits(rule), &rule.fields);
                    let only_one = rule.max.is_none() && rule.or_all.is_empty();
                    let degrees = self.degrees.get_or_insert_default();
                    degrees.asks_for_more |= !only_one;
                    // One that is too high shuts out, whatever its field.
                    degrees.any_field |= rule.max.is_some();
                    if !rule.studied_in.is_empty() || !rule.studied_in_group.is_empty() {
                        self.add_places(look);
                    }
                }
                Rule::Qualification(rule) => {
                    for path in &rule.paths {
                        self.add_degrees(question, &[path.degree as u8], &path.fields);
                    }
                }
                Rule::Language(LanguageRule::Skills { of, levels }) => {
                    self.add_languages(of.iter().copied(), levels, look);
                }
                Rule::Language(LanguageRule::Tests { tests, valid_years }) => {
                    let from = first_valid_day(*valid_years, &question.scene.timing).map(number);
                    let passes = tests.iter().map(|test| Pass { test: test.clone(), from });
                    extend_once(&mut self.tests, &passes.collect::<Vec<Pass>>());
                }
                Rule::Condition(Condition::Fact(test)) => self.add_fact(test, look),
                Rule::Condition(Condition::Employed(employment)) => {
                    let days = question.scene.timing.days(employment.on);
                    let days = days.into_iter().map(|dated: Dated| number(dated.day)).collect();
                    self.posts.push(Post::new(employment.clone(), days));
                }
                Rule::Experience(_)
                | Rule::NoRequirement
                | Rule::Unstated
                | Rule::NotOnRecord
                | Rule::Sponsorship(_)
                | Rule::Text(_) => {}
            }
        }
        self.add_work(requirement, look);
    }

    fn add_work(&mut self, requirement: &Requirement, look: &mut Look<'_, '_>) {
        let has_top = requirement.readings.iter().any(|reading| match &reading.rule {
            Rule::Experience(rule) => rule.max.is_some(),
            Rule::Qualification(rule) => rule.max.is_some(),
            _ => false,
        });
        let by_vacancy = |rule: &Rule| match rule {
            Rule::Qualification(rule) => rule.paths.iter().any(|path| path.by_vacancy),
            _ => false,
        };
        let is_delicate = requirement.by_vacancy
            || requirement.readings.iter().any(|reading| by_vacancy(&reading.rule));
        for tally in look.question.tallies() {
            self.counts = true;
            self.add_meter(&Meter::of(&tally, has_top, is_delicate, look.figures));
        }
    }

    fn add_meter(&mut self, meter: &Meter) {
        if !self.meters.iter_mut().any(|known| known.join(meter)) {
            self.meters.push(meter.clone());
        }
    }

    /// Whether what both tell apart is seen together: of what has many values, days of birth, degrees
    /// and amounts of work, they tell apart the same, so that there are not too many combinations.
    pub(super) fn goes_with(&self, other: &Self) -> bool {
        let many_valued = |view: &Self| {
            let degrees = view.degrees.as_deref().is_some_and(Degrees::is_many_valued);
            (view.births.is_some(), degrees, view.counts)
        };
        many_valued(self) == many_valued(other)
    }

    fn add_nationality(&mut self, rule: &Nationality, look: &mut Look<'_, '_>) {
        let named = rule.named_nations();
        let signs = |country| {
            let is_named = named.as_ref().is_none_or(|named| named.contains(&country));
            is_named.then(|| look.question.national_signs(country))
        };
        self.nations.get_or_insert_with(Classes::none).refine(&look.countries, signs);
        for branch in rule.every_branch() {
            self.add_branch(branch, look);
        }
    }

    fn add_branch(&mut self, branch: &Branch, look: &mut Look<'_, '_>) {
        if !branch.resident_in.is_empty() {
            let lives = |country| branch.resident_in.contains(&country).then_some(());
            self.residences.get_or_insert_with(Classes::none).refine(&look.countries, lives);
        }
        if !branch.studied_in.is_empty() || !branch.studied_in_group.is_empty() {
            let degrees = self.degrees.get_or_insert_default();
            (degrees.of_any_kind, degrees.asks_for_more) = (true, true);
            self.add_places(look);
        }
        if !branch.speaks.is_empty() {
            let levels = branch.speaks.iter().map(|skill| &skill.level);
            self.add_languages(branch.speaks.iter().map(|skill| skill.language), levels, look);
        }
        if let Some(fact) = &branch.fact {
            self.add_fact(&FactTest::Is(fact.clone(), true), look);
        }
    }

    fn add_raises(&mut self, raises: &[AgeRaise], look: &mut Look<'_, '_>) {
        for raise in raises {
            if let Some(test) = &raise.fact {
                self.add_fact(test, look);
            }
            if let Some(degree) = &raise.degree {
                self.add_degrees(look.question, &[degree.level as u8], &degree.fields);
            }
        }
    }

    fn add_degrees(&mut self, question: &Question<'_, '_>, levels: &[u8], fields: &[Text]) {
        let degrees = self.degrees.get_or_insert_default();
        degrees.any_field |= fields.is_empty();
        degrees.asks_for_more |= !fields.is_empty();
        let number_of = |field: &Text| field_number(question.scene.data, field);
        let days = question.award_limits().map(number);
        degrees.add(levels.iter().copied(), fields.iter().map(number_of), days);
    }

    fn add_places(&mut self, look: &Look<'_, '_>) {
        let Look { question, countries, .. } = look;
        let named = question.named_places();
        let signs = |country| {
            let is_named = named.as_ref().is_none_or(|named| named.contains(&country));
            let signs = is_named.then(|| question.study_signs(country));
            signs.filter(|signs| signs.iter().any(|sign| *sign != Standing::Outside))
        };
        let degrees = self.degrees.get_or_insert_default();
        degrees.places.get_or_insert_with(Classes::none).refine(countries, signs);
    }

    fn add_languages<'w>(
        &mut self,
        codes: impl Iterator<Item = LanguageCode>,
        levels: impl IntoIterator<Item = &'w LanguageLevelWord>,
        look: &mut Look<'_, '_>,
    ) {
        let numbers: Option<Vec<u8>> = codes.map(|code| look.figures.language(code)).collect();
        self.is_large |= numbers.is_none();
        let levels = levels.into_iter().flat_map(|word| word.levels.iter().copied());
        self.languages.get_or_insert_default().add(numbers.unwrap_or_default(), levels);
    }

    fn add_fact(&mut self, test: &FactTest, look: &mut Look<'_, '_>) {
        match look.figures.fact_test(test) {
            Some((number, tests)) => self.add_tests(number, tests),
            None => self.is_large = true,
        }
    }

    fn add_tests(&mut self, number: usize, tests: u8) {
        match self.facts.iter_mut().find(|(known, _)| *known == number) {
            Some((_, known)) => *known |= tests,
            None => self.facts.push((number, tests)),
        }
    }

    /// Writes the cells that `profile` falls into; `false` if they do not say enough.
    ///
    /// Each part is written so that its end is known: two profiles with the same bytes fall into
    /// the same cells.
    pub(super) fn reduce(&self, profile: &Profile, figures: &mut Figures, seen: &mut Seen) -> bool {
        if let Some(nations) = &self.nations {
            nations.reduce_nationalities(profile, seen);
        }
        if let Some(births) = &self.births {
            seen.extend(cells_of(births, figures.birth));
        }
        if let Some(degrees) = &self.degrees {
            degrees.reduce(figures, seen);
        }
        if let Some(residences) = &self.residences {
            residences.reduce_residences(profile, seen);
        }
        if let Some(languages) = &self.languages {
            languages.reduce(figures, seen);
        }
        if !self.tests.is_empty() {
            self.reduce_tests(profile, seen);
        }
        for (number, tests) in &self.facts {
            seen.push(figures.passed(*number, *tests));
        }
        if !self.posts.is_empty() {
            posts::reduce(&self.posts, profile, seen);
        }
        if self.counts {
            seen.push(u8::from(figures.is_work_told));
        }
        !self.is_large
            && self.takes(figures)
            && self.meters.iter().all(|meter| meter.reduce(figures, seen))
            && seen.is_whole()
    }

    /// The classes of the nationalities, a bit each, if they are few: all that there is to see for
    /// a view of nothing else.
    pub(super) fn nations_held(&self, profile: &Profile, figures: &Figures) -> Option<u8> {
        match &self.nations {
            _ if !figures.is_short => None,
            None => Some(0),
            Some(nations) => nations.held(profile),
        }
    }

    /// Whether what it looks at of a profile is short enough.
    const fn takes(&self, figures: &Figures) -> bool {
        let work = self.counts || !self.posts.is_empty();
        figures.is_short
            && (self.degrees.is_none() || figures.are_degrees_short)
            && (!work || figures.is_work_short)
    }

    fn reduce_tests(&self, profile: &Profile, seen: &mut Seen) {
        let Some(taken) = &profile.tests else { return seen.push(UNTOLD) };
        let mut passes = List::new();
        for (at, pass) in self.tests.iter().enumerate() {
            for taken in taken.iter().filter(|taken| taken.test == pass.test.test) {
                let cell = [low_byte(at), pass.score(taken), pass.day(taken), 0];
                passes.push(u32::from_le_bytes(cell).into());
            }
        }
        write::<3>(seen, &mut passes);
    }

    /// Whether all its numbers are written in a byte each.
    fn fits(&self) -> bool {
        let (degrees, languages) = (self.degrees.as_deref(), self.languages.as_deref());
        let lengths = [
            self.births.as_ref().map_or(0, Vec::len),
            degrees.map_or(0, Degrees::len),
            languages.map_or(0, Languages::len),
            self.tests.len(),
            self.posts.len(),
        ];
        lengths.iter().all(|length| *length < LONGEST) && self.meters.iter().all(Meter::is_small)
    }
}

/// Items of up to eight bytes, the lowest first.
type List = SmallVec<[u64; 8]>;

/// Writes the lowest `N` bytes of items, sorted, each once, their number before them: neither order
/// nor repetition means anything to a rule.
fn write<const N: usize>(seen: &mut Seen, list: &mut List) {
    if list.len() > 1 {
        list.sort_unstable();
        list.dedup();
    }
    seen.push(low_byte(list.len()));
    for item in list {
        if let Some(bytes) = item.to_le_bytes().first_chunk::<N>() {
            seen.extend(*bytes);
        }
    }
}

impl Pass {
    /// Whether the score is enough.
    fn score(&self, taken: &TestResult) -> u8 {
        let is_enough = |score| u8::from(self.test.min.is_none_or(|min| score >= min));
        taken.score.map_or(UNTOLD, is_enough)
    }

    /// On how many of the first and the last day that it can have been taken it is valid.
    fn day(&self, taken: &TestResult) -> u8 {
        let is_valid = |day: NaiveDate| u8::from(self.from.is_none_or(|from| number(day) >= from));
        taken.taken.map_or(UNTOLD, |day| is_valid(day.first()) + is_valid(day.last()))
    }
}

/// Between which limits the first and the last day lie.
fn cells_of(limits: &[Day], span: Option<Span>) -> [u8; 2] {
    let cell = |day: Day| low_byte(limits.partition_point(|limit| *limit <= day));
    match span {
        None => [UNTOLD; 2],
        Some(span) if span.first == span.last => [cell(span.first); 2],
        Some(span) => [cell(span.first), cell(span.last)],
    }
}

/// The lowest levels on the further side of each limit of a rule.
fn level_limits(rule: &rules::Degree) -> Vec<u8> {
    let exactly = |level: &DegreeLevel| [*level as u8, *level as u8 + 1];
    let highest = rule.max.map(|max| max as u8 + 1);
    let lowest = rule.min.map(|min| min as u8).into_iter().chain(highest);
    // Where no level is asked, any does.
    let any = (rule.min.is_none()).then_some(0);
    lowest.chain(rule.or_all.iter().flat_map(exactly)).chain(any).collect()
}

/// Takes in limits, lowest first, each once.
fn extend<T: Ord>(list: &mut Vec<T>, more: impl IntoIterator<Item = T>) {
    list.extend(more);
    list.sort_unstable();
    list.dedup();
}

/// Takes in what is not there yet.
fn extend_once<T: PartialEq + Clone>(list: &mut Vec<T>, more: &[T]) {
    for item in more {
        if !list.contains(item) {
            list.push(item.clone());
        }
    }
}
