//! Which UN Junior Professional Officer (JPO) sponsor windows are open to a candidate, and why.
pub mod batch;
pub mod cases;
pub mod dataset;
pub mod diagnostic;
pub mod diff;
pub mod document;
mod embedded;
pub mod engine;
pub mod explain;
pub mod lint;
pub mod plan;
pub mod profile;
pub mod render;
pub mod report;
pub mod rules;
pub mod suggest;
mod table;
pub mod vocabulary;
