//! What to apply to, when, and what binds the choice.

use std::path::PathBuf;

use jpo_check::engine::{self, Candidate};
use jpo_check::plan::Plan;
use jpo_check::render;
use jpo_check::report::{PlanReport, YEARS_AHEAD};
use jpo_check::vocabulary::add_months;

use super::exit::{Exit, Failure};
use super::global::Global;
use super::input;
use super::output::Output;
use super::select::{Select, selected};

#[derive(Debug, clap::Args)]
pub(crate) struct PlanArgs {
    /// The profile, a JSON file; `-` reads standard input
    #[arg(value_name = "PROFILE")]
    profile: PathBuf,
    #[command(flatten)]
    select: Select,
}

/// Plans the applications to the windows selected.
pub(crate) fn plan(args: &PlanArgs, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let data = global.dataset()?;
    let as_of = global.as_of();
    let windows = selected(data, &args.select)?;
    let profile = input::profile(&args.profile, data, as_of, output)?;
    let candidate = Candidate::new(&profile, as_of);
    let assessments = engine::assess_all(data, &windows, &candidate, as_of);
    let horizon = add_months(as_of, 12 * YEARS_AHEAD);
    let plan = Plan::new(data, &candidate, (as_of, horizon), &assessments);
    let report = PlanReport::new(data, &plan, &candidate, as_of);
    output.write(&if global.wants_json() {
        report.to_json()
    } else {
        render::plan(&report, output.width())
    })?;
    Ok(Exit::Answered)
}
