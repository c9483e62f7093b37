//! Donors, hosts, calls and sources, as they are written out.

use chrono::NaiveDate;

use super::{Apply, Call, Host, Named, SourceReport};
use crate::dataset::Dataset;
use crate::engine::Timing;
use crate::rules::{Application, Source, Window};
use crate::vocabulary::{DonorCode, Text};

pub(super) fn donors(data: &Dataset, window: &Window) -> Vec<Named> {
    let named = |code: &DonorCode| Named {
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
