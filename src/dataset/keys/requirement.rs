//! The keys that every requirement has, whatever its criterion.

use super::SOURCES;
use crate::document::{Key, Kind, Shape, may, must};
use crate::rules::{Basis, Strength};
use crate::vocabulary::Words;

pub(super) const NONE: Key = may(
    "no_requirement",
    Kind::Flag,
    "`true`: the page itself states that there is none (\"no age limit\")",
);
pub(super) const NONE_IN_READING: Key =
    may("no_requirement", Kind::Flag, "`true`: in this reading nothing is asked");
pub(super) const SOURCE: Key = may(
    "source",
    SOURCES,
    "id of the source, or a list of ids, the one to cite first; needed, here or in every reading",
);
pub(super) const SOURCE_OF_READING: Key =
    may("source", SOURCES, "id of the source, or a list of ids; left out: the requirement's");
pub(super) const WORDING: Key = may("wording", Kind::Text, "the page's words, paraphrased");
pub(super) const NOTE: Key = may("note", Kind::Text, "anything a reader should know");
pub(super) const STRENGTH: Key = may(
    "strength",
    Kind::OneOf(Strength::SPELLINGS),
    "`required` (default), `usual` (\"normally\": a miss is at the donor's discretion), \
     `asset` (reported, never decides) or `judged` (by people; never decides)",
);
pub(super) const BASIS: Key = may(
    "basis",
    Kind::OneOf(Basis::SPELLINGS),
    "`programme` where the rule is only the programme's or inferred from it; `window` (default)",
);
pub(super) const BY_VACANCY: Key = may(
    "by_vacancy",
    Kind::Flag,
    "`true`: set post by post. With a value, the strictest seen: who meets it is `met`, who does \
     not is unknown. Without: unknown",
);
pub(super) const INCOMPLETE: Key = may(
    "incomplete",
    Kind::Flag,
    "`true`: the page asks for more than is on record. Who misses the part on record misses it; \
     who meets it has to confirm the rest",
);
pub(super) const VALID_FROM: Key =
    may("valid_from", Kind::Day, "first application day on which it holds, inclusive");
pub(super) const VALID_TO: Key =
    may("valid_to", Kind::Day, "last application day on which it holds, inclusive");
pub(super) const SUPERSEDED: Key = may(
    "superseded",
    Kind::Tables(&SUPERSEDED_SHAPE),
    "older or weaker pages: shown, never deciding",
);

/// The key under which readings of `shape` stand.
pub(super) const fn readings(shape: &'static Shape) -> Key {
    may(
        "reading",
        Kind::Tables(shape),
        "two or more ways to read the page, or sources of equal standing in conflict: \
         each holds the values, the requirement itself then holds none",
    )
}

static SUPERSEDED_SHAPE: Shape = Shape {
    name: "a superseded page",
    doc: "An older or weaker page: shown, never deciding.",
    keys: &[
        must("says", Kind::Text, "what it says"),
        must("source", SOURCES, "id of its source, or a list of ids"),
    ],
};

/// Builds the shape of a requirement and that of its readings from its own keys: what every one has
/// stands behind them.
macro_rules! requirement {
    (
        $(#[$meta:meta])*
        $visibility:vis $shape:ident, $reading:ident,
        $name:literal, $name_of_reading:literal, $doc:literal, $doc_of_reading:expr,
        [$($key:expr),* $(,)?]
    ) => {
        static $reading: $crate::document::Shape = {
            use $crate::dataset::keys::requirement::{
                NONE_IN_READING, NOTE, SOURCE_OF_READING, WORDING,
            };
            $crate::document::Shape {
                name: $name_of_reading,
                doc: $doc_of_reading,
                keys: &[$($key,)* NONE_IN_READING, SOURCE_OF_READING, WORDING, NOTE],
            }
        };
        $(#[$meta])*
        $visibility static $shape: $crate::document::Shape = {
            use $crate::dataset::keys::requirement::{
                BASIS, BY_VACANCY, INCOMPLETE, NONE, NOTE, SOURCE, STRENGTH, SUPERSEDED, VALID_FROM,
                VALID_TO, WORDING, readings,
            };
            $crate::document::Shape {
                name: $name,
                doc: $doc,
                keys: &[
                    $($key,)* NONE, SOURCE, WORDING, NOTE, STRENGTH, BASIS, BY_VACANCY, INCOMPLETE,
                    VALID_FROM, VALID_TO, readings(&$reading), SUPERSEDED,
                ],
            }
        };
    };
}
pub(super) use requirement;

requirement!(
    /// The keys that every requirement has, whatever its criterion.
    pub REQUIREMENT,
    READING,
    "every requirement",
    "a reading",
    "What each criterion takes besides its own keys.",
    "One way to read the page: the keys of its criterion for the values, and these.",
    []
);
