//! The keys of cases: what rules must answer.

use super::{COUNTRIES, TEXTS};
use crate::document::{Kind, Shape, may, must};
use crate::profile::PROFILE;
use crate::rules::Criterion;
use crate::vocabulary::{CallState, Verdict, Words};

pub(super) static SAMPLE: Shape = Shape {
    name: "a sample",
    doc: "An invented candidate whom several cases start from.",
    keys: &[
        must("name", Kind::Text, "its name, unique in the file"),
        must("profile", Kind::Table(&PROFILE), "what the candidate tells, as in a profile's JSON"),
    ],
};

pub(super) static CASE: Shape = Shape {
    name: "a case",
    doc: "A candidate, a day, and the answer that a window must give.",
    keys: &[
        must("window", Kind::Text, "id of a window of this file"),
        may("note", Kind::Text, "what is tried here"),
        must("on", Kind::Day, "the day of the question"),
        may("sample", Kind::Text, "name of a sample of this file to start from"),
        may(
            "profile",
            Kind::Table(&PROFILE),
            "a whole profile, or changes to the sample: each key replaces the sample's, `facts` \
             are merged one by one",
        ),
        may("without", TEXTS, "keys of the sample to leave out: `languages`, `facts.previous_jpo`"),
        may("each_national_of", COUNTRIES, "holds for a national of each of these alone"),
        must("verdict", Kind::OneOf(Verdict::SPELLINGS), "the verdict"),
        may(
            "by",
            Kind::List(&Kind::OneOf(Criterion::SPELLINGS)),
            "the criteria that the verdict hangs on, all of them: those not met (`ineligible`), not \
             settled (`undetermined`), taken from the programme's usual profile or set by the \
             vacancy (`likely`); left out = none",
        ),
        may("call", Kind::OneOf(CallState::SPELLINGS), "the state of the call; left out = any"),
    ],
};

pub(super) static UNTESTED: Shape = Shape {
    name: "an untested value",
    doc: "A value that no case needs to notice a change of.",
    keys: &[
        must("window", Kind::Text, "id of a window of this file"),
        must("key", Kind::Text, "the key with its path, such as `age.max` or `languages[1]`"),
        must("why", Kind::Text, "why no case notices a change of it"),
    ],
};

/// The same in a programme's or group's file, which is about one thing.
pub(super) static UNTESTED_HERE: Shape = Shape {
    name: "an untested value of the file",
    doc: "A value that no case needs to notice a change of.",
    keys: &[
        must("key", Kind::Text, "the key with its path, such as `age.max` or `member[NP].leaves`"),
        must("why", Kind::Text, "why no case notices a change of it"),
    ],
};

pub(super) static GROUP_CASE: Shape = Shape {
    name: "a case of a group",
    doc: "A day, and who must be inside the group on it.",
    keys: &[
        must("on", Kind::Day, "the day"),
        may("note", Kind::Text, "what is tried here"),
        may("members", Kind::Whole(0, 300), "how many countries are surely inside"),
        may("inside", COUNTRIES, "countries that are surely inside"),
        may("outside", COUNTRIES, "countries that are surely outside"),
        may("contested", COUNTRIES, "countries whose end of membership is contested"),
        may("uncertain", COUNTRIES, "countries of which it is not on record"),
    ],
};
