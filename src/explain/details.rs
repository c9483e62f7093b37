//! What a rule says besides what it asks: how it is counted, looked at and answered.

use super::found::sponsorship;
use super::required::kind_name;
use super::{Speaker, listed};
use crate::rules::{Counting, Nationality, ReferenceDay, Rule, Weight};
use crate::vocabulary::{ExperienceKind, Words};

/// A sentence for each.
pub fn details(rule: &Rule, speaker: Speaker<'_, '_>) -> Vec<String> {
    match rule {
        Rule::Sponsorship(state) => vec![format!("how it stands: {}", sponsorship(*state))],
        Rule::Nationality(rule) => speaker.looked_at(rule),
        Rule::Experience(rule) => speaker.counted(&rule.counting),
        Rule::Qualification(rule) => {
            let awarded = format!("the degree is awarded {}", speaker.by_day(rule.by));
            std::iter::once(awarded).chain(speaker.counted(&rule.counting)).collect()
        }
        Rule::NoRequirement
        | Rule::Unstated
        | Rule::NotOnRecord
        | Rule::Age(_)
        | Rule::Degree(_)
        | Rule::Language(_)
        | Rule::Condition(_)
        | Rule::Text(_) => Vec::new(),
    }
}

impl Speaker<'_, '_> {
    fn looked_at(&self, rule: &Nationality) -> Vec<String> {
        let on =
            rule.on.map(|day| format!("lists of countries are looked at {}", self.on_day(day)));
        let dual = rule.dual.as_ref().map(|text| format!("several nationalities: {text}"));
        on.into_iter().chain(dual).collect()
    }

    fn counted(&self, counting: &Counting) -> Vec<String> {
        let last = match counting.until {
            ReferenceDay::NotStated => "not stated".to_owned(),
            day => self.on_day(day),
        };
        let kinds = [
            (Weight::Full, "counts"),
            (Weight::Half, "counts by half"),
            (Weight::MayCount, "counts if the organisation says so"),
        ];
        let kinds = kinds.into_iter().filter_map(|(weight, label)| {
            let names = kinds_of(counting, weight);
            (!names.is_empty()).then(|| format!("{label}: {}", listed(&names, "and")))
        });
        std::iter::once(format!("last day counted: {last}")).chain(kinds).collect()
    }
}

fn kinds_of(counting: &Counting, weight: Weight) -> Vec<String> {
    let kinds = ExperienceKind::WORDS.iter().map(|(_, kind)| *kind);
    let of_weight = kinds.filter(|kind| counting.weight(*kind) == weight);
    of_weight.map(|kind| kind_name(kind).to_owned()).collect()
}
