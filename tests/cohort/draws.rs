//! Random choices, the same ones from the same seed.

/// Random numbers after `SplitMix64` (Steele, Lea and Flood 2014): small, fast, the same anywhere.
pub(super) struct Draws(u64);

impl Draws {
    pub(super) fn of(seed: u64, n: u64) -> Self {
        // The seed is mixed before the number is added, so that seeds 1 and 2 share no profile.
        let seed = Self(seed).number();
        Self(Self(seed ^ n.wrapping_mul(0x9e37_79b9_7f4a_7c15)).number())
    }

    pub(super) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `count`.
    pub(super) fn below(&mut self, count: u64) -> u64 {
        self.number() % count
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high - low + 1)
    }

    /// Yes so many times in a hundred.
    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub(super) fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[index(self.below(all.len() as u64))]
    }

    /// One of `all`, each as often as its weight is of all weights.
    pub(super) fn weighted<'a, T>(&mut self, all: &'a [T], weight: impl Fn(&T) -> u64) -> &'a T {
        let mut left = self.below(all.iter().map(&weight).sum());
        let chosen = all.iter().find(|one| {
            let passed = left >= weight(one);
            left = left.saturating_sub(weight(one));
            !passed
        });
        chosen.expect("what is drawn is below the sum of the weights")
    }

    pub(super) fn shuffle<T>(&mut self, all: &mut [T]) {
        for last in (1..all.len()).rev() {
            let other = index(self.below(last as u64 + 1));
            all.swap(last, other);
        }
    }
}

/// A number that is a place in a list.
pub(super) fn index(number: u64) -> usize {
    usize::try_from(number).expect("a place in a list")
}
