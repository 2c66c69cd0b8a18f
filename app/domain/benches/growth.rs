//! How the time of a count grows with voters and plans, as ratios to the first line of each table: `make bench`.
//! Nothing in a count is quadratic in voters.

use domain::tally::{Completion, Election, Plan, Procedure, ProfileBuilder, Rule, Utility, count};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use std::time::Instant;

/// A generated election: plans of uneven popularity and cost, five picks a voter, a fifth of the plans within the budget.
fn election(voters: usize, plans: usize) -> Election {
    let mut rng = StdRng::seed_from_u64(1);
    let list: Vec<Plan> = (0..plans).map(|n| Plan::new(format!("p{n}"), rng.random_range(1_000..50_000))).collect();
    let budget = list.iter().map(|plan| plan.cost).sum::<i64>() / 5;
    let mut ballots = ProfileBuilder::default();
    let mut picks = Vec::new();
    for _ in 0..voters {
        picks.clear();
        // The smaller of two draws: low numbers are popular.
        picks.extend((0..5).map(|_| (rng.random_range(0..plans).min(rng.random_range(0..plans)) as u32, 1)));
        ballots.add(&mut picks);
    }
    Election { budget, decimals: 0, plans: list, scored: false, profile: ballots.finish() }
}

fn table(title: &str, procedure: &Procedure, sizes: &[(usize, usize)]) {
    println!("\n{title}");
    let mut first = None;
    for (voters, plans) in sizes {
        let election = election(*voters, *plans);
        let mut times = Vec::new();
        let mut steps = 0;
        for _ in 0..3 {
            let start = Instant::now();
            let outcome = count(&election, procedure, false).expect("a count");
            times.push(start.elapsed());
            steps = outcome.increments.unwrap_or(0) + 1;
        }
        times.sort_unstable();
        // Per endowment step: how many there are depends on budget / voters, not on the work of one.
        let time = times[1].as_secs_f64() / steps as f64;
        let ratio = time / *first.get_or_insert(time);
        println!(
            "  {voters:>8} voters {plans:>5} plans  {steps:>6} steps  {:>12.1} µs a step {ratio:>9.2} x",
            time * 1e6
        );
    }
}

fn main() {
    let voters = [(1_000, 50), (10_000, 50), (100_000, 50), (1_000_000, 50)];
    let plans = [(20_000, 25), (20_000, 50), (20_000, 100), (20_000, 200), (20_000, 400)];
    for (name, procedure) in [
        ("Greedy by votes", Procedure::of(Rule::Greedy)),
        ("Equal Shares, cost, add1-overshoot", Procedure::equal_shares(Utility::Cost, Completion::Add1Overshoot)),
        ("Equal Shares, cardinality, no completion", Procedure::equal_shares(Utility::Cardinality, Completion::None)),
    ] {
        table(&format!("{name}: ten times the voters"), &procedure, &voters);
        table(&format!("{name}: twice the plans, the same voters and picks"), &procedure, &plans);
    }
}
