//! The command line: the only code that touches the terminal, the environment, the clock and
//! files.

mod args;
mod ask;
mod batch;
mod check;
mod exit;
mod folder;
mod global;
mod how;
mod init;
mod input;
mod output;
mod plan;
mod rules;
mod schema;
mod select;
mod usage;
mod when;
mod windows;
mod write;

use clap::CommandFactory;

use args::{Args, Command};
use exit::{Exit, Failure};
use output::{Color, Output};

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
        Err(error) => return usage::usage(&error),
    };
    let output = Output::new(args.global.color);
    match dispatch(&args, &output) {
        Ok(exit) => exit,
        Err(failure) => output.fail(&failure, args.global.wants_json()),
    }
}

fn dispatch(args: &Args, output: &Output) -> Result<Exit, Failure> {
    let global = &args.global;
    match &args.command {
        None => {
            args.check.profile.as_deref().map_or(Ok(()), usage::mistyped_command)?;
            check::check(&args.check, global, output)
        }
        Some(Command::Why(why)) => check::why(why, global, output),
        Some(Command::When(when)) => when::when(when, global, output),
        Some(Command::How(how)) => how::how(how, global, output),
        Some(Command::Plan(args)) => plan::plan(args, global, output),
        Some(Command::Ask(args)) => ask::ask(args, global, output),
        Some(Command::Batch(args)) => batch::batch(args, global, output),
        Some(Command::Windows(list)) => windows::windows(list, global, output),
        Some(Command::Init(init)) => init::init(init, output),
        Some(Command::Rules { command }) => rules::rules(command, global, output),
        Some(Command::Schema(args)) => schema::schema(args, global, output),
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
    Output::new(Color::Auto)
        .complain(&format!("{SHORT}\n{commands}\n`jpo-check --help` tells more.\n"));
    Exit::Unusable
}
