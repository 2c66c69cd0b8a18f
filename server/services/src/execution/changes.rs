//! What was agreed can change: makers or staff propose, staff who did not propose it decide. Stopping a plan is such a change.

use super::{Move, ahead, book, day, event, give_to_share, hold, led, makes, who};
use crate::initiatives::{FormKey, move_on, tell_at};
use crate::{ActError, World, audit};
use domain::access::{Act, Actor, Denied, decide};
use domain::execution::{InstalmentState, StepState, optional_text, text};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{State, TEXT_MAX};
use domain::money::Cents;
use domain::urls;
use store::execution::{self as rows, Change, NewChange};
use store::initiatives::Initiative;
use store::ledger::Kind;
use store::{StoreError, Unit};

/// A change as it is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeForm(pub NewChange);

impl ChangeForm {
    /// Fields: `what`, `why`, and what may be empty: `amount` (the new one altogether), `ends` (2026-10-12), `milestone` with
    /// `milestone_date`, `stop` (`1`).
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let amount = raw.amount("amount").and_then(|a| match a {
            Some(Cents::ZERO) => Err(Problem::NotAnAmount),
            other => Ok(other),
        });
        let milestone = match raw.id("milestone") {
            Err(Problem::Missing) => None,
            id => Some(errors.take("milestone", id)),
        };
        let date = errors.take("milestone_date", day(raw, "milestone_date"));
        if milestone.is_some() && date.is_none() && errors.of("milestone_date").is_none() {
            errors.0.push(("milestone_date", Problem::Missing));
        }
        let new = NewChange {
            what: errors.take("what", text(raw, "what", TEXT_MAX)),
            why: errors.take("why", text(raw, "why", TEXT_MAX)),
            amount: errors.take("amount", amount),
            ends_at: errors.take("ends", day(raw, "ends")),
            step: milestone.zip(date),
            stop: raw.get("stop") == "1",
        };
        errors.done()?;
        Ok(Self(new))
    }

    /// Stopping the plan. Field: `reason`.
    ///
    /// # Errors
    /// On `reason`.
    pub fn stop(raw: &Raw) -> Result<Self, Errors> {
        let why = text(raw, "reason", TEXT_MAX).map_err(|e| Errors::one("reason", e))?;
        Ok(Self(NewChange { why, stop: true, ..NewChange::default() }))
    }
}

/// Whether what is proposed can be at all.
async fn fits(u: &mut Unit, p: &Initiative, new: &NewChange, now: i64) -> Result<(), ActError> {
    if let Some(at) = new.ends_at {
        ahead(at, now).map_err(|e| Errors::one("ends", e))?;
    }
    if let Some((step, at)) = new.step {
        ahead(at, now).map_err(|e| Errors::one("milestone_date", e))?;
        if rows::step(u, p.id, step).await?.is_none_or(|s| s.state != StepState::Open) {
            return Err(Errors::one("milestone", Problem::NotAChoice).into());
        }
    }
    let committed = rows::agreement(u, p.id).await?.is_some_and(|a| a.committed_at.is_some());
    if !committed && (new.amount.is_some() || new.ends_at.is_some()) {
        // What was not promised yet is written anew.
        return Err(Denied::State.into());
    }
    if let Some(amount) = new.amount {
        bounds(u, p.id, amount, "amount").await?;
    }
    Ok(())
}

/// A new amount lies between what instalments hold, and what was promised and is reserved together.
async fn bounds(u: &mut Unit, id: i64, amount: Cents, field: &'static str) -> Result<(), ActError> {
    let purse = rows::purse(u, id).await?;
    let most = purse.committed + purse.paid + purse.reserved;
    if amount > most {
        return Err(Errors::one(field, Problem::NotEnough(most)).into());
    }
    if amount < purse.paid + purse.open {
        return Err(Errors::one(field, Problem::BelowMinimum).into());
    }
    Ok(())
}

/// Proposes a change; gives where to go.
///
/// # Errors
/// [`Problem::Waiting`] on `what` while another waits; [`Problem::NotEnough`] or [`Problem::BelowMinimum`] on `amount`.
pub async fn propose(
    world: &World,
    actor: &Actor,
    form: FormKey,
    id: i64,
    new: ChangeForm,
) -> Result<String, ActError> {
    let (actor, now, ChangeForm(new)) = (actor.clone(), world.now(), new);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "ask_change").await?;
                let p = hold(u, id).await?;
                decide(Act::AskPlanChange, &actor, &p.subject())?;
                fits(u, &p, &new, now).await?;
                let makers = makes(&p, &actor);
                let field = if new.stop && new.what.is_empty() { "reason" } else { "what" };
                let change = rows::add_change(u, id, &new, (who(&actor)?, makers), now).await.map_err(|e| match e {
                    StoreError::Duplicate(_) => ActError::Form(Errors::one(field, Problem::Waiting)),
                    e => e.into(),
                })?;
                let words = format!("{}\n\n{}", new.what, new.why).trim().to_owned();
                event(u, id, (actor.account, makers), ("change_asked", p.state), (&words, new.amount), now).await?;
                audit(u, now, actor.account, "ask_change", ("initiative", id), &change.to_string()).await?;
                led(u, &form, "ask_change", (id, makers), "voorgesteld", now).await
            })
        })
        .await
}

/// What is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Yes.
    pub agree: bool,
    /// Why; empty only for a yes.
    pub reason: String,
}

impl Verdict {
    /// Fields: `agree` (`yes`, `no`), `reason` (may be empty for a yes).
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let one = |e| Errors::one("reason", e);
        match raw.get("agree") {
            "yes" => Ok(Self { agree: true, reason: optional_text(raw, "reason", TEXT_MAX).map_err(one)? }),
            "no" => Ok(Self { agree: false, reason: text(raw, "reason", TEXT_MAX).map_err(one)? }),
            _ => Err(Errors::one("agree", Problem::NotAChoice)),
        }
    }
}

/// Decides on a change; a yes is carried out at once. Gives where to go.
///
/// # Errors
/// [`Problem::SecondPerson`] on `agree` for who proposed it; what does not fit any more, on `agree`; [`Denied::State`] when it was
/// decided before.
pub async fn decide_on(
    world: &World,
    actor: &Actor,
    form: FormKey,
    (id, change): (i64, i64),
    verdict: Verdict,
) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "decide_change").await?;
                let p = hold(u, id).await?;
                decide(Act::DecidePlanChange, &actor, &p.subject())?;
                let change = rows::change(u, id, change).await?.ok_or(ActError::NotFound)?;
                let account = who(&actor)?;
                if change.proposed_by == account {
                    return Err(Errors::one("agree", Problem::SecondPerson).into());
                }
                if verdict.agree && change.decided_at.is_none() && takes_two(u, id, &change).await? {
                    match change.first_by {
                        None => {
                            if !rows::sign_change(u, change.id, account).await? {
                                return Err(Denied::State.into());
                            }
                            let detail = change.id.to_string();
                            audit(u, now, Some(account), "sign_change", ("initiative", id), &detail).await?;
                            return led(u, &form, "decide_change", (id, false), "getekend", now).await;
                        }
                        Some(first) if first == account => {
                            return Err(Errors::one("agree", Problem::SecondPerson).into());
                        }
                        Some(_) => {}
                    }
                }
                let decided = (verdict.agree, verdict.reason.as_str());
                if change.decided_at.is_some() || !rows::decide(u, change.id, decided, account, now).await? {
                    return Err(Denied::State.into());
                }
                let (name, done) = match (verdict.agree, change.stop) {
                    (true, true) => ("stopped", "gestopt"),
                    (true, false) => ("change_agreed", "wijziging-goed"),
                    (false, _) => ("change_refused", "wijziging-nee"),
                };
                let mut state = p.state;
                if verdict.agree && change.stop {
                    stop(u, &p, &change, account, now).await?;
                    state = State::Cancelled;
                } else if verdict.agree {
                    carry_out(u, &p, &change, account, now).await?;
                }
                let words = [change.what.as_str(), change.why.as_str(), verdict.reason.as_str()];
                let words = words.iter().filter(|w| !w.is_empty()).copied().collect::<Vec<_>>().join("\n\n");
                event(u, id, (Some(account), false), (name, state), (&words, change.amount), now).await?;
                audit(u, now, Some(account), name, ("initiative", id), &change.id.to_string()).await?;
                let path = urls::InitiativeExecution { id }.to_string();
                let letter = if name == "stopped" { "plan-stopped" } else { "change-decided" };
                tell_at(u, &p, letter, &path, |_| words.clone(), now).await?;
                led(u, &form, "decide_change", (id, false), done, now).await
            })
        })
        .await
}

/// Whether two of the stadsdeel have to agree: makers ask for more than was agreed, and for more than one may promise.
async fn takes_two(u: &mut Unit, id: i64, change: &Change) -> Result<bool, ActError> {
    let Some(amount) = change.amount.filter(|_| change.by_makers) else { return Ok(false) };
    let agreed = rows::agreement(u, id).await?.map_or(Cents::ZERO, |a| a.amount);
    Ok(amount > agreed && amount > super::payments::limit(u).await?)
}

/// Carries a change out that was agreed to.
async fn carry_out(u: &mut Unit, p: &Initiative, change: &Change, account: i64, now: i64) -> Result<(), ActError> {
    let id = p.id;
    if let (Some(step), Some((_, at))) = (change.milestone, &change.step)
        && !rows::move_step(u, step, *at).await?
    {
        return Err(Errors::one("agree", Problem::TooLate).into());
    }
    if let Some(ends_at) = change.ends_at {
        rows::set_end(u, id, ends_at).await?;
    }
    let Some(amount) = change.amount else { return Ok(()) };
    bounds(u, id, amount, "agree").await?;
    let agreed = rows::agreement(u, id).await?.filter(|a| a.committed_at.is_some()).ok_or(Denied::State)?.amount;
    rows::set_agreed(u, id, amount).await.map_err(|e| match e {
        StoreError::Refused(_) => ActError::Form(Errors::one("agree", Problem::BelowMinimum)),
        e => e.into(),
    })?;
    let committed = Kind::Committed { initiative: id };
    let key = format!("change/{}", change.id);
    if amount > agreed {
        let movement = Move {
            plan: id,
            from: Kind::Reserved { initiative: id },
            to: committed,
            amount: amount - agreed,
            reason: "committed",
            key: &key,
            note: "",
            actor: account,
            now,
        };
        return book(u, &movement).await;
    }
    give_to_share(u, p, (committed, agreed - amount), (&key, ""), (account, now)).await
}

/// Stops a plan: what was not paid returns to the share at once, instalments that did not leave yet are void.
async fn stop(u: &mut Unit, p: &Initiative, change: &Change, account: i64, now: i64) -> Result<(), ActError> {
    let id = p.id;
    // What the finance system has may be paid any moment: its answer comes first.
    if rows::instalments(u, id).await?.iter().any(|i| i.state == InstalmentState::Ordered) {
        return Err(Errors::one("agree", Problem::InstalmentsOpen).into());
    }
    rows::void_open(u, id, now).await?;
    let purse = rows::purse(u, id).await?;
    let (initiative, key) = (id, format!("stop/{}", change.id));
    for (kind, amount, part) in [
        (Kind::Committed { initiative }, purse.committed, "committed"),
        (Kind::Reserved { initiative }, purse.reserved, "reserved"),
    ] {
        give_to_share(u, p, (kind, amount), (&format!("{key}/{part}"), ""), (account, now)).await?;
    }
    move_on(u, p, State::Cancelled).await?;
    Ok(rows::end_waiting(u, id, now).await?)
}
