//! The embedded rules, written out to edit, with the schemas that editors complete them by.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use jpo_check::dataset::Dataset;

use crate::cli::exit::{Exit, Failure};
use crate::cli::output::Output;
use crate::cli::schema;
use crate::cli::write::write_file;

#[derive(Debug, clap::Args)]
pub(crate) struct ExportArgs {
    /// The folder
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// Write over files that are there
    #[arg(long)]
    force: bool,
}

/// What the folder says of itself.
const README: &str = include_str!("../../../data/README.md");

/// Writes every file of the embedded rules into a folder.
pub(super) fn export(args: &ExportArgs, output: &Output) -> Result<Exit, Failure> {
    let ExportArgs { dir, force } = args;
    let data = Dataset::embedded().map_err(Failure::Problems)?;
    let schemas = schema::of_files(data);
    let schemas = schemas.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let mut files: Vec<(&str, &str)> =
        Dataset::embedded_files().iter().map(|file| (file.path, file.text)).collect();
    files.push(("README.md", README));
    files.extend(schemas);
    if let Some((path, _)) = files.iter().find(|(path, _)| dir.join(path).exists() && !force) {
        let there = dir.join(path);
        return Err(anyhow::anyhow!(
            "{} is there already; --force writes over it",
            there.display()
        )
        .into());
    }
    for folder in ["donors", "groups", "programmes", "schemas"] {
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
