//! The main job, and one window whole.

use std::mem::ManuallyDrop;
use std::path::Path;

use chrono::NaiveDate;
use clap::CommandFactory;
use jpo_check::dataset::Dataset;
use jpo_check::engine::{self, Candidate, Verdict};
use jpo_check::profile::Profile;
use jpo_check::render;
use jpo_check::report::{Ask, Detail, Report};
use jpo_check::rules::Window;
use jpo_check::suggest::{did_you_mean, nearest};

use super::args::{Args, CheckArgs, Global, Require, VerdictName, WhyArgs};
use super::exit::{Exit, Failure};
use super::output::Output;
use super::what_if::what_if;
use super::windows::selected;
use super::{dataset, input};

/// Checks every window selected.
pub(crate) fn check(args: &CheckArgs, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let Some(path) = &args.profile else {
        return Err(Failure::usage("a profile is needed", "write `jpo-check PROFILE`"));
    };
    mistyped_command(path)?;
    let data = dataset(global)?;
    let as_of = as_of(global);
    let windows = selected(data, &args.select)?;
    let (name, text) = input::profile_text(path, output)?;
    let profile = Profile::parse(&text, &name, data, as_of).map_err(Failure::Problems)?;
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
    let report = ManuallyDrop::new(if global.wants_json() || args.all {
        let ask = Ask::new(&candidate, as_of, Detail::Whole);
        let mut found = ManuallyDrop::new(engine::assess_all(data, windows, &candidate, as_of));
        found.retain(|assessment| args.wants(assessment.verdict));
        Report::new(data, ask, &found)
    } else {
        let ask = Ask::new(&candidate, as_of, Detail::Screen);
        let days = (as_of, ask.horizon);
        let found = engine::assess_in_brief(data, windows, &candidate, days);
        let mut found = ManuallyDrop::new(found);
        found.retain(|verdict| args.wants(verdict));
        Report::in_brief(data, ask, &mut found)
    });
    output.write(&if global.wants_json() {
        report.to_json()
    } else {
        render::check(&report, args.all, output.width())
    })?;
    Ok(args.exit(report.summary.open))
}

impl CheckArgs {
    /// Whether windows with this verdict are to be shown.
    pub(super) fn wants(&self, verdict: Verdict) -> bool {
        self.verdict.is_empty() || self.verdict.iter().any(|wanted| wanted.fits(verdict))
    }

    /// How a run ends that shows so many open windows.
    pub(super) const fn exit(&self, open: usize) -> Exit {
        match self.require {
            Some(Require::Open) if open == 0 => Exit::ConditionFailed,
            _ => Exit::Answered,
        }
    }
}

/// A word that is no file and nearly a command is not looked for as a profile.
pub(super) fn mistyped_command(path: &Path) -> Result<(), Failure> {
    if path.extension().is_some() || path.exists() {
        return Ok(());
    }
    let word = path.to_string_lossy();
    let args = Args::command();
    let verbs = args.get_subcommands().map(clap::Command::get_name);
    match nearest(&word, verbs) {
        Some(verb) => Err(Failure::usage(
            format!("there is neither a file nor a command `{word}`"),
            format!("did you mean `{verb}`?"),
        )),
        None => Ok(()),
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
    let data = dataset(global)?;
    let as_of = as_of(global);
    let window = find_beside(data, &args.window, &args.profile, "why WINDOW PROFILE")?;
    let (name, text) = input::profile_text(&args.profile, output)?;
    let profile = Profile::parse(&text, &name, data, as_of).map_err(Failure::Problems)?;
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

pub(crate) fn find<'d>(data: &'d Dataset, id: &str) -> Result<&'d Window, Failure> {
    data.window(id).ok_or_else(|| {
        let ids = data.windows.iter().map(|window| window.id.as_str());
        let hint =
            did_you_mean(id, ids).unwrap_or_else(|| "`jpo-check windows` lists them".to_owned());
        Failure::usage(format!("there is no window `{id}`"), hint)
    })
}

/// The window called `id`, asked about with the profile at `path`; `order` is how the verb takes
/// the two, which not every verb takes alike.
pub(crate) fn find_beside<'d>(
    data: &'d Dataset,
    id: &str,
    path: &Path,
    order: &str,
) -> Result<&'d Window, Failure> {
    let swapped = Path::new(id).exists() || path.to_str().is_some_and(|p| data.window(p).is_some());
    find(data, id).map_err(|failure| match failure {
        Failure::Usage(message, _) if swapped => {
            Failure::usage(message, format!("the order is `jpo-check {order}`"))
        }
        other => other,
    })
}

/// The day asked for, or today where the user is.
#[expect(clippy::disallowed_methods, reason = "the one place that asks the clock")]
pub(crate) fn as_of(global: &Global) -> NaiveDate {
    global.as_of.unwrap_or_else(|| chrono::Local::now().date_naive())
}
