//! The cases beside the rules, held against them.

use std::path::PathBuf;

use chrono::NaiveDate;
use jpo_check::cases;
use jpo_check::dataset::{Dataset, RuleFile};
use jpo_check::render::{self, CasesReport};

use crate::cli::exit::{Exit, Failure};
use crate::cli::folder::{self, RuleText};
use crate::cli::global::Global;
use crate::cli::output::Output;
use crate::cli::select::find;

#[derive(Debug, clap::Args)]
pub(crate) struct TestArgs {
    /// The folder of rules [default: --data, or the rules of the program]
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Only the cases of this window
    #[arg(long, value_name = "ID", help_heading = "Selection")]
    window: Option<String>,
    /// Change the rules value by value, and list each change that no case notices
    #[arg(long)]
    mutate: bool,
    /// Print a case for each change that no case of this window notices, to be confirmed and
    /// copied into the donor's file; without an id, for every window
    #[arg(
        long,
        value_name = "WINDOW",
        num_args = 0..=1,
        default_missing_value = "",
        conflicts_with_all = ["mutate", "window"]
    )]
    suggest: Option<String>,
}

/// Holds every case against the rules, and every change of the rules against the cases.
pub(super) fn test(args: &TestArgs, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let folder = args.dir.as_deref().or(global.data.as_deref());
    let texts = folder::texts_of(folder)?;
    let files: Vec<_> = texts.iter().map(RuleText::as_file).collect();
    let (mut data, trees) =
        Dataset::load_with_trees(&files).map_err(|problems| folder::refused(folder, problems))?;
    if let Some(window) = &args.suggest {
        let window = Some(window.as_str()).filter(|id| !id.is_empty());
        return suggest(&files, window, global.as_of(), output);
    }
    let window = args.window.as_deref();
    if let Some(id) = window {
        find(&data, id)?;
    }
    // Where a case fails already, it would seem to notice every change.
    let sound = args.mutate && cases::run(&data, window).failures.is_empty();
    let survey = sound.then(|| cases::survey(&mut data, &trees, window));
    let run = cases::run(&data, window);
    let prefix = folder.map(|folder| folder.join("").display().to_string()).unwrap_or_default();
    let report = CasesReport { data: &data, run: &run, survey: survey.as_ref(), folder: &prefix };
    output.write(&if global.wants_json() {
        render::cases_json(report)
    } else {
        render::cases(report, output.width())
    })?;
    if args.mutate && !sound {
        output.complain("the rules were not changed: first every case has to hold\n");
    }
    Ok(if report.holds() { Exit::Answered } else { Exit::ConditionFailed })
}

/// Prints cases for an editor to confirm.
fn suggest(
    files: &[RuleFile<'_>],
    window: Option<&str>,
    as_of: NaiveDate,
    output: &Output,
) -> Result<Exit, Failure> {
    let data = Dataset::load(files).map_err(Failure::Problems)?;
    if let Some(id) = window {
        find(&data, id)?;
    }
    let (mut changed, trees) = Dataset::load_with_trees(files).map_err(Failure::Problems)?;
    let suggestions = cases::suggest(&data, &mut changed, &trees, window, as_of);
    output.write(&render::suggestions(&suggestions, &data))?;
    Ok(Exit::Answered)
}
