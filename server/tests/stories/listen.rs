//! Every line that the program could log: its log set up as in `main`, at its most talkative (`LOG=trace`, all crates), with
//! the name of the thread that wrote each.

use std::sync::{Mutex, MutexGuard, Once, PoisonError};

struct Heard {
    listeners: usize,
    bytes: Vec<u8>,
}

static HEARD: Mutex<Heard> = Mutex::new(Heard { listeners: 0, bytes: Vec::new() });

fn heard() -> MutexGuard<'static, Heard> {
    HEARD.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Ear;

impl std::io::Write for Ear {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        let mut heard = heard();
        if heard.listeners > 0 {
            heard.bytes.extend_from_slice(line);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Listens until it is dropped. Tests beside this one are heard as well.
pub struct Listening {
    from: usize,
}

impl Listening {
    pub fn start() -> Self {
        static LOG: Once = Once::new();
        LOG.call_once(|| {
            tracing_subscriber::fmt()
                .with_env_filter(tracing_subscriber::EnvFilter::new("trace"))
                .with_ansi(false)
                .with_thread_names(true)
                .with_writer(|| Ear)
                .init();
        });
        let mut heard = heard();
        heard.listeners += 1;
        Self { from: heard.bytes.len() }
    }

    /// What was heard so far.
    pub fn lines(&self) -> Vec<String> {
        let bytes = heard().bytes[self.from..].to_vec();
        String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let mut heard = heard();
        heard.listeners -= 1;
        if heard.listeners == 0 {
            heard.bytes = Vec::new();
        }
    }
}
