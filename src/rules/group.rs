//! Country groups with dated and contested membership.

use std::ops::{Deref, Range};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::vocabulary::{CountryCode, Packed, Text, words};

/// How an end of membership stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Leaving {
    /// Decided: outside from that day.
    Scheduled,
    /// Disputed: from that day there are two readings.
    Contested,
}

words!(Leaving { Scheduled => "scheduled", Contested => "contested" });

/// One country's membership of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Membership {
    /// The first day inside, if it is on record.
    pub from: Option<NaiveDate>,
    /// The first day outside, if there is one.
    pub leaves: Option<(NaiveDate, Leaving)>,
    /// Whether it is on record at all that the country is a member.
    pub certain: bool,
    /// Why, in one sentence.
    pub note: Option<Text>,
    /// Ids of the sources.
    pub sources: Vec<Text>,
}

impl Membership {
    /// Whether both hold at the same times, as surely.
    fn decides_like(&self, other: &Self) -> bool {
        (self.from, self.leaves, self.certain) == (other.from, other.leaves, other.certain)
    }
}

/// A group of countries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Group {
    /// Its id.
    pub id: Text,
    /// Its name in sentences.
    pub name: Text,
    /// What it is.
    pub about: Option<Text>,
    /// Whether a country that is not named is surely outside.
    pub complete: bool,
    /// Ids of the sources of the list, those of included groups among them.
    pub sources: Vec<Text>,
    /// The members, sorted by country, those of included groups among them. A country can be
    /// here several times, once for each group it comes from: being inside by one of them is
    /// enough.
    pub members: Members,
}

/// The memberships of a group, sorted by country.
///
/// They stay packed until one is looked at: most countries are in few groups, and which ones a
/// group names is known without.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Members {
    /// The codes, one behind the other, as often as there are memberships.
    codes: Text,
    list: Packed<Vec<(CountryCode, Membership)>>,
}

impl From<Vec<(CountryCode, Membership)>> for Members {
    fn from(mut list: Vec<(CountryCode, Membership)>) -> Self {
        list.sort_by_key(|(country, _)| *country);
        let codes: String = list.iter().map(|(country, _)| country.as_str()).collect();
        Self { codes: codes.into(), list: list.into() }
    }
}

impl Deref for Members {
    type Target = [(CountryCode, Membership)];

    fn deref(&self) -> &Self::Target {
        &self.list
    }
}

impl<'a> IntoIterator for &'a Members {
    type Item = &'a (CountryCode, Membership);
    type IntoIter = std::slice::Iter<'a, (CountryCode, Membership)>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Members {
    /// Every membership of `country`.
    fn of(&self, country: CountryCode) -> &[(CountryCode, Membership)] {
        let places = self.places(country);
        if places.is_empty() {
            return &[];
        }
        self.list.get(places).unwrap_or_default()
    }

    fn places(&self, country: CountryCode) -> Range<usize> {
        let (codes, _) = self.codes.as_bytes().as_chunks();
        let code = country.letters();
        let start = codes.partition_point(|member| *member < code);
        let behind = codes.get(start..).unwrap_or_default();
        start..start + behind.iter().take_while(|member| **member == code).count()
    }
}

impl Group {
    /// Every country that is named, once, sorted.
    pub fn countries(&self) -> impl Iterator<Item = CountryCode> {
        let by_country = self.members.chunk_by(|(one, _), (other, _)| one == other);
        by_country.filter_map(<[_]>::first).map(|(country, _)| *country)
    }

    /// Whether `country` is a member on some day, or is not surely outside on all.
    pub fn may_have(&self, country: CountryCode) -> bool {
        !self.complete || !self.members.places(country).is_empty()
    }

    /// Every membership of `country`.
    pub fn memberships(&self, country: CountryCode) -> &[(CountryCode, Membership)] {
        self.members.of(country)
    }

    /// Whether it has the same members at all times, as surely; sources and words aside.
    pub fn decides_like(&self, other: &Self) -> bool {
        let mut pairs = self.members.iter().zip(&other.members);
        self.complete == other.complete
            && self.members.len() == other.members.len()
            && pairs.all(|((one, a), (two, b))| one == two && a.decides_like(b))
    }
}
