//! Why a finding came out so, and what to confirm with the donor.

use super::required::{BY_VACANCY, is_plural, kind_name};
use super::{Speaker, listed, required};
use crate::engine::{Cause, Choice, ChoiceKey, Finding, Outcome, Ruling, differ_in_reading_alone};
use crate::rules::{
    Basis, Criterion, Leaving, Membership, Part, Requirement, Rule, Sponsorship, Strength,
};
use crate::vocabulary::{CountryCode, Text};

/// One sentence or two that a person can read.
///
/// `asked` and `has` are what [`required()`] and [`found`](super::found()) say of it.
pub fn reason(finding: &Finding<'_>, speaker: Speaker<'_, '_>, asked: &str, has: &str) -> String {
    let requirement = finding.requirement;
    let mut text = match (finding.outcome, finding.cause) {
        (Outcome::Met, _) => met(requirement, asked, has),
        (Outcome::Unmet, _) => unmet(requirement, asked, has),
        (_, Some(Cause::NotTold)) => {
            let paths: Vec<String> =
                finding.missing.iter().map(|path| format!("`{path}`")).collect();
            format!("Tell {}, which can settle it: {asked}.", listed(&paths, "and"))
        }
        (_, Some(Cause::ReadingsDiffer | Cause::NotOnRecord))
            if requirement.part == Part::Sponsorship =>
        {
            format!("{}.", capital(&sponsorship_doubt(requirement)))
        }
        (_, Some(Cause::ReadingsDiffer)) => {
            format!("It cannot be told: {}.", speaker.difference(finding, true))
        }
        (_, Some(Cause::ByVacancy)) if asked == BY_VACANCY => "Each vacancy sets it.".to_owned(),
        (_, Some(Cause::ByVacancy)) => {
            format!("Each vacancy sets it: {asked}{}.", suffix("; yours is ", has))
        }
        (_, Some(Cause::NotOnRecord)) => {
            format!("It is not on record: {}.", speaker.difference(finding, false))
        }
        (_, Some(Cause::ToBeJudged) | None) => {
            let who = if requirement.strength == Strength::Asset {
                "Welcome"
            } else {
                "Judged by people"
            };
            format!("{who}: {}.", asked.trim_end_matches('.'))
        }
    };
    if finding.outcome == Outcome::Unmet && requirement.strength == Strength::Usual {
        text.push_str(" It is usual, not required: a miss is at the donor's discretion.");
    }
    text
}

/// What the outcome takes for granted, a sentence each.
pub fn caveats(finding: &Finding<'_>, speaker: Speaker<'_, '_>) -> Vec<String> {
    let requirement = finding.requirement;
    let mut caveats = Vec::new();
    let is_on_record =
        requirement.readings.iter().any(|reading| !matches!(reading.rule, Rule::NotOnRecord));
    let is_usual = finding.basis == Basis::Programme && requirement.part != Part::Sponsorship;
    if is_usual && is_on_record {
        caveats.push(basis_note(requirement).to_owned());
    }
    if counts_experience(requirement) {
        caveats.extend(speaker.relevance());
    }
    caveats
}

fn basis_note(requirement: &Requirement) -> &'static str {
    if requirement.strength == Strength::Required {
        "No formal text of the donor says so: it is inferred."
    } else {
        "The donor's own rule is not on record: this is the programme's usual profile."
    }
}

fn met(requirement: &Requirement, asked: &str, has: &str) -> String {
    if requirement.part == Part::Sponsorship {
        return sponsorship_reason(requirement);
    }
    if has.is_empty() {
        return format!("{}.", capital(asked));
    }
    compared(asked, has)
}

fn unmet(requirement: &Requirement, asked: &str, has: &str) -> String {
    if requirement.part == Part::Sponsorship {
        return sponsorship_reason(requirement);
    }
    compared(asked, has)
}

/// Reads well whatever the sides are: `no Korean`, `none or completed`, `30 on 2026-11-22`.
fn compared(asked: &str, has: &str) -> String {
    format!("Asked: {asked}. Found: {has}.")
}

fn sponsorship_reason(requirement: &Requirement) -> String {
    let state = requirement.readings.first().map(|reading| &reading.rule);
    match state {
        Some(Rule::Sponsorship(Sponsorship::Listed)) => {
            "A UN list names the donor; that it pays for posts now is not proved."
        }
        Some(Rule::Sponsorship(Sponsorship::Inactive)) => "The donor does not pay for posts now.",
        _ => "The donor pays for posts.",
    }
    .to_owned()
}

/// Why it cannot be told whether a donor pays for posts, with what speaks for each side.
fn sponsorship_doubt(requirement: &Requirement) -> String {
    let disputed = requirement
        .readings
        .iter()
        .any(|reading| reading.rule == Rule::Sponsorship(Sponsorship::Disputed));
    if disputed {
        let sources: Vec<&str> = requirement.sources().into_iter().map(Text::as_str).collect();
        let sources = sources.join(", ");
        format!("whether the donor pays for posts: sources contradict each other ({sources})")
    } else {
        "whether the donor pays for posts: nothing is on record".to_owned()
    }
}

fn suffix(lead: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{lead}{text}") }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn counts_experience(requirement: &Requirement) -> bool {
    requirement
        .readings
        .iter()
        .any(|reading| matches!(reading.rule, Rule::Experience(_) | Rule::Qualification(_)))
}

impl Speaker<'_, '_> {
    /// What is left out because the candidate says so, and what is counted because nobody does.
    fn relevance(&self) -> Vec<String> {
        let jobs = || self.candidate.profile.experience.iter().flatten();
        let mut sentences = Vec::new();
        match jobs().filter(|job| !job.relevant).count() {
            0 => {}
            1 => sentences.push("1 job that you call irrelevant is not counted.".to_owned()),
            many => {
                sentences.push(format!("{many} jobs that you call irrelevant are not counted."));
            }
        }
        if jobs().any(|job| !job.relevance_told) {
            let taken = "Work that you do not call irrelevant is taken as relevant; the \
                         organisation judges.";
            sentences.push(taken.to_owned());
        }
        sentences
    }

    /// What separates the readings in which it is met from those in which it is not.
    fn difference(&self, finding: &Finding<'_>, both_sides: bool) -> String {
        let rulings = essential(&finding.rulings);
        let Some((met, unmet)) = decisive_pair(&rulings) else {
            return format!("asked is {}", required(finding.requirement, *self));
        };
        let all_of = |choices: &[Choice]| {
            let labels = choices.iter().map(|choice| self.label(finding.requirement, choice));
            listed(&labels.collect::<Vec<String>>(), "and")
        };
        if both_sides {
            format!("met if {}, not met if {}", all_of(&met), all_of(&unmet))
        } else {
            format!("met if {}", all_of(&met))
        }
    }

    /// What an option stands for, to be read after "if".
    fn label(&self, requirement: &Requirement, choice: &Choice) -> String {
        let better = choice.option == 0;
        let not = if better { "" } else { "not " };
        match choice.key {
            ChoiceKey::Reading => self.reading_label(requirement, choice.option),
            ChoiceKey::Day(reference) => {
                let days = self.scene.timing.days(reference);
                days.get(choice.option).map_or_else(String::new, |dated| {
                    format!("the day that counts is {} ({})", dated.name, dated.day)
                })
            }
            ChoiceKey::Level(usual) => level_label(requirement, usual, choice.option),
            ChoiceKey::Kind(kind) => {
                let counts = match (better, is_plural(kind)) {
                    (true, true) => "count",
                    (true, false) => "counts",
                    (false, true) => "do not count",
                    (false, false) => "does not count",
                };
                format!("{} {counts}", kind_name(kind))
            }
            ChoiceKey::Contested(country) => format!(
                "{} {} left {}",
                self.country(country),
                if better { "has not" } else { "has" },
                self.contested_group(requirement, country)
            ),
            ChoiceKey::Disputed => format!("the donor does {not}pay for posts"),
            ChoiceKey::Uncertain(country) => {
                format!(
                    "{} is {not}on the donor's list, which is not on record",
                    self.country(country)
                )
            }
            ChoiceKey::NotOnRecord if requirement.part == Part::Sponsorship => {
                format!("the donor does {not}pay for posts, on which nothing is on record")
            }
            ChoiceKey::NotOnRecord => format!(
                "you {}meet what no page on record states",
                if better { "" } else { "do not " }
            ),
            ChoiceKey::Rest => format!(
                "you {}meet the rest of the rule, which is not on record",
                if better { "" } else { "do not " }
            ),
            ChoiceKey::LowestScore => {
                format!("your score is {not}enough; the lowest is not on record")
            }
            ChoiceKey::Vacancy | ChoiceKey::PathVacancy(_) => {
                format!("the vacancy {}", if better { "admits it" } else { "does not admit it" })
            }
        }
    }

    /// The group that `country` may have left, by its name where there is but one.
    fn contested_group(&self, requirement: &Requirement, country: CountryCode) -> String {
        let ids = requirement.readings.iter().flat_map(|reading| reading.rule.groups());
        let is_contested =
            |(_, member): &(_, Membership)| matches!(member.leaves, Some((_, Leaving::Contested)));
        let mut names: Vec<&str> = ids
            .filter_map(|id| self.scene.data.groups.get(id))
            .filter(|group| group.memberships(country).iter().any(is_contested))
            .map(|group| group.name.as_str())
            .collect();
        names.sort_unstable();
        names.dedup();
        match names[..] {
            [name] => format!("the group \"{name}\""),
            _ => "the group".to_owned(),
        }
    }

    fn reading_label(&self, requirement: &Requirement, at: usize) -> String {
        requirement.readings.get(at).map_or_else(String::new, |reading| {
            let text = reading.wording.clone().unwrap_or_else(|| self.rule(&reading.rule).into());
            format!("it is read as \"{text}\"")
        })
    }
}

/// The rulings without the points that make no difference to any of them.
pub fn essential(rulings: &[Ruling]) -> Vec<Ruling> {
    let mut kept = rulings.to_vec();
    let mut keys: Vec<ChoiceKey> = Vec::new();
    for choice in rulings.iter().flat_map(|ruling| &ruling.choices) {
        if !keys.contains(&choice.key) {
            keys.push(choice.key);
        }
    }
    for key in keys {
        let mut without: Vec<Ruling> = Vec::new();
        for ruling in &kept {
            let choices = ruling.choices.iter().filter(|choice| choice.key != key).copied();
            let ruling = Ruling { holds: ruling.holds, choices: choices.collect() };
            if !without.contains(&ruling) {
                without.push(ruling);
            }
        }
        let settled = without
            .iter()
            .all(|a| without.iter().all(|b| a.holds == b.holds || exclude_each_other(a, b)));
        if settled {
            kept = without;
        }
    }
    kept
}

/// Whether two rulings take different options of one point.
fn exclude_each_other(a: &Ruling, b: &Ruling) -> bool {
    a.choices
        .iter()
        .any(|one| b.choices.iter().any(|other| one.key == other.key && one.option != other.option))
}

/// What each ruling rests on: the labels of its choices, for a list of readings.
pub fn labels(finding: &Finding<'_>, ruling: &Ruling, speaker: Speaker<'_, '_>) -> Vec<String> {
    ruling.choices.iter().map(|choice| speaker.label(finding.requirement, choice)).collect()
}

fn level_label(
    requirement: &Requirement,
    usual: crate::vocabulary::LanguageLevel,
    option: usize,
) -> String {
    use crate::rules::LanguageRule;
    for reading in &requirement.readings {
        if let Rule::Language(LanguageRule::Skills { levels, .. }) = &reading.rule
            && let Some(word) = levels.iter().find(|word| word.levels.first() == Some(&usual))
            && let Some(level) = word.levels.get(option)
        {
            return format!("\"{}\" means {level}", word.word);
        }
    }
    format!("the level asked is {usual} or the next below")
}

/// Choices that lead to met whatever else holds, and choices that lead to unmet: of two rulings that
/// differ in readings alone, if two do, the fewest, and as far as possible the same points.
fn decisive_pair(rulings: &[Ruling]) -> Option<(Vec<Choice>, Vec<Choice>)> {
    let decided: Vec<(&Ruling, Vec<Choice>)> =
        rulings.iter().map(|ruling| (ruling, decisive(ruling, rulings))).collect();
    let those = |holds| decided.iter().filter(move |(ruling, _)| ruling.holds == holds);
    let pairs = those(true).flat_map(|met| those(false).map(move |unmet| (met, unmet)));
    let (met, unmet) = pairs.min_by_key(|((met, yes), (unmet, no))| {
        let is_shared = |choice: &&Choice| no.iter().any(|other| other.key == choice.key);
        let shared = yes.iter().filter(is_shared).count();
        (!differ_in_reading_alone(met, unmet), yes.len() + no.len(), yes.len() - shared)
    })?;
    Some((met.1.clone(), unmet.1.clone()))
}

/// Those choices of a ruling behind which every ruling comes out as it does: none can be left out.
fn decisive(ruling: &Ruling, all: &[Ruling]) -> Vec<Choice> {
    let mut kept = ruling.choices.clone();
    for choice in &ruling.choices {
        let fewer: Vec<Choice> = kept.iter().filter(|kept| *kept != choice).copied().collect();
        let behind_fewer = Ruling { holds: ruling.holds, choices: fewer };
        let decides = |other: &Ruling| {
            other.holds == ruling.holds || exclude_each_other(other, &behind_fewer)
        };
        if all.iter().all(decides) {
            kept = behind_fewer.choices;
        }
    }
    kept
}

/// What to confirm with the donor about this finding of a requirement that decides, if anything.
pub fn confirm(finding: &Finding<'_>, speaker: Speaker<'_, '_>) -> Option<String> {
    let requirement = finding.requirement;
    let asked = || required(requirement, speaker);
    let criterion = requirement.part.criterion();
    match (finding.outcome, finding.cause, finding.basis) {
        // To tell what is asked may not be enough.
        (_, Some(Cause::NotTold), _) if requirement.incomplete => {
            Some(format!("{}: the rest of the rule, which is not on record", requirement.part))
        }
        (Outcome::Met, _, Basis::Window) | (_, Some(Cause::NotTold), _) => None,
        (Outcome::Met, _, Basis::Programme) if criterion == Criterion::Sponsorship => {
            Some("whether the donor pays for posts now: only a UN list names it".to_owned())
        }
        (Outcome::Met, _, Basis::Programme) => {
            Some(format!("{}: the donor's own rule; usual is {}", requirement.part, asked()))
        }
        (Outcome::Unmet, ..) if requirement.strength == Strength::Usual => {
            Some(format!("{}: whether an exception is made from {}", requirement.part, asked()))
        }
        (Outcome::Unmet, ..) => None,
        (_, Some(Cause::ReadingsDiffer | Cause::NotOnRecord), _)
            if criterion == Criterion::Sponsorship =>
        {
            Some(sponsorship_doubt(requirement))
        }
        (_, Some(Cause::ByVacancy), _) => Some(match asked() {
            asked if asked == BY_VACANCY => format!("{}: what the vacancy asks", requirement.part),
            asked => format!("{}: what the vacancy asks ({asked})", requirement.part),
        }),
        (_, Some(Cause::ReadingsDiffer), _) => {
            Some(format!("{}: {}", requirement.part, speaker.difference(finding, true)))
        }
        (_, _, _) => Some(format!("{}: {}", requirement.part, speaker.difference(finding, false))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::ReferenceDay;

    #[test]
    fn a_point_that_only_one_reading_reaches_does_not_hide_that_the_reading_decides() {
        let day = ChoiceKey::Day(ReferenceDay::NotStated);
        let choice = |key, option| Choice { key, option, options: 2 };
        let ruling = |holds, choices: &[Choice]| Ruling { holds, choices: choices.to_vec() };
        let rulings = [
            ruling(true, &[choice(ChoiceKey::Reading, 0), choice(day, 0)]),
            ruling(true, &[choice(ChoiceKey::Reading, 0), choice(day, 1)]),
            ruling(false, &[choice(ChoiceKey::Reading, 1)]),
        ];
        let expected = [
            ruling(true, &[choice(ChoiceKey::Reading, 0)]),
            ruling(false, &[choice(ChoiceKey::Reading, 1)]),
        ];
        assert_eq!(essential(&rulings), expected);
    }

    /// Every way through points that hang on each other, at random.
    fn random_rulings(
        below: &mut impl FnMut(usize) -> usize,
        taken: &mut Vec<Choice>,
        rulings: &mut Vec<Ruling>,
    ) {
        let keys = [
            ChoiceKey::Reading,
            ChoiceKey::Day(ReferenceDay::NotStated),
            ChoiceKey::Disputed,
            ChoiceKey::Rest,
            ChoiceKey::LowestScore,
        ];
        let left: Vec<ChoiceKey> =
            keys.into_iter().filter(|key| taken.iter().all(|choice| choice.key != *key)).collect();
        if left.is_empty() || below(4) == 0 {
            rulings.push(Ruling { holds: below(2) == 0, choices: taken.clone() });
            return;
        }
        let key = left[below(left.len())];
        let options = 2 + below(2);
        for option in 0..options {
            taken.push(Choice { key, option, options });
            random_rulings(below, taken, rulings);
            taken.pop();
        }
    }

    #[test]
    fn what_is_said_to_lead_to_met_or_unmet_leads_there_whatever_else_holds() {
        let mut random = 1_u64;
        let mut below = |limit: usize| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888);
            usize::try_from(random >> 33).unwrap() % limit
        };
        let mut said = 0;
        for _ in 0..500 {
            let mut rulings = Vec::new();
            random_rulings(&mut below, &mut Vec::new(), &mut rulings);
            let Some((yes, no)) = decisive_pair(&essential(&rulings)) else {
                assert!(rulings.iter().all(|ruling| ruling.holds == rulings[0].holds));
                continue;
            };
            said += 1;
            let behind = |choices: &[Choice]| -> Vec<bool> {
                let choices = Ruling { holds: true, choices: choices.to_vec() };
                let left = rulings.iter().filter(|ruling| !exclude_each_other(ruling, &choices));
                left.map(|ruling| ruling.holds).collect()
            };
            let (met, unmet) = (behind(&yes), behind(&no));
            assert!(!met.is_empty() && met.iter().all(|holds| *holds), "{rulings:?} {yes:?}");
            assert!(!unmet.is_empty() && !unmet.iter().any(|holds| *holds), "{rulings:?} {no:?}");
        }
        assert!(said > 100, "{said}");
    }
}
