//! The sets of changes that are worth an answer.

use chrono::NaiveDate;

use super::days::DaySet;
use super::step::Step;

/// A whole set of changes, with the days it opens, the first of them and the last of those that
/// follow it without a break.
#[derive(Debug)]
pub(super) struct Set {
    pub(super) chosen: Vec<usize>,
    pub(super) steps: Vec<Step>,
    pub(super) days: DaySet,
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
}

/// Those that no other beats: with fewer changes as early, or with as many earlier; and of those
/// that ask more of the same things, none.
pub(super) fn fewest_and_earliest(mut sets: Vec<Set>) -> Vec<Set> {
    sets.sort_by(|a, b| {
        (a.chosen.len(), a.first, &a.chosen).cmp(&(b.chosen.len(), b.first, &b.chosen))
    });
    sets.dedup_by(|a, b| a.chosen == b.chosen);
    let mut front: Vec<Set> = Vec::new();
    for set in sets {
        let beaten = front.last().is_some_and(|best| {
            set.first > best.first
                || (set.first == best.first && set.chosen.len() > best.chosen.len())
        });
        if !beaten {
            front.push(set);
        }
    }
    let is_as_early = |one: &Set, other: &Set| {
        one.chosen != other.chosen
            && (one.chosen.len(), one.first) == (other.chosen.len(), other.first)
    };
    let milder = |one: &Set, other: &Set| pair_off(&one.steps, &other.steps, Step::is_at_most);
    let longer = |one: &Set, other: &Set| {
        let like = |a: &Step, b: &Step| a == b || a.is_another_country_than(b);
        one.days != other.days
            && one.days.holds_all_of(&other.days)
            && pair_off(&one.steps, &other.steps, like)
    };
    let beats = |one: &Set, other: &Set| {
        is_as_early(one, other) && (milder(one, other) || longer(one, other))
    };
    let unbeaten: Vec<bool> =
        front.iter().map(|set| !front.iter().any(|other| beats(other, set))).collect();
    front.into_iter().zip(unbeaten).filter(|(_, best)| *best).map(|(set, _)| set).collect()
}

/// Whether each of `others` has one of `steps` for itself that it goes with: a bachelor's that is
/// there anyway does not stand for a master's in another field too.
fn pair_off(
    steps: &[Step],
    others: &[Step],
    goes_with: impl Fn(&Step, &Step) -> bool + Copy,
) -> bool {
    let Some((other, left)) = others.split_first() else { return true };
    (0..steps.len()).any(|at| {
        let fits = steps.get(at).is_some_and(|step| goes_with(step, other));
        fits && {
            let mut without = steps.to_vec();
            without.remove(at);
            pair_off(&without, left, goes_with)
        }
    })
}
