//! New words for a plan that is public: they wait until a moderator read them, what stood there stays to be compared.

use crate::initiatives::{FormKey, plan, step, tell};
use crate::limits::{TEXTS, Turns};
use crate::moderation::in_whose_name;
use crate::{ActError, World, audit, notices};
use domain::access::{Act, Actor, Denied, Role, decide};
use domain::dialogue::PlanText;
use domain::form::{Errors, Problem, Raw};
use domain::initiative::{Idea, TEXT_MAX};
use domain::notice::Kind;
use domain::urls;
use store::Conn;
use store::initiatives::{self as rows, Change, Event, Initiative};

/// The words that stand on a plan now.
pub fn words_of(p: &Initiative) -> PlanText {
    PlanText { idea: Idea { title: p.title.clone(), what: p.what.clone(), why: p.why.clone() }, place: p.place.clone() }
}

/// Proposes new words, over those that waited since `waits` (0: none did); gives where to go.
///
/// # Errors
/// On `title`: [`Problem::Changed`] when the plan changed since `version`, [`Problem::NothingNew`].
pub async fn propose(
    world: &World,
    actor: &Actor,
    form: FormKey,
    (id, version, waits): (i64, i64, i64),
    text: PlanText,
) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    let turns = Turns::of(world, &[(TEXTS, &actor.account.unwrap_or_default().to_string())]);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "propose_text").await?;
                rows::hold(u, id).await?;
                let p = plan(u, id).await?;
                decide(Act::ProposeText, &actor, &p.subject())?;
                let by = actor.account.ok_or(Denied::SignIn)?;
                let waiting = rows::change(u, id).await?;
                if p.version != version || waiting.as_ref().map_or(0, |w| w.at) != waits {
                    return Err(Errors::one("title", Problem::Changed).into());
                }
                if words_of(&p) == text {
                    return Err(Errors::one("title", Problem::NothingNew).into());
                }
                turns.take_in(u).await?;
                // A second thought buys no time, and tells the desk nothing new.
                let due_at = match waiting {
                    Some(waiting) => waiting.due_at,
                    None => crate::terms::first_reply_due(u, now).await?,
                };
                rows::put_change(u, id, &Change { text, by, at: now, due_at }).await?;
                notices::tell_desk(u, &p, Kind::NewText, &due_at.to_string(), now).await?;
                audit(u, now, actor.account, "propose_text", ("initiative", id), "").await?;
                form.led_to(u, "propose_text", &urls::Initiative { id }, "wijziging-wacht", now).await
            })
        })
        .await
}

/// Takes proposed words back; gives where to go.
///
/// # Errors
/// [`Denied::State`] when nothing waits.
pub async fn take_back(world: &World, actor: &Actor, form: FormKey, id: i64) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "take_text_back").await?;
                let p = plan(u, id).await?;
                decide(Act::ProposeText, &actor, &p.subject())?;
                let waits = rows::change(u, id).await?.ok_or(Denied::State)?;
                rows::remove_change(u, id, waits.at).await?;
                audit(u, now, actor.account, "take_text_back", ("initiative", id), "").await?;
                form.led_to(u, "take_text_back", &urls::Initiative { id }, "bewaard", now).await
            })
        })
        .await
}

/// A moderator's answer to new words: on the site with them, or not, with a reason. Fields: `act` (`take`, `leave`), `words`
/// (for `leave`), `at` (which proposal was read). Gives where to go.
///
/// # Errors
/// On `words`; on `act`: [`Problem::Changed`] when there is another proposal by now, or none.
pub async fn answer(world: &World, actor: &Actor, form: FormKey, id: i64, raw: &Raw) -> Result<String, ActError> {
    let take = match raw.get("act") {
        "take" => true,
        "leave" => false,
        _ => return Err(Errors::one("act", Problem::NotAChoice).into()),
    };
    let words = if take { Ok(String::new()) } else { raw.text("words", TEXT_MAX) };
    let words = words.map_err(|problem| Errors::one("words", problem))?;
    let read = raw.get("at").parse::<i64>().unwrap_or(0);
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "decide_text").await?;
                let p = plan(u, id).await?;
                let changed = || ActError::from(Errors::one("act", Problem::Changed));
                let waits = rows::change(u, id).await?.filter(|c| c.at == read).ok_or_else(changed)?;
                decide(act_on(waits.due_at, now, &actor, &p), &actor, &p.subject())?;
                // Who proposed it does not read it on behalf of all.
                if actor.account == Some(waits.by) {
                    return Err(Denied::NotYours.into());
                }
                if !rows::remove_change(u, id, read).await? {
                    return Err(changed());
                }
                let (role, organisation) = in_whose_name(u, &actor, &p).await?;
                let (act, mail) = if take { ("text_changed", "text-taken") } else { ("text_left", "text-left") };
                if take && !rows::put_text(u, &p, &waits.text, now, &organisation).await? {
                    return Err(changed());
                }
                let event = Event { words: words.clone(), organisation, ..step(now, act, p.state, role.key()) };
                rows::add_event(u, id, actor.account, &event).await?;
                audit(u, now, actor.account, "decide_text", ("initiative", id), raw_act(take)).await?;
                let p = plan(u, id).await?;
                tell(u, &p, mail, |_| words.clone(), now).await?;
                form.led_to(u, "decide_text", &urls::Moderation {}, "bewaard", now).await
            })
        })
        .await
}

/// A text that nobody read in time is for the stadsdeel too.
pub fn act_on(due_at: i64, now: i64, actor: &Actor, p: &Initiative) -> Act {
    let late = due_at <= now && decide(Act::DecideText, actor, &p.subject()).is_err();
    if late { Act::DecideLateText } else { Act::DecideText }
}

fn raw_act(take: bool) -> &'static str {
    if take { "take" } else { "leave" }
}

/// Proposals at the actor's desks, oldest due first; the stadsdeel sees those of others once they are late.
///
/// # Errors
/// The store's.
pub async fn waiting(c: &mut Conn, actor: &Actor, now: i64) -> Result<Vec<(Initiative, i64)>, ActError> {
    let places = crate::moderation::places_of(c, actor, &[Role::Moderator, Role::Staff]).await?;
    let all = rows::with_change(c, places.as_deref()).await?;
    let theirs = |(p, due): &(Initiative, i64)| {
        let may = |act| decide(act, actor, &p.subject()).is_ok();
        may(Act::DecideText) || (*due <= now && may(Act::DecideLateText))
    };
    Ok(all.into_iter().filter(theirs).collect())
}
