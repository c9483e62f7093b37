//! What would have to change: the fewest changes that open a window, and when.
//!
//! Each requirement is held against each combination of the changes that it looks at, on every
//! day up to the horizon; a set of changes opens the window on the days on which all requirements
//! in force are met. Requirements that look at none of the same changes are met independently, so
//! their combinations are found apart and put together at the end.

mod best;
mod days;
mod options;
mod reach;
mod search;
mod step;
mod way;

use super::assess;
use super::cells::Slot;
use super::person::Candidate;
use super::timeline::Timelines;
use super::verdict::Assessment;
use best::fewest_and_earliest;
use search::Search;

pub(super) use reach::common_parts;
pub use step::{Allowed, Pace, Step};
pub use way::{How, Obstacle, Way, Ways};

/// Looks for the ways into a window.
pub fn ways<'d>(how: How<'_, 'd>) -> Ways<'d> {
    let today = &assess(how.data, how.window, how.profile, how.as_of);
    let candidate = Candidate::new(how.profile, how.as_of);
    let mut timelines = Timelines::new(how.data, &candidate, how.as_of, how.horizon);
    if let Some(requirement) = timelines.beyond_reach(today, how.allowed) {
        let obstacle = how.obstacle(requirement, None, Vec::new());
        return Ways { obstacles: vec![obstacle], ..Ways::default() };
    }
    let mut search = Search::new(how, &mut timelines, None);
    let groups = search.groups();
    search.doubt_what_is_never_met(&groups);
    let mut ways = search.ways(&groups);
    if ways.is_empty() {
        // What is in doubt on some days only may be met too late, or too early, on the others.
        search.doubt_all(&groups);
        ways = search.ways(&groups);
    }
    if ways.is_empty() {
        return Ways { obstacles: search.obstacles(&groups, today), ..Ways::default() };
    }
    let doubts = search.left_in_doubt(&groups, &ways);
    Ways { ways, doubts, ..Ways::default() }
}

/// The earliest way by a single change that surely opens the window of `today`: the first such
/// among those of [`ways`]. `timelines` are those of the candidate as things are.
pub fn way_by_one_change<'d>(
    how: How<'_, 'd>,
    today: &Assessment<'d>,
    timelines: &mut Timelines<'_, 'd>,
) -> Option<Way<'d>> {
    let within = timelines.parts_to_change(today, how.allowed);
    if within.as_deref().is_some_and(<[Slot]>::is_empty) {
        return None;
    }
    let how = How { most: 1, ..how };
    let mut search = Search::new(how, timelines, within.as_deref());
    let mut parts = Vec::new();
    for group in search.groups() {
        let part = search.part(&group);
        if part.is_empty() {
            // Something of it is amiss on every day.
            return None;
        }
        parts.push(part);
    }
    let best = fewest_and_earliest(search.together(&parts));
    best.iter().filter(|set| set.steps.len() == 1).find_map(|set| search.proved(set))
}
