//! Masked words of answers, one question at a time.

use crate::{Conn, Row, StoreError, Unit, sql};
use domain::time::{DAY, Seconds};

/// How long open answers are kept after a wave: two years.
pub const TERM: Seconds = 731 * DAY;

/// Masked words on their way into the table.
#[derive(Clone, Debug)]
pub struct NewQuote {
    /// Of which answer (its shuffled place).
    pub position: i64,
    /// To which question.
    pub question: &'static str,
    /// Where it counts.
    pub buurt: i64,
    /// By link or poster.
    pub open: bool,
    /// Language of the page it was written on.
    pub lang: String,
    /// The words, masked.
    pub words: String,
    /// A desk released them before.
    pub released: bool,
}

/// Masked words of one answer to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Id: says nothing of the answer.
    pub id: i64,
    /// Of which answer. For counting alone: no page may show it.
    pub position: i64,
    /// To which question.
    pub question: String,
    /// Where it counts.
    pub buurt: i64,
    /// By link or poster.
    pub open: bool,
    /// Language of the page it was written on.
    pub lang: String,
    /// The words, masked.
    pub words: String,
    /// `waiting`, `released` or `refused`.
    pub state: String,
}

fn quote(r: &Row) -> Result<Quote, StoreError> {
    Ok(Quote {
        id: r.int("id")?,
        position: r.int("position")?,
        question: r.text("question")?,
        buurt: r.int("buurt_id")?,
        open: r.flag("open")?,
        lang: r.text("lang")?,
        words: r.text("words")?,
        state: r.text("state")?,
    })
}

/// Keeps masked words.
pub async fn add_quote(u: &mut Unit, wave: i64, q: &NewQuote) -> Result<(), StoreError> {
    let state = if q.released { "released" } else { "waiting" };
    u.exec(
        sql!("INSERT INTO quote (wave_id, position, question, buurt_id, open, lang, words, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
        &[
            wave.into(),
            q.position.into(),
            q.question.into(),
            q.buurt.into(),
            q.open.into(),
            q.lang.as_str().into(),
            q.words.as_str().into(),
            state.into(),
        ],
    )
    .await
    .map(|_| ())
}

/// A page of the quotes of these buurten (`,1,2,`; `None`: all) in one state, of one proposal where one is named.
pub async fn quotes(
    c: &mut Conn,
    wave: i64,
    buurten: Option<&str>,
    state: &str,
    proposal: Option<i64>,
    (limit, offset): (i64, i64),
) -> Result<Vec<Quote>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT q.id, q.position, q.question, q.buurt_id, q.open, q.lang, q.words, q.state FROM quote q WHERE q.wave_id = $1 AND (CAST($2 AS TEXT) IS NULL OR $2 LIKE '%,' || CAST(q.buurt_id AS TEXT) || ',%') AND q.state = $3 AND (CAST($4 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM answer_theme t JOIN theme_proposal p ON p.id = t.proposal_id WHERE p.id = $4 AND p.wave_id = q.wave_id AND p.question = q.question AND t.position = q.position)) ORDER BY COALESCE((SELECT t.typical FROM answer_theme t WHERE t.proposal_id = $4 AND t.position = q.position), 0) DESC, q.id LIMIT $5 OFFSET $6"),
            &[wave.into(), buurten.into(), state.into(), proposal.into(), limit.into(), offset.into()],
        )
        .await?;
    rows.iter().map(quote).collect()
}

/// How many quotes of these buurten wait, were released, were refused.
pub async fn counts(c: &mut Conn, wave: i64, buurten: Option<&str>) -> Result<[i64; 3], StoreError> {
    let rows = c
        .rows(
            sql!("SELECT state, COUNT(*) AS n FROM quote WHERE wave_id = $1 AND (CAST($2 AS TEXT) IS NULL OR $2 LIKE '%,' || CAST(buurt_id AS TEXT) || ',%') GROUP BY state"),
            &[wave.into(), buurten.into()],
        )
        .await?;
    let mut found = [0; 3];
    for r in &rows {
        let at = match r.text("state")?.as_str() {
            "waiting" => 0,
            "released" => 1,
            _ => 2,
        };
        found[at] = r.int("n")?;
    }
    Ok(found)
}

/// One of them.
pub async fn one_quote(c: &mut Conn, wave: i64, id: i64) -> Result<Option<Quote>, StoreError> {
    c.row(
        sql!("SELECT id, position, question, buurt_id, open, lang, words, state FROM quote WHERE wave_id = $1 AND id = $2"),
        &[wave.into(), id.into()],
    )
    .await?
    .as_ref()
    .map(quote)
    .transpose()
}

/// Releases a quote with these words, or refuses it. A word that was masked is gone.
pub async fn decide_quote(u: &mut Unit, id: i64, released: bool, words: &str) -> Result<(), StoreError> {
    let state = if released { "released" } else { "refused" };
    u.exec(sql!("UPDATE quote SET state = $2, words = $3 WHERE id = $1"), &[id.into(), state.into(), words.into()])
        .await
        .map(|_| ())
}

/// Empties open answers two years after their wave, and what was made of them; what was published stays.
pub async fn sweep(u: &mut Unit, now: Seconds) -> Result<(), StoreError> {
    let before = now - TERM;
    let waves = u
        .rows(
            sql!("SELECT w.id FROM wave w WHERE w.phase = 'closed' AND w.closes_at < $1 AND EXISTS (SELECT 1 FROM answer a WHERE a.wave_id = w.id AND (a.good <> '' OR a.better <> '' OR a.can_do <> '' OR a.own <> '[]'))"),
            &[before.into()],
        )
        .await?;
    for row in waves {
        let wave = row.int("id")?;
        u.exec(
            sql!("UPDATE answer SET good = '', better = '', can_do = '', own = '[]' WHERE wave_id = $1"),
            &[wave.into()],
        )
        .await?;
        u.exec(sql!("DELETE FROM quote WHERE wave_id = $1"), &[wave.into()]).await?;
        u.exec(
            sql!("DELETE FROM answer_theme WHERE proposal_id IN (SELECT id FROM theme_proposal WHERE wave_id = $1)"),
            &[wave.into()],
        )
        .await?;
    }
    Ok(())
}

/// Every quote of a wave, whatever was decided.
pub async fn of_wave(c: &mut Conn, wave: i64) -> Result<Vec<Quote>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT id, position, question, buurt_id, open, lang, words, state FROM quote WHERE wave_id = $1 ORDER BY id"),
            &[wave.into()],
        )
        .await?;
    rows.iter().map(quote).collect()
}
