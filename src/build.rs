//! Collects `data/` for embedding, so that a new file is part of the program without a word of
//! code, and fixes the version of the rules.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

include!("dataset/version.rs");

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let data = root.join("data");
    println!("cargo::rerun-if-changed={}", data.display());
    let mut files = Vec::new();
    for folder in ["", "donors", "groups", "programmes"] {
        collect(&data, folder, &mut files)?;
    }
    files.sort();
    let mut code = String::from("const EMBEDDED: &[(&str, &str)] = &[\n");
    for (name, _) in &files {
        let path = data.join(name);
        writeln!(code, "    ({name:?}, include_str!({path:?})),").map_err(io::Error::other)?;
    }
    let version = version(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    writeln!(code, "];\nconst EMBEDDED_VERSION: &str = {version:?};").map_err(io::Error::other)?;
    code.push_str("include!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/src/dataset/version.rs\"));\n");
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(out.join("embedded.rs"), code)
}

fn collect(data: &Path, folder: &str, files: &mut Vec<(String, String)>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", data.join(folder).display());
    for entry in fs::read_dir(data.join(folder))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".toml") {
            let name = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            files.push((name, fs::read_to_string(path)?));
        }
    }
    Ok(())
}
