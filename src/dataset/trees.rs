//! The trees that rules were read from, to read a part of them again under a change.

mod others;

use std::collections::BTreeMap;

pub(crate) use others::Others;

use super::Dataset;
use super::donor::window;
use super::file::{File, context};
use super::keys;
use super::programme::{RawGroup, merge_changed, read_group, read_programme};
use super::registry::{FileNames, Registry};
use super::requirement::Context;
use crate::diagnostic::Sink;
use crate::document::{Node, Shape, check};
use crate::rules::{Group, Place, Programme, Window};
use crate::vocabulary::{DonorCode, Packed, Text};

/// The trees of a data folder's files, with the names that all files know.
#[derive(Debug)]
pub struct RuleTrees<'t> {
    pub(super) files: Vec<File<'t>>,
    pub(super) registry: Registry,
    pub(super) groups: BTreeMap<Text, RawGroup>,
}

/// A part of the rules that can be exchanged for another reading of it.
#[derive(Debug)]
pub enum Piece {
    /// A window.
    Window(Box<Window>),
    /// A programme.
    Programme(Packed<Programme>),
    /// A group, with the groups that take it over.
    Groups(BTreeMap<Text, Packed<Group>>),
}

impl Piece {
    /// Puts it in its place in `data` and takes out what was there: twice is as if never.
    pub fn exchange(&mut self, data: &mut Dataset) {
        match self {
            Self::Window(window) => {
                let place = data.windows.iter_mut().find(|other| other.id == window.id);
                swap(place, window);
            }
            Self::Programme(programme) => {
                swap(data.programmes.get_mut(&programme.id), programme);
            }
            Self::Groups(groups) => {
                for (id, group) in groups {
                    swap(data.groups.get_mut(id.as_str()), group);
                }
            }
        }
    }

    /// Whether it answers as `other` does; sources, words and places aside.
    pub fn decides_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Window(one), Self::Window(other)) => one.decides_like(other),
            (Self::Programme(one), Self::Programme(other)) => one.decides_like(other),
            (Self::Groups(one), Self::Groups(other)) => {
                one.len() == other.len()
                    && one.values().zip(other.values()).all(|(a, b)| a.decides_like(b))
            }
            _ => false,
        }
    }
}

fn swap<T>(place: Option<&mut T>, other: &mut T) {
    if let Some(place) = place {
        std::mem::swap(place, other);
    }
}

/// What a draft is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A window.
    Window,
    /// A programme's usual profile.
    Programme,
    /// A group.
    Group,
}

/// A window, programme or group as its file has it.
pub(crate) struct Draft<'a, 't> {
    /// What it is.
    pub(crate) subject: Subject,
    /// Its id.
    pub(crate) id: &'a str,
    /// Its table.
    pub(crate) node: &'a Node<'t>,
    file: &'a File<'t>,
    names: FileNames<'a>,
    ctx: Context<'a>,
    trees: &'a RuleTrees<'t>,
}

impl<'t> RuleTrees<'t> {
    /// Every window, programme and group as written, in the order of the files.
    pub(crate) fn drafts(&self) -> impl Iterator<Item = Draft<'_, 't>> {
        self.files.iter().flat_map(move |file| {
            let folder = file.path.split('/').next().unwrap_or_default();
            let subject = match folder {
                "donors" => Some(Subject::Window),
                "programmes" => Some(Subject::Programme),
                "groups" => Some(Subject::Group),
                _ => None,
            };
            let nodes = match subject {
                Some(Subject::Window) => file.node.table().nodes("window"),
                Some(_) => std::slice::from_ref(&file.node),
                None => &[],
            };
            nodes.iter().filter_map(move |node| self.draft(subject?, file, node))
        })
    }

    fn draft<'a>(
        &'a self,
        subject: Subject,
        file: &'a File<'t>,
        node: &'a Node<'t>,
    ) -> Option<Draft<'a, 't>> {
        let names = FileNames::new(&self.registry, &file.node);
        let ctx = context(file, &self.registry);
        let id = node.table().text("id")?;
        Some(Draft { subject, id, node, file, names, ctx, trees: self })
    }
}

impl<'a> Draft<'a, '_> {
    /// The line of a place in the file.
    pub(crate) fn place(&self, offset: usize) -> Place {
        Place { file: Text::of(self.file.path), line: self.ctx.lines.line(offset) }
    }

    /// What could stand in the place of something else.
    pub(crate) const fn others(&self) -> Others<'a> {
        Others { registry: &self.trees.registry }
    }

    /// What may stand in its table.
    pub(crate) const fn shape(&self) -> &'static Shape {
        match self.subject {
            Subject::Window => &keys::WINDOW,
            Subject::Programme => &keys::PROGRAMME_FILE,
            Subject::Group => &keys::GROUP_FILE,
        }
    }

    /// Reads `node` in its place as the loader does; `None` if it would be refused.
    pub(crate) fn read(&self, node: &Node<'_>) -> Option<Piece> {
        let mut sink = Sink::new(self.file.path);
        check(node, self.shape(), &self.names, &mut sink);
        let piece = self.piece(node, &mut sink)?;
        sink.is_empty().then_some(piece)
    }

    fn piece(&self, node: &Node<'_>, sink: &mut Sink<'_>) -> Option<Piece> {
        let ctx = &self.ctx;
        match self.subject {
            Subject::Window => {
                let donor = DonorCode::new(self.file.node.table().text("code")?)?;
                window(node, &donor, ctx, sink).map(|window| Piece::Window(Box::new(window)))
            }
            Subject::Programme => {
                read_programme(node, ctx, sink).map(|it| Piece::Programme(it.into()))
            }
            Subject::Group => {
                let changed = read_group(node, ctx, sink)?;
                Some(Piece::Groups(merge_changed(&self.trees.groups, self.id, &changed)))
            }
        }
    }
}
