//! The three greedy rules: down an order of plans, funding what fits.

use super::count::Facts;
use super::outcome::{Stage, Tie, Verdict};
use super::procedure::Rule;
use std::cmp::Ordering;

/// What the walk gave: plans in the order looked at, with the money before each and what became of it.
pub(super) struct Walk {
    pub steps: Vec<(u32, i64, Verdict)>,
    pub ties: Vec<Tie>,
}

/// Walks down the plans (all supported, none dearer than the budget as a whole).
pub(super) fn walk(facts: &Facts<'_>, rule: Rule, stage: Stage, budget: i64, mut plans: Vec<u32>) -> Walk {
    let order = |a: u32, b: u32| by_rule(facts, rule, a, b);
    plans.sort_by(|a, b| order(*a, *b).then(facts.rank(*a).cmp(&facts.rank(*b))));
    let (mut left, mut stopped) = (budget, false);
    let mut steps = Vec::with_capacity(plans.len());
    for plan in plans {
        let cost = facts.cost(plan);
        let verdict = if stopped {
            Verdict::AfterStop
        } else if cost <= left {
            Verdict::Funded
        } else {
            Verdict::DidNotFit
        };
        steps.push((plan, left, verdict));
        if verdict == Verdict::Funded {
            left -= cost;
        }
        stopped |= rule == Rule::GreedyStop && verdict == Verdict::DidNotFit;
    }
    let ties = steps.chunk_by(|a, b| order(a.0, b.0) == Ordering::Equal).filter(|equals| equals.len() > 1);
    let ties = ties
        .map(|equals| {
            let before = equals[0].1;
            // First among its equals, a loser that fits would have won; and where none fits, no order funds another.
            let stopped = equals[0].2 == Verdict::AfterStop;
            let mattered =
                !stopped && equals.iter().any(|(plan, _, v)| *v != Verdict::Funded && facts.cost(*plan) <= before);
            Tie { stage, plans: equals.iter().map(|(plan, ..)| *plan).collect(), mattered }
        })
        .collect();
    Walk { steps, ties }
}

fn by_rule(facts: &Facts<'_>, rule: Rule, a: u32, b: u32) -> Ordering {
    let (votes_a, votes_b) = (facts.votes[a as usize], facts.votes[b as usize]);
    if rule == Rule::GreedyPerEuro {
        // votes_a / cost_a against votes_b / cost_b; what costs nothing comes first.
        let per = |votes: u64, cost: i64| i128::from(votes) * i128::from(cost);
        per(votes_b, facts.cost(a)).cmp(&per(votes_a, facts.cost(b)))
    } else {
        votes_b.cmp(&votes_a)
    }
}
