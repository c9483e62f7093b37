//! Texts that nobody writes by hand: never a panic, never half a data set.

use super::{Files, base, describe, load};
use jpo_check::dataset::Dataset;

/// Loads the base with `text` in the place of one file.
fn with(path: &str, text: impl Into<String>) -> Result<Dataset, String> {
    let mut files = base();
    files.insert(path.to_owned(), text.into());
    load(&files).map_err(|problems| describe(&problems))
}

/// Every kind of file that is read in its own way.
const PLACES: &[&str] = &[
    "countries.toml",
    "languages.toml",
    "fields.toml",
    "hosts.toml",
    "facts.toml",
    "sources.toml",
    "lookalikes.toml",
    "donors/fi.toml",
    "groups/ldc.toml",
    "programmes/un-desa.toml",
];

/// `text` is refused in the place of every file, and each message that names the file says
/// `expected` (other files then lack what the file declared, and say so too).
fn refused_everywhere(text: &str, expected: &str) {
    for place in PLACES {
        let problems = with(place, text).expect_err(place);
        let found = problems.lines().any(|line| {
            line.strip_prefix(&format!("{place}:")).is_some_and(|rest| rest.contains(expected))
        });
        assert!(found, "{place} lacks {expected:?}:\n{problems}");
    }
}

#[test]
fn an_empty_file_lacks_its_format() {
    refused_everywhere("", "1:1: missing-key: ");
}

#[test]
fn a_file_of_comments_and_blanks_lacks_its_format() {
    refused_everywhere("# nothing yet\n\n   \n", ": missing-key: ");
}

#[test]
fn a_mebibyte_of_spaces_lacks_its_format() {
    refused_everywhere(&" ".repeat(1 << 20), ": missing-key: ");
}

#[test]
fn ten_thousand_nested_brackets_are_a_syntax_error() {
    let open = "[".repeat(10_000);
    refused_everywhere(&format!("format = 1\nx = {open}"), "2:");
    refused_everywhere(&format!("format = 1\nx = {open}{}", "]".repeat(10_000)), ": syntax: ");
}

#[test]
fn ten_thousand_nested_inline_tables_are_a_syntax_error() {
    let text = format!("format = 1\nx = {}1{}", "{a=".repeat(10_000), "}".repeat(10_000));
    refused_everywhere(&text, ": syntax: ");
}

#[test]
fn a_key_of_a_thousand_dots_is_refused() {
    let key = vec!["a"; 1000].join(".");
    refused_everywhere(&format!("format = 1\n{key} = 1\n"), "syntax: recursion limit");
    refused_everywhere(&format!("format = 1\n[{key}]\n"), "syntax: recursion limit");
}

#[test]
fn an_unclosed_bracket_or_quote_is_shown_where_it_stands() {
    refused_everywhere("format = 1\nx = [1, 2", "2:");
    refused_everywhere("format = 1\nx = \"one", "2:");
    refused_everywhere("format = 1\nx = '''one\ntwo", ": syntax: ");
    refused_everywhere("format = 1\n[x", "2:");
}

#[test]
fn a_number_beyond_every_bound_is_no_format() {
    refused_everywhere("format = 99999999999999999999999999", "found a number beyond all bounds");
    refused_everywhere("format = 9223372036854775807", ": format: ");
    refused_everywhere("format = -9223372036854775808", ": format: ");
    refused_everywhere("format = 1e400", ": wrong-type: ");
    refused_everywhere("format = nan", ": wrong-type: ");
}

#[test]
fn control_characters_are_a_syntax_error() {
    refused_everywhere("format = 1\n\0", "2:1: syntax: ");
    refused_everywhere("format = 1\nx = \"a\0b\"", "2:7: syntax: ");
    refused_everywhere("format = 1\n\u{8}", "2:1: syntax: ");
}

#[test]
fn a_key_given_twice_is_shown_at_its_second_place() {
    refused_everywhere(
        "format = 1\nformat = 1\n",
        "2:1: duplicate-key: the key `format` is given twice",
    );
}

#[test]
fn lists_of_mixed_types_name_what_was_expected() {
    let text = base()["donors/fi.toml"]
        .replace("[\"FI\"]", "[\"FI\", 7, true, 2026-01-01, [\"SE\"], { code = \"NP\" }, 1.5]");
    let problems = with("donors/fi.toml", text).unwrap_err();
    assert_eq!(problems.lines().filter(|line| line.contains(": wrong-type: ")).count(), 6);
    assert_eq!(problems.lines().count(), 6, "{problems}");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let plain = base();
    let odd: Files = plain
        .iter()
        .map(|(path, text)| (path.clone(), format!("\u{feff}{}", text.replace('\n', "\r\n"))))
        .collect();
    let (plain, odd) = (load(&plain).unwrap(), load(&odd).unwrap_or_else(|p| panic!("{p}")));
    assert_eq!(plain.windows, odd.windows);
    assert_eq!(plain.groups, odd.groups);
}

#[test]
fn a_lone_carriage_return_does_not_end_a_line() {
    assert!(with("hosts.toml", "format = 1\rhost = []").is_err());
}

#[test]
fn a_problem_behind_other_scripts_is_counted_in_characters() {
    let text = base()["donors/fi.toml"].replace("max = 32", "\"ålder för ansökan\" = 32");
    let problems = with("donors/fi.toml", text.clone()).unwrap_err();
    assert!(problems.starts_with("donors/fi.toml:29:1: "), "{problems}");
    let text = text.replace("title = \"Finnish nationals\"", "title = \"Ψηφίο 数\"; x");
    let problems = with("donors/fi.toml", text).unwrap_err();
    assert!(problems.starts_with("donors/fi.toml:16:18: syntax: "), "{problems}");
}

#[test]
fn a_folder_without_donors_is_no_rules() {
    let mut files = base();
    files.remove("donors/fi.toml");
    let problems = describe(&load(&files).unwrap_err());
    assert_eq!(problems, "donors/:1:1: no-rules: there is no donor's file in this folder\n");
}

#[test]
fn an_empty_folder_is_no_rules() {
    let problems = load(&Files::new()).unwrap_err();
    let named: Vec<&str> = problems.list.iter().map(|problem| problem.file.as_str()).collect();
    let needed = [
        "countries.toml",
        "donors/",
        "facts.toml",
        "fields.toml",
        "hosts.toml",
        "languages.toml",
        "sources.toml",
    ];
    assert_eq!(named, needed);
    assert!(problems.list.iter().all(|problem| problem.code.word() == "no-rules"));
}

#[test]
fn a_file_that_is_there_but_broken_is_not_called_missing() {
    let problems = with("countries.toml", "format = ").unwrap_err();
    assert!(!problems.contains("no-rules"), "{problems}");
    let problems = with("donors/fi.toml", "format = ").unwrap_err();
    assert!(!problems.contains("no-rules"), "{problems}");
}

#[test]
fn a_file_of_unknown_name_is_refused_rather_than_left_unread() {
    for path in
        ["donor/fi.toml", "Donors/fi.toml", "donors.toml", "hosts.toml.bak", "", "/", "notes"]
    {
        let problems = with(path, "format = 1").unwrap_err();
        let expected =
            format!("{path}:1:1: file-name: no rules are read from a file of this name\n");
        assert!(problems.starts_with(&expected), "{problems}");
    }
}

#[test]
fn an_id_that_could_not_stand_in_a_list_of_ids_is_refused_with_one_that_could() {
    for (path, id, wrong, meant) in [
        ("donors/fi.toml", "fi-nationals", "FI nationals", "fi-nationals"),
        ("donors/fi.toml", "fi-nationals", "fi,nationals", "fi-nationals"),
        ("donors/fi.toml", "ministry", "the/ministry", "the-ministry"),
        ("groups/ldc.toml", "ldc", "L.D.C.", "l-d-c"),
        ("facts.toml", "service_months", "Service months", "service_months"),
        ("hosts.toml", "un-system", "UN system", "un-system"),
        ("languages.toml", "toefl-ibt", "TOEFL iBT", "toefl-ibt"),
    ] {
        let (right, wrong_id) = (format!("id = \"{id}\""), format!("id = \"{wrong}\""));
        let problems = with(path, base()[path].replace(&right, &wrong_id)).unwrap_err();
        assert!(problems.contains(&format!("unknown-word: `{wrong}` is no id\n")), "{problems}");
        assert!(problems.contains(&format!("help: write `{meant}`: an id is")), "{problems}");
    }
}

#[test]
fn a_number_with_a_word_behind_it_is_answered_with_the_number() {
    let problems = with("donors/fi.toml", "format = 1\nmax = 32 years # or so\n").unwrap_err();
    let expected = "donors/fi.toml:2:7: syntax: `years` stands behind the number, and a number \
                    stands alone\n    help: write `32`\n";
    assert!(problems.starts_with(expected), "{problems}");
}

#[test]
fn groups_that_take_over_each_other_load() {
    let mut files = base();
    let group = |id: &str, other: &str| {
        format!("format = 1\nid = \"{id}\"\nname = \"{id}\"\nincludes = [\"{other}\", \"{id}\"]\n")
    };
    files.insert("groups/a.toml".to_owned(), group("a", "b"));
    files.insert("groups/b.toml".to_owned(), group("b", "a"));
    let data = load(&files).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(data.groups["a"].members.is_empty());
}

#[test]
fn a_broken_reference_file_is_not_echoed_by_the_files_that_rely_on_it() {
    let declaring = [
        "countries.toml",
        "facts.toml",
        "fields.toml",
        "groups/ldc.toml",
        "hosts.toml",
        "languages.toml",
        "programmes/un-desa.toml",
        "sources.toml",
    ];
    for path in declaring {
        let mut files: Files = Dataset::embedded_files()
            .iter()
            .map(|file| (file.path.to_owned(), file.text.to_owned()))
            .filter(|(path, _)| !path.starts_with("donors/") || path == "donors/kr.toml")
            .collect();
        files.get_mut(path).unwrap().push_str("\n[");
        let problems = describe(&load(&files).unwrap_err());
        // The look-alikes name donors, of which this folder has only one.
        let said = problems.lines().filter(|line| !line.starts_with("lookalikes.toml:"));
        let said: Vec<&str> = said.filter(|line| !line.starts_with("    help: ")).collect();
        assert_eq!(said.len(), 1, "{path}:\n{problems}");
        assert!(said[0].starts_with(&format!("{path}:")) && said[0].contains(": syntax: "));
    }
}
