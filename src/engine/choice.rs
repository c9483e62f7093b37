//! What the pages leave open, walked through reading by reading.

use crate::rules::ReferenceDay;
use crate::vocabulary::{CountryCode, ExperienceKind, LanguageLevel};

use super::outcome::Cause;

/// One point that a rule leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChoiceKey {
    /// Which reading of the page.
    Reading,
    /// Which day a reference day means.
    Day(ReferenceDay),
    /// What a word for a level means, by its usual meaning.
    Level(LanguageLevel),
    /// Whether a kind of experience counts.
    Kind(ExperienceKind),
    /// Whether a contested end of membership has come about.
    Contested(CountryCode),
    /// Which of contradicting sources on the sponsorship is right.
    Disputed,
    /// Whether a country belongs to a list that is not on record.
    Uncertain(CountryCode),
    /// What a rule says that is not on record.
    NotOnRecord,
    /// The rest of a rule of which only a part is on record.
    Rest,
    /// The lowest score of a test that is not on record.
    LowestScore,
    /// What the vacancy says.
    Vacancy,
    /// Whether the vacancy takes a path, by its place in the list.
    PathVacancy(usize),
}

impl ChoiceKey {
    /// The cause that an outcome hanging on it has.
    pub const fn cause(self) -> Cause {
        match self {
            Self::Reading
            | Self::Day(_)
            | Self::Level(_)
            | Self::Kind(_)
            | Self::Contested(_)
            | Self::Disputed => Cause::ReadingsDiffer,
            Self::Uncertain(_) | Self::NotOnRecord | Self::Rest | Self::LowestScore => {
                Cause::NotOnRecord
            }
            Self::Vacancy | Self::PathVacancy(_) => Cause::ByVacancy,
        }
    }
}

/// A point with the option taken; option 0 is the candidate's better one wherever there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The point.
    pub key: ChoiceKey,
    /// The option, counted from 0.
    pub option: usize,
    /// How many options there are.
    pub options: usize,
}

/// The outcome of a rule in one reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// Whether it holds.
    pub holds: bool,
    /// The options that were taken on the way.
    pub choices: Vec<Choice>,
}

/// Takes options along a prescribed way, then the first of each further point.
#[derive(Debug, Default)]
pub(super) struct Choices {
    taken: Vec<Choice>,
    prescribed: usize,
    reached: usize,
}

impl Choices {
    /// Takes an option of `key`; the same point gives the same option throughout one run.
    pub(super) fn take(&mut self, key: ChoiceKey, options: usize) -> usize {
        if options <= 1 {
            return 0;
        }
        if let Some(choice) = self.taken.iter().take(self.reached).find(|c| c.key == key) {
            return choice.option;
        }
        if self.reached >= self.prescribed {
            self.taken.truncate(self.reached);
            self.taken.push(Choice { key, option: 0, options });
        }
        self.reached += 1;
        self.taken.get(self.reached - 1).map_or(0, |choice| choice.option)
    }

    /// Whether the better option of a point with two is taken.
    pub(super) fn is_better(&mut self, key: ChoiceKey) -> bool {
        self.take(key, 2) == 0
    }

    /// Moves on to the next way; `false` when all have been walked.
    fn advance(&mut self) -> bool {
        self.taken.truncate(self.reached);
        while let Some(last) = self.taken.last_mut() {
            if last.option + 1 < last.options {
                last.option += 1;
                self.prescribed = self.taken.len();
                self.reached = 0;
                return true;
            }
            self.taken.pop();
        }
        false
    }
}

/// Runs `rule` once for every way through the points that it reaches, until `see`, which is shown
/// each outcome with the options taken, has seen enough and says so by `false`.
pub(super) fn walk_readings(
    rule: impl FnMut(&mut Choices) -> bool,
    see: impl FnMut(bool, &[Choice]) -> bool,
) {
    walk_readings_in(&mut Choices::default(), rule, see);
}

/// The same in the room of earlier `choices`, which are forgotten.
pub(super) fn walk_readings_in(
    choices: &mut Choices,
    mut rule: impl FnMut(&mut Choices) -> bool,
    mut see: impl FnMut(bool, &[Choice]) -> bool,
) {
    choices.taken.clear();
    (choices.prescribed, choices.reached) = (0, 0);
    loop {
        let holds = rule(choices);
        let taken = choices.taken.get(..choices.reached).unwrap_or_default();
        if !see(holds, taken) || !choices.advance() {
            return;
        }
    }
}

/// The outcome of `rule` for every way through the points that it reaches.
pub(super) fn every_reading(rule: impl FnMut(&mut Choices) -> bool) -> Vec<Ruling> {
    // Mostly there is one.
    let mut rulings = Vec::with_capacity(1);
    walk_readings(rule, |holds, taken| {
        rulings.push(Ruling { holds, choices: taken.to_vec() });
        true
    });
    rulings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_through_the_points_that_are_reached_is_walked_once() {
        let mut seen = Vec::new();
        let rulings = every_reading(|choices| {
            let first = choices.take(ChoiceKey::Reading, 3);
            let second = if first == 1 { 9 } else { choices.take(ChoiceKey::Vacancy, 2) };
            seen.push((first, second));
            first == 1
        });
        assert_eq!(seen, [(0, 0), (0, 1), (1, 9), (2, 0), (2, 1)]);
        assert_eq!(rulings.iter().filter(|ruling| ruling.holds).count(), 1);
    }

    #[test]
    fn a_point_met_twice_has_one_option() {
        let rulings = every_reading(|choices| {
            choices.take(ChoiceKey::Reading, 2) == choices.take(ChoiceKey::Reading, 2)
        });
        assert_eq!(rulings.len(), 2);
        assert!(rulings.iter().all(|ruling| ruling.holds));
    }

    #[test]
    fn a_rule_that_leaves_nothing_open_is_asked_once() {
        assert_eq!(every_reading(|_| true).len(), 1);
    }
}
