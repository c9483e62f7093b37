//! Many profiles, one answer line each: the same order, bounded memory, no line lost.
//!
//! The path of a byte: inputs → [chunks of whole lines](lines) → workers that
//! answer one chunk each → one output, chunk after chunk in the order of the
//! input. What a worker holds is one chunk and the answers to it that could not be written yet, so
//! memory hangs on the number of threads alone. A line that is no profile is answered in its
//! place, by what is wrong with it.

mod answer;
mod ends;
mod feed;
pub mod lines;
mod printer;
pub mod quick;
mod rows;
mod screener;
mod tally;
mod turns;

use std::io::{self, Read, Write};
use std::num::NonZeroUsize;
use std::thread;

use chrono::NaiveDate;

pub use tally::Tally;

use crate::dataset::Dataset;
use crate::diagnostic::Problems;
use crate::rules::Window;
use answer::Answerer;
use feed::{Block, Feed};
use printer::HEADER;
use turns::Turns;

/// What is asked about every profile.
#[derive(Debug, Clone)]
pub struct Batch<'d> {
    /// The rules.
    pub data: &'d Dataset,
    /// The windows asked about.
    pub windows: Vec<&'d Window>,
    /// The application day.
    pub as_of: NaiveDate,
    /// How much is answered.
    pub detail: Detail,
    /// How the answers are written; CSV holds verdicts alone.
    pub to: Form,
    /// How many profiles are worked on at once; one needs no thread.
    pub threads: NonZeroUsize,
    /// The number of the first line, for a part of a larger file.
    pub first_line: u64,
}

/// How profiles or answers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A JSON object a line.
    Ndjson,
    /// A row each, below a first line with the names of the columns.
    Csv,
}

/// How much is answered about a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// The ids of the windows that are not ineligible, by verdict.
    Verdicts,
    /// Every window with its findings.
    Findings,
    /// The whole report.
    Report,
    /// Nothing: it is only counted.
    Summary,
}

impl Detail {
    /// How many bytes are read at once: about a line where the answers are long, since one that is
    /// ready before its turn is all that a worker keeps.
    const fn chunk_size(self) -> usize {
        match self {
            Self::Verdicts | Self::Summary => 64 << 10,
            Self::Findings | Self::Report => 256,
        }
    }
}

/// Something to read profiles from.
pub struct Input<'i> {
    /// How messages call it.
    pub name: String,
    /// Its bytes.
    pub source: Box<dyn Read + Send + 'i>,
    /// How profiles are written in it.
    pub form: Form,
}

impl std::fmt::Debug for Input<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Input").field(&self.name).finish()
    }
}

/// Why a batch did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An input could not be read on; what came before is answered.
    #[error("{name} cannot be read")]
    Read {
        /// The input.
        name: String,
        /// Why.
        source: io::Error,
    },
    /// The answers could not be written.
    #[error("the answers cannot be written")]
    Write(#[source] io::Error),
    /// An input is not of the form that it should be; what came before is answered.
    #[error("{0}")]
    Unusable(Problems),
}

impl<'d> Batch<'d> {
    /// Answers every line of `inputs` into `output`, and counts the answers.
    ///
    /// Lines are counted through all inputs; a line of nothing but white space is counted and not
    /// answered. Each call of `write_all` on `output` holds whole lines.
    ///
    /// # Errors
    /// If an input cannot be read, or an answer cannot be written: then nothing is counted.
    pub fn run(
        &self,
        inputs: impl IntoIterator<Item = Input<'d>>,
        mut output: impl Write + Send,
    ) -> Result<Tally, Error> {
        if self.to == Form::Csv {
            output.write_all(HEADER.as_bytes()).map_err(Error::Write)?;
        }
        let turns = Turns::new(Feed::new(self, inputs), output);
        let work = || self.work(&turns);
        let others = self.threads.get() - 1;
        let mut tally = thread::scope(|scope| {
            let others: Vec<_> = (0..others).map(|_| scope.spawn(work)).collect();
            let mut tally = work();
            for other in others {
                // A worker does not panic.
                tally.merge(&other.join().unwrap_or_default());
            }
            tally
        });
        tally.lines = turns.finish()?;
        Ok(tally)
    }

    /// The windows asked about, sorted by id: so answers and counts list them.
    pub(crate) fn by_id(&self) -> Vec<&'d Window> {
        let mut windows = self.windows.clone();
        windows.sort_by(|one, other| one.id.cmp(&other.id));
        windows
    }

    /// Answers one block after another, until there is no more or something fails.
    fn work<W: Write>(&self, turns: &Turns<'_, W>) -> Tally {
        let mut answerer = Answerer::new(self);
        let mut block = Block::default();
        let mut answers = Vec::new();
        while let Some(number) = turns.next(&mut block) {
            let go_on = |answers: &mut Vec<u8>| turns.pass_on(number, answers);
            let whole = answerer.answer(&block, &mut answers, go_on);
            if !whole || !turns.end(number, &mut answers) {
                break;
            }
        }
        answerer.tally.settle();
        answerer.tally
    }
}
