//! The rules that are part of the program.

use std::sync::OnceLock;

use crate::dataset::{Dataset, RuleFile};
use crate::diagnostic::Problems;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

impl Dataset {
    /// The version of the program and of the rules in it, with their number and age.
    pub const EMBEDDED_VERSION: &'static str = VERSION;

    /// The rules that are part of the program.
    ///
    /// They were loaded and checked when the program was built; what is read here is their
    /// compiled form, since parsing the files at each start would cost more than everything else.
    /// They are read once and stay as long as the program runs.
    ///
    /// # Errors
    /// None in a program that was built as it should be; the type is that of [`Dataset::load`].
    pub fn embedded() -> Result<&'static Self, Problems> {
        static EMBEDDED: OnceLock<Dataset> = OnceLock::new();
        if let Some(data) = EMBEDDED.get() {
            return Ok(data);
        }
        let read =
            postcard::from_bytes(COMPILED).or_else(|_| Self::load(&Self::embedded_files()))?;
        Ok(EMBEDDED.get_or_init(|| read))
    }

    /// The files that are part of the program, sorted by path.
    pub fn embedded_files() -> Vec<RuleFile<'static>> {
        FILES.iter().map(|(path, text)| RuleFile { path, text }).collect()
    }
}
