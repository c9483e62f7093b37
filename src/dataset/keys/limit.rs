//! The keys of limits: what binds a choice between windows.

use super::SOURCES;
use crate::document::{Kind, Namespace, Shape, may, must};
use crate::rules::{Counted, Per};
use crate::vocabulary::Words;

/// The keys of a limit: those of its file, then those that every limit has.
macro_rules! limit_keys {
    ($($key:expr),* $(,)?) => {
        &[
            $($key,)*
            may("at_most", Kind::Whole(1, 100), "how many, inclusive; with `of` and `per`"),
            may(
                "of",
                Kind::OneOf(Counted::SPELLINGS),
                "what is counted: `posts` applied for, `windows` applied in, or `hosts` named in \
                 the application",
            ),
            may(
                "per",
                Kind::OneOf(Per::SPELLINGS),
                "in what time: one `call`, the `year` of the application, or `ever`",
            ),
            may(
                "nationality_stays",
                Kind::Flag,
                "`true`: the nationality used in one of the windows stays for the others; binds \
                 whoever holds no nationality that serves in all of them",
            ),
            may("implied", Kind::Flag, "`true`: the sources imply it, none states it"),
            must("source", SOURCES, "id of the source, or a list of ids"),
            must("wording", Kind::Text, "the page's words, paraphrased"),
            may("note", Kind::Text, "anything a reader should know"),
        ]
    };
}

pub(super) static LIMIT: Shape = Shape {
    name: "a limit",
    doc: "What binds a choice between windows, or between the posts of one.",
    keys: limit_keys![
        must(
            "windows",
            Kind::List(&Kind::Name(Namespace::Window)),
            "ids of the windows it is over"
        ),
        may(
            "with_donors",
            Kind::List(&Kind::Name(Namespace::Donor)),
            "other donors, where windows of theirs are among `windows`",
        ),
    ],
};

/// The same in a programme's file, which is over all of its windows.
pub(super) static LIMIT_HERE: Shape = Shape {
    name: "a limit of the programme",
    doc: "What binds a choice between any windows of the programme.",
    keys: limit_keys![],
};
