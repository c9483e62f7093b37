//! A row of a table → the JSON of a profile: one column for each key, entries written as in edits.

use std::fmt::Write as _;

use serde_json::Value as Json;

use super::List;
use super::notation::Piece;
use super::work::kind_of;
use crate::dataset::Dataset;
use crate::diagnostic::{Code, Diagnostic, Problems, Sink};
use crate::document::{Kind, Node, Value};
use crate::profile::PROFILE;
use crate::suggest::did_you_mean;

/// What stands between the entries of a cell.
const BETWEEN: &str = ";";
const FACTS: &str = "facts.";

/// The columns of a table of profiles, as its first line names them.
///
/// A column is called like a key of profiles, or `facts.<id>`. A cell holds one value, or entries
/// as [edits](super::Edit) write them, with `;` between: `master:2021-07:law;bachelor:2018`,
/// `en=C2;fr=B2`. An empty cell is not told; `[]` is told: none.
#[derive(Debug)]
pub struct Columns(Vec<Column>);

#[derive(Debug)]
struct Column {
    name: String,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Value(&'static str, &'static Kind),
    Entries(List),
    Fact(Kind),
}

/// A row as the JSON text of a profile.
#[derive(Debug)]
pub struct Row<'c> {
    text: String,
    /// Where in the text the cell of a column begins.
    places: Vec<(usize, &'c str)>,
}

impl Columns {
    /// Reads the first line of a table.
    ///
    /// # Errors
    /// Every name that is no column's, or stands there twice.
    ///
    /// # Examples
    /// ```
    /// use jpo_check::{dataset::Dataset, profile::Columns};
    /// let data = Dataset::embedded().unwrap();
    /// let columns = Columns::read(&["id", "nationalities", "languages"], data).unwrap();
    /// let row = columns.row(&["a", "DE;KE", "en=C2"]).unwrap();
    /// assert_eq!(
    ///     row.text(),
    ///     r#"{"id":"a","nationalities":["DE","KE"],"languages":[{"language":"en","level":"C2"}]}"#
    /// );
    /// ```
    pub fn read(names: &[&str], data: &Dataset) -> Result<Self, Problems> {
        let mut sink = Sink::new("");
        let mut columns: Vec<Column> = Vec::new();
        for name in names.iter().map(|name| name.trim()) {
            if columns.iter().any(|column| column.name == name) {
                let message = format!("the column `{name}` is there twice");
                sink.report(Code::DuplicateKey, 0..0, message);
            }
            match content(name, data) {
                Some(content) => columns.push(Column { name: name.to_owned(), content }),
                None => unknown(name, data, &mut sink),
            }
        }
        if sink.is_empty() { Ok(Self(columns)) } else { Err(of(sink)) }
    }

    /// Writes the profile that the cells of a row tell as JSON. Whether its names and values are
    /// right is found out where that is read.
    ///
    /// # Errors
    /// What is not written as it should be, all at once.
    pub fn row(&self, cells: &[&str]) -> Result<Row<'_>, Problems> {
        if cells.len() != self.0.len() {
            let (found, named) = (cells.len(), self.0.len());
            let message =
                format!("the first line names {named} columns; cells in this row: {found}");
            let problem = Diagnostic::new(Code::Syntax, 0..0, message);
            let lines = cells.iter().map(|cell| cell.matches('\n').count()).sum::<usize>() + 1;
            return Err(match lines {
                1 => problem,
                _ => problem.with_help(format!(
                    "the row goes over {lines} lines: a quote `\"` may be left open in it"
                )),
            }
            .into());
        }
        let mut row = Row { text: "{".to_owned(), places: Vec::new() };
        let mut problems = Problems::default();
        let told = self.0.iter().zip(cells).filter(|(_, cell)| !cell.trim().is_empty());
        // The answers to declared facts stand in one object, behind all else.
        let is_fact = |column: &Column| matches!(column.content, Content::Fact(_));
        let (facts, keys): (Vec<_>, Vec<_>) = told.partition(|(column, _)| is_fact(column));
        row.push_all(&keys, &mut problems);
        if !facts.is_empty() {
            row.separate();
            row.text.push_str("\"facts\":{");
            row.push_all(&facts, &mut problems);
            row.text.push('}');
        }
        row.text.push('}');
        if problems.list.is_empty() { Ok(row) } else { Err(problems) }
    }
}

impl<'c> Row<'c> {
    /// The JSON text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The problems of the text, each with the column that it is in.
    #[must_use]
    pub fn in_columns(&self, problems: Problems) -> Problems {
        let named = |problem: Diagnostic| {
            let before = self.places.iter().rev().find(|(start, _)| *start <= problem.span.start);
            match before {
                Some((_, column)) => in_column(column, problem),
                None => problem,
            }
        };
        Problems { list: problems.list.into_iter().map(named).collect(), texts: Vec::new() }
    }

    fn separate(&mut self) {
        if !self.text.ends_with('{') {
            self.text.push(',');
        }
    }

    fn push_all(&mut self, told: &[(&'c Column, &&str)], problems: &mut Problems) {
        for (column, cell) in told {
            let mut sink = Sink::new("");
            let value = column.value(Piece::new(cell, 0), &mut sink);
            let found = sink.into_list().into_iter();
            problems.list.extend(found.map(|problem| in_column(&column.name, problem)));
            let Some(value) = value else { continue };
            self.separate();
            self.places.push((self.text.len(), &column.name));
            let key = column.name.strip_prefix(FACTS).unwrap_or(&column.name);
            // A JSON value writes itself as JSON, and writing into a string cannot fail.
            let (key, value) = (Json::from(key), value.to_json());
            let _ = write!(self.text, "{key}:{value}");
        }
    }
}

impl Column {
    fn value(&self, cell: Piece<'_>, sink: &mut Sink<'_>) -> Option<Node<'static>> {
        match &self.content {
            // An id may begin like JSON.
            Content::Value(_, Kind::Text) => Some(cell.told()),
            Content::Value(key, kind) => cell.value(key, kind, sink),
            Content::Fact(kind) => Some(cell.typed(&self.name, kind)),
            Content::Entries(_) if cell.text.starts_with('[') => cell.json(sink),
            Content::Entries(list) => {
                let pieces = cell.between(BETWEEN).filter(|piece| !piece.text.is_empty());
                let entries = pieces.map(|piece| list.written(piece, sink));
                let entries: Option<Vec<_>> = entries.collect();
                Some(Node { span: cell.span(), value: Value::List(entries?.concat()) })
            }
        }
    }
}

impl List {
    /// An entry, or several where they are single values with commas between.
    fn written(self, piece: Piece<'_>, sink: &mut Sink<'_>) -> Option<Vec<Node<'static>>> {
        match (self.named(), piece.cut("=")) {
            (Some(shape), (name, Some(value))) => {
                self.named_entry(shape, name, value, sink).map(|entry| vec![entry])
            }
            _ => piece.entries(self.key, self.item, sink),
        }
    }
}

fn content(name: &str, data: &Dataset) -> Option<Content> {
    if let Some(id) = name.strip_prefix(FACTS) {
        return data.fact(id).map(|fact| Content::Fact(kind_of(&fact.kind)));
    }
    let key = PROFILE.key(name)?;
    match &key.kind {
        Kind::Open => None,
        Kind::List(item) => Some(Content::Entries(List { key: key.name, item })),
        kind => Some(Content::Value(key.name, kind)),
    }
}

fn unknown(name: &str, data: &Dataset, sink: &mut Sink<'_>) {
    let keys = PROFILE.keys.iter().filter(|key| !matches!(key.kind, Kind::Open));
    let names: Vec<&str> = keys.map(|key| key.name).collect();
    let facts: Vec<String> = data.facts.iter().map(|fact| format!("{FACTS}{}", fact.id)).collect();
    let all = names.iter().copied().chain(facts.iter().map(String::as_str));
    let help = if name.contains([';', '\t']) {
        "the columns have commas between them".to_owned()
    } else {
        did_you_mean(name, all)
            .unwrap_or_else(|| format!("the columns are: {}, {FACTS}<id>", names.join(", ")))
    };
    sink.report_with_help(Code::UnknownKey, 0..0, format!("there is no column `{name}`"), help);
}

fn in_column(column: &str, problem: Diagnostic) -> Diagnostic {
    Diagnostic { message: format!("column `{column}`: {}", problem.message), ..problem }
}

fn of(sink: Sink<'_>) -> Problems {
    Problems { list: sink.into_list(), texts: Vec::new() }
}
