//! Edits of profiles, and what differs by them.

mod drawn;

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

use chrono::NaiveDate;
use jpo_check::dataset::Dataset;
use jpo_check::engine::{self, Assessment, Candidate};
use jpo_check::profile::{Edit, Edits, Profile};
use jpo_check::report::{BeforeAfter, What, WhatIf};
use serde_json::{Map, Value, json};

use crate::cli::{persona, run};
use crate::json::{answer, faults};
use crate::malformed::describe;
use crate::properties::draws::Draws;
use crate::properties::profiles::{WIDE, profile};
use crate::properties::{TAPE, day, for_all, read};

static DATA: LazyLock<&Dataset> =
    LazyLock::new(|| Dataset::embedded().unwrap_or_else(|problems| panic!("{problems}")));

const TODAY: &str = "2026-11-22";

fn today() -> NaiveDate {
    day(TODAY)
}

fn told() -> Value {
    json!({
        "birth_date": "1996-04-12",
        "nationalities": ["Germany", "KE"],
        "degrees": [{"level": "bachelor", "awarded": "2018"}, {"level": "master"}],
        "experience": [
            {"kind": "internship", "from": "2019-01", "to": "2019-06"},
            {"kind": "employment", "from": "2021-10-01", "to": null},
        ],
        "languages": [{"language": "English", "level": "C2"}, {"language": "fr", "level": "B2"}],
        "tests": [],
        "facts": {"previous_jpo": false},
    })
}

fn edits(list: &[&str]) -> Edits {
    let mut edits = Edits::default();
    for edit in list {
        edits.add(edit);
    }
    edits
}

fn apply(told: &Value, list: &[&str]) -> Result<Profile, String> {
    let changed = edits(list).apply(&told.to_string(), &DATA, today());
    changed.map_err(|problems| describe(&problems))
}

fn parsed(told: &Value) -> Profile {
    Profile::parse(&told.to_string(), "me.json", &DATA, today()).unwrap()
}

/// The edits make of the sample what the merge patch `expected` makes of it.
#[track_caller]
fn makes(list: &[&str], expected: Value) {
    let mut by_hand = told();
    let Value::Object(expected) = expected else { panic!("a merge patch is an object") };
    for (key, value) in expected {
        by_hand[key] = value;
    }
    by_hand.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    assert_eq!(apply(&told(), list).unwrap(), parsed(&by_hand), "{list:?}");
}

#[track_caller]
fn refused(list: &[&str], expected: &str) {
    let found = apply(&told(), list).expect_err("the edits have mistakes");
    assert_eq!(found.trim_end(), expected, "{list:?}");
}

fn languages(english: &str, french: &str) -> Value {
    json!({"languages": [
        {"language": "en", "level": english}, {"language": "fr", "level": french},
    ]})
}

#[test]
fn a_level_takes_the_place_of_the_one_told() {
    for edit in ["languages.fr=C1", "languages.French = c1", "languages.français=\"C1\""] {
        makes(&[edit], languages("C2", "C1"));
    }
    makes(&["languages.fr=at least B2"], languages("C2", "at least B2"));
    makes(&["languages.fr=B2+"], languages("C2", "B2+"));
}

#[test]
fn a_language_that_was_not_told_is_added() {
    let spanish = json!({"languages": [
        {"language": "en", "level": "C2"}, {"language": "fr", "level": "B2"},
        {"language": "es", "level": "B1"},
    ]});
    makes(&["languages.es=B1"], spanish.clone());
    makes(&["languages+=es:B1"], spanish);
    let nobody = apply(&json!({}), &["languages.es=B1"]).unwrap();
    assert_eq!(nobody, parsed(&json!({"languages": [{"language": "es", "level": "B1"}]})));
}

#[test]
fn an_entry_is_taken_out_by_its_name_in_any_spelling() {
    let french = json!({"languages": [{"language": "fr", "level": "B2"}]});
    makes(&["languages-=English"], french);
    makes(&["nationalities-=DE"], json!({"nationalities": ["KE"]}));
    makes(&["nationalities-=Kenya, Germany"], json!({"nationalities": []}));
    makes(&["degrees-=master"], json!({"degrees": [{"level": "bachelor", "awarded": "2018"}]}));
}

#[test]
fn nothing_behind_the_sign_makes_not_told_and_takes_nothing_out() {
    let english = json!({"languages": [
        {"language": "fr", "level": "B2"}, {"language": "en"},
    ]});
    makes(&["languages.en="], english.clone());
    makes(&["languages.English="], english);
}

#[test]
fn an_entry_is_taken_out_by_its_number_counted_from_one() {
    let job = json!({"experience": [{"kind": "employment", "from": "2021-10-01", "to": null}]});
    makes(&["experience-=1"], job);
    makes(&["degrees-=2"], json!({"degrees": [{"level": "bachelor", "awarded": "2018"}]}));
    makes(&["degrees-=1,2"], json!({"degrees": []}));
}

#[test]
fn a_degree_is_told_by_level_award_field_and_country() {
    let with = |degree: Value| json!({"degrees": [{"level": "bachelor", "awarded": "2018"}, {"level": "master"}, degree]});
    makes(&["degrees+=doctorate"], with(json!({"level": "doctorate"})));
    let dated = json!({"level": "master", "awarded": "2027-07"});
    makes(&["degrees+=master:2027-07"], with(dated));
    let whole = json!({"level": "master", "awarded": "2027", "field": "law", "country": "KE"});
    makes(&["degrees+=master:2027:law:Kenya"], with(whole));
    let undated = json!({"level": "master", "field": "law, economics"});
    makes(&["degrees+=master::law, economics"], with(undated));
}

#[test]
fn a_job_is_told_by_kind_period_and_share() {
    let with = |job: Value| {
        let mut jobs = told()["experience"].clone();
        jobs.as_array_mut().unwrap().push(job);
        json!({ "experience": jobs })
    };
    let ongoing = json!({"kind": "employment", "from": "2026-12-01", "to": null});
    makes(&["experience+=employment:2026-12-01.."], with(ongoing));
    let half = json!({"kind": "military", "from": "2026-12", "to": null, "share": 0.5});
    makes(&["experience+=military:2026-12..:0.5"], with(half));
    let ended = json!({"kind": "casual", "from": "2020", "to": "2021-06-30", "share": 1});
    makes(&["experience+=casual:2020..2021-06-30:1"], with(ended));
    let json = json!({"kind": "casual", "from": "2020", "paid": false});
    makes(&[&format!("experience+={json}")], with(json));
}

#[test]
fn nationalities_and_residences_are_added_and_replaced() {
    makes(&["nationalities+=SE"], json!({"nationalities": ["DE", "KE", "SE"]}));
    makes(&["nationalities=SE,Kenya"], json!({"nationalities": ["SE", "KE"]}));
    makes(&["nationalities=[\"SE\"]"], json!({"nationalities": ["SE"]}));
    makes(&["residences+=SE"], json!({"residences": [{"country": "SE"}]}));
    let permanent = json!({"residences": [{"country": "SE", "permanent": true}]});
    makes(&["residences+=SE:permanent"], permanent.clone());
    makes(&["residences.SE=true"], permanent);
    makes(
        &["residences+=SE:false"],
        json!({"residences": [{"country": "SE", "permanent": false}]}),
    );
}

#[test]
fn a_test_without_a_day_is_taken_on_the_day_of_the_application() {
    let test =
        |score, taken| json!({"tests": [{"test": "toefl-ibt", "score": score, "taken": taken}]});
    makes(&["tests.toefl-ibt=105"], test(105.0, TODAY));
    makes(&["tests.toefl-ibt=105@2026-10-01"], test(105.0, "2026-10-01"));
    makes(&["tests+=toefl-ibt:99.5"], test(99.5, TODAY));
    makes(&["tests=toefl-ibt:99"], test(99.0, TODAY));
    makes(&["tests.toefl-ibt=90", "tests.toefl-ibt=105@2026"], test(105.0, "2026"));
}

#[test]
fn a_fact_is_answered_as_it_is_declared() {
    makes(&["facts.previous_jpo=true"], json!({"facts": {"previous_jpo": true}}));
    let both = json!({"facts": {"previous_jpo": false, "military_service_months": 21}});
    makes(&["facts.military_service_months=21"], both);
    let choice = json!({"facts": {"previous_jpo": false, "military_service": "completed"}});
    makes(&["facts.military_service=completed"], choice);
    makes(&["facts.previous_jpo="], json!({"facts": {}}));
}

#[test]
fn no_value_is_not_told_and_an_empty_list_is_told_none() {
    makes(&["birth_date="], json!({"birth_date": null}));
    makes(&["birth_date=1995-03"], json!({"birth_date": "1995-03"}));
    makes(&["languages="], json!({"languages": null}));
    makes(&["languages=[]"], json!({"languages": []}));
    makes(&["facts="], json!({"facts": {}}));
    makes(&["id=me"], json!({"id": "me"}));
}

#[test]
fn a_later_edit_sees_what_those_before_it_did() {
    let sweden = json!({"nationalities": ["SE"]});
    makes(&["nationalities=[]", "nationalities+=SE"], sweden);
    makes(&["nationalities+=SE", "nationalities=[]"], json!({"nationalities": []}));
    makes(&["languages.fr=C1", "languages.fr=A1"], languages("C2", "A1"));
    makes(&["degrees=doctorate", "degrees-=1"], json!({"degrees": []}));
}

#[test]
fn a_merge_patch_replaces_lists_and_goes_into_tables() {
    makes(
        &[r#"{"birth_date": null, "nationalities": ["SE"], "facts": {"jersey_link": true}}"#],
        json!({
            "birth_date": null, "nationalities": ["SE"],
            "facts": {"previous_jpo": false, "jersey_link": true},
        }),
    );
    makes(&[r#"{"facts": {"previous_jpo": null}}"#], json!({"facts": {}}));
    makes(&["{}"], json!({}));
    let job = json!([{"kind": "casual", "from": "2020", "to": null}]);
    makes(&[&json!({ "experience": job }).to_string()], json!({ "experience": job }));
}

#[test]
fn a_patch_in_a_file_is_named_in_messages() {
    let mut edits = Edits::default();
    edits.add_patch("patch.json", "\u{feff}{\n  \"nationalities\": [\"Swedn\"]\n}");
    let problems = edits.apply("{}", &DATA, today()).unwrap_err();
    let expected = "patch.json:2:21: unknown-country: there is no country `Swedn`\n    \
                    help: did you mean `Sweden`?\n";
    assert_eq!(describe(&problems), expected);
}

#[test]
fn a_patch_that_is_no_object_is_refused_as_a_profile() {
    let mut edits = Edits::default();
    edits.add_patch("patch.json", "[1]");
    let problems = edits.apply("{}", &DATA, today()).unwrap_err();
    let expected = "patch.json:1:1: wrong-type: expected an object (a profile), found a list\n";
    assert_eq!(describe(&problems), expected);
}

#[test]
fn what_is_no_edit_is_refused_with_an_example() {
    let help = "help: write as in `languages.fr=C1`, `degrees+=master` or `languages-=fr`";
    for edit in ["languages.fr", "C1", "", "  "] {
        let column = edit.len() - edit.trim_start().len() + 1;
        let message = "syntax: an edit has `=`, `+=` or `-=` between key and value";
        refused(&[edit], &format!("--what-if:1:{column}: {message}\n    {help}"));
    }
}

/// One edit with a mistake, the column and the problem that is reported, with its help.
const MISTAKES: &[(&str, usize, &str)] = &[
    (
        "langauges.fr=C1",
        1,
        "unknown-key: a profile has no key `langauges`\n    help: did you mean `languages`?",
    ),
    (
        "birth_date+=1995",
        1,
        "syntax: `birth_date` holds one value, and `+=` is for lists\n    help: write `birth_date=`",
    ),
    (
        "languages.fr-=C1",
        1,
        "syntax: `languages.fr` holds one value, and `-=` is for lists\n    \
         help: write `languages.fr=`",
    ),
    (
        "birth_date.year=1995",
        12,
        "unknown-key: nothing in `birth_date` is told by name\n    help: write `birth_date=`",
    ),
    (
        "degrees.master=2027",
        9,
        "unknown-key: nothing in `degrees` is told by name\n    \
         help: write `degrees+=` or `degrees-=`",
    ),
    ("degrees+=", 1, "missing-key: nothing stands behind `+=`"),
    ("languages-=", 1, "missing-key: nothing stands behind `-=`"),
    (
        "experience+=employment:2026-12-01",
        13,
        "missing-key: the last day is missing, and the `..` before it\n    \
         help: for a job that goes on, write `employment:2026-12-01..`",
    ),
    (
        "experience+=employment:2026-12-01..2026-11-30",
        36,
        "dates-reversed: the job ends (2026-11-30) before it begins (2026-12-01)",
    ),
    ("experience+=employment:2026..:2", 31, "out-of-range: `share` is 2, outside 0.001 to 1"),
    ("experience+=employment:2026..:x", 31, "wrong-type: expected a number, found a text"),
    (
        "degrees+=mastr:2027-07",
        10,
        "unknown-word: `mastr` is not a word for `level`\n    help: did you mean `master`?",
    ),
    (
        "degrees+=:2027-07",
        10,
        "missing-key: a degree lacks the key `level`\n    \
         help: `level`: level; `postgraduate` = diploma or certificate after a bachelor",
    ),
    (
        "languages.frensh=C1",
        11,
        "unknown-language: there is no language `frensh`\n    help: did you mean `French`?",
    ),
    ("languages+=fr:C1", 12, "duplicate-id: French is listed twice"),
    (
        "languages-=de",
        12,
        "unknown-id: `languages` has no entry `de`\n    help: it holds 1 `English`, 2 `fr`",
    ),
    ("tests-=ielts", 8, "unknown-id: `tests` has no entry `ielts`\n    help: it is told: none"),
    (
        "experience-=3",
        13,
        "unknown-id: `experience` has no entry `3`\n    help: it holds 1 `internship`, 2 `employment`",
    ),
    (
        "degrees-=0",
        10,
        "unknown-id: `degrees` has no entry `0`\n    help: it holds 1 `bachelor`, 2 `master`",
    ),
    ("residences-=SE", 13, "unknown-id: `residences` is not told: nothing can be taken out"),
    (
        "nationalities+=Germny",
        16,
        "unknown-country: there is no country `Germny`\n    help: did you mean `Germany`?",
    ),
    ("birth_date=2030", 12, "future-date: a birth date cannot be later than 2026-11-22"),
    ("tests.toefl-ibt=105@2027", 21, "future-date: a test cannot be later than 2026-11-22"),
    ("tests.toefl-ibt=121", 17, "out-of-range: TOEFL iBT scores lie between 0 and 120"),
    (
        "facts.previous_jop=",
        7,
        "unknown-id: there is no fact `previous_jop`\n    help: did you mean `previous_jpo`?",
    ),
    (
        "facts.previous_jpo=maybe",
        20,
        "wrong-type: `previous_jpo` takes true or false\n    \
         help: write `true` or `false`",
    ),
    ("facts=x", 7, "wrong-type: expected an object of answers, found a text"),
    (
        "{\"birthdate\": null}",
        2,
        "unknown-key: a profile has no key `birthdate`\n    help: write `\"birth_date\"`",
    ),
    ("degrees+=[", 10, "syntax: the text ends in the middle of a list"),
];

#[test]
fn each_mistake_is_shown_in_its_place() {
    for (edit, column, problem) in MISTAKES {
        refused(&[edit], &format!("--what-if:1:{column}: {problem}"));
    }
}

#[test]
fn every_mistake_can_be_underlined() {
    for (edit, ..) in MISTAKES {
        let problems = edits(&[edit]).apply(&told().to_string(), &DATA, today()).unwrap_err();
        for problem in &problems.list {
            assert!(edit.get(problem.span.clone()).is_some(), "{edit}: {:?}", problem.span);
        }
    }
}

#[test]
fn mistakes_of_several_edits_are_reported_at_once_a_line_each() {
    refused(
        &["languages.fr", "languages.es=C1", "birth_date=1995-02-30", "nationalities-=és"],
        "--what-if:1:1: syntax: an edit has `=`, `+=` or `-=` between key and value\n    \
         help: write as in `languages.fr=C1`, `degrees+=master` or `languages-=fr`\n\
         --what-if:3:12: bad-date: `1995-02-30` is not a day of the calendar\n    \
         help: February 1995 has 28 days\n\
         --what-if:4:16: unknown-country: there is no country `és`",
    );
}

#[test]
fn an_edit_writes_itself_in_the_shortest_form() {
    for (told, short) in [
        (" languages.fr = C1 ", "languages.fr=C1"),
        ("languages.fr=", "languages.fr="),
        ("languages+={\"language\": \"fr\"}", "languages+=fr"),
        ("tests+={\"test\": \"ielts\", \"score\": 7.0}", "tests+=ielts:7"),
        ("tests.ielts=7.5@2026", "tests.ielts=7.5@2026"),
        ("experience+=casual:2020..:", "experience+=casual:2020.."),
        ("residences+={\"country\": \"SE\", \"permanent\": true}", "residences+=SE:permanent"),
        ("nationalities=[\"DE\", \"KE\"]", "nationalities=DE,KE"),
        ("nationalities=[]", "nationalities=[]"),
        ("birth_date=\"1995\"", "birth_date=1995"),
        ("facts.military_service=\"completed\"", "facts.military_service=completed"),
        ("degrees+=master:::KE", "degrees+=master:::KE"),
        ("degrees+=[{\"level\": \"master\"}]", "degrees+=master"),
        (
            "degrees+={\"level\": \"master\", \"field\": \"a: b\"}",
            r#"degrees+={"field":"a: b","level":"master"}"#,
        ),
        ("{\"birth_date\":null}", r#"{ "birth_date": null }"#),
    ] {
        assert_eq!(Edit::parse(told).unwrap().to_string(), short, "{told}");
    }
}

/// What an edit makes of a profile is the same when it is written and read once more.
#[track_caller]
fn survives_writing(text: &str, told: &Map<String, Value>) {
    let edit = Edit::parse(text).unwrap();
    let written = edit.to_string();
    assert_eq!(Edit::parse(&written).unwrap(), edit, "{text}");
    let told = Value::Object(told.clone());
    assert_eq!(apply(&told, &[&written]).ok(), apply(&told, &[text]).ok(), "{text} as {written}");
}

#[test]
fn any_entry_of_any_profile_survives_being_written() {
    for_all(60, TAPE, |d| {
        let told = profile(d, &WIDE, 30);
        for (key, value) in profile(d, &WIDE, 30) {
            if let Value::Array(entries) = &value {
                for entry in entries {
                    survives_writing(&format!("{key}+={entry}"), &told);
                }
            }
            survives_writing(&format!("{key}={value}"), &told);
            survives_writing(&json!({ key: value }).to_string(), &told);
        }
    });
}

#[test]
fn edits_do_what_changing_the_profile_by_hand_does() {
    for_all(400, TAPE, |d| {
        let told = profile(d, &WIDE, 30);
        if read(&told, &DATA, today()).is_none() {
            return;
        }
        let mut by_hand = told.clone();
        let mut list = Vec::new();
        let mut expected = None;
        for _ in 0..=d.below(4) {
            list.push(drawn::edit(d, &mut by_hand));
            expected = read(&by_hand, &DATA, today());
            if expected.is_none() {
                break;
            }
        }
        let list: Vec<&str> = list.iter().map(String::as_str).collect();
        for edit in &list {
            survives_writing(edit, &told);
        }
        let found = apply(&Value::Object(told.clone()), &list).ok();
        assert_eq!(found, expected, "{told:?} with {list:?}");
    });
}

/// A random profile with and without a random edit.
fn pair(d: &mut Draws<'_>) -> Option<[Profile; 2]> {
    let told = profile(d, &WIDE, 20);
    let mut changed = told.clone();
    drawn::edit(d, &mut changed);
    Some([read(&told, &DATA, today())?, read(&changed, &DATA, today())?])
}

fn compared<'d>(profiles: &[Profile; 2]) -> (WhatIf, [Vec<Assessment<'d>>; 2]) {
    let [before, after] = profiles.each_ref().map(|told| engine::check(*DATA, told, today()));
    let pairs = before.iter().cloned().zip(after.iter().cloned());
    let pairs: Vec<_> = pairs.map(|(before, after)| BeforeAfter { before, after }).collect();
    let [one, two] = profiles.each_ref().map(|told| Candidate::new(told, today()));
    let what = What { before: &one, after: &two, as_of: today() };
    (WhatIf::new(&DATA, what, Vec::new(), &pairs), [before, after])
}

#[test]
fn a_window_is_listed_if_and_only_if_its_verdict_or_what_that_hangs_on_differs() {
    for_all(60, TAPE, |d| {
        let Some(profiles) = pair(d) else { return };
        let (answer, [before, after]) = compared(&profiles);
        let listed: BTreeMap<&str, _> =
            answer.windows.iter().map(|window| (window.id.as_str(), window)).collect();
        assert_eq!(listed.len(), answer.windows.len(), "a window is listed once");
        for (one, two) in before.iter().zip(&after) {
            let verdicts = (one.verdict.word(), two.verdict.word());
            if let Some(window) = listed.get(one.window.id.as_str()) {
                assert_eq!((window.before, window.after), verdicts);
                assert!(!window.because.is_empty());
            } else {
                assert_eq!(verdicts.0, verdicts.1, "{}", one.window.id);
                assert_eq!(one.decisive(), two.decisive(), "{}", one.window.id);
            }
        }
    });
}

#[test]
fn the_same_profile_differs_nowhere() {
    for_all(10, TAPE, |d| {
        let told = profile(d, &WIDE, 20);
        let Some(profile) = read(&told, &DATA, today()) else { return };
        let (answer, _) = compared(&[profile.clone(), profile]);
        assert_eq!(answer.windows, []);
        assert_eq!(answer.summary.before, answer.summary.after);
    });
}

const FINLAND: &str = "tests/personas/finland.json";

fn summary(args: &[&str]) -> Value {
    let mut words = vec![FINLAND, "--format", "json"];
    words.extend(args);
    answer(&words)["summary"].clone()
}

#[test]
fn the_counts_are_those_of_two_checks() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("what-if");
    fs::create_dir_all(&folder).unwrap();
    let changed = folder.join("changed.json");
    let mut told: Value = serde_json::from_str(&fs::read_to_string(FINLAND).unwrap()).unwrap();
    told["birth_date"] = json!("1990-01-01");
    fs::write(&changed, told.to_string()).unwrap();
    let after = answer(&[changed.to_str().unwrap(), "--format", "json"])["summary"].clone();
    let found = summary(&["--what-if", "birth_date=1990-01-01"]);
    assert_eq!(found, json!({"before": summary(&[]), "after": after}));
}

#[test]
fn a_selection_is_of_the_changed_profile() {
    let edit = [FINLAND, "--what-if", "birth_date=1990-01-01", "--donor", "FI"];
    let listed = |verdict| {
        let found = answer(&[&edit[..], &["--format", "json", "--verdict", verdict]].concat());
        assert_eq!(found["summary"]["before"]["eligible"], 2, "all are counted");
        assert_eq!(found["summary"]["after"]["ineligible"], 2, "all are counted");
        found["windows"].as_array().unwrap().len()
    };
    assert_eq!((listed("ineligible"), listed("eligible")), (2, 0));
}

#[test]
fn what_is_required_is_required_of_the_changed_profile() {
    let code = |edit: &str| {
        run(&[FINLAND, "--donor", "FI", "--require", "open", "--what-if", edit]).status.code()
    };
    assert_eq!(code("id=other"), Some(0));
    assert_eq!(code("birth_date=1990-01-01"), Some(1));
    assert_eq!(code("birth_date=1990-01-32"), Some(2));
}

#[test]
fn every_answer_fits_its_schema() {
    let schema = answer(&["schema", "what-if"]);
    for name in ["finland", "germany-unfinished", "kenya", "nepal-uk", "nobody"] {
        for edit in ["nationalities=DE", "birth_date=1985", "languages.fr=C1", "degrees="] {
            let found = answer(&[&persona(name), "--what-if", edit, "--format", "json"]);
            assert_eq!(faults(&schema, &found), Vec::<String>::new(), "{name} with {edit}");
            assert_eq!(found["what_if"], json!([edit]));
        }
    }
}
