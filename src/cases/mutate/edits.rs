//! Every change of one value that a table of keys allows.

use chrono::NaiveDate;

use super::apply::Change;
use crate::dataset::{Draft, Others, strength};
use crate::document::{Key, Kind, Namespace, Need, Node, Shape, Table, Value, fits, month_day_of};

/// A change of one value, in one way or in the first of several that makes a difference.
#[derive(Debug)]
pub(super) struct Edit<'t> {
    /// The key with its path.
    pub(super) key: String,
    /// Where the value stands in the text.
    pub(super) offset: usize,
    /// The ways, best first.
    pub(super) ways: Vec<Way<'t>>,
}

/// One way to change a value.
#[derive(Debug)]
pub(super) struct Way<'t> {
    /// In words.
    pub(super) what: String,
    /// The place, counted through the tree.
    pub(super) path: Vec<usize>,
    /// What is done there.
    pub(super) change: Change<'t>,
}

/// Reference days to exchange another for: those first that fall on another day whether a call is
/// known or not.
const REFERENCE_DAYS: &[&str] = &["year_end", "application"];

/// Every change of one value of `draft`, in the order of the text.
pub(super) fn edits<'t>(draft: &Draft<'_, 't>) -> Vec<Edit<'t>> {
    let mut walk = Walk { others: draft.others(), edits: Vec::new() };
    walk.table(draft.node, draft.shape(), &Spot::default());
    walk.edits
}

/// A place in the tree: as it is counted, and as it is named.
#[derive(Debug, Clone, Default)]
struct Spot {
    path: Vec<usize>,
    key: String,
}

impl Spot {
    fn entry(&self, at: usize, name: &str) -> Self {
        let dot = if self.key.is_empty() { "" } else { "." };
        self.child(at, format!("{}{dot}{name}", self.key))
    }

    fn item(&self, at: usize) -> Self {
        self.child(at, format!("{}[{at}]", self.key))
    }

    /// An item that has a name is called by it: `member[NP]`.
    fn named(&self, at: usize, item: &Node<'_>, shape: &'static Shape) -> Self {
        let table = item.table();
        match identity(shape).and_then(|(key, _)| table.text(key)) {
            Some(name) => self.child(at, format!("{}[{name}]", self.key)),
            None => self.item(at),
        }
    }

    fn child(&self, at: usize, key: String) -> Self {
        let path = self.path.iter().copied().chain([at]).collect();
        Self { path, key }
    }
}

struct Walk<'a, 't> {
    others: Others<'a>,
    edits: Vec<Edit<'t>>,
}

impl<'t> Walk<'_, 't> {
    fn table(&mut self, node: &Node<'t>, shape: &'static Shape, spot: &Spot) {
        let table = node.table();
        let is_requirement = shape.key("strength").is_some();
        if is_requirement && !strength(&table).decides() {
            return;
        }
        let named = identity(shape).map(|(key, _)| key);
        // What is said of the rules beside them decides nothing; limits decide no verdict.
        let beside =
            |name: &str| ["case", "untested", "source", "limit", "months_to_entry"].contains(&name);
        for (at, entry) in table.entries().iter().enumerate() {
            // Another name makes another item: the list it is in loses and gains items as a whole.
            let Some(key) =
                shape.key(&entry.key).filter(|key| named != Some(key.name) && !beside(key.name))
            else {
                continue;
            };
            let spot = spot.entry(at, key.name);
            self.value(&entry.node, &key.kind, &spot, &table);
            self.other_end(&entry.node, key, shape, &spot);
        }
    }

    fn value(&mut self, node: &Node<'t>, kind: &'static Kind, spot: &Spot, owner: &Table<'_, 't>) {
        match kind {
            Kind::Table(shape) => self.droppable(node, shape, spot),
            Kind::Tables(shape) => self.tables(node, shape, spot),
            Kind::List(item) | Kind::OneOrMore(item) => self.list(node, item, spot, owner),
            Kind::Either(kinds) => {
                if let Some(kind) = kinds.iter().find(|kind| fits(node, kind)) {
                    self.value(node, kind, spot, owner);
                }
            }
            _ => self.scalar(node, kind, spot, owner),
        }
    }

    fn droppable(&mut self, node: &Node<'t>, shape: &'static Shape, spot: &Spot) {
        self.edit(spot, node, "dropped".to_owned(), Change::Remove);
        self.table(node, shape, spot);
    }

    fn tables(&mut self, node: &Node<'t>, shape: &'static Shape, spot: &Spot) {
        let Value::List(items) = &node.value else {
            self.droppable(node, shape, spot);
            return self.one_more(node, shape, spot);
        };
        for (at, item) in items.iter().enumerate() {
            let one = spot.named(at, item, shape);
            // One reading alone is no choice: what is left becomes the requirement itself.
            if spot.key.ends_with(".reading") && items.len() == 2 {
                let way = Way {
                    what: "dropped".to_owned(),
                    path: spot.path.clone(),
                    change: Change::OnlyReading(1 - at),
                };
                self.push(&one, item, vec![way]);
                self.table(item, shape, &one);
            } else {
                self.droppable(item, shape, &one);
            }
        }
        self.one_more(node, shape, spot);
    }

    /// Adds an item of another name to a list of named tables: with what it must have, no more.
    fn one_more(&mut self, node: &Node<'t>, shape: &'static Shape, spot: &Spot) {
        let (Some((key, namespace)), Some(last)) = (identity(shape), node.items().last()) else {
            return;
        };
        let present: Vec<&str> =
            node.items().iter().filter_map(|item| item.table().text(key)).collect();
        let needed = |name: &str| shape.key(name).is_some_and(|key| key.need == Need::Required);
        let another = |name: String| {
            let table = last.table();
            let mut entries: Vec<_> =
                table.entries().iter().filter(|entry| needed(&entry.key)).cloned().collect();
            if let Some(entry) = entries.iter_mut().find(|entry| entry.key == key) {
                entry.node.value = Value::Text(name.clone().into());
            }
            let change = Change::Add(Value::Table(entries));
            Way { what: format!("with {name}"), path: spot.path.clone(), change }
        };
        let ways = self.others.names(namespace, &present).into_iter().map(another).collect();
        self.push(spot, node, ways);
    }

    /// Takes out each entry of a list, and puts in one that it lacks.
    fn list(&mut self, node: &Node<'t>, item: &'static Kind, spot: &Spot, owner: &Table<'_, 't>) {
        if !bears(item) {
            return;
        }
        for (at, entry) in node.items().iter().enumerate() {
            let what = format!("without {}", entry.text().unwrap_or_default());
            let path = spot.item(at).path;
            self.push(spot, entry, vec![Way { what, path, change: Change::Remove }]);
            if matches!(item, Kind::LevelWord) {
                self.scalar(entry, item, &spot.item(at), owner);
            }
        }
        let present: Vec<&str> = node.items().iter().filter_map(Node::text).collect();
        let add = |name: String| Way {
            what: format!("with {name}"),
            path: spot.path.clone(),
            change: Change::Add(Value::Text(name.into())),
        };
        let ways = self.absent(item, &present, owner).into_iter().map(add).collect();
        self.push(spot, node, ways);
    }

    /// What can stand in a list and does not.
    fn absent(&self, item: &Kind, present: &[&str], owner: &Table<'_, 't>) -> Vec<String> {
        let words: Vec<&str> = match item {
            Kind::Name(namespace) => return self.others.names(*namespace, present),
            Kind::OneOf(words) => words.to_vec(),
            Kind::Choice => self.others.choices(owner.text("fact").unwrap_or_default()),
            _ => Vec::new(),
        };
        words.into_iter().filter(|word| !present.contains(word)).map(str::to_owned).collect()
    }

    fn scalar(&mut self, node: &Node<'t>, kind: &'static Kind, spot: &Spot, owner: &Table<'_, 't>) {
        for value in self.moved(node, kind, owner) {
            let what = format!("= {} → {}", shown(&node.value), shown(&value));
            self.edit(spot, node, what, Change::Put(value));
        }
        let words: Vec<String> = match kind {
            Kind::ReferenceDay => REFERENCE_DAYS.iter().map(|word| (*word).to_owned()).collect(),
            Kind::Name(namespace) if bears(kind) => {
                self.others.names(*namespace, &[node.text().unwrap_or_default()])
            }
            _ => Vec::new(),
        };
        let exchange = |word: String| Way {
            what: format!("= {} → \"{word}\"", shown(&node.value)),
            path: spot.path.clone(),
            change: Change::Put(Value::Text(word.into())),
        };
        let ways = words.into_iter().map(exchange).collect();
        self.push(spot, node, ways);
    }

    /// The values beside one: a unit less and a unit more.
    fn moved(&self, node: &Node<'t>, kind: &Kind, owner: &Table<'_, 't>) -> Vec<Value<'t>> {
        let both = |down: Option<Value<'t>>, up: Option<Value<'t>>| -> Vec<Value<'t>> {
            down.into_iter().chain(up).collect()
        };
        let text = |word: &str| Value::Text(word.to_owned().into());
        match (kind, &node.value) {
            (_, Value::Flag(flag)) => vec![Value::Flag(!flag)],
            (Kind::Whole(..), Value::Whole(number)) => {
                vec![Value::Whole(number - 1), Value::Whole(number + 1)]
            }
            (Kind::Number(..), Value::Whole(_) | Value::Decimal(_)) => {
                let step = self.others.score_step(owner.text("test").unwrap_or_default());
                let number = node.number().unwrap_or_default();
                vec![Value::Decimal(number - step), Value::Decimal(number + step)]
            }
            (Kind::Day | Kind::ReferenceDay, Value::Day(day)) => {
                both(day.pred_opt().map(Value::Day), day.succ_opt().map(Value::Day))
            }
            (Kind::MonthDay | Kind::ReferenceDay, Value::Text(day)) => {
                days_beside(day).iter().map(|day| text(day)).collect()
            }
            (Kind::OneOf(words), Value::Text(word)) => {
                beside(words, word).into_iter().map(text).collect()
            }
            (Kind::LevelWord, Value::Text(word)) => {
                self.others.levels_beside(word).into_iter().map(text).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Swaps inclusive and exclusive where a table has both ends by name.
    fn other_end(&mut self, node: &Node<'t>, key: &Key, shape: &'static Shape, spot: &Spot) {
        let other = match key.name {
            "max" => "under",
            "under" => "max",
            _ => return,
        };
        if shape.key(other).is_some() {
            let what = format!("= {0} → {other} = {0}", shown(&node.value));
            self.edit(spot, node, what, Change::Rename(other));
        }
    }

    fn edit(&mut self, spot: &Spot, node: &Node<'t>, what: String, change: Change<'t>) {
        self.push(spot, node, vec![Way { what, path: spot.path.clone(), change }]);
    }

    fn push(&mut self, spot: &Spot, node: &Node<'t>, ways: Vec<Way<'t>>) {
        if !ways.is_empty() {
            self.edits.push(Edit { key: spot.key.clone(), offset: node.span.start, ways });
        }
    }
}

/// The key that names an item of a list of tables, with what it names.
fn identity(shape: &'static Shape) -> Option<(&'static str, Namespace)> {
    match shape.keys.first() {
        Some(Key { name, kind: Kind::Name(namespace), need: Need::Required, .. }) => {
            Some((*name, *namespace))
        }
        _ => None,
    }
}

/// Whether an answer can hang on values of a kind: texts are for people, and sources, hosts,
/// donors and programmes are only referred to.
const fn bears(kind: &Kind) -> bool {
    match kind {
        Kind::Name(namespace) => matches!(
            namespace,
            Namespace::Country
                | Namespace::Language
                | Namespace::Test
                | Namespace::Field
                | Namespace::Group
                | Namespace::Fact
        ),
        Kind::OneOf(_) | Kind::Choice | Kind::LevelWord => true,
        _ => false,
    }
}

fn beside(words: &'static [&'static str], word: &str) -> Vec<&'static str> {
    let Some(at) = words.iter().position(|other| *other == word) else { return Vec::new() };
    let before = at.checked_sub(1).and_then(|at| words.get(at));
    before.into_iter().chain(words.get(at + 1)).copied().collect()
}

/// The days before and after `MM-DD`.
fn days_beside(text: &str) -> Vec<String> {
    let day = month_day_of(text).and_then(|(month, day)| NaiveDate::from_ymd_opt(2024, month, day));
    let beside = [day.and_then(|day| day.pred_opt()), day.and_then(|day| day.succ_opt())];
    beside.into_iter().flatten().map(|day| day.format("%m-%d").to_string()).collect()
}

fn shown(value: &Value<'_>) -> String {
    match value {
        Value::Flag(flag) => flag.to_string(),
        Value::Whole(number) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Day(day) => day.to_string(),
        Value::Text(text) => format!("\"{text}\""),
        Value::OtherTime(text) => text.clone(),
        Value::Null | Value::List(_) | Value::Table(_) => String::new(),
    }
}
