//! What makers tell about a finished plan, and how others find it.

use super::{Initiative, initiative};
use crate::{Conn, Row, StoreError, Unit, sql};
use domain::evaluation::{Again, Evaluation};
use domain::money::Cents;

/// A finished plan with what its makers tell.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// The plan.
    pub plan: Initiative,
    /// What they tell; `None` while there is no answer.
    pub told: Option<Evaluation>,
    /// When they told it, in UTC seconds.
    pub answered_at: Option<i64>,
    /// Counts changes of what they tell.
    pub version: i64,
    /// Hidden by a desk: why, and in whose name.
    pub hidden: Option<(String, String)>,
    /// What was paid, by the ledger.
    pub spent: Cents,
    /// When it was done, in UTC seconds.
    pub completed_at: Option<i64>,
}

impl Recipe {
    /// Everybody may read it.
    pub fn is_public(&self) -> bool {
        self.told.is_some() && self.hidden.is_none() && self.plan.state == domain::initiative::State::Completed
    }
}

/// What the list of recipes is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct RecipeFilter {
    /// Words in title, text or answers, as typed.
    pub words: Option<String>,
    /// Buurt id.
    pub buurt: Option<i64>,
    /// Programme id.
    pub programme: Option<i64>,
    /// Something was paid, and no more than this.
    pub most: Option<Cents>,
    /// Most rows.
    pub limit: i64,
    /// Rows to skip.
    pub offset: i64,
}

impl RecipeFilter {
    /// Words as a LIKE pattern; its own signs are escaped.
    fn pattern(&self) -> Option<String> {
        let escaped = |w: &String| w.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
        self.words.as_ref().map(|w| format!("%{}%", escaped(w)))
    }
}

fn one(r: &Row) -> Result<Recipe, StoreError> {
    let told = match r.opt_int("answered_at")? {
        None => None,
        Some(_) => Some(Evaluation {
            worked: r.text("worked")?,
            failed: r.text("failed")?,
            advice: r.text("advice")?,
            again: Again::from_key(&r.text("again")?)
                .ok_or_else(|| StoreError::Corrupt { column: "evaluation.again".into(), source: None })?,
        }),
    };
    let hidden = r.opt_text("hidden_why")?.filter(|why| !why.is_empty());
    Ok(Recipe {
        plan: initiative(r)?,
        told,
        answered_at: r.opt_int("answered_at")?,
        version: r.opt_int("told_version")?.unwrap_or(0),
        hidden: hidden.zip(r.opt_text("hidden_for")?),
        spent: r.cents("spent")?,
        completed_at: r.opt_int("completed_at")?,
    })
}

/// A plan with what its makers tell, or do not tell yet.
pub async fn recipe(c: &mut Conn, id: i64) -> Result<Option<Recipe>, StoreError> {
    c.row(
        sql!("SELECT i.*, b.name AS buurt, b.slug AS buurt_slug, b.stadsdeel_id, b.wijk_id, a.name AS author, e.answered_at, e.worked, e.failed, e.advice, e.again, e.version AS told_version, e.hidden_why, e.hidden_for, COALESCE(l.balance, 0) AS spent, (SELECT MAX(v.at) FROM initiative_event v WHERE v.initiative_id = i.id AND v.state = 'completed') AS completed_at FROM initiative i JOIN buurt b ON b.id = i.buurt_id JOIN account a ON a.id = i.account_id LEFT JOIN evaluation e ON e.initiative_id = i.id LEFT JOIN ledger_account l ON l.name = 'paid/' || i.id WHERE i.id = $1"),
        &[id.into()],
    )
    .await?
    .as_ref()
    .map(one)
    .transpose()
}

/// Recipes that everybody may read, the newest first.
pub async fn recipes(c: &mut Conn, f: &RecipeFilter) -> Result<Vec<Recipe>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT i.*, b.name AS buurt, b.slug AS buurt_slug, b.stadsdeel_id, b.wijk_id, a.name AS author, e.answered_at, e.worked, e.failed, e.advice, e.again, e.version AS told_version, e.hidden_why, e.hidden_for, COALESCE(l.balance, 0) AS spent, (SELECT MAX(v.at) FROM initiative_event v WHERE v.initiative_id = i.id AND v.state = 'completed') AS completed_at FROM evaluation e JOIN initiative i ON i.id = e.initiative_id JOIN buurt b ON b.id = i.buurt_id JOIN account a ON a.id = i.account_id LEFT JOIN ledger_account l ON l.name = 'paid/' || i.id WHERE e.answered_at IS NOT NULL AND e.hidden_why = '' AND i.state = 'completed' AND (CAST($1 AS TEXT) IS NULL OR LOWER(i.title) LIKE $1 ESCAPE '!' OR LOWER(i.what) LIKE $1 ESCAPE '!' OR LOWER(e.worked) LIKE $1 ESCAPE '!' OR LOWER(e.failed) LIKE $1 ESCAPE '!' OR LOWER(e.advice) LIKE $1 ESCAPE '!') AND (CAST($2 AS BIGINT) IS NULL OR i.buurt_id = $2) AND (CAST($3 AS BIGINT) IS NULL OR i.programme_id = $3) AND (CAST($4 AS BIGINT) IS NULL OR l.balance BETWEEN 1 AND $4) ORDER BY e.answered_at DESC, i.id DESC LIMIT $5 OFFSET $6"),
            &[f.pattern().into(), f.buurt.into(), f.programme.into(), f.most.map(|c| c.0).into(), f.limit.into(), f.offset.into()],
        )
        .await?;
    rows.iter().map(one).collect()
}

/// How many [`recipes`] would find without its limit.
pub async fn count_recipes(c: &mut Conn, f: &RecipeFilter) -> Result<i64, StoreError> {
    c.one(
        sql!("SELECT COUNT(*) AS n FROM evaluation e JOIN initiative i ON i.id = e.initiative_id LEFT JOIN ledger_account l ON l.name = 'paid/' || i.id WHERE e.answered_at IS NOT NULL AND e.hidden_why = '' AND i.state = 'completed' AND (CAST($1 AS TEXT) IS NULL OR LOWER(i.title) LIKE $1 ESCAPE '!' OR LOWER(i.what) LIKE $1 ESCAPE '!' OR LOWER(e.worked) LIKE $1 ESCAPE '!' OR LOWER(e.failed) LIKE $1 ESCAPE '!' OR LOWER(e.advice) LIKE $1 ESCAPE '!') AND (CAST($2 AS BIGINT) IS NULL OR i.buurt_id = $2) AND (CAST($3 AS BIGINT) IS NULL OR i.programme_id = $3) AND (CAST($4 AS BIGINT) IS NULL OR l.balance BETWEEN 1 AND $4)"),
        &[f.pattern().into(), f.buurt.into(), f.programme.into(), f.most.map(|c| c.0).into()],
    )
    .await?
    .int("n")
}

/// Its makers are asked; `false` when they were before, or told already.
pub async fn ask_evaluation(u: &mut Unit, id: i64, at: i64, remind_at: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("INSERT INTO evaluation (initiative_id, asked_at, remind_at) VALUES ($1, $2, $3) ON CONFLICT (initiative_id) DO NOTHING"),
        &[id.into(), at.into(), remind_at.into()],
    )
    .await?
        == 1)
}

/// Keeps what they tell; `false` when somebody changed it since `version` (0: nothing was told yet).
pub async fn put_evaluation(u: &mut Unit, id: i64, version: i64, e: &Evaluation, at: i64) -> Result<bool, StoreError> {
    let vals = [
        id.into(),
        version.into(),
        e.worked.as_str().into(),
        e.failed.as_str().into(),
        e.advice.as_str().into(),
        e.again.key().into(),
        at.into(),
    ];
    u.exec(
        sql!("INSERT INTO evaluation (initiative_id, version) VALUES ($1, 0) ON CONFLICT (initiative_id) DO NOTHING"),
        &vals[..1],
    )
    .await?;
    Ok(u.exec(
        sql!("UPDATE evaluation SET worked = $3, failed = $4, advice = $5, again = $6, answered_at = COALESCE(answered_at, $7), remind_at = NULL, version = version + 1 WHERE initiative_id = $1 AND version = $2"),
        &vals,
    )
    .await?
        == 1)
}

/// Takes it back: the words are wiped, and nobody asks again. `false` when there was nothing.
pub async fn drop_evaluation(u: &mut Unit, id: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE evaluation SET worked = '', failed = '', advice = '', again = '', answered_at = NULL, remind_at = NULL, version = version + 1 WHERE initiative_id = $1 AND answered_at IS NOT NULL"),
        &[id.into()],
    )
    .await?
        == 1)
}

/// A desk hides it, or shows it again with an empty reason; `false` when it stood so already.
pub async fn hide_evaluation(u: &mut Unit, id: i64, why: &str, organisation: &str) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE evaluation SET hidden_why = $2, hidden_for = $3 WHERE initiative_id = $1 AND answered_at IS NOT NULL AND (hidden_why = '') <> (CAST($2 AS TEXT) = '')"),
        &[id.into(), why.into(), organisation.into()],
    )
    .await?
        == 1)
}

/// Plans whose makers are to be reminded now.
pub async fn to_remind(c: &mut Conn, now: i64) -> Result<Vec<i64>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT initiative_id FROM evaluation WHERE remind_at <= $1 AND answered_at IS NULL ORDER BY remind_at LIMIT 200"),
            &[now.into()],
        )
        .await?;
    rows.iter().map(|r| r.int("initiative_id")).collect()
}

/// They were; `false` when somebody was first, or they answered meanwhile.
pub async fn reminded(u: &mut Unit, id: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE evaluation SET remind_at = NULL WHERE initiative_id = $1 AND remind_at IS NOT NULL AND answered_at IS NULL"),
        &[id.into()],
    )
    .await?
        == 1)
}
