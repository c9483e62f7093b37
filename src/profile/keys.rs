//! Every key of a profile: the one table that checks it, documents it and yields its schema.

use crate::document::{Kind, Namespace, Shape, may, must};
use crate::vocabulary::{DegreeLevel, ExperienceKind, Words};

/// The kinds of employer, as profiles and rules spell them.
pub const EMPLOYERS: &[&str] =
    &["government", "international", "ngo", "academia", "private", "other"];

const COUNTRY: Kind = Kind::Name(Namespace::Country);

static RESIDENCE: Shape = Shape {
    name: "a residence",
    doc: "A country lived in now.",
    keys: &[
        must("country", COUNTRY, "country: code, name or alias"),
        may("since", Kind::PartialDay, "since when"),
        may("permanent", Kind::Flag, "whether by a permanent right of residence"),
    ],
};

static DEGREE: Shape = Shape {
    name: "a degree",
    doc: "A degree held, or expected if `awarded` is in the future.",
    keys: &[
        must(
            "level",
            Kind::OneOf(DegreeLevel::SPELLINGS),
            "level; `postgraduate` = diploma or certificate after a bachelor",
        ),
        may("field", Kind::Text, "field of study"),
        may("country", COUNTRY, "country that awarded it: code, name or alias"),
        may(
            "awarded",
            Kind::PartialDay,
            "day, month or year of the award; in the future = expected",
        ),
    ],
};

static JOB: Shape = Shape {
    name: "an experience",
    doc: "A job, internship, service or other piece of experience.",
    keys: &[
        must(
            "kind",
            Kind::OneOf(ExperienceKind::SPELLINGS),
            "what it was, such as `employment` or `internship`",
        ),
        must("from", Kind::PartialDay, "first day, inclusive; a month or year if that is all"),
        may("to", Kind::End, "last day, inclusive; null or `ongoing` = it goes on"),
        may(
            "share",
            Kind::Number(0.001, 1.0),
            "share of full time, to the thousandth; left out = 1.0, full time",
        ),
        may(
            "paid",
            Kind::Flag,
            "whether paid; left out = paid for employment, self_employment, military and casual, \
             unpaid for volunteering, not told for the rest",
        ),
        may("country", COUNTRY, "where: code, name or alias"),
        may("relevant", Kind::Flag, "whether relevant; left out = taken as relevant"),
        may("employer", Kind::OneOf(EMPLOYERS), "kind of employer"),
    ],
};

static LANGUAGE: Shape = Shape {
    name: "a language",
    doc: "A language spoken.",
    keys: &[
        must("language", Kind::Name(Namespace::Language), "language: code, name or alias"),
        may("level", Kind::Level, "A1 to C2, `native`, or a lower bound: `at least B2`"),
    ],
};

static TEST: Shape = Shape {
    name: "a test",
    doc: "A language test taken.",
    keys: &[
        must(
            "test",
            Kind::Name(Namespace::Test),
            "id of the test, such as `toefl-ibt`; in profiles its name, too",
        ),
        may("score", Kind::Number(0.0, 1000.0), "score"),
        may("taken", Kind::PartialDay, "day, month or year it was taken"),
    ],
};

/// A profile.
pub static PROFILE: Shape = Shape {
    name: "a profile",
    doc: "What a candidate tells. A key left out is not told; `[]` is told: none.",
    keys: &[
        may("format", Kind::Format, "1; the only key that may be assumed"),
        may("id", Kind::Text, "echoed back"),
        may("birth_date", Kind::PartialDay, "date of birth; a month or year if that is all"),
        may("nationalities", Kind::List(&COUNTRY), "every nationality: codes, names or aliases"),
        may("residences", Kind::List(&Kind::Table(&RESIDENCE)), "every country lived in now"),
        may("degrees", Kind::List(&Kind::Table(&DEGREE)), "every degree held or expected"),
        may("experience", Kind::List(&Kind::Table(&JOB)), "every piece of experience"),
        may("languages", Kind::List(&Kind::Table(&LANGUAGE)), "every language spoken"),
        may("tests", Kind::List(&Kind::Table(&TEST)), "every language test taken"),
        may("facts", Kind::Open, "answers to declared facts, by id"),
    ],
};
