//! Plans that have money, from the agreement to the final account: one file for each group of acts.
//!
//! Everything that moves a plan's money holds the plan ([`hold`]) first, so that what is said to be left is what is left; the
//! database's own rules stand behind it. Who has money to give never deals with a plan they made (`domain::access`), and above
//! [`payments::limit`] it takes two.

pub mod account;
pub mod agreement;
pub mod changes;
pub mod confirmations;
pub mod orders;
pub mod payments;
pub mod read;
pub mod steps;
pub mod thanks;

use crate::ActError;
use crate::initiatives::{FormKey, plan, step};
use domain::access::{Actor, Denied, Role};
use domain::execution::AHEAD_DAYS;
use domain::form::{Problem, Raw};
use domain::initiative::State;
use domain::money::Cents;
use domain::time::DAY;
use domain::urls;
use store::initiatives::{self as rows, Event, Initiative};
use store::ledger::{self, Kind, Transfer};
use store::{StoreError, Unit, execution};

/// Holds a plan's money for this unit, and reads the plan as it stands then. Whoever holds several begins with the lowest.
pub(crate) async fn hold(u: &mut Unit, id: i64) -> Result<Initiative, ActError> {
    u.lock_exclusive(-3_000_000_000_000 - id).await?;
    plan(u, id).await
}

/// Works on this plan now.
fn makes(p: &Initiative, actor: &Actor) -> bool {
    actor.account.is_some_and(|id| id == p.account_id || p.co_authors.contains(&id))
}

/// The account that acts.
fn who(actor: &Actor) -> Result<i64, ActError> {
    Ok(actor.audited().ok_or(Denied::SignIn)?)
}

/// Refuses who works at no stadsdeel, before it is looked which plans are theirs.
fn works_for_the_city(actor: &Actor) -> Result<(), Denied> {
    who(actor).map_err(|_| Denied::SignIn)?;
    if !actor.has(Role::Staff) {
        return Err(Denied::NotYours);
    }
    if actor.second_factor { Ok(()) } else { Err(Denied::SecondFactor) }
}

/// A day as a form sends it (2026-10-12): noon there, in UTC seconds.
fn day(raw: &Raw, name: &str) -> Result<Option<i64>, Problem> {
    let day = raw.get(name).trim().split('T').next().unwrap_or("");
    if day.is_empty() {
        return Ok(None);
    }
    texts::local_seconds(&format!("{day}T12:00")).map(Some).ok_or(Problem::NotADate)
}

/// A day that has not passed, and is not lost in the distance.
fn ahead(at: i64, now: i64) -> Result<(), Problem> {
    if at < now - DAY {
        Err(Problem::NotAhead)
    } else if at > now + AHEAD_DAYS * DAY {
        Err(Problem::TooFar(AHEAD_DAYS))
    } else {
        Ok(())
    }
}

/// Where an act leads: the file of the stadsdeel, or the makers' page.
async fn led(
    u: &mut Unit,
    form: &FormKey,
    act: &str,
    (id, makers): (i64, bool),
    done: &str,
    now: i64,
) -> Result<String, ActError> {
    if makers {
        form.led_to(u, act, &urls::InitiativeExecution { id }, done, now).await
    } else {
        form.led_to(u, act, &urls::DistrictExecution { id }, done, now).await
    }
}

/// A line on the plan's road.
async fn event(
    u: &mut Unit,
    id: i64,
    (actor, makers): (Option<i64>, bool),
    (act, state): (&str, State),
    (words, amount): (&str, Option<Cents>),
    now: i64,
) -> Result<(), ActError> {
    let role = if makers { "owner" } else { "staff" };
    let event = Event { words: words.to_owned(), amount, ..step(now, act, state, role) };
    Ok(rows::add_event(u, id, actor, &event).await?)
}

/// A movement of a plan's money.
struct Move<'a> {
    plan: i64,
    from: Kind,
    to: Kind,
    amount: Cents,
    reason: &'a str,
    key: &'a str,
    note: &'a str,
    actor: i64,
    now: i64,
}

/// Moves money; nothing for nothing. Used twice, a key is a form that somebody else was first with.
async fn book(u: &mut Unit, m: &Move<'_>) -> Result<(), ActError> {
    if m.amount <= Cents::ZERO {
        return Ok(());
    }
    let transfer = Transfer {
        from: m.from,
        to: m.to,
        amount: m.amount,
        reason: m.reason,
        reference: &m.plan.to_string(),
        note: m.note,
        actor: Some(m.actor),
        key: m.key,
        at: m.now,
    };
    match ledger::transfer(u, &transfer).await {
        Ok(_) => Ok(()),
        Err(StoreError::Duplicate(_)) => Err(Denied::State.into()),
        Err(e) => Err(e.into()),
    }
}

/// Gives a plan's money back to the share it came from, by way of its account of what was returned.
async fn give_to_share(
    u: &mut Unit,
    p: &Initiative,
    (from, amount): (Kind, Cents),
    (key, note): (&str, &str),
    (actor, now): (i64, i64),
) -> Result<(), ActError> {
    if amount <= Cents::ZERO {
        return Ok(());
    }
    let (wijk, year) = execution::share_of(u, p.id)
        .await?
        .ok_or_else(|| ActError::Broken(format!("plan {}: its money came from no share; run doctor ledger", p.id)))?;
    let returned = Kind::Returned { initiative: p.id };
    let there = Kind::Share { wijk, year };
    for (n, (from, to)) in [(from, returned), (returned, there)].into_iter().enumerate() {
        let key = format!("{key}/{n}");
        book(u, &Move { plan: p.id, from, to, amount, reason: "plan_returned", key: &key, note, actor, now }).await?;
    }
    Ok(())
}
