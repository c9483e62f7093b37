//! Rows of CSV → cells.

use std::str::{self, Utf8Error};

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::ends::Ends;
use super::lines::Chunk;
use crate::dataset::Dataset;
use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::profile::Columns;

/// What is in the cells of a row, and where it begins.
pub(super) struct Rows<'c> {
    told: &'c [u8],
    first_line: u64,
    reader: Reader<&'c [u8]>,
    record: ByteRecord,
}

impl<'c> Rows<'c> {
    pub(super) fn new(chunk: &'c Chunk) -> Self {
        Self::of(chunk.told(), chunk.first_line())
    }

    fn of(told: &'c [u8], first_line: u64) -> Self {
        // Rows of another length are told apart by what is said of them.
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(told);
        Self { told, first_line, reader, record: ByteRecord::new() }
    }

    /// The next row that is not empty: the number of its first line, and its cells.
    pub(super) fn next(&mut self) -> Option<(u64, Result<Vec<&str>, Problems>)> {
        loop {
            // Reading from memory does not fail, and rows may have any length.
            if !self.reader.read_byte_record(&mut self.record).unwrap_or(false) {
                return None;
            }
            let only = if self.record.len() == 1 { self.record.get(0) } else { None };
            if !only.is_some_and(|cell| cell.trim_ascii().is_empty()) {
                break;
            }
        }
        let line = self.line();
        if self.is_left_open() {
            return Some((line, Err(left_open().into())));
        }
        Some((line, cells(&self.record)))
    }

    /// Whether the row that was read last ends with the file and between quotes.
    fn is_left_open(&self) -> bool {
        let start = self.record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let is_last = self.read() >= self.told.len();
        is_last && Ends::is_left_open(self.told.get(start..).unwrap_or_default())
    }

    /// The line on which the row begins. Empty lines before it count as its own to the reader.
    fn line(&self) -> u64 {
        let Some(position) = self.record.position() else { return self.first_line };
        let at = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let before = self.told.get(at..).unwrap_or_default().iter();
        let empty = before.take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let empty = empty.filter(|byte| **byte == b'\n').count();
        self.first_line + position.line() - 1 + u64::try_from(empty).unwrap_or_default()
    }

    /// How many bytes were read.
    fn read(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX)
    }
}

fn left_open() -> Diagnostic {
    let message = "a quote is opened in this row and not closed before the end of the file";
    let help = "write `\"` at both ends of the cell; a quote in its text is written twice";
    Diagnostic::new(Code::Syntax, 0..0, message).with_help(help)
}

fn cells(record: &ByteRecord) -> Result<Vec<&str>, Problems> {
    let cells: Result<Vec<&str>, Utf8Error> = record.iter().map(str::from_utf8).collect();
    cells.map_err(|error| Diagnostic::not_utf8(error.valid_up_to()).into())
}

/// The columns that the first row names, if there is one, and how many bytes go up to its end.
pub(super) fn columns(told: &[u8], data: &Dataset) -> Option<(Result<Columns, Problems>, usize)> {
    let mut rows = Rows::of(told, 1);
    let (_, cells) = rows.next()?;
    let columns = cells.and_then(|cells| Columns::read(&cells, data));
    Some((columns, rows.read()))
}
