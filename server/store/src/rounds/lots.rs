//! Secrets of which a lot is drawn.

use crate::{Conn, StoreError, Unit, sql};
use domain::round::LotShare;
use domain::time::Seconds;

/// One administrator's part in the lot of a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot {
    /// Account.
    pub account: i64,
    /// Name of that account.
    pub name: String,
    /// Digest of the secret, and the secret once revealed.
    pub share: LotShare,
    /// Nobody has the secret any more.
    pub lost: bool,
}

impl Lot {
    /// Revealed, or known to be lost.
    pub fn is_settled(&self) -> bool {
        self.lost || self.share.secret.is_some()
    }
}

/// The parts of a round's lot, in the order given.
pub async fn lots(c: &mut Conn, round: i64) -> Result<Vec<Lot>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT l.account_id, a.name, l.digest, l.secret, l.lost FROM round_lot l JOIN account a ON a.id = l.account_id WHERE l.round_id = $1 ORDER BY l.given_at, l.account_id"),
            &[round.into()],
        )
        .await?;
    rows.iter()
        .map(|r| {
            let share = LotShare { digest: r.text("digest")?, secret: r.opt_text("secret")? };
            Ok(Lot { account: r.int("account_id")?, name: r.text("name")?, share, lost: r.flag("lost")? })
        })
        .collect()
}

/// Keeps the digest of an administrator's secret, in place of an earlier one.
pub async fn give_lot(u: &mut Unit, round: i64, account: i64, digest: &str, now: Seconds) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO round_lot (round_id, account_id, digest, given_at) VALUES ($1, $2, $3, $4) ON CONFLICT (round_id, account_id) DO UPDATE SET digest = excluded.digest, given_at = excluded.given_at"),
        &[round.into(), account.into(), digest.into(), now.into()],
    )
    .await
    .map(|_| ())
}

/// Settles an administrator's part: the secret, or `None` for a lost one. `false` when it was settled before.
pub async fn settle_lot(
    u: &mut Unit,
    round: i64,
    account: i64,
    secret: Option<&str>,
    now: Seconds,
) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE round_lot SET secret = $3, lost = $4, settled_at = $5 WHERE round_id = $1 AND account_id = $2 AND settled_at IS NULL"),
        &[round.into(), account.into(), secret.into(), secret.is_none().into(), now.into()],
    )
    .await?
        == 1)
}
