//! What is kept of a theme a person approved: its words with weights, and the fields it covers. Kept as JSON with the theme;
//! a later wave recognises the theme by it. After a merge, make a new one from the answers of both.

use crate::crowd::Crowd;
use crate::lexicon::fields;
use crate::stats::log_likelihood;
use crate::{Answer, Lang};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Most words kept.
const MOST_TERMS: usize = 150;
/// A field is covered when it makes up so much of the members' field words and, where others are known, most of it is here.
const COVERED: f32 = 0.2;
const COVERED_BESIDE: f32 = 0.08;
const MOSTLY_HERE: f32 = 0.5;
/// Chance explains a word's frequency here less than once in twenty.
const BY_CHANCE: f64 = 3.84;

/// A word of an approved theme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// The stem it is recognised by.
    pub key: String,
    /// How it is shown.
    pub word: String,
    /// How much it speaks for the theme, 0 to 1.
    pub weight: f32,
}

/// An approved theme, kept between waves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// The theme's id where it is kept.
    pub id: i64,
    /// Language of its answers.
    pub lang: Lang,
    /// The name a person gave it.
    pub label: String,
    /// Its words, heaviest first.
    pub terms: Vec<Term>,
    /// The built-in fields it covers, with the share each has in it.
    pub fields: Vec<(String, f32)>,
}

impl Profile {
    /// From the texts that were assigned to the theme, and the other texts of that wave in that language to tell what is
    /// particular to it (may be empty, but with them the profile is sharper).
    pub fn from_members(id: i64, lang: Lang, label: &str, members: &[&str], others: &[&str]) -> Self {
        let texts = members.iter().chain(others);
        let answers: Vec<Answer> = (0..).zip(texts).map(|(id, text)| Answer { id, lang, text }).collect();
        let crowd = Crowd::read(&answers, lang);
        let terms = terms(&crowd, members.len());
        Self { id, lang, label: label.to_owned(), terms, fields: covered(&crowd, members.len()) }
    }
}

fn terms(crowd: &Crowd, size: usize) -> Vec<Term> {
    let total = crowd.docs.len() as u32;
    let beside = crowd.docs.len() > size;
    let mut both: HashMap<u32, u32> = HashMap::new();
    let mut shown: HashMap<u32, HashMap<&str, u32>> = HashMap::new();
    for doc in &crowd.docs[..size] {
        crowd.keys_of(doc).into_iter().for_each(|key| *both.entry(key).or_default() += 1);
        for word in doc.clauses.iter().flatten().map(|word| &crowd.words[*word as usize]) {
            for key in &word.keys {
                *shown.entry(*key).or_default().entry(&word.text).or_default() += 1;
            }
        }
    }
    let least = if size < 4 { 1 } else { 2 };
    let mut found: Vec<(f32, u32, Term)> = Vec::new();
    for (key, count) in both.into_iter().filter(|(_, count)| *count >= least) {
        let share = count as f32 / size.max(1) as f32;
        let spread = crowd.spread[key as usize];
        let weight = if !beside {
            0.45 + 0.55 * (2.0 * share).min(1.0)
        } else if log_likelihood(count, size as u32, spread, total) >= BY_CHANCE {
            0.4 + 0.6 * count as f32 / spread.max(1) as f32
        } else {
            continue;
        };
        let forms = shown.get(&key).into_iter().flatten();
        let word = forms.max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0))).map_or("", |(word, _)| word);
        found.push((
            weight,
            count,
            Term { key: crowd.keys[key as usize].clone(), word: word.replace('_', " "), weight },
        ));
    }
    found.sort_by(|a, b| {
        let rank = |t: &(f32, u32, Term)| t.0 * (t.1 as f32).sqrt();
        rank(b).total_cmp(&rank(a)).then_with(|| a.2.key.cmp(&b.2.key))
    });
    found.into_iter().take(MOST_TERMS).map(|(_, _, term)| term).collect()
}

fn covered(crowd: &Crowd, size: usize) -> Vec<(String, f32)> {
    let names = &fields().names;
    let mut here = vec![0.0f32; names.len()];
    let mut elsewhere = vec![0.0f32; names.len()];
    for (at, doc) in crowd.docs.iter().enumerate() {
        let sums = if at < size { &mut here } else { &mut elsewhere };
        for word in doc.clauses.iter().flatten() {
            for (field, weight) in &crowd.words[*word as usize].fields {
                sums[*field as usize] += weight;
            }
        }
    }
    let all: f32 = here.iter().sum();
    let beside = crowd.docs.len() > size;
    let mut found = Vec::new();
    for (field, name) in names.iter().enumerate() {
        let share = here[field] / all.max(1e-6);
        let mostly = here[field] >= MOSTLY_HERE * (here[field] + elsewhere[field]);
        if if beside { mostly && share >= COVERED_BESIDE } else { share >= COVERED } {
            found.push((name.id.to_owned(), share));
        }
    }
    found
}
