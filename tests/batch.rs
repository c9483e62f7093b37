//! Many profiles, a line each: as many answers as lines, in order, whatever the lines are.

mod faults;
mod lines;
mod tables;

use std::io::{self, Read};
use std::num::NonZeroUsize;

use jpo_check::batch::{Batch, Detail, Form, Input, Tally};
use jpo_check::dataset::Dataset;
use jpo_check::engine;
use jpo_check::profile::Profile;
use jpo_check::report::{BatchLine, BatchSummary};
use proptest::prelude::*;
use serde_json::Value;

use crate::cli::persona;
use crate::json::faults as misfits;

/// A question about every window.
fn ask(detail: Detail, threads: usize) -> Batch<'static> {
    let data = Dataset::embedded().unwrap();
    Batch {
        data,
        windows: data.windows.iter().collect(),
        as_of: "2026-11-22".parse().unwrap(),
        detail,
        to: Form::Ndjson,
        threads: NonZeroUsize::new(threads).unwrap(),
        first_line: 1,
    }
}

fn input(source: impl Read + Send + 'static, form: Form) -> Input<'static> {
    Input { name: "people".to_owned(), source: Box::new(source), form }
}

/// The answers to `text`, and what was counted.
fn answer(batch: &Batch<'static>, text: &[u8]) -> (String, Tally) {
    let mut answers = Vec::new();
    let source = io::Cursor::new(text.to_vec());
    let tally = batch.run([input(source, Form::Ndjson)], &mut answers).unwrap();
    (String::from_utf8(answers).unwrap(), tally)
}

fn parsed(answers: &str) -> Vec<Value> {
    answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The sample profiles, one a line.
fn people() -> String {
    let one = |name: &&str| {
        let text = std::fs::read_to_string(persona(name)).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        format!("{value}\n")
    };
    ["finland", "germany-unfinished", "japan", "kenya", "nepal-uk", "nobody"]
        .iter()
        .map(one)
        .collect()
}

/// A reader that gives a few bytes at a time, as many as `sizes` say in turn.
struct Dripping {
    text: Vec<u8>,
    at: usize,
    sizes: Vec<usize>,
    reads: usize,
}

impl Read for Dripping {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.sizes[self.reads % self.sizes.len()].min(buffer.len());
        self.reads += 1;
        let rest = &self.text[self.at..];
        let given = size.min(rest.len());
        buffer[..given].copy_from_slice(&rest[..given]);
        self.at += given;
        Ok(given)
    }
}

#[test]
fn verdicts_are_those_of_a_single_check() {
    let batch = ask(Detail::Verdicts, 1);
    let people = people();
    let (answers, tally) = answer(&batch, people.as_bytes());
    assert_eq!((tally.lines, tally.profiles, tally.failures()), (6, 6, 0));
    for (line, text) in parsed(&answers).iter().zip(people.lines()) {
        let profile = Profile::parse(text, "line", batch.data, batch.as_of).unwrap();
        let mut windows = engine::check(batch.data, &profile, batch.as_of);
        windows.sort_by_key(|assessment| assessment.window.id.clone());
        for verdict in ["eligible", "likely", "undetermined"] {
            let those = windows.iter().filter(|a| a.verdict.word() == verdict);
            let ids: Vec<Value> = those.map(|a| a.window.id.as_str().into()).collect();
            assert_eq!(line[verdict], Value::from(ids), "{line}");
        }
    }
}

#[test]
fn the_report_of_a_line_is_that_of_a_single_check() {
    let (answers, _) = answer(&ask(Detail::Report, 1), people().as_bytes());
    let single = crate::cli::run(&[&persona("finland"), "--format", "json"]);
    let single: Value = serde_json::from_slice(&single.stdout).unwrap();
    assert_eq!(parsed(&answers)[0]["report"], single);
}

#[test]
fn the_findings_of_a_line_are_those_of_the_report() {
    let (findings, _) = answer(&ask(Detail::Findings, 1), people().as_bytes());
    let (reports, _) = answer(&ask(Detail::Report, 1), people().as_bytes());
    for (line, whole) in parsed(&findings).iter().zip(parsed(&reports)) {
        for window in line["windows"].as_array().unwrap() {
            let windows = whole["report"]["windows"].as_array().unwrap();
            let same = windows.iter().find(|other| other["id"] == window["id"]).unwrap();
            for key in ["verdict", "open", "findings"] {
                assert_eq!(window[key], same[key], "{}", window["id"]);
            }
        }
    }
}

#[test]
fn every_answer_fits_its_schema() {
    let text = format!("{}no profile\n{{\"id\": 3, \"x\": 4}}\n", people());
    let schema = BatchLine::schema();
    for detail in [Detail::Verdicts, Detail::Findings, Detail::Report] {
        let (answers, _) = answer(&ask(detail, 1), text.as_bytes());
        for line in parsed(&answers) {
            assert_eq!(misfits(&schema, &line), Vec::<String>::new(), "{detail:?}");
        }
    }
    let batch = ask(Detail::Summary, 1);
    let (answers, tally) = answer(&batch, text.as_bytes());
    assert_eq!(answers, "");
    let summary: Value =
        serde_json::from_str(&BatchSummary::new(&batch, &tally).to_json()).unwrap();
    assert_eq!(misfits(&BatchSummary::schema(), &summary), Vec::<String>::new());
}

#[test]
fn several_threads_give_the_bytes_and_counts_of_one() {
    for (detail, times) in [(Detail::Verdicts, 5), (Detail::Summary, 2), (Detail::Findings, 1)] {
        let text = people().repeat(times).into_bytes();
        let answered = |threads: usize| {
            // Every read makes a chunk or two.
            let source = Dripping { text: text.clone(), at: 0, sizes: vec![700, 90], reads: 0 };
            let mut answers = Vec::new();
            let inputs = [input(source, Form::Ndjson)];
            let tally = ask(detail, threads).run(inputs, &mut answers).unwrap();
            (answers, tally)
        };
        assert!(answered(4) == answered(1), "{detail:?}");
    }
}

#[test]
fn the_summary_counts_what_the_findings_say() {
    let text = people();
    let batch = ask(Detail::Findings, 1);
    let (findings, tally) = answer(&batch, text.as_bytes());
    let findings = parsed(&findings);
    let summary = BatchSummary::new(&batch, &tally);
    for window in &summary.windows {
        let those = findings.iter().flat_map(|line| line["windows"].as_array().unwrap());
        let those: Vec<&Value> = those.filter(|one| one["id"] == *window.id.as_str()).collect();
        let open = those.iter().filter(|one| one["open"] == true).count();
        assert_eq!(window.verdicts.open, open, "{}", window.id);
        assert_eq!(window.verdicts.total(), those.len(), "{}", window.id);
        let unmet = |criterion: &str, one: &Value| {
            let mut findings = one["findings"].as_array().unwrap().iter();
            findings.any(|finding| {
                finding["criterion"] == criterion
                    && finding["outcome"] == "unmet"
                    && finding["strength"] == "required"
            })
        };
        let mut left = those;
        for criterion in ["nationality", "sponsorship", "age", "qualification", "languages"] {
            let count = left.iter().filter(|one| unmet(criterion, one)).count();
            let counted = window.unmet.get(criterion).copied().unwrap_or_default();
            assert_eq!(counted, count as u64, "{} {criterion}", window.id);
            if ["nationality", "sponsorship"].contains(&criterion) {
                left.retain(|one| !unmet(criterion, one));
            }
        }
    }
}

#[test]
fn the_counts_of_parts_add_up_to_those_of_the_whole() {
    let (first, second) = (people(), format!("no profile\n{}", people()));
    let batch = ask(Detail::Summary, 1);
    let (_, mut parts) = answer(&batch, first.as_bytes());
    parts.merge(&answer(&batch, second.as_bytes()).1);
    assert_eq!(parts, answer(&batch, format!("{first}{second}").as_bytes()).1);
}

#[test]
fn lines_are_counted_through_all_inputs_from_the_first_number_on() {
    let batch = Batch { first_line: 100, ..ask(Detail::Verdicts, 1) };
    let inputs = ["{}\n\n{}", "{}\n", "", "{}"];
    let inputs = inputs.map(|text| input(io::Cursor::new(text), Form::Ndjson));
    let mut answers = Vec::new();
    let tally = batch.run(inputs, &mut answers).unwrap();
    let lines: Vec<Value> =
        parsed(&String::from_utf8(answers).unwrap()).iter().map(|a| a["line"].clone()).collect();
    assert_eq!((lines, tally.lines), (vec![100.into(), 102.into(), 103.into(), 104.into()], 5));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn there_are_as_many_answers_as_lines_that_are_not_empty(
        bytes in proptest::collection::vec(prop_oneof![
            Just(b'\n'), Just(b'{'), Just(b'}'), Just(b'"'), Just(b' '), Just(b'\r'), any::<u8>()
        ], 0..400)
    ) {
        let told = bytes.split(|byte| *byte == b'\n');
        let marked = |line: &[u8]| line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line).to_vec();
        let told = told.filter(|line| !marked(line).trim_ascii().is_empty()).count();
        let (answers, tally) = answer(&ask(Detail::Verdicts, 1), &bytes);
        prop_assert_eq!(parsed(&answers).len(), told);
        prop_assert_eq!(tally.profiles + tally.failures(), told as u64);
    }

    #[test]
    fn where_reads_end_changes_nothing(sizes in proptest::collection::vec(1_usize..700, 1..8)) {
        let text = format!("{}\r\n\n  \nno\r\n{{}}", people()).into_bytes();
        let batch = ask(Detail::Verdicts, 1);
        let whole = answer(&batch, &text);
        let mut answers = Vec::new();
        let source = Dripping { text, at: 0, sizes, reads: 0 };
        let tally = batch.run([input(source, Form::Ndjson)], &mut answers).unwrap();
        prop_assert_eq!((String::from_utf8(answers).unwrap(), tally), whole);
    }
}
