//! Which theme a clause speaks for. Each word has a weight per class: from the fields, from approved themes, and learnt from
//! the answers themselves. Learning is that of seeded self-training (Yarowsky, "Unsupervised word sense disambiguation
//! rivaling supervised methods", ACL 1995): classify by seeds, weigh the words that keep a class company, classify again.

use crate::crowd::{Crowd, Doc};
use crate::lexicon::{Field, fields};
use crate::profile::Profile;
use crate::stats::{idf, log_likelihood};

/// Number of a class.
pub(crate) type Class = u16;

/// A clause needs so much evidence; what the rest of the answer speaks for helps by this share.
const EVIDENCE: f32 = 0.5;
const CONTEXT: f32 = 0.3;
/// Beside its heaviest word the other words of a clause count by this share.
const BESIDE: f32 = 0.4;
/// A word that few use tells more than one that many use: so much of its weight depends on that.
const RARITY: f32 = 0.25;
/// A field's word is believed as if so many clauses had confirmed it, before those that really have.
const BELIEF: f32 = 3.0;
/// Rounds of learning; a learnt word never weighs more than `LEARNT`; chance explains it less than once in a hundred
/// (chi-squared, one degree of freedom).
const ROUNDS: usize = 3;
const LEARNT: f32 = 0.6;
const BY_CHANCE: f64 = 6.63;
/// A second class of an answer needs this share of the first one's evidence.
const SECOND: f32 = 0.45;
/// A clause speaks of a second thing beside the one it speaks of most from so much evidence.
const TOGETHER: f32 = 0.9;
/// What an approved theme's own words weigh more than a field's.
const APPROVED: f32 = 1.2;

/// Where a class comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Origin {
    /// A profile, by its place in the list.
    Known(usize),
    /// A field of the lexicon.
    Field(Field),
    /// Words of these answers.
    Emerging,
}

/// All classes and what each word weighs for them.
pub(crate) struct Classes {
    pub(crate) origins: Vec<Origin>,
    /// Off: too few answers.
    alive: Vec<bool>,
    /// Per field the classes that take its words, with a factor.
    takers: Vec<Vec<(Class, f32)>>,
    pinned: Vec<Vec<(Class, f32)>>,
    learnt: Vec<Vec<(Class, f32)>>,
    /// Per key with how many clauses of each class it was, and in all.
    company: Vec<(Vec<(Class, u32)>, u32)>,
    /// Per word, everything together.
    weights: Vec<Vec<(Class, f32)>>,
}

/// How many answers a theme needs among so many.
pub(crate) fn least(answers: usize) -> usize {
    if answers < 12 { 2 } else { (answers / 200).clamp(3, 50) }
}

fn raise(list: &mut Vec<(Class, f32)>, class: Class, weight: f32) {
    match list.iter_mut().find(|(known, _)| *known == class) {
        Some((_, old)) => *old = old.max(weight),
        None => list.push((class, weight)),
    }
}

impl Classes {
    /// Approved themes first, then the fields that none of them covers.
    pub(crate) fn seeded(crowd: &Crowd, known: &[&Profile]) -> Self {
        let names = &fields().names;
        let mut classes = Self {
            origins: (0..known.len()).map(Origin::Known).collect(),
            alive: Vec::new(),
            takers: vec![Vec::new(); names.len()],
            pinned: vec![Vec::new(); crowd.keys.len()],
            learnt: vec![Vec::new(); crowd.keys.len()],
            company: vec![(Vec::new(), 0); crowd.keys.len()],
            weights: Vec::new(),
        };
        for (at, profile) in known.iter().enumerate() {
            for (id, share) in &profile.fields {
                if let Some(field) = names.iter().position(|name| name.id == id) {
                    classes.takers[field].push((at as Class, 0.7 + 0.3 * share.clamp(0.0, 1.0)));
                }
            }
            for term in &profile.terms {
                if let Some(key) = crowd.key(&term.key) {
                    raise(&mut classes.pinned[key as usize], at as Class, term.weight.clamp(0.0, 1.0) * APPROVED);
                }
            }
        }
        for field in 0..names.len() {
            if classes.takers[field].is_empty() {
                classes.takers[field].push((classes.origins.len() as Class, 1.0));
                classes.origins.push(Origin::Field(field as Field));
            }
        }
        classes.alive = vec![true; classes.origins.len()];
        classes.weigh(crowd);
        classes
    }

    /// Adds a class of keys.
    pub(crate) fn emerge(&mut self, keys: &[u32]) {
        let class = self.origins.len() as Class;
        self.origins.push(Origin::Emerging);
        self.alive.push(true);
        keys.iter().for_each(|key| raise(&mut self.pinned[*key as usize], class, 0.8));
    }

    /// Puts the weights of each word together.
    pub(crate) fn weigh(&mut self, crowd: &Crowd) {
        let mut weights = Vec::with_capacity(crowd.words.len());
        let total = crowd.docs.len() as u32;
        let rarest = idf(1, total.max(1)) as f32;
        for word in &crowd.words {
            let mut list = Vec::new();
            for (field, weight) in &word.fields {
                for (class, factor) in &self.takers[*field as usize] {
                    raise(&mut list, *class, weight * factor * self.confirmed(word.keys[0], *class));
                }
            }
            for key in &word.keys {
                let tables = self.pinned[*key as usize].iter().chain(&self.learnt[*key as usize]);
                tables.for_each(|(class, weight)| raise(&mut list, *class, *weight));
            }
            list.retain(|(class, _)| self.alive[*class as usize]);
            let spread = word.keys.first().map_or(0, |key| crowd.spread[*key as usize]);
            let rarity = idf(spread, total) as f32 / rarest;
            list.iter_mut().for_each(|(_, weight)| *weight *= 1.0 - RARITY + RARITY * rarity);
            list.sort_unstable_by_key(|(class, _)| *class);
            weights.push(list);
        }
        self.weights = weights;
    }

    /// How far the clauses a word is in went to the class its field says.
    fn confirmed(&self, key: u32, class: Class) -> f32 {
        let (list, all) = &self.company[key as usize];
        let here = list.iter().find(|(known, _)| *known == class).map_or(0, |(_, count)| *count);
        0.5 + 0.5 * (here as f32 + BELIEF) / (*all as f32 + BELIEF)
    }

    /// What a word weighs for a class.
    pub(crate) fn weight(&self, word: u32, class: Class) -> f32 {
        self.weights[word as usize].iter().find(|(c, _)| *c == class).map_or(0.0, |(_, weight)| *weight)
    }

    /// What some words weigh for each class: the heaviest fully, the others by `BESIDE`, so that one telling word is not
    /// outvoted by general ones.
    fn scores(&self, words: &[u32]) -> Vec<f32> {
        let mut scores = vec![0.0; self.origins.len()];
        let mut most = vec![0.0f32; self.origins.len()];
        for (class, weight) in words.iter().flat_map(|word| &self.weights[*word as usize]) {
            scores[*class as usize] += weight * BESIDE;
            most[*class as usize] = most[*class as usize].max(*weight);
        }
        scores.iter_mut().zip(most).for_each(|(sum, most)| *sum += most * (1.0 - BESIDE));
        scores
    }

    /// Per clause of the answer the class it speaks for most, with its own evidence.
    fn winners(&self, doc: &Doc) -> Vec<Option<(Class, f32)>> {
        let clauses: Vec<Vec<f32>> = doc.clauses.iter().map(|words| self.scores(words)).collect();
        let mut all = vec![0.0; self.origins.len()];
        clauses.iter().for_each(|scores| all.iter_mut().zip(scores).for_each(|(sum, score)| *sum += score));
        let winner = |scores: &Vec<f32>| {
            let mut best: Option<(Class, f32, f32)> = None;
            for (class, own) in scores.iter().enumerate().filter(|(_, own)| **own > 0.0) {
                let score = own + CONTEXT * (all[class] - own);
                if score >= EVIDENCE && best.is_none_or(|(_, most, _)| score > most + 1e-6) {
                    best = Some((class as Class, score, *own));
                }
            }
            best.map(|(class, _, own)| (class, own))
        };
        clauses.iter().map(winner).collect()
    }

    /// The classes of an answer with the evidence for each, most first.
    pub(crate) fn assign(&self, doc: &Doc) -> Vec<(Class, f32)> {
        let mut sums: Vec<(Class, f32)> = Vec::new();
        for (class, own) in self.winners(doc).into_iter().flatten() {
            match sums.iter_mut().find(|(known, _)| *known == class) {
                Some((_, sum)) => *sum += own,
                None => sums.push((class, own)),
            }
        }
        // One clause may speak of two things at once.
        for words in &doc.clauses {
            for (class, own) in self.scores(words).into_iter().enumerate().filter(|(_, own)| *own >= TOGETHER) {
                if !sums.iter().any(|(known, _)| *known == class as Class) {
                    sums.push((class as Class, own));
                }
            }
        }
        sums.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let most = sums.first().map_or(0.0, |(_, sum)| *sum);
        sums.retain(|(_, sum)| *sum >= most * SECOND);
        sums
    }

    /// Learns from the answers, then drops the classes too few answers speak for.
    pub(crate) fn learn(&mut self, crowd: &Crowd) {
        for _ in 0..ROUNDS {
            self.learn_once(crowd);
            self.weigh(crowd);
        }
        self.drop_small(crowd);
    }

    fn learn_once(&mut self, crowd: &Crowd) {
        let mut sizes = vec![0u32; self.origins.len()];
        let mut both: Vec<Vec<(Class, u32)>> = vec![Vec::new(); crowd.keys.len()];
        let mut spread = vec![0u32; crowd.keys.len()];
        let mut total = 0;
        for doc in &crowd.docs {
            for (words, winner) in doc.clauses.iter().zip(self.winners(doc)) {
                let Some((class, _)) = winner else { continue };
                total += 1;
                sizes[class as usize] += 1;
                for key in crowd.keys_in(words) {
                    spread[key as usize] += 1;
                    let list = &mut both[key as usize];
                    match list.iter_mut().find(|(known, _)| *known == class) {
                        Some((_, count)) => *count += 1,
                        None => list.push((class, 1)),
                    }
                }
            }
        }
        for (key, list) in both.iter().enumerate() {
            self.learnt[key].clear();
            for (class, count) in list {
                let size = sizes[*class as usize];
                if *count >= 2 && log_likelihood(*count, size, spread[key], total) >= BY_CHANCE {
                    let lift = (*count as f32 * total as f32) / (size as f32 * spread[key] as f32);
                    let weight = 0.25 * lift.ln() * (*count as f32 / (*count as f32 + 1.0));
                    self.learnt[key].push((*class, weight.min(LEARNT)));
                }
            }
        }
        self.company = both.into_iter().zip(spread).collect();
    }

    /// Drops new classes that too few answers speak for, so that those answers may go elsewhere.
    pub(crate) fn drop_small(&mut self, crowd: &Crowd) {
        let least = least(crowd.docs.len());
        let mut sizes = vec![0; self.origins.len()];
        for doc in &crowd.docs {
            if let Some((class, _)) = self.assign(doc).first() {
                sizes[*class as usize] += 1;
            }
        }
        for (class, size) in sizes.into_iter().enumerate() {
            self.alive[class] = self.alive[class] && (size >= least || matches!(self.origins[class], Origin::Known(_)));
        }
        self.weigh(crowd);
    }
}
