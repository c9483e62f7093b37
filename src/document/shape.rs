//! What may stand in a table: one description that checks files, suggests, and yields schemas.

use std::ops::Range;

use super::kind::Kind;
use super::letters::instead;
use super::slip::meant;
use crate::diagnostic::{Code, Diagnostic};
use crate::suggest::did_you_mean;

/// The keys of one kind of table.
#[derive(Debug)]
pub struct Shape {
    /// What the table is, for messages and the reference.
    pub name: &'static str,
    /// One sentence on what it is for.
    pub doc: &'static str,
    /// The keys, in the order in which they are best written.
    pub keys: &'static [Key],
}

impl Shape {
    /// The key spelled `name`.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// The problem that `written`, at `span`, is none of the keys, with the one that is meant.
    pub(crate) fn unknown_key(&self, written: &str, span: Range<usize>) -> Diagnostic {
        let message = format!("{} has no key `{written}`", self.name);
        let names = self.keys.iter().map(|key| key.name);
        let problem = Diagnostic::new(Code::UnknownKey, span.clone(), message);
        if let Some(name) = meant(written, names.clone()) {
            let in_quotes = span.len() > written.len();
            let name = if in_quotes { format!("\"{name}\"") } else { name.to_owned() };
            return problem.with_help(instead(written, &name)).with_fix(span, name);
        }
        let help = did_you_mean(written, names.clone())
            .unwrap_or_else(|| format!("the keys are: {}", names.collect::<Vec<_>>().join(", ")));
        problem.with_help(help)
    }
}

/// One key.
#[derive(Debug)]
pub struct Key {
    /// Its spelling.
    pub name: &'static str,
    /// What may stand behind it.
    pub kind: Kind,
    /// Whether it must be there.
    pub need: Need,
    /// What it means, with units and which ends are inclusive.
    pub doc: &'static str,
}

/// A key that must be there.
pub(crate) const fn must(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { name, kind, need: Need::Required, doc }
}

/// A key that may be left out.
pub(crate) const fn may(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { name, kind, need: Need::Optional, doc }
}

/// Whether a key must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It must.
    Required,
    /// It may be left out.
    Optional,
}
