//! The keys of the files that other files name things from.

use super::{CITED, ID, SNAKE_ID, TEXTS};
use crate::document::{Kind, Namespace, Shape, may, must};
use crate::rules::SourceKind;
use crate::vocabulary::Words;

pub(super) static SOURCE: Shape = Shape {
    name: "a source",
    doc: "A page, notice or document that rules rest on.",
    keys: &[
        must("id", ID, "short id, unique in the file, used in `source`"),
        must("publisher", Kind::Text, "who publishes it"),
        may("url", Kind::Text, "where it is or was"),
        may("published", Kind::PartialDay, "the date that the page bears"),
        may("dated", Kind::Text, "what its content shows of its date, where it bears none"),
        must("checked", Kind::Day, "the day somebody looked at it"),
        may("recheck_by", Kind::Day, "the last day on which it need not be looked at again"),
        must(
            "kind",
            Kind::OneOf(SourceKind::SPELLINGS),
            "`official`, `second_hand`, or `inferred` (nobody says so; concluded)",
        ),
        must("says", Kind::Text, "what it says, in our own words"),
    ],
};

/// `sources.toml`
pub(super) static SOURCES_FILE: Shape = Shape {
    name: "the file of shared sources",
    doc: "Sources that several files cite.",
    keys: &[
        must("format", Kind::Format, "1"),
        must("source", Kind::Tables(&SOURCE), "the sources"),
    ],
};

static HOST: Shape = Shape {
    name: "a host",
    doc: "A UN organisation or office where JPOs work.",
    keys: &[
        must("id", ID, "id"),
        must("name", Kind::Text, "name"),
        may("aliases", TEXTS, "acronyms and older names"),
        may("in_un_system", Kind::Flag, "whether \"UN organisations in general\" means it too"),
    ],
};

/// `hosts.toml`
pub(super) static HOSTS_FILE: Shape = Shape {
    name: "the file of hosts",
    doc: "UN organisations and offices.",
    keys: &[must("format", Kind::Format, "1"), must("host", Kind::Tables(&HOST), "the hosts")],
};

static FACT: Shape = Shape {
    name: "a fact",
    doc: "A question that no other key of a profile answers.",
    keys: &[
        must("id", SNAKE_ID, "the key under `facts` of a profile"),
        must(
            "type",
            Kind::OneOf(&["flag", "number", "choice", "date"]),
            "type of the answer: `flag` (yes or no), `number` (whole), `choice` or `date`",
        ),
        must("question", Kind::Text, "the question to a candidate"),
        may(
            "choices",
            TEXTS,
            "the answers of type `choice`; where it `changes` only `onward`, in the order in which \
             one gives way to the next",
        ),
        may(
            "changes",
            Kind::OneOf(&["never", "onward", "freely"]),
            "how a true answer can change later: `never` (a matter of birth or of the past), \
             `onward` (no becomes yes, a number grows, a choice gives way to one listed later, a \
             date to a later one; never back) or `freely` (default)",
        ),
        may("unit", Kind::Text, "unit of a number"),
        may("help", Kind::Text, "more about it"),
    ],
};

/// `facts.toml`
pub(super) static FACTS_FILE: Shape = Shape {
    name: "the file of declared facts",
    doc: "The questions that no other key of a profile answers.",
    keys: &[must("format", Kind::Format, "1"), must("fact", Kind::Tables(&FACT), "the facts")],
};

static FIELD: Shape = Shape {
    name: "a field of study",
    doc: "A field of study with its aliases.",
    keys: &[
        must("id", SNAKE_ID, "id"),
        must("name", Kind::Text, "name"),
        may("aliases", TEXTS, "other names"),
    ],
};

/// `fields.toml`
pub(super) static FIELDS_FILE: Shape = Shape {
    name: "the file of fields of study",
    doc: "Fields of study with their aliases.",
    keys: &[must("format", Kind::Format, "1"), must("field", Kind::Tables(&FIELD), "the fields")],
};

static COUNTRY_SHAPE: Shape = Shape {
    name: "a country",
    doc: "A country with its names.",
    keys: &[
        must("code", Kind::Text, "ISO 3166-1 alpha-2"),
        must("alpha3", Kind::Text, "ISO 3166-1 alpha-3"),
        must("name", Kind::Text, "usual English short name"),
        may("demonym", Kind::Text, "English adjective of nationality"),
        may("aliases", TEXTS, "other names"),
        may("note", Kind::Text, "why it is here"),
    ],
};

/// `countries.toml`
pub(super) static COUNTRIES_FILE: Shape = Shape {
    name: "the file of countries",
    doc: "Countries with codes, names and aliases.",
    keys: &[
        must("format", Kind::Format, "1"),
        must("country", Kind::Tables(&COUNTRY_SHAPE), "the countries"),
    ],
};

static LANGUAGE_SHAPE: Shape = Shape {
    name: "a listed language",
    doc: "A language with its names.",
    keys: &[
        must("code", Kind::Text, "ISO 639-1, or 639-3 where there is none"),
        must("name", Kind::Text, "English name"),
        may("aliases", TEXTS, "other names"),
    ],
};

static TEST_SHAPE: Shape = Shape {
    name: "a language test",
    doc: "A language test with its scale.",
    keys: &[
        must("id", ID, "id"),
        must("name", Kind::Text, "name"),
        must("language", Kind::Text, "code of the language"),
        must("min_score", Kind::Number(0.0, 1000.0), "lowest score of the scale"),
        must("max_score", Kind::Number(0.0, 1000.0), "highest score of the scale"),
        may("step", Kind::Number(0.0, 100.0), "step of the scale; left out = 1"),
    ],
};

static LEVEL_WORD: Shape = Shape {
    name: "a word for a level",
    doc: "What a page's word for a level means.",
    keys: &[
        must("word", Kind::Text, "the word"),
        must(
            "levels",
            Kind::List(&Kind::OneOf(&["A1", "A2", "B1", "B2", "C1", "C2", "native"])),
            "the readings, the usual one first",
        ),
    ],
};

/// `languages.toml`
pub(super) static LANGUAGES_FILE: Shape = Shape {
    name: "the file of languages",
    doc: "Languages, language tests, words for levels.",
    keys: &[
        must("format", Kind::Format, "1"),
        must("language", Kind::Tables(&LANGUAGE_SHAPE), "the languages"),
        may("test", Kind::Tables(&TEST_SHAPE), "language tests"),
        may("level_word", Kind::Tables(&LEVEL_WORD), "words for levels"),
    ],
};

static SCHEME: Shape = Shape {
    name: "a scheme",
    doc: "A scheme often mistaken for the JPO programme.",
    keys: &[
        must("id", ID, "id"),
        must("name", Kind::Text, "name"),
        must("difference", Kind::Text, "how it differs, one sentence"),
        may("donors", Kind::List(&Kind::Name(Namespace::Donor)), "donors whose candidates meet it"),
        CITED,
    ],
};

/// `lookalikes.toml`
pub(super) static LOOKALIKES_FILE: Shape = Shape {
    name: "the file of look-alikes",
    doc: "Schemes often mistaken for the JPO programme.",
    keys: &[
        must("format", Kind::Format, "1"),
        may("source", Kind::Tables(&SOURCE), "the sources the file relies on"),
        may("scheme", Kind::Tables(&SCHEME), "the schemes"),
    ],
};
