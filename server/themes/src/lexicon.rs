//! The words of a neighbourhood's life by field, from `words/fields.txt`. To add a word, write it there; inflected forms and
//! compounds mostly follow by themselves. Words are chosen from knowledge of the subject, never from the kept part of the
//! labelled set (see `tests/README.md`).

use crate::Lang;
use crate::text::stem;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Index of a field in the file.
pub(crate) type Field = u16;
/// A word that tells a field on its own, and one that only helps.
const STRONG: f32 = 1.0;
const WEAK: f32 = 0.4;
/// A word that tells a field but that people use beside other subjects as well: children, cars, neighbours.
const GENERAL: f32 = 0.75;
/// A word of which only the stem, or only a part of the compound, is in the list.
const BY_STEM: f32 = 0.9;
/// Edges of a compound that could not be split are told by list words of at least so many letters.
const EDGE: usize = 5;

/// One field with its names.
pub(crate) struct FieldName {
    pub(crate) id: &'static str,
    pub(crate) nl: &'static str,
    pub(crate) en: &'static str,
}

/// The field words of one language.
#[derive(Default)]
pub(crate) struct Lexicon {
    exact: HashMap<&'static str, Vec<(Field, f32)>>,
    stems: HashMap<String, Vec<(Field, f32)>>,
}

/// The names of all fields and the words of both languages.
pub(crate) struct Fields {
    pub(crate) names: Vec<FieldName>,
    nl: Lexicon,
    en: Lexicon,
    none: Lexicon,
}

fn put(list: &mut Vec<(Field, f32)>, field: Field, weight: f32) {
    match list.iter_mut().find(|(known, _)| *known == field) {
        Some((_, old)) => *old = old.max(weight),
        None => list.push((field, weight)),
    }
}

impl Lexicon {
    fn add(&mut self, word: &'static str, lang: Lang, field: Field, weight: f32) {
        put(self.exact.entry(word).or_default(), field, weight);
        put(self.stems.entry(stem(word, lang)).or_default(), field, weight * BY_STEM);
    }

    /// The fields of a word as it is written.
    pub(crate) fn exact(&self, word: &str) -> Option<&[(Field, f32)]> {
        self.exact.get(word).map(Vec::as_slice)
    }

    /// The fields of a word as it is written or else by its stem.
    pub(crate) fn fields(&self, word: &str, stem: &str) -> Option<&[(Field, f32)]> {
        self.exact(word).or_else(|| self.stems.get(stem).map(Vec::as_slice))
    }

    /// The fields of a listed word that a longer one begins or ends with, for compounds that could not be split.
    pub(crate) fn edges(&self, word: &str) -> Vec<(Field, f32)> {
        let mut found = Vec::new();
        let cuts: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(EDGE).collect();
        let start = cuts.iter().rev().filter(|at| word.len() - **at >= 3).find_map(|at| self.exact(&word[..*at]));
        let end = word
            .char_indices()
            .map(|(at, _)| at)
            .filter(|at| *at >= 3 && word.len() - at >= EDGE)
            .find_map(|at| self.exact(&word[at..]));
        for (fields, share) in [(start, 0.6), (end, 0.6)] {
            for (field, weight) in fields.unwrap_or_default() {
                put(&mut found, *field, weight * share);
            }
        }
        found
    }

    /// All listed words, for splitting compounds and mending typing errors.
    pub(crate) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.exact.keys().copied()
    }
}

impl Fields {
    fn parse(text: &'static str) -> Self {
        let mut fields =
            Fields { names: Vec::new(), nl: Lexicon::default(), en: Lexicon::default(), none: Lexicon::default() };
        for line in text.lines() {
            if let Some((id, names)) = line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
                let (nl, en) = names.split_once('|').unwrap_or((names, names));
                fields.names.push(FieldName { id, nl: nl.trim(), en: en.trim() });
                continue;
            }
            let Some((kind, words)) = line.split_once(": ").filter(|(kind, _)| !kind.starts_with('#')) else {
                continue;
            };
            let field = (fields.names.len().max(1) - 1) as Field;
            let weight = match kind.chars().last() {
                Some('~') => WEAK,
                Some('=') => GENERAL,
                _ => STRONG,
            };
            for word in words.split_whitespace() {
                match kind.trim_end_matches(['~', '=']) {
                    "nl" => fields.nl.add(word, Lang::Nl, field, weight),
                    _ => fields.en.add(word, Lang::En, field, weight),
                }
            }
        }
        fields
    }

    /// The words of a language; of any other than Dutch and English there are none.
    pub(crate) fn of(&self, lang: Lang) -> &Lexicon {
        match lang {
            Lang::Nl => &self.nl,
            Lang::En => &self.en,
            Lang::Other => &self.none,
        }
    }
}

/// The fields, read once.
pub(crate) fn fields() -> &'static Fields {
    static FIELDS: OnceLock<Fields> = OnceLock::new();
    FIELDS.get_or_init(|| Fields::parse(include_str!("../words/fields.txt")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(found: Option<&[(Field, f32)]>) -> Vec<&'static str> {
        found.unwrap_or_default().iter().map(|(f, _)| fields().names[*f as usize].id).collect()
    }

    #[test]
    fn words_are_found_as_written_and_by_stem() {
        let nl = fields().of(Lang::Nl);
        assert_eq!(ids(nl.exact("boom")), ["groen"]);
        assert_eq!(ids(nl.fields("boompjes", &stem("bomen", Lang::Nl))), ["groen"]);
        assert_eq!(ids(nl.exact("openbaar_vervoer")), ["ov"]);
        assert!(nl.exact("xyzzy").is_none());
        assert_eq!(ids(Some(&nl.edges("parkeerchaos"))), ["verkeer"]);
    }

    #[test]
    fn every_field_has_names_and_words_of_both_languages() {
        for (at, name) in fields().names.iter().enumerate() {
            for lang in [Lang::Nl, Lang::En] {
                let count =
                    fields().of(lang).exact.values().filter(|l| l.iter().any(|(f, _)| *f as usize == at)).count();
                assert!(count >= 10, "{} has {count} words", name.id);
            }
            assert!(!name.nl.is_empty() && !name.en.is_empty());
        }
    }
}
