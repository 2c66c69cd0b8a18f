//! Why a file cannot be used.

use crate::tally::Limit;
use std::fmt;

/// Why a `.pb` file cannot be used, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{kind}", Place(*.line, .field))]
pub struct PbError {
    /// Line where the row begins, from 1; 0 where there is none (an empty file, no META, a [`super::Pb`] from no file).
    pub line: u64,
    /// Column, key of META or section; may be empty.
    pub field: String,
    /// What is wrong.
    pub kind: PbErrorKind,
}

impl PbError {
    pub(super) fn new(line: u64, field: &str, kind: PbErrorKind) -> Self {
        Self { line, field: clip(field.trim()), kind }
    }
}

/// What is wrong; each reads as a sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PbErrorKind {
    /// No text at all.
    #[error("the file is empty; choose a .pb file with the sections META, PROJECTS and VOTES")]
    Empty,
    /// Something else than META on top, or no META anywhere.
    #[error(
        "the file does not begin with a line META; choose a .pb file, or write META and `key;value` above its first pair"
    )]
    NoMeta,
    /// A text file in UTF-16.
    #[error("the file is in UTF-16; save it as UTF-8")]
    Utf16,
    /// PROJECTS or VOTES is not there.
    #[error("this section is missing; write its name alone on a line and its header below it")]
    MissingSection,
    /// A section's name without a header.
    #[error(
        "no header follows the name of this section; write its columns on the next line, such as `key;value` below META"
    )]
    MissingHeader,
    /// The same section again.
    #[error("this section began on line {first} already; put its rows together under one header")]
    SectionTwice {
        /// Line of the first.
        first: u64,
    },
    /// A column that must be there is not.
    #[error("the header has no such column; add it with a value in each row")]
    MissingColumn,
    /// A column whose values count stands twice.
    #[error("the header has this column twice; keep the one that counts")]
    ColumnTwice,
    /// A header without end.
    #[error("the header has more than a thousand columns; check what stands on this line")]
    TooManyColumns,
    /// META without end.
    #[error("META has more than ten thousand rows; check that PROJECTS stands alone on its line")]
    TooManyPairs,
    /// A quote that is opened and not closed; the text after it.
    #[error(
        "the quote before `{0}` is not closed where its field ends; close it, or double each quote that belongs to the text"
    )]
    UnclosedQuote(String),
    /// More fields than the header has columns.
    #[error("this row has {fields} fields where the header has {columns}; put a field that holds `;` in double quotes")]
    TooManyFields {
        /// In the row.
        fields: usize,
        /// In the header.
        columns: usize,
    },
    /// Bytes that are no text, in what tells plans or voters apart.
    #[error("this field is not UTF-8; save the file as UTF-8")]
    NotUtf8,
    /// A single row of megabytes.
    #[error("this row is longer than 4 MiB; check that its quotes and line ends are right")]
    RecordTooLong,
    /// More bytes than are read.
    #[error("the file is larger than {0} bytes; leave out the columns that do not count")]
    FileTooLarge(u64),
    /// More plans than can be counted.
    #[error("there are more than {} plans; split the election", Limit::PLANS)]
    TooManyPlans,
    /// More voters than can be counted.
    #[error("there are more than {} ballots; split the election", Limit::VOTERS)]
    TooManyVoters,
    /// The source itself failed.
    #[error("the file could not be read to its end ({0}); try again")]
    Source(std::io::ErrorKind),

    /// META lacks what the count needs.
    #[error("META has no value for it; add a row with this key and its value")]
    MissingValue,
    /// The same key of META with another value.
    #[error("line {first} gives it another value; keep the right one")]
    TwoValues {
        /// Line of the first.
        first: u64,
    },
    /// None of the five.
    #[error("there is no vote_type `{0}`; write approval, choose-1, ordinal, cumulative or scoring")]
    UnknownVoteType(String),
    /// No number.
    #[error("`{0}` is not a number; write digits, with a point before the decimals")]
    NotANumber(String),
    /// Below zero.
    #[error("`{0}` is below zero; write 0 or more")]
    Negative(String),
    /// A comma before three digits.
    #[error(
        "`{0}` can mean thousands or three decimals; write it without the comma, or with a point before the decimals"
    )]
    Ambiguous(String),
    /// Beyond what is counted.
    #[error(
        "`{0}` is too large or too exact to be counted; amounts may have up to 15 digits, the decimals of all amounts included"
    )]
    AmountTooLarge(String),
    /// More than six decimals.
    #[error("`{0}` has more than six decimals; round it")]
    TooManyDecimals(String),
    /// A plan without an id.
    #[error("this plan has no id; give it one")]
    EmptyId,
    /// An id that no ballot can name.
    #[error("the id `{0}` has a comma, which stands between plans on a ballot; give the plan another id")]
    CommaInId(String),
    /// Two plans with one id.
    #[error("the plan on line {first} has the id `{id}` too; give each plan its own")]
    PlanTwice {
        /// The id.
        id: String,
        /// Line of the first.
        first: u64,
    },
    /// `desired` is less than `cost`.
    #[error("`{0}` is less than the cost; write at least the cost, or nothing")]
    DesiredBelowCost(String),
    /// A ballot names a plan that is not there.
    #[error("no plan has the id `{0}`; correct it, or add the plan to PROJECTS")]
    UnknownPlan(String),
    /// A gap in a list whose order counts.
    #[error("nothing stands between two commas; write the id of a plan there, or take one comma away")]
    EmptyPick,
    /// Two plans on a ballot for one.
    #[error("this ballot names {0} plans where vote_type is choose-1; keep one, or write approval as vote_type")]
    ChoseMore(usize),
    /// Not a number for each plan.
    #[error("this ballot names {plans} plans and gives {points} numbers of points; write one for each plan")]
    PointsDiffer {
        /// Plans in `vote`.
        plans: usize,
        /// Numbers in `points`.
        points: usize,
    },
    /// Points below zero.
    #[error("`{0}` is below zero, and negative points are not counted here; count this election elsewhere")]
    NegativePoints(String),
    /// Beyond what is counted.
    #[error("`{0}` is too large or too exact to be counted; points may go up to {max}, the decimals of all points included", max = Limit::SCORE)]
    PointsTooLarge(String),
    /// Points for plans that a ballot does not name.
    #[error("a default_score of `{0}` is not counted here; write the points into the ballots, and 0")]
    DefaultScore(String),
    /// `max_length` is needed for ordinal ballots and unusable.
    #[error("`{0}` cannot be used for what places on a ballot are worth; write a whole number from 1 to {max}, or leave this row out", max = Limit::SCORE)]
    BadLength(String),
}

/// Where, as the beginning of a sentence.
pub(super) struct Place<'a>(pub u64, pub &'a str);

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0, self.1) {
            (0, "") => Ok(()),
            (0, field) => write!(f, "{field}: "),
            (line, "") => write!(f, "line {line}: "),
            (line, field) => write!(f, "line {line}, {field}: "),
        }
    }
}

/// What stands in a message of a text that may be anything: not too long, and on one line.
pub(super) fn clip(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut short: String = text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}
