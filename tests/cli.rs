//! The real binary: recorded commands, and what cannot be recorded.

mod words;
mod write;

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const BINARY: &str = env!("CARGO_BIN_EXE_jpo-check");
const AS_OF: &str = "2026-11-22";
const FINLAND: &str = "tests/personas/finland.json";
const PERSONAS: [&str; 6] =
    ["finland", "germany-unfinished", "japan", "kenya", "nepal-uk", "nobody"];

/// The program, in the package's folder, with nothing set that it listens to.
pub(crate) fn program(args: &[&str]) -> Command {
    program_on(args, AS_OF)
}

/// The same, asked about another day.
pub(crate) fn program_on(args: &[&str], as_of: &str) -> Command {
    let mut command = Command::new(BINARY);
    command
        .args(args)
        .args(["--as-of", as_of])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null());
    for name in ["COLUMNS", "JPO_CHECK_DATA", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM"] {
        command.env_remove(name);
    }
    command
}

pub(crate) fn run(args: &[&str]) -> Output {
    program(args).output().unwrap()
}

pub(crate) fn run_with_input(args: &[&str], input: &[u8]) -> Output {
    let mut command = program(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // The program may stop reading before the end of a text that is too long.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

pub(crate) fn persona(name: &str) -> String {
    format!("tests/personas/{name}.json")
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder of this test's own, empty.
pub(crate) fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// Runs the answer of `args` into a place that takes none.
fn run_into(args: &[&str], stdout: impl Into<Stdio>) -> Output {
    program(args).stdout(stdout).stderr(Stdio::piped()).output().unwrap()
}

fn cases() -> trycmd::TestCases {
    let cases = trycmd::TestCases::new();
    cases.register_bin("jpo-check", Path::new(BINARY));
    cases.register_bin("sed", Path::new("/bin/sed"));
    cases.env("COLUMNS", "80").env("NO_COLOR", "1");
    cases
}

#[test]
fn every_recorded_command_answers_as_recorded() {
    cases().case("tests/cmd/*.trycmd").case("tests/cmd/*.toml");
}

/// The blocks run in a folder that holds what a clone of the repository holds.
#[cfg(unix)]
#[test]
fn every_console_block_of_the_readme_shows_what_happens() {
    let folder = folder("readme");
    let personas = folder.join("README.in/tests/personas");
    fs::create_dir_all(&personas).unwrap();
    fs::create_dir_all(folder.join("README.out")).unwrap();
    for name in PERSONAS {
        fs::copy(persona(name), personas.join(format!("{name}.json"))).unwrap();
    }
    let copy = folder.join("README.md");
    fs::copy("README.md", &copy).unwrap();
    cases().case(&copy);
    if std::env::var_os("TRYCMD").is_some_and(|mode| mode == "overwrite") {
        fs::copy(copy, "README.md").unwrap();
    }
}

#[test]
fn a_reader_that_has_gone_ends_every_command_quietly() {
    for args in COMMANDS {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = run_into(args, writer);
        assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_says_so() {
    for args in COMMANDS {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = run_into(args, full);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).starts_with("error: the answer cannot be written"), "{args:?}");
    }
}

/// A command of each kind that prints something.
const COMMANDS: &[&[&str]] = &[
    &[FINLAND],
    &[FINLAND, "--format", "json"],
    &["why", "fi-nationals", FINLAND],
    &["plan", FINLAND],
    &["batch", FINLAND],
    &["batch", FINLAND, "--detail", "summary"],
    &["windows"],
    &[FINLAND, "--what-if", "birth_date=1990-01-01"],
    &["schema", "report"],
    &["schema", "what-if"],
    &["schema", "profile"],
    &["schema", "donor"],
    &["windows", "--stale"],
    &["rules", "show", "FI", "--format", "markdown"],
    &["init", "-"],
    &["completions", "bash"],
    &["man"],
    &["--help"],
    &["why", "-h"],
    &["--version"],
];

#[test]
fn a_profile_larger_than_the_bound_is_refused_by_its_size() {
    let padding = " ".repeat(2 << 20);
    let output = run_with_input(&["-"], format!("{{}}{padding}").as_bytes());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("error[too-large]: "), "{}", stderr(&output));
    assert!(stderr(&output).len() < 1000, "the text itself is not repeated");
}

#[test]
fn brackets_nested_ten_thousand_deep_are_an_error_not_a_crash() {
    for nested in ["[".repeat(10_000), "{\"a\":".repeat(10_000)] {
        let output = run_with_input(&["-", "--format", "json"], nested.as_bytes());
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(diagnostics(&output)[0]["code"], "syntax");
    }
}

#[test]
fn bytes_that_are_not_utf_8_are_named_by_their_place() {
    let output = run_with_input(&["-", "--format", "json"], b"{\"id\": \"\xff\xfe\"}");
    assert_eq!(output.status.code(), Some(2));
    let problems = diagnostics(&output);
    assert_eq!(problems[0]["code"], "not-utf8");
    assert!(problems[0]["message"].as_str().unwrap().contains("byte 8"), "{problems:?}");
}

#[test]
fn standard_input_is_a_profile_like_any_other() {
    let text = fs::read(FINLAND).unwrap();
    let piped = run_with_input(&["-"], &text);
    assert_eq!(piped.status.code(), Some(0));
    assert_eq!(stdout(&piped), stdout(&run(&[FINLAND])));
    let why = run_with_input(&["why", "fi-nationals", "-"], &text);
    assert_eq!(stdout(&why), stdout(&run(&["why", "fi-nationals", FINLAND])));
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    let text = fs::read_to_string(FINLAND).unwrap();
    let marked = run_with_input(&["-"], format!("\u{feff}{text}").as_bytes());
    assert_eq!(stdout(&marked), stdout(&run(&[FINLAND])));
}

#[test]
fn colour_is_for_terminals_unless_asked_for() {
    let coloured = |args: &[&str], env: &[(&str, &str)]| {
        let output = program(args).envs(env.iter().copied()).output().unwrap();
        output.stdout.contains(&0x1b) || output.stderr.contains(&0x1b)
    };
    assert!(!coloured(&[FINLAND], &[]));
    assert!(!coloured(&["nothing.json"], &[]));
    assert!(coloured(&[FINLAND, "--color", "always"], &[]));
    assert!(coloured(&["nothing.json", "--color", "always"], &[]));
    assert!(coloured(&[FINLAND, "--color", "always"], &[("NO_COLOR", "1")]));
    assert!(coloured(&[FINLAND], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[FINLAND], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!coloured(&[FINLAND, "--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[FINLAND, "--format", "json", "--color", "always"], &[]));
}

#[test]
fn colour_only_repeats_what_the_words_say() {
    let plain = stdout(&run(&["why", "je-unhcr", FINLAND]));
    let coloured = stdout(&run(&["why", "je-unhcr", FINLAND, "--color", "always"]));
    let stripped = anstream::adapter::strip_str(&coloured).to_string();
    assert_eq!(stripped, plain);
}

const PATCH: &str = r#"{"nationalities":["FI","DE"],"birth_date":null,"degrees":[]}"#;

#[test]
fn no_line_is_wider_than_the_screen_except_for_a_url() {
    let whys = ["fi-nationals", "de-nationals", "it-developing", "nl-dc", "kr-nationals"];
    for columns in [60, 80] {
        for name in PERSONAS {
            let file = persona(name);
            fits(columns, &[&file]);
            fits(columns, &[&file, "--all"]);
            fits(columns, &[&file, "--all", "--what-if", "languages.fr=C1", "--what-if", PATCH]);
        }
        for window in whys {
            fits(columns, &["why", window, FINLAND]);
        }
        fits(columns, &["windows"]);
        fits(columns, &["rules", "show", "CH"]);
    }
}

#[test]
fn a_narrow_list_keeps_every_id_whole() {
    let ids = |columns: &str| -> Vec<String> {
        let output = program(&["windows"]).env("COLUMNS", columns).output().unwrap();
        let text = stdout(&output);
        let table = text.lines().take_while(|line| !line.is_empty());
        let first = table.filter_map(|line| line.split(' ').next());
        first.filter(|id| !id.is_empty()).map(str::to_owned).collect()
    };
    assert_eq!(ids("60"), ids("100"));
    assert!(ids("60").len() > 10);
}

fn fits(columns: usize, args: &[&str]) {
    let output = program(args).env("COLUMNS", columns.to_string()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{args:?}");
    for line in stdout(&output).lines() {
        let width = textwrap::core::display_width(line);
        assert!(width <= columns || line.contains("http"), "{args:?} at {columns}: {line}");
        assert!(line.trim_end() == line, "{args:?} ends a line with spaces: {line:?}");
    }
}

#[test]
fn a_pipe_gets_whole_paragraphs() {
    let text = stdout(&run(&["why", "fi-nationals", FINLAND]));
    assert!(text.lines().any(|line| line.len() > 200));
}

#[test]
fn a_failure_is_answered_in_json_where_that_is_asked_for() {
    let folder = folder("failures");
    let wrong = folder.join("wrong.json");
    fs::write(&wrong, r#"{"birth_day": "1996", "nationalities": ["Germny"]}"#).unwrap();
    let (folder, wrong) = (folder.to_str().unwrap(), wrong.to_str().unwrap());
    let cases: [&[&str]; 18] = [
        &["missing.json"],
        &[folder],
        &["/dev/null"],
        &[wrong],
        &["why", "fi-nationals", wrong],
        &["why", "fi-national", FINLAND],
        &[FINLAND, "--donor", "Germny"],
        &[FINLAND, "--host", "nowhere"],
        &[FINLAND, "--data", folder],
        &[FINLAND, "--data", "missing"],
        &["windows", "--data", folder],
        &["rules", "lint", folder],
        &["rules", "lint", "missing", "--fix"],
        &[FINLAND, "--no-such-flag"],
        &["why"],
        &["schema", "nothing"],
        &["rules", "show", "nobody"],
        &["windows", "--donor", "Germny"],
    ];
    for args in cases {
        let output = run(&[args, &["--format", "json"]].concat());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!output.stderr.is_empty(), "{args:?} says nothing to a person");
        assert!(!diagnostics(&output).is_empty(), "{args:?}");
    }
}

/// The problems on standard output, each with every key.
fn diagnostics(output: &Output) -> Vec<Value> {
    let list: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(list["format"], 1);
    let problems = list["diagnostics"].as_array().unwrap().clone();
    for problem in &problems {
        let keys: Vec<&str> = problem.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["code", "column", "file", "help", "line", "message", "severity"]);
        assert_eq!(problem["severity"], "error");
    }
    problems
}

#[test]
fn all_problems_of_a_profile_come_at_once_in_their_order() {
    let text = br#"{
  "birth_day": "1996-04-12",
  "nationalities": ["Germny", "UK"],
  "degrees": [{"level": "masters", "awarded": "2021-02-30"}],
  "experience": [{"kind": "employment", "from": "2022", "to": "2021", "share": 1.5}],
  "languages": [{"language": "Frensh", "level": "B3"}],
  "facts": {"previous_jpos": false, "military_service_months": "ten"}
}"#;
    let output = run_with_input(&["-", "--format", "json"], text);
    let problems = diagnostics(&output);
    let found: Vec<(&str, u64)> = problems
        .iter()
        .map(|problem| (problem["code"].as_str().unwrap(), problem["line"].as_u64().unwrap()))
        .collect();
    let expected = [
        ("unknown-key", 2),
        ("unknown-country", 3),
        ("unknown-word", 4),
        ("bad-date", 4),
        ("dates-reversed", 5),
        ("out-of-range", 5),
        ("unknown-language", 6),
        ("unknown-word", 6),
        ("unknown-id", 7),
        ("wrong-type", 7),
    ];
    assert_eq!(found, expected);
    assert!(stderr(&output).ends_with("10 errors in 1 file\n"));
}

#[test]
fn the_same_question_gets_the_same_bytes() {
    for name in PERSONAS {
        let file = persona(name);
        for format in ["text", "json"] {
            let args = [file.as_str(), "--format", format];
            assert_eq!(run(&args), run(&args), "{args:?}");
        }
    }
}

#[test]
fn exported_rules_answer_as_the_embedded_ones() {
    let folder = folder("exported");
    let path = folder.to_str().unwrap();
    assert_eq!(run(&["rules", "export", path]).status.code(), Some(0));
    for name in PERSONAS {
        let file = persona(name);
        let embedded = run(&[&file, "--format", "json"]);
        assert_eq!(run(&[&file, "--format", "json", "--data", path]), embedded, "{name}");
        let set = program(&[&file, "--format", "json"]).env("JPO_CHECK_DATA", path).output();
        assert_eq!(set.unwrap(), embedded, "{name}");
    }
}

#[test]
fn a_profile_that_is_too_large_is_told_its_true_size_where_it_has_one() {
    let path = folder("large").join("large.json");
    let size = (1 << 20) + 50_000;
    fs::write(&path, " ".repeat(size)).unwrap();
    let told = stderr(&run(&[path.to_str().unwrap()]));
    assert!(told.contains(&format!("the profile has {size} bytes; at most 1048576 are read")));
    let told = stderr(&run_with_input(&["-"], " ".repeat(size).as_bytes()));
    assert!(told.contains("has more than 1048576 bytes; at most 1048576 are read"), "{told}");
}

#[test]
fn a_rule_file_that_its_name_keeps_from_being_read_is_named() {
    let folder = folder("misnamed");
    let path = folder.to_str().unwrap();
    assert_eq!(run(&["rules", "export", path]).status.code(), Some(0));
    let lint = || run(&["rules", "lint", path]);
    for passed_over in ["donors/fi.toml~", "donors/.fi.toml.swp", "groups/README.md", "notes.txt"] {
        fs::write(folder.join(passed_over), "none = of these").unwrap();
    }
    assert_eq!(stdout(&lint()), stdout(&run(&["rules", "lint"])));
    let (group, readme) = (folder.join("groups/ldc.toml"), folder.join("groups/readme.toml"));
    fs::copy(group, &readme).unwrap();
    assert!(stdout(&lint()).contains("belongs into a file called groups/ldc.toml"));
    fs::remove_file(readme).unwrap();
    for (from, to, meant) in [
        ("donors/fi.toml", "donors/vn.toml.txt", "call it `donors/vn.toml`"),
        ("donors/fi.toml", "donors/fi.toml.txt", "`donors/fi.toml` stands beside it"),
        ("donors/fi.toml", "donors/vn.txt", "call it `donors/vn.toml`"),
        ("facts.toml", "facts.toml.txt", "`facts.toml` stands beside it"),
    ] {
        fs::copy(folder.join(from), folder.join(to)).unwrap();
        for output in [lint(), run(&["windows", "--data", path])] {
            let said = stdout(&output) + &stderr(&output);
            assert!(said.contains(&folder.join(to).display().to_string()), "{to}: {said}");
            assert!(said.contains(meant), "{to}: {said}");
        }
        fs::remove_file(folder.join(to)).unwrap();
    }
    fs::rename(folder.join("donors/fi.toml"), folder.join("donors/fi.TOML")).unwrap();
    let said = stdout(&lint());
    assert!(said.contains("call it `donors/fi.toml`"), "{said}");
    assert!(said.ends_with("1 error in 1 file\n"), "the only thing that is wrong: {said}");
    fs::rename(folder.join("donors/fi.TOML"), folder.join("donors/fi.toml")).unwrap();
    fs::create_dir(folder.join("donors/africa")).unwrap();
    let said = stdout(&lint());
    assert!(said.contains("no rules are read from a folder in here"), "{said}");
}

#[test]
fn flags_for_every_command_stand_before_or_after_it() {
    let after = run(&["why", "fi-nationals", FINLAND, "--format", "json"]);
    let before = run(&["--format", "json", "why", "fi-nationals", FINLAND]);
    assert_eq!(before, after);
    assert_eq!(before.status.code(), Some(0));
}

#[test]
fn completions_and_man_page_name_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = stdout(&run(&["completions", shell]));
        assert!(["why", "windows", "rules", "schema"].iter().all(|verb| script.contains(verb)));
    }
    let page = stdout(&run(&["man"]));
    assert!(page.contains(".TH jpo\\-check 1") || page.contains(".TH jpo-check 1"), "{page}");
}

#[test]
fn init_writes_a_profile_that_the_program_reads() {
    let path = folder("init").join("me.json");
    let file = path.to_str().unwrap();
    assert_eq!(run(&["init", file]).status.code(), Some(0));
    assert_eq!(run(&[file]).status.code(), Some(0));
    assert_eq!(stdout(&run(&["init", "-"])), fs::read_to_string(&path).unwrap());
}

#[test]
fn without_a_word_the_program_says_in_a_few_lines_what_people_want() {
    let output = Command::new(BINARY).stdin(Stdio::null()).output().unwrap();
    let said = stderr(&output);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""));
    assert!(said.lines().count() <= 25 && said.lines().all(|line| line.len() <= 80), "{said}");
    assert!(said.contains("jpo-check init") && said.contains("--help"), "{said}");
}
