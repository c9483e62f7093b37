//! What rules tell apart about the parts of a profile.

use std::collections::BTreeMap;

use super::figures::{Figures, Span};
use super::meter::Meter;
use crate::engine::calendar::Dated;
use crate::engine::cells::{Grain, Question};
use crate::engine::meaning::{Scene, Standing, first_valid_day, passes};
use crate::engine::person::Candidate;
use crate::engine::tally::{Day, number};
use crate::profile::{Degree, Job, JobEnd, Profile, Study, TestResult};
use crate::rules::{
    self, AgeRaise, Branch, Condition, Employment, FactTest, LanguageLevelWord, LanguageRule,
    Nationality, OwnedTest, Requirement, Rule,
};
use crate::vocabulary::{CountryCode, DegreeLevel, LanguageCode, LanguageLevel, PartialDate, Text};
use chrono::NaiveDate;

/// What some rules tell apart: the limits between which they answer alike, part by part.
#[derive(Debug, Clone, Default)]
pub(super) struct View {
    nations: Option<Classes>,
    residences: Option<Classes>,
    births: Option<Vec<Day>>,
    degrees: Option<Degrees>,
    meters: Vec<Meter>,
    /// Whether some rule counts work.
    counts: bool,
    posts: Vec<Post>,
    languages: Option<Languages>,
    tests: Vec<Pass>,
    facts: Vec<Facts>,
    /// Whether all that is written of it fits.
    is_small: bool,
}

/// Countries, each with the number of its class; those that no rule names are of class 0.
#[derive(Debug, Clone)]
struct Classes {
    of: Vec<u16>,
}

/// What is looked at of degrees.
#[derive(Debug, Clone, Default)]
struct Degrees {
    /// Whether some rule looks at their places alone: then none is left out.
    of_any_kind: bool,
    /// Whether some rule asks for more than the highest the earliest.
    asks_for_more: bool,
    /// The lowest levels on the further side of each limit, lowest first.
    levels: Vec<u8>,
    fields: Vec<Text>,
    /// Whether some rule takes any field.
    any_field: bool,
    places: Option<Classes>,
    /// The first days on the further side of each limit, earliest first.
    days: Vec<Day>,
}

/// Languages, and the levels on the further side of each limit, both lowest first.
#[derive(Debug, Clone, Default)]
struct Languages {
    codes: Vec<u32>,
    levels: Vec<LanguageLevel>,
}

/// A job that must be held on some day.
#[derive(Debug, Clone, PartialEq)]
struct Post {
    employment: Employment,
    days: Vec<Day>,
}

/// A test that must be passed.
#[derive(Debug, Clone, PartialEq)]
struct Pass {
    test: OwnedTest,
    /// The first day on which it can have been taken.
    from: Option<Day>,
}

/// What is asked of one declared fact.
#[derive(Debug, Clone)]
struct Facts {
    id: Text,
    tests: Vec<FactTest>,
}

/// What stands for something that is not told.
const UNTOLD: u8 = u8::MAX;

/// Lists of limits are shorter than this: their places are written in a byte.
pub(super) const LONGEST: usize = 250;

impl Classes {
    fn none() -> Self {
        Self { of: vec![0; 26 * 26] }
    }

    /// Every country in a class of its own.
    fn each() -> Self {
        Self { of: (1..=26 * 26).collect() }
    }

    fn of(&self, country: CountryCode) -> u16 {
        self.of.get(place(country)).copied().unwrap_or(0)
    }

    /// Tells `countries` apart also by what `sign` says of them.
    fn refine<T: Ord>(
        &mut self,
        countries: &[CountryCode],
        sign: impl Fn(CountryCode) -> Option<T>,
    ) {
        let mut numbers: BTreeMap<(u16, Option<T>), u16> = BTreeMap::new();
        numbers.insert((0, None), 0);
        for country in countries {
            let key = (self.of(*country), sign(*country));
            let next = u16::try_from(numbers.len()).unwrap_or(u16::MAX);
            let number = *numbers.entry(key).or_insert(next);
            if let Some(class) = self.of.get_mut(place(*country)) {
                *class = number;
            }
        }
    }
}

fn place(country: CountryCode) -> usize {
    let letter = |byte: u8| usize::from(byte.saturating_sub(b'A'));
    match country.as_str().as_bytes() {
        [one, two] => letter(*one) * 26 + letter(*two),
        _ => usize::MAX,
    }
}

impl View {
    /// Tells every nationality apart from every other.
    pub(super) fn of_nations() -> Self {
        Self { nations: Some(Classes::each()), is_small: true, ..Self::default() }
    }

    /// Tells apart also what `requirement` does.
    pub(super) fn add(&mut self, requirement: &Requirement, scene: &Scene<'_>) {
        let nobody = Profile::default();
        let candidate = Candidate::new(&nobody, scene.as_of);
        let asked = [requirement];
        let question =
            Question { candidate: &candidate, requirements: &asked, scene, grain: Grain::Coarse };
        let countries: Vec<CountryCode> =
            scene.data.countries.list().iter().map(|country| country.code).collect();
        for reading in &requirement.readings {
            match &reading.rule {
                Rule::Nationality(rule) => self.add_nationality(rule, &question, &countries),
                Rule::Age(rule) => {
                    let births = self.births.get_or_insert_default();
                    let mut limits = Vec::new();
                    question.birth_limits(rule, &mut limits);
                    births.extend(limits.into_iter().map(number));
                    sort(births);
                    self.add_raises(&rule.raises, &question);
                }
                Rule::Degree(rule) => {
                    self.add_degrees(&question, &level_limits(rule), &rule.fields);
                    let only_one = rule.max.is_none() && rule.or_all.is_empty();
                    let degrees = self.degrees.get_or_insert_default();
                    degrees.asks_for_more |= !only_one;
                    // One that is too high shuts out, whatever its field.
                    degrees.any_field |= rule.max.is_some();
                    if !rule.studied_in.is_empty() || !rule.studied_in_group.is_empty() {
                        self.add_places(&question, &countries);
                    }
                }
                Rule::Qualification(rule) => {
                    for path in &rule.paths {
                        self.add_degrees(&question, &[path.degree as u8], &path.fields);
                    }
                }
                Rule::Language(LanguageRule::Skills { of, levels }) => {
                    self.add_languages(of.iter().copied(), levels);
                }
                Rule::Language(LanguageRule::Tests { tests, valid_years }) => {
                    let from = first_valid_day(*valid_years, &scene.timing).map(number);
                    let passes = tests.iter().map(|test| Pass { test: test.clone(), from });
                    self.tests.extend(passes);
                }
                Rule::Condition(Condition::Fact(test)) => self.add_fact(test),
                Rule::Condition(Condition::Employed(employment)) => {
                    let days = scene.timing.days(employment.on);
                    let days = days.into_iter().map(|dated: Dated| number(dated.day)).collect();
                    self.posts.push(Post { employment: employment.clone(), days });
                }
                Rule::Experience(_)
                | Rule::NoRequirement
                | Rule::Unstated
                | Rule::NotOnRecord
                | Rule::Sponsorship(_)
                | Rule::Text(_) => {}
            }
        }
        self.add_work(requirement, &question);
        self.is_small = self.fits();
    }

    fn add_work(&mut self, requirement: &Requirement, question: &Question<'_, '_>) {
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
        for tally in question.tallies() {
            self.counts = true;
            let meter = Meter::of(&tally, has_top, is_delicate);
            if !self.meters.iter_mut().any(|known| known.join(&meter)) {
                self.meters.push(meter);
            }
        }
    }

    /// Whether both count work in the same ways up to the same days.
    pub(super) fn counts_as(&self, other: &Self) -> bool {
        self.meters.len() == other.meters.len()
            && self.meters.iter().zip(&other.meters).all(|(one, two)| one.counts_as(two))
    }

    fn add_nationality(
        &mut self,
        rule: &Nationality,
        question: &Question<'_, '_>,
        countries: &[CountryCode],
    ) {
        let named = rule.named_nations();
        let signs = |country| {
            let is_named = named.as_ref().is_none_or(|named| named.contains(&country));
            is_named.then(|| question.national_signs(country))
        };
        self.nations.get_or_insert_with(Classes::none).refine(countries, signs);
        for branch in rule.every_branch() {
            self.add_branch(branch, question, countries);
        }
    }

    fn add_branch(
        &mut self,
        branch: &Branch,
        question: &Question<'_, '_>,
        countries: &[CountryCode],
    ) {
        if !branch.resident_in.is_empty() {
            let lives = |country| branch.resident_in.contains(&country).then_some(());
            self.residences.get_or_insert_with(Classes::none).refine(countries, lives);
        }
        if !branch.studied_in.is_empty() || !branch.studied_in_group.is_empty() {
            let degrees = self.degrees.get_or_insert_default();
            (degrees.of_any_kind, degrees.asks_for_more) = (true, true);
            self.add_places(question, countries);
        }
        if !branch.speaks.is_empty() {
            let levels = branch.speaks.iter().map(|skill| &skill.level);
            self.add_languages(branch.speaks.iter().map(|skill| skill.language), levels);
        }
        if let Some(fact) = &branch.fact {
            self.add_fact(&FactTest::Is(fact.clone(), true));
        }
    }

    fn add_raises(&mut self, raises: &[AgeRaise], question: &Question<'_, '_>) {
        for raise in raises {
            if let Some(test) = &raise.fact {
                self.add_fact(test);
            }
            if let Some(degree) = &raise.degree {
                self.add_degrees(question, &[degree.level as u8], &degree.fields);
            }
        }
    }

    fn add_degrees(&mut self, question: &Question<'_, '_>, levels: &[u8], fields: &[Text]) {
        let degrees = self.degrees.get_or_insert_default();
        degrees.levels.extend(levels);
        sort(&mut degrees.levels);
        degrees.any_field |= fields.is_empty();
        degrees.asks_for_more |= !fields.is_empty();
        degrees.fields.extend(fields.iter().cloned());
        sort(&mut degrees.fields);
        degrees.days.extend(question.award_limits().map(number));
        sort(&mut degrees.days);
    }

    fn add_places(&mut self, question: &Question<'_, '_>, countries: &[CountryCode]) {
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
    ) {
        let languages = self.languages.get_or_insert_default();
        languages.codes.extend(codes.map(LanguageCode::number));
        sort(&mut languages.codes);
        languages.levels.extend(levels.into_iter().flat_map(|word| &word.levels));
        sort(&mut languages.levels);
    }

    fn add_fact(&mut self, test: &FactTest) {
        let known = self.facts.iter_mut().find(|facts| facts.id == *test.fact());
        match known {
            Some(facts) => facts.tests.push(test.clone()),
            None => self.facts.push(Facts { id: test.fact().clone(), tests: vec![test.clone()] }),
        }
    }

    /// Writes the cells that `profile` falls into; `false` if they do not say enough.
    ///
    /// Each part is written so that its end is known: two profiles with the same bytes fall into
    /// the same cells.
    pub(super) fn reduce(&self, profile: &Profile, figures: &Figures, seen: &mut Vec<u8>) -> bool {
        if let Some(nations) = &self.nations {
            reduce_nations(nations, profile, seen);
        }
        if let Some(births) = &self.births {
            seen.extend(cells_of(births, figures.birth));
        }
        if let Some(degrees) = &self.degrees {
            degrees.reduce(profile, figures, seen);
        }
        if let Some(residences) = &self.residences {
            reduce_residences(residences, profile, seen);
        }
        if let Some(languages) = &self.languages {
            languages.reduce(profile, seen);
        }
        if !self.tests.is_empty() {
            self.reduce_tests(profile, seen);
        }
        for facts in &self.facts {
            facts.reduce(profile, seen);
        }
        if !self.posts.is_empty() {
            self.reduce_posts(profile, seen);
        }
        if self.counts {
            seen.push(u8::from(figures.work.is_some()));
        }
        self.is_small
            && self.takes(profile)
            && self.meters.iter().all(|meter| meter.reduce(figures, seen))
    }

    /// Whether what it looks at of a profile is short enough.
    fn takes(&self, profile: &Profile) -> bool {
        let work = self.counts || !self.posts.is_empty();
        let (degrees, jobs) = (profile.degrees.as_ref(), profile.experience.as_ref());
        let (lives, spoken) = (profile.residences.as_ref(), profile.languages.as_ref());
        let is_awarded = |degree: &Degree| degree.awarded.is_some_and(PartialDate::is_exact);
        (self.degrees.is_none() || is_short(degrees, 4, |degree| !is_awarded(degree)))
            && (!work || is_short(jobs, 8, |job| !has_days(job) || job.paid.is_none()))
            && is_short(profile.nationalities.as_ref(), 0, |_| false)
            && is_short(lives, 8, |residence| residence.permanent.is_none())
            && is_short(spoken, 8, |skill| skill.level.low < skill.level.high)
            && is_short(profile.tests.as_ref(), 4, |t| t.score.is_none() || t.taken.is_none())
    }

    fn reduce_tests(&self, profile: &Profile, seen: &mut Vec<u8>) {
        let Some(taken) = &profile.tests else { return seen.push(UNTOLD) };
        let passes = self.tests.iter().enumerate().flat_map(|(at, pass)| {
            let taken = taken.iter().filter(|taken| taken.test == pass.test.test);
            taken.map(move |taken| [low_byte(at), pass.score(taken), pass.day(taken)])
        });
        write(seen, passes);
    }

    fn reduce_posts(&self, profile: &Profile, seen: &mut Vec<u8>) {
        let Some(jobs) = &profile.experience else { return seen.push(UNTOLD) };
        let posts = self.posts.iter().enumerate();
        write(
            seen,
            posts.flat_map(|(at, post)| jobs.iter().filter_map(move |job| post.cells(at, job))),
        );
    }

    /// Whether all its numbers are written in a byte each.
    fn fits(&self) -> bool {
        let degrees = self.degrees.as_ref();
        let lengths = [
            self.births.as_ref().map_or(0, Vec::len),
            degrees.map_or(0, |degrees| degrees.days.len().max(degrees.fields.len())),
            self.languages.as_ref().map_or(0, |languages| languages.codes.len()),
            self.tests.len(),
            self.posts.len(),
        ];
        lengths.iter().all(|length| *length < LONGEST) && self.meters.iter().all(Meter::is_small)
    }
}

/// Writes a list of items of `N` bytes, sorted, each once, its length before it: neither order nor
/// repetition means anything to a rule.
fn write<const N: usize>(seen: &mut Vec<u8>, items: impl IntoIterator<Item = [u8; N]>) {
    let first = seen.len() + 1;
    seen.push(0);
    seen.extend(items.into_iter().flatten());
    let (list, _) = seen.get_mut(first..).unwrap_or_default().as_chunks_mut::<N>();
    if list.len() > 1 {
        list.sort_unstable();
    }
    let mut length = usize::from(!list.is_empty());
    for at in 1..list.len() {
        if list.get(at) != list.get(length - 1) {
            list.swap(at, length);
            length += 1;
        }
    }
    seen.truncate(first + length * N);
    if let Some(count) = seen.get_mut(first - 1) {
        *count = low_byte(length);
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

/// Whether a list is as short as people's are, so many of its items open or fewer: the engine walks
/// so many cells and no more, and then claims nothing, which must not be taken for an answer to
/// others.
fn is_short<T>(list: Option<&Vec<T>>, most_open: usize, is_open: impl Fn(&T) -> bool) -> bool {
    const MOST: usize = 16;
    list.is_none_or(|list| {
        list.len() <= MOST && list.iter().filter(|item| is_open(item)).count() <= most_open
    })
}

fn has_days(job: &Job) -> bool {
    let ended = match job.to {
        JobEnd::Ongoing => true,
        JobEnd::On(day) => day.is_exact(),
        JobEnd::NotTold => false,
    };
    ended && job.from.is_exact()
}

fn reduce_nations(nations: &Classes, profile: &Profile, seen: &mut Vec<u8>) {
    let Some(held) = &profile.nationalities else { return seen.push(UNTOLD) };
    let named = held.iter().map(|country| nations.of(*country)).filter(|class| *class != 0);
    write(seen, named.map(u16::to_le_bytes));
}

fn reduce_residences(residences: &Classes, profile: &Profile, seen: &mut Vec<u8>) {
    let Some(lives) = &profile.residences else { return seen.push(UNTOLD) };
    let named = lives.iter().filter_map(|residence| {
        let [low, high] = residences.of(residence.country).to_le_bytes();
        let permanent = residence.permanent.map_or(UNTOLD, u8::from);
        ([low, high] != [0, 0]).then_some([low, high, permanent])
    });
    write(seen, named);
}

impl Languages {
    fn reduce(&self, profile: &Profile, seen: &mut Vec<u8>) {
        let Some(spoken) = &profile.languages else { return seen.push(UNTOLD) };
        let cell = |level| low_byte(self.levels.partition_point(|limit| *limit <= level));
        let asked = spoken.iter().filter_map(|skill| {
            let at = self.codes.binary_search(&skill.language.number()).ok()?;
            let best = cell(skill.level.high);
            (best > 0).then(|| [low_byte(at), cell(skill.level.low), best])
        });
        write(seen, asked);
    }
}

/// Between which limits the first and the last day lie.
fn cells_of(limits: &[Day], span: Option<Span>) -> [u8; 2] {
    let cell = |day: Day| low_byte(limits.partition_point(|limit| *limit <= day));
    span.map_or([UNTOLD; 2], |span| [cell(span.first), cell(span.last)])
}

impl Degrees {
    fn reduce(&self, profile: &Profile, figures: &Figures, seen: &mut Vec<u8>) {
        let Some(held) = &profile.degrees else { return seen.push(UNTOLD) };
        let first = seen.len();
        let awarded = held.iter().zip(&figures.awards);
        write(seen, awarded.filter_map(|(degree, award)| self.cells(degree, *award)));
        if !self.asks_for_more && self.places.is_none() {
            keep_the_best(seen, first);
        }
    }

    /// How a degree stands to the rules; `None` for one that none of them looks at.
    fn cells(&self, degree: &Degree, award: Option<Span>) -> Option<[u8; 6]> {
        let level = degree.level as u8;
        let level = low_byte(self.levels.partition_point(|limit| *limit <= level));
        // One that is not told may be awarded on any day.
        let [first, last] =
            award.map_or([0, low_byte(self.days.len())], |award| cells_of(&self.days, Some(award)));
        let field = match &degree.field {
            _ if self.fields.is_empty() => 0,
            Study::Field(id) => {
                self.fields.iter().position(|field| field == id).map_or(0, |at| low_byte(at + 1))
            }
            Study::NotTold | Study::Unrecognised(_) => UNTOLD,
        };
        let is_too_low = level == 0;
        let is_too_late = usize::from(first) == self.days.len();
        let is_of_another_field = field == 0 && !self.any_field;
        if !self.of_any_kind && (is_too_low || is_too_late || is_of_another_field) {
            return None;
        }
        let [low, high] = match &self.places {
            None => [0; 2],
            Some(places) => {
                degree.country.map_or(u16::MAX, |country| places.of(country)).to_le_bytes()
            }
        };
        Some([level, first, last, field, low, high])
    }
}

impl Post {
    /// How a job stands to it, the post at `at`; `None` for one that cannot be it.
    fn cells(&self, at: usize, job: &Job) -> Option<[u8; 6]> {
        let asked = &self.employment;
        let country = job.country.map(|told| told == asked.country);
        if country == Some(false) {
            return None;
        }
        let employer = job.employer.as_ref().map(|told| *told == asked.employer);
        if employer == Some(false) {
            return None;
        }
        let from = Span::from(job.from);
        let held = |day: Day| {
            let (surely, maybe) = match job.to {
                JobEnd::Ongoing => (true, true),
                JobEnd::NotTold => (false, true),
                JobEnd::On(to) => {
                    let to = Span::from(to);
                    (day <= to.first, day <= to.last)
                }
            };
            u8::from(from.first <= day && maybe) + u8::from(from.last <= day && surely)
        };
        // A reference day means three days at most.
        let on = |at: usize| self.days.get(at).map_or(0, |day| held(*day));
        let told = u8::from(employer.is_some()) * 2 + u8::from(country.is_some());
        Some([low_byte(at), told, on(0), on(1), on(2), 0])
    }
}

impl Facts {
    fn reduce(&self, profile: &Profile, seen: &mut Vec<u8>) {
        let Some(answer) = profile.facts.get(&self.id) else { return seen.push(UNTOLD) };
        for test in &self.tests {
            seen.push(u8::from(passes(test, answer)));
        }
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

/// Leaves out of the list that begins at `first` each degree that another one is as high as, and as
/// early however their days turn out.
fn keep_the_best(seen: &mut Vec<u8>, first: usize) {
    let (list, _) = seen.get_mut(first + 1..).unwrap_or_default().as_chunks_mut::<6>();
    let mut length = 0;
    for at in 0..list.len() {
        let Some([level, from, to, ..]) = list.get(at).copied() else { continue };
        let is_beaten = list
            .iter()
            .enumerate()
            .any(|(other, [l, f, t, ..])| other != at && *l >= level && *f <= from && *t <= to);
        if !is_beaten {
            list.swap(at, length);
            length += 1;
        }
    }
    seen.truncate(first + 1 + length * 6);
    if let Some(count) = seen.get_mut(first) {
        *count = low_byte(length);
    }
}

fn sort<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
}

/// A number below [`LONGEST`] as a byte.
pub(super) fn low_byte(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(UNTOLD - 1)
}
