//! A hundred thousand answers: `cargo bench -p themes`. Prints the time and the peak of resident memory, and fails above the
//! limits. The answers are composed from the labelled set's clauses by a seeded grammar, with words changed: swapped for
//! another, mistyped, or joined to a compound, until the vocabulary is that of a large city (about 50,000 distinct words).

use std::collections::HashSet;
use std::time::{Duration, Instant};
use themes::{Answer, Lang, Profile, propose};

const ANSWERS: usize = 100_000;
const LIMIT: Duration = Duration::from_secs(120);
const LIMIT_KB: u64 = 1_000_000;

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014 (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

fn mistyped(word: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = dice.below(letters.len());
    let letter = char::from(b'a' + dice.below(26) as u8);
    match dice.below(4) {
        0 if letters.len() > 3 => drop(letters.remove(at)),
        1 => letters.insert(at, letter),
        2 if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => letters[at] = letter,
    }
    letters.into_iter().collect()
}

fn composed() -> Vec<String> {
    let mut reader = csv::Reader::from_reader(include_str!("../tests/labelled.csv").as_bytes());
    let texts: Vec<String> = reader.records().map(|record| record.expect("a row")[0].to_owned()).collect();
    let clauses: Vec<&str> =
        texts.iter().flat_map(|text| text.split_inclusive(['.', '!', '?', ','])).map(str::trim).collect();
    let words: Vec<&str> =
        texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphabetic())).filter(|w| w.len() > 3).collect();
    let mut dice = Dice(20);
    let answer = |_| {
        let mut text: Vec<String> = Vec::new();
        for _ in 0..1 + dice.below(4) {
            for word in clauses[dice.below(clauses.len())].split(' ').filter(|word| !word.is_empty()) {
                text.push(match dice.below(80) {
                    0..4 => words[dice.below(words.len())].to_owned(),
                    4 | 5 => mistyped(word, &mut dice),
                    6 | 7 => format!("{}{}", words[dice.below(words.len())], words[dice.below(words.len())]),
                    _ => word.to_owned(),
                });
            }
        }
        text.join(" ")
    };
    (0..ANSWERS).map(answer).collect()
}

/// Peak of resident memory in kB, where the system tells it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix(" kB")?.parse().ok()
}

fn main() {
    let texts = composed();
    let distinct: HashSet<String> =
        texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphabetic())).map(str::to_lowercase).collect();
    println!(
        "{} answers, {} distinct words, {} MB of text",
        texts.len(),
        distinct.len(),
        texts.iter().map(String::len).sum::<usize>() / 1_000_000
    );
    drop(distinct);
    let answers: Vec<Answer> = (0..).zip(&texts).map(|(id, text)| Answer { id, lang: Lang::Nl, text }).collect();
    let start = Instant::now();
    let found = propose(&answers, &[]);
    let first = start.elapsed();
    for proposal in &found {
        println!("  {:6} {} ({})", proposal.members.len(), proposal.label, proposal.terms.join(", "));
    }
    let start = Instant::now();
    let profiles: Vec<Profile> = (1..)
        .zip(&found)
        .map(|(id, proposal)| {
            let inside: HashSet<u32> = proposal.members.iter().map(|m| m.id).collect();
            let (members, others): (Vec<&Answer>, Vec<&Answer>) =
                answers.iter().take(20_000).partition(|a| inside.contains(&a.id));
            let members: Vec<&str> = members.into_iter().map(|a| a.text).collect();
            let others: Vec<&str> = others.into_iter().map(|a| a.text).collect();
            Profile::from_members(id, Lang::Nl, &proposal.label, &members, &others)
        })
        .collect();
    let made = start.elapsed();
    let start = Instant::now();
    let again = propose(&answers, &profiles);
    let second = start.elapsed();
    let back = again.iter().filter(|p| p.known.is_some()).count();
    println!(
        "proposing {first:.1?}; {} profiles of 20,000 answers {made:.1?}; a wave with them {second:.1?}, {back} recognised",
        profiles.len()
    );
    println!("peak of resident memory {:?} kB", peak());
    assert!(first <= LIMIT && second <= LIMIT, "too slow");
    assert!(peak().is_none_or(|kb| kb <= LIMIT_KB), "too much memory");
}
