//! The answers of one language as numbers: each distinct word once, with its keys (stem and parts of a compound) and fields;
//! each answer as clauses of word numbers.

use crate::compound::Splitter;
use crate::lexicon::{Field, Lexicon, fields};
use crate::text::{clauses, is_stop, stem};
use crate::typing::Mender;
use crate::{Answer, Lang};
use std::collections::HashMap;

/// So many distinct words are told apart; what comes later is not seen. It bounds memory whatever people type.
const MOST_WORDS: usize = 400_000;
/// A word in so many answers is rare and may be a typing error; from so many it is a right word.
const RARE: u32 = 2;
const RIGHT: u32 = 3;
/// A part tells less of a compound than the whole.
const PART: f32 = 0.8;
/// What was taken for a typing error may be another word after all.
const MENDED: f32 = 0.8;

/// A distinct word.
#[derive(Default)]
pub(crate) struct Word {
    /// As it is typed most, which is how it is shown.
    pub(crate) text: String,
    /// Number of the stem, then of the stems of the parts of a compound.
    pub(crate) keys: Vec<u32>,
    /// The fields it tells of and how much.
    pub(crate) fields: Vec<(Field, f32)>,
}

/// One answer.
pub(crate) struct Doc {
    pub(crate) id: u32,
    /// Length of the text in words, stop words included.
    pub(crate) length: u32,
    /// Distinct word numbers per clause; clauses without any are left out.
    pub(crate) clauses: Vec<Vec<u32>>,
}

/// All answers of one language.
pub(crate) struct Crowd {
    pub(crate) lang: Lang,
    pub(crate) words: Vec<Word>,
    pub(crate) docs: Vec<Doc>,
    /// The stems by number.
    pub(crate) keys: Vec<String>,
    /// Answers that have the key.
    pub(crate) spread: Vec<u32>,
    numbers: HashMap<String, u32>,
}

/// The words of a clause that may tell of a subject, and the listed pairs of words.
fn telling(clause: &[String], lang: Lang, lexicon: &Lexicon) -> Vec<String> {
    let pairs = clause.windows(2).map(|two| two.join("_")).filter(|pair| lexicon.exact(pair).is_some());
    let triples = clause.windows(3).map(|three| three.join("_")).filter(|triple| lexicon.exact(triple).is_some());
    let single = clause.iter().filter(|word| lexicon.exact(word).is_some() || !is_stop(word, lang)).cloned();
    single.chain(pairs).chain(triples).collect()
}

/// Numbers words in the order they are first seen.
#[derive(Default)]
struct Seen {
    numbers: HashMap<String, u32>,
    texts: Vec<String>,
    spread: Vec<u32>,
}

impl Seen {
    fn number(&mut self, word: String) -> Option<u32> {
        if let Some(number) = self.numbers.get(&word) {
            return Some(*number);
        }
        if self.texts.len() >= MOST_WORDS {
            return None;
        }
        let number = self.texts.len() as u32;
        self.texts.push(word.clone());
        self.spread.push(0);
        self.numbers.insert(word, number);
        Some(number)
    }
}

impl Crowd {
    /// Reads the answers of one language, which come in a fixed order.
    pub(crate) fn read(answers: &[Answer], lang: Lang) -> Self {
        let lexicon = fields().of(lang);
        let mut seen = Seen::default();
        let mut docs = Vec::with_capacity(answers.len());
        for answer in answers {
            let raw = clauses(answer.text, lang);
            let length = raw.iter().map(Vec::len).sum::<usize>() as u32;
            let number = |words: Vec<String>, seen: &mut Seen| {
                let mut list: Vec<u32> = words.into_iter().filter_map(|word| seen.number(word)).collect();
                list.sort_unstable();
                list.dedup();
                list
            };
            let found: Vec<Vec<u32>> =
                raw.iter().map(|clause| number(telling(clause, lang, lexicon), &mut seen)).collect();
            let mut all = found.concat();
            all.sort_unstable();
            all.dedup();
            all.iter().for_each(|word| seen.spread[*word as usize] += 1);
            docs.push(Doc { id: answer.id, length, clauses: found.into_iter().filter(|c| !c.is_empty()).collect() });
        }
        let mut crowd =
            Self { lang, words: Vec::new(), docs, keys: Vec::new(), spread: Vec::new(), numbers: HashMap::new() };
        crowd.understand(&seen, lexicon);
        crowd.count();
        crowd
    }

    fn understand(&mut self, seen: &Seen, lexicon: &Lexicon) {
        let lang = self.lang;
        let often = |at: usize, least: u32| seen.spread[at] >= least;
        let right = seen
            .texts
            .iter()
            .enumerate()
            .filter(|(at, _)| often(*at, RIGHT))
            .map(|(at, w)| (w.as_str(), seen.spread[at]));
        let listed = lexicon
            .words()
            .filter(|w| !seen.numbers.get(*w).is_some_and(|at| often(*at as usize, RIGHT)))
            .map(|w| (w, 1));
        let mender = (lang != Lang::Other).then(|| Mender::new(right.chain(listed)));
        let own = seen.texts.iter().enumerate().filter(|(at, _)| often(*at, RIGHT)).map(|(_, word)| word.as_str());
        let splitter = (lang == Lang::Nl).then(|| Splitter::new(own));
        for (at, text) in seen.texts.iter().enumerate() {
            let mut text = text.as_str();
            let mut stemmed = stem(text, lang);
            let mut listed = lexicon.fields(text, &stemmed);
            let mut parts = Vec::new();
            let mut sure = 1.0;
            if listed.is_none() {
                parts = splitter.as_ref().map(|s| s.split(text)).unwrap_or_default();
                if parts.is_empty()
                    && !often(at, RARE + 1)
                    && let Some(right) = mender.as_ref().and_then(|mender| mender.mend(text))
                {
                    text = right;
                    stemmed = stem(text, lang);
                    listed = lexicon.fields(text, &stemmed);
                    sure = MENDED;
                }
            }
            let mut word = Word { text: text.to_owned(), keys: vec![self.number(stemmed)], fields: Vec::new() };
            let mut tell = |fields: &[(Field, f32)], share: f32| {
                for (field, weight) in fields {
                    match word.fields.iter_mut().find(|(known, _)| known == field) {
                        Some((_, old)) => *old = (*old + weight * share).min(1.0),
                        None => word.fields.push((*field, weight * share)),
                    }
                }
            };
            match listed {
                Some(found) => tell(found, sure),
                None => {
                    for part in &parts {
                        let root = stem(part, lang);
                        tell(lexicon.fields(part, &root).unwrap_or_default(), PART);
                        word.keys.push(self.number(root));
                    }
                    if parts.is_empty() {
                        tell(&lexicon.edges(text), 1.0);
                    }
                }
            }
            word.keys.dedup();
            self.words.push(word);
        }
    }

    fn number(&mut self, key: String) -> u32 {
        let next = self.keys.len() as u32;
        *self.numbers.entry(key).or_insert_with_key(|key| {
            self.keys.push(key.clone());
            next
        })
    }

    fn count(&mut self) {
        self.spread = vec![0; self.keys.len()];
        for doc in &self.docs {
            self.keys_of(doc).into_iter().for_each(|key| self.spread[key as usize] += 1);
        }
    }

    /// Number of a stem.
    pub(crate) fn key(&self, stem: &str) -> Option<u32> {
        self.numbers.get(stem).copied()
    }

    /// Distinct keys of some words, in order.
    pub(crate) fn keys_in(&self, words: &[u32]) -> Vec<u32> {
        let mut keys: Vec<u32> = words.iter().flat_map(|word| &self.words[*word as usize].keys).copied().collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Distinct keys of an answer, in order.
    pub(crate) fn keys_of(&self, doc: &Doc) -> Vec<u32> {
        self.keys_in(&doc.clauses.concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(id: u32, text: &str) -> Answer<'_> {
        Answer { id, lang: Lang::Nl, text }
    }

    #[test]
    fn words_share_keys_with_their_forms_parts_and_typing_errors() {
        let texts = [
            "Meer bomen",
            "een boom",
            "zwanen",
            "zwanen hier",
            "de zwanen",
            "zwaneneiland",
            "de speelplaats!",
            "zwannen",
        ];
        let answers: Vec<Answer> = texts.iter().zip(1..).map(|(text, id)| answer(id, text)).collect();
        let crowd = Crowd::read(&answers, Lang::Nl);
        let keys: Vec<Vec<u32>> = crowd.docs.iter().map(|doc| crowd.keys_of(doc)).collect();
        assert_eq!(keys[0], keys[1]);
        assert_eq!(keys[2], keys[7]);
        assert!(keys[5].contains(&keys[2][0]));
    }
}
