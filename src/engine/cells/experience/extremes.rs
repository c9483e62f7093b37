//! The least and the most work that a profile allows.

use chrono::{NaiveDate, TimeDelta};

use super::line::DateLine;
use crate::engine::cells::Setting;
use crate::engine::person::{Candidate, Person, Worked};
use crate::profile::{Job, JobEnd};
use crate::rules::{Counting, Weight};
use crate::vocabulary::{ExperienceKind, Words};

/// Of more jobs than these, pay that is not told is not filled in one by one.
const MOST_PAY: usize = 6;

/// Whether nothing about a job is open.
pub(in crate::engine::cells) fn is_told(job: &Job) -> bool {
    let ended = match job.to {
        JobEnd::Ongoing => true,
        JobEnd::On(to) => to.is_exact(),
        JobEnd::NotTold => false,
    };
    let place_told = job.employer.is_some() && job.country.is_some();
    job.from.is_exact() && ended && job.paid.is_some() && place_told
}

/// Every choice of the kinds that an organisation judges, among those that are there; all kinds
/// can be where nothing is told.
pub(in crate::engine) fn kind_choices(
    told: Option<&[Job]>,
    counting: &Counting,
) -> Vec<Vec<ExperienceKind>> {
    let mut sets = vec![Vec::new()];
    for (_, kind) in ExperienceKind::WORDS {
        let judged = counting.weight(*kind) == Weight::MayCount;
        if judged && told.is_none_or(|told| told.iter().any(|job| job.kind == *kind)) {
            let with: Vec<Vec<ExperienceKind>> =
                sets.iter().map(|set| [set.as_slice(), &[*kind]].concat()).collect();
            sets.extend(with);
        }
    }
    sets
}

/// The jobs at their shortest and at their longest; pay that is not told counts in the longest.
pub(super) fn told_extremes(told: &[Job], base: &Person, horizon: NaiveDate) -> [Vec<Worked>; 2] {
    let line = DateLine::new(told, horizon);
    [(0, false), (line.length(), true)].map(|(at, is_longest)| {
        let mut person = Person { jobs: base.jobs.clone(), ..Person::default() };
        Setting::JobDates(line.at(at)).apply(&mut person);
        for (job, told) in person.jobs.iter_mut().zip(told) {
            job.paid = told.paid.unwrap_or(is_longest);
            if is_longest && told.to == JobEnd::NotTold {
                // On whatever day it is counted up to.
                job.to = None;
            }
        }
        person.jobs
    })
}

/// The jobs at their shortest and at their longest up to `horizon`, with every way to fill in pay
/// that is not told; where no job is told, one of each kind that never began and never ends.
pub(in crate::engine) fn job_extremes(
    candidate: &Candidate<'_>,
    horizon: NaiveDate,
) -> Vec<Vec<Worked>> {
    let Some(told) = &candidate.profile.experience else {
        let kinds = ExperienceKind::WORDS.iter().map(|(_, kind)| *kind);
        let for_ever = |kind| {
            let job = job_of(kind, 1000, horizon, 1)?;
            Some(vec![Worked { from: NaiveDate::MIN, to: None, ..job }])
        };
        return kinds.filter_map(for_ever).collect();
    };
    if told.iter().all(is_told) {
        return vec![candidate.base.jobs.clone()];
    }
    let mut sets: Vec<Vec<Worked>> =
        told_extremes(told, &candidate.base, horizon).into_iter().collect();
    let unpaid = told.iter().enumerate().filter(|(_, job)| job.paid.is_none());
    for (at, _) in unpaid.take(MOST_PAY) {
        let other: Vec<Vec<Worked>> = sets
            .iter()
            .cloned()
            .map(|mut jobs| {
                if let Some(job) = jobs.get_mut(at) {
                    job.paid = !job.paid;
                }
                jobs
            })
            .collect();
        sets.extend(other);
    }
    let mut distinct: Vec<Vec<Worked>> = Vec::new();
    for set in sets {
        if !distinct.contains(&set) {
            distinct.push(set);
        }
    }
    distinct
}

/// One full-time paid job of that amount up to the day `end`, of at most `longest` years; `None` for
/// no amount at all.
pub(super) fn job_of(
    kind: ExperienceKind,
    amount: i64,
    end: NaiveDate,
    longest: i64,
) -> Option<Worked> {
    let days = (amount.saturating_add(999) / 1000).clamp(0, 365 * longest);
    (days > 0).then(|| Worked {
        kind,
        from: end - TimeDelta::days(days - 1),
        to: Some(end),
        share: 1000,
        paid: true,
        country: None,
        relevant: true,
        employer: None,
    })
}
