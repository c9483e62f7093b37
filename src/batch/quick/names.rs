//! What names in profiles mean, looked up once each.

use std::borrow::Cow;

use crate::dataset::Dataset;
use crate::profile::Study;
use crate::table::Table;
use crate::vocabulary::{CountryCode, LanguageCode, Text};

/// What is meant by what is written between quotes; `None` if that is no text of JSON or not UTF-8.
pub(super) fn meant(written: &[u8]) -> Option<Cow<'_, str>> {
    let text = std::str::from_utf8(written).ok()?;
    if written.iter().any(|byte| matches!(byte, b'\0'..b' ' | b'\\')) {
        return serde_json::from_str(&format!("\"{text}\"")).ok().map(Cow::Owned);
    }
    Some(text.into())
}

/// The names of countries, languages and fields of study, each as it is written.
#[derive(Debug)]
pub(super) struct Names<'d> {
    data: &'d Dataset,
    countries: Codes<CountryCode>,
    languages: Codes<LanguageCode>,
    fields: Table<Option<Study>>,
}

impl<'d> Names<'d> {
    pub(super) fn new(data: &'d Dataset) -> Self {
        let (countries, languages) = (Codes::default(), Codes::default());
        Self { data, countries, languages, fields: Table::default() }
    }

    pub(super) fn country(&mut self, written: &[u8]) -> Option<CountryCode> {
        let data = self.data;
        self.countries.of(written, |name| data.countries.code_of(name))
    }

    pub(super) fn language(&mut self, written: &[u8]) -> Option<LanguageCode> {
        let data = self.data;
        self.languages.of(written, |name| data.languages.code_of(name))
    }

    pub(super) fn field(&mut self, written: &[u8]) -> Option<Study> {
        let data = self.data;
        let find = || {
            let name = meant(written).filter(|name| !name.trim().is_empty())?;
            let known = data.fields.find(&name).map(|field| Study::Field(field.id.clone()));
            Some(known.unwrap_or_else(|| Study::Unrecognised(Text::of(&name))))
        };
        self.fields.get_or_keep(written, find).clone()
    }
}

/// The codes of what is mostly written by a code of two letters.
#[derive(Debug)]
struct Codes<C> {
    by_two_letters: Vec<Option<C>>,
    by_name: Table<Option<C>>,
}

impl<C: Copy> Default for Codes<C> {
    fn default() -> Self {
        Self { by_two_letters: vec![None; 64 * 64], by_name: Table::default() }
    }
}

impl<C: Copy> Codes<C> {
    /// The code that `find` finds for what is written.
    fn of(&mut self, written: &[u8], find: impl Fn(&str) -> Option<C>) -> Option<C> {
        let find = || find(&meant(written)?);
        let place = two_letters(written).and_then(|place| self.by_two_letters.get_mut(place));
        let Some(known) = place else { return *self.by_name.get_or_keep(written, find) };
        if known.is_none() {
            *known = find();
        }
        *known
    }
}

/// A number of its own below 64 * 64 for any two letters of ASCII.
fn two_letters(written: &[u8]) -> Option<usize> {
    match written {
        [one, two] if one.is_ascii_alphabetic() && two.is_ascii_alphabetic() => {
            Some(usize::from(one % 64) * 64 + usize::from(two % 64))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn escapes_mean_what_they_stand_for() {
        assert_eq!(meant(b"plain").as_deref(), Some("plain"));
        assert_eq!(meant(br"C\u00f4te d'Ivoire").as_deref(), Some("Côte d'Ivoire"));
        assert_eq!(meant(br"back\\").as_deref(), Some("back\\"));
    }

    #[test]
    fn what_json_does_not_allow_in_a_text_means_nothing() {
        for written in
            [&b"ends in half an escape\\"[..], br"\\\", br"\x", br"\ud800", b"\t", b"\0", b"\xff"]
        {
            assert_eq!(meant(written), None, "{}", written.escape_ascii());
        }
    }
}
