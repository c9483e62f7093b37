//! Many profiles, a line each.

use std::fs::File;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use anyhow::Context;
use jpo_check::batch::{Batch, Detail, Error, Input};
use jpo_check::render;
use jpo_check::report::BatchSummary;

use super::args::{BatchArgs, BatchDetail, Global};
use super::check::as_of;
use super::exit::{Exit, Failure};
use super::output::Output;
use super::windows::selected;
use super::write::write_file;
use super::{dataset, failed};

/// More threads than this are not begun unasked.
const MOST_THREADS: usize = 8;

/// Answers every line, then says what came out.
pub(crate) fn batch(args: &BatchArgs, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let data = dataset(global)?;
    let batch = Batch {
        data,
        windows: selected(data, &args.select)?,
        as_of: as_of(global),
        detail: args.detail.into(),
        threads: threads(args),
        first_line: args.first_line,
    };
    let inputs = inputs(&args.files)?;
    let tally = match batch.run(inputs, io::stdout()) {
        Ok(tally) => tally,
        // Lines are written already: what is wrong is said on standard error alone.
        Err(error) => return Ok(failed(&error.into(), false, output)),
    };
    let summary = BatchSummary::new(&batch, &tally);
    if args.detail == BatchDetail::Summary {
        output.write(&summary.to_line())?;
    }
    match &args.summary {
        Some(path) => write_file(path, &summary.to_json(), true)?,
        None if args.detail == BatchDetail::Summary => {}
        None if global.wants_json() => output.complain(&summary.to_json()),
        None => output.complain(&render::batch(&summary, output.error_width())),
    }
    let holds = !args.strict || summary.failed == 0;
    Ok(if holds { Exit::Answered } else { Exit::ConditionFailed })
}

fn threads(args: &BatchArgs) -> NonZeroUsize {
    let told = args.threads.map(usize::from);
    let unasked = || available_parallelism().map_or(1, NonZeroUsize::get).min(MOST_THREADS);
    NonZeroUsize::new(told.unwrap_or_else(unasked)).unwrap_or(NonZeroUsize::MIN)
}

/// Opens every file before any is read.
fn inputs(files: &[PathBuf]) -> Result<Vec<Input<'static>>, Failure> {
    let standard = [PathBuf::from("-")];
    let files = if files.is_empty() { &standard } else { files };
    files.iter().map(|path| input(path)).collect()
}

fn input(path: &Path) -> Result<Input<'static>, Failure> {
    if path == Path::new("-") {
        return Ok(Input { name: "standard input".to_owned(), source: Box::new(io::stdin()) });
    }
    let name = path.display().to_string();
    let file = File::open(path).with_context(|| format!("cannot read {name}"))?;
    Ok(Input { name, source: Box::new(file) })
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

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Write(error) => Self::from(error),
            Error::Unusable(problems) => Self::Problems(problems),
            error @ Error::Read { .. } => Self::Other(error.into()),
        }
    }
}
