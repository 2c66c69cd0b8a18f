//! A round: its phases, its frozen ballot paper, a voter's ballot, and the count greedy by votes.

use crate::form::{Errors, Problem, Raw};
use crate::money::Cents;
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
        let mut picks = Vec::new();
        for value in raw.all("plan") {
            let id = value
                .parse()
                .ok()
                .filter(|id| on_paper.contains(id))
                .ok_or_else(|| Errors::one("plan", Problem::NotAChoice))?;
            picks.push(id);
        }
        picks.sort_unstable();
        picks.dedup();
        match picks.len() {
            0 => Err(Errors::one("plan", Problem::Missing)),
            n if n > max_picks => Err(Errors::one("plan", Problem::TooMany(max_picks))),
            _ => Ok(Self(picks)),
        }
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

/// Why a plan got money or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It fitted in what was left.
    Funded,
    /// It no longer fitted.
    DidNotFit,
    /// Nobody chose it.
    NoVotes,
    /// It was withdrawn and skipped.
    Withdrawn,
    /// Its minimum alone is more than the pot.
    AbovePot,
}

/// One step of the count, in the order plans were looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Initiative id.
    pub id: i64,
    /// Ballots that hold it.
    pub votes: usize,
    /// Its minimum.
    pub cost: Cents,
    /// What it gets: the minimum, and a top-up where money was left; zero when not funded.
    pub granted: Cents,
    /// What was left of the pot before it was looked at.
    pub left_before: Cents,
    /// What became of it.
    pub verdict: Verdict,
}

/// A counted round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Rule by name.
    pub rule: String,
    /// Ballots counted.
    pub turnout: usize,
    /// Steps in order.
    pub steps: Vec<Step>,
    /// Left of the pot after all; it returns to the share.
    pub left: Cents,
}

/// Counts greedy by votes: most votes first, whatever still fits is funded; equal votes by lower cost, then by id.
/// What is left tops winners up from minimum to desired in the same order (DESIGN 7, 'Minimum and desired').
/// `withdrawn` plans are skipped. Plans without votes are never funded.
pub fn count_greedy(paper: &Paper, ballots: &[Ballot], withdrawn: &[i64]) -> Outcome {
    let votes_of = |id: i64| ballots.iter().filter(|b| b.0.contains(&id)).count();
    let mut plans: Vec<(&PaperPlan, usize)> = paper.plans.iter().map(|p| (p, votes_of(p.id))).collect();
    plans.sort_by(|(a, av), (b, bv)| bv.cmp(av).then(a.minimum.cmp(&b.minimum)).then(a.id.cmp(&b.id)));
    let mut left = paper.pot;
    let mut steps: Vec<Step> = Vec::with_capacity(plans.len());
    for (plan, votes) in &plans {
        let left_before = left;
        let verdict = if withdrawn.contains(&plan.id) {
            Verdict::Withdrawn
        } else if *votes == 0 {
            Verdict::NoVotes
        } else if plan.minimum > paper.pot {
            Verdict::AbovePot
        } else if plan.minimum > left {
            Verdict::DidNotFit
        } else {
            left = left - plan.minimum;
            Verdict::Funded
        };
        let granted = if verdict == Verdict::Funded { plan.minimum } else { Cents::ZERO };
        steps.push(Step { id: plan.id, votes: *votes, cost: plan.minimum, granted, left_before, verdict });
    }
    for (step, (plan, _)) in steps.iter_mut().zip(&plans).filter(|(s, _)| s.verdict == Verdict::Funded) {
        let top_up = (plan.desired - plan.minimum).min(left);
        step.granted = step.granted + top_up;
        left = left - top_up;
    }
    Outcome { rule: "greedy".into(), turnout: ballots.len(), steps, left }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn paper(pot: i64, plans: &[(i64, i64, i64)]) -> Paper {
        let plans = plans
            .iter()
            .map(|&(id, min, want)| PaperPlan {
                id,
                title: format!("Plan {id}"),
                summary: String::new(),
                minimum: Cents(min),
                desired: Cents(want),
            })
            .collect();
        Paper {
            round: "r".into(),
            title: "R".into(),
            pot: Cents(pot),
            year: 2008,
            form: "approval".into(),
            max_picks: 3,
            rule: "greedy".into(),
            ties: "cost-votes-id".into(),
            plans,
        }
    }

    #[test]
    fn a_round_by_hand() {
        // Votes: 1 -> 3, 2 -> 2, 3 -> 2, 4 -> 0. Pot 100: 1 (60) fits, of the two equals 3 is cheaper (30) and fits, 2 (50) does not; 10 left tops up 1.
        let paper = paper(100, &[(1, 60, 80), (2, 50, 50), (3, 30, 30), (4, 5, 5)]);
        let ballots = [Ballot(vec![1, 2]), Ballot(vec![1, 3]), Ballot(vec![1, 2, 3])];
        let outcome = count_greedy(&paper, &ballots, &[]);
        let got: Vec<_> = outcome.steps.iter().map(|s| (s.id, s.votes, s.granted.0, s.verdict)).collect();
        assert_eq!(
            got,
            [
                (1, 3, 70, Verdict::Funded),
                (3, 2, 30, Verdict::Funded),
                (2, 2, 0, Verdict::DidNotFit),
                (4, 0, 0, Verdict::NoVotes)
            ]
        );
        assert_eq!(outcome.left, Cents::ZERO);
        let without = count_greedy(&paper, &ballots, &[1]);
        assert_eq!(without.steps[0].verdict, Verdict::Withdrawn);
        assert_eq!(without.left, Cents(20));
    }

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
        fn never_spends_more_than_the_pot_and_never_loses_a_cent(
            pot in 1i64..10_000,
            costs in prop::collection::vec((1i64..4000, 0i64..2000), 1..12),
            picks in prop::collection::vec(prop::collection::vec(0usize..12, 0..5), 0..40),
        ) {
            let plans: Vec<_> = costs.iter().enumerate().map(|(i, (min, extra))| (i as i64, *min, min + extra)).collect();
            let ballots: Vec<_> = picks.iter().map(|p| Ballot(p.iter().map(|i| *i as i64).collect())).collect();
            let paper = paper(pot, &plans);
            let outcome = count_greedy(&paper, &ballots, &[]);
            let spent: Cents = outcome.steps.iter().map(|s| s.granted).sum();
            prop_assert_eq!(spent + outcome.left, Cents(pot));
            prop_assert!(outcome.left >= Cents::ZERO);
            for step in &outcome.steps {
                let plan = paper.plans.iter().find(|p| p.id == step.id).expect("on the paper");
                prop_assert!(step.granted == Cents::ZERO || (plan.minimum..=plan.desired).contains(&step.granted));
            }
        }

        #[test]
        fn kept_ballots_come_back(mut ids in prop::collection::vec(1i64..1_000_000, 0..10)) {
            ids.sort_unstable();
            let ballot = Ballot(ids);
            prop_assert_eq!(Ballot::from_text(&ballot.to_text()), Some(ballot));
        }
    }
}
