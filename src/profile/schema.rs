//! The JSON Schema of profiles.

use serde_json::{Map, Value as Json, json};

use super::{NUMBERS, PROFILE};
use crate::dataset::Dataset;
use crate::document::{Known, PARTIAL_DAY, json_schema};
use crate::rules::{FactDeclaration, FactType};
use crate::vocabulary::Text;

/// Returns the JSON Schema (draft 2020-12) of profiles, with the facts that `data` declares: what
/// it refuses in an answer to one is refused by the program, too.
pub fn schema(data: &Dataset) -> Json {
    let mut schema = json_schema(&PROFILE, "jpo-check profile, format 1", &Known::default());
    let facts: Map<String, Json> =
        data.facts.iter().map(|fact| (fact.id.to_string(), answer(fact))).collect();
    if let Some(Json::Object(map)) = schema.pointer_mut("/properties/facts") {
        map.insert("properties".into(), Json::Object(facts));
        map.insert("additionalProperties".into(), json!(false));
    }
    schema
}

fn answer(fact: &FactDeclaration) -> Json {
    let mut schema = match &fact.kind {
        FactType::Flag => json!({"type": "boolean"}),
        FactType::Number => {
            json!({"type": "integer", "minimum": NUMBERS.start(), "maximum": NUMBERS.end()})
        }
        FactType::Choice(choices) => {
            let words: Vec<&str> = choices.iter().map(Text::as_str).collect();
            json!({"enum": words})
        }
        FactType::Date => json!({"type": "string", "pattern": PARTIAL_DAY}),
    };
    if let Json::Object(map) = &mut schema {
        map.insert("description".into(), json!(fact.question.as_str()));
    }
    schema
}
