//! A profile as JSON.

use serde_json::{Map, Value as Json, json};

use super::{Answer, Degree, Job, JobEnd, LanguageSkill, Profile, Residence, Study, TestResult};
use crate::vocabulary::{LevelRange, PartialDate};

impl Profile {
    /// The profile as it is written: reading it again gives the same. What is not told, and what
    /// is as the conventions take it if it is left out, is left out.
    pub fn to_json(&self) -> Json {
        let mut object = Map::new();
        let mut put = |key: &str, value: Option<Json>| {
            if let Some(value) = value {
                object.insert(key.to_owned(), value);
            }
        };
        put("id", self.id.as_ref().map(|id| json!(id)));
        put("birth_date", self.birth_date.map(date));
        put("nationalities", self.nationalities.as_ref().map(|list| json!(texts(list))));
        put("residences", list(self.residences.as_ref(), residence));
        put("degrees", list(self.degrees.as_ref(), degree));
        put("experience", list(self.experience.as_ref(), job));
        put("languages", list(self.languages.as_ref(), |skill| language(*skill)));
        put("tests", list(self.tests.as_ref(), test));
        let facts = self.facts.iter().map(|(id, told)| (id.to_string(), answer(told)));
        put("facts", (!self.facts.is_empty()).then(|| Json::Object(facts.collect())));
        Json::Object(object)
    }
}

fn texts<T: ToString>(list: &[T]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

fn list<T>(list: Option<&Vec<T>>, item: impl Fn(&T) -> Json) -> Option<Json> {
    list.map(|list| Json::Array(list.iter().map(item).collect()))
}

/// An object of the entries that are there.
fn object(entries: impl IntoIterator<Item = (&'static str, Option<Json>)>) -> Json {
    let told = entries.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Json::Object(told.collect())
}

fn date(date: PartialDate) -> Json {
    json!(date.to_string())
}

fn residence(residence: &Residence) -> Json {
    object([
        ("country", Some(json!(residence.country.to_string()))),
        ("since", residence.since.map(date)),
        ("permanent", residence.permanent.map(Json::Bool)),
    ])
}

fn degree(degree: &Degree) -> Json {
    let field = match &degree.field {
        Study::NotTold => None,
        Study::Unrecognised(text) | Study::Field(text) => Some(json!(text)),
    };
    object([
        ("level", Some(json!(degree.level.word()))),
        ("field", field),
        ("country", degree.country.map(|country| json!(country.to_string()))),
        ("awarded", degree.awarded.map(date)),
    ])
}

fn job(job: &Job) -> Json {
    let to = match job.to {
        JobEnd::Ongoing => Some(Json::Null),
        JobEnd::On(day) => Some(date(day)),
        JobEnd::NotTold => None,
    };
    object([
        ("kind", Some(json!(job.kind.word()))),
        ("from", Some(date(job.from))),
        ("to", to),
        ("share", (job.share != 1000).then(|| json!(f64::from(job.share) / 1000.0))),
        ("paid", job.paid.filter(|paid| Some(*paid) != job.kind.usually_paid()).map(Json::Bool)),
        ("country", job.country.map(|country| json!(country.to_string()))),
        ("relevant", (job.relevance_told || !job.relevant).then_some(Json::Bool(job.relevant))),
        ("employer", job.employer.as_ref().map(|employer| json!(employer))),
    ])
}

fn language(skill: LanguageSkill) -> Json {
    let level = skill.level;
    let told = level != LevelRange::ANY;
    object([
        ("language", Some(json!(skill.language.to_string()))),
        ("level", told.then(|| json!(level.to_string()))),
    ])
}

fn test(test: &TestResult) -> Json {
    object([
        ("test", Some(json!(test.test))),
        ("score", test.score.map(|score| json!(score))),
        ("taken", test.taken.map(date)),
    ])
}

fn answer(answer: &Answer) -> Json {
    match answer {
        Answer::Flag(flag) => json!(flag),
        Answer::Number(number) => json!(number),
        Answer::Choice(choice) => json!(choice),
        Answer::Date(day) => date(*day),
    }
}
