//! Folders of rules → texts.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use jpo_check::dataset::{Dataset, RuleFile};
use jpo_check::diagnostic::{Code, Problems};

use super::exit::Failure;
use super::input::{not_utf8, problem, shown};

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
