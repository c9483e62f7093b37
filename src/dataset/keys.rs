//! Every key of every rule file: the one table that checks the files and documents them.

use crate::document::{Kind, Known, Namespace, Shape, json_schema, may, must};
use crate::profile::PROFILE;

/// A kind of rule file.
#[derive(Debug)]
pub struct FileKind {
    /// Its name, as in `jpo-check schema donor`.
    pub name: &'static str,
    /// Its path below the data folder; `<…>` stands for the name of each.
    pub path: &'static str,
    /// What it holds.
    pub shape: &'static Shape,
}

/// Every kind of rule file.
pub static FILES: &[FileKind] = &[
    FileKind { name: "donor", path: "donors/<code>.toml", shape: &DONOR_FILE },
    FileKind { name: "programme", path: "programmes/<id>.toml", shape: &PROGRAMME_FILE },
    FileKind { name: "group", path: "groups/<id>.toml", shape: &GROUP_FILE },
    FileKind { name: "sources", path: "sources.toml", shape: &SOURCES_FILE },
    FileKind { name: "hosts", path: "hosts.toml", shape: &HOSTS_FILE },
    FileKind { name: "facts", path: "facts.toml", shape: &FACTS_FILE },
    FileKind { name: "fields", path: "fields.toml", shape: &FIELDS_FILE },
    FileKind { name: "countries", path: "countries.toml", shape: &COUNTRIES_FILE },
    FileKind { name: "languages", path: "languages.toml", shape: &LANGUAGES_FILE },
    FileKind { name: "lookalikes", path: "lookalikes.toml", shape: &LOOKALIKES_FILE },
];

impl FileKind {
    /// The kind of the file at `path`; `None` where no rules are read from it.
    pub fn of(path: &str) -> Option<&'static Self> {
        FILES.iter().find(|kind| match kind.folder() {
            Some(folder) => path
                .strip_prefix(folder)
                .and_then(|name| name.strip_suffix(".toml"))
                .is_some_and(|stem| !stem.is_empty() && !stem.contains('/')),
            None => path == kind.path,
        })
    }

    /// The path from which the rules at `path` would be read, if it is plain what its name is
    /// meant to be: `donors/fi.toml` for `donors/fi.TOML` and `donors/fi.toml.txt`.
    pub fn meant_by(path: &str) -> Option<String> {
        let path = path.to_ascii_lowercase();
        let start = path.rfind('/').map_or(0, |at| at + 1);
        let (folder, name) = path.split_at_checked(start)?;
        let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
        let meant = format!("{folder}{stem}.toml");
        Self::of(&meant).map(|_| meant)
    }

    /// The folder in which each file of this kind stands, with `/` at its end.
    fn folder(&self) -> Option<&'static str> {
        self.path.split_once('<').map(|(folder, _)| folder)
    }

    /// Where its JSON Schema stands below the data folder.
    pub fn schema_path(&self) -> String {
        format!("schemas/{}.json", self.name)
    }

    /// Its JSON Schema, for editors; `known` is what they offer to complete.
    pub fn schema(&self, known: &Known) -> serde_json::Value {
        json_schema(self.shape, &format!("jpo-check {}, format 1", self.path), known)
    }
}

const ID: Kind = Kind::Id('-');
/// Answers and fields of study stand in profiles, whose own keys are written so.
const SNAKE_ID: Kind = Kind::Id('_');
const COUNTRY: Kind = Kind::Name(Namespace::Country);
const COUNTRIES: Kind = Kind::List(&COUNTRY);
const GROUPS: Kind = Kind::List(&Kind::Name(Namespace::Group));
const FIELDS: Kind = Kind::List(&Kind::Name(Namespace::Field));
const SOURCES: Kind = Kind::OneOrMore(&Kind::Name(Namespace::Source));
const TEXTS: Kind = Kind::List(&Kind::Text);
const CHOICES: Kind = Kind::List(&Kind::Choice);
const YEARS: Kind = Kind::Whole(0, 80);
const MONTHS_AHEAD: Kind = Kind::Whole(0, 60);
const MONTHS: Kind = Kind::Whole(0, 960);
const DEGREE: Kind = Kind::OneOf(&["secondary", "bachelor", "postgraduate", "master", "doctorate"]);
const KINDS: Kind = Kind::List(&Kind::OneOf(&[
    "employment",
    "self_employment",
    "internship",
    "volunteering",
    "un_volunteer",
    "doctoral_research",
    "military",
    "casual",
]));

/// The keys of a reading: its values, then those that every reading has.
macro_rules! reading_keys {
    ($($key:expr),* $(,)?) => {
        &[
            $($key,)*
            may("no_requirement", Kind::Flag, "`true`: in this reading nothing is asked"),
            may("source", SOURCES, "id of the source, or a list of ids; left out: the requirement's"),
            may("wording", Kind::Text, "the page's words, paraphrased"),
            may("note", Kind::Text, "anything a reader should know"),
        ]
    };
}

/// The keys of a requirement: its values, then those that every requirement has.
macro_rules! requirement_keys {
    ($reading:expr; $($key:expr),* $(,)?) => {
        &[
            $($key,)*
            may(
                "no_requirement",
                Kind::Flag,
                "`true`: the page itself states that there is none (\"no age limit\")",
            ),
            may(
                "source",
                SOURCES,
                "id of the source, or a list of ids, the one to cite first; needed, here or in \
                 every reading",
            ),
            may("wording", Kind::Text, "the page's words, paraphrased"),
            may("note", Kind::Text, "anything a reader should know"),
            may(
                "strength",
                Kind::OneOf(&["required", "usual", "asset", "judged"]),
                "`required` (default), `usual` (\"normally\": a miss is at the donor's discretion), \
                 `asset` (reported, never decides) or `judged` (by people; never decides)",
            ),
            may(
                "basis",
                Kind::OneOf(&["window", "programme"]),
                "`programme` where the rule is only the programme's or inferred from it; `window` \
                 (default)",
            ),
            may(
                "by_vacancy",
                Kind::Flag,
                "`true`: set post by post. With a value, the strictest seen: who meets it is \
                 `met`, who does not is unknown. Without: unknown",
            ),
            may(
                "incomplete",
                Kind::Flag,
                "`true`: the page asks for more than is on record. Who misses the part on record \
                 misses it; who meets it has to confirm the rest",
            ),
            may("valid_from", Kind::Day, "first application day on which it holds, inclusive"),
            may("valid_to", Kind::Day, "last application day on which it holds, inclusive"),
            may(
                "reading",
                Kind::Tables($reading),
                "two or more ways to read the page, or sources of equal standing in conflict: \
                 each holds the values, the requirement itself then holds none",
            ),
            may(
                "superseded",
                Kind::Tables(&SUPERSEDED),
                "older or weaker pages: shown, never deciding",
            ),
        ]
    };
}

/// Builds the shape of a requirement and that of its readings from its own keys.
macro_rules! requirement {
    ($shape:ident, $reading:ident, $name:literal, $doc:literal, [$($key:expr),* $(,)?]) => {
        static $reading: Shape = Shape {
            name: concat!("a reading of ", $name),
            doc: "One way to read the page: the values, with the source that says so.",
            keys: reading_keys!($($key),*),
        };
        static $shape: Shape =
            Shape { name: $name, doc: $doc, keys: requirement_keys!(&$reading; $($key),*) };
    };
}

static READING: Shape = Shape {
    name: "a reading",
    doc: "One way to read the page: the keys of its criterion for the values, and these.",
    keys: reading_keys!(),
};

/// The keys that every requirement has, whatever its criterion.
pub static REQUIREMENT: Shape = Shape {
    name: "every requirement",
    doc: "What each criterion takes besides its own keys.",
    keys: requirement_keys!(&READING;),
};

static SUPERSEDED: Shape = Shape {
    name: "a superseded page",
    doc: "An older or weaker page: shown, never deciding.",
    keys: &[
        must("says", Kind::Text, "what it says"),
        must("source", SOURCES, "id of its source, or a list of ids"),
    ],
};

requirement!(
    SPONSORSHIP,
    SPONSORSHIP_READING,
    "sponsorship",
    "Whether the donor pays for posts.",
    [may(
        "status",
        Kind::OneOf(&["active", "listed", "disputed", "unknown", "inactive"]),
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

macro_rules! branch_keys {
    ($name:ident, $shape_name:literal, $doc:literal) => {
        static $name: Shape = Shape {
            name: $shape_name,
            doc: $doc,
            keys: &[
                may(
                    "national_of",
                    COUNTRIES,
                    "countries: holding one of these nationalities is enough",
                ),
                may(
                    "in_group",
                    GROUPS,
                    "groups: holding a nationality of one of them on the day is enough; adds to \
                     `national_of`",
                ),
                may("resident_in", COUNTRIES, "countries: living in one of them"),
                may("permanent", Kind::Flag, "`true`: that residence must be permanent"),
                may(
                    "fact",
                    Kind::Name(Namespace::Fact),
                    "a yes/no fact that must be true (\"has a link with Jersey\")",
                ),
                may("studied_in", COUNTRIES, "some degree is from one of these countries"),
                may(
                    "studied_in_group",
                    GROUPS,
                    "some degree is from a country of one of these groups",
                ),
                may("speaks", Kind::Tables(&SKILL), "languages with levels"),
            ],
        };
    };
}
branch_keys!(BRANCH, "a branch", "One alternative: everything in it is needed.");
branch_keys!(
    IF_ALSO,
    "if_also",
    "An added condition on whoever also holds one of these nationalities."
);

requirement!(
    NATIONALITY,
    NATIONALITY_READING,
    "nationality",
    "Who may come: nationality, residence, membership of a group.",
    [
        may("national_of", COUNTRIES, "countries: holding one of these nationalities is enough"),
        may(
            "in_group",
            GROUPS,
            "groups: holding a nationality of one of them on the day `on` is enough; adds to \
             `national_of`"
        ),
        may("resident_in", COUNTRIES, "countries: living in one of them"),
        may("permanent", Kind::Flag, "`true`: that residence must be permanent"),
        may(
            "fact",
            Kind::Name(Namespace::Fact),
            "a yes/no fact that must be true (\"has a link with Jersey\")"
        ),
        may("studied_in", COUNTRIES, "some degree is from one of these countries"),
        may("studied_in_group", GROUPS, "some degree is from a country of one of these groups"),
        may("speaks", Kind::Tables(&SKILL), "languages with levels"),
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
        may("degree_level", DEGREE, "lowest level of that degree"),
    ],
};

requirement!(
    AGE,
    AGE_READING,
    "age",
    "Limits of age or date of birth.",
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
    DEGREE_SHAPE,
    DEGREE_READING,
    "degree",
    "The degree asked.",
    [
        may("min", DEGREE, "lowest level"),
        may("max", DEGREE, "highest level: nobody who holds more"),
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

requirement!(
    EXPERIENCE,
    EXPERIENCE_READING,
    "experience",
    "The experience asked.",
    [
        may("min_years", YEARS, "fewest years, inclusive; one year = 365 full-time days"),
        may("min_months", MONTHS, "fewest months, inclusive; a twelfth of a year each"),
        may("max_years", YEARS, "most years, inclusive"),
        may("max_months", MONTHS, "most months, inclusive"),
        may("until", Kind::ReferenceDay, "the day up to which it is counted, inclusive"),
        may(
            "after",
            Kind::OneOf(&["any_time", "first_degree", "master"]),
            "from when it counts: `any_time` (default), `first_degree` (from bachelor up) or `master`",
        ),
        may(
            "counts",
            KINDS,
            "kinds that count fully; without a word `employment`, `self_employment` and `un_volunteer` do"
        ),
        may("counts_half", KINDS, "kinds that count by half"),
        may(
            "may_count",
            KINDS,
            "kinds that the organisation judges: two readings; without a word all the others"
        ),
        may("not_counted", KINDS, "kinds that do not count"),
        may("paid_only", Kind::Flag, "`true`: unpaid work does not count"),
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
    QUALIFICATION,
    QUALIFICATION_READING,
    "qualification",
    "Pairs of degree and experience, instead of both.",
    [
        may("path", Kind::Tables(&PATH), "alternatives: one is enough"),
        may("by", Kind::ReferenceDay, "the day by which the degree is awarded"),
        may("max_years", YEARS, "most years, inclusive, on every path"),
        may("max_months", MONTHS, "most months, inclusive, on every path"),
        may("until", Kind::ReferenceDay, "the day up to which experience is counted, inclusive"),
        may(
            "after",
            Kind::OneOf(&["any_time", "first_degree", "master"]),
            "from when it counts: `any_time` (default), `first_degree` (from bachelor up) or `master`",
        ),
        may(
            "counts",
            KINDS,
            "kinds that count fully; without a word `employment`, `self_employment` and `un_volunteer` do"
        ),
        may("counts_half", KINDS, "kinds that count by half"),
        may(
            "may_count",
            KINDS,
            "kinds that the organisation judges: two readings; without a word all the others"
        ),
        may("not_counted", KINDS, "kinds that do not count"),
        may("paid_only", Kind::Flag, "`true`: unpaid work does not count"),
    ]
);

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
    LANGUAGES,
    LANGUAGES_READING,
    "languages",
    "A language, or so many of a list, or a test.",
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
            "taken at most so many years before the application"
        ),
        may("judge", Kind::Text, "what people judge; its strength is then `judged`"),
        may("asset", Kind::Text, "what is welcome; its strength is then `asset`"),
    ]
);

static EMPLOYED: Shape = Shape {
    name: "employed_by",
    doc: "An ongoing job with an employer of that kind in that country.",
    keys: &[
        must("employer", Kind::OneOf(crate::profile::EMPLOYERS), "kind of employer"),
        must("country", COUNTRY, "its country"),
    ],
};

requirement!(
    CONDITIONS,
    CONDITIONS_READING,
    "conditions",
    "Anything else that is asked.",
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
            "an ongoing job on the day `on`, such as `{ employer = \"government\", country = \"AU\" }`"
        ),
        may("on", Kind::ReferenceDay, "the day of that job"),
        may("judge", Kind::Text, "what people judge; its strength is then `judged`"),
        may("asset", Kind::Text, "what is welcome; its strength is then `asset`"),
    ]
);

static SOURCE: Shape = Shape {
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
            Kind::OneOf(&["official", "second_hand", "inferred"]),
            "`official`, `second_hand`, or `inferred` (nobody says so; concluded)",
        ),
        must("says", Kind::Text, "what it says, in our own words"),
    ],
};

static CALL: Shape = Shape {
    name: "a call",
    doc: "A dated application period; criteria under it replace the window's for that call.",
    keys: &[
        must("opens", Kind::Day, "first day, inclusive"),
        must("closes", Kind::Day, "last day, inclusive"),
        may("source", SOURCES, "id of the source, or a list of ids"),
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
        may("source", SOURCES, "id of the source, or a list of ids"),
        may("note", Kind::Text, "what a reader should know"),
    ],
};

pub(super) static WINDOW: Shape = Shape {
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
            Kind::OneOf(&["individual", "nomination"]),
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
            "a period expected every year; the next one is marked expected",
        ),
    ],
};

static SAMPLE: Shape = Shape {
    name: "a sample",
    doc: "An invented candidate whom several cases start from.",
    keys: &[
        must("name", Kind::Text, "its name, unique in the file"),
        must("profile", Kind::Table(&PROFILE), "what the candidate tells, as in a profile's JSON"),
    ],
};

static CASE: Shape = Shape {
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
        must(
            "verdict",
            Kind::OneOf(&["eligible", "likely", "undetermined", "ineligible"]),
            "the verdict",
        ),
        may(
            "by",
            Kind::List(&Kind::OneOf(&[
                "sponsorship",
                "nationality",
                "age",
                "qualification",
                "languages",
                "conditions",
            ])),
            "the criteria that the verdict hangs on, all of them: those not met (`ineligible`), not \
             settled (`undetermined`), taken from the programme's usual profile or set by the \
             vacancy (`likely`); left out = none",
        ),
        may(
            "call",
            Kind::OneOf(&["open", "rolling", "upcoming", "closed", "unannounced"]),
            "the state of the call; left out = any",
        ),
    ],
};

static UNTESTED: Shape = Shape {
    name: "an untested value",
    doc: "A value that no case needs to notice a change of.",
    keys: &[
        must("window", Kind::Text, "id of a window of this file"),
        must("key", Kind::Text, "the key with its path, such as `age.max` or `languages[1]`"),
        must("why", Kind::Text, "why no case notices a change of it"),
    ],
};

/// The same in a programme's or group's file, which is about one thing.
static UNTESTED_HERE: Shape = Shape {
    name: "an untested value of the file",
    doc: "A value that no case needs to notice a change of.",
    keys: &[
        must("key", Kind::Text, "the key with its path, such as `age.max` or `member[NP].leaves`"),
        must("why", Kind::Text, "why no case notices a change of it"),
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

/// The keys of a limit: those of its file, then those that every limit has.
macro_rules! limit_keys {
    ($($key:expr),* $(,)?) => {
        &[
            $($key,)*
            may("at_most", Kind::Whole(1, 100), "how many, inclusive; with `of` and `per`"),
            may(
                "of",
                Kind::OneOf(&["posts", "windows", "hosts"]),
                "what is counted: `posts` applied for, `windows` applied in, or `hosts` named in \
                 the application",
            ),
            may(
                "per",
                Kind::OneOf(&["call", "year", "ever"]),
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

static LIMIT: Shape = Shape {
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
static LIMIT_HERE: Shape = Shape {
    name: "a limit of the programme",
    doc: "What binds a choice between any windows of the programme.",
    keys: limit_keys![],
};

/// `donors/<code>.toml`
static DONOR_FILE: Shape = Shape {
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
            Kind::OneOf(&["publication", "close"]),
            "counted from: `publication` by the donor (the first day of the call) or the call's \
             `close`",
        ),
        may("source", SOURCES, "id of the source, or a list of ids"),
        may("note", Kind::Text, "anything a reader should know"),
    ],
};

/// `programmes/<id>.toml`
pub(super) static PROGRAMME_FILE: Shape = Shape {
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

static MEMBER: Shape = Shape {
    name: "a member",
    doc: "One country's membership.",
    keys: &[
        must("country", COUNTRY, "the country"),
        may("from", Kind::Day, "first day inside"),
        may("leaves", Kind::Day, "first day outside; left out: it stays"),
        may(
            "leaving",
            Kind::OneOf(&["scheduled", "contested"]),
            "`scheduled` (default): out from that day; `contested`: from that day two readings",
        ),
        may(
            "status",
            Kind::OneOf(&["member", "uncertain"]),
            "`uncertain`: whether it is a member at all is not on record; `member` (default)",
        ),
        may("source", SOURCES, "id of the source, or a list of ids"),
        may("note", Kind::Text, "why"),
    ],
};

static GROUP_CASE: Shape = Shape {
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

/// `groups/<id>.toml`
pub(super) static GROUP_FILE: Shape = Shape {
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

/// `sources.toml`
static SOURCES_FILE: Shape = Shape {
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
static HOSTS_FILE: Shape = Shape {
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
static FACTS_FILE: Shape = Shape {
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
static FIELDS_FILE: Shape = Shape {
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
static COUNTRIES_FILE: Shape = Shape {
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
static LANGUAGES_FILE: Shape = Shape {
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
        may("source", SOURCES, "id of the source, or a list of ids"),
    ],
};

/// `lookalikes.toml`
static LOOKALIKES_FILE: Shape = Shape {
    name: "the file of look-alikes",
    doc: "Schemes often mistaken for the JPO programme.",
    keys: &[
        must("format", Kind::Format, "1"),
        may("source", Kind::Tables(&SOURCE), "the sources the file relies on"),
        may("scheme", Kind::Tables(&SCHEME), "the schemes"),
    ],
};
