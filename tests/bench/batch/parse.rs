//! What it costs to read profiles, and to parse them, and nothing else.

use std::borrow::Cow;
use std::fs::File;
use std::hint::black_box;
use std::io::Read as _;
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;

/// As much as the program reads at once.
const BLOCK: usize = 64 << 10;

/// A profile of which every text stands where it was read, unless an escape has to be undone.
#[derive(Deserialize)]
#[expect(dead_code, reason = "what is measured is that the fields are filled in")]
struct Profile<'t> {
    format: Option<u8>,
    #[serde(borrow)]
    id: Option<Str<'t>>,
    #[serde(borrow)]
    birth_date: Option<Str<'t>>,
    #[serde(borrow)]
    nationalities: Option<Vec<Str<'t>>>,
    #[serde(borrow)]
    residences: Option<Vec<Residence<'t>>>,
    #[serde(borrow)]
    degrees: Option<Vec<Degree<'t>>>,
    #[serde(borrow)]
    experience: Option<Vec<Job<'t>>>,
    #[serde(borrow)]
    languages: Option<Vec<Language<'t>>>,
    #[serde(borrow)]
    tests: Option<Vec<Sat<'t>>>,
    #[serde(borrow)]
    facts: Option<Facts<'t>>,
}

/// A text: serde borrows a `Cow` only where it stands alone.
#[derive(Deserialize)]
#[expect(dead_code, reason = "as above")]
struct Str<'t>(#[serde(borrow)] Cow<'t, str>);

#[derive(Deserialize)]
#[expect(dead_code, reason = "as above")]
struct Residence<'t> {
    #[serde(borrow)]
    country: Str<'t>,
    #[serde(borrow)]
    since: Option<Str<'t>>,
    permanent: Option<bool>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "as above")]
struct Degree<'t> {
    #[serde(borrow)]
    level: Str<'t>,
    #[serde(borrow)]
    field: Option<Str<'t>>,
    #[serde(borrow)]
    country: Option<Str<'t>>,
    #[serde(borrow)]
    awarded: Option<Str<'t>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "as above")]
struct Job<'t> {
    #[serde(borrow)]
    kind: Str<'t>,
    #[serde(borrow)]
    from: Str<'t>,
    #[serde(borrow)]
    to: Option<Str<'t>>,
    share: Option<f64>,
    paid: Option<bool>,
    #[serde(borrow)]
    country: Option<Str<'t>>,
    relevant: Option<bool>,
    #[serde(borrow)]
    employer: Option<Str<'t>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "as above")]
struct Language<'t> {
    #[serde(borrow)]
    language: Str<'t>,
    #[serde(borrow)]
    level: Option<Str<'t>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "as above")]
struct Sat<'t> {
    #[serde(borrow)]
    test: Str<'t>,
    score: Option<f64>,
    #[serde(borrow)]
    taken: Option<Str<'t>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "as above")]
struct Facts<'t> {
    previous_jpo: Option<bool>,
    nominated_by_government: Option<bool>,
    medical_specialisation: Option<bool>,
    education_in_sweden: Option<bool>,
    dutch_funded_jpo: Option<bool>,
    jersey_link: Option<bool>,
    #[serde(borrow)]
    military_service: Option<Str<'t>>,
    military_service_months: Option<u32>,
}

/// Reads a file and finds its lines.
pub(crate) fn read(path: &Path) {
    each_line(path, |line| {
        black_box(line);
    });
}

/// Whether each line is JSON, by `serde_json`.
pub(crate) fn serde_json_ignored(path: &Path) {
    each_line(path, |line| {
        serde_json::from_slice::<IgnoredAny>(line).expect("JSON");
    });
}

/// Each line into a typed profile, by `serde_json`.
pub(crate) fn serde_json(path: &Path) {
    each_line(path, |line| {
        black_box(serde_json::from_slice::<Profile<'_>>(line).expect("a profile"));
    });
}

/// Each line into a typed profile, by `sonic-rs`.
pub(crate) fn sonic_rs(path: &Path) {
    each_line(path, |line| {
        black_box(sonic_rs::from_slice::<Profile<'_>>(line).expect("a profile"));
    });
}

/// Each line into a typed profile, by `simd-json`, which works in place.
pub(crate) fn simd_json(path: &Path) {
    let mut buffers = simd_json::Buffers::default();
    each_line(path, |line| {
        let profile = simd_json::serde::from_slice_with_buffers::<Profile<'_>>(line, &mut buffers);
        black_box(profile.expect("a profile"));
    });
}

/// Reads blocks, and gives away each line of them.
pub(crate) fn each_line(path: &Path, mut line: impl FnMut(&mut [u8])) {
    let mut file = File::open(path).expect("the cohort");
    let mut block = vec![0; BLOCK];
    let mut held = 0;
    loop {
        let read = file.read(&mut block[held..]).expect("the cohort");
        if read == 0 {
            assert_eq!(held, 0, "the last line ends");
            return;
        }
        held += read;
        let mut start = 0;
        while let Some(length) = memchr::memchr(b'\n', &block[start..held]) {
            line(&mut block[start..start + length]);
            start += length + 1;
        }
        block.copy_within(start..held, 0);
        held -= start;
    }
}
