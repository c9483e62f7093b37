//! The shipped rules: complete, sourced, and as the contract lists them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use chrono::NaiveDate;
use jpo_check::dataset::{Dataset, RuleFile};
use jpo_check::engine::{self, Outcome, Verdict};
use jpo_check::profile::Profile;
use jpo_check::rules::{Criterion, Group, Requirement, Rule, Strength, Window};
use jpo_check::vocabulary::{CountryCode, DonorCode, Text, Words};

static DATA: LazyLock<&Dataset> =
    LazyLock::new(|| Dataset::embedded().unwrap_or_else(|problems| panic!("{problems}")));

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Every TOML file below `data/`, by path with `/` between folders.
fn folder() -> BTreeMap<String, String> {
    fn walk(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
            if path.is_dir() {
                walk(&path, &format!("{name}/"), files);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut files = BTreeMap::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data"), "", &mut files);
    files
}

/// Every requirement of a window: its own and those of its calls.
fn requirements(window: &Window) -> impl Iterator<Item = &Requirement> {
    window.requirements.iter().chain(window.calls.iter().flat_map(|call| &call.overrides))
}

#[test]
fn the_shipped_rules_load_without_a_problem() {
    assert_eq!(DATA.donors.len(), 54);
    assert_eq!(DATA.windows.len(), 76);
}

#[test]
fn every_file_of_the_data_folder_is_embedded_unchanged() {
    let embedded: BTreeMap<String, String> = Dataset::embedded_files()
        .iter()
        .map(|file| (file.path.to_owned(), file.text.to_owned()))
        .collect();
    assert_eq!(embedded.keys().collect::<Vec<_>>(), folder().keys().collect::<Vec<_>>());
    assert_eq!(embedded, folder());
}

#[test]
fn the_folder_and_the_embedded_rules_have_one_version() {
    let files = folder();
    let list: Vec<RuleFile<'_>> =
        files.iter().map(|(path, text)| RuleFile { path, text }).collect();
    assert_eq!(Dataset::load(&list).unwrap().version, DATA.version);
}

#[test]
fn another_text_is_another_version() {
    let mut files = folder();
    files.get_mut("donors/fi.toml").unwrap().push_str("\n# looked at\n");
    let list: Vec<RuleFile<'_>> =
        files.iter().map(|(path, text)| RuleFile { path, text }).collect();
    assert_ne!(Dataset::load(&list).unwrap().version, DATA.version);
}

/// The ids by which scripts name the windows.
const WINDOWS: &[&str] = &[
    "ae-desa",
    "ae-undp-unicef",
    "at-nationals",
    "au-aps",
    "az-nationals",
    "be-dc",
    "be-nationals-eu",
    "be-worldbank",
    "bh-nationals",
    "br-nationals",
    "ca-desa",
    "ca-nationals",
    "ch-ifi-nationals",
    "ch-un-nationals",
    "cn-hksar-officers",
    "cn-macao-officers",
    "cn-nationals",
    "cz-nationals",
    "dcc-trust-fund",
    "de-nationals",
    "dk-nationals",
    "ee-nationals",
    "eg-nationals",
    "es-nationals",
    "fi-nationals",
    "fi-worldbank",
    "fr-nationals",
    "gb-nationals",
    "gr-undp",
    "hu-nationals",
    "ie-nationals",
    "il-nationals",
    "in-nationals",
    "is-desa",
    "is-nationals",
    "it-developing",
    "it-nationals",
    "je-unhcr",
    "jp-mofa",
    "jp-organisations",
    "kp-nationals",
    "kr-adb",
    "kr-nationals",
    "kr-worldbank",
    "kw-undp",
    "kz-nationals",
    "li-nationals",
    "lu-nationals-residents",
    "ma-nationals",
    "mc-nationals",
    "mn-nationals",
    "ng-undp",
    "nl-dc",
    "nl-nationals",
    "no-nationals",
    "nz-nationals",
    "oif-nationals",
    "pl-nationals",
    "pt-nationals",
    "qa-nationals",
    "qa-unesco",
    "ru-nationals",
    "sa-misk-undp",
    "sa-nationals",
    "se-nationals-residents",
    "se-unfpa-midwives",
    "sg-fao",
    "sg-nationals",
    "si-nationals",
    "sk-nationals",
    "tr-nationals",
    "us-bha-ocha",
    "us-iaea",
    "us-io-jpo",
    "us-prm-unhcr",
    "za-nationals",
];

#[test]
fn window_ids_are_stable() {
    let mut found: Vec<&str> = DATA.windows.iter().map(|window| window.id.as_str()).collect();
    found.sort_unstable();
    assert_eq!(found, WINDOWS);
}

/// The donors that the UN's lists of 2023 and 2024 name, by the names used there.
const LISTED_BY_THE_UN: &[&str] = &[
    "Australia",
    "Austria",
    "Bahrain",
    "Belgium",
    "Canada",
    "China",
    "DPRK",
    "Denmark",
    "Egypt",
    "Estonia",
    "Finland",
    "France",
    "Germany",
    "Hungary",
    "Iceland",
    "Israel",
    "Italy",
    "Japan",
    "Kazakhstan",
    "Kuwait",
    "Liechtenstein",
    "Luxembourg",
    "Mongolia",
    "Morocco",
    "Netherlands",
    "New Zealand",
    "Norway",
    "Poland",
    "Qatar",
    "Republic of Korea",
    "Russian Federation",
    "Saudi Arabia",
    "Singapore",
    "South Africa",
    "Spain",
    "Sweden",
    "Switzerland",
    "Turkey",
    "USA",
    "United Arab Emirates",
    "United Kingdom",
];

#[test]
fn every_donor_that_the_un_lists_has_a_window() {
    assert_eq!(LISTED_BY_THE_UN.len(), 41);
    let listed = &DATA.sources.get("un-desa-2024").unwrap().says;
    for name in LISTED_BY_THE_UN {
        assert!(listed.contains(name), "{name} is not on the list");
        let code = DATA.countries.find(name).unwrap().code.to_string();
        let (donor, _) = DATA.donors.iter().find(|(known, _)| known.as_str() == code).expect(name);
        let windows = DATA.windows.iter().filter(|window| window.donors.contains(donor)).count();
        assert!(windows > 0, "{name} has no window");
    }
}

#[test]
fn every_donor_has_a_window_of_its_own_file() {
    for code in DATA.donors.keys() {
        assert!(DATA.windows.iter().any(|window| window.donors[0] == *code), "{code}");
    }
}

#[test]
fn the_trust_fund_is_one_window_of_two_donors() {
    let shared: Vec<_> = DATA.windows.iter().filter(|window| window.donors.len() > 1).collect();
    assert_eq!(shared.len(), 1);
    assert_eq!(shared[0].id, "dcc-trust-fund");
    let donors: Vec<&str> = shared[0].donors.iter().map(DonorCode::as_str).collect();
    assert_eq!(donors, ["DE", "CH"]);
}

#[test]
fn every_source_of_a_requirement_can_be_looked_up_and_dated() {
    let mut wrong = Vec::new();
    for window in &DATA.windows {
        for requirement in requirements(window) {
            for reading in &requirement.readings {
                if reading.sources.is_empty() {
                    wrong.push(format!("{}: {} has no source", window.id, requirement.part));
                }
            }
            for id in requirement.sources() {
                match DATA.sources.get(id) {
                    Some(source) if source.url.is_some() || source.dated.is_some() => {}
                    _ => wrong.push(format!("{}: {id}", window.id)),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_source_is_to_be_looked_at_again_after_it_was_checked() {
    for source in DATA.sources.values() {
        let again = source.recheck_by.unwrap_or_else(|| panic!("{} has no day", source.id));
        assert!(again > source.checked, "{}", source.id);
        assert!(source.checked <= day("2026-11-22"), "{}", source.id);
    }
}

#[test]
fn no_source_of_a_donor_is_unused() {
    let mut used: BTreeSet<&Text> = BTreeSet::new();
    for window in &DATA.windows {
        used.extend(requirements(window).flat_map(Requirement::sources));
        used.extend(window.calls.iter().flat_map(|call| &call.sources));
        used.extend(window.recurring.iter().flat_map(|r| &r.sources));
    }
    let mut unused = Vec::new();
    for (path, text) in folder() {
        let Some(stem) = path.strip_prefix("donors/").and_then(|name| name.strip_suffix(".toml"))
        else {
            continue;
        };
        for table in text.split("[[source]]").skip(1) {
            let id = table.split('"').nth(1).unwrap();
            if !used.contains(&Text::from(format!("{stem}/{id}"))) {
                unused.push(format!("{path}: {id}"));
            }
        }
    }
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn every_criterion_and_strength_is_used() {
    let all = || DATA.windows.iter().flat_map(requirements);
    for (word, criterion) in Criterion::WORDS {
        assert!(all().any(|r| r.part.criterion() == *criterion), "{word}");
    }
    for (word, strength) in Strength::WORDS {
        assert!(all().any(|r| r.strength == *strength), "{word}");
    }
}

#[test]
fn every_kind_of_rule_is_used() {
    let name = |rule: &Rule| match rule {
        Rule::NoRequirement => "no requirement",
        Rule::Unstated => "by vacancy",
        Rule::NotOnRecord => "not on record",
        Rule::Sponsorship(_) => "sponsorship",
        Rule::Nationality(_) => "nationality",
        Rule::Age(_) => "age",
        Rule::Degree(_) => "degree",
        Rule::Experience(_) => "experience",
        Rule::Qualification(_) => "qualification",
        Rule::Language(_) => "languages",
        Rule::Condition(_) => "condition",
        Rule::Text(_) => "text",
    };
    let own = DATA.windows.iter().flat_map(requirements);
    let found = engine::check(&DATA, &Profile::default(), day("2026-11-22"));
    let in_force = found.iter().flat_map(|window| &window.findings).map(|f| f.requirement);
    let used: BTreeSet<&str> = own
        .chain(in_force)
        .flat_map(|requirement| &requirement.readings)
        .map(|reading| name(&reading.rule))
        .collect();
    let all = [
        "age",
        "by vacancy",
        "condition",
        "degree",
        "experience",
        "languages",
        "nationality",
        "no requirement",
        "not on record",
        "qualification",
        "sponsorship",
        "text",
    ];
    assert_eq!(used.into_iter().collect::<Vec<_>>(), all);
}

#[test]
fn every_declared_fact_is_asked_by_some_window() {
    let rules = format!("{:?}", DATA.windows.iter().flat_map(requirements).collect::<Vec<_>>());
    let idle: Vec<&str> = DATA
        .facts
        .iter()
        .map(|fact| fact.id.as_str())
        // No donor on record asks for it, but candidates keep telling it.
        .filter(|id| *id != "previous_jpo")
        .filter(|id| !rules.contains(&format!("\"{id}\"")))
        .collect();
    assert!(idle.is_empty(), "{idle:?}");
}

#[test]
fn every_window_has_one_sponsorship_and_one_nationality() {
    for window in &DATA.windows {
        for criterion in [Criterion::Sponsorship, Criterion::Nationality] {
            let count = window
                .requirements
                .iter()
                .filter(|r| r.part.criterion() == criterion && r.strength.decides())
                .count();
            assert_eq!(count, 1, "{}: {criterion}", window.id);
        }
    }
}

#[test]
fn who_tells_nothing_is_shut_out_only_where_nobody_is_taken() {
    for found in engine::check(&DATA, &Profile::default(), day("2026-11-22")) {
        let nobody = found.findings.iter().any(|finding| {
            finding.requirement.part.criterion() == Criterion::Sponsorship
                && finding.outcome == Outcome::Unmet
        });
        assert_eq!(found.verdict == Verdict::Ineligible, nobody, "{}", found.window.id);
    }
}

fn group(id: &str) -> &'static Group {
    &DATA.groups[id]
}

/// The members on a day, and those behind a contested end.
fn members(group: &Group, on: NaiveDate) -> (BTreeSet<CountryCode>, BTreeSet<CountryCode>) {
    let (mut inside, mut contested) = (BTreeSet::new(), BTreeSet::new());
    for (country, membership) in &group.members {
        if membership.from.is_some_and(|from| on < from) {
            continue;
        }
        match membership.leaves {
            Some((leaves, _)) if on < leaves => {}
            Some((_, leaving)) => {
                if leaving.word() == "contested" {
                    contested.insert(*country);
                }
                continue;
            }
            None => {}
        }
        inside.insert(*country);
    }
    (inside, contested)
}

fn codes(list: &[&str]) -> BTreeSet<CountryCode> {
    list.iter().map(|code| CountryCode::new(code).unwrap()).collect()
}

#[test]
fn there_are_44_least_developed_countries_until_the_day_of_graduation() {
    for on in ["2026-11-21", "2026-11-23"] {
        let (inside, contested) = members(group("ldc"), day(on));
        assert_eq!(inside.len(), 44, "{on}");
        assert!(contested.is_empty(), "{on}");
    }
}

#[test]
fn three_graduations_are_contested_from_the_day_itself() {
    let (inside, contested) = members(group("ldc"), day("2026-11-24"));
    assert_eq!(contested, codes(&["BD", "LA", "NP"]));
    assert_eq!(inside.len(), 41);
}

#[test]
fn the_european_union_has_27_members_and_the_economic_area_30() {
    let on = day("2026-11-22");
    assert_eq!(members(group("eu"), on).0.len(), 27);
    assert_eq!(members(group("eea"), on).0.len(), 30);
    assert_eq!(members(group("efta"), on).0, codes(&["CH", "IS", "LI", "NO"]));
}

#[test]
fn italys_last_list_has_56_states() {
    assert_eq!(group("it-jpo-56").members.len(), 56);
}
