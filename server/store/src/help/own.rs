//! What an account leaves behind, and what it takes along.

use crate::{Conn, StoreError, Unit, sql};
use domain::time::Seconds;

/// The account is closed: its offers go, questions to and from it go by, its words, names and messages are wiped. What was
/// agreed stays in the figures, and nothing in them tells who it was.
pub async fn forget_account(u: &mut Unit, account: i64) -> Result<(), StoreError> {
    u.exec(
        sql!("UPDATE introduction SET words = '' WHERE helper_id = $1 AND asked_by = 'helper' OR asked_by = 'plan' AND EXISTS (SELECT 1 FROM initiative i WHERE i.id = introduction.initiative_id AND i.account_id = $1)"),
        &[account.into()],
    )
    .await?;
    u.exec(
        sql!("UPDATE introduction SET reason = '' WHERE helper_id = $1 AND asked_by = 'plan' OR asked_by = 'helper' AND EXISTS (SELECT 1 FROM initiative i WHERE i.id = introduction.initiative_id AND i.account_id = $1)"),
        &[account.into()],
    )
    .await?;
    u.exec(
        sql!("UPDATE introduction SET state = 'lapsed' WHERE state = 'asked' AND (helper_id = $1 OR EXISTS (SELECT 1 FROM initiative i WHERE i.id = introduction.initiative_id AND i.account_id = $1))"),
        &[account.into()],
    )
    .await?;
    u.exec(
        sql!("UPDATE introduction SET state = 'ended', ended_by = CASE WHEN helper_id = $1 THEN 'helper' ELSE 'plan' END WHERE state = 'yes' AND (helper_id = $1 OR EXISTS (SELECT 1 FROM initiative i WHERE i.id = introduction.initiative_id AND i.account_id = $1))"),
        &[account.into()],
    )
    .await?;
    u.exec(
        sql!("UPDATE introduction SET plan_call = '' WHERE EXISTS (SELECT 1 FROM initiative i WHERE i.id = introduction.initiative_id AND (i.account_id = $1 OR i.co_authors LIKE '%,' || CAST($1 AS TEXT) || ',%'))"),
        &[account.into()],
    )
    .await?;
    u.exec(
        sql!("UPDATE introduction SET offer_id = NULL, helper_id = NULL, helper_call = '' WHERE helper_id = $1"),
        &[account.into()],
    )
    .await?;
    u.exec(
        sql!("UPDATE help_message SET body = '', account_id = NULL, reported_why = '' WHERE account_id = $1"),
        &[account.into()],
    )
    .await?;
    u.exec(sql!("DELETE FROM help_offer WHERE account_id = $1"), &[account.into()]).await.map(|_| ())
}

/// Every message that an account wrote: of which introduction, when, what.
pub async fn own_messages(c: &mut Conn, account: i64) -> Result<Vec<(i64, Seconds, String)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT introduction_id, at, body FROM help_message WHERE account_id = $1 ORDER BY id"),
            &[account.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((r.int("introduction_id")?, r.int("at")?, r.text("body")?))).collect()
}
