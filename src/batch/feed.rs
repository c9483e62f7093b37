//! Inputs, one after the other, as one sequence of numbered chunks.

use super::lines::{Chunk, Splitter};
use super::{Error, Input};

type Source<'i> = Box<dyn std::io::Read + Send + 'i>;

/// What is still to be read.
pub(super) struct Feed<'i> {
    /// The inputs not begun, the next one last.
    inputs: Vec<Input<'i>>,
    current: Option<(String, Splitter<Source<'i>>)>,
    /// How many bytes are read at once.
    size: usize,
    /// The number of the next chunk.
    number: u64,
    /// The number of the first line of the next input.
    line: u64,
    /// The number of the first line of all.
    first_line: u64,
}

impl<'i> Feed<'i> {
    pub(super) fn new(
        inputs: impl IntoIterator<Item = Input<'i>>,
        size: usize,
        first_line: u64,
    ) -> Self {
        let mut inputs: Vec<Input<'i>> = inputs.into_iter().collect();
        inputs.reverse();
        Self { inputs, current: None, size, number: 0, line: first_line, first_line }
    }

    /// How many lines were read.
    pub(super) fn lines(&self) -> u64 {
        let next = self.current.as_ref().map_or(self.line, |(_, lines)| lines.next_line());
        next - self.first_line
    }

    /// Puts the next lines into `chunk`; returns its number, and whether there was one.
    pub(super) fn next(&mut self, chunk: &mut Chunk) -> (u64, Result<bool, Error>) {
        let number = self.number;
        self.number += 1;
        (number, self.fill(chunk))
    }

    fn fill(&mut self, chunk: &mut Chunk) -> Result<bool, Error> {
        loop {
            let Some((name, lines)) = &mut self.current else {
                let Some(Input { name, source }) = self.inputs.pop() else { return Ok(false) };
                self.current = Some((name, Splitter::new(source, self.size, self.line)));
                continue;
            };
            let read = lines.next(chunk);
            if read.map_err(|source| Error::Read { name: name.clone(), source })? {
                return Ok(true);
            }
            self.line = lines.next_line();
            self.current = None;
        }
    }
}
