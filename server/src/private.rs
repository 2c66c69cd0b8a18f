//! Keeps the database, keys and mails to the user the program runs as.

use crate::config::Config;
use std::path::{Path, PathBuf};

/// Makes the data folder where it is missing, and closes what lies there, and the database beside it, to everybody else.
pub fn keep(config: &Config) -> Result<(), String> {
    let dir = &config.data_dir;
    make(dir).map_err(|e| {
        format!("DATA_DIR '{}' cannot be made: {e}. Choose a folder where this user may write.", dir.display())
    })?;
    if is_for_everybody(dir) {
        return Err(format!(
            "DATA_DIR '{}' is a folder that everybody uses. Choose one of its own, such as {}.",
            dir.display(),
            dir.join("fijnebuurt").display()
        ));
    }
    let mut folders = vec![dir.clone(), dir.join("keys"), dir.join("mail")];
    if let Some(folder) = config.smtp_url.strip_prefix("file:").map(PathBuf::from)
        && make(&folder).is_ok()
        && !is_for_everybody(&folder)
    {
        folders.push(folder);
    }
    let mut files = Vec::new();
    for folder in &folders[1..] {
        files.extend(std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()));
    }
    if let Some(file) = config.database_url.strip_prefix("sqlite:").map(|path| path.trim_start_matches("//")) {
        // What cannot be made is named when the database is opened.
        let _ = new_file(Path::new(file));
        files.extend(["", "-wal", "-shm"].map(|end| PathBuf::from(format!("{file}{end}"))));
    }
    for path in folders.iter().chain(&files) {
        close(path);
    }
    Ok(())
}

#[cfg(unix)]
fn make(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)
}

/// The engine gives its other files the rights of the first.
fn new_file(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Such as `/tmp`.
#[cfg(unix)]
fn is_for_everybody(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(folder).is_ok_and(|m| m.mode() & 0o1002 == 0o1002)
}

#[cfg(not(unix))]
fn is_for_everybody(_: &Path) -> bool {
    false
}

/// Takes the rights of group and others away; links are left alone, and what belongs to another user is told of.
#[cfg(unix)]
fn close(path: &Path) {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let Ok(found) = std::fs::symlink_metadata(path) else { return };
    if found.is_symlink() || found.mode() & 0o077 == 0 {
        return;
    }
    if let Err(error) = std::fs::set_permissions(path, std::fs::Permissions::from_mode(found.mode() & 0o700)) {
        tracing::warn!(path = %path.display(), %error, "others can read this, and this user may not change that: run chmod go-rwx on it");
    }
}

#[cfg(not(unix))]
fn close(_: &Path) {}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    fn config(dir: &Path) -> Config {
        let dir = dir.display().to_string();
        Config::from(move |key| (key == "DATA_DIR").then(|| dir.clone())).unwrap()
    }

    #[test]
    fn what_is_new_and_what_was_there_is_for_this_user_alone() {
        let outer = tempfile::tempdir().unwrap();
        let new = outer.path().join("new");
        keep(&config(&new)).unwrap();
        assert_eq!((mode(&new), mode(&new.join("mail")), mode(&new.join("fijnebuurt.db"))), (0o700, 0o700, 0o600));

        let old = outer.path().join("old");
        let files = ["fijnebuurt.db", "fijnebuurt.db-wal", "keys/server.key", "mail/1.eml"].map(|f| old.join(f));
        let folders = [old.clone(), old.join("keys"), old.join("mail")];
        for folder in &folders {
            std::fs::create_dir_all(folder).unwrap();
            std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        for file in &files {
            std::fs::write(file, "secret").unwrap();
            std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o644)).unwrap();
        }
        keep(&config(&old)).unwrap();
        assert!(folders.iter().all(|f| mode(f) == 0o700) && files.iter().all(|f| mode(f) == 0o600));
        assert_eq!(std::fs::read_to_string(&files[0]).unwrap(), "secret");

        let shared = outer.path().join("shared");
        std::fs::create_dir(&shared).unwrap();
        std::fs::set_permissions(&shared, std::fs::Permissions::from_mode(0o1777)).unwrap();
        assert!(keep(&config(&shared)).unwrap_err().contains("of its own"));
        assert_eq!(mode(&shared), 0o1777);
    }
}
