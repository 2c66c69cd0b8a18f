//! The JSON files of a bundle, as `docs/verify.md` describes them.

use domain::time::Seconds;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The format that this program writes and reads.
pub const FORMAT: &str = "fijnebuurt-round/1";

/// `index.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// [`FORMAT`].
    pub format: String,
    /// The round's slug.
    pub round: String,
    /// Every other entry, in order.
    pub files: Vec<Entry>,
}

/// A file of the bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Name.
    pub name: String,
    /// Length.
    pub bytes: u64,
    /// Digest.
    pub sha256: String,
}

/// `round.json`: the round beside its paper and its result.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Slug.
    pub round: String,
    /// Title.
    pub title: String,
    /// Name of the buurt.
    pub buurt: String,
    /// Of all files.
    pub licence: String,
    /// Digest of `paper.json`.
    pub paper_sha256: String,
    /// Versions since the opening, in order.
    pub papers: Vec<PaperVersion>,
    /// When voting opened.
    pub opened_at: Option<Seconds>,
    /// When the box was closed.
    pub closed_at: Option<Seconds>,
    /// When this result was counted.
    pub counted_at: Seconds,
    /// Every count.
    pub counts: Vec<Counted>,
    /// Voters on the roll.
    pub roll: u64,
    /// Ballots of the box.
    pub turnout: u64,
    /// Valid sheets of paper.
    pub sheets: u64,
    /// Codes closed for paper.
    pub paper_codes: u64,
    /// Ballots without a voter on the roll; not counted.
    pub stray: u64,
    /// Codes made anew.
    pub codes_reissued: u64,
    /// What stood out.
    pub anomalies: BTreeMap<String, i64>,
    /// Whether there are lists.
    pub receipts: bool,
    /// Withdrawn after the paper was frozen.
    pub withdrawn: Vec<i64>,
    /// Secrets of the lot.
    pub lots: Vec<Lot>,
    /// Seed of the lot.
    pub seed: Option<String>,
    /// About whole ballots.
    pub whole_ballots: Whole,
}

/// A version of the paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperVersion {
    /// Number.
    pub version: i64,
    /// Since when.
    pub at: Seconds,
    /// Why it was changed; empty for the first.
    pub reason: String,
    /// Digest.
    pub paper_sha256: String,
}

/// A count that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Number.
    pub version: i64,
    /// When.
    pub at: Seconds,
    /// Why it was made again; empty for the first.
    pub reason: String,
}

/// A secret of the lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    /// Digest.
    pub digest: String,
    /// The secret; null where it was lost.
    pub secret: Option<String>,
}

/// Whether whole ballots are published, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// They are.
    pub published: bool,
    /// Ballots like no other, of how many.
    pub unique: [u64; 2],
    /// The rate up to which they are published.
    pub limit: [u64; 2],
    /// Why two administrators decided so, where it is above.
    pub reason: String,
}
