//! Many profiles, a line each.

mod answers;
mod files;
mod progress;

use std::num::NonZeroUsize;
use std::path::Path;
use std::thread::available_parallelism;

use jpo_check::batch::{Batch, Detail, Error, Form};
use jpo_check::diagnostic::Code;
use jpo_check::render;
use jpo_check::report::BatchSummary;

use super::args::{BatchArgs, BatchDetail, BatchForm, Global};
use super::check::as_of;
use super::exit::{Exit, Failure};
use super::output::Output;
use super::windows::selected;
use super::write::write_file;
use super::{dataset, failed};
use answers::Answers;
use progress::Progress;

/// More threads than this are not begun unasked.
const MOST_THREADS: usize = 8;

/// What to do about an input of which no line is a profile.
const ONE_A_LINE: &str = "\
hint: a line holds one whole profile, as `jq -c . me.json` writes it; a table is
read with `--from csv`
";

/// Answers every line, then says what came out.
pub(crate) fn batch(args: &BatchArgs, global: &Global, output: &Output) -> Result<Exit, Failure> {
    refuse(args)?;
    let data = dataset(global)?;
    let batch = Batch {
        data,
        windows: selected(data, &args.select)?,
        as_of: as_of(global),
        detail: args.detail.into(),
        to: args.to.into(),
        threads: threads(args),
        first_line: args.first_line,
    };
    let progress = Progress::new(args.detail == BatchDetail::Summary);
    let inputs = files::inputs(args, &progress, output)?;
    let in_lines = inputs.iter().all(|input| input.form == Form::Ndjson);
    let answered = batch.run(inputs, Answers::new()?);
    progress.finish();
    let tally = match answered {
        Ok(tally) => tally,
        // Lines are written already: what is wrong is said on standard error alone.
        Err(error) => return Ok(failed(&error.into(), false, output)),
    };
    let summary = BatchSummary::new(&batch, &tally);
    if args.detail == BatchDetail::Summary {
        output.write(&summary.to_line())?;
    }
    let mut hint = (in_lines && is_of_another_form(&summary)).then_some(ONE_A_LINE);
    match &args.summary {
        Some(path) => write_file(path, &summary.to_json(), true)?,
        None if args.detail == BatchDetail::Summary => {}
        None if global.wants_json() => {
            output.complain(&summary.to_json());
            // Standard error is JSON then, and stays so.
            hint = None;
        }
        None => output.complain(&render::batch(&summary, output.error_width())),
    }
    if let Some(hint) = hint {
        output.complain(hint);
    }
    let holds = !args.strict || summary.failed == 0;
    Ok(if holds { Exit::Answered } else { Exit::ConditionFailed })
}

/// Whether no line is a profile, and several are not even JSON: a profile over several lines, or a
/// table.
fn is_of_another_form(summary: &BatchSummary) -> bool {
    summary.profiles == 0 && summary.errors.get(Code::Syntax.word()).is_some_and(|lines| *lines > 1)
}

fn refuse(args: &BatchArgs) -> Result<(), Failure> {
    if args.summary.as_deref() == Some(Path::new("-")) {
        let message = "--summary names a file; standard output holds the answers";
        return Err(Failure::usage(message, "`--detail summary` prints the summary alone"));
    }
    if args.to == BatchForm::Csv && args.detail != BatchDetail::Verdicts {
        let message = "CSV holds verdicts alone";
        return Err(Failure::usage(message, "leave out --detail, or --to csv"));
    }
    Ok(())
}

fn threads(args: &BatchArgs) -> NonZeroUsize {
    let told = args.threads.map(usize::from);
    let unasked = || available_parallelism().map_or(1, NonZeroUsize::get).min(MOST_THREADS);
    NonZeroUsize::new(told.unwrap_or_else(unasked)).unwrap_or(NonZeroUsize::MIN)
}

impl From<BatchDetail> for Detail {
    fn from(detail: BatchDetail) -> Self {
        match detail {
            BatchDetail::Verdicts => Self::Verdicts,
            BatchDetail::Findings => Self::Findings,
            BatchDetail::Report => Self::Report,
            BatchDetail::Summary => Self::Summary,
        }
    }
}

impl From<BatchForm> for Form {
    fn from(form: BatchForm) -> Self {
        match form {
            BatchForm::Ndjson => Self::Ndjson,
            BatchForm::Csv => Self::Csv,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Write(error) => Self::from(error),
            Error::Unusable(problems) => Self::Problems(problems),
            error @ Error::Read { .. } => Self::Other(error.into()),
        }
    }
}
