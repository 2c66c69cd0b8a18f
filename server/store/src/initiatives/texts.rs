//! New texts of public plans: one that waits for a moderator, and those that stood there before.

use super::{Initiative, initiative};
use crate::{Conn, Row, StoreError, Unit, sql};
use domain::dialogue::PlanText;
use domain::initiative::Idea;
use domain::time::Seconds;

/// A text that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The new words.
    pub text: PlanText,
    /// Whose.
    pub by: i64,
    /// When.
    pub at: Seconds,
    /// The answer is due.
    pub due_at: Seconds,
}

/// A text that stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptText {
    /// From 1.
    pub number: i64,
    /// The words.
    pub text: PlanText,
    /// Since when.
    pub at: Seconds,
    /// In whose name it was read.
    pub organisation: String,
}

fn text(r: &Row) -> Result<PlanText, StoreError> {
    Ok(PlanText {
        idea: Idea { title: r.text("title")?, what: r.text("what")?, why: r.text("why")? },
        place: r.text("place")?,
    })
}

/// Lets a new text wait; it takes the place of one that waited, whose term goes on.
pub async fn put_change(u: &mut Unit, id: i64, c: &Change) -> Result<(), StoreError> {
    let idea = &c.text.idea;
    u.exec(
        sql!("INSERT INTO plan_change (initiative_id, title, what, why, place, proposed_by, proposed_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (initiative_id) DO UPDATE SET title = excluded.title, what = excluded.what, why = excluded.why, place = excluded.place, proposed_by = excluded.proposed_by, proposed_at = excluded.proposed_at"),
        &[
            id.into(),
            idea.title.as_str().into(),
            idea.what.as_str().into(),
            idea.why.as_str().into(),
            c.text.place.as_str().into(),
            c.by.into(),
            c.at.into(),
            c.due_at.into(),
        ],
    )
    .await
    .map(|_| ())
}

/// The text that waits.
pub async fn change(c: &mut Conn, id: i64) -> Result<Option<Change>, StoreError> {
    c.row(sql!("SELECT * FROM plan_change WHERE initiative_id = $1"), &[id.into()])
        .await?
        .map(|r| {
            Ok(Change {
                text: text(&r)?,
                by: r.int("proposed_by")?,
                at: r.int("proposed_at")?,
                due_at: r.int("due_at")?,
            })
        })
        .transpose()
}

/// It waits no more; `false` when it was gone, or is not the one of this moment.
pub async fn remove_change(u: &mut Unit, id: i64, at: Seconds) -> Result<bool, StoreError> {
    Ok(u.exec(sql!("DELETE FROM plan_change WHERE initiative_id = $1 AND proposed_at = $2"), &[id.into(), at.into()])
        .await?
        == 1)
}

/// Plans with a text that waits, oldest due first: of these buurten (`,1,2,`; `None`: everywhere), or answered there.
pub async fn with_change(c: &mut Conn, buurten: Option<&str>) -> Result<Vec<(Initiative, Seconds)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT i.*, b.name AS buurt, b.slug AS buurt_slug, b.stadsdeel_id, b.wijk_id, a.name AS author, p.due_at AS change_due FROM plan_change p JOIN initiative i ON i.id = p.initiative_id JOIN buurt b ON b.id = i.buurt_id JOIN account a ON a.id = i.account_id WHERE CAST($1 AS TEXT) IS NULL OR CAST($1 AS TEXT) LIKE '%,' || i.buurt_id || ',%' OR CAST($1 AS TEXT) LIKE '%,' || COALESCE(i.handled_in, i.buurt_id) || ',%' ORDER BY p.due_at, i.id LIMIT 500"),
            &[buurten.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((initiative(r)?, r.int("change_due")?))).collect()
}

/// Puts new words on a plan that is still as it was read, and keeps what stood there; the first time also the text it began with.
/// `false` when it changed meanwhile: nothing is written then.
pub async fn put_text(
    u: &mut Unit,
    p: &Initiative,
    new: &PlanText,
    at: Seconds,
    organisation: &str,
) -> Result<bool, StoreError> {
    let idea = &new.idea;
    let changed = u
        .exec(
            sql!("UPDATE initiative SET title = $3, what = $4, why = $5, place = $6, version = version + 1 WHERE id = $1 AND version = $2 AND state IN ('published', 'feasible')"),
            &[
                p.id.into(),
                p.version.into(),
                idea.title.as_str().into(),
                idea.what.as_str().into(),
                idea.why.as_str().into(),
                new.place.as_str().into(),
            ],
        )
        .await?;
    if changed == 0 {
        return Ok(false);
    }
    let last = kept_texts(u, p.id).await?.last().map_or(0, |t| t.number);
    if last == 0 {
        let old = PlanText {
            idea: Idea { title: p.title.clone(), what: p.what.clone(), why: p.why.clone() },
            place: p.place.clone(),
        };
        keep(u, p.id, 1, &old, p.published_at.unwrap_or(p.created_at), "").await?;
    }
    keep(u, p.id, last.max(1) + 1, new, at, organisation).await?;
    Ok(true)
}

async fn keep(
    u: &mut Unit,
    id: i64,
    number: i64,
    t: &PlanText,
    at: Seconds,
    organisation: &str,
) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO plan_text (initiative_id, number, title, what, why, place, at, organisation) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
        &[
            id.into(),
            number.into(),
            t.idea.title.as_str().into(),
            t.idea.what.as_str().into(),
            t.idea.why.as_str().into(),
            t.place.as_str().into(),
            at.into(),
            organisation.into(),
        ],
    )
    .await
    .map(|_| ())
}

/// Texts that a public plan had, from the first; empty when it was never changed.
pub async fn kept_texts(c: &mut Conn, id: i64) -> Result<Vec<KeptText>, StoreError> {
    let rows = c.rows(sql!("SELECT * FROM plan_text WHERE initiative_id = $1 ORDER BY number"), &[id.into()]).await?;
    rows.iter()
        .map(|r| {
            Ok(KeptText {
                number: r.int("number")?,
                text: text(r)?,
                at: r.int("at")?,
                organisation: r.text("organisation")?,
            })
        })
        .collect()
}

/// Whether the text of a plan was changed since it is public.
pub async fn has_kept_texts(c: &mut Conn, id: i64) -> Result<bool, StoreError> {
    Ok(c.row(sql!("SELECT 1 AS one FROM plan_text WHERE initiative_id = $1 LIMIT 1"), &[id.into()]).await?.is_some())
}

/// What waited is of no use any more: the plan moved on.
pub async fn drop_change(u: &mut Unit, id: i64) -> Result<(), StoreError> {
    u.exec(sql!("DELETE FROM plan_change WHERE initiative_id = $1"), &[id.into()]).await.map(|_| ())
}

/// The words that a plan had before its submitter last changed it, with the version that had them.
pub async fn words_before(c: &mut Conn, id: i64) -> Result<Option<(i64, PlanText)>, StoreError> {
    c.row(sql!("SELECT version, title, what, why, place FROM plan_before WHERE initiative_id = $1"), &[id.into()])
        .await?
        .map(|r| Ok((r.int("version")?, text(&r)?)))
        .transpose()
}
