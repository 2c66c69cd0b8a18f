//! The second count: the rules of `docs/count.md` once more, written down as plainly as they read there and without anything of
//! [`crate::tally`] but the names of rules. A result is kept only when both counts agree.

use super::{Ballot, Outcome, Paper, PaperPlan, RoundCountError, Verdict, count};
use crate::money::Cents;
use crate::tally::{self, Completion, Rule, Ties, Utility};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero as _;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What the second count gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plain {
    /// Winners in order, with what they get.
    pub funded: Vec<(i64, Cents)>,
    /// Left of the pot.
    pub left: Cents,
}

/// Why there is no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TwiceError {
    /// One of the counts gave up.
    #[error(transparent)]
    Count(#[from] RoundCountError),
    /// They do not agree.
    #[error("the two counts of round {0} do not agree")]
    Differs(String),
}

/// Counts a round by both ways; see [`super::count_round`].
///
/// # Errors
/// [`TwiceError`].
pub fn count_twice(paper: &Paper, ballots: &[Ballot], withdrawn: &[i64]) -> Result<Outcome, TwiceError> {
    let (outcome, endowment) = count::counted(paper, ballots, withdrawn)?;
    let differs = || TwiceError::Differs(paper.round.clone());
    let votes = votes(paper, ballots);
    if outcome.steps.len() != paper.plans.len()
        || !outcome.steps.iter().all(|s| votes.get(&s.id).copied().unwrap_or(0) == s.votes as u64)
    {
        return Err(differs());
    }
    let plain = match endowment {
        None => greedy(paper, &votes, withdrawn)?,
        Some(endowment) => shares(paper, ballots, withdrawn, &endowment.0)?,
    };
    if plain.is_some_and(|plain| plain == of(&outcome)) { Ok(outcome) } else { Err(differs()) }
}

/// The winners of an outcome.
pub fn of(outcome: &Outcome) -> Plain {
    let funded = outcome.steps.iter().filter(|s| s.verdict == Verdict::Funded).map(|s| (s.id, s.granted)).collect();
    Plain { funded, left: outcome.left }
}

/// The votes of each plan, one ballot after the other.
pub fn votes(paper: &Paper, ballots: &[Ballot]) -> BTreeMap<i64, u64> {
    let mut votes: BTreeMap<i64, u64> = paper.plans.iter().map(|p| (p.id, 0)).collect();
    for (plan, value) in ballots.iter().flat_map(|b| &b.0) {
        if let Some(sum) = votes.get_mut(plan) {
            *sum += score(paper, *value);
        }
    }
    votes
}

/// What a choice is worth: a vote, its points, or by Borda its place.
pub fn score(paper: &Paper, value: u32) -> u64 {
    match paper.form.as_str() {
        "points" => u64::from(value),
        "ranking" => (paper.max_picks as u64 + 1).saturating_sub(u64::from(value)),
        _ => 1,
    }
}

/// Counts by one of the rules that add votes up; `None` where the rule does not.
///
/// # Errors
/// The paper names a rule or a policy for ties that is not known.
pub fn greedy(paper: &Paper, votes: &BTreeMap<i64, u64>, withdrawn: &[i64]) -> Result<Option<Plain>, RoundCountError> {
    let procedure = count::procedure(paper)?;
    let equals = equals(&procedure.ties, votes);
    let of = |plan: &PaperPlan| votes.get(&plan.id).copied().unwrap_or(0);
    let mut order: Vec<&PaperPlan> =
        paper.plans.iter().filter(|p| !withdrawn.contains(&p.id) && of(p) > 0 && p.minimum <= paper.pot).collect();
    match procedure.rule {
        Rule::Greedy | Rule::GreedyStop => order.sort_by(|a, b| of(b).cmp(&of(a)).then_with(|| equals(a, b))),
        Rule::GreedyPerEuro => order.sort_by(|a, b| per_euro(b, of(b), a, of(a)).then_with(|| equals(a, b))),
        Rule::EqualShares { .. } => return Ok(None),
    }
    let mut left = paper.pot;
    let mut won = Vec::new();
    for plan in order {
        if plan.minimum <= left {
            left = left - plan.minimum;
            won.push(plan);
        } else if procedure.rule == Rule::GreedyStop {
            break;
        }
    }
    Ok(Some(topped_up(&won, left, procedure.top_up)))
}

/// Compares votes per euro without dividing; a free plan with votes is worth more than any other.
fn per_euro(a: &PaperPlan, votes: u64, b: &PaperPlan, other: u64) -> Ordering {
    match (a.minimum.0, b.minimum.0) {
        (0, 0) => Ordering::Equal,
        (0, _) => Ordering::Greater,
        (_, 0) => Ordering::Less,
        (cost, cost_b) => (i128::from(votes) * i128::from(cost_b)).cmp(&(i128::from(other) * i128::from(cost))),
    }
}

/// The order of equals: cheaper, more votes, then the id as text or the lot; or the id as text alone.
fn equals<'a>(ties: &'a Ties, votes: &'a BTreeMap<i64, u64>) -> impl Fn(&PaperPlan, &PaperPlan) -> Ordering + use<'a> {
    move |a, b| {
        let (x, y) = (a.id.to_string(), b.id.to_string());
        let by_cost = a.minimum.cmp(&b.minimum).then_with(|| votes.get(&b.id).cmp(&votes.get(&a.id)));
        match ties {
            Ties::Id => x.cmp(&y),
            Ties::CostVotesId => by_cost.then_with(|| x.cmp(&y)),
            Ties::Lot(seed) => by_cost.then_with(|| tally::lot(seed, &x).cmp(&tally::lot(seed, &y))),
        }
    }
}

fn topped_up(won: &[&PaperPlan], mut left: Cents, top_up: bool) -> Plain {
    let mut funded = Vec::new();
    for plan in won {
        let more = if top_up { (plan.desired - plan.minimum).min(left).max(Cents::ZERO) } else { Cents::ZERO };
        left = left - more;
        funded.push((plan.id, plan.minimum + more));
    }
    Plain { funded, left }
}

/// One kind of ballot: what is on it, how many cast it, and what each of them has left.
struct Kind {
    picks: BTreeMap<i64, BigRational>,
    voters: u64,
    left: BigRational,
}

/// Equal Shares with the endowment that the first count ended with, in cents: the same winners must follow from it, and where
/// the endowment grows until it is too much, one euro more must be too much. `None` where that does not hold.
fn shares(
    paper: &Paper,
    ballots: &[Ballot],
    withdrawn: &[i64],
    endowment: &BigRational,
) -> Result<Option<Plain>, RoundCountError> {
    let procedure = count::procedure(paper)?;
    let Rule::EqualShares { utility, completion, fill } = procedure.rule else { return Ok(None) };
    let votes = votes(paper, ballots);
    let plans: Vec<&PaperPlan> = paper
        .plans
        .iter()
        .filter(|p| !withdrawn.contains(&p.id) && votes.get(&p.id).is_some_and(|n| *n > 0) && p.minimum <= paper.pot)
        .collect();
    let scored = matches!(paper.form.as_str(), "points" | "ranking");
    let worth = |plan: &PaperPlan, value: u32| match utility {
        _ if scored => whole(i64::try_from(score(paper, value)).unwrap_or(i64::MAX)),
        Utility::Cost => whole(plan.minimum.0),
        Utility::Cardinality => whole(1),
    };
    let mut alike: BTreeMap<&[(i64, u32)], u64> = BTreeMap::new();
    for ballot in ballots {
        *alike.entry(&ballot.0).or_default() += 1;
    }
    let run = |endowment: &BigRational| {
        let kinds = alike.iter().map(|(picks, voters)| {
            let of = |plan: &&&PaperPlan| picks.iter().find(|(id, _)| *id == plan.id).map(|(_, v)| worth(plan, *v));
            let picks = plans.iter().filter_map(|plan| Some((plan.id, of(&plan)?))).filter(|(_, u)| !u.is_zero());
            Kind { picks: picks.collect(), voters: *voters, left: endowment.clone() }
        });
        bought(&plans, kinds.collect(), equals(&procedure.ties, &votes))
    };
    let won = run(endowment);
    let spent: Cents = won.iter().map(|p| p.minimum).sum();
    let first = BigRational::new(BigInt::from(paper.pot.0), BigInt::from(ballots.len().max(1)));
    let grown = endowment - &first;
    let fits = spent <= paper.pot;
    let right = match completion {
        Completion::None => grown.is_zero(),
        _ if !fits || (&grown / whole(100)).floor() != &grown / whole(100) || grown < whole(0) => false,
        Completion::Add1Exhaustive => true,
        Completion::Add1Overshoot => {
            let more: Cents = run(&(endowment + whole(100))).iter().map(|p| p.minimum).sum();
            won.len() == plans.len() || more > paper.pot
        }
    };
    if !right {
        return Ok(None);
    }
    let mut won = won;
    let mut left = paper.pot - spent;
    if fill {
        let mut rest: Vec<&PaperPlan> = plans.iter().copied().filter(|p| !won.iter().any(|w| w.id == p.id)).collect();
        let order = equals(&procedure.ties, &votes);
        rest.sort_by(|a, b| votes.get(&b.id).cmp(&votes.get(&a.id)).then_with(|| order(a, b)));
        for plan in rest {
            if plan.minimum <= left {
                left = left - plan.minimum;
                won.push(plan);
            }
        }
    }
    Ok(Some(topped_up(&won, left, procedure.top_up)))
}

fn whole(n: i64) -> BigRational {
    BigRational::from(BigInt::from(n))
}

/// Buys plans, the one with the least price first, until no plan's supporters have its cost.
fn bought<'a>(
    plans: &[&'a PaperPlan],
    mut kinds: Vec<Kind>,
    equals: impl Fn(&PaperPlan, &PaperPlan) -> Ordering,
) -> Vec<&'a PaperPlan> {
    let mut free: Vec<&PaperPlan> = plans.iter().copied().filter(|p| p.minimum == Cents::ZERO).collect();
    free.sort_by(|a, b| equals(a, b));
    let mut won = free;
    loop {
        let next = plans
            .iter()
            .filter(|p| !won.iter().any(|w: &&PaperPlan| w.id == p.id))
            .filter_map(|p| Some((price(p, &kinds)?, *p)))
            .min_by(|(x, a), (y, b)| x.cmp(y).then_with(|| equals(a, b)));
        let Some((rho, plan)) = next else { return won };
        for kind in &mut kinds {
            if let Some(worth) = kind.picks.get(&plan.id) {
                let pays = (worth * &rho).min(kind.left.clone());
                kind.left -= pays;
            }
        }
        won.push(plan);
    }
}

/// The least `rho` with `sum of min(left, rho * worth) = cost`; `None` where the supporters have less together.
fn price(plan: &PaperPlan, kinds: &[Kind]) -> Option<BigRational> {
    let mut supporters: Vec<(BigRational, &BigRational, &Kind)> =
        kinds.iter().filter_map(|k| k.picks.get(&plan.id).map(|worth| (&k.left / worth, worth, k))).collect();
    supporters.sort_by(|a, b| a.0.cmp(&b.0));
    let times = |n: u64| BigRational::from(BigInt::from(n));
    let mut worth_left: BigRational = supporters.iter().map(|(_, worth, k)| *worth * times(k.voters)).sum();
    let mut missing = whole(plan.minimum.0);
    for (most, worth, kind) in supporters {
        let rho = &missing / &worth_left;
        if rho <= most {
            return Some(rho);
        }
        missing -= &kind.left * times(kind.voters);
        worth_left -= worth * times(kind.voters);
    }
    None
}
