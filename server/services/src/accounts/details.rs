//! Changing one's own account.

use super::{Browser, own};
use crate::limits::{self, Turns};
use crate::passwords::{self, Cost};
use crate::{ActError, Actor, World, audit, keys, once, remember};
use domain::access::{Act, Denied, Subject, decide};
use domain::account::Details;
use domain::form::{Errors, Problem};
use domain::urls;
use store::{accounts, places};

/// How long after a sign-in the password may be changed without typing the old one, in seconds.
const FRESH: i64 = 15 * 60;

/// Changes name, language, buurt (until residence was shown) and password; a new password closes all other sessions, and
/// asks for the second factor where an app was set up.
///
/// # Errors
/// [`ActError::Form`], [`ActError::Denied`], [`ActError::Done`].
pub async fn change_details(world: &World, actor: &Actor, form: Details, browser: &Browser) -> Result<(), ActError> {
    let account = own(world, actor).await?;
    decide(Act::ChangeAccount, actor, &Subject { owner: Some(account.id), ..Subject::default() })?;
    let mut c = world.db.read().await?;
    if let Some(buurt) = form.buurt
        && places::buurt_by_id(&mut c, buurt).await?.is_none()
    {
        return Err(Errors::one("buurt", Problem::NotAChoice).into());
    }
    let session = accounts::session(&mut c, &keys::digest(browser.old.as_bytes()), world.now()).await?;
    drop(c);
    let hash = if form.password.is_empty() {
        None
    } else {
        if account.totp_at.is_some() && !actor.second_factor {
            return Err(Denied::SecondFactor.into());
        }
        let fresh = session.is_some_and(|s| world.now() - s.authenticated_at < FRESH);
        if let Some(present) = account.password_hash.as_deref().filter(|_| !fresh) {
            let turns = Turns::of(world, &[(limits::SIGN_IN_PAIR, &account.id.to_string())]);
            turns.take(world).await?;
            if !passwords::right(world, &form.current, Some(present)).await? {
                return Err(Errors::one("current", Problem::NotRight).into());
            }
            world.db.write(move |u| Box::pin(async move { turns.give_back(u).await })).await?;
        }
        passwords::strong(world, &form.password, &[&form.name, &account.email]).await?;
        let cost = if actor.grants.is_empty() { Cost::Resident } else { Cost::Role };
        Some(passwords::hash(world, &form.password, cost).await?)
    };
    let (now, b, id) = (world.now(), browser.clone(), account.id);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &b.key, "change_details", &b.key_actor).await?;
                accounts::set_details(u, id, &form.name, &form.lang).await?;
                if let Some(buurt) = form.buurt {
                    accounts::set_buurt(u, id, buurt).await?;
                }
                if let Some(hash) = &hash {
                    accounts::set_password(u, id, Some(hash)).await?;
                    accounts::end_sessions(u, id, &keys::digest(b.old.as_bytes())).await?;
                }
                audit(
                    u,
                    now,
                    Some(id),
                    "change_details",
                    ("account", id),
                    if hash.is_some() { "password" } else { "" },
                )
                .await?;
                remember(u, &b.key, "change_details", &b.key_actor, &b.to(&urls::Mine {}), now).await
            })
        })
        .await
}
