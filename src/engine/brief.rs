//! Assessments for answers that count ineligible windows and show the others.

use chrono::NaiveDate;

use super::person::Candidate;
use super::timeline::Timelines;
use super::verdict::Assessment;
use super::ways::Allowed;
use crate::dataset::Dataset;
use crate::rules::{Part, Strength, Window};
use crate::vocabulary::{Text, Verdict};

/// Windows held against one profile, looked into only as far as a screen needs it.
pub struct Brief<'a, 'd> {
    /// Those that nationality does not shut for good.
    pub assessments: Vec<Assessment<'d>>,
    /// Those that the candidate's nationality shuts up to the horizon.
    ///
    /// Nationality is what shuts most windows to most people, and where it does, nothing else
    /// that could be found changes the verdict, its timeline, or that no other change opens the
    /// window.
    pub shut: Vec<&'d Window>,
    /// What lies ahead.
    pub timelines: Timelines<'a, 'd>,
}

/// Assesses as [`assess_all`](super::assess_all) does, and looks into no window that the
/// candidate's nationality shuts up to `horizon`.
pub fn assess_in_brief<'a, 'd>(
    data: &'d Dataset,
    windows: &[&'d Window],
    candidate: &'a Candidate<'a>,
    (as_of, horizon): (NaiveDate, NaiveDate),
) -> Brief<'a, 'd> {
    let mut brief = Brief {
        assessments: Vec::new(),
        shut: Vec::new(),
        timelines: Timelines::new(data, candidate, as_of, horizon),
    };
    for window in windows {
        if is_for_others(data, window, candidate)
            || shut_by_nationality(&mut brief.timelines, window, candidate)
        {
            brief.shut.push(window);
        } else {
            brief.assessments.push(brief.timelines.today(window));
        }
    }
    brief
}

impl Brief<'_, '_> {
    /// Leaves out windows of other verdicts than those that `wants` takes.
    pub fn retain(&mut self, wants: impl Fn(Verdict) -> bool) {
        self.assessments.retain(|assessment| wants(assessment.verdict));
        self.shut.retain(|_| wants(Verdict::Ineligible));
    }
}

/// Whether a window is plainly for people of other nationalities, at any time.
fn is_for_others(data: &Dataset, window: &Window, candidate: &Candidate<'_>) -> bool {
    let (Some(held), Some(nations)) = (&candidate.profile.nationalities, &window.nations) else {
        return false;
    };
    let may_have = |id: &Text, country| data.groups.get(id).is_some_and(|g| g.may_have(country));
    !nations.may_include(held, may_have)
}

/// Whether the candidate's nationality shuts a window on each day, and nothing but another one
/// could open it.
fn shut_by_nationality<'d>(
    timelines: &mut Timelines<'_, 'd>,
    window: &'d Window,
    candidate: &Candidate<'_>,
) -> bool {
    if candidate.profile.nationalities.is_none() {
        return false;
    }
    let asked = window.requirements.iter().find(|requirement| {
        requirement.part == Part::Nationality && requirement.strength == Strength::Required
    });
    asked.is_some_and(|asked| {
        let today = timelines.today_for(window, &[asked]);
        timelines.beyond_reach(&today, Allowed::default()).is_some()
    })
}
