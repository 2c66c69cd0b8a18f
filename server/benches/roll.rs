//! A large roll, its codes and its letters, by the program itself: `make bench`. Seconds and megabytes beside what was asked,
//! no ratios: there is nothing to compare with. Peak memory is what Linux says of the process (VmHWM).

#[expect(dead_code, reason = "the benchmark of votes uses more of it")]
mod by_letter;
#[path = "../tests/program/city.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod city;

use city::{City, postgres, sqlite};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

const ROLL: usize = 200_000;
const LETTERS: usize = 1_000;

/// The program whose figures these are; in release, as this benchmark is.
const PROGRAM: &str = env!("CARGO_BIN_EXE_fijnebuurt");

/// Peak resident memory of a process in kB; 0 where the system does not tell.
fn peak(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// Processes that a process started.
fn children(pid: u32) -> Vec<u32> {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    let texts = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
    texts.flat_map(|text| text.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<_>>()).collect()
}

/// Waits for it, looking at its memory and at that of what it starts.
fn watch(mut child: Child) -> (Duration, u64, u64) {
    let (start, mut own, mut started) = (Instant::now(), 0, 0);
    loop {
        own = peak(child.id()).max(own);
        started = children(child.id()).into_iter().map(peak).max().unwrap_or(0).max(started);
        if let Some(status) = child.try_wait().expect("its state") {
            assert!(status.success(), "the program failed");
            return (start.elapsed(), own, started);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A list with an address for each voter.
fn roll(dir: &Path, count: usize) -> PathBuf {
    let mut csv = "naam;adres;postcode;plaats\n".to_owned();
    for n in 0..count {
        let (figures, letter) = (1_011 + n / 2_000 % 90, char::from(b'A' + u8::try_from(n / 200 % 10).unwrap_or(0)));
        csv += &format!(
            "Bewoners van;Lange Straatnaamweg {};{figures} A{letter};Amsterdam\n",
            n % 200 + 1 + n / 180_000 * 200
        );
    }
    let file = dir.join(format!("roll-{count}.csv"));
    std::fs::write(&file, csv).expect("a list");
    file
}

fn program(city: &City, slug: &str, what: &str, file: &Path) -> Child {
    let letters = PathBuf::from(PROGRAM).with_file_name("fijnebuurt-letters");
    Command::new(PROGRAM)
        .args(["codes", slug, what])
        .arg(file)
        .envs([("DATABASE_URL", city.url.as_str()), ("BASE_URL", "https://fijnebuurt.test"), ("LOG", "error")])
        .env("DATA_DIR", city.dir.path())
        .env("LETTERS_PROGRAM", letters)
        .current_dir(city.dir.path())
        .spawn()
        .expect("the program starts")
}

fn line(what: &str, (time, own, started): (Duration, u64, u64)) {
    let beside = if started == 0 { String::new() } else { format!(", the letters program {} MB", started / 1024) };
    println!("  {what:<44} {:>8.1} s   peak {:>5} MB{beside}", time.as_secs_f64(), own / 1024);
}

async fn engine(name: &str, url: String, dir: tempfile::TempDir) {
    let city = City::ready(url, dir, 1).await;
    let slug = by_letter::set_up(&city, "large").await;
    println!("\nA roll of {ROLL} on {name} (asked: under 60 s together, under 300 MB)");
    let import = watch(program(&city, &slug, "--roll", &roll(city.dir.path(), ROLL)));
    let file = city.dir.path().join("codes.csv");
    let codes = watch(program(&city, &slug, "--csv", &file));
    let text = std::fs::read_to_string(&file).expect("the printer's file");
    assert_eq!(text.lines().count(), ROLL + 1);
    line("the list onto the roll", import);
    line("codes made, and written for a printer", codes);
    line("together", (import.0 + codes.0, import.1.max(codes.1), 0));

    if !PathBuf::from(PROGRAM).with_file_name("fijnebuurt-letters").exists() {
        println!("  skipped: letters (cargo build --release -p letters)");
        return;
    }
    let slug = by_letter::set_up(&city, "small").await;
    watch(program(&city, &slug, "--roll", &roll(city.dir.path(), LETTERS)));
    let file = city.dir.path().join("letters.pdf");
    let letters = watch(program(&city, &slug, "--letters", &file));
    assert!(std::fs::read(&file).expect("the letters").starts_with(b"%PDF-"));
    line(&format!("{LETTERS} letters as PDF (asked: under 60 s)"), letters);
}

#[tokio::main]
async fn main() {
    let (url, dir) = sqlite();
    engine("SQLite", url, dir).await;
    if let Some((url, dir)) = postgres().await {
        engine("PostgreSQL", url, dir).await;
    }
}
