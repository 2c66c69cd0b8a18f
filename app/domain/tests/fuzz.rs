//! Broken and hostile `.pb` files for as long as `FUZZ_SECONDS` says (3 s where it does not; an hour under `make long`): the
//! reader answers each, never panics, never hangs, and what it takes is counted or refused in words.
//!
//! Inputs are mutated from seeds. One that was answered in a way not seen before (another error, another warning, another
//! size of election) becomes a seed itself, so that mutations pile up on what leads somewhere.

use domain::tally::{Completion, Procedure, Rule, Utility, count, pb};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// Longer than this for one small input is a hang. Generous: other work may have the machine.
const HANG: Duration = Duration::from_secs(20);
const LONGEST: usize = 6_000;

const SEEDS: [&str; 4] = [
    "META\nkey;value\nbudget;10\nvote_type;approval\nmax_length;2\nPROJECTS\nproject_id;cost;votes;name;category\na;6;2;\"A; \"\"x\"\"\";groen,spelen\nb;7,5;1;B;\nVOTES\nvoter_id;vote;age\n0;a,b;30\n1;none;\n2;;5\n",
    "META\r\nkey;value\r\nbudget;1.000,50\r\nvote_type;ordinal\r\nmax_length;3\r\nPROJECTS\r\nproject_id;cost;desired\r\n1;5;7\r\n2;6.25;9\r\nVOTES\r\nvoter_id;vote\r\nv;1,2\r\nw;2\r\n",
    "META\nkey;value\nbudget;100\nvote_type;cumulative\nmax_sum_points;10\nPROJECTS\nproject_id;cost;withdrawn\nx;40;0\ny;70;1\nz;0;\nVOTES\nvoter_id;vote;points\n1;x,y;4,6\n2;z;0.5\n",
    "\u{feff}META\nkey;value\nbudget;3\nvote_type;choose-1\nPROJECTS\nproject_id;cost\nvotes;1\n2;3\nVOTES\nvoter_id;vote\nvotes;2\n1;votes\n",
];

const WORDS: [&str; 36] = [
    ";",
    "\"",
    "\"\"",
    "\n",
    "\r",
    "\r\n",
    ",",
    ", ",
    "\u{2028}",
    "\0",
    "-1",
    "0",
    "1e9",
    "1e-3",
    "999999999999999999999",
    "7,5",
    "1,234",
    "1.234",
    "1.234.567,8",
    "none",
    "NONE",
    "META",
    "PROJECTS",
    "VOTES",
    "votes",
    "vote_type;scoring\n",
    "vote_type;cumulative\n",
    "default_score;1\n",
    "max_length;0\n",
    "budget;0\n",
    "points",
    "\u{feff}",
    "=1+1",
    "é",
    "\t",
    ";;;;\n",
];

fn mutate(rng: &mut StdRng, seed: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..rng.random_range(1..6) {
        let at = rng.random_range(0..=bytes.len());
        let to = (at + rng.random_range(0..30)).min(bytes.len());
        match rng.random_range(0..8) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..to)),
            2 => {
                let word = WORDS[rng.random_range(0..WORDS.len())];
                bytes.splice(at..at, word.bytes());
            }
            3 => {
                let word = WORDS[rng.random_range(0..WORDS.len())];
                bytes.splice(at..to, word.bytes());
            }
            4 => {
                let copy = bytes[at..to].to_vec();
                let times = rng.random_range(1..20);
                bytes.splice(at..at, std::iter::repeat_n(copy, times).flatten());
            }
            5 if at < bytes.len() => bytes[at] = rng.random(),
            6 => {
                let from = rng.random_range(0..=other.len());
                bytes.splice(at..to, other[from..].iter().copied());
            }
            _ => {
                // A line somewhere else.
                let lines: Vec<Vec<u8>> = bytes.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
                if lines.len() > 1 {
                    let (from, to) = (rng.random_range(0..lines.len()), rng.random_range(0..lines.len()));
                    let mut lines = lines;
                    let line = lines.remove(from);
                    lines.insert(to.min(lines.len()), line);
                    bytes = lines.concat();
                }
            }
        }
    }
    bytes.truncate(LONGEST);
    bytes
}

/// What kind of answer this input gets.
fn answer(bytes: &[u8]) -> String {
    let kind = |kind: &dyn std::fmt::Debug| {
        format!("{kind:?}").chars().take_while(|c| c.is_alphanumeric()).collect::<String>()
    };
    let read = match pb::read(bytes) {
        Ok(read) => read,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return format!("read {} {}", kind(&error.kind), error.field.len().min(12));
        }
    };
    let mut written = Vec::new();
    pb::write(&read, &mut written).unwrap();
    assert_eq!(pb::read(&written[..]).as_ref(), Ok(&read), "what was written is read again");
    let (election, warnings) = match read.election(&pb::Options::default()) {
        Ok(both) => both,
        Err(error) => return format!("election {} {}", kind(&error.kind), error.field.len().min(12)),
    };
    for rule in [
        Rule::GreedyPerEuro,
        Rule::EqualShares { utility: Utility::Cost, completion: Completion::None, fill: true },
        Rule::EqualShares { utility: Utility::Cardinality, completion: Completion::None, fill: false },
    ] {
        let outcome = count(&election, &Procedure::of(rule), true).unwrap();
        assert!(outcome.cost <= election.budget);
    }
    let mut remarks: Vec<String> = warnings.iter().chain(&read.warnings).map(|w| kind(&w.kind)).collect();
    remarks.sort();
    remarks.dedup();
    format!("{} plans {} groups {remarks:?}", election.plans.len().min(9), election.profile.len().min(9))
}

#[test]
fn every_input_is_answered() {
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(3);
    let number = std::env::var("FUZZ_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(1);
    let (mut rng, end) = (StdRng::seed_from_u64(number), Instant::now() + Duration::from_secs(seconds));
    let mut corpus: Vec<Vec<u8>> = SEEDS.iter().map(|seed| seed.as_bytes().to_vec()).collect();
    let (mut seen, mut tried) = (HashSet::new(), 0_u64);
    while Instant::now() < end {
        let (seed, other) = (rng.random_range(0..corpus.len()), rng.random_range(0..corpus.len()));
        let input = mutate(&mut rng, &corpus[seed], &corpus[other]);
        let start = Instant::now();
        let found = std::panic::catch_unwind(|| answer(&input));
        let took = start.elapsed();
        assert!(
            found.is_ok() && took < HANG,
            "seed {number}, input {tried}, {took:?}: {:?}",
            String::from_utf8_lossy(&input)
        );
        if seen.insert(found.unwrap_or_default()) {
            corpus.push(input);
        }
        tried += 1;
    }
    println!("{tried} inputs in {seconds} s, {} kinds of answers", seen.len());
    assert!(seen.len() > 50, "{} kinds of answers", seen.len());
}
