//! The rules themselves.

mod diff;
mod export;
mod test;

use super::args::{Global, RulesCommand};
use super::exit::{Exit, Failure};
use super::output::Output;

/// Runs a verb on the rules.
pub(crate) fn rules(
    command: &RulesCommand,
    global: &Global,
    output: &Output,
) -> Result<Exit, Failure> {
    match command {
        RulesCommand::Diff(args) => diff::diff(args, global, output),
        RulesCommand::Export { dir, force } => export::export(dir, *force, output),
        RulesCommand::Test(args) => test::test(args, global, output),
    }
}
