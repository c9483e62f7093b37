//! Blocks of lines are handed out in order, and their answers written in the same order.

use std::io::Write;
use std::mem;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::Error;
use super::feed::{Block, Feed};

/// Answers that are longer than this wait for their turn, and are written before there are more.
const MOST_WAITING: usize = 256 << 10;

/// What workers share: where blocks come from, and where answers go.
pub(super) struct Turns<'i, W> {
    feed: Mutex<Feed<'i>>,
    written: Mutex<Written<W>>,
    moved: Condvar,
}

struct Written<W> {
    output: W,
    /// The number of the block whose answers are written now.
    turn: u64,
    failed: Option<Error>,
}

impl<'i, W: Write> Turns<'i, W> {
    pub(super) const fn new(feed: Feed<'i>, output: W) -> Self {
        let written = Written { output, turn: 0, failed: None };
        Self { feed: Mutex::new(feed), written: Mutex::new(written), moved: Condvar::new() }
    }

    /// Reads the next block; `None` if there is no more, or something has failed.
    pub(super) fn next(&self, block: &mut Block) -> Option<u64> {
        let (number, read) = {
            let mut feed = lock(&self.feed);
            if lock(&self.written).failed.is_some() {
                return None;
            }
            feed.next(block)
        };
        match read {
            Ok(true) => Some(number),
            Ok(false) => None,
            Err(error) => {
                // What was read before it is answered first.
                if let Some(mut written) = self.wait(number) {
                    written.failed = Some(error);
                    self.moved.notify_all();
                }
                None
            }
        }
    }

    /// Writes `answers` to the block called `number` where they are many; `false` if something has
    /// failed.
    pub(super) fn pass_on(&self, number: u64, answers: &mut Vec<u8>) -> bool {
        answers.len() < MOST_WAITING || self.write(number, answers).is_some()
    }

    /// Writes the last of the answers to the block called `number`; `false` if something has
    /// failed.
    pub(super) fn end(&self, number: u64, answers: &mut Vec<u8>) -> bool {
        let Some(mut written) = self.write(number, answers) else { return false };
        written.turn += 1;
        self.moved.notify_all();
        true
    }

    /// Writes `answers` when it is their turn.
    fn write(&self, number: u64, answers: &mut Vec<u8>) -> Option<MutexGuard<'_, Written<W>>> {
        let mut written = self.wait(number)?;
        if !answers.is_empty() {
            let result = written.output.write_all(answers);
            answers.clear();
            if let Err(error) = result {
                written.failed = Some(Error::Write(error));
                self.moved.notify_all();
                return None;
            }
        }
        Some(written)
    }

    /// Waits until it is the turn of the block called `number`; `None` if something has failed.
    fn wait(&self, number: u64) -> Option<MutexGuard<'_, Written<W>>> {
        let waiting = |written: &mut Written<W>| written.failed.is_none() && written.turn != number;
        let written = self.moved.wait_while(lock(&self.written), waiting);
        let written = written.unwrap_or_else(PoisonError::into_inner);
        written.failed.is_none().then_some(written)
    }

    /// How many lines were read; all of them are answered.
    pub(super) fn finish(&self) -> Result<u64, Error> {
        let mut written = lock(&self.written);
        if let Some(error) = mem::take(&mut written.failed) {
            return Err(error);
        }
        written.output.flush().map_err(Error::Write)?;
        Ok(lock(&self.feed).lines())
    }
}

/// Nothing is left half done where a worker could panic.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
