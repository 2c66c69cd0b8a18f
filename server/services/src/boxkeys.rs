//! Keys of ballot and answer boxes: one file each outside the database, made once, destroyed after the close.

use crate::{ActError, World, hex, keys, unhex};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
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
///
/// # Errors
/// [`ActError::Broken`] with its remedy.
pub fn load(path: &Path, expected: Option<&str>) -> Result<[u8; 32], ActError> {
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

/// Marks what is sealed; boxes of before have plain text.
const SEALED: &str = "sealed:";
const NONCE: usize = 24;

/// Seals what lies in a box under the box's key (XChaCha20-Poly1305), bound to whose it is, and padded to a multiple of
/// `block` bytes: who has the database, its log or a backup, but not the key, reads no choice.
pub(crate) fn seal(world: &World, key: &[u8; 32], whose: &[u8], text: &str, block: usize) -> Result<String, ActError> {
    let mut padded = text.as_bytes().to_vec();
    padded.push(0);
    padded.resize(padded.len().next_multiple_of(block), 0);
    let nonce = world.random::<NONCE>();
    let sealed = cipher(key)
        .encrypt(&XNonce::from(nonce), Payload { msg: &padded, aad: whose })
        .map_err(|_| ActError::Broken("a box could not be sealed".into()))?;
    Ok(format!("{SEALED}{}{}", hex(&nonce), hex(&sealed)))
}

/// Opens what [`seal`] made; plain text of before comes back as it is.
pub(crate) fn unseal(key: &[u8; 32], whose: &[u8], kept: &str) -> Result<String, ActError> {
    let Some(hexed) = kept.strip_prefix(SEALED) else { return Ok(kept.to_owned()) };
    let broken = || ActError::Broken("something in a box cannot be opened with its key".into());
    let bytes = unhex(hexed).ok_or_else(broken)?;
    let (nonce, sealed) = bytes.split_first_chunk::<NONCE>().ok_or_else(broken)?;
    let mut text =
        cipher(key).decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: whose }).map_err(|_| broken())?;
    let end = text.iter().rposition(|b| *b != 0).map_or(0, |last| last + 1);
    text.truncate(end);
    String::from_utf8(text).map_err(|_| broken())
}

/// A key of its own for sealing; the box's key itself makes pseudonyms.
fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(keys::tag(key, &[b"seal\0"])))
}

/// After a box was emptied: its key is destroyed, and what the rows left behind is wiped. Without the key nothing of that
/// can be joined to anyone, so a wipe that fails is told in the log and no more.
pub(crate) async fn bury(world: &World, path: &Path) -> Result<(), ActError> {
    destroy(path)?;
    crate::fail_point::at("close-key-destroyed");
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_for_its_own_voter_and_key_alone() {
        let sealed = |text: &str| {
            let cipher = cipher(&[1; 32]);
            let mut padded = text.as_bytes().to_vec();
            padded.push(0);
            padded.resize(padded.len().next_multiple_of(64), 0);
            let made = cipher.encrypt(&XNonce::from([7; NONCE]), Payload { msg: &padded, aad: b"me" }).unwrap();
            format!("{SEALED}{}{}", hex(&[7; NONCE]), hex(&made))
        };
        for text in ["", "1,2", "één\nregel", &"x".repeat(63)] {
            assert_eq!(unseal(&[1; 32], b"me", &sealed(text)).unwrap(), text);
            assert!(
                unseal(&[2; 32], b"me", &sealed(text)).is_err() && unseal(&[1; 32], b"you", &sealed(text)).is_err()
            );
        }
        assert_eq!(sealed("1").len(), sealed("1,2,3,4").len(), "the length tells nothing");
        assert_eq!(unseal(&[1; 32], b"me", "4,6").unwrap(), "4,6");
        assert!(unseal(&[1; 32], b"me", "sealed:zz").is_err() && unseal(&[1; 32], b"me", "sealed:00").is_err());
    }
}
