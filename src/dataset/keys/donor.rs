//! The keys of a donor's file.

use super::case::{CASE, SAMPLE, UNTESTED};
use super::criteria::{
    AGE, CONDITIONS, DEGREE_SHAPE, EXPERIENCE, LANGUAGES, NATIONALITY, QUALIFICATION, SPONSORSHIP,
};
use super::limit::LIMIT;
use super::lists::SOURCE;
use super::{CITED, ID, TEXTS};
use crate::document::{Kind, Namespace, Shape, may, must};
use crate::rules::Application;
use crate::vocabulary::Words;

/// `donors/<code>.toml`
pub(super) static DONOR_FILE: Shape = Shape {
    name: "a donor's file",
    doc: "One donor with its windows.",
    keys: &[
        must("format", Kind::Format, "1"),
        must("code", Kind::Text, "the donor's code, the file's name in capitals"),
        must("name", Kind::Text, "its name"),
        may("about", Kind::Text, "what is known of its programme as a whole"),
        may("channel", Kind::Table(&CHANNEL), "where candidates apply"),
        may("source", Kind::Tables(&SOURCE), "the sources the file relies on"),
        must("window", Kind::Tables(&WINDOW), "its windows"),
        may("limit", Kind::Tables(&LIMIT), "what binds a choice between windows"),
        may("sample", Kind::Tables(&SAMPLE), "invented candidates for the cases"),
        may("case", Kind::Tables(&CASE), "what the windows must answer"),
        may("untested", Kind::Tables(&UNTESTED), "values that no case needs to notice"),
    ],
};

static CHANNEL: Shape = Shape {
    name: "the channel",
    doc: "Where candidates apply.",
    keys: &[
        may("operator", Kind::Text, "who runs it"),
        may("url", Kind::Text, "its page"),
        may("how", Kind::Text, "how it goes"),
    ],
};

static CALL: Shape = Shape {
    name: "a call",
    doc: "A dated application period; criteria under it replace the window's for that call.",
    keys: &[
        must("opens", Kind::Day, "first day, inclusive"),
        must("closes", Kind::Day, "last day, inclusive"),
        CITED,
        may("note", Kind::Text, "what a reader should know"),
        may("sponsorship", Kind::Tables(&SPONSORSHIP), "replaces the window's"),
        may("nationality", Kind::Tables(&NATIONALITY), "replaces the window's"),
        may("age", Kind::Tables(&AGE), "replaces the window's"),
        may("degree", Kind::Tables(&DEGREE_SHAPE), "replaces the window's"),
        may("experience", Kind::Tables(&EXPERIENCE), "replaces the window's"),
        may("qualification", Kind::Tables(&QUALIFICATION), "replaces the window's"),
        may("languages", Kind::Tables(&LANGUAGES), "replaces the window's"),
        may("conditions", Kind::Tables(&CONDITIONS), "replaces the window's"),
    ],
};

static RECURRING: Shape = Shape {
    name: "recurring",
    doc: "A period expected every year.",
    keys: &[
        must("opens", Kind::MonthDay, "first day as `MM-DD`, inclusive"),
        must("closes", Kind::MonthDay, "last day as `MM-DD`, inclusive"),
        CITED,
        may("note", Kind::Text, "what a reader should know"),
    ],
};

pub(in crate::dataset) static WINDOW: Shape = Shape {
    name: "a window",
    doc: "One route by which one donor, or a fund of several, sponsors candidates.",
    keys: &[
        must("id", ID, "id, unique"),
        must("title", Kind::Text, "title"),
        must("programme", Kind::Name(Namespace::Programme), "whose usual profile stands in"),
        must(
            "hosts",
            Kind::List(&Kind::Name(Namespace::Host)),
            "ids of hosts; `un-system` = UN organisations in general",
        ),
        may("hosts_note", Kind::Text, "what is known of the hosts beyond the ids"),
        may("with_donors", Kind::List(&Kind::Name(Namespace::Donor)), "donors that share it"),
        may(
            "application",
            Kind::OneOf(Application::SPELLINGS),
            "`individual` (default) or `nomination`: one cannot apply oneself",
        ),
        may("apply", Kind::Text, "where to apply, if not by the channel"),
        may("duration", Kind::Text, "how long a posting lasts"),
        may("info", TEXTS, "worth knowing, not a condition"),
        may("note", Kind::Text, "what a reader should know"),
        may("past_calls", TEXTS, "what is known of earlier calls without an opening day"),
        may("rolling", Kind::Flag, "`true`: posts appear all year"),
        must("sponsorship", Kind::Tables(&SPONSORSHIP), "whether the donor pays for posts"),
        must(
            "nationality",
            Kind::Tables(&NATIONALITY),
            "who may come; several tables are all needed, as in every criterion",
        ),
        may("age", Kind::Tables(&AGE), "limits of age"),
        may("degree", Kind::Tables(&DEGREE_SHAPE), "the degree asked"),
        may("experience", Kind::Tables(&EXPERIENCE), "the experience asked"),
        may("qualification", Kind::Tables(&QUALIFICATION), "pairs of degree and experience"),
        may("languages", Kind::Tables(&LANGUAGES), "languages and tests"),
        may("conditions", Kind::Tables(&CONDITIONS), "anything else"),
        may(
            "call",
            Kind::Tables(&CALL),
            "dated application periods; a window without a call, `recurring` or `rolling` is `unannounced`",
        ),
        may(
            "recurring",
            Kind::Table(&RECURRING),
            "a period expected every year; the next one is marked expected, if no call of `call` is open or still to come",
        ),
    ],
};
