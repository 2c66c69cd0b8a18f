//! The publication bundle of a round, which anyone can check: making it, and `fijnebuurt verify`. No I/O beyond bytes, no
//! database. `docs/verify.md` describes every file and check; `docs/verify/verify.py` was written from that page and shares nothing with this.

mod bundle;
mod check;
mod count;
mod files;
mod pack;
mod papers;
mod tokens;
mod whole;

pub use bundle::{Contents, LICENCE, bundle};
pub use check::{Asked, Finding, Report, Wrong, check};
pub use files::{Counted, Facts, Lot, PaperVersion, Whole};
pub use pack::{BadZip, one, unpack};
pub use tokens::{List, lists};
pub use whole::{LIMIT, unique};

use sha2::{Digest as _, Sha256};

/// SHA-256 as 64 lower-case hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        text.push(char::from(b"0123456789abcdef"[usize::from(byte >> 4)]));
        text.push(char::from(b"0123456789abcdef"[usize::from(byte & 15)]));
        text
    })
}
