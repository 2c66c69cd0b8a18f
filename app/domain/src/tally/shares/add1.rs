//! Completion by raising the endowment: one unit of the currency at a time from budget / voters, as the field does it. What
//! the method spends does not only rise with the endowment, so no step may be skipped.

use super::super::procedure::Completion;
use super::{Endowment, Market, Run};

/// Where the raising of endowments ended.
pub(in super::super) struct Completed {
    /// The endowment whose outcome counts.
    pub endowment: Endowment,
    /// Steps above budget / voters.
    pub steps: u64,
}

/// Why there is no outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than {0} endowment steps would be needed; count without completion, or with amounts in a larger unit")]
pub struct TooManySteps(pub u64);

/// Most steps that are tried: a hundred times what any known election needed.
pub const MOST_STEPS: u64 = 2_000_000;

/// The endowment of a step.
fn endowment_of(market: &Market<'_>, step: u64) -> Endowment {
    let voters = market.voters();
    let unit = i128::from(market.election.unit());
    Endowment { money: i128::from(market.budget) + i128::from(step) * unit * voters, voters }
}

/// Finds the endowment that this completion ends at; leaves the run at its outcome.
///
/// # Errors
/// [`TooManySteps`] past [`MOST_STEPS`].
pub(in super::super) fn complete(
    run: &mut Run<'_, '_>,
    completion: Completion,
    watch: &mut dyn FnMut(u64),
) -> Result<Completed, TooManySteps> {
    let market = run.market();
    let budget = market.budget;
    let mut step = 0;
    loop {
        watch(step);
        let endowment = endowment_of(market, step);
        let cost = run.go(endowment, budget);
        if cost > budget {
            // The step before it counts; step 0 never costs more than the budget.
            let step = step.saturating_sub(1);
            let endowment = endowment_of(market, step);
            run.go(endowment, budget);
            return Ok(Completed { endowment, steps: step });
        }
        let all = run.bought.len() == market.plans.len();
        let stop = match completion {
            Completion::None => true,
            Completion::Add1Exhaustive => all || is_exhaustive(run, market, budget - cost),
            Completion::Add1Overshoot => all,
        };
        if stop {
            return Ok(Completed { endowment, steps: step });
        }
        step += 1;
        if step > MOST_STEPS {
            return Err(TooManySteps(MOST_STEPS));
        }
    }
}

fn is_exhaustive(run: &Run<'_, '_>, market: &Market<'_>, left: i64) -> bool {
    let mut bought = vec![false; market.election.plans.len()];
    for purchase in &run.bought {
        bought[purchase.plan as usize] = true;
    }
    market.plans.iter().all(|plan| market.cost(*plan) > left || bought[*plan as usize])
}
