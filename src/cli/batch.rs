//! Many profiles, a line each.

mod answers;
mod files;
mod progress;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use clap::ValueEnum;
use jpo_check::batch::{Batch, Detail, Error, Form};
use jpo_check::diagnostic::Code;
use jpo_check::render;
use jpo_check::report::BatchSummary;

use super::exit::{Exit, Failure};
use super::global::Global;
use super::output::Output;
use super::select::{Select, selected};
use super::write::write_file;
use answers::Answers;
use progress::Progress;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A line that is no profile is answered by what is wrong with it, in its place:
there are as many answers as lines that are not empty.

  jpo-check batch people.ndjson > answers.ndjson
  zcat people.ndjson.gz | jpo-check batch --detail summary

Exit codes: 0 answered; 1 `--strict`, and a line is no profile; 2 usage, a file
that cannot be read, answers that cannot be written.")]
pub(crate) struct BatchArgs {
    /// Profiles, a JSON object a line, or a table in CSV; none or `-` reads standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How profiles are written [default: csv in files called so, else ndjson]
    #[arg(long, value_name = "FORM", value_enum, help_heading = "Input")]
    from: Option<BatchForm>,
    /// The number of the first line, for a part of a larger file
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=1 << 53), help_heading = "Input")]
    first_line: u64,
    #[command(flatten)]
    select: Select,
    /// How much is answered about each profile
    #[arg(long, value_name = "DETAIL", value_enum, default_value_t = BatchDetail::Verdicts, help_heading = "Output")]
    detail: BatchDetail,
    /// How answers are written; csv holds verdicts alone
    #[arg(long, value_name = "FORM", value_enum, default_value_t = BatchForm::Ndjson, help_heading = "Output")]
    to: BatchForm,
    /// Write the summary into this file, as JSON, instead of to standard error
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    summary: Option<PathBuf>,
    /// How many threads work [default: one for each processor, at most 8]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=64), help_heading = "Other")]
    threads: Option<u8>,
    /// Exit with 1 if a line is no profile
    #[arg(long, help_heading = "Other")]
    strict: bool,
}

/// How many profiles, or the answers to them, are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BatchForm {
    /// A JSON object a line
    Ndjson,
    /// A table, for spreadsheets
    Csv,
}

/// How much is answered about each of many profiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BatchDetail {
    /// Ids of the windows that are eligible, likely and undetermined
    Verdicts,
    /// Every window with its findings
    Findings,
    /// The whole report
    Report,
    /// Only the summary, as one line
    Summary,
}

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
    let data = global.dataset()?;
    let batch = Batch {
        data,
        windows: selected(data, &args.select)?,
        as_of: global.as_of(),
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
        Err(error) => return Ok(output.fail(&error.into(), false)),
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
