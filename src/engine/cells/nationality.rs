//! Cells of nationalities and of countries of study.

use std::collections::BTreeMap;

use super::{Grain, Open, Question, Setting};
use crate::engine::meaning::{Standing, standing};
use crate::rules::{Condition, Nationality, ReferenceDay, Rule};
use crate::vocabulary::{CountryCode, Text};

impl Question<'_, '_> {
    /// Countries fall into classes that no rule tells apart; a cell is a set of classes, since a
    /// person can hold several nationalities, or none.
    pub(super) fn nationalities(&self) -> Option<Open> {
        if self.candidate.profile.nationalities.is_some() {
            return None;
        }
        let sets = match self.grain {
            Grain::Coarse | Grain::Every => every_set(&self.nations()),
            Grain::Fine => self.few_nationalities(),
        };
        Some(Open {
            paths: vec!["nationalities".into()],
            values: sets.into_iter().map(Setting::Nationalities).collect(),
        })
    }

    /// No nationality, each alone, and each two of which the rules tell at least one apart.
    fn few_nationalities(&self) -> Vec<Vec<CountryCode>> {
        let nations = self.nations();
        let every = self.scene.data.countries.list().iter().map(|country| vec![country.code]);
        let mut sets = vec![Vec::new()];
        // Those that stand for a class come first: they are the ones worth showing.
        sets.extend(nations.iter().map(|one| vec![*one]));
        sets.extend(every);
        for (at, one) in nations.iter().enumerate() {
            sets.extend(nations.iter().skip(at + 1).map(|other| vec![*one, *other]));
        }
        sets
    }

    /// One country of each class that the rules tell apart as a nationality.
    pub(in crate::engine) fn nations(&self) -> Vec<CountryCode> {
        self.nation_sizes().into_iter().map(|(country, _)| country).collect()
    }

    /// The same, with how many countries each stands for.
    pub(super) fn nation_sizes(&self) -> Vec<(CountryCode, u32)> {
        self.few_named().unwrap_or_else(|| {
            self.classes(|rule, code, signs| self.national_signs(rule, code, signs))
        })
    }

    /// Where rules name few countries and no group: these, and one that none names.
    fn few_named(&self) -> Option<Vec<(CountryCode, u32)>> {
        let mut named: Vec<CountryCode> = Vec::new();
        for rule in self.rules() {
            let Rule::Nationality(rule) = rule else { continue };
            if rule.every_branch().any(|branch| !branch.in_group.is_empty()) {
                return None;
            }
            named.extend(rule.every_branch().flat_map(|branch| &branch.national_of));
            named.extend(&rule.not_also);
            named.extend(rule.if_also.iter().flat_map(|(nationals, _)| nationals));
        }
        named.sort_unstable();
        named.dedup();
        let countries = || self.scene.data.countries.list().iter().map(|country| country.code);
        let mut others = countries().filter(|code| !named.contains(code));
        let other =
            others.next().map(|first| (first, 1 + u32::try_from(others.count()).unwrap_or(0)));
        let sizes: Vec<(CountryCode, u32)> =
            named.iter().map(|country| (*country, 1)).chain(other).collect();
        (sizes.len() <= 4).then_some(sizes)
    }

    /// One country of each class that the rules tell apart as a place of study.
    pub(super) fn places_of_study(&self) -> Vec<CountryCode> {
        let classes = self.classes(|rule, code, signs| self.study_signs(rule, code, signs));
        classes.into_iter().map(|(country, _)| country).collect()
    }

    /// One country for each different list of signs, and how many have it.
    fn classes(
        &self,
        add_signs: impl Fn(&Rule, CountryCode, &mut Vec<Standing>),
    ) -> Vec<(CountryCode, u32)> {
        let mut classes: BTreeMap<Vec<Standing>, (CountryCode, u32)> = BTreeMap::new();
        let mut signs = Vec::new();
        for country in self.scene.data.countries.list() {
            signs.clear();
            for rule in self.rules() {
                add_signs(rule, country.code, &mut signs);
            }
            match classes.get_mut(&signs) {
                Some((_, count)) => *count += 1,
                None => {
                    classes.insert(signs.clone(), (country.code, 1));
                }
            }
        }
        classes.into_values().collect()
    }

    /// Whether some rule names `country` as a place of study or work.
    pub(super) fn names_place(&self, country: CountryCode) -> bool {
        self.rules().any(|rule| match rule {
            Rule::Condition(Condition::Employed(asked)) => asked.country == country,
            rule => {
                let mut signs = Vec::new();
                self.study_signs(rule, country, &mut signs);
                signs.iter().any(|sign| *sign != Standing::Outside)
            }
        })
    }

    fn national_signs(&self, rule: &Rule, country: CountryCode, signs: &mut Vec<Standing>) {
        let Rule::Nationality(rule) = rule else { return };
        signs.push(listed(&rule.not_also, country));
        for branch in rule.every_branch() {
            signs.push(listed(&branch.national_of, country));
            self.group_signs(&branch.in_group, rule, country, signs);
        }
        if let Some((nationals, _)) = &rule.if_also {
            signs.push(listed(nationals, country));
        }
    }

    fn study_signs(&self, rule: &Rule, country: CountryCode, signs: &mut Vec<Standing>) {
        match rule {
            Rule::Nationality(rule) => {
                for branch in rule.every_branch() {
                    signs.push(listed(&branch.studied_in, country));
                    self.group_signs(&branch.studied_in_group, rule, country, signs);
                }
            }
            Rule::Degree(rule) => {
                signs.push(listed(&rule.studied_in, country));
                for id in &rule.studied_in_group {
                    self.standings(id, rule.by, country, signs);
                }
            }
            _ => {}
        }
    }

    fn group_signs(
        &self,
        groups: &[Text],
        rule: &Nationality,
        country: CountryCode,
        signs: &mut Vec<Standing>,
    ) {
        for id in groups {
            self.standings(id, rule.on.unwrap_or(ReferenceDay::NotStated), country, signs);
        }
    }

    fn standings(
        &self,
        group: &Text,
        on: ReferenceDay,
        country: CountryCode,
        signs: &mut Vec<Standing>,
    ) {
        if let Some(group) = self.scene.data.groups.get(group) {
            let days = self.scene.timing.days(on);
            signs.extend(days.iter().map(|dated| standing(group, country, dated.day)));
        }
    }
}

fn listed(list: &[CountryCode], country: CountryCode) -> Standing {
    if list.contains(&country) { Standing::Inside } else { Standing::Outside }
}

/// Every set of `countries`, the empty one first.
fn every_set(countries: &[CountryCode]) -> Vec<Vec<CountryCode>> {
    let mut sets: Vec<Vec<CountryCode>> = vec![Vec::new()];
    for country in countries {
        let with: Vec<Vec<CountryCode>> =
            sets.iter().map(|set| [set.as_slice(), &[*country]].concat()).collect();
        sets.extend(with);
    }
    sets
}
