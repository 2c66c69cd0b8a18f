//! Survey waves: the box until the close, and the answers after it.

use crate::{Conn, Row, StoreError, Unit, sql};
use domain::survey::Answer;
use domain::time::Seconds;

/// One run of the survey.
#[derive(Clone, Debug)]
pub struct Wave {
    /// Id.
    pub id: i64,
    /// For URLs, and the name of its key file.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Answers are taken from here.
    pub opens_at: Seconds,
    /// Until here.
    pub closes_at: Seconds,
    /// The box was emptied.
    pub closed: bool,
    /// SHA-256 of the wave key.
    pub key_fingerprint: Option<String>,
}

impl Wave {
    /// Whether an answer given now is taken.
    pub fn takes_answers(&self, now: Seconds) -> bool {
        !self.closed && self.opens_at <= now && now < self.closes_at
    }
}

fn wave(r: &Row) -> Result<Wave, StoreError> {
    Ok(Wave {
        id: r.int("id")?,
        slug: r.text("slug")?,
        title: r.text("title")?,
        opens_at: r.int("opens_at")?,
        closes_at: r.int("closes_at")?,
        closed: r.text("phase")? == "closed",
        key_fingerprint: r.opt_text("key_fingerprint")?,
    })
}

/// All waves, the newest first.
pub async fn all(c: &mut Conn) -> Result<Vec<Wave>, StoreError> {
    let rows = c.rows(sql!("SELECT id, slug, title, opens_at, closes_at, phase, key_fingerprint FROM wave ORDER BY closes_at DESC, id DESC"), &[]).await?;
    rows.iter().map(wave).collect()
}

/// One wave.
pub async fn by_slug(c: &mut Conn, slug: &str) -> Result<Option<Wave>, StoreError> {
    c.row(
        sql!("SELECT id, slug, title, opens_at, closes_at, phase, key_fingerprint FROM wave WHERE slug = $1"),
        &[slug.into()],
    )
    .await?
    .as_ref()
    .map(wave)
    .transpose()
}

/// Makes a wave; gives its id.
pub async fn insert(
    u: &mut Unit,
    slug: &str,
    title: &str,
    opens_at: Seconds,
    closes_at: Seconds,
    fingerprint: &str,
    now: Seconds,
) -> Result<i64, StoreError> {
    u.one(
        sql!("INSERT INTO wave (slug, title, opens_at, closes_at, phase, key_fingerprint, created_at) VALUES ($1, $2, $3, $4, 'open', $5, $6) RETURNING id"),
        &[slug.into(), title.into(), opens_at.into(), closes_at.into(), fingerprint.into(), now.into()],
    )
    .await?
    .int("id")
}

/// The form that gave the answer of this pseudonym, if it gave one.
pub async fn boxed_key(c: &mut Conn, wave: i64, pseudonym: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
    c.row(
        sql!("SELECT idempotency_key FROM answer_box WHERE wave_id = $1 AND pseudonym = $2"),
        &[wave.into(), pseudonym.into()],
    )
    .await?
    .map(|r| r.blob("idempotency_key"))
    .transpose()
}

/// Puts an answer into the box in place of an earlier one of the same resident.
pub async fn put_boxed(
    u: &mut Unit,
    wave: i64,
    pseudonym: &[u8],
    buurt: i64,
    a: &Answer,
    key: &[u8],
) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO answer_box (wave_id, pseudonym, buurt_id, mark, good, better, can_do, idempotency_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (wave_id, pseudonym) DO UPDATE SET buurt_id = excluded.buurt_id, mark = excluded.mark, good = excluded.good, better = excluded.better, can_do = excluded.can_do, idempotency_key = excluded.idempotency_key"),
        &[wave.into(), pseudonym.into(), buurt.into(), a.mark.into(), a.good.as_str().into(), a.better.as_str().into(), a.can_do.as_str().into(), key.into()],
    )
    .await
    .map(|_| ())
}

fn answer(r: &Row) -> Result<(i64, Answer), StoreError> {
    Ok((
        r.int("buurt_id")?,
        Answer {
            mark: r.opt_int("mark")?,
            good: r.text("good")?,
            better: r.text("better")?,
            can_do: r.text("can_do")?,
        },
    ))
}

/// Every answer in the box, with its buurt.
pub async fn box_of(c: &mut Conn, wave: i64) -> Result<Vec<(i64, Answer)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT buurt_id, mark, good, better, can_do FROM answer_box WHERE wave_id = $1 ORDER BY pseudonym"),
            &[wave.into()],
        )
        .await?;
    rows.iter().map(answer).collect()
}

/// Empties the box.
pub async fn empty_box(u: &mut Unit, wave: i64) -> Result<(), StoreError> {
    u.exec(sql!("DELETE FROM answer_box WHERE wave_id = $1"), &[wave.into()]).await.map(|_| ())
}

/// Writes an answer without its pseudonym at its shuffled place.
pub async fn add_answer(u: &mut Unit, wave: i64, position: usize, buurt: i64, a: &Answer) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO answer (wave_id, position, buurt_id, mark, good, better, can_do) VALUES ($1, $2, $3, $4, $5, $6, $7)"),
        &[wave.into(), position.into(), buurt.into(), a.mark.into(), a.good.as_str().into(), a.better.as_str().into(), a.can_do.as_str().into()],
    )
    .await
    .map(|_| ())
}

/// Ends a wave.
pub async fn close(u: &mut Unit, id: i64, responses: usize) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE wave SET phase = 'closed', responses = $2 WHERE id = $1 AND phase = 'open'"),
        &[id.into(), responses.into()],
    )
    .await?
        == 1)
}

/// Buurt and mark of every answer of a closed wave.
pub async fn marks(c: &mut Conn, wave: i64) -> Result<Vec<(i64, Option<i64>)>, StoreError> {
    let rows =
        c.rows(sql!("SELECT buurt_id, mark FROM answer WHERE wave_id = $1 ORDER BY position"), &[wave.into()]).await?;
    rows.iter().map(|r| Ok((r.int("buurt_id")?, r.opt_int("mark")?))).collect()
}

/// What residents said that a moderator released: buurt and words.
pub async fn quotes(c: &mut Conn, wave: i64) -> Result<Vec<(i64, String)>, StoreError> {
    let rows = c.rows(sql!("SELECT buurt_id, good FROM answer WHERE wave_id = $1 AND quote_released = 1 AND good <> '' ORDER BY position"), &[wave.into()]).await?;
    rows.iter().map(|r| Ok((r.int("buurt_id")?, r.text("good")?))).collect()
}

/// Releases answers whose first words are among these, for the demo city.
pub async fn release_quotes(u: &mut Unit, slug: &str, good: &[String]) -> Result<(), StoreError> {
    for text in good {
        u.exec(
            sql!("UPDATE answer SET quote_released = 1 WHERE good = $2 AND good <> '' AND wave_id = (SELECT id FROM wave WHERE slug = $1)"),
            &[slug.into(), text.into()],
        )
        .await?;
    }
    Ok(())
}
