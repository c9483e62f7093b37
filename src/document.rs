//! TOML and JSON as one spanned tree, and the tables of keys that say what may stand in it.
//!
//! Rule files and profiles go the same way: text → [`Node`] → [`check()`] against a [`Shape`] →
//! typed values. Every problem of a file is reported in one pass, and the readers behind it can
//! rely on what the shape promises.

mod check;
mod fit;
mod instead;
mod json;
pub(crate) mod letters;
mod node;
mod schema;
mod shape;
mod slip;
mod toml;
mod visit;

pub use check::check;
pub use json::parse_json;
pub use node::{Entry, Node, Notation, Table, Value};
pub use schema::{Known, json_schema};
pub use shape::{Key, Kind, Names, Namespace, Need, Shape};
pub use toml::parse_toml;

pub(crate) use check::check_value;
pub(crate) use fit::{fits, is_ongoing, month_day_of};
pub(crate) use letters::meant;
pub(crate) use schema::PARTIAL_DAY;
pub(crate) use shape::{may, must};
pub(crate) use visit::visit;
