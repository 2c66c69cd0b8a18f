//! The key that signs digests: a file outside the database, made once. The database knows its public half; a file that is
//! missing or another is an error, and never a reason to make a new one.

use crate::{ActError, World, hex, keys};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use std::path::{Path, PathBuf};
use store::{Conn, StoreError, system};

/// Setting with the public half, as hexadecimal.
const KNOWN: &str = "audit_public_key";

/// Where it lies.
pub fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("keys").join("audit.key")
}

/// The public half that the database knows, as hexadecimal.
///
/// # Errors
/// The store's.
pub async fn known(c: &mut Conn) -> Result<Option<String>, StoreError> {
    system::setting(c, KNOWN).await
}

/// The public half of the file, as hexadecimal; `None` when there is no file.
///
/// # Errors
/// [`keys::KeysError`].
pub fn on_disk(data_dir: &Path) -> Result<Option<String>, keys::KeysError> {
    Ok(keys::read_key(&path(data_dir))?.map(|seed| public(&SigningKey::from_bytes(&seed))))
}

fn public(key: &SigningKey) -> String {
    hex(key.verifying_key().as_bytes())
}

/// Whether the key can be used here; also where nobody made one yet.
///
/// # Errors
/// [`ActError::Broken`] with its remedy.
pub async fn look(world: &World) -> Result<(), ActError> {
    let Some(known) = known(&mut world.db.read().await?).await? else { return Ok(()) };
    let path = path(&world.data_dir);
    match on_disk(&world.data_dir).map_err(|e| ActError::Broken(e.to_string()))? {
        None => Err(missing(&path)),
        Some(ours) if ours != known => Err(wrong(&path)),
        Some(_) => Ok(()),
    }
}

/// The key, made and made known where the database knows none yet.
pub(super) async fn open(world: &World) -> Result<SigningKey, ActError> {
    let path = path(&world.data_dir);
    let broken = |e: keys::KeysError| ActError::Broken(e.to_string());
    let known_before = known(&mut world.db.read().await?).await?;
    if known_before.is_none() {
        keys::write_key(&path, &world.random::<32>()).map_err(broken)?;
    }
    let seed = keys::read_key(&path).map_err(broken)?;
    let key = SigningKey::from_bytes(&seed.ok_or_else(|| missing(&path))?);
    let ours = public(&key);
    let known = match known_before {
        Some(known) => known,
        None => {
            let ours = ours.clone();
            world
                .db
                .write(move |u| {
                    Box::pin(async move {
                        // Of two processes that begin at once one is first, and the other finds that its file is not the one.
                        system::set_once(u, KNOWN, &ours).await?;
                        Ok::<_, ActError>(known(u).await?.unwrap_or_default())
                    })
                })
                .await?
        }
    };
    if known == ours { Ok(key) } else { Err(wrong(&path)) }
}

/// What to do when the file is not there.
pub fn missing(path: &Path) -> ActError {
    ActError::Broken(format!(
        "The key file {} that signs the audit log is missing. Put the copy from your backup back; it is never made anew.",
        path.display()
    ))
}

/// What to do when it is another.
pub fn wrong(path: &Path) -> ActError {
    ActError::Broken(format!(
        "The key file {} is not the one that the database knows for signing the audit log. Put the right copy back.",
        path.display()
    ))
}

pub(super) fn sign(key: &SigningKey, text: &str) -> Vec<u8> {
    key.sign(text.as_bytes()).to_bytes().to_vec()
}

pub(super) fn public_bytes(key: &SigningKey) -> Vec<u8> {
    key.verifying_key().as_bytes().to_vec()
}

/// Whether this key signed this text. Strict: no second form of a signature is taken.
pub fn is_signed(public_key: &[u8], text: &str, signature: &[u8]) -> bool {
    let (Ok(key), Ok(signature)) = (<&[u8; 32]>::try_from(public_key), <&[u8; 64]>::try_from(signature)) else {
        return false;
    };
    VerifyingKey::from_bytes(key)
        .is_ok_and(|key| key.verify_strict(text.as_bytes(), &Signature::from_bytes(signature)).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_rfc_8032() {
        // Test 2 of section 7.1.
        let seed = crate::unhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb").unwrap();
        let key = SigningKey::from_bytes(&seed.try_into().unwrap());
        let public = public_bytes(&key);
        assert_eq!(hex(&public), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        let signature = sign(&key, "r");
        assert_eq!(
            hex(&signature),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        );
        assert!(is_signed(&public, "r", &signature));
        assert!(!is_signed(&public, "s", &signature) && !is_signed(&[0; 32], "r", &signature));
        assert!(!is_signed(&public, "r", &signature[..63]) && !is_signed(&public[1..], "r", &signature));
    }
}
