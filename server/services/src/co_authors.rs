//! People who work on a plan together: asked by mail, and only who can read that mail can say yes.

use crate::initiatives::{FormKey, plan, step};
use crate::limits::link_mail;
use crate::{ActError, World, audit, letter};
use domain::access::{Act, Actor, Denied, decide};
use domain::account::email_key;
use domain::dialogue::MOST_CO_AUTHORS;
use domain::form::{Errors, Problem, Raw};
use domain::urls;
use mail::Values;
use store::initiatives::{self as rows, Event};
use store::{StoreError, accounts};

/// Keeps two acts on the company of one plan apart; negative, so that it meets no round.
pub(crate) fn lock(plan: i64) -> i64 {
    -2_000_000_000 - plan
}

/// Asks somebody to work on a plan; gives where to go. Field: `email`. The mail says nothing that was typed: anybody may type
/// anything to anybody's address.
///
/// # Errors
/// On `email`: [`Problem::TooMany`] when there is no room for more, [`Problem::NothingNew`] when that address was asked, or is
/// one's own. [`ActError::TooMany`] beyond a few mails an hour to one address or from one network.
pub async fn invite(
    world: &World,
    actor: &Actor,
    form: FormKey,
    id: i64,
    raw: &Raw,
    network: &str,
) -> Result<String, ActError> {
    let email = raw.email("email").map_err(|problem| Errors::one("email", problem))?;
    let (actor, now) = (actor.clone(), world.now());
    let turns = link_mail(world, &email, network).await?;
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "invite_co_author").await?;
                u.lock_exclusive(lock(id)).await?;
                let p = plan(u, id).await?;
                decide(Act::InviteCoAuthor, &actor, &p.subject())?;
                let refused = |problem| ActError::from(Errors::one("email", problem));
                let them = rows::co_authors(u, id).await?;
                let key = email_key(&email);
                let own = accounts::get(u, p.account_id).await?.is_some_and(|a| email_key(&a.email) == key);
                if own || them.iter().any(|w| email_key(&w.email) == key) {
                    return Err(refused(Problem::NothingNew));
                }
                if them.len() >= MOST_CO_AUTHORS {
                    return Err(refused(Problem::TooMany(MOST_CO_AUTHORS)));
                }
                turns.take_in(u).await?;
                rows::ask_to_join(u, id, &email, &key, now).await.map_err(|e| match e {
                    StoreError::Duplicate(_) => refused(Problem::NothingNew),
                    e => e.into(),
                })?;
                let known = accounts::by_email(u, &email).await?.filter(|a| a.confirmed_at.is_some());
                let lang = known.as_ref().map_or(form.lang.code().to_owned(), |a| a.lang.clone());
                let values = Values {
                    path: urls::InitiativeTogether { id }.to_string(),
                    name: known.map(|a| a.name).unwrap_or_default(),
                    ..Values::default()
                };
                letter(u, now, "join", &email, &lang, &values).await?;
                audit(u, now, actor.account, "invite_co_author", ("initiative", id), "").await?;
                form.led_to(u, "invite_co_author", &urls::InitiativeTogether { id }, "uitgenodigd", now).await
            })
        })
        .await
}

/// The question to this actor about a plan, by the confirmed address of their account; `None` when nobody asked them.
///
/// # Errors
/// The store's.
pub async fn question(c: &mut store::Conn, actor: &Actor, id: i64) -> Result<Option<rows::CoAuthor>, ActError> {
    let Some(account) = actor.account.filter(|_| actor.confirmed) else { return Ok(None) };
    let Some(account) = accounts::get(c, account).await? else { return Ok(None) };
    let asked = rows::question_to_join(c, id, &email_key(&account.email)).await?;
    Ok(asked.filter(|w| w.account.is_none()))
}

/// Says yes or no to the question; gives where to go.
///
/// # Errors
/// [`ActError::NotFound`] when nobody asked this address.
pub async fn answer(world: &World, actor: &Actor, form: FormKey, id: i64, yes: bool) -> Result<String, ActError> {
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "join_plan").await?;
                u.lock_exclusive(lock(id)).await?;
                let asked = question(u, &actor, id).await?.ok_or(ActError::NotFound)?;
                let p = plan(u, id).await?;
                let account = actor.account.ok_or(Denied::SignIn)?;
                if !yes {
                    rows::remove_co_author(u, id, asked.id).await?;
                    audit(u, now, actor.account, "decline_plan", ("initiative", id), "").await?;
                    return form.led_to(u, "join_plan", &urls::Mine {}, "bewaard", now).await;
                }
                decide(Act::JoinPlan, &actor, &p.subject())?;
                rows::join(u, id, account, now).await?;
                let event = Event { ..step(now, "joined", p.state, "owner") };
                rows::add_event(u, id, actor.account, &event).await?;
                audit(u, now, actor.account, "join_plan", ("initiative", id), "").await?;
                crate::initiatives::tell(u, &p, "joined", |_| String::new(), now).await?;
                form.led_to(u, "join_plan", &urls::Initiative { id }, "samen", now).await
            })
        })
        .await
}

/// Takes back a question, ends somebody's part, or leaves oneself; gives where to go. Field: `row`.
///
/// # Errors
/// [`ActError::Denied`] for another's part, when one did not hand the plan in.
pub async fn remove(world: &World, actor: &Actor, form: FormKey, id: i64, raw: &Raw) -> Result<String, ActError> {
    let row = raw.id("row").map_err(|problem| Errors::one("row", problem))?;
    let (actor, now) = (actor.clone(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "leave_plan").await?;
                u.lock_exclusive(lock(id)).await?;
                let p = plan(u, id).await?;
                decide(Act::LeavePlan, &actor, &p.subject())?;
                let them = rows::co_authors(u, id).await?;
                let whose = them.iter().find(|w| w.id == row).ok_or(ActError::NotFound)?;
                let own = whose.account.is_some() && whose.account == actor.account;
                if actor.account != Some(p.account_id) && !own {
                    return Err(Denied::NotYours.into());
                }
                rows::remove_co_author(u, id, row).await?;
                audit(u, now, actor.account, "leave_plan", ("initiative", id), "").await?;
                // Whoever worked on it hears that it ended; of a question taken back nobody needs to know.
                if let Some(account) = whose.account.filter(|_| !own)
                    && let Some(to) = accounts::get(u, account).await?
                {
                    let path = urls::Mine {}.to_string();
                    let values = Values { path, title: p.title.clone(), name: to.name.clone(), ..Values::default() };
                    letter(u, now, "part-ended", &to.email, &to.lang, &values).await?;
                }
                if own {
                    return form.led_to(u, "leave_plan", &urls::Mine {}, "bewaard", now).await;
                }
                form.led_to(u, "leave_plan", &urls::InitiativeTogether { id }, "bewaard", now).await
            })
        })
        .await
}
