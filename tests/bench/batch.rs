//! What screening many profiles costs, side by side with only parsing them:
//! `cargo bench --bench batch`.
//!
//! Everything is measured in turn, round after round, so that a machine that slows down slows all
//! of it; a ratio is the median of the rounds' ratios. Nothing is judged.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a benchmark prints its figures, and stops where it cannot measure"
)]

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use clap::Parser;

use self::process::{Batch, Detail};
use self::table::Table;
use self::within::People;

#[path = "../cohort.rs"]
mod cohort;
#[path = "batch/parse.rs"]
mod parse;
#[path = "batch/process.rs"]
mod process;
#[path = "batch/table.rs"]
mod table;
#[path = "batch/within.rs"]
mod within;

/// Measures the batch; arguments stand behind `cargo bench --bench batch --`.
#[derive(Parser)]
struct Args {
    /// How many profiles, for one table each
    #[arg(long, value_delimiter = ',', default_value = "10000,100000", value_name = "N,...")]
    profiles: Vec<u32>,
    /// Which cohort
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Measure a tenth of it, a few times
    #[arg(long)]
    quick: bool,
    /// Write so many profiles of the cohort to a file, and measure nothing
    #[arg(long, num_args = 2, value_names = ["FILE", "N"])]
    write: Vec<String>,
    /// What cargo says to a benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let args = Args::parse();
    if let [path, count] = args.write.as_slice() {
        write(Path::new(path), args.seed, count.parse().expect("a number of profiles"));
        return;
    }
    let part = if args.quick { 10 } else { 1 };
    start(if args.quick { 20 } else { 200 });
    for count in args.profiles {
        screen(args.seed, count / part);
    }
}

/// What it costs to start, and to check one profile.
fn start(rounds: usize) {
    let bare = process::build_bare();
    let mut table = Table::default();
    table.add("clap parses such arguments", 1, || process::bare(&bare));
    table.add("--version", 1, || process::program(&["--version"]));
    table.add("check of one profile", 1, process::check);
    table.print("One process", rounds);
}

/// What it costs to screen so many profiles.
fn screen(seed: u64, count: u32) {
    let few = (count / 20).min(500);
    let (all, part) = (Cohort::written(seed, count), Cohort::written(seed, few));
    let whole = all.path.as_path();
    let batches = batches(whole, &part.path, count, few);
    let people = People::of(seed, count);
    let mut table = Table::default();
    table.add("serde_json, typed profile", count, || parse::serde_json(whole));
    table.add("sonic-rs, typed profile", count, || parse::sonic_rs(whole));
    table.add("simd-json, typed profile", count, || parse::simd_json(whole));
    table.add("serde_json, valid or not", count, || parse::serde_json_ignored(whole));
    table.add("read only", count, || parse::read(whole));
    table.add("profile read and checked", count, || within::read(whole));
    table.add("profile evaluated", people.count(), || people.screen());
    for (batch, count) in &batches {
        table.add(&batch.name(), *count, || batch.run());
    }
    table.print(&format!("{count} profiles"), if count > 200_000 { 3 } else { 7 });
    for (batch, _) in &batches {
        if let Some(peak) = batch.peak() {
            println!("{:<30} {peak:>8} KiB at most", batch.name());
        }
    }
}

/// The batch at each detail, by one thread and by two; long answers on fewer profiles.
fn batches<'p>(all: &'p Path, part: &'p Path, count: u32, few: u32) -> Vec<(Batch<'p>, u32)> {
    let of = |detail, path, count| [1, 2].map(|threads| (Batch { path, threads, detail }, count));
    let long = [of(Detail::Findings, part, few), of(Detail::Report, part, few)];
    let short = [of(Detail::Summary, all, count), of(Detail::Verdicts, all, count)];
    short.into_iter().chain(long).flatten().collect()
}

/// A cohort in a file, for as long as it is measured.
struct Cohort {
    path: PathBuf,
}

impl Cohort {
    fn written(seed: u64, count: u32) -> Self {
        let name = format!("cohort-{seed}-{count}.ndjson");
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        write(&path, seed, count);
        Self { path }
    }
}

impl Drop for Cohort {
    fn drop(&mut self) {
        // Left behind, it is in nobody's way.
        let _ = std::fs::remove_file(&self.path);
    }
}

fn write(path: &Path, seed: u64, count: u32) {
    let mut file = BufWriter::new(File::create(path).expect("a file to write"));
    for n in 0..u64::from(count) {
        writeln!(file, "{}", cohort::profile(seed, n)).expect("room for the cohort");
    }
    file.flush().expect("room for the cohort");
}
