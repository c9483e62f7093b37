//! What codes mean.

use jpo_check::diagnostic::Code;
use jpo_check::render;
use jpo_check::suggest::did_you_mean;
use jpo_check::vocabulary::Words;

use crate::cli::exit::{Exit, Failure};
use crate::cli::output::Output;

#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// The code, as it stands in brackets
    #[arg(value_name = "CODE", value_parser = code)]
    code: Option<Code>,
}

/// Explains one code, or lists all.
pub(super) fn explain(args: &ExplainArgs, output: &Output) -> Result<Exit, Failure> {
    let text = match args.code {
        Some(code) => render::code(code, output.width()),
        None => render::codes(),
    };
    output.write(&text)?;
    Ok(Exit::Answered)
}

/// Reads a code.
pub(super) fn code(text: &str) -> Result<Code, String> {
    let known = text.trim().to_ascii_lowercase();
    Code::from_word(&known).ok_or_else(|| {
        let words = Code::WORDS.iter().map(|(word, _)| *word);
        did_you_mean(text, words)
            .unwrap_or_else(|| "`jpo-check rules explain` lists the codes".to_owned())
    })
}
