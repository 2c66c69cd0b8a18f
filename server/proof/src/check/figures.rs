//! What the figures of a bundle say of each other.

use super::bytes::Read;
use super::{Report, Wrong};
use crate::{tokens, whole};
use domain::round::{LotShare, TIES_BY_LOT, Verdict, lot_digest, lot_seed, plain};
use std::collections::BTreeMap;

/// Checks all but the count.
pub fn check(read: &Read, report: &mut Report) {
    turnout(read, report);
    if read.facts.receipts {
        of_tokens(read, report);
    }
    of_ballots(read, report);
    lots(read, report);
    amounts(read, report);
}

fn turnout(read: &Read, report: &mut Report) {
    let f = &read.facts;
    report.say(format!("turnout: {} from the box and {} on paper, of {} on the roll", f.turnout, f.sheets, f.roll));
    if f.turnout.saturating_add(f.sheets) > f.roll {
        report.add(Wrong::Turnout, "round.json", "there are more ballots than voters on the roll");
    }
    if f.sheets > f.paper_codes {
        report.add(Wrong::Turnout, "round.json", "there are more sheets than codes that were closed for paper");
    }
    if read.outcome.turnout as u64 != f.turnout.saturating_add(f.sheets) {
        report.add(Wrong::Turnout, "result.json", "it does not count the ballots of the box and on paper");
    }
}

fn of_tokens(read: &Read, report: &mut Report) {
    let Some(form) = read.paper.ballot_form() else {
        report.add(Wrong::Format, "paper.json", "its form of ballot is not known");
        return;
    };
    let ballots = read.facts.turnout.saturating_add(read.facts.sheets);
    let mut per_plan: BTreeMap<i64, u64> = BTreeMap::new();
    let mut per_place: BTreeMap<u32, u64> = BTreeMap::new();
    for (list, tokens) in &read.lists {
        *per_plan.entry(list.plan).or_default() += tokens.len() as u64;
        *per_place.entry(list.place).or_default() += tokens.len() as u64;
    }
    for (plan, n) in &per_plan {
        if *n > ballots.saturating_mul(tokens::most_per_plan(form)) {
            report.add(Wrong::MostPerPlan, format!("plan {plan}"), "it has more tokens than all voters could give it");
        }
    }
    let sum: u64 = per_plan.values().sum();
    let places = per_place.iter().any(|(place, n)| *place > 0 && *n > ballots);
    if places || sum > ballots.saturating_mul(tokens::most_per_ballot(form, &read.paper)) {
        report.add(Wrong::MostPerBallot, "tokens", "there are more tokens than all ballots could hold");
    }
    let votes = tokens::votes(&read.paper, &read.lists);
    for step in &read.outcome.steps {
        let listed = votes.get(&step.id).copied().unwrap_or(0);
        if listed != step.votes as u64 {
            let what = format!("the result gives it {} votes, its lists {listed}", step.votes);
            report.add(Wrong::Votes, format!("plan {}", step.id), what);
        }
    }
}

fn of_ballots(read: &Read, report: &mut Report) {
    let (f, whole) = (&read.facts, &read.facts.whole_ballots);
    if whole.published != read.ballots.is_some() {
        report.add(Wrong::Ballots, "ballots.pb", "round.json says otherwise about whether it is there");
    }
    // Told of all ballots, or of none where the rule adds up and nobody asked for them.
    let adds_up = read.paper.rule.starts_with("greedy");
    let untold = adds_up && !whole.published && whole.unique == [0, 0] && whole.limit == [0, 0];
    let by_limit = whole.published == whole::within(whole.unique, whole.limit);
    let cast = f.turnout.saturating_add(f.sheets);
    if !untold && !(whole.unique[1] == cast && (by_limit || !whole.reason.trim().is_empty())) {
        let what = "published, or not, against the limit and without a reason, or not told of the whole turnout";
        report.add(Wrong::Ballots, "round.json", what);
    }
    let Some(ballots) = &read.ballots else { return };
    report.say(format!("whole ballots: {}", ballots.len()));
    if ballots.len() as u64 != f.turnout.saturating_add(f.sheets) {
        report.add(Wrong::Ballots, "ballots.pb", "there are not as many as the turnout");
    }
    if !ballots.is_sorted_by(|a, b| a.0 <= b.0) {
        report.add(Wrong::Ballots, "ballots.pb", "they are not sorted by what stands on them");
    }
    if whole.unique[0] != whole::unique(ballots)[0] {
        report.add(Wrong::Ballots, "round.json", "`unique` is not how many ballots are like no other");
    }
    for (at, ballot) in (1..).zip(ballots) {
        if let Some(what) = whole::misfit(&read.paper, ballot) {
            let at: u64 = at;
            report.add(Wrong::Ballots, format!("ballot {at}"), what);
            break;
        }
    }
    let votes = plain::votes(&read.paper, ballots);
    for step in &read.outcome.steps {
        if votes.get(&step.id).copied().unwrap_or(0) != step.votes as u64 {
            let what = "the whole ballots do not add up to its votes";
            report.add(Wrong::Ballots, format!("plan {}", step.id), what);
        }
    }
}

fn lots(read: &Read, report: &mut Report) {
    let f = &read.facts;
    let by_lot = read.paper.ties == TIES_BY_LOT;
    if by_lot != f.seed.is_some() {
        report.add(Wrong::Lots, "round.json", "there is a seed without a lot, or a lot without a seed");
    }
    let shares: Vec<LotShare> =
        f.lots.iter().map(|l| LotShare { digest: l.digest.clone(), secret: l.secret.clone() }).collect();
    if shares.iter().any(|s| s.secret.as_ref().is_some_and(|secret| lot_digest(secret) != s.digest)) {
        report.add(Wrong::Lots, "round.json", "a secret does not fit its digest");
    }
    if !by_lot {
        return;
    }
    if shares.len() != 2 {
        report.add(Wrong::Lots, "round.json", "a lot has two secrets, of two people");
    }
    let mut digests: Vec<&str> = shares.iter().map(|s| s.digest.as_str()).collect();
    digests.sort_unstable();
    if digests != read.paper.lots {
        report.add(Wrong::Lots, "round.json", "the digests are not those of the paper");
    }
    if f.seed.as_deref() != Some(lot_seed(&shares).as_str()) {
        report.add(Wrong::Lots, "round.json", "the seed does not follow from the secrets");
    }
}

fn amounts(read: &Read, report: &mut Report) {
    let (paper, outcome) = (&read.paper, &read.outcome);
    if outcome.rule != paper.rule {
        report.add(Wrong::Count, "result.json", "its rule is not that of the paper");
    }
    let mut ids: Vec<i64> = outcome.steps.iter().map(|s| s.id).collect();
    ids.sort_unstable();
    let mut on_paper: Vec<i64> = paper.plans.iter().map(|p| p.id).collect();
    on_paper.sort_unstable();
    if ids != on_paper {
        report.add(Wrong::Count, "result.json", "its plans are not those of the paper, each once");
    }
    for step in &outcome.steps {
        let Some(plan) = paper.plans.iter().find(|p| p.id == step.id) else { continue };
        if step.cost != plan.minimum {
            report.add(Wrong::Pot, format!("plan {}", step.id), "its cost is not that of the paper");
        }
        let funded = step.verdict == Verdict::Funded;
        if funded && !(plan.minimum..=plan.desired.max(plan.minimum)).contains(&step.granted)
            || !funded && step.granted.0 != 0
        {
            report.add(Wrong::Pot, format!("plan {}", step.id), "it gets what it did not ask, or did not win");
        }
    }
    let sum = outcome.steps.iter().fold(i128::from(outcome.left.0), |sum, s| sum + i128::from(s.granted.0));
    if sum != i128::from(paper.pot.0) || outcome.left.0 < 0 {
        report.add(Wrong::Pot, "result.json", "the amounts and what is left are not the pot");
    }
    let mut expected = vec![("pot".to_owned(), None, paper.pot.0)];
    let funded = outcome.steps.iter().filter(|s| s.verdict == Verdict::Funded);
    expected.extend(funded.map(|s| ("granted".to_owned(), Some(s.id), s.granted.0)));
    expected.push(("returned".to_owned(), None, outcome.left.0));
    if read.money != expected {
        report.add(Wrong::Money, "money.csv", "the money did not move as the result says");
    }
}
