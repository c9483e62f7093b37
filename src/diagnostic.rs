//! Problems in a file that its author can mend: pure data, printed elsewhere.

use std::ops::Range;

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
});

/// One problem at one place of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind.
    pub code: Code,
    /// One lower-case sentence without a final period: what was found, what was expected.
    pub message: String,
    /// The file's name as the user knows it.
    pub file: String,
    /// Byte offsets into the file's text; empty at the start where the whole file is meant.
    pub span: Range<usize>,
    /// What to do about it.
    pub help: Option<String>,
}

/// A file's name and text, kept so that a problem can be shown in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    /// The name as the user knows it.
    pub name: String,
    /// The whole text.
    pub text: String,
}

impl SourceText {
    /// Returns line and column of a byte offset, both counted from 1, columns in characters.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        position(&self.text, offset)
    }
}

/// Returns line and column of the byte `offset` of `text`, both counted from 1.
pub fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
    (line, column)
}

/// Everything that is wrong, with the texts it points into.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems {
    /// The problems, sorted by file and place.
    pub list: Vec<Diagnostic>,
    /// The texts of the files they are in.
    pub texts: Vec<SourceText>,
}

impl Problems {
    /// Sorts by file and place and drops exact repetitions.
    pub fn sort(&mut self) {
        self.list.sort_by(|a, b| {
            (&a.file, a.span.start, a.code, &a.message).cmp(&(
                &b.file,
                b.span.start,
                b.code,
                &b.message,
            ))
        });
        self.list.dedup();
    }

    /// The text of the file called `name`.
    pub fn text(&self, name: &str) -> Option<&SourceText> {
        self.texts.iter().find(|text| text.name == name)
    }
}

impl std::fmt::Display for Problems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for problem in &self.list {
            let (line, column) =
                self.text(&problem.file).map_or((1, 1), |text| text.position(problem.span.start));
            writeln!(f, "{}:{line}:{column}: {}", problem.file, problem.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// Collects the problems of one file.
#[derive(Debug)]
pub struct Sink<'a> {
    file: &'a str,
    list: Vec<Diagnostic>,
}

impl<'a> Sink<'a> {
    /// An empty collection for the file called `file`.
    pub const fn new(file: &'a str) -> Self {
        Self { file, list: Vec::new() }
    }

    /// Records a problem.
    pub fn report(&mut self, code: Code, span: Range<usize>, message: impl Into<String>) {
        self.push(code, span, message.into(), None);
    }

    /// Records a problem with what to do about it.
    pub fn report_with_help(
        &mut self,
        code: Code,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(code, span, message.into(), Some(help.into()));
    }

    fn push(&mut self, code: Code, span: Range<usize>, message: String, help: Option<String>) {
        self.list.push(Diagnostic { code, message, file: self.file.to_owned(), span, help });
    }

    /// How many problems there are so far.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The problems, in the order they were found.
    pub fn into_list(self) -> Vec<Diagnostic> {
        self.list
    }
}
