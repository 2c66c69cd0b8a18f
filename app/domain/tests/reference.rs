//! The count against the reference outcomes of the field's program, and against what organisers announced.

mod pabulib;

use domain::tally::{Completion, Election, Procedure, Rule, Ties, Utility, count, pb};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn election(path: &Path) -> Election {
    let bytes = std::fs::read(path).unwrap();
    let pb = pb::read(&bytes[..]).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    pb.election(&pb::Options::default()).unwrap_or_else(|e| panic!("{}: {e}", path.display())).0
}

/// The procedure that a key of the reference stands for.
fn procedure(key: &str) -> Procedure {
    let (rule, ties) = match key {
        "greedy_votes_noskip" => (Rule::GreedyStop, Ties::CostVotesId),
        _ => {
            let ties = if key.ends_with("lexico") { Ties::Id } else { Ties::CostVotesId };
            let utility = if key.contains("cost") { Utility::Cost } else { Utility::Cardinality };
            let completion = match key {
                _ if key.ends_with("exhaustive") => Completion::Add1Exhaustive,
                _ if key.ends_with("overshoot") => Completion::Add1Overshoot,
                _ => Completion::None,
            };
            let rule = match (key.starts_with("greedy"), utility) {
                (true, Utility::Cost) => Rule::Greedy,
                (true, Utility::Cardinality) => Rule::GreedyPerEuro,
                _ => Rule::EqualShares { utility, completion, fill: false },
            };
            (rule, ties)
        }
    };
    Procedure { ties, ..Procedure::of(rule) }
}

fn ids(election: &Election, winners: &[u32]) -> Vec<String> {
    winners.iter().map(|w| election.plans[*w as usize].id.clone()).collect()
}

fn sorted(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_reference_outcome_comes_out() {
    let Some(folder) = pabulib::folder() else { return };
    let (mut equal, mut tested, mut doubts, mut wrong) = (0, 0, 0, Vec::new());
    for file in sorted(&folder.join("reference")) {
        let reference: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let name = reference["file"].as_str().unwrap();
        let election = election(&folder.join("elections").join(name));
        for (key, expected) in reference["rules"].as_object().unwrap() {
            let outcome = count(&election, &procedure(key), false).unwrap();
            doubts += outcome.doubts;
            tested += 1;
            let winners: Vec<&str> =
                expected["winners"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
            let endowment = outcome
                .endowment
                .as_ref()
                .map(|e| domain::tally::Fraction(&e.0 / num_bigint::BigInt::from(election.unit())).to_string());
            let same_endowment = expected["endowment"].as_str().is_none_or(|e| endowment.as_deref() == Some(e));
            let same_steps = expected["increments"].as_u64().is_none_or(|steps| outcome.increments == Some(steps));
            if ids(&election, &outcome.winners) == winners && same_endowment && same_steps {
                equal += 1;
            } else {
                wrong.push(format!(
                    "{name} {key}: {:?} {endowment:?} {:?}",
                    ids(&election, &outcome.winners),
                    outcome.increments
                ));
            }
        }
    }
    println!(
        "reference outcomes: {equal} equal of {tested} tested, 0 skipped; {doubts} comparisons were decided in exact fractions"
    );
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(tested >= 1027, "{tested} tested");
}

/// Winners and cost that were published, by the rule that gave them.
#[test]
fn published_results_come_out() {
    let Some(folder) = pabulib::folder() else { return };
    let overshoot = Procedure::equal_shares(Utility::Cost, Completion::Add1Overshoot);
    let published = [
        ("Poland_Wieliczka_2023_Green_Budget.pb", &overshoot, 30, 995_079),
        ("Netherlands_Amsterdam_309.pb", &Procedure::of(Rule::GreedyStop), 11, 290_790),
        ("Netherlands_Assen_2024.pb", &overshoot, 9, 76_700),
        ("Poland_Swiecie_2023.pb", &overshoot, 17, 0),
    ];
    for (name, procedure, winners, cost) in published {
        let election = election(&folder.join("elections").join(name));
        let outcome = count(&election, procedure, false).unwrap();
        println!("{name}: {} winners, {}", outcome.winners.len(), outcome.cost / election.unit());
        assert_eq!(outcome.winners.len(), winners, "{name}");
        assert!(cost == 0 || outcome.cost == cost * election.unit(), "{name}: {}", outcome.cost);
    }
}

/// How many announced outcomes each rule gives. Organisers have rules of their own (thresholds, districts, hand work), so
/// this is told, and only its best known part asserted.
#[test]
fn announced_outcomes_by_rule() {
    let Some(folder) = pabulib::folder() else { return };
    let announced: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("official_selected.json")).unwrap()).unwrap();
    let mut rules: Vec<(String, Procedure)> = vec![];
    for text in [
        "greedy",
        "greedy-stop",
        "greedy-per-euro",
        "equal-shares cost none",
        "equal-shares cost add1-exhaustive",
        "equal-shares cost add1-overshoot",
        "equal-shares cost add1-overshoot fill",
        "equal-shares cardinality add1-overshoot",
    ] {
        rules.push((text.into(), text.parse().unwrap()));
    }
    let mut hits = vec![0; rules.len()];
    let (mut any, mut files) = (0, 0);
    for (name, entry) in announced.as_object().unwrap() {
        let election = election(&folder.join("elections").join(name));
        let chosen = |value: &Value| value.as_str().is_some_and(|v| v == "1");
        let selected: BTreeSet<String> = entry["selected"]
            .as_object()
            .unwrap()
            .iter()
            .filter(|(_, v)| chosen(v))
            .map(|(id, _)| id.clone())
            .collect();
        files += 1;
        let mut hit = false;
        for ((_, procedure), hits) in rules.iter().zip(&mut hits) {
            let outcome = count(&election, procedure, false).unwrap();
            if ids(&election, &outcome.winners).into_iter().collect::<BTreeSet<_>>() == selected {
                *hits += 1;
                hit = true;
            }
        }
        any += usize::from(hit);
    }
    for ((name, _), hits) in rules.iter().zip(&hits) {
        println!("{name}: {hits} of {files} announced outcomes");
    }
    println!("some rule: {any} of {files}");
    assert!(any > files / 2, "{any} of {files}");
}
