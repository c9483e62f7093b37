//! The work that a profile tells, and what counts of it.

use super::figures::Span;
use crate::engine::tally::{self, Day, Stretch};
use crate::profile::{Job, JobEnd};
use crate::rules::{self, Counting, Weight};
use crate::vocabulary::{ExperienceKind, Words};

/// A day behind all others.
const NEVER: Day = Day::MAX;

/// The work of a profile.
#[derive(Debug, Clone, Default)]
pub(super) struct Work {
    /// The jobs that are relevant.
    stints: Vec<Stint>,
    together: Together,
    /// Their kinds, a bit each.
    kinds: u64,
    /// Whether all their days are told exactly.
    has_exact_days: bool,
    /// Whether it is told of all of them if they are paid.
    is_pay_told: bool,
    after_first_degree: Since,
    after_master: Since,
}

/// How many jobs may fall on one day at most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Together {
    #[default]
    One,
    Two,
    More,
}

/// A job that is relevant.
#[derive(Debug, Clone, Copy)]
struct Stint {
    kind: ExperienceKind,
    from: Span,
    /// The last day; [`NEVER`] where it goes on.
    to: Span,
    /// Thousandths of full time.
    share: i64,
    paid: Option<bool>,
}

/// Days from which work counts, the best and the worst that they can be; `None`: the degree that it
/// hangs on may not be there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Since {
    pub(super) best: Option<Day>,
    pub(super) worst: Option<Day>,
}

/// A way of weighing how much each day of work counts.
#[derive(Debug, Clone)]
pub(super) struct Weighing {
    /// The counting of which it is a part.
    counting: Counting,
    /// The kinds that the organisation judges, a bit each.
    judged: u64,
}

/// Work as one way of weighing counts it.
#[derive(Debug, Clone, Default)]
pub(super) struct Counted {
    /// Whether it is that of the profile being answered.
    pub(super) is_fresh: bool,
    /// Whether there is but one way to count it.
    pub(super) is_exact: bool,
    pub(super) since: Since,
    pub(super) open: Open,
    /// The least that counts.
    pub(super) shortest: Vec<Stretch>,
    /// The most that counts, unless there is but one way.
    longest: Vec<Stretch>,
    /// The shortest and the longest for each way to fill in what is open, once they are asked for.
    cases: Vec<Stretch>,
    /// Where each of these ends.
    ends: Vec<usize>,
}

/// What is open about the work besides its days.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Open {
    /// The kinds that the organisation judges, a bit each.
    pub(super) kinds: u64,
    /// The stints that would count if they were paid, a bit each.
    unpaid: u64,
}

/// One way to fill in what is open about work.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case {
    longest: bool,
    /// The judged kinds that count.
    kinds: u64,
    /// The stints of which pay is not told that are paid, by their places.
    paid: u64,
    since: Option<Day>,
}

impl Work {
    /// Takes in the relevant ones of `jobs`; `earliest` is the first day that the engine looks at.
    /// Returns whether none may have begun before.
    pub(super) fn take(&mut self, jobs: &[Job], earliest: Day) -> bool {
        let Self { stints, together, kinds, has_exact_days, is_pay_told, .. } = self;
        stints.clear();
        (*together, *kinds) = (Together::One, 0);
        (*has_exact_days, *is_pay_told) = (true, true);
        let mut is_usual = true;
        for job in jobs.iter().filter(|job| job.relevant) {
            let stint = Stint::of(job);
            *kinds |= 1 << stint.kind as u64;
            *has_exact_days &= stint.has_exact_days();
            *is_pay_told &= stint.paid.is_some();
            *together = stint.together(stints).max(*together);
            is_usual &= stint.from.first >= earliest;
            stints.push(stint);
        }
        is_usual
    }

    /// Takes in from when work after degrees counts.
    pub(super) const fn take_degrees(&mut self, first: Since, master: Since) {
        self.after_first_degree = first;
        self.after_master = master;
    }

    fn since(&self, after: rules::Since) -> Since {
        match after {
            rules::Since::AnyTime => Since { best: Some(Day::MIN), worst: Some(Day::MIN) },
            rules::Since::FirstDegree => self.after_first_degree,
            rules::Since::Master => self.after_master,
        }
    }
}

impl Stint {
    fn of(job: &Job) -> Self {
        let from = Span::from(job.from);
        let to = match job.to {
            JobEnd::Ongoing => Span { first: NEVER, last: NEVER },
            JobEnd::On(day) => Span::from(day),
            JobEnd::NotTold => Span { first: from.first, last: NEVER },
        };
        Self { kind: job.kind, from, to, share: i64::from(job.share), paid: job.paid }
    }

    /// Whether both may fall on one day.
    const fn meets(&self, other: &Self) -> bool {
        self.from.first <= other.to.last && other.from.first <= self.to.last
    }

    /// How many of `others` and itself may fall on one of its days: of stretches of days that meet
    /// two by two, all meet on one day.
    fn together(&self, others: &[Self]) -> Together {
        let mut met = others.iter().enumerate().filter(|(_, other)| self.meets(other));
        let Some((first, _)) = met.next() else { return Together::One };
        let meets_another = |(at, one): (usize, &Self)| {
            let before = others.iter().take(at).skip(first);
            before.filter(|other| self.meets(other)).any(|other| one.meets(other))
        };
        if met.any(meets_another) { Together::More } else { Together::Two }
    }

    fn has_exact_days(&self) -> bool {
        self.from.first == self.from.last && self.to.first == self.to.last
    }
}

impl Weighing {
    /// The weighing of `counting`.
    pub(super) fn of(counting: &Counting) -> Self {
        let kinds = ExperienceKind::WORDS.iter().map(|(_, kind)| *kind);
        let judged = kinds.filter(|kind| counting.weight(*kind) == Weight::MayCount);
        let judged = judged.fold(0, |bits, kind| bits | 1 << kind as u64);
        Self { counting: counting.clone(), judged }
    }

    /// Whether `counting` weighs alike, up to whatever day.
    pub(super) fn is_of(&self, counting: &Counting) -> bool {
        let Counting { weights, paid_only, after, until: _ } = counting;
        let own = &self.counting;
        (own.weights, own.paid_only, own.after) == (*weights, *paid_only, *after)
    }

    /// From when `work` counts.
    pub(super) fn since(&self, work: &Work) -> Since {
        work.since(self.counting.after)
    }

    /// Counts the least and the most of `work`.
    pub(super) fn count(&self, work: &Work, counted: &mut Counted) {
        let since = self.since(work);
        let open = Open { kinds: self.judged & work.kinds, unpaid: self.untold_pay(work) };
        counted.is_fresh = true;
        counted.is_exact = work.has_exact_days && open.count() == 0 && since.best == since.worst;
        (counted.since, counted.open) = (since, open);
        counted.shortest.clear();
        counted.ends.clear();
        self.put(work, Case::least(since), &mut counted.shortest);
        if !counted.is_exact {
            counted.longest.clear();
            self.put(work, Case::most(since, open), &mut counted.longest);
        }
    }

    /// Counts the shortest and the longest for each way to fill in what is open, if that is not
    /// done.
    pub(super) fn count_cases(&self, work: &Work, counted: &mut Counted) {
        let Counted { since, open, cases, ends, .. } = counted;
        if !ends.is_empty() {
            return;
        }
        cases.clear();
        for case in open.cases(since.best) {
            self.put(work, case, cases);
            ends.push(cases.len());
            if !work.has_exact_days {
                self.put(work, Case { longest: true, ..case }, cases);
            }
            ends.push(cases.len());
        }
    }

    /// The work that counts in one case.
    pub(super) fn counted(&self, work: &Work, case: Case) -> Vec<Stretch> {
        let mut counted = Vec::new();
        self.put(work, case, &mut counted);
        counted
    }

    /// Puts the stretches that count in one case behind those that are there.
    fn put(&self, work: &Work, case: Case, stretches: &mut Vec<Stretch>) {
        let start = stretches.len();
        let mut shares = 0;
        for (at, stint) in work.stints.iter().enumerate() {
            let Some(since) = case.since else { break };
            let paid = stint.paid.unwrap_or(case.paid >> at.min(63) & 1 == 1);
            let may_count = || case.kinds >> stint.kind as u64 & 1 == 1;
            let share =
                tally::counted_share(&self.counting, stint.kind, stint.share, paid, may_count);
            let (from, to) = if case.longest {
                (stint.from.first, stint.to.last)
            } else {
                (stint.from.last, stint.to.first)
            };
            let from = from.max(since);
            if share > 0 && from <= to {
                shares += share;
                stretches.push(Stretch { from, to, share });
            }
        }
        // Shares that make up one day together count in full wherever they meet.
        if shares > tally::FULL {
            match work.together {
                Together::One => {}
                Together::Two => take_excess(start, stretches),
                Together::More => {
                    let capped = tally::capped(stretches.drain(start..));
                    stretches.extend(capped);
                }
            }
        }
    }

    /// The stints that would count if they were paid, which is not told.
    fn untold_pay(&self, work: &Work) -> u64 {
        if !self.counting.paid_only || work.is_pay_told {
            return 0;
        }
        let untold = work.stints.iter().enumerate().filter(|(_, stint)| {
            stint.paid.is_none() && self.counting.weight(stint.kind) != Weight::Not
        });
        untold.fold(0, |bits, (at, _)| bits | 1 << at.min(63))
    }
}

impl Counted {
    /// The most that counts.
    pub(super) fn longest(&self) -> &[Stretch] {
        if self.is_exact { &self.shortest } else { &self.longest }
    }

    /// The shortest and the longest in each case, once they are counted.
    pub(super) fn cases(&self) -> impl Iterator<Item = (&[Stretch], &[Stretch])> {
        let mut start = 0;
        self.ends.as_chunks().0.iter().map(move |[middle, end]| {
            let part = |from, to| self.cases.get(from..to).unwrap_or_default();
            let shortest = part(start, *middle);
            let longest = if middle == end { shortest } else { part(*middle, *end) };
            start = *end;
            (shortest, longest)
        })
    }
}

impl Case {
    pub(super) const fn least(since: Since) -> Self {
        Self { longest: false, kinds: 0, paid: 0, since: since.worst }
    }

    pub(super) const fn most(since: Since, open: Open) -> Self {
        Self { longest: true, kinds: open.kinds, paid: open.unpaid, since: since.best }
    }

    /// The same where the organisation counts just these kinds.
    pub(super) const fn with_kinds(self, kinds: u64) -> Self {
        Self { kinds, ..self }
    }
}

impl Open {
    pub(super) const fn count(self) -> u32 {
        self.kinds.count_ones() + self.unpaid.count_ones()
    }

    /// The shortest for each way to fill it in.
    fn cases(self, since: Option<Day>) -> impl Iterator<Item = Case> {
        subsets(self.unpaid).flat_map(move |paid| {
            subsets(self.kinds).map(move |kinds| Case { longest: false, kinds, paid, since })
        })
    }
}

/// Takes away what the stretches from `start` on count beyond whole days, if two of them meet at
/// most on any: a stretch with the opposite share stands behind them for each two that do.
fn take_excess(start: usize, stretches: &mut Vec<Stretch>) {
    let end = stretches.len();
    for second in start..end {
        for first in start..second {
            let (Some(one), Some(other)) = (stretches.get(first), stretches.get(second)) else {
                return;
            };
            let (from, to) = (one.from.max(other.from), one.to.min(other.to));
            let excess = one.share + other.share - tally::FULL;
            if from <= to && excess > 0 {
                stretches.push(Stretch { from, to, share: -excess });
            }
        }
    }
}

/// Every subset of the bits of `all`.
fn subsets(all: u64) -> impl Iterator<Item = u64> {
    let mut next = Some(0_u64);
    std::iter::from_fn(move || {
        let now = next?;
        // The next subset: borrow through the bits that are not there.
        next = (now != all).then(|| now.wrapping_sub(all) & all);
        Some(now)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::ReferenceDay;

    fn weighing() -> Weighing {
        Weighing::of(&Counting {
            weights: [Weight::Full; 8],
            paid_only: false,
            after: rules::Since::AnyTime,
            until: ReferenceDay::Application,
        })
    }

    fn work_of(stints: &[Stint]) -> Work {
        let mut work = Work::default();
        for stint in stints {
            work.together = stint.together(&work.stints).max(work.together);
            work.stints.push(*stint);
        }
        work
    }

    fn stint(from: Day, to: Day, share: i64) -> Stint {
        let on = |day| Span { first: day, last: day };
        let kind = ExperienceKind::Employment;
        Stint { kind, from: on(from), to: on(to), share, paid: Some(true) }
    }

    /// Day by day.
    fn plainly_counted(stints: &[Stint], until: Day) -> i64 {
        let shares = |day: Day| -> i64 {
            let worked = stints.iter().filter(|s| s.from.first <= day && day <= s.to.first);
            worked.map(|stint| stint.share).sum()
        };
        (0..=until).map(|day| shares(day).min(tally::FULL)).sum()
    }

    #[test]
    fn a_day_of_several_jobs_counts_for_a_whole_one_at_most() {
        let mut random = 1_u64;
        let mut below = |limit: u64| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888);
            Day::try_from((random >> 33) % limit).unwrap()
        };
        let mut seen = [0; 3];
        for _ in 0..2000 {
            let stints: Vec<Stint> = (0..below(5))
                .map(|_| {
                    let from = below(60);
                    stint(from, from + below(30), i64::from(below(8)) * 100 + 300)
                })
                .collect();
            let work = work_of(&stints);
            seen[work.together as usize] += 1;
            let since = work.since(rules::Since::AnyTime);
            let counted = weighing().counted(&work, Case::least(since));
            for until in [0, 20, 45, 100] {
                let amount: i64 = counted.iter().map(|stretch| stretch.up_to(until)).sum();
                assert_eq!(amount, plainly_counted(&stints, until), "{stints:?} until {until}");
            }
        }
        assert!(seen.iter().all(|times| *times > 100), "{seen:?}");
    }

    #[test]
    fn jobs_that_meet_one_job_on_different_days_are_two_together() {
        let long = stint(0, 100, 1000);
        let (first, second) = (stint(10, 20, 1000), stint(30, 40, 1000));
        assert_eq!(work_of(&[first, second]).together, Together::One);
        assert_eq!(work_of(&[first, long, second]).together, Together::Two);
        assert_eq!(work_of(&[long, first, stint(20, 40, 1000)]).together, Together::More);
    }
}
