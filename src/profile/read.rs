//! Text → [`Profile`], or everything that is wrong with it.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::{
    Answer, Degree, Facts, Job, JobEnd, LanguageSkill, MAX_BYTES, PROFILE, Profile, Residence,
    Study, TestResult,
};
use crate::dataset::Dataset;
use crate::diagnostic::{Code, Diagnostic, Problems, Sink, SourceText};
use crate::document::{
    Names, Namespace, Node, Notation, Table, check, is_ongoing, meant, parse_json,
};
use crate::rules::{FactDeclaration, FactType};
use crate::suggest::{did_you_mean, fold};
use crate::vocabulary::{
    CountryCode, DegreeLevel, ExperienceKind, LevelRange, PartialDate, Text, Words,
};

impl Profile {
    /// Reads a profile from JSON text. `name` is how messages call the text.
    ///
    /// Names of countries and languages are resolved by `data`; `as_of` bounds what cannot be in
    /// the future. A leading byte order mark is skipped.
    ///
    /// # Errors
    /// Everything that is wrong, all at once; see [`Code`] for the kinds.
    ///
    /// # Examples
    /// ```
    /// use jpo_check::{dataset::Dataset, profile::Profile};
    /// let data = Dataset::embedded().unwrap();
    /// let as_of = "2026-11-22".parse().unwrap();
    /// let text = r#"{"birth_date": "1996-04", "nationalities": ["Kenya"]}"#;
    /// let profile = Profile::parse(text, "me.json", data, as_of).unwrap();
    /// assert_eq!(profile.birth_date.unwrap().last().to_string(), "1996-04-30");
    /// assert!(profile.degrees.is_none());
    /// ```
    pub fn parse(
        text: &str,
        name: &str,
        data: &Dataset,
        as_of: NaiveDate,
    ) -> Result<Self, Problems> {
        let mut sink = Sink::new(name);
        let profile = Self::parse_into(text, data, as_of, &mut sink);
        if let (Some(profile), true) = (profile, sink.is_empty()) {
            return Ok(profile);
        }
        let texts = vec![SourceText { name: name.to_owned(), text: text.to_owned() }];
        let mut problems = Problems { list: sink.into_list(), texts };
        problems.sort();
        Err(problems)
    }

    fn parse_into(
        text: &str,
        data: &Dataset,
        as_of: NaiveDate,
        sink: &mut Sink<'_>,
    ) -> Option<Self> {
        let text = bounded("profile", text, sink)?;
        let node = parse_json(&text, sink)?;
        Self::check_and_read(&node, data, as_of, sink)
    }

    /// Reads a profile from a tree of which nothing is known yet.
    pub(super) fn check_and_read(
        node: &Node<'_>,
        data: &Dataset,
        as_of: NaiveDate,
        sink: &mut Sink<'_>,
    ) -> Option<Self> {
        let is_ours = check(node, &PROFILE, &ProfileNames { data }, sink);
        is_ours.then(|| Self::read(node, data, as_of, sink))
    }

    /// Reads a profile from a tree that has the [`PROFILE`]'s shape, be it JSON or TOML.
    pub(crate) fn read(
        node: &Node<'_>,
        data: &Dataset,
        as_of: NaiveDate,
        sink: &mut Sink<'_>,
    ) -> Self {
        Reader { data, as_of, sink }.profile(&node.table())
    }
}

/// The problem of a `what` of more than [`MAX_BYTES`].
pub(crate) fn too_large(what: &str, bytes: u64) -> Diagnostic {
    let message = format!("the {what} has {bytes} bytes; at most {MAX_BYTES} are read");
    Diagnostic::new(Code::TooLarge, 0..0, message)
}

/// The text if it is not too large, a byte order mark blanked.
pub(super) fn bounded<'t>(what: &str, text: &'t str, sink: &mut Sink<'_>) -> Option<Cow<'t, str>> {
    if text.len() > MAX_BYTES {
        sink.record(too_large(what, u64::try_from(text.len()).unwrap_or(u64::MAX)));
        return None;
    }
    // A byte order mark is white space to a reader; blanking keeps every offset as it is.
    let blanked = text.strip_prefix('\u{feff}').map(|rest| Cow::Owned(format!("   {rest}")));
    Some(blanked.unwrap_or(Cow::Borrowed(text)))
}

/// The names that a profile may use.
pub(super) struct ProfileNames<'a> {
    pub(super) data: &'a Dataset,
}

impl Names for ProfileNames<'_> {
    fn knows(&self, namespace: Namespace, name: &str) -> bool {
        match namespace {
            Namespace::Country => self.data.countries.code_of(name).is_some(),
            Namespace::Language => self.data.languages.code_of(name).is_some(),
            Namespace::Test => self.data.languages.find_test(name).is_some(),
            _ => false,
        }
    }

    fn suggest(&self, namespace: Namespace, name: &str) -> Option<String> {
        match namespace {
            Namespace::Country => self.data.countries.suggest(name),
            Namespace::Language => self.data.languages.suggest(name),
            _ => {
                let tests = &self.data.languages.tests;
                let ids: Vec<&str> = tests.iter().map(|test| test.id.as_str()).collect();
                did_you_mean(name, ids.iter().copied())
                    .or_else(|| Some(format!("the tests are: {}", ids.join(", "))))
            }
        }
    }

    fn meant(&self, namespace: Namespace, name: &str) -> Option<String> {
        let ids = self.data.languages.tests.iter().map(|test| test.id.as_str());
        let id = (namespace == Namespace::Test).then(|| meant(name, ids))?;
        id.map(str::to_owned)
    }

    fn level_words(&self) -> Option<Vec<&str>> {
        None
    }

    fn notation(&self) -> Notation {
        Notation::Json
    }
}

struct Reader<'a, 's, 'f> {
    data: &'a Dataset,
    as_of: NaiveDate,
    sink: &'s mut Sink<'f>,
}

// Whatever can be wrong is looked at before an item is given up for something else that is wrong.
impl Reader<'_, '_, '_> {
    fn profile(&mut self, table: &Table<'_, '_>) -> Profile {
        Profile {
            id: table.kept("id"),
            birth_date: self.past(table, "birth_date", "a birth date"),
            nationalities: self.nationalities(table),
            residences: list(table, "residences", |node| self.residence(&node.table())),
            degrees: list(table, "degrees", |node| self.degree(&node.table())),
            experience: list(table, "experience", |node| self.job(&node.table())),
            languages: self.languages(table),
            tests: list(table, "tests", |node| self.test(&node.table())),
            facts: table.get("facts").map(|node| self.facts(node)).unwrap_or_default(),
        }
    }

    /// A date that cannot lie wholly in the future, cut to the days that do not.
    fn past(&mut self, table: &Table<'_, '_>, key: &str, what: &str) -> Option<PartialDate> {
        let past = not_after(date(table, key)?, self.as_of);
        if past.is_none() {
            let message = format!("{what} cannot be later than {}", self.as_of);
            self.sink.report(Code::FutureDate, table.get(key)?.span.clone(), message);
        }
        past
    }

    fn nationalities(&mut self, table: &Table<'_, '_>) -> Option<Vec<CountryCode>> {
        let mut codes = list(table, "nationalities", |node| self.country_of(node.text()?))?;
        codes.sort_unstable();
        codes.dedup();
        Some(codes)
    }

    fn country(&self, table: &Table<'_, '_>) -> Option<CountryCode> {
        self.country_of(table.text("country")?)
    }

    fn country_of(&self, text: &str) -> Option<CountryCode> {
        self.data.countries.code_of(text)
    }

    fn residence(&mut self, table: &Table<'_, '_>) -> Option<Residence> {
        let since = self.past(table, "since", "the start of a residence");
        let permanent = table.flag("permanent");
        Some(Residence { country: self.country(table)?, since, permanent })
    }

    fn degree(&mut self, table: &Table<'_, '_>) -> Option<Degree> {
        let level = table.text("level").and_then(DegreeLevel::from_word)?;
        let country = self.country(table);
        let awarded = date(table, "awarded");
        Some(Degree { level, field: self.field(table), country, awarded })
    }

    fn field(&self, table: &Table<'_, '_>) -> Study {
        let Some(text) = table.text("field") else { return Study::NotTold };
        let known = self.data.fields.find(text);
        known.map_or_else(|| Study::Unrecognised(Text::of(text)), |f| Study::Field(f.id.clone()))
    }

    fn job(&mut self, table: &Table<'_, '_>) -> Option<Job> {
        let from = date(table, "from");
        let to = from.map(|from| self.job_end(table, from));
        let kind = table.text("kind").and_then(ExperienceKind::from_word)?;
        let share = table.get("share").and_then(Node::number).unwrap_or(1.0);
        Some(Job {
            kind,
            from: from?,
            to: to?,
            share: thousandths(share),
            paid: table.flag("paid").or(kind.usually_paid()),
            country: self.country(table),
            relevant: table.flag("relevant").unwrap_or(true),
            relevance_told: table.has("relevant"),
            employer: table.kept("employer"),
        })
    }

    fn job_end(&mut self, table: &Table<'_, '_>, from: PartialDate) -> JobEnd {
        let Some(node) = table.get("to") else { return JobEnd::NotTold };
        if is_ongoing(node) {
            return JobEnd::Ongoing;
        }
        let Some(to) = date(table, "to") else { return JobEnd::NotTold };
        if ends_before(from, to) {
            let message = format!("the job ends ({to}) before it begins ({from})");
            self.sink.report(Code::DatesReversed, node.span.clone(), message);
        }
        end_behind(from, to)
    }

    fn languages(&mut self, table: &Table<'_, '_>) -> Option<Vec<LanguageSkill>> {
        let mut skills: Vec<LanguageSkill> = Vec::new();
        for node in table.get("languages")?.items() {
            let item = node.table();
            let Some(language) =
                item.text("language").and_then(|text| self.data.languages.code_of(text))
            else {
                continue;
            };
            if skills.iter().any(|skill| skill.language == language) {
                let message = format!("{} is listed twice", self.data.languages.name(language));
                self.sink.report(Code::DuplicateId, node.span.clone(), message);
            }
            let level = item.text("level").map_or(Some(LevelRange::ANY), LevelRange::parse);
            let level = level.unwrap_or(LevelRange::ANY);
            skills.push(LanguageSkill { language, level });
        }
        Some(skills)
    }

    fn test(&mut self, table: &Table<'_, '_>) -> Option<TestResult> {
        let taken = self.past(table, "taken", "a test");
        let test = self.data.languages.find_test(table.text("test")?)?;
        let score = table.get("score").and_then(Node::number);
        let (low, high) = test.scale;
        if let (Some(node), Some(score)) = (table.get("score"), score)
            && !(low..=high).contains(&score)
        {
            let message = format!("{} scores lie between {low} and {high}", test.name);
            self.sink.report(Code::OutOfRange, node.span.clone(), message);
        }
        Some(TestResult { test: test.id.clone(), score, taken })
    }

    fn facts(&mut self, node: &Node<'_>) -> Facts {
        let mut facts = Facts::default();
        for entry in node.table().entries() {
            let Some(declared) = self.data.fact(&entry.key) else {
                self.unknown_fact(entry);
                continue;
            };
            match answer(declared, &entry.node) {
                Ok(answer) => {
                    facts.insert(declared.id.clone(), answer);
                }
                Err(wanted) => {
                    let message = format!("`{}` takes {wanted}", entry.key);
                    let help = instead_of(declared, &entry.node);
                    let span = entry.node.span.clone();
                    self.sink.report_with_help(Code::WrongType, span, message, help);
                }
            }
        }
        facts
    }

    fn unknown_fact(&mut self, entry: &crate::document::Entry<'_>) {
        let ids: Vec<&str> = self.data.facts.iter().map(|fact| fact.id.as_str()).collect();
        let help = did_you_mean(&entry.key, ids.iter().copied())
            .unwrap_or_else(|| format!("the facts are: {}", ids.join(", ")));
        let message = format!("there is no fact `{}`", entry.key);
        self.sink.report_with_help(Code::UnknownId, entry.key_span.clone(), message, help);
    }
}

fn date(table: &Table<'_, '_>, key: &str) -> Option<PartialDate> {
    PartialDate::parse(table.text(key)?).ok()
}

/// Reads a list; items with problems, reported already, are left out.
fn list<T>(
    table: &Table<'_, '_>,
    key: &str,
    item: impl FnMut(&Node<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    table.get(key).map(|node| node.items().iter().filter_map(item).collect())
}

/// The days of `date` that are not later than `as_of`; `None` if there are none.
pub(crate) fn not_after(date: PartialDate, as_of: NaiveDate) -> Option<PartialDate> {
    let past = PartialDate::between(date.first(), date.last().min(as_of));
    (date.first() <= as_of).then_some(past)
}

/// Whether a job of these days ends before it begins, whatever they mean.
pub(crate) fn ends_before(from: PartialDate, to: PartialDate) -> bool {
    to.last() < from.first()
}

/// The end of a job: the days of `to` that are not before every day of `from`.
pub(crate) fn end_behind(from: PartialDate, to: PartialDate) -> JobEnd {
    JobEnd::On(PartialDate::between(to.first().max(from.first()), to.last()))
}

/// A share of full time in thousandths.
pub(crate) fn thousandths(share: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the shape bounds a share to 0.001 to 1.0"
    )]
    let thousandths = (share * 1000.0).round() as u32;
    thousandths.clamp(1, 1000)
}

/// The numbers that a declared fact can be.
pub(crate) const NUMBERS: std::ops::RangeInclusive<i64> = 0..=100_000;

/// How an answer that is none of a declared fact's is to be written, as it is meant if that can be
/// told.
fn instead_of(declared: &FactDeclaration, node: &Node<'_>) -> String {
    let text = node.text().unwrap_or_default();
    match &declared.kind {
        FactType::Flag => match fold(text).as_str() {
            "true" | "yes" | "y" => "write `true`".to_owned(),
            "false" | "no" | "n" => "write `false`".to_owned(),
            _ => "write `true` or `false`".to_owned(),
        },
        FactType::Number => match text.trim().parse::<i64>() {
            Ok(number) if NUMBERS.contains(&number) => format!("write `{number}`"),
            _ => "write a number such as `21`, without quotes, sign or fraction".to_owned(),
        },
        FactType::Choice(choices) => {
            let words = choices.iter().map(Text::as_str);
            // A text has its quotes already, or stands where none are needed.
            let one = if node.text().is_some() { "one of them" } else { "one of them in quotes" };
            match meant(text, words.clone()) {
                Some(word) => format!("write `{word}`"),
                None => did_you_mean(text, words).unwrap_or_else(|| format!("write {one}")),
            }
        }
        FactType::Date => "write it in quotes, such as `\"2021-09-17\"`".to_owned(),
    }
}

fn answer(declared: &FactDeclaration, node: &Node<'_>) -> Result<Answer, String> {
    let found = match &declared.kind {
        FactType::Flag => node.flag().map(Answer::Flag),
        FactType::Number => {
            node.whole().filter(|number| NUMBERS.contains(number)).map(Answer::Number)
        }
        FactType::Choice(choices) => node
            .text()
            .filter(|text| choices.iter().any(|choice| choice == text))
            .map(|text| Answer::Choice(Text::of(text))),
        FactType::Date => {
            node.text().and_then(|text| PartialDate::parse(text).ok()).map(Answer::Date)
        }
    };
    found.ok_or_else(|| match &declared.kind {
        FactType::Flag => "true or false".to_owned(),
        FactType::Number => match &declared.unit {
            Some(unit) => format!("a whole number of {unit}, 0 or more"),
            None => "a whole number, 0 or more".to_owned(),
        },
        FactType::Choice(choices) => format!("one of {}", choices.join(", ")),
        FactType::Date => "a date as `2021-09-17`, `2021-09` or `2021`".to_owned(),
    })
}
