//! A donor's file → [`Donor`] and its [`Window`]s.

use crate::diagnostic::{Code, Sink};
use crate::document::{Node, Table, month_day_of};
use crate::rules::{
    Application, Call, Channel, Donor, Nations, Part, Recurring, Requirement, Terms, Window,
};
use crate::vocabulary::{DonorCode, Words};

use super::limit::read_limits;
use super::requirement::Context;

pub(super) fn read_donor(
    file: &Node<'_>,
    ctx: &Context<'_>,
    sink: &mut Sink<'_>,
) -> Option<(Donor, Vec<Window>)> {
    let table = file.table();
    let node = table.get("code")?;
    let Some(code) = DonorCode::new(table.text("code")?) else {
        let message = "a donor's code is two to eight capital letters";
        sink.report(Code::UnknownWord, node.span.clone(), message);
        return None;
    };
    let expected = format!("donors/{}.toml", code.as_str().to_ascii_lowercase());
    if ctx.file != expected {
        let message = format!("the code {code} belongs into a file called {expected}");
        sink.report(Code::FileName, node.span.clone(), message);
    }
    let donor = Donor {
        code: code.clone(),
        name: table.kept("name")?,
        about: table.kept("about"),
        channel: table.get("channel").map(|node| channel(&node.table())).unwrap_or_default(),
        limits: read_limits(&table, Some(&code), ctx, sink),
    };
    let windows =
        table.nodes("window").iter().filter_map(|node| window(node, &code, ctx, sink)).collect();
    Some((donor, windows))
}

fn channel(table: &Table<'_, '_>) -> Channel {
    Channel { operator: table.kept("operator"), url: table.kept("url"), how: table.kept("how") }
}

pub(super) fn window(
    node: &Node<'_>,
    donor: &DonorCode,
    ctx: &Context<'_>,
    sink: &mut Sink<'_>,
) -> Option<Window> {
    let table = node.table();
    let requirements = own_requirements(&table, ctx, sink);
    check_pairs(&table, sink);
    let donors = std::iter::once(donor.clone())
        .chain(table.texts("with_donors").filter_map(DonorCode::new))
        .collect();
    let calls = calls(&table, ctx, sink);
    let nations = Nations::asked(&requirements, &calls);
    let terms = Terms {
        title: table.kept("title")?,
        programme: table.kept("programme")?,
        hosts: table.all_kept("hosts").into(),
        hosts_note: table.kept("hosts_note"),
        application: table.text("application").and_then(Application::from_word).unwrap_or_default(),
        apply: table.kept("apply"),
        duration: table.kept("duration"),
        info: table.all_kept("info").into(),
        note: table.kept("note"),
        past_calls: table.all_kept("past_calls").into(),
        rolling: table.is_true("rolling"),
        recurring: table.get("recurring").and_then(|node| recurring(node, ctx)),
        requirements,
        calls,
        place: ctx.place(node),
    };
    Some(Window { id: table.kept("id")?, donors, nations, terms: terms.into() })
}

/// The requirements of a window or a call, criterion by criterion.
fn own_requirements(
    table: &Table<'_, '_>,
    ctx: &Context<'_>,
    sink: &mut Sink<'_>,
) -> Vec<Requirement> {
    Part::WORDS.iter().flat_map(|(_, part)| ctx.requirements(table, *part, sink)).collect()
}

fn check_pairs(table: &Table<'_, '_>, sink: &mut Sink<'_>) {
    let Some(node) = table.get("qualification") else { return };
    for key in ["degree", "experience"] {
        if let (Some(other), false) = (table.get(key), has_validity(node)) {
            let message = format!("`{key}` stands beside `qualification`, which pairs both");
            let start = other.span.start..other.span.start + 1;
            sink.report(Code::Contradiction, start, message);
        }
    }
}

fn has_validity(node: &Node<'_>) -> bool {
    node.items().iter().any(|node| node.table().has("valid_from") || node.table().has("valid_to"))
}

fn calls(table: &Table<'_, '_>, ctx: &Context<'_>, sink: &mut Sink<'_>) -> Vec<Call> {
    let mut calls: Vec<Call> =
        table.nodes("call").iter().filter_map(|node| call(node, ctx, sink)).collect();
    calls.sort_by_key(|call| (call.opens, call.closes));
    calls
}

fn call(node: &Node<'_>, ctx: &Context<'_>, sink: &mut Sink<'_>) -> Option<Call> {
    let table = node.table();
    let (opens, closes) = (table.day("opens")?, table.day("closes")?);
    if closes < opens {
        let span = table.get("closes")?.span.clone();
        sink.report(Code::DatesReversed, span, "the call closes before it opens");
    }
    Some(Call {
        opens,
        closes,
        sources: ctx.source_ids(&table),
        note: table.kept("note"),
        overrides: own_requirements(&table, ctx, sink),
        place: ctx.place(node),
    })
}

fn recurring(node: &Node<'_>, ctx: &Context<'_>) -> Option<Recurring> {
    let table = node.table();
    Some(Recurring {
        opens: month_day_of(table.text("opens")?)?,
        closes: month_day_of(table.text("closes")?)?,
        sources: ctx.source_ids(&table),
        note: table.kept("note"),
    })
}
