//! Assessments for answers that count ineligible windows and show the others.

use chrono::NaiveDate;

use super::calendar::timing;
use super::finding::{self, Finding};
use super::meaning::Scene;
use super::person::Candidate;
use super::timeline::Timelines;
use super::verdict::Assessment;
use super::ways::Allowed;
use super::{Known, assess_with};
use crate::dataset::Dataset;
use crate::rules::{Part, Strength, Window};
use crate::vocabulary::Verdict;

/// Assesses as [`assess_all`](super::assess_all) does, and looks no further into a window that the
/// candidate's nationality shuts up to `horizon`: there, the finding on nationality stands alone.
///
/// Nationality is what shuts most windows to most people, and where it does, nothing else that is
/// found changes the verdict, its timeline, or that no other change opens the window.
pub fn assess_in_brief<'d>(
    data: &'d Dataset,
    windows: &[&'d Window],
    candidate: &Candidate<'_>,
    (as_of, horizon): (NaiveDate, NaiveDate),
) -> Vec<Assessment<'d>> {
    let mut known = Known::default();
    let mut timelines = Timelines::new(data, candidate, as_of, horizon);
    let assess = |window: &&'d Window| {
        let shut = shut_by_nationality(&mut timelines, data, window, candidate, as_of);
        shut.unwrap_or_else(|| assess_with(&mut known, data, window, candidate, as_of))
    };
    windows.iter().map(assess).collect()
}

fn shut_by_nationality<'d>(
    timelines: &mut Timelines<'_, 'd>,
    data: &'d Dataset,
    window: &'d Window,
    candidate: &Candidate<'_>,
    as_of: NaiveDate,
) -> Option<Assessment<'d>> {
    candidate.profile.nationalities.as_ref()?;
    let scene = Scene { data, timing: timing(window, as_of), as_of };
    let asked = window.requirements.iter().find(|requirement| {
        requirement.part == Part::Nationality && requirement.strength == Strength::Required
    })?;
    let findings: Vec<Finding<'d>> = vec![finding::find(asked, candidate, &scene)];
    let today = Assessment { window, timing: scene.timing, findings, verdict: Verdict::Ineligible };
    timelines.beyond_reach(&today, Allowed::default())?;
    Some(today)
}
