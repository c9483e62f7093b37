//! Sorted lines that are searched as they are.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::Display;

use serde::{Deserialize, Serialize};

use super::Text;

/// Keys with what is said of each, sorted by key, a line each: `key\tword\n`.
///
/// They are made when rules are loaded and searched as they are: to take hundreds of them apart at
/// each start would cost more than to look a few up.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct SortedLines(Text);

impl SortedLines {
    /// Takes keys without tabs and line breaks.
    pub(crate) fn of(words: &BTreeMap<String, impl Display>) -> Self {
        let lines = words.iter().map(|(key, word)| format!("{key}\t{word}\n"));
        Self(lines.collect::<String>().into())
    }

    /// The keys, sorted.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.lines().filter_map(|line| line.split_once('\t')).map(|(key, _)| key)
    }

    /// What is said of `key`: the lines are sorted, so halve them.
    pub(crate) fn find(&self, key: &str) -> Option<&str> {
        let lines = self.0.as_bytes();
        let (mut low, mut high) = (0, lines.len());
        while low < high {
            let start = line_start(lines, low.midpoint(high));
            let line = lines.get(start..)?;
            match compare(line, key.as_bytes()) {
                Ordering::Equal => {
                    let word = line.get(key.len() + 1..line_end(line))?;
                    return str::from_utf8(word).ok();
                }
                Ordering::Less => low = start + line_end(line) + 1,
                Ordering::Greater => high = start,
            }
        }
        None
    }
}

/// How the key of the line that `lines` begin with stands to `key`. The end of neither is looked
/// for: a tab comes before every byte of a key, so a key that ends earlier stands first.
fn compare(lines: &[u8], key: &[u8]) -> Ordering {
    let (begin, rest) = lines.split_at(key.len().min(lines.len()));
    begin.cmp(key).then_with(|| rest.first().copied().cmp(&Some(b'\t')))
}

fn line_end(line: &[u8]) -> usize {
    line.iter().position(|byte| *byte == b'\n').unwrap_or(line.len())
}

/// The start of the line that the byte `at` is in.
fn line_start(lines: &[u8], at: usize) -> usize {
    let before = lines.get(..at).unwrap_or_default();
    before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_and_nothing_else() {
        let keys = ["a", "a b", "ab", "abc", "b", "caf\u{e9}", "congo", "congo (kinshasa)", "z"];
        for first in 0..keys.len() {
            for last in first..=keys.len() {
                let words: BTreeMap<String, String> =
                    keys[first..last].iter().map(|key| ((*key).into(), key.repeat(3))).collect();
                let lines = SortedLines::of(&words);
                assert!(lines.keys().eq(words.keys().map(String::as_str)));
                let others = ["", "aa", "a ", "abcd", "cafe", "congo ", "zz", "\u{ff}"];
                for key in keys.iter().chain(&others) {
                    assert_eq!(lines.find(key), words.get(*key).map(String::as_str), "{key}");
                }
            }
        }
    }
}
