//! What a result says in words, for each rule and language, from counts that were really made. `--nocapture` prints it, to be read.

use domain::money::Cents;
use domain::round::{Ballot, BallotForm, Paper, PaperPlan, Verdict, count_round, explain};
use domain::tally::{Bound, presets};
use leptos::prelude::*;
use pages::Ctx;
use pages::result::{ProofView, ResultView, StepView, film, result};
use texts::Lang;

/// The words of a page's main part, a line for each piece.
fn words(html: &str) -> Vec<String> {
    let main = html.split_once("<main").map_or(html, |(_, rest)| rest);
    let main = main.split_once("</main>").map_or(main, |(main, _)| main);
    let mut text = String::new();
    let mut tag = true;
    for c in main.chars() {
        match c {
            '<' => tag = true,
            '>' if tag => {
                tag = false;
                text.push('\n');
            }
            c if !tag => text.push(c),
            _ => {}
        }
    }
    text.lines().map(str::trim).filter(|line| line.chars().any(char::is_alphanumeric)).map(str::to_owned).collect()
}

fn counted(rule: &str, form: BallotForm) -> ResultView {
    let plan = |id, title: &str, minimum, desired| PaperPlan {
        id,
        title: title.into(),
        minimum: Cents::euros(minimum),
        desired: Cents::euros(desired),
        ..PaperPlan::default()
    };
    let paper = Paper {
        round: "ronde".into(),
        pot: Cents::euros(10_000),
        form: form.key().into(),
        max_picks: 3,
        points: 6,
        points_each: 4,
        rule: rule.into(),
        ties: "cost-votes-id".into(),
        plans: vec![
            plan(1, "Lange tafel", 4_000, 5_500),
            plan(2, "Speelplek", 7_000, 7_000),
            plan(3, "Taalcafé", 2_000, 2_000),
            plan(4, "Zwembad", 90_000, 90_000),
            plan(5, "Hinkelbaan", 500, 500),
            plan(6, "Podium", 1_000, 1_000),
        ],
        ..Paper::default()
    };
    let picks: [&[i64]; 4] = [&[1, 2], &[1, 3], &[2, 3], &[1, 6]];
    let ballots: Vec<Ballot> = (0..24)
        .map(|n| {
            let ids = picks[n % 4].iter().copied();
            match form {
                BallotForm::Points { .. } => Ballot(ids.zip([3, 2]).collect()),
                BallotForm::Ranking { .. } => Ballot(ids.zip(1..).collect()),
                _ => Ballot::of_plans(ids),
            }
        })
        .collect();
    let outcome = count_round(&paper, &ballots, &[6]).unwrap();
    let explanation = explain(&paper, &ballots, &[6], Bound::default()).unwrap();
    let title = |id: i64| paper.plans.iter().find(|p| p.id == id).unwrap().title.clone();
    let sample = ResultView::sample();
    let shares = rule.starts_with("equal-shares");
    ResultView {
        rule: rule.into(),
        form,
        turnout: 24,
        roll: 60,
        left: outcome.left,
        card: pages::rounds::RoundCard { pot: paper.pot, ..sample.card.clone() },
        steps: outcome
            .steps
            .iter()
            .map(|s| StepView {
                id: s.id,
                title: title(s.id),
                votes: s.votes,
                cost: s.cost,
                granted: s.granted,
                left_before: s.left_before,
                verdict: s.verdict,
                reserve: s.verdict == Verdict::DidNotFit,
                theme: String::new(),
            })
            .collect(),
        ties: outcome
            .ties
            .iter()
            .filter(|t| t.mattered)
            .map(|t| t.plans.iter().map(|id| title(*id)).collect())
            .collect(),
        explanation: Some(explanation),
        proof: ProofView { whole: shares.then(|| (false, String::new())), ..sample.proof.clone() },
        ..sample
    }
}

#[test]
fn every_rule_is_told_in_every_language() {
    let forms =
        [BallotForm::Approval { most: 3 }, BallotForm::Points { sum: 6, each: 4 }, BallotForm::Ranking { most: 3 }];
    for rule in presets().into_iter().map(|(name, _)| name) {
        for (n, form) in forms.into_iter().enumerate() {
            let data = counted(rule, form);
            for &lang in Lang::ALL {
                let owner = Owner::new();
                let pages = owner.with(|| {
                    let ctx = Ctx::sample(lang);
                    [result(&ctx, &data).to_html(), film(&ctx, &data, 1).to_html(), film(&ctx, &data, 9).to_html()]
                });
                let lines: Vec<String> = pages.iter().flat_map(|html| words(html)).collect();
                let all = lines.join("\n");
                for title in ["Lange tafel", "Speelplek", "Zwembad"] {
                    assert!(all.contains(title), "{rule} {lang:?} does not name {title}");
                }
                let plain = !all.contains(['{', '}']) && !all.contains("\u{2068}");
                assert!(plain || lang == Lang::Pseudo, "{rule} {lang:?}: {all}");
                let not_recountable = texts::t(lang, "proof-not-whole");
                assert_eq!(all.contains(&not_recountable), rule.starts_with("equal-shares"), "{rule} {lang:?}");
                // Once for each rule is enough to read.
                if n == 0 && lang != Lang::Pseudo {
                    println!("== {rule}, {lang:?}\n{all}\n");
                }
            }
        }
    }
}
