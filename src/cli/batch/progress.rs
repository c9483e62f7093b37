//! How far a long run has come, on a terminal.

use std::io::{self, IsTerminal, Read};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shorter runs show nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar on standard error, where that is a terminal on which no answers scroll.
#[derive(Debug, Clone)]
pub(super) struct Progress {
    bar: ProgressBar,
    wanted: bool,
}

impl Progress {
    /// Nothing is shown yet; `quiet` if no answers are printed as the run goes on.
    pub(super) fn new(quiet: bool) -> Self {
        let wanted = io::stderr().is_terminal() && (quiet || !io::stdout().is_terminal());
        let bar = ProgressBar::hidden();
        bar.set_length(0);
        Self { bar, wanted }
    }

    /// Expects so many bytes more; `None` if nobody knows.
    pub(super) fn expect(&self, bytes: Option<u64>) {
        match (bytes, self.bar.length()) {
            (Some(bytes), Some(_)) => self.bar.inc_length(bytes),
            _ => self.bar.unset_length(),
        }
    }

    /// Counts what is read from `source`.
    pub(super) fn watch(&self, source: impl Read + Send + 'static) -> Box<dyn Read + Send> {
        if self.wanted {
            Box::new(Watched { source, progress: self.clone() })
        } else {
            Box::new(source)
        }
    }

    fn advance(&self, bytes: u64) {
        self.bar.inc(bytes);
        if self.bar.is_hidden() && self.bar.elapsed() > PATIENCE {
            let known = self.bar.length().is_some();
            let style = if known {
                "{wide_bar} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left"
            } else {
                "{spinner} {bytes} read, {bytes_per_sec}"
            };
            if let Ok(style) = ProgressStyle::with_template(style) {
                self.bar.set_style(style);
            }
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

struct Watched<R> {
    source: R,
    progress: Progress,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.progress.advance(u64::try_from(read).unwrap_or_default());
        Ok(read)
    }
}
