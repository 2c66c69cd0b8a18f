//! The count against the textbook program, and what must hold of every count.

mod textbook;

use domain::tally::{
    Bound, Completion, Election, Outcome, Plan, Procedure, Profile, ProfileBuilder, Rule, Scope, SubBudget, Threshold,
    Ties, Utility, count, what_if,
};
use num_traits::ToPrimitive as _;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use textbook::{Slow, fraction};

fn counted(election: &Election, procedure: &Procedure) -> Outcome {
    count(election, procedure, true).unwrap()
}

fn winners(outcome: &Outcome) -> Vec<usize> {
    outcome.winners.iter().map(|w| *w as usize).collect()
}

fn rules() -> Vec<Rule> {
    let mut rules = vec![Rule::Greedy, Rule::GreedyPerEuro, Rule::GreedyStop];
    for utility in [Utility::Cost, Utility::Cardinality] {
        for completion in [Completion::None, Completion::Add1Exhaustive, Completion::Add1Overshoot] {
            for fill in [false, true] {
                rules.push(Rule::EqualShares { utility, completion, fill });
            }
        }
    }
    rules
}

/// Ballots as lists of (plan, score).
type Ballots = Vec<Vec<(u32, u32)>>;

fn profile(ballots: &Ballots) -> Profile {
    let mut builder = ProfileBuilder::default();
    for ballot in ballots {
        builder.add(&mut ballot.clone());
    }
    builder.finish()
}

fn ids(number: usize) -> Vec<String> {
    // As text "10" stands before "2"; the order of ids is not that of plans.
    (0..number).map(|n| ((n * 7 + 3) % 11).to_string()).collect()
}

/// Small elections, many of them with ties: few costs, few voters, votes for the same plans.
fn elections(scores: bool) -> impl Strategy<Value = (Election, Ballots)> {
    let top: u32 = if scores { 4 } else { 2 };
    let plan = (prop_oneof![Just(0_i64), 1..8_i64, 1..40_i64], 0..6_i64, 0..3_u8, prop::bool::weighted(0.05));
    (2..8_usize, 0..60_i64, 0..2_u32).prop_flat_map(move |(plans, budget, decimals)| {
        let ballot = prop::collection::vec((0..plans as u32, 1..top), 0..5);
        (prop::collection::vec(plan.clone(), plans), prop::collection::vec(ballot, 0..14)).prop_map(
            move |(costs, ballots)| {
                let plans = costs
                    .iter()
                    .zip(ids(plans))
                    .map(|((cost, more, theme, withdrawn), id)| Plan {
                        desired: cost + more,
                        themes: vec![["groen", "spelen", "zorg"][*theme as usize].into()],
                        withdrawn: *withdrawn,
                        ..Plan::new(id, *cost)
                    })
                    .collect();
                (Election { budget, decimals, plans, scored: scores, profile: profile(&ballots) }, ballots)
            },
        )
    })
}

fn procedures() -> impl Strategy<Value = Procedure> {
    let ties = prop_oneof![Just(Ties::CostVotesId), Just(Ties::Id), "[a-z]{1,4}".prop_map(Ties::Lot)];
    (prop::sample::select(rules()), ties, any::<bool>(), prop::option::of(0..12_i64)).prop_map(
        |(rule, ties, top_up, sub)| Procedure {
            rule,
            ties,
            sub_budgets: sub
                .map(|amount| SubBudget { scope: Scope::Theme, name: "groen".into(), amount })
                .into_iter()
                .collect(),
            top_up,
        },
    )
}

/// Sub-budgets must fit in the budget.
fn fitting(election: &Election, mut procedure: Procedure) -> Procedure {
    procedure.sub_budgets.retain(|sub| sub.amount <= election.budget);
    procedure
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn equals_the_textbook((election, _) in elections(false), procedure in procedures()) {
        let procedure = fitting(&election, procedure);
        prop_assert_eq!(winners(&counted(&election, &procedure)), Slow::new(&election).count(&procedure), "{}", procedure.describe());
    }

    #[test]
    fn equals_the_textbook_with_points((election, _) in elections(true), procedure in procedures()) {
        let procedure = fitting(&election, procedure);
        prop_assert_eq!(winners(&counted(&election, &procedure)), Slow::new(&election).count(&procedure), "{}", procedure.describe());
    }

    #[test]
    fn grouped_equals_apart((election, ballots) in elections(true), procedure in procedures()) {
        let procedure = fitting(&election, procedure);
        let mut builder = ProfileBuilder::default();
        for group in election.profile.groups() {
            (0..group.voters).for_each(|_| builder.add_alone(group.picks));
        }
        let apart = Election { profile: builder.finish(), ..election.clone() };
        prop_assert_eq!(apart.profile.len(), ballots.len());
        let (mut one, mut other) = (counted(&election, &procedure), counted(&apart, &procedure));
        (one.doubts, other.doubts) = (0, 0);
        prop_assert_eq!(one, other);
    }

    #[test]
    fn the_order_of_voters_and_plans_tells_nothing((election, ballots) in elections(true), procedure in procedures(), turn in 0..7_usize) {
        let procedure = fitting(&election, procedure);
        let by_id = |election: &Election, outcome: &Outcome| -> Vec<(String, i64)> {
            outcome.winners.iter().map(|w| {
                let granted = outcome.decisions.iter().find(|d| d.plan == *w).unwrap().granted;
                (election.plans[*w as usize].id.clone(), granted)
            }).collect()
        };
        let before = by_id(&election, &counted(&election, &procedure));
        let number = election.plans.len();
        let moved = |plan: usize| (plan + turn) % number;
        let mut plans = vec![Plan::default(); number];
        for (index, plan) in election.plans.iter().enumerate() {
            plans[moved(index)] = plan.clone();
        }
        let mut other: Ballots = ballots.iter().map(|b| b.iter().map(|(p, s)| (moved(*p as usize) as u32, *s)).collect()).collect();
        other.reverse();
        let other = Election { plans, profile: profile(&other), ..election };
        prop_assert_eq!(before, by_id(&other, &counted(&other, &procedure)));
    }

    #[test]
    fn never_costs_more_than_the_budget((election, _) in elections(true), procedure in procedures()) {
        let procedure = fitting(&election, procedure);
        let outcome = counted(&election, &procedure);
        let granted: i64 = outcome.decisions.iter().map(|d| d.granted).sum();
        prop_assert!(outcome.cost <= election.budget);
        prop_assert_eq!(granted + outcome.left, election.budget);
        prop_assert!(outcome.left >= 0);
        prop_assert_eq!(outcome.decisions.len(), election.plans.len());
        for decision in &outcome.decisions {
            let plan = &election.plans[decision.plan as usize];
            prop_assert_eq!(outcome.won(decision.plan), decision.verdict == domain::tally::Verdict::Funded);
            prop_assert!(!outcome.won(decision.plan) || (plan.cost..=plan.desired).contains(&decision.granted));
            prop_assert!(decision.missing(plan.cost).is_none_or(|missing| missing > 0));
        }
    }

    #[test]
    fn prices_are_what_the_textbook_pays((election, _) in elections(true), utility in prop::sample::select(vec![Utility::Cost, Utility::Cardinality])) {
        let procedure = Procedure::equal_shares(utility, Completion::None);
        let outcome = counted(&election, &procedure);
        let slow = Slow::new(&election);
        let n = i64::try_from(election.profile.voters()).unwrap().max(1);
        let open: Vec<usize> = (0..election.plans.len()).filter(|p| {
            let d = outcome.decisions.iter().find(|d| d.plan as usize == *p).unwrap();
            matches!(d.verdict, domain::tally::Verdict::Funded | domain::tally::Verdict::NotPaid)
        }).collect();
        let (won, left) = slow.equal_shares(utility, &procedure.ties, &fraction(election.budget, n), &open);
        prop_assert_eq!(winners(&outcome), won);
        for money in &left {
            prop_assert!(*money >= fraction(0, 1));
        }
        for decision in outcome.decisions.iter().filter(|d| d.verdict == domain::tally::Verdict::NotPaid) {
            let supporters = slow.voters.iter().zip(&left).filter(|(scores, _)| scores[decision.plan as usize] > 0);
            let together: num_rational::BigRational = supporters.map(|(_, money)| money).sum();
            prop_assert_eq!(&decision.shares.as_ref().unwrap().supporters_left.0, &together);
        }
        for decision in outcome.decisions.iter().filter(|d| d.granted > 0) {
            let detail = decision.shares.as_ref().unwrap();
            let price = detail.price.as_ref().unwrap();
            // No voter pays more than the endowment, and each price is at least an equal share of the cost.
            prop_assert!(price.0 >= fraction(election.plans[decision.plan as usize].cost, decision.votes as i64));
            prop_assert!(detail.supporters_left.0 >= fraction(election.plans[decision.plan as usize].cost, 1));
            prop_assert!(detail.effective_votes.as_ref().unwrap().0.to_f64().unwrap() <= decision.votes as f64 + 1e-9);
        }
    }

    #[test]
    fn one_more_vote_keeps_a_greedy_winner((election, ballots) in elections(false), rule in prop::sample::select(vec![Rule::Greedy, Rule::GreedyPerEuro, Rule::GreedyStop])) {
        let procedure = Procedure::of(rule);
        for winner in counted(&election, &procedure).winners {
            let mut ballots = ballots.clone();
            ballots.push(vec![(winner, 1)]);
            let more = Election { profile: profile(&ballots), ..election.clone() };
            prop_assert!(counted(&more, &procedure).won(winner));
        }
    }
}

/// Counts again with one change: a plan at another cost, or with more voters for it alone.
fn wins_at(
    election: &Election,
    ballots: &Ballots,
    procedure: &Procedure,
    plan: u32,
    cost: Option<i64>,
    voters: i64,
) -> bool {
    let mut election = election.clone();
    if let Some(cost) = cost {
        let plan = &mut election.plans[plan as usize];
        (plan.cost, plan.desired) = (cost, plan.desired.max(cost));
    }
    let top = election.profile.groups().flat_map(|group| group.picks).map(|(_, score)| *score).max().unwrap_or(1);
    let mut ballots = ballots.clone();
    ballots.extend((0..voters).map(|_| vec![(plan, top)]));
    count(&Election { profile: profile(&ballots), ..election }, procedure, false).unwrap().won(plan)
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn what_would_have_made_it_win_does((election, ballots) in elections(true), procedure in procedures()) {
        let procedure = fitting(&election, procedure);
        let outcome = counted(&election, &procedure);
        let answers = what_if(&election, &procedure, &outcome, Bound::default(), &mut |_| {}).unwrap();
        let losers = outcome.decisions.iter().filter(|d| d.granted == 0 && !outcome.won(d.plan)).filter(|d| {
            d.votes > 0 && d.verdict != domain::tally::Verdict::Withdrawn
        });
        prop_assert_eq!(answers.len(), losers.count());
        for answer in answers {
            let cost = election.plans[answer.plan as usize].cost;
            let wins = |cost, voters| wins_at(&election, &ballots, &procedure, answer.plan, cost, voters);
            prop_assert!(!wins(None, 0));
            match answer.cost {
                Threshold::At { value, least } => {
                    prop_assert!((0..cost).contains(&value));
                    prop_assert!(wins(Some(value), 0) && !wins(Some(value + 1), 0), "{answer:?}");
                    prop_assert_eq!(least, procedure.is_greedy());
                    prop_assert!(!least || (value + 1..=cost).all(|cost| !wins(Some(cost), 0)), "{answer:?} is not the least");
                }
                // For nothing every supported plan wins, unless the count had stopped before it.
                Threshold::Never => {
                    prop_assert_eq!(procedure.rule, Rule::GreedyStop);
                    prop_assert!((0..=cost).all(|cost| !wins(Some(cost), 0)), "{answer:?}");
                }
                Threshold::NotComputed => return Err(TestCaseError::fail("not computed")),
            }
            match answer.voters {
                Threshold::At { value, least } => {
                    prop_assert!(wins(None, value) && !wins(None, value - 1), "{answer:?}");
                    prop_assert!(!least || (0..value).all(|voters| !wins(None, voters)), "{answer:?} is not the least");
                }
                Threshold::Never => prop_assert!(!procedure.is_greedy() || cost > election.budget || !procedure.sub_budgets.is_empty(), "{answer:?}"),
                Threshold::NotComputed => return Err(TestCaseError::fail("not computed")),
            }
        }
    }
}

#[test]
fn work_beyond_the_bound_is_not_done() {
    let ballots: Ballots = vec![vec![(0, 1)], vec![(0, 1)], vec![(1, 1)]];
    let plans = vec![Plan::new("a", 6), Plan::new("b", 6)];
    let election = Election { budget: 6, decimals: 0, plans, scored: false, profile: profile(&ballots) };
    let procedure = Procedure::of(Rule::Greedy);
    let outcome = counted(&election, &procedure);
    let answers = what_if(&election, &procedure, &outcome, Bound { work: 5, voters: 10 }, &mut |_| {}).unwrap();
    assert_eq!((answers[0].cost, answers[0].voters), (Threshold::NotComputed, Threshold::NotComputed));
    let answers = what_if(&election, &procedure, &outcome, Bound::default(), &mut |_| {}).unwrap();
    // Two new voters make it three against two; one makes it equal, and a is first by its id.
    assert_eq!(answers[0].voters, Threshold::At { value: 2, least: true });
    assert_eq!(answers[0].cost, Threshold::At { value: 0, least: true });
}

#[test]
fn measures_are_those_of_the_field() {
    let ballots: Ballots = vec![vec![(0, 1), (1, 1)], vec![(0, 1)], vec![(2, 1)], vec![]];
    let mut plans = vec![Plan::new("a", 600), Plan::new("b", 300), Plan::new("c", 900)];
    plans[0].themes = vec!["groen".into()];
    let election = Election { budget: 1000, decimals: 2, plans, scored: false, profile: profile(&ballots) };
    let outcome = counted(&election, &Procedure::of(Rule::Greedy));
    let measures = domain::tally::measures(&election, &outcome);
    assert_eq!(winners(&outcome), [0, 1]);
    assert_eq!(measures.winners_per_voter.to_string(), "3/4");
    assert_eq!(measures.cost_per_voter.to_string(), "375");
    assert_eq!(measures.excluded.to_string(), "1/2");
    // The four voters decided over 0, 0, 300 and 600 cents.
    assert_eq!(measures.influence, [0, 0, 0, 0, 0, 0, 0, 300, 300, 300, 600]);
    let themes: Vec<_> =
        measures.themes.iter().map(|t| (t.name.as_str(), t.plans, t.asked, t.votes, t.granted)).collect();
    assert_eq!(themes, [("", 2, 1200, 2, 300), ("groen", 1, 600, 2, 600)]);
}

/// The slow way is taken in these small elections too, so that the tests above try it: bounds do not always tell.
#[test]
fn some_comparisons_need_exact_fractions() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut doubts = 0;
    for _ in 0..2_000 {
        let (election, _) = elections(true).new_tree(&mut runner).unwrap().current();
        for utility in [Utility::Cost, Utility::Cardinality] {
            doubts += counted(&election, &Procedure::equal_shares(utility, Completion::Add1Overshoot)).doubts;
        }
    }
    println!("{doubts} comparisons were decided in exact fractions");
    assert!(doubts > 0);
}
