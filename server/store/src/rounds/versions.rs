//! Versions of a round's texts and dates.

use crate::{Conn, Row, StoreError, Unit, sql};
use domain::round::{Change, Paper};
use domain::time::Seconds;

/// How a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionState {
    /// Waits for a second administrator.
    Proposed,
    /// Holds, or held until the next.
    Agreed,
    /// Was turned down.
    Refused,
}

impl VersionState {
    fn key(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Agreed => "agreed",
            Self::Refused => "refused",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        [Self::Proposed, Self::Agreed, Self::Refused].into_iter().find(|state| state.key() == key)
    }
}

/// A version: as opened, or a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// From 1.
    pub version: i64,
    /// How it stands.
    pub state: VersionState,
    /// Why.
    pub reason: String,
    /// What it changes.
    pub changes: Vec<Change>,
    /// Account of who proposed it.
    pub proposed_by: Option<i64>,
    /// When.
    pub proposed_at: Seconds,
    /// When it was agreed on or turned down.
    pub decided_at: Option<Seconds>,
    /// SHA-256 of the paper, where it was frozen.
    pub digest: Option<String>,
}

fn version(r: &Row) -> Result<Version, StoreError> {
    let corrupt = |column: &str| StoreError::Corrupt { column: column.into(), source: None };
    Ok(Version {
        version: r.int("version")?,
        state: VersionState::from_key(&r.text("state")?).ok_or_else(|| corrupt("state"))?,
        reason: r.text("reason")?,
        changes: serde_json::from_str(&r.text("changes")?).map_err(|_| corrupt("changes"))?,
        proposed_by: r.opt_int("proposed_by")?,
        proposed_at: r.int("proposed_at")?,
        decided_at: r.opt_int("decided_at")?,
        digest: r.opt_text("digest")?,
    })
}

/// All versions of a round, the first first.
pub async fn versions(c: &mut Conn, round: i64) -> Result<Vec<Version>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT version, state, reason, changes, proposed_by, proposed_at, decided_at, digest FROM paper_version WHERE round_id = $1 ORDER BY version"),
            &[round.into()],
        )
        .await?;
    rows.iter().map(version).collect()
}

/// The frozen paper of a version, as it was hashed.
pub async fn version_paper(c: &mut Conn, round: i64, version: i64) -> Result<Option<String>, StoreError> {
    let row = c
        .row(
            sql!("SELECT paper FROM paper_version WHERE round_id = $1 AND version = $2"),
            &[round.into(), version.into()],
        )
        .await?;
    Ok(row.map(|r| r.opt_text("paper")).transpose()?.flatten())
}

/// Writes a version: proposed, or agreed on from the start.
pub async fn add_version(u: &mut Unit, round: i64, new: &Version, changes: &str) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO paper_version (round_id, version, state, reason, changes, proposed_by, proposed_at, decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
        &[round.into(), new.version.into(), new.state.key().into(), new.reason.as_str().into(), changes.into(), new.proposed_by.into(), new.proposed_at.into(), new.decided_at.into()],
    )
    .await
    .map(|_| ())
}

/// Keeps the frozen paper of a version.
pub async fn set_version_paper(
    u: &mut Unit,
    round: i64,
    version: i64,
    paper: &str,
    digest: &str,
) -> Result<(), StoreError> {
    u.exec(
        sql!("UPDATE paper_version SET paper = $3, digest = $4 WHERE round_id = $1 AND version = $2"),
        &[round.into(), version.into(), paper.into(), digest.into()],
    )
    .await
    .map(|_| ())
}

/// Decides on a proposal; `false` when somebody was first.
pub async fn decide_version(
    u: &mut Unit,
    round: i64,
    version: i64,
    state: VersionState,
    (by, now): (Option<i64>, Seconds),
) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE paper_version SET state = $3, decided_by = $4, decided_at = $5 WHERE round_id = $1 AND version = $2 AND state = 'proposed'"),
        &[round.into(), version.into(), state.key().into(), by.into(), now.into()],
    )
    .await?
        == 1)
}

/// Makes a paper's texts and dates those of the round.
pub async fn set_texts(u: &mut Unit, round: i64, paper: &Paper) -> Result<(), StoreError> {
    u.exec(
        sql!("UPDATE round SET title = $2, intro = $3, voting_opens_at = $4, voting_closes_at = $5 WHERE id = $1"),
        &[
            round.into(),
            paper.title.as_str().into(),
            paper.intro.as_str().into(),
            paper.opens_at.into(),
            paper.closes_at.into(),
        ],
    )
    .await?;
    for plan in &paper.plans {
        u.exec(
            sql!("UPDATE paper_plan SET title = $3, summary = $4 WHERE round_id = $1 AND initiative_id = $2"),
            &[round.into(), plan.id.into(), plan.title.as_str().into(), plan.summary.as_str().into()],
        )
        .await?;
    }
    Ok(())
}

/// Puts another version of the frozen paper in the place of the one with this digest.
pub async fn refreeze(u: &mut Unit, round: i64, was: &str, (paper, digest): (&str, &str)) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE round SET paper = $3, paper_digest = $4 WHERE id = $1 AND paper_digest = $2"),
        &[round.into(), was.into(), paper.into(), digest.into()],
    )
    .await?
        == 1)
}
