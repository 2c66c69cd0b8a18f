//! The rules once more, as slow and as literal as the papers write them: every voter apart, every amount a fraction, every
//! step looked at anew. It shares no code with the count it checks, but for the types of an election and a procedure.

use domain::tally::{Completion, Election, Procedure, Rule, Scope, Ties, Utility, lot};
use num_rational::BigRational;
use num_traits::Zero as _;

pub fn fraction(n: i64, d: i64) -> BigRational {
    BigRational::new(n.into(), d.into())
}

/// An election with every voter apart: their scores per plan, 0 for none.
pub struct Slow<'e> {
    pub election: &'e Election,
    pub voters: Vec<Vec<i64>>,
}

impl<'e> Slow<'e> {
    pub fn new(election: &'e Election) -> Self {
        let mut voters = Vec::new();
        for group in election.profile.groups() {
            let mut scores = vec![0; election.plans.len()];
            for (plan, score) in group.picks {
                scores[*plan as usize] = i64::from(*score);
            }
            voters.extend(std::iter::repeat_n(scores, group.voters as usize));
        }
        Self { election, voters }
    }

    fn votes(&self, plan: usize) -> i64 {
        self.voters.iter().map(|v| v[plan]).sum()
    }

    fn cost(&self, plan: usize) -> i64 {
        self.election.plans[plan].cost
    }

    /// Of equals the one that goes first.
    fn first(&self, ties: &Ties, equals: &[usize]) -> usize {
        let id = |p: usize| self.election.plans[p].id.clone();
        let lot_of = |p: usize| if let Ties::Lot(seed) = ties { lot(seed, &id(p)) } else { [0; 32] };
        *equals
            .iter()
            .min_by_key(|p| match ties {
                Ties::Id => (0, 0, lot_of(**p), id(**p)),
                _ => (self.cost(**p), -self.votes(**p), lot_of(**p), id(**p)),
            })
            .unwrap()
    }

    /// Winners in order.
    pub fn count(&self, procedure: &Procedure) -> Vec<usize> {
        let mut winners = Vec::new();
        let mut left = self.election.budget;
        for sub in &procedure.sub_budgets {
            let inside: Vec<usize> = (0..self.election.plans.len())
                .filter(|p| {
                    let plan = &self.election.plans[*p];
                    if sub.scope == Scope::Theme {
                        plan.themes.contains(&sub.name)
                    } else {
                        plan.places.contains(&sub.name)
                    }
                })
                .collect();
            let won = self.stage(procedure, sub.amount, &inside, &winners);
            left -= won.iter().map(|p| self.cost(*p)).sum::<i64>();
            winners.extend(won);
        }
        let all: Vec<usize> = (0..self.election.plans.len()).collect();
        let won = self.stage(procedure, left, &all, &winners);
        left -= won.iter().map(|p| self.cost(*p)).sum::<i64>();
        winners.extend(won);
        if let Rule::EqualShares { fill: true, .. } = procedure.rule {
            winners.extend(self.greedy(Rule::Greedy, &procedure.ties, left, &all, &winners));
        }
        winners
    }

    fn stage(&self, procedure: &Procedure, budget: i64, inside: &[usize], gone: &[usize]) -> Vec<usize> {
        match procedure.rule {
            Rule::EqualShares { utility, completion, .. } => {
                self.completed(utility, completion, &procedure.ties, budget, inside, gone)
            }
            rule => self.greedy(rule, &procedure.ties, budget, inside, gone),
        }
    }

    fn open(&self, inside: &[usize], gone: &[usize]) -> Vec<usize> {
        let plans = &self.election.plans;
        inside
            .iter()
            .copied()
            .filter(|p| {
                !gone.contains(p) && !plans[*p].withdrawn && self.votes(*p) > 0 && self.cost(*p) <= self.election.budget
            })
            .collect()
    }

    fn greedy(&self, rule: Rule, ties: &Ties, budget: i64, inside: &[usize], gone: &[usize]) -> Vec<usize> {
        let mut open = self.open(inside, gone);
        let (mut won, mut left) = (Vec::new(), budget);
        while !open.is_empty() {
            let better = |a: usize, b: usize| {
                if rule != Rule::GreedyPerEuro {
                    return self.votes(a) > self.votes(b);
                }
                match (self.cost(a), self.cost(b)) {
                    (0, 0) => false,
                    (0, _) => true,
                    (_, 0) => false,
                    (cost_a, cost_b) => fraction(self.votes(a), cost_a) > fraction(self.votes(b), cost_b),
                }
            };
            let best: Vec<usize> = open.iter().copied().filter(|a| !open.iter().any(|b| better(*b, *a))).collect();
            let next = self.first(ties, &best);
            open.retain(|p| *p != next);
            if self.cost(next) <= left {
                left -= self.cost(next);
                won.push(next);
            } else if rule == Rule::GreedyStop {
                break;
            }
        }
        won
    }

    fn completed(
        &self,
        utility: Utility,
        completion: Completion,
        ties: &Ties,
        budget: i64,
        inside: &[usize],
        gone: &[usize],
    ) -> Vec<usize> {
        let open: Vec<usize> = self.open(inside, gone).into_iter().filter(|p| self.cost(*p) <= budget).collect();
        let n = i64::try_from(self.voters.len()).unwrap().max(1);
        let mut endowment = fraction(budget, n);
        let cost = |won: &[usize]| won.iter().map(|p| self.cost(*p)).sum::<i64>();
        let mut last = Vec::new();
        loop {
            let won = self.equal_shares(utility, ties, &endowment, &open).0;
            if cost(&won) > budget {
                return last;
            }
            let fits = open.iter().any(|p| !won.contains(p) && cost(&won) + self.cost(*p) <= budget);
            let done = match completion {
                Completion::None => true,
                Completion::Add1Exhaustive => !fits,
                Completion::Add1Overshoot => won.len() == open.len(),
            };
            if done {
                return won;
            }
            last = won;
            endowment += fraction(self.election.unit(), 1);
        }
    }

    /// Winners, and what each voter has left.
    pub fn equal_shares(
        &self,
        utility: Utility,
        ties: &Ties,
        endowment: &BigRational,
        open: &[usize],
    ) -> (Vec<usize>, Vec<BigRational>) {
        let points = self.election.scored || self.election.profile.has_scores();
        let mut money = vec![endowment.clone(); self.voters.len()];
        let mut won = Vec::new();
        let mut free: Vec<usize> = open.iter().copied().filter(|p| self.cost(*p) == 0).collect();
        while !free.is_empty() {
            let next = self.first(ties, &free);
            free.retain(|p| *p != next);
            won.push(next);
        }
        loop {
            let mut best: Vec<(usize, BigRational)> = Vec::new();
            for plan in open.iter().copied().filter(|p| !won.contains(p)) {
                let per_score = |scores: &Vec<i64>| {
                    let one = if !points && utility == Utility::Cost { self.cost(plan) } else { 1 };
                    fraction(scores[plan] * one, 1)
                };
                let Some(rho) = self.rho(plan, &money, &per_score) else { continue };
                if best.first().is_none_or(|(_, known)| rho < *known) {
                    best = vec![(plan, rho)];
                } else if best.first().is_some_and(|(_, known)| rho == *known) {
                    best.push((plan, rho));
                }
            }
            let Some((_, rho)) = best.first().cloned() else { return (won, money) };
            let next = self.first(ties, &best.iter().map(|(plan, _)| *plan).collect::<Vec<_>>());
            let one = if !points && utility == Utility::Cost { self.cost(next) } else { 1 };
            let mut paid = BigRational::zero();
            for (scores, money) in self.voters.iter().zip(&mut money) {
                let pay = money.clone().min(&rho * fraction(scores[next] * one, 1));
                *money -= &pay;
                paid += pay;
            }
            assert_eq!(paid, fraction(self.cost(next), 1), "a plan is paid exactly");
            won.push(next);
        }
    }

    /// The least rho at which the supporters' min(money, rho x utility) add up to the cost: each of the points where some
    /// supporter begins to pay all is tried.
    fn rho(
        &self,
        plan: usize,
        money: &[BigRational],
        utility: &dyn Fn(&Vec<i64>) -> BigRational,
    ) -> Option<BigRational> {
        let cost = fraction(self.cost(plan), 1);
        let supporters: Vec<(BigRational, BigRational)> = self
            .voters
            .iter()
            .zip(money)
            .filter(|(scores, _)| scores[plan] > 0)
            .map(|(scores, money)| (money.clone(), utility(scores)))
            .collect();
        if supporters.iter().map(|(money, _)| money).sum::<BigRational>() < cost {
            return None;
        }
        let mut corners: Vec<BigRational> = supporters.iter().map(|(money, utility)| money / utility).collect();
        corners.sort();
        let paid = |rho: &BigRational| supporters.iter().map(|(m, u)| m.min(&(rho * u)).clone()).sum::<BigRational>();
        let at = corners.iter().find(|corner| paid(corner) >= cost)?;
        // Below this corner who pays all is settled: the rest share what is missing.
        let (poor, rich): (Vec<_>, Vec<_>) = supporters.iter().partition(|(m, u)| m / u < *at);
        let missing = cost - poor.iter().map(|(m, _)| m).sum::<BigRational>();
        Some(missing / rich.iter().map(|(_, u)| u).sum::<BigRational>())
    }
}
