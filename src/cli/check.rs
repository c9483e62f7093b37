//! The main job, and one window whole.

mod what_if;

use std::mem::ManuallyDrop;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::ValueEnum;
use jpo_check::dataset::Dataset;
use jpo_check::engine::{self, Candidate, Verdict};
use jpo_check::profile::Profile;
use jpo_check::render;
use jpo_check::report::{Ask, Detail, Report, Summary};
use jpo_check::rules::Window;
use jpo_check::vocabulary::Words as _;

use super::exit::{Exit, Failure};
use super::global::Global;
use super::input;
use super::output::Output;
use super::select::{Select, find_beside, selected};
use what_if::{WHAT_IF, what_if};

/// The main job.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// The profile, a JSON file; `-` reads standard input
    #[arg(value_name = "PROFILE")]
    pub(crate) profile: Option<PathBuf>,
    /// Change the profile first, and show only what differs, such as `languages.fr=C1` (repeatable)
    #[arg(
        long,
        value_name = "EDIT",
        allow_hyphen_values = true,
        help_heading = "Input",
        long_help = WHAT_IF
    )]
    what_if: Vec<String>,
    #[command(flatten)]
    select: Select,
    /// Only windows with this verdict (repeatable)
    #[arg(long, value_name = "VERDICT", value_enum, help_heading = "Selection")]
    verdict: Vec<VerdictName>,
    /// List ineligible windows too, each with its reasons
    #[arg(long, help_heading = "Output")]
    all: bool,
    /// Exit with 1 unless some window shown is open (eligible or likely)
    #[arg(long, value_name = "WHAT", value_enum, help_heading = "Other")]
    require: Option<Require>,
}

/// A verdict, or both that count as open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum VerdictName {
    /// Every requirement met, on the donor's own record
    Eligible,
    /// Nothing unmet, something to confirm with the donor
    Likely,
    /// Facts to tell or points to confirm
    Undetermined,
    /// Some required requirement unmet
    Ineligible,
    /// Eligible or likely
    Open,
}

/// What can be required of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Require {
    /// Some window is open
    Open,
}

#[derive(Debug, clap::Args)]
pub(crate) struct WhyArgs {
    /// The window's id; `jpo-check windows` lists them
    window: String,
    /// The profile, a JSON file; `-` reads standard input
    #[arg(value_name = "PROFILE")]
    profile: PathBuf,
}

/// Checks every window selected.
pub(crate) fn check(args: &CheckArgs, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let Some(path) = &args.profile else {
        return Err(Failure::usage("a profile is needed", "write `jpo-check PROFILE`"));
    };
    let data = global.dataset()?;
    let as_of = global.as_of();
    let windows = selected(data, &args.select)?;
    let (profile, text) = input::profile_with_text(path, data, as_of, output)?;
    let subject = Subject { data, as_of, windows, text, profile };
    if args.what_if.is_empty() {
        plain(&subject, args, global, output)
    } else {
        what_if(&subject, args, global, output)
    }
}

/// What is checked.
pub(super) struct Subject {
    pub(super) data: &'static Dataset,
    pub(super) as_of: NaiveDate,
    pub(super) windows: Vec<&'static Window>,
    pub(super) text: String,
    pub(super) profile: Profile,
}

fn plain(
    subject: &Subject,
    args: &CheckArgs,
    global: &Global,
    output: &Output,
) -> Result<Exit, Failure> {
    let Subject { data, as_of, windows, profile, .. } = subject;
    let (data, as_of) = (*data, *as_of);
    let candidate = Candidate::new(profile, as_of);
    // Nothing found is taken apart at the end: the run is over then.
    let report = ManuallyDrop::new(if global.wants_json() || args.lists_ineligible() {
        let ask = Ask::new(&candidate, as_of, Detail::Whole);
        let mut found = ManuallyDrop::new(engine::assess_all(data, windows, &candidate, as_of));
        let all = Summary::of(found.iter().map(|assessment| assessment.verdict));
        found.retain(|assessment| args.wants(assessment.verdict));
        Report::new(data, ask, &found).out_of(all, &args.only())
    } else {
        let ask = Ask::new(&candidate, as_of, Detail::Screen);
        let days = (as_of, ask.horizon);
        let found = engine::assess_in_brief(data, windows, &candidate, days);
        let mut found = ManuallyDrop::new(found);
        let all = Summary::of(found.verdicts());
        found.retain(|verdict| args.wants(verdict));
        Report::in_brief(data, ask, &mut found).out_of(all, &args.only())
    });
    output.write(&if global.wants_json() {
        report.to_json()
    } else {
        render::check(&report, args.lists_ineligible(), output.width())
    })?;
    Ok(args.exit(report.windows.iter().any(|window| window.open)))
}

impl CheckArgs {
    /// Whether anything is asked of a check.
    pub(super) const fn is_given(&self) -> bool {
        let select = &self.select;
        self.profile.is_some()
            || self.all
            || self.require.is_some()
            || !self.what_if.is_empty()
            || !(self.verdict.is_empty() && select.donor.is_empty() && select.host.is_empty())
    }

    /// Whether windows with this verdict are to be shown.
    pub(super) fn wants(&self, verdict: Verdict) -> bool {
        self.verdict.is_empty() || self.verdict.iter().any(|wanted| wanted.fits(verdict))
    }

    /// The verdicts of the windows that are shown; none if all are.
    pub(super) fn only(&self) -> Vec<Verdict> {
        let all = Verdict::WORDS.iter().map(|(_, verdict)| *verdict);
        let shown: Vec<Verdict> = all.filter(|verdict| self.wants(*verdict)).collect();
        if shown.len() == Verdict::WORDS.len() { Vec::new() } else { shown }
    }

    /// Whether ineligible windows are listed, and not only counted.
    pub(super) fn lists_ineligible(&self) -> bool {
        self.all || self.verdict.contains(&VerdictName::Ineligible)
    }

    /// How a run ends, by whether a window that is shown is open.
    pub(super) const fn exit(&self, is_open: bool) -> Exit {
        match self.require {
            Some(Require::Open) if !is_open => Exit::ConditionFailed,
            _ => Exit::Answered,
        }
    }
}

impl VerdictName {
    fn fits(self, verdict: Verdict) -> bool {
        match self {
            Self::Eligible => verdict == Verdict::Eligible,
            Self::Likely => verdict == Verdict::Likely,
            Self::Undetermined => verdict == Verdict::Undetermined,
            Self::Ineligible => verdict == Verdict::Ineligible,
            Self::Open => verdict.is_open(),
        }
    }
}

/// Shows one window whole.
pub(crate) fn why(args: &WhyArgs, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let data = global.dataset()?;
    let as_of = global.as_of();
    let window = find_beside(data, &args.window, &args.profile, "why WINDOW PROFILE")?;
    let profile = input::profile(&args.profile, data, as_of, output)?;
    let candidate = Candidate::new(&profile, as_of);
    let assessment = engine::assess(data, window, &profile, as_of);
    let ask = Ask::new(&candidate, as_of, Detail::Whole);
    let report = Report::new(data, ask, &[assessment]);
    output.write(&if global.wants_json() {
        report.to_json()
    } else {
        render::why(&report, data, window, output.width())
    })?;
    Ok(Exit::Answered)
}
