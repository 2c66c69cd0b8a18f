//! What is published of a wave: one document, from which everything public is drawn.

use super::wave::Kind;
use super::wording::{Texts, Wording};
use crate::disclosure::{AreaId, Shown, ShownArea};
use crate::time::Seconds;
use serde::{Deserialize, Serialize};

/// Where a theme comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// 'Waarom is dit een fijne buurt?'
    Good,
    /// 'Wat zou er moeten gebeuren?'
    Better,
    /// Ticked from the list.
    Ticked,
}

impl Asked {
    /// As stored with proposals and quotes.
    pub fn key(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Better => "better",
            Self::Ticked => "ticked",
        }
    }

    /// From storage: an open question.
    pub fn open(key: &str) -> Option<Self> {
        [Self::Good, Self::Better].into_iter().find(|asked| asked.key() == key)
    }

    /// The id under which a theme is published: the same theme in answers to another question is counted apart. That of
    /// ticked ones is their place in [`super::THEMES`], below zero.
    pub fn id(self, theme: i64) -> i64 {
        match self {
            Self::Good => 2 * theme,
            Self::Better => 2 * theme + 1,
            Self::Ticked => -1 - theme,
        }
    }
}

/// One version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// Counts from 1.
    pub version: i64,
    /// When.
    pub at: Seconds,
    /// The wave, as its address has it.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// It took answers from here.
    pub opens_at: Seconds,
    /// Until here.
    pub closes_at: Seconds,
    /// In which words it asked.
    pub wording: Wording,
    /// Whoever had the link could answer: with lower assurance, and apart.
    pub open_link: bool,
    /// Every number.
    pub shown: Shown,
    /// Names of the areas, in the order of the numbers.
    pub areas: Vec<Area>,
    /// Names of the themes, by question and then by name.
    pub themes: Vec<Theme>,
    /// The scope's own questions, but open ones.
    pub questions: Vec<Question>,
    /// What people said.
    pub quotes: Vec<Quote>,
}

/// An area's name and what is known of it elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Which.
    pub id: AreaId,
    /// As its address has it; empty for the city.
    pub slug: String,
    /// Empty for the city.
    pub name: String,
    /// Inhabitants, where known.
    pub residents: Option<i64>,
    /// Where the mean of all who could have answered lies, in tenths, were those who did a fair draw.
    pub interval: Option<(i64, i64)>,
}

/// A theme's names, as they were at the first publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    /// See [`Asked::id`].
    pub id: i64,
    /// Where it comes from.
    pub asked: Asked,
    /// Dutch; of ticked ones the key of its text.
    pub title_nl: String,
    /// English; of ticked ones the key of its text.
    pub title_en: String,
}

/// A question of the scope's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its place among all own questions.
    pub id: i64,
    /// How it was answered.
    pub kind: Kind,
    /// Its words.
    pub text: Texts,
    /// Options, or what the two ends of the scale mean.
    pub options: Vec<Texts>,
}

/// What somebody said, masked and released.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The words.
    pub words: String,
    /// To which question: `good`, `better`, `own_1` to `own_3`.
    pub question: String,
    /// The published theme under which they stand, if any.
    pub themes: Vec<i64>,
    /// The place that may stand beside them.
    pub area: AreaId,
    /// Given by link or poster.
    pub poster: bool,
}

impl Published {
    /// The scope's numbers.
    pub fn scope(&self) -> Option<&ShownArea> {
        self.shown.areas.first()
    }

    /// Name and the like of an area.
    pub fn area(&self, id: AreaId) -> Option<&Area> {
        self.areas.iter().find(|a| a.id == id)
    }

    /// Whether both asked in the same place and in the same words.
    pub fn same_series(&self, other: &Self) -> bool {
        self.same_place(other) && self.wording.same_series(&other.wording)
    }

    /// Whether both asked in the same place.
    pub fn same_place(&self, other: &Self) -> bool {
        self.scope().map(|a| a.id) == other.scope().map(|a| a.id)
    }

    /// Areas whose share of the answers and share of the inhabitants are both known, in tenths of a percent of all such areas
    /// together; nothing where fewer than two are.
    pub fn make_up(&self) -> Vec<(AreaId, i64, i64)> {
        let known: Vec<(AreaId, i64, i64)> = self
            .shown
            .areas
            .iter()
            .skip(1)
            .filter_map(|a| {
                let residents = self.area(a.id)?.residents.filter(|n| *n > 0)?;
                Some((a.id, i64::try_from(a.answers?).ok()?, residents))
            })
            .collect();
        // Areas of one kind, or a wijk would be counted with its buurten.
        let wijken: Vec<_> = known.iter().filter(|(id, ..)| matches!(id, AreaId::Wijk(_))).copied().collect();
        let alike = if wijken.len() > 1 {
            wijken
        } else {
            known.into_iter().filter(|(id, ..)| matches!(id, AreaId::Buurt(_))).collect()
        };
        let answers: i64 = alike.iter().map(|(_, n, _)| n).sum();
        let residents: i64 = alike.iter().map(|(.., n)| n).sum();
        if alike.len() < 2 || answers == 0 {
            return Vec::new();
        }
        let share = |part: i64, whole: i64| (part * 2000 + whole) / (whole * 2);
        alike.into_iter().map(|(id, a, r)| (id, share(a, answers), share(r, residents))).collect()
    }
}

/// What is done with what people said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// 'Dit gaan we doen.'
    Do,
    /// 'Dit doen we niet, omdat ...'
    Dont,
    /// 'Nog niet, omdat ...'
    NotYet,
}

impl Stance {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Do, Self::NotYet, Self::Dont];

    /// As stored, and in texts (`stance-...`).
    pub fn key(self) -> &'static str {
        match self {
            Self::Do => "do",
            Self::Dont => "dont",
            Self::NotYet => "not_yet",
        }
    }

    /// From storage or a form.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_has_an_id_per_question() {
        let ids = [Asked::Good.id(1), Asked::Better.id(1), Asked::Good.id(2), Asked::Ticked.id(0), Asked::Ticked.id(1)];
        assert_eq!(ids, [2, 3, 4, -1, -2]);
        assert_eq!(Asked::open("better"), Some(Asked::Better));
        assert_eq!(Asked::open("ticked"), None);
    }
}
