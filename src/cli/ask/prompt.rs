//! One question on a terminal, and the parts of its answer.

use std::fmt;

use chrono::NaiveDate;
use inquire::autocompletion::Replacement;
use inquire::validator::{ErrorMessage, Validation};
use inquire::{Autocomplete, CustomUserError, InquireError};
use jpo_check::dataset::Dataset;
use jpo_check::document::{Key, Need, Shape};
use jpo_check::profile::{Form, Profile, item_question, tell, text};
use jpo_check::suggest::fold;
use jpo_check::vocabulary::{ExperienceKind, Words};
use serde_json::{Map, Value as Json, json};

use crate::cli::exit::Failure;

/// More completions than this are not shown.
const MOST_COMPLETIONS: usize = 7;

/// Of more answers than this, the others come in sight by moving.
const MOST_LINES: usize = 14;

/// Keys that nothing is decided by, or that are taken for granted.
const NOT_ASKED: &[&str] = &["since", "relevant"];

/// What a user does with a question.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reply {
    Told(Json),
    /// Told, and enough of it.
    Last(Json),
    Skip,
    Back,
    Stop,
}

/// What is known while a question is asked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asker<'a> {
    pub(super) data: &'static Dataset,
    pub(super) as_of: NaiveDate,
    pub(super) told: &'a Map<String, Json>,
}

/// One prompt.
#[derive(Debug, Clone)]
struct Prompt {
    message: String,
    form: Form<'static>,
    /// The place of the answer in a profile, and one to try it in.
    path: String,
    beside: Map<String, Json>,
    /// What it means to say nothing; `None`: something has to be said.
    skip: Option<&'static str>,
    /// Whether one can say that there is none.
    none: bool,
}

impl Asker<'_> {
    /// Asks for the fact at `path` until the answer is one.
    pub(super) fn ask(
        self,
        question: &str,
        form: Form<'static>,
        path: &str,
    ) -> Result<Reply, Failure> {
        if let Some(shape) = form.items() {
            return self.list(question, shape, path);
        }
        let beside = self.told.clone();
        let (message, path) = (question.to_owned(), path.to_owned());
        let skip = Some("skip this question");
        self.prompt(Prompt { message, form, path, beside, skip, none: false })
    }

    /// Asks for item after item.
    fn list(self, question: &str, shape: &'static Shape, part: &str) -> Result<Reply, Failure> {
        let mut items: Vec<Json> = Vec::new();
        loop {
            match self.item(question, shape, part, &items)? {
                Reply::Told(Json::Null) => return Ok(Reply::Told(json!([]))),
                Reply::Told(item) => items.push(item),
                Reply::Skip if items.is_empty() => return Ok(Reply::Skip),
                Reply::Skip => return Ok(Reply::Told(Json::Array(items))),
                Reply::Back if items.pop().is_none() => return Ok(Reply::Back),
                Reply::Back => {}
                // What was told whole is kept.
                _ if items.is_empty() => return Ok(Reply::Stop),
                _ => return Ok(Reply::Last(Json::Array(items))),
            }
        }
    }

    /// Asks for one item, key by key; `null` says that there is none at all.
    fn item(
        self,
        question: &str,
        shape: &'static Shape,
        part: &str,
        items: &[Json],
    ) -> Result<Reply, Failure> {
        let first = items.is_empty();
        let at = format!("{part}[{}]", items.len());
        let beside = [items, &[json!({})]].concat();
        let mut beside = Map::from_iter([(part.to_owned(), json!(beside))]);
        let asked = shape.keys.iter().filter(|key| !NOT_ASKED.contains(&key.name));
        for (nth, key) in asked.enumerate() {
            if is_assumed(key, beside.get(part).and_then(|list| list.get(items.len()))) {
                continue;
            }
            let (message, skip) = match (nth, first) {
                (0, true) => (question.to_owned(), Some("skip this question")),
                (0, false) => {
                    (format!("One more: {}", item_question(key.name)), Some("that is all"))
                }
                _ => (capitalised(item_question(key.name)), optional(key)),
            };
            let (form, path) = (Form::Key(&key.kind), format!("{at}.{}", key.name));
            let none = nth == 0 && first;
            let prompt =
                Prompt { message, form, path: path.clone(), beside: beside.clone(), skip, none };
            match self.prompt(prompt)? {
                Reply::Told(Json::Null) if none => return Ok(Reply::Told(Json::Null)),
                Reply::Told(value) => {
                    tell(&mut beside, &path, value);
                }
                Reply::Skip if nth > 0 => {}
                Reply::Back if nth > 0 => return self.item(question, shape, part, items),
                reply => return Ok(reply),
            }
        }
        let item = beside.get_mut(part).and_then(|list| list.get_mut(items.len()));
        Ok(item.map_or(Reply::Skip, |item| Reply::Told(item.take())))
    }

    fn prompt(self, prompt: Prompt) -> Result<Reply, Failure> {
        let choices = choices(self.data, prompt.form);
        let reply =
            if choices.is_empty() { self.prompt_text(prompt) } else { select(&prompt, choices) };
        match reply {
            Ok(reply) => Ok(reply),
            Err(InquireError::OperationCanceled | InquireError::OperationInterrupted) => {
                Ok(Reply::Stop)
            }
            Err(error) => Err(anyhow::Error::from(error).context("cannot ask").into()),
        }
    }

    fn prompt_text(self, prompt: Prompt) -> Result<Reply, InquireError> {
        let Self { data, as_of, .. } = self;
        let help = help(&prompt);
        let message = prompt.message.clone();
        let names = names(data, prompt.form);
        let several = prompt.form.word() == "countries";
        let taken = prompt.clone();
        let validate = move |text: &str| -> Result<Validation, CustomUserError> {
            Ok(match prompt.read(text, data, as_of) {
                Ok(_) => Validation::Valid,
                Err(why) => Validation::Invalid(ErrorMessage::Custom(why)),
            })
        };
        let mut asked = inquire::Text::new(&message);
        asked.help_message = Some(help.as_str()).filter(|help| !help.is_empty());
        let asked = asked
            .with_formatter(&shown)
            .with_autocomplete(Completion { names, several })
            .with_page_size(MOST_COMPLETIONS)
            .with_validator(validate);
        let text = asked.prompt()?;
        Ok(taken.read(&text, data, as_of).unwrap_or(Reply::Skip))
    }
}

/// An answer that was given, as it stays on the screen.
fn shown(answer: &str) -> String {
    if answer.trim().is_empty() { "(nothing)".to_owned() } else { answer.to_owned() }
}

impl Prompt {
    /// Reads an answer as a profile would, or says why it is none.
    fn read(&self, text: &str, data: &Dataset, as_of: NaiveDate) -> Result<Reply, String> {
        match (text.trim(), self.skip) {
            ("", Some(_)) => return Ok(Reply::Skip),
            ("", None) => return Err("this is needed; `back` goes back".to_owned()),
            ("back" | "<", _) => return Ok(Reply::Back),
            (word, _) if self.none && fold(word) == "none" => return Ok(Reply::Told(Json::Null)),
            _ => {}
        }
        let value = self.form.value(text)?;
        let mut tried = self.beside.clone();
        tell(&mut tried, &self.path, value.clone());
        match Profile::parse(&self::text(&tried), "answer", data, as_of) {
            Ok(_) => Ok(Reply::Told(value)),
            Err(problems) => Err(problems.list.first().map_or_else(String::new, |problem| {
                let help = problem.help.iter().map(|help| format!("; {help}"));
                format!("{}{}", problem.message, help.collect::<String>())
            })),
        }
    }
}

/// A line to choose.
#[derive(Debug, Clone)]
struct Line {
    label: String,
    reply: Reply,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label)
    }
}

fn select(prompt: &Prompt, mut lines: Vec<Line>) -> Result<Reply, InquireError> {
    let line = |label: &str, reply| Line { label: format!("({label})"), reply };
    if prompt.none {
        lines.push(line("none", Reply::Told(Json::Null)));
    }
    lines.extend(prompt.skip.map(|label| line(label, Reply::Skip)));
    lines.push(line("back", Reply::Back));
    let rows = lines.len();
    let how = "arrows to move, Enter to choose";
    let help = prompt.form.help().map_or_else(|| how.to_owned(), |help| format!("{help} ({how})"));
    let asked = inquire::Select::new(&prompt.message, lines)
        .with_page_size(rows.min(MOST_LINES))
        .with_help_message(&help);
    asked.prompt().map(|line| line.reply)
}

/// The answers to choose from.
fn choices(data: &Dataset, form: Form<'_>) -> Vec<Line> {
    if form.word() == "yes_no" {
        let line = |(label, yes): (&str, bool)| Line {
            label: label.to_owned(),
            reply: Reply::Told(json!(yes)),
        };
        return [("yes", true), ("no", false)].map(line).into();
    }
    let label = |word: &str| {
        let test = data.languages.test(word).filter(|_| form.word() == "test");
        test.map_or_else(|| word.replace('_', " "), |test| test.name.to_string())
    };
    let line = |word: &jpo_check::vocabulary::Text| Line {
        label: label(word),
        reply: Reply::Told(json!(word.as_str())),
    };
    form.choices(data).iter().map(line).collect()
}

/// The names that can be completed.
fn names(data: &Dataset, form: Form<'_>) -> Vec<String> {
    match form.word() {
        "countries" | "country" => {
            data.countries.list().iter().map(|country| country.name.to_string()).collect()
        }
        "language" => data.languages.list().iter().map(|l| l.name.to_string()).collect(),
        "text" => data.fields.list().iter().map(|field| field.name.to_string()).collect(),
        _ => Vec::new(),
    }
}

fn help(prompt: &Prompt) -> String {
    let none = if prompt.none { "`none` if you have none" } else { "" };
    let skip =
        prompt.skip.filter(|skip| *skip == "that is all").map_or("", |_| "Enter: that is all");
    let how = prompt.form.help().unwrap_or_default();
    let parts = [how.as_str(), none, skip];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

/// What is taken for granted of an item: pay, where the kind of work tells it.
fn is_assumed(key: &Key, item: Option<&Json>) -> bool {
    let kind = item.and_then(|item| item.get("kind")).and_then(Json::as_str);
    let kind = kind.and_then(ExperienceKind::from_word);
    key.name == "paid" && kind.is_some_and(|kind| kind.usually_paid().is_some())
}

fn optional(key: &Key) -> Option<&'static str> {
    (key.need == Need::Optional).then_some("do not tell")
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Completes the name being typed, the last of several.
#[derive(Debug, Clone)]
struct Completion {
    names: Vec<String>,
    several: bool,
}

impl Completion {
    /// What stands before the name being typed, and the name.
    fn split<'t>(&self, input: &'t str) -> (&'t str, &'t str) {
        let comma = input.rfind(',').filter(|_| self.several);
        comma.and_then(|at| input.split_at_checked(at + 1)).unwrap_or(("", input))
    }
}

impl Autocomplete for Completion {
    fn get_suggestions(&mut self, input: &str) -> Result<Vec<String>, CustomUserError> {
        let (before, typed) = self.split(input);
        let typed = fold(typed);
        if typed.is_empty() {
            return Ok(Vec::new());
        }
        let rank = |name: &String| match fold(name).find(&typed) {
            Some(0) => Some(0),
            found => found.map(|_| 1),
        };
        let mut found: Vec<(i32, &String)> =
            self.names.iter().filter_map(|name| Some((rank(name)?, name))).collect();
        found.sort();
        let space = if before.is_empty() { "" } else { " " };
        let whole = found.iter().map(|(_, name)| format!("{before}{space}{name}"));
        Ok(whole.take(MOST_COMPLETIONS).collect())
    }

    fn get_completion(
        &mut self,
        input: &str,
        highlighted: Option<String>,
    ) -> Result<Replacement, CustomUserError> {
        Ok(match highlighted {
            Some(name) => Some(name),
            None => self.get_suggestions(input)?.into_iter().next(),
        })
    }
}
