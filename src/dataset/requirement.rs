//! A requirement's table → [`Requirement`].

mod values;

pub(super) use values::{exclusive, needs};

use crate::diagnostic::{Code, Lines, Sink};
use crate::document::{Node, Table};
use crate::rules::{
    Basis, Branch, Nationality, Part, Place, Reading, Requirement, Rule, Sponsorship, Strength,
    Superseded,
};
use crate::vocabulary::{Text, Words};

use super::keys::REQUIREMENT;
use super::registry::Registry;
use values::{
    age, branch, condition, countries, degree, experience, language, qualification, reference_day,
    yes_or_no,
};

/// What the readers of one file share.
pub(super) struct Context<'a> {
    /// The file's path in the data folder.
    pub(super) file: &'a str,
    /// Where its lines end.
    pub(super) lines: Lines,
    /// What its own source ids begin with: `fi/`; empty in the shared file.
    pub(super) scope: String,
    /// The ids of its own sources.
    pub(super) own_sources: Vec<Text>,
    /// The names of all files.
    pub(super) registry: &'a Registry,
}

impl Context<'_> {
    /// The full id of a source named in this file.
    pub(super) fn source_id(&self, id: &str) -> Text {
        if self.own_sources.iter().any(|own| own == id) {
            format!("{}{id}", self.scope).into()
        } else {
            Text::of(id)
        }
    }

    pub(super) fn source_ids(&self, table: &Table<'_, '_>) -> Vec<Text> {
        table.texts("source").map(|id| self.source_id(id)).collect()
    }

    pub(super) fn place(&self, node: &Node<'_>) -> Place {
        let line = self.lines.line(node.span.start);
        Place { file: Text::of(self.file), line }
    }

    /// Reads every table of `part` in `owner`.
    pub(super) fn requirements(
        &self,
        owner: &Table<'_, '_>,
        part: Part,
        sink: &mut Sink<'_>,
    ) -> Vec<Requirement> {
        let nodes = owner.nodes(part.word());
        nodes.iter().filter_map(|node| self.requirement(node, part, sink)).collect()
    }

    fn requirement(&self, node: &Node<'_>, part: Part, sink: &mut Sink<'_>) -> Option<Requirement> {
        let table = node.table();
        let valid = (table.day("valid_from"), table.day("valid_to"));
        if let ((Some(from), Some(to)), Some(at)) = (valid, table.get("valid_to"))
            && to < from
        {
            sink.report(Code::DatesReversed, at.span.clone(), "`valid_to` is before `valid_from`");
        }
        let superseded = table.nodes("superseded").iter().map(|node| self.superseded(node));
        Some(Requirement {
            part,
            strength: strength(&table),
            basis: table.text("basis").and_then(Basis::from_word).unwrap_or(Basis::Window),
            by_vacancy: table.is_true("by_vacancy"),
            incomplete: table.is_true("incomplete"),
            valid,
            superseded: superseded.collect::<Vec<_>>().into(),
            note: table.kept("note"),
            place: self.place(node),
            readings: self.readings(node, part, sink)?.into(),
        })
    }

    fn superseded(&self, node: &Node<'_>) -> Superseded {
        let table = node.table();
        let says = table.kept("says").unwrap_or_default();
        Superseded { says, sources: self.source_ids(&table) }
    }

    fn readings(&self, node: &Node<'_>, part: Part, sink: &mut Sink<'_>) -> Option<Vec<Reading>> {
        let table = node.table();
        let own = self.source_ids(&table);
        let nodes = table.nodes("reading");
        if nodes.is_empty() {
            return Some(vec![self.reading(node, part, &own, sink)?]);
        }
        if let Some(value) = values(&table).next() {
            let message = format!(
                "`{}` stands beside readings: with `reading`, every value belongs into one",
                value.key
            );
            sink.report(Code::Contradiction, value.key_span.clone(), message);
        }
        if let [only] = nodes {
            let help = "write its values into the requirement itself, or add the other reading";
            let span = only.span.start..only.span.start + 1;
            sink.report_with_help(
                Code::Contradiction,
                span,
                "one reading alone is no choice",
                help,
            );
        }
        nodes.iter().map(|node| self.reading(node, part, &own, sink)).collect()
    }

    /// Reads the values of a requirement or of one of its readings.
    fn reading(
        &self,
        node: &Node<'_>,
        part: Part,
        inherited: &[Text],
        sink: &mut Sink<'_>,
    ) -> Option<Reading> {
        let table = node.table();
        let mut sources = self.source_ids(&table);
        if sources.is_empty() {
            sources = inherited.to_vec();
        }
        let start = node.span.start..node.span.start + 1;
        if sources.is_empty() {
            sink.report_with_help(
                Code::MissingKey,
                start.clone(),
                format!("{} names no source", part.word()),
                "add `source = \"…\"` with the id of a source of this file or of sources.toml",
            );
        }
        let rule = self.rule(&table, part, sink)?;
        Some(Reading { rule, sources, wording: table.kept("wording") })
    }

    fn rule(&self, table: &Table<'_, '_>, part: Part, sink: &mut Sink<'_>) -> Option<Rule> {
        let start = table.span.start..table.span.start + 1;
        if table.is_true("no_requirement") {
            if let Some(value) = values(table).find(|entry| entry.key != "no_requirement") {
                let message = format!("`{}` stands beside `no_requirement = true`", value.key);
                sink.report(Code::Contradiction, value.key_span.clone(), message);
            }
            return Some(Rule::NoRequirement);
        }
        if let Some(text) = table.kept("judge").or_else(|| table.kept("asset")) {
            let beside = |entry: &&crate::document::Entry<'_>| {
                !["judge", "asset"].contains(&entry.key.as_ref())
            };
            if let Some(value) = values(table).find(beside) {
                let message =
                    format!("`{}` stands beside a text that only people weigh", value.key);
                sink.report(Code::Contradiction, value.key_span.clone(), message);
            }
            exclusive(table, &["judge", "asset"], sink);
            return Some(Rule::Text(text));
        }
        if values(table).next().is_none()
            && (table.is_true("by_vacancy") || table.is_true("incomplete"))
        {
            return Some(Rule::Unstated);
        }
        if !says_something(table, part) {
            let help = "give a value, `no_requirement = true` if the page says that there is none, \
                        or leave the table out where nothing is on record";
            let message = format!("{} says nothing", part.word());
            sink.report_with_help(Code::Empty, start, message, help);
            return None;
        }
        self.valued(table, part, sink)
    }

    fn valued(&self, table: &Table<'_, '_>, part: Part, sink: &mut Sink<'_>) -> Option<Rule> {
        match part {
            Part::Sponsorship => {
                table.text("status").and_then(Sponsorship::from_word).map(Rule::Sponsorship)
            }
            Part::Nationality => Some(Rule::Nationality(self.nationality(table, sink))),
            Part::Age => Some(Rule::Age(age(table, self.registry, sink))),
            Part::Degree => Some(Rule::Degree(degree(table, &self.registry.countries, sink))),
            Part::Experience => Some(Rule::Experience(experience(table, sink))),
            Part::Qualification => qualification(table, sink).map(Rule::Qualification),
            Part::Languages => language(table, &self.registry.languages, sink).map(Rule::Language),
            Part::Conditions => condition(table, self.registry, sink).map(Rule::Condition),
        }
    }

    fn nationality(&self, table: &Table<'_, '_>, sink: &mut Sink<'_>) -> Nationality {
        let registry = self.registry;
        let nodes = table.nodes("branch");
        for node in nodes {
            needs(&node.table(), "permanent", "resident_in", sink);
            yes_or_no(&node.table(), registry, sink);
            if branch(&node.table(), registry) == Branch::default() {
                let start = node.span.start..node.span.start + 1;
                sink.report(Code::Empty, start, "this branch asks nothing: anybody could take it");
            }
        }
        needs(table, "permanent", "resident_in", sink);
        yes_or_no(table, registry, sink);
        let own = branch(table, registry);
        let branches = if nodes.is_empty() {
            vec![own]
        } else {
            if own != Branch::default() {
                let message =
                    "conditions stand beside branches: with `branch`, each belongs into one";
                let start = table.span.start..table.span.start + 1;
                sink.report(Code::Contradiction, start, message);
            }
            nodes.iter().map(|node| branch(&node.table(), registry)).collect()
        };
        let if_also = table.get("if_also").map(|node| {
            let table = node.table();
            yes_or_no(&table, registry, sink);
            let nationals = countries(&table, "national_of", &registry.countries);
            let condition = Branch { national_of: Vec::new(), ..branch(&table, registry) };
            if nationals.is_empty() || condition == Branch::default() {
                let message = "`if_also` needs `national_of` and a condition on those who hold one";
                let start = table.span.start..table.span.start + 1;
                sink.report(Code::Empty, start, message);
            }
            (nationals, Box::new(condition))
        });
        Nationality {
            branches,
            not_also: countries(table, "not_also", &registry.countries),
            if_also,
            on: table.has("on").then(|| reference_day(table, "on")),
            dual: table.kept("dual"),
        }
    }
}

/// The strength that a requirement's table states or implies.
pub(crate) fn strength(table: &Table<'_, '_>) -> Strength {
    let fallback = if table.has("judge") {
        Strength::Judged
    } else if table.has("asset") {
        Strength::Asset
    } else {
        Strength::Required
    };
    table.text("strength").and_then(Strength::from_word).unwrap_or(fallback)
}

/// Whether any value asks for something: a reference day or an empty list alone asks nothing, and
/// silence is never a yes.
fn says_something(table: &Table<'_, '_>, part: Part) -> bool {
    let asking: &[&str] = match part {
        Part::Sponsorship => &["status"],
        Part::Nationality => &[
            "national_of",
            "in_group",
            "resident_in",
            "fact",
            "studied_in",
            "studied_in_group",
            "speaks",
            "branch",
            "not_also",
            "if_also",
        ],
        Part::Age => &["max", "under", "min", "born_from"],
        Part::Degree => &["min", "max", "or_all", "fields", "studied_in", "studied_in_group"],
        Part::Experience => &["min_years", "min_months", "max_years", "max_months"],
        // Their readers name what is missing.
        Part::Qualification | Part::Languages | Part::Conditions => {
            return values(table).next().is_some();
        }
    };
    asking.iter().any(|key| !table.nodes(key).is_empty())
}

/// The entries that are values of the rule: none that every requirement has, but for
/// `no_requirement`, which is one where it is true.
fn values<'n, 't>(
    table: &Table<'n, 't>,
) -> impl Iterator<Item = &'n crate::document::Entry<'t>> + use<'n, 't> {
    table.entries().iter().filter(|entry| match entry.key.as_ref() {
        "no_requirement" => entry.node.flag() != Some(false),
        key => !REQUIREMENT.keys.iter().any(|common| common.name == key),
    })
}
