//! Slips of the pen: what the author of a value surely meant, where it can be told.
//!
//! Nothing is ever read as it was meant: the problem stays, with a better message and a fix.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use toml::de::DeTable;

use super::letters::{latin, look_alike_in, odd_space_in, plain_spaces};
use super::node::{Value, quoted};
use super::shape::Kind;
use crate::diagnostic::{Code, Diagnostic};
use crate::suggest::fold;
use crate::vocabulary::PartialDate;

/// Quotes as word processors set them, opening ones and closing ones.
const OPENING: &[char] = &['“', '„', '”', '«', '‘', '‚', '’', '″'];
const CLOSING: &[char] = &['”', '“', '»', '’', '‘', '″', '"', '\''];

/// What the parser says of a value that is no number, date, list or quoted text.
const UNQUOTED: &str = "string values must be quoted";

/// Looks behind a syntax error for a slip that people make; `None` if it is another.
pub(super) fn syntax(text: &str, span: &Range<usize>, message: &str) -> Option<Diagnostic> {
    if let Some(problem) = around_value(text, span) {
        return Some(problem);
    }
    let word = word_at(text, span)?;
    let written = text.get(word.clone())?;
    quotes(text, span, &word)
        .or_else(|| odd_space(written, &word))
        .or_else(|| date(written, &word, Quoted::No))
        .or_else(|| odd_number(written, &word))
        .or_else(|| bare_key(written, &word, message))
        .or_else(|| bare_word(text, &word, message))
}

/// What stands wrong between a key and its value, or behind that; the line is of one key.
fn around_value(text: &str, span: &Range<usize>) -> Option<Diagnostic> {
    let start = text.get(..span.start)?.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(start..)?.lines().next()?;
    let is_key = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let key = line.split(|c| !is_key(c)).next().filter(|key| !key.is_empty())?;
    let rest = line.get(key.len()..)?;
    let gap = rest.len() - rest.trim_start().len();
    let (sign, value) = rest.trim_start().split_at_checked(1)?;
    let at = start + key.len() + gap;
    let value = value.trim();
    match sign {
        ":" if !value.is_empty() => {
            let message = "between a key and its value stands `=`, not `:`";
            let problem = Diagnostic::new(Code::Syntax, at..at + 1, message);
            let fixed = problem.with_help(format!("write `{key} = {value}`"));
            Some(fixed.with_fix(start + key.len()..at + 1, " ="))
        }
        "=" if value.is_empty() || value.starts_with('#') => {
            let message = format!("`{key}` has no value");
            let problem = Diagnostic::new(Code::Syntax, at..at + 1, message);
            Some(problem.with_help("write it behind the `=`, or leave out the line"))
        }
        "=" => {
            let end = value.chars().next_back().filter(|c| ",;".contains(*c))?;
            let plain = value.trim_end_matches(end);
            // Behind an item of a list that goes on, a comma is right.
            let is_whole = DeTable::parse(&format!("{key} = {plain}")).is_ok();
            let last = start + line.trim_end().len();
            let place = last - (value.len() - plain.len())..last;
            let message = format!("`{end}` stands behind the value, and nothing does");
            let problem = Diagnostic::new(Code::Syntax, place.clone(), message);
            is_whole
                .then(|| problem.with_help(format!("leave out the `{end}`")).with_fix(place, ""))
        }
        _ => None,
    }
}

/// A day of the year without quotes, or a number with zeros in front.
fn odd_number(written: &str, word: &Range<usize>) -> Option<Diagnostic> {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if let Some((month, day)) = written.split_once('-')
        && [month, day].iter().all(|part| part.len() == 2 && is_number(part))
    {
        let message = format!("the day of the year {written} stands without quotes");
        let problem = Diagnostic::new(Code::Syntax, word.clone(), message);
        let fixed = problem.with_help(format!("write `\"{written}\"`"));
        return Some(fixed.with_fix(word.clone(), format!("\"{written}\"")));
    }
    let plain = written.trim_start_matches('0');
    (is_number(written) && is_number(plain) && plain != written).then(|| {
        let message = format!("the number {written} begins with 0");
        let problem = Diagnostic::new(Code::Syntax, word.clone(), message);
        problem.with_help(format!("write `{plain}`")).with_fix(word.clone(), plain)
    })
}

/// The characters around `span` up to white space and the signs of TOML.
fn word_at(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let ends = |c: char| c.is_ascii_whitespace() || ",[]{}=#".contains(c);
    let before = text.get(..span.start)?;
    let start = before.rfind(ends).map_or(0, |at| at + 1);
    let after = text.get(span.start..)?;
    let end = after.find(ends).map_or(text.len(), |at| span.start + at);
    (start < end).then_some(start..end)
}

/// A text in quotes that are not the plain ones.
fn quotes(text: &str, span: &Range<usize>, word: &Range<usize>) -> Option<Diagnostic> {
    let line = text.get(word.start..)?.lines().next()?;
    let message = "a text stands between plain quotes `\"`, and these are others";
    if let Some(rest) = line.strip_prefix(OPENING) {
        let length = rest.find(CLOSING)?;
        let (inner, end) = rest.split_at_checked(length)?;
        let closing = end.chars().next()?.len_utf8();
        let whole = word.start..word.start + (line.len() - rest.len()) + length + closing;
        let problem = Diagnostic::new(Code::Syntax, whole.clone(), message);
        return Some(match quoted(inner) {
            Some(plain) => problem.with_help(format!("write `{plain}`")).with_fix(whole, plain),
            None => problem.with_help("write `\"` at both ends"),
        });
    }
    left_open(text, span)
}

/// A text that begins with a plain quote and ends with another kind.
fn left_open(text: &str, span: &Range<usize>) -> Option<Diagnostic> {
    let before = text.get(..span.start)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(start..)?.lines().next()?;
    let trimmed = line.trim_end();
    let last = trimmed.chars().next_back().filter(|c| CLOSING.contains(c) && !c.is_ascii())?;
    let (key, value) = trimmed.split_once('=')?;
    let inner = value.trim_start().strip_prefix('"')?.strip_suffix(last)?;
    let plain = quoted(inner)?;
    let value_start = start + key.len() + 1 + (value.len() - value.trim_start().len());
    let whole = value_start..start + trimmed.len();
    let message = format!("this text begins with `\"` and ends with `{last}`");
    let problem = Diagnostic::new(Code::Syntax, whole.clone(), message);
    Some(problem.with_help(format!("write `{plain}`")).with_fix(whole, plain))
}

/// A space that is none, outside a text.
fn odd_space(written: &str, word: &Range<usize>) -> Option<Diagnostic> {
    let (at, name) = odd_space_in(written)?;
    let start = word.start + at;
    let length = written.get(at..)?.chars().next()?.len_utf8();
    let problem =
        Diagnostic::new(Code::Syntax, start..start + length, format!("{name} stands here"));
    let help = "outside texts in quotes only plain spaces are read";
    Some(problem.with_help(help).with_fix(word.clone(), plain_spaces(written)))
}

/// A key with a letter of another script.
fn bare_key(written: &str, word: &Range<usize>, message: &str) -> Option<Diagnostic> {
    if !message.contains("unquoted key") {
        return None;
    }
    let sentence = look_alike_in(written)?;
    let plain = latin(written);
    let is_key = plain.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
    let problem = Diagnostic::new(Code::Syntax, word.clone(), sentence);
    is_key.then(|| problem.with_help(format!("write `{plain}`")).with_fix(word.clone(), plain))
}

/// A word without quotes, or `True` for `true`.
fn bare_word(text: &str, word: &Range<usize>, message: &str) -> Option<Diagnostic> {
    if !message.contains(UNQUOTED) && !message.contains("invalid boolean") {
        return None;
    }
    let written = text.get(word.clone())?;
    if let Some(problem) = number_with_unit(text, word) {
        return Some(problem);
    }
    let is_word = written.starts_with(|c: char| c.is_ascii_alphabetic())
        && written.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if !is_word {
        return None;
    }
    if let Some(flag) = flag(written) {
        let message = format!("`{written}` is written small: `{flag}`");
        let problem = Diagnostic::new(Code::Syntax, word.clone(), message);
        return Some(problem.with_help(format!("write `{flag}`")).with_fix(word.clone(), flag));
    }
    let message = format!("the text {written} stands without quotes");
    let problem = Diagnostic::new(Code::Syntax, word.clone(), message);
    let rest = text.get(word.end..)?.lines().next().unwrap_or_default().trim_start();
    Some(if !rest.is_empty() && !rest.starts_with([',', ']', '}', '#']) {
        problem.with_help("write `\"` at both ends of the whole text")
    } else if ["yes", "no"].contains(&written) {
        // Neither is surely a text: `no` is Norwegian, too.
        problem.with_help("write `true` or `false`, or a text in quotes")
    } else {
        // Only where a text is wanted is this right: what is wanted is not known here.
        problem.with_help(format!("write `\"{written}\"` if a text is meant"))
    })
}

/// A number with a word behind it, such as `32 years`.
fn number_with_unit(text: &str, word: &Range<usize>) -> Option<Diagnostic> {
    let line = text.get(word.start..)?.lines().next()?;
    let told = line.split('#').next()?.trim_end();
    let digits = told.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = told.split_at_checked(digits)?;
    let unit = unit.trim_start();
    let is_unit = !unit.is_empty() && unit.chars().all(|c| c.is_alphabetic() || c == ' ');
    if number.is_empty() || !is_unit {
        return None;
    }
    let span = word.start..word.start + told.len();
    let problem = Diagnostic::new(
        Code::Syntax,
        span,
        format!("`{unit}` stands behind the number, and a number stands alone"),
    );
    Some(problem.with_help(format!("write `{number}`")))
}

/// Whether a date is wanted as a text in quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoted {
    /// As `"2026-11-21"`.
    Yes,
    /// As `2026-11-21`.
    No,
}

impl Quoted {
    fn write(self, day: NaiveDate) -> String {
        if self == Self::Yes { format!("\"{day}\"") } else { day.to_string() }
    }
}

/// A day in another order or with other signs than `2026-11-21`.
pub(super) fn date(written: &str, span: &Range<usize>, quotes: Quoted) -> Option<Diagnostic> {
    let days = days_meant(written)?;
    let problem = Diagnostic::new(
        Code::BadDate,
        span.clone(),
        format!("a day is written as in 2026-11-21, not as in `{written}`"),
    );
    let words: Vec<String> = days.iter().map(|day| format!("`{}`", quotes.write(*day))).collect();
    let help = format!("write {}", words.join(" or "));
    Some(match days.as_slice() {
        [day] => problem.with_help(help).with_fix(span.clone(), quotes.write(*day)),
        _ => problem.with_help(format!("{help}: which number is the day cannot be told")),
    })
}

/// The days that three numbers in some order can mean; none if they are no date, or one as it
/// is to be written.
///
/// A year stands first or last. `2026-21-11` is left alone: a wrong digit is as likely there as a
/// wrong order.
fn days_meant(written: &str) -> Option<Vec<NaiveDate>> {
    let sign = written.chars().find(|c| !c.is_ascii_digit()).filter(|c| "-./".contains(*c))?;
    let parts: Vec<&str> = written.split(sign).collect();
    let digits =
        |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let [first, second, third] = parts.as_slice() else { return None };
    if !parts.iter().all(digits) || PartialDate::parse(written).is_ok() {
        return None;
    }
    let day = |year: &str, month: &str, day: &str| {
        let plausible = year.len() == 4 && month.len() <= 2 && day.len() <= 2;
        let date =
            NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        date.filter(|date| plausible && (1900..2200).contains(&date.year()))
    };
    let orders = [day(first, second, third), day(third, second, first), day(third, first, second)];
    let mut days: Vec<NaiveDate> = orders.into_iter().flatten().collect();
    days.dedup();
    (!days.is_empty()).then_some(days)
}

/// Why there is no such day as `written`, a date in the right form.
pub(super) fn no_such_day(written: &str) -> Option<String> {
    let mut parts = written.split('-').map(str::parse::<u32>);
    let (year, month) = (parts.next()?.ok()?, parts.next()?.ok()?);
    let Some(first) = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, 1) else {
        return Some("behind the year stands the month, 01 to 12, and then the day".to_owned());
    };
    let day = parts.next()?.ok()?;
    let days = u32::from(first.num_days_in_month());
    let is_none = !(1..=days).contains(&day);
    is_none.then(|| format!("{} has {days} days", first.format("%B %Y")))
}

/// What a value of the wrong type surely means, as it is to be written for `kind`.
pub(super) fn value(value: &Value<'_>, kind: &Kind) -> Option<String> {
    match (value, kind) {
        (Value::Text(text), Kind::Whole(..) | Kind::Format) => {
            text.trim().parse::<i64>().ok().map(|number| number.to_string())
        }
        (Value::Text(text), Kind::Number(..)) => {
            let number = text.trim();
            let plain = number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            (plain && number.parse::<f64>().is_ok()).then(|| number.to_owned())
        }
        (Value::Text(text), Kind::Flag) => flag(text).map(str::to_owned),
        (Value::Text(text), Kind::Day) => exact_day(text).map(|day| day.to_string()),
        (Value::Day(day), Kind::PartialDay) => Some(format!("\"{day}\"")),
        (Value::Whole(year), Kind::PartialDay) if (1900..2200).contains(year) => {
            Some(format!("\"{year}\""))
        }
        _ => None,
    }
}

/// The day that a text names to the day, in the right order.
pub(super) fn exact_day(text: &str) -> Option<NaiveDate> {
    PartialDate::parse(text.trim()).ok().filter(|date| date.is_exact()).map(PartialDate::first)
}

fn flag(text: &str) -> Option<&'static str> {
    ["true", "false"].into_iter().find(|word| *word == fold(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_days(written: &str, expected: &[&str]) {
        let days: Vec<String> =
            days_meant(written).unwrap_or_default().iter().map(ToString::to_string).collect();
        assert_eq!(days, expected, "{written}");
    }

    #[test]
    fn a_day_above_twelve_tells_the_order() {
        check_days("21-11-2026", &["2026-11-21"]);
        check_days("21.11.2026", &["2026-11-21"]);
        check_days("11/21/2026", &["2026-11-21"]);
        check_days("2026/11/21", &["2026-11-21"]);
        check_days("2026-1-5", &["2026-01-05"]);
        check_days("05-05-2026", &["2026-05-05"]);
    }

    #[test]
    fn a_day_that_is_none_is_told_why() {
        for (written, why) in [
            ("2026-31-05", Some("behind the year stands the month, 01 to 12, and then the day")),
            ("2026-00", Some("behind the year stands the month, 01 to 12, and then the day")),
            ("2026-02-29", Some("February 2026 has 28 days")),
            ("2024-02-30", Some("February 2024 has 29 days")),
            ("2024-06-00", Some("June 2024 has 30 days")),
            ("1896-02-01", None),
            ("1896", None),
        ] {
            assert_eq!(no_such_day(written).as_deref(), why, "{written}");
        }
    }

    #[test]
    fn two_numbers_up_to_twelve_leave_two_days() {
        check_days("03.04.2026", &["2026-04-03", "2026-03-04"]);
    }

    #[test]
    fn what_is_no_date_or_a_right_one_is_left_alone() {
        for written in ["2026-11-21", "2026-21-11", "31.31.2026", "1.2.3", "21-11-26", "32", ""] {
            check_days(written, &[]);
        }
    }
}
