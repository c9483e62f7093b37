//! Files and standard input → texts.

use std::io::{self, IsTerminal, Read};
use std::path::Path;
use std::{fs, str};

use chrono::NaiveDate;
use jpo_check::dataset::Dataset;
use jpo_check::diagnostic::{Code, Diagnostic, Problems, Sink};
use jpo_check::profile::{MAX_BYTES, Profile};

use super::exit::Failure;
use super::output::Output;

/// Reads the profile at `path`, of somebody who applies on `as_of`; `-` is standard input.
pub(crate) fn profile(
    path: &Path,
    data: &Dataset,
    as_of: NaiveDate,
    output: &Output,
) -> Result<Profile, Failure> {
    profile_with_text(path, data, as_of, output).map(|(profile, _)| profile)
}

/// The same, with the text that tells it.
pub(crate) fn profile_with_text(
    path: &Path,
    data: &Dataset,
    as_of: NaiveDate,
    output: &Output,
) -> Result<(Profile, String), Failure> {
    let (name, text) = json_text(path, "profile", output)?;
    let read = Profile::parse(&text, &name, data, as_of).map_err(|mut problems| {
        let syntax = problems.list.iter_mut().find(|problem| problem.code == Code::Syntax);
        if let Some(problem) = syntax.filter(|_| holds_many(path)) {
            let help = "`jpo-check batch` checks many profiles, a line each";
            problem.help.get_or_insert_with(|| help.to_owned());
        }
        Failure::Problems(problems)
    });
    Ok((read?, text))
}

/// Whether a file is called as those that hold many profiles are.
fn holds_many(path: &Path) -> bool {
    let is_of = |ending: &std::ffi::OsStr| {
        ["ndjson", "jsonl", "csv"].iter().any(|known| ending.eq_ignore_ascii_case(known))
    };
    path.extension().is_some_and(is_of)
}

/// Reads the text of a patch of a profile; `-` is standard input.
pub(crate) fn patch_text(path: &Path, output: &Output) -> Result<(String, String), Failure> {
    json_text(path, "patch", output)
}

/// Reads the text of a JSON file that is a `what`, with the name by which messages call it.
fn json_text(path: &Path, what: &str, output: &Output) -> Result<(String, String), Failure> {
    let name = if path == Path::new("-") { "standard input".to_owned() } else { shown(path) };
    let bytes = if path == Path::new("-") {
        if io::stdin().is_terminal() {
            output.complain(&format!("reading a {what} from the terminal; end it with Ctrl-D\n"));
        }
        bounded(io::stdin().lock(), 0).map(|bytes| (bytes, 0))
    } else {
        fs::File::open(path).and_then(|file| {
            let about = file.metadata()?;
            if about.is_dir() {
                return Err(io::Error::from(io::ErrorKind::IsADirectory));
            }
            bounded(file, about.len()).map(|bytes| (bytes, about.len()))
        })
    };
    let (bytes, size) = bytes.map_err(|error| unreadable(&name, what, &error))?;
    if bytes.len() > MAX_BYTES {
        return Err(too_large(&name, what, size));
    }
    match str::from_utf8(&bytes) {
        Ok(text) => Ok((name, text.to_owned())),
        Err(error) => Err(not_utf8(&name, &error)),
    }
}

/// Reads a byte more than is allowed at most, so that too much is noticed and not held;
/// `expected` bytes, if that many are there, in one piece.
fn bounded(source: impl Read, expected: u64) -> io::Result<Vec<u8>> {
    const MOST: u64 = MAX_BYTES as u64 + 1;
    let room = usize::try_from(expected.min(MOST)).unwrap_or(MAX_BYTES);
    // One byte more, in which the end shows.
    let mut bytes = Vec::with_capacity(room + 1);
    source.take(MOST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Refuses what was not read to its end. `size` is what the file says of itself: what comes
/// through a pipe says nothing, and what a device gives may have no end that could be counted to.
fn too_large(name: &str, what: &str, size: u64) -> Failure {
    let told = usize::try_from(size).is_ok_and(|size| size > MAX_BYTES);
    let size = if told { size.to_string() } else { format!("more than {MAX_BYTES}") };
    let message = format!("the {what} has {size} bytes; at most {MAX_BYTES} are read");
    let problem = Diagnostic::new(Code::TooLarge, 0..0, message);
    Failure::Problems(Diagnostic { file: name.to_owned(), ..problem }.into())
}

fn unreadable(name: &str, what: &str, error: &io::Error) -> Failure {
    let (message, help) = match error.kind() {
        io::ErrorKind::NotFound if what == "profile" => {
            ("there is no such file".to_owned(), "`jpo-check init` writes a profile to start from")
        }
        io::ErrorKind::NotFound => ("there is no such file".to_owned(), "check the path"),
        io::ErrorKind::IsADirectory => {
            (format!("this is a folder; a {what} is a file"), "name the file in it")
        }
        io::ErrorKind::PermissionDenied => {
            ("the file may not be read".to_owned(), "check its permissions")
        }
        _ => (format!("the file cannot be read: {error}"), "check the path"),
    };
    problem(name, Code::Unreadable, &message, help)
}

pub(super) fn not_utf8(name: &str, error: &str::Utf8Error) -> Failure {
    let problem = Diagnostic::not_utf8(error.valid_up_to());
    Failure::Problems(Diagnostic { file: name.to_owned(), ..problem }.into())
}

/// Why a file of many profiles cannot be read.
pub(crate) fn unreadable_list(name: &str, error: &io::Error) -> Failure {
    unreadable(name, "list of profiles", error)
}

pub(super) fn problem(name: &str, code: Code, message: &str, help: &str) -> Failure {
    let mut sink = Sink::new(name);
    sink.report_with_help(code, 0..0, message, help);
    Failure::Problems(Problems { list: sink.into_list(), texts: Vec::new() })
}

pub(super) fn shown(path: &Path) -> String {
    path.display().to_string()
}
