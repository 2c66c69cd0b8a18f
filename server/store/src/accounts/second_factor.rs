//! The authenticator app and its recovery codes.

use crate::{StoreError, Unit, sql};

/// Keeps the app's secret with the step just used; older recovery codes go.
pub async fn set(u: &mut Unit, account: i64, secret: &[u8], step: i64, at: i64) -> Result<(), StoreError> {
    u.exec(sql!("DELETE FROM recovery_code WHERE account_id = $1"), &[account.into()]).await?;
    u.exec(
        sql!("UPDATE account SET totp_secret = $2, totp_at = $3, totp_last_step = $4 WHERE id = $1"),
        &[account.into(), secret.into(), at.into(), step.into()],
    )
    .await
    .map(|_| ())
}

/// Uses a time step; `false` when it, or a later one, was used before.
pub async fn use_step(u: &mut Unit, account: i64, step: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE account SET totp_last_step = $2 WHERE id = $1 AND totp_last_step < $2"),
        &[account.into(), step.into()],
    )
    .await?
        == 1)
}

/// Keeps a recovery code by its hash.
pub async fn add_recovery_code(u: &mut Unit, account: i64, hash: &[u8]) -> Result<(), StoreError> {
    u.exec(sql!("INSERT INTO recovery_code (account_id, code_hash) VALUES ($1, $2)"), &[account.into(), hash.into()])
        .await
        .map(|_| ())
}

/// Uses a recovery code; `false` when there is no such code, or it was used.
pub async fn use_recovery_code(u: &mut Unit, account: i64, hash: &[u8], at: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE recovery_code SET used_at = $3 WHERE account_id = $1 AND code_hash = $2 AND used_at IS NULL"),
        &[account.into(), hash.into(), at.into()],
    )
    .await?
        == 1)
}

/// The second factor was shown in this session, which goes on under a new token.
pub async fn shown(u: &mut Unit, account: i64, old: &[u8], new: &[u8], at: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE session SET token_hash = $3, second_factor_at = $4 WHERE token_hash = $2 AND account_id = $1"),
        &[account.into(), old.into(), new.into(), at.into()],
    )
    .await?
        == 1)
}
