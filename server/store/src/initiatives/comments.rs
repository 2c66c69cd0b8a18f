//! Comments on public plans, reports about them, and what a desk hid.

use crate::{Conn, Row, StoreError, Unit, sql};
use domain::dialogue::Voice;
use domain::time::Seconds;

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Id.
    pub id: i64,
    /// Plan.
    pub initiative: i64,
    /// Who wrote it.
    pub account: i64,
    /// In what capacity.
    pub voice: Voice,
    /// In whose name, for [`Voice::Desk`].
    pub organisation: String,
    /// Number under which its writer speaks about this plan.
    pub number: i64,
    /// What it says; empty when it was taken away.
    pub body: String,
    /// When.
    pub at: Seconds,
    /// Reports since a moderator last looked.
    pub reports: i64,
    /// Hidden: why, and in whose name.
    pub hidden: Option<(String, String)>,
    /// Taken away by who wrote it.
    pub removed: bool,
}

fn comment(r: &Row) -> Result<Comment, StoreError> {
    Ok(Comment {
        id: r.int("id")?,
        initiative: r.int("initiative_id")?,
        account: r.int("account_id")?,
        voice: Voice::from_key(&r.text("voice")?)
            .ok_or_else(|| StoreError::Corrupt { column: "voice".into(), source: None })?,
        organisation: r.text("organisation")?,
        number: r.int("number")?,
        body: r.text("body")?,
        at: r.int("at")?,
        reports: r.int("reports")?,
        hidden: match r.opt_int("hidden_at")? {
            Some(_) => Some((r.text("hidden_why")?, r.text("hidden_for")?)),
            None => None,
        },
        removed: r.opt_int("removed_at")?.is_some(),
    })
}

/// A page of comments, newest first.
pub async fn comments(c: &mut Conn, id: i64, limit: i64, offset: i64) -> Result<Vec<Comment>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT * FROM comment WHERE initiative_id = $1 ORDER BY id DESC LIMIT $2 OFFSET $3"),
            &[id.into(), limit.into(), offset.into()],
        )
        .await?;
    rows.iter().map(comment).collect()
}

/// How many there are, and how many of those a desk hid.
pub async fn count_comments(c: &mut Conn, id: i64) -> Result<(i64, i64), StoreError> {
    let row = c
        .one(
            sql!("SELECT COUNT(*) AS n, CAST(COALESCE(SUM(CASE WHEN hidden_at IS NULL THEN 0 ELSE 1 END), 0) AS BIGINT) AS hidden FROM comment WHERE initiative_id = $1"),
            &[id.into()],
        )
        .await?;
    Ok((row.int("n")?, row.int("hidden")?))
}

/// One of a plan.
pub async fn one_comment(c: &mut Conn, plan: i64, id: i64) -> Result<Option<Comment>, StoreError> {
    c.row(sql!("SELECT * FROM comment WHERE id = $2 AND initiative_id = $1"), &[plan.into(), id.into()])
        .await?
        .as_ref()
        .map(comment)
        .transpose()
}

/// Reported ones that nobody looked at, most reports first: on public plans of these buurten (`,1,2,`; `None`: everywhere), or
/// answered there.
pub async fn reported(c: &mut Conn, buurten: Option<&str>) -> Result<Vec<Comment>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT m.* FROM comment m JOIN initiative i ON i.id = m.initiative_id WHERE m.reports > 0 AND m.hidden_at IS NULL AND m.removed_at IS NULL AND i.state NOT IN ('draft', 'submitted', 'returned', 'withdrawn', 'rejected') AND (CAST($1 AS TEXT) IS NULL OR CAST($1 AS TEXT) LIKE '%,' || i.buurt_id || ',%' OR CAST($1 AS TEXT) LIKE '%,' || COALESCE(i.handled_in, i.buurt_id) || ',%') ORDER BY m.reports DESC, m.id LIMIT 200"),
            &[buurten.into()],
        )
        .await?;
    rows.iter().map(comment).collect()
}

/// The number under which an account speaks about a plan, the next free one when it had none. The caller holds the plan's lock.
pub async fn voice_number(u: &mut Unit, plan: i64, account: i64) -> Result<i64, StoreError> {
    u.exec(
        sql!("INSERT INTO comment_voice (initiative_id, account_id, number) SELECT $1, $2, COALESCE(MAX(number), 0) + 1 FROM comment_voice WHERE initiative_id = $1 ON CONFLICT (initiative_id, account_id) DO NOTHING"),
        &[plan.into(), account.into()],
    )
    .await?;
    u.one(
        sql!("SELECT number FROM comment_voice WHERE initiative_id = $1 AND account_id = $2"),
        &[plan.into(), account.into()],
    )
    .await?
    .int("number")
}

/// Adds one; gives its id.
pub async fn add_comment(u: &mut Unit, m: &Comment) -> Result<i64, StoreError> {
    u.one(
        sql!("INSERT INTO comment (initiative_id, account_id, voice, organisation, number, body, at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id"),
        &[
            m.initiative.into(),
            m.account.into(),
            m.voice.key().into(),
            m.organisation.as_str().into(),
            m.number.into(),
            m.body.as_str().into(),
            m.at.into(),
        ],
    )
    .await?
    .int("id")
}

/// One account's report, counted once; `false` when it reported before.
pub async fn report(u: &mut Unit, id: i64, account: i64, why: &str, at: Seconds) -> Result<bool, StoreError> {
    let added = u
        .exec(
            sql!("INSERT INTO comment_report (comment_id, account_id, why, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"),
            &[id.into(), account.into(), why.into(), at.into()],
        )
        .await?
        == 1;
    if added {
        u.exec(sql!("UPDATE comment SET reports = reports + 1 WHERE id = $1"), &[id.into()]).await?;
    }
    Ok(added)
}

/// What reports said, and how often, most first.
pub async fn report_reasons(c: &mut Conn, id: i64) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = c
        .rows(
            sql!(
                "SELECT why, COUNT(*) AS n FROM comment_report WHERE comment_id = $1 GROUP BY why ORDER BY n DESC, why"
            ),
            &[id.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((r.text("why")?, r.int("n")?))).collect()
}

/// Hides one; `false` when it was hidden or taken away.
pub async fn hide(u: &mut Unit, id: i64, why: &str, organisation: &str, at: Seconds) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE comment SET hidden_at = $2, hidden_why = $3, hidden_for = $4, reports = 0 WHERE id = $1 AND hidden_at IS NULL AND removed_at IS NULL"),
        &[id.into(), at.into(), why.into(), organisation.into()],
    )
    .await?
        == 1)
}

/// A desk looked and lets it stand; who reported it can not do so again.
pub async fn let_stand(u: &mut Unit, id: i64) -> Result<(), StoreError> {
    u.exec(
        sql!("UPDATE comment SET reports = 0, hidden_at = NULL, hidden_why = '', hidden_for = '' WHERE id = $1"),
        &[id.into()],
    )
    .await
    .map(|_| ())
}

/// Its writer takes it away: what it said is wiped.
pub async fn take_away(u: &mut Unit, id: i64, at: Seconds) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE comment SET removed_at = $2, body = '', reports = 0 WHERE id = $1 AND removed_at IS NULL"),
        &[id.into(), at.into()],
    )
    .await?
        == 1)
}

/// Comments of a plan go along to the plan it became part of. The numbers of their writers are given anew there.
pub async fn move_comments(u: &mut Unit, from: i64, to: i64) -> Result<(), StoreError> {
    let rows = u
        .rows(
            sql!("SELECT DISTINCT account_id FROM comment WHERE initiative_id = $1 ORDER BY account_id"),
            &[from.into()],
        )
        .await?;
    for row in rows {
        let account = row.int("account_id")?;
        let number = voice_number(u, to, account).await?;
        u.exec(
            sql!("UPDATE comment SET initiative_id = $2, number = $4 WHERE initiative_id = $1 AND account_id = $3"),
            &[from.into(), to.into(), account.into(), number.into()],
        )
        .await?;
    }
    Ok(())
}

/// Whether somebody reported a comment of this plan that nobody looked at.
pub async fn has_reported(c: &mut Conn, plan: i64) -> Result<bool, StoreError> {
    let found = c
        .row(
            sql!("SELECT 1 AS one FROM comment WHERE initiative_id = $1 AND reports > 0 AND hidden_at IS NULL AND removed_at IS NULL LIMIT 1"),
            &[plan.into()],
        )
        .await?;
    Ok(found.is_some())
}
