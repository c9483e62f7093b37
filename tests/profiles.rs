//! Profiles with mistakes, and the names by which a profile may call countries and languages.
//!
//! `tests/profiles/x.json` is read as it stands, `x.txt` beside it holds all that is reported;
//! `SNAPSHOTS=overwrite cargo test --test tests profiles` writes what is reported now.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use chrono::NaiveDate;
use jpo_check::dataset::Dataset;
use jpo_check::profile::{MAX_BYTES, Profile};
use proptest::prelude::*;

use crate::malformed::mutated::config;
use crate::malformed::{compare_with_file, describe};

static DATA: LazyLock<&Dataset> =
    LazyLock::new(|| Dataset::embedded().unwrap_or_else(|problems| panic!("{problems}")));

fn parse(text: &str) -> Result<Profile, String> {
    let as_of: NaiveDate = "2026-11-22".parse().unwrap();
    Profile::parse(text, "me.json", &DATA, as_of).map_err(|problems| {
        for problem in &problems.list {
            let place = text.get(problem.span.clone());
            assert!(place.is_some(), "{:?} cannot be underlined", problem.span);
        }
        describe(&problems)
    })
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/profiles")
}

fn check(name: &str) {
    let text = fs::read_to_string(folder().join(name).with_extension("json")).unwrap();
    let problems = parse(&text).expect_err("the fixture has mistakes");
    compare_with_file(&problems, &folder().join(name).with_extension("txt"));
}

macro_rules! fixtures {
    ($($test:ident => $name:literal),+ $(,)?) => {
        $(#[test] fn $test() { check($name); })+

        const FIXTURES: &[&str] = &[$($name),+];
    };
}

fixtures! {
    a_wrong_key_is_shown_with_the_nearest_one => "unknown-key",
    a_missing_key_is_named_with_its_meaning => "missing-key",
    a_wrong_type_names_the_right_one => "wrong-type",
    null_is_no_way_to_say_nothing_except_for_the_end_of_a_job => "null-is-not-silence",
    an_impossible_date_is_refused => "impossible-dates",
    a_past_event_in_the_future_is_refused => "future-dates",
    a_job_that_ends_before_it_begins_is_refused => "dates-reversed",
    an_unknown_country_is_shown_with_the_nearest_one => "unknown-country",
    an_unknown_language_is_shown_with_the_nearest_one => "unknown-language",
    a_word_outside_its_list_is_shown_with_the_list => "unknown-word",
    an_unknown_fact_or_test_is_shown_with_the_nearest_one => "unknown-fact",
    an_answer_of_the_wrong_type_is_shown_with_its_question => "wrong-fact-type",
    a_number_outside_its_bounds_is_refused => "out-of-range",
    what_is_given_twice_is_refused => "duplicates",
    a_newer_format_is_refused_in_one_sentence => "newer-format",
    what_is_not_json_is_shown_where_it_breaks => "not-json",
    many_problems_are_reported_at_once => "everything-at-once",
    what_is_wrong_beside_an_unknown_word_is_reported_too => "wrong-beside-wrong",
    a_byte_order_mark_and_windows_line_ends_keep_every_place => "odd-bytes",
}

#[test]
fn every_fixture_is_tested() {
    let mut found: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    found.sort();
    let mut tested: Vec<&str> = FIXTURES.to_vec();
    tested.sort_unstable();
    assert_eq!(found, tested);
}

/// `text` gives exactly the one problem `expected`.
#[track_caller]
fn refused(text: &str, expected: &str) {
    assert_eq!(parse(text).expect_err("this is no profile"), format!("{expected}\n"));
}

#[test]
fn an_empty_text_is_not_a_profile() {
    let expected = "me.json:1:1: syntax: the text is empty or ends where a value is due";
    refused("", expected);
}

#[test]
fn white_space_alone_is_not_a_profile() {
    let expected = ": syntax: the text is empty or ends where a value is due\n";
    let problems = parse(&" \n".repeat(1000)).unwrap_err();
    assert!(problems.ends_with(expected), "{problems}");
}

#[test]
fn null_and_lists_and_texts_are_not_profiles() {
    let expected =
        |found| format!("me.json:1:1: wrong-type: expected an object (a profile), found {found}");
    refused("null", &expected("null"));
    refused("[]", &expected("a list"));
    refused("\"me\"", &expected("a text"));
    refused("7", &expected("a number"));
    refused("true", &expected("true or false"));
}

#[test]
fn what_people_write_that_is_not_json_is_told_how_to_write() {
    let quotes = "JSON takes plain double quotes: `\"`";
    let date = "a date stands in double quotes, as in `\"1996-04-12\"`";
    let small = "write `null`, `true` or `false`, in small letters";
    for (text, help) in [
        ("{“id”: 1}", quotes),
        ("{'id': 1}", quotes),
        (r#"{"id": “me”}"#, quotes),
        (r#"{"birth_date": 1996-04-12}"#, date),
        ("{// of mine\n\"id\": \"me\"}", "JSON has no comments"),
        (r#"{"birth_date": None}"#, small),
        (r#"{"id": me}"#, "a key or a text stands in double quotes"),
    ] {
        let problems = parse(text).unwrap_err();
        let said = format!("\n    help: {help}\n");
        assert!(problems.ends_with(&said), "{text}: {problems}");
    }
    assert!(!parse(r#"{"id": "me""#).unwrap_err().contains("help"));
}

#[test]
fn a_profile_beyond_the_bound_is_refused_before_it_is_read() {
    let message = |bytes| {
        format!(
            "me.json:1:1: too-large: the profile has {bytes} bytes; at most {MAX_BYTES} are read"
        )
    };
    let text = format!("{{{}}}", " ".repeat(2 << 20));
    refused(&text, &message(text.len()));
    let just = format!("{{{}}}", " ".repeat(MAX_BYTES - 2));
    assert!(parse(&just).is_ok(), "the bound itself is allowed");
    refused(&format!("{just} "), &message(MAX_BYTES + 1));
}

#[test]
fn ten_thousand_nested_brackets_are_refused() {
    let expected = ": syntax: brackets are nested deeper than 128 levels\n";
    for (open, close) in [("[", "]"), ("{\"facts\":", "}")] {
        let closed = format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
        assert!(parse(&closed).unwrap_err().ends_with(expected));
        assert!(parse(&open.repeat(10_000)).unwrap_err().ends_with(expected));
    }
}

#[test]
fn a_mebibyte_of_different_keys_is_answered_in_time() {
    let keys: Vec<String> = (0..20_000).map(|at| format!("\"k{at}\":0")).collect();
    let text = format!("{{\"facts\":{{}},{}}}", keys.join(","));
    let as_of: NaiveDate = "2026-11-22".parse().unwrap();
    let problems = Profile::parse(&text, "me.json", &DATA, as_of).unwrap_err();
    assert_eq!(problems.list.len(), 20_000);
}

#[test]
fn a_byte_order_mark_is_accepted() {
    let plain = parse(r#"{"birth_date": "1996-04-12"}"#).unwrap();
    assert_eq!(parse("\u{feff}{\"birth_date\": \"1996-04-12\"}").unwrap(), plain);
    assert!(parse("{}\u{feff}").is_err(), "only in front");
}

#[test]
fn windows_line_ends_are_accepted() {
    let plain = parse("{\n\"birth_date\":\n\"1996-04-12\"}").unwrap();
    assert_eq!(parse("{\r\n\"birth_date\":\r\n\"1996-04-12\"}\r\n").unwrap(), plain);
}

#[test]
fn escapes_are_read_in_keys_and_values() {
    let plain = parse(r#"{"nationalities": ["CI"]}"#).unwrap();
    let escaped = r#"{"nationalit\u0069es": ["C\u00f4te d\u0027Ivoire"]}"#;
    assert_eq!(parse(escaped).unwrap(), plain);
    let problems = parse(r#"{"a\"b\\": 1}"#).unwrap_err();
    assert!(problems.starts_with(r#"me.json:1:2: unknown-key: a profile has no key `a"b\`"#));
}

#[test]
fn a_key_left_out_is_not_told_and_an_empty_list_is_told() {
    let nothing = parse("{}").unwrap();
    assert_eq!(nothing, Profile::default());
    let none = parse(r#"{"nationalities": [], "degrees": []}"#).unwrap();
    assert_eq!((none.nationalities, none.degrees), (Some(Vec::new()), Some(Vec::new())));
    assert_eq!(none.languages, None);
}

#[test]
fn a_birth_date_of_today_is_no_future_date() {
    assert!(parse(r#"{"birth_date": "2026-11-22"}"#).is_ok());
    assert!(parse(r#"{"birth_date": "2026-11-23"}"#).is_err());
    assert!(parse(r#"{"birth_date": "2026"}"#).is_ok(), "a year that has begun");
}

#[test]
fn a_job_of_one_day_is_not_reversed() {
    let job = |from: &str, to: &str| {
        parse(&format!(
            r#"{{"experience": [{{"kind": "employment", "from": "{from}", "to": "{to}"}}]}}"#
        ))
    };
    assert!(job("2021-10-01", "2021-10-01").is_ok());
    assert!(job("2021-10-02", "2021-10-01").is_err());
    assert!(job("2021-10", "2021-10-01").is_ok(), "the month can begin that day");
    assert!(job("2021-11", "2021-10").is_err());
}

fn country(name: &str) -> Option<String> {
    let text = serde_json::json!({ "nationalities": [name] }).to_string();
    let codes = parse(&text).ok()?.nationalities?;
    Some(codes.first()?.to_string())
}

fn language(name: &str) -> Option<String> {
    let text = serde_json::json!({ "languages": [{ "language": name }] }).to_string();
    Some(parse(&text).ok()?.languages?.first()?.language.to_string())
}

#[test]
fn every_country_answers_to_its_codes_and_names_in_any_case() {
    for known in DATA.countries.list() {
        let code = known.code.to_string();
        let mut names = vec![code.clone(), known.alpha3.to_string(), known.name.to_string()];
        names.extend(known.aliases.iter().map(str::to_owned));
        for name in names {
            for spelling in [name.clone(), name.to_lowercase(), name.to_uppercase()] {
                let found = DATA.countries.find(&spelling).map(|country| country.code.to_string());
                assert_eq!(found.as_ref(), Some(&code), "{spelling}");
            }
        }
    }
}

#[test]
fn countries_answer_to_usual_english_french_and_spanish_names() {
    let names = [
        ("South Korea", "KR"),
        ("Republic of Korea", "KR"),
        ("North Korea", "KP"),
        ("DPRK", "KP"),
        ("Côte d'Ivoire", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("cote divoire", "CI"),
        ("Ivory Coast", "CI"),
        ("UK", "GB"),
        ("uk", "GB"),
        ("Royaume-Uni", "GB"),
        ("USA", "US"),
        ("Estados Unidos", "US"),
        ("Allemagne", "DE"),
        ("Alemania", "DE"),
        ("Suède", "SE"),
        ("SUEDE", "SE"),
        ("España", "ES"),
        ("Espana", "ES"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Pays-Bas", "NL"),
        ("the Netherlands", "NL"),
        ("  Kenya ", "KE"),
        ("República Checa", "CZ"),
        ("DR Congo", "CD"),
        ("Congo-Brazzaville", "CG"),
        ("Viet Nam", "VN"),
        ("Timor-Leste", "TL"),
        ("São Tomé and Príncipe", "ST"),
        ("Lao PDR", "LA"),
        ("Kosovo", "XK"),
    ];
    let wrong: Vec<_> = names
        .into_iter()
        .map(|(name, code)| (name, code, country(name)))
        .filter(|(_, code, found)| found.as_deref() != Some(*code))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn a_name_of_two_countries_stands_for_none() {
    for name in [
        "Korea",
        "korea",
        "Corée",
        "Congo",
        "CONGO",
        "Guinea Ecuatorial Bissau",
        "Ireland and Iceland",
    ] {
        assert_eq!(country(name), None, "{name}");
    }
}

#[test]
fn a_near_name_is_suggested_and_never_taken() {
    for (typed, meant) in [
        ("Germny", "Germany"),
        ("Swizerland", "Switzerland"),
        ("Phillipines", "Philippines"),
        ("Kenyaa", "Kenya"),
        ("Côte d'Ivoir", "Côte d'Ivoire"),
    ] {
        assert_eq!(country(typed), None, "{typed}");
        let text = serde_json::json!({ "nationalities": [typed] }).to_string();
        let problems = parse(&text).unwrap_err();
        let help = format!("    help: did you mean `{meant}`?\n");
        assert!(problems.ends_with(&help), "{problems}");
    }
}

#[test]
fn a_name_that_several_countries_share_is_answered_with_each() {
    for (typed, meant) in [
        ("Congo", "Democratic Republic of the Congo (`CD`) or Republic of the Congo (`CG`)?"),
        ("korea", "Democratic People's Republic of Korea (`KP`) or Republic of Korea (`KR`)?"),
        ("Virgin Islands", "British Virgin Islands (`VG`) or United States Virgin Islands (`VI`)?"),
        ("America", "United States, whose code is `US`?"),
        ("Timor", "Timor-Leste, whose code is `TL`?"),
    ] {
        assert_eq!(country(typed), None, "{typed}");
        let text = serde_json::json!({ "nationalities": [typed] }).to_string();
        let problems = parse(&text).unwrap_err();
        assert!(problems.ends_with(&format!("    help: did you mean {meant}\n")), "{problems}");
    }
}

/// The help of the one problem of `text`.
fn help(text: &str) -> String {
    let problems = parse(text).expect_err(text);
    let (_, help) = problems.trim_end().split_once("    help: ").unwrap_or_default();
    help.to_owned()
}

#[test]
fn the_help_for_a_value_of_the_wrong_type_is_right_itself() {
    for (key, told, meant) in [
        ("languages", r#""en""#, r#"[{"language": "en"}]"#),
        ("languages", r#""en, French""#, r#"[{"language": "en"}, {"language": "French"}]"#),
        ("languages", r#"["en"]"#, r#"{"language": "en"}"#),
        ("degrees", r#""master""#, r#"[{"level": "master"}]"#),
        ("degrees", r#"{"level": "master"}"#, r#"[{"level": "master"}]"#),
        ("residences", r#""SE""#, r#"[{"country": "SE"}]"#),
        ("tests", r#""ielts""#, r#"[{"test": "ielts"}]"#),
        ("nationalities", r#""DE""#, r#"["DE"]"#),
        ("nationalities", r#""DE, KE""#, r#"["DE", "KE"]"#),
    ] {
        assert_eq!(help(&format!("{{\"{key}\": {told}}}")), format!("write `{meant}`"));
        let list = if meant.starts_with('[') { meant.to_owned() } else { format!("[{meant}]") };
        assert!(parse(&format!("{{\"{key}\": {list}}}")).is_ok(), "{list}");
    }
}

#[test]
fn where_it_cannot_be_told_what_is_meant_the_help_shows_an_example_that_is_right() {
    for (key, told, example) in [
        ("experience", r#""employment""#, r#"[{"kind": "employment", "from": "2021-09"}]"#),
        ("experience", "true", r#"[{"kind": "employment", "from": "2021-09"}]"#),
        ("degrees", r#""PhD""#, r#"[{"level": "secondary"}]"#),
        ("languages", r#""Klingon""#, r#"[{"language": "en"}]"#),
        ("nationalities", r#""Germny""#, r#"["KE"]"#),
    ] {
        assert_eq!(help(&format!("{{\"{key}\": {told}}}")), format!("write as in `{example}`"));
        assert!(parse(&format!("{{\"{key}\": {example}}}")).is_ok(), "{example}");
    }
}

#[test]
fn an_answer_of_the_wrong_type_is_shown_as_it_is_to_be_written() {
    for (told, meant) in [
        (r#""previous_jpo": "no""#, "write `false`"),
        (r#""previous_jpo": 1"#, "write `true` or `false`"),
        (r#""military_service_months": "21""#, "write `21`"),
        (
            r#""military_service_months": 21.5"#,
            "write a number such as `21`, without quotes, sign or fraction",
        ),
        (r#""military_service": "Completed""#, "write `completed`"),
        (r#""military_service": "complete""#, "did you mean `completed`?"),
        (r#""military_service": 7"#, "write one of them in quotes"),
    ] {
        assert_eq!(help(&format!("{{\"facts\": {{{told}}}}}")), meant, "{told}");
    }
}

#[test]
fn a_word_for_no_end_is_answered_with_those_that_are_read() {
    let job = |to: &str| {
        format!(r#"{{"experience": [{{"kind": "employment", "from": "2020", "to": "{to}"}}]}}"#)
    };
    for to in ["present", "now", "today"] {
        assert_eq!(help(&job(to)), "for what goes on, write `null` or `\"ongoing\"`");
    }
    assert!(parse(&job("ongoing")).is_ok());
}

#[test]
fn a_test_answers_to_its_id_and_its_name_in_any_spelling() {
    let told = |test: &str| parse(&format!(r#"{{"tests": [{{"test": "{test}", "score": 100}}]}}"#));
    let plain = told("toefl-ibt").unwrap();
    for name in ["TOEFL-iBT", "TOEFL iBT", "toefl_ibt", "ToeflIbt"] {
        assert_eq!(told(name).unwrap(), plain, "{name}");
    }
    assert!(told("TOEFL").is_err());
}

#[test]
fn a_day_outside_the_years_that_are_read_is_not_said_to_be_none() {
    let expected =
        |day| format!("me.json:1:16: bad-date: `{day}` is outside the years 1900 to 2199");
    for day in ["1896-01-01", "2200-01", "9999"] {
        refused(&format!(r#"{{"birth_date": "{day}"}}"#), &expected(day));
    }
}

#[test]
fn languages_answer_to_codes_and_names() {
    for (name, code) in [
        ("en", "en"),
        ("EN", "en"),
        ("English", "en"),
        ("anglais", "en"),
        ("inglés", "en"),
        ("French", "fr"),
        ("Français", "fr"),
        ("Spanish", "es"),
        ("Español", "es"),
        ("espanol", "es"),
        ("Arabic", "ar"),
        ("Deutsch", "de"),
    ] {
        assert_eq!(language(name).as_deref(), Some(code), "{name}");
    }
    assert_eq!(language("Englsh"), None);
}

/// Values of the vocabulary, and some that are nearly that.
#[rustfmt::skip]
const VALUES: &[&str] = &[
    "", "DE", "Kenya", "2021", "2021-09", "2021-02-30", "9999-99-99", "master", "C1", "at least B2",
    "at least ", "+", "native", "employment", "government", "toefl-ibt", "en", "é", "\u{0}",
];

#[rustfmt::skip]
const KEYS: &[&str] = &[
    "format", "id", "birth_date", "nationalities", "residences", "degrees", "experience",
    "languages", "tests", "facts", "country", "since", "permanent", "level", "field", "awarded",
    "kind", "from", "to", "share", "paid", "relevant", "employer", "language", "test", "score",
    "taken", "previous_jpo", "military_service", "military_service_months", "",
];

/// Texts that look like profiles: keys and values of the vocabulary at the wrong places.
fn near_profile() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(|number| serde_json::json!(number)),
        proptest::sample::select(VALUES).prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 48, 6, |inner| {
        let key = proptest::sample::select(KEYS);
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            proptest::collection::vec((key, inner), 0..8).prop_map(|entries| {
                let entries = entries.into_iter().map(|(key, value)| (key.to_owned(), value));
                serde_json::Value::Object(entries.collect())
            }),
        ]
    })
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn any_text_at_all_is_a_profile_or_a_problem(text in any::<String>()) {
        if let Err(problems) = parse(&text) {
            prop_assert!(!problems.is_empty());
        }
    }

    #[test]
    fn any_json_is_a_profile_or_a_problem(value in near_profile()) {
        if let Err(problems) = parse(&value.to_string()) {
            prop_assert!(!problems.is_empty());
        }
    }

    #[test]
    fn a_profile_with_bytes_changed_is_a_profile_or_a_problem(
        at in any::<proptest::sample::Index>(),
        length in 0_usize..6,
        put in "[\"{}\\[\\],:0-9a-z \\\\\u{0}é-]{0,3}",
    ) {
        const TEXT: &str = r#"{"format": 1, "birth_date": "1996-04-12", "nationalities": ["DE", "Kenya"],
"experience": [{"kind": "employment", "from": "2021-10-01", "to": null, "share": 0.5}],
"tests": [{"test": "toefl-ibt", "score": 104, "taken": "2025-11"}], "facts": {"previous_jpo": false}}"#;
        let start = at.index(TEXT.len());
        let end = (start + length).min(TEXT.len());
        let text = format!("{}{put}{}", &TEXT[..start], &TEXT[end..]);
        if let Err(problems) = parse(&text) {
            prop_assert!(!problems.is_empty());
        }
    }
}
