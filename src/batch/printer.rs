//! Answers → lines of JSON or of CSV.

use std::borrow::Cow;
use std::io::Write as _;

use serde::Serialize;

use super::screener::Verdicts;
use super::{Batch, Form};
use crate::engine::Verdict;
use crate::report::{ErrorLine, VERDICTS_LISTED};

/// Writes short answers, piece by piece: they are all that most runs write.
pub(super) struct Printer<'d> {
    form: Form,
    /// The windows sorted by id: where each stands among those asked about, its id, and that as
    /// JSON.
    ids: Vec<(usize, &'d str, String)>,
}

/// The first line of answers in CSV.
pub(super) const HEADER: &str = "line,id,eligible,likely,undetermined,error\n";

impl<'d> Printer<'d> {
    pub(super) fn new(batch: &'d Batch<'d>) -> Self {
        let ids = batch.windows.iter().map(|window| window.id.as_str()).enumerate();
        let json = |id: &str| serde_json::Value::from(id).to_string();
        let mut ids: Vec<_> = ids.map(|(at, id)| (at, id, json(id))).collect();
        ids.sort_by_key(|(_, id, _)| *id);
        Self { form: batch.to, ids }
    }

    /// Writes the answer to a profile: the windows that are not ineligible.
    pub(super) fn verdicts(&self, line: u64, verdicts: &Verdicts, answers: &mut Vec<u8>) {
        match self.form {
            Form::Ndjson => self.json(line, verdicts, answers),
            Form::Csv => {
                let id = verdicts.id.as_deref().unwrap_or_default();
                let lists = VERDICTS_LISTED.map(|verdict| {
                    let ids: Vec<&str> = self.those(verdicts, verdict).map(|(id, _)| id).collect();
                    ids.join(" ")
                });
                push_row(line, id, &lists, "", answers);
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
        verdicts: &'p Verdicts,
        verdict: Verdict,
    ) -> impl Iterator<Item = (&'p str, &'p str)> {
        let has = move |at: usize| verdicts.windows.get(at).is_some_and(|w| w.verdict == verdict);
        let those = self.ids.iter().filter(move |(at, ..)| has(*at));
        those.map(|(_, id, json)| (*id, json.as_str()))
    }

    fn json(&self, line: u64, verdicts: &Verdicts, answers: &mut Vec<u8>) {
        // Writing into memory cannot fail.
        let _ = write!(answers, "{{\"line\":{line},\"id\":");
        let _ = serde_json::to_writer(&mut *answers, &verdicts.id);
        for verdict in VERDICTS_LISTED {
            answers.extend_from_slice(b",\"");
            answers.extend_from_slice(verdict.word().as_bytes());
            answers.extend_from_slice(b"\":[");
            let mut comma: &[u8] = b"";
            for (_, json) in self.those(verdicts, verdict) {
                answers.extend_from_slice(comma);
                answers.extend_from_slice(json.as_bytes());
                comma = b",";
            }
            answers.push(b']');
        }
        answers.extend_from_slice(b"}\n");
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
