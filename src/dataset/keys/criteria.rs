//! The keys of each criterion.

use super::requirement::requirement;
use super::{CHOICES, COUNTRIES, COUNTRY, DEGREE, FIELDS, GROUPS, KINDS, MONTHS, YEARS};
use crate::document::{Key, Kind, Namespace, Shape, may, must};
use crate::profile::EMPLOYERS;
use crate::rules::{Since, Sponsorship};
use crate::vocabulary::Words;

/// What a reading is for.
const WAY: &str = "One way to read the page: the values, with the source that says so.";

requirement!(
    pub(super) SPONSORSHIP,
    SPONSORSHIP_READING,
    "sponsorship",
    "a reading of sponsorship",
    "Whether the donor pays for posts.",
    WAY,
    [may(
        "status",
        Kind::OneOf(Sponsorship::SPELLINGS),
        "`active`, `listed` (a UN list names the donor), `disputed`, `unknown` or `inactive`",
    )]
);

static SKILL: Shape = Shape {
    name: "a language with its level",
    doc: "A language at a level.",
    keys: &[
        must("language", Kind::Name(Namespace::Language), "the language"),
        must("level", Kind::LevelWord, "A1 to C2, `native`, or the page's own word"),
    ],
};

const NATIONAL_OF: Key =
    may("national_of", COUNTRIES, "countries: holding one of these nationalities is enough");
const RESIDENT_IN: Key = may("resident_in", COUNTRIES, "countries: living in one of them");
const PERMANENT: Key = may("permanent", Kind::Flag, "`true`: that residence must be permanent");
const LINK: Key = may(
    "fact",
    Kind::Name(Namespace::Fact),
    "a yes/no fact that must be true (\"has a link with Jersey\")",
);
const STUDIED_IN: Key = may(
    "studied_in",
    COUNTRIES,
    "some degree, awarded or expected, is from one of these countries",
);
const STUDIED_IN_GROUP: Key =
    may("studied_in_group", GROUPS, "some degree is from a country of one of these groups");
const SPEAKS: Key = may("speaks", Kind::Tables(&SKILL), "languages with levels");

/// The keys of a branch.
static BRANCH_KEYS: &[Key] = &[
    NATIONAL_OF,
    may(
        "in_group",
        GROUPS,
        "groups: holding a nationality of one of them on the day is enough; adds to `national_of`",
    ),
    RESIDENT_IN,
    PERMANENT,
    LINK,
    STUDIED_IN,
    STUDIED_IN_GROUP,
    SPEAKS,
];

static BRANCH: Shape = Shape {
    name: "a branch",
    doc: "One alternative: everything in it is needed.",
    keys: BRANCH_KEYS,
};

static IF_ALSO: Shape = Shape {
    name: "if_also",
    doc: "An added condition on whoever also holds one of these nationalities.",
    keys: BRANCH_KEYS,
};

requirement!(
    pub(super) NATIONALITY,
    NATIONALITY_READING,
    "nationality",
    "a reading of nationality",
    "Who may come: nationality, residence, membership of a group.",
    WAY,
    [
        NATIONAL_OF,
        may(
            "in_group",
            GROUPS,
            "groups: holding a nationality of one of them on the day `on` is enough; adds to \
             `national_of`"
        ),
        RESIDENT_IN,
        PERMANENT,
        LINK,
        STUDIED_IN,
        STUDIED_IN_GROUP,
        SPEAKS,
        may(
            "branch",
            Kind::Tables(&BRANCH),
            "alternatives: one is enough; each takes the keys above, and all that it names is needed"
        ),
        may("not_also", COUNTRIES, "holding one of these too shuts the candidate out"),
        may(
            "if_also",
            Kind::Table(&IF_ALSO),
            "`national_of` with other keys of a branch: an added condition on dual nationals"
        ),
        may("on", Kind::ReferenceDay, "the day on which membership of groups is looked at"),
        may("dual", Kind::Text, "what the donor says about several nationalities"),
    ]
);

static BORN_FROM: Shape = Shape {
    name: "born_from",
    doc: "A day of the application's year, so many years earlier.",
    keys: &[
        must("day", Kind::MonthDay, "the day as `MM-DD`"),
        must("years_before", YEARS, "how many years before the application's year"),
    ],
};

static RAISE: Shape = Shape {
    name: "a raise",
    doc: "Years added to the upper limit; the highest that holds counts.",
    keys: &[
        must("years", YEARS, "years added"),
        may(
            "fact",
            Kind::Name(Namespace::Fact),
            "the fact it hangs on, with `is`, `one_of` or `at_least`; beside `degree_field` both are \
             needed",
        ),
        may("is", Kind::Flag, "the value of a yes/no fact"),
        may("one_of", CHOICES, "values of a choice"),
        may("at_least", Kind::Whole(0, 1200), "lowest value of a number, inclusive"),
        may(
            "degree_field",
            FIELDS,
            "fields of study: some degree in one of them is awarded by the day `on` of the limit",
        ),
        may("degree_level", DEGREE, "lowest level of that degree; left out = bachelor"),
    ],
};

requirement!(
    pub(super) AGE,
    AGE_READING,
    "age",
    "a reading of age",
    "Limits of age or date of birth.",
    WAY,
    [
        may("max", YEARS, "most completed years, inclusive"),
        may("under", YEARS, "the same, exclusive: `under = 33` is `max = 32`"),
        may("min", YEARS, "fewest completed years, inclusive"),
        may("on", Kind::ReferenceDay, "the reference day"),
        may(
            "born_from",
            Kind::Either(&[Kind::Day, Kind::Table(&BORN_FROM)]),
            "born on that day or later, instead of `max`: a literal day, or `{ day = \"01-01\", years_before = 30 }`, 1 January of the application's year minus 30",
        ),
        may(
            "raise",
            Kind::Tables(&RAISE),
            "what raises the upper limit; the highest that holds counts, they do not add up"
        ),
    ]
);

requirement!(
    pub(super) DEGREE_SHAPE,
    DEGREE_READING,
    "degree",
    "a reading of degree",
    "The degree asked.",
    WAY,
    [
        may("min", DEGREE, "lowest level"),
        may("max", DEGREE, "highest level: nobody who holds more, and somebody who holds one up to it"),
        may(
            "or_all",
            Kind::List(&DEGREE),
            "levels that together stand for `min`, such as `[\"bachelor\", \"postgraduate\"]`"
        ),
        may(
            "fields",
            FIELDS,
            "closed list of fields; wanted ones that are not closed stand in a second table with `strength = \"asset\"`"
        ),
        may("studied_in", COUNTRIES, "countries of the degree"),
        may("studied_in_group", GROUPS, "groups of countries of the degree"),
        may(
            "by",
            Kind::ReferenceDay,
            "the day by which it is awarded; an expected degree counts if its date is not later"
        ),
    ]
);

const AFTER: Key = may(
    "after",
    Kind::OneOf(Since::SPELLINGS),
    "from when it counts: `any_time` (default), `first_degree` (from bachelor up) or `master`",
);
const COUNTS: Key = may(
    "counts",
    KINDS,
    "kinds that count fully; of the others, `employment`, `self_employment` and `un_volunteer` do unless something else is said of them",
);
const COUNTS_HALF: Key = may(
    "counts_half",
    KINDS,
    "kinds that count by half; a share is halved to the thousandth, rounded down",
);
const MAY_COUNT: Key = may(
    "may_count",
    KINDS,
    "kinds that the organisation judges, each in two readings; so is every kind of which nothing else is said",
);
const NOT_COUNTED: Key = may("not_counted", KINDS, "kinds that do not count");
const PAID_ONLY: Key = may("paid_only", Kind::Flag, "`true`: unpaid work does not count");

requirement!(
    pub(super) EXPERIENCE,
    EXPERIENCE_READING,
    "experience",
    "a reading of experience",
    "The experience asked.",
    WAY,
    [
        may("min_years", YEARS, "fewest years, inclusive; one year = 365 full-time days"),
        may("min_months", MONTHS, "fewest months, inclusive; a twelfth of a year each"),
        may("max_years", YEARS, "most years, inclusive"),
        may("max_months", MONTHS, "most months, inclusive"),
        may("until", Kind::ReferenceDay, "the day up to which it is counted, inclusive"),
        AFTER,
        COUNTS,
        COUNTS_HALF,
        MAY_COUNT,
        NOT_COUNTED,
        PAID_ONLY,
    ]
);

static PATH: Shape = Shape {
    name: "a path",
    doc: "A degree with the experience it needs.",
    keys: &[
        must("degree", DEGREE, "lowest level"),
        may("fields", FIELDS, "closed list of fields"),
        may("min_years", YEARS, "fewest years, inclusive"),
        may("min_months", MONTHS, "fewest months, inclusive"),
        may("by_vacancy", Kind::Flag, "`true`: only some posts take this path"),
    ],
};

requirement!(
    pub(super) QUALIFICATION,
    QUALIFICATION_READING,
    "qualification",
    "a reading of qualification",
    "Pairs of degree and experience, instead of both.",
    WAY,
    [
        may("path", Kind::Tables(&PATH), "alternatives: one is enough"),
        may("by", Kind::ReferenceDay, "the day by which the degree is awarded"),
        may("max_years", YEARS, "most years, inclusive, on every path"),
        may("max_months", MONTHS, "most months, inclusive, on every path"),
        may("until", Kind::ReferenceDay, "the day up to which experience is counted, inclusive"),
        AFTER,
        COUNTS,
        COUNTS_HALF,
        MAY_COUNT,
        NOT_COUNTED,
        PAID_ONLY,
    ]
);

const JUDGE: Key = may("judge", Kind::Text, "what people judge; its strength is then `judged`");
const ASSET: Key = may("asset", Kind::Text, "what is welcome; its strength is then `asset`");

static TEST: Shape = Shape {
    name: "a test asked for",
    doc: "A test with the score asked.",
    keys: &[
        must("test", Kind::Name(Namespace::Test), "id of the test"),
        may("min", Kind::Number(0.0, 1000.0), "lowest score, inclusive; left out: it has to exist"),
        may("min_unknown", Kind::Flag, "`true`: there is a lowest score, not on record"),
    ],
};

requirement!(
    pub(super) LANGUAGES,
    LANGUAGES_READING,
    "languages",
    "a reading of languages",
    "A language, or so many of a list, or a test.",
    WAY,
    [
        may("language", Kind::Name(Namespace::Language), "one language"),
        may(
            "of",
            Kind::List(&Kind::Name(Namespace::Language)),
            "a list of languages, with `at_least` and `level`, or with `levels`"
        ),
        may("at_least", Kind::Whole(1, 20), "how many different languages of the list"),
        may("level", Kind::LevelWord, "A1 to C2, `native`, or the page's own word"),
        may(
            "levels",
            Kind::List(&Kind::LevelWord),
            "as many different languages as levels, one for each: `[\"C1\", \"B2\"]` is one fluent, another good"
        ),
        may("tests", Kind::Tables(&TEST), "tests: one is enough"),
        may(
            "valid_years",
            Kind::Whole(1, 20),
            "taken at most so many years before the application: on the same day of the year or later, and from 28 February where the application is on the 29th"
        ),
        JUDGE,
        ASSET,
    ]
);

static EMPLOYED: Shape = Shape {
    name: "employed_by",
    doc: "An ongoing job with an employer of that kind in that country.",
    keys: &[
        must("employer", Kind::OneOf(EMPLOYERS), "kind of employer"),
        must("country", COUNTRY, "its country"),
    ],
};

requirement!(
    pub(super) CONDITIONS,
    CONDITIONS_READING,
    "conditions",
    "a reading of conditions",
    "Anything else that is asked.",
    WAY,
    [
        may(
            "fact",
            Kind::Name(Namespace::Fact),
            "a declared fact, with `is`, `one_of`, `at_least` or `at_most`"
        ),
        may("is", Kind::Flag, "the value of a yes/no fact"),
        may("one_of", CHOICES, "values of a choice"),
        may("at_least", Kind::Whole(0, 1200), "lowest value of a number, inclusive"),
        may("at_most", Kind::Whole(0, 1200), "highest value of a number, inclusive"),
        may(
            "employed_by",
            Kind::Table(&EMPLOYED),
            "a job of any kind that covers the day `on`, such as `{ employer = \"government\", country = \"AU\" }`"
        ),
        may("on", Kind::ReferenceDay, "the day of that job"),
        JUDGE,
        ASSET,
    ]
);
