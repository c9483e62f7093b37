//! Where the program writes files: what was there before stays what it was, but for its text.
#![cfg(unix)]

use std::fs::{self, File};
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::{FINLAND, folder, program, run, stderr, stdout};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// A profile that tells nothing yet, with this mode.
fn profile(folder: &Path, mode: u32) -> PathBuf {
    let path = folder.join("me.json");
    fs::write(&path, "{}\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    path
}

fn answer(path: &Path) {
    let output = run(&["ask", path.to_str().unwrap(), "--answer", "nationalities=KE", "--write"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

fn told(path: &Path) -> Value {
    let told: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    told["nationalities"].clone()
}

/// What is in the folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn summary_into(path: &Path) -> Command {
    program(&["batch", FINLAND, "--summary", path.to_str().unwrap()])
}

#[test]
fn a_pipe_takes_the_summary_and_stays_a_pipe() {
    let folder = folder("write-pipe");
    let pipe = folder.join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    // Whoever opens both ends waits for nobody.
    let held = File::options().read(true).write(true).open(&pipe).unwrap();
    let output = summary_into(&pipe).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
    assert_eq!(names(&folder), ["pipe"]);
    drop(held);
}

/// Held by a link to it: a program that replaced what it writes to would replace the link.
#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_an_error_and_stays_a_device() {
    let folder = folder("write-full");
    let full = folder.join("full");
    symlink("/dev/full", &full).unwrap();
    let output = summary_into(&full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("error: cannot write "), "{}", stderr(&output));
    assert!(full.is_symlink());
    assert_eq!(names(&folder), ["full"]);
}

#[test]
fn a_private_profile_stays_private() {
    let folder = folder("write-private");
    for wanted in [0o600, 0o640, 0o664] {
        let path = profile(&folder, wanted);
        answer(&path);
        assert_eq!((told(&path), mode(&path)), (Value::from(vec!["KE"]), wanted));
    }
    assert_eq!(names(&folder), ["me.json"]);
}

#[test]
fn a_link_stays_a_link_and_what_it_leads_to_is_written() {
    let folder = folder("write-link");
    let elsewhere = folder.join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let target = profile(&elsewhere, 0o600);
    let link = folder.join("link.json");
    symlink("elsewhere/me.json", &link).unwrap();
    answer(&link);
    assert!(link.is_symlink());
    assert_eq!((told(&target), mode(&target)), (Value::from(vec!["KE"]), 0o600));
    assert_eq!(names(&elsewhere), ["me.json"]);
}

#[test]
fn a_link_to_a_file_that_is_not_there_yet_makes_it() {
    let folder = folder("write-new-link");
    let link = folder.join("link.json");
    symlink("new.json", &link).unwrap();
    answer(&link);
    assert!(link.is_symlink());
    assert_eq!(told(&folder.join("new.json")), Value::from(vec!["KE"]));
}

#[test]
fn a_rule_file_that_is_mended_keeps_its_mode_and_its_link() {
    let folder = folder("write-lint");
    let rules = folder.join("rules");
    assert_eq!(run(&["rules", "export", rules.to_str().unwrap()]).status.code(), Some(0));
    let (kept, link) = (folder.join("fi.toml"), rules.join("donors/fi.toml"));
    let text = fs::read_to_string(&link).unwrap().replacen("\nmax = 32\n", "\nmax = '32'\n", 1);
    fs::write(&kept, &text).unwrap();
    fs::set_permissions(&kept, fs::Permissions::from_mode(0o640)).unwrap();
    fs::remove_file(&link).unwrap();
    symlink("../../fi.toml", &link).unwrap();
    run(&["rules", "lint", rules.to_str().unwrap(), "--fix"]);
    assert!(link.is_symlink());
    assert!(fs::read_to_string(&kept).unwrap() != text, "nothing was mended");
    assert_eq!(mode(&kept), 0o640);
}

#[test]
fn answers_stay_where_the_summary_goes_to_the_same_file() {
    let path = folder("write-same").join("out");
    let both = File::create(&path).unwrap();
    let mut command = summary_into(&path);
    let output = command.stdout(both).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = fs::read_to_string(&path).unwrap();
    let alone = stdout(&run(&["batch", FINLAND]));
    assert!(text.starts_with(&alone) && text.len() > alone.len(), "{text}");
}
