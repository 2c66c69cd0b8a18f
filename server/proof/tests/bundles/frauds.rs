//! Frauds with a published bundle, each with every inner digest worked out anew.

use domain::round::{Ballot, Paper, Verdict};
use proof::{Contents, Wrong, digest};

/// A fraud: its name, of which round, what is done, and the code that must name it without the bundle's digest (`None`: only the
/// published digest of the bundle tells).
pub type Fraud = (&'static str, &'static str, fn(&mut Contents), Option<Wrong>);

fn edit(c: &mut Contents, change: impl Fn(&mut Paper)) {
    let mut paper: Paper = serde_json::from_str(&c.paper).unwrap();
    change(&mut paper);
    c.paper = serde_json::to_string(&paper).unwrap();
    c.facts.papers.last_mut().unwrap().paper_sha256 = digest(c.paper.as_bytes());
}

/// Counts again, so that the result fits what was changed.
fn recount(c: &mut Contents) {
    let paper: Paper = serde_json::from_str(&c.paper).unwrap();
    let mut lists = c.tokens.clone();
    lists.values_mut().for_each(|list| list.sort_unstable());
    let ballots: Vec<Ballot> =
        lists.iter().flat_map(|(list, tokens)| tokens.iter().map(|_| Ballot::of_plans([list.plan]))).collect();
    let turnout = c.outcome.turnout;
    c.outcome = domain::round::count_round(&paper, &ballots, &[]).unwrap();
    c.outcome.turnout = turnout;
    c.granted = c.outcome.steps.iter().filter(|s| s.granted.0 > 0).map(|s| (s.id, s.granted.0)).collect();
    c.returned = c.outcome.left.0;
    c.explanation = None;
}

fn first_list(c: &mut Contents) -> &mut Vec<[u8; 32]> {
    c.tokens.values_mut().find(|list| list.len() > 2).unwrap()
}

/// Frauds.
pub const FRAUDS: &[Fraud] = &[
    ("a vote more in the result", "approval", |c| c.outcome.steps[0].votes += 1, Some(Wrong::Votes)),
    (
        "a vote less in the list",
        "approval",
        |c| {
            first_list(c).pop();
        },
        Some(Wrong::Votes),
    ),
    (
        "picks moved to another plan",
        "approval",
        |c| {
            let token = first_list(c).pop().unwrap();
            let last = c.tokens.values_mut().last().unwrap();
            last.push(token);
            last.sort_unstable();
        },
        Some(Wrong::Votes),
    ),
    (
        "a vote taken away, and counted again",
        "approval",
        |c| {
            first_list(c).pop();
            recount(c);
        },
        None,
    ),
    (
        "a vote added within the turnout, and counted again",
        "approval",
        |c| {
            let short = c.tokens.values_mut().min_by_key(|list| list.len()).unwrap();
            short.push([7; 32]);
            short.sort_unstable();
            recount(c);
        },
        None,
    ),
    ("a cost edited", "approval", |c| edit(c, |p| p.plans[0].minimum.0 -= 100), Some(Wrong::PaperChanged)),
    ("a desired amount edited", "approval", |c| edit(c, |p| p.plans[0].desired.0 += 100), Some(Wrong::PaperChanged)),
    ("the rule edited", "approval", |c| edit(c, |p| p.rule = "greedy-per-euro/1".into()), Some(Wrong::PaperChanged)),
    ("the pot edited", "approval", |c| edit(c, |p| p.pot.0 += 1), Some(Wrong::PaperChanged)),
    ("the form edited", "approval", |c| edit(c, |p| p.max_picks = 7), Some(Wrong::PaperChanged)),
    (
        "a plan added after the opening",
        "approval",
        |c| {
            edit(c, |p| {
                let last = p.plans.last().unwrap().clone();
                p.plans.push(domain::round::PaperPlan { id: 99, ..last });
            })
        },
        Some(Wrong::PaperChanged),
    ),
    ("a plan taken off after the opening", "approval", |c| edit(c, |p| drop(p.plans.pop())), Some(Wrong::PaperChanged)),
    (
        "every version of the paper edited alike",
        "approval",
        |c| {
            edit(c, |p| p.plans[0].title = "Anders".into());
            let mut first: Paper = serde_json::from_str(&c.papers[0].1).unwrap();
            first.plans[0].title = "Anders".into();
            c.papers[0].1 = serde_json::to_string(&first).unwrap();
            c.facts.papers[0].paper_sha256 = digest(c.papers[0].1.as_bytes());
        },
        Some(Wrong::Paper),
    ),
    ("another seed", "lot", |c| c.facts.seed = Some("ab".repeat(32)), Some(Wrong::Lots)),
    ("another secret", "lot", |c| c.facts.lots[0].secret = Some("een ander lang geheim".into()), Some(Wrong::Lots)),
    (
        "another secret with its digest",
        "lot",
        |c| {
            c.facts.lots[0].secret = Some("een ander lang geheim".into());
            c.facts.lots[0].digest = domain::round::lot_digest("een ander lang geheim");
        },
        Some(Wrong::Lots),
    ),
    ("more ballots than voters", "approval", |c| c.facts.roll = 50, Some(Wrong::Turnout)),
    ("more sheets than codes", "approval", |c| c.facts.paper_codes = 4, Some(Wrong::Turnout)),
    ("a turnout that nobody counted", "approval", |c| c.facts.turnout += 1, Some(Wrong::Turnout)),
    (
        "a token twice in one list",
        "approval",
        |c| {
            let list = first_list(c);
            let token = list[0];
            list.insert(0, token);
        },
        Some(Wrong::Token),
    ),
    (
        "a token in two lists",
        "approval",
        |c| {
            let token = first_list(c)[0];
            let last = c.tokens.values_mut().last().unwrap();
            last.push(token);
            last.sort_unstable();
            recount(c);
        },
        Some(Wrong::Token),
    ),
    (
        "more votes for a plan than voters",
        "approval",
        |c| {
            (0..80).for_each(|n| first_list(c).push([n; 32]));
            first_list(c).sort_unstable();
            recount(c);
        },
        Some(Wrong::MostPerPlan),
    ),
    (
        "more votes than ballots hold",
        "ranking",
        |c| {
            for (n, list) in (0_u8..).zip(c.tokens.values_mut()) {
                (0..40).for_each(|m| list.push([n, m].repeat(16).try_into().unwrap()));
                list.sort_unstable();
            }
        },
        Some(Wrong::MostPerBallot),
    ),
    (
        "another winner",
        "per-euro",
        |c| {
            let steps = &mut c.outcome.steps;
            let (won, lost) = (0, steps.iter().position(|s| s.verdict == Verdict::DidNotFit).unwrap());
            let (a, b) = (steps[won].verdict, steps[lost].verdict);
            (steps[won].verdict, steps[lost].verdict) = (b, a);
            steps[lost].granted = steps[lost].cost;
            steps[won].granted.0 = 0;
        },
        Some(Wrong::Count),
    ),
    (
        "a winner gets less",
        "approval",
        |c| {
            let step = c.outcome.steps.iter_mut().find(|s| s.granted > s.cost).unwrap();
            step.granted.0 -= 1;
            c.outcome.left.0 += 1;
            c.granted = c.outcome.steps.iter().filter(|s| s.granted.0 > 0).map(|s| (s.id, s.granted.0)).collect();
            c.returned += 1;
        },
        Some(Wrong::Count),
    ),
    ("money that vanishes", "approval", |c| c.outcome.left.0 -= 1, Some(Wrong::Pot)),
    ("money that went elsewhere", "stop", |c| c.granted[0].1 -= 100, Some(Wrong::Money)),
    ("a plan declared withdrawn", "points", |c| c.facts.withdrawn = vec![c.outcome.steps[0].id], Some(Wrong::Count)),
    (
        "a whole ballot changed",
        "shares",
        |c| {
            let ballots = c.ballots.as_mut().unwrap();
            let at = ballots.iter().position(|b| b.0.len() < 3 && b.value(16) == 0).unwrap();
            ballots[at].0.push((16, 1));
        },
        Some(Wrong::Ballots),
    ),
    ("a whole ballot missing", "shares-points", |c| drop(c.ballots.as_mut().unwrap().pop()), Some(Wrong::Ballots)),
    (
        "whole ballots out for no reason",
        "shares",
        |c| {
            c.facts.whole_ballots.unique = [30, 60];
            c.facts.whole_ballots.reason.clear();
        },
        Some(Wrong::Ballots),
    ),
    (
        "ballots like no other told fewer than they are",
        "shares",
        |c| {
            c.facts.whole_ballots.unique[0] = 0;
            c.facts.whole_ballots.reason.clear();
        },
        Some(Wrong::Ballots),
    ),
    (
        "a told result that does not follow from its told votes",
        "told",
        |c| {
            let steps = &mut c.outcome.steps;
            let (won, lost) = (0, steps.iter().position(|s| s.verdict == Verdict::DidNotFit).unwrap());
            (steps[won].verdict, steps[lost].verdict) = (steps[lost].verdict, steps[won].verdict);
            (steps[won].granted, steps[lost].granted) = (steps[lost].granted, steps[won].granted);
            c.granted = c.outcome.steps.iter().filter(|s| s.granted.0 > 0).map(|s| (s.id, s.granted.0)).collect();
        },
        Some(Wrong::Count),
    ),
    (
        "a rate of ballots like no other of more than were cast",
        "shares",
        |c| {
            c.facts.whole_ballots.unique[1] = 1000;
            c.facts.whole_ballots.reason.clear();
        },
        Some(Wrong::Ballots),
    ),
    (
        "whole ballots kept back that the limit lets out",
        "shares",
        |c| {
            c.facts.whole_ballots = proof::Whole { unique: [0, 60], limit: [5, 100], ..Default::default() };
            c.ballots = None;
        },
        Some(Wrong::Ballots),
    ),
    (
        "whole ballots of Equal Shares not told of at all",
        "shares",
        |c| {
            c.facts.whole_ballots = proof::Whole::default();
            c.ballots = None;
        },
        Some(Wrong::Ballots),
    ),
    ("one secret of the lot", "lot", |c| drop(c.facts.lots.pop()), Some(Wrong::Lots)),
    ("versions of the paper in another order", "approval", |c| c.facts.papers[0].version = 3, Some(Wrong::Paper)),
    ("a withdrawn plan from elsewhere", "approval", |c| c.facts.withdrawn = vec![999], Some(Wrong::Format)),
    (
        "a plan declared withdrawn, and counted so",
        "points",
        |c| {
            let paper: Paper = serde_json::from_str(&c.paper).unwrap();
            let off = c.outcome.steps[0].id;
            c.facts.withdrawn = vec![off];
            let list = |id: i64| c.tokens.iter().filter(|(l, _)| l.plan == id).map(|(_, t)| t.len() as u64).sum();
            let votes: std::collections::BTreeMap<i64, u64> = paper.plans.iter().map(|p| (p.id, list(p.id))).collect();
            let again = domain::round::plain::greedy(&paper, &votes, &[off]).unwrap().unwrap();
            let mut steps = Vec::new();
            for (id, granted) in &again.funded {
                let step = c.outcome.steps.iter().find(|s| s.id == *id).unwrap();
                steps.push(domain::round::Step { verdict: Verdict::Funded, granted: *granted, ..step.clone() });
            }
            for step in c.outcome.steps.iter().filter(|s| !again.funded.iter().any(|(id, _)| *id == s.id)) {
                let verdict = match step.verdict {
                    _ if step.id == off => Verdict::Withdrawn,
                    Verdict::Funded => Verdict::DidNotFit,
                    other => other,
                };
                steps.push(domain::round::Step { verdict, granted: domain::money::Cents(0), ..step.clone() });
            }
            c.outcome.steps = steps;
            c.outcome.left = again.left;
            c.granted = again.funded.iter().map(|(id, granted)| (*id, granted.0)).collect();
            c.returned = again.left.0;
            c.explanation = None;
        },
        // In `docs/verify.md`, 'What cannot be found'.
        None,
    ),
];
