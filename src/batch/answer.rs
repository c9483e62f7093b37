//! One line → one line of answer.

use std::str;

use super::feed::Block;
use super::lines::TooLong;
use super::printer::{Printer, push_json};
use super::rows::Rows;
use super::screener::{Screener, Verdicts};
use super::{Batch, Detail, Tally};
use crate::dataset::Dataset;
use crate::diagnostic::{Diagnostic, Problems, SourceText};
use crate::engine::{self, Assessment, Candidate};
use crate::profile::{Columns, Profile, too_large};
use crate::report::{self, Ask, ErrorLine, FindingsLine, Report, ReportLine};

/// Answers line after line, and counts what it answers.
pub(super) struct Answerer<'d> {
    batch: &'d Batch<'d>,
    screener: Screener<'d>,
    printer: Printer<'d>,
    pub(super) tally: Tally,
}

impl<'d> Answerer<'d> {
    pub(super) fn new(batch: &'d Batch<'d>) -> Self {
        let tally = Tally::new(batch.windows.len());
        Self { batch, screener: Screener::new(batch), printer: Printer::new(batch), tally }
    }

    /// Adds the answers to every line of `block` to `answers`, and shows them to `go_on` after
    /// each, until that says no. Returns whether it never did.
    pub(super) fn answer(
        &mut self,
        block: &Block,
        answers: &mut Vec<u8>,
        mut go_on: impl FnMut(&mut Vec<u8>) -> bool,
    ) -> bool {
        if let Some((number, TooLong { bytes, .. })) = block.chunk.too_long() {
            let problems = in_line(too_large("profile", bytes), b"");
            self.refuse(number, &problems, answers);
            return go_on(answers);
        }
        let Some(columns) = &block.columns else {
            return block.chunk.lines().all(|(number, line)| {
                self.line(number, line, answers);
                go_on(answers)
            });
        };
        let mut rows = Rows::new(&block.chunk);
        while let Some((number, cells)) = rows.next() {
            self.row(number, cells, columns, answers);
            if !go_on(answers) {
                return false;
            }
        }
        true
    }

    fn line(&mut self, number: u64, line: &[u8], answers: &mut Vec<u8>) {
        let answered = match str::from_utf8(line) {
            Ok(text) => self.text(number, text, answers),
            Err(error) => {
                let told = line.get(..error.valid_up_to()).unwrap_or_default();
                Err(in_line(Diagnostic::not_utf8(told.len()), told))
            }
        };
        if let Err(problems) = answered {
            self.refuse(number, &problems, answers);
        }
    }

    fn row(
        &mut self,
        number: u64,
        cells: Result<Vec<&str>, Problems>,
        columns: &Columns,
        answers: &mut Vec<u8>,
    ) {
        let answered = cells.and_then(|cells| columns.row(&cells)).and_then(|row| {
            let answered = self.text(number, row.text(), answers);
            answered.map_err(|problems| row.in_columns(problems))
        });
        if let Err(problems) = answered {
            self.refuse(number, &problems, answers);
        }
    }

    fn refuse(&mut self, number: u64, problems: &Problems, answers: &mut Vec<u8>) {
        let Some(error) = ErrorLine::new(number, problems) else { return };
        self.tally.fail(error.error.code);
        if self.batch.detail != Detail::Summary {
            self.printer.error(&error, answers);
        }
    }

    fn text(&mut self, number: u64, text: &str, answers: &mut Vec<u8>) -> Result<(), Problems> {
        match self.batch.detail {
            Detail::Summary => self.tally.add(self.screener.verdicts(text)?),
            Detail::Verdicts => {
                let verdicts = self.screener.verdicts(text)?;
                self.tally.add(verdicts);
                self.printer.verdicts(number, verdicts, answers);
            }
            Detail::Findings => self.in_words(text, |data, ask, assessments| {
                push_json(&FindingsLine::new(number, data, ask, assessments), answers);
            })?,
            Detail::Report => self.in_words(text, |data, ask, assessments| {
                let report = Report::new(data, ask, assessments);
                let id = report.profile.id.clone();
                push_json(&ReportLine { line: number, id, report }, answers);
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

/// A problem at a place in a line, which `told` goes up to.
fn in_line(problem: Diagnostic, told: &[u8]) -> Problems {
    let text = String::from_utf8_lossy(told).into_owned();
    let texts = vec![SourceText { name: problem.file.clone(), text }];
    Problems { texts, ..problem.into() }
}
