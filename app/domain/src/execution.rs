//! What happens with a plan once it has money: agreement, payments in parts, milestones (steps), changes and the final account.
//!
//! Here are the states and the rules about money and people; acts are in `services::execution`. To add a state of an
//! instalment: the enum, the CHECK of its table, and a text `run-stage-<key>`.

mod iban;

pub use iban::has_bank_number;

use crate::form::{Problem, Raw};
use crate::money::Cents;

/// Above this an instalment, a commitment or a final account takes two people, unless an administrator set another.
pub const DEFAULT_PAYMENT_LIMIT: Cents = Cents::euros(1000);
/// No administrator sets it higher than this.
pub const MOST_PAYMENT_LIMIT: Cents = Cents::euros(10_000);
/// Partners of one plan.
pub const PARTNERS: usize = 8;
/// Milestones of one plan.
pub const MILESTONES: usize = 40;
/// Instalments of one plan, under way or paid.
pub const INSTALMENTS: usize = 60;
/// Photos of one milestone.
pub const PHOTOS: usize = 4;
/// Receipts of one final account.
pub const RECEIPTS: usize = 12;
/// Lines of one final account.
pub const LINES: usize = 20;
/// Reminders of one milestone, at most.
pub const REMINDERS: i64 = 3;
/// Days between two of them.
pub const REMINDER_DAYS: i64 = 7;
/// A day that is named lies no further ahead than so many days.
pub const AHEAD_DAYS: i64 = 5 * 366;
/// Kinds of partners; texts are `run-partner-<key>`.
pub const PARTNER_KINDS: &[&str] = &["housing", "school", "residents", "welfare", "business", "city", "other"];

macro_rules! states {
    ($(#[$of:meta])* $type:ident { $($(#[$doc:meta])* $name:ident = $key:literal),+ $(,)? }) => {
        $(#[$of])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $type { $($(#[$doc])* $name),+ }
        impl $type {
            /// Every one, in the order of the road.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];
            /// As stored, and in texts.
            pub fn key(self) -> &'static str { match self { $(Self::$name => $key),+ } }
            /// From storage or a form.
            pub fn from_key(key: &str) -> Option<Self> { match key { $($key => Some(Self::$name),)+ _ => None } }
        }
    };
}

states! {
    /// Where an instalment stands.
    InstalmentState {
        /// Waits for a second person.
        Prepared = "prepared",
        /// May be ordered, once its milestone is confirmed.
        Approved = "approved",
        /// Given out to the finance system.
        Ordered = "ordered",
        /// The finance system says that it was paid.
        Paid = "paid",
        /// A colleague or the finance system said no; it can be prepared again.
        Refused = "refused",
        /// Taken back, or the plan was stopped.
        Void = "void",
    }
}

impl InstalmentState {
    /// Its money is spoken for: under way, or paid.
    pub fn holds_money(self) -> bool {
        !matches!(self, Self::Refused | Self::Void)
    }

    /// Under way: spoken for, and not paid.
    pub fn is_open(self) -> bool {
        self.holds_money() && self != Self::Paid
    }

    /// The states one act can lead to from here; anything else is refused.
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Prepared => &[Self::Approved, Self::Refused, Self::Void],
            Self::Approved => &[Self::Ordered, Self::Refused, Self::Void],
            // The finance system has it: it alone says what becomes of it.
            Self::Ordered => &[Self::Paid, Self::Refused],
            Self::Refused => &[Self::Prepared, Self::Approved, Self::Void],
            Self::Paid | Self::Void => &[],
        }
    }
}

states! {
    /// Where a milestone (a step) stands.
    StepState {
        /// Not done yet.
        Open = "open",
        /// Its makers say that it is done.
        Done = "done",
        /// The stadsdeel saw it.
        Confirmed = "confirmed",
    }
}

/// The money of one plan, in cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purse {
    /// Given to the plan, and not promised to its makers.
    pub reserved: Cents,
    /// Promised, and not paid.
    pub committed: Cents,
    /// The part of it that instalments under way speak for.
    pub open: Cents,
    /// Paid.
    pub paid: Cents,
    /// Went back to the share, altogether.
    pub returned: Cents,
}

impl Purse {
    /// Promised, and free for another instalment.
    pub fn left(&self) -> Cents {
        self.committed - self.open
    }
}

/// What a final account makes of what was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Goes back to the share out of what was promised and not paid.
    pub back: Cents,
    /// Was paid and not spent: the makers give it back first.
    pub owed: Cents,
    /// Was spent and not paid: an instalment of this much comes first.
    pub to_pay: Cents,
}

/// Settles what was spent against what is still promised and what was paid.
pub fn settle(committed: Cents, paid: Cents, spent: Cents) -> Settled {
    if spent > paid {
        let to_pay = (spent - paid).min(committed);
        Settled { back: committed - to_pay, owed: Cents::ZERO, to_pay }
    } else {
        Settled { back: committed, owed: paid - spent, to_pay: Cents::ZERO }
    }
}

/// Whether it takes two people to let this much go out, where others of the plan went out on one signature before: parts of a
/// large payment are no small payments.
pub fn by_two(amount: Cents, on_one_signature: Cents, limit: Cents) -> bool {
    amount + on_one_signature > limit
}

/// Our reference of an instalment, as the finance system gets it; another one each time it is tried.
pub fn reference(instalment: i64, attempt: i64) -> String {
    format!("FB-{instalment:06}-{attempt}")
}

/// Instalment and try of a reference as it comes back; `None` for anything else.
pub fn read_reference(text: &str) -> Option<(i64, i64)> {
    let upper = text.trim().to_ascii_uppercase();
    let (instalment, attempt) = upper.strip_prefix("FB-")?.split_once('-')?;
    let number = |digits: &str| {
        (!digits.is_empty() && digits.len() <= 15 && digits.bytes().all(|b| b.is_ascii_digit()))
            .then(|| digits.parse::<i64>().ok())
            .flatten()
            .filter(|n| *n > 0)
    };
    Some((number(instalment)?, number(attempt)?))
}

/// Text of a form about money: as [`Raw::text`], and with no bank number in it.
///
/// # Errors
/// As [`Raw::text`], or [`Problem::BankNumber`].
pub fn text(raw: &Raw, name: &str, max: usize) -> Result<String, Problem> {
    without_bank_number(raw.text(name, max)?)
}

/// As [`text`], where empty is fine.
///
/// # Errors
/// As [`Raw::optional_text`], or [`Problem::BankNumber`].
pub fn optional_text(raw: &Raw, name: &str, max: usize) -> Result<String, Problem> {
    without_bank_number(raw.optional_text(name, max)?)
}

fn without_bank_number(text: String) -> Result<String, Problem> {
    if has_bank_number(&text) { Err(Problem::BankNumber) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_come_back() {
        for &state in InstalmentState::ALL {
            assert_eq!(InstalmentState::from_key(state.key()), Some(state));
            // Nothing that holds no money can become paid in one go.
            assert!(state.holds_money() || !state.next().contains(&InstalmentState::Paid));
        }
        for &state in StepState::ALL {
            assert_eq!(StepState::from_key(state.key()), Some(state));
        }
    }

    #[test]
    fn an_account_settles() {
        let euros = Cents::euros;
        let settled = |back, owed, to_pay| Settled { back, owed, to_pay };
        assert_eq!(settle(Cents(31_240), euros(2000), euros(2000)), settled(Cents(31_240), euros(0), euros(0)));
        assert_eq!(settle(euros(500), euros(100), euros(300)), settled(euros(300), euros(0), euros(200)));
        assert_eq!(settle(euros(0), euros(100), euros(60)), settled(euros(0), euros(40), euros(0)));
        assert_eq!(settle(euros(50), euros(100), euros(900)), settled(euros(0), euros(0), euros(50)));
    }

    #[test]
    fn parts_of_a_large_payment_are_no_small_ones() {
        let limit = DEFAULT_PAYMENT_LIMIT;
        assert!(!by_two(limit, Cents::ZERO, limit));
        assert!(by_two(limit, Cents(1), limit));
        assert!(by_two(Cents::euros(600), Cents::euros(600), limit));
    }

    #[test]
    fn references_come_back() {
        assert_eq!(read_reference(&reference(12, 3)), Some((12, 3)));
        assert_eq!(read_reference(" fb-000012-1 "), Some((12, 1)));
        for wrong in ["", "FB", "FB-12", "FB--1", "FB-0-1", "FB-1-x", "FB-99999999999999999-1", "12"] {
            assert_eq!(read_reference(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost_in_settling(committed in 0i64..10_000, paid in 0i64..10_000, spent in 0i64..20_000) {
            let s = settle(Cents(committed), Cents(paid), Cents(spent));
            prop_assert_eq!(s.back + s.to_pay, Cents(committed));
            prop_assert!(s.owed == Cents::ZERO || s.to_pay == Cents::ZERO);
            prop_assert!(s.owed <= Cents(paid));
        }

        #[test]
        fn hostile_texts_are_answered(text in "\\PC{0,200}") {
            let _ = (read_reference(&text), has_bank_number(&text));
        }
    }
}
