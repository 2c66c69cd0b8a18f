//! Sums that triggers keep (migration 0028), so that a dashboard costs the same with many plans as with few.
//!
//! What each plan adds stands in `figure_plan`; `figure_change` holds what was not folded into `figure` and `figure_age` yet, so
//! every sum here is of both.

mod check;
mod list;

pub use check::{Wrong, mend, wrong};
pub use list::{LateKind, ListFilter, ListedPlan, Moved, MovedFilter, Sums, moved, plans, sums};

use crate::{Conn, Row, StoreError, Unit, sql};
use domain::money::Cents;

/// Plans by state and by how long ago they were handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByAge {
    /// State, as stored.
    pub state: String,
    /// Handed in since the first, second and third month that were asked for, and before.
    pub plans: [i64; 4],
}

/// Sums of one buurt or programme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Id of the buurt or programme; 0: no programme.
    pub id: i64,
    /// Plans that everyone may see.
    pub plans: i64,
    /// Plans with money of the year.
    pub funded: i64,
    /// Given to plans in all.
    pub given: Cents,
    /// Of that: set aside.
    pub reserved: Cents,
    /// Of that: agreed.
    pub committed: Cents,
    /// Of that: paid.
    pub paid: Cents,
}

impl Sum {
    /// What went back, or lies apart to go back.
    pub fn returned(&self) -> Cents {
        self.given - self.reserved - self.committed - self.paid
    }
}

/// What sums are narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Narrow {
    /// Buurten as `,1,2,`; `None`: all.
    pub buurten: Option<String>,
    /// Programme id.
    pub programme: Option<i64>,
    /// One state, as stored.
    pub state: Option<String>,
}

/// Plans by state and age: handed in since `months[0]`, since `months[1]`, since `months[2]` (202611), and before.
pub async fn by_age(c: &mut Conn, n: &Narrow, months: [i64; 3]) -> Result<Vec<ByAge>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT f.state, CAST(SUM(CASE WHEN f.month >= $4 THEN f.plans ELSE 0 END) AS BIGINT) AS a, CAST(SUM(CASE WHEN f.month >= $5 AND f.month < $4 THEN f.plans ELSE 0 END) AS BIGINT) AS b, CAST(SUM(CASE WHEN f.month >= $6 AND f.month < $5 THEN f.plans ELSE 0 END) AS BIGINT) AS c, CAST(SUM(CASE WHEN f.month < $6 THEN f.plans ELSE 0 END) AS BIGINT) AS d FROM (SELECT buurt_id, state, month, plans FROM figure_age WHERE programme_id = COALESCE(CAST($2 AS BIGINT), -1) UNION ALL SELECT buurt_id, state, month, plans FROM figure_change WHERE CAST($2 AS BIGINT) IS NULL OR programme_id = $2) f WHERE (CAST($1 AS TEXT) IS NULL OR CAST($1 AS TEXT) LIKE '%,' || f.buurt_id || ',%') AND (CAST($3 AS TEXT) IS NULL OR f.state = $3) GROUP BY f.state ORDER BY f.state"),
            &[n.buurten.as_deref().into(), n.programme.into(), n.state.as_deref().into(), months[0].into(), months[1].into(), months[2].into()],
        )
        .await?;
    rows.iter()
        .map(|r| Ok(ByAge { state: r.text("state")?, plans: [r.int("a")?, r.int("b")?, r.int("c")?, r.int("d")?] }))
        .collect()
}

fn sum(r: &Row) -> Result<Sum, StoreError> {
    Ok(Sum {
        id: r.int("id")?,
        plans: r.int("plans")?,
        funded: r.int("funded")?,
        given: r.cents("given")?,
        reserved: r.cents("reserved")?,
        committed: r.cents("committed")?,
        paid: r.cents("paid")?,
    })
}

/// By buurt: plans, and money of this budget year.
pub async fn by_buurt(c: &mut Conn, n: &Narrow, year: i64) -> Result<Vec<Sum>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT f.buurt_id AS id, CAST(SUM(CASE WHEN f.state NOT IN ('draft', 'submitted', 'returned', 'withdrawn', 'rejected') THEN f.plans ELSE 0 END) AS BIGINT) AS plans, CAST(SUM(CASE WHEN f.year = $4 THEN f.plans ELSE 0 END) AS BIGINT) AS funded, CAST(SUM(CASE WHEN f.year = $4 THEN f.given ELSE 0 END) AS BIGINT) AS given, CAST(SUM(CASE WHEN f.year = $4 THEN f.reserved ELSE 0 END) AS BIGINT) AS reserved, CAST(SUM(CASE WHEN f.year = $4 THEN f.committed ELSE 0 END) AS BIGINT) AS committed, CAST(SUM(CASE WHEN f.year = $4 THEN f.paid ELSE 0 END) AS BIGINT) AS paid FROM (SELECT buurt_id, programme_id, state, year, plans, given, reserved, committed, paid FROM figure UNION ALL SELECT buurt_id, programme_id, state, year, plans, given, reserved, committed, paid FROM figure_change) f WHERE (CAST($1 AS TEXT) IS NULL OR CAST($1 AS TEXT) LIKE '%,' || f.buurt_id || ',%') AND (CAST($2 AS BIGINT) IS NULL OR f.programme_id = $2) AND (CAST($3 AS TEXT) IS NULL OR f.state = $3) GROUP BY f.buurt_id ORDER BY f.buurt_id"),
            &[n.buurten.as_deref().into(), n.programme.into(), n.state.as_deref().into(), year.into()],
        )
        .await?;
    rows.iter().map(sum).collect()
}

/// By programme: plans, and money of this budget year.
pub async fn by_programme(c: &mut Conn, n: &Narrow, year: i64) -> Result<Vec<Sum>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT f.programme_id AS id, CAST(SUM(CASE WHEN f.state NOT IN ('draft', 'submitted', 'returned', 'withdrawn', 'rejected') THEN f.plans ELSE 0 END) AS BIGINT) AS plans, CAST(SUM(CASE WHEN f.year = $4 THEN f.plans ELSE 0 END) AS BIGINT) AS funded, CAST(SUM(CASE WHEN f.year = $4 THEN f.given ELSE 0 END) AS BIGINT) AS given, CAST(SUM(CASE WHEN f.year = $4 THEN f.reserved ELSE 0 END) AS BIGINT) AS reserved, CAST(SUM(CASE WHEN f.year = $4 THEN f.committed ELSE 0 END) AS BIGINT) AS committed, CAST(SUM(CASE WHEN f.year = $4 THEN f.paid ELSE 0 END) AS BIGINT) AS paid FROM (SELECT buurt_id, programme_id, state, year, plans, given, reserved, committed, paid FROM figure UNION ALL SELECT buurt_id, programme_id, state, year, plans, given, reserved, committed, paid FROM figure_change) f WHERE (CAST($1 AS TEXT) IS NULL OR CAST($1 AS TEXT) LIKE '%,' || f.buurt_id || ',%') AND (CAST($2 AS BIGINT) IS NULL OR f.programme_id = $2) AND (CAST($3 AS TEXT) IS NULL OR f.state = $3) GROUP BY f.programme_id ORDER BY f.programme_id"),
            &[n.buurten.as_deref().into(), n.programme.into(), n.state.as_deref().into(), year.into()],
        )
        .await?;
    rows.iter().map(sum).collect()
}

/// What programme lines gave to shares of this budget year: wijk, programme, cents.
pub async fn funded(c: &mut Conn, year: i64) -> Result<Vec<(i64, i64, Cents)>, StoreError> {
    let rows = c
        .rows(
            sql!(
                "SELECT wijk_id, programme_id, cents FROM figure_funded WHERE year = $1 ORDER BY wijk_id, programme_id"
            ),
            &[year.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((r.int("wijk_id")?, r.int("programme_id")?, r.cents("cents")?))).collect()
}

/// What lies in shares of this budget year: wijk, cents.
pub async fn left(c: &mut Conn, year: i64) -> Result<Vec<(i64, Cents)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT a.wijk_id, a.balance FROM wijk w JOIN ledger_account a ON a.name = 'share/' || w.id || '/' || CAST($1 AS BIGINT) ORDER BY a.wijk_id"),
            &[year.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((r.int("wijk_id")?, r.cents("balance")?))).collect()
}

/// Ceilings that were set for this budget year: wijk, basis points.
pub async fn ceilings(c: &mut Conn, year: i64) -> Result<Vec<(i64, i64)>, StoreError> {
    let rows = c.rows(sql!("SELECT wijk_id, basis_points FROM share_rule WHERE year = $1"), &[year.into()]).await?;
    rows.iter().map(|r| Ok((r.int("wijk_id")?, r.int("basis_points")?))).collect()
}

/// Plans that wait for a first reply longer than they should: buurt, how many.
pub async fn late_replies(c: &mut Conn, now: i64) -> Result<Vec<(i64, i64)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT buurt_id, COUNT(*) AS many FROM initiative WHERE state = 'submitted' AND replied_at IS NULL AND due_at < $1 GROUP BY buurt_id ORDER BY buurt_id"),
            &[now.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((r.int("buurt_id")?, r.int("many")?))).collect()
}

/// Plans in execution with a step that is not done and should be: buurt, how many plans.
pub async fn late_steps(c: &mut Conn, programme: Option<i64>, now: i64) -> Result<Vec<(i64, i64)>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT i.buurt_id, COUNT(DISTINCT i.id) AS many FROM milestone m JOIN initiative i ON i.id = m.initiative_id WHERE m.done_at IS NULL AND m.due_at < $1 AND i.state = 'in_execution' AND (CAST($2 AS BIGINT) IS NULL OR i.programme_id = $2) GROUP BY i.buurt_id ORDER BY i.buurt_id"),
            &[now.into(), programme.into()],
        )
        .await?;
    rows.iter().map(|r| Ok((r.int("buurt_id")?, r.int("many")?))).collect()
}

/// In `figure_age`: all programmes together.
const ALL_PROGRAMMES: i64 = -1;

/// Folds changes into the sums: the oldest of them, as many as there are up to a bound; gives how many. In one unit, so that a sum
/// of both is right at any moment.
pub async fn fold(u: &mut Unit, most: i64) -> Result<usize, StoreError> {
    let rows = u
        .rows(
            sql!("DELETE FROM figure_change WHERE id IN (SELECT id FROM figure_change ORDER BY id LIMIT $1) RETURNING buurt_id, programme_id, state, month, year, plans, given, reserved, committed, paid"),
            &[most.into()],
        )
        .await?;
    let mut sums = std::collections::BTreeMap::<(i64, i64, String, i64), [i64; 5]>::new();
    let mut ages = std::collections::BTreeMap::<(i64, i64, String, i64), i64>::new();
    for r in &rows {
        let (buurt, programme, state) = (r.int("buurt_id")?, r.int("programme_id")?, r.text("state")?);
        let change = [r.int("plans")?, r.int("given")?, r.int("reserved")?, r.int("committed")?, r.int("paid")?];
        for of in [programme, ALL_PROGRAMMES] {
            *ages.entry((of, buurt, state.clone(), r.int("month")?)).or_default() += change[0];
        }
        let sum = sums.entry((buurt, programme, state, r.int("year")?)).or_default();
        sum.iter_mut().zip(change).for_each(|(sum, change)| *sum += change);
    }
    // In the order of their keys, so that two folds never wait for each other in a circle.
    for ((buurt, programme, state, year), s) in sums.into_iter().filter(|(_, s)| *s != [0; 5]) {
        u.exec(
            sql!("INSERT INTO figure (buurt_id, programme_id, state, year, plans, given, reserved, committed, paid) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (buurt_id, programme_id, state, year) DO UPDATE SET plans = figure.plans + excluded.plans, given = figure.given + excluded.given, reserved = figure.reserved + excluded.reserved, committed = figure.committed + excluded.committed, paid = figure.paid + excluded.paid"),
            &[buurt.into(), programme.into(), state.into(), year.into(), s[0].into(), s[1].into(), s[2].into(), s[3].into(), s[4].into()],
        )
        .await?;
    }
    for ((programme, buurt, state, month), plans) in ages.into_iter().filter(|(_, plans)| *plans != 0) {
        u.exec(
            sql!("INSERT INTO figure_age (buurt_id, programme_id, state, month, plans) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (programme_id, buurt_id, state, month) DO UPDATE SET plans = figure_age.plans + excluded.plans"),
            &[buurt.into(), programme.into(), state.into(), month.into(), plans.into()],
        )
        .await?;
    }
    Ok(rows.len())
}

/// Plans that everyone may see, handed in from one month up to another (both as 202611, the second left out).
pub async fn handed_in(c: &mut Conn, buurten: Option<&str>, from: i64, before: i64) -> Result<i64, StoreError> {
    c.one(
        sql!("SELECT CAST(COALESCE(SUM(f.plans), 0) AS BIGINT) AS plans FROM (SELECT buurt_id, state, month, plans FROM figure_age WHERE programme_id = -1 UNION ALL SELECT buurt_id, state, month, plans FROM figure_change) f WHERE f.state NOT IN ('draft', 'submitted', 'returned', 'withdrawn', 'rejected') AND (CAST($1 AS TEXT) IS NULL OR CAST($1 AS TEXT) LIKE '%,' || f.buurt_id || ',%') AND f.month >= $2 AND f.month < $3"),
        &[buurten.into(), from.into(), before.into()],
    )
    .await?
    .int("plans")
}
