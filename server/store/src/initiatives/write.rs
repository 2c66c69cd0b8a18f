//! Changing a plan's own row; every change that leans on a state goes through [`super::set_state`].

use crate::{StoreError, Unit, sql};
use domain::initiative::{More, State};
use domain::money::Cents;

/// A new plan.
#[derive(Clone, Debug)]
pub struct New {
    /// Buurt.
    pub buurt: i64,
    /// Who hands it in.
    pub account: i64,
    /// Title.
    pub title: String,
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
    /// Street or building.
    pub place: String,
    /// `None`: 'weet ik niet'.
    pub cost: Option<Cents>,
    /// Would like somebody who thinks along.
    pub wants_supporter: bool,
    /// Uploaded picture.
    pub picture: Option<i64>,
    /// Drawing instead.
    pub drawing: String,
    /// UTC seconds.
    pub at: i64,
    /// First reply due.
    pub due_at: i64,
    /// The finished plan from which the idea was taken.
    pub source: Option<i64>,
}

/// Hands a plan in; gives its id.
pub async fn create(u: &mut Unit, n: &New) -> Result<i64, StoreError> {
    let cost = n.cost.unwrap_or(Cents::ZERO);
    u.one(
        sql!("INSERT INTO initiative (buurt_id, account_id, title, what, why, place, cost_known, minimum, desired, for_kind, picture_id, drawing, state, created_at, submitted_at, asked_at, due_at, wants_supporter, source_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 'resident', $9, $10, $11, $12, $12, $12, $13, $14, $15) RETURNING id"),
        &[
            n.buurt.into(),
            n.account.into(),
            n.title.as_str().into(),
            n.what.as_str().into(),
            n.why.as_str().into(),
            n.place.as_str().into(),
            n.cost.is_some().into(),
            cost.into(),
            n.picture.into(),
            n.drawing.as_str().into(),
            State::Submitted.key().into(),
            n.at.into(),
            n.due_at.into(),
            n.wants_supporter.into(),
            n.source.into(),
        ],
    )
    .await?
    .int("id")
}

/// Changes the words, and keeps what stood there before; `false` when someone changed the plan since `version`.
pub async fn edit(
    u: &mut Unit,
    id: i64,
    version: i64,
    title: &str,
    what: &str,
    why: &str,
    place: &str,
) -> Result<bool, StoreError> {
    u.exec(
        sql!("INSERT INTO plan_before (initiative_id, version, title, what, why, place) SELECT id, version, title, what, why, place FROM initiative WHERE id = $1 AND version = $2 ON CONFLICT (initiative_id) DO UPDATE SET version = excluded.version, title = excluded.title, what = excluded.what, why = excluded.why, place = excluded.place"),
        &[id.into(), version.into()],
    )
    .await?;
    Ok(u.exec(
        sql!("UPDATE initiative SET title = $3, what = $4, why = $5, place = $6, version = version + 1 WHERE id = $1 AND version = $2"),
        &[id.into(), version.into(), title.into(), what.into(), why.into(), place.into()],
    )
    .await?
        == 1)
}

/// What is asked afterwards; `false` when someone changed the plan since `version`.
pub async fn complete(u: &mut Unit, id: i64, version: i64, m: &More) -> Result<bool, StoreError> {
    let known = m.minimum.is_some();
    Ok(u.exec(
        sql!("UPDATE initiative SET cost_known = $3, minimum = $4, desired = $5, helpers = $6, for_kind = $7, for_name = $8, wants_supporter = $9, version = version + 1 WHERE id = $1 AND version = $2"),
        &[
            id.into(),
            version.into(),
            known.into(),
            m.minimum.unwrap_or(Cents::ZERO).into(),
            m.desired.unwrap_or(Cents::ZERO).into(),
            m.helpers.as_str().into(),
            m.for_kind.as_str().into(),
            m.for_name.as_str().into(),
            m.wants_supporter.into(),
        ],
    )
    .await?
        == 1)
}

/// The first reply stops the clock, in the name of an organisation; later ones change nothing.
pub async fn set_replied(u: &mut Unit, id: i64, at: i64, organisation: &str) -> Result<(), StoreError> {
    u.exec(
        sql!("UPDATE initiative SET replied_at = $2, replied_for = $3 WHERE id = $1 AND replied_at IS NULL"),
        &[id.into(), at.into(), organisation.into()],
    )
    .await
    .map(|_| ())
}

/// When it went public.
pub async fn set_published(u: &mut Unit, id: i64, at: i64) -> Result<(), StoreError> {
    u.exec(
        sql!("UPDATE initiative SET published_at = COALESCE(published_at, $2) WHERE id = $1"),
        &[id.into(), at.into()],
    )
    .await
    .map(|_| ())
}

/// Sets the programme.
pub async fn set_programme(u: &mut Unit, id: i64, programme: Option<i64>) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE initiative SET programme_id = $2 WHERE id = $1"), &[id.into(), programme.into()])
        .await
        .map(|_| ())
}

/// Names who helps the submitter; `false` when that one was named already.
pub async fn set_supporter(u: &mut Unit, id: i64, name: &str) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE initiative SET supporter_name = $2 WHERE id = $1 AND supporter_name <> $2"),
        &[id.into(), name.into()],
    )
    .await?
        == 1)
}

/// Sets the picture.
pub async fn set_picture(u: &mut Unit, id: i64, picture: i64) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE initiative SET picture_id = $2 WHERE id = $1"), &[id.into(), picture.into()]).await.map(|_| ())
}

/// Staff's amounts and conditions.
pub async fn set_verdict(
    u: &mut Unit,
    id: i64,
    minimum: Cents,
    desired: Cents,
    conditions: &str,
) -> Result<(), StoreError> {
    u.exec(
        sql!("UPDATE initiative SET cost_known = 1, minimum = $2, desired = $3, conditions = $4 WHERE id = $1"),
        &[id.into(), minimum.into(), desired.into(), conditions.into()],
    )
    .await
    .map(|_| ())
}

/// A moderator signs for a small plan; `false` when one did, or when the same account signed as staff.
pub async fn sign_small_moderator(u: &mut Unit, id: i64, account: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE initiative SET small_moderator_id = $2, version = version + 1 WHERE id = $1 AND state = 'feasible' AND small_moderator_id IS NULL AND (small_staff_id IS NULL OR small_staff_id <> $2)"),
        &[id.into(), account.into()],
    )
    .await?
        == 1)
}

/// A staff member signs for a small plan; `false` when one did, or when the same account signed as moderator.
pub async fn sign_small_staff(u: &mut Unit, id: i64, account: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE initiative SET small_staff_id = $2, version = version + 1 WHERE id = $1 AND state = 'feasible' AND small_staff_id IS NULL AND (small_moderator_id IS NULL OR small_moderator_id <> $2)"),
        &[id.into(), account.into()],
    )
    .await?
        == 1)
}

/// Flags a withdrawn plan on the ballot papers it stands on; it is skipped in the count.
pub async fn withdraw_from_papers(u: &mut Unit, id: i64, at: i64) -> Result<(), StoreError> {
    u.exec(
        sql!("UPDATE paper_plan SET withdrawn_at = $2 WHERE initiative_id = $1 AND withdrawn_at IS NULL"),
        &[id.into(), at.into()],
    )
    .await
    .map(|_| ())
}
