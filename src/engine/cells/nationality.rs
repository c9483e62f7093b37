//! Cells of nationalities and of countries of study.

use std::collections::BTreeMap;

use super::{Grain, Open, Question, Setting};
use crate::engine::meaning::{Scene, Standing, standing};
use crate::rules::{Condition, ReferenceDay, Rule};
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
        self.nations_in(std::slice::from_ref(self.scene))
    }

    /// The same, where the rules can tell them apart in any of `scenes`.
    pub(in crate::engine) fn nations_in(&self, scenes: &[Scene<'_>]) -> Vec<CountryCode> {
        self.sizes_in(scenes).into_iter().map(|(country, _)| country).collect()
    }

    /// The classes of nationalities, with how many countries each has.
    pub(super) fn nation_sizes(&self) -> Vec<(CountryCode, u32)> {
        self.sizes_in(std::slice::from_ref(self.scene))
    }

    fn sizes_in(&self, scenes: &[Scene<'_>]) -> Vec<(CountryCode, u32)> {
        self.few_named().unwrap_or_else(|| self.classes(scenes, national_signs))
    }

    /// Where rules name few countries and no group: these, and one that none names.
    fn few_named(&self) -> Option<Vec<(CountryCode, u32)>> {
        let mut named: Vec<CountryCode> = Vec::new();
        for rule in self.rules() {
            if let Rule::Nationality(rule) = rule {
                named.extend(rule.named_nations()?);
            }
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
    pub(super) fn places_of_study(&self, scenes: &[Scene<'_>]) -> Vec<CountryCode> {
        if let Some([named]) = self.named_places().as_deref() {
            let countries = self.scene.data.countries.list().iter().map(|country| country.code);
            return countries.filter(|code| code != named).take(1).chain([*named]).collect();
        }
        let classes = self.classes(scenes, study_signs);
        classes.into_iter().map(|(country, _)| country).collect()
    }

    /// Every country of study that rules name, once; `None` if they name a group too.
    pub(in crate::engine) fn named_places(&self) -> Option<Vec<CountryCode>> {
        let mut named: Vec<CountryCode> = Vec::new();
        for rule in self.rules() {
            named.extend(rule.named_places()?);
        }
        named.sort_unstable();
        named.dedup();
        Some(named)
    }

    /// One country for each different list of signs, and how many have it.
    fn classes(
        &self,
        scenes: &[Scene<'_>],
        add_signs: impl Fn(&Rule, CountryCode, &Scene<'_>, &mut Vec<Standing>),
    ) -> Vec<(CountryCode, u32)> {
        let mut classes: BTreeMap<Vec<Standing>, (CountryCode, u32)> = BTreeMap::new();
        let mut signs = Vec::new();
        for country in self.scene.data.countries.list() {
            signs.clear();
            for scene in scenes {
                self.rules().for_each(|rule| add_signs(rule, country.code, scene, &mut signs));
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

    /// How `country` stands to all that rules ask of a nationality.
    pub(in crate::engine) fn national_signs(&self, country: CountryCode) -> Vec<Standing> {
        let mut signs = Vec::new();
        self.rules().for_each(|rule| national_signs(rule, country, self.scene, &mut signs));
        signs
    }

    /// How `country` stands to all that rules ask of a place of study.
    pub(in crate::engine) fn study_signs(&self, country: CountryCode) -> Vec<Standing> {
        let mut signs = Vec::new();
        self.rules().for_each(|rule| study_signs(rule, country, self.scene, &mut signs));
        signs
    }

    /// Whether some rule names `country` as a place of study or work.
    pub(super) fn names_place(&self, country: CountryCode) -> bool {
        self.rules().any(|rule| match rule {
            Rule::Condition(Condition::Employed(asked)) => asked.country == country,
            rule => {
                let mut signs = Vec::new();
                study_signs(rule, country, self.scene, &mut signs);
                signs.iter().any(|sign| *sign != Standing::Outside)
            }
        })
    }
}

fn national_signs(rule: &Rule, country: CountryCode, scene: &Scene<'_>, signs: &mut Vec<Standing>) {
    let Rule::Nationality(rule) = rule else { return };
    signs.push(listed(&rule.not_also, country));
    let on = rule.on.unwrap_or(ReferenceDay::NotStated);
    for branch in rule.every_branch() {
        signs.push(listed(&branch.national_of, country));
        standings(&branch.in_group, on, country, scene, signs);
    }
    if let Some((nationals, _)) = &rule.if_also {
        signs.push(listed(nationals, country));
    }
}

fn study_signs(rule: &Rule, country: CountryCode, scene: &Scene<'_>, signs: &mut Vec<Standing>) {
    match rule {
        Rule::Nationality(rule) => {
            let on = rule.on.unwrap_or(ReferenceDay::NotStated);
            for branch in rule.every_branch() {
                signs.push(listed(&branch.studied_in, country));
                standings(&branch.studied_in_group, on, country, scene, signs);
            }
        }
        Rule::Degree(rule) => {
            signs.push(listed(&rule.studied_in, country));
            standings(&rule.studied_in_group, rule.by, country, scene, signs);
        }
        _ => {}
    }
}

fn standings(
    groups: &[Text],
    on: ReferenceDay,
    country: CountryCode,
    scene: &Scene<'_>,
    signs: &mut Vec<Standing>,
) {
    for group in groups.iter().filter_map(|id| scene.data.groups.get(id)) {
        let days = scene.timing.days(on);
        signs.extend(days.iter().map(|dated| standing(group, country, dated.day)));
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
