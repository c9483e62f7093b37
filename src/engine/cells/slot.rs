//! The parts of a profile that rules look at.

use smallvec::SmallVec;

use super::{degrees, experience};
use crate::profile::Profile;
use crate::rules::{
    Age, Condition, Counting, FactTest, LanguageRule, Nationality, Requirement, Rule, Since,
};
use crate::vocabulary::{PartialDate, Text};

/// A part of a profile that rules look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::engine) enum Slot {
    BirthDate,
    Nationalities,
    Residences,
    Degrees,
    Experience,
    Languages,
    Tests,
    Fact(Text),
}

/// Parts of a profile: few, and asked for in passing.
pub(in crate::engine) type Slots = SmallVec<[Slot; 4]>;

/// The parts of a profile that `requirement` looks at, in order, once each.
pub(in crate::engine) fn slots(requirement: &Requirement) -> Slots {
    let mut slots = Slots::new();
    for reading in &requirement.readings {
        match &reading.rule {
            Rule::Nationality(rule) => nationality_slots(rule, &mut slots),
            Rule::Age(rule) => age_slots(rule, &mut slots),
            Rule::Degree(_) => slots.push(Slot::Degrees),
            Rule::Experience(rule) => experience_slots(&rule.counting, &mut slots),
            Rule::Qualification(rule) => {
                slots.push(Slot::Degrees);
                experience_slots(&rule.counting, &mut slots);
            }
            Rule::Language(LanguageRule::Skills { .. }) => slots.push(Slot::Languages),
            Rule::Language(LanguageRule::Tests { .. }) => slots.push(Slot::Tests),
            Rule::Condition(Condition::Fact(test)) => slots.push(fact_slot(test)),
            Rule::Condition(Condition::Employed(_)) => slots.push(Slot::Experience),
            Rule::NoRequirement
            | Rule::Unstated
            | Rule::NotOnRecord
            | Rule::Sponsorship(_)
            | Rule::Text(_) => {}
        }
    }
    slots.sort();
    slots.dedup();
    slots
}

fn nationality_slots(rule: &Nationality, slots: &mut Slots) {
    slots.push(Slot::Nationalities);
    for branch in rule.every_branch() {
        if !branch.resident_in.is_empty() {
            slots.push(Slot::Residences);
        }
        if !branch.studied_in.is_empty() || !branch.studied_in_group.is_empty() {
            slots.push(Slot::Degrees);
        }
        if !branch.speaks.is_empty() {
            slots.push(Slot::Languages);
        }
        slots.extend(branch.fact.clone().map(Slot::Fact));
    }
}

fn age_slots(rule: &Age, slots: &mut Slots) {
    slots.push(Slot::BirthDate);
    for raise in &rule.raises {
        slots.extend(raise.fact.as_ref().map(fact_slot));
        slots.extend(raise.degree.as_ref().map(|_| Slot::Degrees));
    }
}

fn experience_slots(counting: &Counting, slots: &mut Slots) {
    slots.push(Slot::Experience);
    if counting.after != Since::AnyTime {
        slots.push(Slot::Degrees);
    }
}

fn fact_slot(test: &FactTest) -> Slot {
    Slot::Fact(test.fact().clone())
}

/// The profile paths that a requirement looks at and that are told, in order.
pub fn facts_used(requirement: &Requirement, profile: &Profile) -> Vec<Text> {
    let told = slots(requirement).into_iter().filter(|slot| slot.is_begun(profile));
    told.map(|slot| slot.path()).collect()
}

impl Slot {
    /// The profile path of the whole part.
    pub(in crate::engine) fn path(&self) -> Text {
        match self {
            Self::BirthDate => "birth_date".into(),
            Self::Nationalities => "nationalities".into(),
            Self::Residences => "residences".into(),
            Self::Degrees => "degrees".into(),
            Self::Experience => "experience".into(),
            Self::Languages => "languages".into(),
            Self::Tests => "tests".into(),
            Self::Fact(id) => format!("facts.{id}").into(),
        }
    }

    /// Whether anything is told of the part.
    fn is_begun(&self, profile: &Profile) -> bool {
        match self {
            Self::BirthDate => profile.birth_date.is_some(),
            Self::Nationalities => profile.nationalities.is_some(),
            Self::Residences => profile.residences.is_some(),
            Self::Degrees => profile.degrees.is_some(),
            Self::Experience => profile.experience.is_some(),
            Self::Languages => profile.languages.is_some(),
            Self::Tests => profile.tests.is_some(),
            Self::Fact(id) => profile.facts.contains(id),
        }
    }

    /// Whether all of the part is told.
    pub(in crate::engine) fn is_told(&self, profile: &Profile) -> bool {
        fn all<T>(list: Option<&Vec<T>>, is_told: impl Fn(&T) -> bool) -> bool {
            list.is_some_and(|list| list.iter().all(is_told))
        }
        match self {
            Self::BirthDate => profile.birth_date.is_some_and(PartialDate::is_exact),
            Self::Nationalities | Self::Fact(_) => self.is_begun(profile),
            Self::Residences => all(profile.residences.as_ref(), |r| r.permanent.is_some()),
            Self::Degrees => all(profile.degrees.as_ref(), degrees::is_told),
            Self::Experience => all(profile.experience.as_ref(), experience::is_told),
            Self::Languages => all(profile.languages.as_ref(), |s| s.level.low == s.level.high),
            Self::Tests => all(profile.tests.as_ref(), |test| {
                test.score.is_some() && test.taken.is_some_and(PartialDate::is_exact)
            }),
        }
    }
}
