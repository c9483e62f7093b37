//! The command line: the only code that touches the terminal, the environment, the clock and
//! files.

mod args;
mod check;
mod exit;
mod init;
mod input;
mod output;
mod rules;
mod windows;
mod write;

use clap::{CommandFactory, Parser};

use args::{Args, Command, SchemaKind};
use exit::{Exit, Failure};
use jpo_check::dataset::Dataset;
use jpo_check::{document, profile, render, report};
use output::Output;

/// Runs the program and says how it ended.
pub(crate) fn run() -> Exit {
    let args = match Args::try_parse().and_then(Args::checked) {
        Ok(args) => args,
        Err(error) => return usage(&error),
    };
    let output = Output::new(args.global.color);
    match dispatch(&args, &output) {
        Ok(exit) => exit,
        Err(failure) => failed(&failure, &args, &output),
    }
}

fn dispatch(args: &Args, output: &Output) -> Result<Exit, Failure> {
    let global = &args.global;
    match &args.command {
        None => check::check(&args.check, global, output),
        Some(Command::Why(why)) => check::why(why, global, output),
        Some(Command::Windows(list)) => windows::windows(list, global, output),
        Some(Command::Init(init)) => init::init(init, output),
        Some(Command::Rules { command }) => rules::rules(command, global, output),
        Some(Command::Schema { kind }) => {
            let schema = match kind {
                SchemaKind::Report => report::Report::schema(),
                SchemaKind::Profile => {
                    document::json_schema(&profile::PROFILE, "jpo-check profile, format 1")
                }
            };
            let text = serde_json::to_string_pretty(&schema).map_err(anyhow::Error::from)?;
            output.write(&format!("{text}\n"))?;
            Ok(Exit::Answered)
        }
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

/// Help and version are answers; anything else is a mistake in the words.
fn usage(error: &clap::Error) -> Exit {
    match error.print().map_err(Failure::from) {
        Err(Failure::Other(error)) => {
            Output::new(args::Color::Auto).complain(&format!("error: {error:#}\n"));
            Exit::Unusable
        }
        _ if error.use_stderr() => Exit::Unusable,
        _ => Exit::Answered,
    }
}

fn failed(failure: &Failure, args: &Args, output: &Output) -> Exit {
    match failure {
        Failure::ClosedPipe => Exit::Answered,
        Failure::Problems(problems) => {
            if args.global.wants_json(args) {
                // The answer of a script's run is on standard output, whatever it is.
                let _ = output.write(&render::diagnostics_json(problems));
            }
            output.complain(&render::diagnostics(problems, output.error_width()));
            Exit::Unusable
        }
        Failure::Other(error) => {
            output.complain(&format!("error: {error:#}\n"));
            Exit::Unusable
        }
    }
}

/// Loads the rules asked for: a folder's, or the embedded ones.
///
/// They live as long as the run: taking thousands of small texts apart at its end would be time
/// spent on nothing.
fn dataset(global: &args::Global) -> Result<&'static Dataset, Failure> {
    let folder = global.data.as_deref();
    let loaded = match folder {
        None => return Dataset::embedded().map_err(Failure::Problems),
        Some(folder) => {
            let texts = input::rule_texts(folder)?;
            let files: Vec<_> = texts.iter().map(input::RuleText::as_file).collect();
            Dataset::load(&files)
        }
    };
    let data = loaded.map_err(|problems| input::refused(folder, problems))?;
    Ok(&*Box::leak(Box::new(data)))
}
