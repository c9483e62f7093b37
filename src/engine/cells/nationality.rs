//! Cells of nationalities and of countries of study.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Grain, Open, Question, Setting};
use crate::engine::meaning::{Scene, Standing, standing};
use crate::rules::{Condition, Group, ReferenceDay, Rule};
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
        self.few_named().unwrap_or_else(|| self.classes(&self.lists(scenes, asked_of_nationals)))
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
        let classes = self.classes(&self.lists(scenes, asked_of_students));
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

    /// One country for each way to stand to `lists`, and how many stand so.
    fn classes(&self, lists: &[Countries<'_>]) -> Vec<(CountryCode, u32)> {
        let mut classes: BTreeMap<Vec<Standing>, (CountryCode, u32)> = BTreeMap::new();
        for country in self.scene.data.countries.list() {
            let (_, count) = classes.entry(signs(lists, country.code)).or_insert((country.code, 0));
            *count += 1;
        }
        classes.into_values().collect()
    }

    /// The countries that rules ask for in any of `scenes`.
    fn lists<'s>(
        &'s self,
        scenes: &'s [Scene<'_>],
        asked: impl Fn(&'s Rule, &'s Scene<'_>, &mut Vec<Countries<'s>>),
    ) -> Vec<Countries<'s>> {
        let mut lists = Vec::new();
        for scene in scenes {
            self.rules().for_each(|rule| asked(rule, scene, &mut lists));
        }
        lists
    }

    /// How `country` stands to all that rules ask of a nationality.
    pub(in crate::engine) fn national_signs(&self, country: CountryCode) -> Vec<Standing> {
        signs(&self.lists(std::slice::from_ref(self.scene), asked_of_nationals), country)
    }

    /// How `country` stands to all that rules ask of a place of study.
    pub(in crate::engine) fn study_signs(&self, country: CountryCode) -> Vec<Standing> {
        signs(&self.lists(std::slice::from_ref(self.scene), asked_of_students), country)
    }

    /// Whether some rule names `country` as a place of study or work.
    pub(super) fn names_place(&self, country: CountryCode) -> bool {
        let employs_there = self.rules().any(|rule| {
            matches!(rule, Rule::Condition(Condition::Employed(asked)) if asked.country == country)
        });
        employs_there || self.study_signs(country).iter().any(|sign| *sign != Standing::Outside)
    }
}

/// Countries that a rule asks for.
#[derive(Debug, Clone, Copy)]
enum Countries<'s> {
    /// The rule names them.
    Named(&'s [CountryCode]),
    /// Those of a group on a day.
    Group(&'s Group, NaiveDate),
}

impl Countries<'_> {
    fn standing(self, country: CountryCode) -> Standing {
        match self {
            Self::Named(named) if named.contains(&country) => Standing::Inside,
            Self::Named(_) => Standing::Outside,
            Self::Group(group, day) => standing(group, country, day),
        }
    }
}

/// How `country` stands to each of `lists`.
fn signs(lists: &[Countries<'_>], country: CountryCode) -> Vec<Standing> {
    lists.iter().map(|list| list.standing(country)).collect()
}

fn asked_of_nationals<'s>(rule: &'s Rule, scene: &'s Scene<'_>, lists: &mut Vec<Countries<'s>>) {
    let Rule::Nationality(rule) = rule else { return };
    lists.push(Countries::Named(&rule.not_also));
    let on = rule.on.unwrap_or(ReferenceDay::NotStated);
    for branch in rule.every_branch() {
        lists.push(Countries::Named(&branch.national_of));
        lists.extend(groups(&branch.in_group, on, scene));
    }
    if let Some((nationals, _)) = &rule.if_also {
        lists.push(Countries::Named(nationals));
    }
}

fn asked_of_students<'s>(rule: &'s Rule, scene: &'s Scene<'_>, lists: &mut Vec<Countries<'s>>) {
    match rule {
        Rule::Nationality(rule) => {
            let on = rule.on.unwrap_or(ReferenceDay::NotStated);
            for branch in rule.every_branch() {
                lists.push(Countries::Named(&branch.studied_in));
                lists.extend(groups(&branch.studied_in_group, on, scene));
            }
        }
        Rule::Degree(rule) => {
            lists.push(Countries::Named(&rule.studied_in));
            lists.extend(groups(&rule.studied_in_group, rule.by, scene));
        }
        _ => {}
    }
}

/// Each group of `ids` on each day that `on` may be.
fn groups<'s>(
    ids: &'s [Text],
    on: ReferenceDay,
    scene: &'s Scene<'_>,
) -> impl Iterator<Item = Countries<'s>> {
    ids.iter().filter_map(|id| scene.data.groups.get(id)).flat_map(move |group| {
        let days = scene.timing.days(on);
        days.iter().map(|dated| Countries::Group(group, dated.day)).collect::<Vec<_>>()
    })
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
