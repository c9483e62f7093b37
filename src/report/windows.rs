//! The list of windows, with how fresh their sources are, and of the sources to look at again.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::named::{donors, source};
use super::{Data, Named, RuleRef, SourceReport, Tool, call_words, json, schema};
use crate::dataset::Dataset;
use crate::engine;
use crate::rules::{Requirement, Source, Window};
use crate::vocabulary::Text;

/// Windows, as of a day.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WindowList {
    /// 1.
    pub format: u32,
    /// The program.
    pub tool: Tool,
    /// The day of the question.
    pub as_of: String,
    /// The rules it answers from.
    pub data: Data,
    /// The windows, by first donor and id; of a list of stale sources those that rest on one.
    pub windows: Vec<WindowLine>,
    /// The sources to look at again, the one due first at the head; only where they are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stale: Option<Vec<DueSource>>,
    /// The next day after which a source will be due; only beside `stale`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_recheck: Option<String>,
}

/// One window of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WindowLine {
    /// The window's id.
    pub id: Text,
    /// Its title.
    pub title: Text,
    /// Its donors.
    pub donors: Vec<Named>,
    /// Ids of its hosts.
    pub hosts: Vec<Text>,
    /// The id of its programme.
    pub programme: Text,
    /// The state of its call.
    #[schemars(schema_with = "call_words")]
    pub call: &'static str,
    /// How many sources it rests on, those of lists of countries and of the programme's usual
    /// profile among them where these bear on it.
    pub sources: usize,
    /// The newest day on which one of them was checked.
    pub checked: Option<String>,
    /// The newest date that one of its pages bears.
    pub newest_page: Option<Text>,
    /// The first day on which one of them is due to be looked at again.
    pub recheck_by: Option<String>,
    /// How many are past that day.
    pub stale: usize,
}

/// A source that was due to be looked at again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DueSource {
    /// The source.
    pub source: SourceReport,
    /// Where it is written.
    pub rule: RuleRef,
    /// Ids of the windows listed that rest on it.
    pub windows: Vec<Text>,
}

impl WindowList {
    /// The list of `windows`.
    pub fn new(data: &Dataset, windows: &[&Window], as_of: NaiveDate) -> Self {
        Self {
            format: 1,
            tool: Tool::this(),
            as_of: as_of.to_string(),
            data: Data::of(data),
            windows: windows.iter().map(|window| line(data, window, as_of)).collect(),
            stale: None,
            next_recheck: None,
        }
    }

    /// What is to be looked at again for `windows`: sources past their day that one of them rests
    /// on or that stand in its file, and with every window asked for, every source.
    pub fn stale(data: &Dataset, windows: &[&Window], as_of: NaiveDate) -> Self {
        let mut list = Self::new(data, windows, as_of);
        list.windows.retain(|line| line.stale > 0);
        let resting: Vec<Resting<'_>> =
            windows.iter().map(|window| (*window, rests_on(data, window, as_of))).collect();
        let (stale, fresh): (Vec<&Source>, Vec<&Source>) =
            asked_for(data, &resting).partition(|source| source.is_stale(as_of));
        list.stale = Some(due(stale, &resting, as_of));
        list.next_recheck =
            fresh.iter().filter_map(|source| source.recheck_by).min().map(|day| day.to_string());
        list
    }

    /// The JSON Schema of the list.
    pub fn schema() -> serde_json::Value {
        schema::<Self>("jpo-check windows, format 1")
    }

    /// The list as JSON text, with a final line break.
    pub fn to_json(&self) -> String {
        json(self)
    }
}

fn line(data: &Dataset, window: &Window, as_of: NaiveDate) -> WindowLine {
    let sources: Vec<&Source> =
        rests_on(data, window, as_of).iter().filter_map(|id| data.sources.get(id)).collect();
    let own = window.requirements.iter().flat_map(Requirement::sources);
    let pages = own.filter_map(|id| data.sources.get(id)?.published.clone());
    let text = |day: NaiveDate| day.to_string();
    WindowLine {
        id: window.id.clone(),
        title: window.title.clone(),
        donors: donors(data, window),
        hosts: window.hosts.to_vec(),
        programme: window.programme.clone(),
        call: engine::timing(window, as_of).call.state.word(),
        sources: sources.len(),
        checked: sources.iter().map(|source| source.checked).max().map(text),
        newest_page: pages.max(),
        recheck_by: sources.iter().filter_map(|source| source.recheck_by).min().map(text),
        stale: sources.iter().filter(|source| source.is_stale(as_of)).count(),
    }
}

/// Ids of every source that `window` rests on: those its file cites for it, those of the lists of
/// countries that it names, and those of the usual profile where that stands in.
fn rests_on<'d>(data: &'d Dataset, window: &'d Window, as_of: NaiveDate) -> BTreeSet<&'d Text> {
    let programme = data.programme(&window.programme);
    let in_force = engine::requirements(window, programme, &engine::timing(window, as_of));
    let of_calls = window.calls.iter().flat_map(|call| &call.overrides);
    let requirements = in_force.into_iter().chain(&window.requirements).chain(of_calls);
    let cited =
        requirements.flat_map(|asked| asked.sources().into_iter().chain(data.bearing(asked)));
    let calls = window.calls.iter().flat_map(|call| &call.sources);
    let recurring = window.recurring.iter().flat_map(|period| &period.sources);
    cited.chain(calls.chain(recurring)).collect()
}

/// A window with the sources it rests on.
type Resting<'d> = (&'d Window, BTreeSet<&'d Text>);

/// Every source where every window is asked for, else those of the windows and their files.
fn asked_for<'d>(data: &'d Dataset, resting: &[Resting<'d>]) -> impl Iterator<Item = &'d Source> {
    let everything = resting.len() == data.windows.len();
    data.sources.values().filter(move |source| {
        everything
            || resting.iter().any(|(window, ids)| {
                ids.contains(&source.id) || window.place.file == source.place.file
            })
    })
}

fn due(mut stale: Vec<&Source>, resting: &[Resting<'_>], as_of: NaiveDate) -> Vec<DueSource> {
    stale.sort_by_key(|source| (source.recheck_by, &source.id));
    let entry = |found: &&Source| {
        let users = resting.iter().filter(|(_, ids)| ids.contains(&found.id));
        DueSource {
            source: source(found, as_of),
            rule: RuleRef::from(&found.place),
            windows: users.map(|(window, _)| window.id.clone()).collect(),
        }
    };
    stale.iter().map(entry).collect()
}
