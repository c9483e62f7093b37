//! The check of a profile with changes.

use std::path::Path;

use jpo_check::engine::{self, Candidate};
use jpo_check::profile::{Edit, Edits};
use jpo_check::render;
use jpo_check::report::{BeforeAfter, What, WhatIf};

use super::{CheckArgs, Subject};
use crate::cli::exit::{Exit, Failure};
use crate::cli::global::Global;
use crate::cli::input;
use crate::cli::output::Output;

/// How changes are written, in lines that stay whole on 80 columns.
pub(super) const WHAT_IF: &str = "\
Change the profile first, and show only what differs (repeatable; done
in their order)

languages.fr=C1                      a level
tests.toefl-ibt=105@2026-10-01       score, and the day if not today
degrees+=master:2027-07:law:KE       level, award, field, country
experience+=employment:2026-12-01..  kind and period, here without end
experience+=casual:2024..2025:0.5    half of full time
nationalities+=DE    nationalities=DE,KE    residences+=SE:permanent
birth_date=1995-03-01    facts.previous_jpo=false
languages-=fr    degrees-=master    experience-=2 (the second)
languages= (not told)    languages=[] (told: none)

What stands behind `+=` may be JSON. A JSON object alone is a merge
patch of the whole profile (RFC 7396); `@FILE` reads one from a file.";

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
    let pairs: Vec<_> = pairs.collect();
    let is_open = pairs.iter().map(|pair| pair.after.verdict).any(|v| v.is_open() && args.wants(v));
    let what = What { before: &before, after: &after, as_of };
    let written = edits.list().iter().map(Edit::to_string).collect();
    let answer = WhatIf::new(data, what, written, &pairs).only(&args.only());
    output.write(&if global.wants_json() {
        answer.to_json()
    } else {
        render::what_if(&answer, args.lists_ineligible(), output.width())
    })?;
    Ok(args.exit(is_open))
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
