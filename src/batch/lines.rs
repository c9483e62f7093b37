//! Bytes → chunks of whole lines, in bounded memory.

use std::io::{self, ErrorKind, Read};

use memchr::{memchr, memrchr};

use crate::profile::MAX_BYTES;

/// A line is held up to this length: a profile, and the carriage return and line feed behind it.
const MOST: usize = MAX_BYTES + 2;

/// Some whole lines, or the place of one that is too long to be held.
#[derive(Debug, Default)]
pub struct Chunk {
    /// The number of the first line.
    pub first_line: u64,
    /// Bytes of which those up to `end` are the chunk's; what is behind them is of no meaning.
    buffer: Vec<u8>,
    end: usize,
    /// How many bytes the line has that is too long.
    too_long: Option<u64>,
}

/// What stands in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line<'c> {
    /// Its bytes, without its end.
    Told(&'c [u8]),
    /// It is longer than a profile may be, by so many bytes in all, and was not held.
    TooLong(u64),
}

impl Chunk {
    /// The lines that are not empty, with their numbers.
    pub fn lines(&self) -> impl Iterator<Item = (u64, Line<'_>)> {
        let told = self.told();
        let mut start = 0;
        let mut number = self.first_line;
        let lines = std::iter::from_fn(move || {
            let rest = told.get(start..).filter(|rest| !rest.is_empty())?;
            let end = memchr(b'\n', rest).unwrap_or(rest.len());
            start += end + 1;
            number += 1;
            Some((number - 1, rest.get(..end).unwrap_or_default()))
        });
        let told = lines.map(|(number, line)| (number, line.strip_suffix(b"\r").unwrap_or(line)));
        let told = told.filter(|(_, line)| !is_blank(line));
        let told = told.map(|(number, line)| (number, Line::Told(line)));
        told.chain(self.too_long.map(|bytes| (self.first_line, Line::TooLong(bytes))))
    }

    fn told(&self) -> &[u8] {
        self.buffer.get(..self.end).unwrap_or_default()
    }

    /// How many lines it takes up, the empty ones and one without an end among them.
    fn count(&self) -> u64 {
        let told = self.told();
        let ends = memchr::memchr_iter(b'\n', told).count();
        let open = !told.is_empty() && !told.ends_with(b"\n");
        let lines = ends + usize::from(open) + usize::from(self.too_long.is_some());
        u64::try_from(lines).unwrap_or(u64::MAX)
    }
}

/// Whether a line is nothing but white space; a byte order mark is none of its text either.
fn is_blank(line: &[u8]) -> bool {
    line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line).trim_ascii().is_empty()
}

/// Cuts what it reads into chunks that end with a line.
///
/// Each read gives a chunk at once if a line ends in it, so that whoever writes slowly is answered
/// line by line.
#[derive(Debug)]
pub struct Splitter<R> {
    source: R,
    /// How many bytes are read at once.
    size: usize,
    /// The beginning of the next chunk, read already.
    rest: Vec<u8>,
    /// The number of the next line.
    line: u64,
    ended: bool,
}

impl<R: Read> Splitter<R> {
    /// Cuts what `source` gives, read in blocks of `size` bytes; its first line has the number
    /// `first_line`.
    pub const fn new(source: R, size: usize, first_line: u64) -> Self {
        Self { source, size, rest: Vec::new(), line: first_line, ended: false }
    }

    /// The number that the line behind all that was read has.
    pub const fn next_line(&self) -> u64 {
        self.line
    }

    /// Puts the next lines into `chunk`, in place of what it held; `false` if there are none left.
    ///
    /// # Errors
    /// If the source cannot be read.
    pub fn next(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        let some = self.fill(chunk)?;
        chunk.first_line = self.line;
        self.line += chunk.count();
        Ok(some)
    }

    fn fill(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        (chunk.end, chunk.too_long) = (0, None);
        let buffer = &mut chunk.buffer;
        if buffer.len() > 2 * self.size {
            // It held a long line: the room is given back.
            *buffer = Vec::new();
        }
        let mut held = self.rest.len();
        buffer.resize(buffer.len().max(held + self.size), 0);
        buffer.iter_mut().zip(self.rest.drain(..)).for_each(|(to, from)| *to = from);
        let mut seen = 0;
        loop {
            let fresh = buffer.get(seen..held).unwrap_or_default();
            if let Some(at) = memrchr(b'\n', fresh) {
                chunk.end = seen + at + 1;
                self.rest.extend(buffer.get(chunk.end..held).unwrap_or_default());
                return Ok(true);
            }
            if held > MOST {
                chunk.too_long = Some(self.skip(buffer, held)?);
                return Ok(true);
            }
            seen = held;
            if buffer.len() - held < self.size {
                buffer.resize(held + self.size, 0);
            }
            let read = self.read(buffer.get_mut(held..).unwrap_or_default())?;
            held += read;
            if read == 0 {
                chunk.end = held;
                return Ok(held > 0);
            }
        }
    }

    /// Passes over the rest of a line of which `held` bytes were read; returns its length.
    fn skip(&mut self, buffer: &mut [u8], held: usize) -> io::Result<u64> {
        let mut length = u64::try_from(held).unwrap_or(u64::MAX);
        loop {
            let read = self.read(buffer)?;
            let fresh = buffer.get(..read).unwrap_or_default();
            let end = memchr(b'\n', fresh);
            length += u64::try_from(end.unwrap_or(read)).unwrap_or(u64::MAX);
            if let Some(at) = end {
                self.rest.extend(fresh.get(at + 1..).unwrap_or_default());
            }
            if end.is_some() || read == 0 {
                return Ok(length);
            }
        }
    }

    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        // A terminal gives more after an end; what has ended stays so.
        while !self.ended {
            match self.source.read(room) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Ok(0) => self.ended = true,
                other => return other,
            }
        }
        Ok(0)
    }
}
