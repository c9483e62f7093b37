//! What would have to change.

use jpo_check::engine::{self, Allowed, How, Pace};
use jpo_check::profile::Profile;
use jpo_check::render;
use jpo_check::report::HowReport;
use jpo_check::vocabulary::{DegreeLevel, Words, add_months};

use super::args::{Allow, Global, HowArgs};
use super::check::{as_of, find_beside};
use super::exit::{Exit, Failure};
use super::output::Output;
use super::{dataset, input};

/// More changes than this are no plan.
const MOST_CHANGES: usize = 8;

/// Shows the ways into one window.
pub(crate) fn how(args: &HowArgs, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let data = dataset(global)?;
    let as_of = as_of(global);
    let window = find_beside(data, &args.window, &args.profile, "how PROFILE WINDOW")?;
    let (name, text) = input::profile_text(&args.profile, output)?;
    let profile = Profile::parse(&text, &name, data, as_of).map_err(Failure::Problems)?;
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
pub(crate) enum PaceOf {
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
pub(crate) fn pace_of(text: &str) -> Result<PaceOf, String> {
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
