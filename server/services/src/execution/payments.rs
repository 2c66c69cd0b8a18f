//! Payments in parts: one person prepares an instalment, above the limit another approves it. What was prepared is held at once,
//! so that instalments never promise more than was agreed.

use super::{hold, led, who};
use crate::initiatives::FormKey;
use crate::{ActError, World, audit};
use domain::access::{Act, Actor, Denied, decide};
use domain::execution::{DEFAULT_PAYMENT_LIMIT, INSTALMENTS, InstalmentState, by_two, optional_text, text};
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{NAME_MAX, TEXT_MAX};
use domain::money::Cents;
use std::collections::BTreeMap;
use store::execution::{self as rows, Instalment, NewInstalment};
use store::initiatives::Initiative;
use store::{Conn, StoreError, Unit, system};

/// Above this it takes two.
///
/// # Errors
/// The store's.
pub async fn limit(c: &mut Conn) -> Result<Cents, ActError> {
    Ok(system::setting(c, "payment_limit").await?.and_then(|v| v.parse().ok()).map_or(DEFAULT_PAYMENT_LIMIT, Cents))
}

/// What staff fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstalmentForm(pub NewInstalment);

impl InstalmentForm {
    /// Fields: `amount`, `payee` (in words), `purpose`, `milestone` (may be empty).
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let above_zero = raw.amount("amount").and_then(|a| a.filter(|c| *c > Cents::ZERO).ok_or(Problem::Missing));
        let milestone = match raw.id("milestone") {
            Err(Problem::Missing) => Ok(None),
            id => id.map(Some),
        };
        let new = NewInstalment {
            amount: errors.take("amount", above_zero),
            payee: errors.take("payee", text(raw, "payee", NAME_MAX)).replace('\n', " "),
            purpose: errors.take("purpose", text(raw, "purpose", TEXT_MAX)),
            milestone: errors.take("milestone", milestone),
        };
        errors.done()?;
        Ok(Self(new))
    }
}

/// Prepares an instalment; gives where to go.
///
/// # Errors
/// [`Problem::NotEnough`] on `amount` above what is left of what was agreed; [`ActError::Denied`].
pub async fn prepare(
    world: &World,
    actor: &Actor,
    form: FormKey,
    id: i64,
    new: InstalmentForm,
) -> Result<String, ActError> {
    let (actor, now, InstalmentForm(new)) = (actor.clone(), world.now(), new);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "prepare_payment").await?;
                let p = hold(u, id).await?;
                decide(Act::PreparePayment, &actor, &p.subject())?;
                let account = who(&actor)?;
                let left = rows::purse(u, id).await?.left();
                if new.amount > left {
                    return Err(Errors::one("amount", Problem::NotEnough(left)).into());
                }
                if rows::instalments(u, id).await?.iter().filter(|i| i.state.holds_money()).count() >= INSTALMENTS {
                    return Err(Errors::one("amount", Problem::TooMany(INSTALMENTS)).into());
                }
                if let Some(milestone) = new.milestone
                    && rows::step(u, id, milestone).await?.is_none()
                {
                    return Err(Errors::one("milestone", Problem::NotAChoice).into());
                }
                let two = takes_two(u, id, new.amount).await?;
                let instalment =
                    rows::prepare(u, id, &new, two, account, now).await.map_err(|e| held(e, "amount", left))?;
                let detail = format!("{instalment} {}", new.amount.0);
                audit(u, now, Some(account), "prepare_payment", ("initiative", id), &detail).await?;
                led(u, &form, "prepare_payment", (id, false), "klaargezet", now).await
            })
        })
        .await
}

async fn takes_two(u: &mut Unit, id: i64, amount: Cents) -> Result<bool, ActError> {
    Ok(by_two(amount, rows::on_one_signature(u, id).await?, limit(u).await?))
}

/// The database's own rule, told as what it means.
fn held(e: StoreError, field: &'static str, left: Cents) -> ActError {
    match e {
        StoreError::Refused(_) => Errors::one(field, Problem::NotEnough(left)).into(),
        e => e.into(),
    }
}

/// What can be done with one before the finance system has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InstalmentAct {
    /// It is right.
    Approve,
    /// It is not, because.
    Refuse(String),
    /// A refused one is prepared once more.
    Again,
    /// It is taken back, with words that may be empty.
    TakeBack(String),
}

impl InstalmentAct {
    /// Fields: `act` (`approve`, `refuse`, `again`, `back`), `reason`.
    ///
    /// # Errors
    /// Each field that is wrong.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let one = |e| Errors::one("reason", e);
        match raw.get("act") {
            "approve" => Ok(Self::Approve),
            "refuse" => text(raw, "reason", TEXT_MAX).map(Self::Refuse).map_err(one),
            "again" => Ok(Self::Again),
            "back" => optional_text(raw, "reason", TEXT_MAX).map(Self::TakeBack).map_err(one),
            _ => Err(Errors::one("act", Problem::NotAChoice)),
        }
    }
}

/// Approves an instalment, refuses it, tries it again or takes it back; gives where to go.
///
/// # Errors
/// [`Problem::SecondPerson`] on `act` for who prepared it; [`Problem::NotEnough`] where its money went elsewhere meanwhile.
pub async fn act(
    world: &World,
    actor: &Actor,
    form: FormKey,
    id: i64,
    instalment: i64,
    what: InstalmentAct,
) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "instalment").await?;
                let p = hold(u, id).await?;
                let deciding = matches!(what, InstalmentAct::Approve | InstalmentAct::Refuse(_));
                let right = if deciding { Act::ApprovePayment } else { Act::PreparePayment };
                decide(right, &actor, &p.subject())?;
                let one = rows::instalment(u, instalment).await?.filter(|i| i.plan == id).ok_or(ActError::NotFound)?;
                let (name, done) = carry_out(u, &one, &what, who(&actor)?, now).await?;
                let detail = format!("{instalment} {}", one.amount.0);
                audit(u, now, actor.account, name, ("initiative", id), &detail).await?;
                led(u, &form, "instalment", (id, false), done, now).await
            })
        })
        .await
}

/// Does it; gives its name in the audit, and what the page says.
async fn carry_out(
    u: &mut Unit,
    one: &Instalment,
    what: &InstalmentAct,
    account: i64,
    now: i64,
) -> Result<(&'static str, &'static str), ActError> {
    let (moved, name, done) = match what {
        InstalmentAct::Approve => {
            if one.prepared_by == account {
                return Err(Errors::one("act", Problem::SecondPerson).into());
            }
            (rows::approve(u, one.id, account, now).await?, "approve_payment", "goedgekeurd")
        }
        InstalmentAct::Refuse(reason) => {
            // Whoever prepared it takes it back instead.
            if one.prepared_by == account {
                return Err(Errors::one("act", Problem::SecondPerson).into());
            }
            let before = matches!(one.state, InstalmentState::Prepared | InstalmentState::Approved);
            let moved = before && rows::refuse(u, one.id, one.state, (None, reason), now).await?;
            (moved, "refuse_payment", "teruggezet")
        }
        InstalmentAct::Again => {
            let left = rows::purse(u, one.plan).await?.left();
            // Of one that left before, the first order may still be paid: another try is never one person's.
            let left_before = one.batch.is_some() || one.attempt > 1;
            let two = left_before || takes_two(u, one.plan, one.amount).await?;
            let moved = rows::again(u, one.id, two, account, now).await.map_err(|e| held(e, "act", left))?;
            (moved, "prepare_payment_again", "klaargezet")
        }
        InstalmentAct::TakeBack(reason) => {
            (rows::void(u, one.id, reason, now).await?, "take_payment_back", "teruggezet")
        }
    };
    if moved { Ok((name, done)) } else { Err(Denied::State.into()) }
}

/// An instalment under way, with its plan.
#[derive(Clone, Debug)]
pub struct Open {
    /// The plan.
    pub plan: Initiative,
    /// The instalment.
    pub instalment: Instalment,
    /// The reader may be its second person.
    pub may_approve: bool,
    /// The reader may give it out.
    pub may_order: bool,
}

/// Instalments under way of plans at the reader's places, oldest first.
///
/// # Errors
/// The store's.
pub async fn open(c: &mut Conn, actor: &Actor) -> Result<Vec<Open>, ActError> {
    let mut plans: BTreeMap<i64, Option<Initiative>> = BTreeMap::new();
    let mut found = Vec::new();
    for instalment in rows::under_way(c).await? {
        if let std::collections::btree_map::Entry::Vacant(free) = plans.entry(instalment.plan) {
            let plan = store::initiatives::get(c, instalment.plan).await?;
            free.insert(plan.filter(|p| decide(Act::SeeDistrict, actor, &p.subject()).is_ok()));
        }
        let Some(Some(plan)) = plans.get(&instalment.plan) else { continue };
        let may = |act| decide(act, &Actor { second_factor: true, ..actor.clone() }, &plan.subject()).is_ok();
        let may_approve = instalment.state == InstalmentState::Prepared
            && actor.account != Some(instalment.prepared_by)
            && may(Act::ApprovePayment);
        let may_order = super::orders::may_order(&instalment, actor.account.unwrap_or(0)) && may(Act::OrderPayments);
        found.push(Open { plan: plan.clone(), instalment, may_approve, may_order });
    }
    Ok(found)
}
