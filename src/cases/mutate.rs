//! The rules with one value changed at a time.

mod apply;
mod edits;

use std::fmt;

use crate::dataset::{Draft, Piece, RuleTrees, Subject};
use crate::rules::{Place, Requirement, Window};
use apply::{Change, apply};
use edits::{Edit, edits};

/// The rules with one value changed.
#[derive(Debug)]
pub struct Mutant {
    /// What kind of thing the value belongs to.
    pub subject: Subject,
    /// The id of the window, programme or group.
    pub of: String,
    /// Where the value is written.
    pub place: Place,
    /// The key with its path, such as `age.max` or `languages[1]`.
    pub key: String,
    /// What is changed: `= 32 → 33`, `dropped`, `without FI`.
    pub what: String,
    /// Where the value stands in the text of its file, in bytes.
    pub offset: usize,
    /// Whether it takes something out and adds nothing.
    pub narrows: bool,
    /// The changed part, to be exchanged for that of the rules.
    pub piece: Piece,
}

impl Mutant {
    /// Whether the answers of `window` can hang on what is changed.
    pub fn bears_on(&self, window: &Window) -> bool {
        match &self.piece {
            Piece::Window(_) => window.id == self.of,
            Piece::Programme(_) => window.programme == self.of,
            Piece::Groups(groups) => window
                .every_requirement()
                .flat_map(Requirement::groups)
                .any(|id| groups.contains_key(id)),
        }
    }
}

impl fmt::Display for Mutant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = if self.subject == Subject::Window { "window." } else { "" };
        write!(f, "{head}{} {} ({})", self.key, self.what, self.of)
    }
}

/// Yields the rules with each value changed that decides, in the order of the files; only those of
/// `window`, if one is named.
///
/// Every limit is moved by one unit both ways, `max` and `under` are swapped, words of a ladder
/// move along it, flags are flipped, reference days and names exchanged for others, every list
/// loses each entry and gains one, and every table that may be left out is. Which keys there are,
/// and what may stand behind them, is the loader's own table. What the loader would refuse, and
/// what answers as before whatever the candidate, is left out.
pub fn mutants<'a>(
    trees: &'a RuleTrees<'_>,
    window: Option<&'a str>,
) -> impl Iterator<Item = Mutant> + 'a {
    let asked = move |draft: &Draft<'_, '_>| {
        window.is_none_or(|id| draft.subject == Subject::Window && draft.id == id)
    };
    trees.drafts().filter(asked).flat_map(|draft| {
        let original = draft.read(draft.node);
        let edits = if original.is_some() { edits(&draft) } else { Vec::new() };
        edits.into_iter().filter_map(move |edit| mutant(&draft, original.as_ref()?, edit))
    })
}

/// The first way to make the edit that the loader takes and that decides otherwise.
fn mutant(draft: &Draft<'_, '_>, original: &Piece, edit: Edit<'_>) -> Option<Mutant> {
    let Edit { key, offset, ways } = edit;
    ways.into_iter().find_map(|way| {
        let narrows = matches!(way.change, Change::Remove | Change::OnlyReading(_));
        let piece = draft.read(&apply(draft.node, &way.path, way.change)?)?;
        (!piece.decides_like(original)).then(|| Mutant {
            subject: draft.subject,
            of: draft.id.to_owned(),
            place: draft.place(offset),
            key: key.clone(),
            what: way.what,
            offset,
            narrows,
            piece,
        })
    })
}
