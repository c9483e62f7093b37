//! Profiles as nearly every line tells them, read in one pass.
//!
//! What is read here is read as [`Profile::parse`] reads it. Whatever is not plainly right is left
//! to that: it alone judges what is wrong, and says so.

use std::borrow::Cow;

use chrono::NaiveDate;
use jiter::{Jiter, Peek};

use crate::dataset::Dataset;
use crate::profile::{
    Answer, Degree, EMPLOYERS, Job, JobEnd, LanguageSkill, MAX_BYTES, NUMBERS, Profile, Residence,
    Study, TestResult, end_behind, ends_before, not_after, thousandths,
};
use crate::rules::{FactDeclaration, FactType};
use crate::table::Table;
use crate::vocabulary::{
    CountryCode, DegreeLevel, ExperienceKind, LanguageCode, LanguageLevel, LevelRange, PartialDate,
    Text, Words,
};

const PROFILE: &[&str] = &[
    "format",
    "id",
    "birth_date",
    "nationalities",
    "residences",
    "degrees",
    "experience",
    "languages",
    "tests",
    "facts",
];
const RESIDENCE: &[&str] = &["country", "since", "permanent"];
const DEGREE: &[&str] = &["level", "field", "country", "awarded"];
const JOB: &[&str] = &["kind", "from", "to", "share", "paid", "country", "relevant", "employer"];
const LANGUAGE: &[&str] = &["language", "level"];
const TEST: &[&str] = &["test", "score", "taken"];

/// Reads one profile after another, into the same place.
#[derive(Debug)]
pub struct QuickReader<'d> {
    names: Names<'d>,
    profile: Profile,
    /// The lists of the last profile, empty: their room is used again.
    room: Profile,
    /// Where texts with escapes are written out.
    tape: Vec<u8>,
}

/// What names mean, looked up once each.
#[derive(Debug)]
struct Names<'d> {
    data: &'d Dataset,
    as_of: NaiveDate,
    countries: Table<Option<CountryCode>>,
    languages: Table<Option<LanguageCode>>,
    fields: Table<Option<Study>>,
}

impl<'d> QuickReader<'d> {
    /// Reads profiles of applications on `as_of`.
    pub fn new(data: &'d Dataset, as_of: NaiveDate) -> Self {
        let names = Names {
            data,
            as_of,
            countries: Table::default(),
            languages: Table::default(),
            fields: Table::default(),
        };
        let (profile, room) = (Profile::default(), Profile::default());
        Self { names, profile, room, tape: Vec::new() }
    }

    /// The profile that `line` tells, if it is plainly one.
    pub fn read(&mut self, line: &[u8]) -> Option<&Profile> {
        self.clear();
        if line.len() > MAX_BYTES {
            return None;
        }
        let mut json = Jiter::with_tape(line, std::mem::take(&mut self.tape));
        let told = self.names.profile(&mut json, &mut self.profile, &mut self.room);
        let told = told.and_then(|()| json.finish().ok());
        self.tape = json.into_tape();
        told.map(|()| &self.profile)
    }

    fn clear(&mut self) {
        fn keep<T>(list: &mut Option<Vec<T>>, room: &mut Option<Vec<T>>) {
            if let Some(mut list) = list.take() {
                list.clear();
                *room = Some(list);
            }
        }
        let (last, room) = (&mut self.profile, &mut self.room);
        last.id = None;
        last.birth_date = None;
        last.facts.clear();
        keep(&mut last.nationalities, &mut room.nationalities);
        keep(&mut last.residences, &mut room.residences);
        keep(&mut last.degrees, &mut room.degrees);
        keep(&mut last.experience, &mut room.experience);
        keep(&mut last.languages, &mut room.languages);
        keep(&mut last.tests, &mut room.tests);
    }
}

/// Reads an object, each member by its place in `keys`; `None` for any other key, for one that is
/// given twice and for whatever `member` does not take.
fn object(
    json: &mut Jiter<'_>,
    keys: &[&str],
    mut member: impl FnMut(&mut Jiter<'_>, usize) -> Option<()>,
) -> Option<()> {
    let mut seen = 0_u32;
    let mut next = 0;
    let mut key = json.next_object_bytes().ok()?;
    while let Some(name) = key {
        // Most write the keys in one order.
        let at = (next..keys.len())
            .chain(0..next)
            .find(|at| keys.get(*at).is_some_and(|key| key.as_bytes() == name))?;
        if seen >> at & 1 == 1 {
            return None;
        }
        seen |= 1 << at;
        next = at + 1;
        member(json, at)?;
        key = json.next_key_bytes().ok()?;
    }
    Some(())
}

/// Reads a list into `room` or a new one.
fn list<T>(
    json: &mut Jiter<'_>,
    room: &mut Option<Vec<T>>,
    mut item: impl FnMut(&mut Jiter<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let mut items = room.take().unwrap_or_default();
    let mut next = json.next_array().ok()?;
    while next.is_some() {
        items.push(item(json)?);
        next = json.array_step().ok()?;
    }
    Some(items)
}

/// A text as it is written: an escape in it is not undone, and whether it is UTF-8 is not looked at.
fn written<'j>(json: &'j mut Jiter<'_>) -> Option<&'j [u8]> {
    json.next_bytes().ok()
}

/// What is meant by what is written.
fn meant(written: &[u8]) -> Option<Cow<'_, str>> {
    let text = std::str::from_utf8(written).ok()?;
    if text.contains('\\') {
        return serde_json::from_str(&format!("\"{text}\"")).ok().map(Cow::Owned);
    }
    Some(text.into())
}

fn word<T: Words>(json: &mut Jiter<'_>) -> Option<T> {
    called(written(json)?)
}

fn called<T: Words>(written: &[u8]) -> Option<T> {
    T::WORDS.iter().find(|(word, _)| word.as_bytes() == written).map(|(_, value)| *value)
}

fn date(json: &mut Jiter<'_>) -> Option<PartialDate> {
    PartialDate::parse(written(json)?).ok()
}

fn flag(json: &mut Jiter<'_>) -> Option<bool> {
    json.next_bool().ok()
}

fn number<T: std::str::FromStr>(json: &mut Jiter<'_>) -> Option<T> {
    std::str::from_utf8(json.next_number_bytes().ok()?).ok()?.parse().ok()
}

impl Names<'_> {
    fn profile(
        &mut self,
        json: &mut Jiter<'_>,
        profile: &mut Profile,
        room: &mut Profile,
    ) -> Option<()> {
        object(json, PROFILE, |json, key| {
            match key {
                0 => (number::<i64>(json)? == 1).then_some(())?,
                1 => {
                    let id = json.next_str().ok()?;
                    profile.id = Some(Text::of(id)).filter(|id| !id.trim().is_empty());
                    profile.id.as_ref()?;
                }
                2 => profile.birth_date = Some(self.past(json)?),
                3 => {
                    let mut held = list(json, &mut room.nationalities, |json| self.country(json))?;
                    held.sort_unstable();
                    held.dedup();
                    profile.nationalities = Some(held);
                }
                4 => {
                    let lives = list(json, &mut room.residences, |json| self.residence(json))?;
                    profile.residences = Some(lives);
                }
                5 => {
                    let held = list(json, &mut room.degrees, |json| self.degree(json))?;
                    profile.degrees = Some(held);
                }
                6 => {
                    let jobs = list(json, &mut room.experience, |json| self.job(json))?;
                    profile.experience = Some(jobs);
                }
                7 => {
                    let spoken = list(json, &mut room.languages, |json| self.language(json))?;
                    let twice = |(at, skill): (usize, &LanguageSkill)| {
                        spoken.iter().take(at).any(|other| other.language == skill.language)
                    };
                    if spoken.iter().enumerate().any(twice) {
                        return None;
                    }
                    profile.languages = Some(spoken);
                }
                8 => {
                    let taken = list(json, &mut room.tests, |json| self.test(json))?;
                    profile.tests = Some(taken);
                }
                _ => self.facts(json, profile)?,
            }
            Some(())
        })
    }

    fn past(&self, json: &mut Jiter<'_>) -> Option<PartialDate> {
        not_after(date(json)?, self.as_of)
    }

    fn country(&mut self, json: &mut Jiter<'_>) -> Option<CountryCode> {
        let name = written(json)?;
        let data = self.data;
        let find = || data.countries.find(&meant(name)?).map(|country| country.code);
        *self.countries.get_or_keep(name, find)
    }

    fn residence(&mut self, json: &mut Jiter<'_>) -> Option<Residence> {
        let (mut country, mut since, mut permanent) = (None, None, None);
        object(json, RESIDENCE, |json, key| {
            match key {
                0 => country = Some(self.country(json)?),
                1 => since = Some(self.past(json)?),
                _ => permanent = Some(flag(json)?),
            }
            Some(())
        })?;
        Some(Residence { country: country?, since, permanent })
    }

    fn degree(&mut self, json: &mut Jiter<'_>) -> Option<Degree> {
        let (mut level, mut field, mut country, mut awarded) = (None, Study::NotTold, None, None);
        object(json, DEGREE, |json, key| {
            match key {
                0 => level = Some(word::<DegreeLevel>(json)?),
                1 => field = self.field(json)?,
                2 => country = Some(self.country(json)?),
                _ => awarded = Some(date(json)?),
            }
            Some(())
        })?;
        Some(Degree { level: level?, field, country, awarded })
    }

    fn field(&mut self, json: &mut Jiter<'_>) -> Option<Study> {
        let name = written(json)?;
        let data = self.data;
        let find = || {
            let name = meant(name).filter(|name| !name.trim().is_empty())?;
            let known = data.fields.find(&name).map(|field| Study::Field(field.id.clone()));
            Some(known.unwrap_or_else(|| Study::Unrecognised(Text::of(&name))))
        };
        self.fields.get_or_keep(name, find).clone()
    }

    fn job(&mut self, json: &mut Jiter<'_>) -> Option<Job> {
        let (mut kind, mut from, mut to) = (None, None, JobEnd::NotTold);
        let (mut share, mut paid, mut country) = (1.0, None, None);
        let (mut relevant, mut employer) = (None, None);
        object(json, JOB, |json, key| {
            match key {
                0 => kind = Some(word::<ExperienceKind>(json)?),
                1 => from = Some(date(json)?),
                2 => to = end(json)?,
                3 => share = number::<f64>(json).filter(|s| (0.001..=1.0).contains(s))?,
                4 => paid = Some(flag(json)?),
                5 => country = Some(self.country(json)?),
                6 => relevant = Some(flag(json)?),
                _ => {
                    let told = written(json)?;
                    let known = EMPLOYERS.iter().find(|employer| employer.as_bytes() == told)?;
                    employer = Some(Text::from(*known));
                }
            }
            Some(())
        })?;
        let (kind, from) = (kind?, from?);
        if let JobEnd::On(day) = to {
            if ends_before(from, day) {
                return None;
            }
            to = end_behind(from, day);
        }
        Some(Job {
            kind,
            from,
            to,
            share: thousandths(share),
            paid: paid.or(kind.usually_paid()),
            country,
            relevant: relevant.unwrap_or(true),
            relevance_told: relevant.is_some(),
            employer,
        })
    }

    fn language(&mut self, json: &mut Jiter<'_>) -> Option<LanguageSkill> {
        let (mut language, mut level) = (None, LevelRange::ANY);
        object(json, LANGUAGE, |json, key| {
            match key {
                0 => language = Some(self.language_called(written(json)?)?),
                _ => level = level_called(written(json)?)?,
            }
            Some(())
        })?;
        Some(LanguageSkill { language: language?, level })
    }

    fn language_called(&mut self, name: &[u8]) -> Option<LanguageCode> {
        let data = self.data;
        let find = || data.languages.find(&meant(name)?).map(|language| language.code);
        *self.languages.get_or_keep(name, find)
    }

    fn test(&mut self, json: &mut Jiter<'_>) -> Option<TestResult> {
        let (mut test, mut score, mut taken) = (None, None, None);
        let tests = &self.data.languages.tests;
        object(json, TEST, |json, key| {
            match key {
                0 => {
                    let id = json.next_str().ok()?;
                    test = Some(tests.iter().find(|test| test.id == id)?);
                }
                1 => score = Some(number::<f64>(json)?),
                _ => taken = Some(self.past(json)?),
            }
            Some(())
        })?;
        let test = test?;
        let (low, high) = test.scale;
        score
            .is_none_or(|score| (low..=high).contains(&score) && (0.0..=1000.0).contains(&score))
            .then_some(())?;
        Some(TestResult { test: test.id.clone(), score, taken })
    }

    fn facts(&self, json: &mut Jiter<'_>, profile: &mut Profile) -> Option<()> {
        let mut key = json.next_object().ok()?;
        while let Some(id) = key {
            let declared = self.data.fact(id)?;
            let answer = answer(json, declared)?;
            if profile.facts.insert(declared.id.clone(), answer).is_some() {
                return None;
            }
            key = json.next_key().ok()?;
        }
        Some(())
    }
}

fn end(json: &mut Jiter<'_>) -> Option<JobEnd> {
    if json.peek().ok()? == Peek::Null {
        return json.known_null().ok().map(|()| JobEnd::Ongoing);
    }
    match written(json)? {
        b"ongoing" => Some(JobEnd::Ongoing),
        day => PartialDate::parse(day).ok().map(JobEnd::On),
    }
}

fn level_called(written: &[u8]) -> Option<LevelRange> {
    let exact = called::<LanguageLevel>(written).map(LevelRange::exact);
    exact.or_else(|| LevelRange::parse(&meant(written)?))
}

fn answer(json: &mut Jiter<'_>, declared: &FactDeclaration) -> Option<Answer> {
    match &declared.kind {
        FactType::Flag => flag(json).map(Answer::Flag),
        FactType::Number => {
            number(json).filter(|number| NUMBERS.contains(number)).map(Answer::Number)
        }
        FactType::Choice(choices) => {
            let told = written(json)?;
            let choice = choices.iter().find(|choice| choice.as_bytes() == told);
            choice.cloned().map(Answer::Choice)
        }
        FactType::Date => date(json).map(Answer::Date),
    }
}
