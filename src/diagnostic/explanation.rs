//! What each kind of problem means, with an example before and after.

use super::code::Code;

/// What a kind of problem means, for somebody who edits files and is no programmer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// A few words for a list.
    pub title: &'static str,
    /// What it means and why it matters.
    pub meaning: &'static str,
    /// How it looks before and after it is mended.
    pub example: Example,
}

/// A piece of a file before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// The file it stands in; `None` where it is no piece of a text.
    pub file: Option<&'static str>,
    /// With the problem.
    pub before: &'static str,
    /// Without.
    pub after: &'static str,
}

/// The file that most examples stand in.
const FINLAND: Option<&str> = Some("donors/fi.toml");

impl Code {
    /// What it means.
    pub const fn explanation(self) -> &'static Explanation {
        match self {
            Self::Syntax => &SYNTAX,
            Self::NotUtf8 => &NOT_UTF8,
            Self::TooLarge => &TOO_LARGE,
            Self::Unreadable => &UNREADABLE,
            Self::NoRules => &NO_RULES,
            Self::Format => &FORMAT,
            Self::UnknownKey => &UNKNOWN_KEY,
            Self::DuplicateKey => &DUPLICATE_KEY,
            Self::MissingKey => &MISSING_KEY,
            Self::WrongType => &WRONG_TYPE,
            Self::UnknownWord => &UNKNOWN_WORD,
            Self::OutOfRange => &OUT_OF_RANGE,
            Self::BadDate => &BAD_DATE,
            Self::DatesReversed => &DATES_REVERSED,
            Self::FutureDate => &FUTURE_DATE,
            Self::UnknownCountry => &UNKNOWN_COUNTRY,
            Self::UnknownLanguage => &UNKNOWN_LANGUAGE,
            Self::UnknownId => &UNKNOWN_ID,
            Self::DuplicateId => &DUPLICATE_ID,
            Self::AmbiguousName => &AMBIGUOUS_NAME,
            Self::FileName => &FILE_NAME,
            Self::Contradiction => &CONTRADICTION,
            Self::Empty => &EMPTY,
            Self::ProgrammeRequires => &PROGRAMME_REQUIRES,
            Self::Usage => &USAGE,
            Self::InputOutput => &INPUT_OUTPUT,
            Self::UnusedSource => &UNUSED_SOURCE,
            Self::NoRecheck => &NO_RECHECK,
            Self::StaleSource => &STALE_SOURCE,
            Self::WeakSourceFirst => &WEAK_SOURCE_FIRST,
            Self::CallOver => &CALL_OVER,
            Self::SameWindow => &SAME_WINDOW,
            Self::SameReading => &SAME_READING,
            Self::RepeatedEntry => &REPEATED_ENTRY,
            Self::CoveredEntry => &COVERED_ENTRY,
            Self::SpelledOut => &SPELLED_OUT,
            Self::NeverMet => &NEVER_MET,
            Self::AlwaysMet => &ALWAYS_MET,
            Self::NeverMatters => &NEVER_MATTERS,
            Self::LookAlikeLetter => &LOOK_ALIKE_LETTER,
            Self::OddSpace => &ODD_SPACE,
        }
    }
}

const SYNTAX: Explanation = Explanation {
    title: "the text is not TOML or JSON",
    meaning: "Somewhere a bracket, a quote or an equals sign is missing, is one too many, or is \
        another character than the plain one. Until it is mended nothing of the file can be \
        read.",
    example: Example { file: FINLAND, before: "name = \"Finland", after: "name = \"Finland\"" },
};

const NOT_UTF8: Explanation = Explanation {
    title: "the file is not saved as UTF-8",
    meaning: "The program reads texts saved as UTF-8, and this file was saved in another encoding, \
        so that some letters cannot be told. Open it in an editor and save it as UTF-8.",
    example: Example {
        file: None,
        before: "a file saved as \"Windows-1252\" or \"UTF-16\"",
        after: "the same file saved as \"UTF-8\"",
    },
};

const TOO_LARGE: Explanation = Explanation {
    title: "the file is larger than what is read",
    meaning: "A profile holds at most one mebibyte, far more than a life needs. Most likely \
        another file was named.",
    example: Example {
        file: None,
        before: "jpo-check photo.json",
        after: "jpo-check profile.json",
    },
};

const UNREADABLE: Explanation = Explanation {
    title: "the file cannot be read",
    meaning: "There is no file of that name, it is a folder, or it may not be read by you.",
    example: Example {
        file: None,
        before: "jpo-check profil.json",
        after: "jpo-check profile.json",
    },
};

const NO_RULES: Explanation = Explanation {
    title: "the folder holds no rules",
    meaning: "A folder of rules needs its files of countries, facts, fields, hosts, languages and \
        sources, and at least one donor's file. Rules that are not there are never taken for \
        rules that ask nothing.",
    example: Example {
        file: None,
        before: "jpo-check rules lint empty-folder",
        after: "jpo-check rules export mine\njpo-check rules lint mine",
    },
};

const FORMAT: Explanation = Explanation {
    title: "another format than this program reads",
    meaning: "The line `format` says how a file is to be read. This program reads format 1; a \
        higher number belongs to a newer program.",
    example: Example { file: FINLAND, before: "format = 2", after: "format = 1" },
};

const UNKNOWN_KEY: Explanation = Explanation {
    title: "a key that the format does not have",
    meaning: "The word in front of the equals sign is none that the program knows at this place, \
        so that the line would have no effect. Mostly it is misspelt or stands in the wrong \
        table.",
    example: Example { file: FINLAND, before: "maks = 32", after: "max = 32" },
};

const DUPLICATE_KEY: Explanation = Explanation {
    title: "a key given twice",
    meaning: "Two lines give the same key, and only one of them could count. Take out the wrong \
        one.",
    example: Example { file: FINLAND, before: "max = 32\nmax = 33", after: "max = 32" },
};

const MISSING_KEY: Explanation = Explanation {
    title: "a key that must be there is not",
    meaning: "Every requirement names the source that says so, and some other lines cannot be left \
        out either.",
    example: Example {
        file: FINLAND,
        before: "[window.degree]\nmin = \"master\"",
        after: "[window.degree]\nmin = \"master\"\nsource = \"ministry\"",
    },
};

const WRONG_TYPE: Explanation = Explanation {
    title: "a value of another type",
    meaning: "Numbers, days and `true` or `false` stand without quotes, texts with them, lists in \
        brackets.",
    example: Example { file: FINLAND, before: "max = \"32\"", after: "max = 32" },
};

const UNKNOWN_WORD: Explanation = Explanation {
    title: "a word outside its closed list",
    meaning: "Here one of a few fixed words is to be chosen, in exactly their spelling.",
    example: Example { file: FINLAND, before: "min = \"masters\"", after: "min = \"master\"" },
};

const OUT_OF_RANGE: Explanation = Explanation {
    title: "a number outside its bounds",
    meaning: "The number is larger or smaller than anything that makes sense here: mostly a digit \
        too many.",
    example: Example { file: FINLAND, before: "max = 320", after: "max = 32" },
};

const BAD_DATE: Explanation = Explanation {
    title: "a day that is none, or in another order",
    meaning: "Days are written year, month, day: 2027-01-15. A day that no calendar has, or one in \
        another order, is not guessed at.",
    example: Example { file: FINLAND, before: "closes = 15-01-2027", after: "closes = 2027-01-15" },
};

const DATES_REVERSED: Explanation = Explanation {
    title: "an end before its beginning",
    meaning: "The second of two days lies before the first. Mostly they are swapped, or a year is \
        wrong.",
    example: Example { file: FINLAND, before: "closes = 2026-01-15", after: "closes = 2027-01-15" },
};

const FUTURE_DATE: Explanation = Explanation {
    title: "a day that cannot be in the future",
    meaning: "Nobody is born, and no test is taken, after the day of the application.",
    example: Example {
        file: Some("profile.json"),
        before: "\"birth_date\": \"2066-04-12\"",
        after: "\"birth_date\": \"1996-04-12\"",
    },
};

const UNKNOWN_COUNTRY: Explanation = Explanation {
    title: "a country that is not known",
    meaning: "The name or code is none of `countries.toml`. Rules write codes of two letters, such \
        as FI.",
    example: Example {
        file: FINLAND,
        before: "national_of = [\"SE\", \"Finnland\"]",
        after: "national_of = [\"SE\", \"FI\"]",
    },
};

const UNKNOWN_LANGUAGE: Explanation = Explanation {
    title: "a language that is not known",
    meaning: "The name or code is none of `languages.toml`. Rules write codes of two letters, such \
        as en.",
    example: Example {
        file: FINLAND,
        before: "language = \"englisch\"",
        after: "language = \"en\"",
    },
};

const UNKNOWN_ID: Explanation = Explanation {
    title: "an id that no file declares",
    meaning: "A source, fact, group, host or programme is named that is declared nowhere. Mostly \
        the id is misspelt; else declare it first.",
    example: Example {
        file: FINLAND,
        before: "fact = \"previous_jop\"",
        after: "fact = \"previous_jpo\"",
    },
};

const DUPLICATE_ID: Explanation = Explanation {
    title: "an id declared twice",
    meaning: "Two things bear one id, so that nobody could tell which is meant. Give one of them \
        another.",
    example: Example {
        file: FINLAND,
        before: "id = \"ministry\"\npublisher = \"A newspaper\"",
        after: "id = \"newspaper\"\npublisher = \"A newspaper\"",
    },
};

const AMBIGUOUS_NAME: Explanation = Explanation {
    title: "a name that stands for two things",
    meaning: "Two countries, or two languages, bear the same name or alias; a candidate who tells \
        it could mean either.",
    example: Example {
        file: Some("countries.toml"),
        before: "aliases = [\"Finland\"]",
        after: "aliases = [\"Sverige\"]",
    },
};

const FILE_NAME: Explanation = Explanation {
    title: "the file's name does not fit",
    meaning: "A donor's file is called like its code in small letters, a group's or programme's \
        like its id, each in its folder, with `.toml` in small letters at the end. Hidden files, \
        copies that editors keep (`fi.toml~`) and READMEs are passed over.",
    example: Example { file: FINLAND, before: "code = \"FN\"", after: "code = \"FI\"" },
};

const CONTRADICTION: Explanation = Explanation {
    title: "lines that exclude each other",
    meaning: "Two lines say the same thing in different ways, or together ask what nobody can \
        meet. Keep the one that the page says.",
    example: Example { file: FINLAND, before: "max = 32\nunder = 33", after: "max = 32" },
};

const EMPTY: Explanation = Explanation {
    title: "a requirement that says nothing",
    meaning: "A table without a value asks nothing, and silence is never a yes. Give the value; \
        write `no_requirement = true` if the page says that there is none; leave the table \
        out where nothing is on record.",
    example: Example {
        file: FINLAND,
        before: "[window.degree]\nsource = \"ministry\"",
        after: "[window.degree]\nmin = \"master\"\nsource = \"ministry\"",
    },
};

const PROGRAMME_REQUIRES: Explanation = Explanation {
    title: "a usual profile that would shut somebody out",
    meaning: "A programme's usual profile describes who is mostly taken. Only a donor's own rule \
        can shut a candidate out, so its strength is never `required`.",
    example: Example {
        file: Some("programmes/un-desa.toml"),
        before: "strength = \"required\"",
        after: "strength = \"usual\"",
    },
};

const USAGE: Explanation = Explanation {
    title: "words on the command line mean nothing",
    meaning: "A command, an option or a name was written that the program does not know, or one \
        that it needs was left out. `jpo-check --help` lists what there is.",
    example: Example {
        file: None,
        before: "jpo-check why fi-national me.json",
        after: "jpo-check why fi-nationals me.json",
    },
};

const INPUT_OUTPUT: Explanation = Explanation {
    title: "something could not be read or written",
    meaning: "The disk is full, a file may not be read or written by you, or one is there already \
        that is not to be written over.",
    example: Example {
        file: None,
        before: "jpo-check rules export folder-in-use",
        after: "jpo-check rules export new-folder",
    },
};

const UNUSED_SOURCE: Explanation = Explanation {
    title: "a source that nothing cites",
    meaning: "A donor's file, or the file of shared sources, describes a source on which no rule \
        rests. Cite it where it belongs, or take it out. Sources of groups and programmes \
        are spared: they stand for the file as a whole.",
    example: Example {
        file: FINLAND,
        before: "source = \"ministry\" # of the age",
        after: "source = [\"ministry\", \"newspaper\"] # of the age",
    },
};

const NO_RECHECK: Explanation = Explanation {
    title: "a source without a day to look at it again",
    meaning: "Pages change. Without `recheck_by` nobody is told when to look again, and the rule \
        grows old unseen. Half a year suits a ministry's page, a quarter somebody else's \
        account, a few weeks a page on a running call.",
    example: Example {
        file: FINLAND,
        before: "checked = 2026-08-21\nkind = \"second_hand\"",
        after: "checked = 2026-08-21\nrecheck_by = 2027-02-21\nkind = \"second_hand\"",
    },
};

const STALE_SOURCE: Explanation = Explanation {
    title: "a source that should have been looked at again",
    meaning: "Its day `recheck_by` has passed. Look at the page: write today into `checked`, a \
        later day into `recheck_by`, and mend the rules if the page has changed. `--as-of` \
        shows what will be due on another day.",
    example: Example {
        file: FINLAND,
        before: "recheck_by = 2026-11-01",
        after: "recheck_by = 2027-02-21",
    },
};

const WEAK_SOURCE_FIRST: Explanation = Explanation {
    title: "a weaker source cited before a better one",
    meaning: "The first source of a list is the one that candidates are shown. Here it is \
        second-hand or inferred, while an official source of the same file, no older, says \
        so too. A newer second-hand account may well stand first.",
    example: Example {
        file: FINLAND,
        before: "source = [\"newspaper\", \"ministry\"] # of the age",
        after: "source = [\"ministry\", \"newspaper\"] # of the age",
    },
};

const CALL_OVER: Explanation = Explanation {
    title: "a call that closed, and nobody has looked since",
    meaning: "The last call of the window is over, none is expected, and no source of the window \
        was checked since it closed. Look for the next call and write it down; if none is \
        announced, the day in `checked` says that somebody has looked.",
    example: Example {
        file: FINLAND,
        before: "opens = 2026-10-15\ncloses = 2026-11-21",
        after: "opens = 2026-12-01\ncloses = 2027-01-15",
    },
};

const SAME_WINDOW: Explanation = Explanation {
    title: "a window that says the same as another",
    meaning: "Two windows of a donor differ in nothing but id and title, so that one of them is \
        superfluous or an edit was forgotten. Here a window `fi-doctors` has the same rules \
        and lasts two years.",
    example: Example {
        file: FINLAND,
        before: "id = \"fi-lawyers\"\nduration = \"Two years\"",
        after: "id = \"fi-lawyers\"\nduration = \"Three years\"",
    },
};

const SAME_READING: Explanation = Explanation {
    title: "a reading that asks the same as another",
    meaning: "Readings are the ways in which a page can be understood. Two that ask the same are \
        one; mostly a number was to be changed in the second.",
    example: Example {
        file: FINLAND,
        before: "[[window.experience.reading]] # the other way\nmin_years = 1",
        after: "[[window.experience.reading]] # the other way\nmin_years = 2",
    },
};

const REPEATED_ENTRY: Explanation = Explanation {
    title: "an entry that a list holds twice",
    meaning: "The second one has no effect. `--fix` takes it out.",
    example: Example {
        file: FINLAND,
        before: "national_of = [\"SE\", \"FI\", \"SE\"]",
        after: "national_of = [\"SE\", \"FI\"]",
    },
};

const COVERED_ENTRY: Explanation = Explanation {
    title: "a country that a group beside it takes in",
    meaning: "The country is listed, and a group that is listed too has it as a member for good, \
        so that the entry changes nothing. Here BD is in the group `ldc`. The donor's own \
        country may stand beside a group.",
    example: Example {
        file: FINLAND,
        before: "national_of = [\"SE\", \"FI\", \"BD\"]",
        after: "national_of = [\"SE\", \"FI\"]",
    },
};

const SPELLED_OUT: Explanation = Explanation {
    title: "a country or language by its name",
    meaning: "Rules write countries and languages by their codes of two letters: codes are the \
        same in every language and easily compared. `--fix` writes the code.",
    example: Example {
        file: FINLAND,
        before: "national_of = [\"SE\", \"FIN\"]",
        after: "national_of = [\"SE\", \"FI\"]",
    },
};

const NEVER_MET: Explanation = Explanation {
    title: "a requirement that nobody can meet",
    meaning: "Whoever asks, the requirement shuts them out: mostly two limits that leave nothing \
        between them, or a list without the entry that was meant. A donor that pays for nobody is \
        written as `status = \"inactive\"`.",
    example: Example {
        file: FINLAND,
        before: "born_from = 2030-01-01",
        after: "max = 32\non = \"call_close\"",
    },
};

const ALWAYS_MET: Explanation = Explanation {
    title: "a requirement that everybody meets",
    meaning: "Whoever asks, the requirement holds, so that it asks nothing: mostly a limit that is \
        too generous, or a condition turned round. Where a page says that nothing is asked, write \
        `no_requirement = true`.",
    example: Example {
        file: FINLAND,
        before: "min = 0\non = \"call_close\"",
        after: "max = 32\non = \"call_close\"",
    },
};

const NEVER_MATTERS: Explanation = Explanation {
    title: "an entry that makes no difference",
    meaning: "Without it everybody would be answered as they are with it: another alternative \
        covers it, or a condition beside it keeps everybody out whom it would let in. Here a raise \
        adds no year.",
    example: Example {
        file: FINLAND,
        before: "max = 32\nraise = [{ years = 0, fact = \"previous_jpo\", is = true }] # of the age",
        after: "max = 32",
    },
};

const LOOK_ALIKE_LETTER: Explanation = Explanation {
    title: "a letter of another script in a Latin word",
    meaning: "Some Cyrillic and Greek letters look exactly like Latin ones, but no search finds \
        the word. Here the first a of the last word is Cyrillic. `--fix` writes the Latin \
        letter.",
    example: Example {
        file: FINLAND,
        before: "title = \"Finnish n\u{430}tionals\"",
        after: "title = \"Finnish nationals\"",
    },
};

const ODD_SPACE: Explanation = Explanation {
    title: "a tab, a hard space or an invisible character",
    meaning: "Copied from a page, such a character looks like a space or like nothing, and no \
        search finds the words. Here a tab stands between both words. `--fix` writes a plain \
        space.",
    example: Example {
        file: FINLAND,
        before: "title = \"Finnish\u{9}nationals\"",
        after: "title = \"Finnish nationals\"",
    },
};
