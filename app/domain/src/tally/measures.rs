//! What an outcome means for voters, in figures of the field. None of them decides anything.

use super::election::Election;
use super::outcome::{Fraction, Outcome};
use serde::Serialize;
use std::collections::BTreeMap;

/// Money that plans of a theme or place asked and got, smallest units. A plan with several themes counts in each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Division {
    /// Theme or place; empty for plans that name none.
    pub name: String,
    /// Plans.
    pub plans: usize,
    /// Sum of their costs.
    pub asked: i64,
    /// Votes (sum of scores) for them.
    pub votes: u64,
    /// What their winners got, top-ups included.
    pub granted: i64,
}

/// Figures over all voters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Measures {
    /// Voters, empty ballots included.
    pub voters: u64,
    /// Winners that a voter chose, on average (Faliszewski and others 2023, 'Participatory Budgeting: Data, Tools, and
    /// Analysis': average cardinality satisfaction).
    pub winners_per_voter: Fraction,
    /// Cost of the winners that a voter chose, on average, smallest units (the same: average cost satisfaction).
    pub cost_per_voter: Fraction,
    /// Part of the voters who chose no winner (the same: exclusion ratio).
    pub excluded: Fraction,
    /// Money that each voter decided over, in smallest units rounded down: the cost of each winner on the ballot divided by its
    /// supporters (Lackner, Maly, Rey 2021, 'Fairness in Participatory Budgeting via Equality of Resources': share). Eleven
    /// figures: the least, each tenth of the voters, the most.
    pub influence: Vec<i64>,
    /// Money per theme, by name.
    pub themes: Vec<Division>,
    /// Money per place, by name.
    pub places: Vec<Division>,
}

/// Measures an outcome.
pub fn measures(election: &Election, outcome: &Outcome) -> Measures {
    let mut won = vec![false; election.plans.len()];
    let mut supporters = vec![1_u64; election.plans.len()];
    for decision in &outcome.decisions {
        won[decision.plan as usize] = outcome.won(decision.plan);
        supporters[decision.plan as usize] = decision.supporters.max(1);
    }
    let (mut chosen, mut money, mut excluded) = (0_u128, 0_i128, 0_u64);
    let mut shares: Vec<(i64, u64)> = Vec::with_capacity(election.profile.len());
    for group in election.profile.groups() {
        let (voters, mut winners, mut share) = (u64::from(group.voters), 0_u64, 0_i128);
        for (plan, _) in group.picks.iter().filter(|(plan, _)| won[*plan as usize]) {
            let cost = i128::from(election.plans[*plan as usize].cost);
            winners += 1;
            money += cost * i128::from(voters);
            // Sixteen bits behind the unit, so that rounding each plan down loses nothing that shows.
            share += (cost << 16) / i128::from(supporters[*plan as usize]);
        }
        chosen += u128::from(winners * voters);
        excluded += if winners == 0 { voters } else { 0 };
        shares.push((i64::try_from(share >> 16).unwrap_or(i64::MAX), voters));
    }
    let all = election.profile.voters().max(1);
    Measures {
        voters: election.profile.voters(),
        winners_per_voter: Fraction::new(chosen, all),
        cost_per_voter: Fraction::new(money, all),
        excluded: Fraction::new(excluded, all),
        influence: tenths(shares),
        themes: divide(election, outcome, |plan| &plan.themes),
        places: divide(election, outcome, |plan| &plan.places),
    }
}

/// The values at 0, 1/10 ... 10/10 of the voters.
fn tenths(mut shares: Vec<(i64, u64)>) -> Vec<i64> {
    shares.sort_unstable();
    let all: u64 = shares.iter().map(|(_, voters)| voters).sum();
    let at = |wanted: u64| {
        let mut seen = 0;
        shares.iter().find(|(_, voters)| {
            seen += voters;
            seen > wanted
        })
    };
    (0..=10_u64).map(|tenth| at((all.saturating_sub(1)) * tenth / 10).map_or(0, |(share, _)| *share)).collect()
}

fn divide<'e>(
    election: &'e Election,
    outcome: &Outcome,
    names: impl Fn(&'e super::Plan) -> &'e Vec<String>,
) -> Vec<Division> {
    let mut found: BTreeMap<&str, Division> = BTreeMap::new();
    for decision in &outcome.decisions {
        let plan = &election.plans[decision.plan as usize];
        let own = names(plan);
        let own = if own.is_empty() { vec![""] } else { own.iter().map(String::as_str).collect() };
        for name in own {
            let division = found.entry(name).or_insert_with(|| Division { name: name.into(), ..Division::default() });
            division.plans += 1;
            division.asked += plan.cost;
            division.votes += decision.votes;
            division.granted += decision.granted;
        }
    }
    found.into_values().collect()
}
