//! When two requirements mean the same: whatever is for wording only is left out, and the order of
//! what has none.

use super::{
    Branch, LanguageLevelWord, LanguageRule, Nationality, Reading, Requirement, Rule, Skill,
};
use crate::vocabulary::Text;

impl Requirement {
    /// The ids of the groups that it speaks of, with repetitions.
    pub fn groups(&self) -> impl Iterator<Item = &Text> {
        self.readings.iter().flat_map(|reading| reading.rule.groups())
    }

    /// Whether both ask the same in every reading, as strongly, at the same times; sources, words
    /// and places aside.
    ///
    /// Groups, facts and tests are compared by name: what the names stand for is not looked at.
    pub fn decides_like(&self, other: &Self) -> bool {
        let frame = |requirement: &Self| {
            let Self { part, strength, basis, by_vacancy, incomplete, valid, .. } = requirement;
            (*part, *strength, *basis, *by_vacancy, *incomplete, *valid)
        };
        frame(self) == frame(other) && same_members(&normal(self), &normal(other))
    }
}

/// Whether those of two lists that decide ask the same, in any order.
pub(crate) fn decide_alike(one: &[Requirement], other: &[Requirement]) -> bool {
    let within = |list: &[Requirement], asked: &Requirement| {
        list.iter().any(|requirement| requirement.decides_like(asked))
    };
    let deciding = |list: &[Requirement]| -> Vec<Requirement> {
        list.iter().filter(|requirement| requirement.strength.decides()).cloned().collect()
    };
    let (ones, others) = (deciding(one), deciding(other));
    ones.iter().all(|requirement| within(&others, requirement))
        && others.iter().all(|requirement| within(&ones, requirement))
}

fn normal(requirement: &Requirement) -> Vec<Rule> {
    requirement.readings.iter().map(Reading::normal).collect()
}

fn same_members<T: PartialEq>(one: &[T], two: &[T]) -> bool {
    one.iter().all(|item| two.contains(item)) && two.iter().all(|item| one.contains(item))
}

impl Reading {
    /// Its rule without what is for wording only, in one order.
    pub fn normal(&self) -> Rule {
        let mut rule = self.rule.clone();
        match &mut rule {
            Rule::Nationality(rule) => nationality(rule),
            Rule::Age(rule) => rule.under = false,
            Rule::Degree(rule) => {
                sort(&mut rule.or_all);
                sort(&mut rule.fields);
                sort(&mut rule.studied_in);
                sort(&mut rule.studied_in_group);
            }
            Rule::Qualification(rule) => rule.paths.iter_mut().for_each(|p| sort(&mut p.fields)),
            Rule::Language(LanguageRule::Skills { of, levels }) => {
                sort(of);
                levels.iter_mut().for_each(word);
            }
            _ => {}
        }
        rule
    }
}

fn nationality(rule: &mut Nationality) {
    rule.dual = None;
    sort(&mut rule.not_also);
    rule.branches.iter_mut().for_each(branch);
    if let Some((nationals, condition)) = &mut rule.if_also {
        sort(nationals);
        branch(condition);
    }
}

fn branch(branch: &mut Branch) {
    sort(&mut branch.national_of);
    sort(&mut branch.in_group);
    sort(&mut branch.resident_in);
    sort(&mut branch.studied_in);
    sort(&mut branch.studied_in_group);
    branch.speaks.iter_mut().for_each(|skill: &mut Skill| word(&mut skill.level));
    branch.speaks.sort_by_key(|skill| skill.language);
}

/// A page's word means its levels.
fn word(level: &mut LanguageLevelWord) {
    level.word = Text::default();
}

fn sort<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
}
