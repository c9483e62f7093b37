//! Marks of countries that join and leave groups.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Event;
use super::marker::Marker;
use crate::engine::meaning::{Standing, standing};
use crate::rules::{Group, Nationality, ReferenceDay};
use crate::vocabulary::{CountryCode, Text};

impl Marker<'_> {
    pub(super) fn nationality(&mut self, rule: &Nationality) {
        let on = rule.on.unwrap_or(ReferenceDay::NotStated);
        let studied = self.places_of_study();
        let held = match &self.profile.nationalities {
            Some(held) => held.clone(),
            None => self.without_twin(rule),
        };
        for branch in rule.every_branch() {
            self.memberships(&branch.in_group, Some(&held), on);
            self.memberships(&branch.studied_in_group, studied.as_deref(), on);
        }
    }

    /// The countries whose coming and going can matter to somebody whose nationality is not told.
    ///
    /// A member that joins or leaves looks to the rule like another that stays inside, and then
    /// like one that stays outside. As long as there are such twins all the time, what somebody of
    /// any nationality can be answered stays the same.
    fn without_twin(&self, rule: &Nationality) -> Vec<CountryCode> {
        let mut groups: Vec<&Group> = Vec::new();
        let mut named: Vec<CountryCode> = rule.not_also.clone();
        named.extend(rule.if_also.iter().flat_map(|(nationals, _)| nationals));
        for branch in rule.every_branch() {
            let known = branch.in_group.iter().filter_map(|id| self.data.groups.get(id));
            groups.extend(known.map(|group| &**group));
            named.extend(&branch.national_of);
        }
        let turns = |country: CountryCode| -> Vec<NaiveDate> {
            let memberships = groups.iter().flat_map(|group| group.memberships(country));
            let days = memberships.flat_map(|(_, membership)| {
                [membership.from, membership.leaves.map(|(day, _)| day)].into_iter().flatten()
            });
            days.filter(|day| self.range.0 < *day && *day <= self.range.1).collect()
        };
        let signs = |country, day| -> Vec<Standing> {
            groups.iter().map(|group| standing(group, country, day)).collect()
        };
        let (mut steady, mut turning) = (BTreeSet::new(), Vec::new());
        for country in self.data.countries.list().iter().map(|country| country.code) {
            let days = turns(country);
            if !days.is_empty() {
                turning.push((country, days));
            } else if !named.contains(&country) {
                steady.insert(signs(country, self.range.0));
            }
        }
        let has_twins = |(country, days): &(CountryCode, Vec<NaiveDate>)| {
            !named.contains(country)
                && std::iter::once(&self.range.0).chain(days).all(|day| {
                    either_way(&signs(*country, *day)).iter().all(|signs| steady.contains(signs))
                })
        };
        turning.retain(|country| !has_twins(country));
        turning.into_iter().map(|(country, _)| country).collect()
    }

    /// The countries of the degrees; `None` if not all are told.
    pub(super) fn places_of_study(&self) -> Option<Vec<CountryCode>> {
        self.profile.degrees.as_ref()?.iter().map(|degree| degree.country).collect()
    }

    pub(super) fn memberships(
        &mut self,
        groups: &[Text],
        countries: Option<&[CountryCode]>,
        on: ReferenceDay,
    ) {
        let data = self.data;
        for group in groups.iter().filter_map(|id| data.groups.get(id)) {
            let named: BTreeSet<CountryCode> = match countries {
                Some(countries) => countries.iter().copied().collect(),
                None => group.countries().collect(),
            };
            for (country, membership) in named.iter().flat_map(|one| group.memberships(*one)) {
                if let Some(day) = membership.from {
                    self.mark(on, day, Event::Joins(*country, group.id.clone()));
                }
                if let Some((day, leaving)) = membership.leaves {
                    self.mark(on, day, Event::Leaves(*country, group.id.clone(), leaving));
                }
            }
        }
    }
}

/// What a country can look like: inside and outside, where it cannot be told.
fn either_way(signs: &[Standing]) -> Vec<Vec<Standing>> {
    let mut all: Vec<Vec<Standing>> = vec![Vec::new()];
    for sign in signs {
        let options: &[Standing] = match sign {
            Standing::Open { .. } => &[Standing::Inside, Standing::Outside],
            Standing::Inside => &[Standing::Inside],
            Standing::Outside => &[Standing::Outside],
        };
        let with = |option: &Standing| {
            all.iter().map(|list| [list.as_slice(), &[*option]].concat()).collect::<Vec<_>>()
        };
        all = options.iter().flat_map(with).collect();
    }
    all
}
