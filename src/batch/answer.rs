//! One line → one line of answer.

use super::feed::Block;
use super::lines::TooLong;
use super::printer::{Printer, push_json};
use super::rows::Rows;
use super::screener::{Screener, in_line};
use super::{Batch, Detail, Tally};
use crate::diagnostic::Problems;
use crate::engine::{self, Assessment, Candidate, Screened, Timelines};
use crate::profile::{Columns, too_large};
use crate::report::{self, Ask, ErrorLine, FindingsLine, Report, ReportLine};

/// Answers line after line, and counts what it answers.
pub(super) struct Answerer<'d> {
    batch: &'d Batch<'d>,
    /// Where verdicts are enough. Its tables take memory, and words take far longer than they save.
    screener: Option<Screener<'d>>,
    printer: Printer<'d>,
    pub(super) tally: Tally,
}

impl<'d> Answerer<'d> {
    pub(super) fn new(batch: &'d Batch<'d>) -> Self {
        let tally = Tally::new(batch.windows.len());
        let are_enough = matches!(batch.detail, Detail::Summary | Detail::Verdicts);
        let screener = are_enough.then(|| Screener::new(batch));
        Self { batch, screener, printer: Printer::new(batch), tally }
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
                if let Err(problems) = self.told(number, line, answers) {
                    self.refuse(number, &problems, answers);
                }
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

    fn row(
        &mut self,
        number: u64,
        cells: Result<Vec<&str>, Problems>,
        columns: &Columns,
        answers: &mut Vec<u8>,
    ) {
        let answered = cells.and_then(|cells| columns.row(&cells)).and_then(|row| {
            let answered = self.told(number, row.text().as_bytes(), answers);
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

    /// Answers the profile that `line` tells.
    fn told(&mut self, number: u64, line: &[u8], answers: &mut Vec<u8>) -> Result<(), Problems> {
        let Some(screener) = &mut self.screener else {
            return self.in_words(number, line, answers);
        };
        let (profile, verdicts) = screener.verdicts(line)?;
        self.tally.add(verdicts);
        if self.batch.detail == Detail::Verdicts {
            self.printer.verdicts(number, profile.id.as_ref(), verdicts, answers);
        }
        Ok(())
    }

    fn in_words(
        &mut self,
        number: u64,
        line: &[u8],
        answers: &mut Vec<u8>,
    ) -> Result<(), Problems> {
        let Batch { data, as_of, detail, .. } = *self.batch;
        let profile = self.batch.read(line)?;
        let candidate = Candidate::new(&profile, as_of);
        let assessments = engine::assess_all(data, &self.batch.windows, &candidate, as_of);
        let mut by_id: Vec<&Assessment<'_>> = assessments.iter().collect();
        by_id.sort_by(|one, other| one.window.id.cmp(&other.window.id));
        self.tally.add(&Screened::of(by_id.into_iter()));
        let ask = Ask::new(&candidate, as_of, report::Detail::Whole);
        if detail == Detail::Findings {
            push_json(&FindingsLine::in_turn(number, data, ask, &assessments), answers);
        } else {
            let mut timelines = Timelines::new(data, &candidate, as_of, ask.horizon);
            let report = Report::in_turn(data, ask, &assessments, &mut timelines);
            push_json(&ReportLine { line: number, id: report.profile.id.clone(), report }, answers);
        }
        Ok(())
    }
}
