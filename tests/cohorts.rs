//! What holds of the cohorts that others are tested and measured on.

use std::collections::BTreeSet;

use jpo_check::dataset::Dataset;
use jpo_check::profile::Profile;

use crate::cohort::{AS_OF, profile};
use crate::malformed::describe;

const PROFILES: u64 = 2_000;

fn cohort(seed: u64) -> Vec<String> {
    (0..PROFILES).map(|n| profile(seed, n)).collect()
}

#[test]
fn every_profile_of_a_cohort_is_valid() {
    let data = Dataset::embedded().unwrap();
    let as_of = AS_OF.parse().unwrap();
    for line in cohort(1) {
        if let Err(problems) = Profile::parse(&line, "profile", data, as_of) {
            panic!("{line}\n{}", describe(&problems));
        }
    }
}

#[test]
fn no_two_profiles_of_a_cohort_are_the_same() {
    let differing: BTreeSet<String> = cohort(1).into_iter().chain(cohort(2)).collect();
    assert_eq!(differing.len() as u64, 2 * PROFILES);
}

#[test]
fn profiles_of_a_cohort_have_about_four_hundred_bytes() {
    let bytes: usize = cohort(1).iter().map(|line| line.len() + 1).sum();
    let average = bytes as u64 / PROFILES;
    assert!((360..=440).contains(&average), "{average}");
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    // FNV-1a: what is measured on one cohort can only be compared on the same.
    let bytes = cohort(1).join("\n").into_bytes();
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    assert_eq!(format!("{hash:016x}"), "ec876a14cd5a72e9");
}
