//! Files and standard input → inputs.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use jpo_check::batch::{Form, Input};

use super::BatchArgs;
use super::progress::Progress;
use crate::cli::exit::Failure;
use crate::cli::input;
use crate::cli::output::Output;

/// Opens every file before any is read.
pub(super) fn inputs(
    args: &BatchArgs,
    progress: &Progress,
    output: &Output,
) -> Result<Vec<Input<'static>>, Failure> {
    let standard = [PathBuf::from("-")];
    let files = if args.files.is_empty() { &standard } else { args.files.as_slice() };
    files.iter().map(|path| one(path, args, progress, output)).collect()
}

fn one(
    path: &Path,
    args: &BatchArgs,
    progress: &Progress,
    output: &Output,
) -> Result<Input<'static>, Failure> {
    let is_csv = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let by_name = if is_csv { Form::Csv } else { Form::Ndjson };
    let form = args.from.map_or(by_name, Form::from);
    if path == Path::new("-") {
        if io::stdin().is_terminal() {
            output.complain("reading profiles from the terminal; end them with Ctrl-D\n");
        }
        progress.expect(None);
        let source = progress.watch(io::stdin());
        return Ok(Input { name: "standard input".to_owned(), source, form });
    }
    let name = path.display().to_string();
    let (file, size) = open(path).map_err(|error| input::unreadable_list(&name, &error))?;
    progress.expect(size);
    Ok(Input { name, source: progress.watch(file), form })
}

/// A file that can be read, and its size if that is known. More files can be named than may be
/// open at once, so one that can be opened again is.
fn open(path: &Path) -> io::Result<(Late, Option<u64>)> {
    let file = File::open(path)?;
    let about = file.metadata()?;
    if about.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    let late = |file| Late { path: path.to_owned(), file };
    Ok(if about.is_file() { (late(None), Some(about.len())) } else { (late(Some(file)), None) })
}

/// A file that is opened where it is read first.
struct Late {
    path: PathBuf,
    file: Option<File>,
}

impl Read for Late {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(File::open(&self.path)?),
        };
        file.read(buffer)
    }
}
