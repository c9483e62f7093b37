//! What is best for a requirement.

use crate::engine::cells::{Slot, slots};
use crate::rules::{Condition, Nationality, Requirement, Rule, Strength};

/// What is best for a requirement.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a way to be at odds")]
pub(super) struct Wish {
    /// The most of everything: the highest degrees the earliest, the longest work, the best
    /// languages.
    pub(super) the_most: bool,
    /// Some nationalities and not others.
    few_nationalities: bool,
    /// Degrees of certain fields.
    pub(super) fields: bool,
    /// Degrees of certain countries.
    pub(super) places: bool,
    /// A certain job.
    posts: bool,
}

impl Wish {
    pub(super) fn of(requirement: &Requirement) -> Self {
        let mut wish = Self {
            the_most: true,
            few_nationalities: false,
            fields: false,
            places: false,
            posts: false,
        };
        for reading in &requirement.readings {
            wish.add(&reading.rule);
        }
        wish
    }

    fn add(&mut self, rule: &Rule) {
        match rule {
            Rule::Degree(rule) => {
                self.the_most &= rule.max.is_none();
                self.fields |= !rule.fields.is_empty();
                self.places |= !(rule.studied_in.is_empty() && rule.studied_in_group.is_empty());
            }
            Rule::Experience(rule) => self.the_most &= rule.max.is_none(),
            Rule::Qualification(rule) => {
                self.the_most &= rule.max.is_none();
                self.fields |= rule.paths.iter().any(|path| !path.fields.is_empty());
            }
            Rule::Nationality(rule) => {
                self.few_nationalities |= !rule.not_also.is_empty() || rule.if_also.is_some();
                self.places |= asks_for_places(rule);
            }
            Rule::Age(rule) => self.fields |= rule.raises_by_degree(),
            Rule::Condition(Condition::Employed(_)) => self.posts = true,
            _ => {}
        }
    }
}

fn asks_for_places(rule: &Nationality) -> bool {
    rule.every_branch()
        .any(|branch| !(branch.studied_in.is_empty() && branch.studied_in_group.is_empty()))
}

/// Whether a requirement is required as another one is that looks at a common part of the profile,
/// and what is best for one need not be best for the other.
pub(super) fn is_at_odds(requirement: &Requirement, asked: &[&Requirement]) -> bool {
    let required = |asked: &Requirement| asked.strength == Strength::Required;
    let mut others =
        asked.iter().filter(|other| required(other) && !std::ptr::eq(**other, requirement));
    required(requirement) && others.any(|other| may_be_at_odds(requirement, other))
}

fn may_be_at_odds(one: &Requirement, other: &Requirement) -> bool {
    let parts = slots(other);
    let common: Vec<Slot> = slots(one).into_iter().filter(|part| parts.contains(part)).collect();
    let (one, other) = (Wish::of(one), Wish::of(other));
    common.iter().any(|part| match part {
        Slot::BirthDate | Slot::Fact(_) => true,
        Slot::Nationalities => one.few_nationalities || other.few_nationalities,
        _ => !(one.the_most && other.the_most),
    }) || (one.fields && other.fields)
        || (one.places && other.places)
        || (one.posts && other.posts)
}
