//! Assessment → window, as it is written out.

use chrono::NaiveDate;

use super::finding::{bare_finding, finding, is_stale};
use super::how::way_report;
use super::named::{apply, call, cited, donors, host, programme};
use super::request::{Ask, Detail};
use super::timeline::timeline;
use super::{
    Apply, Call, Confirm, FindingReport, Host, Shown, SourceReport, WayReport, WindowReport,
};
use crate::dataset::Dataset;
use crate::engine::{
    Allowed, Assessment, Finding, How, Outcome, Pace, Scene, Timelines, Until, Verdict,
    way_by_one_change,
};
use crate::explain::{Speaker, confirm};
use crate::rules::Criterion;

/// A window with what lies ahead of it.
pub(super) fn whole<'d>(
    data: &'d Dataset,
    ask: Ask<'_>,
    assessment: &Assessment<'d>,
    shown: Shown,
    timelines: &mut Timelines<'_, 'd>,
) -> WindowReport {
    let mut report = window(data, ask, assessment, shown);
    if ask.detail == Detail::Screen && !matches!(shown, Shown::Apart | Shown::Closed) {
        return report;
    }
    let until = if ask.detail == Detail::Screen { Until::Next } else { Until::Horizon };
    report.timeline = timeline(data, ask, &timelines.continued(assessment, until));
    if ask.detail != Detail::Timelines {
        report.way = one_step(data, ask, assessment, timelines);
    }
    report
}

/// A window without what lies ahead of it.
fn window(data: &Dataset, ask: Ask<'_>, assessment: &Assessment<'_>, shown: Shown) -> WindowReport {
    let (window, verdict) = (assessment.window, assessment.verdict);
    let shut = verdict == Verdict::Ineligible;
    let is_named = ask.detail != Detail::Screen || shown == Shown::Apart;
    let bare = WindowReport {
        id: window.id.clone(),
        title: window.title.clone(),
        donors: if is_named { donors(data, window) } else { Vec::new() },
        hosts: Vec::new(),
        programme: Host::default(),
        verdict: verdict.word(),
        open: verdict.is_open(),
        call: Call::default(),
        apply: Apply::default(),
        findings: Vec::new(),
        confirm: Vec::new(),
        sources: Vec::new(),
        timeline: Vec::new(),
        way: None,
        closed_by: assessment.closed_by().filter(|_| shut).map(Criterion::word),
        shown,
    };
    let scene = Scene { data, timing: assessment.timing, as_of: ask.as_of };
    let speaker = Speaker { scene: &scene, candidate: ask.candidate };
    let stale = || {
        let stale = assessment.findings.iter().filter(|found| is_stale(found, &scene));
        stale.map(|found| bare_finding(found, speaker)).collect()
    };
    match (ask.detail, shown) {
        (Detail::Whole, _) => WindowReport {
            hosts: window.hosts.iter().map(|id| host(data, id)).collect(),
            programme: programme(data, &window.programme),
            call: call(&assessment.timing),
            apply: apply(data, window),
            findings: FindingReport::all_of(data, ask, assessment),
            confirm: points_to_confirm(assessment, speaker, ask.detail),
            sources: sources(data, assessment, ask.as_of),
            ..bare
        },
        (Detail::Screen, Shown::Apart) => WindowReport {
            call: call(&assessment.timing),
            apply: apply(data, window),
            findings: stale(),
            confirm: points_to_confirm(assessment, speaker, ask.detail),
            ..bare
        },
        (Detail::Screen, Shown::ToConfirm | Shown::Hanging | Shown::ForOthers) => {
            WindowReport { findings: stale(), ..bare }
        }
        (Detail::Screen, Shown::Closed) | (Detail::Timelines, _) => bare,
    }
}

impl FindingReport {
    /// The findings of a window in words, all of them.
    pub(super) fn all_of(data: &Dataset, ask: Ask<'_>, assessment: &Assessment<'_>) -> Vec<Self> {
        let scene = Scene { data, timing: assessment.timing, as_of: ask.as_of };
        let speaker = Speaker { scene: &scene, candidate: ask.candidate };
        assessment.findings.iter().map(|found| finding(found, speaker)).collect()
    }
}

/// What to confirm with the donor where that can decide.
fn points_to_confirm(
    assessment: &Assessment<'_>,
    speaker: Speaker<'_, '_>,
    detail: Detail,
) -> Vec<Confirm> {
    if !matches!(assessment.verdict, Verdict::Likely | Verdict::Undetermined) {
        return Vec::new();
    }
    let point = |finding: &Finding<'_>| {
        let criterion = finding.requirement.part.criterion().word();
        let usual = finding.outcome == Outcome::Met;
        // Of these a screen names the criterion.
        let is_named = detail == Detail::Screen && finding.is_borrowed();
        let text = if is_named { Some(String::new()) } else { confirm(finding, speaker) };
        text.map(|text| Confirm { criterion, text, usual })
    };
    let deciding = assessment.findings.iter().filter(|f| f.requirement.strength.decides());
    deciding.filter_map(point).collect()
}

/// The earliest way into a window by a single change, where nothing is left to tell.
fn one_step<'d>(
    data: &'d Dataset,
    ask: Ask<'_>,
    today: &Assessment<'d>,
    timelines: &mut Timelines<'_, 'd>,
) -> Option<WayReport> {
    let untold = |finding: &Finding<'_>| {
        finding.requirement.strength.decides() && !finding.missing.is_empty()
    };
    if today.verdict.is_open() || today.findings.iter().any(untold) {
        return None;
    }
    let how = How {
        data,
        window: today.window,
        profile: ask.candidate.profile,
        as_of: ask.as_of,
        horizon: ask.horizon,
        pace: Pace::default(),
        allowed: Allowed::default(),
        most: 1,
    };
    let way = way_by_one_change(how, today, timelines)?;
    Some(way_report(&how, &way))
}

/// Every source that a finding of the window names or rests on, in the order of the findings.
fn sources(data: &Dataset, assessment: &Assessment<'_>, as_of: NaiveDate) -> Vec<SourceReport> {
    let requirements = assessment.findings.iter().map(|finding| finding.requirement);
    let ids = requirements.flat_map(|asked| asked.sources().into_iter().chain(data.bearing(asked)));
    cited(data, ids, as_of)
}
