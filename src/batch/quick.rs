//! Profiles as nearly every line tells them, read in one pass.
//!
//! What is read here is read as [`Profile::parse`] reads it. Whatever is not plainly right is left
//! to that: it alone judges what is wrong, and says so.

mod names;
mod scanner;

use chrono::NaiveDate;

use self::names::{Names, meant};
use self::scanner::Scanner;
use crate::dataset::{Dataset, LanguageTest};
use crate::profile::{
    Answer, Degree, EMPLOYERS, Facts, Job, JobEnd, LanguageSkill, MAX_BYTES, NUMBERS, Profile,
    Residence, Study, TestResult, end_behind, ends_before, not_after, thousandths,
};
use crate::rules::{FactDeclaration, FactType};
use crate::vocabulary::{
    CountryCode, ExperienceKind, LanguageLevel, LevelRange, PartialDate, Text, Words,
};

/// Reads one profile after another, into the same place.
#[derive(Debug)]
pub struct QuickReader<'d> {
    reader: Reader<'d>,
    profile: Profile,
    /// The texts and lists of the last profile: their room is used again.
    room: Profile,
}

impl<'d> QuickReader<'d> {
    /// Reads profiles of applications on `as_of`.
    pub fn new(data: &'d Dataset, as_of: NaiveDate) -> Self {
        let reader = Reader { data, as_of, names: Names::new(data) };
        Self { reader, profile: Profile::default(), room: Profile::default() }
    }

    /// The profile that `line` tells, if it is plainly one.
    pub fn read(&mut self, line: &[u8]) -> Option<&Profile> {
        self.clear();
        if line.len() > MAX_BYTES {
            return None;
        }
        let mut json = Scanner::new(line);
        self.reader.profile(&mut json, &mut self.profile, &mut self.room)?;
        json.end()?;
        Some(&self.profile)
    }

    fn clear(&mut self) {
        fn keep<T>(told: &mut Option<T>, room: &mut Option<T>, clear: impl FnOnce(&mut T)) {
            // What is told took the room that there was.
            if let Some(last) = told {
                clear(last);
                std::mem::swap(told, room);
            }
        }
        let (last, room) = (&mut self.profile, &mut self.room);
        keep(&mut last.id, &mut room.id, |_| {});
        last.birth_date = None;
        last.facts.clear();
        keep(&mut last.nationalities, &mut room.nationalities, Vec::clear);
        keep(&mut last.residences, &mut room.residences, Vec::clear);
        keep(&mut last.degrees, &mut room.degrees, Vec::clear);
        keep(&mut last.experience, &mut room.experience, Vec::clear);
        keep(&mut last.languages, &mut room.languages, Vec::clear);
        keep(&mut last.tests, &mut room.tests, Vec::clear);
    }
}

/// Puts what is told in its place; `None` if it is not told plainly, or if it was told before.
fn once<T>(place: &mut Option<T>, told: Option<T>) -> Option<()> {
    if place.is_some() {
        return None;
    }
    *place = Some(told?);
    Some(())
}

/// Reads a list into `room` or a new one.
fn list<'l, T>(
    json: &mut Scanner<'l>,
    room: &mut Option<Vec<T>>,
    mut item: impl FnMut(&mut Scanner<'l>) -> Option<T>,
) -> Option<Vec<T>> {
    let mut items = room.take().unwrap_or_default();
    json.list(|json| item(json).map(|item| items.push(item)))?;
    Some(items)
}

fn format(json: &mut Scanner<'_>) -> Option<()> {
    (json.number::<u32>()? == 1).then_some(())
}

fn id(json: &mut Scanner<'_>, room: &mut Option<Text>) -> Option<Text> {
    let written = json.text()?;
    let mut id = room.take().unwrap_or_default();
    let is_plain = |byte: &u8| byte.is_ascii_graphic() && *byte != b'\\';
    if !written.is_empty() && written.iter().all(is_plain) {
        id.become_ascii(written).then_some(id)
    } else {
        let told = meant(written)?;
        (!told.trim().is_empty()).then(|| Text::of(&told))
    }
}

fn word<T: Words>(json: &mut Scanner<'_>) -> Option<T> {
    T::spelled(json.text()?)
}

fn date(json: &mut Scanner<'_>) -> Option<PartialDate> {
    let day = json.text_of(|day: &[u8; 10]| PartialDate::parse(day).ok());
    day.or_else(|| PartialDate::parse(json.text()?).ok())
}

fn end(json: &mut Scanner<'_>) -> Option<JobEnd> {
    if json.peek()? == b'n' {
        return json.null().map(|()| JobEnd::Ongoing);
    }
    if json.word(b"\"ongoing\"").is_some() {
        return Some(JobEnd::Ongoing);
    }
    date(json).map(JobEnd::On)
}

fn share(json: &mut Scanner<'_>) -> Option<f64> {
    json.number().filter(|share| (0.001..=1.0).contains(share))
}

fn employer(json: &mut Scanner<'_>) -> Option<Text> {
    let told = json.text()?;
    EMPLOYERS.iter().find(|employer| employer.as_bytes() == told).map(|employer| (*employer).into())
}

fn level(json: &mut Scanner<'_>) -> Option<LevelRange> {
    let told = json.text()?;
    let exact = LanguageLevel::spelled(told).map(LevelRange::exact);
    exact.or_else(|| LevelRange::parse(&meant(told)?))
}

fn answer(json: &mut Scanner<'_>, declared: &FactDeclaration) -> Option<Answer> {
    match &declared.kind {
        FactType::Flag => json.flag().map(Answer::Flag),
        FactType::Number => {
            json.number().filter(|number| NUMBERS.contains(number)).map(Answer::Number)
        }
        FactType::Choice(choices) => {
            let told = json.text()?;
            let choice = choices.iter().find(|choice| choice.as_bytes() == told);
            choice.cloned().map(Answer::Choice)
        }
        FactType::Date => date(json).map(Answer::Date),
    }
}

/// Reads the parts of a profile, keys in any order.
#[derive(Debug)]
struct Reader<'d> {
    data: &'d Dataset,
    as_of: NaiveDate,
    names: Names<'d>,
}

impl Reader<'_> {
    fn profile(
        &mut self,
        json: &mut Scanner<'_>,
        profile: &mut Profile,
        room: &mut Profile,
    ) -> Option<()> {
        let (mut format_told, mut facts_told) = (None, None);
        json.object(|json, key| match &key {
            b"fo" => once(&mut format_told, format(json.value_of("format")?)),
            b"id" => once(&mut profile.id, id(json.value_of("id")?, &mut room.id)),
            b"bi" => once(&mut profile.birth_date, self.past(json.value_of("birth_date")?)),
            b"na" => {
                let json = json.value_of("nationalities")?;
                let mut held = list(json, &mut room.nationalities, |json| self.country(json))?;
                held.sort_unstable();
                held.dedup();
                once(&mut profile.nationalities, Some(held))
            }
            b"re" => {
                let json = json.value_of("residences")?;
                let lives = list(json, &mut room.residences, |json| self.residence(json));
                once(&mut profile.residences, lives)
            }
            b"de" => {
                let json = json.value_of("degrees")?;
                let held = list(json, &mut room.degrees, |json| self.degree(json));
                once(&mut profile.degrees, held)
            }
            b"ex" => {
                let json = json.value_of("experience")?;
                let jobs = list(json, &mut room.experience, |json| self.job(json));
                once(&mut profile.experience, jobs)
            }
            b"la" => {
                let json = json.value_of("languages")?;
                let spoken = list(json, &mut room.languages, |json| self.language(json))?;
                once(&mut profile.languages, each_once(spoken))
            }
            b"te" => {
                let json = json.value_of("tests")?;
                let taken = list(json, &mut room.tests, |json| self.test(json));
                once(&mut profile.tests, taken)
            }
            b"fa" => once(&mut facts_told, self.facts(json.value_of("facts")?, &mut profile.facts)),
            _ => None,
        })
    }

    fn past(&self, json: &mut Scanner<'_>) -> Option<PartialDate> {
        not_after(date(json)?, self.as_of)
    }

    fn country(&mut self, json: &mut Scanner<'_>) -> Option<CountryCode> {
        self.names.country(json.text()?)
    }

    fn residence(&mut self, json: &mut Scanner<'_>) -> Option<Residence> {
        let (mut country, mut since, mut permanent) = (None, None, None);
        json.object(|json, key| match &key {
            b"co" => once(&mut country, self.country(json.value_of("country")?)),
            b"si" => once(&mut since, self.past(json.value_of("since")?)),
            b"pe" => once(&mut permanent, json.value_of("permanent")?.flag()),
            _ => None,
        })?;
        Some(Residence { country: country?, since, permanent })
    }

    fn degree(&mut self, json: &mut Scanner<'_>) -> Option<Degree> {
        let (mut level, mut field, mut country, mut awarded) = (None, None, None, None);
        json.object(|json, key| match &key {
            b"le" => once(&mut level, word(json.value_of("level")?)),
            b"fi" => once(&mut field, self.names.field(json.value_of("field")?.text()?)),
            b"co" => once(&mut country, self.country(json.value_of("country")?)),
            b"aw" => once(&mut awarded, date(json.value_of("awarded")?)),
            _ => None,
        })?;
        Some(Degree { level: level?, field: field.unwrap_or(Study::NotTold), country, awarded })
    }

    fn job(&mut self, json: &mut Scanner<'_>) -> Option<Job> {
        let (mut kind, mut from, mut to, mut full) = (None::<ExperienceKind>, None, None, None);
        let (mut paid, mut country, mut relevant, mut by) = (None, None, None, None);
        json.object(|json, key| match &key {
            b"ki" => once(&mut kind, word(json.value_of("kind")?)),
            b"fr" => once(&mut from, date(json.value_of("from")?)),
            b"to" => once(&mut to, end(json.value_of("to")?)),
            b"sh" => once(&mut full, share(json.value_of("share")?)),
            b"pa" => once(&mut paid, json.value_of("paid")?.flag()),
            b"co" => once(&mut country, self.country(json.value_of("country")?)),
            b"re" => once(&mut relevant, json.value_of("relevant")?.flag()),
            b"em" => once(&mut by, employer(json.value_of("employer")?)),
            _ => None,
        })?;
        let (kind, from) = (kind?, from?);
        if let Some(JobEnd::On(day)) = to {
            if ends_before(from, day) {
                return None;
            }
            to = Some(end_behind(from, day));
        }
        Some(Job {
            kind,
            from,
            to: to.unwrap_or(JobEnd::NotTold),
            share: full.map_or(1000, thousandths),
            paid: paid.or(kind.usually_paid()),
            country,
            relevant: relevant.unwrap_or(true),
            relevance_told: relevant.is_some(),
            employer: by,
        })
    }

    fn language(&mut self, json: &mut Scanner<'_>) -> Option<LanguageSkill> {
        let (mut language, mut told) = (None, None);
        json.object(|json, key| match &key {
            b"la" => once(&mut language, self.names.language(json.value_of("language")?.text()?)),
            b"le" => once(&mut told, level(json.value_of("level")?)),
            _ => None,
        })?;
        Some(LanguageSkill { language: language?, level: told.unwrap_or(LevelRange::ANY) })
    }

    fn test(&self, json: &mut Scanner<'_>) -> Option<TestResult> {
        let (mut test, mut score, mut taken) = (None, None, None);
        json.object(|json, key| match &key {
            b"te" => once(&mut test, self.test_called(json.value_of("test")?.text()?)),
            b"sc" => once(&mut score, json.value_of("score")?.number::<f64>()),
            b"ta" => once(&mut taken, self.past(json.value_of("taken")?)),
            _ => None,
        })?;
        let LanguageTest { id, scale: (low, high), .. } = test?;
        let fits = |score: f64| (*low..=*high).contains(&score) && (0.0..=1000.0).contains(&score);
        score.is_none_or(fits).then(|| TestResult { test: id.clone(), score, taken })
    }

    fn test_called(&self, id: &[u8]) -> Option<&LanguageTest> {
        self.data.languages.tests.iter().find(|test| test.id.as_bytes() == id)
    }

    fn facts(&self, json: &mut Scanner<'_>, told: &mut Facts) -> Option<()> {
        json.object(|json, _| {
            let id = json.key()?;
            let declared = self.data.facts.iter().find(|fact| fact.id.as_bytes() == id)?;
            let answer = answer(json, declared)?;
            told.insert(declared.id.clone(), answer).is_none().then_some(())
        })
    }
}

/// The languages, if none is told twice.
fn each_once(spoken: Vec<LanguageSkill>) -> Option<Vec<LanguageSkill>> {
    let mut left = spoken.as_slice();
    while let [one, others @ ..] = left {
        if others.iter().any(|other| other.language == one.language) {
            return None;
        }
        left = others;
    }
    Some(spoken)
}
