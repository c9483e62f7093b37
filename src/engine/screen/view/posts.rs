//! Jobs that must be held on some day, reduced to whether they are.

use super::{List, write};
use crate::engine::screen::figures::{UNTOLD, low_byte};
use crate::engine::screen::span::Span;
use crate::engine::tally::Day;
use crate::profile::{Job, JobEnd, Profile};
use crate::rules::Employment;
use crate::table::Seen;

/// A job that must be held on some day.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Post {
    employment: Employment,
    /// The days that may be meant, three at most.
    days: Vec<Day>,
    /// The first of them.
    first: Day,
}

/// Writes how the jobs stand to `posts`.
pub(super) fn reduce(posts: &[Post], profile: &Profile, seen: &mut Seen) {
    let Some(jobs) = &profile.experience else { return seen.push(UNTOLD) };
    let mut cells = List::new();
    for job in jobs {
        let to = End::from(job.to);
        for (at, post) in posts.iter().enumerate().filter(|(_, post)| to.last >= post.first) {
            if let Some(cell) = post.cell(at, job, to) {
                cells.push(cell);
            }
        }
    }
    write::<5>(seen, &mut cells);
}

/// The last day of a job.
#[derive(Debug, Clone, Copy)]
struct End {
    /// `None`: nothing is sure.
    surely: Option<Day>,
    last: Day,
}

impl From<JobEnd> for End {
    fn from(end: JobEnd) -> Self {
        match end {
            JobEnd::Ongoing => Self { surely: Some(Day::MAX), last: Day::MAX },
            JobEnd::NotTold => Self { surely: None, last: Day::MAX },
            JobEnd::On(day) => {
                let day = Span::from(day);
                Self { surely: Some(day.first), last: day.last }
            }
        }
    }
}

impl Post {
    pub(super) fn new(employment: Employment, days: Vec<Day>) -> Self {
        let first = days.iter().min().copied().unwrap_or(Day::MAX);
        Self { employment, days, first }
    }

    /// How a job stands to it, the post at `at`; `None` for one that cannot be it.
    fn cell(&self, at: usize, job: &Job, to: End) -> Option<u64> {
        let asked = &self.employment;
        let country = job.country.map(|told| told == asked.country);
        if country == Some(false) {
            return None;
        }
        let employer = job.employer.as_ref().map(|told| *told == asked.employer);
        if employer == Some(false) {
            return None;
        }
        let from = Span::from(job.from);
        let held = |day: &Day| {
            let surely = from.last <= *day && to.surely.is_some_and(|to| *day <= to);
            u8::from(from.first <= *day && *day <= to.last) + u8::from(surely)
        };
        let on = |at: usize| self.days.get(at).map_or(0, held);
        let days = [on(0), on(1), on(2)];
        let told = u8::from(employer.is_some()) * 2 + u8::from(country.is_some());
        let [first, second, third] = days;
        let cell = u64::from_le_bytes([low_byte(at), told, first, second, third, 0, 0, 0]);
        (days != [0; 3]).then_some(cell)
    }
}
