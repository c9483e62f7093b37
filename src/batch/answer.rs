//! One line → one line of answer.

use std::io::Write as _;
use std::str::{self, Utf8Error};

use serde::Serialize;

use super::lines::Line;
use super::screener::{Screener, Verdicts};
use super::{Batch, Detail, Tally};
use crate::dataset::Dataset;
use crate::diagnostic::{Diagnostic, Problems, SourceText};
use crate::engine::{self, Assessment, Candidate, Verdict};
use crate::profile::{Profile, too_large};
use crate::report::{self, Ask, ErrorLine, FindingsLine, Report, ReportLine};

/// Answers line after line, and counts what it answers.
pub(super) struct Answerer<'d> {
    batch: &'d Batch<'d>,
    screener: Screener<'d>,
    /// The windows sorted by id: where each stands among those asked about, and its id as JSON.
    ids: Vec<(usize, String)>,
    pub(super) tally: Tally,
}

impl<'d> Answerer<'d> {
    pub(super) fn new(batch: &'d Batch<'d>) -> Self {
        let ids = batch.windows.iter().map(|window| &window.id).enumerate();
        let mut ids: Vec<(usize, String)> =
            ids.map(|(at, id)| (at, serde_json::to_string(id).unwrap_or_default())).collect();
        ids.sort_by(|(_, one), (_, other)| one.cmp(other));
        let tally = Tally::new(batch.windows.len());
        Self { batch, screener: Screener::new(batch), ids, tally }
    }

    /// Adds the answer to the line called `number` to `answers`.
    pub(super) fn answer(&mut self, number: u64, line: Line<'_>, answers: &mut Vec<u8>) {
        let text = match line {
            Line::Told(bytes) => str::from_utf8(bytes).map_err(|error| not_utf8(bytes, &error)),
            Line::TooLong(bytes) => Err(in_line(too_large("profile", bytes), b"")),
        };
        if let Err(problems) = text.and_then(|text| self.answer_text(number, text, answers)) {
            let Some(line) = ErrorLine::new(number, &problems) else { return };
            self.tally.fail(line.error.code);
            if self.batch.detail != Detail::Summary {
                push(&line, answers);
            }
        }
    }

    fn answer_text(
        &mut self,
        number: u64,
        text: &str,
        answers: &mut Vec<u8>,
    ) -> Result<(), Problems> {
        match self.batch.detail {
            Detail::Summary => self.tally.add(self.screener.verdicts(text)?),
            Detail::Verdicts => {
                let verdicts = self.screener.verdicts(text)?;
                self.tally.add(verdicts);
                push_verdicts(number, verdicts, &self.ids, answers);
            }
            Detail::Findings => self.in_words(text, |data, ask, assessments| {
                push(&FindingsLine::new(number, data, ask, assessments), answers);
            })?,
            Detail::Report => self.in_words(text, |data, ask, assessments| {
                let report = Report::new(data, ask, assessments);
                let id = report.profile.id.clone();
                push(&ReportLine { line: number, id, report }, answers);
            })?,
        }
        Ok(())
    }

    fn in_words(
        &mut self,
        text: &str,
        say: impl FnOnce(&'d Dataset, Ask<'_>, &[Assessment<'d>]),
    ) -> Result<(), Problems> {
        let Batch { data, windows, as_of, .. } = self.batch;
        let profile = Profile::parse(text, "line", data, *as_of)?;
        let candidate = Candidate::new(&profile, *as_of);
        let assessments = engine::assess_all(data, windows, &candidate, *as_of);
        self.tally.add(&Verdicts::of(&profile, &assessments));
        say(data, Ask::new(&candidate, *as_of, report::Detail::Whole), &assessments);
        Ok(())
    }
}

fn not_utf8(line: &[u8], error: &Utf8Error) -> Problems {
    let at = error.valid_up_to();
    in_line(Diagnostic::not_utf8(at), line.get(..at).unwrap_or_default())
}

/// A problem at a place in a line, which `told` goes up to.
fn in_line(problem: Diagnostic, told: &[u8]) -> Problems {
    let text = String::from_utf8_lossy(told).into_owned();
    let texts = vec![SourceText { name: problem.file.clone(), text }];
    Problems { texts, ..problem.into() }
}

fn push(answer: &impl Serialize, answers: &mut Vec<u8>) {
    // Writing into memory cannot fail, and what is written has no keys but texts.
    let _ = serde_json::to_writer(&mut *answers, answer);
    answers.push(b'\n');
}

/// Writes a [`VerdictsLine`](report::VerdictsLine) piece by piece: it is all that most runs write.
fn push_verdicts(number: u64, verdicts: &Verdicts, ids: &[(usize, String)], answers: &mut Vec<u8>) {
    let _ = write!(answers, "{{\"line\":{number},\"id\":");
    let _ = serde_json::to_writer(&mut *answers, &verdicts.id);
    for verdict in [Verdict::Eligible, Verdict::Likely, Verdict::Undetermined] {
        answers.extend(b",\"");
        answers.extend(verdict.word().as_bytes());
        answers.extend(b"\":[");
        let start = answers.len();
        for (at, id) in ids {
            if verdicts.windows.get(*at).is_some_and(|screened| screened.verdict == verdict) {
                if answers.len() > start {
                    answers.push(b',');
                }
                answers.extend(id.as_bytes());
            }
        }
        answers.push(b']');
    }
    answers.extend(b"}\n");
}
