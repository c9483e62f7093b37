//! Shapes → JSON Schema.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::fit::REFERENCE_DAYS;
use super::shape::{Kind, Namespace, Need, Shape};

/// Words that an editor offers to complete. None of them refuses another: what is declared beside
/// them, or in a name's other spellings, is right too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The names of each list.
    pub names: BTreeMap<Namespace, Vec<String>>,
    /// The words that pages use for language levels.
    pub level_words: Vec<String>,
}

/// Returns the JSON Schema (draft 2020-12) of a document of this shape.
///
/// A TOML date is a text of the format `date` in it.
pub fn json_schema(shape: &'static Shape, title: &str, known: &Known) -> Json {
    let mut writer = Writer { known, definitions: Map::new() };
    let mut schema = writer.object(shape);
    if let Json::Object(map) = &mut schema {
        map.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
        map.insert("title".into(), json!(title));
        if !writer.definitions.is_empty() {
            map.insert("$defs".into(), Json::Object(writer.definitions));
        }
    }
    schema
}

/// What a text that is not empty looks like.
const ANY_TEXT: &str = r"\S";
const MONTH_DAY: &str = "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
/// What a partial date looks like.
pub(crate) const PARTIAL_DAY: &str =
    "^(19|20|21)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$";

struct Writer<'a> {
    known: &'a Known,
    definitions: Map<String, Json>,
}

impl Writer<'_> {
    fn object(&mut self, shape: &'static Shape) -> Json {
        let mut properties = Map::new();
        for key in shape.keys {
            let mut schema = self.value(&key.kind);
            if let Json::Object(map) = &mut schema {
                map.insert("description".into(), json!(key.doc));
            }
            properties.insert(key.name.to_owned(), schema);
        }
        let required: Vec<&str> = shape
            .keys
            .iter()
            .filter(|key| key.need == Need::Required)
            .map(|key| key.name)
            .collect();
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

    /// A reference to the table's definition, which is written once.
    fn table(&mut self, shape: &'static Shape) -> Json {
        let name = definition_name(shape.name);
        self.define(&name, |writer| writer.object(shape))
    }

    /// One table, or a list of them, in one definition: editors name the key that is wrong in it,
    /// where of two alternatives they only say that neither fits.
    fn tables(&mut self, shape: &'static Shape) -> Json {
        let name = format!("one-or-more-{}", definition_name(shape.name));
        self.define(&name, |writer| {
            let mut schema = writer.object(shape);
            if let Json::Object(map) = &mut schema {
                map.insert("type".into(), json!(["object", "array"]));
                map.insert("items".into(), reference(&name));
            }
            schema
        })
    }

    fn define(&mut self, name: &str, schema: impl FnOnce(&mut Self) -> Json) -> Json {
        if !self.definitions.contains_key(name) {
            self.definitions.insert(name.to_owned(), Json::Null);
            let schema = schema(self);
            self.definitions.insert(name.to_owned(), schema);
        }
        reference(name)
    }

    fn value(&mut self, kind: &'static Kind) -> Json {
        let known = self.known;
        match kind {
            Kind::Flag => json!({"type": "boolean"}),
            Kind::Whole(low, high) => json!({"type": "integer", "minimum": low, "maximum": high}),
            Kind::Number(low, high) => json!({"type": "number", "minimum": low, "maximum": high}),
            Kind::Format => json!({"const": 1}),
            Kind::Text | Kind::Choice => text(ANY_TEXT),
            Kind::Id(sign) => text(&format!("^[a-z0-9]+({sign}[a-z0-9]+)*$")),
            Kind::Day => json!({"type": "string", "format": "date"}),
            Kind::PartialDay => text(PARTIAL_DAY),
            Kind::End => json!({"anyOf": [text(PARTIAL_DAY), {"enum": ["ongoing", null]}]}),
            Kind::MonthDay => text(MONTH_DAY),
            Kind::ReferenceDay => self.reference_day(),
            Kind::Level => text("^([Aa]t least )?([ABCabc][12]|[Nn]ative)[+]?$"),
            Kind::LevelWord => self.open_list("level-word", &known.level_words),
            Kind::OneOf(words) => json!({"enum": words}),
            Kind::Name(namespace) => {
                let names = known.names.get(namespace).map_or(&[][..], Vec::as_slice);
                self.open_list(list_name(*namespace), names)
            }
            Kind::List(item) => list(&self.value(item)),
            Kind::OneOrMore(item) => {
                let item = self.value(item);
                json!({"anyOf": [item, list(&item)]})
            }
            Kind::Table(shape) => self.table(shape),
            Kind::Tables(shape) => self.tables(shape),
            Kind::Either(kinds) => {
                let kinds: Vec<Json> = kinds.iter().map(|kind| self.value(kind)).collect();
                json!({"anyOf": kinds})
            }
            Kind::Open => json!({"type": "object"}),
        }
    }

    fn reference_day(&mut self) -> Json {
        self.define("reference-day", |_| {
            let day = json!({"type": "string", "format": "date"});
            json!({"anyOf": [{"enum": REFERENCE_DAYS}, text(MONTH_DAY), day]})
        })
    }

    /// A text, with the words that an editor offers.
    fn open_list(&mut self, name: &str, words: &[String]) -> Json {
        if words.is_empty() {
            return text(ANY_TEXT);
        }
        let listed = self.define(&format!("known-{name}"), |_| json!({"enum": words}));
        json!({"anyOf": [listed, text(ANY_TEXT)]})
    }
}

fn text(pattern: &str) -> Json {
    json!({"type": "string", "pattern": pattern})
}

fn list(item: &Json) -> Json {
    json!({"type": "array", "items": item})
}

fn reference(name: &str) -> Json {
    json!({"$ref": format!("#/$defs/{name}")})
}

/// `a reading of age` as `reading-of-age`.
fn definition_name(name: &str) -> String {
    let bare = ["a ", "an ", "the "].iter().find_map(|article| name.strip_prefix(article));
    bare.unwrap_or(name).replace(' ', "-")
}

const fn list_name(namespace: Namespace) -> &'static str {
    match namespace {
        Namespace::Country => "country",
        Namespace::Language => "language",
        Namespace::Test => "test",
        Namespace::Field => "field",
        Namespace::Host => "host",
        Namespace::Group => "group",
        Namespace::Fact => "fact",
        Namespace::Programme => "programme",
        Namespace::Window => "window",
        Namespace::Donor => "donor",
        Namespace::Source => "source",
    }
}
