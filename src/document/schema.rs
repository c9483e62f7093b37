//! Shapes → JSON Schema.

use serde_json::{Map, Value as Json, json};

use super::shape::{Kind, Need, Shape};

/// Returns the JSON Schema (draft 2020-12) of a document of this shape.
pub fn json_schema(shape: &'static Shape, title: &str) -> Json {
    let mut schema = object(shape);
    if let Json::Object(map) = &mut schema {
        map.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
        map.insert("title".into(), json!(title));
    }
    schema
}

fn object(shape: &'static Shape) -> Json {
    let properties: Map<String, Json> = shape
        .keys
        .iter()
        .map(|key| {
            let mut schema = schema_of(&key.kind);
            if let Json::Object(map) = &mut schema {
                map.insert("description".into(), json!(key.doc));
            }
            (key.name.to_owned(), schema)
        })
        .collect();
    let required: Vec<&str> =
        shape.keys.iter().filter(|key| key.need == Need::Required).map(|key| key.name).collect();
    let mut schema = json!({
        "type": "object",
        "description": shape.doc,
        "properties": properties,
        "additionalProperties": false,
    });
    if let (Json::Object(map), false) = (&mut schema, required.is_empty()) {
        map.insert("required".into(), json!(required));
    }
    schema
}

fn schema_of(kind: &'static Kind) -> Json {
    match kind {
        Kind::Flag => json!({"type": "boolean"}),
        Kind::Whole(low, high) => json!({"type": "integer", "minimum": low, "maximum": high}),
        Kind::Number(low, high) => json!({"type": "number", "minimum": low, "maximum": high}),
        Kind::Format => json!({"const": 1}),
        Kind::Day => json!({"type": "string", "format": "date"}),
        Kind::PartialDay => {
            json!({"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"})
        }
        Kind::End => {
            json!({"anyOf": [schema_of(&Kind::PartialDay), {"enum": ["ongoing", null]}]})
        }
        Kind::MonthDay => json!({"type": "string", "pattern": "^[0-9]{2}-[0-9]{2}$"}),
        Kind::Level => {
            let pattern = "^([Aa]t least )?([ABCabc][12]|[Nn]ative)[+]?$";
            json!({"type": "string", "pattern": pattern})
        }
        Kind::OneOf(words) => json!({"enum": words}),
        Kind::List(item) => json!({"type": "array", "items": schema_of(item)}),
        Kind::OneOrMore(item) => {
            json!({"anyOf": [schema_of(item), {"type": "array", "items": schema_of(item)}]})
        }
        Kind::Table(shape) => object(shape),
        Kind::Tables(shape) => {
            json!({"anyOf": [object(shape), {"type": "array", "items": object(shape)}]})
        }
        Kind::Either(kinds) => {
            json!({"anyOf": kinds.iter().map(schema_of).collect::<Vec<_>>()})
        }
        Kind::Open => json!({"type": "object"}),
        Kind::Text | Kind::Choice | Kind::Name(_) | Kind::ReferenceDay | Kind::LevelWord => {
            json!({"type": "string"})
        }
    }
}
