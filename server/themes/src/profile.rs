//! What is kept of a theme a person approved: its words with weights, and the fields it covers. Kept as JSON with the theme;
//! a later wave recognises the theme by it. After a merge, make a new one from the answers of both.

use crate::crowd::{Crowd, Doc};
use crate::lexicon::{Field, fields};
use crate::stats::log_likelihood;
use crate::{Answer, Lang};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// Most words kept.
const MOST_TERMS: usize = 150;
/// A field is covered when so many of the members speak of it most and, where others are known, most who do are members.
const COVERED: f32 = 0.2;
const COVERED_BESIDE: f32 = 0.12;
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
        let covered = covered(&crowd, members.len());
        let terms = terms(&crowd, members.len(), &covered);
        let name = |field: Field| fields().names[field as usize].id.to_owned();
        let fields = covered.into_iter().map(|(field, share)| (name(field), share)).collect();
        Self { id, lang, label: label.to_owned(), terms, fields }
    }
}

fn terms(crowd: &Crowd, size: usize, covered: &[(Field, f32)]) -> Vec<Term> {
    let total = crowd.docs.len() as u32;
    let beside = crowd.docs.len() > size;
    let mut both: HashMap<u32, u32> = HashMap::new();
    let mut shown: HashMap<u32, HashMap<&str, u32>> = HashMap::new();
    let mut elsewhere: HashSet<u32> = HashSet::new();
    for doc in &crowd.docs[..size] {
        crowd.keys_of(doc).into_iter().for_each(|key| *both.entry(key).or_default() += 1);
        for word in doc.clauses.iter().flatten().map(|word| &crowd.words[*word as usize]) {
            let inside = |(field, _): &(Field, f32)| covered.iter().any(|(own, _)| own == field);
            if !word.fields.is_empty() && !word.fields.iter().any(inside) {
                elsewhere.extend(&word.keys);
            }
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
        // Seen once or twice it may be there by chance; and a word of a field that is not covered speaks for that first.
        let weight = weight * count as f32 / (count as f32 + 0.5) * if elsewhere.contains(&key) { 0.5 } else { 1.0 };
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

/// The field an answer speaks of most.
fn main_field(crowd: &Crowd, doc: &Doc) -> Option<Field> {
    let mut sums = vec![0.0f32; fields().names.len()];
    for (field, weight) in doc.clauses.iter().flatten().flat_map(|word| &crowd.words[*word as usize].fields) {
        sums[*field as usize] += weight;
    }
    let (field, most) = sums.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)))?;
    (*most > 0.0).then_some(field as Field)
}

fn covered(crowd: &Crowd, size: usize) -> Vec<(Field, f32)> {
    let mut here = vec![0u32; fields().names.len()];
    let mut elsewhere = here.clone();
    for (at, doc) in crowd.docs.iter().enumerate() {
        if let Some(field) = main_field(crowd, doc) {
            let counts = if at < size { &mut here } else { &mut elsewhere };
            counts[field as usize] += 1;
        }
    }
    let all: u32 = here.iter().sum();
    let beside = crowd.docs.len() > size;
    let least = if beside { COVERED_BESIDE } else { COVERED };
    let share = |field: usize| here[field] as f32 / all.max(1) as f32;
    let mostly = |field: usize| here[field] as f32 >= MOSTLY_HERE * (here[field] + elsewhere[field]) as f32;
    let fields = (0..here.len()).filter(|field| here[*field] > 0 && share(*field) >= least && mostly(*field));
    fields.map(|field| (field as Field, share(field))).collect()
}
