//! What can go wrong around the program: pipes, disks, signals, files.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Stdio};

use serde_json::Value;

use super::{parsed, people};
use crate::cli::{folder, persona, program, run, run_with_input, stderr, stdout};

fn spawn(args: &[&str]) -> Child {
    let mut command = program(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

fn rest(mut stream: impl Read) -> String {
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_line_is_answered_before_the_next_is_written() {
    for threads in ["1", "2"] {
        let mut child = spawn(&["batch", "--threads", threads]);
        let mut stdin = child.stdin.take().unwrap();
        let mut answers = BufReader::new(child.stdout.take().unwrap());
        for line in 1..=3 {
            writeln!(stdin, "{{\"id\": \"{line}\"}}").unwrap();
            let mut answer = String::new();
            answers.read_line(&mut answer).unwrap();
            let answer: Value = serde_json::from_str(&answer).unwrap();
            assert_eq!(answer["line"], line);
        }
        drop(stdin);
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
}

#[test]
fn a_reader_that_goes_ends_the_run_quietly_and_nothing_is_claimed() {
    let mut child = spawn(&["batch", "--threads", "2"]);
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    stdin.write_all(people().as_bytes()).unwrap();
    answers.read_line(&mut String::new()).unwrap();
    drop(answers);
    // The program goes at its next write; then nobody reads this any more.
    while stdin.write_all(people().as_bytes()).is_ok() {}
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(rest(child.stderr.take().unwrap()), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_the_run_with_one_sentence() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = program(&["batch", &persona("finland")]);
    let output = command.stdout(full).stderr(Stdio::piped()).output().unwrap();
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.starts_with("error: the answer cannot be written"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_signal_leaves_whole_lines() {
    use std::os::unix::process::ExitStatusExt;

    let mut child = spawn(&["batch", "--threads", "2"]);
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    let text = people().repeat(50);
    let writer = std::thread::spawn(move || while stdin.write_all(text.as_bytes()).is_ok() {});
    let mut told = String::new();
    answers.read_line(&mut told).unwrap();
    let killed =
        std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(killed.unwrap().success());
    told.push_str(&rest(answers));
    writer.join().unwrap();
    assert_eq!(child.wait().unwrap().signal(), Some(2));
    assert!(told.ends_with('\n'));
    for (line, answer) in parsed(&told).iter().enumerate() {
        assert_eq!(answer["line"], line + 1);
    }
}

#[test]
fn a_file_that_is_not_there_stops_the_run_before_it_begins() {
    let path = folder("batch-missing").join("a.ndjson");
    std::fs::write(&path, people()).unwrap();
    let output = run(&["batch", path.to_str().unwrap(), "nothing.ndjson"]);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""));
    assert!(stderr(&output).contains("nothing.ndjson"), "{}", stderr(&output));
}

#[test]
fn a_line_that_is_no_profile_fails_a_strict_run_alone() {
    let text = b"{}\nno\n";
    assert_eq!(run_with_input(&["batch"], text).status.code(), Some(0));
    assert_eq!(run_with_input(&["batch", "--strict"], text).status.code(), Some(1));
    assert_eq!(run_with_input(&["batch", "--strict"], b"{}\n").status.code(), Some(0));
}

#[test]
fn the_summary_is_written_where_it_is_asked_for() {
    let path = folder("batch-summary").join("summary.json");
    let text = people();
    let output = run_with_input(&["batch", "--summary", path.to_str().unwrap()], text.as_bytes());
    assert_eq!(stderr(&output), "");
    let in_file: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let alone = run_with_input(&["batch", "--detail", "summary"], text.as_bytes());
    assert_eq!((stdout(&alone).lines().count(), stderr(&alone).as_str()), (1, ""));
    assert_eq!(serde_json::from_str::<Value>(&stdout(&alone)).unwrap(), in_file);
    let json = run_with_input(&["batch", "--format", "json"], text.as_bytes());
    assert_eq!(serde_json::from_str::<Value>(&stderr(&json)).unwrap(), in_file);
}

#[test]
fn a_summary_that_cannot_be_written_leaves_nothing_behind() {
    let folder = folder("batch-no-summary");
    let path = folder.join("taken");
    std::fs::create_dir(&path).unwrap();
    let output = run_with_input(&["batch", "--summary", path.to_str().unwrap()], b"{}\n");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
}

#[test]
fn rules_of_another_hash_are_refused_by_every_command() {
    let ours = jpo_check::dataset::Dataset::EMBEDDED_VERSION;
    let finland = persona("finland");
    for command in [&["batch", &finland][..], &[&finland], &["windows"]] {
        let with = |hash| run(&[command, &["--expect-data", hash]].concat());
        let refused = with("0123456789abcdef");
        assert_eq!((refused.status.code(), stdout(&refused).as_str()), (Some(2), ""));
        assert!(
            stderr(&refused).contains("0123456789abcdef were expected"),
            "{}",
            stderr(&refused)
        );
        let hash = run(&["windows", "--format", "json"]);
        let hash: Value = serde_json::from_slice(&hash.stdout).unwrap();
        let hash = hash["data"]["version"].as_str().unwrap();
        assert!(ours.contains(hash), "{ours}");
        assert_eq!(with(hash).status.code(), Some(0), "{command:?}");
    }
}
