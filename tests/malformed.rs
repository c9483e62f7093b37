//! Rule files with mistakes: every problem of every file in one run, and never half a data set.
//!
//! A folder of `tests/malformed/` is laid over the small data set `base`; `expected.txt` beside
//! its files holds all that is reported. `SNAPSHOTS=overwrite cargo test --test tests malformed`
//! writes what is reported now, to be read in the diff.

mod hostile;
pub(crate) mod mutated;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use jpo_check::dataset::{Dataset, RuleFile};
use jpo_check::diagnostic::{Code, Problems, Severity};
use jpo_check::vocabulary::Words;
use snapbox::data::DataFormat;
use snapbox::{Assert, Data};

/// A folder's files: text by path, with `/` between folders.
pub(crate) type Files = BTreeMap<String, String>;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/malformed").join(name)
}

pub(crate) fn read(folder: &Path) -> Files {
    let mut files = Files::new();
    for below in ["", "donors", "groups", "programmes"] {
        let Ok(entries) = fs::read_dir(folder.join(below)) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                let name = path.file_name().unwrap().to_str().unwrap();
                let name =
                    if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") };
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

pub(crate) fn base() -> Files {
    read(&folder("base"))
}

fn load(files: &Files) -> Result<Dataset, Problems> {
    let list: Vec<RuleFile<'_>> =
        files.iter().map(|(path, text)| RuleFile { path, text }).collect();
    Dataset::load(&list)
}

/// All problems as text: `file:line:column: code: message`, the help on a line of its own.
pub(crate) fn describe(problems: &Problems) -> String {
    let mut text = String::new();
    for problem in &problems.list {
        let (line, column) = problems
            .text(&problem.file)
            .map_or((1, 1), |source| source.position(problem.span.start));
        let (file, code, message) = (&problem.file, problem.code, &problem.message);
        writeln!(text, "{file}:{line}:{column}: {code}: {message}").unwrap();
        if let Some(help) = &problem.help {
            writeln!(text, "    help: {help}").unwrap();
        }
    }
    text
}

pub(crate) fn compare_with_file(found: &str, expected: &Path) {
    let expected = Data::read_from(expected, Some(DataFormat::Text)).raw();
    Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV).eq(found.to_owned(), expected);
}

fn check(name: &str) {
    let mut files = base();
    files.extend(read(&folder(name)));
    let problems = load(&files).expect_err("the fixture has mistakes");
    compare_with_file(&describe(&problems), &folder(name).join("expected.txt"));
}

macro_rules! fixtures {
    ($($test:ident => $name:literal),+ $(,)?) => {
        $(#[test] fn $test() { check($name); })+

        const FIXTURES: &[&str] = &[$($name),+];
    };
}

fixtures! {
    what_is_not_toml_is_shown_in_every_file_at_once => "syntax",
    a_file_of_another_format_is_refused_in_one_sentence => "format",
    an_unknown_key_is_shown_with_the_nearest_one => "unknown-key",
    a_missing_key_is_named_with_its_meaning => "missing-key",
    a_requirement_or_reading_without_a_source_is_refused => "no-source",
    a_value_of_the_wrong_type_names_the_right_one => "wrong-type",
    a_word_outside_its_list_is_shown_with_the_list => "unknown-word",
    a_number_outside_its_bounds_is_refused => "out-of-range",
    a_time_of_day_or_a_malformed_day_is_not_a_date => "bad-date",
    a_day_that_is_not_in_the_calendar_is_refused => "no-such-day",
    an_end_before_its_beginning_is_refused => "dates-reversed",
    an_unknown_country_is_shown_with_the_nearest_one => "unknown-country",
    an_unknown_language_is_shown_with_the_nearest_one => "unknown-language",
    an_id_that_no_file_declares_is_shown_with_the_nearest_one => "unknown-id",
    an_id_declared_twice_is_refused_at_its_second_place => "duplicate-id",
    a_name_that_stands_for_two_things_is_refused => "ambiguous-name",
    a_file_whose_name_does_not_fit_its_content_is_refused => "file-name",
    keys_that_exclude_each_other_and_limits_no_one_can_meet_are_refused => "contradiction",
    a_requirement_that_says_nothing_is_refused_and_never_a_yes => "empty-requirement",
    a_key_that_does_nothing_without_another_is_refused => "key-without-effect",
    a_usual_profile_that_would_shut_somebody_out_is_refused => "programme-requires",
    a_limit_over_windows_that_limits_nothing_or_too_much_is_refused => "limits",
    cases_samples_and_what_is_untested_are_checked_like_rules => "cases",
    the_problems_of_several_files_are_reported_in_one_run => "several-files",
}

#[test]
fn the_base_that_fixtures_are_laid_over_is_right() {
    let data = load(&base()).unwrap_or_else(|problems| panic!("{}", describe(&problems)));
    assert_eq!(data.windows.len(), 1);
}

#[test]
fn every_folder_of_fixtures_is_tested() {
    let mut found: Vec<String> = fs::read_dir(folder(""))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| entry.file_name().to_str().unwrap().to_owned())
        .filter(|name| name != "base")
        .collect();
    found.sort();
    let mut tested: Vec<&str> = FIXTURES.to_vec();
    tested.sort_unstable();
    assert_eq!(found, tested);
}

/// Codes of what happens before a text is there to be read: the command line's own tests.
const OF_THE_COMMAND_LINE: &[Code] =
    &[Code::NotUtf8, Code::Unreadable, Code::Usage, Code::InputOutput];

/// Codes that only a text made in a test raises: no folder of fixtures can lack a file of `base`,
/// and nobody wants to keep a profile of two mebibytes.
const MADE_IN_TESTS: &[Code] = &[Code::NoRules, Code::TooLarge];

/// Warnings are no mistakes: rules with them load, and their examples are run elsewhere.
fn is_a_mistake(code: Code) -> bool {
    code.severity() == Severity::Error
}

#[test]
fn every_code_has_a_fixture() {
    let profiles = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/profiles");
    let of_profiles = fs::read_dir(profiles).unwrap().map(|entry| entry.unwrap().path());
    let of_rules = FIXTURES.iter().map(|name| folder(name).join("expected.txt"));
    let all: String = of_profiles
        .chain(of_rules)
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let lacking: Vec<&str> = Code::WORDS
        .iter()
        .filter(|(_, code)| is_a_mistake(*code))
        .filter(|(_, code)| !OF_THE_COMMAND_LINE.contains(code) && !MADE_IN_TESTS.contains(code))
        .map(|(word, _)| *word)
        .filter(|word| !all.contains(&format!(": {word}: ")))
        .collect();
    assert!(lacking.is_empty(), "no fixture shows {lacking:?}");
}
