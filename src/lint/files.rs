//! The files of rules that load, as trees with their places.

use std::ops::Range;

use crate::dataset::keys::FileKind;
use crate::dataset::{Dataset, RuleFile, scope};
use crate::diagnostic::{Sink, position};
use crate::document::{Kind, Node, Shape, Table, parse_toml, visit};
use crate::rules::{Place, Source, Window};
use crate::vocabulary::Text;

/// Every file of a folder of rules, sorted by path.
#[derive(Debug)]
pub(super) struct Files<'a>(Vec<File<'a>>);

/// A file as text and as tree.
#[derive(Debug)]
pub(super) struct File<'a> {
    /// The path below the folder, with `/` between folders.
    pub(super) path: &'a str,
    /// The whole text.
    pub(super) text: &'a str,
    shape: &'static Shape,
    node: Node<'a>,
}

impl<'a> Files<'a> {
    /// Parses files that have been loaded before: what would not parse is passed over.
    pub(super) fn parse(files: &[RuleFile<'a>]) -> Self {
        let mut list: Vec<File<'a>> = files.iter().filter_map(File::parse).collect();
        list.sort_by_key(|file| file.path);
        Self(list)
    }

    /// Every file.
    pub(super) fn iter(&self) -> impl Iterator<Item = &File<'a>> {
        self.0.iter()
    }

    /// The file at `path`.
    pub(super) fn called(&self, path: &str) -> Option<&File<'a>> {
        self.iter().find(|file| file.path == path)
    }

    /// Every window with its table and the file it stands in.
    pub(super) fn windows<'s>(
        &'s self,
        rules: &'s Dataset,
    ) -> impl Iterator<Item = (&'s File<'a>, Table<'s, 'a>, &'s Window)> {
        self.donors().flat_map(move |file| {
            let tables = file.table().nodes("window").iter().map(Node::table);
            tables.filter_map(move |table| {
                Some((file, table.clone(), rules.window(table.text("id")?)?))
            })
        })
    }

    /// The donors' files.
    pub(super) fn donors(&self) -> impl Iterator<Item = &File<'a>> {
        self.iter().filter(|file| file.is_donor())
    }
}

impl<'a> File<'a> {
    fn parse(file: &RuleFile<'a>) -> Option<Self> {
        let RuleFile { path, text } = *file;
        let node = parse_toml(text, &mut Sink::new(path))?;
        Some(Self { path, text, shape: FileKind::of(path)?.shape, node })
    }

    /// The file's own keys.
    pub(super) fn table(&self) -> Table<'_, 'a> {
        self.node.table()
    }

    /// Whether it is a donor's.
    pub(super) fn is_donor(&self) -> bool {
        self.path.starts_with("donors/")
    }

    /// Every value with its kind and key, lists and tables before what is in them.
    pub(super) fn values(&self) -> Vec<Value<'_, 'a>> {
        let mut values = Vec::new();
        visit(&self.node, self.shape, &mut |node, kind, key| {
            values.push(Value { node, kind, key });
        });
        values
    }

    /// Where a line stands, counted from 1.
    pub(super) fn line(&self, line: usize) -> Range<usize> {
        let lines = self.text.split_inclusive('\n');
        let start = lines.clone().take(line.saturating_sub(1)).map(str::len).sum();
        let length = lines.skip(line.saturating_sub(1)).map(str::trim_end).map(str::len).next();
        start..start + length.unwrap_or_default()
    }

    /// The text as it is written at `span`.
    pub(super) fn written(&self, span: &Range<usize>) -> &'a str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// The place of a table, as requirements and windows name theirs.
    pub(super) fn place(&self, node: &Node<'_>) -> Place {
        Place { file: Text::of(self.path), line: position(self.text, node.span.start).0 }
    }

    /// The source that `id` names in this file: its own or a shared one.
    pub(super) fn source<'r>(&self, rules: &'r Dataset, id: &str) -> Option<&'r Source> {
        let own = rules.sources.get(&format!("{}{id}", scope(self.path)));
        own.filter(|_| self.declares(id)).or_else(|| rules.sources.get(id))
    }

    /// Whether it declares a source called `id`.
    pub(super) fn declares(&self, id: &str) -> bool {
        self.sources().any(|table| table.text("id") == Some(id))
    }

    /// The sources that it declares.
    pub(super) fn sources(&self) -> impl Iterator<Item = Table<'_, 'a>> {
        self.table().nodes("source").iter().map(Node::table)
    }
}

/// A value of a file with what may stand there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'n, 't> {
    /// The value.
    pub(super) node: &'n Node<'t>,
    /// What may stand there.
    pub(super) kind: &'static Kind,
    /// The key it stands behind.
    pub(super) key: &'static str,
}
