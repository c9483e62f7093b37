//! Standard output, on which no line is ever cut in two.

use std::io::{self, Stdout, Write};
use std::sync::{Arc, Mutex, PoisonError};

use crate::cli::exit::Failure;

/// Standard output: whoever ends the program by a signal ends it between two writes.
pub(super) struct Answers {
    stdout: Stdout,
    /// Held while lines are written.
    writing: Arc<Mutex<()>>,
}

impl Answers {
    /// Takes signals that end the program from now on.
    pub(super) fn new() -> Result<Self, Failure> {
        let writing = Arc::default();
        #[cfg(unix)]
        between_writes(Arc::clone(&writing)).map_err(anyhow::Error::from)?;
        Ok(Self { stdout: io::stdout(), writing })
    }
}

impl Write for Answers {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stdout.write(bytes)
    }

    fn write_all(&mut self, lines: &[u8]) -> io::Result<()> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.stdout.write_all(lines)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stdout.flush()
    }
}

/// Ends the program as signals do, but only while nothing is being written; a second signal does
/// not wait.
#[cfg(unix)]
fn between_writes(writing: Arc<Mutex<()>>) -> io::Result<()> {
    use std::thread;

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    // Whoever hangs up may have asked by `nohup` that the run goes on.
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    thread::spawn(move || {
        let mut signals = signals.forever();
        if let Some(signal) = signals.next() {
            thread::spawn(move || {
                let _between = writing.lock().unwrap_or_else(PoisonError::into_inner);
                emulate_default_handler(signal)
            });
        }
        if let Some(signal) = signals.next() {
            let _ = emulate_default_handler(signal);
        }
    });
    Ok(())
}
