use super::*;
use crate::round::count_twice;
use proptest::prelude::*;

fn paper(pot: i64, plans: &[(i64, i64, i64)]) -> Paper {
    let plans = plans
        .iter()
        .map(|&(id, min, want)| PaperPlan {
            id,
            title: format!("Plan {id}"),
            summary: String::new(),
            minimum: Cents(min),
            desired: Cents(want),
            ..PaperPlan::default()
        })
        .collect();
    Paper {
        round: "r".into(),
        title: "R".into(),
        pot: Cents(pot),
        year: 2008,
        theme: String::new(),
        form: "approval".into(),
        max_picks: 3,
        points: 0,
        points_each: 0,
        weights: String::new(),
        rule: "greedy".into(),
        ties: "cost-votes-id".into(),
        plans,
        ..Paper::default()
    }
}

#[test]
fn a_round_by_hand() {
    // Votes: 1 -> 3, 2 -> 2, 3 -> 2, 4 -> 0. Pot 100: 1 (60) fits, of the two equals 3 is cheaper (30) and fits, 2 (50) does not; 10 left tops up 1.
    let paper = paper(100, &[(1, 60, 80), (2, 50, 50), (3, 30, 30), (4, 5, 5)]);
    let ballots = [Ballot::of_plans([1, 2]), Ballot::of_plans([1, 3]), Ballot::of_plans([1, 2, 3])];
    let outcome = count_round(&paper, &ballots, &[]).unwrap();
    let got: Vec<_> = outcome.steps.iter().map(|s| (s.id, s.votes, s.granted.0, s.verdict)).collect();
    assert_eq!(
        got,
        [
            (1, 3, 70, Verdict::Funded),
            (3, 2, 30, Verdict::Funded),
            (2, 2, 0, Verdict::DidNotFit),
            (4, 0, 0, Verdict::NoVotes)
        ]
    );
    assert_eq!(outcome.left, Cents::ZERO);
    let without = count_round(&paper, &ballots, &[1]).unwrap();
    assert!(without.steps.iter().any(|s| s.id == 1 && s.verdict == Verdict::Withdrawn));
    assert_eq!(without.left, Cents(20));
}

#[test]
fn a_result_says_what_would_have_won_and_what_others_choose() {
    let paper = paper(100, &[(1, 60, 80), (2, 50, 50), (3, 30, 30), (4, 5, 5)]);
    let ballots = [Ballot::of_plans([1, 2]), Ballot::of_plans([1, 3]), Ballot::of_plans([1, 2, 3])];
    let explanation = explain(&paper, &ballots, &[], Bound::default()).unwrap();
    // 1 takes 60 and leaves 40; of the equals 3 (30) goes before 2. At 30 the id puts 2 first. With one more vote it is
    // equal to 1 and cheaper.
    let two = explanation.would_win.iter().find(|w| w.id == 2).unwrap();
    assert_eq!(two.cost, Threshold::At { value: 30, least: true });
    assert_eq!(two.voters, Threshold::At { value: 1, least: true });
    assert_eq!(explanation.would_win.len(), 1);
    let per_euro = explanation.others.iter().find(|o| o.rule == "greedy-per-euro/1").unwrap();
    assert_eq!((&per_euro.winners[..], per_euro.granted), (&[3, 1][..], Cents(100)));
    assert!(explanation.others.iter().all(|o| o.rule != "greedy/1"));
    assert_eq!((explanation.without_winner, explanation.winners_per_voter), (0, 166));
}

#[test]
fn points_and_places_are_counted_by_their_worth() {
    let plans = [(1, 60, 60), (2, 50, 50), (3, 30, 30)];
    let points = Paper { form: "points".into(), points: 5, points_each: 4, ..paper(60, &plans) };
    let ballots = [Ballot(vec![(1, 1), (2, 4)]), Ballot(vec![(1, 3), (3, 1)])];
    let outcome = count_round(&points, &ballots, &[]).unwrap();
    let votes = |id: i64| outcome.steps.iter().find(|s| s.id == id).unwrap().votes;
    // 1 and 2 are equal with 4 points; 2 is cheaper and leaves 10.
    assert_eq!((votes(1), votes(2), votes(3), outcome.steps[0].id), (4, 4, 1, 2));
    let ranking = Paper { form: "ranking".into(), max_picks: 2, weights: "borda".into(), ..paper(60, &plans) };
    let outcome = count_round(&ranking, &[Ballot(vec![(3, 1), (1, 2)]), Ballot(vec![(1, 1)])], &[]).unwrap();
    assert_eq!(outcome.steps.iter().map(|s| (s.id, s.votes)).collect::<Vec<_>>(), [(1, 3), (3, 2), (2, 0)]);
}

#[test]
fn equals_of_the_same_cost_are_settled_by_the_lot() {
    let paper = Paper { ties: "lot".into(), ..paper(50, &[(1, 50, 50), (2, 50, 50)]) };
    let ballots = [Ballot::of_plans([1, 2])];
    assert!(count_round(&paper, &ballots, &[]).is_err(), "not before the secrets are out");
    let first = |seed: &str| count_round(&paper.clone().drawn(seed), &ballots, &[]).unwrap().steps[0].id;
    let seeds: Vec<String> = (0..20).map(|n| format!("seed {n}")).collect();
    let ones = seeds.iter().filter(|seed| first(seed) == 1).count();
    assert!((1..20).contains(&ones), "either may win: {ones}");
    let by_hand = |seed: &String| crate::tally::lot(seed, "1") < crate::tally::lot(seed, "2");
    assert!(seeds.iter().all(|seed| (first(seed) == 1) == by_hand(seed)));
}

#[test]
fn a_choice_that_is_not_on_the_paper_counts_for_nothing_in_both_counts() {
    // Found by `both_counts_agree`: two points for a plan that is not there made one count weigh points, the other costs.
    let plans = [(3, 1, 1), (4, 2, 2)];
    let base = paper(38_999, &plans);
    let points = Paper { form: "points".into(), points: 20, points_each: 4, rule: "equal-shares/1".into(), ..base };
    let stray = [Ballot(vec![(4, 1)]), Ballot(vec![(3, 1), (4, 1), (5, 2)])];
    let clean = [Ballot(vec![(4, 1)]), Ballot(vec![(3, 1), (4, 1)])];
    let outcome = count_twice(&points, &stray, &[]).unwrap();
    assert_eq!(outcome, count_twice(&points, &clean, &[]).unwrap());
    let ranking = Paper { form: "ranking".into(), max_picks: 1, weights: "borda".into(), ..points };
    let beyond = [Ballot(vec![(4, 1), (3, 2)]), Ballot(vec![(3, 1)])];
    assert!(count_twice(&ranking, &beyond, &[]).is_ok(), "a place beyond the last is worth nothing");
}

#[test]
fn points_are_the_utility_also_where_each_gives_one() {
    // By points B wins (40 from four voters costs less a point); by cost A would. The rule book names the form.
    let plans = [(1, 70_000, 70_000), (2, 40_000, 40_000), (3, 70_000, 70_000)];
    let picks: [&[i64]; 7] = [&[1, 2, 3], &[1, 2, 3], &[1, 2, 3], &[], &[1], &[1, 2], &[3]];
    let ballots = picks.map(|p| Ballot::of_plans(p.iter().copied()));
    let base =
        Paper { rule: "equal-shares/1".into(), points: 3, points_each: 1, max_picks: 1, ..paper(80_000, &plans) };
    let first = |form: &str| {
        let outcome = count_twice(&Paper { form: form.into(), ..base.clone() }, &ballots, &[]).unwrap();
        outcome.steps.iter().find(|s| s.verdict == Verdict::Funded).unwrap().id
    };
    assert_eq!((first("points"), first("approval")), (2, 1));
}

#[test]
fn a_paper_of_before_reads_as_it_was_hashed() {
    let kept = r#"{"round":"r","title":"R","pot":5,"year":2008,"form":"approval","max_picks":3,"rule":"greedy","ties":"cost-votes-id","plans":[]}"#;
    let paper: Paper = serde_json::from_str(kept).unwrap();
    assert_eq!(serde_json::to_string(&paper).unwrap(), kept);
}

#[test]
fn results_of_before_are_still_read() {
    let kept = r#"{"rule":"greedy","turnout":1,"steps":[{"id":1,"votes":1,"cost":5,"granted":0,"left_before":4,"verdict":"above_pot"}],"left":4}"#;
    let outcome: Outcome = serde_json::from_str(kept).unwrap();
    assert_eq!(outcome.steps[0].verdict, Verdict::AboveBudget);
}

proptest! {
    #[test]
    fn both_counts_agree(
        pot in 0i64..200_000,
        costs in prop::collection::vec((0i64..90_000, 0i64..40_000), 1..9),
        picks in prop::collection::vec(prop::collection::vec((0i64..9, 1u32..5), 0..6), 0..30),
        (rule, form, lot) in (0usize..6, 0usize..3, any::<bool>()),
        withdrawn in prop::collection::vec(0i64..9, 0..2),
    ) {
        let plans: Vec<_> = costs.iter().enumerate().map(|(i, (min, extra))| (i as i64, *min, min + extra)).collect();
        let rules = ["greedy/1", "greedy-per-euro/1", "greedy-stop/1", "equal-shares/1", "equal-shares-plain/1", "equal-shares-count/1"];
        let form = ["approval", "points", "ranking"][form];
        let paper = Paper { rule: rules[rule].into(), form: form.into(), points: 20, points_each: 4, max_picks: 5, ..paper(pot, &plans) };
        let paper = if lot { Paper { ties: "lot:zaad".into(), ..paper } } else { paper };
        let ballot = |p: &Vec<(i64, u32)>| {
            let once: std::collections::BTreeMap<i64, u32> = p.iter().copied().collect();
            let places = once.keys().zip(1..).map(|(id, place)| (*id, place)).collect();
            let chosen = once.iter().map(|(id, v)| (*id, if form == "points" { *v } else { 1 })).collect();
            Ballot(if form == "ranking" { places } else { chosen })
        };
        let ballots: Vec<_> = picks.iter().map(ballot).collect();
        let outcome = count_twice(&paper, &ballots, &withdrawn);
        prop_assert!(outcome.is_ok(), "{:?}: {:?} {:?}", outcome, paper, ballots);
    }

    #[test]
    fn never_spends_more_than_the_pot_and_never_loses_a_cent(
        pot in 1i64..10_000,
        costs in prop::collection::vec((1i64..4000, 0i64..2000), 1..12),
        picks in prop::collection::vec(prop::collection::vec(0usize..12, 0..5), 0..40),
    ) {
        let plans: Vec<_> = costs.iter().enumerate().map(|(i, (min, extra))| (i as i64, *min, min + extra)).collect();
        let ballots: Vec<_> = picks.iter().map(|p| Ballot::of_plans(p.iter().map(|i| *i as i64))).collect();
        let paper = paper(pot, &plans);
        let outcome = count_round(&paper, &ballots, &[]).unwrap();
        let spent: Cents = outcome.steps.iter().map(|s| s.granted).sum();
        prop_assert_eq!(spent + outcome.left, Cents(pot));
        prop_assert!(outcome.left >= Cents::ZERO);
        for step in &outcome.steps {
            let plan = paper.plans.iter().find(|p| p.id == step.id).expect("on the paper");
            prop_assert!(step.granted == Cents::ZERO || (plan.minimum..=plan.desired).contains(&step.granted));
        }
    }

}
