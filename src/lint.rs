//! What is wrong with rules: everything that the loader reports, and what is legal and most likely
//! not meant.
//!
//! Rules that load go through every pass, one after the other. Of rules that do not load
//! it cannot be told what they say: only what is written is looked at.

mod edit;
mod entries;
mod files;
mod letters;
mod meaning;
mod sources;
mod windows;

use std::ops::Range;

use chrono::NaiveDate;

pub use edit::{Mended, mend};
use files::{File, Files};

use crate::dataset::{Dataset, RuleFile, RuleTrees};
use crate::diagnostic::{Diagnostic, Problems, SourceText};

/// Looks for one kind of thing in all rules.
type Pass = fn(&Dataset, &Files<'_>, NaiveDate, &mut Findings);

/// Every pass. Their order does not matter: findings are sorted by file and place.
const PASSES: &[Pass] = &[
    sources::unused,
    sources::recheck,
    sources::weaker_first,
    windows::calls_over,
    windows::same_windows,
    windows::same_readings,
    entries::repeated,
    entries::covered,
    entries::names_for_codes,
];

/// Looks for one kind of thing by asking what the rules mean. None of it can be mended for certain.
type Question = fn(&Dataset, &RuleTrees<'_>, &Files<'_>, NaiveDate, &mut Findings);

/// Every question to the meaning of the rules.
const MEANING: &[Question] = &[meaning::settled, meaning::idle];

/// Looks for one kind of thing in what is written, whatever it means.
type Glance = fn(&Files<'_>, &mut Findings);

/// Every glance at what is written.
const WRITTEN: &[Glance] = &[letters::look_alikes, letters::odd_spaces];

/// Everything that is wrong with the rules of a folder on the day `as_of`, sorted by file and
/// place: errors if they do not load, and warnings.
pub fn lint(files: &[RuleFile<'_>], as_of: NaiveDate) -> Problems {
    lint_with(files, as_of, MEANING)
}

/// As [`lint`] does, asking only `questions` of what the rules mean.
fn lint_with(files: &[RuleFile<'_>], as_of: NaiveDate, questions: &[Question]) -> Problems {
    let loaded = Dataset::load_with_trees(files);
    let trees = Files::parse(files);
    let mut findings = Findings::default();
    for glance in WRITTEN {
        glance(&trees, &mut findings);
    }
    let mut problems = match loaded {
        Ok((rules, loaded)) => {
            for pass in PASSES {
                pass(&rules, &trees, as_of, &mut findings);
            }
            for question in questions {
                question(&rules, &loaded, &trees, as_of, &mut findings);
            }
            Problems::default()
        }
        Err(problems) => problems,
    };
    // What the loader says of a place is said better there.
    let errors = std::mem::take(&mut problems.list);
    let beside = |problem: &Diagnostic| !errors.iter().any(|error| touches(error, problem));
    problems.list = findings.list.into_iter().filter(beside).collect();
    problems.list.extend(errors);
    problems.texts = texts(&problems.list, files);
    problems.sort();
    problems
}

fn touches(one: &Diagnostic, other: &Diagnostic) -> bool {
    one.file == other.file && one.span.start < other.span.end && other.span.start < one.span.end
}

fn texts(problems: &[Diagnostic], files: &[RuleFile<'_>]) -> Vec<SourceText> {
    let named =
        files.iter().filter(|file| problems.iter().any(|problem| problem.file == file.path));
    named
        .map(|file| SourceText { name: file.path.to_owned(), text: file.text.to_owned() })
        .collect()
}

/// Collects what the passes find, in whichever file.
#[derive(Debug, Default)]
struct Findings {
    list: Vec<Diagnostic>,
}

impl Findings {
    /// Whether a problem is recorded at that place in `file`.
    fn has(&self, file: &File<'_>, span: &Range<usize>) -> bool {
        let here = |problem: &Diagnostic| {
            problem.file == file.path
                && problem.span.start < span.end
                && span.start < problem.span.end
        };
        self.list.iter().any(here)
    }

    /// Records a problem in `file`.
    fn add(&mut self, file: &File<'_>, problem: Diagnostic) {
        self.list.push(Diagnostic { file: file.path.to_owned(), ..problem });
    }
}
