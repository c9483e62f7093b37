//! Problems in a file that its author can mend: pure data, printed elsewhere.

mod code;
mod explanation;

use std::ops::Range;

pub use code::{Code, Severity};
pub use explanation::{Example, Explanation};

/// A change that surely mends a problem: one piece of text in place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Byte offsets of what goes.
    pub span: Range<usize>,
    /// What comes in its place; empty where it only goes.
    pub text: String,
}

/// One problem at one place of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One lower-case sentence without a final period: what was found, what was expected.
    pub message: String,
    /// The file's name as the user knows it; empty where it is none of a file.
    pub file: String,
    /// Byte offsets into the file's text; empty at the start where the whole file is meant.
    pub span: Range<usize>,
    /// What to do about it.
    pub help: Option<String>,
    /// What mends it, where that is certain.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A problem at a place of a file that is named when it is recorded.
    pub fn new(code: Code, span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            file: String::new(),
            span,
            help: None,
            fix: None,
        }
    }

    /// Bytes that are no text from the byte `at` on.
    pub fn not_utf8(at: usize) -> Self {
        let message = format!("the text is not UTF-8: byte {at} cannot be read");
        Self::new(Code::NotUtf8, at..at, message).with_help("save the file as UTF-8")
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn with_help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// Adds what surely mends it.
    #[must_use]
    pub fn with_fix(self, span: Range<usize>, text: impl Into<String>) -> Self {
        Self { fix: Some(Fix { span, text: text.into() }), ..self }
    }
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

/// Where the lines of a text end, to find many lines in it.
#[derive(Debug, Clone)]
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    /// Finds the ends of the lines of `text`.
    pub(crate) fn of(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    /// The line that the byte `offset` is in, counted from 1.
    pub(crate) fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|end| *end < offset) + 1
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

impl From<Diagnostic> for Problems {
    fn from(problem: Diagnostic) -> Self {
        Self { list: vec![problem], texts: Vec::new() }
    }
}

impl Problems {
    /// One problem that is none of a file.
    pub fn outside(code: Code, message: String, help: Option<String>) -> Self {
        Self::from(Diagnostic { help, ..Diagnostic::new(code, 0..0, message) })
    }

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
        self.record(Diagnostic::new(code, span, message));
    }

    /// Records a problem with what to do about it.
    pub fn report_with_help(
        &mut self,
        code: Code,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.record(Diagnostic::new(code, span, message).with_help(help));
    }

    /// Records a problem in this file.
    pub fn record(&mut self, problem: Diagnostic) {
        self.list.push(Diagnostic { file: self.file.to_owned(), ..problem });
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
