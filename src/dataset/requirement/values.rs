//! The values of a rule's table → the rule.

use crate::diagnostic::{Code, Sink};
use crate::document::{Node, Table};
use crate::rules::{
    Age, AgeRaise, BirthDay, Branch, Condition, Counting, Degree, Employment, Experience, FactTest,
    LanguageLevelWord, LanguageRule, OwnedTest, Path, Qualification, RaiseDegree, ReferenceDay,
    Since, Skill, Weight,
};
use crate::vocabulary::{CountryCode, DegreeLevel, ExperienceKind, Text, Words};

use crate::dataset::countries::Countries;
use crate::dataset::languages::Languages;
use crate::dataset::registry::Registry;

pub(super) fn countries(table: &Table<'_, '_>, key: &str, known: &Countries) -> Vec<CountryCode> {
    table.texts(key).filter_map(|text| known.find(text)).map(|country| country.code).collect()
}

pub(super) fn branch(table: &Table<'_, '_>, registry: &Registry) -> Branch {
    let speaks = table.nodes("speaks").iter().filter_map(|node| {
        let table = node.table();
        Some(Skill {
            language: registry.languages.find(table.text("language")?)?.code,
            level: level_word(table.text("level")?, &registry.languages)?,
        })
    });
    Branch {
        national_of: countries(table, "national_of", &registry.countries),
        in_group: table.all_kept("in_group"),
        resident_in: countries(table, "resident_in", &registry.countries),
        permanent: table.is_true("permanent"),
        fact: table.kept("fact"),
        studied_in: countries(table, "studied_in", &registry.countries),
        studied_in_group: table.all_kept("studied_in_group"),
        speaks: speaks.collect(),
    }
}

fn level_word(word: &str, languages: &Languages) -> Option<LanguageLevelWord> {
    languages.level_words.iter().find(|known| known.word == word).cloned()
}

/// Reads a reference day; a missing key is a page that names none.
pub(super) fn reference_day(table: &Table<'_, '_>, key: &str) -> ReferenceDay {
    let Some(node) = table.get(key) else { return ReferenceDay::NotStated };
    if let Some(day) = node.day() {
        return ReferenceDay::On(day);
    }
    match node.text().unwrap_or_default() {
        "application" => ReferenceDay::Application,
        "call_open" => ReferenceDay::CallOpen,
        "call_close" => ReferenceDay::CallClose,
        "year_start" => ReferenceDay::InYear { month: 1, day: 1 },
        "year_end" => ReferenceDay::InYear { month: 12, day: 31 },
        "entry_on_duty" => ReferenceDay::EntryOnDuty,
        text => crate::document::month_day_of(text)
            .map_or(ReferenceDay::NotStated, |(month, day)| ReferenceDay::InYear { month, day }),
    }
}

pub(super) fn age(table: &Table<'_, '_>, registry: &Registry, sink: &mut Sink<'_>) -> Age {
    let under = table.whole("under").map(|years| years - 1);
    let (max, min) = (table.whole("max").or(under), table.whole("min"));
    exclusive(table, &["max", "under", "born_from"], sink);
    if let (Some(max), Some(min), Some(node)) = (max, min, table.get("min"))
        && min > max
    {
        let message = format!("nobody is both at least {min} and at most {max}");
        sink.report(Code::Contradiction, node.span.clone(), message);
    }
    let raises = table.nodes("raise").iter().filter_map(|node| raise(node, registry, sink));
    Age {
        max,
        min,
        under: under.is_some(),
        born_from: table.get("born_from").and_then(born_from),
        on: reference_day(table, "on"),
        raises: raises.collect(),
    }
}

fn born_from(node: &Node<'_>) -> Option<BirthDay> {
    if let Some(day) = node.day() {
        return Some(BirthDay::On(day));
    }
    let table = node.table();
    let (month, day) = crate::document::month_day_of(table.text("day")?)?;
    Some(BirthDay::YearsBefore { month, day, years: table.whole("years_before")? })
}

fn raise(node: &Node<'_>, registry: &Registry, sink: &mut Sink<'_>) -> Option<AgeRaise> {
    let table = node.table();
    needs(&table, "degree_level", "degree_field", sink);
    let fields = table.all_kept("degree_field");
    let level = table.text("degree_level").and_then(DegreeLevel::from_word);
    let level = level.unwrap_or(DegreeLevel::Bachelor);
    let degree = (!fields.is_empty()).then_some(RaiseDegree { fields, level });
    let fact = if degree.is_some() && !table.has("fact") {
        None
    } else {
        Some(fact_test(&table, registry, sink)?)
    };
    Some(AgeRaise { years: table.whole("years")?, fact, degree })
}

/// Reads `fact` with its test, and checks that the test fits the fact's type.
fn fact_test(table: &Table<'_, '_>, registry: &Registry, sink: &mut Sink<'_>) -> Option<FactTest> {
    let start = table.span.start..table.span.start + 1;
    let Some(node) = table.get("fact") else {
        sink.report(Code::Empty, start, "this names no fact to test");
        return None;
    };
    let id = node.kept()?;
    let (kind, choices) = registry.fact_types.get(&id)?;
    exclusive(table, &["is", "one_of", "at_least"], sink);
    exclusive(table, &["is", "one_of", "at_most"], sink);
    if let (Some(low), Some(high), Some(node)) =
        (table.whole("at_least"), table.whole("at_most"), table.get("at_most"))
        && high < low
    {
        let message = format!("no number is both at least {low} and at most {high}");
        sink.report(Code::Contradiction, node.span.clone(), message);
    }
    let bounds = table.has("at_least") || table.has("at_most");
    let test = if let Some(value) = table.flag("is") {
        ("flag", FactTest::Is(id, value))
    } else if table.has("one_of") {
        check_choices(table, choices, sink);
        ("choice", FactTest::OneOf(id, table.all_kept("one_of")))
    } else if bounds {
        let bound = |key| table.whole(key).map(i64::from);
        ("number", FactTest::Between(id, bound("at_least"), bound("at_most")))
    } else {
        ("flag", FactTest::Is(id, true))
    };
    if *kind != test.0 {
        let help = match kind.as_str() {
            "flag" => "a yes/no fact takes `is = true` or `is = false`",
            "choice" => "a choice takes `one_of = [\"…\"]`",
            "number" => "a number takes `at_least` or `at_most`",
            _ => "a date cannot be tested yet",
        };
        let message = format!("this test does not fit the fact, which is a {kind}");
        sink.report_with_help(Code::Contradiction, node.span.clone(), message, help);
    }
    Some(test.1)
}

fn check_choices(table: &Table<'_, '_>, choices: &[Text], sink: &mut Sink<'_>) {
    if let (Some(node), true) = (table.get("one_of"), table.nodes("one_of").is_empty()) {
        sink.report(Code::Empty, node.span.clone(), "`one_of` lists no answer");
    }
    for node in table.nodes("one_of") {
        let word = node.text().unwrap_or_default();
        if !choices.is_empty() && !choices.iter().any(|choice| choice == word) {
            let message = format!("`{word}` is not an answer to this fact");
            let help = format!("the answers are: {}", choices.join(", "));
            sink.report_with_help(Code::UnknownWord, node.span.clone(), message, help);
        }
    }
}

pub(super) fn degree(table: &Table<'_, '_>, known: &Countries, sink: &mut Sink<'_>) -> Degree {
    let level = |key| table.text(key).and_then(DegreeLevel::from_word);
    let (min, max) = (level("min"), level("max"));
    if let (Some(min), Some(max), Some(node)) = (min, max, table.get("max"))
        && max < min
    {
        sink.report(Code::Contradiction, node.span.clone(), "`max` is below `min`");
    }
    Degree {
        min,
        max,
        or_all: table.texts("or_all").filter_map(DegreeLevel::from_word).collect(),
        fields: table.all_kept("fields"),
        studied_in: countries(table, "studied_in", known),
        studied_in_group: table.all_kept("studied_in_group"),
        by: reference_day(table, "by"),
    }
}

/// Reads `<key>_years` or `<key>_months` as months.
fn months(table: &Table<'_, '_>, key: &str) -> Option<i32> {
    let years = table.whole(&format!("{key}_years")).map(|years| years * 12);
    years.or_else(|| table.whole(&format!("{key}_months")))
}

pub(super) fn experience(table: &Table<'_, '_>, sink: &mut Sink<'_>) -> Experience {
    exclusive(table, &["min_years", "min_months"], sink);
    exclusive(table, &["max_years", "max_months"], sink);
    let (min, max) = (months(table, "min"), months(table, "max"));
    if let (Some(low), Some(high)) = (min, max)
        && high < low
    {
        let node = table.get("max_years").or_else(|| table.get("max_months"));
        let span = node.map_or(table.span.clone(), |node| node.span.clone());
        sink.report(Code::Contradiction, span, "the most is below the fewest");
    }
    Experience { min, max, counting: counting(table, sink) }
}

fn counting(table: &Table<'_, '_>, sink: &mut Sink<'_>) -> Counting {
    let mut weights = Counting::USUAL_WEIGHTS;
    let mut named: Vec<ExperienceKind> = Vec::new();
    let lists = [
        ("counts", Weight::Full),
        ("counts_half", Weight::Half),
        ("may_count", Weight::MayCount),
        ("not_counted", Weight::Not),
    ];
    for (key, weight) in lists {
        for node in table.nodes(key) {
            let word = node.text().unwrap_or_default();
            let Some(kind) = ExperienceKind::from_word(word) else { continue };
            if named.contains(&kind) {
                let message = format!("`{word}` is listed twice");
                sink.report(Code::Contradiction, node.span.clone(), message);
            }
            named.push(kind);
            if let Some(slot) = weights.get_mut(kind as usize) {
                *slot = weight;
            }
        }
    }
    Counting {
        weights,
        paid_only: table.is_true("paid_only"),
        after: table.text("after").and_then(Since::from_word).unwrap_or(Since::AnyTime),
        until: reference_day(table, "until"),
    }
}

pub(super) fn qualification(table: &Table<'_, '_>, sink: &mut Sink<'_>) -> Option<Qualification> {
    let paths: Vec<Path> = table.nodes("path").iter().filter_map(|node| path(node, sink)).collect();
    if paths.is_empty() {
        let start = table.span.start..table.span.start + 1;
        sink.report(Code::Empty, start, "qualification has no path");
        return None;
    }
    exclusive(table, &["max_years", "max_months"], sink);
    Some(Qualification {
        paths,
        by: reference_day(table, "by"),
        max: months(table, "max"),
        counting: counting(table, sink),
    })
}

fn path(node: &Node<'_>, sink: &mut Sink<'_>) -> Option<Path> {
    let table = node.table();
    exclusive(&table, &["min_years", "min_months"], sink);
    Some(Path {
        degree: table.text("degree").and_then(DegreeLevel::from_word)?,
        fields: table.all_kept("fields"),
        min: months(&table, "min").unwrap_or(0),
        by_vacancy: table.is_true("by_vacancy"),
    })
}

pub(super) fn language(
    table: &Table<'_, '_>,
    known: &Languages,
    sink: &mut Sink<'_>,
) -> Option<LanguageRule> {
    exclusive(table, &["language", "of", "tests"], sink);
    exclusive(table, &["level", "levels", "tests"], sink);
    exclusive(table, &["at_least", "levels"], sink);
    needs(table, "valid_years", "tests", sink);
    let tests = table.nodes("tests");
    if !tests.is_empty() {
        let tests = tests.iter().map(|node| owned_test(node, known, sink)).collect();
        let valid_years = table.whole("valid_years").and_then(|years| u32::try_from(years).ok());
        return Some(LanguageRule::Tests { tests, valid_years });
    }
    let of: Vec<_> = table
        .texts("language")
        .chain(table.texts("of"))
        .filter_map(|text| known.find(text))
        .map(|language| language.code)
        .collect();
    let levels = asked_levels(table, known);
    let start = table.span.start..table.span.start + 1;
    let listed = table.nodes("language").len() + table.nodes("of").len();
    let level_given = table.has("level") || !table.nodes("levels").is_empty();
    if listed == 0 || !level_given {
        let message = "a language needs its level: `language` with `level`, or `of` with `levels`";
        sink.report(Code::Empty, start, message);
        return None;
    }
    if levels.len() > listed {
        let message = format!("{} languages are asked of a list of {listed}", levels.len());
        sink.report(Code::Contradiction, start, message);
    }
    Some(LanguageRule::Skills { of, levels })
}

fn asked_levels(table: &Table<'_, '_>, known: &Languages) -> Vec<LanguageLevelWord> {
    let listed: Vec<_> = table.texts("levels").filter_map(|word| level_word(word, known)).collect();
    if !listed.is_empty() {
        return listed;
    }
    let count = usize::try_from(table.whole("at_least").unwrap_or(1)).unwrap_or(1);
    let level = table.text("level").and_then(|word| level_word(word, known));
    level.map_or_else(Vec::new, |level| vec![level; count])
}

fn owned_test(node: &Node<'_>, known: &Languages, sink: &mut Sink<'_>) -> OwnedTest {
    let table = node.table();
    exclusive(&table, &["min", "min_unknown"], sink);
    if let (Some(test), Some(at)) =
        (table.text("test").and_then(|id| known.test(id)), table.get("min"))
        && let Some(min) = at.number()
        && !(test.scale.0..=test.scale.1).contains(&min)
    {
        let (low, high) = test.scale;
        let message = format!("{} scores lie between {low} and {high}", test.name);
        sink.report(Code::OutOfRange, at.span.clone(), message);
    }
    OwnedTest {
        test: table.kept("test").unwrap_or_default(),
        min: table.get("min").and_then(Node::number),
        min_unknown: table.is_true("min_unknown"),
    }
}

pub(super) fn condition(
    table: &Table<'_, '_>,
    registry: &Registry,
    sink: &mut Sink<'_>,
) -> Option<Condition> {
    exclusive(table, &["fact", "employed_by"], sink);
    needs(table, "on", "employed_by", sink);
    let Some(node) = table.get("employed_by") else {
        return fact_test(table, registry, sink).map(Condition::Fact);
    };
    let employed = node.table();
    Some(Condition::Employed(Employment {
        employer: employed.kept("employer")?,
        country: registry.countries.find(employed.text("country")?)?.code,
        on: reference_day(table, "on"),
    }))
}

/// Reports a key that has no effect without another.
pub(in crate::dataset) fn needs(
    table: &Table<'_, '_>,
    key: &str,
    other: &str,
    sink: &mut Sink<'_>,
) {
    let entry = table.entries().iter().find(|entry| entry.key == key);
    if let (Some(entry), false) = (entry, table.has(other)) {
        let message = format!("`{key}` has no effect without `{other}`");
        sink.report(Code::Contradiction, entry.key_span.clone(), message);
    }
}

/// Reports the second of several keys that exclude each other.
pub(in crate::dataset) fn exclusive(table: &Table<'_, '_>, keys: &[&str], sink: &mut Sink<'_>) {
    let mut found = table.entries().iter().filter(|entry| keys.contains(&entry.key.as_ref()));
    let (Some(first), Some(second)) = (found.next(), found.next()) else { return };
    let message = format!("`{}` and `{}` exclude each other", first.key, second.key);
    sink.report(Code::Contradiction, second.key_span.clone(), message);
}

/// Reports a fact in a branch that is answered otherwise than by yes or no.
pub(in crate::dataset) fn yes_or_no(
    table: &Table<'_, '_>,
    registry: &Registry,
    sink: &mut Sink<'_>,
) {
    let Some(node) = table.get("fact") else { return };
    let declared = node.text().and_then(|id| registry.fact_types.get(id));
    if let Some((kind, _)) = declared.filter(|(kind, _)| kind != "flag") {
        let message = format!("a branch takes a fact that is true or false; this one is a {kind}");
        let help = "ask for it under `[[window.conditions]]`";
        sink.report_with_help(Code::Contradiction, node.span.clone(), message, help);
    }
}
