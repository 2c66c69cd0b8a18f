//! The count itself: stages, in order, and what each decided.
//!
//! 1. Plans that are withdrawn, without votes or dearer than the budget are set aside.
//! 2. Each sub-budget is counted by the rule over its own plans, in the order of the procedure.
//! 3. What is left is counted over all plans that have not won yet.
//! 4. Where asked, what Equal Shares leaves is filled greedily by votes.
//! 5. Where asked, winners are raised from minimum to desired in the order they won, while money lasts.

use super::election::{Election, Limit};
use super::greedy;
use super::outcome::{Decision, Fraction, Outcome, SharesDetail, Stage, Tie, Verdict};
use super::procedure::{Completion, Procedure, Rule, Scope, Utility};
use super::shares::{self, Market, Run, TooManySteps};
use super::ties;
use num_bigint::BigInt;
use num_rational::BigRational;
use std::cmp::Reverse;
use std::collections::HashMap;

/// Why an election was not counted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CountError {
    /// An amount, a score or a number of plans or voters is beyond [`Limit`].
    #[error("{0}")]
    TooLarge(String),
    /// The sub-budgets together are more than the budget, or one is negative.
    #[error("the sub-budgets together are {0}, the budget is {1}: lower them so that they fit")]
    SubBudgets(i64, i64),
    /// A raising of endowments without end in sight.
    #[error(transparent)]
    TooManySteps(#[from] TooManySteps),
}

/// What every stage looks up.
pub(super) struct Facts<'e> {
    pub election: &'e Election,
    /// Sum of scores per plan.
    pub votes: Vec<u64>,
    /// Voters per plan.
    pub supporters: Vec<u64>,
    /// Place among equals per plan.
    pub ranks: Vec<u32>,
}

impl<'e> Facts<'e> {
    fn new(election: &'e Election, procedure: &Procedure) -> Self {
        let votes = ties::votes(election);
        let mut supporters = vec![0; election.plans.len()];
        for group in election.profile.groups() {
            for (plan, _) in group.picks {
                supporters[*plan as usize] += u64::from(group.voters);
            }
        }
        let ranks = ties::ranks(election, &votes, &procedure.ties);
        Self { election, votes, supporters, ranks }
    }

    pub fn cost(&self, plan: u32) -> i64 {
        self.election.plans[plan as usize].cost
    }

    pub fn rank(&self, plan: u32) -> u32 {
        self.ranks[plan as usize]
    }
}

/// Counts an election. `explain` also works out prices and what supporters had left, in exact fractions.
///
/// # Errors
/// [`CountError`] when the election is beyond its limits, or the procedure does not fit it.
pub fn count(election: &Election, procedure: &Procedure, explain: bool) -> Result<Outcome, CountError> {
    count_watched(election, procedure, explain, &mut |_| {})
}

/// [`count`], telling `watch` the number of each endowment step that is tried.
///
/// # Errors
/// As [`count`].
pub fn count_watched(
    election: &Election,
    procedure: &Procedure,
    explain: bool,
    watch: &mut dyn FnMut(u64),
) -> Result<Outcome, CountError> {
    check(election, procedure)?;
    let facts = Facts::new(election, procedure);
    let mut counting = Counting {
        facts: &facts,
        procedure,
        explain,
        watch,
        decided: vec![false; election.plans.len()],
        unpaid: HashMap::new(),
        outcome: Outcome {
            winners: Vec::new(),
            decisions: Vec::new(),
            cost: 0,
            left: election.budget,
            endowment: None,
            increments: None,
            ties: Vec::new(),
            doubts: 0,
        },
    };
    counting.all()?;
    Ok(counting.outcome)
}

fn check(election: &Election, procedure: &Procedure) -> Result<(), CountError> {
    let amounts = election.plans.iter().flat_map(|plan| [plan.cost, plan.desired]).chain([election.budget]);
    if amounts.into_iter().any(|amount| !(0..=Limit::AMOUNT).contains(&amount)) {
        return Err(CountError::TooLarge(format!("amounts must be from 0 to {} smallest units", Limit::AMOUNT)));
    }
    if election.plans.len() > Limit::PLANS || election.profile.voters() > Limit::VOTERS {
        return Err(CountError::TooLarge(format!(
            "at most {} plans and {} voters can be counted",
            Limit::PLANS,
            Limit::VOTERS
        )));
    }
    if election.profile.groups().any(|group| group.picks.iter().any(|(_, score)| *score > Limit::SCORE)) {
        return Err(CountError::TooLarge(format!("a ballot can give a plan at most {} points", Limit::SCORE)));
    }
    let parts = procedure.sub_budgets.iter().map(|sub| sub.amount);
    let together = parts.clone().fold(0_i64, i64::saturating_add);
    if together > election.budget || parts.into_iter().any(|amount| amount < 0) {
        return Err(CountError::SubBudgets(together, election.budget));
    }
    Ok(())
}

struct Counting<'c> {
    facts: &'c Facts<'c>,
    procedure: &'c Procedure,
    explain: bool,
    watch: &'c mut dyn FnMut(u64),
    decided: Vec<bool>,
    /// What supporters of the losers of Equal Shares had left, for those that the fill looks at again.
    unpaid: HashMap<u32, SharesDetail>,
    outcome: Outcome,
}

impl Counting<'_> {
    fn all(&mut self) -> Result<(), CountError> {
        for (place, sub) in self.procedure.sub_budgets.iter().enumerate() {
            let plans = &self.facts.election.plans;
            let inside = |plan: usize| {
                let names = if sub.scope == Scope::Theme { &plans[plan].themes } else { &plans[plan].places };
                names.contains(&sub.name)
            };
            self.stage(Stage::Part(place), sub.amount, &inside)?;
        }
        let whole = self.outcome.left;
        self.stage(Stage::Whole, whole, &|_| true)?;
        if let Rule::EqualShares { fill: true, .. } = self.procedure.rule {
            let rest = self.outcome.left;
            self.greedily(Stage::Fill, Rule::Greedy, rest, &|_| true);
        }
        self.set_aside();
        if self.procedure.top_up {
            self.top_up();
        }
        self.outcome.ties.iter_mut().for_each(|tie| tie.plans.shrink_to_fit());
        Ok(())
    }

    fn stage(&mut self, stage: Stage, budget: i64, inside: &dyn Fn(usize) -> bool) -> Result<(), CountError> {
        match self.procedure.rule {
            Rule::EqualShares { utility, completion, fill } => {
                // A loser of the last count of Equal Shares is decided by it, unless the fill looks at it again.
                let last = stage == Stage::Whole && !fill;
                self.by_shares(stage, budget, utility, completion, inside, last)
            }
            rule => {
                self.greedily(stage, rule, budget, inside);
                Ok(())
            }
        }
    }

    /// Plans that this stage may still fund: inside it, supported, not withdrawn, within the budget as a whole.
    fn open(&self, inside: &dyn Fn(usize) -> bool) -> Vec<u32> {
        (0..self.facts.election.plans.len())
            .filter(|plan| !self.decided[*plan] && self.obstacle(*plan).is_none() && inside(*plan))
            .map(|plan| plan as u32)
            .collect()
    }

    fn obstacle(&self, plan: usize) -> Option<Verdict> {
        let election = self.facts.election;
        if election.plans[plan].withdrawn {
            Some(Verdict::Withdrawn)
        } else if self.facts.votes[plan] == 0 {
            Some(Verdict::NoVotes)
        } else if election.plans[plan].cost > election.budget {
            Some(Verdict::AboveBudget)
        } else {
            None
        }
    }

    fn greedily(&mut self, stage: Stage, rule: Rule, budget: i64, inside: &dyn Fn(usize) -> bool) {
        let walk = greedy::walk(self.facts, rule, stage, budget, self.open(inside));
        for (plan, left_before, verdict) in walk.steps {
            // What a sub-budget could not fund is looked at again in the whole.
            if verdict == Verdict::Funded || !matches!(stage, Stage::Part(_)) {
                self.decide(plan, stage, verdict, left_before, None);
            }
        }
        self.outcome.ties.extend(walk.ties);
    }

    fn by_shares(
        &mut self,
        stage: Stage,
        budget: i64,
        utility: Utility,
        completion: Completion,
        inside: &dyn Fn(usize) -> bool,
        last: bool,
    ) -> Result<(), CountError> {
        let (facts, decided) = (self.facts, self.decided.clone());
        let market = Market::new(facts, budget, utility, &|plan| !decided[plan] && inside(plan));
        let mut left = budget;
        for plan in &market.free {
            self.decide(*plan, stage, Verdict::Funded, left, None);
        }
        let mut run = Run::new(&market);
        let completed = shares::complete(&mut run, completion, self.watch)?;
        let bought = run.bought.clone();
        for (place, purchase) in bought.iter().enumerate() {
            let detail = self.explain.then(|| {
                let cost = BigRational::from(BigInt::from(facts.cost(purchase.plan)));
                let before = run.exact_before(place).left(purchase.plan);
                let price = run.exact_before(place + 1).paid(place);
                SharesDetail {
                    supporters_left: Fraction(before),
                    effective_votes: Some(Fraction(cost / &price)),
                    price: Some(Fraction(price)),
                }
            });
            self.decide(purchase.plan, stage, Verdict::Funded, left, detail);
            left -= facts.cost(purchase.plan);
        }
        let won = |plan: &u32| bought.iter().any(|purchase| purchase.plan == *plan);
        if self.explain && stage == Stage::Whole {
            for plan in market.plans.iter().filter(|plan| !won(plan)) {
                let supporters_left = Fraction(run.exact().left(*plan));
                self.unpaid.insert(*plan, SharesDetail { supporters_left, price: None, effective_votes: None });
            }
        }
        if last {
            let mut losers = self.open(inside);
            losers.sort_by_key(|plan| (Reverse(facts.votes[*plan as usize]), facts.rank(*plan)));
            for plan in losers {
                let verdict = if market.plans.contains(&plan) { Verdict::NotPaid } else { Verdict::DidNotFit };
                self.decide(plan, stage, verdict, left, None);
            }
        }
        for tied in &run.ties {
            let mattered = !tied.plans.iter().all(won);
            self.outcome.ties.push(Tie { stage, plans: tied.plans.clone(), mattered });
        }
        self.outcome.doubts += run.doubts;
        if stage == Stage::Whole {
            self.outcome.endowment =
                Some(Fraction::new(BigInt::from(completed.endowment.money), BigInt::from(completed.endowment.voters)));
            self.outcome.increments = Some(completed.steps);
        }
        Ok(())
    }

    fn decide(&mut self, plan: u32, stage: Stage, verdict: Verdict, left_before: i64, shares: Option<SharesDetail>) {
        let cost = self.facts.cost(plan);
        let mut granted = 0;
        if verdict == Verdict::Funded {
            granted = cost;
            self.outcome.winners.push(plan);
            self.outcome.cost += cost;
            self.outcome.left -= cost;
        }
        self.decided[plan as usize] = true;
        let shares = shares.or_else(|| self.unpaid.remove(&plan));
        let (votes, supporters) = (self.facts.votes[plan as usize], self.facts.supporters[plan as usize]);
        self.outcome.decisions.push(Decision { plan, stage, verdict, votes, supporters, granted, left_before, shares });
    }

    fn set_aside(&mut self) {
        let mut aside: Vec<(u32, Verdict)> = (0..self.facts.election.plans.len())
            .filter(|plan| !self.decided[*plan])
            .filter_map(|plan| Some((plan as u32, self.obstacle(plan)?)))
            .collect();
        aside.sort_by_key(|(plan, _)| (Reverse(self.facts.votes[*plan as usize]), self.facts.rank(*plan)));
        for (plan, verdict) in aside {
            self.decide(plan, Stage::Before, verdict, self.facts.election.budget, None);
        }
    }

    fn top_up(&mut self) {
        let plans = &self.facts.election.plans;
        for decision in self.outcome.decisions.iter_mut().filter(|d| d.verdict == Verdict::Funded) {
            let plan = &plans[decision.plan as usize];
            let more = (plan.desired - plan.cost).clamp(0, self.outcome.left);
            decision.granted += more;
            self.outcome.left -= more;
        }
    }
}
