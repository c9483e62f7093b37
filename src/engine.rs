//! Profile and day in, assessments out: pure, total, exact.
//!
//! There is one meaning of a rule: `meaning` answers yes or no for one complete [`Person`] under
//! one way to read the pages. What is not told, and what the pages leave open, is finite once it
//! is cut into `cells` between the limits that the rules name; so outcomes are found by asking
//! that one meaning in every cell and every reading, and are exact by construction.

mod ask;
mod brief;
mod calendar;
mod cells;
mod choice;
mod contrast;
mod finding;
mod meaning;
mod outcome;
mod person;
mod screen;
mod tally;
mod timeline;
mod turning;
mod verdict;
mod ways;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub use crate::vocabulary::{CallState, Verdict};
pub use ask::{Matter, Outlook, effort, matters, settled_keys, what_matters};
pub use brief::{Brief, assess_in_brief};
pub use calendar::{CallStatus, Dated, Days, Timing, requirements, timing};
pub use cells::{facts_used, shortest_and_longest};
pub use choice::{Choice, ChoiceKey, Ruling};
pub use contrast::{Answer, Contrast, Shift, Side, are_alike, contrast, ideal, what_differs};
pub use finding::{Finding, differ_in_reading_alone};
pub use meaning::{Scene, Standing, standing};
pub use outcome::{Cause, Outcome};
pub use person::{Candidate, Held, Lives, Person, Taken, Worked};
pub use screen::{CRITERIA, ENTRIES, Screen, Screened, Sets, VERDICTS};
pub use tally::{counted_range, months};
pub use timeline::{Because, Event, Span, Timelines, Until};
pub use turning::turning_days;
pub use verdict::Assessment;
pub use ways::{Allowed, How, Obstacle, Pace, Step, Way, Ways, way_by_one_change, ways};

use crate::dataset::Dataset;
use crate::profile::Profile;
use crate::rules::{Basis, Requirement, Window};

/// Assesses every window of `data` for `profile` on the application day `as_of`.
///
/// # Examples
/// ```
/// use jpo_check::{dataset::Dataset, engine, engine::Verdict, profile::Profile};
/// let data = Dataset::embedded().unwrap();
/// let as_of = "2026-11-22".parse().unwrap();
/// let nobody = Profile::default();
/// let shut = engine::check(data, &nobody, as_of);
/// // Who tells nothing is shut out by nothing but a donor that takes nobody.
/// assert!(shut.iter().all(|a| a.verdict != Verdict::Eligible));
/// ```
pub fn check<'d>(data: &'d Dataset, profile: &Profile, as_of: NaiveDate) -> Vec<Assessment<'d>> {
    let windows: Vec<&Window> = data.windows.iter().collect();
    assess_all(data, &windows, &Candidate::new(profile, as_of), as_of)
}

/// Assesses `windows`, in their order, for `candidate` on the application day `as_of`.
pub fn assess_all<'d>(
    data: &'d Dataset,
    windows: &[&'d Window],
    candidate: &Candidate<'_>,
    as_of: NaiveDate,
) -> Vec<Assessment<'d>> {
    let mut known = Known::default();
    windows.iter().map(|window| assess_with(&mut known, data, window, candidate, as_of)).collect()
}

/// Assesses one window for `profile` on the application day `as_of`.
pub fn assess<'d>(
    data: &'d Dataset,
    window: &'d Window,
    profile: &Profile,
    as_of: NaiveDate,
) -> Assessment<'d> {
    let candidate = Candidate::new(profile, as_of);
    assess_with(&mut Known::default(), data, window, &candidate, as_of)
}

fn assess_with<'d>(
    known: &mut Known<'d>,
    data: &'d Dataset,
    window: &'d Window,
    candidate: &Candidate<'_>,
    as_of: NaiveDate,
) -> Assessment<'d> {
    let timing = timing(window, as_of);
    let scene = Scene { data, timing, as_of };
    let programme = data.programme(&window.programme);
    let requirements = requirements(window, programme, &scene.timing);
    let findings: Vec<Finding<'d>> = requirements
        .iter()
        .map(|requirement| known.finding(requirement, candidate, &scene))
        .collect();
    let all: Vec<&Finding<'_>> = findings.iter().collect();
    let verdict = verdict::decide(&all, candidate, &scene);
    Assessment { window, timing: scene.timing, findings, verdict }
}

/// Findings on a programme's usual profile, which stands in for many windows: they are the same
/// wherever the days of the application are.
#[derive(Default)]
struct Known<'d> {
    findings: BTreeMap<(*const Requirement, [NaiveDate; 3]), Finding<'d>>,
}

impl<'d> Known<'d> {
    fn finding(
        &mut self,
        requirement: &'d Requirement,
        candidate: &Candidate<'_>,
        scene: &Scene<'d>,
    ) -> Finding<'d> {
        if requirement.basis != Basis::Programme {
            return finding::find(requirement, candidate, scene);
        }
        let Timing { application, opens, closes, .. } = scene.timing;
        let key = (std::ptr::from_ref(requirement), [application, opens, closes]);
        let find = || finding::find(requirement, candidate, scene);
        self.findings.entry(key).or_insert_with(find).clone()
    }
}
