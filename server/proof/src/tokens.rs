//! The lists of tokens: which there are, how they are written, and what can be wrong with them.

use domain::round::{BallotForm, Paper};
use std::collections::BTreeMap;

/// A list: of a plan, and of a place where ballots rank (0 elsewhere).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct List {
    /// Plan.
    pub plan: i64,
    /// Place from 1; 0 where ballots do not rank.
    pub place: u32,
}

impl List {
    /// Its file.
    pub fn name(self) -> String {
        if self.place == 0 {
            format!("tokens/{}.txt", self.plan)
        } else {
            format!("tokens/{}-{}.txt", self.plan, self.place)
        }
    }
}

/// How many lists a paper has.
pub fn lists_of(paper: &Paper) -> usize {
    let places = match paper.ballot_form() {
        Some(BallotForm::Ranking { most }) => most.min(paper.plans.len()),
        _ => 1,
    };
    paper.plans.len().saturating_mul(places)
}

/// All lists of a paper, in the order of the bundle.
pub fn lists(paper: &Paper) -> Vec<List> {
    let places = match paper.ballot_form() {
        Some(BallotForm::Ranking { most }) => 1..=u32::try_from(most.min(paper.plans.len())).unwrap_or(u32::MAX),
        _ => 0..=0,
    };
    paper.plans.iter().flat_map(|p| places.clone().map(|place| List { plan: p.id, place })).collect()
}

/// What one voter can give a plan, in tokens.
pub fn most_per_plan(form: BallotForm) -> u64 {
    match form {
        BallotForm::Points { sum, each } => u64::from(each.min(sum)),
        _ => 1,
    }
}

/// What one ballot can hold, in tokens.
pub fn most_per_ballot(form: BallotForm, paper: &Paper) -> u64 {
    match form {
        BallotForm::Knapsack => {
            let mut costs: Vec<i64> = paper.plans.iter().map(|p| p.minimum.0).collect();
            costs.sort_unstable();
            let mut spent = 0_i64;
            costs
                .into_iter()
                .take_while(|cost| {
                    spent = spent.saturating_add(*cost);
                    spent <= paper.pot.0
                })
                .count() as u64
        }
        form => form.most_tokens(paper.plans.len()) as u64,
    }
}

/// Writes a list.
pub fn written<'a>(tokens: impl Iterator<Item = &'a [u8; 32]>) -> Vec<u8> {
    let mut text = String::new();
    for token in tokens {
        text.push_str(&crate::hex(token));
        text.push('\n');
    }
    text.into_bytes()
}

/// Reads a list; beside its tokens the first line (from 1) that is none, or out of order.
pub fn read(text: &[u8]) -> (Vec<[u8; 32]>, Option<usize>) {
    let mut tokens: Vec<[u8; 32]> = Vec::with_capacity(text.len() / 65);
    let mut wrong = None;
    for (at, line) in text.chunks(65).enumerate() {
        match line.strip_suffix(b"\n").and_then(token) {
            Some(token) if tokens.last().is_none_or(|last| *last < token) => tokens.push(token),
            Some(token) => {
                tokens.push(token);
                wrong.get_or_insert(at + 1);
            }
            None => {
                wrong.get_or_insert(at + 1);
            }
        }
    }
    (tokens, wrong)
}

fn token(line: &[u8]) -> Option<[u8; 32]> {
    let digit = |c: u8| match c {
        b'0'..=b'9' => Some(c - b'0'),
        b'a'..=b'f' => Some(c - b'a' + 10),
        _ => None,
    };
    let mut token = [0; 32];
    if line.len() != 64 {
        return None;
    }
    for (byte, pair) in token.iter_mut().zip(line.chunks(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(token)
}

/// Votes that follow from the lists, by plan.
pub fn votes(paper: &Paper, lists: &BTreeMap<List, Vec<[u8; 32]>>) -> BTreeMap<i64, u64> {
    let mut votes: BTreeMap<i64, u64> = paper.plans.iter().map(|p| (p.id, 0)).collect();
    for (list, tokens) in lists {
        // A point is a token of its own; a place counts by Borda.
        let worth = if list.place == 0 { 1 } else { domain::round::plain::score(paper, list.place) };
        *votes.entry(list.plan).or_default() += worth * tokens.len() as u64;
    }
    votes
}

/// The first token that stands twice, with one of its lists.
pub fn twice(lists: &BTreeMap<List, Vec<[u8; 32]>>) -> Option<(List, [u8; 32])> {
    let mut all: Vec<([u8; 32], List)> = lists.iter().flat_map(|(l, t)| t.iter().map(|t| (*t, *l))).collect();
    all.sort_unstable();
    all.windows(2).find(|pair| pair[0].0 == pair[1].0).map(|pair| (pair[1].1, pair[1].0))
}
