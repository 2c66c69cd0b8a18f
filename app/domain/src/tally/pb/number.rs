//! Numbers as people write them, read exactly.

use std::cmp::Ordering;
use std::fmt;

/// Most digits a number may have, zeros at its ends aside.
const MOST_DIGITS: usize = 18;
/// Longest text taken for a number.
const LONGEST: usize = 60;

/// An exact number: `digits` / 10^`decimals`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Decimal {
    pub digits: i128,
    pub decimals: u32,
}

/// Why a text is no number that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Unreadable,
    Negative,
    /// Both 1234 and 1.234.
    Ambiguous,
    TooLong,
}

impl Decimal {
    /// Which of the two is larger, whatever their decimals.
    pub fn compare(self, other: Self) -> Ordering {
        let left = self.digits.saturating_mul(power(other.decimals));
        left.cmp(&other.digits.saturating_mul(power(self.decimals)))
    }

    /// As a whole number of 10^-`decimals`; `None` when it has more decimals than that, or is more than `most`.
    pub fn scaled(self, decimals: u32, most: i64) -> Option<i64> {
        let factor = power(decimals.checked_sub(self.decimals)?);
        i64::try_from(self.digits.checked_mul(factor)?).ok().filter(|scaled| *scaled <= most)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = power(self.decimals);
        write!(f, "{}", self.digits / unit)?;
        let rest = (self.digits % unit).unsigned_abs();
        if rest == 0 {
            return Ok(());
        }
        let rest = format!("{rest:0width$}", width = self.decimals as usize);
        write!(f, ".{}", rest.trim_end_matches('0'))
    }
}

/// Stops growing where `i128` ends: only sums of absurd numbers come near.
fn power(exponent: u32) -> i128 {
    10_i128.checked_pow(exponent).unwrap_or(i128::MAX)
}

/// A number with a point before its decimals: `1234.5`, and what programs write: `1e+05`.
pub(super) fn plain(text: &str) -> Result<Decimal, Fault> {
    let text = text.trim();
    if text.len() > LONGEST {
        return Err(if is_long_number(text) { Fault::TooLong } else { Fault::Unreadable });
    }
    let (negative, body) = sign(text);
    let (mantissa, exponent) = match body.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
        None => (body, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    number(whole, fraction, exponent, negative)
}

/// An amount of money: also with a decimal comma, and with marks between thousands, where there is one way to read it. The
/// flag tells that it looks like thousands with a point (`1.234`) and was read as decimals, as the format has it.
pub(super) fn amount(text: &str) -> Result<(Decimal, bool), Fault> {
    let text = text.trim();
    if text.len() > LONGEST || text.contains(['e', 'E']) {
        return plain(text).map(|number| (number, false));
    }
    let (negative, body) = sign(text);
    let groups: Vec<&str> = body.split(|c: char| !c.is_ascii_digit()).collect();
    let marks: Vec<Mark> =
        body.chars().filter(|c| !c.is_ascii_digit()).map(mark).collect::<Option<_>>().ok_or(Fault::Unreadable)?;
    let last = groups.len() - 1;
    let like_thousands = are_thousands(&groups);
    let (whole, fraction) = match marks.as_slice() {
        [] => (body.to_string(), ""),
        [Mark::Comma] if like_thousands => return Err(Fault::Ambiguous),
        [Mark::Comma | Mark::Point] => (groups[0].to_string(), groups[1]),
        [first, middle @ ..] if like_thousands && middle.iter().all(|m| m == first) => (groups.concat(), ""),
        [first, middle @ .., Mark::Comma | Mark::Point]
            if marks.last() != Some(first) && middle.iter().all(|m| m == first) && are_thousands(&groups[..last]) =>
        {
            (groups[..last].concat(), groups[last])
        }
        _ => return Err(Fault::Unreadable),
    };
    let number = number(&whole, fraction, 0, negative)?;
    Ok((number, marks == [Mark::Point] && like_thousands))
}

/// What may stand between digits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Point,
    Comma,
    /// A space of any width.
    Space,
    Apostrophe,
}

fn mark(c: char) -> Option<Mark> {
    match c {
        '.' => Some(Mark::Point),
        ',' => Some(Mark::Comma),
        ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' => Some(Mark::Space),
        '\'' | '\u{2019}' => Some(Mark::Apostrophe),
        _ => None,
    }
}

/// `1`, `234`, `567`: one to three digits, then threes; not beginning with 0.
fn are_thousands(groups: &[&str]) -> bool {
    let (first, rest) = groups.split_first().unwrap_or((&"", &[]));
    (1..=3).contains(&first.len()) && !first.starts_with('0') && rest.iter().all(|group| group.len() == 3)
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    }
}

fn parse_exponent(text: &str) -> Result<i32, Fault> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Fault::Unreadable);
    }
    text.parse().map_err(|_| Fault::TooLong)
}

fn is_long_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

fn number(whole: &str, fraction: &str, exponent: i32, negative: bool) -> Result<Decimal, Fault> {
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
        return Err(Fault::Unreadable);
    }
    let digits = format!("{whole}{fraction}");
    let kept = digits.trim_end_matches('0');
    // Digits after the point once the zeros at the end are gone; below zero when zeros before the point went too.
    let mut decimals = fraction.len() as i32 - (digits.len() - kept.len()) as i32;
    decimals = decimals.checked_sub(exponent).ok_or(Fault::TooLong)?;
    let kept = kept.trim_start_matches('0');
    if kept.is_empty() {
        return Ok(Decimal::default());
    }
    if negative {
        return Err(Fault::Negative);
    }
    let zeros = decimals.min(0).unsigned_abs() as usize;
    if kept.len().saturating_add(zeros) > MOST_DIGITS || decimals > MOST_DIGITS as i32 {
        return Err(Fault::TooLong);
    }
    let value: i128 = kept.parse().map_err(|_| Fault::Unreadable)?;
    Ok(Decimal { digits: value * power(zeros as u32), decimals: decimals.max(0) as u32 })
}
