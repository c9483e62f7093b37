//! A rule file on its way.

use super::registry::Registry;
use super::requirement::Context;
use crate::diagnostic::Lines;
use crate::document::{Node, Shape};

/// A file on its way.
#[derive(Debug)]
pub(super) struct File<'a> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
    pub(super) node: Node<'a>,
    pub(super) shape: &'static Shape,
    /// Whether nothing is wrong with it so far.
    pub(super) clean: bool,
}

/// What the readers of requirements are told of `file`.
pub(super) fn context<'a>(file: &'a File<'_>, registry: &'a Registry) -> Context<'a> {
    let scope = scope(file.path);
    let nodes = file.node.table().nodes("source");
    let own_sources = nodes.iter().filter_map(|node| node.table().kept("id")).collect();
    Context { file: file.path, lines: Lines::of(file.text), scope, own_sources, registry }
}

/// What the ids of a file's own sources begin with: `fi/`; empty in the shared file.
pub(crate) fn scope(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.strip_suffix(".toml").unwrap_or(name);
    if path == "sources.toml" { String::new() } else { format!("{stem}/") }
}
