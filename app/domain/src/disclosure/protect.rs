//! Hiding further cells until nothing that is hidden can be worked out.

use super::tree::Tree;

/// A hidden node that could be worked out.
pub struct Leak {
    /// The node.
    pub node: usize,
    /// The known node whose sum tells it; `None`: it is the sum of known nodes under it.
    pub block: Option<usize>,
}

/// A count per area that adds up, and where it is shown.
pub struct Layer<'a> {
    pub tree: &'a Tree<'a>,
    /// Where it is shown.
    pub shown: Vec<bool>,
    /// Published before and still so: hiding it takes nothing back.
    pub fixed: Vec<bool>,
    /// What is lost with each.
    pub cost: Vec<usize>,
}

/// Nodes that were hidden, each with the node whose block needed it.
pub type Sacrificed = Vec<(usize, usize)>;

impl Layer<'_> {
    /// Where readers know the count.
    pub fn known(&self) -> Vec<bool> {
        self.shown.iter().zip(&self.fixed).map(|(shown, fixed)| *shown || *fixed).collect()
    }

    /// Hides the cheapest further cells until `leaks` finds nothing, then shows again, dearest first, what need not have been
    /// hidden. What is left leaks by an earlier version alone.
    pub fn protect(&mut self, leaks: impl Fn(&[bool]) -> Vec<Leak>) -> Sacrificed {
        let mut gone: Sacrificed = Vec::new();
        let mut found = leaks(&self.known());
        while let Some((leak, cells)) = found.iter().find_map(|leak| Some((leak, self.cheapest(leak)?))) {
            for node in cells {
                self.shown[node] = false;
                gone.push((node, leak.block.unwrap_or(leak.node)));
            }
            found = leaks(&self.known());
        }
        let mut again = gone.clone();
        again.sort_by_key(|(node, _)| (usize::MAX - self.cost[*node], *node));
        for (node, _) in again {
            self.shown[node] = true;
            if leaks(&self.known()).len() > found.len() {
                self.shown[node] = false;
            } else {
                gone.retain(|(other, _)| *other != node);
            }
        }
        gone
    }

    /// The cells whose loss adds a leaf to the block, or the block's own sum, whichever costs least; the scope's as a last
    /// resort.
    fn cheapest(&self, leak: &Leak) -> Option<Vec<usize>> {
        let top = leak.block.unwrap_or(leak.node);
        let known = self.known();
        let owners = self.tree.owners(&known);
        let mut best: Option<((bool, usize), Vec<usize>)> = None;
        let mut offer = |cells: Vec<usize>| {
            if cells.is_empty() || cells.iter().any(|node| self.fixed[*node]) {
                return;
            }
            let scope = cells.contains(&0);
            let price = (scope, cells.iter().map(|node| self.cost[*node]).sum());
            if best.as_ref().is_none_or(|(least, _)| price < *least) {
                best = Some((price, cells));
            }
        };
        for leaf in self.tree.nodes[top].leaves.clone() {
            if owners[leaf].is_some() && owners[leaf] != leak.block {
                let path = self.tree.up(self.tree.leaves[leaf].0).take_while(|node| *node != top);
                offer(path.filter(|node| known[*node]).collect());
            }
        }
        if let Some(block) = leak.block {
            offer(vec![block]);
        }
        best.map(|(_, cells)| cells)
    }
}
