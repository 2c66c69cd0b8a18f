//! The order of equals.

use super::election::Election;
use super::procedure::Ties;
use sha2::{Digest as _, Sha256};

/// Votes of each plan: the sum of scores over all voters, which is the number of supporters where ballots only approve.
pub(super) fn votes(election: &Election) -> Vec<u64> {
    let mut votes = vec![0; election.plans.len()];
    for group in election.profile.groups() {
        for (plan, score) in group.picks {
            votes[*plan as usize] += u64::from(*score) * u64::from(group.voters);
        }
    }
    votes
}

/// Each plan's place among equals: of two, the one with the lower rank goes first. No two ranks are the same.
pub(super) fn ranks(election: &Election, votes: &[u64], ties: &Ties) -> Vec<u32> {
    let plans = &election.plans;
    let mut order: Vec<usize> = (0..plans.len()).collect();
    let by_cost_and_votes = |a: usize, b: usize| plans[a].cost.cmp(&plans[b].cost).then(votes[b].cmp(&votes[a]));
    match ties {
        Ties::Id => order.sort_by(|a, b| plans[*a].id.cmp(&plans[*b].id)),
        Ties::CostVotesId => {
            order.sort_by(|a, b| by_cost_and_votes(*a, *b).then_with(|| plans[*a].id.cmp(&plans[*b].id)))
        }
        Ties::Lot(seed) => {
            let lots: Vec<[u8; 32]> = plans.iter().map(|plan| lot(seed, &plan.id)).collect();
            order.sort_by(|a, b| by_cost_and_votes(*a, *b).then_with(|| lots[*a].cmp(&lots[*b])));
        }
    }
    let mut ranks = vec![0; plans.len()];
    for (rank, plan) in order.into_iter().enumerate() {
        ranks[plan] = u32::try_from(rank).unwrap_or(u32::MAX);
    }
    ranks
}

/// The lot a plan draws: SHA-256 of the seed's bytes followed by the id's.
pub fn lot(seed: &str, id: &str) -> [u8; 32] {
    Sha256::new().chain_update(seed).chain_update(id).finalize().into()
}
