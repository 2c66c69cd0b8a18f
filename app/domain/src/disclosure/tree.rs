//! Areas laid out flat.

use super::{Area, AreaId, Counts};
use std::ops::Range;

/// One area.
#[derive(Debug)]
pub struct Node {
    pub id: AreaId,
    pub parent: Option<usize>,
    /// Its leaves, as places in [`Tree::leaves`].
    pub leaves: Range<usize>,
}

/// Each node comes after its parent.
#[derive(Debug, Default)]
pub struct Tree<'a> {
    pub nodes: Vec<Node>,
    /// What was counted in each leaf, and its node.
    pub leaves: Vec<(usize, &'a Counts)>,
}

impl<'a> Tree<'a> {
    pub fn new(scope: &'a Area) -> Self {
        let mut tree = Self::default();
        tree.add(scope, None);
        tree
    }

    fn add(&mut self, area: &'a Area, parent: Option<usize>) {
        let (node, first) = (self.nodes.len(), self.leaves.len());
        self.nodes.push(Node { id: area.id, parent, leaves: first..first });
        if area.parts.is_empty() {
            self.leaves.push((node, &area.counts));
        }
        for part in &area.parts {
            self.add(part, Some(node));
        }
        self.nodes[node].leaves.end = self.leaves.len();
    }

    pub fn find(&self, id: AreaId) -> Option<usize> {
        self.nodes.iter().position(|n| n.id == id)
    }

    /// A count of a node.
    pub fn sum(&self, node: usize, of: impl Fn(&Counts) -> usize) -> usize {
        self.leaves[self.nodes[node].leaves.clone()].iter().map(|(_, counts)| of(counts)).sum()
    }

    /// A count of each node.
    pub fn sums(&self, of: impl Fn(&Counts) -> usize) -> Vec<usize> {
        (0..self.nodes.len()).map(|node| self.sum(node, &of)).collect()
    }

    /// The node itself, what it lies in, and so on up to the scope.
    pub fn up(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(node), |n| self.nodes[*n].parent)
    }

    /// For each leaf the nearest node that holds it and whose count is known.
    pub fn owners(&self, known: &[bool]) -> Vec<Option<usize>> {
        self.leaves.iter().map(|(node, _)| self.up(*node).find(|n| known[*n])).collect()
    }

    /// The nearest known node above this one.
    pub fn above(&self, node: usize, known: &[bool]) -> Option<usize> {
        self.up(node).skip(1).find(|n| known[*n])
    }
}
