//! What leaves for the city's finance system: each instalment once, in a batch that can be fetched again. The payment itself is
//! made there; its account numbers never come here.

use super::{hold, who};
use crate::initiatives::FormKey;
use crate::table::Table;
use crate::{ActError, World, audit};
use domain::access::{Act, Actor, decide};
use domain::execution::InstalmentState;
use domain::form::{Errors, Problem};
use domain::money::Cents;
use domain::urls;
use store::Conn;
use store::execution::{self as rows, Batch, Instalment};

/// Approved, by somebody else where it takes two, and waiting for no milestone.
pub(super) fn may_order(instalment: &Instalment, account: i64) -> bool {
    instalment.state == InstalmentState::Approved
        && instalment.approved_by != Some(account)
        && instalment.step_confirmed
}

/// Gives out what may be given out of the actor's places, except what they approved themselves; gives where to go.
///
/// # Errors
/// [`Problem::NothingToOrder`] on `order`; [`ActError::Denied`] for who may order at none of those places.
pub async fn order(world: &World, actor: &Actor, form: FormKey) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    super::works_for_the_city(&actor)?;
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "order_payments").await?;
                let account = who(&actor)?;
                let mut plans: Vec<i64> = rows::under_way(u).await?.iter().map(|i| i.plan).collect();
                plans.sort_unstable();
                plans.dedup();
                let mut chosen = Vec::new();
                for id in plans {
                    let p = hold(u, id).await?;
                    if decide(Act::OrderPayments, &actor, &p.subject()).is_ok() {
                        let all = rows::instalments(u, id).await?;
                        chosen.extend(all.into_iter().filter(|i| may_order(i, account)));
                    }
                }
                if chosen.is_empty() {
                    return Err(Errors::one("order", Problem::NothingToOrder).into());
                }
                let batch = rows::new_batch(u, account, now).await?;
                for instalment in &chosen {
                    if rows::order(u, instalment.id, batch, account, now).await? {
                        let detail = format!("{} {batch}", instalment.id);
                        audit(u, now, Some(account), "order_payment", ("initiative", instalment.plan), &detail).await?;
                    }
                }
                form.led_to(u, "order_payments", &urls::DistrictPayments {}, "opdracht", now).await
            })
        })
        .await
}

/// Of these, those of plans at the reader's places.
async fn visible(c: &mut Conn, actor: &Actor, all: Vec<Instalment>) -> Result<Vec<(Instalment, String)>, ActError> {
    let mut mine = Vec::new();
    for instalment in all {
        let Some(p) = store::initiatives::get(c, instalment.plan).await? else { continue };
        if decide(Act::SeeDistrict, actor, &p.subject()).is_ok() {
            mine.push((instalment, p.title));
        }
    }
    Ok(mine)
}

/// Batches with something of the reader's places, the newest first; count and amount are of that.
///
/// # Errors
/// The store's.
pub async fn batches(c: &mut Conn, actor: &Actor) -> Result<Vec<Batch>, ActError> {
    let mut found = Vec::new();
    for batch in rows::batches(c).await? {
        let all = rows::batch(c, batch.id).await?;
        let mine = visible(c, actor, all).await?;
        if !mine.is_empty() {
            let amount: Cents = mine.iter().map(|(i, _)| i.amount).sum();
            let count = i64::try_from(mine.len()).unwrap_or(i64::MAX);
            found.push(Batch { count, amount, ..batch });
        }
    }
    Ok(found)
}

/// A batch as CSV, as far as it is of the reader's places: the same each time, but for what was refused and tried again.
///
/// # Errors
/// [`ActError::NotFound`] where nothing of it is.
pub async fn csv(world: &World, actor: &Actor, batch: i64) -> Result<Vec<u8>, ActError> {
    let mut c = world.db.read().await?;
    let all = rows::batch(&mut c, batch).await?;
    let mine = visible(&mut c, actor, all).await?;
    if mine.is_empty() {
        return Err(ActError::NotFound);
    }
    let mut table = Table::new(&["kenmerk", "bedrag", "aan", "waarvoor", "plan", "titel"])?;
    for (instalment, title) in &mine {
        let (reference, plan) = (instalment.reference(), instalment.plan.to_string());
        let amount = decimal(instalment.amount);
        table.row([&*reference, &amount, &instalment.payee, &instalment.purpose, &plan, title])?;
    }
    table.bytes()
}

/// 1234,50, as a finance system reads it.
fn decimal(amount: Cents) -> String {
    format!("{},{:02}", amount.0 / 100, amount.0 % 100)
}
