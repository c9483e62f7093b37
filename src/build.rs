//! Compiles `data/` into the program.
//!
//! The same loader that reads a folder with `--data` runs here, so that bad rules fail the build,
//! a new file is part of the program without a word of code, and nothing is parsed at the start.
#![allow(
    dead_code,
    unused_imports,
    missing_docs,
    unreachable_pub,
    reason = "only the loader of the library is used"
)]
#![allow(clippy::print_stdout, reason = "build scripts speak to cargo on standard output")]

mod dataset;
mod diagnostic;
mod document;
mod profile;
mod rules;
mod suggest;
mod vocabulary;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use dataset::{Dataset, RuleFile};

#[expect(clippy::disallowed_methods, reason = "cargo speaks to build scripts by the environment")]
fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    let data = root.join("data");
    let mut files = Vec::new();
    for folder in ["", "donors", "groups", "programmes"] {
        collect(&data, folder, &mut files)?;
    }
    files.sort();
    let texts: Vec<RuleFile<'_>> =
        files.iter().map(|(path, text)| RuleFile { path, text }).collect();
    let dataset = Dataset::load(&texts).map_err(|problems| {
        io::Error::other(format!("the rules in data/ are wrong\n{problems}"))
    })?;
    let compiled = postcard::to_allocvec(&dataset).map_err(io::Error::other)?;
    fs::write(out.join("rules.postcard"), compiled)?;
    fs::write(out.join("embedded.rs"), code(&data, &files, &dataset).map_err(io::Error::other)?)
}

fn code(
    data: &Path,
    files: &[(String, String)],
    dataset: &Dataset,
) -> Result<String, std::fmt::Error> {
    let mut code = String::from("const FILES: &[(&str, &str)] = &[\n");
    for (name, _) in files {
        let path = data.join(name).display().to_string();
        writeln!(code, "    ({name:?}, include_str!({path:?})),")?;
    }
    code.push_str("];\nconst COMPILED: &[u8] =\n");
    code.push_str("    include_bytes!(concat!(env!(\"OUT_DIR\"), \"/rules.postcard\"));\n");
    let version = format!("{}\n{}", env!("CARGO_PKG_VERSION"), dataset.edition());
    writeln!(code, "const VERSION: &str = {version:?};")?;
    Ok(code)
}

fn collect(data: &Path, folder: &str, files: &mut Vec<(String, String)>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", data.join(folder).display());
    for entry in fs::read_dir(data.join(folder))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_some_and(|ending| ending == "toml") {
            println!("cargo::rerun-if-changed={}", path.display());
            let name = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            files.push((name, fs::read_to_string(path)?));
        }
    }
    Ok(())
}
