//! What is wrong with rules.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use jpo_check::dataset::{Dataset, RuleFile};
use jpo_check::diagnostic::{Code, Diagnostic, Problems, Severity};
use jpo_check::explain::counted;
use jpo_check::lint::{lint as findings, mend};
use jpo_check::render;

use super::explain::code;
use crate::cli::exit::{Exit, Failure};
use crate::cli::folder::{self, RuleText};
use crate::cli::global::{Format, Global};
use crate::cli::output::Output;
use crate::cli::write::write_file;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 nothing found; 1 something found; 2 usage, a folder or a file that
cannot be read, as one that is not UTF-8.")]
pub(crate) struct LintArgs {
    /// The folder of rules [default: --data, else the rules of the program]
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Write into the files of DIR what is certain to mend them
    #[arg(long, requires = "dir", help_heading = "Other")]
    fix: bool,
    /// Count warnings of this code as errors (repeatable)
    #[arg(long, value_name = "CODE", value_parser = code, help_heading = "Selection")]
    deny: Vec<Code>,
    /// Pass over warnings of this code (repeatable)
    #[arg(long, value_name = "CODE", value_parser = warning, help_heading = "Selection")]
    allow: Vec<Code>,
    /// How to print the findings
    #[arg(
        id = "format",
        long = "format",
        value_name = "FORMAT",
        value_parser = Format::of_findings(),
        default_value = "text",
        help_heading = "Output"
    )]
    format: Format,
}

/// Prints the findings of a folder's rules, or of the embedded ones, after mending what is certain
/// where that was asked for.
pub(super) fn lint(args: &LintArgs, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let as_of = global.as_of();
    if let (Some(folder), true) = (&args.dir, args.fix) {
        fix(folder, args, as_of, output)?;
    }
    let folder = args.dir.as_ref().or(global.data.as_ref());
    let (problems, files) = match folder {
        None => {
            let files = Dataset::embedded_files();
            (findings(&files, as_of), files.len())
        }
        Some(folder) => {
            let texts = folder::rule_texts(folder)?;
            (folder::in_folder(folder, findings(&rule_files(&texts), as_of)), texts.len())
        }
    };
    let problems = selected(problems, args);
    output.write(&match args.format {
        Format::Json => render::diagnostics_json(&problems),
        Format::Sarif => render::sarif(&problems),
        Format::Text | Format::Markdown if problems.list.is_empty() => {
            format!("nothing found in {} (as of {as_of})\n", counted(files, "file"))
        }
        Format::Text | Format::Markdown => {
            render::diagnostics(&problems, output.width())
                + &mendable(&problems, args.dir.as_deref())
        }
    })?;
    Ok(if problems.list.is_empty() { Exit::Answered } else { Exit::ConditionFailed })
}

fn rule_files(texts: &[RuleText]) -> Vec<RuleFile<'_>> {
    texts.iter().map(RuleText::as_file).collect()
}

/// Without what is allowed, and with what is denied as errors.
fn selected(mut problems: Problems, args: &LintArgs) -> Problems {
    problems.list.retain(|problem| shown(problem, args));
    for problem in &mut problems.list {
        if args.deny.contains(&problem.code) {
            problem.severity = Severity::Error;
        }
    }
    problems
}

fn shown(problem: &Diagnostic, args: &LintArgs) -> bool {
    !args.allow.contains(&problem.code)
}

/// What `--fix` would do to the findings.
fn mendable(problems: &Problems, folder: Option<&Path>) -> String {
    let count = problems.list.iter().filter(|problem| problem.fix.is_some()).count();
    match folder {
        Some(_) if count > 0 => format!("{count} of them can be mended by --fix\n"),
        _ => String::new(),
    }
}

/// Mends the files of `folder`, each one whole or not at all.
fn fix(folder: &Path, args: &LintArgs, as_of: NaiveDate, output: &Output) -> Result<(), Failure> {
    let texts = folder::rule_texts(folder)?;
    let mended = mend(&rule_files(&texts), as_of, |problem| shown(problem, args));
    for (path, text) in &mended.files {
        write_file(&folder.join(path), text, true)?;
    }
    output.complain(&match mended.fixes {
        0 => "nothing to mend that is certain\n".to_owned(),
        fixes => format!(
            "mended {} in {}\n",
            counted(fixes, "place"),
            counted(mended.files.len(), "file")
        ),
    });
    Ok(())
}

/// Reads the code of a warning.
fn warning(text: &str) -> Result<Code, String> {
    match code(text)? {
        code if code.severity() == Severity::Warning => Ok(code),
        _ => Err("this is an error, and errors cannot be passed over".to_owned()),
    }
}
