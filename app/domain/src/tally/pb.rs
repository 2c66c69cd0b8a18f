//! The `.pb` format of Pabulib: three tables (META, PROJECTS, VOTES) in one text file with `;` between fields.
//!
//! [`read()`] takes any bytes and gives a [`Pb`] with every field as it was written, or an error with its line.
//! [`Pb::election`] makes of it what is counted; wherever it would have to guess something that can change a winner, it
//! gives an error that says what to write instead. [`write()`] puts a [`Pb`] into a file again.
//!
//! # How a file is read
//!
//! * UTF-8, with or without a byte order mark; lines end with LF, CRLF or CR (U+2028 is a character like any other). Bytes
//!   that are no UTF-8 become U+FFFD with a warning, and are an error in the id of a plan, the id of a voter, or a vote.
//! * A field that begins with `"` runs to the next `"` that is not doubled, over line breaks too; elsewhere `"` is a
//!   character like any other. A quote that is never closed is an error, so that it cannot swallow the rows below it.
//! * A section begins where its name stands alone on a line (in any case) and its header follows; a row of a voter called
//!   `votes` or a plan called `PROJECTS` is a row. Sections may come in any order, each once.
//! * Blank lines, empty fields at the end of a row and rows of nothing but `;` are nothing. Missing fields at the end are
//!   empty, with a warning; fields beyond the header are an error, because a `;` too many moves all that follows. In META
//!   they are part of the value, and in PROJECTS of the name, where that moves nothing that decides.
//! * Names of sections, columns and keys are compared without surrounding spaces and in any case, ids without surrounding
//!   spaces.

mod amounts;
mod ballots;
mod bounds;
mod error;
mod number;
mod read;
mod records;
mod rows;
mod settings;
#[cfg(test)]
mod tests;
mod voters;
mod warning;
mod write;

pub use error::{PbError, PbErrorKind};
pub use read::{MOST_BYTES, read};
pub use rows::{Row, Rows};
pub use warning::{Warning, WarningKind};
pub use write::write;

use super::ballots::RankWeights;
use super::{Election, Limit};
use warning::Warnings;

/// A `.pb` file: every field of it, as written.
///
/// Two are equal when they hold the same fields; where in a file they stood, and what was remarked on it, does not matter.
#[derive(Clone, Debug, Default)]
pub struct Pb {
    /// META, in order: keys and values.
    pub meta: Vec<(String, String)>,
    /// Header of PROJECTS.
    pub project_columns: Vec<String>,
    /// PROJECTS.
    pub projects: Rows,
    /// Header of VOTES.
    pub vote_columns: Vec<String>,
    /// VOTES.
    pub votes: Rows,
    /// What reading remarked.
    pub warnings: Vec<Warning>,
    lines: Lines,
}

/// Where things stood in the file; 0 where there was none.
#[derive(Clone, Debug, Default)]
struct Lines {
    meta: u64,
    pairs: Vec<u64>,
    projects: u64,
    votes: u64,
}

impl PartialEq for Pb {
    fn eq(&self, other: &Self) -> bool {
        self.meta == other.meta
            && self.project_columns == other.project_columns
            && self.projects == other.projects
            && self.vote_columns == other.vote_columns
            && self.votes == other.votes
    }
}

impl Eq for Pb {}

/// How people voted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoteType {
    /// Any number of plans, equal among themselves.
    Approval,
    /// One plan.
    ChooseOne,
    /// Plans in order of preference.
    Ordinal,
    /// Points from a purse.
    Cumulative,
    /// Points for each plan.
    Scoring,
}

impl VoteType {
    /// As META has it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Approval => "approval",
            Self::ChooseOne => "choose-1",
            Self::Ordinal => "ordinal",
            Self::Cumulative => "cumulative",
            Self::Scoring => "scoring",
        }
    }

    /// From META; `None` when it is none of the five.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Approval, Self::ChooseOne, Self::Ordinal, Self::Cumulative, Self::Scoring]
            .into_iter()
            .find(|kind| kind.key().eq_ignore_ascii_case(key.trim()))
    }

    /// Whether ballots come with points.
    pub fn has_points(self) -> bool {
        matches!(self, Self::Cumulative | Self::Scoring)
    }
}

/// What the file leaves open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What places on ordinal ballots are worth. Places are counted without a plan's second mention; `most` is `max_length`
    /// in META, or else the number of plans. A place beyond it gives nothing.
    pub ranking: RankWeights,
}

impl Pb {
    /// The value of `key` in META without surrounding spaces; the first one where it stands more than once.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.meta.iter().find(|(name, _)| is_named(name, key)).map(|(_, value)| value.trim())
    }

    /// Gives `key` in META this value, at the end where it is new.
    pub fn set(&mut self, key: &str, value: impl Into<String>) {
        match self.meta.iter_mut().find(|(name, _)| is_named(name, key)) {
            Some((_, old)) => *old = value.into(),
            None => self.meta.push((key.into(), value.into())),
        }
    }

    /// How people voted.
    ///
    /// # Errors
    /// META has no `vote_type`, or one that does not exist.
    pub fn vote_type(&self) -> Result<VoteType, PbError> {
        let setting = self.required_setting("vote_type")?;
        VoteType::from_key(setting.text).ok_or_else(|| {
            PbError::new(setting.line, "vote_type", PbErrorKind::UnknownVoteType(error::clip(setting.text)))
        })
    }

    /// What is counted, and what was remarked on the way.
    ///
    /// Amounts are exact: `Election::decimals` is the largest number of decimals that the budget or a cost needs (`7.50`
    /// needs one), and all amounts are whole numbers of that unit. Points are scaled alike: all by the same power of ten.
    ///
    /// # Errors
    /// Whatever would have to be guessed and could change a winner; each error has the line.
    pub fn election(&self, options: &Options) -> Result<(Election, Vec<Warning>), PbError> {
        let mut warnings = Warnings::default();
        let vote_type = self.vote_type()?;
        self.refuse_default_score()?;
        let amounts = amounts::read(self, &mut warnings)?;
        let scored = vote_type.has_points() || vote_type == VoteType::Ordinal;
        let profile = ballots::count(self, vote_type, options.ranking, &amounts, &mut warnings)?;
        let election =
            Election { budget: amounts.budget, decimals: amounts.decimals, plans: amounts.plans, scored, profile };
        Ok((election, warnings.finish()))
    }
}

/// An amount as it may stand in a file, in units of 10^-`decimals`; `None` where it is none, has more decimals than that, or
/// is more than can be counted.
pub fn amount(text: &str, decimals: u32) -> Option<i64> {
    number::amount(text).ok().and_then(|(number, _)| number.scaled(decimals, Limit::AMOUNT))
}

/// Names of sections, columns and keys: spaces around them and capitals do not matter.
fn is_named(written: &str, name: &str) -> bool {
    written.trim().eq_ignore_ascii_case(name)
}

/// Where the column `name` stands in a header on `line`.
///
/// # Errors
/// It stands there twice.
fn column(columns: &[String], name: &'static str, line: u64) -> Result<Option<usize>, PbError> {
    let mut places = (0..columns.len()).filter(|at| is_named(&columns[*at], name));
    let first = places.next();
    match places.next() {
        Some(_) => Err(PbError::new(line, name, PbErrorKind::ColumnTwice)),
        None => Ok(first),
    }
}

/// The same for a column that must be there.
fn required_column(columns: &[String], name: &'static str, line: u64) -> Result<usize, PbError> {
    column(columns, name, line)?.ok_or_else(|| PbError::new(line, name, PbErrorKind::MissingColumn))
}
