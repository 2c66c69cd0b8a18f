//! Counts of a round and their explanations.

use crate::{Conn, StoreError, Unit, sql};
use domain::time::Seconds;

/// A counted result.
#[derive(Clone, Debug)]
pub struct RoundResult {
    /// Version of the count.
    pub version: i64,
    /// [`domain::round::Outcome`] as JSON.
    pub outcome: String,
    /// When it was counted.
    pub counted_at: Seconds,
    /// When it was published.
    pub published_at: Option<Seconds>,
}

/// The newest count of a round.
pub async fn result(c: &mut Conn, round: i64) -> Result<Option<RoundResult>, StoreError> {
    c.row(sql!("SELECT version, outcome, counted_at, published_at FROM round_result WHERE round_id = $1 ORDER BY version DESC LIMIT 1"), &[round.into()])
        .await?
        .as_ref()
        .map(read_result)
        .transpose()
}

/// The count that was published.
pub async fn published_result(c: &mut Conn, round: i64) -> Result<Option<RoundResult>, StoreError> {
    c.row(sql!("SELECT version, outcome, counted_at, published_at FROM round_result WHERE round_id = $1 AND published_at IS NOT NULL ORDER BY version DESC LIMIT 1"), &[round.into()])
        .await?
        .as_ref()
        .map(read_result)
        .transpose()
}

fn read_result(r: &crate::Row) -> Result<RoundResult, StoreError> {
    Ok(RoundResult {
        version: r.int("version")?,
        outcome: r.text("outcome")?,
        counted_at: r.int("counted_at")?,
        published_at: r.opt_int("published_at")?,
    })
}

/// Keeps a count, and why it was made again.
pub async fn add_result(
    u: &mut Unit,
    round: i64,
    version: i64,
    (outcome, reason): (&str, &str),
    now: Seconds,
) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO round_result (round_id, version, outcome, counted_at, reason) VALUES ($1, $2, $3, $4, $5)"),
        &[round.into(), version.into(), outcome.into(), now.into(), reason.into()],
    )
    .await
    .map(|_| ())
}

/// Publishes a count; `false` when it was published before.
pub async fn publish_result(u: &mut Unit, round: i64, version: i64, now: Seconds) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE round_result SET published_at = $3 WHERE round_id = $1 AND version = $2 AND published_at IS NULL"),
        &[round.into(), version.into(), now.into()],
    )
    .await?
        == 1)
}

/// Newest counts that nobody has explained yet, as (slug of the round, version).
pub async fn unexplained(c: &mut Conn) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT r.slug AS slug, x.version AS version FROM round_result x JOIN round r ON r.id = x.round_id WHERE NOT EXISTS (SELECT 1 FROM round_explanation e WHERE e.round_id = x.round_id AND e.version = x.version) AND NOT EXISTS (SELECT 1 FROM round_result y WHERE y.round_id = x.round_id AND y.version > x.version) ORDER BY x.round_id"),
            &[],
        )
        .await?;
    rows.iter().map(|r| Ok((r.text("slug")?, r.int("version")?))).collect()
}

/// Keeps the explanation of a count ([`domain::round::Explanation`] as JSON); another process may have been first.
pub async fn add_explanation(
    u: &mut Unit,
    round: i64,
    version: i64,
    explanation: &str,
    now: Seconds,
) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO round_explanation (round_id, version, explanation, computed_at) VALUES ($1, $2, $3, $4) ON CONFLICT (round_id, version) DO NOTHING"),
        &[round.into(), version.into(), explanation.into(), now.into()],
    )
    .await
    .map(|_| ())
}

/// The explanation of a count, once it is there.
pub async fn explanation(c: &mut Conn, round: i64, version: i64) -> Result<Option<String>, StoreError> {
    c.row(
        sql!("SELECT explanation FROM round_explanation WHERE round_id = $1 AND version = $2"),
        &[round.into(), version.into()],
    )
    .await?
    .map(|r| r.text("explanation"))
    .transpose()
}
