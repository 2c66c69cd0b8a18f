//! Plans that have money: agreement, instalments, milestones (steps), changes, the final account and thanks.

use crate::{Conn, StoreError, Unit, sql};
use domain::execution::Purse;
use domain::money::Cents;

mod account;
mod agreement;
mod changes;
mod payments;
mod steps;

pub use account::{
    Account, NewAccount, account, add_receipt, add_thanks, ask, check, put_account, receipt, said_thanks, thanks,
};
pub use agreement::{
    Agreement, NewAgreement, accept, agreement, commit, put_agreement, set_agreed, set_end, sign_first,
};
pub use changes::{Change, NewChange, add_change, change, changes, decide, sign_change};
pub use payments::{
    Batch, Instalment, NewInstalment, again, approve, batch, batches, by_finance_reference, confirm, file_before,
    instalment, instalments, keep_file, new_batch, on_one_signature, order, prepare, refuse, under_way, void,
    void_open,
};
pub use steps::{
    Due, Photo, Step, add_photo, add_step, confirm_step, due_steps, finish_step, move_step, photo, remind_step, step,
    steps,
};

/// The money of a plan. `returned`: everything that went from it to a share.
pub async fn purse(c: &mut Conn, id: i64) -> Result<Purse, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT kind, balance, CAST(COALESCE((SELECT SUM(t.amount) FROM transfer t WHERE t.from_id = a.id), 0) AS BIGINT) AS gone FROM ledger_account a WHERE a.initiative_id = $1"),
            &[id.into()],
        )
        .await?;
    let mut purse = Purse::default();
    for row in rows {
        let balance = row.cents("balance")?;
        match row.text("kind")?.as_str() {
            "reserved" => purse.reserved = balance,
            "committed" => purse.committed = balance,
            "paid" => purse.paid = balance,
            "returned" => purse.returned = row.cents("gone")?,
            _ => {}
        }
    }
    purse.open = c
        .one(
            sql!("SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS held FROM instalment WHERE initiative_id = $1 AND state IN ('prepared', 'approved', 'ordered')"),
            &[id.into()],
        )
        .await?
        .cents("held")?;
    Ok(purse)
}

/// The share that a plan's money came from: wijk and year, by following the transfers back, through the pot of a round where it
/// came by one; `None` for a plan that never had money.
pub async fn share_of(c: &mut Conn, id: i64) -> Result<Option<(i64, i64)>, StoreError> {
    c.row(
        sql!("SELECT COALESCE(s.wijk_id, k.wijk_id) AS wijk, COALESCE(s.year, k.year) AS year FROM ledger_account r JOIN transfer t ON t.to_id = r.id JOIN ledger_account s ON s.id = t.from_id LEFT JOIN transfer p ON p.to_id = s.id AND s.kind = 'pot' LEFT JOIN ledger_account k ON k.id = p.from_id AND k.kind = 'share' WHERE r.kind = 'reserved' AND r.initiative_id = $1 AND (s.kind = 'share' OR k.id IS NOT NULL) ORDER BY t.id LIMIT 1"),
        &[id.into()],
    )
    .await?
    .map(|r| Ok((r.int("wijk")?, r.int("year")?)))
    .transpose()
}

/// Plans that have money, with what the check of the ledger wants to know: plan, agreed amount once committed, and the sum of
/// paid instalments.
pub async fn for_the_doctor(c: &mut Conn) -> Result<Vec<(i64, Option<Cents>, Cents)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT a.initiative_id, CASE WHEN a.committed_at IS NULL THEN NULL ELSE a.amount END AS agreed, CAST(COALESCE((SELECT SUM(i.amount) FROM instalment i WHERE i.initiative_id = a.initiative_id AND i.state = 'paid'), 0) AS BIGINT) AS paid FROM agreement a ORDER BY a.initiative_id"),
            &[],
        )
        .await?;
    rows.iter().map(|r| Ok((r.int("initiative_id")?, r.opt_int("agreed")?.map(Cents), r.cents("paid")?))).collect()
}

/// What a plan asks of staff first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waits {
    /// An agreement was accepted, and its money is not committed.
    pub to_commit: bool,
    /// Instalments that wait for a second person.
    pub to_approve: i64,
    /// Instalments that somebody refused: tried again, or taken back.
    pub refused: i64,
    /// Milestones that wait to be confirmed.
    pub to_confirm: i64,
    /// Milestones past their day.
    pub late: i64,
    /// Changes that wait for a decision.
    pub to_decide: i64,
    /// A final account waits to be checked.
    pub to_check: bool,
}

/// What this plan asks of staff at this time.
pub async fn waits(c: &mut Conn, id: i64, now: i64) -> Result<Waits, StoreError> {
    let row = c
        .one(
            sql!("SELECT (SELECT COUNT(*) FROM agreement a WHERE a.initiative_id = i.id AND a.accepted_at IS NOT NULL AND a.committed_at IS NULL) AS to_commit, (SELECT COUNT(*) FROM instalment p WHERE p.initiative_id = i.id AND p.state = 'prepared') AS to_approve, (SELECT COUNT(*) FROM instalment p WHERE p.initiative_id = i.id AND p.state = 'refused') AS refused, (SELECT COUNT(*) FROM milestone m WHERE m.initiative_id = i.id AND m.done_at IS NOT NULL AND m.confirmed_at IS NULL) AS to_confirm, (SELECT COUNT(*) FROM milestone m WHERE m.initiative_id = i.id AND m.done_at IS NULL AND m.due_at < $2) AS late, (SELECT COUNT(*) FROM execution_change x WHERE x.initiative_id = i.id AND x.decided_at IS NULL) AS to_decide, (SELECT COUNT(*) FROM final_account f WHERE f.initiative_id = i.id AND f.checked_at IS NULL AND f.question = '') AS to_check FROM initiative i WHERE i.id = $1"),
            &[id.into(), now.into()],
        )
        .await?;
    Ok(Waits {
        to_commit: row.flag("to_commit")?,
        to_approve: row.int("to_approve")?,
        refused: row.int("refused")?,
        to_confirm: row.int("to_confirm")?,
        late: row.int("late")?,
        to_decide: row.int("to_decide")?,
        to_check: row.flag("to_check")?,
    })
}

/// Ends what waits of a plan that is over: changes lapse.
pub async fn end_waiting(u: &mut Unit, id: i64, at: i64) -> Result<(), StoreError> {
    u.exec(
        sql!("UPDATE execution_change SET decided_at = $2 WHERE initiative_id = $1 AND decided_at IS NULL"),
        &[id.into(), at.into()],
    )
    .await
    .map(|_| ())
}
