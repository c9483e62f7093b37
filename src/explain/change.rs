//! Changes that a candidate can make, in words and as edits of a profile.

use super::required::{degree_name, kind_name};
use crate::dataset::Dataset;
use crate::engine::{Pace, Step};
use crate::profile::Answer;
use crate::vocabulary::Text;

/// What is to be done: `French at B2`.
pub fn change(step: &Step, pace: &Pace, data: &Dataset) -> String {
    match step {
        Step::Speak(language, level) => format!("{} at {level}", data.languages.name(*language)),
        Step::Graduate { level, field, country, awarded } => {
            let months = pace.months_to(*level);
            let field = field.as_ref().map_or_else(String::new, |field| format!(" in {field}"));
            let country = country.map_or_else(String::new, |country| {
                format!(" from {}", data.countries.name(country))
            });
            format!("{}{field}{country} by {awarded}, in {months} months", degree_name(*level))
        }
        Step::Work { kind, from, share, employer } => {
            let time = match share {
                1000 => "full time".to_owned(),
                share => format!("at {} % of full time", share / 10),
            };
            let employer = employer.as_ref().map_or_else(String::new, |(employer, country)| {
                let country = data.countries.name(*country);
                format!(", {} in {country}", employer.replace('_', " "))
            });
            format!("{}{employer}, {time} from {from} on", kind_name(*kind))
        }
        Step::Take { test, score, taken } => {
            let known = data.languages.test(test);
            let name = known.map_or(test.as_str(), |known| known.name.as_str());
            let any = known.is_some_and(|known| *score <= known.scale.0);
            let score = if any { "any score".to_owned() } else { format!("{score} or more") };
            format!("{name} with {score}, taken on {taken}")
        }
        Step::Answer(fact, answer) => {
            let question = data.fact(fact).map_or(fact.as_str(), |fact| fact.question.as_str());
            format!("the answer \"{}\" to: {question}", answer_word(answer))
        }
        Step::Naturalise(country) => {
            format!("nationality of {} too", data.countries.name(*country))
        }
        Step::Settle(country) => {
            format!("permanent residence in {}", data.countries.name(*country))
        }
    }
}

/// The change as `--what-if` takes it: `languages.fr=B2`.
pub fn edit(step: &Step) -> String {
    match step {
        Step::Speak(language, level) => format!("languages.{language}={level}"),
        Step::Graduate { level, field, country, awarded } => {
            let field = field.as_ref().map_or("", Text::as_str);
            let country = country.map_or_else(String::new, |country| country.to_string());
            let whole = format!("degrees+={level}:{awarded}:{field}:{country}");
            whole.trim_end_matches(':').to_owned()
        }
        Step::Work { kind, from, share, employer: None } if kind.usually_paid() == Some(true) => {
            let share = if *share == 1000 { String::new() } else { format!(":{}", part(*share)) };
            format!("experience+={kind}:{from}..{share}")
        }
        Step::Work { kind, from, share, employer } => {
            let mut job = serde_json::json!({
                "kind": kind.to_string(),
                "from": from.to_string(),
                "to": null,
                "share": part(*share),
                "paid": true,
            });
            if let (Some((employer, country)), Some(job)) = (employer, job.as_object_mut()) {
                job.insert("employer".to_owned(), employer.as_str().into());
                job.insert("country".to_owned(), country.to_string().into());
            }
            format!("experience+={job}")
        }
        // Without a day it is taken on the day of the application: nobody can tell of one to come.
        // Beside earlier results, which may still be asked for elsewhere.
        Step::Take { test, score, .. } => format!("tests+={test}:{score}"),
        Step::Answer(fact, answer) => format!("facts.{fact}={}", answer_value(answer)),
        Step::Naturalise(country) => format!("nationalities+={country}"),
        Step::Settle(country) => format!("residences+={country}:permanent"),
    }
}

/// The profile path that a change is about.
pub fn changed_path(step: &Step) -> Text {
    match step {
        Step::Speak(..) => "languages".into(),
        Step::Graduate { .. } => "degrees".into(),
        Step::Work { .. } => "experience".into(),
        Step::Take { .. } => "tests".into(),
        Step::Answer(fact, _) => format!("facts.{fact}").into(),
        Step::Naturalise(_) => "nationalities".into(),
        Step::Settle(_) => "residences".into(),
    }
}

fn part(thousandths: u32) -> f64 {
    f64::from(thousandths) / 1000.0
}

fn answer_word(answer: &Answer) -> String {
    match answer {
        Answer::Flag(true) => "yes".to_owned(),
        Answer::Flag(false) => "no".to_owned(),
        answer => answer_value(answer),
    }
}

fn answer_value(answer: &Answer) -> String {
    match answer {
        Answer::Flag(flag) => flag.to_string(),
        Answer::Number(number) => number.to_string(),
        Answer::Choice(choice) => choice.to_string(),
        Answer::Date(date) => date.to_string(),
    }
}
