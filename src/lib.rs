//! Which UN Junior Professional Officer (JPO) sponsor windows are open to a candidate, and why.
#![allow(missing_docs, reason = "wip")]
pub mod dataset;
pub mod diagnostic;
pub mod document;
pub mod engine;
pub mod profile;
pub mod rules;
pub mod suggest;
pub mod vocabulary;
