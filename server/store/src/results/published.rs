//! Publications, answers to the answers, and who is told of them.

use crate::waves::{from_json, json};
use crate::{Conn, StoreError, Unit, sql};
use domain::disclosure::Report;
use domain::survey::{Published, Stance};
use domain::time::Seconds;

/// Keeps a version. [`StoreError::Duplicate`] when somebody was first.
pub async fn put_publication(
    u: &mut Unit,
    wave: i64,
    by: Option<i64>,
    data: &Published,
    report: &Report,
) -> Result<(), StoreError> {
    u.exec(
        sql!(
            "INSERT INTO wave_publication (wave_id, version, at, by_id, data, report) VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        &[wave.into(), data.version.into(), data.at.into(), by.into(), json(data)?.into(), json(report)?.into()],
    )
    .await
    .map(|_| ())
}

/// What stands published of a wave.
pub async fn latest(c: &mut Conn, wave: i64) -> Result<Option<Published>, StoreError> {
    c.row(sql!("SELECT data FROM wave_publication WHERE wave_id = $1 ORDER BY version DESC LIMIT 1"), &[wave.into()])
        .await?
        .map(|r| from_json(&r, "data"))
        .transpose()
}

/// Takes these words out of every version: who released them changed their mind.
pub async fn take_back(u: &mut Unit, wave: i64, words: &str) -> Result<(), StoreError> {
    let rows = u.rows(sql!("SELECT version, data FROM wave_publication WHERE wave_id = $1"), &[wave.into()]).await?;
    for row in &rows {
        let mut doc: Published = from_json(row, "data")?;
        doc.quotes.retain(|q| q.words != words);
        u.exec(
            sql!("UPDATE wave_publication SET data = $3 WHERE wave_id = $1 AND version = $2"),
            &[wave.into(), row.int("version")?.into(), json(&doc)?.into()],
        )
        .await?;
    }
    Ok(())
}

/// What stands published of every wave, the oldest wave first.
pub async fn published(c: &mut Conn) -> Result<Vec<Published>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT p.data FROM wave_publication p JOIN wave w ON w.id = p.wave_id WHERE p.version = (SELECT MAX(q.version) FROM wave_publication q WHERE q.wave_id = p.wave_id) ORDER BY w.closes_at, w.id"),
            &[],
        )
        .await?;
    rows.iter().map(|r| from_json(r, "data")).collect()
}

/// An answer to what people said, on its way into the table.
#[derive(Clone, Debug)]
pub struct NewReply {
    /// Id under which the theme is published.
    pub theme: i64,
    /// For which buurt; `None`: wherever the wave asked.
    pub buurt: Option<i64>,
    /// What is done.
    pub stance: Stance,
    /// In words.
    pub words: String,
    /// A public plan.
    pub initiative: Option<i64>,
    /// A programme of the budget.
    pub programme: Option<i64>,
    /// By when.
    pub by_at: Option<Seconds>,
    /// In whose name.
    pub organisation: String,
}

/// One that stands.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Id.
    pub id: i64,
    /// When.
    pub at: Seconds,
    /// What it says.
    pub said: NewReply,
}

/// Adds an answer; gives its id.
pub async fn add_reply(
    u: &mut Unit,
    wave: i64,
    account: Option<i64>,
    r: &NewReply,
    now: Seconds,
) -> Result<i64, StoreError> {
    u.one(
        sql!("INSERT INTO theme_reply (wave_id, theme, buurt_id, stance, words, initiative_id, programme_id, by_at, organisation, account_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id"),
        &[
            wave.into(),
            r.theme.into(),
            r.buurt.into(),
            r.stance.key().into(),
            r.words.as_str().into(),
            r.initiative.into(),
            r.programme.into(),
            r.by_at.into(),
            r.organisation.as_str().into(),
            account.into(),
            now.into(),
        ],
    )
    .await?
    .int("id")
}

/// Answers to what people said in a wave, the newest first.
pub async fn replies(c: &mut Conn, wave: i64) -> Result<Vec<Reply>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT id, theme, buurt_id, stance, words, initiative_id, programme_id, by_at, organisation, at FROM theme_reply WHERE wave_id = $1 ORDER BY id DESC"),
            &[wave.into()],
        )
        .await?;
    rows.iter()
        .map(|r| {
            Ok(Reply {
                id: r.int("id")?,
                at: r.int("at")?,
                said: NewReply {
                    theme: r.int("theme")?,
                    buurt: r.opt_int("buurt_id")?,
                    stance: Stance::from_key(&r.text("stance")?)
                        .ok_or_else(|| StoreError::Corrupt { column: "stance".into(), source: None })?,
                    words: r.text("words")?,
                    initiative: r.opt_int("initiative_id")?,
                    programme: r.opt_int("programme_id")?,
                    by_at: r.opt_int("by_at")?,
                    organisation: r.text("organisation")?,
                },
            })
        })
        .collect()
}

/// Somebody wants to be told; false when they did before.
pub async fn follow(u: &mut Unit, wave: i64, account: i64) -> Result<bool, StoreError> {
    let sql = sql!(
        "INSERT INTO wave_follow (wave_id, account_id) VALUES ($1, $2) ON CONFLICT (wave_id, account_id) DO NOTHING"
    );
    Ok(u.exec(sql, &[wave.into(), account.into()]).await? == 1)
}

/// And no longer.
pub async fn unfollow(u: &mut Unit, wave: i64, account: i64) -> Result<bool, StoreError> {
    let sql = sql!("DELETE FROM wave_follow WHERE wave_id = $1 AND account_id = $2");
    Ok(u.exec(sql, &[wave.into(), account.into()]).await? == 1)
}

/// Whether somebody is told.
pub async fn follows(c: &mut Conn, wave: i64, account: i64) -> Result<bool, StoreError> {
    let sql = sql!("SELECT 1 AS one FROM wave_follow WHERE wave_id = $1 AND account_id = $2");
    Ok(c.row(sql, &[wave.into(), account.into()]).await?.is_some())
}

/// Whom to tell: mail address, language, name.
pub async fn followers(c: &mut Conn, wave: i64) -> Result<Vec<(String, String, String)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT a.email, a.lang, a.name FROM wave_follow f JOIN account a ON a.id = f.account_id WHERE f.wave_id = $1 AND a.closed_at IS NULL AND a.confirmed_at IS NOT NULL ORDER BY a.id"),
            &[wave.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((r.text("email")?, r.text("lang")?, r.text("name")?))).collect()
}
