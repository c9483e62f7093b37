//! Candidates who answer from a full profile, asked in one order or another.

use chrono::NaiveDate;
use jpo_check::dataset::Dataset;
use jpo_check::engine::{self, Assessment, Candidate, Outlook};
use jpo_check::profile::{PROFILE, Profile};
use jpo_check::rules::{FactType, Window};
use jpo_check::vocabulary::Text;
use serde_json::{Map, Value, json};

use super::draws::Draws;
use super::profiles::{Names, WIDE, profile};

/// Whom to ask what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// The fact that is worth most.
    Best,
    /// The keys of a profile one after the other, then the facts as they are declared.
    Fixed,
    /// The same, leaving out what does not matter.
    #[allow(dead_code, reason = "only the benchmark asks so")]
    FixedMattering,
}

/// Somebody who tells everything that there is to tell.
pub(crate) fn somebody(d: &mut Draws<'_>, data: &Dataset) -> Map<String, Value> {
    let fields = &["law", "medicine", "economics", "engineering", "public health"];
    let mut told = profile(d, &Names { fields, ..WIDE }, 0);
    let answer = |fact: &jpo_check::rules::FactDeclaration, d: &mut Draws<'_>| match &fact.kind {
        FactType::Flag => json!(d.chance(30)),
        FactType::Number => json!(d.pick(&[0, 0, 6, 12, 24])),
        FactType::Choice(choices) => json!(choices[d.below(choices.len())]),
        FactType::Date => json!("2020-01-01"),
    };
    let facts = data.facts.iter().map(|fact| (fact.id.to_string(), answer(fact, d)));
    told.insert("facts".to_owned(), Value::Object(facts.collect()));
    told
}

/// What came of an interview.
pub(crate) struct Interview {
    pub(crate) told: Profile,
    pub(crate) questions: usize,
    /// What the answers took, in the time of a yes or a no.
    pub(crate) effort: f64,
}

/// Asks somebody in `order` until nothing more can change.
pub(crate) fn interview(
    data: &Dataset,
    full: &Profile,
    as_of: NaiveDate,
    order: Order,
) -> Interview {
    let mut told = Profile::default();
    let mut fixed = every_path(data).into_iter();
    let mut windows: Vec<&Window> = data.windows.iter().collect();
    let (mut questions, mut effort) = (0, 0.0);
    loop {
        let outlook = outlook(data, &windows, &told, as_of);
        if outlook.matters.is_empty() {
            return Interview { told, questions, effort };
        }
        // What is settled stays so.
        windows = outlook.matters.iter().flat_map(|matter| matter.windows.clone()).collect();
        windows.sort_by(|a, b| a.id.cmp(&b.id));
        windows.dedup_by(|a, b| a.id == b.id);
        let next = match order {
            Order::Best => outlook.matters[0].path.clone(),
            Order::Fixed => fixed.next().unwrap(),
            Order::FixedMattering => {
                fixed.find(|path| outlook.matters.iter().any(|m| m.path == *path)).unwrap()
            }
        };
        tell(&mut told, full, &next);
        questions += 1;
        effort += engine::effort(&next);
    }
}

pub(crate) fn outlook<'d>(
    data: &'d Dataset,
    windows: &[&'d Window],
    told: &Profile,
    as_of: NaiveDate,
) -> Outlook<'d> {
    let candidate = Candidate::new(told, as_of);
    let assessments: Vec<Assessment<'d>> = engine::assess_all(data, windows, &candidate, as_of);
    engine::what_matters(data, &candidate, &assessments, as_of)
}

/// Every key of a profile that rules can look at, then every declared fact.
pub(crate) fn every_path(data: &Dataset) -> Vec<Text> {
    let keys = PROFILE.keys.iter().map(|key| key.name);
    let parts = keys.filter(|key| !["format", "id", "facts"].contains(key)).map(Text::of);
    let facts = data.facts.iter().map(|fact| format!("facts.{}", fact.id).into());
    parts.chain(facts).collect()
}

/// Takes the part called `path` from `full`.
pub(crate) fn tell(told: &mut Profile, full: &Profile, path: &str) {
    match path {
        "birth_date" => told.birth_date = full.birth_date,
        "nationalities" => told.nationalities.clone_from(&full.nationalities),
        "residences" => told.residences.clone_from(&full.residences),
        "degrees" => told.degrees.clone_from(&full.degrees),
        "experience" => told.experience.clone_from(&full.experience),
        "languages" => told.languages.clone_from(&full.languages),
        "tests" => told.tests.clone_from(&full.tests),
        path => {
            let id = path.strip_prefix("facts.").unwrap();
            told.facts.insert(Text::of(id), full.facts.get(id).unwrap().clone());
        }
    }
}
