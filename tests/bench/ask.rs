//! How many questions an interview takes, and what finding the next one costs: `cargo bench`.
//!
//! Invented people answer from full profiles until nothing more can change, asked in the order of
//! the program and in a fixed order. The people are the same every time.
#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the people are those of the tests"
)]

#[path = "../properties/draws.rs"]
mod draws;
#[path = "../ask/interview.rs"]
mod interview;
#[path = "../properties/profiles.rs"]
mod profiles;

use std::hint::black_box;
use std::time::Instant;

use jpo_check::dataset::Dataset;
use jpo_check::engine::{self, Candidate};
use jpo_check::profile::Profile;

use draws::Draws;
use interview::{Interview, Order, interview, somebody};

const PEOPLE: u64 = 200;
const RUNS: u32 = 50;

fn main() {
    let data = Dataset::embedded().unwrap();
    let as_of = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    let people: Vec<Profile> = (0..PEOPLE)
        .map(|seed| {
            let told = somebody(&mut Draws::new(&tape(seed)), data);
            let text = serde_json::Value::Object(told).to_string();
            Profile::parse(&text, "profile.json", data, as_of)
        })
        .filter_map(Result::ok)
        .collect();
    let facts = interview::every_path(data).len();
    println!(
        "{} people, {facts} facts each; questions until nothing more can change:",
        people.len()
    );
    for (name, order) in [
        ("the program's order", Order::Best),
        ("fixed order, what matters", Order::FixedMattering),
        ("fixed order", Order::Fixed),
    ] {
        let ended: Vec<Interview> =
            people.iter().map(|full| interview(data, full, as_of, order)).collect();
        let people = f64::from(u32::try_from(ended.len()).unwrap());
        let questions: usize = ended.iter().map(|ended| ended.questions).sum();
        let mean = f64::from(u32::try_from(questions).unwrap()) / people;
        let most = ended.iter().map(|ended| ended.questions).max().unwrap();
        let effort = ended.iter().map(|ended| ended.effort).sum::<f64>() / people;
        println!("  {name}: mean {mean:.1}, most {most}, mean effort {effort:.1}");
    }
    cost(data, as_of);
}

/// A tape of random numbers (splitmix64).
fn tape(seed: u64) -> Vec<u16> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = state;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u16::try_from((number ^ (number >> 31)) >> 48).unwrap()
    };
    (0..400).map(|_| next()).collect()
}

/// What finding the next question adds to a check of an empty profile.
fn cost(data: &Dataset, as_of: chrono::NaiveDate) {
    let nobody = Profile::default();
    let candidate = Candidate::new(&nobody, as_of);
    let start = Instant::now();
    for _ in 0..RUNS {
        black_box(engine::check(data, &nobody, as_of));
    }
    let check = start.elapsed() / RUNS;
    let assessments = engine::check(data, &nobody, as_of);
    let start = Instant::now();
    for _ in 0..RUNS {
        black_box(engine::what_matters(data, &candidate, &assessments, as_of));
    }
    let next = start.elapsed() / RUNS;
    let ratio = next.as_secs_f64() / check.as_secs_f64();
    println!("empty profile: check {check:.2?}, next question {next:.2?}, ratio {ratio:.2}");
}
