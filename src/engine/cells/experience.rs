//! Cells of experience: how much there is on each side of every limit.

mod extremes;
mod line;
mod tally;

pub(super) use extremes::is_told;
pub(in crate::engine) use extremes::{job_extremes, kind_choices};
pub(in crate::engine) use tally::{Tally, beyond, reaching};

use chrono::NaiveDate;

use super::{Grain, Open, Question, Setting};
use crate::engine::calendar::Dated;
use crate::engine::person::{Person, Worked};
use crate::profile::{Job, JobEnd};
use crate::rules::{Condition, Counting, Employment, Rule, Weight};
use crate::vocabulary::{ExperienceKind, Text, Words};
use extremes::{job_of, told_extremes};
use line::DateLine;

impl Question<'_, '_> {
    pub(super) fn experience(&self, open: &mut Vec<Open>) {
        let Some(told) = &self.candidate.profile.experience else {
            return open.push(self.any_experience());
        };
        if told.iter().all(is_told) {
            return;
        }
        self.unknown_pay(told, open);
        self.unknown_employers(told, open);
        let paths = open_dates(told);
        if !paths.is_empty() {
            let values = self.job_dates(told, open);
            open.push(Open { paths, values });
        }
    }

    fn unknown_pay(&self, told: &[Job], open: &mut Vec<Open>) {
        if !self.tallies().any(|tally| tally.counting.paid_only) {
            return;
        }
        for (at, job) in told.iter().enumerate().filter(|(_, job)| job.paid.is_none()) {
            let counts = self.tallies().any(|tally| tally.counting.weight(job.kind) != Weight::Not);
            if counts && job.relevant {
                open.push(Open {
                    paths: vec![format!("experience[{at}].paid").into()],
                    values: vec![Setting::Paid(at, false), Setting::Paid(at, true)],
                });
            }
        }
    }

    fn unknown_employers(&self, told: &[Job], open: &mut Vec<Open>) {
        let asked = self.employments();
        for (at, job) in told.iter().enumerate() {
            let goes_on = |dated: Dated| {
                job.from.first() <= dated.day
                    && !matches!(job.to, JobEnd::On(to) if to.last() < dated.day)
            };
            let could_be = |e: &&&Employment| {
                job.employer.as_ref().is_none_or(|told| *told == e.employer)
                    && job.country.is_none_or(|told| told == e.country)
                    && self.scene.timing.days(e.on).into_iter().any(goes_on)
            };
            let asked: Vec<&Employment> = asked.iter().filter(could_be).copied().collect();
            if asked.is_empty() {
                continue;
            }
            if job.employer.is_none() {
                let named = asked.iter().map(|e| Setting::Employer(at, Some(e.employer.clone())));
                let values = std::iter::once(Setting::Employer(at, None)).chain(named).collect();
                let paths = vec![format!("experience[{at}].employer").into()];
                open.push(Open { paths, values });
            }
            if job.country.is_none() {
                let named = asked.iter().map(|e| Setting::JobCountry(at, Some(e.country)));
                let values = std::iter::once(Setting::JobCountry(at, None)).chain(named).collect();
                let paths = vec![format!("experience[{at}].country").into()];
                open.push(Open { paths, values });
            }
        }
    }

    pub(super) fn employments(&self) -> Vec<&Employment> {
        let named = self.rules().filter_map(|rule| match rule {
            Rule::Condition(Condition::Employed(employment)) => Some(employment),
            _ => None,
        });
        named.collect()
    }

    /// A day that no rule counts beyond: entry on duty and the next call lie before it.
    fn horizon(&self) -> NaiveDate {
        let counted = self.tallies().map(|tally| tally.until);
        let employed = self.employments().into_iter().flat_map(|e| self.scene.timing.days(e.on));
        let days = counted.chain(employed.map(|dated| dated.day));
        let far = crate::vocabulary::add_months(self.scene.as_of, 36);
        days.max().unwrap_or(far).max(far)
    }

    /// The jobs at their shortest and at their longest.
    pub(super) fn job_extremes(&self) -> Vec<Vec<Worked>> {
        let Some(told) = &self.candidate.profile.experience else {
            let kind = self.kinds().first().copied().unwrap_or(ExperienceKind::Employment);
            let longest = job_of(kind, i64::MAX, self.horizon(), self.grain.longest());
            return vec![Vec::new(), longest.into_iter().collect()];
        };
        told_extremes(told, &self.candidate.base, self.horizon()).into()
    }

    /// Dates along the lines from the shortest to the longest jobs, on both sides of every limit.
    ///
    /// The amount counted grows along a line by at most a day a step, so no amount in between is
    /// skipped. Kinds of jobs that count differently grow apart: the first job of one line is the
    /// last of the other.
    fn job_dates(&self, told: &[Job], others: &[Open]) -> Vec<Setting> {
        let mut values = Vec::new();
        for line in DateLine::new(told, self.horizon()).both_ways() {
            for value in self.dates_along(&line, told, others) {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
        }
        values
    }

    /// Where a step falls depends on the other open points; each combination of theirs has its own,
    /// and all are taken.
    fn dates_along(&self, line: &DateLine, told: &[Job], others: &[Open]) -> Vec<Setting> {
        let mut steps = vec![0, line.length()];
        for e in self.employments() {
            for dated in self.scene.timing.days(e.on) {
                steps.extend(line.steps_around(dated.day));
            }
        }
        for person in combinations(&self.candidate.base, others, 256) {
            for tally in self.tallies() {
                for kinds in kind_choices(Some(told), tally.counting) {
                    for limit in &tally.limits {
                        let reaches = |step: i64| {
                            let mut person = person.clone();
                            Setting::JobDates(line.at(step)).apply(&mut person);
                            tally.reaches(&person, *limit, &mut |kind| kinds.contains(&kind))
                        };
                        if let Some(first) = line.first_that(reaches) {
                            steps.extend([first - 1, first]);
                        }
                    }
                }
            }
        }
        steps.retain(|step| (0..=line.length()).contains(step));
        steps.sort_unstable();
        steps.dedup();
        steps.into_iter().map(|step| Setting::JobDates(line.at(step))).collect()
    }

    /// Not told at all: none, and an amount on each side of every limit up to every day, of each
    /// kind that rules count differently, alone or beside a job of another such kind; each with no
    /// employer that a rule names, with one of them, and with all.
    fn any_experience(&self) -> Open {
        let (kinds, amounts) = (self.kinds(), self.amounts());
        let mut counted = vec![Vec::new()];
        for end in self.ends() {
            let jobs: Vec<Worked> = kinds
                .iter()
                .flat_map(|kind| amounts.iter().map(|amount| (*kind, *amount)))
                .filter_map(|(kind, amount)| job_of(kind, amount, end, self.grain.longest()))
                .collect();
            counted.extend(jobs.iter().map(|job| vec![job.clone()]));
            if self.grain == Grain::Fine && self.tallies().any(|t| t.counting.paid_only) {
                counted.extend(jobs.iter().map(|job| vec![Worked { paid: false, ..job.clone() }]));
            }
            if self.grain == Grain::Fine {
                continue;
            }
            for (at, job) in jobs.iter().enumerate() {
                let beside = jobs.iter().take(at).filter(|other| other.kind != job.kind);
                counted.extend(beside.map(|other| vec![other.clone(), job.clone()]));
            }
        }
        let mut values = Vec::new();
        for employed in self.employed() {
            let with = |jobs: &Vec<Worked>| [jobs.as_slice(), employed.as_slice()].concat();
            values.extend(counted.iter().map(with).map(Setting::Jobs));
        }
        let paths = vec!["experience".into()];
        Open { paths, values }
    }

    /// The days up to which rules count, and one behind all of them.
    fn ends(&self) -> Vec<NaiveDate> {
        let mut ends: Vec<NaiveDate> = self.tallies().map(|tally| tally.until).collect();
        ends.extend(self.horizon().succ_opt());
        ends.sort_unstable();
        ends.dedup();
        ends
    }

    /// The amounts on both sides of every limit, once for work that counts fully and once for
    /// work that counts by half.
    fn amounts(&self) -> Vec<i64> {
        let mut amounts = vec![i64::MAX];
        for tally in self.tallies() {
            let halves = tally.counting.weights.contains(&Weight::Half);
            for limit in tally.limits {
                amounts.extend([limit - 1000, limit]);
                if halves {
                    amounts.extend([limit * 2 - 1000, limit * 2]);
                }
            }
        }
        amounts.sort_unstable();
        amounts.dedup();
        amounts
    }

    /// One kind of each way to be counted; the one that counts fully where that is all that
    /// matters, since there is but one way of counting.
    fn kinds(&self) -> Vec<ExperienceKind> {
        let mut countings: Vec<&Counting> = Vec::new();
        for tally in self.tallies() {
            if !countings.iter().any(|known| known.weights == tally.counting.weights) {
                countings.push(tally.counting);
            }
        }
        let weights = |kind: ExperienceKind| -> Vec<Weight> {
            countings.iter().map(|counting| counting.weight(kind)).collect()
        };
        let mut kinds: Vec<ExperienceKind> = Vec::new();
        for (_, kind) in ExperienceKind::WORDS {
            if !kinds.iter().any(|known| weights(*known) == weights(*kind)) {
                kinds.push(*kind);
            }
        }
        let full = kinds.iter().copied().find(|kind| weights(*kind) == [Weight::Full]);
        match full {
            Some(kind) if self.requirements.len() == 1 && self.grain != Grain::Fine => vec![kind],
            _ => kinds,
        }
    }

    /// Lifelong jobs that count for nothing but their employer: none, one, all.
    fn employed(&self) -> Vec<Vec<Worked>> {
        let jobs: Vec<Worked> = self
            .employments()
            .into_iter()
            .filter_map(|asked| {
                let job = job_of(
                    ExperienceKind::Employment,
                    i64::MAX,
                    self.horizon(),
                    self.grain.longest(),
                )?;
                let (employer, country) = (Some(asked.employer.clone()), Some(asked.country));
                Some(Worked { to: None, relevant: false, employer, country, ..job })
            })
            .collect();
        let mut sets: Vec<Vec<Worked>> = vec![Vec::new()];
        sets.extend(jobs.iter().map(|job| vec![job.clone()]));
        if jobs.len() > 1 {
            sets.push(jobs);
        }
        sets
    }
}

/// The paths of the dates that are not told to the day.
fn open_dates(told: &[Job]) -> Vec<Text> {
    let mut paths = Vec::new();
    for (at, job) in told.iter().enumerate() {
        if !job.from.is_exact() {
            paths.push(format!("experience[{at}].from").into());
        }
        match job.to {
            JobEnd::NotTold => paths.push(format!("experience[{at}].to").into()),
            JobEnd::On(to) if !to.is_exact() => paths.push(format!("experience[{at}].to").into()),
            JobEnd::On(_) | JobEnd::Ongoing => {}
        }
    }
    paths
}

/// Persons with every combination of `open`'s values, the first `most` of them.
pub(crate) fn combinations(base: &Person, open: &[Open], most: usize) -> Vec<Person> {
    let mut persons = vec![base.clone()];
    for point in open {
        let mut next = Vec::new();
        for person in &persons {
            for value in &point.values {
                let mut person = person.clone();
                value.apply(&mut person);
                next.push(person);
            }
        }
        next.truncate(most);
        persons = next;
    }
    persons
}
