//! What one check costs, side by side with a run that only prints the version: `cargo bench`.
//!
//! Whole processes are started in turn, so that a machine that slows down slows both; medians and
//! their ratio are printed, and nothing is judged.
#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use jpo_check::dataset::Dataset;
use jpo_check::engine::{self, Candidate, Timelines, Until};
use jpo_check::profile::Profile;
use jpo_check::render::{self, Width};
use jpo_check::report::{Ask, Detail, Report, YEARS_AHEAD};
use jpo_check::vocabulary::add_months;

const PROGRAM: &str = env!("CARGO_BIN_EXE_jpo-check");
const RUNS: usize = 200;

const PROFILES: &[(&str, &str)] = &[
    ("full profile", concat!(env!("CARGO_MANIFEST_DIR"), "/src/cli/init.json")),
    ("empty profile", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bench/empty.json")),
];

fn main() {
    for (name, path) in PROFILES {
        whole(name, path);
        parts(path);
    }
}

/// A whole process against one that prints its version.
fn whole(name: &str, path: &str) {
    let check = ["--as-of", "2026-11-22", path];
    let mut times = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        times.0.push(run(&["--version"]));
        times.1.push(run(&check));
    }
    let (version, check) = (median(times.0), median(times.1));
    let ratio = check.as_secs_f64() / version.as_secs_f64();
    println!("{name}: check {check:.2?}, version {version:.2?}, ratio {ratio:.2}");
}

fn run(args: &[&str]) -> Duration {
    let start = Instant::now();
    let status = Command::new(PROGRAM).args(args).stdout(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()), "the program answers");
    start.elapsed()
}

/// The parts of a check within one process.
fn parts(path: &str) {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let as_of = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap_or_default();
    let mut times: [Vec<Duration>; 5] = Default::default();
    let start = Instant::now();
    let Ok(data) = Dataset::embedded() else { return };
    // They are read once in a process: the second profile finds them there.
    let rules = start.elapsed();
    for _ in 0..RUNS {
        let mut clock = Instant::now();
        let mut lap = |times: &mut Vec<Duration>| {
            times.push(clock.elapsed());
            clock = Instant::now();
        };
        let Ok(profile) = Profile::parse(&text, path, data, as_of) else { return };
        lap(&mut times[0]);
        let assessments = engine::check(data, &profile, as_of);
        lap(&mut times[1]);
        let candidate = Candidate::new(&profile, as_of);
        let horizon = add_months(as_of, 12 * YEARS_AHEAD);
        let mut timelines = Timelines::new(data, &candidate, as_of, horizon);
        for assessment in &assessments {
            black_box(timelines.continued(assessment, Until::Horizon));
        }
        lap(&mut times[4]);
        let ask = Ask::new(&candidate, as_of, Detail::Screen);
        let report = Report::new(data, ask, &assessments);
        lap(&mut times[2]);
        black_box(render::check(&report, false, Width::Columns(80)));
        lap(&mut times[3]);
    }
    let [profile, engine, report, text, timelines] = times.map(median);
    let ratio = timelines.as_secs_f64() / engine.as_secs_f64();
    println!(
        "  rules {rules:.2?}, profile {profile:.2?}, engine {engine:.2?}, report {report:.2?}, \
         text {text:.2?}"
    );
    println!(
        "  timelines of all windows {timelines:.2?}, {ratio:.2} times the check of all windows"
    );
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
