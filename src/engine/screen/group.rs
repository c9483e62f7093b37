//! Requirements that look at the same parts of a profile, answered together.

use super::Subject;
use super::ends;
use super::figures::Figures;
use super::view::View;
use crate::engine::calendar::Timing;
use crate::engine::cells::{Slot, slots};
use crate::engine::finding::{Finding, find};
use crate::engine::meaning::Scene;
use crate::engine::outcome::{Cause, Outcome};
use crate::rules::{Basis, Criterion, Requirement, Rule, Strength};
use crate::table::Table;

/// One question about windows that a row answers, a bit a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plane {
    /// Some required requirement is unmet.
    Shut,
    /// Some requirement that decides is not met on the window's own record.
    Lent,
    /// Some requirement that decides is neither met nor hangs on the vacancy alone.
    Open,
    /// Telling more can settle some requirement that may be at odds with another one.
    Untold,
    /// Several are.
    Twice,
}

const PLANES: usize = 5;

/// What requirements say about every window.
#[derive(Debug, Clone)]
pub(super) struct Row {
    words: usize,
    bits: Box<[u64]>,
}

impl Row {
    pub(super) fn of(windows: usize) -> Self {
        let words = windows.div_ceil(64);
        Self { words, bits: vec![0; words * PLANES].into() }
    }

    pub(super) fn clear(&mut self) {
        self.bits.fill(0);
    }

    pub(super) fn plane(&self, plane: Plane) -> &[u64] {
        let first = plane as usize * self.words;
        self.bits.get(first..first + self.words).unwrap_or_default()
    }

    /// Adds what `other` says.
    pub(super) fn add(&mut self, other: &Self) {
        let untold = Plane::Untold as usize * self.words;
        for at in 0..self.words {
            let both = self.bits.get(untold + at).zip(other.bits.get(untold + at));
            let both = both.map_or(0, |(one, two)| one & two);
            if let Some(twice) = self.bits.get_mut(untold + self.words + at) {
                *twice |= both;
            }
        }
        for (one, two) in self.bits.iter_mut().zip(&other.bits) {
            *one |= two;
        }
    }

    fn set(&mut self, plane: Plane, window: usize) {
        let at = plane as usize * self.words + window / 64;
        if let Some(word) = self.bits.get_mut(at) {
            *word |= 1 << (window % 64);
        }
    }

    fn has(&self, plane: Plane, window: usize) -> bool {
        self.plane(plane).get(window / 64).is_some_and(|word| word >> (window % 64) & 1 == 1)
    }

    fn mark(&mut self, Asks { window, is_at_odds }: Asks, fate: Fate) {
        if fate.is_shut {
            self.set(Plane::Shut, window);
        }
        if fate.is_lent {
            self.set(Plane::Lent, window);
        }
        if fate.is_open {
            self.set(Plane::Open, window);
        }
        if fate.is_untold && is_at_odds {
            let plane = if self.has(Plane::Untold, window) { Plane::Twice } else { Plane::Untold };
            self.set(plane, window);
        }
    }
}

/// What one finding means for a verdict.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a bit of a row")]
struct Fate {
    is_shut: bool,
    is_lent: bool,
    is_open: bool,
    is_untold: bool,
}

impl Fate {
    fn of(finding: &Finding<'_>) -> Self {
        let required = finding.requirement.strength == Strength::Required;
        Self {
            is_shut: required && finding.outcome == Outcome::Unmet,
            is_lent: finding.outcome != Outcome::Met || finding.basis != Basis::Window,
            is_open: !finding.is_well(),
            is_untold: is_untold(finding),
        }
    }
}

/// Whether telling more can settle a finding, as far as that can be seen: amounts of work that can
/// turn out either way are not told apart by what that hangs on.
fn is_untold(finding: &Finding<'_>) -> bool {
    let counts = |rule: &Rule| matches!(rule, Rule::Experience(_) | Rule::Qualification(_));
    finding.cause == Some(Cause::NotTold)
        || (finding.outcome == Outcome::Unknown
            && finding.requirement.readings.iter().any(|reading| counts(&reading.rule)))
}

/// A window that makes a requirement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asks {
    /// Its place.
    pub(super) window: usize,
    /// Whether another requirement of the window may leave no way beside it.
    pub(super) is_at_odds: bool,
}

/// A requirement in one scene, with the windows that make it.
#[derive(Debug, Clone)]
struct Asked<'d> {
    requirement: &'d Requirement,
    scene: Scene<'d>,
    windows: Vec<Asks>,
    view: View,
    /// Whether the two ends of what a profile can turn out to be are enough.
    hangs_on_ends: bool,
    /// What is being answered.
    seen: Vec<u8>,
    fates: Table<Fate>,
}

/// Requirements of one criterion that look at the same parts of a profile.
#[derive(Debug, Clone)]
pub(super) struct Group<'d> {
    pub(super) criterion: Criterion,
    parts: Vec<Slot>,
    asked: Vec<Asked<'d>>,
    /// What any of them tells apart.
    view: View,
    /// Where the rows of those stand who were seen.
    places: Table<usize>,
    rows: Vec<Row>,
    /// What is being answered.
    seen: Vec<u8>,
    row: Row,
}

/// Places a requirement of a window with those that look at the same parts.
pub(super) fn place<'d>(
    groups: &mut Vec<Group<'d>>,
    requirement: &'d Requirement,
    scene: &Scene<'d>,
    asks: Asks,
    windows: usize,
) {
    let (criterion, parts) = (requirement.part.criterion(), parts(requirement));
    let mut view = View::default();
    view.add(requirement, scene);
    let found = groups.iter().position(|group| {
        group.criterion == criterion && group.parts == parts && group.counts_as(&view)
    });
    let place = found.unwrap_or_else(|| {
        groups.push(Group {
            criterion,
            parts,
            asked: Vec::new(),
            view: View::default(),
            places: Table::default(),
            rows: Vec::new(),
            seen: Vec::new(),
            row: Row::of(windows),
        });
        groups.len() - 1
    });
    if let Some(group) = groups.get_mut(place) {
        group.ask(requirement, scene, asks, view);
    }
}

/// The parts of a profile that it looks at; declared facts count as one.
fn parts(requirement: &Requirement) -> Vec<Slot> {
    let mut parts = slots(requirement);
    for part in &mut parts {
        if let Slot::Fact(id) = part {
            *id = crate::vocabulary::Text::default();
        }
    }
    parts.dedup();
    parts
}

impl<'d> Group<'d> {
    /// Whether its requirements count work as one with this view does: the fewer ways of counting
    /// are answered together, the fewer amounts there are to tell apart.
    fn counts_as(&self, view: &View) -> bool {
        self.asked.first().is_some_and(|asked| asked.view.counts_as(view))
    }

    fn ask(&mut self, requirement: &'d Requirement, scene: &Scene<'d>, asks: Asks, view: View) {
        let days = |timing: &Timing| (timing.application, timing.opens, timing.closes);
        let same = self.asked.iter_mut().find(|asked| {
            std::ptr::eq(asked.requirement, requirement)
                && days(&asked.scene.timing) == days(&scene.timing)
        });
        if let Some(asked) = same {
            asked.windows.push(asks);
            return;
        }
        self.asked.push(Asked {
            requirement,
            scene: *scene,
            windows: vec![asks],
            view,
            hangs_on_ends: ends::are_enough(requirement),
            seen: Vec::new(),
            fates: Table::default(),
        });
    }

    /// Takes together what any of its requirements tells apart.
    pub(super) fn finish(&mut self) {
        if self.parts == [Slot::Nationalities] {
            // Few people hold several: what each rule tells apart need not be taken together.
            self.view = View::of_nations();
            return;
        }
        for asked in &self.asked {
            self.view.add(asked.requirement, &asked.scene);
        }
    }

    /// What its requirements say about every window for one profile.
    pub(super) fn row(&mut self, subject: &mut Subject<'_>, figures: &Figures) -> &Row {
        self.seen.clear();
        if !self.view.reduce(subject.profile, figures, &mut self.seen) {
            self.ask_each(subject, figures);
            return &self.row;
        }
        let known = self.places.get(&self.seen).copied();
        let place = known.unwrap_or_else(|| self.keep_row(subject, figures));
        self.rows.get(place).unwrap_or(&self.row)
    }

    /// Asks for a row, and keeps it; returns its place.
    fn keep_row(&mut self, subject: &mut Subject<'_>, figures: &Figures) -> usize {
        self.ask_each(subject, figures);
        if self.places.is_full() {
            self.places.clear();
            self.rows.clear();
        }
        self.places.keep(&self.seen, self.rows.len());
        self.rows.push(self.row.clone());
        self.rows.len() - 1
    }

    fn ask_each(&mut self, subject: &mut Subject<'_>, figures: &Figures) {
        self.row.clear();
        for asked in &mut self.asked {
            let fate = asked.fate(subject, figures);
            for asks in &asked.windows {
                self.row.mark(*asks, fate);
            }
        }
    }
}

impl Asked<'_> {
    fn fate(&mut self, subject: &mut Subject<'_>, figures: &Figures) -> Fate {
        self.seen.clear();
        if !self.view.reduce(subject.profile, figures, &mut self.seen) {
            return Fate::of(&find(self.requirement, subject.candidate(), &self.scene));
        }
        if let Some(known) = self.fates.get(&self.seen) {
            return *known;
        }
        let finding = if self.hangs_on_ends {
            subject.ends(&self.scene).find(self.requirement, &self.scene)
        } else {
            find(self.requirement, subject.candidate(), &self.scene)
        };
        let fate = Fate::of(&finding);
        self.fates.keep(&self.seen, fate);
        fate
    }
}
