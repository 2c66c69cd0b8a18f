//! `builder`: what `cargo build` does not do by itself.
//!
//! * `builder site [--out DIR] [--dev] [--way std|debian]`: the browser module, the style sheet and the pictures,
//!   named by their content, compressed, with a manifest that the `assets` crate embeds.
//! * `builder check-deps`: no OpenSSL, no git sources, no licence outside `builder/licences.txt`.
//! * `builder check-files`: no source file that does not fit on a few screens.
//!
//! To add a command: a module with a `run` that returns a [`Fault`], and a line in [`run`] and in [`USAGE`].

mod check_deps;
mod check_files;
mod compile;
mod manifest;
mod module;
mod site;
mod style;
mod toolchain;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

const USAGE: &str = "usage: builder site [--out DIR] [--dev] [--way std|debian] | check-deps | check-files";

/// What went wrong, with its remedy, in words for the person at the keyboard.
type Fault = String;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("builder: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> Result<(), Fault> {
    let root = workspace_root()?;
    match args.split_first().map(|(command, rest)| (command.as_str(), rest)) {
        Some(("site", rest)) => site::run(&root, &site::Options::parse(rest)?),
        Some(("check-deps", [])) => check_deps::run(&root),
        Some(("check-files", [])) => check_files::run(&root),
        _ => Err(USAGE.into()),
    }
}

/// The nearest folder upwards whose `Cargo.toml` has a `[workspace]`.
fn workspace_root() -> Result<PathBuf, Fault> {
    let here = std::env::current_dir().map_err(|why| format!("no current folder: {why}"))?;
    here.ancestors()
        .find(|folder| {
            std::fs::read_to_string(folder.join("Cargo.toml")).is_ok_and(|text| text.contains("[workspace]"))
        })
        .map(Path::to_path_buf)
        .ok_or_else(|| "run this inside the project's folder".into())
}

/// Runs one step and prints its name and how long it took.
fn timed<T>(name: &str, step: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    let start = Instant::now();
    let done = step()?;
    println!("builder: {name} ({:.1} s)", start.elapsed().as_secs_f32());
    Ok(done)
}

fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    std::fs::read(path).map_err(|why| format!("cannot read {}: {why}", path.display()))
}

fn read_text(path: &Path) -> Result<String, Fault> {
    std::fs::read_to_string(path).map_err(|why| format!("cannot read {}: {why}", path.display()))
}

/// Writes by way of a second file, so that an interrupted run never leaves half a file under the right name.
fn write(path: &Path, content: &[u8]) -> Result<(), Fault> {
    let fault = |why: std::io::Error| format!("cannot write {}: {why}", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(fault)?;
    }
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".unfinished");
    std::fs::write(&unfinished, content).map_err(fault)?;
    std::fs::rename(&unfinished, path).map_err(fault)
}

/// The files right inside a folder, sorted by name; none when there is no folder.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}
