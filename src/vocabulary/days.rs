//! Days as numbers in the compiled rules: `#[serde(with = "days")]`.
//!
//! As texts, each would be parsed again at each start.

use chrono::{Datelike, NaiveDate};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};

/// Writes the number of `day`, counted from the common era.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "`with` hands over a reference")]
pub(crate) fn serialize<S: Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i32(day.num_days_from_ce())
}

/// Reads the day of a number.
///
/// # Errors
/// If there is no such day.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<NaiveDate, D::Error> {
    let number = i32::deserialize(deserializer)?;
    NaiveDate::from_num_days_from_ce_opt(number).ok_or_else(|| Error::custom("no such day"))
}
