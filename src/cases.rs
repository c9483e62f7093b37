//! Do the rules answer as the cases beside them say, and do the cases notice a change?
//!
//! [`run()`] holds every case against the rules. [`mutants`] yields the rules with one value
//! changed at a time, and [`survey()`] lists the changes that no case notices.

mod mutate;
mod run;
mod suggest;
mod survey;

pub use mutate::{Mutant, mutants};
pub use run::{Failure, Reason, Run, run};
pub use suggest::{Suggestion, Suggestions, suggest};
pub use survey::{Survey, survey};
