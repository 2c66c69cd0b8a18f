//! Budget lines by version, and the ceiling of the share.

use crate::{Conn, Row, StoreError, Unit, sql};
use domain::budget::Amount;
use domain::money::Cents;

/// Year under which one-off investments are kept.
pub const INVESTMENTS: i64 = 0;

/// One cell of the budget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Programme.
    pub programme_id: i64,
    /// Programme's name.
    pub programme: String,
    /// The programme is the residents' own ('Bewonersparticipatie').
    pub earmarked: bool,
    /// Wijk; `None` for joint lines of the city.
    pub wijk_id: Option<i64>,
    /// Budget year, or [`INVESTMENTS`].
    pub year: i64,
    /// What was printed.
    pub amount: Amount,
}

fn line(r: &Row) -> Result<Line, StoreError> {
    let amount = match r.text("status")?.as_str() {
        "known" => Amount::Known(Cents(r.int("amount")?)),
        "pm" => Amount::Pm,
        _ => Amount::Empty,
    };
    Ok(Line {
        programme_id: r.int("programme_id")?,
        programme: r.text("programme")?,
        earmarked: r.flag("earmarked")?,
        wijk_id: r.opt_int("wijk_id")?,
        year: r.int("year")?,
        amount,
    })
}

/// Every line of the newest version.
pub async fn lines(c: &mut Conn) -> Result<Vec<Line>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT l.programme_id, p.name AS programme, p.earmarked, l.wijk_id, l.year, l.status, l.amount FROM budget_line l JOIN programme p ON p.id = l.programme_id WHERE l.version_id = (SELECT MAX(id) FROM budget_version) ORDER BY p.id, l.id"),
            &[],
        )
        .await?;
    rows.iter().map(line).collect()
}

/// Whether a file of this digest was imported before.
pub async fn version_by_digest(c: &mut Conn, digest: &str) -> Result<Option<i64>, StoreError> {
    c.row(sql!("SELECT id FROM budget_version WHERE digest = $1"), &[digest.into()])
        .await?
        .map(|r| r.int("id"))
        .transpose()
}

/// Opens a new version.
pub async fn add_version(u: &mut Unit, source: &str, digest: &str, at: i64) -> Result<i64, StoreError> {
    u.one(
        sql!("INSERT INTO budget_version (source, digest, imported_at) VALUES ($1, $2, $3) RETURNING id"),
        &[source.into(), digest.into(), at.into()],
    )
    .await?
    .int("id")
}

/// Adds a line to a version.
pub async fn add_line(
    u: &mut Unit,
    version: i64,
    programme: i64,
    wijk: Option<i64>,
    year: i64,
    amount: Amount,
) -> Result<(), StoreError> {
    let status = match amount {
        Amount::Known(_) => "known",
        Amount::Pm => "pm",
        Amount::Empty => "empty",
    };
    u.exec(
        sql!("INSERT INTO budget_line (version_id, programme_id, wijk_id, year, status, amount) VALUES ($1, $2, $3, $4, $5, $6)"),
        &[version.into(), programme.into(), wijk.into(), year.into(), status.into(), amount.known().into()],
    )
    .await
    .map(|_| ())
}

/// Ceiling in basis points of a wijk and year.
pub async fn basis_points(c: &mut Conn, wijk: i64, year: i64) -> Result<i64, StoreError> {
    let row = c
        .row(sql!("SELECT basis_points FROM share_rule WHERE wijk_id = $1 AND year = $2"), &[wijk.into(), year.into()])
        .await?;
    row.map_or(Ok(domain::budget::DEFAULT_BASIS_POINTS), |r| r.int("basis_points"))
}

/// Lowers or raises the ceiling of a wijk and year.
pub async fn set_basis_points(u: &mut Unit, wijk: i64, year: i64, points: i64, reason: &str) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO share_rule (wijk_id, year, basis_points, reason) VALUES ($1, $2, $3, $4) ON CONFLICT (wijk_id, year) DO UPDATE SET basis_points = excluded.basis_points, reason = excluded.reason"),
        &[wijk.into(), year.into(), points.into(), reason.into()],
    )
    .await
    .map(|_| ())
}

/// A ceiling that was set, with its reason: wijk, basis points, words.
pub async fn ceilings(c: &mut Conn, year: i64) -> Result<Vec<(i64, i64, String)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT wijk_id, basis_points, reason FROM share_rule WHERE year = $1 ORDER BY wijk_id"),
            &[year.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((r.int("wijk_id")?, r.int("basis_points")?, r.text("reason")?))).collect()
}

/// A version of the budget file: id and when it came in, the newest first.
pub async fn versions(c: &mut Conn) -> Result<Vec<(i64, i64)>, StoreError> {
    let rows = c.rows(sql!("SELECT id, imported_at FROM budget_version ORDER BY id DESC"), &[]).await?;
    rows.iter().map(|r| Ok((r.int("id")?, r.int("imported_at")?))).collect()
}

/// Every line of one version.
pub async fn lines_of(c: &mut Conn, version: i64) -> Result<Vec<Line>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT l.programme_id, p.name AS programme, p.earmarked, l.wijk_id, l.year, l.status, l.amount FROM budget_line l JOIN programme p ON p.id = l.programme_id WHERE l.version_id = $1 ORDER BY p.id, l.id"),
            &[version.into()],
        )
        .await?;
    rows.iter().map(line).collect()
}
