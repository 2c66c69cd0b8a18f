//! Small plans: funded from the share without a round, signed once by a moderator and once by a staff member.

use crate::initiatives::{FormKey, move_on, plan, step, tell};
use crate::{ActError, World, audit};
use domain::access::{Act, Actor, Denied, Role, decide};
use domain::budget::Share;
use domain::form::{Errors, Problem};
use domain::initiative::State;
use domain::money::Cents;
use domain::urls;
use store::budget::{INVESTMENTS, Line};
use store::initiatives::{self as rows, Event};
use store::ledger::{self, Kind, Transfer};
use store::{Conn, StoreError, system};

/// Largest small plan unless an administrator set another.
pub const DEFAULT_LIMIT: Cents = Cents::euros(2500);

/// Largest small plan now.
///
/// # Errors
/// The store's.
pub async fn limit(c: &mut Conn) -> Result<Cents, ActError> {
    Ok(system::setting(c, "small_plan_limit").await?.and_then(|v| v.parse().ok()).map_or(DEFAULT_LIMIT, Cents))
}

/// Budget years, newest first.
pub fn years(lines: &[Line]) -> Vec<i64> {
    let mut years: Vec<i64> = lines.iter().map(|l| l.year).filter(|y| *y != INVESTMENTS).collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    years
}

/// The share of a wijk in the newest year in which money was put in; else the newest year. `None` before any import.
///
/// # Errors
/// The store's.
pub async fn share_now(c: &mut Conn, lines: &[Line], wijk: i64) -> Result<Option<(i64, Share)>, ActError> {
    let mut newest = None;
    for year in years(lines) {
        let share = crate::budget::share_of(c, lines, wijk, year).await?;
        if share.funded > Cents::ZERO {
            return Ok(Some((year, share)));
        }
        newest = newest.or(Some((year, share)));
    }
    Ok(newest)
}

/// The year the first of the two signed for.
///
/// # Errors
/// The store's.
pub async fn signed_year(c: &mut Conn, id: i64) -> Result<Option<i64>, ActError> {
    Ok(rows::events(c, id).await?.iter().rev().find(|e| e.act == "small_signed").and_then(|e| e.reason.parse().ok()))
}

/// Signs for a small plan as moderator or staff. The second signature moves the money; gives where to go.
///
/// # Errors
/// [`Problem::NotEnough`] when the share of that year does not hold it, [`Problem::Changed`] when the other signed for
/// another year; [`Denied::State`] for a second signature of the same account or role.
pub async fn sign(
    world: &World,
    actor: &Actor,
    form: FormKey,
    id: i64,
    role: Role,
    year: i64,
) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "small_plan").await?;
                let p = plan(u, id).await?;
                let act = if role == Role::Moderator { Act::SmallPlanModerator } else { Act::SmallPlanStaff };
                decide(act, &actor, &p.subject())?;
                let account = actor.account.ok_or(Denied::SignIn)?;
                if p.desired <= Cents::ZERO || p.desired > limit(u).await? {
                    return Err(Denied::State.into());
                }
                if !years(&store::budget::lines(u).await?).contains(&year) {
                    return Err(Errors::one("year", Problem::NotAChoice).into());
                }
                // One at a time, so that what is said to be left is what is left.
                u.lock_exclusive(crate::shares::share_lock(p.wijk_id)).await?;
                // As it stands now that nobody else signs.
                let p = plan(u, id).await?;
                decide(act, &actor, &p.subject())?;
                crate::shares::not_closed(u, p.wijk_id, year, "year").await?;
                let share = Kind::Share { wijk: p.wijk_id, year };
                let left = ledger::balance(u, share).await?;
                if left < p.desired {
                    return Err(Errors::one("year", Problem::NotEnough(left)).into());
                }
                let first = p.small_moderator_id.is_none() && p.small_staff_id.is_none();
                if !first && signed_year(u, id).await?.is_some_and(|y| y != year) {
                    return Err(Errors::one("year", Problem::Changed).into());
                }
                let signed = if role == Role::Moderator {
                    rows::sign_small_moderator(u, id, account).await?
                } else {
                    rows::sign_small_staff(u, id, account).await?
                };
                if !signed {
                    return Err(Denied::State.into());
                }
                let signed = Event {
                    reason: year.to_string(),
                    amount: Some(p.desired),
                    ..step(now, "small_signed", State::Feasible, role.key())
                };
                rows::add_event(u, id, Some(account), &signed).await?;
                audit(u, now, Some(account), "sign_small_plan", ("initiative", id), role.key()).await?;
                // Read again: the row says whether both are there now, whoever came first.
                let now_signed = plan(u, id).await?;
                if now_signed.small_moderator_id.is_some() && now_signed.small_staff_id.is_some() {
                    let transfer = Transfer {
                        from: share,
                        to: Kind::Reserved { initiative: id },
                        amount: p.desired,
                        reason: "small_plan",
                        reference: &id.to_string(),
                        note: "",
                        actor: Some(account),
                        key: &format!("small/{id}"),
                        at: now,
                    };
                    ledger::transfer(u, &transfer).await.map_err(|e| match e {
                        StoreError::Refused(_) => ActError::Form(Errors::one("year", Problem::NotEnough(left))),
                        e => e.into(),
                    })?;
                    move_on(u, &p, State::Funded).await?;
                    rows::add_event(
                        u,
                        id,
                        Some(account),
                        &Event {
                            reason: String::new(),
                            amount: Some(p.desired),
                            ..step(now, "funded", State::Funded, "")
                        },
                    )
                    .await?;
                    audit(u, now, Some(account), "fund_small_plan", ("initiative", id), &year.to_string()).await?;
                    tell(u, &p, "funded", |_| String::new(), now).await?;
                }
                if role == Role::Moderator {
                    form.led_to(u, "small_plan", &urls::ModerationCase { id }, "getekend", now).await
                } else {
                    form.led_to(u, "small_plan", &urls::DistrictCase { id }, "getekend", now).await
                }
            })
        })
        .await
}
