//! Finding → words, as they are written out.

use super::{FindingReport, ReadingReport, RuleRef, SupersededReport};
use crate::engine::{Cause, ChoiceKey, Finding, Outcome, Ruling, Scene, facts_used};
use crate::explain::{Speaker, caveats, essential, found, labels, reason, required};

/// A finding with its words.
pub(super) fn finding(finding: &Finding<'_>, speaker: Speaker<'_, '_>) -> FindingReport {
    let requirement = finding.requirement;
    let single = match requirement.readings.as_slice() {
        [only] => only.wording.clone(),
        _ => None,
    };
    let (asked, has) = (required(requirement, speaker), found(requirement, speaker));
    let superseded = requirement.superseded.iter();
    FindingReport {
        reason: reason(finding, speaker, &asked, &has),
        required: asked,
        found: has,
        caveats: caveats(finding, speaker),
        wording: single,
        note: requirement.note.clone(),
        readings: readings(finding, speaker),
        superseded: superseded.map(SupersededReport::from).collect(),
        ..bare_finding(finding, speaker)
    }
}

/// A finding without its words.
pub(super) fn bare_finding(finding: &Finding<'_>, speaker: Speaker<'_, '_>) -> FindingReport {
    let requirement = finding.requirement;
    let source = requirement.source().cloned();
    let facts = if finding.missing.is_empty() {
        facts_used(requirement, speaker.candidate.profile)
    } else {
        finding.missing.clone()
    };
    FindingReport {
        criterion: requirement.part.criterion().word(),
        outcome: finding.outcome.word(),
        strength: requirement.strength.word(),
        basis: finding.basis.word(),
        cause: finding.cause.map(Cause::word),
        required: String::new(),
        found: String::new(),
        reason: String::new(),
        caveats: Vec::new(),
        facts,
        stale: is_stale(finding, speaker.scene),
        source,
        rule: RuleRef::from(&requirement.place),
        wording: None,
        note: None,
        readings: Vec::new(),
        superseded: Vec::new(),
    }
}

/// Whether a source that a finding rests on is past its day.
pub(super) fn is_stale(finding: &Finding<'_>, scene: &Scene<'_>) -> bool {
    let Scene { data, as_of, .. } = scene;
    data.bearing(finding.requirement).any(|id| data.sources.is_stale(id, *as_of))
}

/// The outcome in each reading; none where there is one reading, or a fact is missing.
fn readings(finding: &Finding<'_>, speaker: Speaker<'_, '_>) -> Vec<ReadingReport> {
    let rulings = essential(&finding.rulings);
    if rulings.len() < 2 || !finding.missing.is_empty() {
        return Vec::new();
    }
    let report = |ruling: &Ruling| {
        let at = ruling
            .choices
            .iter()
            .find(|choice| choice.key == ChoiceKey::Reading)
            .map_or(0, |choice| choice.option);
        let reading = finding.requirement.readings.get(at);
        let outcome = if ruling.holds { Outcome::Met } else { Outcome::Unmet };
        ReadingReport {
            outcome: outcome.word(),
            conditions: labels(finding, ruling, speaker),
            sources: reading.map(|reading| reading.sources.clone()).unwrap_or_default(),
        }
    };
    rulings.iter().map(report).collect()
}
