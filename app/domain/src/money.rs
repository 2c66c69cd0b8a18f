//! Euro amounts as whole cents.

use serde::{Deserialize, Serialize};
use std::iter::Sum;
use std::ops::{Add, Sub};

/// An amount in euro cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cents(pub i64);

/// Why a typed amount is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Holds something else than digits, dots and a comma.
    #[error("not an amount")]
    NotAnAmount,
    /// More than a hundred million euro: surely a slip.
    #[error("too large")]
    TooLarge,
}

impl Cents {
    /// No money.
    pub const ZERO: Self = Self(0);
    /// The largest amount a form takes: 100 million euro.
    pub const MAX_TYPED: Self = Self(10_000_000_000);

    /// Whole euros as cents.
    pub const fn euros(euros: i64) -> Self {
        Self(euros * 100)
    }

    /// Reads an amount as people type it: `1500`, `1.500`, `€ 1.500,50`, `1500.5`.
    ///
    /// # Errors
    /// [`MoneyError`] when it is no amount, is negative, or is beyond [`Cents::MAX_TYPED`].
    pub fn parse(typed: &str) -> Result<Self, MoneyError> {
        let text: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '€').collect();
        let text = text.trim_end_matches(",-").trim_end_matches(",--");
        if text.is_empty() || text.len() > 20 || !text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',') {
            return Err(MoneyError::NotAnAmount);
        }
        // The last mark is the decimal one when one or two digits follow it; else it parts thousands.
        let (whole, decimals) = match text.rfind([',', '.']) {
            Some(at) if (1..=2).contains(&(text.len() - at - 1)) => (&text[..at], &text[at + 1..]),
            _ => (text, ""),
        };
        // '1,345' is a slip in Dutch: nobody should pay a thousand times as much for it.
        if decimals.is_empty() && whole.matches(',').count() == 1 && !whole.contains('.') {
            return Err(MoneyError::NotAnAmount);
        }
        let groups: Vec<&str> = whole.split(['.', ',']).collect();
        // '0,001' is no thousand of anything.
        let thousands = groups.len() > 1;
        if groups[0].is_empty() || groups[1..].iter().any(|g| g.len() != 3) || thousands && groups[0].starts_with('0') {
            return Err(MoneyError::NotAnAmount);
        }
        let euros: i64 = groups.concat().parse().map_err(|_| MoneyError::TooLarge)?;
        let cents: i64 = match decimals.len() {
            0 => 0,
            1 => decimals.parse::<i64>().map_err(|_| MoneyError::NotAnAmount)? * 10,
            _ => decimals.parse().map_err(|_| MoneyError::NotAnAmount)?,
        };
        let total = euros.checked_mul(100).and_then(|e| e.checked_add(cents)).ok_or(MoneyError::TooLarge)?;
        if total > Self::MAX_TYPED.0 { Err(MoneyError::TooLarge) } else { Ok(Self(total)) }
    }

    /// Basis points of this amount, rounded down to the cent: 1000 of € 20.375.000 is € 2.037.500.
    pub fn basis_points(self, points: i64) -> Self {
        let wide = i128::from(self.0) * i128::from(points) / 10_000;
        Self(i64::try_from(wide).unwrap_or(i64::MAX))
    }

    /// This as a share of `whole` in tenths of a percent, rounded half up; `None` for a whole of zero.
    pub fn permille_of(self, whole: Self) -> Option<i64> {
        (whole.0 > 0).then(|| {
            i64::try_from((i128::from(self.0) * 2000 + i128::from(whole.0)) / (i128::from(whole.0) * 2))
                .unwrap_or(i64::MAX)
        })
    }
}

impl Add for Cents {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Cents {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Sum for Cents {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_type() {
        for (typed, cents) in [
            ("1500", 150_000),
            ("1.500", 150_000),
            ("€ 1.500,50", 150_050),
            ("12,5", 1250),
            ("0", 0),
            ("49.130.000", 4_913_000_000),
            ("25,-", 2500),
        ] {
            assert_eq!(Cents::parse(typed), Ok(Cents(cents)), "{typed}");
        }
        for typed in ["", "veel", "-5", "1.50.0", "1,2,3,4", ".", ",5", "0,001", "01.500"] {
            assert_eq!(Cents::parse(typed), Err(MoneyError::NotAnAmount), "{typed}");
        }
        assert_eq!(Cents::parse("99999999999"), Err(MoneyError::TooLarge));
    }

    #[test]
    fn ceilings_of_the_printed_budget() {
        assert_eq!(Cents::euros(20_375_000).basis_points(1000), Cents::euros(2_037_500));
        assert_eq!(Cents::euros(7_149_000).basis_points(1000), Cents::euros(714_900));
        assert_eq!(Cents::euros(1_250_000).permille_of(Cents::euros(49_130_000)), Some(25));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in "\\PC{0,30}") {
            let _ = Cents::parse(&text);
        }

        #[test]
        fn plain_cents_come_back(euros in 0i64..1_000_000, cents in 0i64..100) {
            prop_assert_eq!(Cents::parse(&format!("{euros},{cents:02}")), Ok(Cents(euros * 100 + cents)));
        }
    }
}
