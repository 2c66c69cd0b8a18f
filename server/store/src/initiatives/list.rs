//! Finding plans: the public list, queues, and what home needs of rounds and waves.

use super::{Initiative, initiative};
use crate::{Conn, Row, StoreError, sql};
use domain::initiative::State;
use domain::money::Cents;

/// What the public list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Buurt id.
    pub buurt: Option<i64>,
    /// One state.
    pub state: Option<State>,
    /// Words in title or text, as typed.
    pub words: Option<String>,
    /// Programme id.
    pub programme: Option<i64>,
    /// Most support first instead of newest first.
    pub by_support: bool,
    /// Most rows.
    pub limit: i64,
    /// Rows to skip.
    pub offset: i64,
}

impl Filter {
    /// Words as a LIKE pattern; its own signs are escaped.
    fn pattern(&self) -> Option<String> {
        self.words
            .as_ref()
            .map(|w| format!("%{}%", w.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_")))
    }
}

fn all(rows: &[Row]) -> Result<Vec<Initiative>, StoreError> {
    rows.iter().map(initiative).collect()
}

/// Plans that everyone may see.
pub async fn public(c: &mut Conn, f: &Filter) -> Result<Vec<Initiative>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT i.*, b.name AS buurt, b.slug AS buurt_slug, b.stadsdeel_id, b.wijk_id, a.name AS author FROM initiative i JOIN buurt b ON b.id = i.buurt_id JOIN account a ON a.id = i.account_id WHERE i.state NOT IN ('draft', 'submitted', 'returned', 'withdrawn', 'rejected') AND (CAST($1 AS BIGINT) IS NULL OR i.buurt_id = $1) AND (CAST($2 AS TEXT) IS NULL OR i.state = $2) AND (CAST($3 AS TEXT) IS NULL OR LOWER(i.title) LIKE $3 ESCAPE '!' OR LOWER(i.what) LIKE $3 ESCAPE '!') AND (CAST($4 AS BIGINT) IS NULL OR i.programme_id = $4) ORDER BY CASE WHEN CAST($5 AS BIGINT) = 1 THEN i.supports ELSE 0 END DESC, COALESCE(i.published_at, i.created_at) DESC, i.id DESC LIMIT $6 OFFSET $7"),
            &[f.buurt.into(), f.state.map(State::key).into(), f.pattern().into(), f.programme.into(), f.by_support.into(), f.limit.into(), f.offset.into()],
        )
        .await?;
    all(&rows)
}

/// How many [`public`] would find without its limit.
pub async fn count_public(c: &mut Conn, f: &Filter) -> Result<i64, StoreError> {
    c.one(
        sql!("SELECT COUNT(*) AS n FROM initiative i WHERE i.state NOT IN ('draft', 'submitted', 'returned', 'withdrawn', 'rejected') AND (CAST($1 AS BIGINT) IS NULL OR i.buurt_id = $1) AND (CAST($2 AS TEXT) IS NULL OR i.state = $2) AND (CAST($3 AS TEXT) IS NULL OR LOWER(i.title) LIKE $3 ESCAPE '!' OR LOWER(i.what) LIKE $3 ESCAPE '!') AND (CAST($4 AS BIGINT) IS NULL OR i.programme_id = $4)"),
        &[f.buurt.into(), f.state.map(State::key).into(), f.pattern().into(), f.programme.into()],
    )
    .await?
    .int("n")
}

/// Plans in one state, first due first; of these buurten (`,1,2,`; `None`: everywhere), and asking no more than `most`.
pub async fn in_state(
    c: &mut Conn,
    state: State,
    buurten: Option<&str>,
    most: Option<Cents>,
) -> Result<Vec<Initiative>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT i.*, b.name AS buurt, b.slug AS buurt_slug, b.stadsdeel_id, b.wijk_id, a.name AS author FROM initiative i JOIN buurt b ON b.id = i.buurt_id JOIN account a ON a.id = i.account_id WHERE i.state = $1 AND (CAST($2 AS TEXT) IS NULL OR CAST($2 AS TEXT) LIKE '%,' || i.buurt_id || ',%') AND (CAST($3 AS BIGINT) IS NULL OR i.desired <= $3) ORDER BY COALESCE(i.due_at, 0), i.id LIMIT 500"),
            &[state.key().into(), buurten.into(), most.map(|c| c.0).into()],
        )
        .await?;
    all(&rows)
}

/// Everything an account handed in, newest first.
pub async fn of_account(c: &mut Conn, account: i64) -> Result<Vec<Initiative>, StoreError> {
    all(&c.rows(sql!("SELECT i.*, b.name AS buurt, b.slug AS buurt_slug, b.stadsdeel_id, b.wijk_id, a.name AS author FROM initiative i JOIN buurt b ON b.id = i.buurt_id JOIN account a ON a.id = i.account_id WHERE i.account_id = $1 ORDER BY i.id DESC LIMIT 200"), &[account.into()]).await?)
}

/// The round a buurt can vote in now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeRound {
    /// For its URL.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Its money.
    pub pot: Cents,
    /// Voting ends.
    pub closes_at: i64,
}

/// The running round of a buurt, the one that closes first.
pub async fn home_round(c: &mut Conn, buurt: i64, now: i64) -> Result<Option<HomeRound>, StoreError> {
    let row = c
        .row(
            sql!("SELECT slug, title, pot, voting_closes_at FROM round WHERE buurt_id = $1 AND phase = 'voting' AND voting_opens_at <= $2 AND voting_closes_at > $2 ORDER BY voting_closes_at, id LIMIT 1"),
            &[buurt.into(), now.into()],
        )
        .await?;
    row.map(|r| {
        Ok(HomeRound {
            slug: r.text("slug")?,
            title: r.text("title")?,
            pot: r.cents("pot")?,
            closes_at: r.int("voting_closes_at")?,
        })
    })
    .transpose()
}

/// The open survey wave, by slug and title.
pub async fn home_wave(c: &mut Conn, now: i64) -> Result<Option<(String, String)>, StoreError> {
    let row = c.row(sql!("SELECT slug, title FROM wave WHERE phase = 'open' AND opens_at <= $1 AND closes_at > $1 ORDER BY opens_at DESC, id DESC LIMIT 1"), &[now.into()]).await?;
    row.map(|r| Ok((r.text("slug")?, r.text("title")?))).transpose()
}

/// What plans of a wijk in this state ask together while they wait for money: how many, and the best amounts of those that
/// know one. Nothing for other states.
pub async fn asking(c: &mut Conn, wijk: i64, state: State) -> Result<(i64, Cents), StoreError> {
    if !matches!(state, State::Submitted | State::Published | State::Feasible | State::OnBallot) {
        return Ok((0, Cents::ZERO));
    }
    let row = c
        .one(
            sql!("SELECT COUNT(*) AS many, CAST(COALESCE(SUM(i.desired), 0) AS BIGINT) AS together FROM initiative i JOIN buurt b ON b.id = i.buurt_id WHERE b.wijk_id = $1 AND i.state = $2"),
            &[wijk.into(), state.key().into()],
        )
        .await?;
    Ok((row.int("many")?, row.cents("together")?))
}
