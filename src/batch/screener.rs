//! The text of a profile → its verdicts.

use super::Batch;
use crate::diagnostic::Problems;
use crate::engine::{self, Assessment, Candidate, Outcome, Verdict};
use crate::profile::Profile;
use crate::rules::{Criterion, Strength};

/// Answers profile after profile by verdicts alone.
pub(super) struct Screener<'d> {
    batch: &'d Batch<'d>,
    verdicts: Verdicts,
}

impl<'d> Screener<'d> {
    pub(super) fn new(batch: &'d Batch<'d>) -> Self {
        Self { batch, verdicts: Verdicts::default() }
    }

    /// The verdicts of the profile that `text` is.
    pub(super) fn verdicts(&mut self, text: &str) -> Result<&Verdicts, Problems> {
        let Batch { data, windows, as_of, .. } = self.batch;
        let profile = Profile::parse(text, "line", data, *as_of)?;
        let candidate = Candidate::new(&profile, *as_of);
        let assessments = engine::assess_all(data, windows, &candidate, *as_of);
        self.verdicts = Verdicts::of(&profile, &assessments);
        Ok(&self.verdicts)
    }
}

/// What one profile is answered.
#[derive(Debug, Default)]
pub(super) struct Verdicts {
    /// The profile's own.
    pub(super) id: Option<String>,
    /// One for each window asked about, in their order.
    pub(super) windows: Vec<Screened>,
}

/// One window's verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Screened {
    pub(super) verdict: Verdict,
    /// The criteria of which a required requirement is unmet, all of them.
    pub(super) unmet: Criteria,
}

impl Verdicts {
    pub(super) fn of(profile: &Profile, assessments: &[Assessment<'_>]) -> Self {
        let id = profile.id.as_ref().map(ToString::to_string);
        Self { id, windows: assessments.iter().map(Screened::of).collect() }
    }
}

impl Screened {
    fn of(assessment: &Assessment<'_>) -> Self {
        let mut unmet = Criteria::default();
        for finding in &assessment.findings {
            let requirement = finding.requirement;
            if requirement.strength == Strength::Required && finding.outcome == Outcome::Unmet {
                unmet.insert(requirement.part.criterion());
            }
        }
        Self { verdict: assessment.verdict, unmet }
    }
}

/// A set of criteria.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Criteria(u8);

impl Criteria {
    /// How many sets there are.
    pub(super) const SETS: usize = 1 << 6;

    pub(super) const fn insert(&mut self, criterion: Criterion) {
        self.0 |= 1 << criterion as u8;
    }

    pub(super) const fn contains(self, criterion: Criterion) -> bool {
        self.0 & 1 << criterion as u8 != 0
    }

    /// Its number, below [`SETS`](Self::SETS).
    pub(super) const fn number(self) -> usize {
        self.0 as usize
    }

    /// Every set, in the order of the numbers.
    pub(super) fn every() -> impl Iterator<Item = Self> {
        (0..1 << 6).map(Self)
    }
}
