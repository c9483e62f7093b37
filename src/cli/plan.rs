//! What to apply to, when, and what binds the choice.

use jpo_check::engine::{self, Candidate};
use jpo_check::plan::Plan;
use jpo_check::profile::Profile;
use jpo_check::render;
use jpo_check::report::PlanReport;

use super::args::{Global, PlanArgs};
use super::check::as_of;
use super::exit::{Exit, Failure};
use super::output::Output;
use super::windows::selected;
use super::{dataset, input};

/// Plans the applications to the windows selected.
pub(crate) fn plan(args: &PlanArgs, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let data = dataset(global)?;
    let as_of = as_of(global);
    let windows = selected(data, &args.select)?;
    let (name, text) = input::profile_text(&args.profile, output)?;
    let profile = Profile::parse(&text, &name, data, as_of).map_err(Failure::Problems)?;
    let candidate = Candidate::new(&profile, as_of);
    let assessments = engine::assess_all(data, &windows, &candidate, as_of);
    let plan = Plan::new(data, &profile, as_of, &assessments);
    let report = PlanReport::new(data, &plan, &profile, as_of);
    output.write(&if global.wants_json() {
        report.to_json()
    } else {
        render::plan(&report, output.width())
    })?;
    Ok(Exit::Answered)
}
