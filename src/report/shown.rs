//! What a screen shows one by one, and what it counts.

use crate::engine::{Assessment, Matter, Outcome};
use crate::rules::{Criterion, Strength};
use crate::vocabulary::Verdict;

/// More undetermined windows than this are counted instead of shown one by one.
const MOST_APART: usize = 8;

/// How a screen shows a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// By itself: open ones, and undetermined ones if they are few.
    Apart,
    /// By its id, among those that only the donor can settle.
    ToConfirm,
    /// Counted among those that hang on what is not told.
    Hanging,
    /// By its id, among those where the usual nationality is missed: possible, but not where one
    /// would look first.
    ForOthers,
    /// Counted among the ineligible ones.
    Closed,
}

impl Shown {
    /// How each of `assessments` is shown; `matters` are the facts that can change their verdicts.
    pub(super) fn of(assessments: &[&Assessment<'_>], matters: &[Matter<'_>]) -> Vec<Self> {
        let hangs = |assessment: &Assessment<'_>| {
            let mut windows = matters.iter().flat_map(|matter| &matter.windows);
            windows.any(|window| std::ptr::eq(*window, assessment.window))
        };
        let alone = |assessment: &&Assessment<'_>| match assessment.verdict {
            Verdict::Ineligible => Self::Closed,
            Verdict::Undetermined if is_for_others(assessment) => Self::ForOthers,
            Verdict::Undetermined if hangs(assessment) => Self::Hanging,
            Verdict::Undetermined => Self::ToConfirm,
            Verdict::Eligible | Verdict::Likely => Self::Apart,
        };
        let mut shown: Vec<Self> = assessments.iter().map(alone).collect();
        let count = |wanted| shown.iter().filter(|shown| **shown == wanted).count();
        let (hanging, to_confirm) = (count(Self::Hanging), count(Self::ToConfirm));
        for shown in &mut shown {
            let few = match shown {
                Self::Hanging => hanging + to_confirm <= MOST_APART,
                Self::ToConfirm => to_confirm <= MOST_APART,
                _ => false,
            };
            if few {
                *shown = Self::Apart;
            }
        }
        shown
    }
}

fn is_for_others(assessment: &Assessment<'_>) -> bool {
    assessment.findings.iter().any(|finding| {
        finding.requirement.part.criterion() == Criterion::Nationality
            && finding.outcome == Outcome::Unmet
            && finding.requirement.strength == Strength::Usual
    })
}
