//! Until when and from when.

use jpo_check::dataset::Dataset;
use jpo_check::engine::{self, Candidate};
use jpo_check::profile::Profile;
use jpo_check::render;
use jpo_check::report::{Ask, Detail, Report, WhenReport};
use jpo_check::rules::Window;
use jpo_check::vocabulary::add_months;

use super::args::{Global, WhenArgs};
use super::check::{as_of, find_beside};
use super::exit::{Exit, Failure};
use super::output::Output;
use super::windows::selected;
use super::{dataset, input};

/// Shows the timelines of the windows selected, or of one.
pub(crate) fn when(args: &WhenArgs, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let data = dataset(global)?;
    let as_of = as_of(global);
    let windows = windows(data, args)?;
    let (name, text) = input::profile_text(&args.profile, output)?;
    let profile = Profile::parse(&text, &name, data, as_of).map_err(Failure::Problems)?;
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
