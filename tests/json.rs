//! Reports and profiles as a script sees them: read with types of its own, and held against the
//! schemas that the program prints.

use std::fs;
use std::sync::LazyLock;

use jpo_check::dataset::Dataset;
use jpo_check::profile::Profile;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::cli::{persona, run};

const PERSONAS: [&str; 5] = ["finland", "germany-unfinished", "kenya", "nepal-uk", "nobody"];

#[derive(Debug, Deserialize)]
struct Report {
    format: u32,
    tool: Tool,
    data: Data,
    as_of: String,
    profile: ProfileRef,
    summary: Summary,
    windows: Vec<Window>,
    ask: Vec<Ask>,
}

#[derive(Debug, Deserialize)]
struct Tool {
    name: String,
    version: String,
}

#[derive(Debug, Deserialize)]
struct Data {
    version: String,
    donors: usize,
    windows: usize,
    oldest_checked: String,
    newest_checked: String,
}

#[derive(Debug, Deserialize)]
struct ProfileRef {
    id: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Summary {
    eligible: usize,
    likely: usize,
    undetermined: usize,
    ineligible: usize,
    open: usize,
}

/// In the order in which windows are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    Eligible,
    Likely,
    Undetermined,
    Ineligible,
}

#[derive(Debug, Deserialize)]
struct Window {
    id: String,
    title: String,
    donors: Vec<Donor>,
    hosts: Vec<Value>,
    programme: Value,
    verdict: Verdict,
    open: bool,
    call: Call,
    apply: Value,
    findings: Vec<Finding>,
    confirm: Vec<Value>,
    sources: Vec<Source>,
}

#[derive(Debug, Deserialize)]
struct Donor {
    code: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct Call {
    state: CallState,
    opens: Option<String>,
    closes: Option<String>,
    expected: bool,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum CallState {
    Open,
    Upcoming,
    Closed,
    Rolling,
    Unannounced,
}

#[derive(Debug, Deserialize)]
struct Finding {
    criterion: Criterion,
    outcome: Outcome,
    strength: Strength,
    basis: Basis,
    cause: Option<Cause>,
    required: String,
    found: String,
    reason: String,
    facts: Vec<String>,
    source: Option<String>,
    rule: Rule,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Criterion {
    Sponsorship,
    Nationality,
    Age,
    Qualification,
    Languages,
    Conditions,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Met,
    Unmet,
    Unknown,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Strength {
    Required,
    Usual,
    Asset,
    Judged,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Basis {
    Window,
    Programme,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Cause {
    NotTold,
    NotOnRecord,
    ReadingsDiffer,
    ByVacancy,
    ToBeJudged,
}

#[derive(Debug, Deserialize)]
struct Rule {
    file: String,
    line: usize,
}

#[derive(Debug, Deserialize)]
struct Source {
    id: String,
    publisher: String,
    url: Option<String>,
    published: Option<String>,
    checked: String,
    kind: SourceKind,
    stale: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SourceKind {
    Official,
    SecondHand,
    Inferred,
}

#[derive(Debug, Deserialize)]
struct Ask {
    fact: String,
    question: String,
    windows: Vec<String>,
}

pub(crate) fn answer(args: &[&str]) -> Value {
    let output = run(args);
    assert_eq!(output.status.code(), Some(0), "{args:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The reports of all sample profiles, in their order.
static VALUES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    PERSONAS.iter().map(|name| answer(&[&persona(name), "--format", "json"])).collect()
});

fn reports() -> Vec<Report> {
    VALUES.iter().map(|value| Report::deserialize(value).unwrap()).collect()
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<chrono::NaiveDate>().is_ok()
}

#[test]
fn a_report_says_who_answered_what_on_which_day() {
    for report in reports() {
        assert_eq!((report.format, report.tool.name.as_str()), (1, "jpo-check"));
        assert_eq!(report.tool.version, env!("CARGO_PKG_VERSION"));
        assert_eq!(report.as_of, "2026-11-22");
        assert!(!report.data.version.is_empty() && report.data.donors > 1);
        assert!(is_day(&report.data.oldest_checked) && is_day(&report.data.newest_checked));
        assert!(report.data.oldest_checked <= report.data.newest_checked);
    }
    let ids: Vec<Option<String>> = reports().into_iter().map(|report| report.profile.id).collect();
    assert_eq!(ids[0].as_deref(), Some("aino"));
    assert_eq!(ids[4], None);
}

#[test]
fn a_report_holds_every_window_of_the_rules_once() {
    for report in reports() {
        let mut ids: Vec<&str> = report.windows.iter().map(|window| window.id.as_str()).collect();
        assert_eq!(ids.len(), report.data.windows);
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), report.data.windows);
    }
}

#[test]
fn windows_are_sorted_by_verdict_then_first_donor_then_id() {
    for report in reports() {
        let key = |w: &Window| (w.verdict, w.donors[0].code.clone(), w.id.clone());
        assert!(report.windows.is_sorted_by_key(key));
    }
}

#[test]
fn the_summary_counts_the_windows() {
    for report in reports() {
        let count = |verdict| report.windows.iter().filter(|w| w.verdict == verdict).count();
        let summary = &report.summary;
        assert_eq!(summary.eligible, count(Verdict::Eligible));
        assert_eq!(summary.likely, count(Verdict::Likely));
        assert_eq!(summary.undetermined, count(Verdict::Undetermined));
        assert_eq!(summary.ineligible, count(Verdict::Ineligible));
        assert_eq!(summary.open, summary.eligible + summary.likely);
        let open = report.windows.iter().filter(|window| window.open).count();
        assert_eq!(summary.open, open);
    }
}

#[test]
fn every_window_is_whole() {
    for window in reports().into_iter().flat_map(|report| report.windows) {
        let id = &window.id;
        assert!(!window.title.is_empty() && !window.hosts.is_empty(), "{id}");
        assert!(window.donors.iter().all(|donor| !donor.name.is_empty()), "{id}");
        assert!(window.donors.iter().all(|donor| donor.code == donor.code.to_uppercase()), "{id}");
        assert!(window.programme["id"].is_string() && window.apply.is_object(), "{id}");
        assert!(window.hosts.iter().all(|host| host["id"].is_string()), "{id}");
        let days = [&window.call.opens, &window.call.closes];
        assert!(days.iter().all(|day| day.as_deref().is_none_or(is_day)), "{id}");
        if window.call.state == CallState::Open {
            assert!(window.call.closes.is_some() && !window.call.expected, "{id}");
        }
        if window.verdict == Verdict::Eligible {
            assert!(window.confirm.is_empty(), "{id} is eligible and asks to confirm");
        }
        assert!(window.findings.is_sorted_by(|a, b| a.criterion <= b.criterion), "{id}");
        assert_eq!(window.findings[0].criterion, Criterion::Sponsorship, "{id}");
    }
}

#[test]
fn every_finding_is_whole_and_cites_a_source_of_its_window() {
    for window in reports().into_iter().flat_map(|report| report.windows) {
        for finding in &window.findings {
            let place = format!("{}: {finding:?}", window.id);
            assert_eq!(finding.cause.is_some(), finding.outcome == Outcome::Unknown, "{place}");
            assert!(!finding.required.is_empty() && !finding.reason.is_empty(), "{place}");
            assert!(finding.reason.ends_with(['.', '?']), "{place}");
            assert!(!finding.reason.ends_with(".."), "{place}");
            assert!(finding.rule.line > 0, "{place}");
            assert!(std::path::Path::new("data").join(&finding.rule.file).exists(), "{place}");
            let cited = |id: &String| window.sources.iter().any(|source| source.id == *id);
            assert!(finding.source.as_ref().is_none_or(cited), "{place}");
            if finding.cause == Some(Cause::NotTold) {
                assert!(!finding.facts.is_empty(), "{place}");
            }
            if finding.strength == Strength::Judged {
                assert_eq!(finding.cause, Some(Cause::ToBeJudged), "{place}");
            }
            if window.verdict == Verdict::Eligible && finding.strength == Strength::Required {
                assert_eq!((&finding.outcome, &finding.basis), (&Outcome::Met, &Basis::Window));
                assert!(!finding.found.is_empty(), "{place}");
            }
        }
        for source in &window.sources {
            assert!(is_day(&source.checked) && !source.publisher.is_empty(), "{source:?}");
            let url = source.url.as_deref();
            assert!(url.is_none_or(|url| url.starts_with("http")), "{source:?}");
            assert!(source.published.as_deref().is_none_or(|day| day.len() >= 4), "{source:?}");
            assert!(!source.stale || source.checked.as_str() < "2026-11-22", "{source:?}");
            assert!(matches!(
                source.kind,
                SourceKind::Official | SourceKind::SecondHand | SourceKind::Inferred
            ));
        }
    }
}

/// The top-level keys of a profile, and the ids of declared facts.
fn askable() -> (Vec<String>, Vec<String>) {
    let schema = answer(&["schema", "profile"]);
    let keys = schema["properties"].as_object().unwrap().keys().cloned().collect();
    let facts = fs::read_to_string("data/facts.toml").unwrap();
    let id = |line: &str| Some(line.strip_prefix("id = \"")?.strip_suffix('"')?.to_owned());
    (keys, facts.lines().filter_map(id).collect())
}

#[test]
fn every_fact_to_ask_is_a_place_in_the_profile_and_hangs_on_undetermined_windows() {
    let (keys, declared) = askable();
    for report in reports() {
        for ask in &report.ask {
            assert!(ask.question.ends_with('?'), "{ask:?}");
            assert!(!ask.windows.is_empty(), "{ask:?}");
            if let Some(id) = ask.fact.strip_prefix("facts.") {
                assert!(declared.iter().any(|known| known == id), "{ask:?}");
            } else {
                let key = ask.fact.split(['.', '[']).next().unwrap();
                assert!(keys.iter().any(|known| known == key), "{ask:?}");
            }
            for id in &ask.windows {
                let window = report.windows.iter().find(|window| window.id == *id).unwrap();
                assert_eq!(window.verdict, Verdict::Undetermined, "{ask:?}");
            }
        }
    }
}

#[test]
fn who_tells_nothing_is_asked_for_everything_that_decides() {
    let report = reports().pop().unwrap();
    let asked: Vec<&str> = report.ask.iter().map(|ask| ask.fact.as_str()).collect();
    for fact in ["nationalities", "birth_date", "degrees", "experience", "languages"] {
        assert!(asked.contains(&fact), "{fact} is not asked: {asked:?}");
    }
}

#[test]
fn every_report_fits_the_schema_of_reports() {
    let schema = answer(&["schema", "report"]);
    for report in VALUES.iter() {
        assert_eq!(faults(&schema, report), Vec::<String>::new());
    }
    let why = answer(&["why", "fi-nationals", &persona("finland"), "--format", "json"]);
    assert_eq!(faults(&schema, &why), Vec::<String>::new());
}

#[test]
fn every_sample_profile_fits_the_schema_of_profiles() {
    let schema = answer(&["schema", "profile"]);
    let mut profiles: Vec<Value> = PERSONAS
        .iter()
        .map(|name| serde_json::from_str(&fs::read_to_string(persona(name)).unwrap()).unwrap())
        .collect();
    profiles.push(answer(&["init", "-"]));
    for profile in profiles {
        assert_eq!(faults(&schema, &profile), Vec::<String>::new(), "{profile}");
    }
}

#[test]
fn the_schema_of_profiles_refuses_what_the_program_refuses() {
    let schema = answer(&["schema", "profile"]);
    for wrong in [
        r#"{"birth_day": "1996"}"#,
        r#"{"birth_date": 1996}"#,
        r#"{"format": 2}"#,
        r#"{"nationalities": "FI"}"#,
        r#"{"degrees": [{"level": "masters"}]}"#,
        r#"{"degrees": [{"field": "law"}]}"#,
        r#"{"experience": [{"kind": "employment", "from": "2020", "share": 1.5}]}"#,
        r#"{"experience": [{"kind": "employment", "from": "2020", "to": 7}]}"#,
        r#"{"languages": [{"language": "en", "level": 3}]}"#,
        r#"{"facts": {"military_service_months": 21.5}}"#,
        r#"{"facts": {"military_service_months": -1}}"#,
        r#"{"facts": {"military_service": "Completed"}}"#,
        r#"{"facts": {"previous_jpo": "no"}}"#,
        r#"{"facts": {"previous_jop": false}}"#,
        "[]",
    ] {
        let profile: Value = serde_json::from_str(wrong).unwrap();
        let data = Dataset::embedded().unwrap();
        let as_of = "2026-11-22".parse().unwrap();
        assert!(Profile::parse(wrong, "profile", data, as_of).is_err(), "{wrong}");
        assert!(!faults(&schema, &profile).is_empty(), "{wrong}");
    }
}

/// Everything in `value` that does not fit `schema`: the keywords that the schemas of the tests use,
/// and a panic on any other, so that none is passed over.
pub(crate) fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut checker = Checker { root: schema, faults: Vec::new() };
    checker.check(schema, value, "$");
    checker.faults
}

struct Checker<'a> {
    root: &'a Value,
    faults: Vec<String>,
}

impl<'a> Checker<'a> {
    fn check(&mut self, schema: &'a Value, value: &Value, at: &str) {
        let Value::Object(schema) = schema else {
            assert_eq!(*schema, Value::Bool(true), "a schema is an object or true");
            return;
        };
        for (keyword, asked) in schema {
            if !self.keyword(keyword, asked, schema, value, at) {
                self.faults.push(format!("{at}: {keyword} {asked} does not take {value}"));
            }
        }
    }

    fn keyword(
        &mut self,
        keyword: &str,
        asked: &'a Value,
        schema: &Map<String, Value>,
        value: &Value,
        at: &str,
    ) -> bool {
        match keyword {
            "$schema" | "$id" | "$defs" | "definitions" | "title" | "description" | "default" => {}
            "pattern" => {
                let pattern = regex_lite::Regex::new(asked.as_str().unwrap()).unwrap();
                return value.as_str().is_none_or(|text| pattern.is_match(text));
            }
            "format" => return is_of_format(value, asked.as_str().unwrap()),
            "type" => return types(asked).any(|name| is_of_type(value, name)),
            "const" => return value == asked,
            "enum" => return asked.as_array().unwrap().contains(value),
            "minimum" => return value.as_f64().is_none_or(|n| n >= asked.as_f64().unwrap()),
            "maximum" => return value.as_f64().is_none_or(|n| n <= asked.as_f64().unwrap()),
            "$ref" => self.check(self.definition(asked), value, at),
            "anyOf" => {
                return asked.as_array().unwrap().iter().any(|one| self.fits(one, value, at));
            }
            "items" => {
                for (place, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.check(asked, item, &format!("{at}[{place}]"));
                }
            }
            "properties" => {
                for (key, inner) in asked.as_object().unwrap() {
                    if let Some(item) = value.get(key) {
                        self.check(inner, item, &format!("{at}.{key}"));
                    }
                }
            }
            "required" => {
                let mut keys = asked.as_array().unwrap().iter();
                return !value.is_object()
                    || keys.all(|key| value.get(key.as_str().unwrap()).is_some());
            }
            "oneOf" => {
                let fitting = asked.as_array().unwrap().iter();
                return fitting.filter(|one| self.fits(one, value, at)).count() == 1;
            }
            "minItems" => {
                let fewest = usize::try_from(asked.as_u64().unwrap()).unwrap();
                return value.as_array().is_none_or(|items| items.len() >= fewest);
            }
            "uniqueItems" => {
                let items = value.as_array().into_iter().flatten();
                let mut rest = items.clone().enumerate();
                return *asked == Value::Bool(false)
                    || rest.all(|(at, item)| !items.clone().take(at).any(|other| other == item));
            }
            "additionalProperties" => {
                let known =
                    |key: &str| schema.get("properties").is_some_and(|p| p.get(key).is_some());
                let mut others =
                    value.as_object().into_iter().flatten().filter(|(key, _)| !known(key));
                return match asked {
                    Value::Bool(allowed) => *allowed || others.next().is_none(),
                    shape => others.all(|(_, item)| self.fits(shape, item, at)),
                };
            }
            other => panic!("the checker does not know the keyword {other}"),
        }
        true
    }

    fn fits(&self, schema: &'a Value, value: &Value, at: &str) -> bool {
        let mut inner = Checker { root: self.root, faults: Vec::new() };
        inner.check(schema, value, at);
        inner.faults.is_empty()
    }

    fn definition(&self, reference: &Value) -> &'a Value {
        let name = reference.as_str().unwrap().strip_prefix("#/").unwrap();
        name.split('/').fold(self.root, |node, part| &node[part])
    }
}

/// Numbers have formats of their own in schemas of answers: they only say how wide they are.
fn is_of_format(value: &Value, format: &str) -> bool {
    match format {
        "date" => value.as_str().is_none_or(|text| text.parse::<chrono::NaiveDate>().is_ok()),
        "uint" | "uint64" | "uint32" => value.is_u64(),
        "int32" => value.is_null() || value.is_i64(),
        "double" => value.is_number(),
        "date-time" | "uri" | "uri-reference" => value.is_null() || value.is_string(),
        other => panic!("the checker does not know the format {other}"),
    }
}

fn types(asked: &Value) -> impl Iterator<Item = &str> {
    let list = asked.as_array().map_or(std::slice::from_ref(asked), Vec::as_slice);
    list.iter().filter_map(Value::as_str)
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("the checker does not know the type {other}"),
    }
}
