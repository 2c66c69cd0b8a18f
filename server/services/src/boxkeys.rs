//! Keys of ballot and answer boxes: one file each outside the database, made once, destroyed after the close.

use crate::{ActError, World, hex, keys};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Key file of a round.
pub fn round_key(world: &World, id: i64) -> PathBuf {
    world.data_dir.join("round-keys").join(format!("{id}.key"))
}

/// Key file of a survey wave.
pub fn wave_key(world: &World, slug: &str) -> PathBuf {
    world.data_dir.join("wave-keys").join(format!("{slug}.key"))
}

/// Makes the key and has it on disk before anything leans on it; gives its fingerprint. A file that is there is kept.
pub(crate) fn make(world: &World, path: &Path) -> Result<String, ActError> {
    keys::write_key(path, &world.random::<32>()).map_err(broken)?;
    let key = keys::read_key(path).map_err(broken)?.ok_or_else(|| missing(path))?;
    Ok(fingerprint(&key))
}

/// The key that the database knows by its fingerprint; missing or wrong stops the box.
pub(crate) fn load(path: &Path, expected: Option<&str>) -> Result<[u8; 32], ActError> {
    let key = keys::read_key(path).map_err(broken)?.ok_or_else(|| missing(path))?;
    if expected != Some(fingerprint(&key).as_str()) {
        return Err(ActError::Broken(format!(
            "The key file {} is not the one this box was opened with. Put the right copy back; it is never made anew.",
            path.display()
        )));
    }
    Ok(key)
}

fn fingerprint(key: &[u8; 32]) -> String {
    hex(&keys::digest(key))
}

fn missing(path: &Path) -> ActError {
    ActError::Broken(format!(
        "The key file {} is missing. Put the copy from your backup back; it is never made anew.",
        path.display()
    ))
}

fn broken(error: keys::KeysError) -> ActError {
    ActError::Broken(error.to_string())
}

/// After a box was emptied: its key is destroyed, and what the rows left behind is wiped. Without the key nothing of that
/// can be joined to anyone, so a wipe that fails is told in the log and no more.
pub(crate) async fn bury(world: &World, path: &Path) -> Result<(), ActError> {
    destroy(path)?;
    if let Err(error) = world.db.wipe_boxes().await {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "what an emptied box left behind could not be wiped yet"
        );
    }
    Ok(())
}

/// Overwrites and removes a key; a file that is gone is fine.
pub(crate) fn destroy(path: &Path) -> Result<(), ActError> {
    if !path.exists() {
        return Ok(());
    }
    let gone = || {
        let mut file = std::fs::OpenOptions::new().write(true).open(path)?;
        file.write_all(&[0; 32]).and_then(|()| file.sync_all())?;
        std::fs::remove_file(path)?;
        path.parent().map_or(Ok(()), |folder| std::fs::File::open(folder)?.sync_all())
    };
    gone().map_err(|e: std::io::Error| {
        ActError::Broken(format!("The key file {} cannot be destroyed ({e}). Remove it by hand.", path.display()))
    })
}
