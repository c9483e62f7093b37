//! Ladders and kinds: degree levels, language levels, kinds of experience.

use serde::{Deserialize, Serialize};

use super::{Words, words};

/// The level of a degree, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DegreeLevel {
    /// School leaving certificate.
    Secondary,
    /// First-level university degree.
    Bachelor,
    /// A diploma or certificate after a bachelor, below a master.
    Postgraduate,
    /// Second-cycle (advanced) degree.
    Master,
    /// Third-cycle degree.
    Doctorate,
}

words!(DegreeLevel {
    Secondary => "secondary",
    Bachelor => "bachelor",
    Postgraduate => "postgraduate",
    Master => "master",
    Doctorate => "doctorate",
});

/// The kind of a piece of experience.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ExperienceKind {
    /// A job under an employment contract.
    Employment,
    /// Freelance work or an own business.
    SelfEmployment,
    /// A traineeship.
    Internship,
    /// Unpaid voluntary work.
    Volunteering,
    /// Service as a UN Volunteer.
    UnVolunteer,
    /// Work on a doctorate.
    DoctoralResearch,
    /// Military or civilian service.
    Military,
    /// Casual or student jobs.
    Casual,
}

words!(ExperienceKind {
    Employment => "employment",
    SelfEmployment => "self_employment",
    Internship => "internship",
    Volunteering => "volunteering",
    UnVolunteer => "un_volunteer",
    DoctoralResearch => "doctoral_research",
    Military => "military",
    Casual => "casual",
});

impl ExperienceKind {
    /// Whether it is taken as paid where a profile does not say; `None`: that is not assumed.
    pub const fn usually_paid(self) -> Option<bool> {
        match self {
            Self::Employment | Self::SelfEmployment | Self::Military | Self::Casual => Some(true),
            Self::Volunteering => Some(false),
            Self::Internship | Self::UnVolunteer | Self::DoctoralResearch => None,
        }
    }
}

/// A CEFR level, lowest first, with `native` above C2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LanguageLevel {
    /// CEFR A1.
    A1,
    /// CEFR A2.
    A2,
    /// CEFR B1.
    B1,
    /// CEFR B2.
    B2,
    /// CEFR C1.
    C1,
    /// CEFR C2.
    C2,
    /// Mother tongue.
    Native,
}

words!(LanguageLevel {
    A1 => "A1",
    A2 => "A2",
    B1 => "B1",
    B2 => "B2",
    C1 => "C1",
    C2 => "C2",
    Native => "native",
});

/// The levels that a told level can mean: one, or "at least B2".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelRange {
    /// The lowest it can mean.
    pub low: LanguageLevel,
    /// The highest it can mean.
    pub high: LanguageLevel,
}

impl LevelRange {
    /// Any level at all: the level was not told.
    pub const ANY: Self = Self { low: LanguageLevel::A1, high: LanguageLevel::Native };

    /// One level exactly.
    pub const fn exact(level: LanguageLevel) -> Self {
        Self { low: level, high: level }
    }

    /// Parses `C1`, `native`, `at least B2` or `B2+`, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let level = |word: &str| {
            let is_meant = |(known, _): &&(&str, _)| known.eq_ignore_ascii_case(word.trim());
            LanguageLevel::WORDS.iter().find(is_meant).map(|(_, level)| *level)
        };
        let at_least = text.split_at_checked("at least ".len());
        let at_least = at_least.filter(|(begin, _)| begin.eq_ignore_ascii_case("at least "));
        match at_least.map(|(_, word)| word).or_else(|| text.strip_suffix('+')) {
            Some(word) => Some(Self { low: level(word)?, high: LanguageLevel::Native }),
            None => level(text).map(Self::exact),
        }
    }
}

impl std::fmt::Display for LevelRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.low == self.high {
            write!(f, "{}", self.low)
        } else if *self == Self::ANY {
            f.write_str("level not told")
        } else {
            write!(f, "at least {}", self.low)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_may_be_told_as_a_lower_bound() {
        let range = |low, high| Some(LevelRange { low, high });
        assert_eq!(LevelRange::parse("c1"), range(LanguageLevel::C1, LanguageLevel::C1));
        assert_eq!(LevelRange::parse("B2+"), range(LanguageLevel::B2, LanguageLevel::Native));
        assert_eq!(
            LevelRange::parse("at least B2"),
            range(LanguageLevel::B2, LanguageLevel::Native)
        );
        assert_eq!(
            LevelRange::parse("Native"),
            range(LanguageLevel::Native, LanguageLevel::Native)
        );
        assert_eq!(
            LevelRange::parse(" At Least  NATIVE "),
            range(LanguageLevel::Native, LanguageLevel::Native)
        );
        for other in
            ["fluent", "", "+", "at least", "at least ", "at leastB2", "at least B2+", "B2++"]
        {
            assert_eq!(LevelRange::parse(other), None, "{other}");
        }
    }
}
