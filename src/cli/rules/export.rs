//! The rules of the program, written out to edit.

use std::fs;
use std::path::Path;

use anyhow::Context;
use jpo_check::dataset::Dataset;

use crate::cli::exit::{Exit, Failure};
use crate::cli::output::Output;
use crate::cli::write::write_file;

/// What the folder says of itself.
const README: &str = include_str!("../../../data/README.md");

/// Writes every file of the rules into `dir`.
pub(super) fn export(dir: &Path, force: bool, output: &Output) -> Result<Exit, Failure> {
    let mut files: Vec<(&str, &str)> =
        Dataset::embedded_files().iter().map(|file| (file.path, file.text)).collect();
    files.push(("README.md", README));
    if let Some((path, _)) = files.iter().find(|(path, _)| dir.join(path).exists() && !force) {
        let there = dir.join(path);
        return Err(anyhow::anyhow!(
            "{} is there already; --force writes over it",
            there.display()
        )
        .into());
    }
    for folder in ["donors", "groups", "programmes"] {
        let path = dir.join(folder);
        fs::create_dir_all(&path).with_context(|| format!("cannot make {}", path.display()))?;
    }
    for (path, text) in &files {
        write_file(&dir.join(path), text, true)?;
    }
    output.complain(&format!(
        "wrote {} files into {dir}; edit them and run: jpo-check PROFILE --data {dir}\n",
        files.len(),
        dir = dir.display()
    ));
    Ok(Exit::Answered)
}
