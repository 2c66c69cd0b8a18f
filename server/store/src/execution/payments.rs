//! Payments in parts: instalments, what was given out to the finance system, and what came back from it.

use crate::{Conn, Row, StoreError, Unit, sql};
use domain::execution::InstalmentState;
use domain::money::Cents;

/// An instalment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instalment {
    /// Id.
    pub id: i64,
    /// Its plan.
    pub plan: i64,
    /// How much, in cents.
    pub amount: Cents,
    /// To whom, in words.
    pub payee: String,
    /// What for.
    pub purpose: String,
    /// The milestone that has to be confirmed first.
    pub milestone: Option<i64>,
    /// Its title.
    pub step: Option<String>,
    /// It was confirmed, or there is none.
    pub step_confirmed: bool,
    /// Where it stands.
    pub state: InstalmentState,
    /// When it got there, in UTC seconds.
    pub at: i64,
    /// Takes a second person.
    pub two: bool,
    /// Counts the tries.
    pub attempt: i64,
    /// The order it left in, if it did.
    pub batch: Option<i64>,
    /// Account.
    pub prepared_by: i64,
    /// Account of the second person.
    pub approved_by: Option<i64>,
    /// Day of the payment, in UTC seconds.
    pub paid_at: Option<i64>,
    /// The finance system's.
    pub finance_reference: String,
    /// Why not; may be empty.
    pub reason: String,
}

impl Instalment {
    /// Our reference.
    pub fn reference(&self) -> String {
        domain::execution::reference(self.id, self.attempt)
    }
}

fn read(r: &Row) -> Result<Instalment, StoreError> {
    Ok(Instalment {
        id: r.int("id")?,
        plan: r.int("initiative_id")?,
        amount: r.cents("amount")?,
        payee: r.text("payee")?,
        purpose: r.text("purpose")?,
        milestone: r.opt_int("milestone_id")?,
        step: r.opt_text("step")?,
        step_confirmed: r.opt_int("milestone_id")?.is_none() || r.opt_int("step_confirmed_at")?.is_some(),
        state: InstalmentState::from_key(&r.text("state")?)
            .ok_or_else(|| StoreError::Corrupt { column: "instalment.state".into(), source: None })?,
        at: r.int("state_at")?,
        two: r.flag("two")?,
        attempt: r.int("attempt")?,
        batch: r.opt_int("batch_id")?,
        prepared_by: r.int("prepared_by")?,
        approved_by: r.opt_int("approved_by")?,
        paid_at: r.opt_int("paid_at")?,
        finance_reference: r.text("finance_reference")?,
        reason: r.text("reason")?,
    })
}

fn all(rows: &[Row]) -> Result<Vec<Instalment>, StoreError> {
    rows.iter().map(read).collect()
}

/// Instalments of a plan, oldest first.
pub async fn instalments(c: &mut Conn, plan: i64) -> Result<Vec<Instalment>, StoreError> {
    all(&c.rows(sql!("SELECT p.*, m.title AS step, m.confirmed_at AS step_confirmed_at FROM instalment p LEFT JOIN milestone m ON m.id = p.milestone_id WHERE p.initiative_id = $1 ORDER BY p.id"), &[plan.into()]).await?)
}

/// One of them.
pub async fn instalment(c: &mut Conn, id: i64) -> Result<Option<Instalment>, StoreError> {
    c.row(sql!("SELECT p.*, m.title AS step, m.confirmed_at AS step_confirmed_at FROM instalment p LEFT JOIN milestone m ON m.id = p.milestone_id WHERE p.id = $1"), &[id.into()])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Those under way, of every plan, oldest first.
pub async fn under_way(c: &mut Conn) -> Result<Vec<Instalment>, StoreError> {
    all(&c.rows(sql!("SELECT p.*, m.title AS step, m.confirmed_at AS step_confirmed_at FROM instalment p LEFT JOIN milestone m ON m.id = p.milestone_id WHERE p.state IN ('prepared', 'approved', 'ordered') ORDER BY p.id LIMIT 2000"), &[]).await?)
}

/// The one that was paid under this reference of the finance system.
pub async fn by_finance_reference(c: &mut Conn, reference: &str) -> Result<Option<i64>, StoreError> {
    c.row(sql!("SELECT id FROM instalment WHERE finance_reference = $1"), &[reference.into()])
        .await?
        .map(|r| r.int("id"))
        .transpose()
}

/// What goes, or went, out of a plan on one signature.
pub async fn on_one_signature(c: &mut Conn, plan: i64) -> Result<Cents, StoreError> {
    c.one(
        sql!("SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS together FROM instalment WHERE initiative_id = $1 AND two = 0 AND state NOT IN ('refused', 'void')"),
        &[plan.into()],
    )
    .await?
    .cents("together")
}

/// An instalment to be prepared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInstalment {
    /// How much, in cents.
    pub amount: Cents,
    /// To whom, in words.
    pub payee: String,
    /// What for.
    pub purpose: String,
    /// The milestone that has to be confirmed first.
    pub milestone: Option<i64>,
}

/// Prepares one; one that takes no second person may be ordered at once. [`StoreError::Refused`] above what was agreed.
pub async fn prepare(
    u: &mut Unit,
    plan: i64,
    new: &NewInstalment,
    two: bool,
    by: i64,
    at: i64,
) -> Result<i64, StoreError> {
    let state = if two { InstalmentState::Prepared } else { InstalmentState::Approved };
    u.one(
        sql!("INSERT INTO instalment (initiative_id, amount, payee, purpose, milestone_id, state, state_at, two, prepared_by, prepared_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $7) RETURNING id"),
        &[plan.into(), new.amount.into(), new.payee.as_str().into(), new.purpose.as_str().into(), new.milestone.into(), state.key().into(), at.into(), two.into(), by.into()],
    )
    .await?
    .int("id")
}

/// A second person approves; `false` when it stands elsewhere by now.
pub async fn approve(u: &mut Unit, id: i64, by: i64, at: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE instalment SET state = 'approved', state_at = $3, approved_by = $2 WHERE id = $1 AND state = 'prepared'"),
        &[id.into(), by.into(), at.into()],
    )
    .await?
        == 1)
}

/// Somebody says no before it is ordered, or (`by`) the finance system afterwards.
pub async fn refuse(
    u: &mut Unit,
    id: i64,
    from: InstalmentState,
    (by, reason): (Option<i64>, &str),
    at: i64,
) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE instalment SET state = 'refused', state_at = $5, confirmed_by = $3, reason = $4 WHERE id = $1 AND state = $2"),
        &[id.into(), from.key().into(), by.into(), reason.into(), at.into()],
    )
    .await?
        == 1)
}

/// Tries a refused one once more, under a new reference. [`StoreError::Refused`] above what was agreed.
pub async fn again(u: &mut Unit, id: i64, two: bool, by: i64, at: i64) -> Result<bool, StoreError> {
    let state = if two { InstalmentState::Prepared } else { InstalmentState::Approved };
    Ok(u.exec(
        sql!("UPDATE instalment SET state = $2, state_at = $5, two = $3, attempt = attempt + 1, prepared_by = $4, prepared_at = $5, approved_by = NULL, batch_id = NULL, ordered_by = NULL, confirmed_by = NULL, reason = '' WHERE id = $1 AND state = 'refused'"),
        &[id.into(), state.key().into(), two.into(), by.into(), at.into()],
    )
    .await?
        == 1)
}

/// Takes one back that the finance system does not have; `false` when it has it, or it is over.
pub async fn void(u: &mut Unit, id: i64, reason: &str, at: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE instalment SET state = 'void', state_at = $3, reason = $2 WHERE id = $1 AND state IN ('prepared', 'approved', 'refused')"),
        &[id.into(), reason.into(), at.into()],
    )
    .await?
        == 1)
}

/// Takes every one of a plan back that the finance system does not have.
pub async fn void_open(u: &mut Unit, plan: i64, at: i64) -> Result<(), StoreError> {
    u.exec(
        sql!("UPDATE instalment SET state = 'void', state_at = $2 WHERE initiative_id = $1 AND state IN ('prepared', 'approved', 'refused')"),
        &[plan.into(), at.into()],
    )
    .await
    .map(|_| ())
}

/// What was given out at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Id.
    pub id: i64,
    /// UTC seconds.
    pub at: i64,
    /// Instalments of it.
    pub count: i64,
    /// Together, in cents.
    pub amount: Cents,
}

/// Begins a batch; gives its id.
pub async fn new_batch(u: &mut Unit, by: i64, at: i64) -> Result<i64, StoreError> {
    u.one(sql!("INSERT INTO payment_batch (made_by, at) VALUES ($1, $2) RETURNING id"), &[by.into(), at.into()])
        .await?
        .int("id")
}

/// Gives one out with a batch; `false` when it stands elsewhere by now.
pub async fn order(u: &mut Unit, id: i64, batch: i64, by: i64, at: i64) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE instalment SET state = 'ordered', state_at = $4, batch_id = $2, ordered_by = $3 WHERE id = $1 AND state = 'approved'"),
        &[id.into(), batch.into(), by.into(), at.into()],
    )
    .await?
        == 1)
}

/// Batches, the newest first, at most 100.
pub async fn batches(c: &mut Conn) -> Result<Vec<Batch>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT b.id, b.at, COUNT(p.id) AS count, CAST(COALESCE(SUM(p.amount), 0) AS BIGINT) AS together FROM payment_batch b JOIN instalment p ON p.batch_id = b.id GROUP BY b.id, b.at ORDER BY b.id DESC LIMIT 100"),
            &[],
        )
        .await?;
    rows.iter()
        .map(|r| Ok(Batch { id: r.int("id")?, at: r.int("at")?, count: r.int("count")?, amount: r.cents("together")? }))
        .collect()
}

/// Instalments of a batch, as they were given out.
pub async fn batch(c: &mut Conn, batch: i64) -> Result<Vec<Instalment>, StoreError> {
    all(&c.rows(sql!("SELECT p.*, m.title AS step, m.confirmed_at AS step_confirmed_at FROM instalment p LEFT JOIN milestone m ON m.id = p.milestone_id WHERE p.batch_id = $1 ORDER BY p.id"), &[batch.into()]).await?)
}

/// The finance system paid it; `false` when it was not ordered, or paid before. [`StoreError::Duplicate`] when its reference was
/// used for another.
pub async fn confirm(
    u: &mut Unit,
    id: i64,
    (reference, paid_at): (&str, i64),
    by: i64,
    at: i64,
) -> Result<bool, StoreError> {
    Ok(u.exec(
        sql!("UPDATE instalment SET state = 'paid', state_at = $5, paid_at = $3, finance_reference = $2, confirmed_by = $4 WHERE id = $1 AND state = 'ordered'"),
        &[id.into(), reference.into(), paid_at.into(), by.into(), at.into()],
    )
    .await?
        == 1)
}

/// Whether this file was taken in before.
pub async fn file_before(c: &mut Conn, digest: &str) -> Result<bool, StoreError> {
    Ok(c.row(sql!("SELECT at FROM confirmation_file WHERE digest = $1"), &[digest.into()]).await?.is_some())
}

/// Keeps that a file was taken in. [`StoreError::Duplicate`] when it was before.
pub async fn keep_file(u: &mut Unit, digest: &str, lines: usize, by: i64, at: i64) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO confirmation_file (digest, taken_by, at, lines) VALUES ($1, $2, $3, $4)"),
        &[digest.into(), by.into(), at.into(), lines.into()],
    )
    .await
    .map(|_| ())
}
