//! No slip of an editor passes in silence: it is refused, flagged, caught by a case, or shown.

use std::collections::BTreeMap;
use std::fmt;

use jpo_check::cases;
use jpo_check::dataset::{Dataset, RuleFile};
use jpo_check::diagnostic::{Problems, position};
use jpo_check::diff::diff;
use jpo_check::lint::lint;

use crate::properties::day;
use crate::properties::draws::Draws;

/// How many slips are made in one test.
const SLIPS: u64 = 25;

type Files = BTreeMap<&'static str, String>;

fn shipped() -> Files {
    let files = Dataset::embedded_files();
    files.into_iter().map(|file| (file.path, file.text.to_owned())).collect()
}

fn list(files: &Files) -> Vec<RuleFile<'_>> {
    files.iter().map(|(path, text)| RuleFile { path, text }).collect()
}

/// One slip in one line of one file.
#[derive(Debug)]
struct Slip {
    file: &'static str,
    line: usize,
    what: &'static str,
    before: String,
    after: String,
}

impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, what, before, after } = self;
        write!(f, "{what} in {file}:{line}: {before:?} became {after:?}")
    }
}

/// Makes a slip in `files`; `None` where there is nothing to slip on.
fn slip(
    d: &mut Draws<'_>,
    files: &mut Files,
    how: fn(&mut Draws<'_>, &str) -> Option<Change>,
) -> Option<Slip> {
    let paths: Vec<&'static str> = files
        .keys()
        .copied()
        .filter(|path| path.contains('/') && *path != "countries.toml")
        .collect();
    let file = d.pick(&paths);
    let text = files.get_mut(file)?;
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = d.below(lines.len());
    let line = lines.get(at)?.clone();
    let goes_without_saying = line == "complete = true";
    if line.trim().is_empty() || line.trim_start().starts_with('#') || goes_without_saying {
        return None;
    }
    let Change { what, after } = how(d, &line)?;
    if after.iter().eq([&line]) {
        return None;
    }
    let mut changed = lines.clone();
    changed.splice(at..=at, after.clone());
    *text = changed.join("\n") + "\n";
    Some(Slip { file, line: at + 1, what, before: line, after: after.join("\n") })
}

/// What becomes of a line.
struct Change {
    what: &'static str,
    after: Vec<String>,
}

/// One letter or digit of one word, not of a remark behind it, becomes another, is lost, or changes its
/// place.
fn typo(d: &mut Draws<'_>, line: &str) -> Option<Change> {
    let letters: Vec<char> = line.chars().collect();
    let said = line.split(" # ").next().unwrap_or_default().chars().count();
    let spots: Vec<usize> = (0..said).filter(|at| letters[*at].is_alphanumeric()).collect();
    if spots.is_empty() {
        return None;
    }
    let at = d.pick(&spots);
    let mut changed = letters.clone();
    match d.below(3) {
        0 => {
            changed.remove(at);
        }
        1 if at + 1 < changed.len() => changed.swap(at, at + 1),
        _ => {
            changed[at] = if letters[at].is_ascii_digit() { d.pick(&['0', '3', '7']) } else { 'x' }
        }
    }
    Some(Change { what: "a typo", after: vec![changed.into_iter().collect()] })
}

/// A line that says something is lost.
fn deleted(_: &mut Draws<'_>, line: &str) -> Option<Change> {
    (!line.is_empty()).then_some(Change { what: "a deleted line", after: Vec::new() })
}

fn doubled(_: &mut Draws<'_>, line: &str) -> Option<Change> {
    let key = line.contains(" = ");
    key.then(|| Change { what: "a doubled key", after: vec![line.to_owned(), line.to_owned()] })
}

/// Day and month of a date change places, or the date becomes another one.
fn swapped_date(d: &mut Draws<'_>, line: &str) -> Option<Change> {
    let bytes = line.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_date = |at: &usize| {
        let at = *at;
        [0, 1, 2, 3, 5, 6, 8, 9].iter().all(|offset| digit(at + offset))
            && bytes.get(at + 4) == Some(&b'-')
            && bytes.get(at + 7) == Some(&b'-')
    };
    let at = (0..line.len()).find(is_date)?;
    let (year, month, of_month) =
        (&line[at..at + 4], &line[at + 5..at + 7], &line[at + 8..at + 10]);
    let date = match d.below(3) {
        0 => format!("{year}-{of_month}-{month}"),
        1 => format!("{of_month}-{month}-{year}"),
        _ => format!("2{}-{month}-{of_month}", &year[1..].chars().rev().collect::<String>()),
    };
    let after = format!("{}{date}{}", &line[..at], &line[at + 10..]);
    Some(Change { what: "a swapped date", after: vec![after] })
}

/// Whether a problem is said to be where the slip is: in its file and, where it can be, its line.
fn is_in_place(problems: &Problems, slip: &Slip, files: &Files) -> bool {
    let same_file = problems.list.iter().filter(|problem| problem.file == slip.file);
    let mut lines = same_file.map(|problem| position(&files[slip.file], problem.span.start).0);
    match slip.what {
        // What is missing is missed at the head of its table.
        "a deleted line" => lines.next().is_some(),
        "a doubled key" => lines.any(|line| line == slip.line || line == slip.line + 1),
        _ => {
            lines.any(|line| line == slip.line) || problems.list.iter().any(|p| p.file == slip.file)
        }
    }
}

/// Who notices the slip; `None` if nobody does.
fn noticed(slip: &Slip, files: &Files, before: &Dataset) -> Option<&'static str> {
    let as_of = day("2026-11-22");
    let after = match Dataset::load(&list(files)) {
        Ok(after) => after,
        // A window, a source or a group that lost its name can be missed elsewhere.
        Err(problems) => {
            assert!(!problems.list.is_empty());
            return Some(if is_in_place(&problems, slip, files) {
                "refused"
            } else {
                "refused elsewhere"
            });
        }
    };
    if !cases::run(&after, None).failures.is_empty() {
        return Some("caught by a case");
    }
    let found = diff(before, &after, as_of);
    if !found.windows.is_empty() || !found.shown.is_empty() {
        return Some("shown by diff");
    }
    (!lint(&list(files), as_of).list.is_empty()).then_some("flagged by lint")
}

fn no_slip_is_silent(how: fn(&mut Draws<'_>, &str) -> Option<Change>) {
    let whole = shipped();
    let before = Dataset::load(&list(&whole)).unwrap();
    let mut made = 0;
    for seed in 0..SLIPS {
        let tape = tape(seed);
        let mut files = whole.clone();
        let mut draws = Draws::new(&tape);
        let Some(slip) = (0..20).find_map(|_| slip(&mut draws, &mut files, how)) else { continue };
        made += 1;
        let by = noticed(&slip, &files, &before);
        assert!(by.is_some(), "nobody notices {slip}");
        let elsewhere = ["a deleted line", "a typo"].contains(&slip.what);
        assert!(by != Some("refused elsewhere") || elsewhere, "{slip} is refused, but not there");
    }
    assert!(made > SLIPS * 3 / 4, "only {made} slips were made");
}

/// Numbers to draw from, the same for the same seed.
fn tape(seed: u64) -> Vec<u16> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        u16::try_from(state >> 48).unwrap()
    };
    (0..200).map(|_| next()).collect()
}

#[test]
fn no_typo_passes_in_silence() {
    no_slip_is_silent(typo);
}

#[test]
fn no_deleted_line_passes_in_silence() {
    no_slip_is_silent(deleted);
}

#[test]
fn no_doubled_key_passes_in_silence() {
    no_slip_is_silent(doubled);
}

#[test]
fn no_swapped_date_passes_in_silence() {
    no_slip_is_silent(swapped_date);
}
