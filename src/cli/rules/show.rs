//! The rules in plain words, without a profile.

use jpo_check::dataset::Dataset;
use jpo_check::render;
use jpo_check::report::RulesReport;
use jpo_check::rules::{Donor, Window};
use jpo_check::suggest::did_you_mean;

use crate::cli::exit::{Exit, Failure};
use crate::cli::global::{Format, Global};
use crate::cli::output::Output;
use crate::cli::select;

#[derive(Debug, clap::Args)]
pub(crate) struct ShowArgs {
    /// A window's id; or a donor's code or country name, for all its windows
    #[arg(value_name = "WINDOW")]
    what: String,
    /// How to print the rules
    #[arg(
        id = "format",
        long = "format",
        value_name = "FORMAT",
        value_parser = Format::of_pages(),
        default_value = "text",
        help_heading = "Output"
    )]
    format: Format,
}

/// Shows one window, or every window of a donor.
pub(super) fn show(args: &ShowArgs, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let data = global.dataset()?;
    let (donor, windows) = found(data, &args.what)?;
    let report = RulesReport::new(data, donor, &windows, global.as_of());
    output.write(&match args.format {
        Format::Markdown => render::markdown(&report),
        _ if global.wants_json() => report.to_json(),
        _ => render::show(&report, output.width()),
    })?;
    Ok(Exit::Answered)
}

/// A window by its id, or a donor's windows by its code or name.
fn found<'d>(data: &'d Dataset, text: &str) -> Result<(&'d Donor, Vec<&'d Window>), Failure> {
    if let Some(window) = data.window(text) {
        let donor = window.donors.first().and_then(|code| data.donors.get(code));
        return donor.map(|donor| (&**donor, vec![window])).ok_or_else(|| unknown(data, text));
    }
    let code = select::donor(data, text).map_err(|_| unknown(data, text))?;
    let donor = data.donors.values().find(|donor| donor.code.as_str() == code);
    let of_donor = |window: &&Window| window.donors.iter().any(|one| one.as_str() == code);
    let windows = data.windows.iter().filter(of_donor).collect();
    donor.map(|donor| (&**donor, windows)).ok_or_else(|| unknown(data, text))
}

fn unknown(data: &Dataset, text: &str) -> Failure {
    let ids = data.windows.iter().map(|window| window.id.as_str());
    let names = data.donors.values().map(|donor| donor.name.as_str());
    let hint = did_you_mean(text, ids.chain(names));
    let hint = hint.unwrap_or_else(|| "`jpo-check windows` lists them".to_owned());
    Failure::usage(format!("there is no window or donor `{text}`"), hint)
}
