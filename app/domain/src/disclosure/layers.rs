//! What is published, layer by layer: answers, themes, means, posters; and the options of own questions.

use super::protect::{Layer, Leak, Sacrificed};
use super::tree::Tree;
use super::{
    AreaId, Cell, Counts, Hidden, Interval, Method, Question, Report, Shown, ShownArea, ShownQuestion, ShownTheme,
    Wave, Why, bounds,
};
use crate::survey::SMALLEST_GROUP;

pub fn mention(counts: &Counts, theme: i64) -> usize {
    // More mentions than answers cannot be; a count that says so is cut, so that no complement is below nothing.
    counts.themes.get(&theme).copied().unwrap_or(0).min(counts.answers)
}

pub fn others(counts: &Counts, theme: i64) -> usize {
    counts.answers - mention(counts, theme)
}

/// A mean in tenths, halves up.
fn mean_tenths(sum: usize, marks: usize) -> Option<i64> {
    (marks > 0).then(|| i64::try_from((sum * 20 + marks) / (marks * 2)).ok()).flatten()
}

struct Maker<'a> {
    tree: Tree<'a>,
    earlier: Option<&'a Shown>,
    method: Method,
    report: Report,
}

pub fn publish(wave: &Wave, earlier: Option<&Shown>, method: Method) -> (Shown, Report) {
    let mut maker = Maker { tree: Tree::new(&wave.scope), earlier, method, report: Report::default() };
    let (answers, known_answers) = maker.sums(|c| c.answers, |a| a.answers, Cell::Answers);
    let (posters, _) = maker.sums(|c| c.posters, |a| a.posters, Cell::Posters);
    let themes: Vec<Vec<bool>> =
        wave.themes.iter().map(|theme| maker.theme(*theme, &answers, &known_answers)).collect();
    let means = maker.means(&answers, &known_answers);
    let questions = wave.questions.iter().map(|q| maker.question(q, &answers, &known_answers)).collect();
    let tree = &maker.tree;
    let cell = |shown: &[bool], node: usize, of: &dyn Fn(&Counts) -> usize| shown[node].then(|| tree.sum(node, of));
    let areas = tree
        .nodes
        .iter()
        .enumerate()
        .map(|(node, area)| ShownArea {
            id: area.id,
            parent: area.parent.map(|p| tree.nodes[p].id),
            answers: cell(&answers, node, &|c| c.answers),
            mean_tenths: means[node]
                .then(|| mean_tenths(tree.sum(node, |c| c.mark_sum), tree.sum(node, |c| c.marks)))
                .flatten(),
            themes: (wave.themes.iter().zip(&themes))
                .map(|(theme, shown)| ShownTheme { theme: *theme, answers: cell(shown, node, &|c| mention(c, *theme)) })
                .collect(),
            posters: cell(&posters, node, &|c| c.posters),
        })
        .collect();
    (Shown { areas, questions }, maker.report)
}

impl Maker<'_> {
    fn id(&self, node: usize) -> AreaId {
        self.tree.nodes[node].id
    }

    /// What the earlier version shows of a node; `None` without one.
    fn before(&self, node: usize) -> Option<Option<&ShownArea>> {
        self.earlier.map(|shown| shown.area(self.id(node)))
    }

    /// Starts a layer: `why` says what hides a cell for itself, `was` whether the earlier version shows it (`Some(true)`: and
    /// it still holds).
    fn layer(
        &self,
        cost: Vec<usize>,
        mut why: impl FnMut(usize) -> Option<Why>,
        was: impl Fn(usize) -> Option<bool>,
    ) -> (Layer<'_>, Vec<Option<Why>>) {
        let nodes = self.tree.nodes.len();
        let reasons: Vec<Option<Why>> = (0..nodes)
            .map(|node| why(node).or((self.earlier.is_some() && was(node).is_none()).then_some(Why::Earlier)))
            .collect();
        let shown = reasons.iter().map(Option::is_none).collect();
        let fixed = (0..nodes).map(|node| was(node) == Some(true)).collect();
        (Layer { tree: &self.tree, shown, fixed, cost }, reasons)
    }

    fn reason(&self, node: usize, own: &[Option<Why>], gone: &Sacrificed) -> Why {
        own[node].unwrap_or_else(|| {
            let block = gone.iter().find(|(n, _)| *n == node).map_or(0, |(_, block)| *block);
            Why::Protects(self.id(block))
        })
    }

    /// Answers or posters. Gives where they are shown, and where they are known.
    fn sums(
        &mut self,
        of: impl Fn(&Counts) -> usize,
        was: impl Fn(&ShownArea) -> Option<usize>,
        cell: impl Fn(AreaId) -> Cell,
    ) -> (Vec<bool>, Vec<bool>) {
        let sums = self.tree.sums(&of);
        let counts: Vec<usize> = self.tree.leaves.iter().map(|(_, c)| of(c)).collect();
        let (mut layer, own) = self.layer(
            sums.clone(),
            |node| (sums[node] < SMALLEST_GROUP).then_some(Why::Few),
            |node| self.before(node)?.and_then(&was).map(|n| n == sums[node]),
        );
        let tree = &self.tree;
        let leak = |known: &[bool]| {
            let intervals = bounds::of_sums(tree, &counts, known);
            let open = |node: &usize| intervals[*node].is_some_and(|i| !i.hides(sums[*node]));
            leaks_of(tree, (0..sums.len()).filter(open), known)
        };
        let gone = if self.method.complementary { layer.protect(leak) } else { Vec::new() };
        let (shown, known) = (layer.shown.clone(), layer.known());
        let intervals = bounds::of_sums(tree, &counts, &known);
        let hidden: Vec<Hidden> = (0..sums.len())
            .filter(|node| !shown[*node])
            .map(|node| {
                // Published before: known as it is.
                let exact = Interval { low: sums[node], high: Some(sums[node]) };
                let interval = intervals[node].unwrap_or(exact);
                let met = interval.hides(sums[node]) || layer.fixed[node];
                Hidden { cell: cell(self.id(node)), why: self.reason(node, &own, &gone), interval: Some(interval), met }
            })
            .collect();
        self.report.hidden.extend(hidden);
        (shown, known)
    }

    fn theme(&mut self, theme: i64, answers: &[bool], known_answers: &[bool]) -> Vec<bool> {
        let (sums, rest) = (self.tree.sums(|c| mention(c, theme)), self.tree.sums(|c| others(c, theme)));
        let per_leaf = |of: &dyn Fn(&Counts) -> usize| self.tree.leaves.iter().map(|(_, c)| of(c)).collect::<Vec<_>>();
        let (total, mentions) = (per_leaf(&|c| c.answers), per_leaf(&|c| mention(c, theme)));
        let (mut layer, own) = self.layer(
            sums.clone(),
            |node| match () {
                () if !answers[node] => Some(Why::AnswersHidden),
                () if sums[node] < SMALLEST_GROUP => Some(Why::Few),
                () if rest[node] < SMALLEST_GROUP => Some(Why::FewOthers),
                () => None,
            },
            |node| {
                let before = self.before(node)??;
                let same = before.answers == Some(sums[node] + rest[node]);
                before.theme(theme).map(|n| n == sums[node] && same)
            },
        );
        let tree = &self.tree;
        let leak = |known: &[bool]| {
            let intervals = bounds::of_theme(tree, &total, &mentions, known_answers, known);
            let open =
                |node: &usize| intervals[*node].is_some_and(|(t, c)| !t.hides(sums[*node]) || !c.hides(rest[*node]));
            leaks_of(tree, (0..sums.len()).filter(open), known)
        };
        let gone = if self.method.complementary { layer.protect(leak) } else { Vec::new() };
        let (shown, known) = (layer.shown.clone(), layer.known());
        let intervals = bounds::of_theme(tree, &total, &mentions, known_answers, &known);
        let mut hidden = Vec::new();
        for node in (0..sums.len()).filter(|node| !shown[*node]) {
            let exact = |n| Interval { low: n, high: Some(n) };
            let (t, c) = intervals[node].unwrap_or((exact(sums[node]), exact(rest[node])));
            let why = self.reason(node, &own, &gone);
            for (cell, interval, count) in [
                (Cell::Theme(self.id(node), theme), t, sums[node]),
                (Cell::Others(self.id(node), theme), c, rest[node]),
            ] {
                let met = interval.hides(count) || layer.fixed[node];
                hidden.push(Hidden { cell, why, interval: Some(interval), met });
            }
        }
        self.report.hidden.extend(hidden);
        shown
    }

    /// Means are known only where answers are, and say nothing of any hidden number: marks are not published, those of a
    /// block may lie in any of its leaves, and so may the block's answers.
    fn means(&mut self, answers: &[bool], known_answers: &[bool]) -> Vec<bool> {
        let (marks, sums) = (self.tree.sums(|c| c.marks), self.tree.sums(|c| c.mark_sum));
        let totals = self.tree.sums(|c| c.answers);
        let per_leaf: Vec<usize> = self.tree.leaves.iter().map(|(_, c)| c.marks).collect();
        let (mut layer, own) = self.layer(
            marks.clone(),
            |node| match () {
                () if !answers[node] => Some(Why::AnswersHidden),
                () if marks[node] < SMALLEST_GROUP => Some(Why::Few),
                () => None,
            },
            |node| {
                let before = self.before(node)??;
                let same = known_answers[node] && before.answers == Some(totals[node]);
                before.mean_tenths.map(|mean| Some(mean) == mean_tenths(sums[node], marks[node]) && same)
            },
        );
        let tree = &self.tree;
        let leak = |known: &[bool]| {
            let thin = bounds::thin_means(tree, &per_leaf, known);
            thin.into_iter().map(|node| Leak { node, block: Some(node) }).collect()
        };
        let gone = if self.method.complementary { layer.protect(leak) } else { Vec::new() };
        let (shown, known) = (layer.shown.clone(), layer.known());
        let thin = bounds::thin_means(tree, &per_leaf, &known);
        let hidden: Vec<Hidden> = (0..marks.len())
            .filter(|node| !shown[*node])
            .map(|node| Hidden {
                cell: Cell::Mean(self.id(node)),
                why: self.reason(node, &own, &gone),
                interval: None,
                met: tree.above(node, &known).is_none_or(|above| !thin.contains(&above)),
            })
            .collect();
        self.report.hidden.extend(hidden);
        shown
    }

    /// Options of the scope's own question: they sum to its answers.
    fn question(&mut self, question: &Question, answers: &[bool], known_answers: &[bool]) -> ShownQuestion {
        let options = &question.options;
        let before = self.earlier.map(|e| e.questions.iter().find(|q| q.id == question.id));
        let was = |n: usize| before.flatten().and_then(|q| q.options.get(n).copied().flatten());
        let fixed: Vec<bool> =
            options.iter().enumerate().map(|(n, o)| known_answers[0] && was(n) == Some(*o)).collect();
        let mut why: Vec<Option<Why>> = (options.iter().enumerate())
            .map(|(n, o)| match () {
                () if !answers[0] => Some(Why::AnswersHidden),
                () if *o < SMALLEST_GROUP => Some(Why::Few),
                () => (before.is_some() && was(n).is_none()).then_some(Why::Earlier),
            })
            .collect();
        let known = |why: &[Option<Why>]| -> Vec<bool> {
            why.iter().zip(&fixed).map(|(w, fixed)| w.is_none() || *fixed).collect()
        };
        let intervals = |why: &[Option<Why>]| match known_answers[0] {
            true => bounds::of_options(options, &known(why)),
            false => options.iter().map(|_| Some(Interval::OPEN)).collect(),
        };
        let leaks =
            |why: &[Option<Why>]| intervals(why).iter().zip(options).any(|(i, o)| i.is_some_and(|i| !i.hides(*o)));
        while self.method.complementary && leaks(&why) {
            let next = (0..options.len()).filter(|n| why[*n].is_none() && !fixed[*n]).min_by_key(|n| options[*n]);
            let Some(next) = next else { break };
            why[next] = Some(Why::ProtectsOptions);
        }
        let intervals = intervals(&why);
        for (n, why) in why.iter().enumerate() {
            let Some(why) = *why else { continue };
            let interval = intervals[n].unwrap_or(Interval { low: options[n], high: Some(options[n]) });
            let met = interval.hides(options[n]) || fixed[n];
            self.report.hidden.push(Hidden { cell: Cell::Choice(question.id, n), why, interval: Some(interval), met });
        }
        ShownQuestion {
            id: question.id,
            options: options.iter().zip(&why).map(|(o, w)| w.is_none().then_some(*o)).collect(),
        }
    }
}

/// Where to hide more: in the block that a node has a share in, or, where it has none, among what is known under it.
fn leaks_of(tree: &Tree, nodes: impl Iterator<Item = usize>, known: &[bool]) -> Vec<Leak> {
    let owners = tree.owners(known);
    nodes
        .map(|node| {
            let above = tree.above(node, known);
            let shares = tree.nodes[node].leaves.clone().any(|leaf| owners[leaf] == above);
            Leak { node, block: above.filter(|_| shares) }
        })
        .collect()
}
