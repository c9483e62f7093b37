//! Cells of degrees: levels, fields, countries and days of award.

use chrono::{Months, NaiveDate};

use super::{Grain, Open, Question, Setting, Slot, slots};
use crate::engine::meaning::Scene;
use crate::engine::person::{Elsewhere, Held, Person};
use crate::profile::{Degree, Study};
use crate::rules::{Rule, Since};
use crate::vocabulary::{CountryCode, DegreeLevel, PartialDate, Text, Words};

impl Question<'_, '_> {
    pub(super) fn degrees(&self, open: &mut Vec<Open>) {
        if Slot::Degrees.is_told(self.candidate.profile) {
            return;
        }
        let fields = self.asked_fields();
        let Some(told) = &self.candidate.profile.degrees else {
            return open.push(self.any_degrees(&fields, &self.asked_places()));
        };
        let are_placed = told.iter().all(|degree| degree.country.is_some());
        let places = if are_placed { Vec::new() } else { self.asked_places() };
        let (lowest, any_is_placed) = (self.lowest_level(), self.asks_nationals_for_places());
        for (at, degree) in told.iter().enumerate() {
            if !any_is_placed && lowest.is_none_or(|lowest| degree.level < lowest) {
                continue;
            }
            if !degree.awarded.is_some_and(PartialDate::is_exact) {
                open.push(self.awarded(at, degree.awarded));
            }
            if !matches!(degree.field, Study::Field(_)) && fields.len() > 1 {
                open.push(Open {
                    paths: vec![format!("degrees[{at}].field").into()],
                    values: fields.iter().cloned().map(|field| Setting::Field(at, field)).collect(),
                });
            }
            if degree.country.is_none() && places.len() > 1 {
                let values = places.iter().map(|place| Setting::DegreeCountry(at, *place));
                open.push(Open {
                    paths: vec![format!("degrees[{at}].country").into()],
                    values: values.collect(),
                });
            }
        }
    }

    /// The fields that rules name, and one that none names.
    pub(in crate::engine) fn asked_fields(&self) -> Vec<Option<Text>> {
        let mut fields: Vec<Option<Text>> = vec![None];
        for rule in self.rules() {
            match rule {
                Rule::Degree(rule) => fields.extend(rule.fields.iter().cloned().map(Some)),
                Rule::Qualification(rule) => {
                    let named = rule.paths.iter().flat_map(|path| &path.fields);
                    fields.extend(named.cloned().map(Some));
                }
                Rule::Age(rule) => {
                    for raise in &rule.raises {
                        if let Some(degree) = &raise.degree {
                            fields.extend(degree.fields.iter().cloned().map(Some));
                        }
                    }
                }
                _ => {}
            }
        }
        fields.sort();
        fields.dedup();
        fields
    }

    /// A country of each class that rules tell apart; `None` alone where they tell none apart.
    fn asked_places(&self) -> Vec<Option<CountryCode>> {
        self.asked_places_in(std::slice::from_ref(self.scene))
    }

    /// The same, where the rules can tell them apart in any of `scenes`.
    pub(in crate::engine) fn asked_places_in(
        &self,
        scenes: &[Scene<'_>],
    ) -> Vec<Option<CountryCode>> {
        let places = if self.asks_for_places() { self.places_of_study(scenes) } else { Vec::new() };
        if places.len() <= 1 {
            return vec![None];
        }
        places.into_iter().map(Some).collect()
    }

    fn asks_for_places(&self) -> bool {
        let asks_degrees = |rule: &Rule| match rule {
            Rule::Degree(rule) => !rule.studied_in.is_empty() || !rule.studied_in_group.is_empty(),
            _ => false,
        };
        self.asks_nationals_for_places() || self.rules().any(asks_degrees)
    }

    /// Whether nationals are asked where they have studied, whatever the level.
    fn asks_nationals_for_places(&self) -> bool {
        self.rules().any(|rule| match rule {
            Rule::Nationality(rule) => rule
                .every_branch()
                .any(|b| !b.studied_in.is_empty() || !b.studied_in_group.is_empty()),
            _ => false,
        })
    }

    /// The lowest level that rules look at: whatever is open about a degree below it, but the place
    /// of study of nationals, makes no difference.
    fn lowest_level(&self) -> Option<DegreeLevel> {
        let asked = self.rules().filter_map(|rule| match rule {
            Rule::Degree(rule) => {
                let lowest = rule.min.unwrap_or(DegreeLevel::Secondary);
                [lowest].into_iter().chain(rule.max).chain(rule.or_all.iter().copied()).min()
            }
            Rule::Qualification(rule) => rule.paths.iter().map(|path| path.degree).min(),
            Rule::Age(rule) => {
                rule.raises.iter().filter_map(|raise| raise.degree.as_ref()).map(|d| d.level).min()
            }
            _ => None,
        });
        asked.chain(self.tallies().filter_map(|tally| tally.counting.after.level())).min()
    }

    /// What no rule names; the country is one of `liked` if possible.
    pub(in crate::engine) fn elsewhere(&self, liked: &[CountryCode]) -> Elsewhere {
        let data = self.scene.data;
        let looked_at: Vec<Slot> = self.requirements.iter().flat_map(|r| slots(r)).collect();
        let asked = self.asked_fields();
        let mut fields = data.fields.list().iter().map(|field| &field.id);
        let field = fields.find(|id| !asked.iter().flatten().any(|named| named == *id));
        let all = data.countries.list().iter().map(|country| country.code);
        let mut countries = liked.iter().copied().chain(all);
        let employers = !self.employments().is_empty();
        let places = employers || self.asks_for_places();
        Elsewhere {
            field: field.cloned().filter(|_| asked.len() > 1),
            country: countries.find(|code| !self.names_place(*code)).filter(|_| places),
            employer: employers.then(|| "other".into()),
            residences_asked: looked_at.contains(&Slot::Residences),
            tests_asked: looked_at.contains(&Slot::Tests),
            languages_asked: looked_at.contains(&Slot::Languages),
        }
    }

    /// Not told at all: none, each degree alone, each with a bachelor's beside it, and every one
    /// that there is at once, up to some level or from some day on: no rule misses one there.
    fn any_degrees(&self, fields: &[Option<Text>], places: &[Option<CountryCode>]) -> Open {
        let mut days = self.award_days();
        self.award_crossings(self.years_around(), &mut days);
        let mut values = vec![Setting::Degrees(Vec::new())];
        for (_, level) in DegreeLevel::WORDS {
            for field in fields {
                for country in places {
                    for awarded in &days {
                        let held = Held {
                            level: *level,
                            field: field.clone(),
                            country: *country,
                            awarded: *awarded,
                        };
                        values.extend(self.alone_and_after_a_bachelor(held));
                    }
                }
            }
        }
        values.extend(self.all_at_once(fields, places, &days).into_iter().map(Setting::Degrees));
        let paths = vec!["degrees".into()];
        Open { paths, values }
    }

    /// For each level and day: every degree up to the level long ago; those above it on the day
    /// besides; those up to it on the day.
    fn all_at_once(
        &self,
        fields: &[Option<Text>],
        places: &[Option<CountryCode>],
        days: &[NaiveDate],
    ) -> Vec<Vec<Held>> {
        let awarded = self.years_around().first();
        let of_level = |level: DegreeLevel, awarded: NaiveDate| {
            fields.iter().flat_map(move |field| {
                places.iter().map(move |country| {
                    let (field, country) = (field.clone(), *country);
                    Held { level, field, country, awarded }
                })
            })
        };
        let mut sets = Vec::new();
        for (_, top) in DegreeLevel::WORDS {
            let levels = || DegreeLevel::WORDS.iter().map(|(_, level)| *level);
            let up_to = |day| levels().filter(|l| l <= top).flat_map(move |l| of_level(l, day));
            sets.push(up_to(awarded).collect());
            for day in days {
                let above = levels().filter(|l| l > top).flat_map(|l| of_level(l, *day));
                sets.push(up_to(awarded).chain(above).collect());
                sets.push(up_to(*day).collect());
            }
        }
        sets
    }

    fn alone_and_after_a_bachelor(&self, held: Held) -> Vec<Setting> {
        let mut sets = vec![Setting::Degrees(vec![held.clone()])];
        if held.level > DegreeLevel::Bachelor {
            let (level, awarded) = (DegreeLevel::Bachelor, self.years_around().first());
            let bachelor = Held { level, field: None, country: None, awarded };
            sets.push(Setting::Degrees(vec![bachelor, held]));
        }
        sets
    }

    /// Long ago, and around each day by which a degree is asked.
    fn award_days(&self) -> Vec<NaiveDate> {
        let mut days = vec![self.years_around().first(), self.years_around().last()];
        for limit in self.award_limits() {
            days.extend([limit.pred_opt(), Some(limit)].into_iter().flatten());
        }
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The days after each day by which a degree is asked.
    pub(in crate::engine) fn award_limits(&self) -> impl Iterator<Item = NaiveDate> {
        let by = self.rules().filter_map(|rule| match rule {
            Rule::Degree(rule) => Some(rule.by),
            Rule::Qualification(rule) => Some(rule.by),
            Rule::Age(rule) => rule.raises_by_degree().then_some(rule.on),
            _ => None,
        });
        by.flat_map(|by| self.scene.timing.days(by)).filter_map(|dated| dated.day.succ_opt())
    }

    fn years_around(&self) -> PartialDate {
        let as_of = self.scene.as_of;
        let (before, after) = match self.grain {
            Grain::Coarse | Grain::Every => (60, 60),
            Grain::Fine => (8, 2),
        };
        let first = as_of.checked_sub_months(Months::new(12 * before)).unwrap_or(as_of);
        let last = as_of.checked_add_months(Months::new(12 * after)).unwrap_or(as_of);
        PartialDate::between(first, last)
    }

    fn awarded(&self, at: usize, told: Option<PartialDate>) -> Open {
        let range = told.unwrap_or_else(|| self.years_around());
        let mut days = self.award_days();
        self.award_crossings(range, &mut days);
        days.extend([range.first(), range.last()]);
        days.retain(|day| range.first() <= *day && *day <= range.last());
        days.sort_unstable();
        days.dedup();
        Open {
            paths: vec![format!("degrees[{at}].awarded").into()],
            values: days.into_iter().map(|day| Setting::Awarded(at, day)).collect(),
        }
    }

    /// The last days of award from which the experience counted since then reaches a limit, and
    /// the days after them.
    fn award_crossings(&self, range: PartialDate, days: &mut Vec<NaiveDate>) {
        let base = &self.candidate.base;
        for tally in self.tallies().filter(|tally| tally.counting.after != Since::AnyTime) {
            for jobs in self.job_extremes() {
                for limit in &tally.limits {
                    let degree = |awarded| Held {
                        level: DegreeLevel::Doctorate,
                        field: None,
                        country: None,
                        awarded,
                    };
                    let reaches = |day: NaiveDate| {
                        let degrees = vec![degree(day)];
                        let person = Person { degrees, jobs: jobs.clone(), ..base.clone() };
                        tally.reaches(&person, *limit, &mut |_| true)
                    };
                    if let Some(last) = last_that(range, reaches) {
                        days.extend([Some(last), last.succ_opt()].into_iter().flatten());
                    }
                }
            }
        }
    }
}

/// Whether nothing about a degree is open.
pub(super) fn is_told(degree: &Degree) -> bool {
    degree.awarded.is_some_and(PartialDate::is_exact)
        && matches!(degree.field, Study::Field(_))
        && degree.country.is_some()
}

/// The last day of `range` for which `holds`, which holds up to some day and not behind it.
fn last_that(range: PartialDate, holds: impl Fn(NaiveDate) -> bool) -> Option<NaiveDate> {
    let length = (range.last() - range.first()).num_days();
    let day = |offset: i64| range.first() + chrono::TimeDelta::days(offset);
    if !holds(day(0)) {
        return None;
    }
    let (mut low, mut high) = (0, length + 1);
    while low + 1 < high {
        let middle = low.midpoint(high);
        if holds(day(middle)) { low = middle } else { high = middle }
    }
    Some(day(low))
}
