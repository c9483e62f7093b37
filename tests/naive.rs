//! A slow second opinion: the meaning of rules written down again from their definitions, asked
//! completion by completion and reading by reading.
//!
//! Nothing here calls the engine. Whatever is not told is completed from vocabularies that are
//! finer than any limit of the rules asked: every day of a partial date, every level of a ladder,
//! every subset of the countries in play. Whatever the pages leave open is tried option by option.

mod completions;
mod meaning;

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};
use jpo_check::dataset::Dataset;
use jpo_check::engine::{Cause, Outcome, Verdict};
use jpo_check::profile::Profile;
use jpo_check::rules::{
    Basis, Part, ReferenceDay, Requirement, Rule, Sponsorship, Strength, Window,
};
use jpo_check::vocabulary::{CountryCode, ExperienceKind, LanguageLevel, Text};

use completions::{Slot, Slots};

/// A complete candidate.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) birth: NaiveDate,
    pub(crate) nationalities: Vec<CountryCode>,
    pub(crate) residences: Vec<(CountryCode, bool)>,
    pub(crate) degrees: Vec<Held>,
    pub(crate) jobs: Vec<Worked>,
    pub(crate) languages: Vec<(jpo_check::vocabulary::LanguageCode, LanguageLevel)>,
    pub(crate) tests: Vec<(Text, f64, NaiveDate)>,
    pub(crate) facts: std::collections::BTreeMap<Text, jpo_check::profile::Answer>,
}

/// A degree in full.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) level: jpo_check::vocabulary::DegreeLevel,
    pub(crate) field: Option<Text>,
    pub(crate) country: CountryCode,
    pub(crate) awarded: NaiveDate,
}

/// A job in full.
#[derive(Debug, Clone)]
pub(crate) struct Worked {
    pub(crate) kind: ExperienceKind,
    pub(crate) from: NaiveDate,
    pub(crate) to: Option<NaiveDate>,
    pub(crate) share: i64,
    pub(crate) paid: bool,
    pub(crate) country: CountryCode,
    pub(crate) relevant: bool,
    pub(crate) employer: Option<Text>,
}

/// The three days of an application from which every reference day follows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Days3 {
    pub(crate) application: NaiveDate,
    pub(crate) opens: NaiveDate,
    pub(crate) closes: NaiveDate,
}

/// A point that a page leaves open.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Point {
    Reading,
    Day(ReferenceDay),
    Word(Text),
    Kind(ExperienceKind),
    Contested(CountryCode),
    Uncertain(CountryCode),
    Disputed,
    NotOnRecord,
    Rest,
    LowestScore,
    Vacancy,
    Path(usize),
}

impl Point {
    fn is_of_the_vacancy(&self) -> bool {
        matches!(self, Self::Vacancy | Self::Path(_))
    }

    fn is_off_the_record(&self) -> bool {
        matches!(self, Self::NotOnRecord | Self::Rest | Self::LowestScore | Self::Uncertain(_))
    }
}

/// An option for every open point; option 0 of a yes/no point is the kind one.
pub(crate) type Way = Vec<(Point, usize)>;

/// The answer for one window.
#[derive(Debug)]
pub(crate) struct Judgement {
    /// Outcome and cause of every requirement in force, in no particular order, with its place.
    pub(crate) outcomes: Vec<(Requirement, Outcome, Option<Cause>)>,
    pub(crate) verdict: Verdict,
}

/// What can come of a requirement for one complete person over all readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reach {
    holds_somewhere: bool,
    fails_somewhere: bool,
}

/// Judges one window; `None` if there are more than `most` completions or readings to try.
pub(crate) fn judge(
    data: &Dataset,
    window: &Window,
    profile: &Profile,
    as_of: NaiveDate,
    most: usize,
) -> Option<Judgement> {
    let days = days_of(window, as_of);
    let requirements = in_force(data, window, &days);
    let slots = Slots::new(data, &requirements, profile, &days, as_of, most)?;
    let tables = tabulate(data, &requirements, &slots, &days, most)?;
    let mut outcomes = judged(&requirements);
    for Table { requirement, reaches, causes, .. } in &tables {
        let (outcome, cause) = outcome(reaches, causes);
        outcomes.push((requirement.clone(), outcome, cause));
    }
    let shut = nobody_passes(&tables, &slots);
    let verdict = verdict(&outcomes, shut);
    Some(Judgement { outcomes, verdict })
}

/// What comes of a requirement in every completion of the slots that it reads.
struct Table {
    requirement: Requirement,
    read: Vec<Slot>,
    reaches: Vec<Reach>,
    causes: Vec<Cause>,
}

fn tabulate(
    data: &Dataset,
    requirements: &[Requirement],
    slots: &Slots,
    days: &Days3,
    most: usize,
) -> Option<Vec<Table>> {
    let mut tables = Vec::new();
    for requirement in requirements.iter().filter(|requirement| !is_judged(requirement)) {
        let ways = meaning::ways(requirement, data, days, &slots.countries(), &slots.kinds());
        let read = completions::reads(requirement);
        if slots.count(&read) * ways.len() > most {
            return None;
        }
        let mut causes = Vec::new();
        let reaches = slots
            .persons(&read)
            .map(|person| {
                let is_met = |way| meaning::is_met(requirement, &person, way, data, days);
                let rulings: Vec<bool> = ways.iter().map(is_met).collect();
                causes.push(cause_in_the_pages(&ways, &rulings));
                Reach {
                    holds_somewhere: rulings.contains(&true),
                    fails_somewhere: rulings.contains(&false),
                }
            })
            .collect();
        tables.push(Table { requirement: requirement.clone(), read, reaches, causes });
    }
    Some(tables)
}

/// The requirements that only people can weigh.
fn judged(requirements: &[Requirement]) -> Vec<(Requirement, Outcome, Option<Cause>)> {
    let judged = requirements.iter().filter(|requirement| is_judged(requirement));
    judged.map(|r| (r.clone(), Outcome::Unknown, Some(Cause::ToBeJudged))).collect()
}

/// The parts of a profile that can change the answer of one window: of two who tell all the rest
/// alike, one who does not tell the part and one who does are answered differently. `None` if
/// there are more than `most` completions or readings to try.
pub(crate) fn parts_that_matter(
    data: &Dataset,
    window: &Window,
    profile: &Profile,
    as_of: NaiveDate,
    most: usize,
) -> Option<BTreeSet<Text>> {
    let days = days_of(window, as_of);
    let requirements = in_force(data, window, &days);
    let slots = Slots::new(data, &requirements, profile, &days, as_of, most)?;
    let tables = tabulate(data, &requirements, &slots, &days, most)?;
    let judged = judged(&requirements);
    let read: BTreeSet<Slot> = requirements.iter().flat_map(completions::reads).collect();
    let read: Vec<Slot> = read.into_iter().collect();
    let among = |completions: &[Vec<usize>]| {
        let mut outcomes = judged.clone();
        let mut passes = vec![true; completions.len()];
        for Table { requirement, read: own, reaches, causes } in &tables {
            let rows: Vec<usize> = completions.iter().map(|c| slots.row(own, &read, c)).collect();
            let reaches: Vec<Reach> = rows.iter().map(|row| reaches[*row]).collect();
            let causes: Vec<Cause> = rows.iter().map(|row| causes[*row]).collect();
            let (outcome, cause) = outcome(&reaches, &causes);
            outcomes.push((requirement.clone(), outcome, cause));
            for (passes, reach) in passes.iter_mut().zip(&reaches) {
                *passes &= reach.holds_somewhere || requirement.strength != Strength::Required;
            }
        }
        verdict(&outcomes, !passes.contains(&true))
    };
    let mut parts = BTreeSet::new();
    for (at, slot) in read.iter().enumerate() {
        let differs = slots.indices(&read).filter(|completion| completion[at] == 0).any(|first| {
            let with = |value: usize| {
                let mut completion = first.clone();
                completion[at] = value;
                completion
            };
            let line: Vec<Vec<usize>> =
                (0..slots.count(std::slice::from_ref(slot))).map(with).collect();
            let untold = among(&line);
            line.iter().any(|told| among(std::slice::from_ref(told)) != untold)
        });
        if differs {
            parts.insert(slot.path());
        }
    }
    Some(parts)
}

fn outcome(table: &[Reach], causes: &[Cause]) -> (Outcome, Option<Cause>) {
    let holds = table.iter().any(|reach| reach.holds_somewhere);
    let fails = table.iter().any(|reach| reach.fails_somewhere);
    match (holds, fails) {
        (true, false) => return (Outcome::Met, None),
        (false, true) => return (Outcome::Unmet, None),
        _ => {}
    }
    if table.iter().any(|reach| *reach != table[0]) {
        return (Outcome::Unknown, Some(Cause::NotTold));
    }
    // No fact makes a difference to the outcome: what is left is a matter of the pages, and of
    // the most stubborn one where a fact makes a difference to that.
    let order = [Cause::ReadingsDiffer, Cause::NotOnRecord, Cause::ByVacancy];
    (Outcome::Unknown, order.into_iter().find(|cause| causes.contains(cause)))
}

/// What an outcome that differs between readings hangs on, for one complete person.
fn cause_in_the_pages(ways: &[Way], rulings: &[bool]) -> Cause {
    let always_met_if_kind = |kind: &dyn Fn(&Point) -> bool| {
        ways.iter().zip(rulings).all(|(way, holds)| {
            *holds || way.iter().any(|(point, option)| kind(point) && *option != 0)
        })
    };
    if always_met_if_kind(&Point::is_of_the_vacancy) {
        return Cause::ByVacancy;
    }
    // The same in every point but the readings, and yet another outcome?
    let is_reading = |point: &Point| !(point.is_of_the_vacancy() || point.is_off_the_record());
    let same_elsewhere =
        |one: &Way, two: &Way| one.iter().zip(two).all(|(a, b)| is_reading(&a.0) || a == b);
    let judged: Vec<(&Way, &bool)> = ways.iter().zip(rulings).collect();
    let by_reading = judged.iter().any(|(one, holds)| {
        judged.iter().any(|(two, other)| holds != other && same_elsewhere(one, two))
    });
    if by_reading { Cause::ReadingsDiffer } else { Cause::NotOnRecord }
}

/// Whether every completion misses some required requirement in all of its readings.
fn nobody_passes(tables: &[Table], slots: &Slots) -> bool {
    let required: Vec<&Table> =
        tables.iter().filter(|table| table.requirement.strength == Strength::Required).collect();
    let read: BTreeSet<Slot> = required.iter().flat_map(|table| table.read.clone()).collect();
    let read: Vec<Slot> = read.into_iter().collect();
    !slots.indices(&read).any(|completion| {
        required
            .iter()
            .all(|table| table.reaches[slots.row(&table.read, &read, &completion)].holds_somewhere)
    })
}

fn verdict(outcomes: &[(Requirement, Outcome, Option<Cause>)], shut: bool) -> Verdict {
    if shut {
        return Verdict::Ineligible;
    }
    let weighty: Vec<_> = outcomes
        .iter()
        .filter(|(r, _, _)| matches!(r.strength, Strength::Required | Strength::Usual))
        .collect();
    let own = |requirement: &Requirement| {
        requirement.basis == Basis::Window
            && !requirement
                .readings
                .iter()
                .any(|reading| reading.rule == Rule::Sponsorship(Sponsorship::Listed))
    };
    let all_met = weighty.iter().all(|(_, outcome, _)| *outcome == Outcome::Met);
    if all_met && weighty.iter().all(|(requirement, _, _)| own(requirement)) {
        return Verdict::Eligible;
    }
    let settled = |outcome: &Outcome, cause: &Option<Cause>| {
        *outcome == Outcome::Met || *cause == Some(Cause::ByVacancy)
    };
    if weighty.iter().all(|(_, outcome, cause)| settled(outcome, cause)) {
        return Verdict::Likely;
    }
    Verdict::Undetermined
}

fn is_judged(requirement: &Requirement) -> bool {
    requirement.strength == Strength::Judged
        || requirement.readings.iter().any(|reading| matches!(reading.rule, Rule::Text(_)))
}

/// The days of an application: of the call that is open, else of the next one, else `as_of`.
fn days_of(window: &Window, as_of: NaiveDate) -> Days3 {
    let of = |application, opens, closes| Days3 { application, opens, closes };
    for call in &window.calls {
        if call.opens <= as_of && as_of <= call.closes {
            return of(as_of, call.opens, call.closes);
        }
    }
    for call in &window.calls {
        if as_of < call.opens {
            return of(call.opens, call.opens, call.closes);
        }
    }
    let Some(yearly) = &window.recurring else { return of(as_of, as_of, as_of) };
    // Day by day, from a year back: the first expected period that is not over.
    let mut day = as_of.checked_sub_days(Days::new(400)).unwrap();
    loop {
        let announced = window.calls.iter().any(|call| call.opens.year() == day.year());
        if (day.month(), day.day()) == yearly.opens && !announced {
            let mut last = day;
            while (last.month(), last.day()) != yearly.closes {
                last = last.succ_opt().unwrap();
            }
            if last >= as_of {
                return of(day.max(as_of), day, last);
            }
        }
        day = day.succ_opt().unwrap();
    }
}

/// The requirements in force on the day of the application.
fn in_force(data: &Dataset, window: &Window, days: &Days3) -> Vec<Requirement> {
    let valid = |r: &&Requirement| {
        let (from, to) = r.valid;
        from.is_none_or(|from| from <= days.application)
            && to.is_none_or(|to| days.application <= to)
    };
    let call =
        window.calls.iter().find(|call| (call.opens, call.closes) == (days.opens, days.closes));
    let of_call: Vec<Requirement> =
        call.iter().flat_map(|call| &call.overrides).filter(valid).cloned().collect();
    let mut list = of_call.clone();
    for requirement in window.requirements.iter().filter(valid) {
        if !of_call.iter().any(|own| own.part == requirement.part) {
            list.push(requirement.clone());
        }
    }
    let on_record = |part: Part| {
        list.iter().any(|r| {
            let none = r.readings.iter().any(|reading| reading.rule == Rule::NoRequirement);
            r.part == part && (matches!(r.strength, Strength::Required | Strength::Usual) || none)
        })
    };
    let pairs = on_record(Part::Qualification);
    let usual = &data.programmes[&window.programme].stand_ins;
    let stand_ins = usual.iter().filter(|stand_in| match stand_in.part {
        Part::Degree | Part::Experience => !pairs && !on_record(stand_in.part),
        Part::Qualification => !(pairs || on_record(Part::Degree) && on_record(Part::Experience)),
        part => !on_record(part),
    });
    let stand_ins: Vec<Requirement> = stand_ins.cloned().collect();
    list.extend(stand_ins);
    list
}
