//! The ZIP around the files. Everything about it is fixed, so the same files give the same bytes, and reading can ask that
//! the bytes are those: nothing can hide beside, between or before the files.

use crate::digest;
use crate::files::{Entry, FORMAT, Index};
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Largest bundle that is read: a city of two million ballots stays below it.
pub const MOST_BYTES: usize = 1 << 30;
/// Name of the list of files.
pub const INDEX: &str = "index.json";

/// Files by name, in order.
pub type Files = Vec<(String, Vec<u8>)>;

/// Packs files with an index of them.
///
/// # Errors
/// What the library reports; none is known for names like ours.
pub fn pack(round: &str, files: &Files) -> Result<Vec<u8>, String> {
    let entry = |(name, bytes): &(String, Vec<u8>)| Entry {
        name: name.clone(),
        bytes: bytes.len() as u64,
        sha256: digest(bytes),
    };
    let index = Index { format: FORMAT.into(), round: round.into(), files: files.iter().map(entry).collect() };
    let index = serde_json::to_vec(&index).map_err(|e| e.to_string())?;
    zipped(std::iter::once((INDEX, index.as_slice())).chain(files.iter().map(|(n, b)| (n.as_str(), b.as_slice()))))
        .map_err(|e| e.to_string())
}

fn zipped<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    for (name, bytes) in files {
        zip.start_file(name, options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Why bytes are no bundle's ZIP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadZip {
    /// It cannot be read at all.
    Unreadable(String),
    /// It can, but it is not packed as a bundle is.
    Strange(String, Files),
}

/// Unpacks a bundle's ZIP.
///
/// # Errors
/// [`BadZip`]; with what could be read, where it is only strange.
pub fn unpack(bytes: &[u8]) -> Result<Files, BadZip> {
    let unreadable = |e: zip::result::ZipError| BadZip::Unreadable(e.to_string());
    if bytes.len() > MOST_BYTES {
        return Err(BadZip::Unreadable("larger than any bundle".into()));
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut files = Files::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).map_err(unreadable)?;
        let name = entry.name().map_err(unreadable)?.into_owned();
        if entry.compression() != CompressionMethod::Stored || entry.size() > bytes.len() as u64 {
            return Err(BadZip::Unreadable(format!("{name} is packed; files of a bundle are stored as they are")));
        }
        let mut content = Vec::new();
        entry.read_to_end(&mut content).map_err(|e| BadZip::Unreadable(format!("{name}: {e}")))?;
        files.push((name, content));
    }
    let again = zipped(files.iter().map(|(n, b)| (n.as_str(), b.as_slice()))).map_err(unreadable)?;
    if again != bytes {
        return Err(BadZip::Strange("it holds bytes that belong to no file, or is packed otherwise".into(), files));
    }
    Ok(files)
}

/// One file of a bundle that we packed ourselves.
pub fn one(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut content = Vec::new();
    zip.by_name(name).ok()?.read_to_end(&mut content).ok()?;
    Some(content)
}
