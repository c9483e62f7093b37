//! The keys of a programme's file.

use super::case::UNTESTED_HERE;
use super::criteria::{AGE, CONDITIONS, DEGREE_SHAPE, EXPERIENCE, LANGUAGES, QUALIFICATION};
use super::limit::LIMIT_HERE;
use super::lists::SOURCE;
use super::{CITED, ID, MONTHS_AHEAD, TEXTS};
use crate::document::{Kind, Shape, may, must};
use crate::rules::EntryFrom;
use crate::vocabulary::Words;

/// `programmes/<id>.toml`
pub(in crate::dataset) static PROGRAMME_FILE: Shape = Shape {
    name: "a programme's file",
    doc: "A body that administers posts, with its usual profile.",
    keys: &[
        must("format", Kind::Format, "1"),
        must("id", ID, "the file's name"),
        must("name", Kind::Text, "its name"),
        may("kind", Kind::Text, "what kind of body it is"),
        may("url", Kind::Text, "its page"),
        may("about", Kind::Text, "what it is"),
        may("grade", Kind::Text, "the grade of its posts"),
        may("duration", Kind::Text, "how long a posting lasts"),
        may("months_to_entry", Kind::Table(&MONTHS_TO_ENTRY), "usual time to entry on duty"),
        may("note", Kind::Text, "what a reader should know"),
        may("info", TEXTS, "worth knowing"),
        may("source", Kind::Tables(&SOURCE), "the sources the file relies on"),
        may("age", Kind::Tables(&AGE), "usual age"),
        may("degree", Kind::Tables(&DEGREE_SHAPE), "usual degree"),
        may("experience", Kind::Tables(&EXPERIENCE), "usual experience"),
        may("qualification", Kind::Tables(&QUALIFICATION), "usual pairs"),
        may("languages", Kind::Tables(&LANGUAGES), "usual languages"),
        may("conditions", Kind::Tables(&CONDITIONS), "usual conditions"),
        may("step", Kind::Tables(&STEP), "steps of the process, first to last"),
        may("limit", Kind::Tables(&LIMIT_HERE), "what binds a choice between any of its windows"),
        may("untested", Kind::Tables(&UNTESTED_HERE), "values that no case needs to notice"),
    ],
};

static STEP: Shape = Shape {
    name: "a step",
    doc: "A step of the process.",
    keys: &[
        must("who", Kind::Text, "who acts"),
        must("what", Kind::Text, "what is done"),
        may("months", Kind::Text, "how long it takes"),
    ],
};

static MONTHS_TO_ENTRY: Shape = Shape {
    name: "the months to entry",
    doc: "The usual time to entry on duty, in calendar months.",
    keys: &[
        must("min", MONTHS_AHEAD, "fewest, inclusive"),
        must("max", MONTHS_AHEAD, "most, inclusive"),
        must(
            "from",
            Kind::OneOf(EntryFrom::SPELLINGS),
            "counted from: `publication` by the donor (the first day of the call) or the call's \
             `close`",
        ),
        CITED,
        may("note", Kind::Text, "anything a reader should know"),
    ],
};
