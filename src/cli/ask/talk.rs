//! The interview on a terminal.

use jpo_check::profile::{tell, text};
use jpo_check::render;
use jpo_check::report::{AskReport, Counts};
use jpo_check::vocabulary::Text;

use super::prompt::{Asker, Reply};
use super::{Session, write_file};
use crate::cli::args::AskArgs;
use crate::cli::exit::{Exit, Failure};
use crate::cli::output::Output;

const INTRO: &str = "\
One question at a time, as long as an answer can change anything. Tab completes
a name, Enter alone skips a question, `back` returns to the one before, Esc
stops and keeps your answers. Nothing is sent anywhere.
";

/// Asks until nothing more can change or the user stops, then writes the profile.
pub(super) fn talk(mut session: Session, args: &AskArgs, output: &Output) -> Result<Exit, Failure> {
    output.write(INTRO)?;
    let before = session.told.clone();
    let mut past: Vec<Session> = Vec::new();
    let last = loop {
        let report = session.report()?;
        output.write(&format!("\n{}\n", standing(report.counts)))?;
        let Some(next) = &report.next else { break report };
        let asker = Asker { data: session.data, as_of: session.as_of, told: &session.told };
        let form = session.form(&next.fact)?;
        match asker.ask(&next.question, form, &next.fact)? {
            Reply::Told(value) => {
                past.push(session.clone());
                tell(&mut session.told, &next.fact, value);
            }
            Reply::Skip => {
                past.push(session.clone());
                session.skipped.push(next.fact.clone());
            }
            Reply::Back => session = past.pop().unwrap_or(session),
            Reply::Last(value) => {
                tell(&mut session.told, &next.fact, value);
                break session.report()?;
            }
            Reply::Stop => break report,
        }
    };
    output.write(&ending(&last, &session))?;
    output.write(&render::headline(&session.check()?, output.width()))?;
    let file = args.file.display();
    if session.told == before && args.file.exists() {
        output.write(&format!("Nothing was answered: {file} is as it was.\n"))?;
    } else {
        write_file(&args.file, &text(&session.told), true)?;
        output.write(&format!("Wrote {file}. Then: jpo-check {file}\n"))?;
    }
    Ok(Exit::Answered)
}

/// How the windows stand, in one line.
fn standing(counts: Counts) -> String {
    let Counts { open, closed, undecided } = counts;
    format!("open {open}, closed {closed}, undecided {undecided}")
}

/// Why the questions end.
fn ending(last: &AskReport, session: &Session) -> String {
    let why = match (&last.next, session.skipped.as_slice()) {
        (Some(_), _) => "Stopped: what you have not told can still change verdicts.".to_owned(),
        (None, []) => "Nothing more that you could tell changes any verdict.".to_owned(),
        (None, skipped) => {
            let skipped: Vec<&str> = skipped.iter().map(Text::as_str).collect();
            format!("No more questions. Skipped: {}.", skipped.join(", "))
        }
    };
    format!("\n{why}\n\n")
}
