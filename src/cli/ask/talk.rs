//! The interview on a terminal.

use std::collections::BTreeMap;

use jpo_check::profile::{tell, text};
use jpo_check::render;
use jpo_check::report::{AskReport, Counts};
use jpo_check::vocabulary::Text;
use serde_json::{Map, Value as Json};

use super::prompt::{Asker, Reply};
use super::{AskArgs, Session};
use crate::cli::exit::{Exit, Failure};
use crate::cli::output::Output;
use crate::cli::write::{has_folder, write_file};

const INTRO: &str = "\
One question at a time, as long as an answer can change anything. Tab completes
a name, Enter alone skips a question, `back` returns to the one before, where
Enter keeps your answer, Esc stops and keeps all of them, Ctrl-C keeps none.
Nothing is sent anywhere.
";

/// Asks until nothing more can change or the user stops, then writes the profile, which told what
/// is in `before`.
pub(super) fn talk(
    mut session: Session,
    before: &Map<String, Json>,
    args: &AskArgs,
    output: &Output,
) -> Result<Exit, Failure> {
    // Known before anything is asked.
    has_folder(&args.file)?;
    output.write(INTRO)?;
    let mut past: Vec<Session> = Vec::new();
    let mut given = Given::default();
    let last = loop {
        let report = session.report()?;
        output.write(&format!("\n{}\n", standing(report.counts)))?;
        let Some(next) = &report.next else { break report };
        let asker = Asker { data: session.data, as_of: session.as_of, told: &session.told };
        let form = session.form(&next.fact)?;
        let reply = asker.ask(&next.question, form, &next.fact, given.answer(&next.fact))?;
        match reply {
            Reply::Told(value) => {
                past.push(session.clone());
                given.tell(&next.fact, &value);
                tell(&mut session.told, &next.fact, value);
            }
            Reply::Skip => {
                past.push(session.clone());
                given.take_back(&next.fact);
                session.skipped.push(next.fact.clone());
            }
            Reply::Back => session = past.pop().unwrap_or(session),
            Reply::Last(value) => {
                given.tell(&next.fact, &value);
                given.put_into(&mut session);
                break session.report()?;
            }
            Reply::Stop => {
                given.put_into(&mut session);
                break session.report()?;
            }
        }
    };
    output.write(&ending(&last, &session, output.width().columns()))?;
    output.write(&render::headline(&session.check()?, output.width()))?;
    let file = args.file.display();
    if session.told != *before {
        let text = text(&session.told);
        if let Err(error) = write_file(&args.file, &text, true) {
            // What was answered is not lost.
            output.write(&text)?;
            return Err(error.context("the profile is shown above, and not written").into());
        }
        output.write(&format!("Wrote {file}. Then: jpo-check {file}\n"))?;
    } else if args.file.exists() {
        output.write(&format!("Nothing was answered: {file} is as it was.\n"))?;
    } else {
        output.write(&format!("Nothing was answered: {file} was not written.\n"))?;
    }
    Ok(Exit::Answered)
}

/// What was answered, by fact: to go back takes nothing of it away.
#[derive(Debug, Clone, Default, PartialEq)]
struct Given(BTreeMap<String, Json>);

impl Given {
    /// The answer to `fact`, if it was given before.
    fn answer(&self, fact: &str) -> Option<&Json> {
        self.0.get(fact)
    }

    fn tell(&mut self, fact: &str, value: &Json) {
        if self.answer(fact) != Some(value) {
            self.take_back(fact);
            self.0.insert(fact.to_owned(), value.clone());
        }
    }

    /// Forgets the answer, and those to what was asked about its items, which others take the
    /// places of.
    fn take_back(&mut self, fact: &str) {
        let item = format!("{fact}[");
        self.0.retain(|told, _| told != fact && !told.starts_with(&item));
    }

    /// Tells what was answered before somebody went back and stopped.
    fn put_into(&self, session: &mut Session) {
        for (fact, value) in &self.0 {
            let mut told = session.told.clone();
            // An answer may not go with one that was changed since.
            let fits = tell(&mut told, fact, value.clone());
            if fits && session.parse(&told, "the profile with the answers").is_ok() {
                session.told = told;
            }
        }
    }
}

/// How the windows stand, in one line.
fn standing(counts: Counts) -> String {
    let Counts { open, ineligible, undetermined } = counts;
    format!("open {open}, ineligible {ineligible}, undetermined {undetermined}")
}

/// Why the questions end.
fn ending(last: &AskReport, session: &Session, columns: usize) -> String {
    let why = match (&last.next, session.skipped.as_slice()) {
        (Some(_), _) => "Stopped: what you have not told can still change verdicts.".to_owned(),
        (None, []) => "Nothing more that you could tell changes any verdict.".to_owned(),
        (None, skipped) => {
            let skipped: Vec<&str> = skipped.iter().map(Text::as_str).collect();
            format!("No more questions. Skipped: {}.", skipped.join(", "))
        }
    };
    format!("\n{}\n\n", textwrap::fill(&why, columns))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_is_kept_until_another_is_given_or_it_is_taken_back() {
        let mut given = Given::default();
        given.tell("nationalities", &json!(["KE"]));
        given.tell("birth_date", &json!("1996"));
        assert_eq!(given.answer("nationalities"), Some(&json!(["KE"])));
        given.tell("nationalities", &json!(["FI"]));
        given.take_back("birth_date");
        assert_eq!(given, Given([("nationalities".to_owned(), json!(["FI"]))].into()));
    }

    #[test]
    fn an_answer_about_an_item_stays_as_long_as_the_items_do() {
        let french = json!([{"language": "fr"}]);
        let mut given = Given::default();
        given.tell("languages", &french);
        given.tell("languages[0].level", &json!("B2"));
        given.tell("languages", &french);
        assert_eq!(given.answer("languages[0].level"), Some(&json!("B2")));
        given.tell("languages", &json!([{"language": "es"}]));
        assert_eq!(given.answer("languages[0].level"), None);
    }
}
