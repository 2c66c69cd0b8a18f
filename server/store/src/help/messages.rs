//! Messages of those who were introduced, and what a desk hid of them.

use crate::{Conn, Row, StoreError, Unit, sql};
use domain::help::Side;
use domain::time::Seconds;

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Id.
    pub id: i64,
    /// Of which introduction.
    pub introduction: i64,
    /// Which side wrote it.
    pub side: Side,
    /// Who wrote it, while there is an account.
    pub account: Option<i64>,
    /// What it says; empty once the account is closed.
    pub body: String,
    /// When.
    pub at: Seconds,
    /// Why the other side reported it, until a moderator looked; empty: it was not.
    pub reported: String,
    /// Hidden: why, and in whose name.
    pub hidden: Option<(String, String)>,
}

fn one(r: &Row) -> Result<Message, StoreError> {
    let why = r.text("hidden_why")?;
    Ok(Message {
        id: r.int("id")?,
        introduction: r.int("introduction_id")?,
        side: Side::from_key(&r.text("side")?)
            .ok_or_else(|| StoreError::Corrupt { column: "side".into(), source: None })?,
        account: r.opt_int("account_id")?,
        body: r.text("body")?,
        at: r.int("at")?,
        reported: r.text("reported_why")?,
        hidden: if why.is_empty() { None } else { Some((why, r.text("hidden_for")?)) },
    })
}

/// Messages of an introduction, the latest five hundred, oldest first.
pub async fn messages(c: &mut Conn, introduction: i64) -> Result<Vec<Message>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT * FROM help_message WHERE introduction_id = $1 ORDER BY id DESC LIMIT 500"),
            &[introduction.into()],
        )
        .await?;
    rows.iter().rev().map(one).collect()
}

/// One by id.
pub async fn message(c: &mut Conn, id: i64) -> Result<Option<Message>, StoreError> {
    c.row(sql!("SELECT * FROM help_message WHERE id = $1"), &[id.into()]).await?.as_ref().map(one).transpose()
}

/// A new message.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// Of which introduction.
    pub introduction: i64,
    /// Which side writes.
    pub side: Side,
    /// Who.
    pub account: i64,
    /// What.
    pub body: String,
    /// UTC seconds.
    pub at: Seconds,
}

/// Adds one; gives its id.
pub async fn add_message(u: &mut Unit, m: &NewMessage) -> Result<i64, StoreError> {
    u.one(
        sql!("INSERT INTO help_message (introduction_id, side, account_id, body, at) VALUES ($1, $2, $3, $4, $5) RETURNING id"),
        &[m.introduction.into(), m.side.key().into(), m.account.into(), m.body.as_str().into(), m.at.into()],
    )
    .await?
    .int("id")
}

/// Reports one; `false` when it is reported or hidden already.
pub async fn report_message(u: &mut Unit, id: i64, why: &str) -> Result<bool, StoreError> {
    let reported = u
        .exec(
            sql!("UPDATE help_message SET reported_why = $2 WHERE id = $1 AND reported_why = '' AND hidden_why = ''"),
            &[id.into(), why.into()],
        )
        .await?;
    Ok(reported == 1)
}

/// Hides one; `false` when it was hidden.
pub async fn hide_message(u: &mut Unit, id: i64, why: &str, by: &str) -> Result<bool, StoreError> {
    let hidden = u
        .exec(
            sql!("UPDATE help_message SET hidden_why = $2, hidden_for = $3, reported_why = '' WHERE id = $1 AND hidden_why = ''"),
            &[id.into(), why.into(), by.into()],
        )
        .await?;
    Ok(hidden == 1)
}

/// Nothing is wrong with it.
pub async fn let_message_stand(u: &mut Unit, id: i64) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE help_message SET reported_why = '' WHERE id = $1"), &[id.into()]).await.map(|_| ())
}

/// Reported messages about plans of these buurten (`,1,2,`; `None`: everywhere), oldest first.
pub async fn reported_messages(c: &mut Conn, buurten: Option<&str>) -> Result<Vec<Message>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT m.* FROM help_message m JOIN introduction x ON x.id = m.introduction_id JOIN initiative i ON i.id = x.initiative_id WHERE m.reported_why <> '' AND (CAST($1 AS TEXT) IS NULL OR CAST($1 AS TEXT) LIKE '%,' || i.buurt_id || ',%') ORDER BY m.id LIMIT 200"),
            &[buurten.into()],
        )
        .await?;
    rows.iter().map(one).collect()
}

/// Whether a message about this plan is reported, and nobody looked.
pub async fn has_reported_message(c: &mut Conn, plan: i64) -> Result<bool, StoreError> {
    Ok(c.row(
        sql!("SELECT m.id FROM help_message m JOIN introduction x ON x.id = m.introduction_id WHERE x.initiative_id = $1 AND m.reported_why <> '' LIMIT 1"),
        &[plan.into()],
    )
    .await?
    .is_some())
}

/// Removes messages written before a moment, and what introductions of before it say, where no message is left.
pub async fn forget_old(u: &mut Unit, before: Seconds) -> Result<(), StoreError> {
    u.exec(sql!("DELETE FROM help_message WHERE at < $1"), &[before.into()]).await?;
    u.exec(
        sql!("UPDATE introduction SET words = '', reason = '' WHERE asked_at < $1 AND (words <> '' OR reason <> '')"),
        &[before.into()],
    )
    .await?;
    u.exec(
        sql!("UPDATE introduction SET helper_call = '', plan_call = '' WHERE asked_at < $1 AND (helper_call <> '' OR plan_call <> '') AND (agreed_at IS NULL OR agreed_at < $1) AND NOT EXISTS (SELECT 1 FROM help_message m WHERE m.introduction_id = introduction.id)"),
        &[before.into()],
    )
    .await
    .map(|_| ())
}
