//! Cases: what the windows and groups of a file must answer, and what no case needs to notice.

use chrono::NaiveDate;

use super::Dataset;
use super::requirement::{Context, needs};
use crate::diagnostic::{Code, Sink};
use crate::document::{Entry, Node, Table, Value};
use crate::profile::Profile;
use crate::rules::{Criterion, Place};
use crate::suggest::did_you_mean;
use crate::vocabulary::{CallState, CountryCode, Text, Verdict, Words};

/// The cases of all files.
///
/// They are read with the texts and left out of the compiled rules: only a test of the rules
/// looks at them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cases {
    /// Of windows, in the order of the files.
    pub windows: Vec<Case>,
    /// Of groups, in the order of the files.
    pub groups: Vec<GroupCase>,
    /// Values that no case needs to notice a change of.
    pub untested: Vec<Untested>,
}

/// A candidate, a day, and the answer that a window must give.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The id of the window.
    pub window: Text,
    /// What is tried.
    pub note: Option<Text>,
    /// The day of the question.
    pub on: NaiveDate,
    /// The candidate.
    pub profile: Profile,
    /// The case holds for a national of each of these alone; empty = as the profile says.
    pub each_national_of: Vec<CountryCode>,
    /// The verdict.
    pub verdict: Verdict,
    /// The criteria that the verdict hangs on, sorted, all of them.
    pub by: Vec<Criterion>,
    /// The state of the call; `None` = any.
    pub call: Option<CallState>,
    /// Where it is written.
    pub place: Place,
}

impl Case {
    /// The candidates that the case is about, with the nationality put in for each.
    pub fn candidates(&self) -> Vec<(Option<CountryCode>, Profile)> {
        if self.each_national_of.is_empty() {
            return vec![(None, self.profile.clone())];
        }
        let national = |code: &CountryCode| {
            let nationalities = Some(vec![*code]);
            (Some(*code), Profile { nationalities, ..self.profile.clone() })
        };
        self.each_national_of.iter().map(national).collect()
    }
}

/// A day, and who must be inside a group on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupCase {
    /// The id of the group.
    pub group: Text,
    /// What is tried.
    pub note: Option<Text>,
    /// The day.
    pub on: NaiveDate,
    /// How many countries are surely inside.
    pub members: Option<usize>,
    /// Countries that are surely inside.
    pub inside: Vec<CountryCode>,
    /// Countries that are surely outside.
    pub outside: Vec<CountryCode>,
    /// Countries whose end of membership is contested.
    pub contested: Vec<CountryCode>,
    /// Countries of which it is not on record.
    pub uncertain: Vec<CountryCode>,
    /// Where it is written.
    pub place: Place,
}

/// A value of which no case needs to notice a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untested {
    /// The id of the window, programme or group.
    pub of: Text,
    /// The key with its path; it stands for all that is below it, too.
    pub key: Text,
    /// Why no case notices.
    pub why: Text,
    /// Where it is written.
    pub place: Place,
}

/// Reads the cases of a donor's, programme's or group's file; `data` is complete but for them.
pub(super) fn read_cases(
    file: &Node<'_>,
    ctx: &Context<'_>,
    data: &Dataset,
    sink: &mut Sink<'_>,
) -> Cases {
    let table = file.table();
    let id = table.text("id");
    let cases = table.nodes("case").iter();
    let mut reader = Reader { file: table, ctx, data, sink };
    match id {
        // A donor's file has a code instead.
        None => {
            reader.samples();
            let windows = cases.filter_map(|node| reader.case(node)).collect();
            Cases { windows, groups: Vec::new(), untested: reader.untested(None) }
        }
        Some(id) => {
            let groups = cases.filter_map(|node| reader.group_case(id, node)).collect();
            Cases { windows: Vec::new(), groups, untested: reader.untested(Some(id)) }
        }
    }
}

struct Reader<'a, 's, 'f> {
    file: Table<'a, 'a>,
    ctx: &'a Context<'a>,
    data: &'a Dataset,
    sink: &'s mut Sink<'f>,
}

impl<'a> Reader<'a, '_, '_> {
    /// Reports what is wrong in samples, whether a case uses them or not.
    fn samples(&mut self) {
        let mut seen: Vec<&str> = Vec::new();
        for node in self.file.nodes("sample") {
            let table = node.table();
            let (Some(name), Some(profile)) = (table.get("name"), table.get("profile")) else {
                continue;
            };
            let text = name.text().unwrap_or_default();
            if seen.contains(&text) {
                let message = format!("a sample called `{text}` is declared above");
                self.sink.report(Code::DuplicateId, name.span.clone(), message);
            }
            seen.push(text);
            // Which days are in the future hangs on the case.
            Profile::read(profile, self.data, NaiveDate::MAX, self.sink);
        }
    }

    fn case(&mut self, node: &'a Node<'a>) -> Option<Case> {
        let table = node.table();
        let on = table.day("on")?;
        let window = self.window(&table)?;
        let profile = self.profile(node)?;
        let verdict = table.text("verdict").and_then(Verdict::from_word)?;
        let mut by: Vec<Criterion> = table.texts("by").filter_map(Criterion::from_word).collect();
        by.sort_unstable();
        by.dedup();
        if let (Some(at), Verdict::Eligible, false) = (table.get("by"), verdict, by.is_empty()) {
            let message = "`eligible` hangs on no criterion: all of them are met";
            self.sink.report(Code::Contradiction, at.span.clone(), message);
        }
        Some(Case {
            window,
            note: table.kept("note"),
            on,
            profile: Profile::read(&profile, self.data, on, self.sink),
            each_national_of: self.countries(&table, "each_national_of"),
            verdict,
            by,
            call: table.text("call").and_then(CallState::from_word),
            place: self.ctx.place(node),
        })
    }

    /// The window that a table names, if it is one of the file.
    fn window(&mut self, table: &Table<'a, 'a>) -> Option<Text> {
        let node = table.get("window")?;
        let id = node.text()?;
        let windows = self.file.nodes("window").iter();
        let ids: Vec<&str> = windows.filter_map(|window| window.table().text("id")).collect();
        self.known("window", id, &ids, node).then(|| Text::of(id))
    }

    /// Whether `name` is one of the file's `names`; reported if it is not.
    fn known(&mut self, what: &str, name: &str, names: &[&str], at: &Node<'_>) -> bool {
        if names.contains(&name) {
            return true;
        }
        let message = format!("this file has no {what} `{name}`");
        let help = did_you_mean(name, names.iter().copied())
            .unwrap_or_else(|| format!("it has: {}", names.join(", ")));
        self.sink.report_with_help(Code::UnknownId, at.span.clone(), message, help);
        false
    }

    /// The whole profile of a case: its own, laid over its sample's.
    fn profile(&mut self, node: &'a Node<'a>) -> Option<Node<'a>> {
        let table = node.table();
        let own = table.get("profile");
        let sample = match table.get("sample") {
            Some(name) => Some(self.sample(name)?),
            None => None,
        };
        needs(&table, "without", "sample", self.sink);
        let changes = own.map_or(&[][..], |own| own.table().entries());
        if let (Some(at), true) =
            (table.get("each_national_of"), changes.iter().any(|e| e.key == "nationalities"))
        {
            let message = "`each_national_of` stands beside `nationalities`, which it replaces";
            self.sink.report(Code::Contradiction, at.span.clone(), message);
        }
        let mut entries = Vec::new();
        if let Some(sample) = sample {
            entries.extend_from_slice(sample.table().entries());
            for left_out in table.nodes("without") {
                self.leave_out(&mut entries, left_out);
            }
        }
        lay_over(&mut entries, changes);
        let span = own.or(sample).map_or(node.span.clone(), |node| node.span.clone());
        Some(Node { span, value: Value::Table(entries) })
    }

    /// The profile of the sample called `name`, if there is one.
    fn sample(&mut self, name: &Node<'_>) -> Option<&'a Node<'a>> {
        let text = name.text()?;
        let samples = self.file.nodes("sample").iter();
        let names: Vec<&str> =
            samples.clone().filter_map(|sample| sample.table().text("name")).collect();
        if !self.known("sample", text, &names, name) {
            return None;
        }
        let mut called = samples.filter(|sample| sample.table().text("name") == Some(text));
        called.next()?.table().get("profile")
    }

    /// Takes a key out of a sample: `languages`, or `facts.previous_jpo`.
    fn leave_out(&mut self, entries: &mut Vec<Entry<'a>>, key: &Node<'_>) {
        let text = key.text().unwrap_or_default();
        let removed = match text.strip_prefix("facts.") {
            None => remove(entries, text),
            Some(fact) => match entries.iter_mut().find(|entry| entry.key == "facts") {
                Some(Entry { node: Node { value: Value::Table(facts), .. }, .. }) => {
                    remove(facts, fact)
                }
                _ => false,
            },
        };
        if !removed {
            let message = format!("the sample does not tell `{text}`");
            self.sink.report(Code::UnknownKey, key.span.clone(), message);
        }
    }

    fn group_case(&mut self, id: &str, node: &Node<'_>) -> Option<GroupCase> {
        let table = node.table();
        let members = table.whole("members").and_then(|count| usize::try_from(count).ok());
        let lists = ["inside", "outside", "contested", "uncertain"];
        let [inside, outside, contested, uncertain] = lists.map(|key| self.countries(&table, key));
        let named = lists.iter().any(|key| !table.nodes(key).is_empty());
        if members.is_none() && !named {
            let start = node.span.start..node.span.start + 1;
            let message = "this case expects nothing";
            let help = "give `members`, or a list `inside`, `outside`, `contested` or `uncertain`";
            self.sink.report_with_help(Code::Empty, start, message, help);
        }
        Some(GroupCase {
            group: Text::of(id),
            note: table.kept("note"),
            on: table.day("on")?,
            members,
            inside,
            outside,
            contested,
            uncertain,
            place: self.ctx.place(node),
        })
    }

    /// The values that no case needs to notice; `id` is that of the file's one thing.
    fn untested(&mut self, id: Option<&str>) -> Vec<Untested> {
        let mut list = Vec::new();
        for node in self.file.nodes("untested") {
            let table = node.table();
            let of = match id {
                Some(id) => Some(Text::of(id)),
                None => self.window(&table),
            };
            let (Some(of), Some(key), Some(why)) = (of, table.kept("key"), table.kept("why"))
            else {
                continue;
            };
            list.push(Untested { of, key, why, place: self.ctx.place(node) });
        }
        list
    }

    fn countries(&self, table: &Table<'_, '_>, key: &str) -> Vec<CountryCode> {
        let known = table.texts(key).filter_map(|text| self.data.countries.find(text));
        known.map(|country| country.code).collect()
    }
}

fn remove(entries: &mut Vec<Entry<'_>>, key: &str) -> bool {
    let before = entries.len();
    entries.retain(|entry| entry.key != key);
    entries.len() < before
}

/// Each key replaces the one of its name; facts are merged one by one.
fn lay_over<'t>(entries: &mut Vec<Entry<'t>>, changes: &[Entry<'t>]) {
    for change in changes {
        let Some(entry) = entries.iter_mut().find(|entry| entry.key == change.key) else {
            entries.push(change.clone());
            continue;
        };
        match (&mut entry.node.value, &change.node.value) {
            (Value::Table(facts), Value::Table(answers)) => lay_over(facts, answers),
            _ => entry.node = change.node.clone(),
        }
    }
}
