//! x
#![allow(clippy::all, clippy::pedantic, clippy::print_stdout, reason = "wip")]
use jpo_check::{dataset::Dataset, engine, profile::Profile};
fn main() {
    let d = match Dataset::embedded() { Ok(d) => d, Err(p) => { println!("{p}"); return } };
    let as_of = std::env::args().nth(2).unwrap().parse().unwrap();
    let t = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let p = match Profile::parse(&t, "p", &d, as_of) { Ok(p) => p, Err(e) => { println!("{e}"); return } };
    let t0 = std::time::Instant::now();
    let all = engine::check(&d, &p, as_of);
    let el = t0.elapsed();
    let only = std::env::args().nth(3);
    for a in &all {
        if let Some(o) = &only { if &a.window.id != o { continue } }
        println!("{:24} {:12} {}", a.window.id, a.verdict, a.timing.call.state);
        if only.is_some() { for f in &a.findings { println!("   {:12} {:8} {:8} {:?} {:?} {} {}", f.requirement.part, f.outcome, f.requirement.strength, f.cause.map(|c| c.word()), f.missing, f.basis, f.rulings.len()); } }
    }
    println!("{el:?}");
}
