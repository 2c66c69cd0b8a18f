//! Amounts as the reader of the page expects them, in the browser as well.

/// `1370000` cents as `€ 13.700`; cents are shown only when there are any: `€ 0,50`. `marks` is what stands after the sign
/// (a space that does not break, or nothing), and then the marks of thousands and of cents: `\u{a0}.,` in Dutch.
pub fn euro(cents: i64, marks: &str) -> String {
    let mut marks: Vec<char> = marks.chars().collect();
    let point = marks.pop().unwrap_or(',');
    let group = marks.pop().unwrap_or('.');
    let whole = (cents.unsigned_abs() / 100).to_string();
    let rest = cents.unsigned_abs() % 100;
    let mut out = String::from("€");
    out.extend(marks);
    if cents < 0 {
        out.push('-');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    if rest > 0 {
        out.push(point);
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
    fn amounts_read_as_in_a_letter() {
        let dutch = |cents| euro(cents, "\u{a0}.,");
        assert_eq!(dutch(0), "€\u{a0}0");
        assert_eq!(dutch(5), "€\u{a0}0,05");
        assert_eq!(dutch(99_900), "€\u{a0}999");
        assert_eq!(dutch(1_370_000), "€\u{a0}13.700");
        assert_eq!(dutch(4_913_000_050), "€\u{a0}49.130.000,50");
        assert_eq!(dutch(-120_000), "€\u{a0}-1.200");
        assert_eq!(dutch(i64::MIN), "€\u{a0}-92.233.720.368.547.758,08");
        assert_eq!(euro(1_370_050, ",."), "€13,700.50");
    }
}
