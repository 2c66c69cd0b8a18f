//! Numbers for everyone: how much is offered and asked for, and what came of it.

use crate::{Conn, Row, StoreError, sql};
use domain::help::{KINDS, listed};

/// What came of the introductions that were agreed to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// Said yes to.
    pub agreed: i64,
    /// At least one of both says that it helped.
    pub helped: i64,
    /// Nobody says so, and at least one says that nothing came of it.
    pub nothing: i64,
}

/// Kinds of each row, with where it is.
fn kinds(rows: &[Row]) -> Result<Vec<(i64, Vec<&'static str>)>, StoreError> {
    rows.iter().map(|r| Ok((r.int("buurt_id")?, listed(&r.text("kinds")?, KINDS)))).collect()
}

/// Buurt and kinds of each open offer.
pub async fn kinds_of_offers(c: &mut Conn, today: i64) -> Result<Vec<(i64, Vec<&'static str>)>, StoreError> {
    kinds(
        &c.rows(
            sql!("SELECT buurt_id, kinds FROM help_offer WHERE paused = 0 AND hidden_why = '' AND (until_day IS NULL OR until_day >= $1)"),
            &[today.into()],
        )
        .await?,
    )
}

/// Buurt and kinds of everything that plans ask for, where everyone may see them.
pub async fn kinds_of_needs(c: &mut Conn) -> Result<Vec<(i64, Vec<&'static str>)>, StoreError> {
    kinds(
        &c.rows(
            sql!("SELECT i.buurt_id, n.kinds FROM plan_need n JOIN initiative i ON i.id = n.initiative_id WHERE i.state IN ('published', 'feasible', 'on_ballot', 'funded', 'reserve', 'not_funded', 'in_execution')"),
            &[],
        )
        .await?,
    )
}

/// Buurt and kinds of each introduction that was agreed to.
pub async fn kinds_of_introductions(c: &mut Conn) -> Result<Vec<(i64, Vec<&'static str>)>, StoreError> {
    kinds(&c.rows(sql!("SELECT buurt_id, kinds FROM introduction WHERE agreed_at IS NOT NULL"), &[]).await?)
}

fn counted(r: &Row) -> Result<Outcomes, StoreError> {
    Ok(Outcomes { agreed: r.int("agreed")?, helped: r.int("helped")?, nothing: r.int("in_vain")? })
}

/// Of the whole city.
pub async fn outcomes(c: &mut Conn) -> Result<Outcomes, StoreError> {
    counted(
        &c.one(
            sql!("SELECT COUNT(*) AS agreed, CAST(COALESCE(SUM(CASE WHEN helper_outcome = 'helped' OR plan_outcome = 'helped' THEN 1 ELSE 0 END), 0) AS BIGINT) AS helped, CAST(COALESCE(SUM(CASE WHEN helper_outcome <> 'helped' AND plan_outcome <> 'helped' AND (helper_outcome = 'nothing' OR plan_outcome = 'nothing') THEN 1 ELSE 0 END), 0) AS BIGINT) AS in_vain FROM introduction WHERE agreed_at IS NOT NULL"),
            &[],
        )
        .await?,
    )
}

/// Of each buurt in which somebody was introduced.
pub async fn introduced_by_buurt(c: &mut Conn) -> Result<Vec<(i64, Outcomes)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT buurt_id, COUNT(*) AS agreed, CAST(SUM(CASE WHEN helper_outcome = 'helped' OR plan_outcome = 'helped' THEN 1 ELSE 0 END) AS BIGINT) AS helped, CAST(SUM(CASE WHEN helper_outcome <> 'helped' AND plan_outcome <> 'helped' AND (helper_outcome = 'nothing' OR plan_outcome = 'nothing') THEN 1 ELSE 0 END) AS BIGINT) AS in_vain FROM introduction WHERE agreed_at IS NOT NULL GROUP BY buurt_id ORDER BY buurt_id"),
            &[],
        )
        .await?;
    rows.iter().map(|r| Ok((r.int("buurt_id")?, counted(r)?))).collect()
}
