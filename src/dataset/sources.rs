//! The sources, taken apart only when one is looked at.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::rules::Source;
use crate::vocabulary::Text;

/// Every source by its id.
///
/// Their texts are half of all rules, and a screen shows none of them: in the compiled rules they
/// stay packed until one is asked for. Whether one is due to be looked at again is known without.
#[derive(Debug, Default)]
pub struct Sources {
    due: BTreeMap<Text, Option<NaiveDate>>,
    checked: Option<(NaiveDate, NaiveDate)>,
    packed: &'static [u8],
    all: OnceLock<BTreeMap<Text, Source>>,
}

impl Sources {
    /// The source called `id`.
    pub fn get(&self, id: &str) -> Option<&Source> {
        self.all().get(id)
    }

    /// Whether there is a source called `id`.
    pub fn contains_key(&self, id: &str) -> bool {
        self.due.contains_key(id)
    }

    /// Every source, sorted by id.
    pub fn values(&self) -> impl Iterator<Item = &Source> {
        self.all().values()
    }

    /// The oldest and the newest day on which any source was checked.
    pub const fn checked(&self) -> Option<(NaiveDate, NaiveDate)> {
        self.checked
    }

    /// Whether the source called `id` should have been looked at again before `as_of`.
    pub fn is_stale(&self, id: &str, as_of: NaiveDate) -> bool {
        self.due.get(id).copied().flatten().is_some_and(|day| day < as_of)
    }

    pub(super) fn new(all: BTreeMap<Text, Source>) -> Self {
        let due = all.iter().map(|(id, source)| (id.clone(), source.recheck_by)).collect();
        let days = || all.values().map(|source| source.checked);
        let checked = days().min().zip(days().max());
        Self { due, checked, packed: &[], all: OnceLock::from(all) }
    }

    fn all(&self) -> &BTreeMap<Text, Source> {
        // What was packed here was packed by `serialize`, so it can be taken apart.
        self.all.get_or_init(|| postcard::from_bytes(self.packed).unwrap_or_default())
    }
}

impl Serialize for Sources {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let packed = postcard::to_allocvec(self.all()).map_err(serde::ser::Error::custom)?;
        (&self.due, self.checked, Bytes(&packed)).serialize(serializer)
    }
}

impl<'de: 'static> Deserialize<'de> for Sources {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (due, checked, packed) = <(_, _, &[u8])>::deserialize(deserializer)?;
        Ok(Self { due, checked, packed, all: OnceLock::new() })
    }
}

/// Bytes that are written in one piece rather than one by one.
struct Bytes<'a>(&'a [u8]);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}
