//! Flags and verbs.

use std::ffi::OsString;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jpo_check::diagnostic::{Code, Severity};
use jpo_check::report::YEARS_AHEAD;
use jpo_check::suggest::did_you_mean;
use jpo_check::vocabulary::{DateError, PartialDate, Words};

use super::how::{PaceOf, pace_of};
use super::schema;

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

/// Lines that stay whole on 80 columns.
const WHAT_IF: &str = "\
Change the profile first, and show only what differs (repeatable; done
in their order)

languages.fr=C1                      a level
tests.toefl-ibt=105@2026-10-01       score, and the day if not today
degrees+=master:2027-07:law:KE       level, award, field, country
experience+=employment:2026-12-01..  kind and period, here without end
experience+=casual:2024..2025:0.5    half of full time
nationalities+=DE    nationalities=DE,KE    residences+=SE:permanent
birth_date=1995-03-01    facts.previous_jpo=false
languages-=fr    degrees-=master    experience-=2 (the second)
languages= (not told)    languages=[] (told: none)

What stands behind `+=` may be JSON. A JSON object alone is a merge
patch of the whole profile (RFC 7396); `@FILE` reads one from a file.";

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

/// Flags that work everywhere.
#[derive(Debug, clap::Args)]
pub(crate) struct Global {
    #[arg(
        long,
        value_name = "DIR",
        global = true,
        help = "Read the rules from a folder instead of the program [env: JPO_CHECK_DATA]",
        help_heading = "Input"
    )]
    pub(crate) data: Option<PathBuf>,
    /// Refuse other rules than those with this hash, as reports and summaries name it
    #[arg(long, value_name = "HASH", global = true, help_heading = "Input")]
    pub(crate) expect_data: Option<String>,
    /// The day of the application [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, global = true, help_heading = "Input")]
    pub(crate) as_of: Option<NaiveDate>,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Format::Text, global = true, help_heading = "Output")]
    format: Format,
    /// When to colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto, global = true, help_heading = "Output")]
    pub(crate) color: Color,
}

impl Global {
    /// Takes from the environment what no flag says. A variable that is empty says nothing: so a
    /// script takes back one that it was given.
    fn look_around(&mut self) {
        let told = || std::env::var_os("JPO_CHECK_DATA").filter(|folder| !folder.is_empty());
        self.data = self.data.take().or_else(|| told().map(PathBuf::from));
    }

    /// Whether the answer is for scripts.
    pub(crate) const fn wants_json(&self) -> bool {
        matches!(self.format, Format::Json | Format::Sarif)
    }
}

/// How to print an answer; one flag of several commands has one type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For scripts
    Json,
    /// For code review tools (SARIF 2.1.0)
    #[value(skip)]
    Sarif,
    /// A page in Markdown
    #[value(skip)]
    Markdown,
}

impl Format {
    /// Takes the formats of findings: `sarif` too.
    fn of_findings() -> impl TypedValueParser<Value = Self> {
        Self::common_and(Self::Sarif, "sarif", "For code review tools (SARIF 2.1.0)")
    }

    /// Takes the formats of rules in words: `markdown` too.
    fn of_pages() -> impl TypedValueParser<Value = Self> {
        Self::common_and(Self::Markdown, "markdown", "A page in Markdown")
    }

    fn common_and(
        own: Self,
        name: &'static str,
        help: &'static str,
    ) -> impl TypedValueParser<Value = Self> {
        let common = Self::value_variants().iter().filter_map(Self::to_possible_value);
        PossibleValuesParser::new(common.chain([PossibleValue::new(name).help(help)]))
            .map(move |name| Self::from_str(&name, false).unwrap_or(own))
    }
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

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
    pub(crate) what_if: Vec<String>,
    #[command(flatten)]
    pub(crate) select: Select,
    /// Only windows with this verdict (repeatable)
    #[arg(long, value_name = "VERDICT", value_enum, help_heading = "Selection")]
    pub(crate) verdict: Vec<VerdictName>,
    /// List ineligible windows too, each with its reasons
    #[arg(long, help_heading = "Output")]
    pub(crate) all: bool,
    /// Exit with 1 unless some window shown is open (eligible or likely)
    #[arg(long, value_name = "WHAT", value_enum, help_heading = "Other")]
    pub(crate) require: Option<Require>,
}

impl CheckArgs {
    const fn is_given(&self) -> bool {
        let select = &self.select;
        self.profile.is_some()
            || self.all
            || self.require.is_some()
            || !self.what_if.is_empty()
            || !(self.verdict.is_empty() && select.donor.is_empty() && select.host.is_empty())
    }
}

/// Which windows.
#[derive(Debug, clap::Args)]
pub(crate) struct Select {
    /// Only windows of this donor: code or country name (repeatable)
    #[arg(long, value_name = "DONOR", help_heading = "Selection")]
    pub(crate) donor: Vec<String>,
    /// Only windows with this host: id, name or acronym (repeatable)
    #[arg(long, value_name = "HOST", help_heading = "Selection")]
    pub(crate) host: Vec<String>,
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
    Schema {
        /// Of what
        #[arg(value_parser = schema::kinds())]
        kind: String,
    },
    /// Print a completion script, e.g. `jpo-check completions bash > ~/.local/share/bash-completion/completions/jpo-check`
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the man page, e.g. `jpo-check man > jpo-check.1`
    Man,
}

#[derive(Debug, clap::Args)]
pub(crate) struct WhyArgs {
    /// The window's id; `jpo-check windows` lists them
    pub(crate) window: String,
    /// The profile, a JSON file; `-` reads standard input
    #[arg(value_name = "PROFILE")]
    pub(crate) profile: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct WhenArgs {
    /// The profile, a JSON file; `-` reads standard input
    #[arg(value_name = "PROFILE")]
    pub(crate) profile: PathBuf,
    /// Only this window, with every day; `jpo-check windows` lists their ids
    #[arg(value_name = "WINDOW")]
    pub(crate) window: Option<String>,
    #[command(flatten)]
    pub(crate) select: Select,
    /// How many years to look ahead, 1 to 40
    #[arg(long, value_name = "N", default_value_t = YEARS_AHEAD, value_parser = clap::value_parser!(u32).range(1..=40), help_heading = "Input")]
    pub(crate) years: u32,
}

#[derive(Debug, clap::Args)]
pub(crate) struct HowArgs {
    /// The profile, a JSON file; `-` reads standard input
    #[arg(value_name = "PROFILE")]
    pub(crate) profile: PathBuf,
    /// The window's id; `jpo-check windows` lists them
    #[arg(value_name = "WINDOW")]
    pub(crate) window: String,
    /// Let this change too (repeatable); nobody's birth does
    #[arg(long, value_name = "WHAT", value_enum, help_heading = "Input")]
    pub(crate) allow: Vec<Allow>,
    /// How fast something is done (repeatable): months to a degree, as in `master=18`, or the
    /// share of full time at which one works, as in `work=0.5` [default: work=1, bachelor=36,
    /// postgraduate=12, master=24, doctorate=48]
    #[arg(long, value_name = "NAME=VALUE", value_parser = pace_of, help_heading = "Input")]
    pub(crate) pace: Vec<PaceOf>,
    /// How many years to look ahead, 1 to 40
    #[arg(long, value_name = "N", default_value_t = YEARS_AHEAD, value_parser = clap::value_parser!(u32).range(1..=40), help_heading = "Input")]
    pub(crate) years: u32,
}

/// What can be allowed to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Allow {
    /// A further nationality
    Nationality,
    /// Another country of permanent residence
    Residence,
}

#[derive(Debug, clap::Args)]
pub(crate) struct PlanArgs {
    /// The profile, a JSON file; `-` reads standard input
    #[arg(value_name = "PROFILE")]
    pub(crate) profile: PathBuf,
    #[command(flatten)]
    pub(crate) select: Select,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
On a terminal it asks one question at a time: the one expected to settle most
windows for the least trouble. It stops when nothing more can change a verdict,
and writes FILE. Without a terminal, or with `--format json`, it prints the next
question and the profile as JSON, and writes nothing unless told to:

  jpo-check ask - --answer nationalities=DE,Kenya < me.json
  jpo-check ask me.json --answer birth_date=1995-03-01 --write")]
pub(crate) struct AskArgs {
    /// The profile to fill in, made if it is not there; `-` reads standard input
    #[arg(value_name = "FILE", default_value = "profile.json")]
    pub(crate) file: PathBuf,
    /// Fill in this answer first: JSON or bare text, such as `facts.previous_jpo=no` (repeatable)
    #[arg(long, value_name = "FACT=VALUE", help_heading = "Input")]
    pub(crate) answer: Vec<String>,
    /// Do not ask for this fact (repeatable)
    #[arg(long, value_name = "FACT", help_heading = "Input")]
    pub(crate) skip: Vec<String>,
    /// Write the answers into FILE
    #[arg(long, help_heading = "Output")]
    pub(crate) write: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A line that is no profile is answered by what is wrong with it, in its place:
there are as many answers as lines that are not empty.

  jpo-check batch people.ndjson > answers.ndjson
  zcat people.ndjson.gz | jpo-check batch --detail summary

Exit codes: 0 answered; 1 `--strict`, and a line is no profile; 2 usage, a file
that cannot be read, answers that cannot be written.")]
pub(crate) struct BatchArgs {
    /// Profiles, a JSON object a line, or a table in CSV; none or `-` reads standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// How profiles are written [default: csv in files called so, else ndjson]
    #[arg(long, value_name = "FORM", value_enum, help_heading = "Input")]
    pub(crate) from: Option<BatchForm>,
    /// The number of the first line, for a part of a larger file
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=1 << 53), help_heading = "Input")]
    pub(crate) first_line: u64,
    #[command(flatten)]
    pub(crate) select: Select,
    /// How much is answered about each profile
    #[arg(long, value_name = "DETAIL", value_enum, default_value_t = BatchDetail::Verdicts, help_heading = "Output")]
    pub(crate) detail: BatchDetail,
    /// How answers are written; csv holds verdicts alone
    #[arg(long, value_name = "FORM", value_enum, default_value_t = BatchForm::Ndjson, help_heading = "Output")]
    pub(crate) to: BatchForm,
    /// Write the summary into this file, as JSON, instead of to standard error
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) summary: Option<PathBuf>,
    /// How many threads work [default: one for each processor, at most 8]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=64), help_heading = "Other")]
    pub(crate) threads: Option<u8>,
    /// Exit with 1 if a line is no profile
    #[arg(long, help_heading = "Other")]
    pub(crate) strict: bool,
}

/// How many profiles, or the answers to them, are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BatchForm {
    /// A JSON object a line
    Ndjson,
    /// A table, for spreadsheets
    Csv,
}

/// How much is answered about each of many profiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BatchDetail {
    /// Ids of the windows that are eligible, likely and undetermined
    Verdicts,
    /// Every window with its findings
    Findings,
    /// The whole report
    Report,
    /// Only the summary, as one line
    Summary,
}

#[derive(Debug, clap::Args)]
pub(crate) struct WindowsArgs {
    #[command(flatten)]
    pub(crate) select: Select,
    /// List the sources that are due to be looked at again instead, with their addresses
    #[arg(long, help_heading = "Output")]
    pub(crate) stale: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct InitArgs {
    /// The file to write; `-` prints it
    #[arg(value_name = "FILE", default_value = "profile.json")]
    pub(crate) file: PathBuf,
    /// Write over a file that is there
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Write the rules of the program into a folder, to edit and use with --data
    Export(ExportArgs),
    /// Show the rules of a window, or of a donor's windows, in plain words
    Show(ShowArgs),
    /// Find what is wrong with rules, or most likely not meant
    Lint(LintArgs),
    /// Say what a code of `rules lint` means; without one, list the codes
    Explain(ExplainArgs),
    /// Show whose verdict changes between two sets of rules, with a profile each
    Diff(DiffArgs),
    /// Hold the cases beside the rules against them; exit with 1 if one fails
    Test(TestArgs),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 nothing found; 1 something found; 2 usage, a folder or a file that
cannot be read, as one that is not UTF-8.")]
pub(crate) struct LintArgs {
    /// The folder of rules [default: --data, else the rules of the program]
    #[arg(value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// Write into the files of DIR what is certain to mend them
    #[arg(long, requires = "dir", help_heading = "Other")]
    pub(crate) fix: bool,
    /// Count warnings of this code as errors (repeatable)
    #[arg(long, value_name = "CODE", value_parser = code, help_heading = "Selection")]
    pub(crate) deny: Vec<Code>,
    /// Pass over warnings of this code (repeatable)
    #[arg(long, value_name = "CODE", value_parser = warning, help_heading = "Selection")]
    pub(crate) allow: Vec<Code>,
    /// How to print the findings
    #[arg(
        id = "format",
        long = "format",
        value_name = "FORMAT",
        value_parser = Format::of_findings(),
        default_value = "text",
        help_heading = "Output"
    )]
    pub(crate) format: Format,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// The code, as it stands in brackets
    #[arg(value_name = "CODE", value_parser = code)]
    pub(crate) code: Option<Code>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DiffArgs {
    /// The rules before: a folder, or `embedded`; alone, these are the rules after, and those of
    /// --data or of the program the ones before
    #[arg(value_name = "OLD")]
    pub(crate) before: PathBuf,
    /// The rules after: a folder, or `embedded`
    #[arg(value_name = "NEW")]
    pub(crate) after: Option<PathBuf>,
    /// Count who gains and who loses among these profiles, one JSON object a line; `-` reads
    /// standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) cohort: Option<PathBuf>,
    /// Exit with 1 unless it is proved that nobody is answered differently
    #[arg(long, value_name = "WHAT", value_enum)]
    pub(crate) require: Option<RequireSame>,
}

/// What can be required of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RequireSame {
    /// Nobody's verdict changes, proved
    Same,
}

#[derive(Debug, clap::Args)]
pub(crate) struct TestArgs {
    /// The folder of rules [default: --data, or the rules of the program]
    #[arg(value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// Only the cases of this window
    #[arg(long, value_name = "ID", help_heading = "Selection")]
    pub(crate) window: Option<String>,
    /// Change the rules value by value, and list each change that no case notices
    #[arg(long)]
    pub(crate) mutate: bool,
    /// Print a case for each change that no case of this window notices, to be confirmed and
    /// copied into the donor's file; without an id, for every window
    #[arg(
        long,
        value_name = "WINDOW",
        num_args = 0..=1,
        default_missing_value = "",
        conflicts_with_all = ["mutate", "window"]
    )]
    pub(crate) suggest: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExportArgs {
    /// The folder
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// Write over files that are there
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ShowArgs {
    /// A window's id; or a donor's code or country name, for all its windows
    #[arg(value_name = "WINDOW")]
    pub(crate) what: String,
    /// How to print the rules
    #[arg(
        id = "format",
        long = "format",
        value_name = "FORMAT",
        value_parser = Format::of_pages(),
        default_value = "text",
        help_heading = "Output"
    )]
    pub(crate) format: Format,
}

fn code(text: &str) -> Result<Code, String> {
    let known = text.trim().to_ascii_lowercase();
    Code::from_word(&known).ok_or_else(|| {
        let words = Code::WORDS.iter().map(|(word, _)| *word);
        did_you_mean(text, words)
            .unwrap_or_else(|| "`jpo-check rules explain` lists the codes".to_owned())
    })
}

fn warning(text: &str) -> Result<Code, String> {
    match code(text)? {
        code if code.severity() == Severity::Warning => Ok(code),
        _ => Err("this is an error, and errors cannot be passed over".to_owned()),
    }
}

fn day(text: &str) -> Result<NaiveDate, String> {
    match PartialDate::parse(text) {
        Ok(date) if date.is_exact() => Ok(date.first()),
        Ok(_) => Err("a day is needed, as in 2026-11-21".to_owned()),
        Err(DateError::OutsideYears) => Err(format!("this {}", DateError::OutsideYears)),
        Err(error) => Err(format!("this {error}; write it as in 2026-11-21")),
    }
}

/// Whether the words, which could not be read, ask for JSON.
pub(crate) fn ask_for_json(words: impl Iterator<Item = OsString>) -> bool {
    let words: Vec<OsString> = words.take_while(|word| word != "--").collect();
    let pair =
        |pair: &[OsString]| matches!(pair, [flag, value] if flag == "--format" && value == "json");
    words.iter().any(|word| word == "--format=json") || words.windows(2).any(pair)
}

/// What is wrong with the words, and what to do about it.
pub(crate) fn in_a_sentence(error: &clap::Error) -> (String, Option<String>) {
    let text = error.to_string();
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut parts = text.split("\n\n").map(one_line);
    let first = parts.next().unwrap_or_default();
    let message = first.strip_prefix("error: ").unwrap_or(&first).to_owned();
    let help = parts.find_map(|part| part.strip_prefix("tip: ").map(str::to_owned));
    (message, help.or_else(|| Some("`--help` lists what there is".to_owned())))
}
