//! Whether the kept sums are those of the rows, worked out anew; and making them so.

use crate::{Conn, StoreError, Unit, sql};

/// What does not add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wrong {
    /// Plans whose place, state, month or money is kept otherwise than it is, or not at all.
    pub plans: i64,
    /// Sums over plans that are not those of the plans.
    pub sums: i64,
    /// Sums of what programme lines gave that are not those of the transfers.
    pub funded: i64,
}

impl Wrong {
    /// Everything adds up.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// Works everything out anew. Slow, and it changes nothing.
pub async fn wrong(c: &mut Conn) -> Result<Wrong, StoreError> {
    let plans = c
        .one(
            sql!("SELECT COUNT(*) AS many FROM initiative i LEFT JOIN figure_plan f ON f.initiative_id = i.id WHERE f.initiative_id IS NULL OR f.buurt_id <> i.buurt_id OR f.programme_id <> COALESCE(i.programme_id, 0) OR f.state <> i.state OR f.reserved <> COALESCE((SELECT balance FROM ledger_account WHERE name = 'reserved/' || i.id), 0) OR f.committed <> COALESCE((SELECT balance FROM ledger_account WHERE name = 'committed/' || i.id), 0) OR f.paid <> COALESCE((SELECT balance FROM ledger_account WHERE name = 'paid/' || i.id), 0) OR f.given <> COALESCE((SELECT SUM(t.amount) FROM ledger_account a JOIN transfer t ON t.to_id = a.id JOIN ledger_account o ON o.id = t.from_id WHERE a.name IN ('reserved/' || i.id, 'committed/' || i.id, 'paid/' || i.id, 'returned/' || i.id) AND COALESCE(o.initiative_id, 0) <> i.id), 0)"),
            &[],
        )
        .await?
        .int("many")?;
    let sums = c
        .one(
            sql!("SELECT COUNT(*) AS many FROM (SELECT buurt_id, programme_id, state, year FROM (SELECT buurt_id, programme_id, state, year, plans, given, reserved, committed, paid FROM figure UNION ALL SELECT buurt_id, programme_id, state, year, plans, given, reserved, committed, paid FROM figure_change UNION ALL SELECT buurt_id, programme_id, state, year, -1, -given, -reserved, -committed, -paid FROM figure_plan) a GROUP BY buurt_id, programme_id, state, year HAVING SUM(plans) <> 0 OR SUM(given) <> 0 OR SUM(reserved) <> 0 OR SUM(committed) <> 0 OR SUM(paid) <> 0 UNION ALL SELECT buurt_id, programme_id, state, month FROM (SELECT buurt_id, programme_id, state, month, plans FROM figure_age UNION ALL SELECT buurt_id, programme_id, state, month, plans FROM figure_change UNION ALL SELECT buurt_id, -1, state, month, plans FROM figure_change UNION ALL SELECT buurt_id, programme_id, state, month, -1 FROM figure_plan UNION ALL SELECT buurt_id, -1, state, month, -1 FROM figure_plan) b GROUP BY buurt_id, programme_id, state, month HAVING SUM(plans) <> 0) differing"),
            &[],
        )
        .await?
        .int("many")?;
    let funded = c
        .one(
            sql!("SELECT COUNT(*) AS many FROM (SELECT wijk_id, year, programme_id FROM (SELECT wijk_id, year, programme_id, cents FROM figure_funded UNION ALL SELECT s.wijk_id, s.year, o.programme_id, CASE WHEN t.to_id = s.id THEN -t.amount ELSE t.amount END FROM ledger_account s JOIN transfer t ON s.id IN (t.from_id, t.to_id) JOIN ledger_account o ON o.id = CASE WHEN t.to_id = s.id THEN t.from_id ELSE t.to_id END WHERE s.kind = 'share' AND o.kind = 'programme_line') a GROUP BY wijk_id, year, programme_id HAVING SUM(cents) <> 0) differing"),
            &[],
        )
        .await?
        .int("many")?;
    Ok(Wrong { plans, sums, funded })
}

/// Makes the sums those of the rows. Nobody else writes meanwhile.
pub async fn mend(u: &mut Unit) -> Result<(), StoreError> {
    // What is missing for a plan comes back through the trigger on its own row.
    u.exec(
        sql!("UPDATE figure_plan SET buurt_id = (SELECT i.buurt_id FROM initiative i WHERE i.id = figure_plan.initiative_id), programme_id = COALESCE((SELECT i.programme_id FROM initiative i WHERE i.id = figure_plan.initiative_id), 0), state = (SELECT i.state FROM initiative i WHERE i.id = figure_plan.initiative_id), reserved = COALESCE((SELECT balance FROM ledger_account WHERE name = 'reserved/' || figure_plan.initiative_id), 0), committed = COALESCE((SELECT balance FROM ledger_account WHERE name = 'committed/' || figure_plan.initiative_id), 0), paid = COALESCE((SELECT balance FROM ledger_account WHERE name = 'paid/' || figure_plan.initiative_id), 0), given = COALESCE((SELECT CAST(SUM(t.amount) AS BIGINT) FROM ledger_account a JOIN transfer t ON t.to_id = a.id JOIN ledger_account o ON o.id = t.from_id WHERE a.initiative_id = figure_plan.initiative_id AND COALESCE(o.initiative_id, 0) <> figure_plan.initiative_id), 0)"),
        &[],
    )
    .await?;
    u.exec(sql!("DELETE FROM figure_change"), &[]).await?;
    u.exec(sql!("DELETE FROM figure"), &[]).await?;
    u.exec(sql!("DELETE FROM figure_age"), &[]).await?;
    u.exec(sql!("DELETE FROM figure_funded"), &[]).await?;
    u.exec(
        sql!("INSERT INTO figure (buurt_id, programme_id, state, year, plans, given, reserved, committed, paid) SELECT buurt_id, programme_id, state, year, COUNT(*), CAST(SUM(given) AS BIGINT), CAST(SUM(reserved) AS BIGINT), CAST(SUM(committed) AS BIGINT), CAST(SUM(paid) AS BIGINT) FROM figure_plan GROUP BY buurt_id, programme_id, state, year"),
        &[],
    )
    .await?;
    u.exec(
        sql!("INSERT INTO figure_age (buurt_id, programme_id, state, month, plans) SELECT buurt_id, programme_id, state, month, COUNT(*) FROM figure_plan GROUP BY buurt_id, programme_id, state, month UNION ALL SELECT buurt_id, -1, state, month, COUNT(*) FROM figure_plan GROUP BY buurt_id, state, month"),
        &[],
    )
    .await?;
    u.exec(
        sql!("INSERT INTO figure_funded (wijk_id, year, programme_id, cents) SELECT s.wijk_id, s.year, o.programme_id, CAST(SUM(CASE WHEN t.to_id = s.id THEN t.amount ELSE -t.amount END) AS BIGINT) FROM ledger_account s JOIN transfer t ON s.id IN (t.from_id, t.to_id) JOIN ledger_account o ON o.id = CASE WHEN t.to_id = s.id THEN t.from_id ELSE t.to_id END WHERE s.kind = 'share' AND o.kind = 'programme_line' GROUP BY s.wijk_id, s.year, o.programme_id"),
        &[],
    )
    .await
    .map(|_| ())
}
