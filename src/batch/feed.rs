//! Inputs, one after the other, as one sequence of numbered chunks.

use std::io::Read;
use std::sync::Arc;

use super::ends::Ends;
use super::lines::{Chunk, Splitter};
use super::rows::columns;
use super::{Batch, Error, Form, Input};
use crate::dataset::Dataset;
use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::profile::{Columns, too_large};

/// What is still to be read.
pub(super) struct Feed<'i> {
    data: &'i Dataset,
    /// The inputs not begun, the next one last.
    inputs: Vec<Input<'i>>,
    current: Option<Current<'i>>,
    /// How many bytes are read at once.
    size: usize,
    /// The number of the next chunk.
    number: u64,
    /// The number of the first line of the next input.
    line: u64,
    /// The number of the first line of all.
    first_line: u64,
}

struct Current<'i> {
    name: String,
    lines: Splitter<Box<dyn Read + Send + 'i>>,
    columns: Option<Arc<Columns>>,
    form: Form,
}

/// Lines, and what they are.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) chunk: Chunk,
    /// The columns of rows of CSV; without, each line is JSON.
    pub(super) columns: Option<Arc<Columns>>,
}

impl<'i> Feed<'i> {
    pub(super) fn new(batch: &Batch<'i>, inputs: impl IntoIterator<Item = Input<'i>>) -> Self {
        let mut inputs: Vec<Input<'i>> = inputs.into_iter().collect();
        inputs.reverse();
        let (size, line) = (batch.detail.chunk_size(), batch.first_line);
        Self { data: batch.data, inputs, current: None, size, number: 0, line, first_line: line }
    }

    /// How many lines were read.
    pub(super) fn lines(&self) -> u64 {
        let next = self.current.as_ref().map_or(self.line, |current| current.lines.next_line());
        next - self.first_line
    }

    /// Puts the next lines into `block`; returns its number, and whether there was one.
    pub(super) fn next(&mut self, block: &mut Block) -> (u64, Result<bool, Error>) {
        let number = self.number;
        self.number += 1;
        (number, self.fill(block))
    }

    fn fill(&mut self, block: &mut Block) -> Result<bool, Error> {
        loop {
            if let Some(current) = &mut self.current {
                if current.next(&mut block.chunk)? {
                    block.columns.clone_from(&current.columns);
                    return Ok(true);
                }
                self.line = current.lines.next_line();
                self.current = None;
            }
            let Some(input) = self.inputs.pop() else { return Ok(false) };
            let mut current = Current::new(input, self.size, self.line);
            let begun = current.begin(self.data, &mut block.chunk)?;
            block.columns.clone_from(&current.columns);
            self.current = Some(current);
            if begun {
                return Ok(true);
            }
        }
    }
}

impl<'i> Current<'i> {
    fn new(input: Input<'i>, size: usize, line: u64) -> Self {
        let Input { name, source, form } = input;
        let ends = match form {
            Form::Ndjson => Ends::OfLines,
            Form::Csv => Ends::ROWS,
        };
        Self { name, lines: Splitter::cutting(source, ends, size, line), columns: None, form }
    }

    fn next(&mut self, chunk: &mut Chunk) -> Result<bool, Error> {
        let read = self.lines.next(chunk);
        read.map_err(|source| Error::Read { name: self.name.clone(), source })
    }

    /// Reads the columns, if there are some; whether `chunk` then holds lines behind them.
    fn begin(&mut self, data: &Dataset, chunk: &mut Chunk) -> Result<bool, Error> {
        if self.form == Form::Ndjson {
            return self.next(chunk);
        }
        while self.next(chunk)? {
            if let Some((_, line)) = chunk.too_long() {
                return Err(self.refused(too_large("first line", line.bytes).into()));
            }
            let Some((columns, bytes)) = columns(chunk.told(), data) else { continue };
            self.columns = Some(Arc::new(columns.map_err(|problems| self.refused(problems))?));
            chunk.pass_over(bytes);
            return Ok(true);
        }
        let message = "there is no first line with the names of the columns";
        Err(self.refused(Diagnostic::new(Code::Syntax, 0..0, message).into()))
    }

    fn refused(&self, mut problems: Problems) -> Error {
        for problem in &mut problems.list {
            problem.file.clone_from(&self.name);
        }
        Error::Unusable(problems)
    }
}
