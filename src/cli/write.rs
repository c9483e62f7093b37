//! Files that are written whole or not at all.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write as _};
use std::path::Path;

use anyhow::{Context, bail};

/// Writes `text` to `path`: into a file beside it first, which then takes its place. A file that is
/// there keeps its permissions, and a link keeps leading to it.
///
/// What is there and is no file, such as a pipe or a device, is written to as it is, and so is
/// whatever the system gives a name of its own, such as `/dev/stdout`.
///
/// # Errors
/// If the file is there and `force` is not given, or it cannot be written.
pub(crate) fn write_file(path: &Path, text: &str, force: bool) -> anyhow::Result<()> {
    let there = fs::metadata(path).ok();
    if there.is_some() && !force {
        bail!("{} is there already; --force writes over it", path.display());
    }
    let written = match there {
        Some(there) if there.is_file() => {
            fs::canonicalize(path).and_then(|file| replace(&file, text, Some(there.permissions())))
        }
        None if !path.is_symlink() => replace(path, text, None),
        // A pipe, a device, or what a link leads to and is not there yet.
        _ => write_through(path, text),
    };
    written.with_context(|| format!("cannot write {}", path.display()))
}

fn replace(path: &Path, text: &str, permissions: Option<Permissions>) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.part"));
    let write = || {
        let mut file = File::create(&beside)?;
        // Before there is anything in it that others must not read.
        permissions.map_or(Ok(()), |permissions| file.set_permissions(permissions))?;
        file.write_all(text.as_bytes())?;
        fs::rename(&beside, path)
    };
    write().inspect_err(|_| {
        // Half a file helps nobody; that it cannot be removed either says nothing new.
        let _ = fs::remove_file(&beside);
    })
}

fn write_through(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().append(true).create(true).open(path)?;
    file.write_all(text.as_bytes())
}

fn is_of_the_system(path: &Path) -> bool {
    ["/dev", "/proc"].iter().any(|folder| path.starts_with(folder))
}
