//! How much is kept of what was asked before.

/// How many things of each sort a screen keeps: a stream of profiles that never meet again must not
/// fill the memory. What is full is emptied, and asked anew.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Combinations of nationalities.
    pub(super) nations: usize,
    /// Entries, and plans.
    pub(super) plans: usize,
    /// Groups of requirements, before those of the last profile.
    pub(super) groups: usize,
    /// Answers of groups.
    pub(super) answers: usize,
    /// Findings.
    pub(super) findings: usize,
}

impl Room {
    /// A hundred thousand profiles of a cohort find most of what they ask in it. Tables hold as
    /// much as one of 2^14 or 2^15 places does.
    pub(super) const USUAL: Self = Self {
        nations: (1 << 14) / 8 * 7,
        plans: 2_000,
        groups: 2_000,
        answers: (1 << 15) / 8 * 7,
        findings: 14_000,
    };
}

/// Makes sure of room for so many more: where there is none, for a quarter more than there are, and not
/// for twice as many, since every thread keeps its own.
pub(super) fn grow<T>(list: &mut Vec<T>, more: usize) {
    if list.capacity() - list.len() < more {
        list.reserve_exact(list.len() / 4 + more);
    }
}

// Groups are numbered in 16 bits; what is asked of one profile adds a group for each criterion and
// each way of looking at parts of many values, which are few.
const _: () = assert!(Room::USUAL.groups < 60_000);
