//! Parses the arguments that a check takes, and does nothing with them.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// The least that a program costs which parses its arguments.
#[derive(Parser)]
#[command(version)]
struct Args {
    /// A file
    profile: Option<PathBuf>,
    /// A text (repeatable)
    #[arg(long, allow_hyphen_values = true)]
    what_if: Vec<String>,
    /// A text (repeatable)
    #[arg(long)]
    donor: Vec<String>,
    /// A text (repeatable)
    #[arg(long)]
    host: Vec<String>,
    /// A word (repeatable)
    #[arg(long, value_enum)]
    verdict: Vec<Word>,
    /// A flag
    #[arg(long)]
    all: bool,
    /// A word
    #[arg(long, value_enum)]
    require: Option<Word>,
    /// A folder
    #[arg(long)]
    data: Option<PathBuf>,
    /// A day
    #[arg(long)]
    as_of: Option<chrono::NaiveDate>,
    /// A word
    #[arg(long, value_enum, default_value_t = Word::One)]
    format: Word,
    /// A word
    #[arg(long, value_enum, default_value_t = Word::One)]
    color: Word,
}

#[derive(Clone, Copy, ValueEnum)]
enum Word {
    One,
    Two,
}

fn main() {
    let args = Args::parse();
    let Args { profile, what_if, donor, host, verdict, all, require, data, as_of, format, color } =
        args;
    let data = data.or_else(|| std::env::var_os("JPO_CHECK_DATA").map(PathBuf::from));
    let words = (what_if, donor, host, verdict, require, format, color);
    std::hint::black_box((profile, all, data, as_of, words));
}
