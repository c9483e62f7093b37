//! The work that a profile tells, and what counts of it.

use smallvec::SmallVec;

use super::figures::Span;
use crate::engine::tally::{self, Day};
use crate::profile::{Job, JobEnd};
use crate::rules::{self, Counting};
use crate::vocabulary::{ExperienceKind, Words};

/// A day behind all others.
const NEVER: Day = Day::MAX;

/// How many kinds of work there are.
const KINDS: usize = ExperienceKind::WORDS.len();

/// The work of a profile.
#[derive(Debug, Clone, Default)]
pub(super) struct Work {
    /// The jobs that are relevant.
    stints: Vec<Stint>,
    /// Each two of them that may fall on one day, by their places, the later one last.
    pairs: Vec<(usize, usize)>,
    /// The days of the jobs, and behind them those of the pairs.
    days: Vec<Days>,
    /// Whether three may fall on one day.
    is_crowded: bool,
    /// Their kinds, a bit each.
    kinds: u64,
    /// Whether it is told of all of them if they are paid.
    is_pay_told: bool,
    after_first_degree: Since,
    after_master: Since,
}

/// A job that is relevant.
#[derive(Debug, Clone, Copy)]
struct Stint {
    kind: ExperienceKind,
    /// Thousandths of full time.
    share: i64,
    paid: Option<bool>,
}

/// Days of work as they may be.
#[derive(Debug, Clone, Copy)]
struct Days {
    fewest: Stretch,
    most: Stretch,
}

/// Days from the first to the last, both inclusive; none if the last lies before the first.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    from: Day,
    /// [`NEVER`] where they go on.
    to: Day,
}

/// Days from which work counts, the best and the worst that they can be; [`NEVER`]: the degree that
/// it hangs on may not be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Since {
    pub(super) best: Day,
    pub(super) worst: Day,
}

impl Default for Since {
    fn default() -> Self {
        Self { best: NEVER, worst: NEVER }
    }
}

/// A way of weighing how much each day of work counts.
#[derive(Debug, Clone)]
pub(super) struct Weighing {
    counting: Counting,
    /// How many halves of a job of each kind count if the organisation, where it judges that, says
    /// no, and if it says yes.
    halves: [[i64; 2]; KINDS],
    /// The kinds that the organisation judges, a bit each.
    judged: u64,
}

/// What is open about work besides its days.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Open {
    /// The kinds that the organisation judges, a bit each.
    pub(super) kinds: u64,
    /// The stints that would count if they were paid, which is not told, a bit each.
    unpaid: u64,
}

/// One way to fill in what is open about work besides its days.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case {
    /// The judged kinds that count.
    kinds: u64,
    /// The stints of which pay is not told that are paid, by their places.
    paid: u64,
}

/// What a job weighs, in thousandths, in the worse of two cases and in the better one. Behind the
/// jobs stands, below zero, what each pair weighs too much where both meet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weight {
    least: i64,
    most: i64,
}

/// What jobs and pairs weigh.
pub(super) type Weights = SmallVec<[Weight; 16]>;

/// Work with what it weighs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weighed<'w> {
    pub(super) work: &'w Work,
    pub(super) since: Since,
    pub(super) weights: &'w Weights,
}

impl Work {
    /// Takes in the relevant ones of `jobs`; `earliest` is the first day that the engine looks at.
    /// Returns whether none may have begun before.
    pub(super) fn take(&mut self, jobs: &[Job], earliest: Day) -> bool {
        self.stints.clear();
        self.pairs.clear();
        self.days.clear();
        (self.kinds, self.is_pay_told, self.is_crowded) = (0, true, false);
        let mut is_usual = true;
        for job in jobs.iter().filter(|job| job.relevant) {
            let (days, share) = (Days::of(job), i64::from(job.share));
            self.kinds |= 1 << job.kind as u64;
            self.is_pay_told &= job.paid.is_some();
            is_usual &= days.most.from >= earliest;
            self.pair_up(days);
            self.stints.push(Stint { kind: job.kind, share, paid: job.paid });
            self.days.push(days);
        }
        for (one, other) in &self.pairs {
            if let (Some(one), Some(other)) = (self.days.get(*one), self.days.get(*other)) {
                self.days.push(one.common(*other));
            }
        }
        is_usual
    }

    /// Pairs a job on these days up with those before it.
    fn pair_up(&mut self, days: Days) {
        let (first, place) = (self.pairs.len(), self.days.len());
        for (before, other) in self.days.iter().enumerate() {
            if days.common(*other).most.is_any() {
                self.pairs.push((before, place));
            }
        }
        // Of stretches of days that meet two by two, all meet on one day.
        let met = self.pairs.get(first..).unwrap_or_default();
        let are_paired = |one: usize, other: usize| self.pairs.contains(&(one, other));
        self.is_crowded |= met.iter().enumerate().any(|(at, (later, _))| {
            met.iter().take(at).any(|(earlier, _)| are_paired(*earlier, *later))
        });
    }

    /// Takes in from when work after degrees counts.
    pub(super) const fn take_degrees(&mut self, first: Since, master: Since) {
        self.after_first_degree = first;
        self.after_master = master;
    }

    const fn since(&self, after: rules::Since) -> Since {
        match after {
            rules::Since::AnyTime => Since { best: Day::MIN, worst: Day::MIN },
            rules::Since::FirstDegree => self.after_first_degree,
            rules::Since::Master => self.after_master,
        }
    }
}

impl Days {
    fn of(job: &Job) -> Self {
        let from = Span::from(job.from);
        let to = match job.to {
            JobEnd::Ongoing => Span { first: NEVER, last: NEVER },
            JobEnd::On(day) => Span::from(day),
            JobEnd::NotTold => Span { first: from.first, last: NEVER },
        };
        Self {
            fewest: Stretch { from: from.last, to: to.first },
            most: Stretch { from: from.first, to: to.last },
        }
    }

    fn common(self, other: Self) -> Self {
        let (fewest, most) = (self.fewest.common(other.fewest), self.most.common(other.most));
        Self { fewest, most }
    }
}

impl Stretch {
    fn common(self, other: Self) -> Self {
        Self { from: self.from.max(other.from), to: self.to.min(other.to) }
    }

    const fn is_any(self) -> bool {
        self.from <= self.to
    }

    /// How many days it has from `since` up to `last`, which is not [`NEVER`].
    fn between(self, since: Day, last: Day) -> i64 {
        i64::from((self.to.min(last) - self.from.max(since) + 1).max(0))
    }
}

impl Weighing {
    /// The weighing of `counting`.
    pub(super) fn of(counting: &Counting) -> Self {
        let (mut halves, mut judged) = ([[0; 2]; KINDS], 0);
        for (_, kind) in ExperienceKind::WORDS {
            if let Some(halves) = halves.get_mut(*kind as usize) {
                *halves = [false, true]
                    .map(|may_count| tally::counted_share(counting, *kind, 2, true, || may_count));
            }
            judged |= u64::from(counting.weight(*kind) == rules::Weight::MayCount) << *kind as u64;
        }
        Self { counting: counting.clone(), halves, judged }
    }

    /// Whether `counting` weighs alike, up to whatever day.
    pub(super) fn is_of(&self, counting: &Counting) -> bool {
        let Counting { weights, paid_only, after, until: _ } = counting;
        let own = &self.counting;
        (own.weights, own.paid_only, own.after) == (*weights, *paid_only, *after)
    }

    /// From when `work` counts.
    pub(super) const fn since(&self, work: &Work) -> Since {
        work.since(self.counting.after)
    }

    /// What is open about `work`.
    pub(super) fn open(&self, work: &Work) -> Open {
        Open { kinds: self.judged & work.kinds, unpaid: self.untold_pay(work) }
    }

    /// The stints that would count if they were paid, which is not told.
    fn untold_pay(&self, work: &Work) -> u64 {
        if !self.counting.paid_only || work.is_pay_told {
            return 0;
        }
        let untold = work.stints.iter().enumerate().filter(|(_, stint)| {
            stint.paid.is_none() && self.counting.weight(stint.kind) != rules::Weight::Not
        });
        untold.fold(0, |bits, (at, _)| bits | 1 << at.min(63))
    }

    /// Writes into `weights` what `work` weighs in the case `least` and in the case `most`.
    pub(super) fn weigh(&self, work: &Work, [least, most]: [Case; 2], weights: &mut Weights) {
        weights.clear();
        for (at, stint) in work.stints.iter().enumerate() {
            let kind = stint.kind as usize;
            let [no, yes] = self.halves.get(kind).copied().unwrap_or_default();
            let share = |case: Case| {
                let halves = if case.kinds >> kind & 1 == 1 { yes } else { no };
                let is_paid = stint.paid.unwrap_or(case.paid >> at.min(63) & 1 == 1);
                // No branches: one job is paid, the next one is not.
                let is_counted = i64::from(is_paid).max(i64::from(!self.counting.paid_only));
                (stint.share * halves * is_counted) >> 1
            };
            weights.push(Weight { least: share(least), most: share(most) });
        }
        for (one, other) in &work.pairs {
            if let (Some(one), Some(other)) = (weights.get(*one), weights.get(*other)) {
                weights.push(one.excess(*other));
            }
        }
    }
}

impl Weight {
    /// What days count beyond whole ones that count both.
    fn excess(self, other: Self) -> Self {
        let excess = |one, other| -Ord::max(one + other - tally::FULL, 0);
        Self { least: excess(self.least, other.least), most: excess(self.most, other.most) }
    }
}

impl Weighed<'_> {
    /// Thousandths of days that count up to `last`, inclusive, at least and at most.
    pub(super) fn up_to(self, last: Day) -> (i64, i64) {
        let Self { work, since: Since { best, worst }, weights } = self;
        if work.is_crowded {
            return (
                self.in_a_crowd(worst, last, |(days, weight)| (days.fewest, weight.least)),
                self.in_a_crowd(best, last, |(days, weight)| (days.most, weight.most)),
            );
        }
        work.days.iter().zip(weights).fold((0, 0), |(least, most), (days, weight)| {
            let fewest = days.fewest.between(worst, last);
            (least + fewest * weight.least, most + days.most.between(best, last) * weight.most)
        })
    }

    /// The same where pairs do not tell how many jobs fall on a day.
    fn in_a_crowd(
        self,
        since: Day,
        last: Day,
        of: impl Fn((&Days, &Weight)) -> (Stretch, i64),
    ) -> i64 {
        let jobs = self.work.days.iter().zip(self.weights).take(self.work.stints.len()).map(of);
        let stretches = jobs.filter_map(|(Stretch { from, to }, share)| {
            let counted = Stretch { from: from.max(since), to };
            let Stretch { from, to } = counted;
            (share > 0 && counted.is_any()).then_some(tally::Stretch { from, to, share })
        });
        tally::capped(stretches).iter().map(|stretch| stretch.up_to(last)).sum()
    }
}

impl Case {
    /// The one in which the least counts.
    pub(super) const WORST: Self = Self { kinds: 0, paid: 0 };

    /// The one in which the most counts.
    pub(super) const BEST: Self = Self { kinds: u64::MAX, paid: u64::MAX };

    /// The same where the organisation counts just these kinds.
    pub(super) const fn with_kinds(self, kinds: u64) -> Self {
        Self { kinds, ..self }
    }
}

impl Open {
    pub(super) const fn count(self) -> u32 {
        self.kinds.count_ones() + self.unpaid.count_ones()
    }

    /// Each way to fill it in.
    pub(super) fn cases(self) -> impl Iterator<Item = Case> {
        subsets(self.unpaid)
            .flat_map(move |paid| subsets(self.kinds).map(move |kinds| Case { kinds, paid }))
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
    use chrono::NaiveDate;

    use super::*;
    use crate::rules::ReferenceDay;
    use crate::vocabulary::PartialDate;

    /// Which weighs every kind in every way.
    const COUNTING: Counting = {
        use rules::Weight::{Full, Half, MayCount, Not};
        Counting {
            weights: [Full, Half, MayCount, Not, Full, Full, Half, MayCount],
            paid_only: true,
            after: rules::Since::FirstDegree,
            until: ReferenceDay::Application,
        }
    };

    fn random() -> impl FnMut(i32) -> i32 {
        let mut random = 1_u64;
        move |limit| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888);
            i32::try_from(random >> 33).unwrap() % limit
        }
    }

    fn between(first: Day, last: Day) -> PartialDate {
        let day = |day| NaiveDate::from_num_days_from_ce_opt(day).unwrap();
        PartialDate::between(day(first), day(last))
    }

    fn job(from: PartialDate, to: JobEnd) -> Job {
        Job {
            kind: ExperienceKind::Employment,
            from,
            to,
            share: 1000,
            paid: Some(true),
            country: None,
            relevant: true,
            relevance_told: false,
            employer: None,
        }
    }

    fn random_job(below: &mut impl FnMut(i32) -> i32) -> Job {
        let first = 100 + below(60);
        let from = between(first, first + [0, below(20)][usize::from(below(2) == 0)]);
        let last = first + below(30);
        let to = match below(8) {
            0 => JobEnd::Ongoing,
            1 => JobEnd::NotTold,
            2 => JobEnd::On(between(last, last + below(20))),
            _ => JobEnd::On(between(last, last)),
        };
        let (_, kind) = ExperienceKind::WORDS[usize::try_from(below(8)).unwrap()];
        let share = u32::try_from(below(8) * 100 + 300).unwrap();
        let paid = [Some(true), Some(true), Some(false), None][usize::try_from(below(4)).unwrap()];
        Job { kind, share, paid, relevant: below(9) > 0, ..job(from, to) }
    }

    fn work_of(jobs: &[Job]) -> Work {
        let mut work = Work::default();
        // What was there before is of no account.
        work.take(&[job(between(1, 9), JobEnd::NotTold), job(between(1, 9), JobEnd::Ongoing)], 1);
        work.take(jobs, 1);
        work
    }

    /// Day by day.
    fn plainly_counted(
        jobs: &[Job],
        case: Case,
        since: Day,
        until: Day,
        days: fn(Days) -> Stretch,
    ) -> i64 {
        let relevant: Vec<&Job> = jobs.iter().filter(|job| job.relevant).collect();
        let share = |(at, job): (usize, &&Job)| {
            let is_paid = job.paid.unwrap_or(case.paid >> at & 1 == 1);
            let may_count = || case.kinds >> job.kind as u64 & 1 == 1;
            tally::counted_share(&COUNTING, job.kind, job.share.into(), is_paid, may_count)
        };
        let on = |day: Day| -> i64 {
            let worked = relevant.iter().enumerate().filter(|(_, job)| {
                let Stretch { from, to } = days(Days::of(job));
                from <= day && day <= to
            });
            worked.map(share).sum()
        };
        (since..=until).map(|day| on(day).min(tally::FULL)).sum()
    }

    fn up_to(work: &Work, since: Since, cases: [Case; 2], until: Day) -> (i64, i64) {
        let mut weights = Weights::new();
        Weighing::of(&COUNTING).weigh(work, cases, &mut weights);
        Weighed { work, since, weights: &weights }.up_to(until)
    }

    #[test]
    fn a_day_counts_what_its_jobs_do_and_one_day_at_most() {
        let mut below = random();
        let mut seen = [0; 3];
        for _ in 0..3000 {
            let jobs: Vec<Job> = (0..below(5)).map(|_| random_job(&mut below)).collect();
            let work = work_of(&jobs);
            let crowd = if work.is_crowded { 2 } else { usize::from(!work.pairs.is_empty()) };
            seen[crowd] += 1;
            let mut case = || Case {
                kinds: below(256).try_into().unwrap(),
                paid: below(16).try_into().unwrap(),
            };
            let cases @ [worse, better] = [case(), case()];
            let since = Since { worst: 110 + below(40), best: 90 + below(20) };
            for until in [100, 120, 145, 200] {
                let expected = (
                    plainly_counted(&jobs, worse, since.worst, until, |days| days.fewest),
                    plainly_counted(&jobs, better, since.best, until, |days| days.most),
                );
                let amounts = up_to(&work, since, cases, until);
                assert_eq!(amounts, expected, "{jobs:?} {cases:?} {since:?} until {until}");
            }
        }
        assert!(seen.iter().all(|times| *times > 100), "{seen:?}");
    }

    #[test]
    fn work_behind_a_degree_that_may_not_be_there_does_not_count() {
        let work = work_of(&[job(between(101, 101), JobEnd::Ongoing)]);
        let since = Since { best: 1, ..Since::default() };
        assert_eq!(up_to(&work, since, [Case::WORST, Case::BEST], 200), (0, 100_000));
    }

    #[test]
    fn jobs_that_meet_one_job_on_different_days_are_no_crowd() {
        let on = |first, last| job(between(first, first), JobEnd::On(between(last, last)));
        let (first, long, second) = (on(10, 20), on(1, 100), on(30, 40));
        assert!(work_of(&[first.clone(), second.clone()]).pairs.is_empty());
        let work = work_of(&[first.clone(), long.clone(), second]);
        assert_eq!((work.pairs.len(), work.is_crowded), (2, false));
        assert!(work_of(&[long, first, on(20, 40)]).is_crowded);
    }
}
