//! `fijnebuurt backup`: the whole database in one file, as it was at one moment, while the site goes on. Keys are not in it: they
//! are copied apart (`--keys`), since who has both can join votes to people.

use crate::config::Config;
use crate::start;
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::Command;
use store::backup;

/// Where the copies go.
#[derive(Args)]
pub struct BackupArgs {
    /// A new file, or a folder in which a file with day and time in its name is made.
    to: PathBuf,
    /// Copy the keys to this folder as well. Keep it apart from the backups: on another medium, with other people.
    #[arg(long, value_name = "FOLDER")]
    keys: Option<PathBuf>,
}

/// Folders of keys in the data folder.
const KEYS: [&str; 3] = ["keys", "round-keys", "wave-keys"];

/// Makes the copies and says where they are.
///
/// # Errors
/// A sentence that says what to do.
pub async fn run(config: &Config, args: &BackupArgs) -> Result<(), String> {
    let db = start::existing(config).await?;
    let sqlite = start::sqlite_file(&config.database_url);
    let file = target(&args.to, if sqlite.is_some() { "db" } else { "dump" })?;
    if let Some(keys) = &args.keys {
        apart(keys, &file)?;
    }
    let part = file.with_extension("part");
    let made = match &sqlite {
        Some(from) => sqlite_copy(from, &part).await,
        None => {
            drop(db);
            pg(
                config,
                "pg_dump",
                &["--format=custom", "--no-owner", "--no-acl", "--exclude-schema=before_restore_*", "--file"],
                &part,
            )
        }
    };
    let finished = made.and_then(|()| finish(&part, &file));
    if finished.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    finished?;
    let size = std::fs::metadata(&file).map_or(0, |m| m.len());
    println!("The database is in {} ({} kB).", file.display(), size.div_ceil(1024));
    match &args.keys {
        Some(folder) => {
            let (copied, old) = copy_keys(&config.data_dir, folder)?;
            println!("{copied} keys are in {}. Keep that folder apart from the backups.", folder.display());
            if !old.is_empty() {
                println!(
                    "No longer used here: {}. When their rounds and surveys are closed, destroy these copies too: their votes stay secret only then.",
                    old.join(", ")
                );
            }
        }
        None => println!(
            "The keys are not in it: copy {} apart, with --keys FOLDER. Without them open votes and codes are lost.",
            KEYS.map(|folder| config.data_dir.join(folder).display().to_string()).join(", ")
        ),
    }
    println!("The log's digests lie in {}; keep copies somewhere else.", config.data_dir.join("audit").display());
    Ok(())
}

/// The file to make; never one that is there.
fn target(to: &Path, extension: &str) -> Result<PathBuf, String> {
    let is_folder = to.is_dir() || to.to_string_lossy().ends_with('/');
    let file = if is_folder {
        std::fs::create_dir_all(to).map_err(|e| format!("The folder {} cannot be made: {e}.", to.display()))?;
        let now = domain::time::Clock::now(&services::SystemClock::default());
        to.join(format!("fijnebuurt-{}.{extension}", texts::rfc3339(now).replace([':', 'Z'], "").replace('T', "-")))
    } else {
        to.to_owned()
    };
    if file.exists() {
        return Err(format!("{} is already there and stays as it is. Choose another name.", file.display()));
    }
    Ok(file)
}

/// Who finds one of the two must not have the other.
fn apart(keys: &Path, file: &Path) -> Result<(), String> {
    let folder = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (keys, file) = (folder(keys), folder(file));
    if file.starts_with(&keys) || file.parent().is_some_and(|beside| keys.starts_with(beside)) {
        return Err("Keys and database may not lie together: who has both can join votes to people. Name another folder for --keys, best on another medium.".into());
    }
    Ok(())
}

async fn sqlite_copy(from: &Path, part: &Path) -> Result<(), String> {
    // An old try that was cut off.
    let _ = std::fs::remove_file(part);
    private_file(part).map_err(|e| format!("{} cannot be made: {e}", part.display()))?;
    backup::copy_sqlite(from, part).await.map_err(|e| told(&e))?;
    backup::look_sqlite(part).await.map(|_| ()).map_err(|e| told(&e))
}

/// An empty file that no other user of the machine can read, from its first byte on.
fn private_file(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(|_| ())
}

/// What went wrong, with its cause.
pub fn told(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

/// Runs one of PostgreSQL's own programs, as the owner of the tables. The password goes by the environment, where other users of
/// the machine cannot read it.
pub fn pg(config: &Config, program: &str, args: &[&str], file: &Path) -> Result<(), String> {
    let (url, password) = without_password(&config.migrate_database_url);
    let mut command = Command::new(program);
    command.arg(format!("--dbname={url}")).args(args).arg(file);
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    let done = command.output().map_err(|e| {
        format!("The program {program} cannot be started ({e}). Install PostgreSQL's client programs (on Debian: apt install postgresql-client), as new as the server or newer.")
    })?;
    if done.status.success() {
        return Ok(());
    }
    Err(format!("{program} stopped: {}", String::from_utf8_lossy(&done.stderr).trim()))
}

/// The address without its password, and the password.
fn without_password(url: &str) -> (String, Option<String>) {
    let Some((scheme, rest)) = url.split_once("://") else { return (url.to_owned(), None) };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let Some((user, _)) = authority.rsplit_once('@') else { return (url.to_owned(), None) };
    let Some((name, password)) = user.split_once(':') else { return (url.to_owned(), None) };
    (format!("{scheme}://{name}{}", &rest[user.len()..]), Some(decoded(password)))
}

fn decoded(text: &str) -> String {
    let (mut bytes, raw) = (Vec::new(), text.as_bytes());
    let mut i = 0;
    while i < raw.len() {
        let hexed = (raw[i] == b'%').then(|| text.get(i + 1..i + 3)).flatten().and_then(services::unhex);
        match hexed {
            Some(byte) => {
                bytes.extend(byte);
                i += 3;
            }
            None => {
                bytes.push(raw[i]);
                i += 1;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// For this user alone, on disk, and under its name.
fn finish(part: &Path, file: &Path) -> Result<(), String> {
    let done = || {
        close(part)?;
        std::fs::File::open(part)?.sync_all()?;
        std::fs::rename(part, file)?;
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::File::open(folder)?.sync_all()
    };
    done().map_err(|e: std::io::Error| format!("{} cannot be written: {e}. Is the disk full?", file.display()))
}

#[cfg(unix)]
fn close(path: &Path) -> std::io::Result<()> {
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))
}

#[cfg(not(unix))]
fn close(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Copies every key that `to` does not have yet; gives how many there are, and the names of those in `to` that `from` no longer
/// has. Nothing is written over or removed: the copy may be the last one.
///
/// # Errors
/// A sentence that says what to do.
pub fn copy_keys(from: &Path, to: &Path) -> Result<(usize, Vec<String>), String> {
    let failed = |path: &Path, e: std::io::Error| format!("The key {} cannot be copied: {e}.", path.display());
    let (mut copied, mut old) = (0, Vec::new());
    for folder in KEYS {
        let (here, there) = (from.join(folder), to.join(folder));
        for path in key_files(&here) {
            let name = path.file_name().unwrap_or_default();
            let target = there.join(name);
            let Ok(key) = services::keys::read_key(&path).map_err(|e| e.to_string())?.ok_or(()) else {
                // Its round closed just now.
                continue;
            };
            services::keys::write_key(&target, &key).map_err(|e| e.to_string())?;
            if std::fs::read(&target).map_err(|e| failed(&target, e))? != key {
                return Err(format!(
                    "{} is another key than {}. Nothing was written over: find out which one is right.",
                    target.display(),
                    path.display()
                ));
            }
            copied += 1;
        }
        old.extend(key_files(&there).into_iter().filter_map(|path| {
            let name = path.file_name()?.to_str()?;
            (!here.join(name).exists()).then(|| format!("{folder}/{name}"))
        }));
    }
    Ok((copied, old))
}

fn key_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<_> = entries.filter(|path| path.extension().is_some_and(|end| end == "key")).collect();
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_leaves_the_address() {
        let split = without_password;
        assert_eq!(
            split("postgres://fb:p%40ss:w@db.example:5432/fb?sslmode=require"),
            ("postgres://fb@db.example:5432/fb?sslmode=require".into(), Some("p@ss:w".into()))
        );
        assert_eq!(split("postgres://fb@db/fb"), ("postgres://fb@db/fb".into(), None));
        assert_eq!(split("postgres://db/fb?x=a:b@c"), ("postgres://db/fb?x=a:b@c".into(), None));
        assert_eq!(decoded("50%é%4"), "50%é%4");
    }

    #[test]
    fn keys_are_copied_and_never_written_over() {
        let outer = tempfile::tempdir().unwrap();
        let (from, to) = (outer.path().join("data"), outer.path().join("safe"));
        services::keys::write_key(&from.join("keys/server.key"), &[1; 32]).unwrap();
        services::keys::write_key(&from.join("round-keys/1.key"), &[2; 32]).unwrap();
        assert_eq!(copy_keys(&from, &to).unwrap(), (2, vec![]));
        std::fs::remove_file(from.join("round-keys/1.key")).unwrap();
        assert_eq!(copy_keys(&from, &to).unwrap(), (1, vec!["round-keys/1.key".to_owned()]));
        std::fs::write(from.join("keys/server.key"), [3; 32]).unwrap();
        assert!(copy_keys(&from, &to).unwrap_err().contains("another key"));
        assert_eq!(std::fs::read(to.join("keys/server.key")).unwrap(), [1; 32]);
    }

    #[test]
    fn keys_and_database_never_lie_together() {
        let (backups, file) = (Path::new("/safe/backups"), Path::new("/safe/backups/a.db"));
        assert!(apart(backups, file).is_err() && apart(&backups.join("keys"), file).is_err());
        assert!(apart(Path::new("/safe"), file).is_err());
        assert!(apart(Path::new("/other"), file).is_ok() && apart(Path::new("/safe/keys"), file).is_ok());
    }
}
