//! The survey 'Waarom is dit een fijne buurt?': what a wave asks, one answer, and when figures may be shown.

mod answer;
mod wave;

pub use answer::{Answer, Own};
pub use wave::{
    Asked, Kind, OPTIONS_MAX, OWN_QUESTIONS, Question, Reach, SCALE, THEMES, Texts, WORDS_MAX, When, Wording, Words,
};

/// Groups smaller than this are never shown (DESIGN 8).
pub const SMALLEST_GROUP: usize = 10;

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
}
