//! One requirement, and what its finding means for the windows that make it.

use super::ends;
use super::figures::Figures;
use super::row::Said;
use super::view::View;
use super::{ENTRIES, Subject};
use crate::engine::calendar::Timing;
use crate::engine::cells::{Slot, slots};
use crate::engine::finding::{Finding, find};
use crate::engine::meaning::Scene;
use crate::engine::outcome::{Cause, Outcome};
use crate::rules::{Basis, Criterion, Requirement, Rule, Strength};

/// What one finding means for a verdict.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a bit of a row")]
pub(super) struct Fate {
    is_shut: bool,
    is_lent: bool,
    is_open: bool,
    is_untold: bool,
}

impl Fate {
    fn of(finding: &Finding<'_>) -> Self {
        let required = finding.requirement.strength == Strength::Required;
        Self {
            is_shut: required && finding.outcome == Outcome::Unmet,
            is_lent: finding.outcome != Outcome::Met || finding.basis != Basis::Window,
            is_open: !finding.is_well(),
            is_untold: is_untold(finding),
        }
    }
}

/// Whether telling more can settle a finding, as far as that can be seen: amounts of work that can
/// turn out either way are not told apart by what that hangs on.
fn is_untold(finding: &Finding<'_>) -> bool {
    let counts = |rule: &Rule| matches!(rule, Rule::Experience(_) | Rule::Qualification(_));
    finding.cause == Some(Cause::NotTold)
        || (finding.outcome == Outcome::Unknown
            && finding.requirement.readings.iter().any(|reading| counts(&reading.rule)))
}

/// A window that makes a requirement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asks {
    /// Its place.
    pub(super) window: usize,
    /// Whether another requirement of the window may leave no way beside it.
    pub(super) is_at_odds: bool,
}

/// A requirement in one scene, with the windows that make it.
#[derive(Debug, Clone)]
pub(super) struct Asked<'d> {
    pub(super) criterion: Criterion,
    /// Whether it looks at nationalities at most.
    pub(super) is_of_nations: bool,
    /// What it tells apart.
    pub(super) view: View,
    pub(super) windows: Vec<Asks>,
    requirement: &'d Requirement,
    scene: Scene<'d>,
    /// Whether the two ends of what a profile can turn out to be are enough.
    hangs_on_ends: bool,
}

/// Adds a requirement that a window makes; `figures` learn what to count for it.
pub(super) fn add<'d>(
    all: &mut Vec<Asked<'d>>,
    requirement: &'d Requirement,
    scene: &Scene<'d>,
    asks: Asks,
    figures: &mut Figures,
) {
    let days = |timing: &Timing| (timing.application, timing.opens, timing.closes);
    let same = all.iter_mut().find(|asked| {
        std::ptr::eq(asked.requirement, requirement)
            && days(&asked.scene.timing) == days(&scene.timing)
    });
    if let Some(asked) = same {
        asked.windows.push(asks);
        return;
    }
    all.push(Asked {
        criterion: requirement.part.criterion(),
        is_of_nations: slots(requirement).iter().all(|slot| *slot == Slot::Nationalities),
        view: View::of(requirement, scene, figures),
        windows: vec![asks],
        requirement,
        scene: *scene,
        hangs_on_ends: ends::are_enough(requirement),
    });
}

impl Asked<'_> {
    /// Whether it is required: then it can shut a window.
    pub(super) fn is_required(&self) -> bool {
        self.requirement.strength == Strength::Required
    }

    /// Whether it asks whom a window is for.
    pub(super) fn is_of_entry(&self) -> bool {
        ENTRIES.contains(&self.criterion)
    }

    /// Whether both are answered together.
    pub(super) fn goes_with(&self, other: &Self) -> bool {
        self.criterion == other.criterion && self.view.goes_with(&other.view)
    }

    /// Asks the engine.
    pub(super) fn find(&self, subject: &mut Subject<'_>) -> Fate {
        Fate::of(&find(self.requirement, subject.candidate(), &self.scene))
    }

    /// Asks the engine, where all whom its view does not tell apart are answered alike.
    pub(super) fn find_for_all(&self, subject: &mut Subject<'_>) -> Fate {
        if self.hangs_on_ends {
            return Fate::of(&subject.ends(&self.scene).find(self.requirement, &self.scene));
        }
        self.find(subject)
    }

    /// Writes down what `fate` means for the windows.
    pub(super) fn mark(&self, fate: Fate, row: &mut [Said]) {
        for Asks { window, is_at_odds } in &self.windows {
            let bit_if = |is_so: bool| u64::from(is_so) << (window % 64);
            let said = Said {
                shut: bit_if(fate.is_shut),
                lent: bit_if(fate.is_lent),
                open: bit_if(fate.is_open),
                untold: bit_if(fate.is_untold && *is_at_odds),
                twice: 0,
            };
            if let Some(own) = row.get_mut(window / 64) {
                own.add(said);
            }
        }
    }
}
