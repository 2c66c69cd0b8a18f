//! What moderators see of help in their buurten: offers, questions that nobody answers, and a reported message by itself, without
//! what stands around it.

use crate::initiatives::{FormKey, plan};
use crate::moderation::places_of;
use crate::{ActError, World, audit, letter};
use domain::access::{Act, Actor, Denied, Role, Subject, decide};
use domain::dialogue::comment_reason;
use domain::form::{Errors, Problem, Raw};
use domain::help::{REMIND_AFTER, Side, UNMATCHED, day};
use domain::urls;
use mail::Values;
use store::accounts::roles;
use store::help::{self as rows, Introduction, Message, OfferRow};
use store::initiatives::Initiative;
use store::{Conn, Unit, accounts};

/// A question that waits for an answer.
#[derive(Clone, Debug)]
pub struct Waits {
    /// The plan's id.
    pub plan: i64,
    /// The plan's title.
    pub title: String,
    /// Who has to answer.
    pub on: Side,
    /// When it was asked.
    pub at: i64,
}

/// The desk.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// Offers that stand open or are hidden; `true`: nobody was asked about it for two weeks.
    pub offers: Vec<(OfferRow, bool)>,
    /// Questions that wait for three days or more.
    pub waiting: Vec<Waits>,
    /// Reported messages with the plan's title.
    pub reported: Vec<(Message, String)>,
}

/// Nobody hides their own offer.
///
/// # Errors
/// [`Denied`], why not.
pub fn may_hide_offer(actor: &Actor, offer: &OfferRow) -> Result<(), Denied> {
    decide(Act::HideOffer, actor, &offer.subject())
}

/// Nobody judges a message of an introduction that they are a side of.
///
/// # Errors
/// [`Denied`], why not.
pub fn may_hide_message(actor: &Actor, p: &Initiative, x: &Introduction) -> Result<(), Denied> {
    decide(Act::HideMessage, actor, &p.subject())?;
    decide(Act::HideMessage, actor, &Subject { owner: x.helper, ..p.subject() })
}

/// What waits at the actor's desk.
///
/// # Errors
/// [`Denied`]; the store's.
pub async fn at_desk(c: &mut Conn, actor: &Actor, now: i64) -> Result<Desk, ActError> {
    decide(Act::SeeHelpDesk, actor, &Subject::default())?;
    let places = places_of(c, actor, &[Role::Moderator, Role::Staff]).await?;
    let (places, today) = (places.as_deref(), day(now));
    let mut desk = Desk::default();
    for (offer, matched) in rows::offers_at_desk(c, places, today).await? {
        if decide(Act::SeeHelpDesk, actor, &offer.subject()).is_ok() {
            let late = !matched && offer.hidden.is_none() && offer.made <= today - UNMATCHED;
            desk.offers.push((offer, late));
        }
    }
    desk.offers.sort_by_key(|(_, late)| !late);
    for x in rows::still_asked(c, places, now - REMIND_AFTER).await? {
        let p = plan(c, x.plan).await?;
        if decide(Act::SeeHelpDesk, actor, &p.subject()).is_ok() {
            desk.waiting.push(Waits { plan: p.id, title: p.title, on: x.asked_by.other(), at: x.asked_at });
        }
    }
    for message in rows::reported_messages(c, places).await? {
        let Some(x) = rows::introduction(c, message.introduction).await? else { continue };
        let p = plan(c, x.plan).await?;
        if may_hide_message(actor, &p, &x).is_ok() {
            desk.reported.push((message, p.title));
        }
    }
    Ok(desk)
}

/// In whose name the actor hides something at a place.
async fn organisation(u: &mut Unit, actor: &Actor, (buurt, stadsdeel): (i64, i64)) -> Result<String, ActError> {
    let account = actor.account.ok_or(Denied::SignIn)?;
    for role in [Role::Moderator, Role::Staff] {
        if actor.has(role) {
            let name = roles::organisation(u, account, role, buurt, stadsdeel).await?;
            if !name.is_empty() {
                return Ok(name);
            }
        }
    }
    Ok(String::new())
}

/// Tells an account that something of theirs was hidden, and why.
async fn tell_hidden(u: &mut Unit, account: i64, why: &str, path: String, now: i64) -> Result<(), ActError> {
    let Some(to) = accounts::get(u, account).await? else { return Ok(()) };
    let words = texts::t(texts::Lang::from_code(&to.lang), &format!("comment-why-{why}"));
    let values = Values { path, words, name: to.name.clone(), ..Values::default() };
    Ok(letter(u, now, "help-hidden", &to.email, &to.lang, &values).await?)
}

fn hides(raw: &Raw) -> Result<bool, Errors> {
    match raw.get("act") {
        "hide" => Ok(true),
        "stand" => Ok(false),
        _ => Err(Errors::one("act", Problem::NotAChoice)),
    }
}

/// Hides an offer with a reason, or shows it again; gives where to go. Fields: `act` (`hide`, `stand`), `why`.
///
/// # Errors
/// On `why`; [`Denied`].
pub async fn judge_offer(world: &World, actor: &Actor, form: FormKey, id: i64, raw: &Raw) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    let (hide, why) = (hides(raw), comment_reason(raw));
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "judge_offer").await?;
                let offer = rows::offer(u, id).await?.ok_or(ActError::NotFound)?;
                may_hide_offer(&actor, &offer)?;
                if hide? {
                    let why = why?;
                    let by = organisation(u, &actor, (offer.offer.buurt, offer.stadsdeel)).await?;
                    if !rows::hide_offer(u, id, why, &by).await? {
                        return Err(Denied::State.into());
                    }
                    audit(u, now, actor.account, "hide_offer", ("help_offer", id), why).await?;
                    tell_hidden(u, offer.account, why, urls::HelpMine {}.to_string(), now).await?;
                    return form.led_to(u, "judge_offer", &urls::ModerationHelp {}, "hulp-verborgen", now).await;
                }
                rows::show_offer(u, id).await?;
                audit(u, now, actor.account, "show_offer", ("help_offer", id), "").await?;
                form.led_to(u, "judge_offer", &urls::ModerationHelp {}, "hulp-getoond", now).await
            })
        })
        .await
}

/// Hides a reported message with a reason, or lets it stand; gives where to go. Fields: `act` (`hide`, `stand`), `why`.
///
/// # Errors
/// On `why`; [`Denied::State`] for one that nobody reported; [`Denied`].
pub async fn judge_message(
    world: &World,
    actor: &Actor,
    form: FormKey,
    id: i64,
    raw: &Raw,
) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    let (hide, why) = (hides(raw), comment_reason(raw));
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "judge_message").await?;
                actor.account.ok_or(Denied::SignIn)?;
                let message = rows::message(u, id).await?.ok_or(ActError::NotFound)?;
                let x = rows::introduction(u, message.introduction).await?.ok_or(ActError::NotFound)?;
                let p = plan(u, x.plan).await?;
                may_hide_message(&actor, &p, &x)?;
                // What nobody reported is nobody's but theirs.
                if message.reported.is_empty() {
                    return Err(Denied::State.into());
                }
                if hide? {
                    let why = why?;
                    let by = organisation(u, &actor, (p.buurt_id, p.stadsdeel_id)).await?;
                    if !rows::hide_message(u, id, why, &by).await? {
                        return Err(Denied::State.into());
                    }
                    audit(u, now, actor.account, "hide_message", ("help_message", id), why).await?;
                    if let Some(writer) = message.account {
                        let path = urls::HelpIntroduction { introduction: x.id }.to_string();
                        tell_hidden(u, writer, why, path, now).await?;
                    }
                    return form.led_to(u, "judge_message", &urls::ModerationHelp {}, "hulp-verborgen", now).await;
                }
                rows::let_message_stand(u, id).await?;
                audit(u, now, actor.account, "let_message_stand", ("help_message", id), "").await?;
                form.led_to(u, "judge_message", &urls::ModerationHelp {}, "hulp-getoond", now).await
            })
        })
        .await
}
