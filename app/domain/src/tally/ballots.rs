//! What a voter may hand in, by form of ballot: one function each, run by the browser and by the server.
//!
//! Each gives the ballot as it is counted: (index on the paper, score), ascending by index.

use std::collections::BTreeMap;

/// A plan as ballots see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choosable {
    /// Its id on the paper.
    pub id: i64,
    /// Its cost in cents: the minimum, where it has a minimum and a desired amount.
    pub cost: i64,
}

/// How a rank becomes a score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RankWeights {
    /// With `most` places: `most` for the first, one less for each next (Borda's count, with places not used worth nothing).
    #[default]
    Borda,
    /// 1 for the first, nothing for the others.
    Plurality,
}

impl RankWeights {
    /// Score of the plan at this place (from 1) of `most`.
    pub fn score(self, place: usize, most: usize) -> u32 {
        let score = match self {
            Self::Borda => (most + 1).saturating_sub(place),
            Self::Plurality => usize::from(place == 1),
        };
        u32::try_from(score).unwrap_or(u32::MAX)
    }
}

/// Why a ballot is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing was chosen.
    #[error("nothing is chosen")]
    Empty,
    /// A plan that is not on the paper.
    #[error("plan {0} is not on the paper")]
    NotOnPaper(i64),
    /// More plans than allowed.
    #[error("at most {0} plans can be chosen")]
    TooMany(usize),
    /// A plan stands twice where that has no one meaning.
    #[error("plan {0} stands twice")]
    Twice(i64),
    /// The plans cost more than the pot, by so many cents.
    #[error("the choice costs {0} cents more than there is")]
    OverBudget(i64),
    /// More points than allowed, by so many.
    #[error("{0} points too many are given")]
    OverPoints(u64),
    /// More points for one plan than allowed.
    #[error("plan {0} gets more points than one plan may get")]
    OverPlanPoints(i64),
}

/// A ballot as it is counted.
pub type Scores = Vec<(u32, u32)>;

fn place(paper: &[Choosable], id: i64) -> Result<u32, Refusal> {
    let at = paper.iter().position(|plan| plan.id == id).ok_or(Refusal::NotOnPaper(id))?;
    u32::try_from(at).map_err(|_| Refusal::NotOnPaper(id))
}

/// Up to `most` plans; one that is named twice counts once.
///
/// # Errors
/// [`Refusal::Empty`], [`Refusal::NotOnPaper`], [`Refusal::TooMany`].
pub fn approval(paper: &[Choosable], picks: &[i64], most: usize) -> Result<Scores, Refusal> {
    let mut scores = Scores::new();
    for id in picks {
        scores.push((place(paper, *id)?, 1));
    }
    scores.sort_unstable();
    scores.dedup();
    match scores.len() {
        0 => Err(Refusal::Empty),
        n if n > most => Err(Refusal::TooMany(most)),
        _ => Ok(scores),
    }
}

/// Exactly one plan.
///
/// # Errors
/// As [`approval`] with one.
pub fn choose_one(paper: &[Choosable], picks: &[i64]) -> Result<Scores, Refusal> {
    approval(paper, picks, 1)
}

/// As many plans as fit in the pot together, by their minimum.
///
/// # Errors
/// [`Refusal::Empty`], [`Refusal::NotOnPaper`], [`Refusal::OverBudget`].
pub fn knapsack(paper: &[Choosable], picks: &[i64], pot: i64) -> Result<Scores, Refusal> {
    let scores = approval(paper, picks, usize::MAX)?;
    let cost = scores.iter().fold(0_i64, |sum, (plan, _)| sum.saturating_add(paper[*plan as usize].cost));
    if cost > pot { Err(Refusal::OverBudget(cost.saturating_sub(pot))) } else { Ok(scores) }
}

/// Points over plans: together at most `sum`, for one plan at most `most`. Plans with 0 points are not chosen.
///
/// # Errors
/// [`Refusal::Empty`], [`Refusal::NotOnPaper`], [`Refusal::Twice`], [`Refusal::OverPlanPoints`], [`Refusal::OverPoints`].
pub fn points(paper: &[Choosable], given: &[(i64, u32)], sum: u32, most: u32) -> Result<Scores, Refusal> {
    let mut scores = BTreeMap::new();
    for (id, points) in given {
        if *points > most {
            return Err(Refusal::OverPlanPoints(*id));
        }
        if scores.insert(place(paper, *id)?, *points).is_some() {
            return Err(Refusal::Twice(*id));
        }
    }
    let total: u64 = scores.values().map(|points| u64::from(*points)).sum();
    let scores: Scores = scores.into_iter().filter(|(_, points)| *points > 0).collect();
    if scores.is_empty() {
        Err(Refusal::Empty)
    } else if total > u64::from(sum) {
        Err(Refusal::OverPoints(total - u64::from(sum)))
    } else {
        Ok(scores)
    }
}

/// Up to `most` plans in order, best first.
///
/// # Errors
/// [`Refusal::Empty`], [`Refusal::NotOnPaper`], [`Refusal::Twice`], [`Refusal::TooMany`].
pub fn ranking(paper: &[Choosable], order: &[i64], most: usize, weights: RankWeights) -> Result<Scores, Refusal> {
    let mut scores = BTreeMap::new();
    for (id, at) in order.iter().zip(1..) {
        if scores.insert(place(paper, *id)?, weights.score(at, most)).is_some() {
            return Err(Refusal::Twice(*id));
        }
    }
    match order.len() {
        0 => Err(Refusal::Empty),
        n if n > most => Err(Refusal::TooMany(most)),
        _ => Ok(scores.into_iter().filter(|(_, score)| *score > 0).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: [Choosable; 3] =
        [Choosable { id: 7, cost: 500 }, Choosable { id: 8, cost: 300 }, Choosable { id: 9, cost: 400 }];

    #[test]
    fn approvals() {
        assert_eq!(approval(&PAPER, &[9, 7, 9], 2), Ok(vec![(0, 1), (2, 1)]));
        assert_eq!(approval(&PAPER, &[9, 7, 8], 2), Err(Refusal::TooMany(2)));
        assert_eq!(approval(&PAPER, &[6], 2), Err(Refusal::NotOnPaper(6)));
        assert_eq!(approval(&PAPER, &[], 2), Err(Refusal::Empty));
        assert_eq!(choose_one(&PAPER, &[8]), Ok(vec![(1, 1)]));
        assert_eq!(choose_one(&PAPER, &[8, 9]), Err(Refusal::TooMany(1)));
    }

    #[test]
    fn a_knapsack_fits_in_the_pot() {
        assert_eq!(knapsack(&PAPER, &[7, 8], 800), Ok(vec![(0, 1), (1, 1)]));
        assert_eq!(knapsack(&PAPER, &[7, 9], 800), Err(Refusal::OverBudget(100)));
        assert_eq!(knapsack(&PAPER, &[7, 7], 500), Ok(vec![(0, 1)]));
        let dear = [Choosable { id: 1, cost: i64::MAX }, Choosable { id: 2, cost: i64::MAX }];
        assert!(matches!(knapsack(&dear, &[1, 2], 5), Err(Refusal::OverBudget(_))));
    }

    #[test]
    fn points_keep_to_their_sums() {
        assert_eq!(points(&PAPER, &[(9, 2), (7, 3), (8, 0)], 5, 3), Ok(vec![(0, 3), (2, 2)]));
        assert_eq!(points(&PAPER, &[(9, 3), (7, 3)], 5, 3), Err(Refusal::OverPoints(1)));
        assert_eq!(points(&PAPER, &[(9, 4)], 5, 3), Err(Refusal::OverPlanPoints(9)));
        assert_eq!(points(&PAPER, &[(9, 1), (9, 1)], 5, 3), Err(Refusal::Twice(9)));
        assert_eq!(points(&PAPER, &[(9, 0)], 5, 3), Err(Refusal::Empty));
        assert_eq!(
            points(&PAPER, &[(9, u32::MAX), (7, u32::MAX)], 5, u32::MAX),
            Err(Refusal::OverPoints(2 * u64::from(u32::MAX) - 5))
        );
    }

    #[test]
    fn rankings_weigh_by_place() {
        assert_eq!(ranking(&PAPER, &[9, 7], 3, RankWeights::Borda), Ok(vec![(0, 2), (2, 3)]));
        assert_eq!(ranking(&PAPER, &[9, 7], 3, RankWeights::Plurality), Ok(vec![(2, 1)]));
        assert_eq!(ranking(&PAPER, &[9, 7, 9], 3, RankWeights::Borda), Err(Refusal::Twice(9)));
        assert_eq!(ranking(&PAPER, &[9, 7, 8], 2, RankWeights::Borda), Err(Refusal::TooMany(2)));
        assert_eq!(ranking(&PAPER, &[], 2, RankWeights::Borda), Err(Refusal::Empty));
    }
}
