//! Cases held against the rules.

use std::collections::BTreeSet;

use crate::dataset::{Case, Dataset, GroupCase};
use crate::engine::{self, Answer, Assessment, Candidate, Scene, Standing, standing};
use crate::explain::{Speaker, counted, found, reason, required};
use crate::profile::Profile;
use crate::rules::{Criterion, Place, Window};
use crate::vocabulary::CountryCode;

/// What came of all cases.
#[derive(Debug)]
pub struct Run<'d> {
    /// How many cases of windows were held.
    pub cases: usize,
    /// How many windows have cases.
    pub windows: usize,
    /// How many cases of groups were held.
    pub group_cases: usize,
    /// How many groups have cases.
    pub groups: usize,
    /// Cases that do not hold, in the order of the files.
    pub failures: Vec<Failure<'d>>,
    /// Windows without a case, in the order of the rules.
    pub without: Vec<&'d Window>,
}

impl Run<'_> {
    /// How many cases do not hold.
    pub fn failing(&self) -> usize {
        let places: BTreeSet<(&str, usize)> = self
            .failures
            .iter()
            .map(|failure| match failure {
                Failure::Window { case, .. } => &case.place,
                Failure::Group { case, .. } => &case.place,
            })
            .map(|place| (place.file.as_str(), place.line))
            .collect();
        places.len()
    }

    /// Whether every case holds and no window lacks one.
    pub const fn holds(&self) -> bool {
        self.failures.is_empty() && self.without.is_empty()
    }
}

/// A case that does not hold.
#[derive(Debug)]
pub enum Failure<'d> {
    /// Of a window.
    Window {
        /// The case.
        case: &'d Case,
        /// The nationality put in, where the case names several.
        national_of: Option<CountryCode>,
        /// What the window answers.
        found: Answer,
        /// Why, for each criterion that is expected or found to decide.
        reasons: Vec<Reason<'d>>,
    },
    /// Of a group.
    Group {
        /// The case.
        case: &'d GroupCase,
        /// What differs, a sentence each.
        differences: Vec<String>,
    },
}

/// Why a criterion came out as it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason<'d> {
    /// The criterion.
    pub criterion: Criterion,
    /// One sentence or two.
    pub text: String,
    /// Where its requirement is written.
    pub rule: &'d Place,
}

/// Whether a window answers as `case` says.
fn fits(answer: &Answer, case: &Case) -> bool {
    answer.verdict == case.verdict
        && answer.by == case.by
        && case.call.is_none_or(|call| call == answer.call)
}

/// A case with one of its candidates.
#[derive(Debug)]
pub(super) struct Trial<'d> {
    pub(super) case: &'d Case,
    national_of: Option<CountryCode>,
    profile: Profile,
}

impl<'d> Trial<'d> {
    pub(super) fn all(case: &'d Case) -> impl Iterator<Item = Self> {
        let candidates = case.candidates().into_iter();
        candidates.map(move |(national_of, profile)| Self { case, national_of, profile })
    }

    /// Whether `window` answers as the case says.
    pub(super) fn holds(&self, data: &Dataset, window: &Window) -> bool {
        let assessment = engine::assess(data, window, &self.profile, self.case.on);
        fits(&Answer::of(&assessment), self.case)
    }

    fn failure(self, data: &'d Dataset, window: &'d Window) -> Option<Failure<'d>> {
        let Self { case, national_of, profile } = self;
        let assessment = engine::assess(data, window, &profile, case.on);
        let found = Answer::of(&assessment);
        if fits(&found, case) {
            return None;
        }
        let reasons = reasons(data, case, &profile, &assessment);
        Some(Failure::Window { case, national_of, found, reasons })
    }
}

/// Why each criterion that is expected or found to decide came out as it did.
fn reasons<'d>(
    data: &'d Dataset,
    case: &Case,
    profile: &Profile,
    assessment: &Assessment<'d>,
) -> Vec<Reason<'d>> {
    let scene = Scene { data, timing: assessment.timing, as_of: case.on };
    let candidate = Candidate::new(profile, case.on);
    let speaker = Speaker { scene: &scene, candidate: &candidate };
    let named: BTreeSet<Criterion> = case.by.iter().copied().chain(assessment.decisive()).collect();
    let findings = assessment.findings.iter().filter(|finding| {
        let requirement = finding.requirement;
        requirement.strength.decides() && named.contains(&requirement.part.criterion())
    });
    let reason = |finding: &engine::Finding<'d>| {
        let requirement = finding.requirement;
        let (asked, has) = (required(requirement, speaker), found(requirement, speaker));
        Reason {
            criterion: requirement.part.criterion(),
            text: reason(finding, speaker, &asked, &has),
            rule: &requirement.place,
        }
    };
    findings.map(reason).collect()
}

/// Holds every case against the rules; only those of `window`, if one is named.
pub fn run<'d>(data: &'d Dataset, window: Option<&str>) -> Run<'d> {
    let asked = |id: &str| window.is_none_or(|window| window == id);
    let cases: Vec<&Case> = data.cases.windows.iter().filter(|case| asked(&case.window)).collect();
    let groups: Vec<&GroupCase> = data.cases.groups.iter().filter(|_| window.is_none()).collect();
    let tried: BTreeSet<&str> = cases.iter().map(|case| case.window.as_str()).collect();
    let of_groups: BTreeSet<&str> = groups.iter().map(|case| case.group.as_str()).collect();
    let mut failures: Vec<Failure<'d>> = Vec::new();
    for case in &cases {
        let Some(window) = data.window(&case.window) else { continue };
        failures.extend(Trial::all(case).filter_map(|trial| trial.failure(data, window)));
    }
    for case in &groups {
        let differences = differences(data, case);
        if !differences.is_empty() {
            failures.push(Failure::Group { case, differences });
        }
    }
    let lacks = |window: &&Window| asked(&window.id) && !tried.contains(window.id.as_str());
    Run {
        cases: cases.len(),
        windows: tried.len(),
        group_cases: groups.len(),
        groups: of_groups.len(),
        failures,
        without: data.windows.iter().filter(lacks).collect(),
    }
}

/// What a group's case expects and does not find, a sentence each.
pub(super) fn differences(data: &Dataset, case: &GroupCase) -> Vec<String> {
    let Some(group) = data.groups.get(&case.group) else { return Vec::new() };
    let stands = |country| standing(group, country, case.on);
    let mut differences = Vec::new();
    if let Some(expected) = case.members {
        let inside = group.countries().filter(|code| stands(*code) == Standing::Inside);
        let found = inside.count();
        if found != expected {
            let expected = counted(expected, "member");
            differences.push(format!("expected {expected} surely inside, found {found}"));
        }
    }
    let lists = [
        ("inside", &case.inside),
        ("outside", &case.outside),
        ("contested", &case.contested),
        ("uncertain", &case.uncertain),
    ];
    for (expected, countries) in lists {
        let unlike = |country: &&CountryCode| !words(stands(**country)).contains(&expected);
        for country in countries.iter().filter(unlike) {
            let (name, found) =
                (data.countries.name(*country), words(stands(*country)).join(" and "));
            differences.push(format!("expected {name} {expected}, found it {found}"));
        }
    }
    differences
}

/// How a standing is spelled in cases.
const fn words(standing: Standing) -> &'static [&'static str] {
    match standing {
        Standing::Inside => &["inside"],
        Standing::Outside => &["outside"],
        Standing::Open { contested: true, uncertain: false } => &["contested"],
        Standing::Open { contested: false, .. } => &["uncertain"],
        Standing::Open { .. } => &["contested", "uncertain"],
    }
}
