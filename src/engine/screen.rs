//! Verdicts of many profiles on one day.
//!
//! Nationality shuts most windows for most people: it is asked first, and what is left makes the
//! [`plan`] of what else is asked. What rules can tell apart about a profile is finite: a [`view`]
//! reduces what is told to the cells between the limits that rules name, written as a few bytes.
//! Whoever has the same bytes has the same findings, so the engine is asked once for all of them,
//! and everybody after the first is answered by a look into a table. Where something cannot be
//! reduced, the engine is asked each time: an answer here is always one that a check gives.

mod asked;
mod ends;
mod figures;
mod group;
mod meter;
mod plan;
mod row;
mod view;
mod wish;

use chrono::NaiveDate;

use super::calendar::{requirements, timing};
use super::meaning::Scene;
use super::person::Candidate;
use super::{Verdict, assess};
use crate::dataset::Dataset;
use crate::profile::Profile;
use crate::rules::{Criterion, Window};
use asked::{Asked, Asks};
use ends::Ends;
use figures::Figures;
use plan::Plans;
use row::Row;
pub use row::WindowSet;
use wish::is_at_odds;

/// The windows of a [`Screen`], held against profile after profile on one day.
#[derive(Debug, Clone)]
pub struct Screen<'d> {
    data: &'d Dataset,
    as_of: NaiveDate,
    windows: Vec<&'d Window>,
    plans: Plans<'d>,
    figures: Figures,
    all: Row,
    answer: Screened,
}

/// What came of one profile: each window is in one of the first four sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screened {
    /// Those that are eligible.
    pub eligible: WindowSet,
    /// Those that are likely.
    pub likely: WindowSet,
    /// Those that are undetermined.
    pub undetermined: WindowSet,
    /// Those that are ineligible.
    pub ineligible: WindowSet,
    /// By criterion, in the order of its words: those of which some required requirement of that
    /// criterion is unmet. What an [entry](ENTRIES) shuts is in no set behind that.
    pub unmet: [WindowSet; CRITERIA],
}

impl Screened {
    /// The windows with this verdict.
    pub const fn with(&self, verdict: Verdict) -> &WindowSet {
        match verdict {
            Verdict::Eligible => &self.eligible,
            Verdict::Likely => &self.likely,
            Verdict::Undetermined => &self.undetermined,
            Verdict::Ineligible => &self.ineligible,
        }
    }
}

/// How many criteria there are.
pub const CRITERIA: usize = 6;

/// How many of them, the first ones, ask whom a window is for, each before anything behind it is
/// asked: sponsorship and nationality.
pub const ENTRIES: usize = Criterion::Nationality as usize + 1;

impl<'d> Screen<'d> {
    /// Prepares `windows` for applications on `as_of`.
    pub fn new(data: &'d Dataset, windows: &[&'d Window], as_of: NaiveDate) -> Self {
        let mut asked: Vec<Asked<'d>> = Vec::new();
        let mut weighings = Vec::new();
        for (at, window) in windows.iter().enumerate() {
            let scene = Scene { data, timing: timing(window, as_of), as_of };
            let programme = data.programmes.get(&window.programme);
            let all = requirements(window, programme, &scene.timing);
            for requirement in all.iter().filter(|asked| asked.strength.decides()) {
                let asks = Asks { window: at, is_at_odds: is_at_odds(requirement, &all) };
                asked::add(&mut asked, requirement, &scene, asks, &mut weighings);
            }
        }
        let set = || WindowSet::of(windows.len());
        Self {
            data,
            as_of,
            windows: windows.to_vec(),
            plans: Plans::new(asked, windows.len()),
            figures: Figures::of(data),
            all: Row::of(windows.len()),
            answer: Screened {
                eligible: set(),
                likely: set(),
                undetermined: set(),
                ineligible: set(),
                unmet: std::array::from_fn(|_| set()),
            },
        }
    }

    /// The windows, in the order that the sets count them.
    pub fn windows(&self) -> &[&'d Window] {
        &self.windows
    }

    /// Screens `profile`.
    pub fn screen(&mut self, profile: &Profile) -> &Screened {
        self.figures.take(profile, self.as_of);
        let mut subject = Subject::new(profile, self.as_of);
        self.plans.ask(&mut subject, &mut self.figures, &mut self.all, &mut self.answer.unmet);
        self.draw();
        self.ask_together(profile);
        &self.answer
    }

    /// Draws the verdicts, as `verdict::decide` does, for all windows at once.
    fn draw(&mut self) {
        let count = self.windows.len();
        let Screened { eligible, likely, undetermined, ineligible, .. } = &mut self.answer;
        let sets = eligible.0.iter_mut().zip(&mut likely.0);
        let sets = sets.zip(&mut undetermined.0).zip(&mut ineligible.0);
        for (at, (said, (((eligible, likely), undetermined), ineligible))) in
            self.all.said().iter().zip(sets).enumerate()
        {
            let every = u64::MAX >> (64 - (count - at * 64).min(64));
            *ineligible = said.shut;
            *eligible = every & !said.shut & !said.lent;
            *likely = every & !said.shut & said.lent & !said.open;
            *undetermined = every & !said.shut & said.lent & said.open;
        }
    }

    /// Asks the engine about windows of which several requirements that look at a common part are
    /// not told: together they may leave no way where each alone does.
    fn ask_together(&mut self, profile: &Profile) {
        let left = self.all.said().iter().zip(&self.answer.undetermined.0);
        let left = WindowSet(left.map(|(said, open)| said.twice & open).collect());
        for at in left.iter() {
            let Some(window) = self.windows.get(at) else { continue };
            if assess(self.data, window, profile, self.as_of).verdict == Verdict::Ineligible {
                let word = 1 << (at % 64);
                if let Some(open) = self.answer.undetermined.0.get_mut(at / 64) {
                    *open &= !word;
                }
                self.answer.ineligible.insert(at);
            }
        }
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
