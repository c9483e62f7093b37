//! What to apply to, when, and what binds the choice.

use std::fmt::Write as _;

use chrono::Months;
use jpo_check::dataset::{Dataset, RuleFile};
use jpo_check::engine::{self, Candidate};
use jpo_check::plan::Plan;
use jpo_check::profile::Profile;
use jpo_check::render::{self, Width};
use jpo_check::report::{
    Ask, Detail, PlanLimit, PlanReport, PlanWindow, Report, SpanReport, YEARS_AHEAD,
};
use serde_json::Value;

use crate::cli::{persona, run};
use crate::json::faults;
use crate::malformed::{Files, base, describe};
use crate::properties::day;

/// Donors' windows of a small data set, each with what it says of its call.
fn rules(windows: &[(&str, &str)], beside: &str) -> Dataset {
    let mut donor = String::from(
        "format = 1\ncode = \"SE\"\nname = \"Sweden\"\n[[source]]\nid = \"sida\"\n\
         publisher = \"Sida\"\nchecked = 2026-11-21\nkind = \"official\"\nsays = \"All.\"\n",
    );
    for (id, call) in windows {
        write!(
            donor,
            "[[window]]\nid = \"{id}\"\ntitle = \"{id}\"\nprogramme = \"unicef\"\n\
             hosts = [\"un-system\"]\n{call}\n[window.sponsorship]\nstatus = \"active\"\n\
             source = \"sida\"\n[window.nationality]\nnational_of = [\"SE\"]\nsource = \"sida\"\n"
        )
        .unwrap();
        for part in ["age", "degree", "experience", "languages"] {
            write!(donor, "[window.{part}]\nno_requirement = true\nsource = \"sida\"\n").unwrap();
        }
    }
    donor.push_str(beside);
    let mut files = base();
    files.insert("donors/se.toml".to_owned(), donor);
    programme(&mut files, "months_to_entry = { min = 4, max = 5, from = \"close\" }");
    load(&files)
}

fn programme(files: &mut Files, months: &str) {
    let text = format!("format = 1\nid = \"unicef\"\nname = \"UNICEF\"\n{months}\n");
    files.insert("programmes/unicef.toml".to_owned(), text);
}

fn load(files: &Files) -> Dataset {
    let list: Vec<RuleFile<'_>> =
        files.iter().map(|(path, text)| RuleFile { path, text }).collect();
    Dataset::load(&list).unwrap_or_else(|problems| panic!("{}", describe(&problems)))
}

fn plan(data: &Dataset, profile: &str, as_of: &str) -> PlanReport {
    let as_of = day(as_of);
    let profile = Profile::parse(profile, "me.json", data, as_of)
        .unwrap_or_else(|problems| panic!("{}", describe(&problems)));
    let windows: Vec<_> = data.windows.iter().collect();
    let candidate = Candidate::new(&profile, as_of);
    let assessments = engine::assess_all(data, &windows, &candidate, as_of);
    let horizon = as_of + Months::new(12 * YEARS_AHEAD);
    let plan = Plan::new(data, &candidate, (as_of, horizon), &assessments);
    PlanReport::new(data, &plan, &candidate, as_of)
}

/// The plan of a Swede by rules whose windows are all Swedish.
fn swede(windows: &[(&str, &str)], beside: &str) -> PlanReport {
    plan(&rules(windows, beside), r#"{"nationalities": ["SE"]}"#, "2026-11-22")
}

fn shipped(profile: &str) -> PlanReport {
    plan(Dataset::embedded().unwrap(), profile, "2026-11-22")
}

fn of<'r>(report: &'r PlanReport, id: &str) -> &'r PlanWindow {
    report.windows.iter().find(|window| window.id == id).unwrap()
}

/// The limits over a window, without those that cannot bind.
fn over<'r>(report: &'r PlanReport, id: &str) -> Vec<&'r PlanLimit> {
    let over = |limit: &&PlanLimit| {
        limit.bearing != "idle" && limit.windows.iter().any(|window| window == id)
    };
    report.limits.iter().filter(over).collect()
}

const ROLLING: &str = "rolling = true";

fn call(opens: &str, closes: &str) -> String {
    format!("[[window.call]]\nopens = {opens}\ncloses = {closes}\n")
}

#[test]
fn windows_are_sorted_by_close_then_opening_then_id_and_those_without_a_day_come_last() {
    let late = call("2026-11-01", "2027-03-31");
    let (early, opens_later) = (call("2026-11-20", "2026-12-31"), call("2026-12-01", "2026-12-31"));
    let over = call("2025-01-01", "2025-01-31");
    let report = swede(
        &[
            ("a-over", &over),
            ("b-late", &late),
            ("c-rolling", ROLLING),
            ("d-opens-later", &opens_later),
            ("f-early", &early),
            ("e-early", &early),
        ],
        "",
    );
    let ids: Vec<&str> = report.windows.iter().map(|window| window.id.as_str()).collect();
    assert_eq!(ids, ["e-early", "f-early", "d-opens-later", "b-late", "c-rolling", "a-over"]);
}

#[test]
fn windows_that_hang_on_something_come_after_those_that_are_open() {
    let data = rules(&[("rolling", ROLLING), ("dated", &call("2026-11-01", "2026-12-31"))], "");
    let report = plan(&data, r#"{"nationalities": ["SE"], "birth_date": "1995"}"#, "2026-11-22");
    assert!(report.windows.iter().all(|window| window.open));
    let nobody = plan(&data, "{}", "2026-11-22");
    let hanging: Vec<&PlanWindow> = nobody.windows.iter().filter(|w| !w.open).collect();
    assert_eq!(hanging.len(), nobody.windows.len());
    assert_eq!(of(&nobody, "dated").tell, ["nationalities"]);
    assert_eq!(of(&nobody, "dated").hangs_on, ["nationality"]);
}

#[test]
fn a_window_that_shuts_before_its_call_closes_is_applied_to_by_then() {
    let age = "[window.call.age]\nmax = 30\non = \"application\"\nsource = \"sida\"\n";
    let first = call("2026-11-01", "2027-03-31") + age;
    let data = rules(&[("first", &first), ("second", &call("2026-11-01", "2027-03-01"))], "");
    let born = r#"{"nationalities": ["SE"], "birth_date": "1996-02-10"}"#;
    let report = plan(&data, born, "2026-11-22");
    let (first, second) = (of(&report, "first"), of(&report, "second"));
    assert_eq!(first.apply_by.as_deref(), Some("2027-02-09"));
    let shut = first.shut.as_ref().unwrap();
    assert_eq!((shut.from.as_str(), shut.because[0].criterion), ("2027-02-10", "age"));
    assert_eq!((second.apply_by.as_deref(), &second.shut), (Some("2027-03-01"), &None));
    assert_eq!(report.windows[0].id, "first", "the day counts where windows are sorted");
}

#[test]
fn ineligible_windows_are_left_out() {
    let report = plan(&rules(&[("se", ROLLING)], ""), r#"{"nationalities": ["NP"]}"#, "2026-11-22");
    assert_eq!(report.windows, []);
}

#[test]
fn entry_on_duty_is_counted_from_the_day_that_the_programme_names() {
    let days = |months: &str, call: &str| {
        let mut files = base();
        programme(&mut files, months);
        let text = files["donors/fi.toml"]
            .replace("\"un-desa\"", "\"unicef\"")
            .replace("[window.sponsorship]", &format!("{call}\n[window.sponsorship]"));
        files.insert("donors/fi.toml".to_owned(), text);
        let report = plan(&load(&files), "{}", "2026-11-22");
        let entry = of(&report, "fi-nationals").entry.clone();
        entry.map(|entry| {
            format!("{} {} {} {}", entry.from, entry.to, entry.counted_from, entry.assumed)
        })
    };
    let close = "months_to_entry = { min = 4, max = 5, from = \"close\" }";
    let publication = "months_to_entry = { min = 4, max = 5, from = \"publication\" }";
    let dated = call("2026-11-01", "2026-12-31");
    let table = [
        (close, dated.as_str(), Some("2027-04-30 2027-05-31 close false")),
        (publication, &dated, Some("2027-03-01 2027-04-01 publication false")),
        // Without months on record, the usual 6 to 12 after the close.
        ("", &dated, Some("2027-06-30 2027-12-31 close true")),
        (publication, ROLLING, Some("2027-03-22 2027-04-22 application false")),
        ("", ROLLING, Some("2027-05-22 2027-11-22 application true")),
        (close, "", None),
    ];
    for (months, call, expected) in table {
        assert_eq!(days(months, call).as_deref(), expected, "{months} {call}");
    }
}

#[test]
fn nobody_begins_before_the_call_closes() {
    let mut files = base();
    programme(&mut files, "months_to_entry = { min = 1, max = 2, from = \"publication\" }");
    let long = call("2026-01-01", "2026-12-31");
    let text = files["donors/fi.toml"]
        .replace("\"un-desa\"", "\"unicef\"")
        .replace("[window.sponsorship]", &format!("{long}\n[window.sponsorship]"));
    files.insert("donors/fi.toml".to_owned(), text);
    let report = plan(&load(&files), "{}", "2026-11-22");
    let entry = of(&report, "fi-nationals").entry.clone().unwrap();
    assert_eq!((entry.from.as_str(), entry.to.as_str()), ("2026-12-31", "2026-12-31"));
}

/// At most one of the two windows in a year.
fn one_a_year(windows: [&str; 2]) -> String {
    format!(
        "[[limit]]\nwindows = {windows:?}\nat_most = 1\nof = \"windows\"\nper = \"year\"\n\
         source = \"sida\"\nwording = \"one track a year\"\n"
    )
}

#[test]
fn one_track_a_year_binds_within_the_year() {
    let (now, soon) = (call("2026-11-01", "2026-12-31"), call("2026-12-01", "2027-01-31"));
    let report = swede(&[("one", &now), ("two", &soon)], &one_a_year(["one", "two"]));
    let [limit] = report.limits.as_slice() else { panic!("{:#?}", report.limits) };
    assert_eq!(limit.bearing, "binds");
    assert_eq!(limit.follows.as_deref(), Some("Choose one of one, two in 2026."));
}

#[test]
fn one_track_a_year_does_not_bind_two_years() {
    let (now, next) = (call("2026-11-01", "2026-12-31"), call("2027-01-01", "2027-01-31"));
    let report = swede(&[("one", &now), ("two", &next)], &one_a_year(["one", "two"]));
    assert_eq!(report.limits, []);
}

#[test]
fn a_window_whose_day_is_not_known_may_fall_into_the_year() {
    let now = call("2026-11-01", "2026-12-31");
    let report = swede(&[("one", &now), ("two", "")], &one_a_year(["one", "two"]));
    assert_eq!(report.limits[0].bearing, "may_bind");
}

#[test]
fn a_limit_over_windows_needs_two_that_are_left() {
    let data = rules(&[("one", ROLLING), ("two", ROLLING)], &one_a_year(["one", "two"]));
    let report = plan(&data, r#"{"nationalities": ["NP"]}"#, "2026-11-22");
    assert_eq!(report.limits, []);
}

#[test]
fn a_limit_may_name_the_window_of_a_donor_that_it_names() {
    let limit =
        one_a_year(["one", "fi-nationals"]).replace("at_most", "with_donors = [\"FI\"]\nat_most");
    let report = plan(
        &rules(&[("one", ROLLING)], &limit),
        r#"{"nationalities": ["SE", "FI"], "birth_date": "1995-01-01"}"#,
        "2026-11-22",
    );
    assert_eq!(report.limits[0].windows, ["one", "fi-nationals"]);
}

const ITALIAN: &str = r#"{"nationalities": ["IT"], "birth_date": "1999-04-12",
    "degrees": [{"level": "master", "awarded": "2023-06-30", "field": "law"}],
    "languages": [{"language": "en", "level": "C1"}, {"language": "it", "level": "native"}]}"#;

#[test]
fn an_italian_is_told_of_three_posts_in_one_call() {
    let report = shipped(ITALIAN);
    let limits = over(&report, "it-nationals");
    let follows: Vec<&str> = limits.iter().filter_map(|limit| limit.follows.as_deref()).collect();
    assert_eq!(follows, ["Choose at most 3 posts in one call, in it-nationals."]);
}

#[test]
fn a_korean_is_told_of_two_posts_in_one_year() {
    let report = shipped(r#"{"nationalities": ["KR"], "birth_date": "1999-04-12"}"#);
    let [limit] = over(&report, "kr-nationals")[..] else { panic!("{:#?}", report.limits) };
    assert!(
        limit.follows.as_ref().unwrap().ends_with("at most 2 posts in one year, in kr-nationals.")
    );
}

const JAPANESE: &str = r#"{"nationalities": ["JP"], "birth_date": "1999-04-12",
    "degrees": [{"level": "master", "awarded": "2023-06-30"}],
    "experience": [{"kind": "employment", "from": "2023-07-01", "to": null}],
    "languages": [{"language": "en", "level": "C1"}],
    "tests": [{"test": "toefl-ibt", "score": 100, "taken": "2026-06-01"}]}"#;

#[test]
fn a_japanese_is_told_to_choose_one_track_and_that_it_is_implied() {
    let report = shipped(JAPANESE);
    let [tracks, hosts] = over(&report, "jp-mofa")[..] else { panic!("{:#?}", report.limits) };
    assert_eq!(
        (tracks.follows.as_deref(), tracks.implied),
        (Some("Choose one of jp-mofa, jp-organisations in 2027."), true)
    );
    assert!(hosts.says.starts_with("at most 3 hosts in one call") && !hosts.implied);
}

fn dutch_and(other: &str) -> PlanReport {
    let nationalities = format!(r#"["NL"{other}]"#);
    shipped(&format!(
        r#"{{"nationalities": {nationalities}, "birth_date": "1995-04-12",
        "degrees": [{{"level": "master", "awarded": "2020-06-30", "country": "ET"}}],
        "experience": [{{"kind": "employment", "from": "2023-07-01", "to": "2026-06-30"}}],
        "languages": [{{"language": "en", "level": "C1"}}],
        "facts": {{"dutch_funded_jpo": false, "previous_jpo": false,
            "university_on_dutch_list": true}}}}"#
    ))
}

#[test]
fn a_dual_national_is_told_which_nationality_leaves_which_window_open() {
    let report = dutch_and(r#", "ET""#);
    let dutch = over(&report, "nl-dc").into_iter().find(|l| l.sources[0] == "nl/nedworc-faq");
    assert_eq!(
        dutch.unwrap().follows.as_deref(),
        Some(
            "Choose one nationality before you enter, it stays: Ethiopian (nl-dc) or Dutch \
             (nl-nationals)."
        )
    );
}

#[test]
fn one_nationality_alone_binds_nobody() {
    let report = dutch_and("");
    assert!(over(&report, "nl-nationals").is_empty(), "{:#?}", report.limits);
}

#[test]
fn a_second_nationality_that_opens_nothing_binds_nobody() {
    let report = dutch_and(r#", "BR""#);
    let limits = over(&report, "nl-nationals");
    assert!(limits.iter().all(|limit| limit.bearing != "binds"), "{limits:#?}");
}

#[test]
fn a_programme_without_months_or_steps_says_so() {
    let files = {
        let mut files = base();
        let text = files["donors/fi.toml"].replace("title =", "rolling = true\ntitle =");
        files.insert("donors/fi.toml".to_owned(), text);
        files
    };
    let finn = r#"{"nationalities": ["FI"], "birth_date": "1996-04-12"}"#;
    let report = plan(&load(&files), finn, "2026-11-22");
    assert_eq!(
        (&report.programmes[0].months_to_entry, report.programmes[0].steps.len()),
        (&None, 0)
    );
    let text = render::plan(&report, Width::Columns(80));
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains(
            "UN JPO Programme: steps and months not on record. 6 to 12 months after the close \
             are assumed."
        ),
        "{text}"
    );
}

#[test]
fn a_plan_asks_for_what_a_check_asks_for() {
    let (data, as_of) = (Dataset::embedded().unwrap(), day("2026-11-22"));
    let windows: Vec<_> = data.windows.iter().collect();
    let half_told = r#"{"nationalities": ["NP", "GB"], "birth_date": "1997-02",
        "degrees": [{"level": "master"}], "experience": [{"kind": "internship", "from": "2020"}]}"#;
    for told in ["{}", half_told, ITALIAN, r#"{"nationalities": ["NG"]}"#] {
        let profile = Profile::parse(told, "me.json", data, as_of).unwrap();
        let candidate = Candidate::new(&profile, as_of);
        let found = engine::assess_all(data, &windows, &candidate, as_of);
        let check = Report::new(data, Ask::new(&candidate, as_of, Detail::Whole), &found);
        for window in shipped(told).windows {
            let asked = check.ask.iter().filter(|question| question.windows.contains(&window.id));
            let asked: Vec<&str> = asked.map(|question| question.fact.as_str()).collect();
            assert_eq!(window.tell, asked, "{} of {told}", window.id);
        }
    }
}

/// A Japanese whose master's is not awarded yet.
const STUDENT: &str = r#"{"nationalities": ["JP"], "birth_date": "1999-04-12",
    "degrees": [{"level": "master", "field": "law", "awarded": "2027-09-20"}],
    "experience": [{"kind": "employment", "from": "2022-04-01", "to": null}],
    "languages": [{"language": "ja", "level": "native"}, {"language": "en", "level": "C2"}],
    "residences": [], "tests": [{"test": "toefl-ibt", "score": 105, "taken": "2026-10-01"}],
    "facts": {"previous_jpo": false}}"#;

#[test]
fn windows_that_are_shut_today_are_named_if_and_only_if_their_timeline_opens() {
    let (data, as_of) = (Dataset::embedded().unwrap(), day("2026-11-22"));
    let windows: Vec<_> = data.windows.iter().collect();
    let mut named = 0;
    for told in [STUDENT, JAPANESE, ITALIAN, "{}"] {
        let later: Vec<(String, String)> = shipped(told)
            .later
            .iter()
            .map(|later| (later.opens.from.clone(), later.id.to_string()))
            .collect();
        let profile = Profile::parse(told, "me.json", data, as_of).unwrap();
        let candidate = Candidate::new(&profile, as_of);
        let found = engine::assess_all(data, &windows, &candidate, as_of);
        let report = Report::new(data, Ask::new(&candidate, as_of, Detail::Timelines), &found);
        let shut = report.windows.iter().filter(|window| window.verdict == "ineligible");
        let mut expected: Vec<(String, String)> = shut
            .filter_map(|window| {
                let open = |span: &&SpanReport| matches!(span.verdict, "eligible" | "likely");
                Some((window.timeline.iter().find(open)?.from.clone(), window.id.to_string()))
            })
            .collect();
        expected.sort();
        assert_eq!(later, expected, "{told}");
        named += later.len();
    }
    assert!(named >= 2, "only {named} windows open later");
}

#[test]
fn a_window_that_opens_later_is_named_with_what_opens_it() {
    let text = render::plan(&shipped(STUDENT), Width::Columns(80));
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = "Open to you later jp-mofa eligible 2027-03-04 to 2028-03-03 qualification: \
                master's awarded on 2027-09-20";
    assert!(anstream::adapter::strip_str(&words).to_string().contains(said), "{text}");
}

#[test]
fn the_text_keeps_to_its_width_and_cuts_no_id() {
    for report in [shipped(JAPANESE), shipped(STUDENT), dutch_and(r#", "ET""#), shipped("{}")] {
        for columns in [40, 80, 100] {
            let text =
                anstream::adapter::strip_str(&render::plan(&report, Width::Columns(columns)))
                    .to_string();
            for line in text.lines() {
                let long_word = line.split_whitespace().any(|word| word.len() + 14 > columns);
                assert!(line.chars().count() <= columns || long_word, "{columns}: {line}");
            }
            let open = report.windows.iter().filter(|window| window.open);
            assert!(open.clone().all(|window| text.contains(window.id.as_str())), "{text}");
        }
    }
}

#[test]
fn every_plan_fits_the_schema_of_plans() {
    let schema: Value = serde_json::from_slice(&run(&["schema", "plan"]).stdout).unwrap();
    for name in ["finland", "kenya", "nepal-uk", "nobody"] {
        let args = ["plan", &persona(name), "--format", "json"];
        let plan: Value = serde_json::from_slice(&run(&args).stdout).unwrap();
        assert_eq!(faults(&schema, &plan), Vec::<String>::new(), "{name}");
    }
}
