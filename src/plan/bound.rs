//! Which limits bind the choice between the windows of a plan.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::Planned;
use crate::dataset::Dataset;
use crate::engine::{self, Verdict};
use crate::profile::Profile;
use crate::rules::{Counted, Limit, LimitRule, Per};
use crate::vocabulary::{CountryCode, Text, words};

/// Whether a limit can bind a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bearing {
    /// It binds.
    Binds,
    /// It binds if windows that hang on something turn out to be open.
    MayBind,
    /// It cannot bind.
    Idle,
}

words!(Bearing { Binds => "binds", MayBind => "may_bind", Idle => "idle" });

/// A limit over windows of a plan.
#[derive(Debug, Clone)]
pub struct Bound<'a> {
    /// The limit.
    pub limit: &'a Limit,
    /// Ids of the windows of the plan that it is over, in the plan's order.
    pub windows: Vec<&'a str>,
    /// The year of the applications, where it is counted by years and their days are known.
    pub year: Option<i32>,
    /// Whether it binds.
    pub bearing: Bearing,
    /// Where a nationality stays: each one held, with the windows that it alone leaves open.
    pub serves: Vec<(CountryCode, Vec<&'a str>)>,
}

/// Every limit over two windows of a plan or more, or over the posts or hosts within one.
pub(super) fn bound<'a>(
    data: &'a Dataset,
    profile: &Profile,
    as_of: NaiveDate,
    windows: &[Planned<'a>],
) -> Vec<Bound<'a>> {
    let mut list = Vec::new();
    for (limit, over) in data.limits() {
        let is_over = |planned: &&Planned<'_>| over.iter().any(|window| window.id == planned.id());
        let over: Vec<&Planned<'a>> = windows.iter().filter(is_over).collect();
        match limit.rule {
            LimitRule::AtMost { count, of, per } => {
                for (year, over) in periods(&over, per) {
                    list.extend(counted(limit, (count, of), year, &over));
                }
            }
            LimitRule::NationalityStays if over.len() > 1 => {
                list.push(Serving { data, profile, as_of }.bound(limit, &over));
            }
            LimitRule::NationalityStays => {}
        }
    }
    let all = list.clone();
    list.retain(|bound| !is_said_better(bound, &all));
    list
}

/// Whether a donor's own limit says the same of the same windows as a programme's.
fn is_said_better(bound: &Bound<'_>, list: &[Bound<'_>]) -> bool {
    bound.limit.windows.is_empty()
        && list.iter().any(|other| {
            !other.limit.windows.is_empty()
                && other.limit.rule == bound.limit.rule
                && bound.windows.iter().all(|id| other.windows.contains(id))
        })
}

/// The windows by the years that a limit is counted in; one whose year is not known may fall into
/// any of them.
fn periods<'p, 'a>(over: &[&'p Planned<'a>], per: Per) -> Vec<(Option<i32>, Vec<&'p Planned<'a>>)> {
    let years: BTreeSet<i32> = over.iter().filter_map(|planned| year(planned)).collect();
    if per != Per::Year || years.is_empty() {
        return vec![(None, over.to_vec())];
    }
    let within = |wanted: i32| {
        let fits = |planned: &&&Planned<'_>| year(planned).is_none_or(|year| year == wanted);
        over.iter().filter(fits).copied().collect()
    };
    years.into_iter().map(|year| (Some(year), within(year))).collect()
}

/// The year of the application, where its day is known.
fn year(planned: &Planned<'_>) -> Option<i32> {
    planned.duty.map(|_| planned.assessment.timing.application.year())
}

fn counted<'a>(
    limit: &'a Limit,
    (most, of): (usize, Counted),
    period: Option<i32>,
    over: &[&Planned<'a>],
) -> Option<Bound<'a>> {
    let least = if of == Counted::Windows { 2 } else { 1 };
    if over.len() < least {
        return None;
    }
    let surely: Vec<&Planned<'_>> = over
        .iter()
        .filter(|planned| planned.is_open() && (period.is_none() || year(planned).is_some()))
        .copied()
        .collect();
    let bearing = if exceeds(&surely, of, most) {
        Bearing::Binds
    } else if exceeds(over, of, most) {
        Bearing::MayBind
    } else {
        Bearing::Idle
    };
    let windows = over.iter().map(|planned| planned.id()).collect();
    Some(Bound { limit, windows, year: period, bearing, serves: Vec::new() })
}

/// Whether one can have more than `most` of what is counted. How many posts there will be is not
/// known: there may always be more.
fn exceeds(windows: &[&Planned<'_>], of: Counted, most: usize) -> bool {
    match of {
        Counted::Posts => !windows.is_empty(),
        Counted::Windows => windows.len() > most,
        Counted::Hosts => {
            let hosts: BTreeSet<&Text> =
                windows.iter().flat_map(|planned| &planned.assessment.window.hosts).collect();
            hosts.len() > most || hosts.iter().any(|host| host.as_str() == "un-system")
        }
    }
}

/// Finds out which nationality serves in which window.
struct Serving<'s, 'a> {
    data: &'a Dataset,
    profile: &'s Profile,
    as_of: NaiveDate,
}

impl<'a> Serving<'_, 'a> {
    fn bound(&self, limit: &'a Limit, over: &[&Planned<'a>]) -> Bound<'a> {
        let held: BTreeSet<CountryCode> =
            self.profile.nationalities.iter().flatten().copied().collect();
        let told = self.profile.nationalities.is_some();
        let serves: BTreeMap<CountryCode, Vec<&'a str>> = match held.len() {
            0 | 1 => BTreeMap::new(),
            _ => held.iter().map(|code| (*code, self.left_open_by(*code, over))).collect(),
        };
        let all_of = |wanted: &[&str]| {
            serves.values().any(|served| wanted.iter().all(|id| served.contains(id)))
        };
        let windows: Vec<&'a str> = over.iter().map(|planned| planned.id()).collect();
        let surely: Vec<&str> =
            over.iter().filter(|planned| planned.is_open()).map(|planned| planned.id()).collect();
        let bearing = match held.len() {
            0 if !told => Bearing::MayBind,
            0 | 1 => Bearing::Idle,
            _ if all_of(&windows) => Bearing::Idle,
            _ if surely.len() < 2 || all_of(&surely) => Bearing::MayBind,
            _ => Bearing::Binds,
        };
        let serves = serves.into_iter().filter(|(_, served)| !served.is_empty()).collect();
        Bound { limit, windows, year: None, bearing, serves }
    }

    /// The windows that are not shut to the candidate holding that nationality alone.
    fn left_open_by(&self, nationality: CountryCode, over: &[&Planned<'a>]) -> Vec<&'a str> {
        let alone = Profile { nationalities: Some(vec![nationality]), ..self.profile.clone() };
        let is_open = |planned: &&&Planned<'a>| {
            let window = planned.assessment.window;
            let answer = engine::assess(self.data, window, &alone, self.as_of);
            answer.verdict != Verdict::Ineligible
        };
        over.iter().filter(is_open).map(|planned| planned.id()).collect()
    }
}
