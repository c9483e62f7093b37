//! A profile to start from.

use std::path::{Path, PathBuf};

use super::exit::{Exit, Failure};
use super::output::Output;
use super::write::write_file;

#[derive(Debug, clap::Args)]
pub(crate) struct InitArgs {
    /// The file to write; `-` prints it
    #[arg(value_name = "FILE", default_value = "profile.json")]
    file: PathBuf,
    /// Write over a file that is there
    #[arg(long)]
    force: bool,
}

/// An invented candidate who tells everything the program asks for most.
const EXAMPLE: &str = include_str!("init.json");

/// Writes the example profile.
pub(crate) fn init(args: &InitArgs, output: &Output) -> Result<Exit, Failure> {
    if args.file == Path::new("-") {
        output.write(EXAMPLE)?;
        return Ok(Exit::Answered);
    }
    write_file(&args.file, EXAMPLE, args.force)?;
    let file = args.file.display();
    output.complain(&format!(
        "wrote {file}, an invented candidate: replace every answer by your own, and leave out\n\
         what you do not want to tell (a key left out is not told; [] is told: none).\n\
         Then: jpo-check {file}\n"
    ));
    Ok(Exit::Answered)
}
