//! Random choices read off a tape: a shorter or smaller tape makes a simpler case, so that a
//! failure shrinks to the rules and the facts that it needs.

/// A tape with a place on it; behind its end everything is 0, the simplest choice.
pub(crate) struct Draws<'t> {
    tape: &'t [u16],
    at: usize,
}

impl<'t> Draws<'t> {
    pub(crate) fn new(tape: &'t [u16]) -> Self {
        Self { tape, at: 0 }
    }

    /// A number below `count`.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        let drawn = self.tape.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(drawn) % count
    }

    /// A number from `low` to `high`.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.below(usize::try_from(high - low + 1).unwrap())).unwrap()
    }

    /// Yes so many times in a hundred; no is the simpler answer.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    pub(crate) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// Between `least` and `most` different items, in the order of the list.
    pub(crate) fn some<T: Copy>(&mut self, list: &[T], least: usize, most: usize) -> Vec<T> {
        let wanted = least + self.below(most - least + 1);
        let mut left: Vec<usize> = (0..list.len()).collect();
        while left.len() > wanted {
            let out = self.below(left.len());
            left.remove(left.len() - 1 - out);
        }
        left.into_iter().map(|at| list[at]).collect()
    }

    /// The list in some order.
    pub(crate) fn shuffled<T: Clone>(&mut self, list: &[T]) -> Vec<T> {
        let mut left = list.to_vec();
        let mut shuffled = Vec::new();
        while !left.is_empty() {
            let at = self.below(left.len());
            shuffled.push(left.remove(at));
        }
        shuffled
    }
}
