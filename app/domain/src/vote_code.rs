//! Vote codes: random letters and figures on a letter, with a character that finds typing errors.

use crate::account::CODE_ALPHABET;
use std::fmt;

/// Random characters: 12 of five bits each, 60 bits.
pub const RANDOM: usize = 12;
/// Characters of a code, with the check character at the end.
pub const LENGTH: usize = RANDOM + 1;

/// A vote code, made uniform: upper case, without dashes. Its `Debug` shows nothing, so that no log can.
#[derive(Clone, PartialEq, Eq)]
pub struct VoteCode([u8; LENGTH]);

impl fmt::Debug for VoteCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VoteCode(..)")
    }
}

/// What is wrong with a code as it was typed. None of it tells whether a code exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misspelled {
    /// Nothing was typed.
    Missing,
    /// So many characters instead of [`LENGTH`].
    Length(usize),
    /// A character that is in no code.
    Character(char),
    /// The check character does not fit: a character is wrong, or two changed places.
    Check,
}

/// Multiplies in the field of 32 elements (polynomial x^5 + x^2 + 1).
fn times(mut a: u8, mut b: u8) -> u8 {
    let mut product = 0;
    while b > 0 {
        if b & 1 == 1 {
            product ^= a;
        }
        a = if a & 16 == 0 { a << 1 } else { (a << 1) ^ 0b10_0101 };
        b >>= 1;
    }
    product
}

/// The check value: the sum of each value times a power of x, in the field of 32 elements. The powers all differ and none
/// is zero, so every wrong character and every swap of two changes it (a Reed-Solomon code of one check symbol).
fn check(values: &[u8]) -> u8 {
    let mut power = 2;
    values.iter().fold(0, |sum, value| {
        let term = times(*value, power);
        power = times(power, 2);
        sum ^ term
    })
}

impl VoteCode {
    /// From random bytes; five bits of each are used.
    pub fn new(random: [u8; RANDOM]) -> Self {
        let values = random.map(|byte| byte & 31);
        let mut code = [0; LENGTH];
        for (at, value) in values.iter().enumerate() {
            code[at] = CODE_ALPHABET[usize::from(*value)];
        }
        code[RANDOM] = CODE_ALPHABET[usize::from(check(&values))];
        Self(code)
    }

    /// Reads what a hand typed or a camera saw: either case, with or without gaps and dashes, look-alikes forgiven.
    ///
    /// # Errors
    /// [`Misspelled`], the first that holds.
    pub fn parse(typed: &str) -> Result<Self, Misspelled> {
        let mut code = Vec::with_capacity(LENGTH);
        for c in typed.chars().filter(|c| !c.is_whitespace() && !"-.–—".contains(*c)) {
            let upper = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            };
            let byte =
                u8::try_from(upper).ok().filter(|b| CODE_ALPHABET.contains(b)).ok_or(Misspelled::Character(c))?;
            code.push(byte);
        }
        if code.is_empty() {
            return Err(Misspelled::Missing);
        }
        let count = code.len();
        let code: [u8; LENGTH] = code.try_into().map_err(|_| Misspelled::Length(count))?;
        let values = code.map(|byte| {
            CODE_ALPHABET.iter().position(|b| *b == byte).and_then(|at| u8::try_from(at).ok()).unwrap_or(0)
        });
        if check(&values[..RANDOM]) == values[RANDOM] { Ok(Self(code)) } else { Err(Misspelled::Check) }
    }

    /// Without gaps, as a link carries it behind its `#`.
    pub fn plain(&self) -> String {
        self.0.iter().map(|b| char::from(*b)).collect()
    }

    /// In groups, as it is printed: `7KQ2-M9XD-0A3F1`.
    pub fn grouped(&self) -> String {
        let plain = self.plain();
        format!("{}-{}-{}", &plain[..4], &plain[4..8], &plain[8..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn codes_forgive_and_tell_nothing_by_accident() {
        let code = VoteCode::new([0, 1, 2, 3, 10, 11, 12, 31, 30, 29, 255, 7]);
        assert_eq!(VoteCode::parse(&code.grouped()), Ok(code.clone()));
        assert_eq!(VoteCode::parse(&format!(" {} ", code.plain().to_lowercase())), Ok(code.clone()));
        let forgiven = code.plain().replace('0', "o").replace('1', "l");
        assert_eq!(VoteCode::parse(&forgiven), Ok(code.clone()));
        assert_eq!(format!("{code:?}"), "VoteCode(..)");
        assert_eq!(VoteCode::parse(" - "), Err(Misspelled::Missing));
        assert_eq!(VoteCode::parse("7KQ2"), Err(Misspelled::Length(4)));
        assert_eq!(VoteCode::parse(&format!("{}0", code.plain())), Err(Misspelled::Length(14)));
        assert_eq!(VoteCode::parse("7KQ2-U"), Err(Misspelled::Character('U')));
        assert_eq!(VoteCode::parse("é"), Err(Misspelled::Character('é')));
    }

    proptest! {
        #[test]
        fn every_wrong_character_and_every_swap_is_found(random: [u8; RANDOM], at in 0..LENGTH, other in 0usize..32, with in 0..LENGTH) {
            let code = VoteCode::new(random).plain();
            let mut wrong = code.clone().into_bytes();
            wrong[at] = CODE_ALPHABET[other];
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assert!(wrong == code || VoteCode::parse(&wrong) == Err(Misspelled::Check));
            let mut swapped = code.clone().into_bytes();
            // Swaps with the check character itself are found only where they are of neighbours in the sum.
            if at < RANDOM && with < RANDOM {
                swapped.swap(at, with);
                let swapped = String::from_utf8(swapped).unwrap();
                prop_assert!(swapped == code || VoteCode::parse(&swapped) == Err(Misspelled::Check));
            }
        }

        #[test]
        fn hostile_codes_never_panic(typed in "\\PC{0,60}") {
            let _ = VoteCode::parse(&typed);
        }
    }
}
