//! The list of windows, with how fresh their sources are.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};
use serde::Serialize;

use super::page::{Page, Width};
use crate::dataset::Dataset;
use crate::engine;
use crate::explain::counted;
use crate::report::{Data, Named};
use crate::rules::{Requirement, Source, Window};
use crate::vocabulary::Text;

/// The width that all columns need.
const ALL_COLUMNS: usize = 78;

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
    pub call: &'static str,
    /// How many sources it rests on.
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

/// The lines of `windows`, as of a day.
pub fn window_lines(data: &Dataset, windows: &[&Window], as_of: NaiveDate) -> Vec<WindowLine> {
    windows.iter().map(|window| line(data, window, as_of)).collect()
}

fn line(data: &Dataset, window: &Window, as_of: NaiveDate) -> WindowLine {
    let own = window.requirements.iter().flat_map(Requirement::sources);
    let called = window.calls.iter().flat_map(|call| &call.sources);
    let ids: BTreeSet<&Text> = own.chain(called).collect();
    let sources: Vec<&Source> = ids.iter().filter_map(|id| data.sources.get(id)).collect();
    let text = |day: NaiveDate| day.to_string();
    WindowLine {
        id: window.id.clone(),
        title: window.title.clone(),
        donors: crate::report::donors(data, window),
        hosts: window.hosts.clone(),
        programme: window.programme.clone(),
        call: engine::timing(window, as_of).call.state.word(),
        sources: sources.len(),
        checked: sources.iter().map(|source| source.checked).max().map(text),
        newest_page: sources.iter().filter_map(|source| source.published.clone()).max(),
        recheck_by: sources.iter().filter_map(|source| source.recheck_by).min().map(text),
        stale: sources.iter().filter(|source| source.is_stale(as_of)).count(),
    }
}

/// Leaves two columns out where there is no room; the JSON has them all.
fn cells<T>(wide: bool, all: [T; 6]) -> Vec<T> {
    let [id, donors, call, page, checked, recheck] = all;
    if wide {
        vec![id, donors, call, page, checked, recheck]
    } else {
        vec![id, donors, call, recheck]
    }
}

/// The table of windows.
pub fn windows(data: &Dataset, lines: &[WindowLine], width: Width) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    if let Width::Columns(columns) = width {
        table.set_width(u16::try_from(columns).unwrap_or(u16::MAX));
    }
    let wide = width.columns() >= ALL_COLUMNS;
    table.set_header(cells(
        wide,
        ["window", "donor", "call", "newest page", "checked", "recheck by"],
    ));
    for line in lines {
        let donors: Vec<&str> = line.donors.iter().map(|donor| donor.code.as_str()).collect();
        let day = |day: Option<&str>| day.unwrap_or("-").to_owned();
        let due = if line.stale > 0 { " due" } else { "" };
        let recheck = format!("{}{due}", day(line.recheck_by.as_deref()));
        let (page, checked) = (day(line.newest_page.as_deref()), day(line.checked.as_deref()));
        let (id, donors, call) = (line.id.to_string(), donors.join(" "), line.call.to_owned());
        table.add_row(cells(wide, [id, donors, call, page, checked, recheck]));
    }
    // An id is never cut: it is there to be copied.
    if let Some(ids) = table.column_mut(0) {
        ids.set_constraint(ColumnConstraint::ContentWidth);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 1));
    }
    let mut page = Page::new(width);
    page.verbatim(&table.trim_fmt());
    page.verbatim("\n");
    page.gap();
    let facts = Data::of(data);
    page.line(&format!(
        "{} of {} by {}; rules {}, sources checked {} to {}.",
        counted(lines.len(), "window"),
        facts.windows,
        counted(facts.donors, "donor"),
        facts.version,
        facts.oldest_checked.unwrap_or_default(),
        facts.newest_checked.unwrap_or_default()
    ));
    page.finish()
}
