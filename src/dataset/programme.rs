//! Programmes' and groups' files, sources and look-alikes.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Sink};
use crate::document::{Node, Table};
use crate::rules::{
    Basis, EntryFrom, Group, Leaving, Lookalike, Membership, MonthsToEntry, Part, Place, Programme,
    Reading, Requirement, Rule, Source, SourceKind, Step, Strength,
};
use crate::vocabulary::{CountryCode, DonorCode, Packed, Text, Words};

use super::limit::read_limits;
use super::requirement::Context;

/// The parts that a programme's usual profile can stand in for, where nothing is on record.
const STAND_INS: &[Part] =
    &[Part::Age, Part::Degree, Part::Experience, Part::Qualification, Part::Languages];

pub(super) fn read_programme(
    file: &Node<'_>,
    ctx: &Context<'_>,
    sink: &mut Sink<'_>,
) -> Option<Programme> {
    let table = file.table();
    let id = own_id(&table, "programmes", ctx, sink)?;
    let profile: Vec<Requirement> =
        Part::WORDS.iter().flat_map(|(_, part)| ctx.requirements(&table, *part, sink)).collect();
    check_strengths(&table, sink);
    let steps: Vec<_> = table.nodes("step").iter().map(|node| step(&node.table())).collect();
    Some(Programme {
        id,
        name: table.kept("name")?,
        url: table.kept("url"),
        about: table.kept("about"),
        grade: table.kept("grade"),
        duration: table.kept("duration"),
        months_to_entry: table
            .get("months_to_entry")
            .and_then(|node| months_to_entry(&node.table(), ctx, sink)),
        steps: steps.into(),
        limits: read_limits(&table, None, ctx, sink).into(),
        stand_ins: stand_ins(profile, &ctx.place(file)).into(),
    })
}

/// The programme's usual profile as it stands in, marked as such; what it lacks is marked as not
/// on record.
fn stand_ins(profile: Vec<Requirement>, place: &Place) -> Vec<Requirement> {
    let mut list: Vec<Requirement> = profile
        .into_iter()
        .filter(|requirement| STAND_INS.contains(&requirement.part))
        .map(|requirement| Requirement { basis: Basis::Programme, ..requirement })
        .collect();
    let states = |part: Part| {
        list.iter().any(|requirement| requirement.part == part && requirement.strength.decides())
    };
    let pairs = states(Part::Qualification);
    let lacking = [Part::Age, Part::Degree, Part::Experience, Part::Languages]
        .into_iter()
        .filter(|part| !states(*part))
        .filter(|part| !(pairs && part.criterion() == Part::Qualification.criterion()));
    let lacking: Vec<Requirement> = lacking.map(|part| not_on_record(part, place)).collect();
    list.extend(lacking);
    list.sort_by_key(|requirement| requirement.part);
    list
}

fn not_on_record(part: Part, place: &Place) -> Requirement {
    Requirement {
        part,
        strength: Strength::Usual,
        basis: Basis::Programme,
        by_vacancy: false,
        incomplete: false,
        valid: (None, None),
        readings: vec![Reading { rule: Rule::NotOnRecord, sources: Vec::new(), wording: None }]
            .into(),
        superseded: Packed::default(),
        note: None,
        place: place.clone(),
    }
}

/// A usual profile describes; only a donor's own rule can shut anybody out.
fn check_strengths(table: &Table<'_, '_>, sink: &mut Sink<'_>) {
    for (word, _) in Part::WORDS {
        for node in table.nodes(word) {
            let table = node.table();
            let implied = table.has("judge") || table.has("asset");
            let strength = table.text("strength").and_then(Strength::from_word);
            if strength == Some(Strength::Required) || (strength.is_none() && !implied) {
                let start = node.span.start..node.span.start + 1;
                let message = "a programme's usual profile cannot be required";
                let help = "write `strength = \"usual\"` (or `asset`, `judged`)";
                sink.report_with_help(Code::ProgrammeRequires, start, message, help);
            }
        }
    }
}

fn months_to_entry(
    table: &Table<'_, '_>,
    ctx: &Context<'_>,
    sink: &mut Sink<'_>,
) -> Option<MonthsToEntry> {
    let months = |key| table.whole(key).and_then(|months| u32::try_from(months).ok());
    let (min, max) = (months("min")?, months("max")?);
    if let (true, Some(node)) = (max < min, table.get("max")) {
        sink.report(Code::Contradiction, node.span.clone(), "`max` is below `min`");
    }
    Some(MonthsToEntry {
        min,
        max,
        from: table.text("from").and_then(EntryFrom::from_word)?,
        note: table.kept("note"),
        sources: ctx.source_ids(table),
    })
}

fn step(table: &Table<'_, '_>) -> Step {
    Step {
        who: table.kept("who").unwrap_or_default(),
        what: table.kept("what").unwrap_or_default(),
        months: table.kept("months"),
    }
}

fn own_id(
    table: &Table<'_, '_>,
    folder: &str,
    ctx: &Context<'_>,
    sink: &mut Sink<'_>,
) -> Option<Text> {
    let node = table.get("id")?;
    let id = node.kept()?;
    if ctx.file != format!("{folder}/{id}.toml") {
        let message = format!("the id `{id}` belongs into a file called {folder}/{id}.toml");
        sink.report(Code::FileName, node.span.clone(), message);
    }
    Some(id)
}

/// A group as written: what it takes over from others is still to be merged.
#[derive(Debug)]
pub(super) struct RawGroup {
    group: Group,
    includes: Vec<Text>,
    uncertain_from: Vec<Text>,
}

pub(super) fn read_group(
    file: &Node<'_>,
    ctx: &Context<'_>,
    sink: &mut Sink<'_>,
) -> Option<RawGroup> {
    let table = file.table();
    let id = own_id(&table, "groups", ctx, sink)?;
    let mut members: Vec<(CountryCode, Membership)> = Vec::new();
    for node in table.nodes("member") {
        let member = node.table();
        let Some(country) = ctx.registry.countries.find(member.text("country")?) else { continue };
        let membership = membership(&member, ctx, sink);
        if members.iter().any(|(code, _)| *code == country.code) {
            let message = format!("{} is listed twice", country.name);
            let span = member.get("country")?.span.clone();
            sink.report(Code::DuplicateId, span, message);
        }
        members.push((country.code, membership));
    }
    Some(RawGroup {
        group: Group {
            id,
            name: table.kept("name")?,
            about: table.kept("about"),
            complete: table.flag("complete").unwrap_or(true),
            sources: ctx.own_sources.iter().map(|id| ctx.source_id(id)).collect(),
            members: members.into(),
        },
        includes: table.all_kept("includes"),
        uncertain_from: table.all_kept("uncertain_from"),
    })
}

fn membership(table: &Table<'_, '_>, ctx: &Context<'_>, sink: &mut Sink<'_>) -> Membership {
    let (from, leaves) = (table.day("from"), table.day("leaves"));
    if let (Some(from), Some(leaves), Some(node)) = (from, leaves, table.get("leaves"))
        && leaves <= from
    {
        sink.report(Code::DatesReversed, node.span.clone(), "it leaves before it has joined");
    }
    let leaving = table.text("leaving").and_then(Leaving::from_word).unwrap_or(Leaving::Scheduled);
    Membership {
        from,
        leaves: leaves.map(|day| (day, leaving)),
        certain: table.text("status") != Some("uncertain"),
        note: table.kept("note"),
        sources: ctx.source_ids(table),
    }
}

/// Merges into each group the members of the groups that it takes over, to any depth.
///
/// A circle of groups is harmless: each takes over what the others have written themselves.
pub(super) fn merge_groups(raw: &BTreeMap<Text, RawGroup>) -> BTreeMap<Text, Packed<Group>> {
    let written = Written { all: raw, instead: None };
    raw.iter().map(|(id, own)| (id.clone(), written.merged(id, own).into())).collect()
}

/// The groups that a change of one group changes, as they are with `changed` in its place.
pub(super) fn merge_changed(
    raw: &BTreeMap<Text, RawGroup>,
    id: &str,
    changed: &RawGroup,
) -> BTreeMap<Text, Packed<Group>> {
    let written = Written { all: raw, instead: Some((id, changed)) };
    let takes_over = |other: &&Text| {
        let mut seen = vec![(*other).clone()];
        written.walk(other, true, &mut seen, &mut |_, _| {});
        seen.iter().any(|seen| *seen == *id)
    };
    let changed = raw.keys().filter(takes_over);
    changed
        .filter_map(|id| Some((id.clone(), written.merged(id, written.get(id)?).into())))
        .collect()
}

/// The groups as written, one of them perhaps as it could be written instead.
struct Written<'a> {
    all: &'a BTreeMap<Text, RawGroup>,
    instead: Option<(&'a str, &'a RawGroup)>,
}

impl<'a> Written<'a> {
    fn get(&self, id: &str) -> Option<&'a RawGroup> {
        match self.instead {
            Some((changed, group)) if changed == id => Some(group),
            _ => self.all.get(id),
        }
    }

    fn merged(&self, id: &Text, own: &RawGroup) -> Group {
        let mut group = own.group.clone();
        let mut members = own.group.members.to_vec();
        self.walk(id, true, &mut vec![id.clone()], &mut |other, certain| {
            // Why and by whose word stands in the group it comes from.
            let taken = |membership: &Membership| Membership {
                certain: membership.certain && certain,
                note: None,
                sources: Vec::new(),
                ..*membership
            };
            group.sources.extend(other.sources.iter().cloned());
            let others = other.members.iter();
            members.extend(others.map(|(country, member)| (*country, taken(member))));
        });
        group.members = members.into();
        group
    }

    /// Shows every group that `id` takes over, with whether it is certain that it does.
    fn walk(
        &self,
        id: &str,
        certain: bool,
        seen: &mut Vec<Text>,
        see: &mut impl FnMut(&Group, bool),
    ) {
        let Some(from) = self.get(id) else { return };
        let sure = from.includes.iter().map(|id| (id, certain));
        for (other, certain) in sure.chain(from.uncertain_from.iter().map(|id| (id, false))) {
            if seen.contains(other) {
                continue;
            }
            seen.push(other.clone());
            if let Some(raw) = self.get(other) {
                see(&raw.group, certain);
            }
            self.walk(other, certain, seen, see);
        }
    }
}

pub(super) fn read_sources(file: &Node<'_>, ctx: &Context<'_>, sink: &mut Sink<'_>) -> Vec<Source> {
    let table = file.table();
    let mut list: Vec<Source> = Vec::new();
    for node in table.nodes("source") {
        let source = source(node, ctx, sink);
        if let (true, Some(at)) =
            (list.iter().any(|other| other.id == source.id), node.table().get("id"))
        {
            let message = "a source of this id is declared above";
            sink.report(Code::DuplicateId, at.span.clone(), message);
        }
        list.push(source);
    }
    list
}

fn source(node: &Node<'_>, ctx: &Context<'_>, sink: &mut Sink<'_>) -> Source {
    let table = node.table();
    let id = table.text("id").unwrap_or_default();
    let (checked, recheck_by) = (table.day("checked").unwrap_or_default(), table.day("recheck_by"));
    if let (Some(day), Some(node)) = (recheck_by, table.get("recheck_by"))
        && day < checked
    {
        let message = "`recheck_by` is before `checked`";
        sink.report(Code::DatesReversed, node.span.clone(), message);
    }
    if let (Some(node), true) = (table.get("id"), ctx.registry.sources.contains(id)) {
        let shared = ctx.scope.is_empty();
        if !shared {
            let message = format!("`{id}` is a shared source of sources.toml already");
            sink.report(Code::DuplicateId, node.span.clone(), message);
        }
    }
    Source {
        id: ctx.source_id(id),
        publisher: table.kept("publisher").unwrap_or_default(),
        url: table.kept("url"),
        published: table.kept("published"),
        dated: table.kept("dated"),
        checked,
        recheck_by,
        kind: table.text("kind").and_then(SourceKind::from_word).unwrap_or(SourceKind::Inferred),
        says: table.kept("says").unwrap_or_default(),
        place: ctx.place(node),
    }
}

pub(super) fn read_lookalikes(file: &Node<'_>) -> Vec<Lookalike> {
    let read = |node: &Node<'_>| {
        let table = node.table();
        Lookalike {
            id: table.kept("id").unwrap_or_default(),
            name: table.kept("name").unwrap_or_default(),
            difference: table.kept("difference").unwrap_or_default(),
            donors: table.texts("donors").filter_map(DonorCode::new).collect(),
        }
    };
    file.table().nodes("scheme").iter().map(read).collect()
}
