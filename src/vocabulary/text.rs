//! Texts that are read in place.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::ops::Deref;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::{Serialize, Serializer};

/// A text: a part of the program, or read from a file.
///
/// The rules in the program hold thousands of them, of which a run shows few. They are kept as
/// they were compiled: none is copied, and whether its bytes are a text is only looked at when it
/// is. What is compiled must therefore live as long as the program.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Cow<'static, [u8]>);

impl Text {
    /// A copy of `text`.
    pub fn of(text: &str) -> Self {
        text.to_owned().into()
    }

    /// Becomes a copy of `text`, in the room that it has; `false` if that is not ASCII.
    pub(crate) fn become_ascii(&mut self, text: &[u8]) -> bool {
        let is_ascii = text.is_ascii();
        if is_ascii {
            text.clone_into(self.0.to_mut());
        }
        is_ascii
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        // It was made of a text, here or when the program was built.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text.into_bytes()))
    }
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Self {
        Self(Cow::Borrowed(text.as_bytes()))
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.as_str().to_owned()
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialEq<String> for Text {
    fn eq(&self, other: &String) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de: 'static> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(InPlace)
    }
}

/// Takes a text where it stands, and no other.
struct InPlace;

impl<'de: 'static> Visitor<'de> for InPlace {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text that is part of the program")
    }

    fn visit_borrowed_bytes<E: Error>(self, text: &'de [u8]) -> Result<Text, E> {
        Ok(Text(Cow::Borrowed(text)))
    }
}
