//! Dutch writes compounds as one word: speelplaats, fietsenrek, huurwoning. A word is split when all its parts are known
//! (from the answers' own words, the fields and `words/parts.txt`), with or without a linking s, e or en between.
//!
//! After Koehn and Knight, "Empirical Methods for Compound Splitting" (EACL 2003): known parts with linking letters; of
//! several splits the one with the fewest parts wins, then the one whose shortest part is longest.

use crate::Lang;
use crate::lexicon::fields;
use crate::text::stem;
use std::collections::HashSet;

/// Shortest word that is tried, shortest part, most parts.
const SHORTEST: usize = 7;
const PART: usize = 3;
const MOST: usize = 3;
const LINKS: [&str; 4] = ["", "s", "en", "e"];
/// A part of three letters has to be in the lists; a word of the answers counts from so many.
const OWN: usize = 4;

/// Knows the parts compounds are made of.
pub(crate) struct Splitter {
    parts: HashSet<String>,
}

impl Splitter {
    /// With the built-in parts and the answers' own words.
    pub(crate) fn new<'a>(own: impl Iterator<Item = &'a str>) -> Self {
        let listed = include_str!("../words/parts.txt").lines().filter(|line| !line.starts_with('#'));
        let listed = listed.flat_map(str::split_whitespace).chain(fields().of(Lang::Nl).words());
        let mut parts: HashSet<String> =
            listed.filter(|word| word.chars().count() >= PART).map(str::to_owned).collect();
        parts.extend(own.filter(|word| word.chars().count() >= OWN).map(str::to_owned));
        Self { parts }
    }

    fn known(&self, part: &str, last: bool) -> bool {
        part.chars().count() >= PART
            && (self.parts.contains(part) || last && part.len() >= OWN && self.parts.contains(&stem(part, Lang::Nl)))
    }

    /// The parts of a compound, first to last; empty for a word that is none.
    pub(crate) fn split(&self, word: &str) -> Vec<String> {
        if word.chars().count() < SHORTEST {
            return Vec::new();
        }
        self.best(word, MOST).unwrap_or_default()
    }

    fn best(&self, word: &str, most: usize) -> Option<Vec<String>> {
        let mut best: Option<Vec<String>> = None;
        for (at, _) in word.char_indices().skip(PART) {
            let (left, right) = word.split_at(at);
            for link in LINKS {
                let Some(first) = left.strip_suffix(link).filter(|first| self.known(first, false)) else { continue };
                let mut tails = Vec::new();
                if self.known(right, true) {
                    tails.push(vec![right.to_owned()]);
                }
                if most > 2 && right.chars().count() >= SHORTEST {
                    tails.extend(self.best(right, most - 1));
                }
                for tail in tails {
                    let mut parts = vec![first.to_owned()];
                    parts.extend(tail);
                    let rank = |p: &Vec<String>| (MOST - p.len().min(MOST), p.iter().map(|x| x.len()).min());
                    if best.as_ref().is_none_or(|old| rank(&parts) > rank(old)) {
                        best = Some(parts);
                    }
                }
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_come_apart() {
        let splitter = Splitter::new(["zwaan"].into_iter());
        assert_eq!(splitter.split("speelplaats"), ["speel", "plaats"]);
        assert_eq!(
            splitter.split("fietsenrek").iter().map(|p| stem(p, Lang::Nl)).collect::<Vec<_>>(),
            ["fiets", "rek"]
        );
        assert_eq!(splitter.split("zwanenboot").len(), 2);
        assert_eq!(splitter.split("stadsdeelkantoor").last().map(String::as_str), Some("kantoor"));
        assert_eq!(splitter.split("verkeersdrempels").first().map(String::as_str), Some("verkeer"));
        assert!(splitter.split("gisteren").is_empty());
        assert!(splitter.split("boom").is_empty());
    }
}
