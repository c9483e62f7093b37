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

/// Returns the candidate nearest to `word`, if one is near enough to be meant.
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
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&folded, &fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
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
