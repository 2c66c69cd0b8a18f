//! Bank numbers (IBAN) in texts: none is ever kept.

/// Length of an IBAN by country (ISO 13616 register).
const LENGTHS: &[(&str, usize)] = &[
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("AZ", 28),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BR", 29),
    ("BY", 28),
    ("CH", 21),
    ("CR", 22),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("DO", 28),
    ("EE", 20),
    ("EG", 29),
    ("ES", 24),
    ("FI", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("GT", 28),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IQ", 23),
    ("IS", 26),
    ("IT", 27),
    ("JO", 30),
    ("KW", 30),
    ("KZ", 20),
    ("LB", 28),
    ("LC", 32),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("LY", 25),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MR", 27),
    ("MT", 31),
    ("MU", 30),
    ("NL", 18),
    ("NO", 15),
    ("PK", 24),
    ("PL", 28),
    ("PS", 29),
    ("PT", 25),
    ("QA", 29),
    ("RO", 24),
    ("RS", 22),
    ("SA", 24),
    ("SC", 31),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("ST", 25),
    ("SV", 28),
    ("TL", 23),
    ("TN", 24),
    ("TR", 26),
    ("UA", 29),
    ("VA", 22),
    ("VG", 24),
    ("XK", 20),
];

/// Whether a text holds an IBAN whose check digits are right, however it is spaced or parted by signs.
pub fn has_bank_number(text: &str) -> bool {
    let signs: Vec<u8> = text.chars().filter_map(plain).collect();
    (0..signs.len()).any(|at| is_iban(&signs[at..]))
}

/// Capital letter or digit; wide forms as the plain ones; what only parts is left out.
fn plain(c: char) -> Option<u8> {
    let c = match c {
        '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
            char::from_u32(u32::from(c) - 0xfee0)?
        }
        c => c,
    };
    c.is_ascii_alphanumeric().then(|| c.to_ascii_uppercase() as u8)
}

fn is_iban(signs: &[u8]) -> bool {
    let Some((start, _)) = signs.split_at_checked(4) else { return false };
    if !start[..2].iter().all(u8::is_ascii_uppercase) || !start[2..].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let Some((_, length)) = LENGTHS.iter().find(|(country, _)| country.as_bytes() == &start[..2]) else { return false };
    let Some(iban) = signs.get(..*length) else { return false };
    // Words after a number such as 'nl12' are no account: every country's holds a row of digits.
    iban[4..].iter().filter(|s| s.is_ascii_digit()).count() >= 6 && remainder(iban) == 1
}

/// ISO 7064 mod 97-10: the first four signs behind the others, letters as 10 to 35.
fn remainder(iban: &[u8]) -> u32 {
    iban[4..].iter().chain(&iban[..4]).fold(0, |rest, sign| match sign {
        b'0'..=b'9' => (rest * 10 + u32::from(sign - b'0')) % 97,
        letter => (rest * 100 + u32::from(letter - b'A') + 10) % 97,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bank_numbers_are_found() {
        for text in [
            "NL91ABNA0417164300",
            "Maak over op nl91 abna 0417 1643 00 graag",
            "IBAN:NL91-ABNA-0417-1643-00.",
            "rekeningNL91\nABNA\u{a0}0417.1643.00",
            "ＮＬ９１ABNA0417164300",
            "BE68 5390 0754 7034",
            "DE89370400440532013000",
            "GB29 NWBK 6016 1331 9268 19",
            "x1 NL91ABNA0417164300 en meer",
        ] {
            assert!(has_bank_number(text), "{text}");
        }
        for text in [
            "",
            "NL91ABNA0417164301",
            "Bel 020 14020, of kom naar NL12 de grote zaal van het buurthuis",
            "Factuur 2026-0417164300 van NL91",
            "KvK 12345678, btw NL001234567B01",
            "De éénentwintigste ruit",
        ] {
            assert!(!has_bank_number(text), "{text}");
        }
    }
}
