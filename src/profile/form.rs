//! How each fact of a profile is asked and answered, path by path.

use serde_json::{Map, Value as Json, json};

use super::PROFILE;
use crate::dataset::Dataset;
use crate::document::{Kind, Namespace, Shape};
use crate::rules::{FactDeclaration, FactType};
use crate::suggest::fold;
use crate::vocabulary::{LanguageLevel, Text, Words};

/// What the answer to one fact looks like.
#[derive(Debug, Clone, Copy)]
pub enum Form<'d> {
    /// A key of profiles.
    Key(&'static Kind),
    /// A fact that the rules declare.
    Declared(&'d FactDeclaration),
}

impl<'d> Form<'d> {
    /// The form of the fact at `path`, such as `languages[0].level` or `facts.previous_jpo`;
    /// `None` if there is no such fact.
    pub fn at(data: &'d Dataset, path: &str) -> Option<Self> {
        let (list, key) = path.split_once('.').map_or((path, None), |(l, k)| (l, Some(k)));
        if let ("facts", Some(id)) = (list, key) {
            return data.fact(id).map(Self::Declared);
        }
        let (part, at) = list.split_once('[').map_or((list, None), |(p, at)| (p, Some(at)));
        let kind = &PROFILE.key(part)?.kind;
        match (at, key, item(kind)) {
            (None, None, _) if !matches!(kind, Kind::Format | Kind::Open) => Some(Self::Key(kind)),
            (Some(_), Some(key), Some(shape)) => Some(Self::Key(&shape.key(key)?.kind)),
            _ => None,
        }
    }

    /// The form in one word: `date`, `end` (a date, or `ongoing`), `yes_no`, `number`, `choice`,
    /// `text`, `level`, `country`, `language`, `test`, `countries` or `list` (of objects).
    pub fn word(self) -> &'static str {
        match self {
            Self::Declared(fact) => match &fact.kind {
                FactType::Flag => "yes_no",
                FactType::Number => "number",
                FactType::Choice(_) => "choice",
                FactType::Date => "date",
            },
            Self::Key(kind) => match kind {
                Kind::PartialDay => "date",
                Kind::End => "end",
                Kind::Flag => "yes_no",
                Kind::Number(..) => "number",
                Kind::OneOf(_) => "choice",
                Kind::Level => "level",
                Kind::Name(Namespace::Country) => "country",
                Kind::Name(Namespace::Language) => "language",
                Kind::Name(Namespace::Test) => "test",
                Kind::List(Kind::Name(_)) => "countries",
                Kind::List(_) => "list",
                _ => "text",
            },
        }
    }

    /// The answers to choose from, where they are few.
    pub fn choices(self, data: &Dataset) -> Vec<Text> {
        match self {
            Self::Declared(FactDeclaration { kind: FactType::Choice(choices), .. }) => {
                choices.clone()
            }
            Self::Key(Kind::OneOf(words)) => words.iter().map(|word| Text::of(word)).collect(),
            Self::Key(Kind::Level) => {
                LanguageLevel::WORDS.iter().map(|(word, _)| Text::of(word)).collect()
            }
            Self::Key(Kind::Name(Namespace::Test)) => {
                data.languages.tests.iter().map(|test| test.id.clone()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// How to answer, and what a declared fact says more.
    pub fn help(self) -> Option<String> {
        let how = match self.word() {
            "date" => "as 1995-03-01, 1995-03 or 1995",
            "end" => "as 2024-03-31, 2024-03 or 2024; `ongoing` if it goes on",
            "countries" => "code or name, several with commas between them",
            "country" | "language" => "code or name",
            _ => match self {
                Self::Declared(fact) => return fact.help.as_ref().map(ToString::to_string),
                Self::Key(_) => return None,
            },
        };
        Some(how.to_owned())
    }

    /// The shape of the items of a list of objects.
    pub fn items(self) -> Option<&'static Shape> {
        match self {
            Self::Key(kind) => item(kind),
            Self::Declared(_) => None,
        }
    }

    /// Reads an answer: JSON, or bare text such as `yes`, `DE, Kenya` or `none`. What is no answer
    /// to this fact is passed on as it stands; reading the profile says what is wrong with it.
    ///
    /// # Errors
    /// If it begins as JSON and is none.
    pub fn value(self, text: &str) -> Result<Json, String> {
        let text = text.trim();
        if text.starts_with(['[', '{', '"']) || text == "null" {
            return serde_json::from_str(text).map_err(|error| format!("this is no JSON: {error}"));
        }
        Ok(match (self.word(), fold(text).as_str()) {
            ("countries" | "list", "none") => json!([]),
            ("countries", _) => text.split(',').map(str::trim).collect(),
            ("yes_no", "yes" | "y" | "true") => json!(true),
            ("yes_no", "no" | "n" | "false") => json!(false),
            ("number", _) => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
            _ => json!(text),
        })
    }
}

/// The shape of the tables of a list.
const fn item(kind: &'static Kind) -> Option<&'static Shape> {
    match kind {
        Kind::List(Kind::Table(shape)) => Some(shape),
        _ => None,
    }
}

/// The question for one key of an item: of a degree, a job, a language and so on.
pub fn item_question(key: &str) -> &'static str {
    match key {
        "level" => "at what level?",
        "permanent" => "is it permanent?",
        "awarded" => "awarded on which day?",
        "field" => "in which field?",
        "country" => "in which country?",
        "kind" => "of what kind?",
        "from" => "from which day?",
        "to" => "until which day, or still going on?",
        "share" => "for what share of full time, as 0.5? (nothing: full time)",
        "paid" => "was it paid?",
        "employer" => "what kind of employer?",
        "language" => "which language?",
        "test" => "which test?",
        "score" => "with what score?",
        "taken" => "taken on which day?",
        _ => "what exactly?",
    }
}

/// Puts `value` at `path` into a profile; `false` if the path leads to no place in it.
pub fn tell(profile: &mut Map<String, Json>, path: &str, value: Json) -> bool {
    let (list, key) = path.split_once('.').map_or((path, None), |(l, k)| (l, Some(k)));
    let Some(key) = key else {
        profile.insert(path.to_owned(), value);
        return true;
    };
    let table = match list.split_once('[') {
        None => Some(profile.entry(list).or_insert_with(|| json!({}))),
        Some((part, at)) => at
            .trim_end_matches(']')
            .parse::<usize>()
            .ok()
            .and_then(|at| profile.get_mut(part)?.get_mut(at)),
    };
    let Some(Json::Object(table)) = table else { return false };
    table.insert(key.to_owned(), value);
    true
}

/// A profile as it is written by hand: keys in their usual order, one item a line.
pub fn text(profile: &Map<String, Json>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for key in PROFILE.keys {
        let Some(value) = profile.get(key.name) else { continue };
        let value = match (item(&key.kind), value) {
            (Some(shape), Json::Array(items)) if !items.is_empty() => {
                let items: Vec<String> = items
                    .iter()
                    .map(|item| format!("\n    {}", in_line(item, Some(shape))))
                    .collect();
                format!("[{}\n  ]", items.join(","))
            }
            (_, value) => in_line(value, None),
        };
        lines.push(format!("  \"{}\": {value}", key.name));
    }
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

fn in_line(value: &Json, shape: Option<&Shape>) -> String {
    match value {
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| in_line(item, None)).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(entries) => {
            let place = |key: &str| shape.and_then(|s| s.keys.iter().position(|k| k.name == key));
            let mut entries: Vec<(&String, &Json)> = entries.iter().collect();
            entries.sort_by_key(|(key, _)| place(key));
            let entry = |(key, value): &(&String, &Json)| {
                format!("{}: {}", json!(key), in_line(value, None))
            };
            let entries: Vec<String> = entries.iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
        other => other.to_string(),
    }
}
