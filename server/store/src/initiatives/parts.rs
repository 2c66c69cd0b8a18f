//! What hangs on a plan: steps, support, pictures, and plans that wait for their mail to be opened.

use super::Event;
use crate::{Conn, StoreError, Unit, sql};
use domain::initiative::State;

/// Steps of a plan's road, oldest first.
pub async fn events(c: &mut Conn, id: i64) -> Result<Vec<Event>, StoreError> {
    let rows = c.rows(sql!("SELECT at, act, state, actor_role, reason, words, amount, organisation FROM initiative_event WHERE initiative_id = $1 ORDER BY id"), &[id.into()]).await?;
    rows.iter()
        .map(|r| {
            Ok(Event {
                at: r.int("at")?,
                act: r.text("act")?,
                state: State::from_key(&r.text("state")?)
                    .ok_or_else(|| StoreError::Corrupt { column: "state".into(), source: None })?,
                actor_role: r.text("actor_role")?,
                reason: r.text("reason")?,
                words: r.text("words")?,
                amount: r.opt_int("amount")?.map(domain::money::Cents),
                organisation: r.text("organisation")?,
            })
        })
        .collect()
}

/// One account's support; counted once, however often it is sent.
pub async fn add_support(u: &mut Unit, id: i64, account: i64, at: i64) -> Result<bool, StoreError> {
    let added = u
        .exec(
            sql!("INSERT INTO support (initiative_id, account_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"),
            &[id.into(), account.into(), at.into()],
        )
        .await?
        == 1;
    if added {
        u.exec(sql!("UPDATE initiative SET supports = supports + 1 WHERE id = $1"), &[id.into()]).await?;
    }
    Ok(added)
}

/// Takes it back.
pub async fn remove_support(u: &mut Unit, id: i64, account: i64) -> Result<bool, StoreError> {
    let removed = u
        .exec(sql!("DELETE FROM support WHERE initiative_id = $1 AND account_id = $2"), &[id.into(), account.into()])
        .await?
        == 1;
    if removed {
        u.exec(sql!("UPDATE initiative SET supports = supports - 1 WHERE id = $1"), &[id.into()]).await?;
    }
    Ok(removed)
}

/// Whether an account supports it.
pub async fn has_support(c: &mut Conn, id: i64, account: i64) -> Result<bool, StoreError> {
    Ok(c.row(
        sql!("SELECT 1 AS one FROM support WHERE initiative_id = $1 AND account_id = $2"),
        &[id.into(), account.into()],
    )
    .await?
    .is_some())
}

/// A picture as it is served.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Always `image/jpeg` now.
    pub mime: String,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
    /// Encoded by us.
    pub bytes: Vec<u8>,
}

/// Keeps a picture; gives its id.
pub async fn add_picture(u: &mut Unit, p: &Picture, at: i64) -> Result<i64, StoreError> {
    u.one(
        sql!("INSERT INTO picture (mime, width, height, bytes, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id"),
        &[p.mime.as_str().into(), p.width.into(), p.height.into(), p.bytes.clone().into(), at.into()],
    )
    .await?
    .int("id")
}

/// A picture by id.
pub async fn picture(c: &mut Conn, id: i64) -> Result<Option<Picture>, StoreError> {
    let row = c.row(sql!("SELECT mime, width, height, bytes FROM picture WHERE id = $1"), &[id.into()]).await?;
    row.map(|r| {
        Ok(Picture { mime: r.text("mime")?, width: r.int("width")?, height: r.int("height")?, bytes: r.blob("bytes")? })
    })
    .transpose()
}

/// A plan that waits for its mail to be opened.
#[derive(Clone, Debug)]
pub struct Draft {
    /// As typed.
    pub email: String,
    /// As typed.
    pub name: String,
    /// Language of its mails.
    pub lang: String,
    /// Buurt.
    pub buurt_id: i64,
    /// The screens as JSON.
    pub payload: String,
    /// Uploaded picture.
    pub picture_id: Option<i64>,
    /// UTC seconds.
    pub expires_at: i64,
    /// What it became.
    pub initiative_id: Option<i64>,
}

/// Keeps a waiting plan; gives its id.
pub async fn add_draft(u: &mut Unit, d: &Draft, at: i64) -> Result<i64, StoreError> {
    u.one(
        sql!("INSERT INTO initiative_draft (email, name, lang, buurt_id, payload, picture_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id"),
        &[d.email.as_str().into(), d.name.as_str().into(), d.lang.as_str().into(), d.buurt_id.into(), d.payload.as_str().into(), d.picture_id.into(), at.into(), d.expires_at.into()],
    )
    .await?
    .int("id")
}

/// A waiting plan by id.
pub async fn draft(c: &mut Conn, id: i64) -> Result<Option<Draft>, StoreError> {
    let row = c.row(sql!("SELECT email, name, lang, buurt_id, payload, picture_id, expires_at, initiative_id FROM initiative_draft WHERE id = $1"), &[id.into()]).await?;
    row.map(|r| {
        Ok(Draft {
            email: r.text("email")?,
            name: r.text("name")?,
            lang: r.text("lang")?,
            buurt_id: r.int("buurt_id")?,
            payload: r.text("payload")?,
            picture_id: r.opt_int("picture_id")?,
            expires_at: r.int("expires_at")?,
            initiative_id: r.opt_int("initiative_id")?,
        })
    })
    .transpose()
}

/// It became a plan; what was typed is wiped. `false` when another was first.
pub async fn use_draft(u: &mut Unit, id: i64, initiative: i64) -> Result<bool, StoreError> {
    Ok(u.exec(sql!("UPDATE initiative_draft SET initiative_id = $2, email = '', name = '', payload = '{}' WHERE id = $1 AND initiative_id IS NULL"), &[id.into(), initiative.into()]).await? == 1)
}
