//! Parts of the rules that are taken apart only when they are looked at.

use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A part that most runs look at in passing or not at all: in the compiled rules it stays packed
/// until somebody does.
pub struct Packed<T> {
    bytes: &'static [u8],
    /// Boxed, so that little room is taken by what is never looked at.
    value: OnceLock<Box<T>>,
}

impl<T: Default> Default for Packed<T> {
    fn default() -> Self {
        T::default().into()
    }
}

impl<T: Clone> Clone for Packed<T> {
    fn clone(&self) -> Self {
        Self { bytes: self.bytes, value: self.value.clone() }
    }
}

impl<T> From<T> for Packed<T> {
    fn from(value: T) -> Self {
        Self { bytes: &[], value: OnceLock::from(Box::new(value)) }
    }
}

impl<T: Default + Deserialize<'static>> Deref for Packed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // What is packed was packed by `serialize`, so it can be taken apart.
        self.value.get_or_init(|| Box::new(postcard::from_bytes(self.bytes).unwrap_or_default()))
    }
}

impl<T: Deserialize<'static>> Packed<Vec<T>> {
    /// Its items.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        (**self).iter()
    }
}

impl<'a, T: Deserialize<'static>> IntoIterator for &'a Packed<Vec<T>> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Default + PartialEq + Deserialize<'static>> PartialEq for Packed<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Default + Eq + Deserialize<'static>> Eq for Packed<T> {}

impl<T: Default + fmt::Debug + Deserialize<'static>> fmt::Debug for Packed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Default + Serialize + Deserialize<'static>> Serialize for Packed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return (**self).serialize(serializer);
        }
        let bytes = postcard::to_allocvec(&**self).map_err(serde::ser::Error::custom)?;
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = <&'de [u8]>::deserialize(deserializer)?;
        Ok(Self { bytes, value: OnceLock::new() })
    }
}
