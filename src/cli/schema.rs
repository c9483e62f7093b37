//! JSON Schemas of what the program prints and reads.

use clap::builder::{PossibleValue, PossibleValuesParser};
use jpo_check::dataset::Dataset;
use jpo_check::dataset::keys::{FILES, FileKind};
use jpo_check::profile;
use jpo_check::report::{
    AskReport, BatchLine, BatchSummary, HowReport, PlanReport, Report, RulesReport, WhatIf,
    WhenReport, WindowList,
};
use serde_json::Value;

use super::exit::{Exit, Failure};
use super::global::Global;
use super::output::Output;

#[derive(Debug, clap::Args)]
pub(crate) struct SchemaArgs {
    /// Of what
    #[arg(value_parser = kinds())]
    kind: String,
}

/// What is printed and read besides rule files.
const FORMATS: &[(&str, &str)] = &[
    ("report", "What a check and `why` print with `--format json`"),
    ("when", "What `when` prints with `--format json`"),
    ("what-if", "What a check with `--what-if` prints with `--format json`"),
    ("how", "What `how` prints with `--format json`"),
    ("plan", "What `plan` prints with `--format json`"),
    ("ask", "What `ask` prints with `--format json`"),
    ("batch", "What `batch` prints for each line"),
    ("batch-summary", "What `batch` counts"),
    ("windows", "What `windows` prints with `--format json`"),
    ("rules", "What `rules show` prints with `--format json`"),
    ("profile", "What a profile holds"),
];

/// Everything that has a schema.
fn kinds() -> PossibleValuesParser {
    let formats = FORMATS.iter().map(|(name, help)| PossibleValue::new(*name).help(*help));
    let files = FILES.iter().map(|kind| PossibleValue::new(kind.name).help(kind.path));
    PossibleValuesParser::new(formats.chain(files))
}

/// Prints the schema asked for.
pub(crate) fn schema(args: &SchemaArgs, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let schema = match args.kind.as_str() {
        "report" => Report::schema(),
        "when" => WhenReport::schema(),
        "what-if" => WhatIf::schema(),
        "how" => HowReport::schema(),
        "plan" => PlanReport::schema(),
        "ask" => AskReport::schema(),
        "batch" => BatchLine::schema(),
        "batch-summary" => BatchSummary::schema(),
        "windows" => WindowList::schema(),
        "rules" => RulesReport::schema(),
        name => match FILES.iter().find(|file| file.name == name) {
            Some(file) => file.schema(&global.dataset()?.known()),
            None => profile::schema(global.dataset()?),
        },
    };
    output.write(&text(&schema))?;
    Ok(Exit::Answered)
}

/// Path and text of the schema of each kind of rule file, with the names of `data` to complete.
pub(crate) fn of_files(data: &Dataset) -> Vec<(String, String)> {
    let known = data.known();
    let entry = |kind: &FileKind| (kind.schema_path(), text(&kind.schema(&known)));
    FILES.iter().map(entry).collect()
}

fn text(schema: &Value) -> String {
    format!("{schema:#}\n")
}
