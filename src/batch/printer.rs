//! Answers → lines of JSON or of CSV.

use std::borrow::Cow;

use serde::Serialize;

use super::{Batch, Form};
use crate::engine::{Screened, Verdict};
use crate::report::{ErrorLine, VERDICTS_LISTED};

/// Writes short answers, piece by piece: they are all that most runs write.
pub(super) struct Printer<'d> {
    form: Form,
    /// The ids of the windows, sorted, plain and as JSON with a comma before them.
    ids: Vec<(&'d str, String)>,
    /// The verdicts that are listed, each with what stands before its list in JSON.
    lists: [(Verdict, String); 3],
}

/// The first line of answers in CSV.
pub(super) const HEADER: &str = "line,id,eligible,likely,undetermined,error\n";

impl<'d> Printer<'d> {
    pub(super) fn new(batch: &'d Batch<'d>) -> Self {
        let json = |id: &str| format!(",{}", serde_json::Value::from(id));
        let ids = batch.by_id().into_iter().map(|window| window.id.as_str());
        let ids = ids.map(|id| (id, json(id))).collect();
        let lists = VERDICTS_LISTED.map(|verdict| (verdict, format!(",\"{}\":[", verdict.word())));
        Self { form: batch.to, ids, lists }
    }

    /// Writes the answer to a profile: the windows that are not ineligible.
    pub(super) fn verdicts(
        &self,
        line: u64,
        id: Option<&str>,
        screened: &Screened,
        answers: &mut Vec<u8>,
    ) {
        match self.form {
            Form::Ndjson => self.json(line, id, screened, answers),
            Form::Csv => {
                let lists = VERDICTS_LISTED.map(|verdict| {
                    let ids: Vec<&str> = self.those(screened, verdict).map(|(id, _)| id).collect();
                    ids.join(" ")
                });
                push_row(line, id.unwrap_or_default(), &lists, "", answers);
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
    ) -> impl Iterator<Item = (&'p str, &'p str)> {
        let those = screened.with(verdict).filter_map(|at| self.ids.get(at));
        those.map(|(id, json)| (*id, json.as_str()))
    }

    fn json(&self, line: u64, id: Option<&str>, screened: &Screened, answers: &mut Vec<u8>) {
        // Writing into memory cannot fail.
        answers.extend_from_slice(b"{\"line\":");
        let _ = serde_json::to_writer(&mut *answers, &line);
        answers.extend_from_slice(b",\"id\":");
        let _ = serde_json::to_writer(&mut *answers, &id);
        for (verdict, before) in &self.lists {
            answers.extend_from_slice(before.as_bytes());
            // The first has no comma.
            let mut from = 1;
            for (_, json) in self.those(screened, *verdict) {
                answers.extend_from_slice(json.as_bytes().get(from..).unwrap_or_default());
                from = 0;
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
