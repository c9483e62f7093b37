//! Did you mean: one function, with a threshold, that never applies what it suggests.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a name for comparison: lower case, without accents, punctuation and spaces.
///
/// # Examples
/// ```
/// use jpo_check::suggest::fold;
/// assert_eq!(fold("Côte d’Ivoire"), fold("cote divoire"));
/// ```
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.bytes().filter(u8::is_ascii_alphanumeric).map(fold_ascii).collect();
    }
    text.nfkd()
        .filter(|c| !is_combining_mark(*c) && c.is_alphanumeric())
        // Up and down again: ß and ς have no single lower-case form otherwise.
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .collect()
}

fn fold_ascii(byte: u8) -> char {
    char::from(byte.to_ascii_lowercase())
}

/// Returns the candidate nearest to `word`, if one is near enough to be meant: a few letters away, or
/// the only one that it is a part of, or that is the beginning of it (`close` of `call_close`,
/// `maximum` for `max`).
///
/// Both sides are folded first. A word of up to two letters gets no suggestion: at that length
/// every code is one edit from many others (`UK` from `UA`).
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    let length = folded.chars().count();
    if length <= 2 {
        return None;
    }
    let allowed = (length / 3).max(1);
    let mut alike: Vec<&str> = Vec::new();
    let mut near: Option<(usize, &str)> = None;
    for candidate in candidates {
        let other = fold(candidate);
        let distance = strsim::osa_distance(&folded, &other);
        if distance <= allowed && near.is_none_or(|(nearest, _)| distance < nearest) {
            near = Some((distance, candidate));
        }
        let begins = other.chars().count() > 2 && folded.starts_with(&other);
        // What is denied is not meant.
        let is_denied = ["not_", "no_"].iter().any(|no| candidate.starts_with(no));
        let is_part = !is_denied && candidate.split('_').any(|part| fold(part) == folded);
        if begins || is_part {
            alike.push(candidate);
        }
    }
    let only = alike.first().copied().filter(|_| alike.len() == 1);
    near.map(|(_, candidate)| candidate).or(only)
}

/// The sentence that offers [`nearest`]'s answer.
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(word, candidates).map(|name| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_word_is_suggested_and_a_far_one_is_not() {
        assert_eq!(nearest("nationalitys", ["nationality", "age"]), Some("nationality"));
        assert_eq!(nearest("Germny", ["Germany", "Guernsey"]), Some("Germany"));
        assert_eq!(nearest("colour", ["age", "degree"]), None);
    }

    #[test]
    fn a_part_or_a_longer_form_of_one_word_alone_is_suggested() {
        assert_eq!(nearest("close", ["call_open", "call_close"]), Some("call_close"));
        assert_eq!(nearest("maximum", ["min", "max"]), Some("max"));
        assert_eq!(nearest("call", ["call_open", "call_close"]), None);
        assert_eq!(nearest("done", ["not_done", "completed"]), None);
        assert_eq!(nearest("unit", ["un", "age"]), None);
    }

    #[test]
    fn a_code_of_two_letters_gets_no_suggestion() {
        assert_eq!(nearest("UK", ["UA", "UG", "KE"]), None);
    }

    #[test]
    fn folding_drops_case_accents_and_punctuation_in_every_script() {
        assert_eq!(fold("São Tomé & Príncipe"), "saotomeprincipe");
        assert_eq!(fold("ÅLAND"), "aland");
        assert_eq!(fold("대한민국"), fold("대한민국 "));
    }
}
