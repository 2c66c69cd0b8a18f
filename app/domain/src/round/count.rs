//! The count of a round and its explanation, on top of [`crate::tally`].

use super::{Ballot, BallotForm, Paper, PaperPlan};
use crate::money::Cents;
use crate::tally::{
    Bound, CountError, Decision, Election, Fraction, Plan, Procedure, ProfileBuilder, Threshold, UnknownName, Verdict,
    count, measures, preset, what_if,
};
use num_bigint::BigInt;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// One step of the count, in the order plans were looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Initiative id.
    pub id: i64,
    /// Its votes: ballots that hold it, or points where ballots give points or places.
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

/// Plans that came out equal in a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Equals {
    /// Initiative ids in the order that the policy for ties gave.
    pub plans: Vec<i64>,
    /// Whether the policy chose a winner among them.
    pub mattered: bool,
}

/// A counted round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The paper's rule.
    pub rule: String,
    /// Ballots counted.
    pub turnout: usize,
    /// Steps in order.
    pub steps: Vec<Step>,
    /// Left of the pot after all; it returns to the share.
    pub left: Cents,
    /// Ties that came up; results of before ties were kept have none.
    #[serde(default)]
    pub ties: Vec<Equals>,
}

/// What would have been, and how the count came out for voters; worked out after the count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// For each loser with votes: what would have made it win. Costs in cents.
    pub would_win: Vec<WouldWin>,
    /// The other presets on the same ballots.
    pub others: Vec<Compared>,
    /// Voters none of whose plans won.
    pub without_winner: u64,
    /// Winners that a voter chose, in hundredths, on average.
    pub winners_per_voter: i64,
}

/// From where on a loser would have won.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WouldWin {
    /// Initiative id.
    pub id: i64,
    /// The highest cost.
    pub cost: Threshold,
    /// New voters for it alone.
    pub voters: Threshold,
}

/// The same ballots under another preset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// Preset.
    pub rule: String,
    /// Initiative ids of the winners, in order.
    pub winners: Vec<i64>,
    /// What they get together.
    pub granted: Cents,
    /// Voters none of whose plans won.
    pub without_winner: u64,
}

/// Why a round is not counted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoundCountError {
    /// The paper names a rule or a policy for ties that is not known.
    #[error(transparent)]
    Name(#[from] UnknownName),
    /// Beyond the limits of the count.
    #[error(transparent)]
    Count(#[from] CountError),
}

/// The procedure that a paper names.
///
/// # Errors
/// Its rule or its policy for ties is not known.
pub fn procedure(paper: &Paper) -> Result<Procedure, UnknownName> {
    Ok(Procedure { ties: paper.ties.parse()?, ..preset(&paper.rule)? })
}

/// The election of a paper and its ballots; `withdrawn` plans are skipped by the count, plans that are not on the paper count for nothing.
pub fn election(paper: &Paper, ballots: &[Ballot], withdrawn: &[i64]) -> Election {
    let plan = |plan: &PaperPlan| Plan {
        desired: plan.desired.0,
        withdrawn: withdrawn.contains(&plan.id),
        ..Plan::new(plan.id.to_string(), plan.minimum.0)
    };
    let form = paper.ballot_form().unwrap_or(BallotForm::Approval { most: paper.max_picks });
    let place: HashMap<i64, u32> = (0..).zip(&paper.plans).map(|(at, plan)| (plan.id, at)).collect();
    let mut profile = ProfileBuilder::default();
    let mut picks = Vec::new();
    for ballot in ballots {
        picks.clear();
        picks.extend(ballot.0.iter().filter_map(|(id, value)| Some((*place.get(id)?, form.score(*value)))));
        // A place beyond the paper's limit counts for nothing.
        picks.retain(|(_, score)| *score > 0);
        profile.add(&mut picks);
    }
    Election {
        budget: paper.pot.0,
        decimals: 2,
        plans: paper.plans.iter().map(plan).collect(),
        scored: matches!(form, BallotForm::Points { .. } | BallotForm::Ranking { .. }),
        profile: profile.finish(),
    }
}

/// Counts a round by the rule of its paper (`docs/count.md`): what is left tops winners up from minimum to desired in the
/// order they won (DESIGN 7, 'Minimum and desired').
///
/// # Errors
/// [`RoundCountError`].
pub fn count_round(paper: &Paper, ballots: &[Ballot], withdrawn: &[i64]) -> Result<Outcome, RoundCountError> {
    counted(paper, ballots, withdrawn).map(|(outcome, _)| outcome)
}

/// [`count_round`], with what every voter had in the end where that decides (Equal Shares; cents).
pub(super) fn counted(
    paper: &Paper,
    ballots: &[Ballot],
    withdrawn: &[i64],
) -> Result<(Outcome, Option<Fraction>), RoundCountError> {
    let election = election(paper, ballots, withdrawn);
    let counted = count(&election, &procedure(paper)?, false)?;
    let id = |plan: &u32| paper.plans[*plan as usize].id;
    let step = |decision: &Decision| Step {
        id: id(&decision.plan),
        votes: usize::try_from(decision.votes).unwrap_or(usize::MAX),
        cost: paper.plans[decision.plan as usize].minimum,
        granted: Cents(decision.granted),
        left_before: Cents(decision.left_before),
        verdict: decision.verdict,
    };
    let endowment = counted.endowment.clone();
    let outcome = Outcome {
        rule: paper.rule.clone(),
        turnout: ballots.len(),
        steps: counted.decisions.iter().map(step).collect(),
        left: Cents(counted.left),
        ties: counted
            .ties
            .iter()
            .map(|tie| Equals { plans: tie.plans.iter().map(id).collect(), mattered: tie.mattered })
            .collect(),
    };
    Ok((outcome, endowment))
}

/// Presets that a result is compared with: enough to see what a rule does, few enough to read.
const COMPARED: [&str; 4] = ["greedy/1", "greedy-per-euro/1", "greedy-stop/1", "equal-shares/1"];

/// Explains a count: work for a job, bounded by `bound`.
///
/// # Errors
/// [`RoundCountError`], where the count itself gave none.
pub fn explain(
    paper: &Paper,
    ballots: &[Ballot],
    withdrawn: &[i64],
    bound: Bound,
) -> Result<Explanation, RoundCountError> {
    let election = election(paper, ballots, withdrawn);
    let own = procedure(paper)?;
    let counted = count(&election, &own, false)?;
    let id = |plan: &u32| paper.plans[*plan as usize].id;
    let answers = what_if(&election, &own, &counted, bound, &mut |_| {})?;
    let would_win = answers.iter().map(|a| WouldWin { id: id(&a.plan), cost: a.cost, voters: a.voters }).collect();
    let voters = |part: &Fraction| (Fraction(&part.0 * BigInt::from(election.profile.voters()))).floor().unsigned_abs();
    let mut others = Vec::new();
    for name in COMPARED {
        let other = Procedure { ties: own.ties.clone(), ..preset(name)? };
        if other == own {
            continue;
        }
        // Another rule may be beyond the bounds of the count where this one is not.
        let Ok(outcome) = count(&election, &other, false) else { continue };
        others.push(Compared {
            rule: name.into(),
            winners: outcome.winners.iter().map(id).collect(),
            granted: Cents(outcome.decisions.iter().map(|d| d.granted).sum()),
            without_winner: voters(&measures(&election, &outcome).excluded),
        });
    }
    let measured = measures(&election, &counted);
    let winners_per_voter = Fraction(&measured.winners_per_voter.0 * BigInt::from(100)).floor();
    Ok(Explanation { would_win, others, without_winner: voters(&measured.excluded), winners_per_voter })
}

#[cfg(test)]
mod tests;
