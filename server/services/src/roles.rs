//! Giving roles by invitation, accepting them, taking them back.

use crate::accounts::{Browser, arrive, invitation};
use crate::{ActError, Actor, World, audit, keys, letter, once, remember};
use domain::access::{Act, Denied, Role, Scope, Subject, decide};
use domain::account::Invite;
use domain::form::{Errors, Problem};
use domain::urls;
use mail::Values;
use store::accounts::{self, Account, NewAccount, roles};
use store::{Conn, StoreError, places};
use texts::Lang;

/// A role in words: key of its text.
pub fn role_key(role: Role) -> &'static str {
    match role {
        Role::Moderator => "people-role-moderator",
        Role::Staff => "people-role-staff",
        Role::Administrator => "people-role-administrator",
    }
}

/// Where a role holds, in words; `None` for a place that is not there.
///
/// # Errors
/// The store's.
pub async fn place(c: &mut Conn, lang: Lang, scope: Scope) -> Result<Option<String>, StoreError> {
    Ok(match scope {
        Scope::City => Some(texts::t(lang, "people-place-city")),
        Scope::Buurt(id) => places::buurt_by_id(c, id).await?.map(|b| b.name),
        Scope::Stadsdeel(id) => places::stadsdelen(c)
            .await?
            .into_iter()
            .find(|s| s.id == id)
            .map(|s| texts::ta(lang, "people-place-stadsdeel", &[("name", s.name.into())])),
    })
}

/// Asks someone to take a role: it waits until they accept by the link in their mail.
///
/// # Errors
/// [`ActError::Form`], [`ActError::Denied`], [`ActError::Done`].
pub async fn invite(world: &World, actor: &Actor, form: Invite, browser: &Browser) -> Result<(), ActError> {
    decide(Act::GrantRole, actor, &Subject::default())?;
    let by = actor.account.ok_or(Denied::SignIn)?;
    let (now, token, b) = (world.now(), world.secret(), browser.clone());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &b.key, "invite", &b.key_actor).await?;
                let known = accounts::by_email(u, &form.email).await?;
                // Who gives roles gets theirs from a colleague.
                if known.as_ref().is_some_and(|account| account.id == by) {
                    return Err(Errors::one("email", Problem::SecondPerson).into());
                }
                let (id, lang) = match &known {
                    Some(account) => (account.id, account.lang.clone()),
                    None => (
                        accounts::create(
                            u,
                            &NewAccount {
                                email: &form.email,
                                name: "",
                                password_hash: None,
                                lang: &b.lang,
                                buurt_id: None,
                                confirmed_at: None,
                                at: now,
                            },
                        )
                        .await?,
                        b.lang.clone(),
                    ),
                };
                let language = Lang::from_code(&lang);
                let place = place(u, language, form.grant.scope)
                    .await?
                    .ok_or(ActError::Form(Errors::one("place", Problem::NotAChoice)))?;
                let grant = accounts::grant(u, id, form.grant, &form.organisation, Some(by), now).await?;
                roles::wait(u, grant, now).await?;
                invitation(u, &token, id, grant, now).await?;
                let title = format!("{}, {place}", texts::t(language, role_key(form.grant.role)));
                letter(
                    u,
                    now,
                    "invite",
                    &form.email,
                    &lang,
                    &Values {
                        path: urls::Invitation { token }.to_string(),
                        title,
                        name: known.filter(|a| a.confirmed_at.is_some()).map(|a| a.name).unwrap_or_default(),
                        ..Values::default()
                    },
                )
                .await?;
                audit(u, now, Some(by), "invite", ("role_grant", grant), form.grant.role.key()).await?;
                remember(u, &b.key, "invite", &b.key_actor, &b.to(&urls::AdminRoles {}), now).await
            })
        })
        .await
}

/// What an invitation is for.
#[derive(Clone, Debug)]
pub struct Invited {
    /// Role.
    pub role: Role,
    /// The account has no name yet, or one that anybody may have typed: accepting asks for it.
    pub needs_name: bool,
}

fn needs_name(account: &Account) -> bool {
    account.name.is_empty() || account.confirmed_at.is_none()
}

/// Looks at an invitation; uses nothing up.
///
/// # Errors
/// [`ActError::NotFound`] when it has run out or was used.
pub async fn invited(world: &World, token: &str) -> Result<Invited, ActError> {
    let mut c = world.db.read().await?;
    let link = accounts::link(&mut c, &keys::digest(token.as_bytes()), world.now())
        .await?
        .filter(|l| l.purpose == "invite")
        .ok_or(ActError::NotFound)?;
    let (account, role) =
        roles::get(&mut c, link.grant_id.ok_or(ActError::NotFound)?).await?.ok_or(ActError::NotFound)?;
    let account = accounts::get(&mut c, account).await?.ok_or(ActError::NotFound)?;
    Ok(Invited { role, needs_name: needs_name(&account) })
}

/// Accepts a role; its holder is signed in under `browser.new`. `name` is used where the account has none.
///
/// # Errors
/// [`ActError::NotFound`], [`ActError::Form`] at `name`.
pub async fn accept(world: &World, token: &str, name: Option<String>, browser: &Browser) -> Result<(), ActError> {
    let (now, hash, w, b) = (world.now(), keys::digest(token.as_bytes()), world.clone(), browser.clone());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                let link =
                    accounts::link(u, &hash, now).await?.filter(|l| l.purpose == "invite").ok_or(ActError::NotFound)?;
                let grant = link.grant_id.ok_or(ActError::NotFound)?;
                let (id, _) = roles::get(u, grant).await?.ok_or(ActError::NotFound)?;
                let account = accounts::get(u, id).await?.ok_or(ActError::NotFound)?;
                if needs_name(&account) {
                    let name = name.ok_or(ActError::Form(Errors::one("name", Problem::Missing)))?;
                    accounts::set_details(u, id, &name, &b.lang).await?;
                }
                if !accounts::use_link(u, &hash, now).await? {
                    return Err(ActError::NotFound);
                }
                roles::accept(u, grant, now).await?;
                arrive(u, &w, id, &b, now).await?;
                Ok(audit(u, now, Some(id), "accept_role", ("role_grant", grant), "").await?)
            })
        })
        .await
}

/// Takes a role or an invitation back. Nobody takes their own administration away, so that one is always left.
///
/// # Errors
/// [`ActError::Denied`], [`ActError::NotFound`], [`ActError::Done`].
pub async fn revoke(world: &World, actor: &Actor, grant: i64, browser: &Browser) -> Result<(), ActError> {
    decide(Act::GrantRole, actor, &Subject::default())?;
    let by = actor.account.ok_or(Denied::SignIn)?;
    let (now, b) = (world.now(), browser.clone());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &b.key, "revoke_role", &b.key_actor).await?;
                let (account, role) = roles::get(u, grant).await?.ok_or(ActError::NotFound)?;
                if account == by && role == Role::Administrator {
                    return Err(Denied::State.into());
                }
                if !roles::revoke(u, grant, now).await? {
                    return Err(ActError::NotFound);
                }
                if role == Role::Administrator {
                    store::rounds::take_back_consents(u, account).await?;
                }
                audit(u, now, Some(by), "revoke_role", ("role_grant", grant), role.key()).await?;
                remember(u, &b.key, "revoke_role", &b.key_actor, &b.to(&urls::AdminRoles {}), now).await
            })
        })
        .await
}
