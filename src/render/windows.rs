//! The list of windows, with how fresh their sources are, and of the sources to look at again.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};

use super::page::{ID, Page, Width};
use super::why::described;
use crate::explain::counted;
use crate::report::{Data, DueSource, WindowLine, WindowList};

/// The width that all columns need.
const ALL_COLUMNS: usize = 78;
const INDENT: usize = 2;
const LABEL: usize = 9;

/// The text of a list of windows, or of the sources to look at again where these were asked for.
pub fn windows(list: &WindowList, width: Width) -> String {
    let mut page = Page::new(width);
    match &list.stale {
        None => {
            page.verbatim(&table(&list.windows, width));
            page.verbatim("\n");
            page.gap();
            count(&list.data, list.windows.len(), &mut page);
        }
        Some(due) => stale(due, list, &mut page),
    }
    page.finish()
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

fn table(lines: &[WindowLine], width: Width) -> String {
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
    table.trim_fmt()
}

fn count(data: &Data, lines: usize, page: &mut Page) {
    page.line(&format!(
        "{} of {} by {}; rules {}, sources checked {} to {}.",
        counted(lines, "window"),
        data.windows,
        counted(data.donors, "donor"),
        data.version,
        data.oldest_checked.as_deref().unwrap_or_default(),
        data.newest_checked.as_deref().unwrap_or_default()
    ));
}

fn stale(due: &[DueSource], list: &WindowList, page: &mut Page) {
    if due.is_empty() {
        let next = list.next_recheck.as_ref();
        let next = next.map_or_else(String::new, |day| format!("; the next is due after {day}"));
        let text = format!("No source is due to be looked at again as of {}{next}.", list.as_of);
        return page.line(&text);
    }
    page.line(&format!(
        "{} to look at again as of {}, the one due first at the head:",
        counted(due.len(), "source"),
        list.as_of
    ));
    for entry in due {
        page.gap();
        one(entry, list, page);
    }
    page.gap();
    page.line(
        "Read each page. Mend the rules it bears on where it has changed, and set `checked` and \
         `recheck_by` of the source.",
    );
}

fn one(due: &DueSource, list: &WindowList, page: &mut Page) {
    let source = &due.source;
    let day = source.recheck_by.as_deref().unwrap_or_default();
    page.verbatim(&format!("{day}  {ID}{}{ID:#}\n", source.id));
    page.labelled(INDENT, LABEL, "page", &described(source, &list.as_of));
    let url = source.url.as_deref().unwrap_or("no address on record");
    page.labelled(INDENT, LABEL, "url", url);
    page.labelled(INDENT, LABEL, "written", &format!("{}:{}", due.rule.file, due.rule.line));
    let windows = if due.windows.is_empty() {
        "no window listed rests on it".to_owned()
    } else {
        due.windows.join(", ")
    };
    page.labelled(INDENT, LABEL, "windows", &windows);
}
