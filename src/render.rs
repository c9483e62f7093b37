//! Reports and problems → text. A renderer decides layout, never content.
//!
//! Everything is readable without colour: styles only repeat what the words say. Colour codes are
//! always written here and stripped by the output stream where they are not wanted.

mod ahead;
mod batch;
mod cases;
mod check;
mod codes;
mod diagnostics;
mod diff;
mod how;
mod markdown;
mod page;
mod plan;
mod reference;
mod sarif;
mod show;
mod suggestions;
mod what_if;
mod when;
mod why;
mod windows;

pub use batch::batch;
pub use cases::{CasesReport, cases, cases_json};
pub use check::{check, headline};
pub use codes::{code, codes};
pub use diagnostics::{diagnostics, diagnostics_json};
pub use diff::diff;
pub use how::how;
pub use markdown::markdown;
pub use page::Width;
pub use plan::plan;
pub use reference::key_reference;
pub use sarif::sarif;
pub use show::show;
pub use suggestions::suggestions;
pub use what_if::what_if;
pub use when::when;
pub use why::why;
pub use windows::windows;
