//! Equal Shares counted by pabutools from a bundle's `ballots.pb`, with the lines of docs/verify.md.

use crate::made::{Kind, made, published};
use crate::manual::{pabutools, second_verifier};

#[test]
fn pabutools_counts_the_same() {
    let mut counted = 0;
    for seed in 1..16 {
        let kind = Kind { rule: "equal-shares/1", voters: 40, plans: 6, withdrawn: seed % 3 == 0, ..Kind::new() };
        let m = made(seed, kind, "ronde-a");
        // Where plans came out equal, each program may choose otherwise.
        if m.contents.outcome.ties.iter().any(|tie| tie.mattered) {
            continue;
        }
        let bundle = published(&m).0;
        if let Some((said, right)) = second_verifier(&bundle, &[]) {
            assert!(right, "seed {seed}: {said}");
        }
        let all = proof::unpack(&bundle).unwrap();
        let ballots = &all.iter().find(|(name, _)| name == "ballots.pb").unwrap().1;
        let Some(said) = pabutools(ballots, &m.contents.facts.withdrawn) else { return };
        let mut won: Vec<i64> =
            domain::round::plain::of(&m.contents.outcome).funded.iter().map(|(id, _)| *id).collect();
        won.sort_unstable();
        assert_eq!(said, format!("{won:?}"), "seed {seed}");
        counted += 1;
    }
    println!("pabutools counted {counted} bundles the same");
    assert!(counted > 5);
}
