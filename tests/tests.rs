//! Tests of the library and the program from outside.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod ask;
mod batch;
mod boundaries;
mod brief;
mod cases;
mod cli;
mod clusters;
mod cohort;
mod cohorts;
mod dataset;
mod diff;
mod edits;
mod facts;
mod freshness;
mod json;
mod lint;
mod malformed;
mod naive;
mod pages;
mod plan;
mod profiles;
mod properties;
mod quick;
mod reference;
mod schemas;
mod screen;
mod shapes;
mod timeline;
mod ways;
mod what_if;
