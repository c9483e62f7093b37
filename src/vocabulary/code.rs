//! Codes of countries, languages and donors.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use super::Text;

/// An ISO 3166-1 alpha-2 code (or `XK` for Kosovo), upper case.
// Its letters in one number, and no array: rustc 1.95 for x86-64 has lost the count out of a pair of
// such an array and a count (llvm/llvm-project#205291).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub struct CountryCode(u16);

impl CountryCode {
    /// How many codes two letters can make.
    pub const COUNT: usize = 26 * 26;

    /// Takes two upper-case ASCII letters; `None` for any other text.
    pub fn new(text: &str) -> Option<Self> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => {
                Some(Self(u16::from_be_bytes([*a, *b])))
            }
            _ => None,
        }
    }

    /// The two letters.
    pub fn as_str(self) -> &'static str {
        let letters = EVERY.get(self.number());
        letters.and_then(|pair| std::str::from_utf8(pair).ok()).unwrap_or_default()
    }

    /// The two letters, as ASCII.
    pub const fn letters(self) -> [u8; 2] {
        self.0.to_be_bytes()
    }

    /// A number of its own below [`COUNT`](Self::COUNT), in the order of the codes.
    pub const fn number(self) -> usize {
        let [one, two] = self.letters();
        (one - b'A') as usize * 26 + (two - b'A') as usize
    }
}

/// The letters of every code, in order.
static EVERY: [[u8; 2]; CountryCode::COUNT] = {
    let mut every = [[b'A'; 2]; CountryCode::COUNT];
    let mut rest: &mut [[u8; 2]] = &mut every;
    let mut letters = [b'A'; 2];
    while let Some((pair, behind)) = rest.split_first_mut() {
        *pair = letters;
        letters = match letters {
            [one, b'Z'] => [one + 1, b'A'],
            [one, two] => [one, two + 1],
        };
        rest = behind;
    }
    every
};

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An ISO 639 code of two or three letters, lower case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub struct LanguageCode([u8; 3]);

impl LanguageCode {
    /// How many numbers there are for codes.
    pub const COUNT: usize = 32 * 32 * 32;

    /// Takes two or three lower-case ASCII letters; `None` for any other text.
    pub fn new(text: &str) -> Option<Self> {
        if !text.bytes().all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        match text.as_bytes() {
            [a, b] => Some(Self([*a, *b, b' '])),
            [a, b, c] => Some(Self([*a, *b, *c])),
            _ => None,
        }
    }

    /// The letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default().trim_end()
    }

    /// A number of its own below [`COUNT`](Self::COUNT), in the order of the codes.
    pub const fn number(self) -> usize {
        let [one, two, three] = self.0;
        // The places in the alphabet, and 0 for the third letter of two.
        (one & 31) as usize * 32 * 32 + (two & 31) as usize * 32 + (three & 31) as usize
    }
}

impl fmt::Display for LanguageCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for LanguageCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Letters where people read, bytes where the program reads what it compiled.
macro_rules! serialize_code {
    ($code:ty) => {
        impl Serialize for $code {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.serialize_str(self.as_str())
                } else {
                    self.0.serialize(serializer)
                }
            }
        }
    };
}
serialize_code!(CountryCode);
serialize_code!(LanguageCode);

/// The code of a donor: a country's alpha-2 code, or that of a body such as `OIF`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct DonorCode(Text);

impl DonorCode {
    /// Takes two to eight upper-case ASCII letters; `None` for any other text.
    pub fn new(text: &str) -> Option<Self> {
        let fits = (2..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase());
        fits.then(|| Self(Text::of(text)))
    }

    /// The letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&DonorCode> for Text {
    fn from(code: &DonorCode) -> Self {
        code.0.clone()
    }
}

impl fmt::Display for DonorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_languages_are_in_the_order_of_the_codes_and_below_their_count() {
        let languages = ["aa", "aaa", "aaz", "ab", "az", "ba", "en", "eng", "zza", "zzz"];
        let numbers = languages.map(|code| LanguageCode::new(code).unwrap().number());
        assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
        assert!(numbers.iter().all(|number| *number < LanguageCode::COUNT));
    }

    #[test]
    fn every_two_letters_are_a_code_with_the_number_of_its_place_in_the_alphabet() {
        let letters = || 'A'..='Z';
        let texts = letters().flat_map(|one| letters().map(move |two| format!("{one}{two}")));
        for (number, text) in texts.enumerate() {
            let code = CountryCode::new(&text).unwrap();
            assert_eq!((code.as_str(), code.number()), (text.as_str(), number));
        }
    }
}
