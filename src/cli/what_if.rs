//! The check of a profile with changes.

use std::path::Path;

use jpo_check::engine::{self, Candidate};
use jpo_check::profile::{Edit, Edits};
use jpo_check::render;
use jpo_check::report::{BeforeAfter, What, WhatIf};

use super::args::{CheckArgs, Global};
use super::check::Subject;
use super::exit::{Exit, Failure};
use super::input;
use super::output::Output;

/// Shows what differs for every window selected.
pub(super) fn what_if(
    subject: &Subject,
    args: &CheckArgs,
    global: &Global,
    output: &Output,
) -> Result<Exit, Failure> {
    let Subject { data, as_of, windows, .. } = subject;
    let (data, as_of) = (*data, *as_of);
    let edits = edits(&args.what_if, output)?;
    let changed = edits.apply(&subject.text, data, as_of).map_err(Failure::Problems)?;
    let before = Candidate::new(&subject.profile, as_of);
    let after = Candidate::new(&changed, as_of);
    let assess = |candidate| engine::assess_all(data, windows, candidate, as_of).into_iter();
    let pairs = assess(&before).zip(assess(&after));
    let pairs = pairs.map(|(before, after)| BeforeAfter { before, after });
    let pairs: Vec<_> = pairs.filter(|pair| args.wants(pair.after.verdict)).collect();
    let what = What { before: &before, after: &after, as_of };
    let written = edits.list().iter().map(Edit::to_string).collect();
    let answer = WhatIf::new(data, what, written, &pairs);
    output.write(&if global.wants_json() {
        answer.to_json()
    } else {
        render::what_if(&answer, args.all, output.width())
    })?;
    Ok(args.exit(answer.summary.after.open))
}

/// The edits told on the command line; `@FILE` is a patch in a file.
fn edits(told: &[String], output: &Output) -> Result<Edits, Failure> {
    let mut edits = Edits::default();
    for text in told {
        match text.strip_prefix('@') {
            None => edits.add(text),
            Some(path) => {
                let (name, text) = input::patch_text(Path::new(path), output)?;
                edits.add_patch(&name, &text);
            }
        }
    }
    Ok(edits)
}
