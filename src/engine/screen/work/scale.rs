//! What counts of work.

use smallvec::SmallVec;

use super::{Days, Since, Stretch, Work};
use crate::engine::tally::{self, Day};
use crate::rules::{self, Counting};
use crate::vocabulary::{ExperienceKind, Words};

/// How many kinds of work there are.
const KINDS: usize = ExperienceKind::WORDS.len();

/// A way of weighing, and what the work of a profile weighs by it, once that was asked.
#[derive(Debug, Clone)]
pub(in crate::engine::screen) struct Scale {
    pub(in crate::engine::screen) weighing: Weighing,
    /// In the worst case and in the best.
    extremes: Asked,
    /// In the worst of the cases in which all that the organisation judges counts, and in the best
    /// of those in which nothing of that does.
    judged: Asked,
}

/// What work weighs in two cases, if that was asked already.
#[derive(Debug, Clone, Default)]
struct Asked {
    weighed: Weighed,
    is_known: bool,
}

/// A way of weighing how much each day of work counts.
#[derive(Debug, Clone)]
pub(in crate::engine::screen) struct Weighing {
    counting: Counting,
    /// How many halves of a job of each kind count if the organisation, where it judges that, says
    /// no, and if it says yes.
    halves: [[i64; 2]; KINDS],
    /// The kinds that the organisation judges, a bit each.
    judged: u64,
}

/// What is open about work besides its days.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::engine::screen) struct Open {
    /// The kinds that the organisation judges, a bit each.
    pub(in crate::engine::screen) kinds: u64,
    /// The stints that would count if they were paid, which is not told, a bit each.
    unpaid: u64,
}

/// One way to fill in what is open about work besides its days.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine::screen) struct Case {
    /// The judged kinds that count.
    kinds: u64,
    /// The stints of which pay is not told that are paid, by their places.
    paid: u64,
}

/// What a job weighs, in thousandths, in the worse of two cases and in the better one. Behind the
/// jobs stands, below zero, what each pair weighs too much where both meet.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine::screen) struct Weight {
    least: i64,
    most: i64,
}

/// What work weighs in the worse of two cases and in the better one.
#[derive(Debug, Clone, Default)]
pub(in crate::engine::screen) struct Weighed {
    since: Since,
    weights: SmallVec<[Weight; 16]>,
}
impl Scale {
    /// One that weighs as `counting` does.
    pub(in crate::engine::screen) fn of(counting: &Counting) -> Self {
        let (extremes, judged) = Default::default();
        Self { weighing: Weighing::of(counting), extremes, judged }
    }

    /// Forgets what was weighed.
    pub(in crate::engine::screen) const fn clear(&mut self) {
        self.extremes.is_known = false;
        self.judged.is_known = false;
    }

    /// What `work`, always the same since the last time that was forgotten, weighs in the worst
    /// case and in the best.
    pub(in crate::engine::screen) fn extremes(&mut self, work: &Work) -> &Weighed {
        self.extremes.weighed(&self.weighing, work, [Case::WORST, Case::BEST])
    }

    /// What it weighs in the worst case but with all that the organisation judges, and in the best
    /// but without.
    pub(in crate::engine::screen) fn judged(&mut self, work: &Work) -> &Weighed {
        let cases = [Case::WORST.with_kinds(u64::MAX), Case::BEST.with_kinds(0)];
        self.judged.weighed(&self.weighing, work, cases)
    }
}

impl Asked {
    fn weighed(&mut self, weighing: &Weighing, work: &Work, cases: [Case; 2]) -> &Weighed {
        if !self.is_known {
            weighing.weigh(work, cases, &mut self.weighed);
            self.is_known = true;
        }
        &self.weighed
    }
}

impl Weighing {
    /// The weighing of `counting`.
    pub(in crate::engine::screen) fn of(counting: &Counting) -> Self {
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
    pub(in crate::engine::screen) fn is_of(&self, counting: &Counting) -> bool {
        let Counting { weights, paid_only, after, until: _ } = counting;
        let own = &self.counting;
        (own.weights, own.paid_only, own.after) == (*weights, *paid_only, *after)
    }

    /// From when `work` counts.
    pub(in crate::engine::screen) const fn since(&self, work: &Work) -> Since {
        work.since(self.counting.after)
    }

    /// What is open about `work`.
    pub(in crate::engine::screen) fn open(&self, work: &Work) -> Open {
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

    /// Writes into `weighed` what `work` weighs in the case `least` and in the case `most`.
    pub(in crate::engine::screen) fn weigh(
        &self,
        work: &Work,
        [least, most]: [Case; 2],
        weighed: &mut Weighed,
    ) {
        let Weighed { since, weights, .. } = weighed;
        *since = work.since(self.counting.after);
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
    const fn both(&self) -> (i64, i64) {
        (self.least, self.most)
    }

    /// What days count beyond whole ones that count both.
    fn excess(self, other: Self) -> Self {
        let excess = |one, other| -Ord::max(one + other - tally::FULL, 0);
        Self { least: excess(self.least, other.least), most: excess(self.most, other.most) }
    }
}

impl Weighed {
    /// Thousandths of days of `work`, which is what was weighed, that count up to `last`,
    /// inclusive, at least and at most.
    pub(in crate::engine::screen) fn up_to(&self, work: &Work, last: Day) -> (i64, i64) {
        self.counted(work, last, Weight::both)
    }

    /// The most that can count in the worse case, and the least that can in the better one.
    pub(in crate::engine::screen) fn up_to_between(&self, work: &Work, last: Day) -> (i64, i64) {
        let Since { best, worst } = self.since;
        if work.are_exact && best == worst {
            return self.up_to(work, last);
        }
        let crossed = |weight: &Weight| (weight.most, weight.least);
        let (better, worse) = self.counted(work, last, crossed);
        (worse, better)
    }

    /// What counts up to `last` on the fewest days and on the most, if they weigh what `of` says.
    fn counted(&self, work: &Work, last: Day, of: impl Fn(&Weight) -> (i64, i64)) -> (i64, i64) {
        let Since { best, worst } = self.since;
        if work.is_crowded {
            return (
                self.in_a_crowd(work, worst, last, |(days, weight)| (days.fewest, of(weight).0)),
                self.in_a_crowd(work, best, last, |(days, weight)| (days.most, of(weight).1)),
            );
        }
        work.days.iter().zip(&self.weights).fold((0, 0), |(least, most), (days, weight)| {
            let (on_fewest, on_most) = of(weight);
            let fewest = days.fewest.between(worst, last);
            (least + fewest * on_fewest, most + days.most.between(best, last) * on_most)
        })
    }

    /// The same where pairs do not tell how many jobs fall on a day.
    fn in_a_crowd(
        &self,
        work: &Work,
        since: Day,
        last: Day,
        of: impl Fn((&Days, &Weight)) -> (Stretch, i64),
    ) -> i64 {
        let jobs = work.days.iter().zip(&self.weights).take(work.stints.len()).map(of);
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
    pub(in crate::engine::screen) const WORST: Self = Self { kinds: 0, paid: 0 };

    /// The one in which the most counts.
    pub(in crate::engine::screen) const BEST: Self = Self { kinds: u64::MAX, paid: u64::MAX };

    /// The same where the organisation counts just these kinds.
    pub(in crate::engine::screen) const fn with_kinds(self, kinds: u64) -> Self {
        Self { kinds, ..self }
    }
}

impl Open {
    pub(in crate::engine::screen) const fn count(self) -> u32 {
        self.kinds.count_ones() + self.unpaid.count_ones()
    }

    /// Each way to fill it in.
    pub(in crate::engine::screen) fn cases(self) -> impl Iterator<Item = Case> {
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
    use crate::profile::{Job, JobEnd};
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

    fn weighed(work: &mut Work, since: Since, cases: [Case; 2]) -> Weighed {
        work.take_degrees(since, Since::default());
        let mut weighed = Weighed::default();
        Weighing::of(&COUNTING).weigh(work, cases, &mut weighed);
        weighed
    }

    #[test]
    fn a_day_counts_what_its_jobs_do_and_one_day_at_most() {
        let mut below = random();
        let mut seen = [0; 3];
        for _ in 0..3000 {
            let jobs: Vec<Job> = (0..below(5)).map(|_| random_job(&mut below)).collect();
            let mut work = work_of(&jobs);
            let crowd = if work.is_crowded { 2 } else { usize::from(!work.pairs.is_empty()) };
            seen[crowd] += 1;
            let mut case = || Case {
                kinds: below(256).try_into().unwrap(),
                paid: below(16).try_into().unwrap(),
            };
            let cases @ [worse, better] = [case(), case()];
            let since = Since { worst: 110 + below(40), best: 90 + below(20) };
            let weighed = weighed(&mut work, since, cases);
            for until in [100, 120, 145, 200] {
                let on_fewest =
                    |case| plainly_counted(&jobs, case, since.worst, until, |days| days.fewest);
                let on_most =
                    |case| plainly_counted(&jobs, case, since.best, until, |days| days.most);
                let told = format!("{jobs:?} {cases:?} {since:?} until {until}");
                let expected = (on_fewest(worse), on_most(better));
                assert_eq!(weighed.up_to(&work, until), expected, "{told}");
                let between = (on_most(worse), on_fewest(better));
                assert_eq!(weighed.up_to_between(&work, until), between, "{told}");
            }
        }
        assert!(seen.iter().all(|times| *times > 100), "{seen:?}");
    }

    #[test]
    fn work_behind_a_degree_that_may_not_be_there_does_not_count() {
        let mut work = work_of(&[job(between(101, 101), JobEnd::Ongoing)]);
        let since = Since { best: 1, ..Since::default() };
        let weighed = weighed(&mut work, since, [Case::WORST, Case::BEST]);
        assert_eq!(weighed.up_to(&work, 200), (0, 100_000));
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
