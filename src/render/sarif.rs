//! Problems in the format that code review tools read: SARIF 2.1.0.

use std::fmt::Write as _;
use std::ops::Range;

use serde_json::{Value, json};

use crate::diagnostic::{Code, Diagnostic, Fix, Problems, Severity, SourceText};
use crate::vocabulary::Words;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/// The problems as one SARIF run; every code is among its rules.
pub fn sarif(problems: &Problems) -> String {
    let results: Vec<Value> =
        problems.list.iter().map(|problem| result(problem, problems)).collect();
    let rules: Vec<Value> = Code::WORDS.iter().map(|(_, code)| rule(*code)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            // Columns of this program count characters.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{}\n", serde_json::to_string_pretty(&log).unwrap_or_default())
}

fn rule(code: Code) -> Value {
    let explanation = code.explanation();
    json!({
        "id": code.word(),
        "shortDescription": {"text": explanation.title},
        "fullDescription": {"text": explanation.meaning},
        "defaultConfiguration": {"level": code.severity().word()},
    })
}

fn result(problem: &Diagnostic, problems: &Problems) -> Value {
    let source = problems.text(&problem.file);
    let help = problem.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    let fixes = problem.fix.iter().zip(source);
    let fixes: Vec<Value> = fixes.map(|(fix, source)| change(fix, &problem.file, source)).collect();
    json!({
        "ruleId": problem.code.word(),
        "level": level(problem.severity),
        "message": {"text": format!("{}{help}", problem.message)},
        "locations": [{"physicalLocation": location(problem, source)}],
        "fixes": fixes,
    })
}

/// A whole file where there is no text to point into.
fn location(problem: &Diagnostic, source: Option<&SourceText>) -> Value {
    let file = json!({"uri": uri(&problem.file)});
    match source {
        Some(source) => json!({"artifactLocation": file, "region": region(source, &problem.span)}),
        None => json!({"artifactLocation": file}),
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn region(source: &SourceText, span: &Range<usize>) -> Value {
    let (start_line, start_column) = source.position(span.start);
    let (end_line, end_column) = source.position(span.end);
    json!({
        "startLine": start_line,
        "startColumn": start_column,
        "endLine": end_line,
        "endColumn": end_column,
    })
}

fn change(fix: &Fix, file: &str, source: &SourceText) -> Value {
    json!({
        "artifactChanges": [{
            "artifactLocation": {"uri": uri(file)},
            "replacements": [{
                "deletedRegion": region(source, &fix.span),
                "insertedContent": {"text": fix.text},
            }],
        }],
    })
}

/// A path as a reference: relative as it is, absolute with its scheme, other bytes in per cent.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut uri = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing into a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}
