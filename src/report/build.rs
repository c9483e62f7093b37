//! Assessments → [`Report`].

use chrono::NaiveDate;

use super::how::way_report;
use super::{
    Apply, BecauseReport, Call, Confirm, Data, FindingReport, Host, Named, ProfileRef, Question,
    ReadingReport, Report, RuleRef, Shown, SourceReport, SpanReport, Summary, SupersededReport,
    Tool, WayReport, WindowReport,
};
use crate::dataset::Dataset;
use crate::engine::{
    Allowed, Assessment, Because, Brief, Candidate, Finding, How, Matter, Outcome, Outlook, Pace,
    Scene, Span, Timelines, Timing, Until, Verdict, facts_used, matters, settled_keys,
    way_by_one_change, what_matters,
};
use crate::explain::{
    Speaker, because, caveats, confirm, essential, found, job_name, labels, reason, required,
};
use crate::profile::{Profile, item_question};
use crate::rules::{Application, Criterion, Source, Window};
use crate::vocabulary::{Text, add_months};

/// What a report is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The candidate.
    pub candidate: &'a Candidate<'a>,
    /// The application day.
    pub as_of: NaiveDate,
    /// How much is put into words.
    pub detail: Detail,
    /// The last day of the timelines.
    pub horizon: NaiveDate,
}

impl<'a> Ask<'a> {
    /// Asks for a report on `candidate` with timelines of [`YEARS_AHEAD`] years.
    pub fn new(candidate: &'a Candidate<'a>, as_of: NaiveDate, detail: Detail) -> Self {
        Self { candidate, as_of, detail, horizon: add_months(as_of, 12 * YEARS_AHEAD) }
    }
}

/// How many years timelines look ahead where nothing else is asked.
pub const YEARS_AHEAD: u32 = 15;

/// How much of a report is put into words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// All of it.
    Whole,
    /// What a screen shows: ineligible windows only by the criterion that closes them and by how
    /// they open, those that are not shown apart by their ids, of the timelines of the others what
    /// comes next, and of findings those that rest on stale sources, without their words; nothing
    /// of declared facts that are settled, and no words on what is met by the usual profile.
    Screen,
    /// Timelines alone.
    Timelines,
}

impl Report {
    /// Puts the assessments of one profile into words, sorted by verdict, first donor and id.
    pub fn new<'d>(data: &'d Dataset, ask: Ask<'_>, assessments: &[Assessment<'d>]) -> Self {
        let mut timelines = Timelines::new(data, ask.candidate, ask.as_of, ask.horizon);
        Self::made(data, ask, (assessments, &[]), &mut timelines)
    }

    /// Puts what is found in brief into words, as [`new`](Self::new) does.
    pub fn in_brief<'d>(data: &'d Dataset, ask: Ask<'_>, brief: &mut Brief<'_, 'd>) -> Self {
        let Brief { assessments, shut, timelines } = brief;
        Self::made(data, ask, (assessments, shut), timelines)
    }

    fn made<'d>(
        data: &'d Dataset,
        ask: Ask<'_>,
        (assessments, shut): (&[Assessment<'d>], &[(&'d Window, Criterion)]),
        timelines: &mut Timelines<'_, 'd>,
    ) -> Self {
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
        let windows = sorted.iter().zip(shown);
        let windows = windows.map(|(found, shown)| whole(data, ask, found, shown, timelines));
        let windows = windows.collect();
        Self {
            format: 1,
            tool: Tool::this(),
            data: Data::of(data),
            as_of: ask.as_of.to_string(),
            profile: ProfileRef { id: ask.candidate.profile.id.clone() },
            summary: Summary::of(all.map(|(verdict, _)| verdict)),
            windows,
            ask: questions(data, ask.candidate.profile, &outlook.matters),
            settled: outlook.settled,
            also_shut: shut.iter().map(|(_, criterion)| *criterion).collect(),
            example,
        }
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
    pub(super) fn of(verdicts: impl Iterator<Item = Verdict>) -> Self {
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

/// A window with what lies ahead of it.
fn whole<'d>(
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

fn timeline(data: &Dataset, ask: Ask<'_>, spans: &[Span<'_>]) -> Vec<SpanReport> {
    let report = |span: &Span<'_>| SpanReport {
        from: span.from.to_string(),
        to: span.to.map(|day| day.to_string()),
        verdict: span.verdict.word(),
        because: span
            .because
            .iter()
            .map(|turn| because_of(data, ask.candidate, turn, span.from))
            .collect(),
    };
    spans.iter().map(report).collect()
}

/// What changes a verdict on `from`, in words.
pub(super) fn because_of(
    data: &Dataset,
    candidate: &Candidate<'_>,
    turn: &Because<'_>,
    from: NaiveDate,
) -> BecauseReport {
    let scene = Scene { data, timing: turn.timing, as_of: from };
    let speaker = Speaker { scene: &scene, candidate };
    BecauseReport {
        criterion: turn.requirement.part.criterion().word(),
        text: because(turn, from, speaker),
        facts: facts_used(turn.requirement, candidate.profile),
        rule: RuleRef::from(&turn.requirement.place),
    }
}

pub(super) fn donors(data: &Dataset, window: &Window) -> Vec<Named> {
    let named = |code: &crate::vocabulary::DonorCode| Named {
        code: code.into(),
        name: data.donors.get(code).map_or_else(|| code.into(), |donor| donor.name.clone()),
    };
    window.donors.iter().map(named).collect()
}

pub(super) fn host(data: &Dataset, id: &Text) -> Host {
    let name = data.host(id).map_or_else(|| id.clone(), |host| host.name.clone());
    Host { id: id.clone(), name }
}

pub(super) fn programme(data: &Dataset, id: &Text) -> Host {
    let known = data.programme(id);
    Host { id: id.clone(), name: known.map_or_else(|| id.clone(), |p| p.name.clone()) }
}

pub(super) fn call(timing: &Timing) -> Call {
    let call = timing.call;
    Call {
        state: call.state.word(),
        opens: call.opens.map(|day| day.to_string()),
        closes: call.closes.map(|day| day.to_string()),
        expected: call.expected,
    }
}

pub(super) fn apply(data: &Dataset, window: &Window) -> Apply {
    let channel = window
        .donors
        .first()
        .and_then(|code| data.donors.get(code))
        .map(|donor| donor.channel.clone())
        .unwrap_or_default();
    Apply {
        individual: window.application == Application::Individual,
        operator: channel.operator,
        url: channel.url,
        how: window.apply.clone().or(channel.how),
    }
}

/// A finding with its words.
fn finding(finding: &Finding<'_>, speaker: Speaker<'_, '_>) -> FindingReport {
    let requirement = finding.requirement;
    let single = match requirement.readings.as_slice() {
        [only] => only.wording.clone(),
        _ => None,
    };
    let (asked, has) = (required(requirement, speaker), found(requirement, speaker));
    let superseded = requirement.superseded.iter();
    FindingReport {
        reason: reason(finding, speaker, &asked, &has),
        required: asked,
        found: has,
        caveats: caveats(finding, speaker),
        wording: single,
        note: requirement.note.clone(),
        readings: readings(finding, speaker),
        superseded: superseded.map(SupersededReport::from).collect(),
        ..bare_finding(finding, speaker)
    }
}

/// A finding without its words.
fn bare_finding(finding: &Finding<'_>, speaker: Speaker<'_, '_>) -> FindingReport {
    let requirement = finding.requirement;
    let source = requirement.source().cloned();
    let facts = if finding.missing.is_empty() {
        facts_used(requirement, speaker.candidate.profile)
    } else {
        finding.missing.clone()
    };
    FindingReport {
        criterion: requirement.part.criterion().word(),
        outcome: finding.outcome.word(),
        strength: requirement.strength.word(),
        basis: finding.basis.word(),
        cause: finding.cause.map(crate::engine::Cause::word),
        required: String::new(),
        found: String::new(),
        reason: String::new(),
        caveats: Vec::new(),
        facts,
        stale: is_stale(finding, speaker.scene),
        source,
        rule: RuleRef::from(&requirement.place),
        wording: None,
        note: None,
        readings: Vec::new(),
        superseded: Vec::new(),
    }
}

/// Whether a source that a finding rests on is past its day.
fn is_stale(finding: &Finding<'_>, scene: &Scene<'_>) -> bool {
    let Scene { data, as_of, .. } = scene;
    data.bearing(finding.requirement).any(|id| data.sources.is_stale(id, *as_of))
}

/// The outcome in each reading; none where there is one reading, or a fact is missing.
fn readings(finding: &Finding<'_>, speaker: Speaker<'_, '_>) -> Vec<ReadingReport> {
    let rulings = essential(&finding.rulings);
    if rulings.len() < 2 || !finding.missing.is_empty() {
        return Vec::new();
    }
    let report = |ruling: &crate::engine::Ruling| {
        let at = ruling
            .choices
            .iter()
            .find(|choice| choice.key == crate::engine::ChoiceKey::Reading)
            .map_or(0, |choice| choice.option);
        let reading = finding.requirement.readings.get(at);
        let outcome = if ruling.holds { Outcome::Met } else { Outcome::Unmet };
        ReadingReport {
            outcome: outcome.word(),
            conditions: labels(finding, ruling, speaker),
            sources: reading.map(|reading| reading.sources.clone()).unwrap_or_default(),
        }
    };
    rulings.iter().map(report).collect()
}

/// Every source that a finding of the window names or rests on, in the order of the findings.
fn sources(data: &Dataset, assessment: &Assessment<'_>, as_of: NaiveDate) -> Vec<SourceReport> {
    let requirements = assessment.findings.iter().map(|finding| finding.requirement);
    let ids = requirements.flat_map(|asked| asked.sources().into_iter().chain(data.bearing(asked)));
    cited(data, ids, as_of)
}

/// The sources called `ids`, once each, in the order of their first mention.
pub(super) fn cited<'d>(
    data: &'d Dataset,
    ids: impl Iterator<Item = &'d Text>,
    as_of: NaiveDate,
) -> Vec<SourceReport> {
    let mut seen: Vec<&Text> = Vec::new();
    for id in ids {
        if !seen.contains(&id) {
            seen.push(id);
        }
    }
    seen.iter().filter_map(|id| data.sources.get(id)).map(|s| source(s, as_of)).collect()
}

pub(super) fn source(source: &Source, as_of: NaiveDate) -> SourceReport {
    SourceReport {
        id: source.id.clone(),
        publisher: source.publisher.clone(),
        url: source.url.clone(),
        published: source.published.clone(),
        dated: source.dated.clone(),
        checked: source.checked.to_string(),
        recheck_by: source.recheck_by.map(|day| day.to_string()),
        kind: source.kind.word(),
        stale: source.is_stale(as_of),
        says: source.says.clone(),
    }
}

/// What is asked for each fact that can change a verdict, in the order in which it is worth asking.
pub(super) fn questions(
    data: &Dataset,
    profile: &Profile,
    matters: &[Matter<'_>],
) -> Vec<Question> {
    let asked = |matter: &Matter<'_>| {
        let mut windows: Vec<Text> = matter.windows.iter().map(|w| w.id.clone()).collect();
        windows.sort();
        Question {
            fact: matter.path.clone(),
            question: question(data, profile, &matter.path),
            windows,
            settles: (matter.settles * 10.0).round() / 10.0,
        }
    };
    matters.iter().map(asked).collect()
}

/// The question behind a profile path.
fn question(data: &Dataset, profile: &Profile, path: &str) -> String {
    if let Some(id) = path.strip_prefix("facts.") {
        return data.fact(id).map_or_else(|| id.to_owned(), |fact| fact.question.to_string());
    }
    let whole = match path {
        "nationalities" => "Which nationalities do you hold?",
        "birth_date" => "When were you born, to the day?",
        "degrees" => "Which degrees do you hold or expect, in what field, awarded when?",
        "experience" => "What jobs, internships and service have you done, from when to when?",
        "languages" => "Which languages do you speak, at what level?",
        "residences" => "In which country do you live, and is it permanent?",
        "tests" => "Which language tests have you taken, with what score and when?",
        _ => "",
    };
    if !whole.is_empty() {
        return whole.to_owned();
    }
    part_question(data, profile, path)
}

/// The question behind a path into a list, such as `experience[1].to`.
fn part_question(data: &Dataset, profile: &Profile, path: &str) -> String {
    let (list, key) = path.split_once('.').unwrap_or((path, ""));
    let at = list.split(['[', ']']).nth(1).and_then(|at| at.parse::<usize>().ok()).unwrap_or(0);
    let what = match list.split('[').next() {
        Some("languages") => profile
            .languages
            .as_ref()
            .and_then(|list| list.get(at))
            .map(|skill| data.languages.name(skill.language).to_string()),
        Some("residences") => profile
            .residences
            .as_ref()
            .and_then(|list| list.get(at))
            .map(|residence| format!("residence in {}", data.countries.name(residence.country))),
        Some("degrees") => profile
            .degrees
            .as_ref()
            .and_then(|list| list.get(at))
            .map(|degree| format!("{} degree", degree.level)),
        Some("experience") => profile
            .experience
            .as_ref()
            .and_then(|list| list.get(at))
            .map(|job| format!("{} from {}", job_name(job.kind), job.from)),
        Some("tests") => {
            profile.tests.as_ref().and_then(|list| list.get(at)).map(|test| test.test.to_string())
        }
        _ => None,
    };
    let what = what.unwrap_or_else(|| list.to_owned());
    let asked = item_question(key);
    format!("Your {what}: {asked}")
}
