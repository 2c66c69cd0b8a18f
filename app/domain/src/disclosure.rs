//! What may be published of one wave of the survey, so that nobody can work out a group under ten from all that is shown.
//! `docs/disclosure.md` is the method in words; `tests/disclosure.rs` attacks what comes out by integer programming.
//!
//! ```
//! use domain::disclosure::{Area, AreaId, Counts, Method, Wave, publish};
//! let buurt = |id, answers| Area::buurt(id, Counts { answers, ..Counts::default() });
//! let wijk = Area::of(AreaId::Wijk(1), vec![buurt(1, 40), buurt(2, 12), buurt(3, 4)]);
//! let wave = Wave { scope: wijk, themes: vec![], questions: vec![] };
//! let (shown, report) = publish(&wave, None, Method::default());
//! assert_eq!(shown.area(AreaId::Wijk(1)).unwrap().answers, Some(56));
//! assert_eq!(shown.area(AreaId::Buurt(3)).unwrap().answers, None, "under ten");
//! assert_eq!(shown.area(AreaId::Buurt(2)).unwrap().answers, None, "or 56 - 40 - 12 would tell the other");
//! assert_eq!(report.hidden.iter().filter(|h| !h.met).count(), 0);
//! ```
//!
//! To publish something new of a wave: make it a layer (a count per area that adds up), hide it where the area's number of
//! answers is hidden, write down its interval, and let the attacker of the test know of it.

mod bounds;
mod layers;
mod protect;
mod tree;

use crate::survey::SMALLEST_GROUP;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub use bounds::Interval;

/// An area of the city.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreaId {
    /// All of it.
    City,
    /// A wijk's id.
    Wijk(i64),
    /// A buurt's id.
    Buurt(i64),
}

/// What was counted in one buurt.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Answers.
    pub answers: usize,
    /// Answers that gave a mark; never published.
    pub marks: usize,
    /// The sum of those marks; never published.
    pub mark_sum: usize,
    /// Answers that mention a theme (id); none where it is left out.
    pub themes: BTreeMap<i64, usize>,
    /// Open answers that came in by a poster: a set of their own, published as a number only.
    pub posters: usize,
}

/// An area with what lies in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Which.
    pub id: AreaId,
    /// What was counted, where the area has no parts. Of an area with parts it is not read: give answers that belong to no
    /// part a part of their own.
    pub counts: Counts,
    /// Wijken of a city, buurten of a wijk.
    pub parts: Vec<Area>,
}

impl Area {
    /// A buurt.
    pub fn buurt(id: i64, counts: Counts) -> Self {
        Self { id: AreaId::Buurt(id), counts, parts: Vec::new() }
    }

    /// An area of parts.
    pub fn of(id: AreaId, parts: Vec<Area>) -> Self {
        Self { id, counts: Counts::default(), parts }
    }
}

/// A question of the scope's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Which.
    pub id: i64,
    /// Answers per option, one of them 'skipped', so that they sum to the scope's answers.
    pub options: Vec<usize>,
}

/// A closed wave, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wave {
    /// Where it was held: the city, one wijk or one buurt.
    pub scope: Area,
    /// The themes to publish (ids).
    pub themes: Vec<i64>,
    /// Own questions.
    pub questions: Vec<Question>,
}

/// How to protect. Anything but the default is for tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Method {
    /// Hide further cells, so that those under ten cannot be worked out.
    pub complementary: bool,
}

impl Default for Method {
    fn default() -> Self {
        Self { complementary: true }
    }
}

/// What is published of a wave; this, and nothing else that is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The scope first, then each area after the one that it lies in.
    pub areas: Vec<ShownArea>,
    /// Own questions.
    pub questions: Vec<ShownQuestion>,
}

/// What is published of an area; `None`: hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownArea {
    /// Which.
    pub id: AreaId,
    /// In which other; `None`: the scope.
    pub parent: Option<AreaId>,
    /// Answers.
    pub answers: Option<usize>,
    /// Mean mark, in tenths.
    pub mean_tenths: Option<i64>,
    /// Each theme of the wave.
    pub themes: Vec<ShownTheme>,
    /// Open answers by a poster.
    pub posters: Option<usize>,
}

/// How many answers of an area mention a theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownTheme {
    /// Which.
    pub theme: i64,
    /// Answers that mention it; `None`: hidden.
    pub answers: Option<usize>,
}

/// What is published of a question of the scope's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownQuestion {
    /// Which.
    pub id: i64,
    /// Per option, in order; `None`: hidden.
    pub options: Vec<Option<usize>>,
}

impl Shown {
    /// What is shown of an area.
    pub fn area(&self, id: AreaId) -> Option<&ShownArea> {
        self.areas.iter().find(|a| a.id == id)
    }

    /// How many answers of an area mention a theme, where that is shown.
    pub fn theme(&self, id: AreaId, theme: i64) -> Option<usize> {
        self.area(id)?.theme(theme)
    }
}

impl ShownArea {
    /// How many answers mention a theme, where that is shown.
    pub fn theme(&self, theme: i64) -> Option<usize> {
        self.themes.iter().find(|t| t.theme == theme)?.answers
    }
}

/// Something that could have been shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// Answers of an area.
    Answers(AreaId),
    /// Mean mark of an area.
    Mean(AreaId),
    /// Answers of an area that mention a theme.
    Theme(AreaId, i64),
    /// Answers of an area that do not mention a theme; hidden together with those that do.
    Others(AreaId, i64),
    /// Open answers of an area, by a poster.
    Posters(AreaId),
    /// An option (its place) of a question.
    Choice(i64, usize),
}

/// Why a cell is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Fewer than ten.
    Few,
    /// Fewer than ten answers of the area are on the other side of it.
    FewOthers,
    /// The area's number of answers is hidden.
    AnswersHidden,
    /// Hidden cells under this area could be worked out from it.
    Protects(AreaId),
    /// Hidden options of the same question could be worked out from it.
    ProtectsOptions,
    /// An earlier version did not show it.
    Earlier,
}

/// A hidden cell, for the administrator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hidden {
    /// Which.
    pub cell: Cell,
    /// Why.
    pub why: Why,
    /// What a reader can work out of it from all that is published; `None` for a mean, whose marks are never published.
    pub interval: Option<Interval>,
    /// The interval is wide enough. False only when complementary suppression is off, or when an earlier version already
    /// gave too much away.
    pub met: bool,
}

/// Everything that a publication hides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Each hidden cell.
    pub hidden: Vec<Hidden>,
}

/// What may be published of a wave, and for the administrator what is hidden and why. After a first publication give the
/// earlier version: a cell that it hid stays hidden, and what it showed and still holds counts as known for ever.
pub fn publish(wave: &Wave, earlier: Option<&Shown>, method: Method) -> (Shown, Report) {
    layers::publish(wave, earlier, method)
}

/// The smallest area that may stand beside a quote of an answer from `home` that mentions `themes` (those that the wave
/// publishes); `None`: no quote. The area's number of answers and that of each theme must be shown there, or the quote
/// would say 'at least one' of a hidden cell; and an answer without a theme that nearly everyone mentions climbs as well,
/// since it would say that of those few.
///
/// A label tells no more than its cells do, however many quotes bear it: that a buurt's or theme's number is at least the
/// number of its quotes, and that number is shown.
pub fn label(wave: &Wave, shown: &Shown, home: AreaId, themes: &[i64]) -> Option<AreaId> {
    let tree = tree::Tree::new(&wave.scope);
    let mut at = tree.find(home);
    while let Some(node) = at {
        let id = tree.nodes[node].id;
        let fits = shown.area(id).is_some_and(|area| {
            area.answers.is_some()
                && wave.themes.iter().all(|theme| {
                    let others = tree.sum(node, |c| layers::others(c, *theme));
                    area.theme(*theme).is_some() || (!themes.contains(theme) && others >= SMALLEST_GROUP)
                })
        });
        if fits {
            return Some(id);
        }
        at = tree.nodes[node].parent;
    }
    None
}

#[cfg(test)]
mod tests;
