//! One line → its verdicts.

use std::str::{self, Utf8Error};

use super::Batch;
use super::quick::QuickReader;
use crate::diagnostic::{Diagnostic, Problems, SourceText};
use crate::engine::{Screen, Screened};
use crate::profile::Profile;

/// Answers profile after profile by verdicts alone.
pub(super) struct Screener<'d> {
    batch: &'d Batch<'d>,
    reader: QuickReader<'d>,
    screen: Screen<'d>,
    /// The last profile that was not read quickly.
    slowly: Profile,
}

impl<'d> Screener<'d> {
    pub(super) fn new(batch: &'d Batch<'d>) -> Self {
        let Batch { data, as_of, .. } = *batch;
        let screen = Screen::new(data, &batch.by_id(), as_of);
        let reader = QuickReader::new(data, as_of);
        Self { batch, reader, screen, slowly: Profile::default() }
    }

    /// The profile that `line` tells, and its verdicts on the windows in the order of their ids.
    pub(super) fn verdicts(&mut self, line: &[u8]) -> Result<(&Profile, &Screened), Problems> {
        let profile = if let Some(profile) = self.reader.read(line) {
            profile
        } else {
            self.slowly = self.batch.read(line)?;
            &self.slowly
        };
        Ok((profile, self.screen.screen(profile)))
    }
}

impl Batch<'_> {
    /// The profile that `line` tells, or all that is wrong with it.
    pub(super) fn read(&self, line: &[u8]) -> Result<Profile, Problems> {
        let text = str::from_utf8(line).map_err(|error| not_utf8(line, &error))?;
        Profile::parse(text, "line", self.data, self.as_of)
    }
}

fn not_utf8(line: &[u8], error: &Utf8Error) -> Problems {
    let at = error.valid_up_to();
    in_line(Diagnostic::not_utf8(at), line.get(..at).unwrap_or_default())
}

/// A problem at a place in a line, which `told` goes up to.
pub(super) fn in_line(problem: Diagnostic, told: &[u8]) -> Problems {
    let text = String::from_utf8_lossy(told).into_owned();
    let texts = vec![SourceText { name: problem.file.clone(), text }];
    Problems { texts, ..problem.into() }
}
