//! Applies certain fixes, keeping comments and layout.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use toml_edit::{Array, Decor, RawString, Value};

use super::lint_with;
use crate::dataset::RuleFile;
use crate::diagnostic::{Diagnostic, Fix};

/// Mending one problem can bring the next to light, so rules are mended again and again, each time
/// by at least one fix; no file has as many fixes as this.
const ROUNDS: usize = 1000;

/// What mending has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// The files that changed, by path, with their new text.
    pub files: BTreeMap<String, String>,
    /// How many fixes were applied.
    pub fixes: usize,
}

/// Applies every certain fix of the problems that `wanted` takes, until none is left.
///
/// Mending what is mended changes nothing.
pub fn mend(
    files: &[RuleFile<'_>],
    as_of: NaiveDate,
    wanted: impl Fn(&Diagnostic) -> bool,
) -> Mended {
    let mut mended = Mended { files: BTreeMap::new(), fixes: 0 };
    for _ in 0..ROUNDS {
        let current: Vec<RuleFile<'_>> = files.iter().map(|file| mended.current(*file)).collect();
        let certain = by_file(lint_with(&current, as_of, &[]).list, &wanted);
        let texts = certain.iter().filter_map(|(path, fixes)| {
            let file = current.iter().find(|file| file.path == path)?;
            Some((path.clone(), apply(file.text, fixes)))
        });
        let texts: Vec<(String, (String, usize))> = texts.collect();
        let applied: usize = texts.iter().map(|(_, (_, applied))| applied).sum();
        if applied == 0 {
            break;
        }
        mended.fixes += applied;
        mended.files.extend(texts.into_iter().map(|(path, (text, _))| (path, text)));
    }
    mended
}

impl Mended {
    /// The file as it is by now.
    fn current<'a>(&'a self, file: RuleFile<'a>) -> RuleFile<'a> {
        RuleFile { text: self.files.get(file.path).map_or(file.text, String::as_str), ..file }
    }
}

fn by_file(
    problems: Vec<Diagnostic>,
    wanted: impl Fn(&Diagnostic) -> bool,
) -> BTreeMap<String, Vec<Fix>> {
    let mut fixes: BTreeMap<String, Vec<Fix>> = BTreeMap::new();
    for problem in problems.into_iter().filter(wanted) {
        if let Some(fix) = problem.fix {
            fixes.entry(problem.file).or_default().push(fix);
        }
    }
    fixes
}

/// The text with every fix applied that does not touch an earlier one, and how many those are.
fn apply(text: &str, fixes: &[Fix]) -> (String, usize) {
    let mut sorted: Vec<&Fix> = fixes.iter().collect();
    sorted.sort_by_key(|fix| (fix.span.start, fix.span.end));
    let (mut new, mut end, mut applied) = (String::with_capacity(text.len()), 0, 0);
    for fix in sorted {
        let kept = (fix.span.start >= end).then(|| text.get(end..fix.span.start)).flatten();
        let changes = text.get(fix.span.clone()).is_some_and(|old| old != fix.text);
        if let (Some(kept), true) = (kept, changes) {
            new.push_str(kept);
            new.push_str(&fix.text);
            end = fix.span.end;
            applied += 1;
        }
    }
    new.push_str(text.get(end..).unwrap_or_default());
    (new, applied)
}

/// The list written in `text` without its entry at `index`, every comment kept; `None` if that
/// cannot be done without touching anything else.
pub(super) fn without(text: &str, index: usize) -> Option<String> {
    let value: Value = text.parse().ok()?;
    // What is not written back as it was read is better left alone.
    if value.to_string() != text {
        return None;
    }
    let Value::Array(mut list) = value else { return None };
    let gone = list.remove(index);
    let comments = comments_of(gone.decor());
    if !comments.is_empty() {
        hand_on(&mut list, index, &comments);
    }
    Some(Value::Array(list).to_string())
}

/// What stands around an entry, if there is a comment in it.
fn comments_of(decor: &Decor) -> String {
    let around = text_of(decor.prefix()) + &text_of(decor.suffix());
    if around.contains('#') { around } else { String::new() }
}

fn text_of(raw: Option<&RawString>) -> String {
    raw.and_then(RawString::as_str).unwrap_or_default().to_owned()
}

/// Puts comments in front of what follows: the entry now at `index`, or the end of the list.
fn hand_on(list: &mut Array, index: usize, comments: &str) {
    if let Some(next) = list.get_mut(index) {
        let own = text_of(next.decor().prefix());
        next.decor_mut().set_prefix(format!("{comments}{own}"));
    } else {
        let own = text_of(Some(list.trailing()));
        list.set_trailing(format!("{comments}{own}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(list: &str, index: usize, expected: &str) {
        assert_eq!(without(list, index).as_deref(), Some(expected));
    }

    #[test]
    fn an_entry_goes_with_its_comma() {
        check(r#"["a", "b", "a"]"#, 2, r#"["a", "b"]"#);
        check(r#"["a", "a", "b"]"#, 1, r#"["a", "b"]"#);
        check("[\n  \"a\",\n  \"a\",\n]", 1, "[\n  \"a\",\n]");
    }

    #[test]
    fn a_comment_stays_whoever_it_belongs_to() {
        check(
            "[\n  \"a\", # first\n  \"a\", # again\n  \"b\", # last\n]",
            1,
            "[\n  \"a\", # first\n   # again\n  \"b\", # last\n]",
        );
        check("[\n  \"a\",\n  # note\n  \"a\"\n]", 1, "[\n  \"a\"\n  # note\n  \n]");
    }

    #[test]
    fn fixes_that_touch_each_other_wait_for_the_next_round() {
        let fix = |start, end, text: &str| Fix { span: start..end, text: text.to_owned() };
        let fixes = [fix(0, 3, "x"), fix(1, 2, "y"), fix(4, 5, "z")];
        assert_eq!(apply("abc d", &fixes), ("x z".to_owned(), 2));
    }
}
