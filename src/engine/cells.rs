//! The finitely many cells that an open fact falls into, each with one value that stands for it.
//!
//! A fact that is not told, or told in part, has a range of values. The rules that are asked cut
//! that range at their limits: within a cell every rule gives the same answer, so one value a
//! cell is enough, and an answer found in all of them holds for every way to fill in the profile.

mod birth;
mod degrees;
mod every;
mod experience;
mod facts;
mod fine;
mod languages;
mod nationality;
mod prior;
mod residences;
mod setting;
mod slot;

pub(super) use experience::{Tally, beyond, job_extremes, kind_choices, reaching};
pub(super) use setting::{Open, Setting};
pub use slot::facts_used;
pub(super) use slot::{Slot, Slots, slots};

use super::meaning::Scene;
use super::person::{Candidate, Person};
use crate::rules::{Requirement, Rule};

/// How finely the range of an open fact is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    /// As far as it can bear on whether the rules hold at all: where more never hurts, nothing and
    /// everything are the two cells that matter.
    Coarse,
    /// As far as a fact can bear on whether the rules hold beside some value of the others.
    Every,
    /// As far as any limit of a rule tells two people apart.
    Fine,
}

impl Grain {
    /// The age of the oldest people looked at, in years: all people that there are, or those whom
    /// any limit of age is about.
    const fn oldest(self) -> u32 {
        match self {
            Self::Coarse | Self::Every => 100,
            Self::Fine => 60,
        }
    }

    /// The longest time of work looked at, in years: a lifetime, or more than any rule asks.
    const fn longest(self) -> i64 {
        match self {
            Self::Coarse | Self::Every => 60,
            Self::Fine => 8,
        }
    }
}

/// What is asked: a profile, the rules that look at it, and the scene.
pub(super) struct Question<'a, 'd> {
    pub(super) candidate: &'a Candidate<'a>,
    pub(super) requirements: &'a [&'d Requirement],
    pub(super) scene: &'a Scene<'d>,
    pub(super) grain: Grain,
}

/// The person with the least and the one with the most experience that a profile allows.
pub fn shortest_and_longest(candidate: &Candidate<'_>, scene: &Scene<'_>) -> (Person, Person) {
    let question = Question { candidate, requirements: &[], scene, grain: Grain::Coarse };
    let mut extremes = question.job_extremes().into_iter();
    let mut next =
        || Person { jobs: extremes.next().unwrap_or_default(), ..candidate.base.clone() };
    (next(), next())
}

impl<'a, 'd> Question<'a, 'd> {
    /// The open points of the parts that the rules look at.
    pub(super) fn open(&self) -> Vec<Open> {
        let mut all: Slots = self.requirements.iter().flat_map(|r| slots(r)).collect();
        all.sort();
        all.dedup();
        let mut open = Vec::new();
        for slot in all {
            match &slot {
                Slot::BirthDate => open.extend(self.birth_date()),
                Slot::Nationalities => open.extend(self.nationalities()),
                Slot::Residences => self.residences(&mut open),
                Slot::Degrees => self.degrees(&mut open),
                Slot::Experience => {}
                Slot::Languages => self.languages(&mut open),
                Slot::Tests => self.tests(&mut open),
                Slot::Fact(id) => open.extend(self.fact(id)),
            }
            if slot == Slot::Experience {
                // Its cells lie between thresholds that depend on the degrees' dates.
                self.experience(&mut open);
            }
        }
        open
    }

    /// Every rule that is asked, in every reading.
    pub(super) fn rules(&self) -> impl Iterator<Item = &'d Rule> + use<'a, 'd> {
        self.requirements.iter().flat_map(|r| &r.readings).map(|reading| &reading.rule)
    }
}
