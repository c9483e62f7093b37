//! Files and standard input → texts.

use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::{fs, str};

use anyhow::Context;
use jpo_check::dataset::{Dataset, RuleFile};
use jpo_check::diagnostic::{Code, Diagnostic, Problems, Sink};
use jpo_check::profile::MAX_BYTES;

use super::exit::Failure;
use super::output::Output;

/// Reads a profile's text; `-` is standard input.
pub(crate) fn profile_text(path: &Path, output: &Output) -> Result<(String, String), Failure> {
    json_text(path, "profile", output)
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

fn not_utf8(name: &str, error: &str::Utf8Error) -> Failure {
    let problem = Diagnostic::not_utf8(error.valid_up_to());
    Failure::Problems(Diagnostic { file: name.to_owned(), ..problem }.into())
}

/// Why a file of many profiles cannot be read.
pub(crate) fn unreadable_list(name: &str, error: &io::Error) -> Failure {
    unreadable(name, "list of profiles", error)
}

fn problem(name: &str, code: Code, message: &str, help: &str) -> Failure {
    let mut sink = Sink::new(name);
    sink.report_with_help(code, 0..0, message, help);
    Failure::Problems(Problems { list: sink.into_list(), texts: Vec::new() })
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// A rule file that was read.
#[derive(Debug)]
pub(crate) struct RuleText {
    path: String,
    text: String,
}

/// Reads the rule files of a folder, or takes those of the program.
pub(crate) fn texts_of(folder: Option<&Path>) -> Result<Vec<RuleText>, Failure> {
    let Some(folder) = folder else {
        let files = Dataset::embedded_files().into_iter();
        let owned = |file: RuleFile<'_>| RuleText {
            path: file.path.to_owned(),
            text: file.text.to_owned(),
        };
        return Ok(files.map(owned).collect());
    };
    rule_texts(folder)
}

impl RuleText {
    /// The file as the library takes it.
    pub(crate) fn as_file(&self) -> RuleFile<'_> {
        RuleFile { path: &self.path, text: &self.text }
    }
}

fn no_rules(folder: &Path, message: &str) -> Failure {
    let help = "`jpo-check rules export DIR` writes a whole folder of rules";
    problem(&shown(folder), Code::NoRules, message, help)
}

/// Reads every rule file of a data folder, sorted by path.
///
/// A file that its name keeps from being read is listed without its text, so that the loader
/// refuses it: passed over, its rules would be missing and nobody would know why.
pub(crate) fn rule_texts(folder: &Path) -> Result<Vec<RuleText>, Failure> {
    let mut texts = Vec::new();
    if folder.is_file() {
        return Err(no_rules(folder, "this is a file; name the folder that holds `donors`"));
    }
    if !folder.is_dir() {
        return Err(no_rules(folder, "there is no such folder"));
    }
    if !folder.join("donors").is_dir() {
        return Err(no_rules(folder, "this folder holds no rules: it has no folder `donors`"));
    }
    for part in ["", "donors", "groups", "programmes"] {
        let path = folder.join(part);
        if path.is_dir() {
            read_folder(&path, part, &mut texts)?;
        }
    }
    texts.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(texts)
}

fn read_folder(path: &Path, part: &str, texts: &mut Vec<RuleText>) -> Result<(), Failure> {
    let context = || format!("cannot read {}", shown(path));
    for entry in fs::read_dir(path).with_context(context)? {
        let path: PathBuf = entry.with_context(context)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_folder = path.is_dir();
        let is_toml = path.extension().is_some_and(|ending| ending == "toml");
        let is_ours = !part.is_empty() || is_at_the_top(&name, is_folder);
        if name.starts_with('.') || (!is_toml && (is_beside_the_rules(&name) || !is_ours)) {
            continue;
        }
        let text = if is_folder || !is_toml {
            String::new()
        } else {
            let bytes = fs::read(&path).with_context(|| format!("cannot read {}", shown(&path)))?;
            String::from_utf8(bytes)
                .map_err(|error| not_utf8(&shown(&path), &error.utf8_error()))?
        };
        let name = if is_folder { format!("{name}/") } else { name };
        let path = if part.is_empty() { name } else { format!("{part}/{name}") };
        texts.push(RuleText { path, text });
    }
    Ok(())
}

/// Whether a name is that of what people and their programs leave beside rules: copies that
/// editors keep, and what is there to be read.
fn is_beside_the_rules(name: &str) -> bool {
    const COPIES: &[&str] = &["~", "#", ".bak", ".orig", ".old", ".rej", ".swp", ".tmp"];
    let name = name.to_ascii_lowercase();
    COPIES.iter().any(|ending| name.ends_with(ending))
        || ["readme", "license"].iter().any(|start| name.starts_with(start))
        || [".md", ".ini", ".db"].iter().any(|ending| name.ends_with(ending))
}

/// Whether a name in the data folder itself, where anything else may stand too, is that of rules.
fn is_at_the_top(name: &str, is_folder: bool) -> bool {
    !is_folder && name.to_ascii_lowercase().contains(".toml")
}

/// The problems of rules, with their files named as the user finds them.
pub(crate) fn refused(folder: Option<&Path>, problems: Problems) -> Failure {
    Failure::Problems(match folder {
        Some(folder) => in_folder(folder, problems),
        None => problems,
    })
}

pub(crate) fn in_folder(folder: &Path, mut problems: Problems) -> Problems {
    let full = |name: &str| shown(&folder.join(name));
    for problem in &mut problems.list {
        problem.file = full(&problem.file);
    }
    for text in &mut problems.texts {
        text.name = full(&text.name);
    }
    problems
}
