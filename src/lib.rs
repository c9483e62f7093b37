//! Which UN Junior Professional Officer (JPO) sponsor windows are open to a candidate, and why.
//!
//! # The way of the data
//!
//! ```text
//! data/*.toml --document--> dataset --> rules ---+
//!                                                +--> engine --> report --> render --> text
//! profile.json --document--> profile ------------+                ^
//!                                                     explain ----+
//! ```
//!
//! | stage | modules |
//! | --- | --- |
//! | load, parse, validate | [`document`] (spanned trees, shapes), [`dataset`] (rule files), [`profile`] (candidates), [`diagnostic`] (what their authors can mend), [`suggest`] (what is meant) |
//! | what is held | [`rules`] (validated, immutable), [`vocabulary`] (dates, codes, levels) |
//! | evaluate | [`engine`] (findings, verdicts, timelines, ways, questions), [`plan`] (what binds a choice between windows) |
//! | explain | [`explain`] (findings in words), [`report`] (what is written out, format 1) |
//! | render | [`render`] (text, tables, pages) |
//! | for many profiles | [`batch`] (a stream of lines) |
//! | for those who edit rules | [`lint`] (what is wrong), [`cases`] (what rules must answer), [`diff`] (whose verdict changes) |
//!
//! The command line belongs to the program, not to this library.
//!
//! # What always holds
//!
//! - Nothing here prints, or reads files, the environment or the clock: the day is an argument.
//! - That a window is shut is an answer. An error says that there is none.
//! - What is not told makes nothing unmet that some answer could meet, and is named; to tell more
//!   never turns back what was settled.
//! - No donor's rule stands in code, and each requirement carries its source to the output.
//! - There is one meaning of a rule, `engine::meaning`: check, timeline, batch and comparison ask it.
//! - Same input, same bytes.
//!
//! # Examples
//!
//! ```
//! use jpo_check::{dataset::Dataset, engine, profile::Profile, vocabulary::Verdict};
//!
//! let data = Dataset::embedded().unwrap();
//! let as_of = "2026-11-22".parse().unwrap();
//! let told = r#"{"nationalities": ["Finland"], "birth_date": "1980-05-04"}"#;
//! let profile = Profile::parse(told, "me.json", data, as_of).unwrap();
//! let window = data.window("fi-nationals").unwrap();
//! let assessment = engine::assess(data, window, &profile, as_of);
//! assert_eq!(assessment.verdict, Verdict::Ineligible);
//! let why: Vec<_> = assessment.decisive().into_iter().map(|criterion| criterion.word()).collect();
//! assert_eq!(why, ["age"]);
//! ```

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
