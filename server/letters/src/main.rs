//! `fijnebuurt-letters < letters.json > letters.pdf`: see the library.

use letters::input::MOST_BYTES;
use std::{
    io::{Read, Write, stderr, stdin, stdout},
    process::ExitCode,
};

fn main() -> ExitCode {
    // A panic's message could hold a piece of the input.
    std::panic::set_hook(Box::new(|_| {}));
    let outcome = std::panic::catch_unwind(run).unwrap_or_else(|_| Err("something broke inside this program".into()));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            // Where nobody can hear it, the exit status still tells.
            let _ = writeln!(stderr(), "fijnebuurt-letters: {why}.");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), String> {
    if std::env::args_os().len() > 1 {
        return Err("takes no arguments; it reads JSON from standard input and writes a PDF to standard output".into());
    }
    let mut json = Vec::new();
    // One byte beyond the limit, so that the library can tell that there was more.
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    stdin().lock().take(most).read_to_end(&mut json).map_err(|why| format!("cannot read standard input: {why}"))?;
    let printed = letters::print(&json).map_err(|why| why.to_string())?;
    let mut out = stdout().lock();
    out.write_all(&printed.pdf).and_then(|()| out.flush()).map_err(|why| format!("cannot write the PDF: {why}"))
}
