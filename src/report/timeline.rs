//! What lies ahead, as it is written out.

use chrono::NaiveDate;

use super::request::Ask;
use super::{BecauseReport, RuleRef, SpanReport};
use crate::dataset::Dataset;
use crate::engine::{Because, Candidate, Scene, Span, facts_used};
use crate::explain::{Speaker, because};

pub(super) fn timeline(data: &Dataset, ask: Ask<'_>, spans: &[Span<'_>]) -> Vec<SpanReport> {
    spans.iter().map(|one| span(data, ask.candidate, one)).collect()
}

pub(super) fn span(data: &Dataset, candidate: &Candidate<'_>, span: &Span<'_>) -> SpanReport {
    let because = span.because.iter().map(|turn| because_of(data, candidate, turn, span.from));
    SpanReport {
        from: span.from.to_string(),
        to: span.to.map(|day| day.to_string()),
        verdict: span.verdict.word(),
        because: because.collect(),
    }
}

/// What changes a verdict on `from`, in words.
pub(super) fn because_of(
    data: &Dataset,
    candidate: &Candidate<'_>,
    turn: &Because<'_>,
    from: NaiveDate,
) -> BecauseReport {
    let scene = Scene { data, timing: turn.timing, as_of: from };
    let speaker = Speaker { scene: &scene, candidate };
    BecauseReport {
        criterion: turn.requirement.part.criterion().word(),
        text: because(turn, from, speaker),
        facts: facts_used(turn.requirement, candidate.profile),
        rule: RuleRef::from(&turn.requirement.place),
    }
}
