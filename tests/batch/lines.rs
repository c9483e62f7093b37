//! What can be wrong with a line, and how it is said in its place.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jpo_check::batch::lines::{Chunk, Splitter};
use jpo_check::batch::{Detail, Form};
use jpo_check::profile::MAX_BYTES;
use serde_json::{Value, json};

use super::{answer, ask, input, parsed};

fn answers(text: &[u8]) -> Vec<Value> {
    parsed(&answer(&ask(Detail::Verdicts, 1), text).0)
}

/// The code and column of the error of the first line.
fn error(text: &[u8]) -> (Value, Value) {
    let error = &answers(text)[0]["error"];
    (error["code"].clone(), error["column"].clone())
}

#[test]
fn a_bad_line_is_answered_in_its_place() {
    let found = answers(b"{}\n{\"id\": \"a\", \"colour\": 3}\n{\"id\": \"b\"}\n");
    let lines: Vec<&Value> = found.iter().map(|line| &line["line"]).collect();
    assert_eq!(lines, [1, 2, 3]);
    assert_eq!(found[1]["error"]["code"], "unknown-key");
    assert_eq!(found[1]["error"]["column"], 13);
    assert_eq!(found[2]["id"], "b");
}

#[test]
fn several_problems_are_counted_and_the_first_is_told() {
    let found = answers(br#"{"birth_date": "1996-13", "colour": 3}"#);
    assert_eq!(
        (&found[0]["error"]["code"], &found[0]["problems"]),
        (&json!("bad-date"), &json!(2))
    );
}

#[test]
fn a_line_that_ends_in_the_middle_is_an_error() {
    assert_eq!(error(b"{\"id\": \"a"), (json!("syntax"), json!(9)));
}

#[test]
fn a_nul_is_an_error_at_its_column() {
    assert_eq!(error(b"{\"id\": \0\"a\"}\n"), (json!("syntax"), json!(8)));
}

#[test]
fn what_is_not_utf_8_is_an_error_at_its_column() {
    let text = [&b"{\"id\": \"\xc3\xa4"[..], &b"\xff\"}\n"[..]].concat();
    assert_eq!(error(&text), (json!("not-utf8"), json!(10)));
}

#[test]
fn line_ends_of_either_kind_a_mark_and_a_missing_end_change_nothing() {
    let plain = answers(b"{\"id\":\"a\"}\n\n{\"id\":\"b\"}\n");
    assert_eq!(answers(b"{\"id\":\"a\"}\r\n\r\n{\"id\":\"b\"}\r\n"), plain);
    assert_eq!(answers(b"{\"id\":\"a\"}\n \t\n{\"id\":\"b\"}"), plain);
    assert_eq!(answers("\u{feff}{\"id\":\"a\"}\n\n{\"id\":\"b\"}".as_bytes()), plain);
}

#[test]
fn an_input_of_nothing_has_no_answers() {
    for text in ["", "\n", "\r\n\r\n", "\u{feff}", "  "] {
        assert_eq!(answers(text.as_bytes()), [] as [Value; 0], "{text:?}");
    }
}

#[test]
fn a_line_as_long_as_a_profile_may_be_is_read_and_one_byte_more_is_not() {
    let line = |length: usize| format!("{{}}{}", " ".repeat(length - 2));
    let text = format!("{}\r\n{}\n{{}}\n", line(MAX_BYTES), line(MAX_BYTES + 1));
    let found = answers(text.as_bytes());
    assert_eq!(found[0]["id"], Value::Null);
    assert_eq!(found[1]["error"]["code"], "too-large");
    assert_eq!((&found[2]["line"], &found[2]["id"]), (&json!(3), &Value::Null));
}

/// Gives a line of so many bytes, then a short one, and keeps the largest room it was given.
struct LongLine {
    left: usize,
    most: Arc<AtomicUsize>,
}

impl Read for LongLine {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.most.fetch_max(buffer.len(), Ordering::Relaxed);
        if self.left == 0 {
            return Ok(0);
        }
        let given = self.left.min(buffer.len());
        buffer[..given].fill(b'x');
        self.left -= given;
        if self.left == 0 {
            buffer[given - 1] = b'\n';
        }
        Ok(given)
    }
}

#[test]
fn a_line_that_is_too_long_is_passed_over_in_bounded_room() {
    let bytes = 40 << 20;
    let most = Arc::new(AtomicUsize::new(0));
    let source = LongLine { left: bytes, most: Arc::clone(&most) }.chain(io::Cursor::new("{}\n"));
    let mut written = Vec::new();
    let inputs = [input(source, Form::Ndjson)];
    let tally = ask(Detail::Verdicts, 2).run(inputs, &mut written).unwrap();
    let found = parsed(&String::from_utf8(written).unwrap());
    let message = format!("the profile has {} bytes; at most {MAX_BYTES} are read", bytes - 1);
    assert_eq!(found[0]["error"], json!({"code": "too-large", "message": message, "column": 1}));
    assert_eq!((&found[1]["line"], tally.lines), (&json!(2), 2));
    assert!(most.load(Ordering::Relaxed) < 2 * MAX_BYTES, "{most:?}");
}

#[test]
fn what_a_slow_writer_wrote_is_handed_on_before_it_writes_more() {
    let slow = io::Cursor::new("{}\n{}\n{").chain(io::Cursor::new("}\n"));
    let mut lines = Splitter::new(slow, 1 << 16, 1);
    let mut chunk = Chunk::default();
    assert!(lines.next(&mut chunk).unwrap());
    assert_eq!(chunk.lines().count(), 2);
    assert!(lines.next(&mut chunk).unwrap());
    assert_eq!(chunk.lines().next(), Some((3, &b"{}"[..])));
    assert!(!lines.next(&mut chunk).unwrap());
}
