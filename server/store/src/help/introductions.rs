//! Introductions between the makers of a plan and somebody who offers help.

use crate::{Conn, Row, StoreError, Unit, sql};
use domain::dialogue::co_authors;
use domain::help::{KINDS, OUTCOMES, Side, Stand, listed, stored};
use domain::time::Seconds;

/// An introduction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Introduction {
    /// Id.
    pub id: i64,
    /// Plan.
    pub plan: i64,
    /// The offer, while it is there.
    pub offer: Option<i64>,
    /// Who offers help, while there is an account.
    pub helper: Option<i64>,
    /// Buurt of the offer.
    pub buurt: i64,
    /// Kinds of the offer.
    pub kinds: Vec<&'static str>,
    /// Who asked.
    pub asked_by: Side,
    /// With these words.
    pub words: String,
    /// How the helper wants to be called.
    pub helper_call: String,
    /// How the plan's maker wants to be called.
    pub plan_call: String,
    /// Where it stands.
    pub stand: Stand,
    /// Why not, in own words.
    pub reason: String,
    /// The reason may be shown to who asked.
    pub reason_shown: bool,
    /// When it was asked.
    pub asked_at: Seconds,
    /// When the other side said yes.
    pub agreed_at: Option<Seconds>,
    /// Who stopped it: a side's key, `desk`, or nobody.
    pub ended_by: String,
    /// When both were asked what came of it.
    pub outcome_asked_at: Option<Seconds>,
    /// What the helper says came of it.
    pub helper_outcome: &'static str,
    /// What the plan's makers say came of it.
    pub plan_outcome: &'static str,
}

fn corrupt(column: &str) -> StoreError {
    StoreError::Corrupt { column: column.into(), source: None }
}

fn one(r: &Row) -> Result<Introduction, StoreError> {
    let outcome = |text: String| OUTCOMES.iter().copied().find(|key| *key == text).unwrap_or_default();
    Ok(Introduction {
        id: r.int("id")?,
        plan: r.int("initiative_id")?,
        offer: r.opt_int("offer_id")?,
        helper: r.opt_int("helper_id")?,
        buurt: r.int("buurt_id")?,
        kinds: listed(&r.text("kinds")?, KINDS),
        asked_by: Side::from_key(&r.text("asked_by")?).ok_or_else(|| corrupt("asked_by"))?,
        words: r.text("words")?,
        helper_call: r.text("helper_call")?,
        plan_call: r.text("plan_call")?,
        stand: Stand::from_key(&r.text("state")?).ok_or_else(|| corrupt("state"))?,
        reason: r.text("reason")?,
        reason_shown: r.flag("reason_shown")?,
        asked_at: r.int("asked_at")?,
        agreed_at: r.opt_int("agreed_at")?,
        ended_by: r.text("ended_by")?,
        outcome_asked_at: r.opt_int("outcome_asked_at")?,
        helper_outcome: outcome(r.text("helper_outcome")?),
        plan_outcome: outcome(r.text("plan_outcome")?),
    })
}

fn all(rows: &[Row]) -> Result<Vec<Introduction>, StoreError> {
    rows.iter().map(one).collect()
}

/// One by id.
pub async fn introduction(c: &mut Conn, id: i64) -> Result<Option<Introduction>, StoreError> {
    c.row(sql!("SELECT * FROM introduction WHERE id = $1"), &[id.into()]).await?.as_ref().map(one).transpose()
}

/// The one between a plan and an account, whatever came of it.
pub async fn introduction_between(c: &mut Conn, plan: i64, helper: i64) -> Result<Option<Introduction>, StoreError> {
    c.row(sql!("SELECT * FROM introduction WHERE initiative_id = $1 AND helper_id = $2"), &[plan.into(), helper.into()])
        .await?
        .as_ref()
        .map(one)
        .transpose()
}

/// Whether a helper and one of these makers of a plan once stopped an introduction, about whatever plan of theirs.
pub async fn is_stopped_between(c: &mut Conn, makers: &[i64], helper: i64) -> Result<bool, StoreError> {
    let stopped = c
        .rows(
            sql!("SELECT i.account_id, i.co_authors FROM introduction x JOIN initiative i ON i.id = x.initiative_id WHERE x.helper_id = $1 AND x.state IN ('ended', 'no')"),
            &[helper.into()],
        )
        .await?;
    for row in &stopped {
        let (owner, others) = (row.int("account_id")?, co_authors(&row.text("co_authors")?));
        let made = |id: &i64| *id == owner || others.contains(id);
        if makers.iter().any(made) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// All of a plan.
pub async fn introductions_of_plan(c: &mut Conn, plan: i64) -> Result<Vec<Introduction>, StoreError> {
    all(&c
        .rows(sql!("SELECT * FROM introduction WHERE initiative_id = $1 ORDER BY id DESC LIMIT 200"), &[plan.into()])
        .await?)
}

/// All that an account is a side of, as helper or as one of a plan's makers; latest first.
pub async fn introductions_of_account(c: &mut Conn, account: i64) -> Result<Vec<Introduction>, StoreError> {
    all(&c
        .rows(
            sql!("SELECT x.* FROM introduction x JOIN initiative i ON i.id = x.initiative_id WHERE x.helper_id = $1 OR i.account_id = $1 OR i.co_authors LIKE '%,' || CAST($1 AS TEXT) || ',%' ORDER BY x.id DESC LIMIT 200"),
            &[account.into()],
        )
        .await?)
}

/// A new question to be introduced.
#[derive(Clone, Debug)]
pub struct New {
    /// Plan.
    pub plan: i64,
    /// Offer.
    pub offer: i64,
    /// Who offers help.
    pub helper: i64,
    /// Buurt of the offer.
    pub buurt: i64,
    /// Kinds of the offer.
    pub kinds: Vec<&'static str>,
    /// Who asks.
    pub by: Side,
    /// With these words.
    pub words: String,
    /// How who asks wants to be called.
    pub call: String,
    /// UTC seconds.
    pub at: Seconds,
}

/// Adds one; gives its id. [`StoreError::Duplicate`] when these two have one.
pub async fn introduce(u: &mut Unit, n: &New) -> Result<i64, StoreError> {
    let (helper, plan) = match n.by {
        Side::Helper => (n.call.as_str(), ""),
        Side::Plan => ("", n.call.as_str()),
    };
    u.one(
        sql!("INSERT INTO introduction (initiative_id, offer_id, helper_id, buurt_id, kinds, asked_by, words, helper_call, plan_call, state, asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'asked', $10) RETURNING id"),
        &[
            n.plan.into(),
            n.offer.into(),
            n.helper.into(),
            n.buurt.into(),
            stored(&n.kinds).into(),
            n.by.key().into(),
            n.words.as_str().into(),
            helper.into(),
            plan.into(),
            n.at.into(),
        ],
    )
    .await?
    .int("id")
}

/// Yes, from the side that was asked; `false` when it was answered.
pub async fn agree(u: &mut Unit, id: i64, side: Side, call: &str, at: Seconds) -> Result<bool, StoreError> {
    let agreed = u
        .exec(
            sql!("UPDATE introduction SET state = 'yes', agreed_at = $4, helper_call = CASE WHEN CAST($2 AS TEXT) = 'helper' THEN $3 ELSE helper_call END, plan_call = CASE WHEN CAST($2 AS TEXT) = 'plan' THEN $3 ELSE plan_call END WHERE id = $1 AND state = 'asked'"),
            &[id.into(), side.key().into(), call.into(), at.into()],
        )
        .await?;
    Ok(agreed == 1)
}

/// No; `false` when it was answered.
pub async fn decline(u: &mut Unit, id: i64, reason: &str, shown: bool) -> Result<bool, StoreError> {
    let declined = u
        .exec(
            sql!(
                "UPDATE introduction SET state = 'no', reason = $2, reason_shown = $3 WHERE id = $1 AND state = 'asked'"
            ),
            &[id.into(), reason.into(), shown.into()],
        )
        .await?;
    Ok(declined == 1)
}

/// Stops it, asked or agreed; `false` when it was over.
pub async fn end(u: &mut Unit, id: i64, by: &str) -> Result<bool, StoreError> {
    let ended = u
        .exec(
            sql!("UPDATE introduction SET state = 'ended', ended_by = $2 WHERE id = $1 AND state IN ('asked', 'yes')"),
            &[id.into(), by.into()],
        )
        .await?;
    Ok(ended == 1)
}

/// Questions about plans that ask for no help any more go by; gives how many.
pub async fn lapse(u: &mut Unit) -> Result<u64, StoreError> {
    u.exec(
        sql!("UPDATE introduction SET state = 'lapsed' WHERE state = 'asked' AND EXISTS (SELECT 1 FROM initiative i WHERE i.id = introduction.initiative_id AND i.state NOT IN ('published', 'feasible', 'on_ballot', 'funded', 'reserve', 'not_funded', 'in_execution'))"),
        &[],
    )
    .await
}

/// Questions asked before a moment that nobody was reminded of (`told`: that the moderators were not told of).
pub async fn unanswered(c: &mut Conn, before: Seconds, told: bool) -> Result<Vec<i64>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT id FROM introduction WHERE state = 'asked' AND asked_at <= $1 AND CASE WHEN CAST($2 AS BIGINT) = 1 THEN told_at ELSE reminded_at END IS NULL ORDER BY id LIMIT 200"),
            &[before.into(), told.into()],
        )
        .await?;
    rows.iter().map(|r| r.int("id")).collect()
}

/// Questions asked before a moment about plans of these buurten (`,1,2,`; `None`: everywhere) that wait for an answer.
pub async fn still_asked(
    c: &mut Conn,
    buurten: Option<&str>,
    before: Seconds,
) -> Result<Vec<Introduction>, StoreError> {
    all(&c
        .rows(
            sql!("SELECT x.* FROM introduction x JOIN initiative i ON i.id = x.initiative_id WHERE x.state = 'asked' AND x.asked_at <= $2 AND (CAST($1 AS TEXT) IS NULL OR CAST($1 AS TEXT) LIKE '%,' || i.buurt_id || ',%') ORDER BY x.asked_at, x.id LIMIT 200"),
            &[buurten.into(), before.into()],
        )
        .await?)
}

/// Whether a question about this plan, of which the moderators were told, still waits.
pub async fn has_waiting(c: &mut Conn, plan: i64) -> Result<bool, StoreError> {
    Ok(c.row(
        sql!(
            "SELECT id FROM introduction WHERE initiative_id = $1 AND state = 'asked' AND told_at IS NOT NULL LIMIT 1"
        ),
        &[plan.into()],
    )
    .await?
    .is_some())
}

/// Notes that who must answer was reminded; `false` when they were, or it was answered.
pub async fn set_reminded(u: &mut Unit, id: i64, at: Seconds) -> Result<bool, StoreError> {
    let set = u
        .exec(
            sql!("UPDATE introduction SET reminded_at = $2 WHERE id = $1 AND state = 'asked' AND reminded_at IS NULL"),
            &[id.into(), at.into()],
        )
        .await?;
    Ok(set == 1)
}

/// Notes that the moderators were told; `false` when they were, or it was answered.
pub async fn set_told(u: &mut Unit, id: i64, at: Seconds) -> Result<bool, StoreError> {
    let set = u
        .exec(
            sql!("UPDATE introduction SET told_at = $2 WHERE id = $1 AND state = 'asked' AND told_at IS NULL"),
            &[id.into(), at.into()],
        )
        .await?;
    Ok(set == 1)
}

/// Introductions agreed before a moment whose sides were not asked what came of it.
pub async fn outcome_due(c: &mut Conn, before: Seconds) -> Result<Vec<i64>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT id FROM introduction WHERE state = 'yes' AND agreed_at <= $1 AND outcome_asked_at IS NULL ORDER BY id LIMIT 200"),
            &[before.into()],
        )
        .await?;
    rows.iter().map(|r| r.int("id")).collect()
}

/// Notes that both were asked; `false` when they were.
pub async fn set_outcome_asked(u: &mut Unit, id: i64, at: Seconds) -> Result<bool, StoreError> {
    let set = u
        .exec(
            sql!("UPDATE introduction SET outcome_asked_at = $2 WHERE id = $1 AND state = 'yes' AND outcome_asked_at IS NULL"),
            &[id.into(), at.into()],
        )
        .await?;
    Ok(set == 1)
}

/// What came of it, as a side says.
pub async fn set_outcome(u: &mut Unit, id: i64, side: Side, outcome: &str) -> Result<(), StoreError> {
    u.exec(
        sql!("UPDATE introduction SET helper_outcome = CASE WHEN CAST($2 AS TEXT) = 'helper' THEN $3 ELSE helper_outcome END, plan_outcome = CASE WHEN CAST($2 AS TEXT) = 'plan' THEN $3 ELSE plan_outcome END WHERE id = $1"),
        &[id.into(), side.key().into(), outcome.into()],
    )
    .await
    .map(|_| ())
}
