//! Without a receipt nobody can tell two picks of one ballot from two picks of two, by anything in the lists of all rounds.

use crate::made::{Dice, Kind, Made, made, published, tokens};
use proof::{Asked, Wrong, check};
use std::collections::BTreeSet;

/// A guess how much two tokens belong together, from what anyone sees: the tokens, and where they stand in their lists.
type Guess = (&'static str, fn(&[u8; 32], f64, &[u8; 32], f64) -> f64);

/// A token with where it stands in its list, from 0 to 1.
type Seen = ([u8; 32], f64);

type Pair = (Seen, Seen);

const GUESSES: [Guess; 6] = [
    ("near in the lists", |_, a, _, b| -(a - b).abs()),
    ("one far up, one far down", |_, a, _, b| -(a + b - 1.0).abs()),
    ("bits alike", |a, _, b, _| -f64::from(a.iter().zip(b).map(|(x, y)| (x ^ y).count_ones()).sum::<u32>())),
    ("first bytes alike", |a, _, b, _| -f64::from(a[0].abs_diff(b[0]))),
    ("last bytes alike", |a, _, b, _| -f64::from(a[31].abs_diff(b[31]))),
    ("sum of bytes alike", |a, _, b, _| {
        let sum = |t: &[u8; 32]| t.iter().map(|b| f64::from(*b)).sum::<f64>();
        -(sum(a) - sum(b)).abs()
    }),
];

/// The chance that a true pair looks more like one than a false pair (the area under the ROC curve): a half is chance.
fn area(same: &[f64], other: &[f64]) -> f64 {
    let mut all: Vec<(f64, bool)> = same.iter().map(|g| (*g, true)).chain(other.iter().map(|g| (*g, false))).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut sum, mut at) = (0.0, 0.0, 0);
    while at < all.len() {
        let end = at + all[at..].iter().take_while(|(g, _)| *g == all[at].0).count();
        let alike = &all[at..end];
        let (yes, no) = (alike.iter().filter(|a| a.1).count() as f64, alike.iter().filter(|a| !a.1).count() as f64);
        sum += yes * (below + no / 2.0);
        below += no;
        at = end;
    }
    sum / (same.len() as f64 * other.len() as f64)
}

/// No guess tells pairs of one ballot, or of one voter, from pairs of two better than chance.
fn nobody_tells(what: &str, same: &[Pair], other: &[Pair]) {
    assert!(same.len() > 1_000 && other.len() > 300, "{what}: {} {}", same.len(), other.len());
    for (name, guess) in GUESSES {
        let of = |pairs: &[Pair]| -> Vec<f64> { pairs.iter().map(|(a, b)| guess(&a.0, a.1, &b.0, b.1)).collect() };
        let found = area(&of(same), &of(other));
        println!("{what}, {name}: {found:.3} of {} pairs", same.len());
        // Three standard deviations of chance for so many pairs.
        let chance =
            3.0 * ((same.len() + other.len() + 1) as f64 / (12.0 * same.len() as f64 * other.len() as f64)).sqrt();
        assert!((found - 0.5).abs() < chance, "{what}, {name}: {found} is more than chance ({chance})");
    }
}

/// Every token of each voter, as anyone sees it.
fn seen(m: &Made) -> Vec<Vec<(proof::List, Seen)>> {
    let paper = serde_json::from_str(&m.contents.paper).unwrap();
    let place = |list, token: [u8; 32]| {
        let all = &m.contents.tokens[&list];
        (list, (token, all.binary_search(&token).unwrap() as f64 / all.len() as f64))
    };
    let of =
        |(receipt, ballot): (&_, &_)| tokens(&paper, *receipt, ballot).into_iter().map(|(l, t)| place(l, t)).collect();
    m.receipts.iter().zip(&m.ballots).map(of).collect()
}

const FORMS: [&str; 3] = ["approval", "points", "ranking"];

fn kind(form: &'static str) -> Kind {
    Kind { form, rule: "greedy/1", voters: 4_000, plans: 8, ..Kind::new() }
}

#[test]
fn two_picks_of_one_ballot_look_like_any_two() {
    for form in FORMS {
        let of = seen(&made(11, kind(form), "ronde-a"));
        let mut dice = Dice(12);
        let (mut same, mut other) = (Vec::new(), Vec::new());
        for (at, picks) in of.iter().enumerate() {
            let Some((a, b)) = picks.first().zip(picks.iter().find(|p| p.0.plan != picks[0].0.plan)) else { continue };
            same.push((a.1, b.1));
            // The same two lists, of two ballots.
            let stranger = dice.below(of.len() as u64) as usize;
            if let Some(b) = of[stranger].iter().find(|p| p.0 == b.0 && stranger != at) {
                other.push((a.1, b.1));
            }
        }
        nobody_tells(form, &same, &other);
        // With the receipts it is easy: the test can see what there is to see.
        let known = |a: &[u8; 32], b: &[u8; 32]| {
            f64::from(of.iter().any(|p| [a, b].iter().all(|t| p.iter().any(|x| x.1.0 == **t))))
        };
        let told = |pairs: &[Pair]| -> Vec<f64> { pairs.iter().take(200).map(|(a, b)| known(&a.0, &b.0)).collect() };
        assert!(area(&told(&same), &told(&other)) > 0.99);
    }
}

/// With the files of all rounds at hand: a voter has another receipt in each, so no token of one says anything of another.
#[test]
fn one_voter_in_two_rounds_looks_like_any_two() {
    for form in FORMS {
        let rounds = [made(11, kind(form), "ronde-a"), made(12, kind(form), "ronde-b")];
        let [of, later] = [seen(&rounds[0]), seen(&rounds[1])];
        let all: BTreeSet<[u8; 32]> = of.iter().flatten().map(|(_, seen)| seen.0).collect();
        assert!(later.iter().flatten().all(|(_, seen)| !all.contains(&seen.0)), "{form}: a token stands in both");
        let mut dice = Dice(13);
        let (mut same, mut other) = (Vec::new(), Vec::new());
        for (at, picks) in of.iter().enumerate() {
            let (Some(a), Some(b)) = (picks.first(), later[at].first()) else { continue };
            same.push((a.1, b.1));
            let stranger = dice.below(later.len() as u64) as usize;
            if let Some(b) = later[stranger].first().filter(|_| stranger != at) {
                other.push((a.1, b.1));
            }
        }
        nobody_tells(&format!("{form}, two rounds"), &same, &other);
        // Nor does a receipt of one round find anything in the other.
        let (bytes, asked) = published(&rounds[1]);
        let asked = Asked { receipt: Some(rounds[0].receipts[0].text()), ..asked };
        assert_eq!(check(&bytes, &asked).0.codes(), [Wrong::Receipt], "{form}");
    }
}
