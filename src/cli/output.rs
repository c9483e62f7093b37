//! Streams, colour and width.

use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use jpo_check::render::{self, Width};

use super::exit::{Exit, Failure};

/// Narrower terminals are treated as this wide, wider ones as the other.
const COLUMNS: (usize, usize) = (40, 100);

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Where results and complaints go.
#[derive(Debug)]
pub(crate) struct Output {
    choice: ColorChoice,
}

impl Output {
    pub(crate) fn new(color: Color) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self { choice }
    }

    /// Writes a result to standard output in one piece, all of it or an error.
    pub(crate) fn write(&self, text: &str) -> Result<(), Failure> {
        let mut stream = io::stdout().lock();
        let choice = match self.choice {
            ColorChoice::Auto => AutoStream::choice(&stream),
            told => told,
        };
        let mut styled = AutoStream::new(Vec::with_capacity(text.len()), choice);
        styled.write_all(text.as_bytes())?;
        stream.write_all(&styled.into_inner())?;
        stream.flush()?;
        Ok(())
    }

    /// Writes anything else to standard error; nothing can be done if that fails.
    pub(crate) fn complain(&self, text: &str) {
        let mut stream = AutoStream::new(io::stderr().lock(), self.choice);
        let _ = stream.write_all(text.as_bytes());
    }

    /// Says why there is no answer; in JSON too where a script waits for it.
    pub(crate) fn fail(&self, failure: &Failure, json: bool) -> Exit {
        let text = match failure {
            Failure::ClosedPipe => return Exit::Answered,
            Failure::Problems(problems) => render::diagnostics(problems, self.error_width()),
            Failure::Usage(message, None) => format!("error: {message}\n"),
            Failure::Usage(message, Some(help)) => format!("error: {message}; {help}\n"),
            Failure::Other(error) => format!("error: {error:#}\n"),
            Failure::Interrupted => {
                self.complain("Interrupted: nothing is written.\n");
                return interrupted();
            }
        };
        if json {
            // The answer of a script's run is on standard output, whatever it is.
            let _ = self.write(&render::diagnostics_json(&failure.problems()));
        }
        self.complain(&text);
        Exit::Unusable
    }

    /// The width of results: `COLUMNS` if set, else the terminal's, else unbounded.
    #[expect(clippy::unused_self, reason = "the width belongs to the stream that this stands for")]
    pub(crate) fn width(&self) -> Width {
        width_of(io::stdout().is_terminal())
    }

    /// The width of complaints.
    #[expect(clippy::unused_self, reason = "the width belongs to the stream that this stands for")]
    pub(crate) fn error_width(&self) -> Width {
        width_of(io::stderr().is_terminal())
    }
}

/// Ends the program as Ctrl-C does where nobody takes it for a key.
fn interrupted() -> Exit {
    #[cfg(unix)]
    let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGINT);
    Exit::Unusable
}

#[expect(clippy::disallowed_methods, reason = "COLUMNS is how terminals and scripts set a width")]
fn width_of(is_terminal: bool) -> Width {
    let (low, high) = COLUMNS;
    let set = std::env::var("COLUMNS").ok().and_then(|text| text.parse::<usize>().ok());
    if let Some(columns) = set.filter(|columns| *columns > 0) {
        return Width::Columns(columns.max(low));
    }
    if !is_terminal {
        return Width::Unbounded;
    }
    let seen = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    Width::Columns(seen.clamp(low, high))
}
