//! Codes on paper that show where somebody lives.

use crate::{StoreError, Unit, sql};

/// Keeps a code by its hash.
pub async fn add_code(u: &mut Unit, hash: &[u8], buurt: i64, by: i64, at: i64, expires: i64) -> Result<(), StoreError> {
    u.exec(sql!("INSERT INTO residence_code (code_hash, buurt_id, issued_by, issued_at, expires_at) VALUES ($1, $2, $3, $4, $5)"), &[hash.into(), buurt.into(), by.into(), at.into(), expires.into()]).await.map(|_| ())
}

/// Uses a code up; gives its buurt, or `None` when it is not there, has run out or was used.
pub async fn use_code(u: &mut Unit, hash: &[u8], account: i64, at: i64) -> Result<Option<i64>, StoreError> {
    u.row(sql!("UPDATE residence_code SET used_by = $2, used_at = $3 WHERE code_hash = $1 AND used_at IS NULL AND expires_at > $3 RETURNING buurt_id"), &[hash.into(), account.into(), at.into()])
        .await?
        .map(|r| r.int("buurt_id"))
        .transpose()
}
