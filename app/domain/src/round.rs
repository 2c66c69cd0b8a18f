//! A round: its phases, its frozen ballot paper, a voter's ballot, and its count.

mod ballot;
mod change;
mod count;
mod lot;
mod paper;
pub mod plain;
mod receipt;
mod setup;

pub use crate::tally::Verdict;
pub use ballot::{Ballot, BallotForm, POINTS_MAX};
pub use change::{Change, Part, changed, changes};
pub use count::{
    Compared, Equals, Explanation, Outcome, RoundCountError, Step, WouldWin, count_round, election, explain, procedure,
};
pub use lot::{LotShare, SECRET_MAX, SECRET_MIN, lot_digest, lot_seed};
pub use paper::{Paper, PaperPlan, TIES_BY_LOT};
pub use plain::{TwiceError, count_twice};
pub use receipt::Receipt;
pub use setup::{Advice, SetUp, advice, none_fits};

use crate::time::Seconds;

/// Where a round stands; the server's clock decides on voting, not the stored phase alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// An administrator sets it up.
    Setup,
    /// The paper can be read, voting has not begun.
    Published,
    /// The paper is frozen and votes are taken until the clock says stop.
    Voting,
    /// Closed, not yet counted.
    Counting,
    /// The result is out.
    Result,
    /// Stopped publicly.
    Stopped,
}

impl Phase {
    /// As stored; text is `phase-<key>`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Published => "published",
            Self::Voting => "voting",
            Self::Counting => "counting",
            Self::Result => "result",
            Self::Stopped => "stopped",
        }
    }

    /// From storage.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Setup, Self::Published, Self::Voting, Self::Counting, Self::Result, Self::Stopped]
            .into_iter()
            .find(|p| p.key() == key)
    }
}

/// Whether a ballot cast now counts: the phase says voting and the clock stands in [opens, closes).
pub fn takes_votes(phase: Phase, opens: Seconds, closes: Seconds, now: Seconds) -> bool {
    phase == Phase::Voting && opens <= now && now < closes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_decides() {
        assert!(takes_votes(Phase::Voting, 10, 20, 10));
        assert!(!takes_votes(Phase::Voting, 10, 20, 20));
        assert!(!takes_votes(Phase::Voting, 10, 20, 9));
        assert!(!takes_votes(Phase::Published, 10, 20, 15));
    }
}
