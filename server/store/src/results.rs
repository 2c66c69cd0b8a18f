//! What becomes of a closed wave's answers: themes that were proposed and approved, quotes, publications, answers to the answers.

mod published;
mod quotes;

pub use published::{
    NewReply, Reply, add_reply, follow, followers, follows, latest, published, put_publication, replies, take_back,
    unfollow,
};
pub use quotes::{NewQuote, Quote, TERM, add_quote, counts, decide_quote, of_wave, one_quote, quotes, sweep};

use crate::waves::{from_json, json};
use crate::{Conn, Row, StoreError, Unit, sql};
use domain::time::Seconds;

/// A theme that a person approved.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Id.
    pub id: i64,
    /// Name, Dutch.
    pub title_nl: String,
    /// Name, English.
    pub title_en: String,
    /// JSON: what it is recognised by.
    pub profiles: String,
}

/// Every approved theme, by id.
pub async fn themes(c: &mut Conn) -> Result<Vec<Theme>, StoreError> {
    let rows = c.rows(sql!("SELECT id, title_nl, title_en, profiles FROM theme ORDER BY id"), &[]).await?;
    rows.iter()
        .map(|r| {
            Ok(Theme {
                id: r.int("id")?,
                title_nl: r.text("title_nl")?,
                title_en: r.text("title_en")?,
                profiles: r.text("profiles")?,
            })
        })
        .collect()
}

/// The theme of this Dutch name, made where there is none; one that is there keeps its English name.
pub async fn put_theme(u: &mut Unit, nl: &str, en: &str, now: Seconds) -> Result<i64, StoreError> {
    u.one(
        sql!("INSERT INTO theme (title_nl, title_en, created_at) VALUES ($1, $2, $3) ON CONFLICT (title_nl) DO UPDATE SET title_nl = excluded.title_nl RETURNING id"),
        &[nl.into(), en.into(), now.into()],
    )
    .await?
    .int("id")
}

/// Keeps what a theme is recognised by.
pub async fn set_profiles(u: &mut Unit, theme: i64, profiles: &str) -> Result<(), StoreError> {
    u.exec(sql!("UPDATE theme SET profiles = $2 WHERE id = $1"), &[theme.into(), profiles.into()]).await.map(|_| ())
}

/// Closed waves whose answers were not read yet (ids).
pub async fn unread(c: &mut Conn) -> Result<Vec<i64>, StoreError> {
    let sql = sql!(
        "SELECT w.id FROM wave w WHERE w.phase = 'closed' AND NOT EXISTS (SELECT 1 FROM wave_read r WHERE r.wave_id = w.id) ORDER BY w.id"
    );
    c.rows(sql, &[]).await?.iter().map(|r| r.int("id")).collect()
}

/// Whether proposals and quotes of a wave are there.
pub async fn is_read(c: &mut Conn, wave: i64) -> Result<bool, StoreError> {
    Ok(c.row(sql!("SELECT at FROM wave_read WHERE wave_id = $1"), &[wave.into()]).await?.is_some())
}

/// Marks that a wave's answers were read; false when they were before.
pub async fn mark_read(u: &mut Unit, wave: i64, now: Seconds) -> Result<bool, StoreError> {
    let sql = sql!("INSERT INTO wave_read (wave_id, at) VALUES ($1, $2) ON CONFLICT (wave_id) DO NOTHING");
    Ok(u.exec(sql, &[wave.into(), now.into()]).await? == 1)
}

/// Answers (by place) whose first words a desk released before quotes were kept apart.
pub async fn released_before(c: &mut Conn, wave: i64) -> Result<Vec<i64>, StoreError> {
    let sql = sql!("SELECT position FROM answer WHERE wave_id = $1 AND quote_released = 1 ORDER BY position");
    c.rows(sql, &[wave.into()]).await?.iter().map(|r| r.int("position")).collect()
}

/// What was done with a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing yet.
    Proposed,
    /// It has a name.
    Approved,
    /// It is no theme.
    Dropped,
    /// It became part of another.
    Merged,
}

impl State {
    fn from_key(key: &str) -> Self {
        match key {
            "approved" => Self::Approved,
            "dropped" => Self::Dropped,
            "merged" => Self::Merged,
            _ => Self::Proposed,
        }
    }
}

/// A theme found in the answers to one question in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Id.
    pub id: i64,
    /// `good` or `better`.
    pub question: String,
    /// Language.
    pub lang: String,
    /// A name to begin with.
    pub label: String,
    /// Its words.
    pub terms: Vec<String>,
    /// The theme that it was recognised as, or got.
    pub theme: Option<i64>,
    /// What was done with it.
    pub state: State,
    /// How many answers it holds.
    pub answers: i64,
}

fn proposal(r: &Row) -> Result<Proposal, StoreError> {
    Ok(Proposal {
        id: r.int("id")?,
        question: r.text("question")?,
        lang: r.text("lang")?,
        label: r.text("label")?,
        terms: from_json(r, "terms")?,
        theme: r.opt_int("theme_id")?,
        state: State::from_key(&r.text("state")?),
        answers: r.int("answers")?,
    })
}

/// Adds a proposal; gives its id.
pub async fn add_proposal(u: &mut Unit, wave: i64, p: &Proposal) -> Result<i64, StoreError> {
    u.one(
        sql!("INSERT INTO theme_proposal (wave_id, question, lang, label, terms, theme_id, state) VALUES ($1, $2, $3, $4, $5, $6, 'proposed') RETURNING id"),
        &[
            wave.into(),
            p.question.as_str().into(),
            p.lang.as_str().into(),
            p.label.as_str().into(),
            json(&p.terms)?.into(),
            p.theme.into(),
        ],
    )
    .await?
    .int("id")
}

/// Puts an answer (by place) into a proposal.
pub async fn add_member(u: &mut Unit, proposal: i64, position: i64, typical: bool) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO answer_theme (proposal_id, position, typical) VALUES ($1, $2, $3)"),
        &[proposal.into(), position.into(), typical.into()],
    )
    .await
    .map(|_| ())
}

/// Every proposal of a wave, the largest first.
pub async fn proposals(c: &mut Conn, wave: i64) -> Result<Vec<Proposal>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT p.id, p.question, p.lang, p.label, p.terms, p.theme_id, p.state, (SELECT COUNT(*) FROM answer_theme t WHERE t.proposal_id = p.id) AS answers FROM theme_proposal p WHERE p.wave_id = $1 ORDER BY p.question DESC, answers DESC, p.id"),
            &[wave.into()],
        )
        .await?;
    rows.iter().map(proposal).collect()
}

/// Which answers (by place) are in which proposal of a wave, and whether they are typical of it.
pub async fn members(c: &mut Conn, wave: i64) -> Result<Vec<(i64, i64, bool)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT t.proposal_id, t.position, t.typical FROM answer_theme t JOIN theme_proposal p ON p.id = t.proposal_id WHERE p.wave_id = $1 ORDER BY t.proposal_id, t.position"),
            &[wave.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((r.int("proposal_id")?, r.int("position")?, r.flag("typical")?))).collect()
}

/// Gives a proposal its theme; false for one that became part of another.
pub async fn approve(u: &mut Unit, proposal: i64, theme: i64) -> Result<bool, StoreError> {
    let sql = sql!("UPDATE theme_proposal SET state = 'approved', theme_id = $2 WHERE id = $1 AND state <> 'merged'");
    Ok(u.exec(sql, &[proposal.into(), theme.into()]).await? == 1)
}

/// Says that a proposal is no theme; false for one that became part of another.
pub async fn drop_proposal(u: &mut Unit, proposal: i64) -> Result<bool, StoreError> {
    let sql = sql!("UPDATE theme_proposal SET state = 'dropped' WHERE id = $1 AND state <> 'merged'");
    Ok(u.exec(sql, &[proposal.into()]).await? == 1)
}

/// Moves a proposal's answers into another; false for one that did so before.
pub async fn merge(u: &mut Unit, proposal: i64, into: i64) -> Result<bool, StoreError> {
    let changed = u
        .exec(
            sql!("UPDATE theme_proposal SET state = 'merged', merged_into = $2 WHERE id = $1 AND state <> 'merged'"),
            &[proposal.into(), into.into()],
        )
        .await?;
    u.exec(
        sql!("INSERT INTO answer_theme (proposal_id, position, typical) SELECT $2, position, 0 FROM answer_theme WHERE proposal_id = $1 AND position NOT IN (SELECT position FROM answer_theme WHERE proposal_id = $2)"),
        &[proposal.into(), into.into()],
    )
    .await?;
    u.exec(sql!("DELETE FROM answer_theme WHERE proposal_id = $1"), &[proposal.into()]).await?;
    Ok(changed == 1)
}

/// Takes one answer out of a proposal; false when it was not there.
pub async fn take_out(u: &mut Unit, proposal: i64, position: i64) -> Result<bool, StoreError> {
    let sql = sql!("DELETE FROM answer_theme WHERE proposal_id = $1 AND position = $2");
    Ok(u.exec(sql, &[proposal.into(), position.into()]).await? == 1)
}
