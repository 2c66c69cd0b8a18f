//! Networks from which somebody signed in to an account, by hash.

use crate::{Conn, StoreError, Unit, sql};

/// How long a network is known after a sign-in there, in seconds.
pub const TERM: i64 = 90 * domain::time::DAY;

/// Somebody signed in from there.
pub async fn seen(u: &mut Unit, account: i64, network_hash: &[u8], at: i64) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO known_network (account_id, network_hash, seen_at) VALUES ($1, $2, $3) ON CONFLICT (account_id, network_hash) DO UPDATE SET seen_at = excluded.seen_at"),
        &[account.into(), network_hash.into(), at.into()],
    )
    .await
    .map(|_| ())
}

/// Whether somebody signed in from there since.
pub async fn is_known(c: &mut Conn, account: i64, network_hash: &[u8], since: i64) -> Result<bool, StoreError> {
    Ok(c.row(
        sql!("SELECT seen_at FROM known_network WHERE account_id = $1 AND network_hash = $2 AND seen_at >= $3"),
        &[account.into(), network_hash.into(), since.into()],
    )
    .await?
    .is_some())
}
