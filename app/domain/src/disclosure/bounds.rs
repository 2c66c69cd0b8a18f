//! What a reader can work out of hidden counts, in closed form.
//!
//! Known nodes of a tree are laminar, so all that they say is the sum over each *block*: the leaves that have the same nearest
//! known node above them. Leaves of a block are free but for that sum. A theme is known only where the number of answers is,
//! so each block of a theme is made of whole blocks of answers (its *groups*), each with a known number of answers that is
//! divided between those who mention the theme and the others: a transportation problem with two rows, whose every cell has
//! the bounds below, and takes each whole number between them. Several themes do not narrow each other: within a group all
//! answers may lie in one leaf, whatever each theme takes of them.

use super::tree::Tree;
use crate::survey::SMALLEST_GROUP;
use serde::{Deserialize, Serialize};

/// Feasible values of a hidden count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// At least.
    pub low: usize,
    /// At most; `None`: without a bound.
    pub high: Option<usize>,
}

impl Interval {
    /// Everything.
    pub const OPEN: Self = Self { low: 0, high: None };

    fn new(low: usize, high: usize) -> Self {
        Self { low, high: (high < NO_BOUND).then_some(high) }
    }

    /// Wide enough for a count that truly is `count`: that of one under ten holds 0 to 9, any other is ten wide.
    pub fn hides(self, count: usize) -> bool {
        let high = self.high.unwrap_or(NO_BOUND);
        if count < SMALLEST_GROUP {
            self.low == 0 && high + 1 >= SMALLEST_GROUP
        } else {
            high.saturating_sub(self.low) >= SMALLEST_GROUP
        }
    }
}

/// More than any count, and room to add some of them.
const NO_BOUND: usize = usize::MAX / 1024;

/// Leaves with the same owner: how many, and their sum. Those of no owner have no known sum.
struct Blocks {
    of: Vec<(usize, usize)>,
}

impl Blocks {
    fn new(tree: &Tree, owners: &[Option<usize>], count: impl Fn(usize) -> usize) -> Self {
        let mut of = vec![(0, 0); tree.nodes.len()];
        for (leaf, owner) in owners.iter().enumerate() {
            if let Some(owner) = owner {
                of[*owner].0 += 1;
                of[*owner].1 += count(leaf);
            }
        }
        Self { of }
    }

    fn leaves(&self, owner: Option<usize>) -> usize {
        owner.map_or(NO_BOUND, |o| self.of[o].0)
    }

    fn sum(&self, owner: Option<usize>) -> usize {
        owner.map_or(NO_BOUND, |o| self.of[o].1)
    }
}

/// Intervals of a count that is bound by nothing but its sums (answers, posters): of each node that is not known.
pub fn of_sums(tree: &Tree, counts: &[usize], known: &[bool]) -> Vec<Option<Interval>> {
    let owners = tree.owners(known);
    let blocks = Blocks::new(tree, &owners, |leaf| counts[leaf]);
    // Of each node: what known nodes under it hold, and how many leaves of the block it has a share in.
    let mut parts = vec![(0usize, 0usize); tree.nodes.len()];
    for (leaf, owner) in owners.iter().enumerate() {
        let mut covered = false;
        for node in tree.up(tree.leaves[leaf].0) {
            covered |= *owner == Some(node);
            if covered {
                parts[node].0 += counts[leaf];
            } else {
                parts[node].1 += 1;
            }
        }
    }
    (0..tree.nodes.len())
        .map(|node| {
            let (held, free) = parts[node];
            let above = tree.above(node, known);
            (!known[node]).then(|| match free {
                0 => Interval::new(held, held),
                _ if free == blocks.leaves(above) => Interval::new(held + blocks.sum(above), held + blocks.sum(above)),
                _ => Interval::new(held, held + blocks.sum(above)),
            })
        })
        .collect()
}

/// What a node has of a theme's block.
#[derive(Clone, Default)]
struct Share {
    mention_held: usize,
    others_held: usize,
    /// Answers of whole groups.
    whole: usize,
    /// Leaves of the one group that also reaches outside.
    partial: usize,
    group: Option<usize>,
}

/// Intervals of a theme in each node where it is not known: answers that mention it, and those that do not. `known` must not
/// hold where `known_answers` does not.
pub fn of_theme(
    tree: &Tree,
    answers: &[usize],
    mention: &[usize],
    known_answers: &[bool],
    known: &[bool],
) -> Vec<Option<(Interval, Interval)>> {
    let (groups_of, owners) = (tree.owners(known_answers), tree.owners(known));
    let groups = Blocks::new(tree, &groups_of, |leaf| answers[leaf]);
    let (mentions, others) = (
        Blocks::new(tree, &owners, |leaf| mention[leaf]),
        Blocks::new(tree, &owners, |leaf| answers[leaf] - mention[leaf].min(answers[leaf])),
    );
    let mut shares = vec![Share::default(); tree.nodes.len()];
    for (leaf, owner) in owners.iter().enumerate() {
        let (mut covered, mut whole) = (false, false);
        for node in tree.up(tree.leaves[leaf].0) {
            covered |= *owner == Some(node);
            whole |= groups_of[leaf] == Some(node);
            let share = &mut shares[node];
            if covered {
                share.mention_held += mention[leaf];
                share.others_held += answers[leaf] - mention[leaf].min(answers[leaf]);
            } else if whole {
                share.whole += answers[leaf];
            } else {
                share.partial += 1;
                share.group = groups_of[leaf];
            }
        }
    }
    (0..tree.nodes.len())
        .map(|node| {
            let share = &shares[node];
            let above = tree.above(node, known);
            let (mention_sum, others_sum) = (mentions.sum(above), others.sum(above));
            let (mut whole, mut partial) = (share.whole, 0);
            if share.partial > 0 && share.partial == groups.leaves(share.group) {
                whole += groups.sum(share.group);
            } else if share.partial > 0 {
                partial = groups.sum(share.group);
            }
            let side = |held: usize, own: usize, other: usize| {
                Interval::new(held + whole.saturating_sub(other), held + own.min(whole + partial))
            };
            (!known[node]).then(|| {
                (side(share.mention_held, mention_sum, others_sum), side(share.others_held, others_sum, mention_sum))
            })
        })
        .collect()
}

/// Intervals of hidden options, which sum with the shown ones to a known number.
pub fn of_options(options: &[usize], known: &[bool]) -> Vec<Option<Interval>> {
    let hidden = known.iter().filter(|k| !**k).count();
    let rest: usize = options.iter().zip(known).filter(|(_, k)| !**k).map(|(o, _)| *o).sum();
    known.iter().map(|k| (!k).then(|| Interval::new(if hidden == 1 { rest } else { 0 }, rest))).collect()
}

/// For means: known nodes whose own block has some marks, but not ten of two leaves or more.
pub fn thin_means(tree: &Tree, marks: &[usize], known: &[bool]) -> Vec<usize> {
    let owners = tree.owners(known);
    let blocks = Blocks::new(tree, &owners, |leaf| marks[leaf]);
    let leaf = |node: usize| tree.leaves.get(tree.nodes[node].leaves.start).is_some_and(|(own, _)| *own == node);
    let thin = |node: &usize| {
        let (leaves, sum) = blocks.of[*node];
        // A leaf whose mean is known is a block of its own.
        !leaf(*node) && sum > 0 && (sum < SMALLEST_GROUP || leaves < 2)
    };
    (0..tree.nodes.len()).filter(thin).collect()
}
