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
    /// The answer that was given before one went back; to say nothing keeps it.
    keep: Option<Json>,
}

impl Asker<'_> {
    /// Asks for the fact at `path` until the answer is one; `given` is the one given before.
    pub(super) fn ask(
        self,
        question: &str,
        form: Form<'static>,
        path: &str,
        given: Option<&Json>,
    ) -> Result<Reply, Failure> {
        if let Some(shape) = form.items() {
            let items = List { question, shape, part: path };
            return Self::list(given, |told, draft| self.item(items, told, draft));
        }
        let beside = self.told.clone();
        let (message, path) = (question.to_owned(), path.to_owned());
        let skip = Some("skip this question");
        self.prompt(Prompt { message, form, path, beside, skip, none: false, keep: given.cloned() })
    }

    /// Asks for item after item, behind those given before; to go back to one is to correct it.
    fn list(
        given: Option<&Json>,
        mut ask: impl FnMut(&[Json], Option<Json>) -> Result<Reply, Failure>,
    ) -> Result<Reply, Failure> {
        let mut items = given.and_then(Json::as_array).cloned().unwrap_or_default();
        // What was told then is that there is none.
        let mut draft = given.filter(|_| items.is_empty()).map(|_| Json::Null);
        loop {
            match ask(&items, draft.take())? {
                Reply::Told(Json::Null) => return Ok(Reply::Told(json!([]))),
                Reply::Told(item) => items.push(item),
                Reply::Skip if items.is_empty() => return Ok(Reply::Skip),
                Reply::Skip => return Ok(Reply::Told(Json::Array(items))),
                Reply::Back => match items.pop() {
                    None => return Ok(Reply::Back),
                    last => draft = last,
                },
                // What was told whole is kept.
                _ if items.is_empty() => return Ok(Reply::Stop),
                _ => return Ok(Reply::Last(Json::Array(items))),
            }
        }
    }

    /// Asks for one item, key by key; `null` says that there is none at all. `draft` is what was
    /// told of it before.
    fn item(self, list: List<'_>, items: &[Json], draft: Option<Json>) -> Result<Reply, Failure> {
        let List { question, shape, part } = list;
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
            let prompt = Prompt {
                message,
                form,
                path: path.clone(),
                beside: beside.clone(),
                skip,
                none,
                keep: kept(draft.as_ref(), key.name, none),
            };
            match self.prompt(prompt)? {
                Reply::Told(Json::Null) if none => return Ok(Reply::Told(Json::Null)),
                Reply::Told(value) => {
                    tell(&mut beside, &path, value);
                }
                Reply::Skip if nth > 0 => {}
                Reply::Back if nth > 0 => {
                    let told = told(&beside, part, items.len());
                    return self.item(list, items, Some(over(draft, told)));
                }
                reply => return Ok(reply),
            }
        }
        Ok(Reply::Told(told(&beside, part, items.len())))
    }

    fn prompt(self, prompt: Prompt) -> Result<Reply, Failure> {
        let choices = choices(self.data, prompt.form);
        let reply =
            if choices.is_empty() { self.prompt_text(prompt) } else { select(&prompt, choices) };
        match reply {
            Ok(reply) => Ok(reply),
            Err(InquireError::OperationCanceled) => Ok(Reply::Stop),
            Err(InquireError::OperationInterrupted) => Err(Failure::Interrupted),
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
        let nothing = taken.kept().unwrap_or_else(|| "(nothing)".to_owned());
        let shown = |answer: &str| match answer.trim() {
            "" => nothing.clone(),
            _ => answer.to_owned(),
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

/// A list that is asked for.
#[derive(Debug, Clone, Copy)]
struct List<'q> {
    question: &'q str,
    shape: &'static Shape,
    part: &'q str,
}

/// What is told of the item at `at` of a list.
fn told(profile: &Map<String, Json>, part: &str, at: usize) -> Json {
    profile.get(part).and_then(|list| list.get(at)).cloned().unwrap_or_default()
}

/// What was told of an item, with what was told since in its place.
fn over(draft: Option<Json>, told: Json) -> Json {
    let parts = [draft.unwrap_or_default(), told];
    parts
        .iter()
        .filter_map(Json::as_object)
        .flatten()
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect()
}

/// What was told before under `key` of an item, or, where one can say so, that there is no item.
fn kept(draft: Option<&Json>, key: &str, none: bool) -> Option<Json> {
    match draft? {
        Json::Null => none.then_some(Json::Null),
        item => item.get(key).cloned(),
    }
}

impl Prompt {
    /// Reads an answer as a profile would, or says why it is none.
    fn read(&self, text: &str, data: &Dataset, as_of: NaiveDate) -> Result<Reply, String> {
        match (text.trim(), self.skip) {
            ("", _) if self.keep.is_some() => {
                return Ok(Reply::Told(self.keep.clone().unwrap_or_default()));
            }
            ("skip", Some(_)) if self.keep.is_some() => return Ok(Reply::Skip),
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

    /// The answer that is kept, as one would write it.
    fn kept(&self) -> Option<String> {
        let word = |value: &Json| match value {
            Json::String(text) => text.clone(),
            Json::Null if self.none => "none".to_owned(),
            Json::Null => "ongoing".to_owned(),
            Json::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            other => other.to_string(),
        };
        self.keep.as_ref().map(|keep| match keep {
            Json::Array(list) if list.is_empty() => "none".to_owned(),
            Json::Array(list) => list.iter().map(word).collect::<Vec<_>>().join(", "),
            one => word(one),
        })
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

fn select(prompt: &Prompt, answers: Vec<Line>) -> Result<Reply, InquireError> {
    let (lines, cursor) = menu(prompt, answers);
    let rows = lines.len();
    let how = "arrows to move, Enter to choose";
    let help = prompt.form.help().map_or_else(|| how.to_owned(), |help| format!("{help} ({how})"));
    let asked = inquire::Select::new(&prompt.message, lines)
        .with_page_size(rows.min(MOST_LINES))
        .with_starting_cursor(cursor)
        .with_help_message(&help);
    asked.prompt().map(|line| line.reply)
}

/// The lines to choose from, and the one that Enter alone takes: it keeps what was answered, or says
/// nothing.
fn menu(prompt: &Prompt, mut lines: Vec<Line>) -> (Vec<Line>, usize) {
    let line = |label: &str, reply| Line { label: format!("({label})"), reply };
    if prompt.none {
        lines.push(line("none", Reply::Told(Json::Null)));
    }
    lines.extend(prompt.skip.map(|label| line(label, Reply::Skip)));
    lines.push(line("back", Reply::Back));
    let keep = prompt.keep.clone().map_or(Reply::Skip, Reply::Told);
    let cursor = lines.iter().position(|line| line.reply == keep).unwrap_or_default();
    (lines, cursor)
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
    let skip = match (prompt.kept(), prompt.skip) {
        (Some(kept), Some(_)) => format!("Enter keeps `{kept}`, `skip` takes it back"),
        (Some(kept), None) => format!("Enter keeps `{kept}`"),
        (None, Some("that is all")) => "Enter: that is all".to_owned(),
        (None, _) => String::new(),
    };
    let how = prompt.form.help().unwrap_or_default();
    let parts = [how.as_str(), none, &skip];
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

#[cfg(test)]
mod tests {
    use super::*;

    fn nationalities(keep: Option<Json>) -> Prompt {
        let data = Dataset::embedded().unwrap();
        Prompt {
            message: "Which?".to_owned(),
            form: Form::at(data, "nationalities").unwrap(),
            path: "nationalities".to_owned(),
            beside: Map::new(),
            skip: Some("skip this question"),
            none: false,
            keep,
        }
    }

    fn read(prompt: &Prompt, text: &str) -> Reply {
        let as_of = "2026-11-22".parse().unwrap();
        prompt.read(text, Dataset::embedded().unwrap(), as_of).unwrap()
    }

    #[test]
    fn enter_skips_a_question_that_was_not_answered() {
        assert_eq!(read(&nationalities(None), ""), Reply::Skip);
    }

    #[test]
    fn enter_alone_says_nothing_in_a_menu_either() {
        let data = Dataset::embedded().unwrap();
        let taken = |keep: Option<Json>| {
            let form = Form::at(data, "facts.previous_jpo").unwrap();
            let prompt = Prompt { form, keep, ..nationalities(None) };
            let (lines, cursor) = menu(&prompt, choices(data, form));
            lines[cursor].reply.clone()
        };
        assert_eq!(taken(None), Reply::Skip);
        assert_eq!(taken(Some(json!(false))), Reply::Told(json!(false)));
        assert_eq!(taken(Some(json!(true))), Reply::Told(json!(true)));
    }

    #[test]
    fn enter_keeps_an_answer_that_was_given_before() {
        let prompt = nationalities(Some(json!(["DE", "Kenya"])));
        assert_eq!(read(&prompt, " "), Reply::Told(json!(["DE", "Kenya"])));
        assert_eq!(read(&prompt, "skip"), Reply::Skip);
        assert_eq!(read(&prompt, "FI"), Reply::Told(json!(["FI"])));
        let help = help(&prompt);
        assert!(help.ends_with("Enter keeps `DE, Kenya`, `skip` takes it back"), "{help}");
    }

    /// The answer to a list whose prompts are replied to one after the other, and what was kept of
    /// an item at each.
    fn list(given: Option<&Json>, replies: &[Reply]) -> (Reply, Vec<Option<Json>>) {
        let (mut replies, mut drafts) = (replies.iter().cloned(), Vec::new());
        let reply = Asker::list(given, |_, draft| {
            drafts.push(draft);
            Ok(replies.next().unwrap())
        });
        (reply.unwrap(), drafts)
    }

    #[test]
    fn a_list_that_was_given_before_is_kept_and_goes_on() {
        let (french, spanish) = (json!({"language": "fr"}), json!({"language": "es"}));
        let given = json!([french]);
        let kept = list(Some(&given), &[Reply::Skip]);
        assert_eq!(kept.0, Reply::Told(given.clone()));
        let longer = list(Some(&given), &[Reply::Told(spanish.clone()), Reply::Skip]);
        assert_eq!(longer.0, Reply::Told(json!([french, spanish])));
    }

    #[test]
    fn to_go_back_to_an_item_is_to_correct_it() {
        let french = json!({"language": "fr"});
        let given = json!([french]);
        let replies = [Reply::Back, Reply::Told(french.clone()), Reply::Skip];
        let (reply, drafts) = list(Some(&given), &replies);
        assert_eq!((reply, drafts), (Reply::Told(given), vec![None, Some(french), None]));
    }

    #[test]
    fn to_have_said_that_there_is_none_is_kept_too() {
        let (reply, drafts) = list(Some(&json!([])), &[Reply::Told(Json::Null)]);
        assert_eq!((reply, drafts), (Reply::Told(json!([])), vec![Some(Json::Null)]));
        assert_eq!(kept(Some(&Json::Null), "language", true), Some(Json::Null));
    }

    #[test]
    fn what_was_told_of_an_item_is_kept_key_by_key() {
        let draft = json!({"level": "master", "field": "law"});
        let again = over(Some(draft), json!({"level": "bachelor"}));
        assert_eq!(kept(Some(&again), "level", true), Some(json!("bachelor")));
        assert_eq!(kept(Some(&again), "field", false), Some(json!("law")));
        assert_eq!(kept(Some(&again), "country", false), None);
    }
}
