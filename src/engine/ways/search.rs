//! Combinations of changes, held against the requirements day by day.

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::NaiveDate;

use super::best::{Set, fewest_and_earliest};
use super::days::DaySet;
use super::options::Options;
use super::reach::every_asked;
use super::step::Step;
use super::way::{How, Obstacle, Way};
use crate::engine::calendar::timing;
use crate::engine::cells::{Grain, Question, Slot, Slots, slots};
use crate::engine::contrast::Side;
use crate::engine::finding::Finding;
use crate::engine::meaning::Scene;
use crate::engine::outcome::{Cause, Outcome};
use crate::engine::person::Candidate;
use crate::engine::timeline::{Frame, Span, Timelines};
use crate::engine::turning::turning_days;
use crate::engine::verdict::Assessment;
use crate::profile::Profile;
use crate::rules::Requirement;
use crate::vocabulary::{Text, Verdict};

/// More combinations than this are not looked at, in one group of linked requirements or of all
/// groups together; those of the fewest changes come first.
const MOST_SETS: usize = 20_000;

/// Looks through the combinations of changes.
pub(super) struct Search<'t, 'a, 'c, 'd> {
    how: How<'a, 'd>,
    /// Those of the candidate as things are.
    unchanged: &'t mut Timelines<'c, 'd>,
    frames: Vec<Frame<'d>>,
    options: Vec<Step>,
    /// The parts of the profile that each change touches.
    touched: Vec<Slot>,
    /// The days on which a requirement is met with some of the changes that it looks at.
    met: BTreeMap<(*const Requirement, Grade, Vec<usize>), DaySet>,
    /// The requirements that may stay in doubt.
    doubted: Vec<*const Requirement>,
}

impl<'t, 'a, 'c, 'd> Search<'t, 'a, 'c, 'd> {
    /// Begins to look for changes `within` some parts of the profile, or of any.
    pub(super) fn new(
        how: How<'a, 'd>,
        unchanged: &'t mut Timelines<'c, 'd>,
        within: Option<&[Slot]>,
    ) -> Self {
        let candidate = Candidate::new(how.profile, how.as_of);
        let frames = unchanged.frames(how.window);
        let all = every_asked(&frames);
        let timing = timing(how.window, how.as_of);
        let scene = Scene { data: how.data, timing, as_of: how.as_of };
        let question = Question {
            candidate: &candidate,
            requirements: &all,
            scene: &scene,
            grain: Grain::Fine,
        };
        let scenes = scenes(&how);
        let options = Options::new(&question, &scenes, within, (how.pace, how.allowed)).collect();
        let touched = options.iter().map(Step::slot).collect();
        let (met, doubted) = (BTreeMap::new(), Vec::new());
        Self { how, unchanged, frames, options, touched, met, doubted }
    }

    /// The requirements that are ever in force, those together that look at a common change.
    pub(super) fn groups(&self) -> Vec<Vec<&'d Requirement>> {
        let mut groups: Vec<(Slots, Vec<&'d Requirement>)> = Vec::new();
        for requirement in self.frames.iter().flat_map(|frame| &frame.asked).copied() {
            let known = |group: &(_, Vec<&Requirement>)| {
                group.1.iter().any(|known| std::ptr::eq(*known, requirement))
            };
            if groups.iter().any(known) {
                continue;
            }
            let mut looked_at = slots(requirement);
            looked_at.retain(|slot| self.touched.contains(slot));
            let mut members = vec![requirement];
            groups.retain_mut(|(slots, others)| {
                let linked = slots.iter().any(|slot| looked_at.contains(slot));
                if linked {
                    looked_at.append(slots);
                    members.append(others);
                }
                !linked
            });
            groups.push((looked_at, members));
        }
        groups.into_iter().map(|(_, members)| members).collect()
    }

    /// The changes that some of `group` look at.
    fn options_for(&self, group: &[&Requirement]) -> Vec<usize> {
        let looked_at: Vec<Slot> = group.iter().flat_map(|one| slots(one)).collect();
        let at = |at: &usize| self.touched.get(*at).is_some_and(|slot| looked_at.contains(slot));
        (0..self.options.len()).filter(at).collect()
    }

    /// Lets those requirements stay in doubt that no change meets in full on any day.
    pub(super) fn doubt_what_is_never_met(&mut self, groups: &[Vec<&'d Requirement>]) {
        for group in groups {
            if !self.part(group).is_empty() {
                continue;
            }
            let mut never: Vec<&Requirement> = group.clone();
            never.retain(|one| self.part(&[*one]).is_empty());
            self.doubted.extend(never.into_iter().map(std::ptr::from_ref));
        }
    }

    /// Lets all requirements stay in doubt.
    pub(super) fn doubt_all(&mut self, groups: &[Vec<&'d Requirement>]) {
        self.doubted = groups.iter().flatten().map(|one| std::ptr::from_ref(*one)).collect();
    }

    /// The ways with what may stay in doubt.
    pub(super) fn ways(&mut self, groups: &[Vec<&'d Requirement>]) -> Vec<Way<'d>> {
        let parts: Vec<Vec<Part>> = groups.iter().map(|group| self.part(group)).collect();
        let best = fewest_and_earliest(self.together(&parts));
        best.iter().filter_map(|set| self.proved(set)).collect()
    }

    /// The requirements that some of `ways` leaves in doubt on some of its days.
    pub(super) fn left_in_doubt(
        &self,
        groups: &[Vec<&'d Requirement>],
        ways: &[Way<'d>],
    ) -> Vec<&'d Requirement> {
        let mut all: Vec<&'d Requirement> = groups.iter().flatten().copied().collect();
        all.retain(|one| self.doubted.contains(&std::ptr::from_ref(*one)));
        let How { data, window, as_of, horizon, .. } = self.how;
        let is_left = |requirement: &&'d Requirement| {
            ways.iter().any(|way| {
                let candidate = Candidate::new(&way.profile, as_of);
                let mut timelines = Timelines::new(data, &candidate, as_of, horizon);
                let found = timelines.findings_of(requirement, window, &self.frames);
                let last = way.until.unwrap_or(horizon);
                found.iter().any(|(from, to, finding)| {
                    let within = *from <= last && way.span.from <= *to;
                    within && finding.as_ref().is_some_and(|finding| !finding.is_well())
                })
            })
        };
        all.retain(is_left);
        all
    }

    /// How well `requirement` has to be met.
    fn grade(&self, requirement: &Requirement) -> Grade {
        if self.doubted.contains(&std::ptr::from_ref(requirement)) {
            Grade::InDoubt
        } else {
            Grade::Well
        }
    }

    /// Every useful combination of changes that meets all of `group` on some day, the smaller ones
    /// first.
    pub(super) fn part(&mut self, group: &[&'d Requirement]) -> Vec<Part> {
        let options = self.options_for(group);
        let throughout = DaySet::all(self.how.as_of, self.how.horizon);
        let mut found: Vec<Part> = Vec::new();
        let mut sets: Vec<Vec<usize>> = vec![Vec::new()];
        let mut seen = 0;
        for _ in 0..=self.how.most {
            let mut short = Vec::new();
            seen += sets.len();
            for chosen in sets {
                let days = self.common_days(group, &chosen);
                // Nothing is gained by more than what meets them throughout.
                if days != throughout {
                    short.push(chosen.clone());
                }
                let useless = |part: &Part| {
                    part.chosen.iter().all(|at| chosen.contains(at))
                        && part.days.holds_all_of(&days)
                };
                if !days.is_empty() && !found.iter().any(useless) {
                    found.push(Part { chosen, days });
                }
            }
            sets = short.iter().flat_map(|set| self.with_one_more(set, &options)).collect();
            if sets.is_empty() || seen + sets.len() > MOST_SETS {
                break;
            }
        }
        found
    }

    /// The set with each of the options behind its last that it does not exclude.
    fn with_one_more(&self, set: &[usize], options: &[usize]) -> Vec<Vec<usize>> {
        let fits = |at: &usize| {
            set.iter().all(|other| match (self.options.get(*other), self.options.get(*at)) {
                (Some(one), Some(other)) => !one.excludes(other),
                _ => false,
            })
        };
        let behind = options.iter().filter(|at| set.last().is_none_or(|last| last < *at));
        behind.filter(|at| fits(at)).map(|at| [set, &[*at]].concat()).collect()
    }

    /// The days on which all of `group` are met with the changes `chosen`.
    fn common_days(&mut self, group: &[&'d Requirement], chosen: &[usize]) -> DaySet {
        let mut days = DaySet::all(self.how.as_of, self.how.horizon);
        for requirement in group {
            days = days.common(&self.days(requirement, chosen));
            if days.is_empty() {
                break;
            }
        }
        days
    }

    /// The days on which `requirement` is met, or not in force, with the changes `chosen`.
    fn days(&mut self, requirement: &'d Requirement, chosen: &[usize]) -> DaySet {
        let grade = self.grade(requirement);
        let looked_at = slots(requirement);
        let mut own: Vec<usize> = chosen.to_vec();
        own.retain(|at| self.touched.get(*at).is_some_and(|slot| looked_at.contains(slot)));
        let key = (std::ptr::from_ref(requirement), grade, own.clone());
        if let Some(known) = self.met.get(&key) {
            return known.clone();
        }
        let How { data, window, as_of, horizon, .. } = self.how;
        let found = if own.is_empty() {
            self.unchanged.findings_of(requirement, window, &self.frames)
        } else {
            // A test is taken in time, whenever that is.
            let profile = self.changed(&own, horizon);
            let candidate = Candidate::new(&profile, as_of);
            let mut timelines = Timelines::new(data, &candidate, as_of, horizon);
            timelines.findings_of(requirement, window, &self.frames)
        };
        let days = met(&found, grade);
        self.met.insert(key, days.clone());
        days
    }

    fn changed(&self, chosen: &[usize], taken: NaiveDate) -> Profile {
        let mut profile = self.how.profile.clone();
        for step in chosen.iter().filter_map(|at| self.options.get(*at)) {
            step.apply(&mut profile, taken);
        }
        profile
    }

    /// The sets of changes that meet all groups on a common day.
    pub(super) fn together(&self, parts: &[Vec<Part>]) -> Vec<Set> {
        let days = DaySet::all(self.how.as_of, self.how.horizon);
        let mut sets = vec![Part { chosen: Vec::new(), days }];
        for part in parts {
            let mut next: Vec<Part> = Vec::new();
            for set in &sets {
                for more in part {
                    let days = set.days.common(&more.days);
                    let chosen = [set.chosen.as_slice(), &more.chosen].concat();
                    if !days.is_empty() && chosen.len() <= self.how.most {
                        next.push(Part { chosen, days });
                    }
                }
            }
            next.sort_by_key(|set| set.chosen.len());
            next.truncate(MOST_SETS);
            sets = next;
        }
        let set = |part: Part| {
            let mut chosen = part.chosen;
            chosen.sort_unstable();
            let steps = chosen.iter().filter_map(|at| self.options.get(*at)).cloned().collect();
            let (first, last) = part.days.first_stretch()?;
            Some(Set { chosen, steps, days: part.days, first, last })
        };
        sets.into_iter().filter_map(set).collect()
    }

    /// The last of the days from `first` on without a break on which all requirements are met, or
    /// as far as they have to be, by the candidate of `timelines`.
    fn met_until(&self, first: NaiveDate, timelines: &mut Timelines<'_, 'd>) -> Option<NaiveDate> {
        let How { window, as_of, horizon, .. } = self.how;
        let mut days = DaySet::all(as_of, horizon);
        for requirement in every_asked(&self.frames) {
            let found = timelines.findings_of(requirement, window, &self.frames);
            days = days.common(&met(&found, self.grade(requirement)));
        }
        days.end_of_stretch(first)
    }

    /// The way as the window itself answers it.
    pub(super) fn proved(&self, set: &Set) -> Option<Way<'d>> {
        let How { data, window, as_of, horizon, .. } = self.how;
        // A test can still be taken up to the day of the application.
        let taken = timing(window, set.first).application;
        let profile = self.changed(&set.chosen, taken);
        let candidate = Candidate::new(&profile, as_of);
        let mut timelines = Timelines::new(data, &candidate, as_of, horizon);
        // A test is taken on one day now, and lasts no longer than it is valid.
        let takes_a_test = set.steps.iter().any(|step| matches!(step, Step::Take { .. }));
        let last = if takes_a_test { self.met_until(set.first, &mut timelines)? } else { set.last };
        let spans = timelines.of(window);
        let opens = |verdict: Verdict| {
            verdict.is_open() || (verdict == Verdict::Undetermined && !self.doubted.is_empty())
        };
        let at = spans
            .iter()
            .rposition(|span| span.from <= set.first)
            .filter(|at| spans.get(*at).is_some_and(|span| opens(span.verdict)))?;
        let open = spans.get(at..)?;
        let behind = |span: &&Span<'d>| !opens(span.verdict) || span.from > last;
        let ends = open.iter().find(behind);
        let steps = set.steps.iter().cloned().map(|step| match step {
            Step::Take { test, score, .. } => Step::Take { test, score, taken },
            other => other,
        });
        let span = Span { from: set.first, ..open.first()?.clone() };
        let until = ends.and_then(|span| span.from.pred_opt()).unwrap_or(horizon).min(last);
        let until = Some(until).filter(|until| *until < horizon);
        let ends = match (ends, until.and_then(|until| until.succ_opt())) {
            (Some(span), Some(day)) if span.from == day => span.because.clone(),
            // The verdict may stay the same where one more thing is in doubt.
            (_, Some(day)) => timelines.turn(window, day),
            (_, None) => Vec::new(),
        };
        Some(Way { steps: steps.collect(), span, until, ends, profile })
    }

    /// What each requirement that is not met throughout allows at best.
    pub(super) fn obstacles(
        &mut self,
        groups: &[Vec<&'d Requirement>],
        today: &Assessment<'d>,
    ) -> Vec<Obstacle<'d>> {
        let all: Vec<&'d Requirement> = groups.iter().flatten().copied().collect();
        let mut found = Vec::new();
        for requirement in all.iter().copied() {
            let parts = self.part(&[requirement]);
            let first = parts.iter().filter_map(|part| part.days.first()).min();
            let last = parts.iter().filter_map(|part| part.days.last()).max();
            let days = first.zip(last);
            if days != Some((self.how.as_of, self.how.horizon)) {
                let missing = if days.is_none() { missing(today, requirement) } else { Vec::new() };
                found.push(self.how.obstacle(requirement, days, missing));
            }
        }
        if found.is_empty() {
            // Each can be met, but not together: what is not met as things are has to give way.
            let days = Some((self.how.as_of, self.how.horizon));
            let throughout = DaySet::all(self.how.as_of, self.how.horizon);
            for requirement in all {
                if self.days(requirement, &[]) != throughout {
                    found.push(self.how.obstacle(requirement, days, Vec::new()));
                }
            }
        }
        // What is never met stands in the way alone.
        if found.iter().any(|obstacle| obstacle.days.is_none()) {
            found.retain(|obstacle| obstacle.days.is_none());
        }
        found
    }
}

/// The days on which a requirement is not in force, or found so well.
fn met(found: &[(NaiveDate, NaiveDate, Option<Rc<Finding<'_>>>)], grade: Grade) -> DaySet {
    let mut days = DaySet::none();
    for (from, to, finding) in found {
        if finding.as_ref().is_none_or(|finding| grade.takes(finding)) {
            days.push(*from, *to);
        }
    }
    days
}

/// How well a requirement has to be met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Grade {
    /// So that the window can be open.
    Well,
    /// So that only the pages, or what is not on record, leave it in doubt.
    InDoubt,
}

impl Grade {
    fn takes(self, finding: &Finding<'_>) -> bool {
        let doubt =
            [Some(Cause::ReadingsDiffer), Some(Cause::NotOnRecord)].contains(&finding.cause);
        finding.is_well() || (self == Self::InDoubt && finding.outcome == Outcome::Unknown && doubt)
    }
}

/// Some of the changes of one group, by their places among all, with the days they open.
#[derive(Debug, Clone)]
pub(super) struct Part {
    chosen: Vec<usize>,
    days: DaySet,
}

/// The facts that a requirement hangs on today.
fn missing(today: &Assessment<'_>, requirement: &Requirement) -> Vec<Text> {
    let mut findings = today.findings.iter();
    findings
        .find(|finding| std::ptr::eq(finding.requirement, requirement))
        .map(|finding| finding.missing.clone())
        .unwrap_or_default()
}

/// The scenes in which the rules can tell countries apart: on the day of the question, and where
/// the calendar or a group turns.
fn scenes<'d>(how: &How<'_, 'd>) -> Vec<Scene<'d>> {
    let How { data, window, as_of, horizon, .. } = *how;
    let mut days = turning_days(&[Side { data, window }], as_of);
    days.retain(|day| as_of < *day && *day <= horizon);
    let scene = |as_of| Scene { data, timing: timing(window, as_of), as_of };
    [as_of].into_iter().chain(days).map(scene).collect()
}
