//! Verdicts of many profiles on one day.
//!
//! Nationality shuts most windows for most people, and leaves others undetermined: it is asked
//! first, and the [`plan`] of what else is asked leaves out whatever no verdict can hang on any
//! more. What rules can tell apart about a profile is finite: a [`view`] reduces what is told to the
//! cells between the limits that rules name, written as a few bytes. Whoever has the same bytes has
//! the same findings, so the engine is asked once for all of them, and everybody after the first is
//! answered by a look into a table. Where something cannot be reduced, the engine is asked each
//! time: an answer here is always one that a check gives.

mod asked;
mod ends;
mod figures;
mod group;
mod meter;
mod plan;
mod room;
mod row;
mod span;
mod view;
mod wish;
mod work;

use chrono::NaiveDate;

use super::calendar::{requirements, timing};
use super::meaning::Scene;
use super::person::Candidate;
use super::{Assessment, Verdict, assess};
use crate::dataset::Dataset;
use crate::profile::Profile;
use crate::rules::{Criterion, Window};
use asked::{Asked, Asks};
use ends::Ends;
use figures::Figures;
use plan::Plans;
use room::Room;
use row::Sum;
use wish::is_at_odds;

/// The windows of a [`Screen`], held against profile after profile on one day.
#[derive(Debug, Clone)]
pub struct Screen<'d> {
    data: &'d Dataset,
    as_of: NaiveDate,
    windows: Vec<&'d Window>,
    plans: Plans<'d>,
    figures: Figures,
    sums: Vec<Sum>,
    answer: Screened,
}

/// What came of one profile: the sets of windows, 64 after 64.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Screened {
    /// Those of the first 64 windows first.
    pub sets: Vec<Sets>,
}

/// Sets of 64 windows, a bit each, the lowest that of the first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sets {
    /// By verdict, in the order of [`Verdict`]: each window has one.
    pub verdicts: [u64; VERDICTS],
    /// By criterion, in the order of [`Criterion`]: the windows of which some required requirement
    /// of that criterion is unmet. What one of the [entries](ENTRIES) shuts is in no set behind it.
    pub unmet: [u64; CRITERIA],
}

impl Screened {
    /// What `assessments` say, each of the next window.
    pub fn of<'a>(assessments: impl Iterator<Item = &'a Assessment<'a>>) -> Self {
        let mut screened = Self::default();
        for (at, assessment) in assessments.enumerate() {
            if at % 64 == 0 {
                screened.sets.push(Sets::default());
            }
            if let Some(sets) = screened.sets.last_mut() {
                sets.add(1 << (at % 64), assessment);
            }
        }
        screened
    }

    /// Whether some window is open: eligible or likely.
    pub fn is_open(&self) -> bool {
        self.sets.iter().any(|sets| {
            let [eligible, likely, ..] = sets.verdicts;
            eligible | likely != 0
        })
    }

    /// The places of the windows with this verdict, lowest first.
    pub fn with(&self, verdict: Verdict) -> impl Iterator<Item = usize> + '_ {
        let words = self.sets.iter().filter_map(move |s| s.verdicts.get(verdict as usize));
        words.enumerate().flat_map(|(row, word)| places(*word).map(move |place| row * 64 + place))
    }
}

impl Sets {
    /// Adds the window at `bit`.
    fn add(&mut self, bit: u64, assessment: &Assessment<'_>) {
        if let Some(set) = self.verdicts.get_mut(assessment.verdict as usize) {
            *set |= bit;
        }
        let shutting = assessment.findings.iter().filter(|finding| finding.shuts_out());
        let mut unmet: Vec<usize> =
            shutting.map(|finding| finding.requirement.part.criterion() as usize).collect();
        // Nothing behind an entry that shuts it is asked.
        let entries = ENTRIES.into_iter().map(|entry| entry as usize);
        if let Some(first) = entries.into_iter().find(|entry| unmet.contains(entry)) {
            unmet.retain(|criterion| *criterion == first);
        }
        for criterion in unmet {
            if let Some(set) = self.unmet.get_mut(criterion) {
                *set |= bit;
            }
        }
    }
}

/// The places of the bits that are set, lowest first.
fn places(mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = word.trailing_zeros() as usize;
        (word != 0).then(|| {
            word &= word - 1;
            place
        })
    })
}

/// How many verdicts there are.
pub const VERDICTS: usize = 4;

/// How many criteria there are.
pub const CRITERIA: usize = 6;

/// The criteria that ask whom a window is for, each before anything behind it is asked: whom it takes,
/// as a shut window is [counted](Assessment::closed_by) too, and then whether it takes anybody.
pub const ENTRIES: [Criterion; 2] = [Criterion::Nationality, Criterion::Sponsorship];

impl<'d> Screen<'d> {
    /// Prepares `windows` for applications on `as_of`.
    pub fn new(data: &'d Dataset, windows: &[&'d Window], as_of: NaiveDate) -> Self {
        Self::within(Room::USUAL, data, windows, as_of)
    }

    fn within(room: Room, data: &'d Dataset, windows: &[&'d Window], as_of: NaiveDate) -> Self {
        let mut asked: Vec<Asked<'d>> = Vec::new();
        let mut figures = Figures::of(data, as_of);
        for (at, window) in windows.iter().enumerate() {
            let scene = Scene { data, timing: timing(window, as_of), as_of };
            let programme = data.programme(&window.programme);
            let all = requirements(window, programme, &scene.timing);
            for requirement in all.iter().filter(|asked| asked.strength.decides()) {
                let asks = Asks { window: at, is_at_odds: is_at_odds(requirement, &all) };
                asked::add(&mut asked, requirement, &scene, asks, &mut figures);
            }
        }
        Self {
            data,
            as_of,
            windows: windows.to_vec(),
            plans: Plans::new(asked, windows.len().div_ceil(64), room),
            figures,
            sums: Vec::new(),
            answer: Screened::default(),
        }
    }

    /// The windows, in the order that the sets count them.
    pub fn windows(&self) -> &[&'d Window] {
        &self.windows
    }

    /// Screens `profile`.
    pub fn screen(&mut self, profile: &Profile) -> &Screened {
        self.figures.take(profile);
        let mut subject = Subject::new(profile, self.as_of);
        self.plans.ask(&mut subject, &mut self.figures, &mut self.sums);
        self.answer.sets.clear();
        for (row, sum) in self.sums.iter().enumerate() {
            let left = self.windows.len() - row * 64;
            let mut sets = sum.sets(u64::MAX >> (64 - left.min(64)));
            let [_, _, undetermined, ineligible] = &mut sets.verdicts;
            // Several requirements that look at a common part and are not told may together leave
            // no way where each alone does.
            for place in places(sum.said.twice & *undetermined) {
                let Some(window) = self.windows.get(row * 64 + place) else { continue };
                if assess(self.data, window, profile, self.as_of).verdict == Verdict::Ineligible {
                    *undetermined &= !(1 << place);
                    *ineligible |= 1 << place;
                }
            }
            self.answer.sets.push(sets);
        }
        &self.answer
    }
}

/// A profile, and what it is asked by, made where the engine is.
#[derive(Debug)]
struct Subject<'p> {
    profile: &'p Profile,
    as_of: NaiveDate,
    candidate: Option<Candidate<'p>>,
    ends: Option<Ends>,
}

impl<'p> Subject<'p> {
    const fn new(profile: &'p Profile, as_of: NaiveDate) -> Self {
        Self { profile, as_of, candidate: None, ends: None }
    }

    fn candidate(&mut self) -> &Candidate<'p> {
        self.candidate.get_or_insert_with(|| Candidate::new(self.profile, self.as_of))
    }

    fn ends(&mut self, scene: &Scene<'_>) -> &Ends {
        let candidate =
            self.candidate.get_or_insert_with(|| Candidate::new(self.profile, self.as_of));
        self.ends.get_or_insert_with(|| Ends::of(candidate, scene))
    }
}

const _: () = assert!(Criterion::Conditions as usize + 1 == CRITERIA);
const _: () = assert!(Verdict::Ineligible as usize + 1 == VERDICTS);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::check;

    #[test]
    fn of_no_windows_there_are_no_sets() {
        let data = Dataset::embedded().unwrap();
        let as_of = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let mut screen = Screen::new(data, &[], as_of);
        assert_eq!(screen.screen(&Profile::default()), &Screened::default());
    }

    #[test]
    fn what_was_forgotten_for_want_of_room_is_asked_again() {
        let data = Dataset::embedded().unwrap();
        let as_of = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let windows: Vec<&Window> = data.windows.iter().collect();
        let room = Room::USUAL;
        let scant = [
            Room { nations: 9, ..room },
            Room { plans: 5, ..room },
            Room { groups: 20, ..room },
            Room { answers: 40, ..room },
            Room { findings: 60, ..room },
        ];
        let mut screens = scant.map(|room| Screen::within(room, data, &windows, as_of));
        let held = ["DE", "ET", "NL", "SE", "IT", "KH", "FR"];
        for round in 0..120 {
            let [one, other] = [round % 7, round / 7 % 7].map(|place| held[place]);
            let told = format!(
                r#"{{"nationalities": ["{one}", "{other}"], "birth_date": "{}-05-01",
                    "degrees": [{{"level": "master", "awarded": "{}"}}],
                    "experience": [{{"kind": "employment", "from": "{}", "to": null}}],
                    "languages": [{{"language": "en", "level": "C1"}}],
                    "residences": [{{"country": "{}"}}]}}"#,
                1988 + round % 13,
                2012 + round % 5,
                2018 + round % 8,
                ["LU", "FR", "SE"][round % 3]
            );
            let profile = Profile::parse(&told, "one", data, as_of).unwrap();
            let expected = Screened::of(check(data, &profile, as_of).iter());
            for screen in &mut screens {
                assert_eq!(screen.screen(&profile), &expected, "{told}");
            }
        }
    }
}
