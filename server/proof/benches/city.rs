//! A bundle of 300,000 ballots: made and verified, with times and peak memory (Linux' VmHWM), and the second verifier beside it.

#[path = "../tests/bundles/made.rs"]
mod made;

use made::{Kind, made, published};
use proof::{Asked, bundle, check};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix(" kB")?.parse().ok()
}

fn main() {
    let kind = Kind { form: "approval", rule: "greedy/1", voters: 300_000, plans: 30, ..Kind::new() };
    let m = made(1, kind, "ronde-a");
    println!("a round of {} ballots stands ready: {} MB", m.ballots.len(), peak().unwrap_or(0) / 1024);
    let start = Instant::now();
    let bytes = bundle(&m.contents).expect("it can be made");
    println!(
        "made: {:.1} s, {} MB of bundle, peak {} MB",
        start.elapsed().as_secs_f64(),
        bytes.len() >> 20,
        peak().unwrap_or(0) / 1024
    );
    let (_, asked) = published(&m);
    // With somebody's receipt, as most who check will.
    let asked = Asked { receipt: Some(m.receipts[0].text()), ..asked };
    drop(m);
    let start = Instant::now();
    let (report, _) = check(&bytes, &asked);
    assert!(report.wrong.is_empty(), "{:?}", report.wrong);
    println!("verified: {:.1} s, peak {} MB", start.elapsed().as_secs_f64(), peak().unwrap_or(0) / 1024);
    let file = std::env::temp_dir().join(format!("fijnebuurt-city-{}.zip", std::process::id()));
    std::fs::write(&file, &bytes).expect("the folder for temporary files takes it");
    let start = Instant::now();
    let second = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/verify/verify.py");
    let digest = asked.digest.unwrap_or_default();
    let run = Command::new("python3").arg(second).arg(&file).args(["--digest", &digest]).output();
    match run {
        Ok(run) => println!("verified by the second: {:.1} s, {}", start.elapsed().as_secs_f64(), run.status),
        Err(e) => println!("skipped: python3 cannot be run ({e})"),
    }
    // Left behind only where it cannot be removed.
    let _ = std::fs::remove_file(file);
}
