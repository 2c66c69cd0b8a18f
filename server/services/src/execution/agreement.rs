//! What is agreed before money is promised: staff write, a maker says yes, staff commit; above the limit two of them.

use super::{Move, ahead, book, day, event, give_to_share, hold, led, payments, who};
use crate::initiatives::{FormKey, move_on, tell_at};
use crate::{ActError, World, audit};
use domain::access::{Act, Actor, Denied, decide};
use domain::execution::{PARTNER_KINDS, PARTNERS, optional_text, text};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{NAME_MAX, State, TEXT_MAX};
use domain::money::Cents;
use domain::urls;
use store::execution::{self as rows, NewAgreement};
use store::ledger::Kind;

/// What staff write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementForm(pub NewAgreement);

impl AgreementForm {
    /// Fields: `amount`, `conditions` (may be empty), `contact`, `responsible`, `ends` (2026-10-12), and pairs `partner_kind` and
    /// `partner`, of which those without a name are left out.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let above_zero = raw.amount("amount").and_then(|a| a.filter(|c| *c > Cents::ZERO).ok_or(Problem::Missing));
        let new = NewAgreement {
            amount: errors.take("amount", above_zero),
            conditions: errors.take("conditions", optional_text(raw, "conditions", TEXT_MAX)),
            contact: errors.take("contact", text(raw, "contact", NAME_MAX)).replace('\n', " "),
            responsible: errors.take("responsible", text(raw, "responsible", NAME_MAX)).replace('\n', " "),
            ends_at: errors.take("ends", day(raw, "ends").and_then(|d| d.ok_or(Problem::Missing))),
            partners: errors.take("partner", partners(raw)),
        };
        errors.done()?;
        Ok(Self(new))
    }
}

fn partners(raw: &Raw) -> Result<Vec<(String, String)>, Problem> {
    let kinds = raw.all("partner_kind");
    let mut found = Vec::new();
    for (i, name) in raw.all("partner").into_iter().enumerate() {
        let name = optional_text(&Raw::from_pairs(&[("partner", name)]), "partner", NAME_MAX)?.replace('\n', " ");
        if name.is_empty() {
            continue;
        }
        let kind = kinds.get(i).copied().filter(|k| PARTNER_KINDS.contains(k)).ok_or(Problem::NotAChoice)?;
        found.push((kind.to_owned(), name));
    }
    if found.len() > PARTNERS { Err(Problem::TooMany(PARTNERS)) } else { Ok(found) }
}

/// Writes the agreement, or writes it anew while nothing is committed: then a maker's yes has to be given again.
///
/// # Errors
/// [`Problem::NotEnough`] on `amount` above what is reserved; [`ActError::Denied`].
pub async fn write(
    world: &World,
    actor: &Actor,
    form: FormKey,
    id: i64,
    new: AgreementForm,
) -> Result<String, ActError> {
    let (actor, now, AgreementForm(new)) = (actor.clone(), world.now(), new);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "write_agreement").await?;
                let p = hold(u, id).await?;
                decide(Act::WriteAgreement, &actor, &p.subject())?;
                ahead(new.ends_at, now).map_err(|e| Errors::one("ends", e))?;
                let reserved = rows::purse(u, id).await?.reserved;
                if new.amount > reserved {
                    return Err(Errors::one("amount", Problem::NotEnough(reserved)).into());
                }
                if !rows::put_agreement(u, id, &new, who(&actor)?, now).await? {
                    return Err(Denied::State.into());
                }
                let said = ("", Some(new.amount));
                event(u, id, (actor.account, false), ("agreement_written", p.state), said, now).await?;
                audit(u, now, actor.account, "write_agreement", ("initiative", id), &new.amount.0.to_string()).await?;
                let path = urls::InitiativeExecution { id }.to_string();
                tell_at(u, &p, "agreement", &path, |_| String::new(), now).await?;
                led(u, &form, "write_agreement", (id, false), "afgesproken", now).await
            })
        })
        .await
}

/// A maker says yes to the version that was on the screen.
///
/// # Errors
/// [`Problem::Changed`] on `version` when it was written anew; [`ActError::Denied`].
pub async fn accept(world: &World, actor: &Actor, form: FormKey, id: i64, version: i64) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "accept_agreement").await?;
                let p = hold(u, id).await?;
                decide(Act::AcceptAgreement, &actor, &p.subject())?;
                let agreement = rows::agreement(u, id).await?.ok_or(Denied::State)?;
                if agreement.version != version {
                    return Err(Errors::one("version", Problem::Changed).into());
                }
                if !rows::accept(u, id, version, who(&actor)?, now).await? {
                    return Err(Denied::State.into());
                }
                event(u, id, (actor.account, true), ("agreement_accepted", p.state), ("", None), now).await?;
                audit(u, now, actor.account, "accept_agreement", ("initiative", id), &version.to_string()).await?;
                led(u, &form, "accept_agreement", (id, true), "akkoord", now).await
            })
        })
        .await
}

/// Promises the money that was agreed on. Above the limit the first of two only signs.
///
/// # Errors
/// [`Problem::SecondPerson`] on `version` for the first one once more, [`Problem::Changed`] when it was written anew,
/// [`Problem::NotEnough`] above what is reserved; [`Denied::State`] before a maker said yes.
pub async fn commit(world: &World, actor: &Actor, form: FormKey, id: i64, version: i64) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "commit_money").await?;
                let p = hold(u, id).await?;
                decide(Act::CommitMoney, &actor, &p.subject())?;
                let account = who(&actor)?;
                let agreement = rows::agreement(u, id).await?.ok_or(Denied::State)?;
                if agreement.version != version {
                    return Err(Errors::one("version", Problem::Changed).into());
                }
                if agreement.committed_at.is_some() || agreement.accepted_at.is_none() {
                    return Err(Denied::State.into());
                }
                let reserved = rows::purse(u, id).await?.reserved;
                if agreement.amount > reserved {
                    return Err(Errors::one("version", Problem::NotEnough(reserved)).into());
                }
                let detail = agreement.amount.0.to_string();
                if agreement.amount > payments::limit(u).await? {
                    match agreement.first_by {
                        None => {
                            if !rows::sign_first(u, id, version, account).await? {
                                return Err(Denied::State.into());
                            }
                            audit(u, now, Some(account), "sign_commitment", ("initiative", id), &detail).await?;
                            return led(u, &form, "commit_money", (id, false), "getekend", now).await;
                        }
                        Some(first) if first == account => {
                            return Err(Errors::one("version", Problem::SecondPerson).into());
                        }
                        Some(_) => {}
                    }
                }
                if !rows::commit(u, id, version, account, now).await? {
                    return Err(Denied::State.into());
                }
                let movement = Move {
                    plan: id,
                    from: Kind::Reserved { initiative: id },
                    to: Kind::Committed { initiative: id },
                    amount: agreement.amount,
                    reason: "committed",
                    key: &format!("commit/{id}"),
                    note: "",
                    actor: account,
                    now,
                };
                book(u, &movement).await?;
                if p.state == State::Funded {
                    move_on(u, &p, State::InExecution).await?;
                }
                let said = ("", Some(agreement.amount));
                event(u, id, (Some(account), false), ("committed", State::InExecution), said, now).await?;
                audit(u, now, Some(account), "commit_money", ("initiative", id), &detail).await?;
                let path = urls::InitiativeExecution { id }.to_string();
                tell_at(u, &p, "committed", &path, |_| String::new(), now).await?;
                led(u, &form, "commit_money", (id, false), "toegezegd", now).await
            })
        })
        .await
}

/// Gives what stays reserved beside the agreement back to the share it came from.
///
/// # Errors
/// [`Denied::State`] before the agreement's money is committed, and where nothing is reserved.
pub async fn give_back(world: &World, actor: &Actor, form: FormKey, id: i64) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "give_back").await?;
                let p = hold(u, id).await?;
                decide(Act::CommitMoney, &actor, &p.subject())?;
                let reserved = rows::purse(u, id).await?.reserved;
                let committed = rows::agreement(u, id).await?.is_some_and(|a| a.committed_at.is_some());
                if !committed || reserved <= Cents::ZERO {
                    return Err(Denied::State.into());
                }
                let from = (Kind::Reserved { initiative: id }, reserved);
                // Once nothing is reserved, nothing more ever is but by another round's money.
                let key = format!("rest/{id}/{now}");
                give_to_share(u, &p, from, (&key, ""), (who(&actor)?, now)).await?;
                event(u, id, (actor.account, false), ("reserve_returned", p.state), ("", Some(reserved)), now).await?;
                audit(u, now, actor.account, "give_back", ("initiative", id), &reserved.0.to_string()).await?;
                led(u, &form, "give_back", (id, false), "rest-terug", now).await
            })
        })
        .await
}
