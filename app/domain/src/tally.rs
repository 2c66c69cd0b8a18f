//! The count: how winners follow from ballots. Exact (integers and fractions decide, never a float), explained, and free of
//! I/O. `docs/count.md` has every rule in words with the source of each formula.
//!
//! An [`Election`] is what is counted, whatever it was read from: a round's paper and box, or a Pabulib file ([`pb`]).

pub mod ballots;
mod count;
mod election;
mod greedy;
mod measures;
mod outcome;
pub mod pb;
mod procedure;
mod shares;
mod ties;
mod what_if;

pub use count::{CountError, count, count_watched};
pub use election::{Election, Group, Limit, Plan, Profile, ProfileBuilder};
pub use measures::{Division, Measures, measures};
pub use outcome::{Decision, Fraction, Outcome, SharesDetail, Stage, Tie, Verdict};
pub use procedure::{Completion, Procedure, Rule, Scope, SubBudget, Ties, UnknownName, Utility, preset, presets};
pub use shares::{MOST_STEPS, TooManySteps};
pub use ties::lot;
pub use what_if::{Bound, Threshold, WhatIf, what_if};
