//! What departments were asked about a plan, and what they said.

use crate::{Conn, Row, StoreError, Unit, sql};
use domain::advice::Says;
use domain::money::Cents;
use domain::time::Seconds;
use std::collections::HashMap;

/// A question to departments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAdvice {
    /// Plan.
    pub initiative: i64,
    /// What is asked.
    pub question: String,
    /// When.
    pub asked_at: Seconds,
    /// The answer is needed by then.
    pub due_at: Seconds,
    /// Who asks.
    pub asked_by: i64,
}

/// What one said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// In one word.
    pub says: Says,
    /// Own words.
    pub words: String,
    /// Least cost, where known.
    pub low: Option<Cents>,
    /// Likely cost, where known.
    pub likely: Option<Cents>,
    /// The role of who answers for it, never a name; may be empty.
    pub responsible: String,
}

/// One question to one department, with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// Id.
    pub id: i64,
    /// Which department.
    pub department: String,
    /// What was asked.
    pub asked: NewAdvice,
    /// When it answered, and what.
    pub answer: Option<(Seconds, Answer)>,
}

fn read(r: &Row) -> Result<Advice, StoreError> {
    let answer = match r.opt_int("answered_at")? {
        None => None,
        Some(at) => Some((
            at,
            Answer {
                says: Says::from_key(&r.text("answer")?)
                    .ok_or_else(|| StoreError::Corrupt { column: "answer".into(), source: None })?,
                words: r.text("words")?,
                low: r.opt_int("low")?.map(Cents),
                likely: r.opt_int("likely")?.map(Cents),
                responsible: r.text("responsible")?,
            },
        )),
    };
    Ok(Advice {
        id: r.int("id")?,
        department: r.text("department")?,
        asked: NewAdvice {
            initiative: r.int("initiative_id")?,
            question: r.text("question")?,
            asked_at: r.int("asked_at")?,
            due_at: r.int("due_at")?,
            asked_by: r.int("asked_by")?,
        },
        answer,
    })
}

/// Lets acts that count what hangs on a plan follow each other: the next one sees what this one wrote.
pub async fn hold(u: &mut Unit, id: i64) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE initiative SET version = version WHERE id = $1"), &[id.into()]).await.map(|_| ())
}

/// Asks a department; [`StoreError::Duplicate`] when it was asked before.
pub async fn add_advice(u: &mut Unit, department: &str, asked: &NewAdvice) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO advice (initiative_id, department, question, asked_at, due_at, asked_by) VALUES ($1, $2, $3, $4, $5, $6)"),
        &[
            asked.initiative.into(),
            department.into(),
            asked.question.as_str().into(),
            asked.asked_at.into(),
            asked.due_at.into(),
            asked.asked_by.into(),
        ],
    )
    .await
    .map(|_| ())
}

/// What was asked about a plan, in the order in which it was.
pub async fn advice(c: &mut Conn, id: i64) -> Result<Vec<Advice>, StoreError> {
    let rows = c.rows(sql!("SELECT * FROM advice WHERE initiative_id = $1 ORDER BY id"), &[id.into()]).await?;
    rows.iter().map(read).collect()
}

/// One question, of this plan.
pub async fn one_advice(c: &mut Conn, id: i64, advice: i64) -> Result<Option<Advice>, StoreError> {
    c.row(sql!("SELECT * FROM advice WHERE initiative_id = $1 AND id = $2"), &[id.into(), advice.into()])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Keeps an answer; `false` when there was one.
pub async fn answer_advice(u: &mut Unit, advice: i64, a: &Answer, now: Seconds) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE advice SET answered_at = $2, answer = $3, words = $4, low = $5, likely = $6, responsible = $7 WHERE id = $1 AND answered_at IS NULL"),
        &[
            advice.into(),
            now.into(),
            a.says.key().into(),
            a.words.as_str().into(),
            a.low.map(|c| c.0).into(),
            a.likely.map(|c| c.0).into(),
            a.responsible.as_str().into(),
        ],
    )
    .await?
        == 1)
}

/// How many answered, and how many were asked, by plan that waits for a verdict.
pub async fn advice_counts(c: &mut Conn) -> Result<HashMap<i64, (i64, i64)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT a.initiative_id, COUNT(*) AS asked, COUNT(a.answered_at) AS answered FROM advice a JOIN initiative i ON i.id = a.initiative_id WHERE i.state = 'published' GROUP BY a.initiative_id"),
            &[],
        )
        .await?;
    rows.iter().map(|r| Ok((r.int("initiative_id")?, (r.int("answered")?, r.int("asked")?)))).collect()
}

/// What is late about plans that still wait for a verdict, and was not told yet.
pub async fn late_advice(c: &mut Conn, now: Seconds) -> Result<Vec<Advice>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT a.* FROM advice a JOIN initiative i ON i.id = a.initiative_id WHERE a.warned = 0 AND a.answered_at IS NULL AND a.due_at < $1 AND i.state = 'published' ORDER BY a.due_at, a.id LIMIT 100"),
            &[now.into()],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// It is told that one is late; `false` when it was, or was answered meanwhile.
pub async fn warn_advice(u: &mut Unit, advice: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE advice SET warned = 1 WHERE id = $1 AND warned = 0 AND answered_at IS NULL"),
        &[advice.into()],
    )
    .await?
        == 1)
}
