//! Until when and from when.

use std::path::PathBuf;

use jpo_check::dataset::Dataset;
use jpo_check::engine::{self, Candidate};
use jpo_check::render;
use jpo_check::report::{Ask, Detail, Report, WhenReport, YEARS_AHEAD};
use jpo_check::rules::Window;
use jpo_check::vocabulary::add_months;

use super::exit::{Exit, Failure};
use super::global::Global;
use super::input;
use super::output::Output;
use super::select::{Select, find_beside, selected};

#[derive(Debug, clap::Args)]
pub(crate) struct WhenArgs {
    /// The profile, a JSON file; `-` reads standard input
    #[arg(value_name = "PROFILE")]
    profile: PathBuf,
    /// Only this window, with every day; `jpo-check windows` lists their ids
    #[arg(value_name = "WINDOW")]
    window: Option<String>,
    #[command(flatten)]
    select: Select,
    /// How many years to look ahead, 1 to 40
    #[arg(long, value_name = "N", default_value_t = YEARS_AHEAD, value_parser = clap::value_parser!(u32).range(1..=40), help_heading = "Input")]
    years: u32,
}

/// Shows the timelines of the windows selected, or of one.
pub(crate) fn when(args: &WhenArgs, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let data = global.dataset()?;
    let as_of = global.as_of();
    let windows = windows(data, args)?;
    let profile = input::profile(&args.profile, data, as_of, output)?;
    let candidate = Candidate::new(&profile, as_of);
    let assessments = engine::assess_all(data, &windows, &candidate, as_of);
    let horizon = add_months(as_of, 12 * args.years);
    let ask = Ask { horizon, ..Ask::new(&candidate, as_of, Detail::Timelines) };
    let report = WhenReport::of(Report::new(data, ask, &assessments), horizon);
    output.write(&if global.wants_json() {
        report.to_json()
    } else {
        render::when(&report, args.window.is_some(), output.width())
    })?;
    Ok(Exit::Answered)
}

/// The windows selected, or the one named, if it is among them.
fn windows<'d>(data: &'d Dataset, args: &WhenArgs) -> Result<Vec<&'d Window>, Failure> {
    let mut windows = selected(data, &args.select)?;
    if let Some(id) = &args.window {
        let named = find_beside(data, id, &args.profile, "when PROFILE WINDOW")?;
        windows.retain(|window| window.id == named.id);
        if windows.is_empty() {
            let message = format!("`{id}` is not among the windows of this --donor and --host");
            return Err(Failure::usage(message, "leave out the window, or the flags"));
        }
    }
    Ok(windows)
}
