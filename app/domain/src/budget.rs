//! The wijkaanpak budget and the participation share: ceiling, funded and room, never mixed.

use crate::money::Cents;

/// 10 % in basis points: the share's ceiling unless an administrator lowered it (wijkaanpak plan 2007).
pub const DEFAULT_BASIS_POINTS: i64 = 1000;

/// One cell of the printed table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Printed, may be zero.
    Known(Cents),
    /// 'pro memorie': there will be an amount, not yet known.
    Pm,
    /// Nothing was printed.
    Empty,
}

impl Amount {
    /// Reads whole euros, `pm` or nothing.
    ///
    /// # Errors
    /// The text itself when it is none of these.
    pub fn parse(cell: &str) -> Result<Self, String> {
        match cell.trim() {
            "" => Ok(Self::Empty),
            pm if pm.eq_ignore_ascii_case("pm") => Ok(Self::Pm),
            text => Cents::parse(text).map(Self::Known).map_err(|_| text.to_owned()),
        }
    }

    /// What it adds to a total.
    pub fn known(self) -> Cents {
        if let Self::Known(cents) = self { cents } else { Cents::ZERO }
    }
}

/// A sum over lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// Sum of what is known.
    pub known: Cents,
    /// A `pm` among the lines makes the sum 'at least'.
    pub at_least: bool,
}

impl Total {
    /// Sums lines up.
    pub fn of(lines: impl IntoIterator<Item = Amount>) -> Self {
        lines.into_iter().fold(Self::default(), |total, line| Self {
            known: total.known + line.known(),
            at_least: total.at_least || line == Amount::Pm,
        })
    }
}

/// The participation share of a wijk (or city) and year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Total programme cost.
    pub cost: Total,
    /// Percentage of the cost, never above 10 %.
    pub ceiling: Cents,
    /// What the 'Bewonersparticipatie' lines name.
    pub earmarked: Cents,
    /// Really moved in from programme lines.
    pub funded: Cents,
    /// Of the funded money: given to pots and plans.
    pub allotted: Cents,
}

impl Share {
    /// Funded and not yet allotted.
    pub fn left(&self) -> Cents {
        self.funded - self.allotted
    }

    /// What could still be funded under the ceiling.
    pub fn room(&self) -> Cents {
        self.ceiling - self.funded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pm_is_not_zero_and_empty_is_not_pm() {
        assert_eq!(Amount::parse("pm"), Ok(Amount::Pm));
        assert_eq!(Amount::parse(" "), Ok(Amount::Empty));
        assert_eq!(Amount::parse("0"), Ok(Amount::Known(Cents::ZERO)));
        assert_eq!(Amount::parse("veel"), Err("veel".into()));
        let total = Total::of([Amount::Known(Cents(5)), Amount::Pm, Amount::Empty]);
        assert_eq!(total, Total { known: Cents(5), at_least: true });
        assert!(!Total::of([Amount::Empty]).at_least);
    }
}
