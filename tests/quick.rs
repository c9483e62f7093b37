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

/// Reads each of `told` in the place of `@` in each of `places`, both ways.
fn all_agree(places: &[&str], told: &[&str]) {
    let data = Dataset::embedded().unwrap();
    let mut reader = QuickReader::new(data, day(AS_OF));
    for place in places {
        for told in told {
            let text = place.replace('@', told);
            // Twice: what a name means is looked up once.
            let [first, again] = [(); 2].map(|()| agrees(&mut reader, data, text.as_bytes()));
            assert_eq!(first, again, "{text}");
        }
    }
}

#[test]
fn however_a_number_is_written_it_is_read_as_it_is() {
    let places = [
        r#"{"format":@}"#,
        r#"{"experience":[{"kind":"casual","from":"2021","share":@}]}"#,
        r#"{"tests":[{"test":"toefl-ibt","score":@}]}"#,
        r#"{"facts":{"military_service_months":@}}"#,
    ];
    let numbers = [
        "0",
        "1",
        "-0",
        "-1",
        "+1",
        "01",
        "00",
        "1.0",
        "1.",
        ".5",
        "0.5",
        "0.001",
        "0.0009",
        "1e0",
        "1e3",
        "1E-1",
        "1e999",
        "100000",
        "100001",
        "9223372036854775808",
        "1_0",
        "0x1",
        "NaN",
        "1.0000000000000000000001",
        "0.1000000000000000055511151231257827",
        "1 0",
        "1,0",
        "\"1\"",
        "true",
        "null",
        "",
        " 1 ",
        "1\t",
    ];
    all_agree(&places, &numbers);
}

#[test]
fn however_a_text_is_written_it_is_read_as_it_is() {
    let places = [
        r#"{"id":"@"}"#,
        r#"{"@":[]}"#,
        r#"{"birth_date":"@"}"#,
        r#"{"nationalities":["@"]}"#,
        r#"{"degrees":[{"level":"master","field":"@"}]}"#,
        r#"{"languages":[{"language":"@"}]}"#,
        r#"{"languages":[{"language":"en","level":"@"}]}"#,
        r#"{"facts":{"@":true}}"#,
    ];
    let texts = [
        "",
        " ",
        "DE",
        "de",
        "dE",
        " DE ",
        "D\\u0045",
        "\\u0044E",
        "DE\\",
        "DE\\\\",
        "DE\\\"",
        "C\\u00f4te d'Ivoire",
        "C\\u00d4TE D'IVOIRE",
        "C\\xf4te",
        "\\ud800",
        "\\ud83d\\ude00",
        "DE\n",
        "DE\0",
        "DE\u{7f}",
        "\u{a0}",
        "\\u00a0",
        "\\t",
        "français",
        "fran\\u00e7ais",
        "B2+",
        "at least\\u0020B2",
        "1990-01",
        "1990\\u002d01",
        "nationalities",
        "national\\u0069ties",
        "national",
        "nationalities_held",
        "previous_jpo",
        "previous\\u005fjpo",
        "\\\"law\\\" and\\\\or order",
        "\\/",
        "\\b\\f",
    ];
    all_agree(&places, &texts);
}

#[test]
fn a_date_ends_at_its_own_quote_whatever_follows() {
    let data = Dataset::embedded().unwrap();
    let mut reader = QuickReader::new(data, day(AS_OF));
    for date in ["1990-01-31", "1990-01", "1990"] {
        for between in ["\",\"", "\", \"", "\" , \"", "\",  \""] {
            let text = format!(r#"{{"birth_date":"{date}{between}id":"2021","format": 1}}"#);
            assert!(agrees(&mut reader, data, text.as_bytes()), "{text}");
        }
    }
}

#[test]
fn white_space_around_every_part_changes_nothing() {
    let data = Dataset::embedded().unwrap();
    let mut reader = QuickReader::new(data, day(AS_OF));
    for n in 0..200 {
        let plain: Value = serde_json::from_str(&crate::cohort::profile(13, n)).unwrap();
        let wide = format!("\r\n\t{plain:#}  \t").replace('\n', "\r\n\t");
        assert!(agrees(&mut reader, data, wide.as_bytes()), "{wide}");
    }
}

#[test]
fn a_line_that_is_cut_or_goes_on_is_no_profile() {
    let data = Dataset::embedded().unwrap();
    let mut reader = QuickReader::new(data, day(AS_OF));
    for n in 0..20 {
        let text = crate::cohort::profile(14, n);
        for end in 0..text.len() {
            assert!(reader.read(&text.as_bytes()[..end]).is_none(), "{end} of {text}");
        }
        for behind in ["}", "]", ",", "\"", "{}", "0", "\0", "\u{a0}"] {
            assert!(reader.read(format!("{text}{behind}").as_bytes()).is_none(), "{behind}");
        }
    }
}
