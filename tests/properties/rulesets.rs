//! Small random rule sets, written as files and loaded as any others.

use jpo_check::dataset::{Dataset, RuleFile};

use super::draws::Draws;

const COUNTRIES: &[&str] = &["DE", "FI", "KE", "NP"];
const GROUPS: &[&str] = &["ga", "gb", "gc"];
const LANGUAGES: &[&str] = &["en", "fr", "sv"];
const LEVELS: &[&str] = &["B2", "C1", "A2", "very good", "satisfactory", "fluent", "native"];
const FIELDS: &[&str] = &["law", "medicine"];
const FLAGS: &[&str] = &["previous_jpo", "jersey_link"];
const KINDS: &[&str] = &[
    "employment",
    "self_employment",
    "internship",
    "volunteering",
    "un_volunteer",
    "doctoral_research",
    "military",
    "casual",
];

/// A requirement as the values of an inline table, with the key of its table.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub(crate) part: &'static str,
    pub(crate) body: String,
}

/// One window, before it is written.
#[derive(Debug, Clone)]
pub(crate) struct WindowText {
    pub(crate) requirements: Vec<Written>,
    pub(crate) calls: String,
}

impl WindowText {
    /// A window whose sponsorship is active, with the tables given, and no limit of nationality
    /// unless there is one among them.
    pub(crate) fn of(tables: &[(&'static str, &str)]) -> Self {
        let mut given = vec![("sponsorship", "status = \"active\"")];
        if !tables.iter().any(|(part, _)| *part == "nationality") {
            given.push(("nationality", "no_requirement = true"));
        }
        given.extend(tables);
        let written = |(part, body): &(&'static str, &str)| Written {
            part,
            body: format!("source = \"s\", {body}"),
        };
        Self { requirements: given.iter().map(written).collect(), calls: String::new() }
    }

    /// The window with a statement that nothing is asked of each part that it says nothing of.
    pub(crate) fn asking_nothing_else(mut self) -> Self {
        let has = |window: &Self, part| window.requirements.iter().any(|own| own.part == part);
        let pairs = has(&self, "qualification");
        for part in ["age", "degree", "experience", "languages"] {
            let said = has(&self, part) || (pairs && ["degree", "experience"].contains(&part));
            if !said {
                let body = "source = \"s\", no_requirement = true".to_owned();
                self.requirements.push(Written { part, body });
            }
        }
        self
    }
}

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
const SHIPPED: &[&str] = &[
    "countries.toml",
    "languages.toml",
    "fields.toml",
    "hosts.toml",
    "facts.toml",
    "sources.toml",
];

/// The reference files that are shipped, with room for a programme, groups and a donor.
pub(crate) struct Loader {
    shipped: Vec<(String, String)>,
}

impl Loader {
    pub(crate) fn new() -> Self {
        let read = |name: &&str| {
            let text = std::fs::read_to_string(format!("{DATA}/{name}")).unwrap();
            ((*name).to_owned(), text)
        };
        Self { shipped: SHIPPED.iter().map(read).collect() }
    }

    /// Loads the shipped reference files with the files given.
    pub(crate) fn load(&self, files: &[(String, String)]) -> Dataset {
        let all = self.shipped.iter().chain(files);
        let files: Vec<RuleFile<'_>> = all.map(|(path, text)| RuleFile { path, text }).collect();
        Dataset::load(&files).unwrap_or_else(|problems| {
            let said: Vec<String> = problems.list.iter().map(|p| format!("{p:?}")).collect();
            panic!("the rules do not load:\n{}", said.join("\n"))
        })
    }
}

const SOURCE: &str = r#"
[[source]]
id = "s"
publisher = "A ministry"
checked = 2026-11-21
kind = "official"
says = "What is asked."
"#;

/// Writes the files of a rule set with windows `w0`, `w1` and so on.
pub(crate) fn files(windows: &[WindowText], programme: &[Written]) -> Vec<(String, String)> {
    let mut donor = format!("format = 1\ncode = \"SE\"\nname = \"Sweden\"\n{SOURCE}\n");
    for (at, window) in windows.iter().enumerate() {
        let head = format!(
            "[[window]]\nid = \"w{at}\"\ntitle = \"W\"\nprogramme = \"p\"\n\
             hosts = [\"undp\"]\n"
        );
        donor += &head;
        donor += &tables(&window.requirements);
        donor += &window.calls;
    }
    let usual = format!("format = 1\nid = \"p\"\nname = \"P\"\n{}{SOURCE}", tables(programme));
    let group = |id: &str, rest: &str| {
        let text = format!("format = 1\nid = \"{id}\"\nname = \"{id}\"\n{rest}{SOURCE}");
        (format!("groups/{id}.toml"), text)
    };
    let member = |code: &str, rest: &str| {
        format!("[[member]]\ncountry = \"{code}\"\nsource = \"s\"\n{rest}\n")
    };
    let ga = member("DE", "")
        + &member("NP", "leaves = 2026-11-24\nleaving = \"contested\"")
        + &member("FI", "from = 2026-12-01\nleaves = 2026-12-31");
    let gb = format!("includes = [\"ga\"]\n{}", member("KE", "status = \"uncertain\""));
    let gc = format!("complete = false\n{}", member("NP", "leaves = 2020-01-01"));
    vec![
        ("donors/se.toml".to_owned(), donor),
        ("programmes/p.toml".to_owned(), usual),
        group("ga", &ga),
        group("gb", &gb),
        group("gc", &gc),
    ]
}

fn tables(requirements: &[Written]) -> String {
    let mut text = String::new();
    let mut parts: Vec<&str> = Vec::new();
    for requirement in requirements {
        if !parts.contains(&requirement.part) {
            parts.push(requirement.part);
        }
    }
    for part in parts {
        let own = requirements.iter().filter(|requirement| requirement.part == part);
        let own: Vec<String> = own.map(|written| format!("{{ {} }}", written.body)).collect();
        text.extend([part, " = [", own.join(", ").as_str(), "]\n"]);
    }
    text
}

/// A window with a requirement of each part, or with some parts left out.
pub(crate) fn window(d: &mut Draws<'_>) -> WindowText {
    let status = d.pick(&[
        "active", "active", "active", "active", "listed", "disputed", "inactive", "unknown",
    ]);
    let mut requirements = vec![Written {
        part: "sponsorship",
        body: format!("source = \"s\", status = \"{status}\""),
    }];
    let nationality = 1 + usize::from(d.chance(10));
    for _ in 0..nationality {
        requirements.push(requirement(d, "nationality", false));
    }
    for part in ["age", "languages", "conditions"] {
        for _ in 0..d.pick(&[0, 1, 1, 2]) {
            requirements.push(requirement(d, part, false));
        }
    }
    if d.chance(40) {
        requirements.push(requirement(d, "qualification", false));
    } else {
        for part in ["degree", "experience"] {
            for _ in 0..d.pick(&[0, 1, 1, 1, 2]) {
                requirements.push(requirement(d, part, false));
            }
        }
    }
    WindowText { requirements, calls: calls(d) }
}

/// A window with no more than a requirement of each of `parts`, its sponsorship and nationality.
pub(crate) fn narrow_window(d: &mut Draws<'_>, parts: &[&'static str]) -> WindowText {
    let mut window = WindowText::of(&[]);
    window.requirements.retain(|written| !parts.contains(&written.part));
    window.requirements.extend(parts.iter().map(|part| requirement(d, part, false)));
    WindowText { calls: calls(d), ..window }
}

/// The window with one requirement moved by one, dropped, or drawn anew.
pub(crate) fn edited(d: &mut Draws<'_>, window: &WindowText) -> WindowText {
    let mut edited = window.clone();
    let at = 1 + d.below(edited.requirements.len() - 1);
    let number =
        |body: &str| body.find(" = ").is_some() && body.contains(|c: char| c.is_ascii_digit());
    match d.below(4) {
        // Nationality cannot be left out.
        0 if edited.requirements[at].part != "nationality" => {
            edited.requirements.remove(at);
        }
        1 => {
            let part = edited.requirements[at].part;
            edited.requirements[at] = requirement(d, part, false);
        }
        _ => {
            let up = d.chance(50);
            let written = edited.requirements.iter_mut().skip(1).find(|w| number(&w.body));
            if let Some(written) = written {
                written.body = with_one_number_moved(&written.body, up);
            }
        }
    }
    edited
}

/// Moves the first number that is a limit by one.
fn with_one_number_moved(body: &str, up: bool) -> String {
    let words: Vec<&str> = body.split(' ').collect();
    let at = words.iter().position(|word| {
        word.trim_end_matches(',').parse::<i64>().is_ok_and(|number| (2..79).contains(&number))
    });
    let Some(at) = at else { return body.to_owned() };
    let comma = if words[at].ends_with(',') { "," } else { "" };
    let number: i64 = words[at].trim_end_matches(',').parse().unwrap();
    let moved = format!("{}{comma}", if up { number + 1 } else { number - 1 });
    [&words[..at], &[moved.as_str()], &words[at + 1..]].concat().join(" ")
}

/// A window that states of most parts that nothing is asked, so that some are open to everybody.
pub(crate) fn lenient_window(d: &mut Draws<'_>) -> WindowText {
    let mut window = WindowText::of(&[]);
    for part in ["age", "degree", "experience", "languages", "nationality"] {
        if d.chance(25) {
            window.requirements.retain(|written| written.part != part);
            window.requirements.push(requirement(d, part, false));
        } else if part != "nationality" {
            let body = "source = \"s\", no_requirement = true".to_owned();
            window.requirements.push(Written { part, body });
        }
    }
    window
}

/// A usual profile of a programme, of any size.
pub(crate) fn programme(d: &mut Draws<'_>) -> Vec<Written> {
    let mut usual = Vec::new();
    for part in ["age", "languages"] {
        if d.chance(50) {
            usual.push(requirement(d, part, true));
        }
    }
    if d.chance(30) {
        usual.push(requirement(d, "qualification", true));
    } else if d.chance(60) {
        usual.push(requirement(d, "degree", true));
        usual.push(requirement(d, "experience", true));
    }
    usual
}

/// The values of one requirement, and of the same with each of its readings alone.
pub(crate) fn with_single_readings(
    d: &mut Draws<'_>,
    part: &'static str,
) -> (Written, Vec<Written>) {
    let readings: Vec<String> = (0..2 + d.below(2)).map(|_| reading(d, part)).collect();
    let several = format!("reading = [{}]", braced(&readings));
    let single = readings.into_iter().map(|body| Written { part, body });
    (Written { part, body: several }, single.collect())
}

fn braced(bodies: &[String]) -> String {
    bodies.iter().map(|body| format!("{{ {body} }}")).collect::<Vec<_>>().join(", ")
}

fn reading(d: &mut Draws<'_>, part: &str) -> String {
    if d.chance(10) { "no_requirement = true".to_owned() } else { values(d, part).join(", ") }
}

fn requirement(d: &mut Draws<'_>, part: &'static str, usual: bool) -> Written {
    let mut keys = vec!["source = \"s\"".to_owned()];
    match d.below(10) {
        _ if usual => keys.push("strength = \"usual\"".to_owned()),
        0..7 => {}
        7 | 8 => keys.push("strength = \"usual\"".to_owned()),
        _ => keys.push("strength = \"asset\"".to_owned()),
    }
    if !usual && d.chance(5) {
        keys.push("basis = \"programme\"".to_owned());
    }
    if d.chance(5) {
        keys.push(d.pick(&["valid_from = 2026-12-01", "valid_to = 2026-12-01"]).to_owned());
    }
    match d.below(20) {
        0..11 => keys.extend(values(d, part)),
        11 | 12 => {
            keys.push("by_vacancy = true".to_owned());
            keys.extend(values(d, part));
        }
        13 | 14 => {
            keys.push("incomplete = true".to_owned());
            keys.extend(values(d, part));
        }
        15 => keys.push("by_vacancy = true".to_owned()),
        16 => keys.push("incomplete = true".to_owned()),
        17 => keys.push("no_requirement = true".to_owned()),
        _ => {
            let readings: Vec<String> = (0..2 + d.below(2)).map(|_| reading(d, part)).collect();
            keys.push(format!("reading = [{}]", braced(&readings)));
        }
    }
    Written { part, body: keys.join(", ") }
}

fn values(d: &mut Draws<'_>, part: &str) -> Vec<String> {
    match part {
        "nationality" => nationality(d),
        "age" => age(d),
        "degree" => degree(d),
        "experience" => experience(d),
        "qualification" => qualification(d),
        "languages" => language(d),
        "conditions" => condition(d),
        other => panic!("{other} is no part"),
    }
}

fn list(items: &[&str]) -> String {
    let quoted: Vec<String> = items.iter().map(|item| format!("\"{item}\"")).collect();
    format!("[{}]", quoted.join(", "))
}

fn on(d: &mut Draws<'_>, key: &str) -> Option<String> {
    let day = d.pick(&[
        "\"application\"",
        "\"application\"",
        "\"call_close\"",
        "\"call_open\"",
        "\"year_end\"",
        "\"year_start\"",
        "\"06-30\"",
        "\"entry_on_duty\"",
        "2026-11-24",
        "",
        "",
    ]);
    (!day.is_empty()).then(|| format!("{key} = {day}"))
}

fn nationality(d: &mut Draws<'_>) -> Vec<String> {
    let mut keys = if d.chance(30) {
        let branches: Vec<String> = (0..2 + d.below(2)).map(|_| branch(d).join(", ")).collect();
        vec![format!("branch = [{}]", braced(&branches))]
    } else {
        branch(d)
    };
    if d.chance(15) {
        keys.push(format!("not_also = {}", list(&d.some(COUNTRIES, 1, 2))));
    }
    if d.chance(15) {
        let mut added = vec![format!("national_of = {}", list(&d.some(COUNTRIES, 1, 2)))];
        added.extend(added_conditions(d));
        keys.push(format!("if_also = {{ {} }}", added.join(", ")));
    }
    keys.extend(on(d, "on"));
    keys
}

fn branch(d: &mut Draws<'_>) -> Vec<String> {
    let mut keys = match d.below(4) {
        0 | 1 => vec![format!("national_of = {}", list(&d.some(COUNTRIES, 1, 2)))],
        2 => vec![format!("in_group = {}", list(&d.some(GROUPS, 1, 1)))],
        _ => vec![
            format!("national_of = {}", list(&d.some(COUNTRIES, 1, 1))),
            format!("in_group = {}", list(&d.some(GROUPS, 1, 2))),
        ],
    };
    if d.chance(30) {
        keys.extend(added_conditions(d));
    }
    keys
}

/// One or two conditions that can stand beside a nationality.
fn added_conditions(d: &mut Draws<'_>) -> Vec<String> {
    let mut keys = Vec::new();
    for which in d.some(&[0, 1, 2, 3, 4], 1, 2) {
        match which {
            0 => {
                keys.push(format!("resident_in = {}", list(&d.some(COUNTRIES, 1, 2))));
                if d.chance(50) {
                    keys.push("permanent = true".to_owned());
                }
            }
            1 => keys.push(format!("fact = \"{}\"", d.pick(FLAGS))),
            2 => keys.push(format!("studied_in = {}", list(&d.some(COUNTRIES, 1, 2)))),
            3 => keys.push(format!("studied_in_group = {}", list(&d.some(GROUPS, 1, 1)))),
            _ => {
                let (language, level) = (d.pick(LANGUAGES), d.pick(LEVELS));
                keys.push(format!(
                    "speaks = [{{ language = \"{language}\", level = \"{level}\" }}]"
                ));
            }
        }
    }
    keys
}

fn age(d: &mut Draws<'_>) -> Vec<String> {
    let mut keys = Vec::new();
    match d.below(6) {
        0..2 => keys.push(format!("max = {}", d.between(28, 35))),
        2 => keys.push(format!("under = {}", d.between(28, 35))),
        3 => keys.push(format!("born_from = {}", d.pick(&["1994-01-01", "1992-11-22"]))),
        4 => {
            let (day, years) = (d.pick(&["01-01", "06-30"]), d.between(28, 35));
            keys.push(format!("born_from = {{ day = \"{day}\", years_before = {years} }}"));
        }
        _ => {}
    }
    if keys.is_empty() || d.chance(15) {
        keys.push(format!("min = {}", d.between(20, 27)));
    }
    keys.extend(on(d, "on"));
    let raises: Vec<String> = (0..d.pick(&[0, 0, 1, 2])).map(|_| raise(d)).collect();
    if !raises.is_empty() {
        keys.push(format!("raise = [{}]", braced(&raises)));
    }
    keys
}

fn raise(d: &mut Draws<'_>) -> String {
    let years = d.between(1, 4);
    let when = match d.below(5) {
        0 => format!("fact = \"military_service_months\", at_least = {}", d.pick(&[1, 12])),
        1 => format!("fact = \"{}\", is = {}", d.pick(FLAGS), d.pick(&["true", "false"])),
        2 => "fact = \"military_service\", one_of = [\"completed\", \"exempt\"]".to_owned(),
        3 => format!("degree_field = {}", list(&d.some(FIELDS, 1, 2))),
        _ => "degree_field = [\"medicine\"], degree_level = \"master\"".to_owned(),
    };
    format!("years = {years}, {when}")
}

fn degree(d: &mut Draws<'_>) -> Vec<String> {
    let mut keys = Vec::new();
    match d.below(6) {
        0..3 => {
            let min = d.pick(&["master", "bachelor", "doctorate", "postgraduate"]);
            keys.push(format!("min = \"{min}\""));
        }
        3 => {
            keys.push("min = \"master\"".to_owned());
            keys.push("or_all = [\"bachelor\", \"postgraduate\"]".to_owned());
        }
        4 => keys.push(format!("max = \"{}\"", d.pick(&["master", "bachelor"]))),
        _ => keys.extend(["min = \"bachelor\"".to_owned(), "max = \"master\"".to_owned()]),
    }
    if d.chance(30) {
        keys.push(format!("fields = {}", list(&d.some(FIELDS, 1, 2))));
    }
    if d.chance(20) {
        keys.push(format!("studied_in = {}", list(&d.some(COUNTRIES, 1, 2))));
    }
    if d.chance(10) {
        keys.push(format!("studied_in_group = {}", list(&d.some(GROUPS, 1, 1))));
    }
    keys.extend(on(d, "by"));
    keys
}

fn experience(d: &mut Draws<'_>) -> Vec<String> {
    let mut keys = Vec::new();
    let shape = d.below(4);
    if shape != 2 {
        keys.push(format!("min_months = {}", d.pick(&[6, 12, 1, 10])));
    }
    if shape >= 2 {
        keys.push(format!("max_months = {}", d.pick(&[12, 15, 18])));
    }
    keys.extend(counting(d));
    keys
}

fn counting(d: &mut Draws<'_>) -> Vec<String> {
    let mut keys: Vec<String> = on(d, "until").into_iter().collect();
    if d.chance(25) {
        keys.push(format!("after = \"{}\"", d.pick(&["first_degree", "master"])));
    }
    if d.chance(30) {
        keys.push("paid_only = true".to_owned());
    }
    if d.chance(50) {
        let mut lists: [Vec<&str>; 4] = Default::default();
        for kind in KINDS {
            if d.chance(60) {
                lists[d.below(4)].push(kind);
            }
        }
        for (key, kinds) in ["counts", "counts_half", "may_count", "not_counted"].iter().zip(lists)
        {
            if !kinds.is_empty() {
                keys.push(format!("{key} = {}", list(&kinds)));
            }
        }
    }
    keys
}

fn qualification(d: &mut Draws<'_>) -> Vec<String> {
    let paths: Vec<String> = (0..=d.below(3))
        .map(|_| {
            let level = d.pick(&["master", "bachelor", "doctorate"]);
            let mut path = vec![format!("degree = \"{level}\"")];
            if d.chance(70) {
                path.push(format!("min_months = {}", d.pick(&[6, 12, 1])));
            }
            if d.chance(30) {
                path.push(format!("fields = {}", list(&d.some(FIELDS, 1, 2))));
            }
            if d.chance(20) {
                path.push("by_vacancy = true".to_owned());
            }
            path.join(", ")
        })
        .collect();
    let mut keys = vec![format!("path = [{}]", braced(&paths))];
    if d.chance(20) {
        keys.push(format!("max_months = {}", d.pick(&[12, 15, 18])));
    }
    keys.extend(counting(d));
    keys.extend(on(d, "by"));
    keys
}

fn language(d: &mut Draws<'_>) -> Vec<String> {
    match d.below(5) {
        0 | 1 => {
            let (language, level) = (d.pick(LANGUAGES), d.pick(LEVELS));
            vec![format!("language = \"{language}\""), format!("level = \"{level}\"")]
        }
        2 => vec![
            format!("of = {}", list(&d.some(LANGUAGES, 2, 3))),
            format!("at_least = {}", d.between(1, 2)),
            format!("level = \"{}\"", d.pick(LEVELS)),
        ],
        3 => {
            let levels = [d.pick(LEVELS), d.pick(LEVELS)];
            vec![
                format!("of = {}", list(&d.some(LANGUAGES, 2, 3))),
                format!("levels = {}", list(&levels)),
            ]
        }
        _ => {
            let mut keys = vec![format!(
                "tests = [{{ test = \"toefl-ibt\", min = 100 }}{}]",
                d.pick(&[
                    "",
                    ", { test = \"ielts\" }",
                    ", { test = \"ielts\", min_unknown = true }"
                ])
            )];
            if d.chance(50) {
                keys.push(format!("valid_years = {}", d.between(1, 3)));
            }
            keys
        }
    }
}

fn condition(d: &mut Draws<'_>) -> Vec<String> {
    match d.below(5) {
        0 => vec![
            format!("fact = \"{}\"", d.pick(FLAGS)),
            format!("is = {}", d.pick(&["true", "false"])),
        ],
        1 => vec![
            "fact = \"military_service\"".to_owned(),
            format!("one_of = {}", list(&d.some(&["completed", "exempt", "not_done"], 1, 2))),
        ],
        2 => {
            let bounds = d.pick(&["at_least = 6", "at_most = 12", "at_least = 3, at_most = 12"]);
            vec!["fact = \"military_service_months\"".to_owned(), bounds.to_owned()]
        }
        _ => {
            let (employer, country) = (d.pick(&["government", "ngo"]), d.pick(&["DE", "FI"]));
            let mut keys = vec![format!(
                "employed_by = {{ employer = \"{employer}\", country = \"{country}\" }}"
            )];
            keys.extend(on(d, "on"));
            keys
        }
    }
}

fn calls(d: &mut Draws<'_>) -> String {
    let call = |opens: &str, closes: &str| {
        format!("[[window.call]]\nopens = {opens}\ncloses = {closes}\nsource = \"s\"\n")
    };
    match d.below(6) {
        0 => String::new(),
        1 => "rolling = true\n".to_owned(),
        2 => call("2026-10-01", "2026-12-15"),
        3 => {
            let over = "[[window.call.age]]\nsource = \"s\"\nborn_from = 1995-01-01\n";
            call("2027-02-01", "2027-03-03") + over
        }
        4 => {
            "[window.recurring]\nopens = \"11-15\"\ncloses = \"01-15\"\nsource = \"s\"\n".to_owned()
        }
        _ => {
            let past = call("2026-02-01", "2026-03-03");
            past + "[window.recurring]\nopens = \"02-01\"\ncloses = \"03-03\"\nsource = \"s\"\n"
        }
    }
}
