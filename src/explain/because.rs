//! Why a verdict is another one from some day on.

use chrono::NaiveDate;

use super::required::{degree_name, job_name};
use super::{Speaker, listed, required, span_of};
use crate::engine::{Because, Event};
use crate::profile::JobEnd;
use crate::rules::Leaving;
use crate::vocabulary::completed_years;

/// What comes about: `turns 33 on 2028-05-04, before the day that counts (2028-12-31)`.
///
/// `from` is the first application day that it bears on.
pub fn because(turn: &Because<'_>, from: NaiveDate, speaker: Speaker<'_, '_>) -> String {
    if turn.lapsed {
        return format!("asked no more: {}", required(turn.requirement, speaker));
    }
    if turn.events.is_empty() {
        return format!("asks from then on: {}", required(turn.requirement, speaker));
    }
    let mut counts: Vec<NaiveDate> = turn.events.iter().map(|(_, _, on)| *on).collect();
    counts.dedup();
    let texts = counts.into_iter().map(|on| {
        let events = turn.events.iter().filter(|(_, _, counted)| *counted == on);
        let mut last = on;
        let mut texts: Vec<String> = Vec::new();
        let mut amounts: Vec<&Event> = Vec::new();
        for (event, day, _) in events.clone() {
            last = *day;
            let text = speaker.event(event, *day, turn.is_sure);
            if texts.contains(&text) {
                continue;
            }
            let is_amount = matches!(event, Event::Reaches(_) | Event::Passes(_));
            // What need not be counted makes two amounts of the same work.
            let is_again = is_amount && amounts.contains(&event);
            texts.push(if is_again { format!("counted otherwise on {day}") } else { text });
            amounts.push(event);
        }
        let text = listed(&texts, "and");
        let by_year = |(event, _, _): &_| matches!(event, Event::BornTooEarly(_));
        match on {
            on if on == from || events.clone().all(by_year) => text,
            on if on == last => format!("{text}, the day that counts"),
            on => format!("{text}, before the day that counts ({on})"),
        }
    });
    texts.collect::<Vec<_>>().join("; ")
}

impl Speaker<'_, '_> {
    /// `is_sure`: what hangs on it is settled from then on.
    fn event(&self, event: &Event, day: NaiveDate, is_sure: bool) -> String {
        match event {
            Event::Turns(years) => match self.candidate.profile.birth_date {
                Some(born) if born.is_exact() => format!("turns {years} on {day}"),
                Some(born) if completed_years(born.last(), day) >= *years => {
                    format!("is {years} by {day}")
                }
                _ => format!("may turn {years} on {day}"),
            },
            Event::BornTooEarly(year) => {
                format!("born before the earliest date of birth taken in {year}")
            }
            Event::Awarded(at) => {
                format!("{} awarded {}", self.degree_at(*at), self.award(*at, day))
            }
            Event::Reaches(months) => self.amount("reach", &span_of(*months), day, is_sure),
            Event::Passes(months) => self.amount("pass", &span_of(*months), day, is_sure),
            Event::Begins(at) => format!("{} begun on {day}", self.job_at(*at)),
            Event::Ends(at) => format!("{} over on {day}", self.job_at(*at)),
            Event::TooOld(at, years) => {
                let tests = self.candidate.profile.tests.as_deref().unwrap_or_default();
                let name = tests.get(*at).map_or("test", |taken| {
                    let known = self.scene.data.languages.test(&taken.test);
                    known.map_or(taken.test.as_str(), |known| known.name.as_str())
                });
                let months = i32::try_from(12 * years).unwrap_or_default();
                format!("{name} older than {} from {day} on", span_of(months))
            }
            Event::Joins(country, group) => {
                format!(
                    "{} on the list {} from {day} on",
                    self.country(*country),
                    self.group(group)
                )
            }
            Event::Leaves(country, group, Leaving::Scheduled) => {
                format!("{} leaves the list {} on {day}", self.country(*country), self.group(group))
            }
            Event::Leaves(country, group, Leaving::Contested) => {
                let (country, group) = (self.country(*country), self.group(group));
                format!("whether {country} is on the list {group} is contested from {day} on")
            }
        }
    }

    fn degree_at(&self, at: usize) -> String {
        let degrees = self.candidate.profile.degrees.as_deref().unwrap_or_default();
        degrees
            .get(at)
            .map_or_else(|| "degree".to_owned(), |held| degree_name(held.level).to_owned())
    }

    /// The day of the award, or the time within which it lies.
    fn award(&self, at: usize, day: NaiveDate) -> String {
        let degrees = self.candidate.profile.degrees.as_deref().unwrap_or_default();
        match degrees.get(at).and_then(|held| held.awarded) {
            Some(awarded) if !awarded.is_exact() => format!("in {awarded}"),
            _ => format!("on {day}"),
        }
    }

    fn job_at(&self, at: usize) -> String {
        let jobs = self.candidate.profile.experience.as_deref().unwrap_or_default();
        jobs.get(at).map_or_else(
            || "job".to_owned(),
            |job| format!("{} from {}", job_name(job.kind), job.from),
        )
    }

    /// That the experience reaches or passes an amount: on the day, where it is told to the day,
    /// by the day at the latest, where that is sure, and else that it may.
    fn amount(&self, verb: &str, amount: &str, day: NaiveDate, is_sure: bool) -> String {
        let jobs = self.candidate.profile.experience.as_deref().unwrap_or_default();
        let ended = |end: JobEnd| match end {
            JobEnd::Ongoing => true,
            JobEnd::On(day) => day.is_exact(),
            JobEnd::NotTold => false,
        };
        let exact =
            jobs.iter().all(|job| job.from.is_exact() && ended(job.to) && job.paid.is_some());
        match (exact, is_sure) {
            (true, _) => format!("experience {verb}es {amount} on {day}"),
            (false, true) => format!("experience {verb}es {amount} by {day}"),
            (false, false) => format!("experience may {verb} {amount} on {day}"),
        }
    }

    fn group(&self, id: &str) -> String {
        let group = self.scene.data.groups.get(id);
        group.map_or_else(|| id.to_owned(), |group| format!("\"{}\"", group.name))
    }
}
