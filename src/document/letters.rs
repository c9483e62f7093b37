//! Characters that look like others: letters of two scripts in one word, spaces that are none.

use crate::suggest::fold;

/// Letters of other scripts with the Latin letter that they look like.
const LOOK_ALIKES: &[(&str, &str, &str)] = &[
    ("Cyrillic", "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԝ", "ABESIJKMHOPCTYXaesijopcyxdqw"),
    ("Greek", "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορ", "ABEZHIKMNOPTYXavop"),
];

/// Spaces and signs that nobody sees as what they are, with their name and what is meant.
const ODD_SPACES: &[(char, &str, &str)] = &[
    ('\t', "a tab", " "),
    ('\u{a0}', "a hard (no-break) space", " "),
    ('\u{2007}', "a figure space", " "),
    ('\u{202f}', "a narrow hard space", " "),
    ('\u{ad}', "an invisible hyphen", ""),
    ('\u{200b}', "an invisible space of no width", ""),
    ('\u{200e}', "an invisible mark of direction", ""),
    ('\u{200f}', "an invisible mark of direction", ""),
    ('\u{202a}', "an invisible mark of direction", ""),
    ('\u{202b}', "an invisible mark of direction", ""),
    ('\u{202c}', "an invisible mark of direction", ""),
    ('\u{202d}', "an invisible mark of direction", ""),
    ('\u{202e}', "an invisible mark of direction", ""),
    ('\u{2060}', "an invisible joiner", ""),
    ('\u{feff}', "an invisible byte order mark", ""),
];

/// The Latin letter that `letter` looks like, with the script that it is of.
pub(crate) fn look_alike(letter: char) -> Option<(char, &'static str)> {
    LOOK_ALIKES.iter().find_map(|(script, theirs, ours)| {
        let at = theirs.chars().position(|other| other == letter)?;
        Some((ours.chars().nth(at)?, *script))
    })
}

/// `text` with every letter that looks Latin made Latin.
pub(crate) fn latin(text: &str) -> String {
    text.chars().map(|c| look_alike(c).map_or(c, |(latin, _)| latin)).collect()
}

/// One sentence on the first letter of `word` that only looks Latin.
pub(crate) fn look_alike_in(word: &str) -> Option<String> {
    let found = word.chars().find_map(|c| look_alike(c).map(|(latin, script)| (c, latin, script)));
    found.map(|(letter, latin, script)| {
        format!("the `{letter}` in `{word}` is a {script} letter, not the Latin `{latin}`")
    })
}

/// The first odd space of `text`: where it begins, and its name.
pub(crate) fn odd_space_in(text: &str) -> Option<(usize, &'static str)> {
    if text.is_ascii() && !text.contains('\t') {
        return None;
    }
    text.char_indices().find_map(|(at, c)| {
        ODD_SPACES.iter().find(|(odd, _, _)| *odd == c).map(|(_, name, _)| (at, *name))
    })
}

/// `text` with plain spaces for odd ones, and without what cannot be seen.
pub(crate) fn plain_spaces(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match ODD_SPACES.iter().find(|(odd, _, _)| *odd == c) {
            Some((_, _, meant)) => plain.push_str(meant),
            None => plain.push(c),
        }
    }
    plain
}

/// The one candidate that differs from `word` only in case, accents, punctuation, or letters that
/// look Latin: no guess, unlike a near one.
pub(crate) fn meant<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let folded = fold(&latin(word));
    let mut same = candidates.into_iter().filter(|candidate| fold(candidate) == folded);
    let one = same.next().filter(|_| !folded.is_empty())?;
    same.next().is_none().then_some(one)
}

/// What to write for a word that is meant but not written so.
pub(super) fn instead(text: &str, name: &str) -> String {
    let odd = odd_space_in(text).map(|(_, name)| format!("{name} stands in it"));
    match look_alike_in(text).or(odd) {
        Some(sentence) => format!("{sentence}: write `{name}`"),
        None => format!("write `{name}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_look_alike_has_one_latin_letter() {
        for (script, theirs, ours) in LOOK_ALIKES {
            assert_eq!(theirs.chars().count(), ours.chars().count(), "{script}");
            assert!(ours.is_ascii(), "{script}");
            assert!(!theirs.chars().any(|c| c.is_ascii()), "{script}");
        }
    }

    #[test]
    fn spaces_become_plain_and_what_cannot_be_seen_goes() {
        assert_eq!(plain_spaces("a\u{a0}b\tc\u{200b}d"), "a b cd");
        assert_eq!(odd_space_in("ab\u{a0}"), Some((2, "a hard (no-break) space")));
    }

    #[test]
    fn a_word_is_meant_if_only_case_punctuation_or_script_differ() {
        assert_eq!(meant("Master", ["bachelor", "master"]), Some("master"));
        assert_eq!(meant("self employment", ["self_employment"]), Some("self_employment"));
        assert_eq!(meant("m\u{430}ster", ["master"]), Some("master"));
        assert_eq!(meant("masters", ["master"]), None);
        assert_eq!(meant("un desa", ["un-desa", "un_desa"]), None);
    }
}
