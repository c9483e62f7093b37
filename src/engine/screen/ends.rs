//! The two ends of what a profile can turn out to be.
//!
//! A requirement that wants the most of everything holds for nobody if not for the one who has the
//! most, and fails for nobody if not for the one who has the least: between these, no cell has to
//! be walked.

use chrono::{Months, NaiveDate};

use super::wish::Wish;
use crate::engine::cells::shortest_and_longest;
use crate::engine::choice::Choices;
use crate::engine::finding::{Finding, find_for, reach};
use crate::engine::meaning::Scene;
use crate::engine::outcome::{Cause, Outcome};
use crate::engine::person::{Candidate, Held, Person, Worked};
use crate::profile::Profile;
use crate::rules::{LanguageRule, Requirement, Rule};
use crate::vocabulary::{DegreeLevel, ExperienceKind, LanguageLevel, PartialDate, Words};

/// The years before the application in which all that is not told can lie.
const YEARS: u32 = 60;

/// The one who has the least and the one who has the most.
#[derive(Debug)]
pub(super) struct Ends {
    least: Person,
    most: Person,
}

/// Whether the two ends say all that there is to say.
pub(super) fn are_enough(requirement: &Requirement) -> bool {
    let wish = Wish::of(requirement);
    let is_of_amounts = requirement.readings.iter().all(|reading| {
        matches!(
            reading.rule,
            Rule::Degree(_)
                | Rule::Experience(_)
                | Rule::Qualification(_)
                | Rule::Language(LanguageRule::Skills { .. })
        )
    });
    is_of_amounts && wish.the_most && !wish.fields && !wish.places
}

impl Ends {
    pub(super) fn of(candidate: &Candidate<'_>, scene: &Scene<'_>) -> Self {
        let (mut least, mut most) = shortest_and_longest(candidate, scene);
        let profile = candidate.profile;
        let past = scene.as_of.checked_sub_months(Months::new(12 * YEARS)).unwrap_or(scene.as_of);
        let future = scene.as_of.checked_add_months(Months::new(12 * YEARS));
        let told = profile.degrees.iter().flatten();
        for (at, degree) in told.enumerate() {
            let days = PartialDate::between(past, future.unwrap_or(scene.as_of));
            let days = degree.awarded.unwrap_or(days);
            set(&mut least.degrees, at, |held| held.awarded = days.last());
            set(&mut most.degrees, at, |held| held.awarded = days.first());
        }
        for (at, skill) in profile.languages.iter().flatten().enumerate() {
            set(&mut least.languages, at, |spoken| spoken.1 = skill.level.low);
            set(&mut most.languages, at, |spoken| spoken.1 = skill.level.high);
        }
        fill(&mut most, profile, past, scene);
        Self { least, most }
    }

    /// What [`find`](crate::engine::finding::find) says as far as verdicts tell it apart.
    pub(super) fn find<'d>(&self, requirement: &'d Requirement, scene: &Scene<'d>) -> Finding<'d> {
        let mut choices = Choices::default();
        let worst = reach(requirement, &self.least, scene, &mut choices);
        let best = reach(requirement, &self.most, scene, &mut choices);
        let mut finding = find_for(requirement, &self.least, scene);
        (finding.outcome, finding.cause) = match (best.can_hold, worst.can_fail) {
            (false, _) => (Outcome::Unmet, None),
            (true, false) => (Outcome::Met, None),
            (true, true) if best == worst => (Outcome::Unknown, finding.cause),
            (true, true) => (Outcome::Unknown, Some(Cause::NotTold)),
        };
        finding
    }
}

/// Fills the lists that are not told with all that there is.
fn fill(most: &mut Person, profile: &Profile, past: NaiveDate, scene: &Scene<'_>) {
    if profile.degrees.is_none() {
        let levels = DegreeLevel::WORDS.iter().map(|(_, level)| *level);
        let held = |level| Held { level, field: None, country: None, awarded: past };
        most.degrees = levels.map(held).collect();
    }
    if profile.experience.is_none() {
        let kinds = ExperienceKind::WORDS.iter().map(|(_, kind)| *kind);
        let worked = |kind| Worked::full_time(kind, past);
        most.jobs = kinds.map(worked).collect();
    }
    if profile.languages.is_none() {
        let all = scene.data.languages.list().iter();
        most.languages = all.map(|known| (known.code, LanguageLevel::Native)).collect();
    }
}

fn set<T>(list: &mut [T], at: usize, change: impl FnOnce(&mut T)) {
    if let Some(item) = list.get_mut(at) {
        change(item);
    }
}
