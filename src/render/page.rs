//! Lines of a bounded width.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use textwrap::{Options, WordSplitter};

/// How wide a line may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// At most so many columns.
    Columns(usize),
    /// As wide as it comes: for pipes and files.
    Unbounded,
}

impl Width {
    /// The number of columns; very many where there is no bound.
    pub const fn columns(self) -> usize {
        match self {
            Self::Columns(columns) => columns,
            Self::Unbounded => 10_000,
        }
    }
}

pub(super) const HEADING: Style = Style::new().bold();
pub(super) const ID: Style = AnsiColor::Cyan.on_default();
pub(super) const GOOD: Style = AnsiColor::Green.on_default();
pub(super) const OPEN_POINT: Style = AnsiColor::Yellow.on_default();
pub(super) const BAD: Style = AnsiColor::Red.on_default();
pub(super) const PLAIN: Style = Style::new();

/// A text that grows line by line.
#[derive(Debug)]
pub(super) struct Page {
    text: String,
    width: usize,
}

impl Page {
    pub(super) fn new(width: Width) -> Self {
        Self { text: String::new(), width: width.columns() }
    }

    /// An empty line, unless the page begins here or has one already.
    pub(super) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    pub(super) fn heading(&mut self, text: &str) {
        self.gap();
        self.styled(HEADING, text);
    }

    /// One paragraph from the margin.
    pub(super) fn line(&mut self, text: &str) {
        self.styled(PLAIN, text);
    }

    pub(super) fn styled(&mut self, style: Style, text: &str) {
        self.paragraph(style, "", "", text);
    }

    /// One paragraph, indented by so many columns.
    pub(super) fn indented(&mut self, indent: usize, text: &str) {
        let margin = " ".repeat(indent);
        self.paragraph(PLAIN, &margin, &margin, text);
    }

    /// One paragraph in a style, indented by so many columns.
    pub(super) fn indented_in(&mut self, style: Style, indent: usize, text: &str) {
        let margin = " ".repeat(indent);
        self.paragraph(style, &margin, &margin, text);
    }

    /// A label in a column of its own, and a paragraph beside it.
    pub(super) fn labelled(&mut self, indent: usize, column: usize, label: &str, text: &str) {
        self.labelled_in(PLAIN, indent, column, label, text);
    }

    pub(super) fn labelled_in(
        &mut self,
        style: Style,
        indent: usize,
        column: usize,
        label: &str,
        text: &str,
    ) {
        let hang = " ".repeat(indent + column);
        if textwrap::core::display_width(label) >= column {
            self.paragraph(style, &" ".repeat(indent), &hang, label);
            return self.paragraph(PLAIN, &hang, &hang, text);
        }
        let padding = column - textwrap::core::display_width(label);
        let first = self.text.len();
        self.paragraph(PLAIN, &hang, &hang, text);
        if text.is_empty() {
            self.text.push_str(&hang);
            self.text.push('\n');
        }
        let head = format!("{}{style}{label}{style:#}{}", " ".repeat(indent), " ".repeat(padding));
        self.text.replace_range(first..first + hang.len(), &head);
        if text.is_empty() {
            let trimmed = self.text.trim_end().len();
            self.text.truncate(trimmed);
            self.text.push('\n');
        }
    }

    fn paragraph(&mut self, style: Style, first: &str, rest: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let room = self.width.saturating_sub(rest.len()).max(20);
        let options =
            Options::new(room).break_words(false).word_splitter(WordSplitter::NoHyphenation);
        for (at, line) in textwrap::wrap(text, options).iter().enumerate() {
            let margin = if at == 0 { first } else { rest };
            // Writing into a string cannot fail.
            let _ = writeln!(self.text, "{margin}{style}{line}{style:#}");
        }
    }

    /// A text that is laid out already.
    pub(super) fn verbatim(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}
