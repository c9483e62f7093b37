//! What is asked about ways into a window, and what is answered.

use chrono::NaiveDate;

use super::step::{Allowed, Pace, Step};
use crate::dataset::Dataset;
use crate::engine::cells::{Slot, slots};
use crate::engine::timeline::{Because, Span};
use crate::profile::Profile;
use crate::rules::{Requirement, Window};
use crate::vocabulary::Text;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct How<'a, 'd> {
    /// The rules.
    pub data: &'d Dataset,
    /// The window.
    pub window: &'d Window,
    /// Who asks.
    pub profile: &'a Profile,
    /// The day of the question: nothing is done earlier.
    pub as_of: NaiveDate,
    /// The last application day that is looked at.
    pub horizon: NaiveDate,
    /// How fast things are done.
    pub pace: Pace,
    /// What can change besides what anybody can.
    pub allowed: Allowed,
    /// The most changes in one way.
    pub most: usize,
}

/// A set of changes that opens a window.
#[derive(Debug, Clone)]
pub struct Way<'d> {
    /// The changes; none where it is enough to wait.
    pub steps: Vec<Step>,
    /// The profile with the changes made.
    pub profile: Profile,
    /// The days, with their verdict, that begin on the first one that is open.
    pub span: Span<'d>,
    /// The last day that is open without a break; `None` at the horizon.
    pub until: Option<NaiveDate>,
    /// What ends it.
    pub ends: Vec<Because<'d>>,
}

/// A requirement that stands in the way.
#[derive(Debug, Clone)]
pub struct Obstacle<'d> {
    /// The requirement.
    pub requirement: &'d Requirement,
    /// The first and last day on which it is met, whatever is changed, each at best; `None` if
    /// never. The whole time where only the requirements together leave no way.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// What is not told and cannot be changed: it has to be told first.
    pub missing: Vec<Text>,
    /// What it looks at that could be allowed to change, and is not.
    pub kept: Allowed,
}

impl How<'_, '_> {
    /// The obstacle that `requirement` is.
    pub(super) fn obstacle<'r>(
        &self,
        requirement: &'r Requirement,
        days: Option<(NaiveDate, NaiveDate)>,
        missing: Vec<Text>,
    ) -> Obstacle<'r> {
        let parts = slots(requirement);
        let kept = Allowed {
            nationality: !self.allowed.nationality && parts.contains(&Slot::Nationalities),
            residence: !self.allowed.residence && parts.contains(&Slot::Residences),
        };
        Obstacle { requirement, days, missing, kept }
    }
}

/// The answer.
#[derive(Debug, Clone, Default)]
pub struct Ways<'d> {
    /// The ways: no other needs fewer changes and is open as early, or as many and is earlier.
    pub ways: Vec<Way<'d>>,
    /// What stays in doubt whatever is changed: only the donor can tell. With any of these a way
    /// leads to a window that hangs on nothing else.
    pub doubts: Vec<&'d Requirement>,
    /// Where there is no way, what stands in it.
    pub obstacles: Vec<Obstacle<'d>>,
}
