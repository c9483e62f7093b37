//! `jpo-check ask` without a terminal: for scripts and web forms.

use std::fs;

use serde_json::{Value, json};

use crate::cli::{folder, program, run, run_with_input, stderr, stdout};
use crate::json::{answer, faults};

/// What a script knows of somebody: the answer to each fact that it is asked for.
fn reply(fact: &str) -> Option<&'static str> {
    Some(match fact {
        "nationalities" => "Finland, Kenya",
        "birth_date" => "1996-04-12",
        "degrees" => {
            r#"[{"level": "master", "field": "law", "country": "FI", "awarded": "2021-07-15"}]"#
        }
        "experience" => {
            r#"[{"kind": "employment", "from": "2021-10-01", "to": null, "country": "FI", "employer": "ngo"}]"#
        }
        "languages" => {
            r#"[{"language": "fi", "level": "native"}, {"language": "en", "level": "C2"}]"#
        }
        "residences" => r#"[{"country": "Finland", "permanent": true}]"#,
        "facts.previous_jpo" => "no",
        "tests" | "facts.finnish_unv_term" | "facts.finnish_eu_expert_term" => "none",
        _ => return None,
    })
}

#[test]
fn a_script_is_asked_until_nothing_more_can_change() {
    let mut told = b"{}".to_vec();
    let (mut given, mut skipped): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let mut questions = 0;
    let last = loop {
        let mut args = vec!["ask", "-"];
        args.extend(given.iter().flat_map(|answer| ["--answer", answer.as_str()]));
        args.extend(skipped.iter().flat_map(|fact| ["--skip", fact.as_str()]));
        let output = run_with_input(&args, &told);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
        let state: Value = serde_json::from_slice(&output.stdout).unwrap();
        let Some(fact) = state["next"]["fact"].as_str() else { break state };
        match reply(fact) {
            Some(value) => given = vec![format!("{fact}={value}")],
            None => skipped.push(fact.to_owned()),
        }
        // The profile is all that there is to remember.
        told = state["profile"].to_string().into_bytes();
        if reply(fact).is_none() {
            given.clear();
        }
        questions += 1;
        assert!(questions < 30, "{fact} is asked for ever");
    };
    let nationalities = json!(["Finland", "Kenya"]);
    assert_eq!(last["profile"]["nationalities"], nationalities, "words stay as they are told");
    let check = run_with_input(&["-", "--format", "json"], &told);
    let summary = &serde_json::from_slice::<Value>(&check.stdout).unwrap()["summary"];
    for verdict in ["ineligible", "undetermined"] {
        assert_eq!(last["counts"][verdict], summary[verdict]);
    }
}

#[test]
fn the_state_fits_its_schema_at_the_beginning_and_at_the_end() {
    let schema = answer(&["schema", "ask"]);
    for profile in ["tests/personas/nobody.json", "src/cli/init.json"] {
        let state = answer(&["ask", profile]);
        assert_eq!(faults(&schema, &state), Vec::<String>::new(), "{profile}");
    }
}

#[test]
fn the_first_question_says_how_it_is_answered() {
    let state = answer(&["ask", "tests/personas/nobody.json"]);
    let next = &state["next"];
    assert_eq!(
        (next["fact"].as_str(), next["type"].as_str()),
        (Some("nationalities"), Some("countries"))
    );
    assert!(next["settles"].as_f64() > Some(10.0), "{next}");
}

#[test]
fn choices_are_named() {
    let args = ["ask", "tests/personas/nobody.json", "--answer", "nationalities=AU"];
    let mut args = args.to_vec();
    for fact in ["birth_date", "degrees", "experience", "languages", "residences", "tests"] {
        args.extend(["--skip", fact]);
    }
    let mut next = answer(&args)["next"].clone();
    while next["type"] != "choice" {
        let fact: &'static str = next["fact"].as_str().unwrap().to_owned().leak();
        args.extend(["--skip", fact]);
        next = answer(&args)["next"].clone();
    }
    assert!(next["choices"].as_array().unwrap().len() > 1, "{next}");
}

#[test]
fn answers_are_read_as_profiles_are() {
    let args = ["ask", "-", "--answer", "birth_date=1995-03", "--answer", "facts.previous_jpo=no"];
    let output = run_with_input(&args, br#"{"languages": [{"language": "French"}]}"#);
    let state: Value = serde_json::from_slice(&output.stdout).unwrap();
    let told = json!({"format": 1, "birth_date": "1995-03", "facts": {"previous_jpo": false},
                      "languages": [{"language": "French"}]});
    assert_eq!(state["profile"], told);
}

#[test]
fn an_answer_goes_into_an_item_of_a_list() {
    let args = ["ask", "-", "--answer", "languages[0].level=B2"];
    let output = run_with_input(&args, br#"{"languages": [{"language": "French"}]}"#);
    let state: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(state["profile"]["languages"], json!([{"language": "French", "level": "B2"}]));
}

#[test]
fn a_wrong_answer_is_refused_with_what_is_wrong() {
    for (wrong, message) in [
        ("nationalities=Kenja", "did you mean `Kenya`?"),
        ("birth_date=2095-03-01", "birth_date"),
        ("facts.previous_jpo=perhaps", "true or false"),
        ("languages=[{", "this is no JSON"),
        ("languages[3].level=B2", "no item"),
        ("nationality=DE", "there is no fact `nationality`"),
        ("DE", "FACT=VALUE"),
    ] {
        let output = run(&["ask", "tests/personas/nobody.json", "--answer", wrong]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(stdout(&output).is_empty(), "{wrong}: {}", stdout(&output));
        assert!(stderr(&output).contains(message), "{wrong}: {}", stderr(&output));
    }
}

#[test]
fn a_wrong_answer_is_refused_in_json_where_json_is_asked_for() {
    let wrong = "nationalities=Kenja";
    let file = "tests/personas/nobody.json";
    let output = run(&["ask", file, "--format", "json", "--answer", wrong]);
    let refusal: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(refusal["diagnostics"][0]["code"], "unknown-country");
}

#[test]
fn nothing_is_written_unless_it_is_asked_for() {
    let file = folder("ask-reads").join("me.json");
    let path = file.to_str().unwrap();
    let output = run(&["ask", path, "--answer", "nationalities=KE"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(!file.exists());
}

#[test]
fn a_profile_is_written_with_all_that_it_held() {
    let file = folder("ask-writes").join("me.json");
    fs::copy("src/cli/init.json", &file).unwrap();
    let path = file.to_str().unwrap();
    let before: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let output = run(&["ask", path, "--answer", "birth_date=1995-03-01", "--write"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = fs::read_to_string(&file).unwrap();
    let mut expected = before;
    expected["birth_date"] = json!("1995-03-01");
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), expected);
    let lines: Vec<&str> = text.lines().take(5).collect();
    assert_eq!(
        lines[1..4],
        ["  \"format\": 1,", "  \"id\": \"example\",", "  \"birth_date\": \"1995-03-01\",",]
    );
}

#[test]
fn standard_input_cannot_be_written_back() {
    let output = run_with_input(&["ask", "-", "--write"], b"{}");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--write needs a file"), "{}", stderr(&output));
}

#[test]
fn a_profile_that_is_wrong_is_refused_before_anything_is_asked() {
    let output = run_with_input(&["ask", "-"], br#"{"nationalities": ["Kenja"]}"#);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean `Kenya`?"), "{}", stderr(&output));
}

#[test]
fn the_file_is_profile_json_unless_another_is_named() {
    let folder = folder("ask-default");
    fs::write(folder.join("profile.json"), r#"{"id": "mine"}"#).unwrap();
    let output = program(&["ask"]).current_dir(&folder).output().unwrap();
    let state: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(state["profile"]["id"], "mine");
}
