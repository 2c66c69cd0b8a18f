//! `builder check-files`: a source file fits on a few screens, or says on top why it does not.

use crate::{Fault, files_in};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

const MOST_LINES: usize = 400;
const EXCUSE: &str = "Long because";
const EXCUSE_WITHIN: usize = 10;
const NOT_OURS: [&str; 5] = ["target", "node_modules", "data", "test-results", "playwright-report"];

pub fn run(root: &Path) -> Result<(), Fault> {
    let files: Vec<PathBuf> =
        tracked(root).unwrap_or_else(|| walk(root)).into_iter().filter(|file| is_source(file)).collect();
    let too_long: Vec<String> = files
        .iter()
        .filter_map(|file| {
            let text = std::fs::read_to_string(file).ok()?;
            let lines = text.lines().count();
            let shown = file.strip_prefix(root).unwrap_or(file).display();
            is_too_long(&text).then(|| format!("{shown}: {lines} lines"))
        })
        .collect();
    if !too_long.is_empty() {
        return Err(format!(
            "longer than {MOST_LINES} lines; split them, or say `{EXCUSE} ...` in a comment on top:\n  {}",
            too_long.join("\n  ")
        ));
    }
    println!("builder: {} source files, none too long", files.len());
    Ok(())
}

fn is_too_long(text: &str) -> bool {
    text.lines().count() > MOST_LINES && !text.lines().take(EXCUSE_WITHIN).any(|line| line.contains(EXCUSE))
}

fn is_source(file: &Path) -> bool {
    file.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|ext| matches!(ext, "rs" | "css" | "mjs" | "ts"))
}

/// What git tracks or would track; nothing where this is not a git folder (an unpacked archive).
fn tracked(root: &Path) -> Option<Vec<PathBuf>> {
    let listed = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let output =
        Command::new("git").args(listed).current_dir(root).output().ok().filter(|output| output.status.success())?;
    let names = String::from_utf8_lossy(&output.stdout).into_owned();
    let files: Vec<PathBuf> = names.split('\0').filter(|name| !name.is_empty()).map(|name| root.join(name)).collect();
    (!files.is_empty()).then_some(files)
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = files_in(folder);
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && !name.starts_with('.') && !NOT_OURS.contains(&name.as_str()) {
            files.extend(walk(&entry.path()));
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::is_too_long;

    #[test]
    fn the_limit_is_the_last_allowed_length_and_an_excuse_must_be_on_top() {
        assert!(!is_too_long(&"x\n".repeat(400)));
        assert!(is_too_long(&"x\n".repeat(401)));
        assert!(!is_too_long(&format!("//! Long because it is a table.\n{}", "x\n".repeat(500))));
        assert!(is_too_long(&format!("{}// Long because it is a table.\n", "x\n".repeat(500))));
    }
}
