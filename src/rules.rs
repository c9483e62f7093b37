//! The rules as the engine reads them: validated, resolved, immutable.
//!
//! A [`Window`] is a list of [`Requirement`]s, all needed. Each requirement holds one or several
//! readings of the page it comes from; each reading holds one [`Rule`] of a closed vocabulary.

mod call;
mod day;
mod fact;
mod group;
mod limit;
mod nations;
mod normal;
mod requirement;
mod rule;
mod source;
mod window;

pub use call::{Call, Recurring};
pub use day::ReferenceDay;
pub use fact::{Change, FactDeclaration, FactType};
pub(crate) use normal::decide_alike;

pub use group::{Group, Leaving, Membership};
pub use limit::{Counted, Limit, LimitRule, Per};
pub use nations::Nations;
pub use requirement::{Basis, Criterion, Part, Place, Reading, Requirement, Strength, Superseded};
pub use rule::{
    Age, AgeRaise, BirthDay, Branch, Condition, Counting, Degree, Employment, Experience, FactTest,
    LanguageLevelWord, LanguageRule, Nationality, OwnedTest, Path, Qualification, RaiseDegree,
    Rule, Since, Skill, Sponsorship, Weight,
};
pub use source::{Source, SourceKind};
pub use window::{
    Application, Channel, Donor, EntryFrom, Host, Lookalike, MonthsToEntry, Programme, Step, Terms,
    Window,
};
