//! What codes mean.

use jpo_check::render;

use crate::cli::args::ExplainArgs;
use crate::cli::exit::{Exit, Failure};
use crate::cli::output::Output;

/// Explains one code, or lists all.
pub(super) fn explain(args: &ExplainArgs, output: &Output) -> Result<Exit, Failure> {
    let text = match args.code {
        Some(code) => render::code(code, output.width()),
        None => render::codes(),
    };
    output.write(&text)?;
    Ok(Exit::Answered)
}
