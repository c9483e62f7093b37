//! What came of the cases beside the rules.

use serde::Serialize;

use super::page::{Page, Width};
use crate::cases::{Failure, Mutant, Reason, Run, Survey};
use crate::dataset::{Case, Dataset, GroupCase, Untested};
use crate::engine::Answer;
use crate::explain::{counted, listed};
use crate::report::{Data, Tool};
use crate::rules::{Criterion, Place};
use crate::vocabulary::CountryCode;

/// The column beside labels.
const COLUMN: usize = 15;

/// What is shown of a test of the rules.
#[derive(Debug, Clone, Copy)]
pub struct CasesReport<'a> {
    /// The rules, for names.
    pub data: &'a Dataset,
    /// What came of the cases.
    pub run: &'a Run<'a>,
    /// What came of changing the rules, if they were changed.
    pub survey: Option<&'a Survey>,
    /// What the names of files begin with: the folder, or nothing.
    pub folder: &'a str,
}

impl CasesReport<'_> {
    /// Whether every case holds and every change is noticed, with nothing missing or left over.
    pub fn holds(&self) -> bool {
        self.run.holds() && self.survey.is_none_or(Survey::holds)
    }

    fn file(&self, place: &Place) -> String {
        format!("{}{}", self.folder, place.file)
    }

    fn place(&self, place: &Place) -> String {
        format!("{}:{}", self.file(place), place.line)
    }
}

/// The failing cases, each in its place with what was found, and how many there are.
pub fn cases(report: CasesReport<'_>, width: Width) -> String {
    let mut page = Page::new(width);
    for failure in &report.run.failures {
        page.gap();
        match failure {
            Failure::Window { case, national_of, found, reasons } => {
                let head = head(report, &case.place, &case.window, case.note.as_deref());
                page.line(&format!("{head}{}", national(report.data, *national_of)));
                page.labelled(2, COLUMN, "expected", &expected(case));
                page.labelled(2, COLUMN, "found", &answer(found, case.call.is_some()));
                for Reason { criterion, text, .. } in reasons {
                    page.labelled(2, COLUMN, criterion.word(), text);
                }
            }
            Failure::Group { case, differences } => {
                page.line(&head(report, &case.place, &case.group, case.note.as_deref()));
                for difference in differences {
                    page.indented(2, difference);
                }
            }
        }
    }
    page.gap();
    for window in &report.run.without {
        page.line(&format!("{}: {} has no case", report.place(&window.place), window.id));
    }
    page.gap();
    if let Some(survey) = report.survey {
        changes(report, survey, &mut page);
    }
    page.line(&summary(report.run));
    page.finish()
}

/// The changes that no case notices, what is accepted for nothing, and how many there are.
fn changes(report: CasesReport<'_>, survey: &Survey, page: &mut Page) {
    for mutant in &survey.survivors {
        page.line(&format!("{}: {mutant}: no case notices", report.place(&mutant.place)));
    }
    for Untested { place, of, key, .. } in &survey.stale {
        let place = report.place(place);
        page.line(&format!("{place}: untested `{key}` ({of}): cases notice it, take this out"));
    }
    page.gap();
    page.line(&tally(survey));
}

fn tally(survey: &Survey) -> String {
    let Survey { mutants, survivors, accepted, .. } = survey;
    let noticed = mutants - accepted - survivors.len();
    let mut parts = vec![format!("{noticed} noticed")];
    if *accepted > 0 {
        parts.push(format!("{accepted} accepted as untested"));
    }
    if !survivors.is_empty() {
        parts.push(format!("{} not noticed", survivors.len()));
    }
    format!("{} of the rules: {}", counted(*mutants, "change"), parts.join(", "))
}

fn head(report: CasesReport<'_>, place: &Place, id: &str, note: Option<&str>) -> String {
    let note = note.map(|note| format!(": {note}")).unwrap_or_default();
    format!("{}: {id}{note}", report.place(place))
}

fn national(data: &Dataset, code: Option<CountryCode>) -> String {
    code.map(|code| format!(" (a national of {})", data.countries.name(code))).unwrap_or_default()
}

fn expected(case: &Case) -> String {
    let call = case.call.map(|call| format!(", call {call}")).unwrap_or_default();
    format!("{}{}{call}", case.verdict, by(&case.by))
}

fn answer(found: &Answer, with_call: bool) -> String {
    let call = if with_call { format!(", call {}", found.call) } else { String::new() };
    format!("{}{}{call}", found.verdict, by(&found.by))
}

fn by(criteria: &[Criterion]) -> String {
    let words: Vec<String> = criteria.iter().map(ToString::to_string).collect();
    if words.is_empty() { String::new() } else { format!(" by {}", listed(&words, "and")) }
}

fn summary(run: &Run<'_>) -> String {
    let windows = format!("{} of {}", counted(run.cases, "case"), counted(run.windows, "window"));
    let all = if run.group_cases == 0 {
        windows
    } else {
        let (cases, groups) = (counted(run.group_cases, "case"), counted(run.groups, "group"));
        format!("{windows} and {cases} of {groups}")
    };
    let mut wrong = Vec::new();
    let failing = run.failing();
    if failing > 0 {
        wrong.push(format!("{failing} {} not hold", if failing == 1 { "does" } else { "do" }));
    }
    let lacking = run.without.len();
    if lacking > 0 {
        let has = if lacking == 1 { "has" } else { "have" };
        wrong.push(format!("{} {has} no case", counted(lacking, "window")));
    }
    if wrong.is_empty() { format!("{all} hold") } else { format!("{all}: {}", wrong.join(", ")) }
}

/// The result of a test as scripts read it.
#[derive(Serialize)]
struct Output<'a> {
    format: u32,
    tool: Tool,
    data: Data,
    holds: bool,
    cases: usize,
    windows: usize,
    group_cases: usize,
    groups: usize,
    failures: Vec<FailureItem<'a>>,
    without_cases: Vec<PlacedId<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mutation: Option<MutationItem<'a>>,
}

#[derive(Serialize)]
struct MutationItem<'a> {
    mutants: usize,
    accepted: usize,
    survivors: Vec<SurvivorItem<'a>>,
    stale: Vec<StaleItem<'a>>,
}

#[derive(Serialize)]
struct SurvivorItem<'a> {
    file: String,
    line: usize,
    of: &'a str,
    key: &'a str,
    change: &'a str,
}

#[derive(Serialize)]
struct StaleItem<'a> {
    file: String,
    line: usize,
    of: &'a str,
    key: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum FailureItem<'a> {
    Window(WindowFailure<'a>),
    Group(GroupFailure<'a>),
}

#[derive(Serialize)]
struct WindowFailure<'a> {
    file: String,
    line: usize,
    window: &'a str,
    note: Option<&'a str>,
    on: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    national_of: Option<String>,
    expected: AnswerItem,
    found: AnswerItem,
    findings: Vec<FindingItem<'a>>,
}

#[derive(Serialize)]
struct GroupFailure<'a> {
    file: String,
    line: usize,
    group: &'a str,
    note: Option<&'a str>,
    on: String,
    differences: &'a [String],
}

#[derive(Serialize)]
struct AnswerItem {
    verdict: &'static str,
    by: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    call: Option<&'static str>,
}

#[derive(Serialize)]
struct FindingItem<'a> {
    criterion: &'static str,
    reason: &'a str,
    file: String,
    line: usize,
}

#[derive(Serialize)]
struct PlacedId<'a> {
    file: String,
    line: usize,
    window: &'a str,
}

/// The result of a test as JSON.
pub fn cases_json(report: CasesReport<'_>) -> String {
    let run = report.run;
    let without = run.without.iter().map(|window| PlacedId {
        file: report.file(&window.place),
        line: window.place.line,
        window: &window.id,
    });
    let output = Output {
        format: 1,
        tool: Tool::this(),
        data: Data::of(report.data),
        holds: report.holds(),
        cases: run.cases,
        windows: run.windows,
        group_cases: run.group_cases,
        groups: run.groups,
        failures: run.failures.iter().map(|failure| item(report, failure)).collect(),
        without_cases: without.collect(),
        mutation: report.survey.map(|survey| mutation(report, survey)),
    };
    format!("{}\n", serde_json::to_string_pretty(&output).unwrap_or_default())
}

fn mutation<'a>(report: CasesReport<'a>, survey: &'a Survey) -> MutationItem<'a> {
    let survivor = |mutant: &'a Mutant| SurvivorItem {
        file: report.file(&mutant.place),
        line: mutant.place.line,
        of: &mutant.of,
        key: &mutant.key,
        change: &mutant.what,
    };
    let stale = |untested: &'a Untested| StaleItem {
        file: report.file(&untested.place),
        line: untested.place.line,
        of: &untested.of,
        key: &untested.key,
    };
    MutationItem {
        mutants: survey.mutants,
        accepted: survey.accepted,
        survivors: survey.survivors.iter().map(survivor).collect(),
        stale: survey.stale.iter().map(stale).collect(),
    }
}

fn item<'a>(report: CasesReport<'a>, failure: &'a Failure<'a>) -> FailureItem<'a> {
    match failure {
        Failure::Window { case, national_of, found, reasons } => {
            let findings = reasons.iter().map(|reason| FindingItem {
                criterion: reason.criterion.word(),
                reason: &reason.text,
                file: report.file(reason.rule),
                line: reason.rule.line,
            });
            FailureItem::Window(WindowFailure {
                file: report.file(&case.place),
                line: case.place.line,
                window: &case.window,
                note: case.note.as_deref(),
                on: case.on.to_string(),
                national_of: national_of.map(|code| code.to_string()),
                expected: AnswerItem {
                    verdict: case.verdict.word(),
                    by: words(&case.by),
                    call: case.call.map(crate::vocabulary::CallState::word),
                },
                found: AnswerItem {
                    verdict: found.verdict.word(),
                    by: words(&found.by),
                    call: Some(found.call.word()),
                },
                findings: findings.collect(),
            })
        }
        Failure::Group { case, differences } => group_item(report, case, differences),
    }
}

fn group_item<'a>(
    report: CasesReport<'a>,
    case: &'a GroupCase,
    differences: &'a [String],
) -> FailureItem<'a> {
    FailureItem::Group(GroupFailure {
        file: report.file(&case.place),
        line: case.place.line,
        group: &case.group,
        note: case.note.as_deref(),
        on: case.on.to_string(),
        differences,
    })
}

fn words(criteria: &[Criterion]) -> Vec<&'static str> {
    criteria.iter().map(|criterion| criterion.word()).collect()
}
