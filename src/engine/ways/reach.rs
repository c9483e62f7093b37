//! What no change reaches, seen without looking for ways.

use super::step::Allowed;
use crate::engine::cells::{Slot, Slots, slots};
use crate::engine::finding::Finding;
use crate::engine::timeline::{Frame, Timelines};
use crate::engine::verdict::Assessment;
use crate::rules::Requirement;

impl<'d> Timelines<'_, 'd> {
    /// A requirement that shuts the candidate of `today` out for good and looks at nothing that
    /// can change.
    pub(in crate::engine) fn beyond_reach(
        &mut self,
        today: &Assessment<'d>,
        allowed: Allowed,
    ) -> Option<&'d Requirement> {
        let shutting = self.shut_for_good(today);
        shutting.into_iter().find(|requirement| !slots(requirement).iter().any(|s| allowed.lets(s)))
    }

    /// The parts of the profile of which one has to change for the window of `today` to open;
    /// `None` where that cannot be told at once.
    ///
    /// A change touches one part. So no single one opens a window that asks several things which
    /// are never met and have no part in common that can change.
    pub(super) fn parts_to_change(
        &mut self,
        today: &Assessment<'d>,
        allowed: Allowed,
    ) -> Option<Slots> {
        let amiss =
            |finding: &Finding<'d>| finding.requirement.strength.decides() && !finding.is_well();
        let common = common_parts(&self.answered_for_good(today, amiss), allowed);
        if common.as_deref().is_some_and(<[Slot]>::is_empty) {
            return common;
        }
        let frames = self.frames(today.window);
        let mut never = every_asked(&frames);
        never.retain(|requirement| {
            let found = self.findings_of(requirement, today.window, &frames);
            !found.iter().any(|(_, _, finding)| finding.as_ref().is_none_or(|one| one.is_well()))
        });
        common_parts(&never, allowed)
    }
}

/// The parts of a profile that can change and that all of `requirements` look at; `None` where
/// there are none of these.
pub(in crate::engine) fn common_parts(
    requirements: &[&Requirement],
    allowed: Allowed,
) -> Option<Slots> {
    let mut parts = requirements.iter().map(|requirement| slots(requirement));
    let mut common = parts.next()?;
    common.retain(|part| allowed.lets(part));
    for parts in parts {
        common.retain(|part| parts.contains(part));
    }
    Some(common)
}

/// The requirements that are ever in force, once each.
pub(super) fn every_asked<'d>(frames: &[Frame<'d>]) -> Vec<&'d Requirement> {
    let mut all: Vec<&'d Requirement> = Vec::new();
    for requirement in frames.iter().flat_map(|frame| &frame.asked) {
        if !all.iter().any(|known| std::ptr::eq(*known, *requirement)) {
            all.push(requirement);
        }
    }
    all
}

impl Allowed {
    /// Whether a part of a profile can change.
    fn lets(self, part: &Slot) -> bool {
        match part {
            Slot::BirthDate => false,
            Slot::Nationalities => self.nationality,
            Slot::Residences => self.residence,
            _ => true,
        }
    }
}
