//! The Method of Equal Shares (Peters, Pierczyński, Skowron: 'Proportional Participatory Budgeting with Additive Utilities',
//! NeurIPS 2021). Every voter gets the same endowment. In each round the plan is bought whose supporters pay least for what
//! it is worth to them: all pay the same price per unit of utility, or all they have left. It ends when no plan can be paid
//! by its supporters.
//!
//! Fast and exact: [`run`] keeps every voter's money as a whole number of tiny units with one bound for what rounding took,
//! and decides only what that bound cannot change; anything else is asked of [`exact`], which replays the purchases in exact
//! fractions. No float takes part.

mod add1;
mod exact;
mod run;

pub(super) use add1::complete;
pub use add1::{MOST_STEPS, TooManySteps};
pub(super) use exact::Exact;
pub(super) use run::Run;

use super::count::Facts;
use super::election::Election;
use super::procedure::Utility;
use std::collections::HashMap;

/// A plan's supporters: (group, score) with the scores left out where every one is 1.
#[derive(Clone, Copy)]
pub(super) struct Supporters<'a> {
    pub groups: &'a [u32],
    scores: &'a [u32],
}

impl Supporters<'_> {
    /// Score that the supporter at this place gives.
    pub fn score(&self, at: usize) -> u32 {
        if self.scores.is_empty() { 1 } else { self.scores[at] }
    }
}

/// What all runs over one election share: who supports what.
pub(super) struct Market<'e> {
    pub election: &'e Election,
    /// Money to divide, in smallest units; less than the election's where a part of it is counted.
    pub budget: i64,
    /// Place of each plan among equals.
    pub ranks: &'e [u32],
    /// Plans that can be bought: supported, not free, not withdrawn, not dearer than the budget.
    pub plans: Vec<u32>,
    /// Free plans with supporters, in their order among equals: bought first, for nothing.
    pub free: Vec<u32>,
    /// Voters in each group.
    pub weights: Vec<u32>,
    /// Largest score anywhere.
    pub top_score: u32,
    /// Whether scores are the utility: always where ballots give points, else with cardinality utility.
    pub by_score: bool,
    /// Sum of scores of each plan.
    pub votes: &'e [u64],
    /// Plans with the same number here have the same cost and the same supporters, so their prices are always equal.
    pub twins: Vec<u32>,
    starts: Vec<usize>,
    groups: Vec<u32>,
    scores: Vec<u32>,
}

impl<'e> Market<'e> {
    /// Only plans for which `takes_part` holds can be bought.
    pub fn new(facts: &'e Facts<'e>, budget: i64, utility: Utility, takes_part: &dyn Fn(usize) -> bool) -> Self {
        let (election, votes, ranks) = (facts.election, &facts.votes[..], &facts.ranks[..]);
        let profile = &election.profile;
        let scored = election.scored || profile.has_scores();
        let mut starts = vec![0_usize; election.plans.len() + 1];
        for group in profile.groups() {
            for (plan, _) in group.picks {
                starts[*plan as usize + 1] += 1;
            }
        }
        for plan in 0..election.plans.len() {
            starts[plan + 1] += starts[plan];
        }
        let mut next = starts.clone();
        let total = starts.last().copied().unwrap_or(0);
        let (mut groups, mut scores) = (vec![0_u32; total], vec![0_u32; if scored { total } else { 0 }]);
        let (mut weights, mut top_score) = (Vec::with_capacity(profile.len()), 1);
        for (index, group) in (0_u32..).zip(profile.groups()) {
            weights.push(group.voters);
            for (plan, score) in group.picks {
                let at = &mut next[*plan as usize];
                groups[*at] = index;
                if scored {
                    scores[*at] = *score;
                    top_score = top_score.max(*score);
                }
                *at += 1;
            }
        }
        let can_win = |plan: &usize| {
            let p = &election.plans[*plan];
            votes[*plan] > 0 && !p.withdrawn && p.cost <= budget && takes_part(*plan)
        };
        let able = (0..election.plans.len()).filter(can_win);
        let (mut free, mut plans): (Vec<u32>, Vec<u32>) =
            able.map(|plan| plan as u32).partition(|plan| election.plans[*plan as usize].cost == 0);
        free.sort_by_key(|plan| ranks[*plan as usize]);
        plans.sort_by_key(|plan| ranks[*plan as usize]);
        let by_score = scored || utility == Utility::Cardinality;
        let mut market = Self {
            election,
            budget,
            ranks,
            plans,
            free,
            weights,
            top_score,
            by_score,
            votes,
            twins: Vec::new(),
            starts,
            groups,
            scores,
        };
        market.twins = market.find_twins();
        market
    }

    fn find_twins(&self) -> Vec<u32> {
        let mut twins: Vec<u32> = (0..self.election.plans.len() as u32).collect();
        let mut seen: HashMap<(i64, &[u32], &[u32]), u32> = HashMap::new();
        for plan in &self.plans {
            let supporters = self.supporters(*plan);
            let key = (self.cost(*plan), supporters.groups, supporters.scores);
            twins[*plan as usize] = *seen.entry(key).or_insert(*plan);
        }
        twins
    }

    /// Who supports a plan.
    pub fn supporters(&self, plan: u32) -> Supporters<'_> {
        let range = self.starts[plan as usize]..self.starts[plan as usize + 1];
        let scores = if self.scores.is_empty() { &[][..] } else { &self.scores[range.clone()] };
        Supporters { groups: &self.groups[range], scores }
    }

    /// Whether ballots give points or ranks.
    pub fn scored(&self) -> bool {
        !self.scores.is_empty()
    }

    /// Its cost in smallest units.
    pub fn cost(&self, plan: u32) -> i64 {
        self.election.plans[plan as usize].cost
    }

    /// Voters, at least 1.
    pub fn voters(&self) -> i128 {
        i128::from(self.election.profile.voters().max(1))
    }
}

/// What every voter gets: `money / voters` smallest units each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Endowment {
    /// For all voters together, in smallest units.
    pub money: i128,
    /// Voters, at least 1.
    pub voters: i128,
}
