//! A `[[limit]]` table → [`Limit`].

use std::ops::Range;

use crate::diagnostic::{Code, Sink};
use crate::document::{Node, Table};
use crate::rules::{Counted, Limit, LimitRule, Per};
use crate::vocabulary::{DonorCode, Text, Words};

use super::requirement::{Context, exclusive, needs};

/// Reads the limits of a donor's file, or of a programme's, which has no donor.
pub(super) fn read_limits(
    file: &Table<'_, '_>,
    donor: Option<&DonorCode>,
    ctx: &Context<'_>,
    sink: &mut Sink<'_>,
) -> Vec<Limit> {
    let read = |node| {
        let limit = limit(node, ctx, sink)?;
        if let Some(code) = donor {
            check_reach(node, limit.rule, sink);
            check_owners(node, code, ctx, sink);
        }
        Some(limit)
    };
    file.nodes("limit").iter().filter_map(read).collect()
}

fn limit(node: &Node<'_>, ctx: &Context<'_>, sink: &mut Sink<'_>) -> Option<Limit> {
    let table = node.table();
    Some(Limit {
        windows: table.all_kept("windows"),
        rule: rule(&table, sink)?,
        implied: table.is_true("implied"),
        sources: ctx.source_ids(&table),
        wording: table.kept("wording").unwrap_or_default(),
        note: table.kept("note"),
        place: ctx.place(node),
    })
}

fn rule(table: &Table<'_, '_>, sink: &mut Sink<'_>) -> Option<LimitRule> {
    exclusive(table, &["at_most", "nationality_stays"], sink);
    for key in ["of", "per"] {
        needs(table, key, "at_most", sink);
    }
    if table.is_true("nationality_stays") {
        return Some(LimitRule::NationalityStays);
    }
    let whole = |key| table.whole(key).and_then(|count| usize::try_from(count).ok());
    let of = table.text("of").and_then(Counted::from_word);
    let per = table.text("per").and_then(Per::from_word);
    match (whole("at_most"), of, per) {
        (Some(count), Some(of), Some(per)) => Some(LimitRule::AtMost { count, of, per }),
        (None, ..) => {
            let help = "write `at_most`, `of` and `per`, or `nationality_stays = true`";
            sink.report_with_help(Code::Empty, start(table), "this limit limits nothing", help);
            None
        }
        _ => {
            let message = "`at_most` needs `of` (what is counted) and `per` (in what time)";
            sink.report(Code::MissingKey, start(table), message);
            None
        }
    }
}

/// Reports a limit that can never bind, over the windows that it names.
fn check_reach(node: &Node<'_>, rule: LimitRule, sink: &mut Sink<'_>) {
    let table = node.table();
    let Some(node) = table.get("windows") else { return };
    let named = node.items().len();
    let enough = match rule {
        LimitRule::AtMost { count, of: Counted::Windows, .. } => count + 1,
        LimitRule::AtMost { of: Counted::Posts | Counted::Hosts, .. } => 1,
        LimitRule::NationalityStays => 2,
    };
    if named < enough {
        let message = format!("this limit never binds with fewer than {enough} windows");
        sink.report(Code::Contradiction, node.span.clone(), message);
    }
}

/// Reports windows of a donor that is not named, and donors named for no window.
fn check_owners(node: &Node<'_>, own: &DonorCode, ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let table = node.table();
    let owner = |id: &str| ctx.registry.windows.get(id).map(Text::as_str);
    let named: Vec<&str> = table.texts("with_donors").collect();
    for window in table.nodes("windows") {
        let Some(code) = window.text().and_then(owner) else { continue };
        if code != own.as_str() && !named.contains(&code) {
            let message = format!("this is a window of another donor, {code}");
            let help = format!("name the donor too: `with_donors = [\"{code}\"]`");
            sink.report_with_help(Code::Contradiction, window.span.clone(), message, help);
        }
    }
    for donor in table.nodes("with_donors") {
        let code = donor.text().unwrap_or_default();
        if !table.texts("windows").any(|id| owner(id) == Some(code)) {
            let message = format!("no window of {code} is among `windows`");
            sink.report(Code::Contradiction, donor.span.clone(), message);
        }
    }
}

const fn start(table: &Table<'_, '_>) -> Range<usize> {
    table.span.start..table.span.start + 1
}
