//! How people write the same JSON.

use std::fmt::Write as _;

use super::countries::Country;
use super::draws::Draws;

/// How one profile is written: all of it in the same way.
pub(super) struct Pen {
    /// As Python's `json.dumps` writes: with spaces, and letters beyond ASCII escaped.
    dumped: bool,
    shuffled: bool,
    countries: Spelling,
}

#[derive(Clone, Copy)]
enum Spelling {
    Alpha2,
    Alpha3,
    English,
    Any,
}

impl Pen {
    pub(super) fn drawn(draws: &mut Draws) -> Self {
        let countries = match draws.below(100) {
            0..72 => Spelling::Alpha2,
            72..80 => Spelling::Alpha3,
            80..92 => Spelling::English,
            _ => Spelling::Any,
        };
        Self { dumped: draws.chance(12), shuffled: draws.chance(50), countries }
    }

    pub(super) fn text(&self, text: &str) -> String {
        let mut written = String::from('"');
        for letter in text.chars() {
            let mut units = [0; 2];
            match letter {
                '"' | '\\' => written.extend(['\\', letter]),
                _ if letter.is_ascii() || !self.dumped => written.push(letter),
                _ => {
                    for unit in letter.encode_utf16(&mut units) {
                        write!(written, "\\u{unit:04x}").expect("a string takes all");
                    }
                }
            }
        }
        written + "\""
    }

    /// Keys with a value; the rest is not told.
    pub(super) fn object(&self, draws: &mut Draws, keys: Vec<(&str, Option<String>)>) -> String {
        let (comma, colon) = if self.dumped { (", ", ": ") } else { (",", ":") };
        let told = keys.into_iter().filter_map(|(key, value)| Some((key, value?)));
        let mut told: Vec<String> =
            told.map(|(key, value)| format!("\"{key}\"{colon}{value}")).collect();
        if self.shuffled {
            draws.shuffle(&mut told);
        }
        format!("{{{}}}", told.join(comma))
    }

    pub(super) fn list(&self, items: &[String]) -> String {
        format!("[{}]", items.join(if self.dumped { ", " } else { "," }))
    }

    pub(super) fn country(&self, draws: &mut Draws, country: &Country) -> String {
        let spellings: Vec<&str> = country.spellings.split('|').collect();
        self.text(match self.countries {
            Spelling::Alpha2 => spellings[0],
            Spelling::Alpha3 => spellings[1],
            Spelling::English => spellings[2],
            Spelling::Any => draws.pick(&spellings),
        })
    }
}
