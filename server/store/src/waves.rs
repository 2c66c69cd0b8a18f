//! Survey waves: what they ask and where, their letters' codes, and answers after the close.

mod answer_box;

pub use answer_box::{BoxedAnswer, Found, Kept, Opened};
pub use answer_box::{add_retry, box_of, boxed_form, by_code_tag, empty_box, put_boxed, retry};

use crate::{Conn, Row, StoreError, Unit, sql};
use domain::survey::{Answer, Asked, Reach, Wording};
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
    /// Where it asks.
    pub reach: Reach,
    /// What it asks.
    pub asked: Asked,
    /// Who has the link or scans a poster may answer.
    pub open_link: bool,
    /// Answers are taken from here.
    pub opens_at: Seconds,
    /// Until here.
    pub closes_at: Seconds,
    /// The box was emptied.
    pub closed: bool,
    /// What came of it can be read.
    pub published: bool,
    /// SHA-256 of the wave key.
    pub key_fingerprint: Option<String>,
    /// Residents were invited by mail.
    pub invited_at: Option<Seconds>,
    /// And reminded.
    pub reminded_at: Option<Seconds>,
    /// How many mails with an invitation went out.
    pub invited: i64,
}

impl Wave {
    /// Whether an answer given now is taken.
    pub fn takes_answers(&self, now: Seconds) -> bool {
        !self.closed && self.opens_at <= now && now < self.closes_at
    }
}

/// JSON as a column keeps it.
pub(crate) fn json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Corrupt { column: "json".into(), source: None })
}

/// The other way round.
pub(crate) fn from_json<T: serde::de::DeserializeOwned>(r: &Row, column: &str) -> Result<T, StoreError> {
    serde_json::from_str(&r.text(column)?).map_err(|_| StoreError::Corrupt { column: column.into(), source: None })
}

fn wave(r: &Row) -> Result<Wave, StoreError> {
    let wording = if r.text("wording")?.is_empty() { Wording(None) } else { from_json(r, "wording")? };
    Ok(Wave {
        id: r.int("id")?,
        slug: r.text("slug")?,
        title: r.text("title")?,
        reach: Reach::from_parts(&r.text("reach")?, r.opt_int("place_id")?),
        asked: Asked { wording, questions: from_json(r, "questions")?, themes: r.flag("asks_themes")? },
        open_link: r.flag("open_link")?,
        opens_at: r.int("opens_at")?,
        closes_at: r.int("closes_at")?,
        closed: r.text("phase")? == "closed",
        published: r.flag("published")?,
        key_fingerprint: r.opt_text("key_fingerprint")?,
        invited_at: r.opt_int("invited_at")?,
        reminded_at: r.opt_int("reminded_at")?,
        invited: r.int("invited")?,
    })
}

/// All waves, the newest first.
pub async fn all(c: &mut Conn) -> Result<Vec<Wave>, StoreError> {
    let rows = c.rows(sql!("SELECT wave.*, CAST(CASE WHEN EXISTS (SELECT 1 FROM wave_publication p WHERE p.wave_id = wave.id) THEN 1 ELSE 0 END AS BIGINT) AS published FROM wave ORDER BY closes_at DESC, id DESC"), &[]).await?;
    rows.iter().map(wave).collect()
}

/// One wave.
pub async fn by_slug(c: &mut Conn, slug: &str) -> Result<Option<Wave>, StoreError> {
    c.row(sql!("SELECT wave.*, CAST(CASE WHEN EXISTS (SELECT 1 FROM wave_publication p WHERE p.wave_id = wave.id) THEN 1 ELSE 0 END AS BIGINT) AS published FROM wave WHERE slug = $1"), &[slug.into()]).await?.as_ref().map(wave).transpose()
}

/// A wave as an administrator sets it up.
#[derive(Clone, Debug)]
pub struct NewWave<'a> {
    /// Title.
    pub title: &'a str,
    /// Where it asks.
    pub reach: Reach,
    /// What it asks.
    pub asked: &'a Asked,
    /// Who has the link may answer.
    pub open_link: bool,
    /// Opens.
    pub opens_at: Seconds,
    /// Closes.
    pub closes_at: Seconds,
}

/// Makes a wave; gives its id.
pub async fn insert(
    u: &mut Unit,
    slug: &str,
    w: &NewWave<'_>,
    fingerprint: &str,
    now: Seconds,
) -> Result<i64, StoreError> {
    let (reach, place) = w.reach.parts();
    u.one(
        sql!("INSERT INTO wave (slug, title, reach, place_id, wording, questions, asks_themes, open_link, opens_at, closes_at, phase, key_fingerprint, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, $12) RETURNING id"),
        &[
            slug.into(),
            w.title.into(),
            reach.into(),
            place.into(),
            json(&w.asked.wording)?.into(),
            json(&w.asked.questions)?.into(),
            w.asked.themes.into(),
            w.open_link.into(),
            w.opens_at.into(),
            w.closes_at.into(),
            fingerprint.into(),
            now.into(),
        ],
    )
    .await?
    .int("id")
}

/// Changes a wave that did not open yet; false when it did.
pub async fn change(u: &mut Unit, id: i64, w: &NewWave<'_>, now: Seconds) -> Result<bool, StoreError> {
    let (reach, place) = w.reach.parts();
    let changed = u
        .exec(
            sql!("UPDATE wave SET title = $2, reach = $3, place_id = $4, wording = $5, questions = $6, asks_themes = $7, open_link = $8, opens_at = $9, closes_at = $10 WHERE id = $1 AND phase = 'open' AND opens_at > $11"),
            &[
                id.into(),
                w.title.into(),
                reach.into(),
                place.into(),
                json(&w.asked.wording)?.into(),
                json(&w.asked.questions)?.into(),
                w.asked.themes.into(),
                w.open_link.into(),
                w.opens_at.into(),
                w.closes_at.into(),
                now.into(),
            ],
        )
        .await?;
    Ok(changed == 1)
}

/// Marks that residents were invited (so many); false when they were before.
pub async fn mark_invited(u: &mut Unit, id: i64, count: usize, now: Seconds) -> Result<bool, StoreError> {
    let sql = sql!("UPDATE wave SET invited_at = $2, invited = $3 WHERE id = $1 AND invited_at IS NULL");
    Ok(u.exec(sql, &[id.into(), now.into(), count.into()]).await? == 1)
}

/// Marks that they were reminded, once.
pub async fn mark_reminded(u: &mut Unit, id: i64, now: Seconds) -> Result<bool, StoreError> {
    let sql = sql!("UPDATE wave SET reminded_at = $2 WHERE id = $1 AND reminded_at IS NULL AND invited_at IS NOT NULL");
    Ok(u.exec(sql, &[id.into(), now.into()]).await? == 1)
}

/// Keeps the hash of a letter's code.
pub async fn add_code(u: &mut Unit, wave: i64, hash: &str, buurt: i64) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO wave_code (hash, wave_id, buurt_id) VALUES ($1, $2, $3)"),
        &[hash.into(), wave.into(), buurt.into()],
    )
    .await
    .map(|_| ())
}

/// Buurt for which a letter's code of this wave was made.
pub async fn code_buurt(c: &mut Conn, wave: i64, hash: &str) -> Result<Option<i64>, StoreError> {
    let sql = sql!("SELECT buurt_id FROM wave_code WHERE hash = $1 AND wave_id = $2");
    c.row(sql, &[hash.into(), wave.into()]).await?.map(|r| r.int("buurt_id")).transpose()
}

/// How many codes were made, per buurt (id).
pub async fn codes_made(c: &mut Conn, wave: i64) -> Result<Vec<(i64, i64)>, StoreError> {
    let sql =
        sql!("SELECT buurt_id, COUNT(*) AS n FROM wave_code WHERE wave_id = $1 GROUP BY buurt_id ORDER BY buurt_id");
    let rows = c.rows(sql, &[wave.into()]).await?;
    rows.iter().map(|r| Ok((r.int("buurt_id")?, r.int("n")?))).collect()
}

/// One resident whom a wave can be told of: id, mail address, language.
#[derive(Clone, Debug)]
pub struct Invitee {
    /// Mail address.
    pub email: String,
    /// Language of the mail.
    pub lang: String,
}

/// Everyone with a confirmed address who showed to live in this buurt.
pub async fn residents(c: &mut Conn, buurt: i64) -> Result<Vec<Invitee>, StoreError> {
    let sql = sql!(
        "SELECT email, lang FROM account WHERE buurt_id = $1 AND residence_at IS NOT NULL AND confirmed_at IS NOT NULL AND closed_at IS NULL ORDER BY id"
    );
    let rows = c.rows(sql, &[buurt.into()]).await?;
    rows.iter().map(|r| Ok(Invitee { email: r.text("email")?, lang: r.text("lang")? })).collect()
}

/// Writes an answer without its pseudonym at its shuffled place.
pub async fn add_answer(
    u: &mut Unit,
    wave: i64,
    position: usize,
    (buurt, open): (i64, bool),
    a: &Answer,
) -> Result<(), StoreError> {
    let lang = if a.lang.is_empty() { "nl" } else { a.lang.as_str() };
    u.exec(
        sql!("INSERT INTO answer (wave_id, position, buurt_id, open, mark, good, better, can_do, lang, themes, own) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"),
        &[
            wave.into(),
            position.into(),
            buurt.into(),
            open.into(),
            a.mark.into(),
            a.good.as_str().into(),
            a.better.as_str().into(),
            a.can_do.as_str().into(),
            lang.into(),
            json(&a.themes)?.into(),
            json(&a.own)?.into(),
        ],
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

/// An answer of a closed wave, whose it was no longer to be known.
#[derive(Clone, Debug)]
pub struct Closed {
    /// Its shuffled place.
    pub position: i64,
    /// Where it counts.
    pub buurt: i64,
    /// Given by link or poster, without account or letter.
    pub open: bool,
    /// What it says.
    pub answer: Answer,
}

/// Every answer of a closed wave.
pub async fn answers(c: &mut Conn, wave: i64) -> Result<Vec<Closed>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT position, buurt_id, open, mark, good, better, can_do, lang, themes, own FROM answer WHERE wave_id = $1 ORDER BY position"),
            &[wave.into()],
        )
        .await?;
    rows.iter()
        .map(|r| {
            Ok(Closed {
                position: r.int("position")?,
                buurt: r.int("buurt_id")?,
                open: r.flag("open")?,
                answer: Answer {
                    mark: r.opt_int("mark")?,
                    good: r.text("good")?,
                    better: r.text("better")?,
                    can_do: r.text("can_do")?,
                    themes: from_json(r, "themes")?,
                    own: from_json(r, "own")?,
                    lang: r.text("lang")?,
                },
            })
        })
        .collect()
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
