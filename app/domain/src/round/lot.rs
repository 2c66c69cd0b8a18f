//! Lots that no one person decides: two administrators publish digests of secrets before opening, and the secrets at the
//! count. Neither knew the other's secret while choosing their own, and nobody can choose again afterwards.

use sha2::{Digest as _, Sha256};

/// Fewest characters of a secret: what can be guessed commits nobody.
pub const SECRET_MIN: usize = 16;
/// Most characters of a secret.
pub const SECRET_MAX: usize = 200;

/// One administrator's part in the lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LotShare {
    /// SHA-256 of the secret, lower-case hexadecimal.
    pub digest: String,
    /// The secret, once it is revealed; `None` when it is lost.
    pub secret: Option<String>,
}

/// What is published of a secret: SHA-256 of its UTF-8 bytes, as 64 lower-case hexadecimal digits.
pub fn lot_digest(secret: &str) -> String {
    hexadecimal(Sha256::digest(secret.as_bytes()).as_slice())
}

/// The seed of the lot: SHA-256 of both secrets, joined by a line feed in the order of their digests (DESIGN 7, 'Lots').
/// Where a secret was lost, its digest stands in its place: whoever loses one on purpose has two outcomes to choose from,
/// in the open, and not as many as they like.
pub fn lot_seed(shares: &[LotShare]) -> String {
    let mut shares: Vec<&LotShare> = shares.iter().collect();
    shares.sort_by(|a, b| a.digest.cmp(&b.digest));
    let parts: Vec<&str> = shares.iter().map(|s| s.secret.as_deref().unwrap_or(&s.digest)).collect();
    hexadecimal(Sha256::digest(parts.join("\n").as_bytes()).as_slice())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(secret: &str, known: bool) -> LotShare {
        LotShare { digest: lot_digest(secret), secret: known.then(|| secret.to_owned()) }
    }

    #[test]
    fn the_seed_is_of_both_secrets_in_whatever_order() {
        let (a, b) = (share("een heel lang geheim", true), share("nog een lang geheim", true));
        assert_eq!(lot_digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let seed = lot_seed(&[a.clone(), b.clone()]);
        assert_eq!(seed, lot_seed(&[b.clone(), a.clone()]));
        let (first, second) = if a.digest < b.digest { (&a, &b) } else { (&b, &a) };
        let joined = format!("{}\n{}", first.secret.as_deref().unwrap(), second.secret.as_deref().unwrap());
        assert_eq!(seed, lot_digest(&joined), "as anyone works it out");
        assert_ne!(seed, lot_seed(&[a.clone(), share("nog een ander geheim", true)]));
        let lost = lot_seed(&[a, share("nog een lang geheim", false)]);
        assert_ne!(lost, seed);
    }
}
