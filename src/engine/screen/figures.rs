//! What a profile tells, as numbers, once for all rules.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};
use rustc_hash::FxBuildHasher;

use crate::dataset::Dataset;
use crate::engine::tally::{Day, Stretches, number};
use crate::profile::{Degree, Job, JobEnd, Profile, Study};
use crate::vocabulary::{CountryCode, DegreeLevel, ExperienceKind, PartialDate, Text};

/// What stands for something that is not told.
pub(super) const UNTOLD: u8 = u8::MAX;

/// Lists of limits are shorter than this: their places are written in a byte.
pub(super) const LONGEST: usize = 250;

/// A day behind all others.
pub(super) const NEVER: Day = Day::MAX;

/// The years before and after the application that the cells of degrees and work look at.
const YEARS: u32 = 60;

/// The earliest and the latest day that something told can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) first: Day,
    pub(super) last: Day,
}

impl From<PartialDate> for Span {
    fn from(date: PartialDate) -> Self {
        let first = number(date.first());
        let last = if date.is_exact() { first } else { number(date.last()) };
        Self { first, last }
    }
}

/// A degree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    /// Its level, by the order of levels.
    pub(super) level: u8,
    /// The [number](field_number) of its field, or [`UNKNOWN_FIELD`].
    pub(super) field: u16,
    pub(super) country: Option<CountryCode>,
    /// `None` is not told.
    pub(super) award: Option<Span>,
}

/// What stands for a field that is not told, or not recognised.
pub(super) const UNKNOWN_FIELD: u16 = u16::MAX;

/// The number of a field of `data`.
pub(super) fn field_number(data: &Dataset, field: &Text) -> u16 {
    let place = data.fields.list().iter().position(|known| known.id == *field);
    place.and_then(|place| u16::try_from(place).ok()).unwrap_or(UNKNOWN_FIELD - 1)
}

/// A piece of work that may count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stint {
    pub(super) kind: ExperienceKind,
    pub(super) from: Span,
    /// The last day; [`NEVER`] where it goes on.
    pub(super) to: Span,
    /// Thousandths of full time.
    pub(super) share: i64,
    pub(super) paid: Option<bool>,
}

/// Days from which work after a degree counts, the best and the worst that they can be; `None`:
/// there is no such degree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Since {
    pub(super) best: Option<Day>,
    pub(super) worst: Option<Day>,
}

/// Work as one way of weighing counts it.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    pub(super) shortest: Stretches,
    /// `None`: the same.
    pub(super) longest: Option<Stretches>,
    pub(super) since: Since,
    pub(super) open: Open,
}

/// What is open about the work besides its days.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    /// The kinds that the organisation judges, a bit each.
    pub(super) kinds: u64,
    /// The stints that would count if they were paid, a bit each.
    pub(super) unpaid: u64,
}

/// What a profile tells, as numbers.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says how far the numbers can be taken")]
pub(super) struct Figures {
    /// The numbers of the fields of the data.
    fields: HashMap<Text, u16, FxBuildHasher>,
    pub(super) birth: Option<Span>,
    /// The degrees; `None`: it is not told whether there are any.
    pub(super) degrees: Option<Vec<Held>>,
    /// Whether the degrees, the jobs and all else are as few as people's are, and few of them open:
    /// the engine walks so many cells and no more, and then claims nothing, which must not be taken
    /// for an answer to others.
    pub(super) are_degrees_short: bool,
    pub(super) is_work_short: bool,
    pub(super) is_short: bool,
    /// The work that is relevant; `None`: it is not told whether there is any.
    pub(super) work: Option<Vec<Stint>>,
    /// Whether some of it may fall on the same days.
    pub(super) overlaps: bool,
    /// The kinds of the work that is relevant, a bit each.
    pub(super) kinds: u64,
    /// Whether all days of it and whether it is paid are told exactly.
    pub(super) is_work_exact: bool,
    after_first: Option<Since>,
    after_master: Option<Since>,
    /// Whether all days lie where the cells of the engine look.
    pub(super) is_usual: bool,
    horizon: (Day, Day),
    /// The work as it was counted, by the number of the weighing.
    pub(super) counted: Vec<Option<Counted>>,
}

impl Figures {
    /// For profiles that name the fields of `data`.
    pub(super) fn of(data: &Dataset) -> Self {
        let ids = data.fields.list().iter().map(|field| &field.id);
        let fields = ids.map(|id| (id.clone(), field_number(data, id))).collect();
        Self { fields, ..Self::default() }
    }

    /// Takes what `profile` tells for applications on `as_of`.
    pub(super) fn take(&mut self, profile: &Profile, as_of: NaiveDate) {
        let years = Months::new(12 * YEARS);
        let first = as_of.checked_sub_months(years).unwrap_or(as_of);
        let last = as_of.checked_add_months(years).unwrap_or(as_of);
        self.horizon = (number(first), number(last));
        self.is_usual = true;
        self.birth = profile.birth_date.map(Span::from);
        self.take_degrees(profile);
        self.after_first = self.since(DegreeLevel::Bachelor);
        self.after_master = self.since(DegreeLevel::Master);
        self.take_work(profile);
        let (lives, spoken) = (profile.residences.as_ref(), profile.languages.as_ref());
        self.is_short = is_short(profile.nationalities.as_ref(), 0, |_| false)
            && is_short(lives, 8, |residence| residence.permanent.is_none())
            && is_short(spoken, 8, |skill| skill.level.low < skill.level.high)
            && is_short(profile.tests.as_ref(), 4, |t| t.score.is_none() || t.taken.is_none());
    }

    fn take_degrees(&mut self, profile: &Profile) {
        let is_awarded = |degree: &Degree| degree.awarded.is_some_and(PartialDate::is_exact);
        let told = profile.degrees.as_ref();
        self.are_degrees_short = is_short(told, 4, |degree| !is_awarded(degree));
        let Some(told) = told else {
            self.degrees = None;
            return;
        };
        let held = self.degrees.get_or_insert_default();
        held.clear();
        for degree in told {
            let field = match &degree.field {
                Study::Field(id) => self.fields.get(id).copied().unwrap_or(UNKNOWN_FIELD - 1),
                Study::NotTold | Study::Unrecognised(_) => UNKNOWN_FIELD,
            };
            let (level, award) = (degree.level as u8, degree.awarded.map(Span::from));
            held.push(Held { level, field, country: degree.country, award });
        }
    }

    /// From when work after a degree of at least `level` counts.
    fn since(&mut self, level: DegreeLevel) -> Option<Since> {
        let (first, last) = self.horizon;
        let Some(degrees) = &self.degrees else {
            return Some(Since { best: Some(first), worst: None });
        };
        let mut since: Option<Since> = None;
        for degree in degrees.iter().filter(|degree| degree.level >= level as u8) {
            let award = degree.award.unwrap_or(Span { first, last });
            self.is_usual &= first <= award.first && award.last <= last;
            let earlier = |one: Option<Day>, day: Day| Some(one.map_or(day, |one| one.min(day)));
            let known = since.unwrap_or(Since { best: None, worst: None });
            since = Some(Since {
                best: earlier(known.best, award.first),
                worst: earlier(known.worst, award.last),
            });
        }
        since
    }

    fn take_work(&mut self, profile: &Profile) {
        self.counted.fill_with(|| None);
        self.kinds = 0;
        self.overlaps = false;
        self.is_work_exact = true;
        let jobs = profile.experience.as_ref();
        self.is_work_short = is_short(jobs, 8, |job| !has_days(job) || job.paid.is_none());
        let Some(jobs) = jobs else {
            self.work = None;
            return;
        };
        let work = self.work.get_or_insert_default();
        work.clear();
        work.extend(jobs.iter().filter(|job| job.relevant).map(Stint::of));
        for (at, stint) in work.iter().enumerate() {
            self.kinds |= 1 << stint.kind as u64;
            self.is_work_exact &= stint.is_exact();
            self.is_usual &= stint.from.first >= self.horizon.0;
            self.overlaps |= work.iter().take(at).any(|other| {
                stint.from.first <= other.to.last && other.from.first <= stint.to.last
            });
        }
    }

    /// From when work counts that is asked after a degree.
    pub(super) fn after(&self, after: crate::rules::Since) -> Since {
        let none = Since { best: None, worst: None };
        match after {
            crate::rules::Since::AnyTime => Since { best: Some(Day::MIN), worst: Some(Day::MIN) },
            crate::rules::Since::FirstDegree => self.after_first.unwrap_or(none),
            crate::rules::Since::Master => self.after_master.unwrap_or(none),
        }
    }

    /// The first day on which work that is not told at all can have begun.
    pub(super) const fn first_day(&self) -> Day {
        self.horizon.0
    }
}

/// A number below [`LONGEST`] as a byte.
pub(super) fn low_byte(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(UNTOLD - 1)
}

/// Whether a list is short, and so many of its items open or fewer.
fn is_short<T>(list: Option<&Vec<T>>, most_open: usize, is_open: impl Fn(&T) -> bool) -> bool {
    const MOST: usize = 16;
    list.is_none_or(|list| {
        list.len() <= MOST
            && (list.len() <= most_open
                || list.iter().filter(|item| is_open(item)).count() <= most_open)
    })
}

fn has_days(job: &Job) -> bool {
    let ended = match job.to {
        JobEnd::Ongoing => true,
        JobEnd::On(day) => day.is_exact(),
        JobEnd::NotTold => false,
    };
    ended && job.from.is_exact()
}

impl Stint {
    fn is_exact(&self) -> bool {
        self.from.first == self.from.last && self.to.first == self.to.last && self.paid.is_some()
    }

    fn of(job: &Job) -> Self {
        let from = Span::from(job.from);
        let to = match job.to {
            JobEnd::Ongoing => Span { first: NEVER, last: NEVER },
            JobEnd::On(day) => Span::from(day),
            JobEnd::NotTold => Span { first: from.first, last: NEVER },
        };
        Self { kind: job.kind, from, to, share: i64::from(job.share), paid: job.paid }
    }
}
