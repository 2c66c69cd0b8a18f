//! Who works on a plan beside who handed it in. A row with an account said yes; one without was asked.

use crate::{Conn, StoreError, Unit, sql};
use domain::dialogue::store_co_authors;

/// Somebody who was asked, or works on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoAuthor {
    /// Row.
    pub id: i64,
    /// Plan.
    pub initiative: i64,
    /// Address that was asked.
    pub email: String,
    /// Who said yes.
    pub account: Option<i64>,
    /// Name of that account; empty before.
    pub name: String,
}

fn co_author(r: &crate::Row) -> Result<CoAuthor, StoreError> {
    Ok(CoAuthor {
        id: r.int("id")?,
        initiative: r.int("initiative_id")?,
        email: r.text("email")?,
        account: r.opt_int("account_id")?,
        name: r.opt_text("name")?.unwrap_or_default(),
    })
}

/// Everyone who was asked for a plan, first asked first.
pub async fn co_authors(c: &mut Conn, id: i64) -> Result<Vec<CoAuthor>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT w.id, w.initiative_id, w.email, w.account_id, a.name FROM co_author w LEFT JOIN account a ON a.id = w.account_id WHERE w.initiative_id = $1 ORDER BY w.id"),
            &[id.into()],
        )
        .await?;
    rows.iter().map(co_author).collect()
}

/// Questions to this address that wait for an answer, with the plan's title.
pub async fn asked_to_join(c: &mut Conn, email_key: &str) -> Result<Vec<(i64, String)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT i.id, i.title FROM co_author w JOIN initiative i ON i.id = w.initiative_id WHERE w.email_key = $1 AND w.account_id IS NULL ORDER BY w.id LIMIT 20"),
            &[email_key.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((r.int("id")?, r.text("title")?))).collect()
}

/// The question to this address about this plan.
pub async fn question_to_join(c: &mut Conn, id: i64, email_key: &str) -> Result<Option<CoAuthor>, StoreError> {
    c.row(
        sql!("SELECT w.id, w.initiative_id, w.email, w.account_id, a.name FROM co_author w LEFT JOIN account a ON a.id = w.account_id WHERE w.initiative_id = $1 AND w.email_key = $2"),
        &[id.into(), email_key.into()],
    )
    .await?
    .as_ref()
    .map(co_author)
    .transpose()
}

/// Asks an address; [`StoreError::Duplicate`] when it was asked.
pub async fn ask_to_join(u: &mut Unit, id: i64, email: &str, key: &str, at: i64) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO co_author (initiative_id, email, email_key, invited_at) VALUES ($1, $2, $3, $4)"),
        &[id.into(), email.into(), key.into(), at.into()],
    )
    .await
    .map(|_| ())
}

/// Puts an account among those who work on a plan, with whatever address; `false` when it was there.
pub async fn join(u: &mut Unit, id: i64, account: i64, at: i64) -> Result<bool, StoreError> {
    let joined = u
        .exec(
            sql!("INSERT INTO co_author (initiative_id, email, email_key, account_id, invited_at) SELECT $1, a.email, a.email_key, a.id, $3 FROM account a WHERE a.id = $2 ON CONFLICT (initiative_id, email_key) DO UPDATE SET account_id = excluded.account_id WHERE co_author.account_id IS NULL"),
            &[id.into(), account.into(), at.into()],
        )
        .await?
        == 1;
    refresh(u, id).await?;
    if joined {
        u.exec(
            sql!("UPDATE initiative SET makers = CASE WHEN makers = '' THEN ',' ELSE makers END || CAST($2 AS TEXT) || ',' WHERE id = $1"),
            &[id.into(), account.into()],
        )
        .await?;
    }
    Ok(joined)
}

/// No longer asked, or no longer working on it; `false` when that row is not of this plan.
pub async fn remove_co_author(u: &mut Unit, id: i64, row: i64) -> Result<bool, StoreError> {
    let removed =
        u.exec(sql!("DELETE FROM co_author WHERE initiative_id = $1 AND id = $2"), &[id.into(), row.into()]).await?
            == 1;
    refresh(u, id).await?;
    Ok(removed)
}

/// Writes on the plan's own row who works on it.
async fn refresh(u: &mut Unit, id: i64) -> Result<(), StoreError> {
    let them: Vec<i64> = co_authors(u, id).await?.iter().filter_map(|w| w.account).collect();
    u.exec(
        sql!("UPDATE initiative SET co_authors = $2 WHERE id = $1"),
        &[id.into(), store_co_authors(&them).as_str().into()],
    )
    .await
    .map(|_| ())
}
