//! The rules themselves: one file for each verb.

mod diff;
mod explain;
mod export;
mod lint;
mod show;
mod test;

use clap::Subcommand;

use super::exit::{Exit, Failure};
use super::global::Global;
use super::output::Output;
use diff::DiffArgs;
use explain::ExplainArgs;
use export::ExportArgs;
use lint::LintArgs;
use show::ShowArgs;
use test::TestArgs;

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
