//! From classes to proposals a person can read: members, distinctive words, medoids, a label.

use crate::classes::{Class, Classes, Origin};
use crate::crowd::{Crowd, Doc};
use crate::lexicon::fields;
use crate::profile::Profile;
use crate::stats::{idf, log_likelihood};
use crate::{Lang, Member, Proposal};
use std::collections::HashMap;

/// Words shown per theme, and in a label made of words.
const TERMS: usize = 8;
const IN_LABEL: usize = 3;
/// Quotes per theme, the candidates they are chosen from, and the length in words that reads well.
const QUOTES: usize = 5;
const CANDIDATES: usize = 60;
const READABLE: std::ops::RangeInclusive<u32> = 5..=45;
/// How much a quote may resemble one before: the balance of Carbonell and Goldstein, "The use of MMR", SIGIR 1998.
const TYPICAL: f64 = 0.7;

/// An answer in a theme: its place, its evidence, whether it is its main theme.
struct In {
    doc: usize,
    evidence: f32,
    main: bool,
}

/// The proposals of all classes that answers speak for.
pub(crate) fn all(crowd: &Crowd, classes: &Classes, known: &[&Profile]) -> Vec<Proposal> {
    let mut members: Vec<Vec<In>> = classes.origins.iter().map(|_| Vec::new()).collect();
    for (doc, words) in crowd.docs.iter().enumerate() {
        for (rank, (class, evidence)) in classes.assign(words).into_iter().enumerate() {
            members[class as usize].push(In { doc, evidence, main: rank == 0 });
        }
    }
    let mut proposals: Vec<Proposal> = members
        .iter()
        .enumerate()
        .filter(|(_, list)| !list.is_empty())
        .map(|(class, list)| proposal(crowd, classes, known, class as Class, list))
        .collect();
    proposals.sort_by(|a, b| {
        let key = |p: &Proposal| (p.known.is_none(), p.known, std::cmp::Reverse(p.members.len()));
        key(a).cmp(&key(b)).then_with(|| a.label.cmp(&b.label))
    });
    proposals
}

fn proposal(crowd: &Crowd, classes: &Classes, known: &[&Profile], class: Class, list: &[In]) -> Proposal {
    let terms = terms(crowd, classes, class, list);
    let origin = classes.origins[class as usize];
    let label = match origin {
        Origin::Known(at) => known[at].label.clone(),
        Origin::Field(field) => {
            let name = &fields().names[field as usize];
            if crowd.lang == Lang::Nl { name.nl.to_owned() } else { name.en.to_owned() }
        }
        Origin::Emerging => capital(&terms.iter().take(IN_LABEL).cloned().collect::<Vec<_>>().join(", ")),
    };
    let strength = |evidence: f32| (1.0 - (-evidence).exp()).clamp(0.01, 1.0);
    let mut members: Vec<Member> = list
        .iter()
        .map(|m| Member { id: crowd.docs[m.doc].id, strength: strength(m.evidence), main: m.main })
        .collect();
    members.sort_by(|a, b| b.strength.total_cmp(&a.strength).then(a.id.cmp(&b.id)));
    Proposal {
        known: match origin {
            Origin::Known(at) => Some(known[at].id),
            _ => None,
        },
        lang: crowd.lang,
        label,
        terms,
        members,
        quotes: quotes(crowd, list),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The most distinctive words by log-likelihood, each stem once in its most used form.
fn terms(crowd: &Crowd, classes: &Classes, class: Class, list: &[In]) -> Vec<String> {
    let mut both: HashMap<u32, u32> = HashMap::new();
    let mut forms: HashMap<u32, HashMap<&str, (u32, f32)>> = HashMap::new();
    for member in list {
        let mut keys = Vec::new();
        for word in crowd.docs[member.doc].clauses.iter().flatten() {
            let entry = &crowd.words[*word as usize];
            let Some(key) = entry.keys.first() else { continue };
            keys.push(*key);
            let form = forms.entry(*key).or_default().entry(&entry.text).or_default();
            form.0 += 1;
            form.1 = form.1.max(classes.weight(*word, class));
        }
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().for_each(|key| *both.entry(key).or_default() += 1);
    }
    let total = crowd.docs.len() as u32;
    let mut ranked: Vec<(f64, u32)> = Vec::new();
    for (key, count) in &both {
        let speaks = forms[key].values().map(|(_, weight)| *weight).fold(0.0, f32::max);
        if speaks > 0.0 {
            let surprise = log_likelihood(*count, list.len() as u32, crowd.spread[*key as usize], total);
            ranked.push(((surprise + 0.1 * f64::from(*count)) * f64::from(0.1 + speaks), *key));
        }
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| crowd.keys[a.1 as usize].cmp(&crowd.keys[b.1 as usize])));
    let best = |key: &u32| {
        let form = forms[key].iter().max_by(|a, b| a.1.0.cmp(&b.1.0).then_with(|| b.0.cmp(a.0)));
        form.map(|(text, _)| text.replace('_', " "))
    };
    ranked.iter().take(TERMS).filter_map(|(_, key)| best(key)).collect()
}

type Vector = Vec<(u32, f64)>;

fn vector(crowd: &Crowd, doc: &Doc) -> Vector {
    let total = crowd.docs.len() as u32;
    let mut list: Vector = crowd.keys_of(doc).into_iter().map(|k| (k, idf(crowd.spread[k as usize], total))).collect();
    let norm = list.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
    list.iter_mut().for_each(|(_, weight)| *weight /= norm.max(1e-9));
    list
}

fn cosine(a: &Vector, b: &Vector) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

/// Medoids: the members nearest to the theme's centre, unlike each other, of a length that reads well.
fn quotes(crowd: &Crowd, list: &[In]) -> Vec<u32> {
    let main: Vec<&In> = list.iter().filter(|m| m.main).collect();
    let pool: Vec<&In> = if main.len() >= 3 { main } else { list.iter().collect() };
    let mut centre: HashMap<u32, f64> = HashMap::new();
    for member in &pool {
        for (key, weight) in vector(crowd, &crowd.docs[member.doc]) {
            *centre.entry(key).or_default() += weight * f64::from(member.evidence.min(3.0));
        }
    }
    // Summed in a fixed order: a float sum depends on it.
    let mut squares: Vec<f64> = centre.values().map(|weight| weight * weight).collect();
    squares.sort_by(f64::total_cmp);
    let norm = squares.iter().sum::<f64>().sqrt().max(1e-9);
    let mut ranked: Vec<(f64, usize)> = pool
        .iter()
        .map(|member| {
            let doc = &crowd.docs[member.doc];
            let near: f64 =
                vector(crowd, doc).iter().map(|(k, w)| w * centre.get(k).copied().unwrap_or_default()).sum();
            let readable = if READABLE.contains(&doc.length) { 1.0 } else { 0.6 };
            (near / norm * readable, member.doc)
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked.truncate(CANDIDATES);
    let vectors: Vec<Vector> = ranked.iter().map(|(_, doc)| vector(crowd, &crowd.docs[*doc])).collect();
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < QUOTES.min(ranked.len()) {
        let worth = |at: &usize| {
            let same = chosen.iter().map(|c| cosine(&vectors[*c], &vectors[*at])).fold(0.0, f64::max);
            TYPICAL * ranked[*at].0 - (1.0 - TYPICAL) * same
        };
        let free = (0..ranked.len()).filter(|at| !chosen.contains(at));
        let Some(next) = free.max_by(|a, b| worth(a).total_cmp(&worth(b)).then(b.cmp(a))) else { break };
        chosen.push(next);
    }
    chosen.into_iter().map(|at| crowd.docs[ranked[at].1].id).collect()
}
