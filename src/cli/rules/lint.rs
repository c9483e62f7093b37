//! What is wrong with rules.

use std::path::Path;

use chrono::NaiveDate;
use jpo_check::dataset::{Dataset, RuleFile};
use jpo_check::diagnostic::{Diagnostic, Problems, Severity};
use jpo_check::explain::counted;
use jpo_check::lint::{lint as findings, mend};
use jpo_check::render;

use crate::cli::args::{Format, Global, LintArgs};
use crate::cli::check::as_of;
use crate::cli::exit::{Exit, Failure};
use crate::cli::input::{self, RuleText};
use crate::cli::output::Output;
use crate::cli::write::write_file;

/// Prints the findings of a folder's rules, or of the embedded ones, after mending what is certain
/// where that was asked for.
pub(super) fn lint(args: &LintArgs, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let as_of = as_of(global);
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
            let texts = input::rule_texts(folder)?;
            (input::in_folder(folder, findings(&rule_files(&texts), as_of)), texts.len())
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
    let texts = input::rule_texts(folder)?;
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
