//! Changes of what was agreed: proposed by one, decided by another.

use crate::{Conn, Row, StoreError, Unit, sql};
use domain::money::Cents;

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Id.
    pub id: i64,
    /// What would change.
    pub what: String,
    /// Why.
    pub why: String,
    /// What is agreed on would become this much, in cents.
    pub amount: Option<Cents>,
    /// The last day would become this, in UTC seconds.
    pub ends_at: Option<i64>,
    /// The step that would move.
    pub milestone: Option<i64>,
    /// Its title and its new day.
    pub step: Option<(String, i64)>,
    /// The plan would be stopped.
    pub stop: bool,
    /// A maker proposed it.
    pub by_makers: bool,
    /// Account.
    pub proposed_by: i64,
    /// UTC seconds.
    pub at: i64,
    /// Signed first, where two have to.
    pub first_by: Option<i64>,
    /// When it was decided on, or lapsed, in UTC seconds.
    pub decided_at: Option<i64>,
    /// It was agreed to.
    pub agreed: bool,
    /// Why, of who decided.
    pub reason: String,
}

fn read(r: &Row) -> Result<Change, StoreError> {
    Ok(Change {
        id: r.int("id")?,
        what: r.text("what")?,
        why: r.text("why")?,
        amount: r.opt_int("amount")?.map(Cents),
        ends_at: r.opt_int("ends_at")?,
        milestone: r.opt_int("milestone_id")?,
        step: r.opt_text("step")?.zip(r.opt_int("milestone_at")?),
        stop: r.flag("stop")?,
        by_makers: r.flag("by_makers")?,
        proposed_by: r.int("proposed_by")?,
        at: r.int("at")?,
        first_by: r.opt_int("first_by")?,
        decided_at: r.opt_int("decided_at")?,
        agreed: r.flag("agreed")?,
        reason: r.text("reason")?,
    })
}

/// Changes of a plan, newest first.
pub async fn changes(c: &mut Conn, plan: i64) -> Result<Vec<Change>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT x.*, m.title AS step FROM execution_change x LEFT JOIN milestone m ON m.id = x.milestone_id WHERE x.initiative_id = $1 ORDER BY x.id DESC LIMIT 200"),
            &[plan.into()],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// One change of a plan.
pub async fn change(c: &mut Conn, plan: i64, id: i64) -> Result<Option<Change>, StoreError> {
    c.row(
        sql!("SELECT x.*, m.title AS step FROM execution_change x LEFT JOIN milestone m ON m.id = x.milestone_id WHERE x.initiative_id = $1 AND x.id = $2"),
        &[plan.into(), id.into()],
    )
    .await?
    .as_ref()
    .map(read)
    .transpose()
}

/// A change to be proposed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewChange {
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
    /// New amount altogether, in cents.
    pub amount: Option<Cents>,
    /// New last day, in UTC seconds.
    pub ends_at: Option<i64>,
    /// A step and its new day.
    pub step: Option<(i64, i64)>,
    /// Stop the plan.
    pub stop: bool,
}

/// Proposes one; gives its id. [`StoreError::Duplicate`] while another waits.
pub async fn add_change(
    u: &mut Unit,
    plan: i64,
    new: &NewChange,
    (by, makers): (i64, bool),
    at: i64,
) -> Result<i64, StoreError> {
    u.one(
        sql!("INSERT INTO execution_change (initiative_id, what, why, amount, ends_at, milestone_id, milestone_at, stop, by_makers, proposed_by, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id"),
        &[plan.into(), new.what.as_str().into(), new.why.as_str().into(), new.amount.map(|a| a.0).into(), new.ends_at.into(), new.step.map(|s| s.0).into(), new.step.map(|s| s.1).into(), new.stop.into(), makers.into(), by.into(), at.into()],
    )
    .await?
    .int("id")
}

/// Signs as the first of two; `false` when somebody did, or it was decided on.
pub async fn sign_change(u: &mut Unit, id: i64, by: i64) -> Result<bool, StoreError> {
    let signed = u
        .exec(
            sql!("UPDATE execution_change SET first_by = $2 WHERE id = $1 AND first_by IS NULL AND decided_at IS NULL"),
            &[id.into(), by.into()],
        )
        .await?;
    Ok(signed == 1)
}

/// Decides on it once; `false` when somebody was first.
pub async fn decide(
    u: &mut Unit,
    id: i64,
    (agreed, reason): (bool, &str),
    by: i64,
    at: i64,
) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE execution_change SET decided_by = $4, decided_at = $5, agreed = $2, reason = $3 WHERE id = $1 AND decided_at IS NULL"),
        &[id.into(), agreed.into(), reason.into(), by.into(), at.into()],
    )
    .await?
        == 1)
}
