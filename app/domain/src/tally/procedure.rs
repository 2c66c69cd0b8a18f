//! Which procedure counts: rule, ties, sub-budgets, top-ups; and the named, versioned presets.
//!
//! A published result names exactly one procedure. To change what a preset does, add a version; never edit one that was used.

use std::fmt;
use std::str::FromStr;

/// How winners follow from ballots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Most votes first; what still fits is funded.
    Greedy,
    /// Most votes per euro first; what still fits is funded.
    GreedyPerEuro,
    /// Most votes first, until the first plan that does not fit.
    GreedyStop,
    /// The Method of Equal Shares.
    EqualShares {
        /// What a funded plan is worth to a voter who chose it.
        utility: Utility,
        /// What happens with money that the method leaves.
        completion: Completion,
        /// Whether the rest is then filled greedily by votes.
        fill: bool,
    },
}

/// What a funded plan is worth to a voter who chose it. Where ballots give points, the points are the utility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Utility {
    /// Its cost.
    Cost,
    /// One.
    Cardinality,
}

/// How Equal Shares goes on when its voters have money left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Completion {
    /// It does not.
    None,
    /// Every voter's endowment grows by one unit until nothing more fits in the budget, or the next outcome would cost more than it.
    Add1Exhaustive,
    /// Every voter's endowment grows by one unit until the next outcome would cost more than the budget.
    Add1Overshoot,
}

/// How plans that come out equal are put in order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ties {
    /// Lower cost, then more votes, then the id as text.
    CostVotesId,
    /// The id as text.
    Id,
    /// Lower cost, then more votes, then ascending SHA-256 of seed followed by id.
    Lot(String),
}

/// What a sub-budget is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Plans of a theme.
    Theme,
    /// Plans of a place: a buurt, a district.
    Place,
}

/// A minimum for a theme or a place: counted first, in the order given; what it leaves goes to the whole.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SubBudget {
    /// Theme or place.
    pub scope: Scope,
    /// Its name as the plans write it.
    pub name: String,
    /// Money set apart, in smallest units.
    pub amount: i64,
}

/// All that decides how an election is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Procedure {
    /// The rule.
    pub rule: Rule,
    /// Equals.
    pub ties: Ties,
    /// Minimums per theme or place, in the order they are counted.
    pub sub_budgets: Vec<SubBudget>,
    /// Whether what is left raises winners from their minimum to their desired amount, in the order they won.
    pub top_up: bool,
}

impl Procedure {
    /// This rule alone, ties by cost, votes and id, without sub-budgets or top-ups.
    pub fn of(rule: Rule) -> Self {
        Self { rule, ties: Ties::CostVotesId, sub_budgets: Vec::new(), top_up: false }
    }

    /// Equal Shares with this utility and completion, without a greedy fill.
    pub fn equal_shares(utility: Utility, completion: Completion) -> Self {
        Self::of(Rule::EqualShares { utility, completion, fill: false })
    }

    /// Whether the rule is one of the three greedy ones.
    pub fn is_greedy(&self) -> bool {
        !matches!(self.rule, Rule::EqualShares { .. })
    }

    /// The procedure in words that a program reads back: `equal-shares cost add1-overshoot ties=id top-up`.
    pub fn describe(&self) -> String {
        let mut text = self.rule.to_string();
        text.push_str(&format!(" ties={}", self.ties));
        for sub in &self.sub_budgets {
            let scope = if sub.scope == Scope::Theme { "theme" } else { "place" };
            text.push_str(&format!(" {scope}:{}={}", sub.name, sub.amount));
        }
        if self.top_up {
            text.push_str(" top-up");
        }
        text
    }
}

impl FromStr for Procedure {
    type Err = UnknownName;

    /// Reads what [`Procedure::describe`] writes; parts that are left out have their defaults (utility `cost`, completion
    /// `none`, ties `cost-votes-id`). Names of themes and places have no spaces here.
    fn from_str(text: &str) -> Result<Self, UnknownName> {
        let mut words = text.split_whitespace();
        let first = words.next().unwrap_or_default();
        let mut procedure = Self::of(match first {
            "greedy" => Rule::Greedy,
            "greedy-per-euro" => Rule::GreedyPerEuro,
            "greedy-stop" => Rule::GreedyStop,
            "equal-shares" => Rule::EqualShares { utility: Utility::Cost, completion: Completion::None, fill: false },
            _ => return unknown(first, "greedy, greedy-per-euro, greedy-stop, equal-shares"),
        });
        for word in words {
            if let Some(ties) = word.strip_prefix("ties=") {
                procedure.ties = ties.parse()?;
            } else if word == "top-up" {
                procedure.top_up = true;
            } else if let Some((scope, rest)) = word.split_once(':') {
                let scope = scope.parse()?;
                let amount = rest.rsplit_once('=').and_then(|(name, amount)| Some((name, amount.parse().ok()?)));
                let Some((name, amount)) = amount else { return unknown(word, "theme:NAME=AMOUNT, place:NAME=AMOUNT") };
                procedure.sub_budgets.push(SubBudget { scope, name: name.into(), amount });
            } else if let Rule::EqualShares { utility, completion, fill } = &mut procedure.rule {
                match (word.parse(), word.parse(), word) {
                    (Ok(named), ..) => *utility = named,
                    (_, Ok(named), _) => *completion = named,
                    (.., "fill") => *fill = true,
                    _ => {
                        return unknown(
                            word,
                            "cost, cardinality, none, add1-exhaustive, add1-overshoot, fill, ties=..., top-up",
                        );
                    }
                }
            } else {
                return unknown(word, "ties=..., theme:NAME=AMOUNT, place:NAME=AMOUNT, top-up");
            }
        }
        Ok(procedure)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Greedy => f.write_str("greedy"),
            Self::GreedyPerEuro => f.write_str("greedy-per-euro"),
            Self::GreedyStop => f.write_str("greedy-stop"),
            Self::EqualShares { utility, completion, fill } => {
                let utility = if *utility == Utility::Cost { "cost" } else { "cardinality" };
                write!(f, "equal-shares {utility} {completion}{}", if *fill { " fill" } else { "" })
            }
        }
    }
}

impl fmt::Display for Completion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Add1Exhaustive => "add1-exhaustive",
            Self::Add1Overshoot => "add1-overshoot",
        })
    }
}

impl fmt::Display for Ties {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CostVotesId => f.write_str("cost-votes-id"),
            Self::Id => f.write_str("id"),
            Self::Lot(seed) => write!(f, "lot:{seed}"),
        }
    }
}

/// A word that names no policy, rule or preset; shown with the words that do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{word}' is none of: {known}")]
pub struct UnknownName {
    /// What was given.
    pub word: String,
    /// What can be given.
    pub known: String,
}

fn unknown<T>(word: &str, known: impl Into<String>) -> Result<T, UnknownName> {
    Err(UnknownName { word: word.into(), known: known.into() })
}

impl FromStr for Ties {
    type Err = UnknownName;
    fn from_str(text: &str) -> Result<Self, UnknownName> {
        match text {
            "cost-votes-id" => Ok(Self::CostVotesId),
            "id" => Ok(Self::Id),
            _ => match text.strip_prefix("lot:") {
                Some(seed) if !seed.is_empty() => Ok(Self::Lot(seed.into())),
                _ => unknown(text, "cost-votes-id, id, lot:SEED"),
            },
        }
    }
}

impl FromStr for Completion {
    type Err = UnknownName;
    fn from_str(text: &str) -> Result<Self, UnknownName> {
        match text {
            "none" => Ok(Self::None),
            "add1-exhaustive" => Ok(Self::Add1Exhaustive),
            "add1-overshoot" => Ok(Self::Add1Overshoot),
            _ => unknown(text, "none, add1-exhaustive, add1-overshoot"),
        }
    }
}

impl FromStr for Scope {
    type Err = UnknownName;
    fn from_str(text: &str) -> Result<Self, UnknownName> {
        match text {
            "theme" => Ok(Self::Theme),
            "place" => Ok(Self::Place),
            _ => unknown(text, "theme, place"),
        }
    }
}

impl FromStr for Utility {
    type Err = UnknownName;
    fn from_str(text: &str) -> Result<Self, UnknownName> {
        match text {
            "cost" => Ok(Self::Cost),
            "cardinality" => Ok(Self::Cardinality),
            _ => unknown(text, "cost, cardinality"),
        }
    }
}

/// The presets a round can choose: name with version, and what it stands for. All top up from minimum to desired amounts
/// in the order plans won, which changes nothing where every plan asks one amount.
pub fn presets() -> Vec<(&'static str, Procedure)> {
    let shares = |utility, completion, fill| Rule::EqualShares { utility, completion, fill };
    [
        ("greedy/1", Rule::Greedy),
        ("greedy-per-euro/1", Rule::GreedyPerEuro),
        ("greedy-stop/1", Rule::GreedyStop),
        ("equal-shares/1", shares(Utility::Cost, Completion::Add1Overshoot, true)),
        ("equal-shares-plain/1", shares(Utility::Cost, Completion::None, false)),
        ("equal-shares-count/1", shares(Utility::Cardinality, Completion::Add1Overshoot, true)),
    ]
    .map(|(name, rule)| (name, Procedure { top_up: true, ..Procedure::of(rule) }))
    .into()
}

/// The preset of this name. Papers frozen before presets had versions say `greedy`, which is `greedy/1`.
///
/// # Errors
/// [`UnknownName`] with the names there are.
pub fn preset(name: &str) -> Result<Procedure, UnknownName> {
    let wanted = if name == "greedy" { "greedy/1" } else { name };
    let all = presets();
    match all.iter().find(|(known, _)| *known == wanted) {
        Some((_, procedure)) => Ok(procedure.clone()),
        None => unknown(name, all.iter().map(|(known, _)| *known).collect::<Vec<_>>().join(", ")),
    }
}
