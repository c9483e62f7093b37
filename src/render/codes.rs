//! What codes of problems mean.

use super::page::{ID, Page, Width};
use crate::diagnostic::Code;
use crate::vocabulary::Words;

/// Every code, one a line, with its severity and a few words.
pub fn codes() -> String {
    let column = Code::WORDS.iter().map(|(word, _)| word.len()).max().unwrap_or_default();
    let line = |(word, code): &(&str, Code)| {
        let (severity, title) = (code.severity().word(), code.explanation().title);
        format!("{ID}{word:column$}{ID:#}  {severity:7}  {title}\n")
    };
    Code::WORDS.iter().map(line).collect()
}

/// What one code means, with an example before and after.
pub fn code(code: Code, width: Width) -> String {
    let explanation = code.explanation();
    let mut page = Page::new(width);
    page.heading(&format!("{code} ({}): {}", code.severity(), explanation.title));
    page.gap();
    page.line(explanation.meaning);
    let example = explanation.example;
    let place = example.file.map(|file| format!(" ({file})")).unwrap_or_default();
    for (head, text) in [("Before", example.before), ("After", example.after)] {
        page.heading(&format!("{head}{place}"));
        for line in text.lines() {
            page.verbatim(&format!("  {line}\n"));
        }
    }
    page.finish()
}
