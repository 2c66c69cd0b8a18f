//! Setting a round up in steps: what each step asks, and what an administrator had better think over once more.
//!
//! Add a field: its name in [`SetUp::fields`], so that it travels along and an error leads to its step.

use crate::money::Cents;
use crate::time::{DAY, Seconds};

/// A screen of the set-up. The buurt is asked by itself, since money, themes and plans follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SetUp {
    /// In which buurt.
    Buurt,
    /// What it is about, and how much money.
    Money,
    /// How the ballot is filled in and counted.
    Ballot,
    /// Who votes, and when.
    Voters,
    /// Which plans.
    Plans,
    /// The ballot as residents will see it.
    Preview,
}

impl SetUp {
    /// In order.
    pub const ALL: [Self; 6] = [Self::Buurt, Self::Money, Self::Ballot, Self::Voters, Self::Plans, Self::Preview];
    /// Steps as people count them: the first has two screens.
    pub const STEPS: usize = 5;

    /// As in forms.
    pub fn key(self) -> &'static str {
        match self {
            Self::Buurt => "buurt",
            Self::Money => "geld",
            Self::Ballot => "stembiljet",
            Self::Voters => "stemmers",
            Self::Plans => "plannen",
            Self::Preview => "voorbeeld",
        }
    }

    /// From a form.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.key() == key)
    }

    /// Which step it is, from 1.
    pub fn number(self) -> usize {
        match self {
            Self::Buurt | Self::Money => 1,
            Self::Ballot => 2,
            Self::Voters => 3,
            Self::Plans => 4,
            Self::Preview => 5,
        }
    }

    /// What it asks.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Buurt => &["buurt"],
            Self::Money => &["theme", "title", "intro", "year", "pot"],
            Self::Ballot => &["form", "max_picks", "points", "points_each", "preset", "ties", "receipts"],
            Self::Voters => &["source", "opens", "closes"],
            Self::Plans => &["plan"],
            Self::Preview => &[],
        }
    }

    /// The screen that asks this field.
    pub fn asking(field: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.fields().contains(&field))
    }

    /// The screen before it.
    pub fn before(self) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|s| *s < self)
    }

    /// The screen after it.
    pub fn after(self) -> Option<Self> {
        Self::ALL.into_iter().find(|s| *s > self)
    }
}

/// The cheapest plan's cost, where not one plan fits into the pot: such a round would give nothing to anyone.
pub fn none_fits(pot: Cents, costs: impl IntoIterator<Item = Cents>) -> Option<Cents> {
    costs.into_iter().min().filter(|cheapest| *cheapest > pot)
}

/// What may be meant, but more likely is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// All plans together fit into the pot: there is nothing to choose.
    AllFit,
    /// So many plans cost more than the whole pot, and can never win.
    AbovePot(usize),
    /// Voting takes less than a week: so many whole days.
    Short(i64),
    /// Voting closes while people sleep.
    Night,
}

/// What to think over once more, by the pot, what each plan costs, the term, and the hour (in Amsterdam) of its end.
pub fn advice(pot: Cents, costs: &[Cents], (opens, closes): (Seconds, Seconds), closing_hour: i64) -> Vec<Advice> {
    let together: i64 = costs.iter().fold(0, |sum, c| sum.saturating_add(c.0));
    let above = costs.iter().filter(|c| **c > pot).count();
    [
        (together <= pot.0).then_some(Advice::AllFit),
        (above > 0).then_some(Advice::AbovePot(above)),
        (closes - opens < 7 * DAY).then_some(Advice::Short((closes - opens) / DAY)),
        (0..6).contains(&closing_hour).then_some(Advice::Night),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_one_step() {
        for step in SetUp::ALL {
            assert_eq!(SetUp::from_key(step.key()), Some(step));
            for field in step.fields() {
                assert_eq!(SetUp::asking(field), Some(step));
            }
        }
        assert_eq!(SetUp::Buurt.before(), None);
        assert_eq!(SetUp::Money.after(), Some(SetUp::Ballot));
        assert_eq!(SetUp::Preview.before(), Some(SetUp::Plans));
        assert_eq!(SetUp::Preview.after(), None);
    }

    #[test]
    fn a_pot_that_nothing_fits() {
        let costs = [Cents(300), Cents(200)];
        assert_eq!(none_fits(Cents(199), costs), Some(Cents(200)));
        assert_eq!(none_fits(Cents(200), costs), None);
        assert_eq!(none_fits(Cents(1), []), None);
    }

    #[test]
    fn what_to_think_over() {
        let week = (0, 7 * DAY);
        assert_eq!(advice(Cents(499), &[Cents(300), Cents(200)], week, 20), []);
        assert_eq!(advice(Cents(500), &[Cents(300), Cents(200)], week, 6), [Advice::AllFit]);
        assert_eq!(
            advice(Cents(250), &[Cents(300), Cents(200)], (0, 7 * DAY - 1), 0),
            [Advice::AbovePot(1), Advice::Short(6), Advice::Night]
        );
        assert_eq!(advice(Cents(250), &[Cents(200), Cents(200)], week, 5), [Advice::Night]);
    }
}
