//! Figures of a closed wave, without any group under ten.

use crate::ActError;
use domain::survey::{Figures, SMALLEST_GROUP, figures};
use store::Conn;
use store::waves::{self, Wave};

/// What may be shown of a closed wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Per buurt (id); `None`: too few.
    pub per_buurt: Vec<(i64, Option<Figures>)>,
    /// Of the city; `None`: too few.
    pub city: Option<Figures>,
    /// The city's figures leave hidden buurten out, since those could be worked out from them.
    pub partial: bool,
}

/// Figures without any group under ten, nor one that follows from the others: the city's figures hold the hidden buurten
/// only when these are ten or more together, in answers and in marks, or none at all.
pub fn shown(answers: &[(i64, Option<i64>)]) -> Shown {
    let mut buurten: Vec<i64> = answers.iter().map(|(b, _)| *b).collect();
    buurten.sort_unstable();
    buurten.dedup();
    let of = |buurt: i64| answers.iter().filter(move |(b, _)| *b == buurt).map(|(_, m)| *m).collect::<Vec<_>>();
    let per_buurt: Vec<(i64, Option<Figures>)> = buurten.iter().map(|b| (*b, figures(&of(*b)))).collect();
    let full = |f: &Option<Figures>| f.as_ref().is_some_and(|f| f.mean_tenths.is_some());
    let hidden: Vec<Option<i64>> = per_buurt.iter().filter(|(_, f)| f.is_none()).flat_map(|(b, _)| of(*b)).collect();
    let hidden_marks = per_buurt.iter().filter(|(_, f)| !full(f)).flat_map(|(b, _)| of(*b)).flatten().count();
    let safe = |n: usize| n == 0 || n >= SMALLEST_GROUP;
    if safe(hidden.len()) && safe(hidden_marks) {
        let all: Vec<Option<i64>> = answers.iter().map(|(_, m)| *m).collect();
        return Shown { city: figures(&all), per_buurt, partial: false };
    }
    let open: Vec<Option<i64>> = per_buurt.iter().filter(|(_, f)| full(f)).flat_map(|(b, _)| of(*b)).collect();
    Shown { city: figures(&open), per_buurt, partial: true }
}

/// Figures and released quotes (buurt, words) of a closed wave. Quotes of buurten that are not shown stay hidden.
///
/// # Errors
/// The store's.
pub async fn result(c: &mut Conn, wave: &Wave) -> Result<(Shown, Vec<(i64, String)>), ActError> {
    let answers = waves::answers(c, wave.id).await?;
    let residents = answers.iter().filter(|a| !a.open);
    let shown = shown(&residents.map(|a| (a.buurt, a.answer.mark)).collect::<Vec<_>>());
    let mut quotes = waves::quotes(c, wave.id).await?;
    quotes.retain(|(buurt, _)| shown.per_buurt.iter().any(|(b, f)| b == buurt && f.is_some()));
    Ok((shown, quotes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(groups: &[(i64, usize, usize)]) -> Vec<(i64, Option<i64>)> {
        groups
            .iter()
            .flat_map(|&(buurt, marks, blank)| {
                std::iter::repeat_n((buurt, Some(7)), marks).chain(std::iter::repeat_n((buurt, None), blank))
            })
            .collect()
    }

    #[test]
    fn a_small_buurt_cannot_be_worked_out_from_the_city() {
        let s = shown(&answers(&[(1, 12, 0), (2, 9, 0)]));
        assert!(s.partial && s.per_buurt[1].1.is_none());
        assert_eq!(s.city.map(|f| f.answers), Some(12));
        let s = shown(&answers(&[(1, 12, 0), (2, 9, 0), (3, 1, 0)]));
        assert!(!s.partial);
        assert_eq!(s.city.map(|f| f.answers), Some(22));
    }

    #[test]
    fn nor_can_a_few_marks_among_many_answers() {
        let s = shown(&answers(&[(1, 12, 0), (2, 3, 9)]));
        assert!(s.partial);
        assert_eq!(s.city.map(|f| f.marks.iter().sum::<usize>()), Some(12));
        assert_eq!(shown(&answers(&[(1, 9, 0)])).city, None);
    }
}
