//! Subjects nobody listed. The distinctive words of the answers that no seed explains are grouped by how often they occur
//! together: agglomerative clustering with average linkage (UPGMA, Sokal and Michener 1958) over normalised pointwise mutual
//! information, until no two groups are near enough. Each group that enough answers speak for becomes a theme.

use crate::classes::{Classes, least};
use crate::crowd::Crowd;
use crate::stats::{log_likelihood, npmi};

/// Most words that are grouped, and most new themes, so that the work stays small.
const MOST_KEYS: usize = 250;
const MOST_THEMES: usize = 15;
/// Groups nearer than this are joined.
const NEAR: f64 = 0.3;
/// Chance explains a word's frequency here less than once in twenty.
const BY_CHANCE: f64 = 3.84;

/// A group of words, with how many answers have any of them.
struct Group {
    keys: Vec<u32>,
    docs: Vec<u32>,
}

/// Adds the classes that emerge from the answers left over.
pub(crate) fn add(crowd: &Crowd, classes: &mut Classes) {
    let left: Vec<Vec<u32>> =
        crowd.docs.iter().filter(|doc| classes.assign(doc).is_empty()).map(|doc| crowd.keys_of(doc)).collect();
    let least = (least(crowd.docs.len()) + 1).max(3).min(if crowd.docs.len() < 12 { 2 } else { usize::MAX });
    let mut holders: Vec<Vec<u32>> = vec![Vec::new(); crowd.keys.len()];
    for (at, keys) in left.iter().enumerate() {
        keys.iter().for_each(|key| holders[*key as usize].push(at as u32));
    }
    let (size, total) = (left.len() as u32, crowd.docs.len() as u32);
    // When hardly anything is explained there is nothing to stand out from.
    let all = size * 5 > total * 4;
    let distinct =
        |key: u32, count: u32| all || log_likelihood(count, size, crowd.spread[key as usize], total) >= BY_CHANCE;
    let mut keys: Vec<u32> = (0..crowd.keys.len() as u32)
        .filter(|key| {
            let count = holders[*key as usize].len() as u32;
            let common = crowd.spread[*key as usize] * 2 > total.max(8);
            count as usize >= least.div_ceil(2).max(2) && !common && distinct(*key, count)
        })
        .collect();
    keys.sort_by(|a, b| {
        let count = |key: &u32| holders[*key as usize].len();
        count(b).cmp(&count(a)).then_with(|| crowd.keys[*a as usize].cmp(&crowd.keys[*b as usize]))
    });
    keys.truncate(MOST_KEYS);
    let mut groups = join(&keys, &holders, total);
    groups.retain(|group| {
        let count = group.docs.len();
        count >= least && (group.keys.len() > 1 || count >= 2 * least || 2 * count >= left.len())
    });
    groups.sort_by(|a, b| b.docs.len().cmp(&a.docs.len()).then_with(|| a.keys.cmp(&b.keys)));
    groups.truncate(MOST_THEMES);
    if groups.is_empty() {
        return;
    }
    groups.iter().for_each(|group| classes.emerge(&group.keys));
    classes.weigh(crowd);
    classes.drop_small(crowd);
}

fn shared(a: &[u32], b: &[u32]) -> u32 {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, count) = (i + 1, j + 1, count + 1),
        }
    }
    count
}

fn join(keys: &[u32], holders: &[Vec<u32>], total: u32) -> Vec<Group> {
    let docs = |key: &u32| &holders[*key as usize];
    let near = |a: &u32, b: &u32| {
        let both = shared(docs(a), docs(b));
        if both < 2 { 0.0 } else { npmi(both, docs(a).len() as u32, docs(b).len() as u32, total).max(0.0) }
    };
    // links[i][j] is the sum over pairs; divided by the sizes it is the average.
    let mut links: Vec<Vec<f64>> = keys.iter().map(|a| keys.iter().map(|b| near(a, b)).collect()).collect();
    let mut members: Vec<Vec<u32>> = keys.iter().map(|key| vec![*key]).collect();
    loop {
        let mut best = (NEAR, None);
        for i in 0..members.len() {
            for j in i + 1..members.len() {
                let average = links[i][j] / (members[i].len() * members[j].len()).max(1) as f64;
                if !members[i].is_empty() && !members[j].is_empty() && average > best.0 + 1e-9 {
                    best = (average, Some((i, j)));
                }
            }
        }
        let Some((i, j)) = best.1 else { break };
        let moved = std::mem::take(&mut members[j]);
        members[i].extend(moved);
        let moved = links[j].clone();
        links[i].iter_mut().zip(&moved).for_each(|(link, more)| *link += more);
        links.iter_mut().zip(&moved).for_each(|(row, more)| row[i] += more);
    }
    let group = |mut keys: Vec<u32>| {
        keys.sort_unstable();
        let mut all: Vec<u32> = keys.iter().flat_map(docs).copied().collect();
        all.sort_unstable();
        all.dedup();
        Group { keys, docs: all }
    };
    members.into_iter().filter(|keys| !keys.is_empty()).map(group).collect()
}

#[cfg(test)]
mod tests {
    use crate::{Answer, Lang, propose};

    #[test]
    fn a_subject_nobody_listed_is_proposed() {
        let texts = [
            "De ooievaar nestelt op de schoorsteen",
            "Prachtig die ooievaar in zijn nest",
            "Een nest met een ooievaar, wie had dat gedacht",
            "Ik kijk elke ochtend naar de ooievaar op het nest",
            "De ooievaars zijn terug!",
            "De bus rijdt te weinig",
            "De tram is vol",
            "Metro graag doortrekken",
            "De bushalte is weg",
            "De trein is laat",
            "Ik kom met de bus",
            "De tram piept",
            "Een bus op zondag",
        ];
        let answers: Vec<Answer> = (1..).zip(texts).map(|(id, text)| Answer { id, lang: Lang::Nl, text }).collect();
        let found = propose(&answers, &[]);
        let new = found.iter().find(|p| p.members.iter().any(|m| m.id == 1)).expect("storks");
        assert!(new.terms.iter().any(|term| term.starts_with("ooievaar")), "{new:?}");
        assert!(new.members.len() >= 4 && new.members.iter().all(|m| m.id <= 5), "{new:?}");
    }
}
