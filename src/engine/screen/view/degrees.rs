//! Degrees, reduced to what rules tell apart about them.

use super::nations::{self, Classes};
use super::{List, cells_of, extend, write};
use crate::engine::screen::figures::{Figures, Held, UNKNOWN_FIELD, UNTOLD, low_byte};
use crate::engine::tally::Day;
use crate::table::Seen;
use crate::vocabulary::{DegreeLevel, Words};

/// What is looked at of degrees.
#[derive(Debug, Clone, Default)]
pub(super) struct Degrees {
    /// Whether some rule looks at their places alone: then none is left out.
    pub(super) of_any_kind: bool,
    /// Whether some rule asks for more than the highest the earliest.
    pub(super) asks_for_more: bool,
    /// Whether some rule takes any field.
    pub(super) any_field: bool,
    pub(super) places: Option<Classes>,
    /// The lowest levels on the further side of each limit, lowest first.
    levels: Vec<u8>,
    /// By level, how many of the limits it reaches.
    reached: [u8; LEVELS],
    /// By the number of a field its place among those that rules name, counted from 1.
    fields: Vec<u8>,
    /// How many fields rules name.
    named: usize,
    /// The first days on the further side of each limit, earliest first.
    days: Vec<Day>,
}

/// How many levels there are.
const LEVELS: usize = DegreeLevel::WORDS.len();

impl Degrees {
    pub(super) fn add(
        &mut self,
        levels: impl IntoIterator<Item = u8>,
        fields: impl IntoIterator<Item = u16>,
        days: impl IntoIterator<Item = Day>,
    ) {
        extend(&mut self.levels, levels);
        for (level, reached) in self.reached.iter_mut().enumerate() {
            *reached = low_byte(self.levels.partition_point(|limit| usize::from(*limit) <= level));
        }
        extend(&mut self.days, days);
        fields.into_iter().for_each(|field| self.add_field(field.into()));
    }

    fn add_field(&mut self, number: usize) {
        if self.fields.len() <= number {
            self.fields.resize(number + 1, 0);
        }
        if let Some(place) = self.fields.get_mut(number).filter(|place| **place == 0) {
            self.named += 1;
            *place = low_byte(self.named);
        }
    }

    pub(super) fn join(&mut self, other: &Self) {
        self.of_any_kind |= other.of_any_kind;
        self.asks_for_more |= other.asks_for_more;
        self.any_field |= other.any_field;
        self.add(other.levels.iter().copied(), [], other.days.iter().copied());
        let fields = other.fields.iter().enumerate().filter(|(_, place)| **place > 0);
        fields.for_each(|(number, _)| self.add_field(number));
        nations::join(&mut self.places, other.places.as_ref());
    }

    /// Whether it tells apart more than places.
    pub(super) fn is_many_valued(&self) -> bool {
        !self.levels.is_empty()
    }

    /// The length of its longest list of limits.
    pub(super) fn len(&self) -> usize {
        self.days.len().max(self.named)
    }

    pub(super) fn reduce(&self, figures: &Figures, seen: &mut Seen) {
        let Some(held) = &figures.degrees else { return seen.push(UNTOLD) };
        let mut cells = List::new();
        for degree in held {
            if let Some(cell) = self.cell(degree) {
                cells.push(cell);
            }
        }
        if cells.len() > 1 && !self.asks_for_more && self.places.is_none() {
            keep_the_best(&mut cells);
        }
        match self.places {
            None => write::<4>(seen, &mut cells),
            Some(_) if self.is_many_valued() => write::<6>(seen, &mut cells),
            Some(_) => {
                cells.iter_mut().for_each(|cell| *cell >>= 32);
                write::<2>(seen, &mut cells);
            }
        }
    }

    /// How a degree stands to the rules; `None` for one that none of them looks at.
    fn cell(&self, degree: &Held) -> Option<u64> {
        let level = self.reached.get(usize::from(degree.level)).copied().unwrap_or(0);
        // One that is not told may be awarded on any day.
        let [first, last] = match degree.award {
            None => [0, low_byte(self.days.len())],
            award => cells_of(&self.days, award),
        };
        let field = match degree.field {
            _ if self.named == 0 => 0,
            UNKNOWN_FIELD => UNTOLD,
            field => self.fields.get(usize::from(field)).copied().unwrap_or(0),
        };
        let is_too_low = level == 0;
        let is_too_late = usize::from(first) == self.days.len();
        let is_of_another_field = field == 0 && !self.any_field;
        if !self.of_any_kind && (is_too_low || is_too_late || is_of_another_field) {
            return None;
        }
        let [low, high] = match &self.places {
            None => [0; 2],
            Some(places) => {
                degree.country.map_or(u16::MAX, |country| places.of(country)).to_le_bytes()
            }
        };
        Some(u64::from_le_bytes([level, first, last, field, low, high, 0, 0]))
    }
}

/// Leaves out each degree that another one is as high as, and as early however their days turn
/// out.
fn keep_the_best(cells: &mut List) {
    cells.sort_unstable();
    cells.dedup();
    let all = cells.clone();
    cells.retain(|cell| {
        let [level, first, last, ..] = cell.to_le_bytes();
        let beats = |other: u64| {
            let [l, f, t, ..] = other.to_le_bytes();
            l >= level && f <= first && t <= last
        };
        !all.iter().any(|other| other != cell && beats(*other))
    });
}
