//! The interview: question after question on a terminal, one step at a time for scripts.

mod prompt;
mod talk;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use jpo_check::dataset::Dataset;
use jpo_check::diagnostic::Problems;
use jpo_check::engine::{self, Assessment, Candidate};
use jpo_check::profile::{Form, PROFILE, Profile, tell, text};
use jpo_check::report::{Ask, AskReport, Detail, Report};
use jpo_check::rules::Window;
use jpo_check::suggest::did_you_mean;
use jpo_check::vocabulary::Text;
use serde_json::{Map, Value as Json, json};

use super::exit::{Exit, Failure};
use super::global::Global;
use super::input;
use super::output::Output;
use super::write::write_file;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
On a terminal it asks one question at a time: the one expected to settle most
windows for the least trouble. It stops when nothing more can change a verdict,
and writes FILE. Without a terminal, or with `--format json`, it prints the next
question and the profile as JSON, and writes nothing unless told to:

  jpo-check ask - --answer nationalities=DE,Kenya < me.json
  jpo-check ask me.json --answer birth_date=1995-03-01 --write")]
pub(crate) struct AskArgs {
    /// The profile to fill in, made if it is not there; `-` reads standard input
    #[arg(value_name = "FILE", default_value = "profile.json")]
    file: PathBuf,
    /// Fill in this answer first: JSON or bare text, such as `facts.previous_jpo=no` (repeatable)
    #[arg(long, value_name = "FACT=VALUE", help_heading = "Input")]
    answer: Vec<String>,
    /// Do not ask for this fact (repeatable)
    #[arg(long, value_name = "FACT", help_heading = "Input")]
    skip: Vec<String>,
    /// Write the answers into FILE
    #[arg(long, help_heading = "Output")]
    write: bool,
}

/// Takes the answers given, then asks on a terminal, or prints what to ask next.
pub(crate) fn ask(args: &AskArgs, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let piped = args.file == Path::new("-");
    if piped && args.write {
        return Err(Failure::usage("--write needs a file", "name the file instead of `-`"));
    }
    let mut session = Session::open(&args.file, global.dataset()?, global.as_of(), output)?;
    let before = session.told.clone();
    for answer in &args.answer {
        session.answer(answer)?;
    }
    for fact in &args.skip {
        session.form(fact)?;
        session.skipped.push(Text::of(fact));
    }
    let on_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    if on_terminal && !piped && !global.wants_json() {
        return talk::talk(session, &before, args, output);
    }
    let report = session.report()?;
    if args.write {
        write_file(&args.file, &text(&session.told), true)?;
    }
    output.write(&report.to_json())?;
    Ok(Exit::Answered)
}

/// A profile that is being filled in.
#[derive(Debug, Clone)]
struct Session {
    data: &'static Dataset,
    as_of: NaiveDate,
    /// The profile as JSON: what it says stays as it is written.
    told: Map<String, Json>,
    skipped: Vec<Text>,
}

impl Session {
    /// Reads the profile at `path`; one that is not there yet tells nothing.
    fn open(
        path: &Path,
        data: &'static Dataset,
        as_of: NaiveDate,
        output: &Output,
    ) -> Result<Self, Failure> {
        let mut told = Map::new();
        if path == Path::new("-") || path.exists() {
            let (_, text) = input::profile_with_text(path, data, as_of, output)?;
            let text = text.trim_start_matches('\u{feff}');
            told = serde_json::from_str(text).map_err(anyhow::Error::from)?;
        }
        told.entry("format").or_insert(json!(1));
        Ok(Self { data, as_of, told, skipped: Vec::new() })
    }

    /// Takes an answer written as `FACT=VALUE`.
    fn answer(&mut self, answer: &str) -> Result<(), Failure> {
        let Some((fact, value)) = answer.split_once('=') else {
            let help = "write FACT=VALUE, as in `--answer nationalities=DE,Kenya`";
            return Err(Failure::usage(format!("`{answer}` answers no fact"), help));
        };
        let form = self.form(fact)?;
        let value =
            form.value(value).map_err(|why| Failure::usage(format!("`{answer}`: {why}"), HOW))?;
        if !fact.contains('[') {
            let mut alone = Map::new();
            tell(&mut alone, fact, value.clone());
            self.parse(&alone, &format!("--answer {fact}")).map_err(Failure::Problems)?;
        }
        if !tell(&mut self.told, fact, value) {
            let help = "items are counted from 0";
            return Err(Failure::usage(format!("the profile has no item for `{fact}`"), help));
        }
        Ok(())
    }

    /// How the fact called `path` is answered.
    fn form(&self, path: &str) -> Result<Form<'static>, Failure> {
        Form::at(self.data, path).ok_or_else(|| {
            let keys = PROFILE.keys.iter().map(|key| key.name.to_owned());
            let facts = self.data.facts.iter().map(|fact| format!("facts.{}", fact.id));
            let paths: Vec<String> = keys.chain(facts).collect();
            let help = did_you_mean(path, paths.iter().map(String::as_str));
            let help = help.unwrap_or_else(|| "`jpo-check schema profile` lists the keys".into());
            Failure::usage(format!("there is no fact `{path}`"), help)
        })
    }

    fn parse(&self, told: &Map<String, Json>, name: &str) -> Result<Profile, Problems> {
        Profile::parse(&text(told), name, self.data, self.as_of)
    }

    /// What to ask next.
    fn report(&self) -> Result<AskReport, Failure> {
        self.assessed(Detail::Whole, |ask, assessments| {
            AskReport::new(self.data, ask, assessments, self.told.clone(), &self.skipped)
        })
    }

    /// The answer of a check.
    fn check(&self) -> Result<Report, Failure> {
        self.assessed(Detail::Screen, |ask, assessments| Report::new(self.data, ask, assessments))
    }

    fn assessed<T>(
        &self,
        detail: Detail,
        report: impl FnOnce(Ask<'_>, &[Assessment<'_>]) -> T,
    ) -> Result<T, Failure> {
        let profile =
            self.parse(&self.told, "the profile with the answers").map_err(Failure::Problems)?;
        let candidate = Candidate::new(&profile, self.as_of);
        let windows: Vec<&Window> = self.data.windows.iter().collect();
        let assessments = engine::assess_all(self.data, &windows, &candidate, self.as_of);
        Ok(report(Ask::new(&candidate, self.as_of, detail), &assessments))
    }
}

/// How an answer on the command line is written.
const HOW: &str = "write JSON, or bare text as in `--answer birth_date=1995-03-01`";
