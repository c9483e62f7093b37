//! The program as a whole process.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::cohort;

const PROGRAM: &str = env!("CARGO_BIN_EXE_jpo-check");
const FOLDER: &str = env!("CARGO_MANIFEST_DIR");
const PROFILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/cli/init.json");

/// How much is answered of each profile.
#[derive(Clone, Copy)]
pub(crate) enum Detail {
    Summary,
    Verdicts,
    Findings,
    Report,
}

impl Detail {
    const fn word(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Verdicts => "verdicts",
            Self::Findings => "findings",
            Self::Report => "report",
        }
    }
}

/// One batch over a file of profiles; its answers are thrown away.
pub(crate) struct Batch<'p> {
    pub(crate) path: &'p Path,
    pub(crate) threads: usize,
    pub(crate) detail: Detail,
}

impl Batch<'_> {
    /// What a table calls it.
    pub(crate) fn name(&self) -> String {
        let threads = if self.threads == 1 { "1 thread" } else { "2 threads" };
        format!("batch, {}, {threads}", self.detail.word())
    }

    /// Runs it to its end.
    pub(crate) fn run(&self) {
        succeed(&mut self.command());
    }

    /// Runs it once more, and returns the most memory it held, in KiB; Linux only.
    ///
    /// The system keeps the highest size of a process, which never falls: what is seen last is
    /// it, but for the last half millisecond.
    pub(crate) fn peak(&self) -> Option<u64> {
        let mut child = self.command().spawn().expect("the program starts");
        let path = format!("/proc/{}/status", child.id());
        let mut peak = None;
        while child.try_wait().expect("the program ends").is_none() {
            peak = fs::read_to_string(&path).ok().as_deref().and_then(high_water).or(peak);
            std::thread::sleep(Duration::from_micros(500));
        }
        peak
    }

    fn command(&self) -> Command {
        let mut command = silent(PROGRAM);
        command.arg("batch").arg(self.path).args(["--as-of", cohort::AS_OF]);
        command.args(["--threads", &self.threads.to_string(), "--detail", self.detail.word()]);
        command
    }
}

/// `VmHWM:     4936 kB`
fn high_water(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Builds the program that only parses arguments, as this benchmark is built; returns its path.
pub(crate) fn build_bare() -> PathBuf {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["bench", "--bench", "bare", "--no-run", "--message-format", "json"]);
    let output = cargo.current_dir(FOLDER).stderr(Stdio::inherit()).output().expect("cargo starts");
    let mut built = output.stdout.split(|byte| *byte == b'\n').filter_map(|message| {
        let message: Value = serde_json::from_slice(message).ok()?;
        let path = message["executable"].as_str().map(PathBuf::from)?;
        (message["target"]["name"] == "bare").then_some(path)
    });
    built.next().expect("cargo builds it")
}

/// Runs that program on the arguments of [`check`].
pub(crate) fn bare(path: &Path) {
    succeed(silent(path).args(["--as-of", cohort::AS_OF, PROFILE]));
}

/// Checks one profile.
pub(crate) fn check() {
    program(&["--as-of", cohort::AS_OF, PROFILE]);
}

/// Runs the program.
pub(crate) fn program(args: &[&str]) {
    succeed(silent(PROGRAM).args(args));
}

fn silent(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.env_remove("JPO_CHECK_DATA");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn succeed(command: &mut Command) {
    let status = command.status().expect("the program starts");
    assert!(status.success(), "{command:?} ends with {status}");
}
