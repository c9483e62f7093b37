//! Small parsed values that every other part speaks in: days, ages, countries, languages, levels.
//!
//! Each is parsed once, at the edge, and carries no reference to any donor's rules.

mod answer;
mod code;
mod date;
pub(crate) mod days;
mod level;
mod lines;
mod packed;
mod text;

pub use answer::{CallState, Verdict};
pub use code::{CountryCode, DonorCode, LanguageCode};
pub use date::{
    DateError, PartialDate, add_months, completed_years, earliest_birth_at_most, month_day,
};
pub use level::{DegreeLevel, ExperienceKind, LanguageLevel, LevelRange};
pub(crate) use lines::SortedLines;
pub use packed::Packed;
pub use text::Text;

/// A set of words that belong to one closed list, with their spelling in files.
///
/// Implemented for the enums of the domain so that parsing, printing and "did you mean" use one
/// table.
pub trait Words: Sized + Copy + 'static {
    /// Every value with its spelling, in the order of the domain.
    const WORDS: &'static [(&'static str, Self)];

    /// The spellings alone, in the same order.
    const SPELLINGS: &'static [&'static str];

    /// Returns the value spelled `word`, exactly.
    fn from_word(word: &str) -> Option<Self> {
        Self::spelled(word.as_bytes())
    }

    /// Returns the value spelled with these bytes, exactly.
    fn spelled(word: &[u8]) -> Option<Self>;
}

/// Implements [`Words`], `Display` and `word()` for an enum from one list of spellings.
macro_rules! words {
    ($type:ty { $($variant:ident => $word:literal),+ $(,)? }) => {
        impl $crate::vocabulary::Words for $type {
            const WORDS: &'static [(&'static str, Self)] = &[$(($word, <$type>::$variant)),+];
            const SPELLINGS: &'static [&'static str] = &[$($word),+];

            fn spelled(word: &[u8]) -> Option<Self> {
                match word {
                    $(_ if word == $word.as_bytes() => Some(<$type>::$variant),)+
                    _ => None,
                }
            }
        }
        impl $type {
            /// The spelling in files and output.
            pub const fn word(self) -> &'static str {
                match self { $(<$type>::$variant => $word),+ }
            }
        }
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }
    };
}
pub(crate) use words;
