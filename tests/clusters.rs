//! A batch in parts, on an engine for clusters, and profile by profile: always the same answers.
//!
//! These take long or need more than the package: `cargo test --test tests clusters -- --ignored`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::cli::{self, folder};
use crate::cohort::{AS_OF, profile};

const PROGRAM: &str = env!("CARGO_BIN_EXE_jpo-check");
const PROFILES: u64 = 4_000;
const SAMPLE: u64 = 1_000;

/// A cohort in a file of the test's own, with lines in it that are no profile.
fn cohort(name: &str) -> PathBuf {
    let mut text = String::new();
    for n in 0..PROFILES {
        writeln!(text, "{}", profile(1, n)).unwrap();
        match n % 1_000 {
            333 => text.push_str("{\"birth_date\": \"tomorrow\"}\n"),
            666 => text.push_str("not a profile\n"),
            999 => text.push('\n'),
            _ => {}
        }
    }
    let path = folder(name).join("cohort.ndjson");
    fs::write(&path, text).unwrap();
    path
}

/// Runs a script on the cohort; it compares for itself, and ends with an error on a difference.
fn holds(command: &mut Command, cohort: &Path) {
    let output = command.arg(PROGRAM).arg(cohort).output().unwrap();
    assert!(output.status.success(), "{}\n{}", cli::stdout(&output), cli::stderr(&output));
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clusters").join(name)
}

#[test]
#[ignore = "needs Java, and pyspark for python3: cargo test --test tests clusters -- --ignored"]
fn spark_answers_as_one_machine_does() {
    let cohort = cohort("clusters-spark");
    holds(Command::new("python3").arg(script("spark.py")), &cohort);
}

#[test]
#[ignore = "needs python3, split and xargs: cargo test --test tests clusters -- --ignored"]
fn parts_of_a_cohort_are_answered_as_the_whole_is() {
    let cohort = cohort("clusters-parallel");
    holds(&mut Command::new(script("parallel.sh")), &cohort);
}

/// The answers to the cohort by so many threads.
fn batch(cohort: &Path, threads: &str) -> String {
    let output = cli::run(&["batch", cohort.to_str().unwrap(), "--threads", threads]);
    assert!(output.status.success(), "{}", cli::stderr(&output));
    cli::stdout(&output)
}

#[test]
#[ignore = "takes long: cargo test --test tests clusters -- --ignored"]
fn two_threads_answer_as_one_does() {
    let cohort = cohort("clusters-threads");
    assert!(batch(&cohort, "1") == batch(&cohort, "2"));
}

/// A window of which a profile is told more than that it is out, and what.
type Told = BTreeSet<(String, String)>;

fn in_batch(line: &str) -> Told {
    let answer: Value = serde_json::from_str(line).unwrap();
    let mut told = Told::new();
    for verdict in ["eligible", "likely", "undetermined"] {
        for window in answer[verdict].as_array().unwrap() {
            told.insert((verdict.to_owned(), window.as_str().unwrap().to_owned()));
        }
    }
    told
}

fn in_report(text: &str) -> Told {
    let report: Value = serde_json::from_str(text).unwrap();
    let windows = report["windows"].as_array().unwrap().iter();
    let told = windows.map(|window| {
        let text = |key: &str| window[key].as_str().unwrap().to_owned();
        (text("verdict"), text("id"))
    });
    told.filter(|(verdict, _)| verdict != "ineligible").collect()
}

#[test]
#[ignore = "starts the program a thousand times: cargo test --test tests clusters -- --ignored"]
fn a_batch_answers_as_single_checks_do() {
    let folder = folder("clusters-single");
    let mut names = String::new();
    for n in 0..SAMPLE {
        let line = profile(1, n);
        fs::write(folder.join(format!("{n}.json")), &line).unwrap();
        writeln!(names, "{n}").unwrap();
    }
    fs::write(folder.join("names"), names).unwrap();
    let check = format!("\"{PROGRAM}\" $1.json --as-of {AS_OF} --format json >$1.out");
    let mut xargs = Command::new("xargs");
    xargs.args(["-a", "names", "-P", "2", "-n", "1", "sh", "-euc", &check, "check"]);
    assert!(xargs.current_dir(&folder).status().unwrap().success());

    let cohort: String = (0..SAMPLE).map(|n| profile(1, n) + "\n").collect();
    let path = folder.join("cohort.ndjson");
    fs::write(&path, cohort).unwrap();
    for (n, line) in batch(&path, "2").lines().enumerate() {
        let report = fs::read_to_string(folder.join(format!("{n}.out"))).unwrap();
        assert_eq!(in_batch(line), in_report(&report), "profile {n}");
    }
}
