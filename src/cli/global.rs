//! What every verb is told: the rules, the day, and how to answer.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use jpo_check::dataset::Dataset;
use jpo_check::vocabulary::{DateError, PartialDate};

use super::exit::Failure;
use super::folder::{self, RuleText};
use super::output::Color;

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
    as_of: Option<NaiveDate>,
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
    pub(crate) fn look_around(&mut self) {
        let told = || std::env::var_os("JPO_CHECK_DATA").filter(|folder| !folder.is_empty());
        self.data = self.data.take().or_else(|| told().map(PathBuf::from));
    }

    /// Whether the answer is for scripts.
    pub(crate) const fn wants_json(&self) -> bool {
        matches!(self.format, Format::Json | Format::Sarif)
    }

    /// The day asked for, or today where the user is.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the clock")]
    pub(crate) fn as_of(&self) -> NaiveDate {
        self.as_of.unwrap_or_else(|| chrono::Local::now().date_naive())
    }

    /// Loads the rules asked for: a folder's, or the embedded ones.
    ///
    /// They live as long as the run: taking thousands of small texts apart at its end would be time
    /// spent on nothing.
    pub(crate) fn dataset(&self) -> Result<&'static Dataset, Failure> {
        let data = match self.data.as_deref() {
            None => Dataset::embedded().map_err(Failure::Problems)?,
            Some(folder) => {
                let texts = folder::rule_texts(folder)?;
                let files: Vec<_> = texts.iter().map(RuleText::as_file).collect();
                let loaded = Dataset::load(&files);
                let data = loaded.map_err(|problems| folder::refused(Some(folder), problems))?;
                Box::leak(Box::new(data))
            }
        };
        match &self.expect_data {
            Some(expected) if *expected != *data.version => {
                let message =
                    format!("the rules are {}, and {expected} were expected", data.version);
                Err(Failure::usage(message, "`--data DIR` reads the rules from a folder"))
            }
            _ => Ok(data),
        }
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
    pub(crate) fn of_findings() -> impl TypedValueParser<Value = Self> {
        Self::common_and(Self::Sarif, "sarif", "For code review tools (SARIF 2.1.0)")
    }

    /// Takes the formats of rules in words: `markdown` too.
    pub(crate) fn of_pages() -> impl TypedValueParser<Value = Self> {
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

fn day(text: &str) -> Result<NaiveDate, String> {
    match PartialDate::parse(text) {
        Ok(date) if date.is_exact() => Ok(date.first()),
        Ok(_) => Err("a day is needed, as in 2026-11-21".to_owned()),
        Err(DateError::OutsideYears) => Err(format!("this {}", DateError::OutsideYears)),
        Err(error) => Err(format!("this {error}; write it as in 2026-11-21")),
    }
}
