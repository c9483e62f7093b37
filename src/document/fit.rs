//! Whether a value is of the kind that is asked for.

use super::node::{Node, Notation, Value};
use super::shape::Kind;

/// The words that name reference days.
pub(super) const REFERENCE_DAYS: &[&str] = &[
    "application",
    "call_open",
    "call_close",
    "year_start",
    "year_end",
    "entry_on_duty",
    "not_stated",
];

/// Whether a value has the type that `kind` asks for.
pub(crate) fn fits(node: &Node<'_>, kind: &Kind) -> bool {
    match kind {
        Kind::Flag => node.flag().is_some(),
        Kind::Whole(..) | Kind::Format => node.whole().is_some(),
        Kind::Number(..) => node.number().is_some(),
        Kind::Day => node.day().is_some(),
        Kind::ReferenceDay => node.text().is_some() || node.day().is_some(),
        Kind::Table(_) => matches!(node.value, Value::Table(_)),
        Kind::List(_) => matches!(node.value, Value::List(_)),
        Kind::Either(kinds) => kinds.iter().any(|kind| fits(node, kind)),
        Kind::Tables(_) | Kind::OneOrMore(_) | Kind::Open => true,
        Kind::Text
        | Kind::Id(_)
        | Kind::Choice
        | Kind::PartialDay
        | Kind::End
        | Kind::MonthDay
        | Kind::Level
        | Kind::LevelWord
        | Kind::OneOf(_)
        | Kind::Name(_) => node.text().is_some(),
    }
}

/// What `kind` asks for, in words.
pub(super) fn wanted(kind: &Kind, notation: Notation) -> String {
    match kind {
        Kind::Flag => "true or false".to_owned(),
        Kind::Whole(..) | Kind::Format => "a whole number".to_owned(),
        Kind::Number(..) => "a number".to_owned(),
        Kind::Day => "a date such as 2026-11-21, without quotes".to_owned(),
        Kind::PartialDay => "a date in quotes, such as \"2021-09\"".to_owned(),
        Kind::ReferenceDay => "a reference day in quotes or a date".to_owned(),
        Kind::Table(shape) | Kind::Tables(shape) => match notation {
            Notation::Toml => format!("a table ({})", shape.name),
            Notation::Json => format!("an object ({})", shape.name),
        },
        Kind::List(item) | Kind::OneOrMore(item) => format!("a list of {}", plural(item, notation)),
        Kind::End => match notation {
            Notation::Toml => format!("{} or \"ongoing\"", wanted(&Kind::PartialDay, notation)),
            Notation::Json => {
                format!("{}, \"ongoing\" or null", wanted(&Kind::PartialDay, notation))
            }
        },
        Kind::Either(kinds) => {
            kinds.iter().map(|kind| wanted(kind, notation)).collect::<Vec<_>>().join(" or ")
        }
        Kind::Open => match notation {
            Notation::Toml => "a table of answers".to_owned(),
            Notation::Json => "an object of answers".to_owned(),
        },
        Kind::OneOf(words) => format!("one of the words {}", words.join(", ")),
        Kind::Text
        | Kind::Id(_)
        | Kind::Choice
        | Kind::MonthDay
        | Kind::Level
        | Kind::LevelWord
        | Kind::Name(_) => "a text in quotes".to_owned(),
    }
}

fn plural(kind: &Kind, notation: Notation) -> &'static str {
    match kind {
        Kind::Table(_) | Kind::Tables(_) => match notation {
            Notation::Toml => "tables",
            Notation::Json => "objects",
        },
        Kind::Whole(..) | Kind::Number(..) => "numbers",
        Kind::Day => "dates",
        _ => "texts",
    }
}

/// Whether an end says that it is none: `null`, or `ongoing` where the format has no `null`.
pub(crate) fn is_ongoing(node: &Node<'_>) -> bool {
    node.value == Value::Null || node.text() == Some("ongoing")
}

/// Reads `MM-DD` as month and day, 29 February included.
pub(crate) fn month_day_of(text: &str) -> Option<(u32, u32)> {
    let (month, day) = text.split_once('-')?;
    if month.len() != 2 || day.len() != 2 {
        return None;
    }
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    chrono::NaiveDate::from_ymd_opt(2024, month, day).map(|_| (month, day))
}
