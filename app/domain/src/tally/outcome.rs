//! What a count gives: who won, in which order, and for each plan how it was decided.

use num_bigint::BigInt;
use num_rational::BigRational;
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;

/// An exact fraction; written `5/3`, or `5` when it is whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fraction(pub BigRational);

impl Fraction {
    /// `numerator / denominator`; the denominator must not be 0.
    pub fn new(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> Self {
        Self(BigRational::new(numerator.into(), denominator.into()))
    }

    /// Rounded down to a whole number; `i64::MAX` beyond it.
    pub fn floor(&self) -> i64 {
        i64::try_from(self.0.floor().to_integer()).unwrap_or(i64::MAX)
    }

    /// Rounded up to a whole number; `i64::MAX` beyond it.
    pub fn ceil(&self) -> i64 {
        i64::try_from(self.0.ceil().to_integer()).unwrap_or(i64::MAX)
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Fraction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// In which part of the count a plan was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Before any count: free, withdrawn, without votes, dearer than the budget.
    Before,
    /// In the sub-budget at this place of the procedure.
    Part(usize),
    /// In the count of the whole.
    Whole,
    /// In the greedy fill of what Equal Shares left.
    Fill,
}

/// What became of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It won.
    Funded,
    /// It costs more than what was left when its turn came.
    DidNotFit,
    /// The count had stopped before its turn.
    AfterStop,
    /// Its supporters together had less left than it costs.
    NotPaid,
    /// Nobody chose it.
    NoVotes,
    /// It costs more than the whole budget. The other name stands in results of before the count had other rules.
    #[serde(alias = "above_pot")]
    AboveBudget,
    /// It was withdrawn after the paper was frozen.
    Withdrawn,
}

/// How Equal Shares decided on a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SharesDetail {
    /// What its supporters together had just before it was bought; for a loser, at the end. Smallest units.
    pub supporters_left: Fraction,
    /// What each supporter with enough money paid, per point where ballots give points; for a winner only. Smallest units.
    pub price: Option<Fraction>,
    /// Cost divided by price: the supporters that could still pay in full, counted as in the paper; for a winner only.
    pub effective_votes: Option<Fraction>,
}

/// How a plan was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Index of the plan.
    pub plan: u32,
    /// Where in the count.
    pub stage: Stage,
    /// What became of it.
    pub verdict: Verdict,
    /// Sum of its scores: its votes, where ballots only approve.
    pub votes: u64,
    /// Voters who gave it any score.
    pub supporters: u64,
    /// What it gets, smallest units: its cost, and a top-up where money was left; 0 for a loser.
    pub granted: i64,
    /// Money of its stage that was not spent yet when it was decided, smallest units.
    pub left_before: i64,
    /// For Equal Shares, when an explanation was asked.
    pub shares: Option<SharesDetail>,
}

impl Decision {
    /// Money that a loser missed, rounded up to a smallest unit: in the budget for the greedy rules, with its supporters for Equal Shares.
    pub fn missing(&self, cost: i64) -> Option<i64> {
        match (self.verdict, &self.shares) {
            (Verdict::NotPaid, Some(detail)) => {
                Some(Fraction(BigRational::from(BigInt::from(cost)) - &detail.supporters_left.0).ceil())
            }
            (Verdict::DidNotFit, _) => Some(cost - self.left_before),
            _ => None,
        }
    }
}

/// Plans that the rule left equal, and that stood in order by the policy for ties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tie {
    /// Where in the count.
    pub stage: Stage,
    /// The equals, in the order that the policy gave.
    pub plans: Vec<u32>,
    /// Whether some of them won and another one did not though it might have: then the policy chose the winner. Never false
    /// where another order would have given other winners among them.
    pub mattered: bool,
}

/// A counted election.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Winners in the order they were selected.
    pub winners: Vec<u32>,
    /// Every plan once, in the order decided: winners and losers of each stage as they came up.
    pub decisions: Vec<Decision>,
    /// Sum of the winners' costs, smallest units; top-ups are not in it.
    pub cost: i64,
    /// What is left of the budget after costs and top-ups, smallest units.
    pub left: i64,
    /// What every voter had in the count of the whole, smallest units; Equal Shares only.
    pub endowment: Option<Fraction>,
    /// Steps of one unit by which that was raised.
    pub increments: Option<u64>,
    /// Ties that came up.
    pub ties: Vec<Tie>,
    /// How often bounds did not tell and exact fractions decided.
    pub doubts: u64,
}

impl Outcome {
    /// Whether this plan won.
    pub fn won(&self, plan: u32) -> bool {
        self.winners.contains(&plan)
    }
}
