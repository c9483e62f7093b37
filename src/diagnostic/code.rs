//! The codes of problems, and how bad each is.

use crate::vocabulary::words;

/// Which kind of problem it is; the spelling is stable and meant for scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// The text is not TOML or JSON at all.
    Syntax,
    /// The bytes are not UTF-8.
    NotUtf8,
    /// The file is larger than the bound.
    TooLarge,
    /// The file or folder cannot be read.
    Unreadable,
    /// The folder holds no rules.
    NoRules,
    /// `format` names a version this program does not read.
    Format,
    /// A key that the format does not have.
    UnknownKey,
    /// A key given twice.
    DuplicateKey,
    /// A key that must be there is not.
    MissingKey,
    /// A value of another type than asked for.
    WrongType,
    /// A word outside its closed list.
    UnknownWord,
    /// A number outside its bounds.
    OutOfRange,
    /// A day that is not in the calendar, or not in the form `YYYY-MM-DD`.
    BadDate,
    /// An end before its beginning.
    DatesReversed,
    /// A day that cannot be in the future.
    FutureDate,
    /// A country that is not known.
    UnknownCountry,
    /// A language that is not known.
    UnknownLanguage,
    /// An id that no file declares.
    UnknownId,
    /// An id declared twice.
    DuplicateId,
    /// A name that stands for two things.
    AmbiguousName,
    /// The name of the file does not fit its content.
    FileName,
    /// Keys that exclude each other, or limits that no one can meet.
    Contradiction,
    /// A requirement that says nothing.
    Empty,
    /// A programme's usual profile that would shut somebody out.
    ProgrammeRequires,
    /// Words on the command line that mean nothing to the program.
    Usage,
    /// Reading or writing failed.
    InputOutput,
    /// A source that nothing cites.
    UnusedSource,
    /// A source without a day to look at it again.
    NoRecheck,
    /// A source that should have been looked at again.
    StaleSource,
    /// A weaker source cited before a better one that is no older.
    WeakSourceFirst,
    /// A call that has closed since anybody last looked for the next.
    CallOver,
    /// A window that says the same as another of its donor.
    SameWindow,
    /// A reading that asks the same as another.
    SameReading,
    /// An entry that a list holds twice.
    RepeatedEntry,
    /// A country that a group beside it takes in already.
    CoveredEntry,
    /// A country or language by its name, where rules write codes.
    SpelledOut,
    /// A requirement that nobody can meet.
    NeverMet,
    /// A requirement that everybody meets.
    AlwaysMet,
    /// An alternative or an entry that makes no difference to anybody.
    NeverMatters,
    /// A letter of another script in a Latin word.
    LookAlikeLetter,
    /// A tab, a hard space or an invisible character in a value.
    OddSpace,
}

words!(Code {
    Syntax => "syntax",
    NotUtf8 => "not-utf8",
    TooLarge => "too-large",
    Unreadable => "unreadable",
    NoRules => "no-rules",
    Format => "format",
    UnknownKey => "unknown-key",
    DuplicateKey => "duplicate-key",
    MissingKey => "missing-key",
    WrongType => "wrong-type",
    UnknownWord => "unknown-word",
    OutOfRange => "out-of-range",
    BadDate => "bad-date",
    DatesReversed => "dates-reversed",
    FutureDate => "future-date",
    UnknownCountry => "unknown-country",
    UnknownLanguage => "unknown-language",
    UnknownId => "unknown-id",
    DuplicateId => "duplicate-id",
    AmbiguousName => "ambiguous-name",
    FileName => "file-name",
    Contradiction => "contradiction",
    Empty => "empty-requirement",
    ProgrammeRequires => "programme-requires",
    Usage => "usage",
    InputOutput => "input-output",
    UnusedSource => "unused-source",
    NoRecheck => "no-recheck",
    StaleSource => "stale-source",
    WeakSourceFirst => "weak-source-first",
    CallOver => "call-over",
    SameWindow => "same-window",
    SameReading => "same-reading",
    RepeatedEntry => "repeated-entry",
    CoveredEntry => "covered-entry",
    SpelledOut => "spelled-out",
    NeverMet => "never-met",
    AlwaysMet => "always-met",
    NeverMatters => "never-matters",
    LookAlikeLetter => "look-alike-letter",
    OddSpace => "odd-space",
});

impl Code {
    /// How bad it is, unless somebody asks for more.
    pub const fn severity(self) -> Severity {
        match self {
            Self::UnusedSource
            | Self::NoRecheck
            | Self::StaleSource
            | Self::WeakSourceFirst
            | Self::CallOver
            | Self::SameWindow
            | Self::SameReading
            | Self::RepeatedEntry
            | Self::CoveredEntry
            | Self::SpelledOut
            | Self::NeverMet
            | Self::AlwaysMet
            | Self::NeverMatters
            | Self::LookAlikeLetter
            | Self::OddSpace => Severity::Warning,
            Self::Syntax
            | Self::NotUtf8
            | Self::TooLarge
            | Self::Unreadable
            | Self::NoRules
            | Self::Format
            | Self::UnknownKey
            | Self::DuplicateKey
            | Self::MissingKey
            | Self::WrongType
            | Self::UnknownWord
            | Self::OutOfRange
            | Self::BadDate
            | Self::DatesReversed
            | Self::FutureDate
            | Self::UnknownCountry
            | Self::UnknownLanguage
            | Self::UnknownId
            | Self::DuplicateId
            | Self::AmbiguousName
            | Self::FileName
            | Self::Contradiction
            | Self::Empty
            | Self::ProgrammeRequires
            | Self::Usage
            | Self::InputOutput => Severity::Error,
        }
    }
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file cannot be used as it is.
    Error,
    /// The file can be used, and something in it is most likely not meant.
    Warning,
}

words!(Severity { Error => "error", Warning => "warning" });
