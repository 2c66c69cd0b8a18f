//! The survey 'Waarom is dit een fijne buurt?': one answer, and when figures may be shown.

use crate::form::{Errors, Problem, Raw};
use crate::initiative::TEXT_MAX;

/// Groups smaller than this are never shown (DESIGN 8).
pub const SMALLEST_GROUP: usize = 10;

/// One resident's answer; everything may be skipped, but not all of it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Answer {
    /// 1 to 10.
    pub mark: Option<i64>,
    /// 'Waarom is dit een fijne buurt?'
    pub good: String,
    /// 'Wat zou er moeten gebeuren?'
    pub better: String,
    /// 'Wat wilt u doen, wat kunt u doen?'
    pub can_do: String,
}

impl Answer {
    /// Fields: `mark`, `good`, `better`, `can_do`.
    ///
    /// # Errors
    /// A mark outside 1..10, too long a text, or (on `mark`) nothing filled in at all.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let mark = match raw.get("mark").trim() {
            "" => None,
            _ => Some(errors.take("mark", raw.number("mark", 1, 10))),
        };
        let good = errors.take("good", raw.optional_text("good", TEXT_MAX));
        let better = errors.take("better", raw.optional_text("better", TEXT_MAX));
        let can_do = errors.take("can_do", raw.optional_text("can_do", TEXT_MAX));
        if errors.0.is_empty() && mark.is_none() && good.is_empty() && better.is_empty() && can_do.is_empty() {
            errors.0.push(("mark", Problem::Missing));
        }
        errors.done()?;
        Ok(Self { mark, good, better, can_do })
    }
}

/// Figures of one buurt, or nothing where the group is too small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// How many answered.
    pub answers: usize,
    /// How many gave each mark, 1 to 10.
    pub marks: [usize; 10],
    /// Mean mark in tenths, when at least [`SMALLEST_GROUP`] gave one.
    pub mean_tenths: Option<i64>,
}

/// Sums marks up; `None` below [`SMALLEST_GROUP`] answers.
pub fn figures(marks: &[Option<i64>]) -> Option<Figures> {
    if marks.len() < SMALLEST_GROUP {
        return None;
    }
    let mut counts = [0usize; 10];
    for mark in marks.iter().flatten() {
        if let Some(slot) = usize::try_from(*mark - 1).ok().and_then(|i| counts.get_mut(i)) {
            *slot += 1;
        }
    }
    let given: usize = counts.iter().sum();
    if given < SMALLEST_GROUP {
        return Some(Figures { answers: marks.len(), marks: [0; 10], mean_tenths: None });
    }
    let total: usize = counts.iter().enumerate().map(|(i, n)| (i + 1) * n).sum();
    Some(Figures {
        answers: marks.len(),
        marks: counts,
        mean_tenths: i64::try_from((total * 20 + given) / (given * 2)).ok(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_under_ten() {
        assert_eq!(figures(&[Some(7); 9]), None);
        let ten = figures(&[Some(7); 10]);
        assert_eq!(ten.as_ref().and_then(|f| f.mean_tenths), Some(70));
        let mut mixed = vec![Some(7); 9];
        mixed.push(None);
        assert_eq!(figures(&mixed).and_then(|f| f.mean_tenths), None, "nine marks among ten answers stay hidden");
    }

    #[test]
    fn something_must_be_said() {
        assert_eq!(Answer::parse(&Raw::default()), Err(Errors::one("mark", Problem::Missing)));
        assert_eq!(
            Answer::parse(&Raw::from_pairs(&[("mark", "11")])),
            Err(Errors::one("mark", Problem::OutOfRange(1, 10)))
        );
        assert!(Answer::parse(&Raw::from_pairs(&[("good", "De markt.")])).is_ok());
    }
}
