//! Countries, reduced to the classes that rules tell apart.

use std::collections::BTreeMap;

use super::{List, write};
use crate::engine::screen::figures::UNTOLD;
use crate::profile::Profile;
use crate::table::Seen;
use crate::vocabulary::CountryCode;

/// Countries, each with the number of its class; those that no rule names are of class 0.
#[derive(Debug, Clone)]
pub(super) struct Classes {
    of: Vec<u16>,
}

impl Classes {
    pub(super) fn none() -> Self {
        Self { of: vec![0; CountryCode::COUNT] }
    }

    pub(super) fn of(&self, country: CountryCode) -> u16 {
        self.of.get(country.number()).copied().unwrap_or(0)
    }

    /// Tells `countries` apart also by what `sign` says of them.
    pub(super) fn refine<T: Ord>(
        &mut self,
        countries: &[CountryCode],
        sign: impl Fn(CountryCode) -> Option<T>,
    ) {
        let mut numbers: BTreeMap<(u16, Option<T>), u16> = BTreeMap::new();
        numbers.insert((0, None), 0);
        for country in countries {
            let key = (self.of(*country), sign(*country));
            let next = u16::try_from(numbers.len()).unwrap_or(u16::MAX);
            let number = *numbers.entry(key).or_insert(next);
            if let Some(class) = self.of.get_mut(country.number()) {
                *class = number;
            }
        }
    }

    /// The classes of the nationalities, a bit each, but for the class of those that no rule names;
    /// `None` if they are not told or a class has a higher number than there are bits.
    pub(super) fn held(&self, profile: &Profile) -> Option<u8> {
        profile.nationalities.as_ref()?.iter().try_fold(0, |bits, country| {
            match self.of(*country).checked_sub(1) {
                None => Some(bits),
                Some(place) => Some(bits | 1_u8.checked_shl(place.into())?),
            }
        })
    }

    /// Writes the classes of the nationalities.
    pub(super) fn reduce_nationalities(&self, profile: &Profile, seen: &mut Seen) {
        let Some(held) = &profile.nationalities else { return seen.push(UNTOLD) };
        let mut classes = List::new();
        for country in held {
            match self.of(*country) {
                0 => {}
                class => classes.push(class.into()),
            }
        }
        write::<2>(seen, &mut classes);
    }

    /// Writes the classes of the countries lived in, and whether for good.
    pub(super) fn reduce_residences(&self, profile: &Profile, seen: &mut Seen) {
        let Some(lives) = &profile.residences else { return seen.push(UNTOLD) };
        let mut named = List::new();
        for residence in lives {
            let class = u64::from(self.of(residence.country));
            if class != 0 {
                let permanent = residence.permanent.map_or(UNTOLD, u8::from);
                named.push(class | u64::from(permanent) << 16);
            }
        }
        write::<3>(seen, &mut named);
    }
}

/// Tells countries apart also as other classes do.
pub(super) fn join(own: &mut Option<Classes>, other: Option<&Classes>) {
    let Some(other) = other else { return };
    let own = own.get_or_insert_with(Classes::none);
    let mut numbers = BTreeMap::from([((0, 0), 0)]);
    for (own, other) in own.of.iter_mut().zip(&other.of) {
        let next = u16::try_from(numbers.len()).unwrap_or(u16::MAX);
        *own = *numbers.entry((*own, *other)).or_insert(next);
    }
}
