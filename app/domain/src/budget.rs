//! The wijkaanpak budget and the participation share: ceiling, funded and room, never mixed.

use crate::initiative::State;
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

/// What plans of a wijk in one state ask together while they wait for money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asking {
    /// Their state.
    pub state: State,
    /// How many.
    pub plans: i64,
    /// Of those: whose cost is not known yet. They add nothing to the sums.
    pub unknown: i64,
    /// Least they can be done for.
    pub minimum: Cents,
    /// What they would best have.
    pub desired: Cents,
}

/// Whether what is asked can be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Within what is left.
    Left,
    /// So much more than is left, and still below the ceiling when that is put in.
    Room(Cents),
    /// So much above the ceiling, even when everything is put in.
    Beyond(Cents),
}

/// What happens to a share when all plans that wait for money go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// By state, in the order of the road; none without plans.
    pub states: Vec<Asking>,
    /// All plans together.
    pub plans: i64,
    /// Of those: whose cost is not known, so that the sums are 'at least'.
    pub unknown: i64,
    /// Least they can be done for.
    pub minimum: Cents,
    /// What they would best have.
    pub desired: Cents,
    /// Among the allotted money: set aside in pots for plans on a ballot, and not given to any plan yet.
    pub in_pots: Cents,
    /// A `pm` among the costs makes the ceiling 'at least'.
    pub ceiling_at_least: bool,
    /// Whether the least amounts fit.
    pub least: Fit,
    /// Whether the best amounts fit.
    pub best: Fit,
}

impl Forecast {
    /// Works it out. What lies in a pot is allotted, but waits for the same plans that are counted here.
    pub fn of(share: &Share, in_pots: Cents, asking: impl IntoIterator<Item = Asking>) -> Self {
        let mut states: Vec<Asking> = asking.into_iter().filter(|a| a.plans > 0).collect();
        states.sort_by_key(|a| State::ALL.iter().position(|s| *s == a.state));
        let minimum = states.iter().map(|a| a.minimum).sum();
        let desired = states.iter().map(|a| a.desired).sum();
        let fit = |asked: Cents| {
            let over = asked - (share.left() + in_pots);
            if over <= Cents::ZERO {
                Fit::Left
            } else if over <= share.room() {
                Fit::Room(over)
            } else {
                Fit::Beyond(over - share.room())
            }
        };
        Self {
            plans: states.iter().map(|a| a.plans).sum(),
            unknown: states.iter().map(|a| a.unknown).sum(),
            minimum,
            desired,
            in_pots,
            ceiling_at_least: share.cost.at_least,
            least: fit(minimum),
            best: fit(desired),
            states,
        }
    }

    /// What the plans would best have beside what lies in pots for them.
    pub fn beside_pots(&self) -> Cents {
        (self.desired - self.in_pots).max(Cents::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(state: State, plans: i64, unknown: i64, minimum: i64, desired: i64) -> Asking {
        Asking { state, plans, unknown, minimum: Cents(minimum), desired: Cents(desired) }
    }

    /// A ceiling of 1000, of which 600 was put in and 400 is allotted: 200 is left, and 400 can be added.
    fn share() -> Share {
        Share { ceiling: Cents(1000), funded: Cents(600), allotted: Cents(400), ..Share::default() }
    }

    #[test]
    fn what_plans_ask_fits_into_what_is_left_or_below_the_ceiling_or_goes_beyond_it() {
        let one = |minimum, desired| {
            let forecast = Forecast::of(&share(), Cents::ZERO, [asking(State::Feasible, 1, 0, minimum, desired)]);
            (forecast.least, forecast.best)
        };
        assert_eq!(one(0, 200), (Fit::Left, Fit::Left), "to the cent");
        assert_eq!(one(200, 201), (Fit::Left, Fit::Room(Cents(1))));
        assert_eq!(one(201, 600), (Fit::Room(Cents(1)), Fit::Room(Cents(400))));
        assert_eq!(one(600, 601), (Fit::Room(Cents(400)), Fit::Beyond(Cents(1))));
        // More was put in than a later budget allows: nothing can be added, and what is left is left.
        let lowered = Share { ceiling: Cents(500), ..share() };
        let over = |desired| Forecast::of(&lowered, Cents::ZERO, [asking(State::Feasible, 1, 0, 0, desired)]).best;
        assert_eq!((over(200), over(201)), (Fit::Left, Fit::Beyond(Cents(101))));
    }

    #[test]
    fn a_pot_is_not_counted_twice() {
        // 300 of the allotted 400 lie in a pot, and the plans on its ballot ask 450.
        let forecast = Forecast::of(&share(), Cents(300), [asking(State::OnBallot, 3, 0, 350, 450)]);
        assert_eq!((forecast.best, forecast.beside_pots()), (Fit::Left, Cents(150)));
        let more = [asking(State::OnBallot, 3, 0, 350, 450), asking(State::Published, 1, 0, 500, 500)];
        let forecast = Forecast::of(&share(), Cents(300), more);
        assert_eq!((forecast.least, forecast.best), (Fit::Room(Cents(350)), Fit::Beyond(Cents(50))));
        // What a ballot does not need comes back to the others.
        let less = [asking(State::OnBallot, 1, 0, 100, 100), asking(State::Published, 1, 0, 400, 400)];
        assert_eq!(Forecast::of(&share(), Cents(300), less).best, Fit::Left);
    }

    #[test]
    fn plans_of_unknown_cost_are_counted_and_states_stand_in_the_order_of_the_road() {
        let none = asking(State::Submitted, 0, 0, 0, 0);
        let all = [asking(State::OnBallot, 1, 0, 5, 6), asking(State::Published, 3, 2, 10, 20), none];
        let pm = Share { cost: Total { known: Cents(1), at_least: true }, ..share() };
        let forecast = Forecast::of(&pm, Cents::ZERO, all);
        assert_eq!((forecast.plans, forecast.unknown), (4, 2));
        assert_eq!((forecast.minimum, forecast.desired), (Cents(15), Cents(26)));
        assert!(forecast.ceiling_at_least);
        assert_eq!(forecast.states.iter().map(|a| a.state).collect::<Vec<_>>(), [State::Published, State::OnBallot]);
        let nothing = Forecast::of(&share(), Cents::ZERO, []);
        assert_eq!((nothing.plans, nothing.best, nothing.ceiling_at_least), (0, Fit::Left, false));
    }

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
