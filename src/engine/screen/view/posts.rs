//! Jobs that must be held on some day, reduced to whether they are.

use super::{List, write};
use crate::engine::screen::figures::{Span, UNTOLD, low_byte};
use crate::engine::tally::Day;
use crate::profile::{Job, JobEnd, Profile};
use crate::rules::Employment;
use crate::table::Seen;

/// A job that must be held on some day.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Post {
    pub(super) employment: Employment,
    pub(super) days: Vec<Day>,
}

/// Writes how the jobs stand to `posts`.
pub(super) fn reduce(posts: &[Post], profile: &Profile, seen: &mut Seen) {
    let Some(jobs) = &profile.experience else { return seen.push(UNTOLD) };
    let mut cells = List::new();
    for (at, post) in posts.iter().enumerate() {
        for job in jobs {
            cells.extend(post.cell(at, job));
        }
    }
    write::<5>(seen, &mut cells);
}

impl Post {
    /// How a job stands to it, the post at `at`; `None` for one that cannot be it.
    fn cell(&self, at: usize, job: &Job) -> Option<u64> {
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
        let held = |day: Day| {
            let (surely, maybe) = match job.to {
                JobEnd::Ongoing => (true, true),
                JobEnd::NotTold => (false, true),
                JobEnd::On(to) => {
                    let to = Span::from(to);
                    (day <= to.first, day <= to.last)
                }
            };
            u8::from(from.first <= day && maybe) + u8::from(from.last <= day && surely)
        };
        // A reference day means three days at most.
        let on = |at: usize| self.days.get(at).map_or(0, |day| held(*day));
        let told = u8::from(employer.is_some()) * 2 + u8::from(country.is_some());
        Some(u64::from_le_bytes([low_byte(at), told, on(0), on(1), on(2), 0, 0, 0]))
    }
}
