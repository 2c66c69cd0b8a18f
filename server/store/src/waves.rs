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

/// Form and digest of the content of this pseudonym's answer, if it gave one; answers of before have no digest.
pub async fn boxed_form(
    c: &mut Conn,
    wave: i64,
    pseudonym: &[u8],
) -> Result<Option<(Vec<u8>, Option<Vec<u8>>)>, StoreError> {
    c.row(
        sql!("SELECT idempotency_key, digest FROM answer_box WHERE wave_id = $1 AND pseudonym = $2"),
        &[wave.into(), pseudonym.into()],
    )
    .await?
    .map(|r| Ok((r.blob("idempotency_key")?, r.opt_blob("digest")?)))
    .transpose()
}

/// Digest of the replaced answer that this form gave.
pub async fn retry(c: &mut Conn, wave: i64, pseudonym: &[u8], form: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
    c.row(
        sql!("SELECT digest FROM answer_retry WHERE wave_id = $1 AND pseudonym = $2 AND idempotency_key = $3"),
        &[wave.into(), pseudonym.into(), form.into()],
    )
    .await?
    .map(|r| r.blob("digest"))
    .transpose()
}

/// Remembers the form of a replaced answer.
pub async fn add_retry(
    u: &mut Unit,
    wave: i64,
    pseudonym: &[u8],
    form: &[u8],
    digest: &[u8],
) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO answer_retry (wave_id, pseudonym, idempotency_key, digest) VALUES ($1, $2, $3, $4) ON CONFLICT (wave_id, pseudonym, idempotency_key) DO NOTHING"),
        &[wave.into(), pseudonym.into(), form.into(), digest.into()],
    )
    .await
    .map(|_| ())
}

/// An answer on its way into the box.
pub struct BoxedAnswer<'a> {
    /// Where it counts.
    pub buurt: i64,
    /// Mark and words, sealed under the wave's key.
    pub sealed: &'a str,
    /// The form that gave it.
    pub form: &'a [u8],
    /// Of its content.
    pub digest: &'a [u8],
}

/// Puts an answer into the box in place of an earlier one of the same resident. Mark and words lie sealed in `good`.
pub async fn put_boxed(u: &mut Unit, wave: i64, pseudonym: &[u8], a: &BoxedAnswer<'_>) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO answer_box (wave_id, pseudonym, buurt_id, mark, good, better, can_do, idempotency_key, digest) VALUES ($1, $2, $3, NULL, $4, '', '', $5, $6) ON CONFLICT (wave_id, pseudonym) DO UPDATE SET buurt_id = excluded.buurt_id, mark = NULL, good = excluded.good, better = '', can_do = '', idempotency_key = excluded.idempotency_key, digest = excluded.digest"),
        &[wave.into(), pseudonym.into(), a.buurt.into(), a.sealed.into(), a.form.into(), a.digest.into()],
    )
    .await
    .map(|_| ())
}

/// An answer as the box kept it.
pub struct Opened {
    /// Under which it lay.
    pub pseudonym: Vec<u8>,
    /// Where it counts.
    pub buurt: i64,
    /// What it says.
    pub answer: Kept,
}

/// Mark and words: sealed, or in boxes of before to read.
pub enum Kept {
    /// Sealed text.
    Sealed(String),
    /// To read.
    Plain(Answer),
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

/// Every answer in the box.
pub async fn box_of(c: &mut Conn, wave: i64) -> Result<Vec<Opened>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT pseudonym, buurt_id, mark, good, better, can_do, digest FROM answer_box WHERE wave_id = $1 ORDER BY pseudonym"),
            &[wave.into()],
        )
        .await?;
    let opened = |r: &Row| {
        let (buurt, plain) = answer(r)?;
        // Answers of before sealing have no digest.
        let kept = if r.opt_blob("digest")?.is_some() { Kept::Sealed(plain.good) } else { Kept::Plain(plain) };
        Ok(Opened { pseudonym: r.blob("pseudonym")?, buurt, answer: kept })
    };
    rows.iter().map(opened).collect()
}

/// Empties the box and what hangs on it.
pub async fn empty_box(u: &mut Unit, wave: i64) -> Result<(), StoreError> {
    u.exec(sql!("DELETE FROM answer_retry WHERE wave_id = $1"), &[wave.into()]).await?;
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
