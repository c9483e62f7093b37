//! Files that are written whole or not at all.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::path::Path;
use std::process;

use anyhow::{Context, bail};

/// Writes `text` to `path`: into a file beside it first, which then takes its place and its mode.
///
/// A link is followed, and stays. What is no regular file, as a pipe or a device, takes the text
/// and is not replaced.
///
/// # Errors
/// If the file is there and `force` is not given, or it cannot be written.
pub(crate) fn write_file(path: &Path, text: &str, force: bool) -> anyhow::Result<()> {
    if path.is_dir() {
        bail!("{} is a folder; name a file in it", path.display());
    }
    if path.exists() && !force {
        bail!("{} is there already; --force writes over it", path.display());
    }
    has_folder(path)?;
    write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// Checks that there is a folder for `path`.
///
/// # Errors
/// If there is none.
pub(crate) fn has_folder(path: &Path) -> anyhow::Result<()> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.exists() => {
            bail!("cannot write {}: there is no folder {}", path.display(), folder.display())
        }
        _ => Ok(()),
    }
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    // It is opened, though not written, so that a file that may not be written is not replaced
    // either; at its end, since that is where an open output goes on.
    let mut there = match File::options().append(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            // A link to nothing yet: there is no file to keep whole.
            return if path.is_symlink() {
                fs::write(path, text)
            } else {
                replace(path, text, None)
            };
        }
        Err(error) => return Err(error),
    };
    let about = there.metadata()?;
    if about.is_file() && !is_an_output(&about) {
        replace(&path.canonicalize()?, text, Some(about.permissions()))
    } else {
        there.write_all(text.as_bytes())
    }
}

/// Puts a file with this text, and these permissions if there are some, in the place of `path`.
fn replace(path: &Path, text: &str, permissions: Option<Permissions>) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}.part", process::id()));
    let written = fill(&beside, text, permissions).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

fn fill(path: &Path, text: &str, permissions: Option<Permissions>) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    // Before there is anything to read in it.
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.write_all(text.as_bytes())
}

/// Whether this file is where standard output or standard error goes: what stands there stays.
#[cfg(unix)]
fn is_an_output(about: &fs::Metadata) -> bool {
    use std::os::fd::AsFd;
    use std::os::unix::fs::MetadataExt;

    let outputs =
        [io::stdout().as_fd().try_clone_to_owned(), io::stderr().as_fd().try_clone_to_owned()];
    let outputs = outputs.into_iter().flatten().filter_map(|one| File::from(one).metadata().ok());
    outputs.into_iter().any(|one| (one.dev(), one.ino()) == (about.dev(), about.ino()))
}

#[cfg(not(unix))]
const fn is_an_output(_: &fs::Metadata) -> bool {
    false
}
