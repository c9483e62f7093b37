//! Two sets of rules, compared.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::ValueEnum;
use jpo_check::dataset::Dataset;
use jpo_check::diff::{Cohort, diff as compare};
use jpo_check::render;

use crate::cli::exit::{Exit, Failure};
use crate::cli::folder::{self, RuleText};
use crate::cli::global::Global;
use crate::cli::output::Output;

#[derive(Debug, clap::Args)]
pub(crate) struct DiffArgs {
    /// The rules before: a folder, or `embedded`; alone, these are the rules after, and those of
    /// --data or of the program the ones before
    #[arg(value_name = "OLD")]
    before: PathBuf,
    /// The rules after: a folder, or `embedded`
    #[arg(value_name = "NEW")]
    after: Option<PathBuf>,
    /// Count who gains and who loses among these profiles, one JSON object a line; `-` reads
    /// standard input
    #[arg(long, value_name = "FILE")]
    cohort: Option<PathBuf>,
    /// Exit with 1 unless it is proved that nobody is answered differently
    #[arg(long, value_name = "WHAT", value_enum)]
    require: Option<RequireSame>,
}

/// What can be required of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RequireSame {
    /// Nobody's verdict changes, proved
    Same,
}

/// Shows whose verdict changes between two sets of rules.
pub(crate) fn diff(args: &DiffArgs, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let as_of = global.as_of();
    // Alone, a folder is what was made of the rules in use.
    let embedded = Path::new("embedded");
    let (old, new) = match &args.after {
        Some(after) => (args.before.as_path(), after.as_path()),
        None => (global.data.as_deref().unwrap_or(embedded), args.before.as_path()),
    };
    let (before, after) = (named(old)?, named(new)?);
    let mut diff = compare(&before, &after, as_of);
    if let Some(path) = &args.cohort {
        let count = |source: &mut dyn Read| Cohort::count(&diff, &before, &after, source, as_of);
        let cohort = if path == Path::new("-") {
            count(&mut io::stdin().lock())
        } else {
            File::open(path).and_then(|mut file| count(&mut file))
        };
        let cohort =
            cohort.with_context(|| format!("cannot read the cohort {}", path.display()))?;
        refuse(path, &cohort)?;
        diff.cohort = Some(cohort);
    }
    output.write(&if global.wants_json() {
        let text = serde_json::to_string_pretty(&diff).map_err(anyhow::Error::from)?;
        format!("{text}\n")
    } else {
        render::diff(&diff, output.width())
    })?;
    let holds = args.require.is_none() || diff.same;
    Ok(if holds { Exit::Answered } else { Exit::ConditionFailed })
}

/// Refuses a cohort of which no line is a profile: to count nobody would answer nothing.
fn refuse(path: &Path, cohort: &Cohort) -> Result<(), Failure> {
    let (Some(line), 0) = (cohort.unreadable.first(), cohort.profiles) else { return Ok(()) };
    let fault = cohort.fault.as_ref().map(|fault| format!(": {fault}")).unwrap_or_default();
    let name =
        if path == Path::new("-") { "standard input".into() } else { path.to_string_lossy() };
    let message =
        format!("no line of {name} is a profile for both sets of rules; line {line}{fault}");
    Err(Failure::usage(message, "a cohort is a profile in JSON a line, not a table"))
}

/// Loads the rules of a folder, or the embedded ones: from their texts, with their cases.
fn named(path: &Path) -> Result<Dataset, Failure> {
    let folder = (path != Path::new("embedded")).then_some(path);
    let texts = folder::texts_of(folder)?;
    let files: Vec<_> = texts.iter().map(RuleText::as_file).collect();
    Dataset::load(&files).map_err(|problems| folder::refused(folder, problems))
}
