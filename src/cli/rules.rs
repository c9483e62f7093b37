//! The rules themselves: one file for each verb.

mod diff;
mod explain;
mod export;
mod lint;
mod show;
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
        RulesCommand::Export(args) => export::export(args, output),
        RulesCommand::Show(args) => show::show(args, global, output),
        RulesCommand::Lint(args) => lint::lint(args, global, output),
        RulesCommand::Explain(args) => explain::explain(args, output),
        RulesCommand::Test(args) => test::test(args, global, output),
    }
}
