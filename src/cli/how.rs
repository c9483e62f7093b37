//! What would have to change.

use std::path::PathBuf;

use clap::ValueEnum;
use jpo_check::engine::{self, Allowed, How, Pace};
use jpo_check::render;
use jpo_check::report::{HowReport, YEARS_AHEAD};
use jpo_check::vocabulary::{DegreeLevel, Words, add_months};

use super::exit::{Exit, Failure};
use super::global::Global;
use super::input;
use super::output::Output;
use super::select::find_beside;

#[derive(Debug, clap::Args)]
pub(crate) struct HowArgs {
    /// The profile, a JSON file; `-` reads standard input
    #[arg(value_name = "PROFILE")]
    profile: PathBuf,
    /// The window's id; `jpo-check windows` lists them
    #[arg(value_name = "WINDOW")]
    window: String,
    /// Let this change too (repeatable); nobody's birth does
    #[arg(long, value_name = "WHAT", value_enum, help_heading = "Input")]
    allow: Vec<Allow>,
    /// How fast something is done (repeatable): months to a degree, as in `master=18`, or the
    /// share of full time at which one works, as in `work=0.5` [default: work=1, bachelor=36,
    /// postgraduate=12, master=24, doctorate=48]
    #[arg(long, value_name = "NAME=VALUE", value_parser = pace_of, help_heading = "Input")]
    pace: Vec<PaceOf>,
    /// How many years to look ahead, 1 to 40
    #[arg(long, value_name = "N", default_value_t = YEARS_AHEAD, value_parser = clap::value_parser!(u32).range(1..=40), help_heading = "Input")]
    years: u32,
}

/// What can be allowed to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Allow {
    /// A further nationality
    Nationality,
    /// Another country of permanent residence
    Residence,
}

/// More changes than this are no plan.
const MOST_CHANGES: usize = 8;

/// Shows the ways into one window.
pub(crate) fn how(args: &HowArgs, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let data = global.dataset()?;
    let as_of = global.as_of();
    let window = find_beside(data, &args.window, &args.profile, "how PROFILE WINDOW")?;
    let profile = input::profile(&args.profile, data, as_of, output)?;
    let how = How {
        data,
        window,
        profile: &profile,
        as_of,
        horizon: add_months(as_of, 12 * args.years),
        pace: pace(&args.pace),
        allowed: Allowed {
            nationality: args.allow.contains(&Allow::Nationality),
            residence: args.allow.contains(&Allow::Residence),
        },
        most: MOST_CHANGES,
    };
    let report = HowReport::new(how, &engine::ways(how));
    output.write(&if global.wants_json() {
        report.to_json()
    } else {
        render::how(&report, output.width())
    })?;
    Ok(Exit::Answered)
}

/// How fast one thing is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PaceOf {
    /// Share of full time in thousandths.
    Work(u32),
    /// Months to a degree.
    Degree(DegreeLevel, u32),
}

fn pace(told: &[PaceOf]) -> Pace {
    let mut pace = Pace::default();
    for one in told {
        match one {
            PaceOf::Work(share) => pace.share = *share,
            PaceOf::Degree(level, months) => {
                for ((_, known), of_level) in
                    DegreeLevel::WORDS.iter().zip(&mut pace.months_to_degree)
                {
                    if known == level {
                        *of_level = *months;
                    }
                }
            }
        }
    }
    pace
}

/// Reads `master=18` (months) or `work=0.5` (share of full time).
fn pace_of(text: &str) -> Result<PaceOf, String> {
    let form = "write `master=18` (months to a degree) or `work=0.5` (share of full time)";
    let (name, value) = text.split_once('=').ok_or(form)?;
    if name == "work" {
        let share: f64 = value.parse().map_err(|_| form)?;
        if !(0.01..=1.0).contains(&share) {
            return Err("a share of full time lies between 0.01 and 1".to_owned());
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 10 and 1000"
        )]
        return Ok(PaceOf::Work((share * 1000.0).round() as u32));
    }
    let level = DegreeLevel::from_word(name).ok_or(form)?;
    match value.parse() {
        Ok(months @ 0..=240) => Ok(PaceOf::Degree(level, months)),
        _ => Err("months to a degree are a number from 0 to 240".to_owned()),
    }
}
