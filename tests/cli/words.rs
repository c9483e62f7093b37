//! What stands on the command line: what is meant, and what cannot be.

use std::fs;
use std::path::PathBuf;

use jpo_check::dataset::Dataset;
use serde_json::Value;

use super::{FINLAND, folder, program, run, run_with_input, stderr, stdout};

/// The rules of the program with another age limit, in a folder.
fn own_rules(name: &str) -> PathBuf {
    let rules = folder(name).join("own");
    assert_eq!(run(&["rules", "export", rules.to_str().unwrap()]).status.code(), Some(0));
    let file = rules.join("donors/fi.toml");
    let text = fs::read_to_string(&file).unwrap().replacen("\nmax = 32\n", "\nmax = 30\n", 1);
    fs::write(file, text).unwrap();
    rules
}

/// The hash of the rules that answer `args`, as a report names it.
fn hash(args: &[&str]) -> String {
    let output = run(&[&["windows", "--format", "json"], args].concat());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    report["data"]["version"].as_str().unwrap().to_owned()
}

#[test]
fn the_version_names_the_rules_that_answer() {
    let rules = own_rules("words-version");
    let path = rules.to_str().unwrap();
    let (own, ours) = (hash(&["--data", path]), hash(&[]));
    assert_ne!(own, ours);
    let begins = |hash: &str| format!("jpo-check 0.1.0\nrules {hash}: ");
    for args in [
        &["--data", path, "--version"][..],
        &["--version", "--data", path],
        &["--version", &format!("--data={path}")],
        &["--version", "rules", "lint", "--data", path],
    ] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert!(stdout(&output).starts_with(&begins(&own)), "{args:?}: {}", stdout(&output));
    }
    let set = program(&["--version"]).env("JPO_CHECK_DATA", path).output().unwrap();
    assert!(stdout(&set).starts_with(&begins(&own)), "{}", stdout(&set));
    assert!(stdout(&run(&["--version"])).starts_with(&begins(&ours)));
    assert_eq!(stdout(&run(&["--data", path, "-V"])), "jpo-check 0.1.0\n");
}

#[test]
fn the_version_of_rules_that_are_not_there_is_an_error() {
    for args in [
        &["--data", "nowhere", "--version"][..],
        &["--version", "--data", "nowhere"],
        &["--version", "--expect-data", "0123456789abcdef"],
    ] {
        let output = run(args);
        assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""), "{args:?}");
        assert!(stderr(&output).starts_with("error"), "{args:?}: {}", stderr(&output));
    }
}

#[test]
fn an_empty_variable_names_no_folder_of_rules() {
    for args in [&[FINLAND][..], &["windows"], &["--version"], &["rules", "lint"]] {
        let set = program(args).env("JPO_CHECK_DATA", "").output().unwrap();
        assert_eq!(set, run(args), "{args:?}");
    }
    let told = run(&[FINLAND, "--data", ""]);
    assert_eq!(told.status.code(), Some(2), "a flag that is empty was not meant so");
}

#[test]
fn a_window_that_the_flags_shut_out_is_not_answered_about() {
    let asked = run(&["when", FINLAND, "fi-nationals", "--donor", "DE"]);
    assert_eq!((asked.status.code(), stdout(&asked).as_str()), (Some(2), ""));
    let said = "error: `fi-nationals` is not among the windows of this --donor and --host";
    assert!(stderr(&asked).starts_with(said), "{}", stderr(&asked));
    let asked = run(&["when", FINLAND, "fi-nationals", "--donor", "Finland"]);
    assert_eq!(stdout(&asked), stdout(&run(&["when", FINLAND, "fi-nationals"])));
}

#[test]
fn a_donor_and_a_host_without_a_window_in_common_are_refused() {
    for command in [&[FINLAND][..], &["when", FINLAND], &["plan", FINLAND], &["windows"]] {
        let asked = run(&[command, &["--donor", "JE", "--host", "undp"]].concat());
        assert_eq!((asked.status.code(), stdout(&asked).as_str()), (Some(2), ""), "{command:?}");
        let said = "error: no window of JE has the host undp";
        assert!(stderr(&asked).starts_with(said), "{command:?}: {}", stderr(&asked));
    }
    assert_eq!(run(&[FINLAND, "--donor", "JE", "--host", "unhcr"]).status.code(), Some(0));
}

#[test]
fn a_verb_that_is_mistyped_is_suggested_whatever_stands_behind_it() {
    for (words, wrong, meant) in [
        (&["plna", FINLAND][..], "plna", "plan"),
        (&["hwo", "--allow", "residence", FINLAND, "fi-nationals"], "hwo", "how"),
        (&["--donor", "FI", "batsh", "a.ndjson", "b.ndjson"], "batsh", "batch"),
        (&["ruls", "lint"], "ruls", "rules"),
        (&["windwos"], "windwos", "windows"),
    ] {
        let output = run(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        let said = format!(
            "error: there is neither a file nor a command `{wrong}`; did you mean `{meant}`?\n"
        );
        assert_eq!(stderr(&output), said, "{words:?}");
    }
}

#[test]
fn a_word_too_many_is_still_called_so() {
    let output = run(&["why", "fi-nationals", FINLAND, "plna"]);
    assert!(stderr(&output).starts_with("error: unexpected argument"), "{}", stderr(&output));
}

#[test]
fn a_second_word_of_a_check_is_told_the_form_of_a_check() {
    for words in [[FINLAND, "fi-nationals"], ["check", FINLAND]] {
        let output = run(&words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        let said =
            format!("error: `{}` has no place here; a check is `jpo-check PROFILE`", words[1]);
        assert!(stderr(&output).starts_with(&said), "{}", stderr(&output));
    }
}

#[test]
fn a_window_and_a_profile_the_wrong_way_round_are_told_their_order() {
    for (verb, first, second, order) in [
        ("when", "fi-nationals", FINLAND, "when PROFILE WINDOW"),
        ("how", "fi-nationals", FINLAND, "how PROFILE WINDOW"),
        ("why", FINLAND, "fi-nationals", "why WINDOW PROFILE"),
        ("why", "me.json", "fi-nationals", "why WINDOW PROFILE"),
        ("why", FINLAND, "fi-national", "why WINDOW PROFILE"),
    ] {
        let output = run(&[verb, first, second]);
        assert_eq!(output.status.code(), Some(2));
        let said = format!("; the order is `jpo-check {order}`\n");
        assert!(stderr(&output).ends_with(&said), "{}", stderr(&output));
    }
}

/// Every condition that can end a run with 1.
#[test]
fn help_and_readme_name_every_way_to_the_exit_code_1() {
    let ways = [
        "--require open",
        "rules diff --require same",
        "batch --strict",
        "rules lint",
        "rules test",
    ];
    let readme = fs::read_to_string("README.md").unwrap();
    let row = readme.lines().find(|line| line.starts_with("| 1 |")).unwrap().to_owned();
    let help = stdout(&run(&["--help"]));
    let (_, codes) = help.split_once("Exit codes:").unwrap();
    let codes = codes.split_whitespace().collect::<Vec<_>>().join(" ");
    for way in ways {
        assert!(row.contains(way), "{way}: {row}");
        assert!(codes.contains(way), "{way}: {codes}");
    }
}

#[test]
fn a_rule_file_that_is_no_text_is_no_finding() {
    let rules = own_rules("words-not-utf8");
    fs::write(rules.join("donors/fi.toml"), b"name = \"\xff\"\n").unwrap();
    let output = run(&["rules", "lint", rules.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let help = stdout(&run(&["rules", "lint", "--help"]));
    assert!(help.contains("one that is not UTF-8"), "{help}");
}

const HINT: &str = "hint: a line holds one whole profile";

#[test]
fn a_batch_of_no_profile_hints_at_how_profiles_are_written() {
    let pretty = fs::read_to_string(FINLAND).unwrap();
    let table = "id,birth_date\na,1996\nb,1997\n";
    for text in [pretty.as_str(), table] {
        let output = run_with_input(&["batch"], text.as_bytes());
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(stderr(&output).matches(HINT).count(), 1, "{}", stderr(&output));
        assert!(stderr(&output).contains("`--from csv`"), "{}", stderr(&output));
    }
    let json = run_with_input(&["batch", "--format", "json"], pretty.as_bytes());
    assert!(serde_json::from_slice::<Value>(&json.stderr).is_ok());
}

#[test]
fn a_batch_with_a_profile_in_it_needs_no_hint() {
    for (args, text) in [
        (&["batch"][..], "{}\nno\nno\n"),
        (&["batch"], "no\n"),
        (&["batch"], ""),
        (&["batch", "--from", "csv"], "id,birth_date\na,[\nb,[\n"),
    ] {
        let output = run_with_input(args, text.as_bytes());
        assert!(!stderr(&output).contains(HINT), "{text:?}: {}", stderr(&output));
    }
}

#[test]
fn the_first_line_of_a_table_is_not_counted_among_those_that_could_be_profiles() {
    let table = "id,birth_date\na,1996\nb,tomorrow\n\n";
    let said = stderr(&run_with_input(&["batch", "--from", "csv"], table.as_bytes()));
    assert!(said.starts_with("1 profile of 2 lines: "), "{said}");
    assert!(said.contains("\n1 line is no profile: 1 bad-date\n"), "{said}");
}

#[test]
fn a_cohort_of_no_profile_is_refused_with_what_is_wrong() {
    let rules = own_rules("words-cohort");
    let table = b"id,birth_date\na,1996\n";
    let output =
        run_with_input(&["rules", "diff", rules.to_str().unwrap(), "--cohort", "-"], table);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""));
    let said = "error: no line of standard input is a profile for both sets of rules; line 1: ";
    assert!(stderr(&output).starts_with(said), "{}", stderr(&output));
}

#[test]
fn the_edition_of_the_program_is_that_of_its_rules() {
    let edition = Dataset::embedded().unwrap().edition();
    assert!(Dataset::EMBEDDED_VERSION.ends_with(&edition), "{edition}");
}

#[test]
fn a_file_of_many_profiles_is_led_to_the_batch() {
    let folder = folder("words-many");
    for name in ["people.ndjson", "people.jsonl", "people.CSV"] {
        let path = folder.join(name);
        fs::write(&path, "{}\n{}\n").unwrap();
        let output = run(&[path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2));
        let help = "help: `jpo-check batch` checks many profiles, a line each";
        assert!(stderr(&output).contains(help), "{}", stderr(&output));
    }
}

#[test]
fn work_that_is_called_irrelevant_is_said_to_be_left_out() {
    let caveats = |jobs: &str| -> Vec<Value> {
        let profile = format!(r#"{{"experience": [{jobs}]}}"#);
        let words = ["why", "fi-nationals", "-", "--format", "json"];
        let output = run_with_input(&words, profile.as_bytes());
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = report["windows"][0]["findings"].as_array().unwrap().iter();
        let mut counting = findings.filter(|f| f["required"].as_str().unwrap().contains("1 year"));
        counting.next().unwrap()["caveats"].as_array().cloned().unwrap_or_default()
    };
    let told = r#"{"kind": "internship", "from": "2020-01", "to": "2020-06", "relevant": "#;
    let (yes, no) = (format!("{told}true}}"), format!("{told}false}}"));
    assert_eq!(caveats(&yes), [] as [&str; 0]);
    assert_eq!(caveats(&no), ["1 job that you call irrelevant is not counted."]);
    let both = caveats(&format!("{yes}, {no}, {no}"));
    assert_eq!(both, ["2 jobs that you call irrelevant are not counted."]);
}

#[test]
fn beside_the_nationality_is_found_whatever_else_its_rule_looks_at() {
    let found = |window: &str, profile: &str| -> String {
        let output = run_with_input(&["why", window, "-", "--format", "json"], profile.as_bytes());
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = report["windows"][0]["findings"].as_array().unwrap();
        let nationality = findings.iter().find(|f| f["criterion"] == "nationality").unwrap();
        nationality["found"].as_str().unwrap().to_owned()
    };
    let kenyan = r#"{"nationalities": ["KE"], "residences": [{"country": "SE"}], "languages": [],
        "degrees": [{"level": "bachelor", "country": "SE"}, {"level": "master"}],
        "facts": {"education_in_sweden": true}}"#;
    assert_eq!(
        found("se-nationals-residents", kenyan),
        "Kenya; living in Sweden; degrees from Sweden and a country not told; no Swedish; \
         `facts.education_in_sweden` yes"
    );
    assert_eq!(found("nl-dc", kenyan), "Kenya", "only Dutch nationals are asked more");
    let dutch_too = kenyan.replace(r#""KE""#, r#""KE", "NL""#);
    assert!(found("nl-dc", &dutch_too).starts_with("Kenya and Netherlands; degrees from Sweden"));
}
