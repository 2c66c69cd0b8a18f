//! 'Introduce us': one side asks, the other says yes or no. Before a yes neither knows the other's name.

use super::needs::{fits, from_outside, makers};
use super::{lock, party, subject_of, tell_side};
use crate::initiatives::{FormKey, plan};
use crate::limits::{INTRODUCTIONS, Turns};
use crate::{ActError, World, audit};
use domain::access::{Act, Actor, Denied, decide};
use domain::form::{Errors, Problem, Raw};
use domain::help::{ASK_MAX, Side, Stand, call, day};
use domain::urls;
use store::help::{self as rows, New, OfferRow};
use store::initiatives::Initiative;
use store::{Conn, StoreError};

/// Whether this actor, as this side, may ask to be introduced: about a plan that all may read and that asks for help, with an
/// open offer that is theirs (`Helper`) or that fits (`Plan`). Gives the helper's account.
///
/// # Errors
/// [`Denied`]; [`ActError::NotFound`] for an offer that is not there for them; on `message` where the two have an introduction.
pub async fn may_ask(
    c: &mut Conn,
    actor: &Actor,
    p: &Initiative,
    offer: &OfferRow,
    side: Side,
    now: i64,
) -> Result<i64, ActError> {
    if side == Side::Plan {
        decide(Act::AskForHelp, actor, &p.subject())?;
        decide(Act::Introduce, actor, &p.subject())?;
        if !offer.is_open(day(now)) || !fits(c, p, offer).await? {
            return Err(ActError::NotFound);
        }
    } else {
        decide(Act::Introduce, actor, &p.subject())?;
        from_outside(actor, p)?;
        decide(Act::ChangeOffer, actor, &offer.subject()).map_err(|_| ActError::NotFound)?;
        if !offer.is_open(day(now)) || rows::needs_of(c, p.id).await?.is_empty() {
            return Err(Denied::State.into());
        }
    }
    if rows::introduction_between(c, p.id, offer.account).await?.is_some() {
        return Err(Errors::one("message", Problem::AskedBefore).into());
    }
    if rows::is_stopped_between(c, &makers(p), offer.account).await? {
        return Err(Denied::State.into());
    }
    Ok(offer.account)
}

/// Asks to be introduced; gives where to go. Fields: `message`, `call`, and `offer` for [`Side::Helper`].
///
/// # Errors
/// Those fields; what [`may_ask`] says; [`ActError::TooMany`] beyond five a day.
pub async fn introduce(
    world: &World,
    actor: &Actor,
    form: FormKey,
    (id, offer): (i64, i64),
    side: Side,
    raw: &Raw,
) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    let account = actor.account.ok_or(Denied::SignIn)?;
    let turns = Turns::of(world, &[(INTRODUCTIONS, &account.to_string())]);
    let mut errors = Errors::default();
    let words = errors.take("message", raw.text("message", ASK_MAX));
    let called = errors.take("call", call(raw));
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "introduce").await?;
                u.lock_exclusive(lock(id)).await?;
                let p = plan(u, id).await?;
                let offer = rows::offer(u, offer).await?.ok_or(ActError::NotFound)?;
                let helper = may_ask(u, &actor, &p, &offer, side, now).await?;
                errors.done()?;
                turns.take_in(u).await?;
                let new = New {
                    plan: id,
                    offer: offer.id,
                    helper,
                    buurt: offer.offer.buurt,
                    kinds: offer.offer.kinds,
                    by: side,
                    words,
                    call: called,
                    at: now,
                };
                let made = rows::introduce(u, &new).await.map_err(|e| match e {
                    StoreError::Duplicate(_) => ActError::from(Errors::one("message", Problem::AskedBefore)),
                    e => e.into(),
                })?;
                let x = rows::introduction(u, made).await?.ok_or(ActError::NotFound)?;
                tell_side(u, &p, &x, side.other(), "help-asked", now).await?;
                audit(u, now, actor.account, "introduce", ("introduction", made), side.key()).await?;
                form.led_to(u, "introduce", &urls::HelpIntroduction { introduction: made }, "hulp-gestuurd", now).await
            })
        })
        .await
}

/// Says yes or no; gives where to go. Fields: `answer` (`ja`, `nee`); with yes `call`; with no `reason`, and `shown` where the
/// other may read it.
///
/// # Errors
/// Those fields; [`ActError::NotFound`] for a stranger, [`Denied`] for who asked, or when it was answered.
pub async fn answer(world: &World, actor: &Actor, form: FormKey, id: i64, raw: &Raw) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    let yes = raw.get("answer") == "ja";
    let mut errors = Errors::default();
    if !["ja", "nee"].contains(&raw.get("answer")) {
        errors.0.push(("answer", Problem::NotAChoice));
    }
    let called = if yes { errors.take("call", call(raw)) } else { String::new() };
    let reason = if yes { String::new() } else { errors.take("reason", raw.optional_text("reason", ASK_MAX)) };
    let shown = !yes && raw.get("shown") == "1" && !reason.is_empty();
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "answer_introduction").await?;
                let x = rows::introduction(u, id).await?.ok_or(ActError::NotFound)?;
                let p = plan(u, x.plan).await?;
                party(Act::SeeIntroduction, &actor, &p, &x)?;
                let side = x.asked_by.other();
                decide(Act::AnswerIntroduction, &actor, &subject_of(side, &p, &x))?;
                if x.stand != Stand::Asked {
                    return Err(Denied::State.into());
                }
                errors.done()?;
                let hidden = match x.offer {
                    Some(offer) => rows::offer(u, offer).await?.is_none_or(|o| o.hidden.is_some()),
                    None => true,
                };
                let done = if yes {
                    // What a desk hid meanwhile, and a plan that stopped, introduce nobody.
                    if hidden
                        || decide(Act::Introduce, &Actor { confirmed: true, ..actor.clone() }, &p.subject()).is_err()
                    {
                        return Err(Denied::State.into());
                    }
                    rows::agree(u, id, side, &called, now).await?
                } else {
                    rows::decline(u, id, &reason, shown).await?
                };
                if !done {
                    return Err(Denied::State.into());
                }
                let (name, act) = if yes { ("help-yes", "yes") } else { ("help-no", "no") };
                tell_side(u, &p, &x, side.other(), name, now).await?;
                audit(u, now, actor.account, "answer_introduction", ("introduction", id), act).await?;
                let done = if yes { "hulp-ja" } else { "hulp-nee" };
                form.led_to(u, "answer_introduction", &urls::HelpIntroduction { introduction: id }, done, now).await
            })
        })
        .await
}
