//! Certain fixes: they mend, they keep every comment, and mending twice changes nothing.

use std::collections::BTreeMap;

use jpo_check::dataset::{Dataset, RuleFile};
use jpo_check::lint::{Mended, mend};
use proptest::prelude::*;
use proptest::sample::Index;

use super::{DONOR, Files, changed, describe, found, list, rules, today};
use crate::malformed::mutated::{config, shipped, shipped_with_donor};

fn mended(files: &Files) -> (Files, usize) {
    let Mended { files: new, fixes } = mend(&list(files), today(), |_| true);
    let mut files = files.clone();
    files.extend(new);
    (files, fixes)
}

/// The rules with a slip of the pen are mended into what they were.
fn check(right: &str, slip: &str) {
    let (found, count) = mended(&changed(right, slip));
    assert_eq!(found[DONOR], rules()[DONOR], "{slip}");
    assert!(count > 0, "{slip}");
}

/// The rules with a slip that has no certain fix stay as they are.
fn check_left(right: &str, slip: &str) {
    let files = changed(right, slip);
    assert!(!describe(&found(&files)).is_empty(), "{slip}");
    assert_eq!(mended(&files), (files, 0), "{slip}");
}

#[test]
fn days_in_another_order_are_mended_where_the_order_can_be_told() {
    for slip in ["15-01-2027", "15.01.2027", "15/1/2027", "01/15/2027", "2027/01/15", "2027-1-15"] {
        check("closes = 2027-01-15", &format!("closes = {slip}"));
        check("closes = 2027-01-15", &format!("closes = \"{slip}\""));
    }
    check("closes = 2027-01-15", "closes = \"2027-01-15\"");
    check("published = \"2025-06-14\"", "published = \"14.6.2025\"");
    check("published = \"2025-06-14\"", "published = 2025-06-14");
}

#[test]
fn days_that_can_be_read_in_two_ways_are_left_to_their_author() {
    check_left("opens = 2026-12-01", "opens = 01-12-2026");
    check_left("opens = 2026-12-01", "opens = \"12/01/2026\"");
    check_left("closes = 2027-01-15", "closes = 2027-15-01");
    check_left("closes = 2027-01-15", "closes = 2027-01-32");
}

#[test]
fn numbers_and_flags_lose_their_quotes() {
    check("max = 32", "max = \"32\"");
    check("is = false", "is = \"False\"");
    check("is = false", "is = False");
    check_left("max = 32", "max = \"thirty-two\"");
}

#[test]
fn what_stands_wrong_around_a_value_is_mended() {
    for slip in ["max: 32", "max : 32", "max = 32,", "max = 32;", "max = 032"] {
        check("max = 32", slip);
    }
    check("closes = 2027-01-15", "closes: 2027-01-15");
    check_left("max = 32", "max =");
    check_left("max = 32", "max = # not known");
    check_left("max = 32", "max = [32,");
}

#[test]
fn a_day_of_the_year_gets_its_quotes() {
    let with_day = changed("on = \"call_close\"", "on = 12-31");
    let (found, count) = mended(&with_day);
    assert_eq!(count, 1);
    assert_eq!(found[DONOR], rules()[DONOR].replace("on = \"call_close\"", "on = \"12-31\""));
}

#[test]
fn words_are_written_as_their_list_has_them() {
    for slip in ["Master", "MASTER", " master", "m\u{430}ster"] {
        check("min = \"master\"", &format!("min = \"{slip}\""));
    }
    check("on = \"call_close\"", "on = \"Call close\"");
    check("fact = \"previous_jpo\"", "fact = \"Previous-JPO\"");
    check("max = 32", "Max = 32");
    check("max = 32", "m\u{430}x = 32");
    check_left("min = \"master\"", "min = \"masters\"");
}

#[test]
fn quotes_of_every_kind_become_plain() {
    for slip in ["“Finland”", "„Finland“", "‘Finland’", "«Finland»", "“Finland\"", "\"Finland”"]
    {
        check("name = \"Finland\"", &format!("name = {slip}"));
    }
    check("title = \"Finnish nationals\"", "title = “Finnish nationals”");
    check("[\"SE\", \"FI\"]", "[“SE”, “FI”]");
    // A number spelt out is no text: only whoever writes it knows.
    check_left("kind = \"official\"", "kind = official");
    check("in_group = [\"ldc\"]", "in_group = \"ldc\"");
    check_left("[\"SE\", \"FI\"]", "[SE, FI]");
    check_left("title = \"Finnish nationals\"", "title = Finnish nationals");
    check_left("is = false", "is = no");
}

#[test]
fn names_become_codes_and_second_entries_go() {
    check("[\"SE\", \"FI\"]", "[\"Sverige\", \"FIN\"]");
    check("language = \"en\"", "language = \"English\"");
    check("[\"SE\", \"FI\"]", "[\"SE\", \"FI\", \"SE\", \"fi\", \"Sweden\"]");
}

#[test]
fn spaces_and_letters_that_are_not_what_they_seem_become_plain() {
    check("title = \"Finnish nationals\"", "title = \"Finnish\u{a0}nation\u{430}ls\u{200b}\"");
    check("max = 32", "max =\u{a0}32");
    check("max = 32", "max = 32\u{200b}");
}

#[test]
fn what_is_not_asked_for_is_not_mended() {
    let files = changed("max = 32", "max = \"32\"");
    let mended = mend(&list(&files), today(), |_| false);
    assert_eq!(mended, Mended { files: BTreeMap::new(), fixes: 0 });
}

#[test]
fn the_shipped_rules_are_left_byte_for_byte() {
    let mended = mend(&Dataset::embedded_files(), today(), |_| true);
    assert_eq!(mended, Mended { files: BTreeMap::new(), fixes: 0 });
}

/// The comments of a file, sorted: what follows a `#` outside quotes on each line.
fn comments(text: &str) -> Vec<String> {
    let mut comments: Vec<String> = Vec::new();
    for line in text.lines() {
        let mut in_quotes = false;
        let mut escaped = false;
        for (at, c) in line.char_indices() {
            match c {
                '#' if !in_quotes => {
                    comments.push(line[at..].trim_end().to_owned());
                    break;
                }
                '"' if !escaped => in_quotes = !in_quotes,
                _ => {}
            }
            escaped = c == '\\' && !escaped;
        }
    }
    comments.sort();
    comments
}

/// A slip at one line of a file; `None` where the line has no place for it.
fn slip(line: &str, kind: usize) -> Option<String> {
    let (key, value) = line.split_once(" = ")?;
    let (value, comment) = value
        .split_once(" #")
        .map_or((value, ""), |(value, _)| (value, &line[key.len() + 3 + value.len()..]));
    let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let new = match kind {
        0 => value.parse::<i64>().ok().map(|number| format!("\"{number}\""))?,
        1 => inner.filter(|text| !text.contains(['\'', '\\'])).map(|text| format!("“{text}”"))?,
        2 => value.parse::<chrono::NaiveDate>().ok().map(|day| format!("\"{day}\""))?,
        3 => inner
            .filter(|text| text.contains(' '))
            .map(|text| format!("\"{}\"", text.replacen(' ', "\u{a0}", 1)))?,
        4 => {
            let list = value.strip_prefix("[\"")?.strip_suffix("\"]")?;
            let first = list.split('"').next()?;
            format!("[\"{list}\", \"{first}\"]")
        }
        _ => match value {
            "true" => "\"True\"".to_owned(),
            "false" => "FALSE".to_owned(),
            _ => return None,
        },
    };
    Some(format!("{key} = {new}{comment}"))
}

fn with_slips(text: &str, slips: &[(Index, usize)]) -> String {
    let mut lines: Vec<String> = text.lines().map(|line| format!("{line} # kept")).collect();
    // A comment cannot follow inside a text of several lines; the shipped files have none.
    assert!(!text.contains("\"\"\""));
    for (at, kind) in slips {
        let open: Vec<usize> =
            (0..lines.len()).filter(|at| slip(&lines[*at], *kind).is_some()).collect();
        if !open.is_empty() {
            let line = &mut lines[*at.get(&open)];
            *line = slip(line, *kind).unwrap();
        }
    }
    lines.join("\n") + "\n"
}

/// The reference files and one donor: enough for every name to be known, and quick to load. Shared
/// sources that other donors cite are unused then, which has no certain fix.
fn readable(donor: &str) -> Files {
    let mut files = shipped_with_donor(donor);
    files.insert("fields.toml".to_owned(), fields(&files));
    files
}

/// Every field of study that the files name, without its thousand other names.
fn fields(files: &Files) -> String {
    let all = shipped()["fields.toml"].clone();
    let ids = all.lines().filter_map(|line| line.strip_prefix("id = "));
    let named = ids.filter(|id| files.values().any(|text| text.contains(id)));
    let tables = named.map(|id| format!("\n[[field]]\nid = {id}\nname = {id}\n"));
    format!("format = 1\n{}", tables.collect::<String>())
}

fn donors() -> Vec<String> {
    shipped().into_keys().filter(|path| path.starts_with("donors/")).collect()
}

proptest! {
    #![proptest_config(config(12))]

    #[test]
    fn slips_in_shipped_files_are_mended_without_losing_a_comment(
        donor in any::<Index>(),
        slips in proptest::collection::vec((any::<Index>(), 0_usize..6), 1..6),
    ) {
        let path = donor.get(&donors()).clone();
            let mut files = readable(&path);
        let written = with_slips(&files[&path], &slips);
        files.insert(path.clone(), written.clone());
        let (once, _) = mended(&files);
        prop_assert_eq!(comments(&once[&path]), comments(&written));
        prop_assert_eq!(mended(&once), (once.clone(), 0));
        let right = with_slips(&shipped()[&path], &[]);
        prop_assert_eq!(&once[&path], &right);
    }
}

#[test]
fn every_file_keeps_its_line_ends_and_its_byte_order_mark() {
    let right = rules()[DONOR].replace('\n', "\r\n");
    let slip = right.replace("[\"SE\", \"FI\"]", "[\r\n\"SE\", # a\r\n\"FI\",\r\n\"SE\", # b\r\n]");
    for mark in ["", "\u{feff}"] {
        let mut files = rules();
        files.insert(DONOR.to_owned(), format!("{mark}{slip}").replace("max = 32", "max = \"32\""));
        let text = &mended(&files).0[DONOR];
        assert!(text.contains("max = 32\r\n"), "{text}");
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        assert_eq!(text.starts_with('\u{feff}'), !mark.is_empty());
        assert_eq!(comments(text).len(), comments(&slip).len());
    }
}

#[test]
fn a_folder_in_any_order_is_mended_the_same() {
    let files = changed("max = 32", "max = \"32\"");
    let mut reversed: Vec<RuleFile<'_>> = list(&files);
    reversed.reverse();
    assert_eq!(mend(&reversed, today(), |_| true), mend(&list(&files), today(), |_| true));
}
