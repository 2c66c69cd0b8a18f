//! The words of a wave: texts in several languages, and the fixed questions, by which waves are one series or not.

use crate::form::{Errors, Raw};
use std::collections::BTreeMap;

/// Characters of one question.
pub const WORDS_MAX: usize = 200;
/// Languages in which every question must be there; others fall back on the first.
pub(super) const LANGS: [&str; 2] = ["nl", "en"];

/// One text in several languages, by language code.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Texts(pub BTreeMap<String, String>);

impl Texts {
    /// From pairs of language code and text.
    pub fn of(pairs: &[(&str, &str)]) -> Self {
        Self(pairs.iter().map(|(lang, text)| ((*lang).to_owned(), (*text).to_owned())).collect())
    }

    /// In this language, else in Dutch.
    pub fn in_lang(&self, lang: &str) -> &str {
        self.0.get(lang).filter(|text| !text.is_empty()).or_else(|| self.0.get(LANGS[0])).map_or("", String::as_str)
    }

    /// Whether both say the same in every language that both have.
    fn agrees(&self, other: &Self) -> bool {
        self.0.iter().all(|(lang, text)| other.0.get(lang).is_none_or(|o| o == text))
    }
}

/// The fixed questions.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Words {
    /// The mark.
    pub mark: Texts,
    /// 'Waarom is dit een fijne buurt?'
    pub good: Texts,
    /// 'Wat zou er moeten gebeuren?'
    pub better: Texts,
    /// 'Wat wilt u doen, wat kunt u doen?'
    pub can_do: Texts,
}

/// The fixed questions as a wave asks them: two waves are of one series, and may be compared, when they ask in the same
/// words. A wave of before wordings were kept has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Wording(pub Option<Words>);

impl Wording {
    /// Whether answers may stand in one line with those of another wave.
    pub fn same_series(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(a), Some(b)) => {
                a.mark.agrees(&b.mark)
                    && a.good.agrees(&b.good)
                    && a.better.agrees(&b.better)
                    && a.can_do.agrees(&b.can_do)
            }
            (None, None) => true,
            _ => false,
        }
    }

    /// Fields: `mark_nl`, `mark_en`, `good_nl` and so on.
    pub(super) fn parse(raw: &Raw, errors: &mut Errors) -> Self {
        let mut texts = |fields: [&'static str; 2]| {
            let pairs = fields.iter().zip(LANGS).map(|(field, lang)| {
                (lang.to_owned(), errors.take(field, raw.text(field, WORDS_MAX)).replace('\n', " "))
            });
            Texts(pairs.collect())
        };
        Self(Some(Words {
            mark: texts(["mark_nl", "mark_en"]),
            good: texts(["good_nl", "good_en"]),
            better: texts(["better_nl", "better_en"]),
            can_do: texts(["can_do_nl", "can_do_en"]),
        }))
    }

    /// The other way round, to fill a form.
    pub fn fill(&self, raw: &mut Raw) {
        let Some(words) = &self.0 else { return };
        for (name, texts) in
            [("mark", &words.mark), ("good", &words.good), ("better", &words.better), ("can_do", &words.can_do)]
        {
            for lang in LANGS {
                raw.set(&format!("{name}_{lang}"), texts.0.get(lang).cloned().unwrap_or_default());
            }
        }
    }
}
