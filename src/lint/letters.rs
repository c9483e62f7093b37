//! Characters in values that are not what they look like.

use std::ops::Range;

use super::Findings;
use super::files::{File, Files, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::letters::{latin, look_alike, look_alike_in, odd_space_in, plain_spaces};

/// Keys whose values are codes and ids: there every letter is Latin, even in a word of one.
const CODES: &[&str] = &["id", "code", "alpha3"];

/// Finds Cyrillic and Greek letters in Latin words.
pub(super) fn look_alikes(files: &Files<'_>, findings: &mut Findings) {
    for file in files.iter() {
        for value in texts(file).filter(|value| !file.written(&value.node.span).is_ascii()) {
            for word in words(file, &value) {
                if let Some(problem) = mixed(file.written(&word), &word, &value) {
                    findings.add(file, problem);
                }
            }
        }
    }
}

fn texts<'n, 't>(file: &'n File<'t>) -> impl Iterator<Item = Value<'n, 't>> {
    file.values().into_iter().filter(|value| value.node.text().is_some())
}

/// The places of the words of a value.
fn words(file: &File<'_>, value: &Value<'_, '_>) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, c) in
        file.written(&value.node.span).char_indices().filter(|(_, c)| c.is_alphanumeric())
    {
        let at = value.node.span.start + at;
        let end = at + c.len_utf8();
        match words.last_mut() {
            Some(word) if word.end == at => word.end = end,
            _ => words.push(at..end),
        }
    }
    words
}

fn mixed(word: &str, span: &Range<usize>, value: &Value<'_, '_>) -> Option<Diagnostic> {
    let has_latin = word.chars().any(is_latin_letter);
    let all_look_latin =
        word.chars().all(|c| is_latin_letter(c) || c.is_numeric() || look_alike(c).is_some());
    if !all_look_latin || !(has_latin || CODES.contains(&value.key)) {
        return None;
    }
    let sentence = look_alike_in(word)?;
    let plain = latin(word);
    let problem = Diagnostic::new(Code::LookAlikeLetter, span.clone(), sentence);
    Some(problem.with_help(format!("write `{plain}`")).with_fix(span.clone(), plain))
}

/// Whether it is a letter of the Latin alphabet, with or without an accent.
fn is_latin_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (c.is_alphabetic() && ('\u{c0}'..'\u{250}').contains(&c))
}

/// Finds tabs, hard spaces and invisible characters in values.
pub(super) fn odd_spaces(files: &Files<'_>, findings: &mut Findings) {
    for file in files.iter() {
        for value in texts(file) {
            if let Some(problem) = odd_space(file, &value) {
                findings.add(file, problem);
            }
        }
    }
}

fn odd_space(file: &File<'_>, value: &Value<'_, '_>) -> Option<Diagnostic> {
    let span = value.node.span.clone();
    let written = file.written(&span);
    let (at, name) = odd_space_in(written)?;
    let start = span.start + at;
    let end = start + written.get(at..)?.chars().next()?.len_utf8();
    let message = format!("{name} stands in `{}`", value.key);
    let problem = Diagnostic::new(Code::OddSpace, start..end, message);
    let help = "write a plain space, or nothing where nothing is seen";
    Some(problem.with_help(help).with_fix(span, plain_spaces(written)))
}
