//! What is said of a line that cannot be read, or that asks for help or the version.

use std::ffi::OsString;
use std::path::Path;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use jpo_check::dataset::Dataset;
use jpo_check::render;
use jpo_check::suggest::nearest;

use super::args::{Args, beside_version, names_a_verb};
use super::exit::{Exit, Failure};
use super::output::{Color, Output};

/// Help and version are answers; anything else is a mistake in the words.
pub(crate) fn usage(error: &clap::Error) -> Exit {
    let output = Output::new(Color::Auto);
    let json = ask_for_json(std::env::args_os());
    match of_other_rules(error, &output) {
        Ok(None) => {}
        Ok(Some(exit)) => return exit,
        Err(failure) => return output.fail(&failure, json),
    }
    if let Some(failure) = mistyped(error).or_else(|| misplaced(error)).or_else(|| too_many(error))
    {
        return output.fail(&failure, json);
    }
    if error.use_stderr() && json {
        let (message, help) = in_a_sentence(error);
        let problems = Failure::Usage(message, help).problems();
        let _ = output.write(&render::diagnostics_json(&problems));
    }
    match error.print().map_err(Failure::from) {
        Err(failure @ Failure::Other(_)) => output.fail(&failure, false),
        _ if error.use_stderr() => Exit::Unusable,
        _ => Exit::Answered,
    }
}

/// Prints the version where it is asked for of other rules than the program's, or of certain
/// ones. Of its own the program knows it without reading them.
fn of_other_rules(error: &clap::Error, output: &Output) -> Result<Option<Exit>, Failure> {
    let whole = error.kind() == ErrorKind::DisplayVersion
        && error.to_string().contains(Dataset::EMBEDDED_VERSION);
    let global = whole.then(beside_version).flatten();
    match global.filter(|global| global.data.is_some() || global.expect_data.is_some()) {
        None => Ok(None),
        Some(global) => {
            let (version, rules) = (env!("CARGO_PKG_VERSION"), global.dataset()?.edition());
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
    if names_a_verb() {
        return None;
    }
    let words = std::env::args_os().skip(1).filter_map(|word| word.into_string().ok());
    // What stands behind the word that was refused was never looked at.
    let words: Vec<String> = words.take_while(|word| word != refused).collect();
    let named = words.iter().chain([refused]).filter(|word| !word.starts_with('-'));
    named.into_iter().find_map(|word| mistyped_command(Path::new(word)).err())
}

/// A flag that other commands have.
fn misplaced(error: &clap::Error) -> Option<Failure> {
    let Some(ContextValue::String(refused)) = error.get(ContextKind::InvalidArg) else {
        return None;
    };
    let flag = refused.strip_prefix("--").filter(|_| error.kind() == ErrorKind::UnknownArgument)?;
    let args = Args::command();
    let mut places = Vec::new();
    if has(&args, flag) {
        places.push("`jpo-check PROFILE`".to_owned());
    }
    for verb in args.get_subcommands() {
        let name = verb.get_name();
        if has(verb, flag) {
            places.push(format!("`jpo-check {name}`"));
        }
        let below = verb.get_subcommands().filter(|below| has(below, flag));
        places.extend(below.map(|below| format!("`jpo-check {name} {}`", below.get_name())));
    }
    let help = format!("it belongs to {}", places.join(", "));
    (!places.is_empty()).then(|| Failure::usage(format!("`{refused}` has no place here"), help))
}

/// A second word on a line without a verb: mostly the first one was meant as a verb.
fn too_many(error: &clap::Error) -> Option<Failure> {
    let Some(ContextValue::String(refused)) = error.get(ContextKind::InvalidArg) else {
        return None;
    };
    let is_word = error.kind() == ErrorKind::UnknownArgument && !refused.starts_with('-');
    (is_word && !names_a_verb()).then(|| {
        let help = "a check is `jpo-check PROFILE`, with one profile and no command; one window is told by `jpo-check why WINDOW PROFILE`";
        Failure::usage(format!("`{refused}` has no place here"), help)
    })
}

/// Whether a command has this flag of its own.
fn has(command: &clap::Command, flag: &str) -> bool {
    command.get_arguments().any(|argument| argument.get_long() == Some(flag))
}

/// A word that is no file and nearly a command is not looked for as a profile.
pub(crate) fn mistyped_command(path: &Path) -> Result<(), Failure> {
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

/// Whether the words, which could not be read, ask for JSON.
fn ask_for_json(words: impl Iterator<Item = OsString>) -> bool {
    let words: Vec<OsString> = words.take_while(|word| word != "--").collect();
    let pair =
        |pair: &[OsString]| matches!(pair, [flag, value] if flag == "--format" && value == "json");
    words.iter().any(|word| word == "--format=json") || words.windows(2).any(pair)
}

/// What is wrong with the words, and what to do about it.
fn in_a_sentence(error: &clap::Error) -> (String, Option<String>) {
    let text = error.to_string();
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut parts = text.split("\n\n").map(one_line);
    let first = parts.next().unwrap_or_default();
    let message = first.strip_prefix("error: ").unwrap_or(&first).to_owned();
    let help = parts.find_map(|part| part.strip_prefix("tip: ").map(str::to_owned));
    (message, help.or_else(|| Some("`--help` lists what there is".to_owned())))
}
