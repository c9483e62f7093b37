//! Profiles read in one pass, against the reader that judges them.

use jpo_check::batch::quick::QuickReader;
use jpo_check::dataset::Dataset;
use jpo_check::profile::Profile;
use serde_json::Value;

use crate::properties::draws::Draws;
use crate::properties::profiles::{WIDE, profile};
use crate::properties::{day, for_all};

const AS_OF: &str = "2026-11-22";

/// Reads `text` both ways; returns whether it is a profile to the quick reader.
fn agrees(reader: &mut QuickReader<'_>, data: &Dataset, text: &[u8]) -> bool {
    let Some(quick) = reader.read(text) else { return false };
    let text = std::str::from_utf8(text).unwrap();
    let judged = Profile::parse(text, "line", data, day(AS_OF));
    let judged = judged.unwrap_or_else(|problems| panic!("{text}\n{problems:?}"));
    assert_eq!(*quick, judged, "the quick reader on the left\n{text}");
    true
}

/// Changes a few bytes: one replaced, left out, put in or moved.
fn slip(d: &mut Draws<'_>, text: &mut Vec<u8>) {
    const BYTES: &[u8] = b"\"\\{}[],:-0123456789.eE+ntrufalse \t\n\r\0\x7f\x80\xc3\xa9/uA";
    for _ in 0..=d.below(3) {
        let at = d.below(text.len());
        match d.below(4) {
            0 => text[at] = d.pick(BYTES),
            1 => text.insert(at, d.pick(BYTES)),
            2 if text.len() > 1 => {
                text.remove(at);
            }
            _ => {
                let other = d.below(text.len());
                text.swap(at, other);
            }
        }
    }
}

#[test]
fn a_profile_of_the_cohort_is_read_quickly_and_as_it_is() {
    let data = Dataset::embedded().unwrap();
    let mut reader = QuickReader::new(data, day(AS_OF));
    for n in 0..2_000 {
        let text = crate::cohort::profile(11, n);
        assert!(agrees(&mut reader, data, text.as_bytes()), "{text}");
    }
}

#[test]
fn what_is_read_quickly_is_read_as_it_is_whatever_is_told() {
    let data = Dataset::embedded().unwrap();
    for_all(200, 400, |d| {
        let mut reader = QuickReader::new(data, day(AS_OF));
        let open = d.pick(&[0, 20, 50]);
        let text = Value::Object(profile(d, &WIDE, open)).to_string();
        agrees(&mut reader, data, text.as_bytes());
    });
}

#[test]
fn what_is_not_plainly_a_profile_is_left_to_the_reader_that_judges() {
    let data = Dataset::embedded().unwrap();
    for_all(1_500, 60, |d| {
        let mut reader = QuickReader::new(data, day(AS_OF));
        let mut text = crate::cohort::profile(12, d.below(500) as u64).into_bytes();
        slip(d, &mut text);
        agrees(&mut reader, data, &text);
    });
}

#[test]
fn a_key_may_be_given_once_and_null_is_no_answer() {
    let data = Dataset::embedded().unwrap();
    let mut reader = QuickReader::new(data, day(AS_OF));
    let refused = [
        r#"{"id":"a","id":"b"}"#,
        r#"{"id":null}"#,
        r#"{"id":" "}"#,
        r#"{"format":2}"#,
        r#"{"format":1.0}"#,
        r#"{"unknown":1}"#,
        r#"{"birth_date":"2030-01-01"}"#,
        r#"{"nationalities":"DE"}"#,
        r#"{"nationalities":["Atlantis"]}"#,
        r#"{"degrees":[{"field":"law"}]}"#,
        r#"{"experience":[{"kind":"employment","from":"2021","to":"2020"}]}"#,
        r#"{"experience":[{"kind":"employment","from":"2021","share":0}]}"#,
        r#"{"languages":[{"language":"en"},{"language":"English"}]}"#,
        r#"{"tests":[{"test":"toefl-ibt","score":1000}]}"#,
        r#"{"facts":{"previous_jpo":"no"}}"#,
        r#"{"facts":{"previous_jpo":true,"previous_jpo":true}}"#,
        r#"{"facts":{"military_service_months":1.0}}"#,
        "{} {}",
        "",
    ];
    for text in refused {
        assert!(reader.read(text.as_bytes()).is_none(), "{text}");
        assert!(Profile::parse(text, "line", data, day(AS_OF)).is_err(), "{text}");
    }
}
