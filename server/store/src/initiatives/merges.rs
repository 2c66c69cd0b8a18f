//! Plans that become one, and one that becomes two.

use super::{Initiative, initiative};
use crate::{Conn, Row, StoreError, Unit, sql};
use domain::time::Seconds;

/// The question whether a plan goes on in another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeQuestion {
    /// The plan that would end.
    pub from: i64,
    /// The plan that would go on.
    pub into: i64,
    /// Own words of the moderator.
    pub words: String,
    /// In whose name.
    pub organisation: String,
    /// When it was asked.
    pub asked_at: Seconds,
    /// When the first side said yes.
    pub from_agreed_at: Option<Seconds>,
    /// When the other side did.
    pub into_agreed_at: Option<Seconds>,
}

fn question(r: &Row) -> Result<MergeQuestion, StoreError> {
    Ok(MergeQuestion {
        from: r.int("initiative_id")?,
        into: r.int("into_id")?,
        words: r.text("words")?,
        organisation: r.text("organisation")?,
        asked_at: r.int("asked_at")?,
        from_agreed_at: r.opt_int("from_agreed_at")?,
        into_agreed_at: r.opt_int("into_agreed_at")?,
    })
}

/// Asks; [`StoreError::Duplicate`] when something was asked about this plan already.
pub async fn ask_merge(u: &mut Unit, q: &MergeQuestion) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO merge_question (initiative_id, into_id, words, organisation, asked_at) VALUES ($1, $2, $3, $4, $5)"),
        &[q.from.into(), q.into.into(), q.words.as_str().into(), q.organisation.as_str().into(), q.asked_at.into()],
    )
    .await
    .map(|_| ())
}

/// The question about a plan that would end.
pub async fn merge_question(c: &mut Conn, from: i64) -> Result<Option<MergeQuestion>, StoreError> {
    c.row(sql!("SELECT * FROM merge_question WHERE initiative_id = $1"), &[from.into()])
        .await?
        .as_ref()
        .map(question)
        .transpose()
}

/// Questions that concern a plan, whichever side it is.
pub async fn merge_questions_about(c: &mut Conn, plan: i64) -> Result<Vec<MergeQuestion>, StoreError> {
    let rows = c
        .rows(
            sql!(
                "SELECT * FROM merge_question WHERE initiative_id = $1 OR into_id = $1 ORDER BY asked_at, initiative_id"
            ),
            &[plan.into()],
        )
        .await?;
    rows.iter().map(question).collect()
}

/// One side says yes, or both where they are one person.
pub async fn agree_merge(u: &mut Unit, from: i64, sides: (bool, bool), at: Seconds) -> Result<(), StoreError> {
    u.exec(
        sql!("UPDATE merge_question SET from_agreed_at = CASE WHEN $2 = 1 THEN COALESCE(from_agreed_at, $4) ELSE from_agreed_at END, into_agreed_at = CASE WHEN $3 = 1 THEN COALESCE(into_agreed_at, $4) ELSE into_agreed_at END WHERE initiative_id = $1"),
        &[from.into(), sides.0.into(), sides.1.into(), at.into()],
    )
    .await
    .map(|_| ())
}

/// The question is answered, or has no sense any more; `false` when it was gone.
pub async fn end_merge(u: &mut Unit, from: i64) -> Result<bool, StoreError> {
    Ok(u.exec(sql!("DELETE FROM merge_question WHERE initiative_id = $1"), &[from.into()]).await? == 1)
}

/// A plan goes on in another: its supporters come along, each counted once.
pub async fn merge_into(u: &mut Unit, from: i64, into: i64) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE initiative SET merged_into = $2 WHERE id = $1"), &[from.into(), into.into()]).await?;
    u.exec(
        sql!("INSERT INTO support (initiative_id, account_id, at) SELECT $2, s.account_id, s.at FROM support s WHERE s.initiative_id = $1 ON CONFLICT DO NOTHING"),
        &[from.into(), into.into()],
    )
    .await?;
    u.exec(
        sql!("UPDATE initiative SET supports = (SELECT COUNT(*) FROM support s WHERE s.initiative_id = initiative.id) WHERE id = $1"),
        &[into.into()],
    )
    .await
    .map(|_| ())
}

/// A plan came out of another.
pub async fn set_split_from(u: &mut Unit, id: i64, from: i64) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE initiative SET split_from = $2 WHERE id = $1"), &[id.into(), from.into()]).await.map(|_| ())
}

/// Plans that came out of this one: id and title.
pub async fn split_off(c: &mut Conn, id: i64) -> Result<Vec<(i64, String)>, StoreError> {
    let rows = c.rows(sql!("SELECT id, title FROM initiative WHERE split_from = $1 ORDER BY id"), &[id.into()]).await?;
    rows.iter().map(|r| Ok((r.int("id")?, r.text("title")?))).collect()
}

/// The newest plans of a wijk that somebody handed in and that stand, three hundred at most.
pub async fn latest_in_wijk(c: &mut Conn, wijk: i64) -> Result<Vec<Initiative>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT i.*, b.name AS buurt, b.slug AS buurt_slug, b.stadsdeel_id, b.wijk_id, a.name AS author FROM initiative i JOIN buurt b ON b.id = i.buurt_id JOIN account a ON a.id = i.account_id WHERE b.wijk_id = $1 AND i.state NOT IN ('draft', 'withdrawn', 'rejected', 'cancelled') ORDER BY i.id DESC LIMIT 300"),
            &[wijk.into()],
        )
        .await?;
    rows.iter().map(initiative).collect()
}
