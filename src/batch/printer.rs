//! Answers → lines of JSON or of CSV.

use std::borrow::Cow;

use serde::Serialize;

use super::{Batch, Form};
use crate::engine::{Screened, Verdict};
use crate::report::{ErrorLine, VERDICTS_LISTED};
use crate::vocabulary::Text;

/// Writes short answers, piece by piece: they are all that most runs write.
pub(super) struct Printer<'d> {
    form: Form,
    /// The ids of the windows, sorted, plain and as JSON with a comma behind them.
    ids: Vec<(&'d str, Piece)>,
    /// The verdicts that are listed, each with what stands before its list in JSON.
    lists: [(Verdict, Piece); 3],
}

/// A text that is written again and again, and is mostly short.
struct Piece {
    text: Vec<u8>,
    /// Its first bytes, with zeros behind them.
    first: [u8; SHORT],
}

/// So many bytes are copied at once: faster than to look how many there are.
const SHORT: usize = 32;

/// The first line of answers in CSV.
pub(super) const HEADER: &str = "line,id,eligible,likely,undetermined,error\n";

impl<'d> Printer<'d> {
    pub(super) fn new(batch: &'d Batch<'d>) -> Self {
        let json = |id: &str| Piece::of(&format!("{},", serde_json::Value::from(id)));
        let ids = batch.by_id().into_iter().map(|window| window.id.as_str());
        let ids = ids.map(|id| (id, json(id))).collect();
        let before = |verdict: Verdict| Piece::of(&format!(",\"{}\":[", verdict.word()));
        let lists = VERDICTS_LISTED.map(|verdict| (verdict, before(verdict)));
        Self { form: batch.to, ids, lists }
    }

    /// Writes the answer to a profile: the windows that are not ineligible.
    pub(super) fn verdicts(
        &self,
        line: u64,
        id: Option<&Text>,
        screened: &Screened,
        answers: &mut Vec<u8>,
    ) {
        match self.form {
            Form::Ndjson => self.json(line, id, screened, answers),
            Form::Csv => {
                let lists = VERDICTS_LISTED.map(|verdict| {
                    let ids: Vec<&str> = self.those(screened, verdict).map(|(id, _)| *id).collect();
                    ids.join(" ")
                });
                push_row(line, id.map(Text::as_str).unwrap_or_default(), &lists, "", answers);
            }
        }
    }

    /// Writes what is wrong with a line.
    pub(super) fn error(&self, error: &ErrorLine, answers: &mut Vec<u8>) {
        match self.form {
            Form::Ndjson => push_json(error, answers),
            Form::Csv => {
                let text = format!("{}: {}", error.error.code, error.error.message);
                push_row(error.line, "", &Default::default(), &text, answers);
            }
        }
    }

    /// Ids of the windows with this verdict, plain and as JSON.
    fn those<'p>(
        &'p self,
        screened: &'p Screened,
        verdict: Verdict,
    ) -> impl Iterator<Item = &'p (&'d str, Piece)> {
        screened.with(verdict).filter_map(|at| self.ids.get(at))
    }

    fn json(&self, line: u64, id: Option<&Text>, screened: &Screened, answers: &mut Vec<u8>) {
        // Writing into memory cannot fail.
        answers.extend_from_slice(b"{\"line\":");
        let _ = serde_json::to_writer(&mut *answers, &line);
        answers.extend_from_slice(b",\"id\":");
        push_id(id, answers);
        for (verdict, before) in &self.lists {
            before.push(answers);
            self.those(screened, *verdict).for_each(|(_, json)| json.push(answers));
            if let Some(comma @ b',') = answers.last_mut() {
                *comma = b']';
            } else {
                answers.push(b']');
            }
        }
        answers.extend_from_slice(b"}\n");
    }
}

impl Piece {
    fn of(text: &str) -> Self {
        let mut first = [0; SHORT];
        first.iter_mut().zip(text.bytes()).for_each(|(to, from)| *to = from);
        Self { text: text.into(), first }
    }

    fn push(&self, answers: &mut Vec<u8>) {
        let end = answers.len() + self.text.len();
        if self.text.len() <= SHORT {
            answers.extend_from_slice(&self.first);
            answers.truncate(end);
        } else {
            answers.extend_from_slice(&self.text);
        }
    }
}

/// Writes an id as JSON: mostly nothing in it has to be escaped.
fn push_id(id: Option<&Text>, answers: &mut Vec<u8>) {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    match id.map(Text::as_bytes) {
        Some(id) if id.iter().all(is_plain) => {
            answers.push(b'"');
            answers.extend_from_slice(id);
            answers.push(b'"');
        }
        // Writing into memory cannot fail.
        _ => drop(serde_json::to_writer(answers, &id)),
    }
}

/// Writes an answer as one line of JSON.
pub(super) fn push_json(answer: &impl Serialize, answers: &mut Vec<u8>) {
    // Writing into memory cannot fail, and what is written has no keys but texts.
    let _ = serde_json::to_writer(&mut *answers, answer);
    answers.push(b'\n');
}

fn push_row(line: u64, id: &str, lists: &[String; 3], error: &str, answers: &mut Vec<u8>) {
    let mut row = csv::WriterBuilder::new().buffer_capacity(512).from_writer(&mut *answers);
    let line = line.to_string();
    let [eligible, likely, undetermined] = lists.each_ref().map(String::as_str);
    let cells = [&line, id, eligible, likely, undetermined, error].map(defused);
    // Writing into memory cannot fail.
    let _ = row.write_record(cells.iter().map(|cell| cell.as_bytes()));
    let _ = row.flush();
}

/// A text that no spreadsheet takes for a formula: one that begins like one gets an apostrophe.
fn defused(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        return format!("'{cell}").into();
    }
    cell.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_written_whole_whatever_its_length() {
        for length in [0, 1, SHORT - 1, SHORT, SHORT + 1, 3 * SHORT] {
            let text = "x".repeat(length);
            let mut answers = b"before ".to_vec();
            Piece::of(&text).push(&mut answers);
            assert_eq!(answers, format!("before {text}").into_bytes());
        }
    }

    #[test]
    fn ids_are_written_as_json_writes_them() {
        for id in [None, Some(""), Some("c-0000001"), Some("a b"), Some("~"), Some("a\"b")]
            .into_iter()
            .chain([
                Some("a\\b"),
                Some("é"),
                Some("\u{7f}"),
                Some("\t"),
                Some("long".repeat(40).leak()),
            ])
        {
            let mut answers = Vec::new();
            push_id(id.map(Text::of).as_ref(), &mut answers);
            assert_eq!(answers, serde_json::to_vec(&id).unwrap(), "{id:?}");
        }
    }
}
