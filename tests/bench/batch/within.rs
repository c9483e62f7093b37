//! The parts of a batch, each alone, within one process.

use std::hint::black_box;
use std::path::Path;

use chrono::NaiveDate;
use jpo_check::batch::quick::QuickReader;
use jpo_check::dataset::Dataset;
use jpo_check::engine::Screen;
use jpo_check::profile::Profile;
use jpo_check::rules::Window;

use crate::cohort;
use crate::parse::each_line;

/// More profiles than this are not held at once.
const MOST: u32 = 100_000;

/// Each line into a profile whose countries, dates and levels are looked up and checked.
pub(crate) fn read(path: &Path) {
    let mut reader = QuickReader::new(data(), as_of());
    each_line(path, |line| {
        black_box(reader.read(line).expect("a profile that needs no second look"));
    });
}

/// Profiles of a cohort, read already.
pub(crate) struct People(Vec<Profile>);

impl People {
    pub(crate) fn of(seed: u64, count: u32) -> Self {
        let line = |n| cohort::profile(seed, u64::from(n));
        let read = |n| Profile::parse(&line(n), "line", data(), as_of()).ok();
        Self((0..count.min(MOST)).filter_map(read).collect())
    }

    pub(crate) fn count(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(MOST)
    }

    /// Holds all windows against each of them, by tables that are empty at first.
    pub(crate) fn screen(&self) {
        let windows: Vec<&Window> = data().windows.iter().collect();
        let mut screen = Screen::new(data(), &windows, as_of());
        for profile in &self.0 {
            black_box(screen.screen(profile));
        }
    }
}

fn data() -> &'static Dataset {
    Dataset::embedded().expect("the rules of the program")
}

fn as_of() -> NaiveDate {
    cohort::AS_OF.parse().expect("a day")
}
