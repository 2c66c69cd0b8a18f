//! Receipts: what a voter keeps, to find the own picks among the published tokens.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// Crockford's letters and figures: no I, L, O, U.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of a receipt: 128 bits in groups of five.
const RECEIPT_LETTERS: usize = 26;

/// A receipt of 128 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt([u8; 16]);

impl Receipt {
    /// Of drawn bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Of bytes drawn here and a text drawn by the voter's browser: SHA-256 of both, the first half.
    pub fn mixed(drawn: [u8; 16], own: &str) -> Self {
        let all = Sha256::new().chain_update(drawn).chain_update(own).finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&all[..16]);
        Self(bytes)
    }

    /// 26 letters and figures.
    pub fn text(self) -> String {
        let number = u128::from_be_bytes(self.0);
        (0..RECEIPT_LETTERS)
            .rev()
            .map(|i| char::from(CROCKFORD[usize::try_from((number >> (i * 5)) & 31).unwrap_or(0)]))
            .collect()
    }

    /// In groups of four, as shown.
    pub fn groups(self) -> Vec<String> {
        self.text().as_bytes().chunks(4).map(|c| String::from_utf8_lossy(c).into_owned()).collect()
    }

    /// Reads it back; upper and lower case, gaps and look-alikes are forgiven.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut number: u128 = 0;
        let mut letters = 0;
        for c in typed.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            };
            let value = CROCKFORD.iter().position(|b| char::from(*b) == c)?;
            // The first letter carries three bits.
            if letters == 0 && value > 7 {
                return None;
            }
            number = (number << 5) | u128::try_from(value).ok()?;
            letters += 1;
        }
        (letters == RECEIPT_LETTERS).then(|| Self(number.to_be_bytes()))
    }

    /// `HMAC-SHA-256(receipt, "<round>\n<plan>\n<i>")`: what is published of a pick. `i` is 1, or each of 1 to the points, or
    /// the place of a ranking.
    pub fn token(self, round: &str, plan: i64, i: u32) -> [u8; 32] {
        self.token_of(&format!("{round}\n{plan}\n{i}"))
    }

    /// [`Receipt::token`] of its message, for the browser.
    pub fn token_of(self, message: &str) -> [u8; 32] {
        // HMAC takes a key of any length; the other branch keeps the types total.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return [0; 32] };
        mac.update(message.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn receipts_come_back_and_forgive_look_alikes() {
        for bytes in [[0; 16], [255; 16], *b"abcdefghijklmnop"] {
            let receipt = Receipt(bytes);
            assert_eq!(receipt.text().len(), 26);
            assert_eq!(Receipt::parse(&receipt.groups().join(" ").to_lowercase()), Some(receipt));
        }
        let zero = Receipt([0; 16]);
        assert_eq!(Receipt::parse(&"O".repeat(26)), Some(zero));
        assert_eq!(Receipt::parse("0123"), None);
        assert_eq!(Receipt::parse(&"Z".repeat(26)), None);
        assert_ne!(zero.token("a", 1, 1), zero.token("a", 2, 1));
        assert_ne!(zero.token("a", 1, 1), zero.token("a", 1, 2));
    }
}
