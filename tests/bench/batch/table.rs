//! What is measured in turn, and how the figures are shown.

use std::time::Instant;

/// Something that takes time, for so many profiles.
struct Task<'t> {
    name: String,
    profiles: u32,
    run: Box<dyn Fn() + 't>,
    /// Seconds for one profile, round by round.
    times: Vec<f64>,
}

impl Task<'_> {
    fn measure(&mut self) {
        let start = Instant::now();
        (self.run)();
        self.times.push(start.elapsed().as_secs_f64() / f64::from(self.profiles));
    }

    /// The median of the rounds' ratios.
    fn over(&self, other: &Self) -> f64 {
        median(self.times.iter().zip(&other.times).map(|(own, other)| own / other))
    }
}

/// Tasks that are all held against the first of them.
#[derive(Default)]
pub(crate) struct Table<'t> {
    tasks: Vec<Task<'t>>,
}

impl<'t> Table<'t> {
    /// Adds a task that goes through so many profiles.
    pub(crate) fn add(&mut self, name: &str, profiles: u32, run: impl Fn() + 't) {
        let (name, run) = (name.to_owned(), Box::new(run));
        self.tasks.push(Task { name, profiles, run, times: Vec::new() });
    }

    /// Measures so many rounds, and prints what they took.
    pub(crate) fn print(mut self, title: &str, rounds: usize) {
        // What is read first finds no file in memory yet: one round is not counted.
        for round in 0..=rounds {
            for task in &mut self.tasks {
                task.measure();
                if round == 0 {
                    task.times.clear();
                }
            }
        }
        let Some(base) = self.tasks.first() else { return };
        println!("\n{title}; medians of {rounds} rounds");
        println!("{:<30} {:>12} {:>14} {:>14}", "", "each", "over the first", "over the above");
        let mut last = base;
        for task in &self.tasks {
            let time = median(task.times.iter().copied()) * 1e6;
            let (first, last) = (task.over(base), task.over(std::mem::replace(&mut last, task)));
            println!("{:<30} {time:>9.2} µs {first:>14.2} {last:>14.2}", task.name);
        }
    }
}

fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
