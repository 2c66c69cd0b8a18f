//! The verifier: right bundles are right, no byte changes unseen, and frauds are named.

use crate::all;
use crate::frauds::FRAUDS;
use crate::made::{Dice, made, published};
use proof::{Asked, Wrong, bundle, check};

#[test]
fn right_bundles_are_right_and_made_the_same_again() {
    for (name, kind) in all() {
        let m = made(1, kind, "ronde-a");
        let (bytes, asked) = published(&m);
        assert_eq!(bytes, bundle(&m.contents).unwrap(), "{name}");
        let (report, is_bundle) = check(&bytes, &asked);
        assert!(is_bundle && report.wrong.is_empty(), "{name}: {:#?}", report.wrong);
        assert_eq!(report.recounted, Some(domain::round::plain::of(&m.contents.outcome)), "{name}");
    }
}

#[test]
fn a_receipt_finds_its_picks_and_no_other_does() {
    for (name, kind) in all().into_iter().filter(|(_, kind)| kind.receipts) {
        let m = made(2, kind, "ronde-a");
        let (bytes, asked) = published(&m);
        let title = |id: i64| format!("Plan {}", id - 10);
        let find = |receipt: String| check(&bytes, &Asked { receipt: Some(receipt), ..asked.clone() }).0;
        for (receipt, ballot) in m.receipts.iter().zip(&m.ballots).take(10) {
            let report = find(receipt.groups().join(" ").to_lowercase());
            let mut expected: Vec<(String, u32)> = ballot.0.iter().map(|(id, v)| (title(*id), *v)).collect();
            expected.sort();
            let mut found = report.picks.clone();
            found.sort();
            assert_eq!((found, report.codes()), (expected, vec![]), "{name}");
        }
        let other = made(3, kind, "ronde-b");
        assert_eq!(find(other.receipts[0].text()).codes(), [Wrong::Receipt], "{name}: of another round");
        assert_eq!(find("0123".into()).codes(), [Wrong::Receipt], "{name}: cut");
    }
}

#[test]
fn every_changed_byte_is_seen() {
    let rounds: Vec<_> = all().into_iter().map(|(_, kind)| published(&made(4, kind, "ronde-a"))).collect();
    let mut dice = Dice(5);
    let (mut tried, mut without) = (0, 0);
    for (bytes, asked) in &rounds {
        for _ in 0..(2_400 / rounds.len()) {
            let at = dice.below(bytes.len() as u64) as usize;
            let mut changed = bytes.clone();
            changed[at] ^= 1 << dice.below(8);
            let (report, _) = check(&changed, asked);
            assert!(report.codes().contains(&Wrong::Digest), "byte {at}");
            tried += 1;
            // Without a published digest the inner ones say where it is.
            without += usize::from(!check(&changed, &Asked::default()).0.wrong.is_empty());
        }
        for cut in [0, 1, bytes.len() / 3, bytes.len() - 1] {
            assert!(!check(&bytes[..cut], asked).0.wrong.is_empty());
        }
        let mut longer = bytes.clone();
        longer.extend_from_slice(b"PK");
        assert!(check(&longer, &Asked::default()).0.codes().contains(&Wrong::Zip));
    }
    println!("{tried} single bits changed: all seen with the published digest, {without} without it");
    assert!(tried >= 2_000 && without == tried, "{without} of {tried}");
}

#[test]
fn frauds_are_named_though_every_inner_digest_fits() {
    for (name, of, commit, code) in FRAUDS {
        let kind = all().into_iter().find(|(k, _)| k == of).unwrap().1;
        let m = made(6, kind, "ronde-a");
        let (bytes, asked) = published(&m);
        let mut contents = m.contents.clone();
        commit(&mut contents);
        let changed = bundle(&contents).unwrap();
        assert_ne!(bytes, changed, "{name}");
        assert!(check(&changed, &asked).0.codes().contains(&Wrong::Digest), "{name}: the published digest tells");
        let inner = check(&changed, &Asked { digest: None, ..asked.clone() }).0.codes();
        match code {
            Some(code) => assert!(inner.contains(code), "{name}: {inner:?}"),
            None => assert_eq!(inner, [], "{name} cannot be told from public files"),
        }
    }
    assert!(FRAUDS.len() >= 20);
}

#[test]
fn files_of_two_rounds_or_versions_do_not_mix() {
    let kind = all()[0].1;
    let (a, b) = (made(7, kind, "ronde-a"), made(8, kind, "ronde-b"));
    let mut mixed = a.contents.clone();
    mixed.paper = b.contents.paper.clone();
    mixed.facts.papers = b.contents.facts.papers.clone();
    mixed.papers = b.contents.papers.clone();
    assert!(check(&bundle(&mixed).unwrap(), &Asked::default()).0.codes().contains(&Wrong::Format));
    let mut newer = a.contents.clone();
    newer.papers.clear();
    let codes = check(&bundle(&newer).unwrap(), &Asked::default()).0.codes();
    assert!(codes.contains(&Wrong::File), "a version is missing: {codes:?}");
}
