//! What is remarked on a file that can be used.

use super::error::Place;

/// How many warnings of one kind are given; one more tells how many there are besides.
const MOST: u64 = 20;

/// Something in a `.pb` file that a careful reader wants to know; it can be counted all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Line where the row begins, from 1; 0 where there is none.
    pub line: u64,
    /// Column, key of META or section; may be empty.
    pub field: String,
    /// What it is.
    pub kind: WarningKind,
}

impl std::fmt::Display for Warning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", Place(self.line, &self.field), self.kind)
    }
}

/// What is remarked; `Display` gives a sentence (that of an error, without being one).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WarningKind {
    /// Bytes that are no UTF-8, in a field that does not count.
    #[error("this field is not UTF-8; what could not be read was replaced")]
    NotUtf8,
    /// `"nice" plan`.
    #[error("text follows a closing quote; the quotes were dropped")]
    TextAfterQuote,
    /// `;` in a value of META.
    #[error("the value holds `;` without quotes; it was taken whole")]
    ValueJoined,
    /// Nothing but `;` where a ballot could stand.
    #[error("nothing stands between the `;`; this is not counted as a ballot")]
    RowSkipped,
    /// Fewer fields than the header has columns.
    #[error("this row has {fields} fields where the header has {columns}; the others were taken to be empty")]
    RowShort {
        /// In the row.
        fields: usize,
        /// In the header.
        columns: usize,
    },
    /// `1.234`: could be thousands.
    #[error("`{0}` was read with three decimals, because a point stands before decimals in this format")]
    ThreeDecimals(String),
    /// Not a number, or one that is not understood, where it only serves a check.
    #[error("`{0}` could not be read, so nothing was checked with it")]
    Unchecked(String),
    /// `num_projects` or `num_votes` says something else.
    #[error("it says {says}, and there are {are}")]
    CountDiffers {
        /// In META.
        says: String,
        /// In the file.
        are: u64,
    },
    /// `votes` or `score` of a plan says something else than the ballots.
    #[error("`{says}` stands here for plan `{id}`, and the ballots give {are}; the ballots count")]
    SumDiffers {
        /// The plan.
        id: String,
        /// In PROJECTS.
        says: String,
        /// From the ballots.
        are: String,
    },
    /// `withdrawn` is neither 0 nor 1.
    #[error("`{0}` is neither 0 nor 1; this plan takes part")]
    NotWithdrawn(String),
    /// A plan twice on one ballot.
    #[error("plan `{0}` stands twice on this ballot; it counts once, as it stands first")]
    PlanTwice(String),
    /// The vote `none`.
    #[error("`none` was taken for an empty ballot")]
    NoneVote,
    /// A voter twice; both ballots count.
    #[error("voter `{id}` stands on line {first} too; both ballots count")]
    VoterTwice {
        /// The voter.
        id: String,
        /// Line of the first.
        first: u64,
    },
    /// A ballot against the rules in META.
    #[error("this ballot has {has} where {bound} is {limit}; it counts as it is")]
    Bound {
        /// Key in META.
        bound: &'static str,
        /// Its value.
        limit: String,
        /// The ballot's.
        has: String,
    },
    /// The closing line of one kind.
    #[error("... and {count} more: {about}")]
    More {
        /// How many were left out.
        count: u64,
        /// The kind.
        about: &'static str,
    },
}

impl WarningKind {
    /// What they are counted under.
    fn about(&self) -> &'static str {
        match self {
            Self::NotUtf8 => "not UTF-8",
            Self::TextAfterQuote => "text after a closing quote",
            Self::ValueJoined => "`;` in a value of META",
            Self::RowSkipped => "rows of nothing but `;`",
            Self::RowShort { .. } => "short rows",
            Self::ThreeDecimals(_) => "three decimals",
            Self::Unchecked(_) => "could not be read",
            Self::CountDiffers { .. } => "other numbers",
            Self::SumDiffers { .. } => "other sums",
            Self::NotWithdrawn(_) => "neither 0 nor 1",
            Self::PlanTwice(_) => "plans twice on a ballot",
            Self::NoneVote => "ballots `none`",
            Self::VoterTwice { .. } => "voters twice",
            Self::Bound { bound, .. } => bound,
            Self::More { about, .. } => about,
        }
    }
}

/// Gathers warnings, [`MOST`] of each kind.
#[derive(Debug, Default)]
pub(super) struct Warnings {
    list: Vec<Warning>,
    counts: Vec<(&'static str, u64)>,
}

impl Warnings {
    pub fn add(&mut self, line: u64, field: &str, kind: WarningKind) {
        let about = kind.about();
        let at = self.counts.iter().position(|(known, _)| *known == about).unwrap_or_else(|| {
            self.counts.push((about, 0));
            self.counts.len() - 1
        });
        self.counts[at].1 += 1;
        if self.counts[at].1 <= MOST {
            self.list.push(Warning { line, field: super::error::clip(field.trim()), kind });
        }
    }

    /// All of them, with the closing lines at the end.
    pub fn finish(mut self) -> Vec<Warning> {
        for (about, count) in self.counts {
            if let Some(count) = count.checked_sub(MOST).filter(|more| *more > 0) {
                self.list.push(Warning { line: 0, field: String::new(), kind: WarningKind::More { count, about } });
            }
        }
        self.list
    }
}
