//! Assessments for answers that count ineligible windows and show the others.

use chrono::NaiveDate;

use super::Known;
use super::calendar::{requirements, timing};
use super::finding::Finding;
use super::meaning::Scene;
use super::person::Candidate;
use super::timeline::Timelines;
use super::verdict::{Assessment, counted_at, decide};
use super::ways::{Allowed, common_parts};
use crate::dataset::Dataset;
use crate::rules::{Criterion, Requirement, Window};
use crate::vocabulary::{Text, Verdict};

/// Windows held against one profile, looked into only as far as a screen needs it.
pub struct Brief<'a, 'd> {
    /// Those that may open, with the findings that decide.
    pub assessments: Vec<Assessment<'d>>,
    /// Those that are shut up to the horizon and that no single change opens, with the criterion
    /// that they are counted under.
    ///
    /// Nothing else that could be found changes the verdict or its timeline.
    pub shut: Vec<(&'d Window, Criterion)>,
    /// What lies ahead.
    pub timelines: Timelines<'a, 'd>,
}

/// Assesses as [`assess_all`](super::assess_all) does, and looks into a window no longer than until
/// it is plain that it is shut up to `horizon` and that no single change opens it.
pub fn assess_in_brief<'a, 'd>(
    data: &'d Dataset,
    windows: &[&'d Window],
    candidate: &'a Candidate<'a>,
    (as_of, horizon): (NaiveDate, NaiveDate),
) -> Brief<'a, 'd> {
    let timelines = Timelines::new(data, candidate, as_of, horizon);
    let mut brief = Brief { assessments: Vec::new(), shut: Vec::new(), timelines };
    let mut known = Known::default();
    for window in windows {
        if is_for_others(data, window, candidate) {
            // Nationality is what shuts most windows to most people, and the first to be asked.
            brief.shut.push((window, Criterion::Nationality));
            continue;
        }
        let scene = Scene { data, timing: timing(window, as_of), as_of };
        let find = |asked| known.finding(asked, candidate, &scene);
        match look_into(window, &scene, find, &mut brief.timelines) {
            Seen::Shut(criterion) => brief.shut.push((window, criterion)),
            Seen::Whole(findings) => {
                let verdict = decide(&findings.iter().collect::<Vec<_>>(), candidate, &scene);
                let timing = scene.timing;
                brief.assessments.push(Assessment { window, timing, findings, verdict });
            }
        }
    }
    brief
}

impl Brief<'_, '_> {
    /// The verdicts on all windows.
    pub fn verdicts(&self) -> impl Iterator<Item = Verdict> {
        let shut = self.shut.iter().map(|_| Verdict::Ineligible);
        self.assessments.iter().map(|assessment| assessment.verdict).chain(shut)
    }

    /// Leaves out windows of other verdicts than those that `wants` takes.
    pub fn retain(&mut self, wants: impl Fn(Verdict) -> bool) {
        self.assessments.retain(|assessment| wants(assessment.verdict));
        self.shut.retain(|_| wants(Verdict::Ineligible));
    }
}

/// What is seen of a window.
enum Seen<'d> {
    /// It is shut for good, and no single change opens it.
    Shut(Criterion),
    /// The findings that decide.
    Whole(Vec<Finding<'d>>),
}

/// Finds what decides about a window, in the order in which shut windows are counted, until it is
/// plain that nothing opens it.
fn look_into<'d>(
    window: &'d Window,
    scene: &Scene<'d>,
    mut find: impl FnMut(&'d Requirement) -> Finding<'d>,
    timelines: &mut Timelines<'_, 'd>,
) -> Seen<'d> {
    let programme = scene.data.programme(&window.programme);
    let mut asked = requirements(window, programme, &scene.timing);
    asked.retain(|requirement| requirement.strength.decides());
    asked.sort_by_key(|requirement| counted_at(requirement.part.criterion()));
    let mut findings = Vec::with_capacity(asked.len());
    let mut closed_by = None;
    for requirement in asked {
        let finding = find(requirement);
        let (is_well, shuts_out) = (finding.is_well(), finding.shuts_out());
        findings.push(finding);
        if shuts_out {
            closed_by.get_or_insert(requirement.part.criterion());
        }
        if let (false, Some(criterion)) = (is_well, closed_by)
            && timelines.nothing_opens(window, &findings)
        {
            return Seen::Shut(criterion);
        }
    }
    findings.sort_by_key(|finding| finding.requirement.part.criterion());
    Seen::Whole(findings)
}

impl<'d> Timelines<'_, 'd> {
    /// Whether some of `findings`, those of the first day on `window`, shut it on every day, and no
    /// part of a profile that can change is looked at by all that are amiss on each.
    fn nothing_opens(&mut self, window: &'d Window, findings: &[Finding<'d>]) -> bool {
        let amiss = findings.iter().filter(|finding| !finding.is_well());
        let mut lasting: Vec<&Finding<'d>> = amiss.collect();
        lasting.retain(|finding| self.lasts(finding.requirement, window));
        let asked: Vec<&Requirement> = lasting.iter().map(|finding| finding.requirement).collect();
        lasting.iter().any(|finding| finding.shuts_out())
            && common_parts(&asked, Allowed::default()).is_some_and(|parts| parts.is_empty())
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
