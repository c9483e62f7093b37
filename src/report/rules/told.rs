//! Rules → words, as they are written out.

use chrono::NaiveDate;

use super::{
    CallRules, DonorRules, GroupRules, LimitRules, ReadingRules, RecurringRules, RequirementRules,
    RulesReport, WindowRules,
};
use crate::dataset::Dataset;
use crate::engine::{self, CallState, Candidate, Scene, Standing, Timing, standing};
use crate::explain::{Speaker, asked, details, required};
use crate::profile::Profile;
use crate::report::named::{apply, call, cited, donors, host, programme};
use crate::report::{Data, RuleRef, SourceReport, SupersededReport, Tool};
use crate::rules::{
    self, Donor, Group, Leaving, Membership, Reading, Recurring, Requirement, Window,
};
use crate::vocabulary::{CountryCode, Text};

impl RulesReport {
    /// Puts the rules of `windows`, all of `donor`, into words.
    pub fn new(data: &Dataset, donor: &Donor, windows: &[&Window], as_of: NaiveDate) -> Self {
        Self {
            format: 1,
            tool: Tool::this(),
            as_of: as_of.to_string(),
            data: Data::of(data),
            donor: DonorRules {
                code: (&donor.code).into(),
                name: donor.name.clone(),
                about: donor.about.clone(),
            },
            windows: windows.iter().map(|window| Teller { data, window, as_of }.window()).collect(),
        }
    }
}

/// Tells the rules of one window.
#[derive(Clone, Copy)]
struct Teller<'d> {
    data: &'d Dataset,
    window: &'d Window,
    as_of: NaiveDate,
}

impl<'d> Teller<'d> {
    fn window(self) -> WindowRules {
        let Self { data, window, as_of } = self;
        let timing = engine::timing(window, as_of);
        let shown = self.shown(&timing);
        WindowRules {
            id: window.id.clone(),
            title: window.title.clone(),
            donors: donors(data, window),
            hosts: window.hosts.iter().map(|id| host(data, id)).collect(),
            hosts_note: window.hosts_note.clone(),
            programme: programme(data, &window.programme),
            call: call(&timing),
            apply: apply(data, window),
            duration: window.duration.clone(),
            requirements: self.requirements(&shown, timing),
            calls: window.calls.iter().map(|call| self.call(call)).collect(),
            recurring: window.recurring.as_ref().map(recurring),
            past_calls: window.past_calls.to_vec(),
            limits: data.limits_over(&window.id).map(LimitRules::from).collect(),
            info: window.info.to_vec(),
            note: window.note.clone(),
            groups: self.groups(&shown),
            sources: self.sources(&shown),
            rule: RuleRef::from(&window.place),
        }
    }

    /// The window's own requirements, in force or not, and the usual ones that stand in.
    fn shown(self, timing: &Timing) -> Vec<&'d Requirement> {
        let usual = self.in_force(timing).into_iter().filter(|asked| !self.is_own(asked));
        let mut shown: Vec<&Requirement> = self.window.requirements.iter().chain(usual).collect();
        shown.sort_by_key(|asked| asked.part);
        shown
    }

    fn in_force(self, timing: &Timing) -> Vec<&'d Requirement> {
        let programme = self.data.programme(&self.window.programme);
        engine::requirements(self.window, programme, timing)
    }

    /// Whether a requirement is the window's or one of its calls'.
    fn is_own(self, asked: &Requirement) -> bool {
        let calls = self.window.calls.iter().flat_map(|call| &call.overrides);
        self.window.requirements.iter().chain(calls).any(|own| std::ptr::eq(own, asked))
    }

    fn requirements(self, shown: &[&Requirement], timing: Timing) -> Vec<RequirementRules> {
        let in_force = self.in_force(&timing);
        let scene = Scene { data: self.data, timing, as_of: self.as_of };
        // What a rule asks is the same whoever hears it.
        let nobody = Profile::default();
        let candidate = Candidate::new(&nobody, self.as_of);
        let speaker = Speaker { scene: &scene, candidate: &candidate };
        let tell = |asked: &&Requirement| RequirementRules {
            in_force: in_force.iter().any(|other| std::ptr::eq(*other, *asked)),
            ..requirement(asked, speaker)
        };
        shown.iter().map(tell).collect()
    }

    fn call(self, call: &rules::Call) -> CallRules {
        let state = if call.closes < self.as_of {
            CallState::Closed
        } else if call.opens > self.as_of {
            CallState::Upcoming
        } else {
            CallState::Open
        };
        let own: Vec<&Requirement> = call.overrides.iter().collect();
        CallRules {
            opens: call.opens.to_string(),
            closes: call.closes.to_string(),
            state: state.word(),
            note: call.note.clone(),
            sources: call.sources.clone(),
            requirements: self.requirements(&own, engine::timing(self.window, call.opens)),
        }
    }

    fn groups(self, shown: &[&Requirement]) -> Vec<GroupRules> {
        let calls = self.window.calls.iter().flat_map(|call| &call.overrides);
        let readings = shown.iter().copied().chain(calls).flat_map(|asked| &asked.readings);
        let mut ids: Vec<&Text> = Vec::new();
        for id in readings.flat_map(|reading| reading.rule.groups()) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let groups = ids.iter().filter_map(|id| self.data.groups.get(*id));
        groups.map(|group| self.group(group)).collect()
    }

    fn group(self, group: &Group) -> GroupRules {
        let name = |code: CountryCode| self.data.countries.name(code);
        let on_day = |wanted: fn(Standing) -> bool| -> Vec<Text> {
            let countries = group.countries();
            let fitting = countries.filter(|code| wanted(standing(group, *code, self.as_of)));
            let mut names: Vec<Text> = fitting.map(name).collect();
            names.sort();
            names
        };
        let memberships = group.members.iter();
        let mut ends: Vec<String> =
            memberships.filter_map(|(code, one)| self.end(&name(*code), one)).collect();
        ends.sort();
        ends.dedup();
        GroupRules {
            id: group.id.clone(),
            name: group.name.clone(),
            about: group.about.clone(),
            complete: group.complete,
            inside: on_day(|one| one == Standing::Inside),
            contested: on_day(|one| matches!(one, Standing::Open { contested: true, .. })),
            uncertain: on_day(|one| matches!(one, Standing::Open { contested: false, .. })),
            ends,
        }
    }

    /// The end of a membership, unless it is over and done with.
    fn end(self, country: &str, membership: &Membership) -> Option<String> {
        let (day, leaving) = membership.leaves?;
        match leaving {
            Leaving::Scheduled if day <= self.as_of => None,
            Leaving::Scheduled => Some(format!("{country} leaves on {day}")),
            Leaving::Contested => {
                Some(format!("{country} was to leave on {day}, which is contested"))
            }
        }
    }

    fn sources(self, shown: &[&Requirement]) -> Vec<SourceReport> {
        let window = self.window;
        let overrides = window.calls.iter().flat_map(|call| &call.overrides);
        let asked = shown.iter().copied().chain(overrides);
        let of_rules = asked.flat_map(|r| r.sources().into_iter().chain(self.data.bearing(r)));
        let calls = window.calls.iter().flat_map(|call| &call.sources);
        let recurring = window.recurring.iter().flat_map(|period| &period.sources);
        let limits = self.data.limits_over(&window.id).flat_map(|limit| &limit.sources);
        cited(self.data, of_rules.chain(calls).chain(recurring).chain(limits), self.as_of)
    }
}

/// A requirement in words; whether it is in force is left to the caller.
fn requirement(of: &Requirement, speaker: Speaker<'_, '_>) -> RequirementRules {
    let data = speaker.scene.data;
    let (single, several) = match of.readings.as_slice() {
        [only] => (Some(only), [].as_slice()),
        several => (None, several),
    };
    let superseded = of.superseded.iter();
    RequirementRules {
        part: of.part.word(),
        strength: of.strength.word(),
        basis: of.basis.word(),
        in_force: false,
        valid_from: of.valid.0.map(|day| day.to_string()),
        valid_to: of.valid.1.map(|day| day.to_string()),
        asked: required(of, speaker),
        details: single.map(|only| details(&only.rule, speaker)).unwrap_or_default(),
        readings: several.iter().map(|one| reading(of, one, speaker)).collect(),
        wording: single.and_then(|only| only.wording.clone()),
        note: of.note.clone(),
        superseded: superseded.map(SupersededReport::from).collect(),
        sources: of.deciding_sources().into_iter().cloned().collect(),
        stale: data.bearing(of).any(|id| data.sources.is_stale(id, speaker.scene.as_of)),
        rule: RuleRef::from(&of.place),
    }
}

fn reading(of: &Requirement, one: &Reading, speaker: Speaker<'_, '_>) -> ReadingRules {
    ReadingRules {
        asked: asked(of, one, speaker),
        details: details(&one.rule, speaker),
        wording: one.wording.clone(),
        sources: one.sources.clone(),
    }
}

fn recurring(period: &Recurring) -> RecurringRules {
    let day = |(month, day): (u32, u32)| format!("{month:02}-{day:02}");
    RecurringRules {
        opens: day(period.opens),
        closes: day(period.closes),
        note: period.note.clone(),
        sources: period.sources.clone(),
    }
}
