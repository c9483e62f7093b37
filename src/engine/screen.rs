//! Verdicts of many profiles on one day.
//!
//! What rules can tell apart about a profile is finite: its [`view`]s reduce what is told to the
//! cells between the limits that rules name, written as a few bytes. Whoever has the same bytes
//! has the same findings, so the engine is asked once for all of them, and everybody after the
//! first is answered by a look into a table. Where something cannot be reduced, the engine is
//! asked each time: an answer here is always one that a check gives.

mod ends;
mod figures;
mod group;
mod meter;
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
use ends::Ends;
use figures::Figures;
use group::{Asks, Group, Plane, Row};
use wish::is_at_odds;

/// The windows of a [`Screen`], held against profile after profile on one day.
#[derive(Debug, Clone)]
pub struct Screen<'d> {
    data: &'d Dataset,
    as_of: NaiveDate,
    windows: Vec<&'d Window>,
    groups: Vec<Group<'d>>,
    figures: Figures,
    all: Row,
    answer: Screened,
}

/// A set of windows, by their places in the list of a [`Screen`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WindowSet(Vec<u64>);

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
    /// criterion is unmet.
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

impl WindowSet {
    fn of(windows: usize) -> Self {
        Self(vec![0; windows.div_ceil(64)])
    }

    fn insert(&mut self, at: usize) {
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    /// Whether the window at `at` is in the set.
    pub fn contains(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// The places of the windows in the set, lowest first.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros() as usize;
                (left != 0).then(|| {
                    left &= left - 1;
                    at * 64 + bit
                })
            })
        })
    }

    /// The set as words of 64 windows, the first in the lowest bit.
    pub fn words(&self) -> &[u64] {
        &self.0
    }
}

impl<'d> Screen<'d> {
    /// Prepares `windows` for applications on `as_of`.
    pub fn new(data: &'d Dataset, windows: &[&'d Window], as_of: NaiveDate) -> Self {
        let mut groups: Vec<Group<'d>> = Vec::new();
        for (at, window) in windows.iter().enumerate() {
            let scene = Scene { data, timing: timing(window, as_of), as_of };
            let programme = data.programmes.get(&window.programme);
            let asked = requirements(window, programme, &scene.timing);
            for requirement in asked.iter().filter(|asked| asked.strength.decides()) {
                let asks = Asks { window: at, is_at_odds: is_at_odds(requirement, &asked) };
                group::place(&mut groups, requirement, &scene, asks, windows.len());
            }
        }
        groups.iter_mut().for_each(Group::finish);
        let set = || WindowSet::of(windows.len());
        Self {
            data,
            as_of,
            windows: windows.to_vec(),
            groups,
            figures: Figures::default(),
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
        self.all.clear();
        for set in &mut self.answer.unmet {
            set.0.fill(0);
        }
        for group in &mut self.groups {
            let unmet = self.answer.unmet.get_mut(group.criterion as usize);
            let row = group.row(&mut subject, &self.figures);
            self.all.add(row);
            let words = unmet.into_iter().flat_map(|set| &mut set.0);
            words.zip(row.plane(Plane::Shut)).for_each(|(all, shut)| *all |= shut);
        }
        self.draw();
        self.ask_together(profile);
        &self.answer
    }

    /// Draws the verdicts, as `verdict::decide` does, for all windows at once.
    fn draw(&mut self) {
        let count = self.windows.len();
        let Screened { eligible, likely, undetermined, ineligible, .. } = &mut self.answer;
        let plane = |plane| self.all.plane(plane).iter().copied();
        let planes = plane(Plane::Shut).zip(plane(Plane::Open)).zip(plane(Plane::Lent));
        let sets = eligible.0.iter_mut().zip(&mut likely.0);
        let sets = sets.zip(&mut undetermined.0).zip(&mut ineligible.0);
        for (at, (((shut, open), lent), (((eligible, likely), undetermined), ineligible))) in
            planes.zip(sets).enumerate()
        {
            let every = u64::MAX >> (64 - (count - at * 64).min(64));
            *ineligible = shut;
            *eligible = every & !shut & !lent;
            *likely = every & !shut & lent & !open;
            *undetermined = every & !shut & lent & open;
        }
    }

    /// Asks the engine about windows of which several requirements that look at a common part are
    /// not told: together they may leave no way where each alone does.
    fn ask_together(&mut self, profile: &Profile) {
        let left = self.all.plane(Plane::Twice).iter().zip(&self.answer.undetermined.0);
        let left = WindowSet(left.map(|(twice, open)| twice & open).collect());
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
