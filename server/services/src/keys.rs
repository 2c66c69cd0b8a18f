//! Keys that live outside the database: one server key, from which the others are derived by HMAC with a label.

use crate::hex;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use subtle::ConstantTimeEq as _;

/// The server's key and what follows from it.
pub struct Keys {
    server: [u8; 32],
}

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The file is there but cannot be read or written.
    #[error(
        "The key file {path} cannot be used ({source}). Give this user the right to read it, or put the copy from your backup back."
    )]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Not 32 bytes.
    #[error(
        "The key file {0} does not hold 32 bytes. Put the copy from your backup back; a new key would void all codes and open votes."
    )]
    Damaged(PathBuf),
}

impl Keys {
    /// Reads `DATA_DIR/keys/server.key`, made at the very first start. With several servers the same file goes to each.
    ///
    /// # Errors
    /// [`KeysError`] with its remedy.
    pub fn open(data_dir: &Path, fresh: [u8; 32]) -> Result<Self, KeysError> {
        let path = Self::path(data_dir);
        if let Some(server) = read_key(&path)? {
            return Ok(Self { server });
        }
        write_key(&path, &fresh)?;
        Ok(Self { server: read_key(&path)?.ok_or(KeysError::Damaged(path))? })
    }

    /// The key that is there; `None` where there is none. Makes nothing.
    ///
    /// # Errors
    /// [`KeysError`] with its remedy.
    pub fn read(data_dir: &Path) -> Result<Option<Self>, KeysError> {
        Ok(read_key(&Self::path(data_dir))?.map(|server| Self { server }))
    }

    /// Where it lies.
    pub fn path(data_dir: &Path) -> PathBuf {
        data_dir.join("keys/server.key")
    }

    /// By what the database knows this key; tells nothing about it.
    pub fn fingerprint(&self) -> String {
        hex(&self.tag("fingerprint", b""))
    }

    /// For tests.
    pub fn fixed(server: [u8; 32]) -> Self {
        Self { server }
    }

    /// The token of a browser's forms, under a mask that is fresh for each page: pages are compressed, and without the mask
    /// their sizes would give the token away bit by bit (BREACH, Gluck, Harris and Prado 2013). Hexadecimal of mask and
    /// masked token, 32 bytes each.
    pub fn csrf(&self, cookie: &str, mask: [u8; 32]) -> String {
        let masked: Vec<u8> = self.tag("csrf", cookie.as_bytes()).iter().zip(mask).map(|(t, m)| t ^ m).collect();
        hex(&mask) + &hex(&masked)
    }

    /// Whether a token is of this browser, under whichever mask.
    pub fn csrf_is_right(&self, cookie: &str, token: &str) -> bool {
        let bytes: Option<Vec<u8>> = (token.len() == 128 && token.is_ascii())
            .then(|| (0..128).step_by(2).map(|i| u8::from_str_radix(&token[i..i + 2], 16).ok()).collect())
            .flatten();
        bytes.is_some_and(|bytes| {
            let (mask, masked) = bytes.split_at(32);
            let token: Vec<u8> = mask.iter().zip(masked).map(|(m, t)| m ^ t).collect();
            self.tag("csrf", cookie.as_bytes()).ct_eq(token.as_slice()).into()
        })
    }

    /// `HMAC-SHA-256(server key, label || 0 || text)`: CSRF tokens, codes, limiter keys, each under its label.
    pub fn tag(&self, label: &str, text: &[u8]) -> [u8; 32] {
        tag(&self.server, &[label.as_bytes(), &[0], text])
    }
}

/// `HMAC-SHA-256(key, parts joined)`.
pub fn tag(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // A key of 32 bytes is always accepted; the other branch keeps the types total.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// SHA-256, for tokens that are random enough not to need a key.
pub fn digest(text: &[u8]) -> [u8; 32] {
    Sha256::digest(text).into()
}

/// A key file, or `None` when there is none.
///
/// # Errors
/// [`KeysError`] when it cannot be read or is not 32 bytes.
pub fn read_key(path: &Path) -> Result<Option<[u8; 32]>, KeysError> {
    match std::fs::read(path) {
        Ok(bytes) => bytes.try_into().map(Some).map_err(|_| KeysError::Damaged(path.to_owned())),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(KeysError::File { path: path.to_owned(), source }),
    }
}

/// Writes a new key and makes sure that it is on disk before anything leans on it. Never overwrites.
///
/// # Errors
/// [`KeysError::File`].
pub fn write_key(path: &Path, key: &[u8; 32]) -> Result<(), KeysError> {
    let failed = |source| KeysError::File { path: path.to_owned(), source };
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(mut file) => {
            file.write_all(key).and_then(|()| file.sync_all()).map_err(failed)?;
            std::fs::File::open(folder).and_then(|f| f.sync_all()).map_err(failed)
        }
        // Another process was first: its key is the one.
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(source) => Err(failed(source)),
    }
}
