//! The keys of a group's file.

use super::case::{GROUP_CASE, UNTESTED_HERE};
use super::lists::SOURCE;
use super::{CITED, COUNTRY, GROUPS, ID};
use crate::document::{Kind, Shape, may, must};
use crate::rules::Leaving;
use crate::vocabulary::Words;

/// `groups/<id>.toml`
pub(in crate::dataset) static GROUP_FILE: Shape = Shape {
    name: "a group's file",
    doc: "A group of countries with dated membership.",
    keys: &[
        must("format", Kind::Format, "1"),
        must("id", ID, "the file's name"),
        must("name", Kind::Text, "its name"),
        may("about", Kind::Text, "what it is"),
        may("complete", Kind::Flag, "`false`: countries not named are not on record"),
        may("includes", GROUPS, "groups whose members are taken over"),
        may("uncertain_from", GROUPS, "groups whose members are taken over as uncertain"),
        may("source", Kind::Tables(&SOURCE), "the sources the file relies on"),
        may("member", Kind::Tables(&MEMBER), "the members"),
        may("case", Kind::Tables(&GROUP_CASE), "who must be inside on a day"),
        may("untested", Kind::Tables(&UNTESTED_HERE), "values that no case needs to notice"),
    ],
};

static MEMBER: Shape = Shape {
    name: "a member",
    doc: "One country's membership.",
    keys: &[
        must("country", COUNTRY, "the country"),
        may("from", Kind::Day, "first day inside"),
        may("leaves", Kind::Day, "first day outside; left out: it stays"),
        may(
            "leaving",
            Kind::OneOf(Leaving::SPELLINGS),
            "`scheduled` (default): out from that day; `contested`: from that day two readings",
        ),
        may(
            "status",
            Kind::OneOf(&["member", "uncertain"]),
            "`uncertain`: whether it is a member at all is not on record; `member` (default)",
        ),
        CITED,
        may("note", Kind::Text, "why"),
    ],
};
