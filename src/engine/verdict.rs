//! Findings → verdict.

use std::collections::BTreeSet;

use super::calendar::Timing;
use super::cells::{Grain, Question};
use super::choice::Choices;
use super::finding::{Finding, MOST_CELLS, reach, share_a_part, walk_cells};
use super::meaning::Scene;
use super::outcome::{Cause, Outcome};
use super::person::Candidate;
use crate::rules::{Basis, Criterion, Requirement, Strength, Window};
use crate::vocabulary::Verdict;

/// The criteria in the order in which a window that is shut is counted under the first that shuts
/// it: nationality first, since it is the first question of all.
const COUNTED_UNDER: [Criterion; 6] = [
    Criterion::Nationality,
    Criterion::Age,
    Criterion::Qualification,
    Criterion::Languages,
    Criterion::Conditions,
    Criterion::Sponsorship,
];

/// One window held against one profile.
#[derive(Debug, Clone)]
pub struct Assessment<'d> {
    /// The window.
    pub window: &'d Window,
    /// The days of the application.
    pub timing: Timing,
    /// Every requirement's finding, criterion by criterion; those that never decide are left out by
    /// [`assess_in_brief`](super::assess_in_brief).
    pub findings: Vec<Finding<'d>>,
    /// The verdict.
    pub verdict: Verdict,
}

impl<'d> Assessment<'d> {
    /// The first finding on a requirement that decides whose outcome `other` does not have.
    pub fn moved_from(&self, other: &Assessment<'_>) -> Option<&Finding<'d>> {
        let outcome = |f: &Finding<'_>| (f.requirement.part, f.outcome, f.cause, f.basis);
        let mut deciding = self.findings.iter().filter(|f| f.requirement.strength.decides());
        deciding.find(|one| other.findings.iter().all(|two| outcome(one) != outcome(two)))
    }

    /// The criterion that a window with a required requirement unmet is counted under.
    pub fn closed_by(&self) -> Option<Criterion> {
        let shutting = self.findings.iter().filter(|finding| finding.shuts_out());
        shutting.map(|finding| finding.requirement.part.criterion()).min_by_key(|c| counted_at(*c))
    }

    /// The criteria that the verdict hangs on, sorted, once each.
    ///
    /// `ineligible`: those with a required requirement unmet; none where requirements only
    /// together leave no way. `undetermined`: those with a required or usual requirement that is
    /// not met and that more than the vacancy has to settle. `likely`: those that the vacancy
    /// settles or that rest on the programme's usual profile. `eligible`: none.
    pub fn decisive(&self) -> Vec<Criterion> {
        let decides = |finding: &&Finding<'_>| {
            let requirement = finding.requirement;
            let met = finding.outcome == Outcome::Met;
            let by_vacancy = finding.cause == Some(Cause::ByVacancy);
            match self.verdict {
                Verdict::Ineligible => finding.shuts_out(),
                Verdict::Undetermined => requirement.strength.decides() && !met && !by_vacancy,
                Verdict::Likely => {
                    requirement.strength.decides() && (by_vacancy || finding.is_borrowed())
                }
                Verdict::Eligible => false,
            }
        };
        let findings = self.findings.iter().filter(decides);
        let criteria: BTreeSet<Criterion> =
            findings.map(|finding| finding.requirement.part.criterion()).collect();
        criteria.into_iter().collect()
    }
}

/// The place of a criterion among those that a shut window is counted under.
pub(super) fn counted_at(criterion: Criterion) -> usize {
    COUNTED_UNDER.iter().position(|other| *other == criterion).unwrap_or(COUNTED_UNDER.len())
}

/// Draws the verdict from the findings.
pub(super) fn decide(
    findings: &[&Finding<'_>],
    candidate: &Candidate<'_>,
    scene: &Scene<'_>,
) -> Verdict {
    let weighty = || findings.iter().filter(|finding| finding.requirement.strength.decides());
    if shut_out(findings, candidate, scene) {
        return Verdict::Ineligible;
    }
    if weighty().all(|f| f.outcome == Outcome::Met && f.basis == Basis::Window) {
        return Verdict::Eligible;
    }
    if weighty().all(|finding| finding.is_well()) {
        return Verdict::Likely;
    }
    Verdict::Undetermined
}

/// Whether no way to fill in the profile and no reading lets every required requirement be met.
///
/// Requirements that share no part of the profile are met or missed independently, so only those
/// that do are asked together.
fn shut_out(findings: &[&Finding<'_>], candidate: &Candidate<'_>, scene: &Scene<'_>) -> bool {
    let required: Vec<&&Finding<'_>> =
        findings.iter().filter(|f| f.requirement.strength == Strength::Required).collect();
    if required.iter().any(|finding| finding.outcome == Outcome::Unmet) {
        return true;
    }
    let mut left: Vec<&Requirement> = required
        .iter()
        .filter(|finding| finding.cause == Some(Cause::NotTold))
        .map(|finding| finding.requirement)
        .collect();
    while let Some(first) = left.pop() {
        let mut together = vec![first];
        let mut at = 0;
        while let Some(one) = together.get(at).copied() {
            let (linked, apart) = left.iter().partition(|other| share_a_part(one, other));
            together.extend::<Vec<&Requirement>>(linked);
            left = apart;
            at += 1;
        }
        if together.len() > 1 && !can_all_hold(&together, candidate, scene) {
            return true;
        }
    }
    false
}

fn can_all_hold(
    requirements: &[&Requirement],
    candidate: &Candidate<'_>,
    scene: &Scene<'_>,
) -> bool {
    let question = Question { candidate, requirements, scene, grain: Grain::Coarse };
    let open = question.open();
    let (mut possible, mut room) = (false, Choices::default());
    let walked = walk_cells(&candidate.base, &open, MOST_CELLS, |person| {
        possible = requirements.iter().all(|r| reach(r, person, scene, &mut room).can_hold);
        !possible
    });
    // Too many cells to walk: nothing is claimed.
    possible || !walked
}
