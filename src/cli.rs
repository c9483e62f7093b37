//! The command line: the only code that touches the terminal, the environment, the clock and
//! files.

mod args;
mod ask;
mod batch;
mod check;
mod exit;
mod how;
mod init;
mod input;
mod output;
mod plan;
mod rules;
mod schema;
mod what_if;
mod when;
mod windows;
mod write;

use std::path::Path;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use args::{Args, Command};
use exit::{Exit, Failure};
use jpo_check::dataset::Dataset;
use jpo_check::render;
use output::Output;

/// What is printed where nothing is said.
const SHORT: &str = "\
Which UN Junior Professional Officer (JPO) sponsor windows are open to a
candidate, and why.

  jpo-check ask me.json               answer questions, as few as it takes
  jpo-check init me.json              write a profile to fill in
  jpo-check me.json                   which windows are open to me?
  jpo-check why fi-nationals me.json  one window whole, with its sources
";

/// Runs the program and says how it ended.
pub(crate) fn run() -> Exit {
    if std::env::args_os().len() <= 1 {
        return nothing_said();
    }
    let args = match Args::read() {
        Ok(args) => args,
        Err(error) => return usage(&error),
    };
    let output = Output::new(args.global.color);
    match dispatch(&args, &output) {
        Ok(exit) => exit,
        Err(failure) => failed(&failure, args.global.wants_json(), &output),
    }
}

fn dispatch(args: &Args, output: &Output) -> Result<Exit, Failure> {
    let global = &args.global;
    match &args.command {
        None => check::check(&args.check, global, output),
        Some(Command::Why(why)) => check::why(why, global, output),
        Some(Command::When(when)) => when::when(when, global, output),
        Some(Command::How(how)) => how::how(how, global, output),
        Some(Command::Plan(args)) => plan::plan(args, global, output),
        Some(Command::Ask(args)) => ask::ask(args, global, output),
        Some(Command::Batch(args)) => batch::batch(args, global, output),
        Some(Command::Windows(list)) => windows::windows(list, global, output),
        Some(Command::Init(init)) => init::init(init, output),
        Some(Command::Rules { command }) => rules::rules(command, global, output),
        Some(Command::Schema { kind }) => schema::schema(kind, global, output),
        Some(Command::Completions { shell }) => {
            let mut text = Vec::new();
            clap_complete::generate(*shell, &mut Args::command(), "jpo-check", &mut text);
            output.write(&String::from_utf8_lossy(&text))?;
            Ok(Exit::Answered)
        }
        Some(Command::Man) => {
            let mut text = Vec::new();
            clap_mangen::Man::new(Args::command()).render(&mut text)?;
            output.write(&String::from_utf8_lossy(&text))?;
            Ok(Exit::Answered)
        }
    }
}

fn nothing_said() -> Exit {
    let command = Args::command();
    let verbs: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    let commands = textwrap::fill(&format!("Commands: {}", verbs.join(", ")), 80);
    Output::new(args::Color::Auto)
        .complain(&format!("{SHORT}\n{commands}\n`jpo-check --help` tells more.\n"));
    Exit::Unusable
}

/// Help and version are answers; anything else is a mistake in the words.
fn usage(error: &clap::Error) -> Exit {
    let output = Output::new(args::Color::Auto);
    let json = args::ask_for_json(std::env::args_os());
    match of_other_rules(error, &output) {
        Ok(None) => {}
        Ok(Some(exit)) => return exit,
        Err(failure) => return failed(&failure, json, &output),
    }
    if let Some(failure) = mistyped(error) {
        return failed(&failure, json, &output);
    }
    if error.use_stderr() && json {
        let (message, help) = args::in_a_sentence(error);
        let problems = Failure::Usage(message, help).problems();
        let _ = output.write(&render::diagnostics_json(&problems));
    }
    match error.print().map_err(Failure::from) {
        Err(failure @ Failure::Other(_)) => failed(&failure, false, &output),
        _ if error.use_stderr() => Exit::Unusable,
        _ => Exit::Answered,
    }
}

/// Prints the version where it is asked for of other rules than the program's, or of certain
/// ones. Of its own the program knows it without reading them.
fn of_other_rules(error: &clap::Error, output: &Output) -> Result<Option<Exit>, Failure> {
    let whole = error.kind() == ErrorKind::DisplayVersion
        && error.to_string().contains(Dataset::EMBEDDED_VERSION);
    let global = whole.then(args::beside_version).flatten();
    match global.filter(|global| global.data.is_some() || global.expect_data.is_some()) {
        None => Ok(None),
        Some(global) => {
            let (version, rules) = (env!("CARGO_PKG_VERSION"), dataset(&global)?.edition());
            output.write(&format!("jpo-check {version}\n{rules}\n"))?;
            Ok(Some(Exit::Answered))
        }
    }
}

/// The word that is nearly a verb, on a line that was read as one without a verb.
fn mistyped(error: &clap::Error) -> Option<Failure> {
    let kind = match error.kind() {
        ErrorKind::UnknownArgument => ContextKind::InvalidArg,
        ErrorKind::InvalidSubcommand => ContextKind::InvalidSubcommand,
        _ => return None,
    };
    let Some(ContextValue::String(refused)) = error.get(kind) else { return None };
    if args::names_a_verb() {
        return None;
    }
    let words = std::env::args_os().skip(1).filter_map(|word| word.into_string().ok());
    // What stands behind the word that was refused was never looked at.
    let words: Vec<String> = words.take_while(|word| word != refused).collect();
    let named = words.iter().chain([refused]).filter(|word| !word.starts_with('-'));
    named.into_iter().find_map(|word| check::mistyped_command(Path::new(word)).err())
}

fn failed(failure: &Failure, json: bool, output: &Output) -> Exit {
    let text = match failure {
        Failure::ClosedPipe => return Exit::Answered,
        Failure::Problems(problems) => render::diagnostics(problems, output.error_width()),
        Failure::Usage(message, None) => format!("error: {message}\n"),
        Failure::Usage(message, Some(help)) => format!("error: {message}; {help}\n"),
        Failure::Other(error) => format!("error: {error:#}\n"),
    };
    if json {
        // The answer of a script's run is on standard output, whatever it is.
        let _ = output.write(&render::diagnostics_json(&failure.problems()));
    }
    output.complain(&text);
    Exit::Unusable
}

/// Loads the rules asked for: a folder's, or the embedded ones.
///
/// They live as long as the run: taking thousands of small texts apart at its end would be time
/// spent on nothing.
fn dataset(global: &args::Global) -> Result<&'static Dataset, Failure> {
    let data = match global.data.as_deref() {
        None => Dataset::embedded().map_err(Failure::Problems)?,
        Some(folder) => {
            let texts = input::rule_texts(folder)?;
            let files: Vec<_> = texts.iter().map(input::RuleText::as_file).collect();
            let loaded = Dataset::load(&files);
            let data = loaded.map_err(|problems| input::refused(Some(folder), problems))?;
            Box::leak(Box::new(data))
        }
    };
    match &global.expect_data {
        Some(expected) if *expected != *data.version => {
            let message = format!("the rules are {}, and {expected} were expected", data.version);
            Err(Failure::usage(message, "`--data DIR` reads the rules from a folder"))
        }
        _ => Ok(data),
    }
}
