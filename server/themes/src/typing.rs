//! Typing errors: a rare word within one edit of a frequent or listed word counts as that word. An edit is a letter left out,
//! added, replaced, or two swapped (Damerau, "A technique for computer detection and correction of spelling errors", 1964).
//! Candidates come from words with one letter left out, so that no word is compared with all others (the idea of SymSpell).

use std::collections::HashMap;

/// Shortest word that is mended; and from which length a replaced letter is believed: in short words it is another word.
const SHORTEST: usize = 5;
const REPLACED: usize = 7;

fn without_one(word: &str) -> impl Iterator<Item = String> {
    word.char_indices().map(|(at, c)| format!("{}{}", &word[..at], &word[at + c.len_utf8()..]))
}

/// Finds the right word for a mistyped one.
pub(crate) struct Mender<'a> {
    words: Vec<(&'a str, u32)>,
    shorter: HashMap<String, Vec<u32>>,
}

impl<'a> Mender<'a> {
    /// With the right words and how often each is used.
    pub(crate) fn new(right: impl Iterator<Item = (&'a str, u32)>) -> Self {
        let mut words: Vec<(&str, u32)> = right.filter(|(word, _)| word.chars().count() >= SHORTEST).collect();
        words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let mut shorter: HashMap<String, Vec<u32>> = HashMap::new();
        for (at, (word, _)) in words.iter().enumerate() {
            for key in without_one(word).chain([(*word).to_owned()]) {
                let list = shorter.entry(key).or_default();
                if list.last() != Some(&(at as u32)) {
                    list.push(at as u32);
                }
            }
        }
        Self { words, shorter }
    }

    /// The most used right word within one edit that begins with the same letter (c and k are one).
    pub(crate) fn mend(&self, word: &str) -> Option<&'a str> {
        if word.chars().count() < SHORTEST {
            return None;
        }
        let keys = without_one(word).chain([word.to_owned()]);
        let near = keys.filter_map(|key| self.shorter.get(&key)).flatten().copied();
        near.filter(|at| one_edit(word, self.words[*at as usize].0)).min().map(|at| self.words[at as usize].0)
    }
}

fn one_edit(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let first = |word: &[char]| word.first().map(|c| if *c == 'k' { 'c' } else { *c });
    if first(&a) != first(&b) {
        return false;
    }
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let end = a[start..].iter().rev().zip(b[start..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (&a[start..a.len() - end], &b[start..b.len() - end]);
    match (rest_a, rest_b) {
        ([], [_]) | ([_], []) => true,
        ([_], [_]) => a.len() >= REPLACED,
        ([x, y], [v, w]) => x == w && y == v,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_edit_is_mended_to_the_most_used_word() {
        let mender = Mender::new([("container", 9), ("plantsoen", 3), ("bomen", 20), ("buren", 8)].into_iter());
        assert_eq!(mender.mend("kontainer"), Some("container"));
        assert_eq!(mender.mend("bontainer"), None);
        assert_eq!(mender.mend("contaner"), Some("container"));
        assert_eq!(mender.mend("plansoen"), Some("plantsoen"));
        assert_eq!(mender.mend("boemn"), Some("bomen"));
        assert_eq!(mender.mend("boren"), None);
        assert_eq!(mender.mend(""), None);
        assert_eq!(mender.mend("👍👍👍👍👍👍"), None);
    }
}
