//! A round: its phases, its frozen ballot paper, a voter's ballot, and its count.

mod count;

pub use crate::tally::Verdict;
pub use count::{
    Compared, Equals, Explanation, Outcome, RoundCountError, Step, WouldWin, count_round, election, explain, procedure,
};

use crate::form::{Errors, Problem, Raw};
use crate::money::Cents;
use crate::tally::ballots::{Choosable, Refusal, approval};
use crate::time::Seconds;
use serde::{Deserialize, Serialize};

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

/// A plan on the ballot paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperPlan {
    /// Initiative id.
    pub id: i64,
    /// Frozen title.
    pub title: String,
    /// Frozen first lines.
    pub summary: String,
    /// Counts in the limits: one vote per plan, the minimum is the cost.
    pub minimum: Cents,
    /// What it would best have.
    pub desired: Cents,
}

/// What is voted on; hashed and frozen at opening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The round's slug.
    pub round: String,
    /// Its title.
    pub title: String,
    /// The money.
    pub pot: Cents,
    /// Budget year it comes from.
    pub year: i64,
    /// Ballot form: `approval`.
    pub form: String,
    /// Most plans on one ballot.
    pub max_picks: usize,
    /// Rule: `greedy`.
    pub rule: String,
    /// How equal votes are settled: `cost-votes-id`.
    pub ties: String,
    /// Plans in the order shown.
    pub plans: Vec<PaperPlan>,
}

/// One voter's choices: ids on the paper, sorted, each once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot(pub Vec<i64>);

impl Ballot {
    /// Field `plan`, repeated. An empty ballot is refused: who wants none simply does not vote.
    ///
    /// # Errors
    /// On field `plan`: nothing picked, more than `max_picks`, or a plan that is not on the paper.
    pub fn parse(raw: &Raw, on_paper: &[i64], max_picks: usize) -> Result<Self, Errors> {
        let paper: Vec<Choosable> = on_paper.iter().map(|id| Choosable { id: *id, cost: 0 }).collect();
        let typed: Option<Vec<i64>> = raw.all("plan").iter().map(|value| value.parse().ok()).collect();
        let scores = typed.ok_or(Refusal::NotOnPaper(0)).and_then(|typed| approval(&paper, &typed, max_picks));
        let scores = scores.map_err(|refusal| match refusal {
            Refusal::Empty => Errors::one("plan", Problem::Missing),
            Refusal::TooMany(most) => Errors::one("plan", Problem::TooMany(most)),
            _ => Errors::one("plan", Problem::NotAChoice),
        })?;
        let mut picks: Vec<i64> = scores.into_iter().map(|(place, _)| paper[place as usize].id).collect();
        picks.sort_unstable();
        Ok(Self(picks))
    }

    /// As kept in the box: ids with commas.
    pub fn to_text(&self) -> String {
        self.0.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
    }

    /// From the box; `None` when the text is none of ours.
    pub fn from_text(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self(Vec::new()));
        }
        text.split(',').map(|part| part.parse().ok()).collect::<Option<Vec<i64>>>().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn limits_are_kept() {
        let raw = Raw::from_pairs(&[("plan", "1"), ("plan", "2"), ("plan", "2"), ("plan", "3")]);
        assert_eq!(Ballot::parse(&raw, &[1, 2, 3], 3), Ok(Ballot(vec![1, 2, 3])));
        assert_eq!(Ballot::parse(&raw, &[1, 2, 3], 2), Err(Errors::one("plan", Problem::TooMany(2))));
        assert_eq!(Ballot::parse(&raw, &[1, 2], 3), Err(Errors::one("plan", Problem::NotAChoice)));
        assert_eq!(Ballot::parse(&Raw::default(), &[1], 3), Err(Errors::one("plan", Problem::Missing)));
    }

    #[test]
    fn the_clock_decides() {
        assert!(takes_votes(Phase::Voting, 10, 20, 10));
        assert!(!takes_votes(Phase::Voting, 10, 20, 20));
        assert!(!takes_votes(Phase::Voting, 10, 20, 9));
        assert!(!takes_votes(Phase::Published, 10, 20, 15));
    }

    proptest! {
        #[test]
        fn kept_ballots_come_back(mut ids in prop::collection::vec(1i64..1_000_000, 0..10)) {
            ids.sort_unstable();
            let ballot = Ballot(ids);
            prop_assert_eq!(Ballot::from_text(&ballot.to_text()), Some(ballot));
        }
    }
}
