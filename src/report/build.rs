//! Assessments → [`Report`].

use super::question::questions;
use super::request::{Ask, Detail};
use super::window::whole;
use super::{Data, InTurn, ProfileRef, Report, Shown, Summary, Tool, WindowReport};
use crate::dataset::Dataset;
use crate::engine::{
    Assessment, Brief, Outlook, Timelines, Verdict, matters, settled_keys, what_matters,
};
use crate::rules::{Criterion, Window};

impl Report {
    /// Puts the assessments of one profile into words, sorted by verdict, first donor and id.
    pub fn new<'d>(data: &'d Dataset, ask: Ask<'_>, assessments: &[Assessment<'d>]) -> Self {
        let mut timelines = Timelines::new(data, ask.candidate, ask.as_of, ask.horizon);
        made(data, ask, (assessments, &[]), &mut timelines).map(Iterator::collect)
    }

    /// The same, each window when it is written.
    pub(crate) fn in_turn<'d>(
        data: &'d Dataset,
        ask: Ask<'_>,
        assessments: &[Assessment<'d>],
        timelines: &mut Timelines<'_, 'd>,
    ) -> Report<InTurn<impl Iterator<Item = WindowReport>>> {
        made(data, ask, (assessments, &[]), timelines).map(InTurn::new)
    }

    /// Puts what is found in brief into words, as [`new`](Self::new) does.
    pub fn in_brief<'d>(data: &'d Dataset, ask: Ask<'_>, brief: &mut Brief<'_, 'd>) -> Self {
        let Brief { assessments, shut, timelines } = brief;
        made(data, ask, (assessments, shut), timelines).map(Iterator::collect)
    }

    /// The same of more windows, all of which `summary` counts; this one was made of those with the
    /// verdicts `only`.
    #[must_use]
    pub fn out_of(self, summary: Summary, only: &[Verdict]) -> Self {
        Self { summary, only: only.iter().map(|verdict| verdict.word()).collect(), ..self }
    }
}

impl<W> Report<W> {
    /// The same with the windows changed.
    fn map<V>(self, change: impl FnOnce(W) -> V) -> Report<V> {
        Report {
            format: self.format,
            tool: self.tool,
            data: self.data,
            as_of: self.as_of,
            profile: self.profile,
            summary: self.summary,
            only: self.only,
            windows: change(self.windows),
            ask: self.ask,
            settled: self.settled,
            also_shut: self.also_shut,
            example: self.example,
        }
    }
}

/// A report of which the windows are not put into words yet.
fn made<'d>(
    data: &'d Dataset,
    ask: Ask<'_>,
    (assessments, shut): (&[Assessment<'d>], &[(&'d Window, Criterion)]),
    timelines: &mut Timelines<'_, 'd>,
) -> Report<impl Iterator<Item = WindowReport>> {
    let place =
        |(verdict, window): (Verdict, &'d Window)| (verdict, window.donors.first(), &window.id);
    let mut sorted: Vec<&Assessment<'d>> = assessments.iter().collect();
    sorted.sort_by_key(|assessment| place((assessment.verdict, assessment.window)));
    let assessed = sorted.iter().map(|assessment| (assessment.verdict, assessment.window));
    let all = assessed.chain(shut.iter().map(|(window, _)| (Verdict::Ineligible, *window)));
    let outlook = outlook(data, ask, assessments, all.clone().map(|(_, window)| window));
    let shown = Shown::of(&sorted, &outlook.matters);
    let is_near = |(_, shown): &(_, &Shown)| !matches!(shown, Shown::Closed | Shown::ForOthers);
    let nearest = sorted.iter().zip(&shown).find(is_near).map(|(near, _)| near.window);
    let first = || all.clone().min_by_key(|one| place(*one)).map(|(_, window)| window);
    let example = nearest.or_else(first).map(|window| window.id.clone());
    Report {
        format: 1,
        tool: Tool::this(),
        data: Data::of(data),
        as_of: ask.as_of.to_string(),
        profile: ProfileRef { id: ask.candidate.profile.id.clone() },
        summary: Summary::of(all.map(|(verdict, _)| verdict)),
        only: Vec::new(),
        windows: sorted
            .into_iter()
            .zip(shown)
            .map(move |(found, shown)| whole(data, ask, found, shown, timelines)),
        ask: questions(data, ask.candidate.profile, &outlook.matters),
        settled: outlook.settled,
        also_shut: shut.iter().map(|(_, criterion)| *criterion).collect(),
        example,
    }
}

/// What can still change verdicts, and what cannot, as far as it is shown; `windows` are all that
/// the report is about.
fn outlook<'d>(
    data: &'d Dataset,
    ask: Ask<'_>,
    assessments: &[Assessment<'d>],
    windows: impl Iterator<Item = &'d Window>,
) -> Outlook<'d> {
    let Ask { candidate, as_of, .. } = ask;
    match ask.detail {
        Detail::Whole => what_matters(data, candidate, assessments, as_of),
        Detail::Screen => {
            let matters = matters(data, candidate, assessments, as_of);
            let settled = settled_keys(data, candidate, (windows, as_of), &matters);
            Outlook { matters, settled }
        }
        Detail::Timelines => Outlook { matters: Vec::new(), settled: Vec::new() },
    }
}

impl Data {
    /// What is said of the rules themselves.
    pub fn of(data: &Dataset) -> Self {
        let checked = data.checked();
        Self {
            version: data.version.clone(),
            donors: data.donors.len(),
            windows: data.windows.len(),
            oldest_checked: checked.map(|(oldest, _)| oldest.to_string()),
            newest_checked: checked.map(|(_, newest)| newest.to_string()),
        }
    }
}

impl Summary {
    /// Counts the verdicts.
    pub fn of(verdicts: impl Iterator<Item = Verdict>) -> Self {
        let mut summary = Self::default();
        for verdict in verdicts {
            summary.add(verdict, 1);
        }
        summary
    }

    /// Counts so many more of a verdict.
    pub(crate) const fn add(&mut self, verdict: Verdict, more: usize) {
        let count = match verdict {
            Verdict::Eligible => &mut self.eligible,
            Verdict::Likely => &mut self.likely,
            Verdict::Undetermined => &mut self.undetermined,
            Verdict::Ineligible => &mut self.ineligible,
        };
        *count += more;
        self.open = self.eligible + self.likely;
    }

    /// How many windows are counted.
    pub const fn total(&self) -> usize {
        self.open + self.undetermined + self.ineligible
    }
}
