//! Languages, reduced to the places between the levels that rules ask for.

use super::extend;
use crate::engine::screen::figures::{Figures, UNTOLD, low_byte};
use crate::table::Seen;
use crate::vocabulary::{LanguageLevel, Words};

/// Languages, and the levels on the further side of each limit.
#[derive(Debug, Clone, Default)]
pub(super) struct Languages {
    /// By the number of a language its place among those that rules name, counted from 1.
    places: Vec<u8>,
    /// How many languages rules name.
    named: usize,
    /// The lowest levels on the further side of each limit, lowest first.
    levels: Vec<LanguageLevel>,
    /// By level, how many of the limits it reaches.
    reached: [u8; LEVELS],
}

/// How many levels there are: how many limits are reached is written in half a byte, and is never
/// [`UNTOLD`].
const LEVELS: usize = LanguageLevel::WORDS.len();

const _: () = assert!(LEVELS < 15);

impl Languages {
    /// Tells apart also the languages with these numbers, and these levels of each language.
    pub(super) fn add(
        &mut self,
        numbers: impl IntoIterator<Item = u8>,
        levels: impl IntoIterator<Item = LanguageLevel>,
    ) {
        numbers.into_iter().for_each(|number| self.add_language(number.into()));
        extend(&mut self.levels, levels);
        for (_, level) in LanguageLevel::WORDS {
            if let Some(reached) = self.reached.get_mut(*level as usize) {
                *reached = low_byte(self.levels.iter().filter(|limit| *limit <= level).count());
            }
        }
    }

    fn add_language(&mut self, number: usize) {
        if self.places.len() <= number {
            self.places.resize(number + 1, 0);
        }
        if let Some(place) = self.places.get_mut(number).filter(|place| **place == 0) {
            self.named += 1;
            *place = low_byte(self.named);
        }
    }

    pub(super) fn join(&mut self, other: &Self) {
        let named = other.places.iter().enumerate().filter(|(_, place)| **place > 0);
        self.add(named.map(|(number, _)| low_byte(number)), other.levels.iter().copied());
    }

    /// How many languages rules name.
    pub(super) const fn len(&self) -> usize {
        self.named
    }

    /// Writes a byte for each language: how many limits are reached by the lowest and by the
    /// highest level it may be spoken at.
    pub(super) fn reduce(&self, figures: &Figures, seen: &mut Seen) {
        let Some(spoken) = &figures.spoken else { return seen.push(UNTOLD) };
        let Some(cells) = seen.zeros(self.named) else { return };
        let reached = |level: LanguageLevel| self.reached.get(level as usize).copied().unwrap_or(0);
        for skill in spoken {
            let place = self.places.get(usize::from(skill.language)).copied().unwrap_or(0);
            let Some(cell) = cells.get_mut(usize::from(place).wrapping_sub(1)) else { continue };
            let (low, high) = (*cell & 15, *cell >> 4);
            *cell = low.max(reached(skill.level.low)) | high.max(reached(skill.level.high)) << 4;
        }
    }
}
