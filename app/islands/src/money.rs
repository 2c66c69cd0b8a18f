//! Amounts as a Dutch reader expects them, in the browser as well.

/// `1370000` cents as `€ 13.700`; cents are shown only when there are any: `€ 0,50`.
/// The space does not break, so that a sign never hangs at the end of a line.
pub fn euro(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let whole = (cents.unsigned_abs() / 100).to_string();
    let rest = cents.unsigned_abs() % 100;
    let mut out = String::from("€\u{a0}");
    out.push_str(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    if rest > 0 {
        out.push(',');
        if rest < 10 {
            out.push('0');
        }
        out.push_str(&rest.to_string());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::euro;

    #[test]
    fn amounts_read_as_in_a_dutch_letter() {
        assert_eq!(euro(0), "€\u{a0}0");
        assert_eq!(euro(5), "€\u{a0}0,05");
        assert_eq!(euro(99_900), "€\u{a0}999");
        assert_eq!(euro(1_370_000), "€\u{a0}13.700");
        assert_eq!(euro(4_913_000_050), "€\u{a0}49.130.000,50");
        assert_eq!(euro(-120_000), "€\u{a0}-1.200");
        assert_eq!(euro(i64::MIN), "€\u{a0}-92.233.720.368.547.758,08");
    }
}
