//! Files that are written whole or not at all.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

/// Writes `text` to `path`: into a file beside it first, which then takes its place.
///
/// # Errors
/// If the file is there and `force` is not given, or it cannot be written.
pub(crate) fn write_file(path: &Path, text: &str, force: bool) -> anyhow::Result<()> {
    if path.exists() && !force {
        bail!("{} is there already; --force writes over it", path.display());
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.part"));
    let context = || format!("cannot write {}", path.display());
    fs::write(&beside, text).with_context(context)?;
    fs::rename(&beside, path).with_context(context)
}
