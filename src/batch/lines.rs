//! Bytes → chunks of whole lines, in bounded memory.

use std::io::{self, ErrorKind, Read};
use std::mem;

use memchr::{memchr, memchr_iter};

use super::ends::Ends;
use crate::profile::MAX_BYTES;

/// A line is held up to this length: a profile, and the carriage return and line feed behind it.
const MOST: usize = MAX_BYTES + 2;

/// Room is taken in multiples of so many bytes.
const PAGE: usize = 4096;

/// Some whole lines, or the place of one that is too long to be held.
#[derive(Debug, Default)]
pub struct Chunk {
    /// The number of the first line.
    first_line: u64,
    /// Bytes of which those from `start` up to `end` are the chunk's; the others mean nothing.
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    too_long: Option<TooLong>,
}

/// A line that is longer than a profile may be, and was not held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong {
    /// How many bytes it has, without its end.
    pub bytes: u64,
    /// How many line feeds are in it: in a row of CSV, between quotes.
    feeds: u64,
}

impl Chunk {
    /// The lines that are not empty, with their numbers and without their ends.
    pub fn lines(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let mut rest = self.told();
        let mut number = self.first_line;
        let lines = std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let (line, behind) = match memchr(b'\n', rest) {
                Some(at) => (rest.get(..at)?, rest.get(at + 1..)?),
                None => (rest, [].as_slice()),
            };
            rest = behind;
            number += 1;
            Some((number - 1, line.strip_suffix(b"\r").unwrap_or(line)))
        });
        lines.filter(|(_, line)| !is_blank(line))
    }

    /// The line that was too long to be held, with its number: then there is no other.
    pub fn too_long(&self) -> Option<(u64, TooLong)> {
        self.too_long.map(|line| (self.first_line, line))
    }

    /// The number of the first line.
    pub(super) const fn first_line(&self) -> u64 {
        self.first_line
    }

    /// Its bytes.
    pub(super) fn told(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// Leaves out the first `bytes`, which end with a line.
    pub(super) fn pass_over(&mut self, bytes: usize) {
        self.first_line += feeds(self.told().get(..bytes).unwrap_or_default());
        self.start += bytes;
    }

    /// How many lines it takes up, the empty ones and one without an end among them.
    fn count(&self) -> u64 {
        let told = self.told();
        let open = !told.is_empty() && !told.ends_with(b"\n");
        feeds(told) + u64::from(open) + self.too_long.map_or(0, |line| line.feeds + 1)
    }
}

fn feeds(bytes: &[u8]) -> u64 {
    u64::try_from(memchr_iter(b'\n', bytes).count()).unwrap_or(u64::MAX)
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
    ends: Ends,
    /// How many bytes are read at once.
    size: usize,
    /// The beginning of the next chunk, read already.
    rest: Vec<u8>,
    /// Whether ends were not yet looked for in the rest.
    unseen: bool,
    /// The number of the next line.
    line: u64,
    ended: bool,
}

impl<R: Read> Splitter<R> {
    /// Cuts what `source` gives into lines, read in blocks of `size` bytes; its first line has the
    /// number `first_line`.
    pub const fn new(source: R, size: usize, first_line: u64) -> Self {
        Self::cutting(source, Ends::OfLines, size, first_line)
    }

    /// The same with other ends.
    pub(super) const fn cutting(source: R, ends: Ends, size: usize, first_line: u64) -> Self {
        Self { source, ends, size, rest: Vec::new(), unseen: false, line: first_line, ended: false }
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
        (chunk.start, chunk.end, chunk.too_long) = (0, 0, None);
        let buffer = &mut chunk.buffer;
        if buffer.len() > 2 * self.size.max(PAGE) {
            // It held a long line: the room is given back.
            *buffer = Vec::new();
        }
        let mut held = self.rest.len();
        let room = buffer.len().max(held + self.size);
        // Not twice as much whenever a little is missing, as for long lines below.
        buffer.reserve_exact(room.next_multiple_of(PAGE) - buffer.len());
        buffer.resize(room, 0);
        buffer.iter_mut().zip(self.rest.drain(..)).for_each(|(to, from)| *to = from);
        let mut seen = if mem::take(&mut self.unseen) { 0 } else { held };
        loop {
            if let Some(at) = self.ends.last(buffer.get(seen..held).unwrap_or_default()) {
                chunk.end = seen + at;
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

    /// Passes over the rest of a line of which `held` bytes were read.
    fn skip(&mut self, buffer: &mut [u8], held: usize) -> io::Result<TooLong> {
        let mut line = TooLong { bytes: 0, feeds: 0 };
        let mut count = |bytes: &[u8]| {
            line.bytes += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            line.feeds += feeds(bytes);
        };
        count(buffer.get(..held).unwrap_or_default());
        loop {
            let read = self.read(buffer)?;
            let fresh = buffer.get(..read).unwrap_or_default();
            let end = self.ends.first(fresh);
            // The end itself is not counted.
            count(fresh.get(..end.map_or(read, |end| end - 1)).unwrap_or_default());
            if let Some(end) = end {
                self.rest.extend(fresh.get(end..).unwrap_or_default());
                self.unseen = true;
            }
            if end.is_some() || read == 0 {
                return Ok(line);
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
