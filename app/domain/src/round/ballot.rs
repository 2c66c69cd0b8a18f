//! One voter's choices, in each form of ballot.

use super::PaperPlan;
use crate::form::{Errors, Problem, Raw};
use crate::money::Cents;
use crate::tally::ballots::{Choosable, RankWeights, Refusal, approval, knapsack, points, ranking};

/// Most points of one ballot together: each is a token of its own in the published lists.
pub const POINTS_MAX: u32 = 30;

/// How a ballot is filled in, with its limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BallotForm {
    /// Up to `most` plans.
    Approval {
        /// Most plans.
        most: usize,
    },
    /// As many plans as fit in the pot by their minimum.
    Knapsack,
    /// Points over plans.
    Points {
        /// Together at most.
        sum: u32,
        /// For one plan at most.
        each: u32,
    },
    /// Up to `most` plans in order, best first; places count by Borda's weights.
    Ranking {
        /// Places.
        most: usize,
    },
}

impl BallotForm {
    /// Keys of all forms, as stored and on papers; texts are `form-<key>`.
    pub const KEYS: [&str; 4] = ["approval", "knapsack", "points", "ranking"];

    /// From what a round or a paper keeps; limits that the form has no use for are not looked at. `None` for an unknown key
    /// or limits of nothing.
    pub fn of(key: &str, most: usize, sum: u32, each: u32) -> Option<Self> {
        match key {
            "approval" if most > 0 => Some(Self::Approval { most }),
            "knapsack" => Some(Self::Knapsack),
            "points" if sum > 0 && each > 0 => Some(Self::Points { sum, each: each.min(sum) }),
            "ranking" if most > 0 => Some(Self::Ranking { most }),
            _ => None,
        }
    }

    /// As stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Approval { .. } => "approval",
            Self::Knapsack => "knapsack",
            Self::Points { .. } => "points",
            Self::Ranking { .. } => "ranking",
        }
    }

    /// Most plans that one ballot can hold, on a paper with so many.
    pub fn most_plans(self, on_paper: usize) -> usize {
        match self {
            Self::Approval { most } | Self::Ranking { most } => most.min(on_paper),
            Self::Knapsack => on_paper,
            Self::Points { sum, .. } => usize::try_from(sum).unwrap_or(usize::MAX).min(on_paper),
        }
    }

    /// Most tokens that one ballot can have: one for each plan, or for each point.
    pub fn most_tokens(self, on_paper: usize) -> usize {
        match self {
            Self::Points { sum, .. } => usize::try_from(sum).unwrap_or(usize::MAX),
            form => form.most_plans(on_paper),
        }
    }

    /// What a choice counts for in the tally.
    pub fn score(self, value: u32) -> u32 {
        match self {
            Self::Approval { .. } | Self::Knapsack => 1,
            Self::Points { .. } => value,
            Self::Ranking { most } => RankWeights::Borda.score(usize::try_from(value).unwrap_or(usize::MAX), most),
        }
    }
}

/// One voter's choices as (plan, value), each plan once. The value is 1, the points, or the place from 1; by id, and for a
/// ranking by place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ballot(pub Vec<(i64, u32)>);

impl Ballot {
    /// Of plans that are just chosen.
    pub fn of_plans(plans: impl IntoIterator<Item = i64>) -> Self {
        Self(plans.into_iter().map(|id| (id, 1)).collect())
    }

    /// Its plans.
    pub fn plans(&self) -> impl Iterator<Item = i64> {
        self.0.iter().map(|(id, _)| *id)
    }

    /// What it gives to a plan, 0 for nothing.
    pub fn value(&self, plan: i64) -> u32 {
        self.0.iter().find(|(id, _)| *id == plan).map_or(0, |(_, value)| *value)
    }

    /// From a form: `plan`, repeated (approval, knapsack), `points-<id>` or `rank-<id>` with whole numbers, empty or 0 for
    /// none. An empty ballot is refused: who wants none simply does not vote. Gaps between ranks are closed.
    ///
    /// # Errors
    /// On field `plan`: nothing chosen, beyond a limit of the form, equal ranks, or a plan that is not on the paper.
    pub fn parse(raw: &Raw, form: BallotForm, plans: &[PaperPlan], pot: Cents) -> Result<Self, Errors> {
        let paper: Vec<Choosable> = plans.iter().map(|p| Choosable { id: p.id, cost: p.minimum.0 }).collect();
        Self::chosen(raw, form, &paper, pot).map_err(|refusal| {
            let problem = match refusal {
                Refusal::Empty => Problem::Missing,
                Refusal::TooMany(most) => Problem::TooMany(most),
                Refusal::OverBudget(over) => Problem::OverPot(Cents(over)),
                Refusal::OverPoints(over) => Problem::OverPoints(usize::try_from(over).unwrap_or(usize::MAX)),
                Refusal::OverPlanPoints(_) => match form {
                    BallotForm::Points { each, .. } => Problem::OutOfRange(0, i64::from(each)),
                    _ => Problem::NotAChoice,
                },
                Refusal::Twice(_) => Problem::SameRank,
                Refusal::NotOnPaper(_) => Problem::NotAChoice,
            };
            Errors::one("plan", problem)
        })
    }

    fn chosen(raw: &Raw, form: BallotForm, paper: &[Choosable], pot: Cents) -> Result<Self, Refusal> {
        let ids = |scores: Vec<(u32, u32)>| {
            let mut plans: Vec<(i64, u32)> =
                scores.into_iter().map(|(at, value)| (paper[at as usize].id, value)).collect();
            plans.sort_unstable();
            plans
        };
        match form {
            BallotForm::Approval { most } => Ok(Self(ids(approval(paper, &ticked(raw)?, most)?))),
            BallotForm::Knapsack => Ok(Self(ids(knapsack(paper, &ticked(raw)?, pot.0)?))),
            BallotForm::Points { sum, each } => {
                Ok(Self(ids(points(paper, &numbered(raw, "points-", Refusal::OverPlanPoints)?, sum, each)?)))
            }
            BallotForm::Ranking { most } => {
                let mut ranks: Vec<(u32, i64)> = numbered(raw, "rank-", Refusal::Twice)?
                    .into_iter()
                    .filter(|(_, rank)| *rank > 0)
                    .map(|(id, rank)| (rank, id))
                    .collect();
                ranks.sort_unstable();
                if let Some(pair) = ranks.windows(2).find(|pair| pair[0].0 == pair[1].0) {
                    return Err(Refusal::Twice(pair[1].1));
                }
                let order: Vec<i64> = ranks.into_iter().map(|(_, id)| id).collect();
                // Checks places and paper; the scores themselves are the count's business.
                ranking(paper, &order, most, RankWeights::Borda)?;
                Ok(Self(order.into_iter().zip(1..).collect()))
            }
        }
    }

    /// As the fields of a form of this kind, so that a ballot can travel through the review screen and back.
    pub fn fields(&self, form: BallotForm) -> Vec<(String, String)> {
        self.0
            .iter()
            .map(|(id, value)| match form {
                BallotForm::Approval { .. } | BallotForm::Knapsack => ("plan".to_owned(), id.to_string()),
                BallotForm::Points { .. } => (format!("points-{id}"), value.to_string()),
                BallotForm::Ranking { .. } => (format!("rank-{id}"), value.to_string()),
            })
            .collect()
    }

    /// What can be read of a form that may be wrong, to show it again as it was.
    pub fn typed(raw: &Raw, form: BallotForm) -> Self {
        let prefix = match form {
            BallotForm::Approval { .. } | BallotForm::Knapsack => {
                return Self::of_plans(raw.all("plan").iter().filter_map(|id| id.parse().ok()));
            }
            BallotForm::Points { .. } => "points-",
            BallotForm::Ranking { .. } => "rank-",
        };
        let read = |(name, value): &(String, String)| {
            Some((name.strip_prefix(prefix)?.parse().ok()?, value.trim().parse().ok().filter(|n| *n > 0)?))
        };
        Self(raw.0.iter().filter_map(read).collect())
    }

    /// As kept in the box: ids with commas, each with `:value` where that is not 1.
    pub fn to_text(&self) -> String {
        let one = |(id, value): &(i64, u32)| if *value == 1 { id.to_string() } else { format!("{id}:{value}") };
        self.0.iter().map(one).collect::<Vec<_>>().join(",")
    }

    /// From the box; `None` when the text is none of ours.
    pub fn from_text(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self(Vec::new()));
        }
        let one = |part: &str| match part.split_once(':') {
            Some((id, value)) => Some((id.parse().ok()?, value.parse().ok()?)),
            None => Some((part.parse().ok()?, 1)),
        };
        text.split(',').map(one).collect::<Option<Vec<_>>>().map(Self)
    }
}

/// Ids of the boxes that were ticked.
fn ticked(raw: &Raw) -> Result<Vec<i64>, Refusal> {
    raw.all("plan").iter().map(|value| value.parse().map_err(|_| Refusal::NotOnPaper(0))).collect()
}

/// Fields `<prefix><id>` with whole numbers; what is no number is refused for its plan.
fn numbered(raw: &Raw, prefix: &str, refuse: fn(i64) -> Refusal) -> Result<Vec<(i64, u32)>, Refusal> {
    let mut numbers = Vec::new();
    for (name, value) in &raw.0 {
        let Some(id) = name.strip_prefix(prefix) else { continue };
        let id: i64 = id.parse().map_err(|_| Refusal::NotOnPaper(0))?;
        let number = match value.trim() {
            "" => 0,
            typed => typed.parse().map_err(|_| refuse(id))?,
        };
        numbers.push((id, number));
    }
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn paper() -> Vec<PaperPlan> {
        [(1, 500), (2, 300), (3, 400)]
            .map(|(id, cost)| PaperPlan {
                id,
                title: String::new(),
                summary: String::new(),
                minimum: Cents(cost),
                desired: Cents(cost),
                ..PaperPlan::default()
            })
            .into()
    }

    fn parse(form: BallotForm, pairs: &[(&str, &str)]) -> Result<Vec<(i64, u32)>, Problem> {
        Ballot::parse(&Raw::from_pairs(pairs), form, &paper(), Cents(800))
            .map(|b| b.0)
            .map_err(|e| e.of("plan").expect("always on `plan`"))
    }

    #[test]
    fn approvals_and_knapsacks_are_ticked() {
        let three = [("plan", "1"), ("plan", "2"), ("plan", "2"), ("plan", "3")];
        assert_eq!(parse(BallotForm::Approval { most: 3 }, &three), Ok(vec![(1, 1), (2, 1), (3, 1)]));
        assert_eq!(parse(BallotForm::Approval { most: 2 }, &three), Err(Problem::TooMany(2)));
        assert_eq!(parse(BallotForm::Approval { most: 2 }, &[("plan", "9")]), Err(Problem::NotAChoice));
        assert_eq!(parse(BallotForm::Approval { most: 2 }, &[("plan", "x")]), Err(Problem::NotAChoice));
        assert_eq!(parse(BallotForm::Approval { most: 2 }, &[]), Err(Problem::Missing));
        assert_eq!(parse(BallotForm::Knapsack, &three), Err(Problem::OverPot(Cents(400))));
        assert_eq!(parse(BallotForm::Knapsack, &[("plan", "2"), ("plan", "1")]), Ok(vec![(1, 1), (2, 1)]));
    }

    #[test]
    fn points_are_given() {
        let form = BallotForm::Points { sum: 5, each: 3 };
        let given = [("points-3", "2"), ("points-1", " 3 "), ("points-2", "")];
        assert_eq!(parse(form, &given), Ok(vec![(1, 3), (3, 2)]));
        assert_eq!(parse(form, &[("points-3", "3"), ("points-1", "3")]), Err(Problem::OverPoints(1)));
        assert_eq!(parse(form, &[("points-3", "4")]), Err(Problem::OutOfRange(0, 3)));
        assert_eq!(parse(form, &[("points-3", "veel")]), Err(Problem::OutOfRange(0, 3)));
        assert_eq!(parse(form, &[("points-3", "-1")]), Err(Problem::OutOfRange(0, 3)));
        assert_eq!(parse(form, &[("points-9", "1")]), Err(Problem::NotAChoice));
        assert_eq!(parse(form, &[("points-3", "0")]), Err(Problem::Missing));
    }

    #[test]
    fn rankings_close_their_gaps() {
        let form = BallotForm::Ranking { most: 2 };
        assert_eq!(parse(form, &[("rank-3", "1"), ("rank-1", "7"), ("rank-2", "")]), Ok(vec![(3, 1), (1, 2)]));
        assert_eq!(parse(form, &[("rank-3", "1"), ("rank-1", "1")]), Err(Problem::SameRank));
        assert_eq!(parse(form, &[("rank-3", "1"), ("rank-1", "2"), ("rank-2", "3")]), Err(Problem::TooMany(2)));
        assert_eq!(parse(form, &[("rank-3", "eerste")]), Err(Problem::SameRank));
        assert_eq!(parse(form, &[]), Err(Problem::Missing));
        assert_eq!((form.score(1), form.score(2)), (2, 1));
    }

    #[test]
    fn forms_come_back_from_what_is_kept() {
        for (key, form) in [
            ("approval", BallotForm::Approval { most: 4 }),
            ("knapsack", BallotForm::Knapsack),
            ("points", BallotForm::Points { sum: 10, each: 5 }),
            ("ranking", BallotForm::Ranking { most: 4 }),
        ] {
            assert!(BallotForm::KEYS.contains(&key));
            assert_eq!((BallotForm::of(key, 4, 10, 5), form.key()), (Some(form), key));
        }
        assert_eq!(BallotForm::of("approval", 0, 0, 0), None);
        assert_eq!(BallotForm::of("points", 4, 0, 1), None);
        assert_eq!(BallotForm::of("lot", 4, 1, 1), None);
        assert_eq!(BallotForm::Points { sum: 10, each: 5 }.most_tokens(3), 10);
        assert_eq!(BallotForm::Approval { most: 4 }.most_tokens(3), 3);
    }

    proptest! {
        #[test]
        fn kept_ballots_come_back(choices in prop::collection::vec((1i64..1_000_000, 1u32..40), 0..10)) {
            let ballot = Ballot(choices);
            prop_assert_eq!(Ballot::from_text(&ballot.to_text()), Some(ballot));
        }

        #[test]
        fn what_is_right_travels_through_the_review(
            values in prop::collection::vec(0u32..4, 3),
            kind in 0usize..4,
        ) {
            let form = [
                BallotForm::Approval { most: 3 }, BallotForm::Knapsack,
                BallotForm::Points { sum: 9, each: 3 }, BallotForm::Ranking { most: 3 },
            ][kind];
            let pairs: Vec<(String, String)> = (1..).zip(&values).filter(|(_, v)| **v > 0).map(|(id, v)| match kind {
                0 | 1 => ("plan".to_owned(), format!("{id}")),
                2 => (format!("points-{id}"), v.to_string()),
                _ => (format!("rank-{id}"), v.to_string()),
            }).collect();
            let raw = Raw(pairs);
            if let Ok(ballot) = Ballot::parse(&raw, form, &paper(), Cents(2000)) {
                let again = Raw(ballot.fields(form));
                prop_assert_eq!(Ballot::parse(&again, form, &paper(), Cents(2000)), Ok(ballot));
            }
        }

        #[test]
        fn hostile_fields_never_panic(name in "(plan|points-|rank-)[0-9a-z-]{0,22}", value in "\\PC{0,30}", kind in 0usize..4) {
            let form = [
                BallotForm::Approval { most: 3 }, BallotForm::Knapsack,
                BallotForm::Points { sum: 9, each: 3 }, BallotForm::Ranking { most: 3 },
            ][kind];
            let raw = Raw(vec![(name, value)]);
            let _ = (Ballot::parse(&raw, form, &paper(), Cents(2000)), Ballot::typed(&raw, form));
        }
    }
}
