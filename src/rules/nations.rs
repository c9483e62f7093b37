//! Nationalities without one of which a window is shut, whatever else is told.

use serde::{Deserialize, Serialize};

use super::{Branch, Call, Nationality, Part, Requirement, Rule, Strength};
use crate::vocabulary::{CountryCode, Text};

/// The nationalities that a window asks for before anything else: countries, and the members of
/// groups.
///
/// It is read off the requirements, so that the many windows that are not for somebody are told
/// without looking into them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Nations {
    /// The codes of countries, one behind the other.
    codes: Text,
    /// Ids of groups.
    groups: Vec<Text>,
}

impl Nations {
    /// What a window with these requirements and calls asks for; `None` if somebody of any other
    /// nationality might come in, or might by something else than a nationality or a residence.
    pub fn asked(requirements: &[Requirement], calls: &[Call]) -> Option<Self> {
        let asked = requirements.iter().find(|requirement| {
            requirement.part == Part::Nationality && requirement.strength == Strength::Required
        })?;
        let overrides = || calls.iter().flat_map(|call| &call.overrides);
        let lasts = asked.valid == (None, None)
            && overrides().all(|requirement| requirement.part != Part::Nationality);
        if !lasts || asked.by_vacancy {
            return None;
        }
        let rules = asked.readings.iter().map(|reading| match &reading.rule {
            Rule::Nationality(rule) if looks_no_further(rule) => Some(rule),
            _ => None,
        });
        let rules = rules.collect::<Option<Vec<&Nationality>>>()?;
        let branches = || rules.iter().flat_map(|rule| &rule.branches);
        let codes = branches().flat_map(|branch| &branch.national_of);
        let codes: String = codes.map(|code| code.as_str()).collect();
        let groups = branches().flat_map(|branch| &branch.in_group).cloned().collect();
        Some(Self { codes: codes.into(), groups })
    }

    /// Whether one of `held` is asked for, or may be on some day: whether a group of some id may
    /// ever have a country, `may_have` tells.
    pub fn may_include(
        &self,
        held: &[CountryCode],
        may_have: impl Fn(&Text, CountryCode) -> bool,
    ) -> bool {
        let (codes, _) = self.codes.as_bytes().as_chunks::<2>();
        held.iter().any(|country| {
            codes.iter().any(|code| code.as_slice() == country.as_str().as_bytes())
                || self.groups.iter().any(|group| may_have(group, *country))
        })
    }
}

/// Whether every branch asks for a nationality, and for nothing but residence beside it.
fn looks_no_further(rule: &Nationality) -> bool {
    let asks = |branch: &Branch| !(branch.national_of.is_empty() && branch.in_group.is_empty());
    let no_further = |branch: &Branch| {
        branch.fact.is_none()
            && branch.studied_in.is_empty()
            && branch.studied_in_group.is_empty()
            && branch.speaks.is_empty()
    };
    rule.branches.iter().all(asks) && rule.every_branch().all(no_further)
}
