//! Counting again from what is published.

use domain::round::plain::{self, Plain};
use domain::round::{Ballot, Outcome, Paper, TIES_BY_LOT, Verdict, count_round};
use std::collections::BTreeMap;

/// Whether it could be counted again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recount {
    /// By these winners.
    Done(Plain),
    /// What the rule needs is not published.
    NotPublished,
    /// Not at all: why.
    Failed(String),
}

/// Counts again: rules that add up from votes, Equal Shares from whole ballots.
pub fn recount(
    paper: &Paper,
    seed: Option<&str>,
    votes: &BTreeMap<i64, u64>,
    ballots: Option<&[Ballot]>,
    withdrawn: &[i64],
) -> Recount {
    let paper = match seed {
        Some(seed) => paper.clone().drawn(seed),
        None => paper.clone(),
    };
    if paper.ties == TIES_BY_LOT {
        return Recount::Failed("the lot was not drawn".into());
    }
    match (plain::greedy(&paper, votes, withdrawn), ballots) {
        (Ok(Some(plain)), _) => Recount::Done(plain),
        (Err(e), _) => Recount::Failed(e.to_string()),
        (_, Some(ballots)) => match count_round(&paper, ballots, withdrawn) {
            Ok(outcome) => Recount::Done(plain::of(&outcome)),
            Err(e) => Recount::Failed(e.to_string()),
        },
        _ => Recount::NotPublished,
    }
}

/// What is wrong with the verdicts of plans that did not win.
pub fn verdicts(paper: &Paper, outcome: &Outcome, withdrawn: &[i64]) -> Option<(i64, &'static str)> {
    outcome.steps.iter().find_map(|step| {
        let plan = paper.plans.iter().find(|p| p.id == step.id)?;
        let expected = match () {
            () if withdrawn.contains(&step.id) => Some((Verdict::Withdrawn, "it was withdrawn")),
            () if step.votes == 0 => Some((Verdict::NoVotes, "it has no votes")),
            () if plan.minimum > paper.pot => Some((Verdict::AboveBudget, "it costs more than the pot")),
            () => None,
        };
        match expected {
            // Without votes and above the pot: either may be named.
            Some((verdict, _)) if verdict == step.verdict => None,
            Some(_) if step.verdict == Verdict::AboveBudget && plan.minimum > paper.pot => None,
            Some((_, why)) => Some((step.id, why)),
            None if matches!(step.verdict, Verdict::Withdrawn | Verdict::NoVotes | Verdict::AboveBudget) => {
                Some((step.id, "its verdict does not fit it"))
            }
            None => None,
        }
    })
}
