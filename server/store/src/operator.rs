//! What whoever runs the platform looks at: leases of jobs, letters that wait, the schema, the database's own clock.

use crate::{Conn, StoreError, Unit, sql};

/// Leases of jobs: name, and until when it holds, in UTC seconds.
pub async fn leases(c: &mut Conn) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = c.rows(sql!("SELECT name, until FROM lease ORDER BY name"), &[]).await?;
    rows.iter().map(|r| Ok((r.text("name")?, r.int("until")?))).collect()
}

/// Letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Letters {
    /// Not sent yet.
    pub waiting: i64,
    /// When the oldest of those was written, in UTC seconds.
    pub oldest: Option<i64>,
    /// Given up after many tries.
    pub given_up: i64,
}

/// How the post stands.
pub async fn letters(c: &mut Conn) -> Result<Letters, StoreError> {
    let row = c
        .one(sql!("SELECT (SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL) AS waiting, (SELECT MIN(created_at) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL) AS oldest, (SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NOT NULL) AS given_up"), &[])
        .await?;
    Ok(Letters { waiting: row.int("waiting")?, oldest: row.opt_int("oldest")?, given_up: row.int("given_up")? })
}

/// Number of the newest migration that this database had.
pub async fn schema(c: &mut Conn) -> Result<i64, StoreError> {
    c.one(sql!("SELECT COALESCE(MAX(version), 0) AS version FROM _sqlx_migrations"), &[]).await?.int("version")
}

/// Lets go of every lease: of a copy that was put back, whose holders are elsewhere.
pub async fn free_leases(u: &mut Unit) -> Result<(), StoreError> {
    u.exec(sql!("DELETE FROM lease"), &[]).await.map(|_| ())
}
