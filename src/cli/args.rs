//! The line as a whole: its verbs, and how it is read.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand};
use clap_complete::Shell;

use super::ask::AskArgs;
use super::batch::BatchArgs;
use super::check::{CheckArgs, WhyArgs};
use super::global::Global;
use super::how::HowArgs;
use super::init::InitArgs;
use super::plan::PlanArgs;
use super::rules::RulesCommand;
use super::schema::SchemaArgs;
use super::when::WhenArgs;
use super::windows::WindowsArgs;

const EXAMPLES: &str = "\
Examples:
  jpo-check ask me.json             answer questions, as few as it takes
  jpo-check init me.json            write a profile to fill in
  jpo-check me.json                 which sponsor windows are open to me?
  jpo-check why fi-nationals me.json
  jpo-check me.json --format json   all of it, for scripts

Exit codes: 0 answered, whatever the verdicts; 1 what was asked for does not
hold (`--require open`, `rules diff --require same`, `batch --strict`), `rules
lint` finds something or a case of `rules test` fails; 2 usage, unreadable or
invalid profile or rules, input or output.";

/// Which UN Junior Professional Officer (JPO) sponsor windows are open to a candidate, and why.
///
/// Each donor government decides whom it sponsors. Give a profile (JSON) and every donor's
/// rules are held against it, with reasons and sources. The rules are part of the program;
/// nothing is sent anywhere.
#[derive(Debug, Parser)]
#[command(
    name = "jpo-check",
    version,
    long_version = jpo_check::dataset::Dataset::EMBEDDED_VERSION,
    override_usage = "jpo-check [OPTIONS] <PROFILE>\n       jpo-check [OPTIONS] <COMMAND>",
    after_help = EXAMPLES,
    max_term_width = 100
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(flatten)]
    pub(crate) check: CheckArgs,
}

/// A command line without a verb.
#[derive(Debug, Parser)]
#[command(name = "jpo-check", version, long_version = jpo_check::dataset::Dataset::EMBEDDED_VERSION)]
struct CheckLine {
    #[command(flatten)]
    global: Global,
    #[command(flatten)]
    check: CheckArgs,
}

impl Args {
    /// Reads the command line.
    ///
    /// To set up the flags of all verbs takes as long as a third of a check. A line that names no
    /// verb is read without them; what is refused so is read again as a whole, for the help and
    /// the messages.
    pub(crate) fn read() -> Result<Self, clap::Error> {
        let mut args = Self::parsed()?;
        args.global.look_around();
        Ok(args)
    }

    fn parsed() -> Result<Self, clap::Error> {
        if !names_a_verb() {
            match CheckLine::try_parse() {
                Ok(CheckLine { global, check }) => {
                    return Ok(Self { command: None, global, check });
                }
                Err(error) if error.kind() == ErrorKind::DisplayVersion => return Err(error),
                Err(_) => {}
            }
        }
        Self::try_parse().and_then(Self::checked)
    }

    /// Refuses a profile or a selection before a verb, which would pass over them, and a format
    /// that the verb does not have.
    fn checked(self) -> Result<Self, clap::Error> {
        let refuse = |kind, message| Err(Self::command().error(kind, message));
        if self.command.is_some() && self.check.is_given() {
            let message =
                "a command stands before its profile and selection: `jpo-check COMMAND ...`";
            return refuse(ErrorKind::ArgumentConflict, message);
        }
        Ok(self)
    }
}

/// Whether a word of the command line is a verb.
pub(super) fn names_a_verb() -> bool {
    let is_verb =
        |word: OsString| word.to_str().is_some_and(|w| w == "help" || Command::has_subcommand(w));
    std::env::args_os().skip(1).any(is_verb)
}

/// What a line says that asks for the version: which rules are meant stands before or behind.
pub(crate) fn beside_version() -> Option<Global> {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Count);
    // The version is told whatever else is wrong with the line.
    let line = Args::command().disable_version_flag(true).arg(version).ignore_errors(true);
    let mut global = Global::from_arg_matches(&line.try_get_matches().ok()?).ok()?;
    global.look_around();
    Some(global)
}

/// The verbs beside the main job.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show one window whole: every requirement, with reason, source and rule
    Why(WhyArgs),
    /// Show until when and from when windows are open, as bars by year; of one window, every day
    /// on which its verdict changes, and why
    When(WhenArgs),
    /// Show what would have to change for a window to be open, and from when it then is
    How(HowArgs),
    /// List what to apply to by closing day, what binds the choice, and the steps to the first day
    Plan(PlanArgs),
    /// Ask question after question, as few as it takes, and write the profile
    Ask(AskArgs),
    /// Check many profiles, a line each: one line of answer for each, and a summary
    Batch(BatchArgs),
    /// List windows, their donors and how fresh their sources are
    Windows(WindowsArgs),
    /// Write a profile to start from
    Init(InitArgs),
    /// Work with the rules themselves
    Rules {
        #[command(subcommand)]
        command: RulesCommand,
    },
    /// Print the JSON Schema of an answer, a profile or a rule file
    Schema(SchemaArgs),
    /// Print a completion script, e.g. `jpo-check completions bash > ~/.local/share/bash-completion/completions/jpo-check`
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the man page, e.g. `jpo-check man > jpo-check.1`
    Man,
}
