//! The box of a wave, until its close: sealed answers under pseudonyms.

use crate::{Conn, Row, StoreError, Unit, sql};
use domain::survey::Answer;

/// An answer that is in the box.
#[derive(Clone, Debug)]
pub struct Found {
    /// Under which it lies.
    pub pseudonym: Vec<u8>,
    /// Where it counts.
    pub buurt: i64,
    /// Given without account or letter.
    pub open: bool,
    /// What it says, sealed.
    pub sealed: String,
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

/// The answer whose own code has this tag.
pub async fn by_code_tag(c: &mut Conn, wave: i64, tag: &[u8]) -> Result<Option<Found>, StoreError> {
    c.row(
        sql!("SELECT pseudonym, buurt_id, open, good FROM answer_box WHERE wave_id = $1 AND code_tag = $2"),
        &[wave.into(), tag.into()],
    )
    .await?
    .map(|r| {
        Ok(Found {
            pseudonym: r.blob("pseudonym")?,
            buurt: r.int("buurt_id")?,
            open: r.flag("open")?,
            sealed: r.text("good")?,
        })
    })
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
    /// Given without account or letter.
    pub open: bool,
    /// Everything it says, sealed under the wave's key.
    pub sealed: &'a str,
    /// The form that gave it.
    pub form: &'a [u8],
    /// Of its content.
    pub digest: &'a [u8],
    /// Of its own code.
    pub code_tag: &'a [u8],
}

/// Puts an answer into the box in place of an earlier one under the same pseudonym. What it says lies sealed in `good`.
pub async fn put_boxed(u: &mut Unit, wave: i64, pseudonym: &[u8], a: &BoxedAnswer<'_>) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO answer_box (wave_id, pseudonym, buurt_id, open, mark, good, better, can_do, idempotency_key, digest, code_tag) VALUES ($1, $2, $3, $4, NULL, $5, '', '', $6, $7, $8) ON CONFLICT (wave_id, pseudonym) DO UPDATE SET buurt_id = excluded.buurt_id, open = excluded.open, mark = NULL, good = excluded.good, better = '', can_do = '', idempotency_key = excluded.idempotency_key, digest = excluded.digest, code_tag = excluded.code_tag"),
        &[wave.into(), pseudonym.into(), a.buurt.into(), a.open.into(), a.sealed.into(), a.form.into(), a.digest.into(), a.code_tag.into()],
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
    /// Given without account or letter.
    pub open: bool,
    /// What it says.
    pub answer: Kept,
}

/// What an answer says: sealed, or in boxes of before to read.
pub enum Kept {
    /// Sealed text.
    Sealed(String),
    /// To read.
    Plain(Answer),
}

/// Every answer in the box.
pub async fn box_of(c: &mut Conn, wave: i64) -> Result<Vec<Opened>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT pseudonym, buurt_id, open, mark, good, better, can_do, digest FROM answer_box WHERE wave_id = $1 ORDER BY pseudonym"),
            &[wave.into()],
        )
        .await?;
    rows.iter().map(opened).collect()
}

fn opened(r: &Row) -> Result<Opened, StoreError> {
    let good = r.text("good")?;
    // Answers of before sealing have no digest.
    let answer = if r.opt_blob("digest")?.is_some() {
        Kept::Sealed(good)
    } else {
        Kept::Plain(Answer {
            mark: r.opt_int("mark")?,
            good,
            better: r.text("better")?,
            can_do: r.text("can_do")?,
            ..Answer::default()
        })
    };
    Ok(Opened { pseudonym: r.blob("pseudonym")?, buurt: r.int("buurt_id")?, open: r.flag("open")?, answer })
}

/// Empties the box and what hangs on it.
pub async fn empty_box(u: &mut Unit, wave: i64) -> Result<(), StoreError> {
    u.exec(sql!("DELETE FROM answer_retry WHERE wave_id = $1"), &[wave.into()]).await?;
    u.exec(sql!("DELETE FROM answer_box WHERE wave_id = $1"), &[wave.into()]).await.map(|_| ())
}
