//! What plans of a wijk ask together while they wait for money.

use crate::{Conn, StoreError, sql};
use domain::budget::Asking;
use domain::initiative::State;

/// By state: handed in, published, feasible, and on a ballot of a round whose pot is of this year.
pub async fn asking_by_state(c: &mut Conn, wijk: i64, year: i64) -> Result<Vec<Asking>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT i.state, COUNT(*) AS plans, CAST(SUM(CASE WHEN i.cost_known = 1 THEN 0 ELSE 1 END) AS BIGINT) AS not_known, CAST(SUM(i.minimum) AS BIGINT) AS minimum, CAST(SUM(i.desired) AS BIGINT) AS desired FROM initiative i JOIN buurt b ON b.id = i.buurt_id WHERE b.wijk_id = $1 AND (i.state IN ('submitted', 'published', 'feasible') OR (i.state = 'on_ballot' AND EXISTS (SELECT 1 FROM paper_plan p JOIN round r ON r.id = p.round_id WHERE p.initiative_id = i.id AND p.withdrawn_at IS NULL AND r.year = $2 AND r.phase IN ('setup', 'published', 'voting', 'counting')))) GROUP BY i.state ORDER BY i.state"),
            &[wijk.into(), year.into()],
        )
        .await?;
    rows.iter()
        .map(|r| {
            Ok(Asking {
                state: State::from_key(&r.text("state")?)
                    .ok_or_else(|| StoreError::Corrupt { column: "state".into(), source: None })?,
                plans: r.int("plans")?,
                unknown: r.opt_int("not_known")?.unwrap_or(0),
                minimum: r.cents("minimum")?,
                desired: r.cents("desired")?,
            })
        })
        .collect()
}
