//! What to ask a candidate next.

use super::Question;
use crate::dataset::Dataset;
use crate::engine::Matter;
use crate::explain::job_name;
use crate::profile::{Profile, item_question};
use crate::vocabulary::Text;

/// What is asked for each fact that can change a verdict, in the order in which it is worth asking.
pub(super) fn questions(
    data: &Dataset,
    profile: &Profile,
    matters: &[Matter<'_>],
) -> Vec<Question> {
    let asked = |matter: &Matter<'_>| {
        let mut windows: Vec<Text> = matter.windows.iter().map(|w| w.id.clone()).collect();
        windows.sort();
        Question {
            fact: matter.path.clone(),
            question: question(data, profile, &matter.path),
            windows,
            settles: (matter.settles * 10.0).round() / 10.0,
        }
    };
    matters.iter().map(asked).collect()
}

/// The question behind a profile path.
fn question(data: &Dataset, profile: &Profile, path: &str) -> String {
    if let Some(id) = path.strip_prefix("facts.") {
        return data.fact(id).map_or_else(|| id.to_owned(), |fact| fact.question.to_string());
    }
    let whole = match path {
        "nationalities" => "Which nationalities do you hold?",
        "birth_date" => "When were you born, to the day?",
        "degrees" => "Which degrees do you hold or expect, in what field, awarded when?",
        "experience" => "What jobs, internships and service have you done, from when to when?",
        "languages" => "Which languages do you speak, at what level?",
        "residences" => "In which country do you live, and is it permanent?",
        "tests" => "Which language tests have you taken, with what score and when?",
        _ => "",
    };
    if !whole.is_empty() {
        return whole.to_owned();
    }
    part_question(data, profile, path)
}

/// The question behind a path into a list, such as `experience[1].to`.
fn part_question(data: &Dataset, profile: &Profile, path: &str) -> String {
    let (list, key) = path.split_once('.').unwrap_or((path, ""));
    let at = list.split(['[', ']']).nth(1).and_then(|at| at.parse::<usize>().ok()).unwrap_or(0);
    let what = match list.split('[').next() {
        Some("languages") => profile
            .languages
            .as_ref()
            .and_then(|list| list.get(at))
            .map(|skill| data.languages.name(skill.language).to_string()),
        Some("residences") => profile
            .residences
            .as_ref()
            .and_then(|list| list.get(at))
            .map(|residence| format!("residence in {}", data.countries.name(residence.country))),
        Some("degrees") => profile
            .degrees
            .as_ref()
            .and_then(|list| list.get(at))
            .map(|degree| format!("{} degree", degree.level)),
        Some("experience") => profile
            .experience
            .as_ref()
            .and_then(|list| list.get(at))
            .map(|job| format!("{} from {}", job_name(job.kind), job.from)),
        Some("tests") => {
            profile.tests.as_ref().and_then(|list| list.get(at)).map(|test| test.test.to_string())
        }
        _ => None,
    };
    let what = what.unwrap_or_else(|| list.to_owned());
    let asked = item_question(key);
    format!("Your {what}: {asked}")
}
