//! What plans ask for.

use crate::{Conn, Row, StoreError, Unit, sql};
use domain::help::{KINDS, LANGUAGES, Need, Spot, TIMES, listed, stored};

fn need(r: &Row) -> Result<Need, StoreError> {
    Ok(Need {
        kinds: listed(&r.text("kinds")?, KINDS),
        times: listed(&r.text("times")?, TIMES),
        languages: listed(&r.text("languages")?, LANGUAGES),
        words: r.text("words")?,
    })
}

/// What a plan asks for, by id.
pub async fn needs_of(c: &mut Conn, plan: i64) -> Result<Vec<(i64, Need)>, StoreError> {
    let rows =
        c.rows(sql!("SELECT * FROM plan_need WHERE initiative_id = $1 ORDER BY id LIMIT 20"), &[plan.into()]).await?;
    rows.iter().map(|r| Ok((r.int("id")?, need(r)?))).collect()
}

/// Adds one.
pub async fn add_need(u: &mut Unit, plan: i64, n: &Need) -> Result<(), StoreError> {
    u.exec(
        sql!("INSERT INTO plan_need (initiative_id, kinds, times, languages, words) VALUES ($1, $2, $3, $4, $5)"),
        &[
            plan.into(),
            stored(&n.kinds).into(),
            stored(&n.times).into(),
            stored(&n.languages).into(),
            n.words.as_str().into(),
        ],
    )
    .await
    .map(|_| ())
}

/// Removes one; `false` when it is not of this plan.
pub async fn remove_need(u: &mut Unit, plan: i64, id: i64) -> Result<bool, StoreError> {
    let removed =
        u.exec(sql!("DELETE FROM plan_need WHERE id = $2 AND initiative_id = $1"), &[plan.into(), id.into()]).await?;
    Ok(removed == 1)
}

/// A plan that asks for help.
#[derive(Clone, Debug)]
pub struct Asking {
    /// Plan.
    pub plan: i64,
    /// Where it is.
    pub spot: Spot,
    /// Everything it asks for.
    pub needs: Vec<Need>,
}

/// Plans that everyone may see and that ask for help now, newest first.
pub async fn asking_plans(c: &mut Conn, limit: i64) -> Result<Vec<Asking>, StoreError> {
    let rows = c
        .rows(
            sql!("SELECT n.*, p.buurt_id, p.wijk_id FROM plan_need n JOIN (SELECT i.id, i.buurt_id, b.wijk_id, COALESCE(i.published_at, i.created_at) AS since FROM initiative i JOIN buurt b ON b.id = i.buurt_id WHERE i.state IN ('published', 'feasible', 'on_ballot', 'funded', 'reserve', 'not_funded', 'in_execution') AND EXISTS (SELECT 1 FROM plan_need m WHERE m.initiative_id = i.id) ORDER BY 4 DESC, 1 DESC LIMIT $1) p ON p.id = n.initiative_id ORDER BY p.since DESC, p.id DESC, n.id"),
            &[limit.into()],
        )
        .await?;
    let mut plans: Vec<Asking> = Vec::new();
    for r in &rows {
        let id = r.int("initiative_id")?;
        let spot = Spot { buurt: r.int("buurt_id")?, wijk: r.int("wijk_id")? };
        match plans.last_mut().filter(|last| last.plan == id) {
            Some(last) => last.needs.push(need(r)?),
            None => plans.push(Asking { plan: id, spot, needs: vec![need(r)?] }),
        }
    }
    Ok(plans)
}
