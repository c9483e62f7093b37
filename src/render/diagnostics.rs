//! Problems in files, in their place.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use super::page::Width;
use crate::diagnostic::{Diagnostic, Problems, Severity, SourceText};
use crate::explain::counted;
use crate::vocabulary::Words;

/// The problems as text: each with its file, line and column, the text underlined, and what to do.
pub fn diagnostics(problems: &Problems, width: Width) -> String {
    let columns = width.columns().min(140);
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii).term_width(columns);
    let mut text = String::new();
    for problem in &problems.list {
        let groups = group(problem, problems.text(&problem.file));
        text.push_str(&renderer.render(&[groups]));
        text.push_str("\n\n");
    }
    text.push_str(&summary(problems));
    text
}

/// How many problems of each severity there are, and in how many files.
fn summary(problems: &Problems) -> String {
    let files: std::collections::BTreeSet<&str> =
        problems.list.iter().map(|problem| problem.file.as_str()).collect();
    let counts = Severity::WORDS.iter().filter_map(|(word, severity)| {
        let list = problems.list.iter().filter(|problem| problem.severity == *severity);
        let count = list.count();
        (count > 0).then(|| counted(count, word))
    });
    let counts: Vec<String> = counts.collect();
    format!("{} in {}\n", counts.join(" and "), counted(files.len(), "file"))
}

fn group<'a>(problem: &'a Diagnostic, text: Option<&'a SourceText>) -> Group<'a> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(&problem.message).id(problem.code.word());
    let mut group = Group::with_title(title);
    if let Some(source) = text.filter(|source| !source.text.is_empty()) {
        let snippet = Snippet::source(&source.text).path(&problem.file);
        group =
            group.element(snippet.annotation(AnnotationKind::Primary.span(span(problem, source))));
    } else {
        group = group.element(annotate_snippets::Origin::path(&problem.file));
    }
    match &problem.help {
        Some(help) => group.element(Level::HELP.message(help)),
        None => group,
    }
}

/// The span cut to its first line: a whole table is not underlined.
fn span(problem: &Diagnostic, source: &SourceText) -> std::ops::Range<usize> {
    let length = source.text.len();
    let (start, end) = (problem.span.start.min(length), problem.span.end.min(length));
    let line = source.text.get(start..end).and_then(|text| text.find('\n'));
    start..line.map_or(end, |at| start + at)
}

/// One problem as scripts read it.
#[derive(Serialize)]
struct Item<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Change<'a>>,
}

/// A certain fix as scripts apply it: the bytes from `start` up to `end` become `text`.
#[derive(Serialize)]
struct Change<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct List<'a> {
    format: u32,
    diagnostics: Vec<Item<'a>>,
}

/// The problems as JSON, for scripts.
pub fn diagnostics_json(problems: &Problems) -> String {
    let items = problems.list.iter().map(|problem| item(problem, problems));
    let list = List { format: 1, diagnostics: items.collect() };
    format!("{}\n", serde_json::to_string_pretty(&list).unwrap_or_default())
}

fn item<'a>(problem: &'a Diagnostic, problems: &Problems) -> Item<'a> {
    let place = problems.text(&problem.file).map(|text| text.position(problem.span.start));
    Item {
        code: problem.code.word(),
        severity: problem.severity.word(),
        message: &problem.message,
        file: Some(problem.file.as_str()).filter(|name| !name.is_empty()),
        line: place.map(|(line, _)| line),
        column: place.map(|(_, column)| column),
        help: problem.help.as_deref(),
        fix: problem.fix.as_ref().map(|fix| Change {
            start: fix.span.start,
            end: fix.span.end,
            text: &fix.text,
        }),
    }
}
