//! Making an account, showing that a mail address is yours, signing in and out.
//!
//! No answer tells whether an address has an account: the mail does.

mod details;
mod ready;

pub use details::change_details;
pub use ready::{DemoSignIn, demo_people, demo_sign_in, make_administrator};

use crate::limits::Turns;
use crate::passwords::{self, Cost};
use crate::{ActError, Actor, World, audit, hex, keys, letter, limits, once, remember, sessions};
use domain::access::Denied;
use domain::account::{SignIn, SignUp, email_key};
use domain::form::{Errors, Problem};
use domain::time::DAY;
use domain::urls;
use mail::Values;
use store::accounts::{self, Account, Link, NewAccount};
use store::{StoreError, Unit, places, system};

/// How long a sign-in link can be used, in seconds.
pub const SIGN_IN_LINK_TERM: i64 = 15 * 60;
/// How long confirmations and invitations can be used, in seconds.
pub const LINK_TERM: i64 = 7 * DAY;

/// The browser an act comes from.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    /// Cookie value it came with.
    pub old: String,
    /// Cookie value it has after signing in: never used before.
    pub new: String,
    /// Idempotency key of the form.
    pub key: String,
    /// Whom that key belongs to.
    pub key_actor: String,
    /// Network it comes from, for limits.
    pub network: String,
    /// Language code of the page.
    pub lang: String,
}

impl Browser {
    /// A page in the browser's language.
    pub fn to(&self, url: &impl urls::Url) -> String {
        format!("{}{url}", texts::Lang::from_code(&self.lang).prefix())
    }
}

/// The signed-in account, open still.
///
/// # Errors
/// [`Denied::SignIn`], or the store's.
pub async fn own(world: &World, actor: &Actor) -> Result<Account, ActError> {
    let id = actor.account.ok_or(Denied::SignIn)?;
    accounts::get(&mut world.db.read().await?, id).await?.ok_or(ActError::Denied(Denied::SignIn))
}

/// Under this key a browser is known to have chosen this password at sign-up.
fn keeper(world: &World, account: i64, hash: &str) -> String {
    hex(&world.keys.tag("sign-up", format!("{account}\0{hash}").as_bytes())[..16])
}

/// Makes a link in the act's unit; gives its token.
async fn link(
    u: &mut Unit,
    token: &str,
    purpose: &str,
    account: i64,
    grant_id: Option<i64>,
    now: i64,
    term: i64,
) -> Result<(), StoreError> {
    let link = Link { purpose: purpose.to_owned(), account_id: Some(account), draft_id: None, grant_id };
    accounts::add_link(u, &keys::digest(token.as_bytes()), &link, now, now + term).await
}

/// An invitation's link.
pub(crate) async fn invitation(
    u: &mut Unit,
    token: &str,
    account: i64,
    grant: i64,
    now: i64,
) -> Result<(), StoreError> {
    link(u, token, "invite", account, Some(grant), now, LINK_TERM).await
}

/// Asks for an account. A known address gets a mail with a sign-in link, others one to confirm; the answer is the same.
///
/// # Errors
/// [`ActError::Form`], [`ActError::TooMany`], [`ActError::Done`].
pub async fn sign_up(world: &World, form: SignUp, browser: &Browser) -> Result<(), ActError> {
    if places::buurt_by_id(&mut world.db.read().await?, form.buurt).await?.is_none() {
        return Err(Errors::one("buurt", Problem::NotAChoice).into());
    }
    if !form.password.is_empty() {
        passwords::strong(world, &form.password, &[&form.name, &form.email]).await?;
    }
    limits::link_mail(world, &form.email, &browser.network).await?.take(world).await?;
    let hash = match form.password.as_str() {
        "" => None,
        password => Some(passwords::hash(world, password, Cost::Resident).await?),
    };
    let (now, token, w, b) = (world.now(), world.secret(), world.clone(), browser.clone());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &b.key, "sign_up", &b.key_actor).await?;
                let known = accounts::by_email(u, &form.email).await?;
                let id = match &known {
                    Some(account) if account.confirmed_at.is_some() => {
                        link(u, &token, "sign_in", account.id, None, now, SIGN_IN_LINK_TERM).await?;
                        let values = Values {
                            path: urls::SignInWith { token }.to_string(),
                            name: account.name.clone(),
                            ..Values::default()
                        };
                        letter(u, now, "account-exists", &account.email, &account.lang, &values).await?;
                        account.id
                    }
                    _ => {
                        // Nobody has shown that the address is theirs: the last who asked fills in, earlier links no longer work.
                        let id = match &known {
                            Some(account) => {
                                accounts::void_links(u, account.id, now).await?;
                                accounts::set_details(u, account.id, &form.name, &b.lang).await?;
                                accounts::set_buurt(u, account.id, form.buurt).await?;
                                accounts::set_password(u, account.id, hash.as_deref()).await?;
                                account.id
                            }
                            None => {
                                let new = NewAccount {
                                    email: &form.email,
                                    name: &form.name,
                                    password_hash: hash.clone(),
                                    lang: &b.lang,
                                    buurt_id: Some(form.buurt),
                                    confirmed_at: None,
                                    at: now,
                                };
                                accounts::create(u, &new).await?
                            }
                        };
                        link(u, &token, "confirm", id, None, now, LINK_TERM).await?;
                        if let Some(hash) = &hash {
                            remember(u, &keeper(&w, id, hash), "sign_up_here", &b.key_actor, "", now).await?;
                        }
                        let values = Values { path: urls::Confirm { token }.to_string(), ..Values::default() };
                        letter(u, now, "confirm", &form.email, &b.lang, &values).await?;
                        id
                    }
                };
                audit(u, now, None, "sign_up", ("account", id), "").await?;
                remember(u, &b.key, "sign_up", &b.key_actor, &b.to(&urls::SignUpSent {}), now).await
            })
        })
        .await
}

/// Sends a sign-in link to the address, if it has an account. `next` is a local path to go on to, or empty.
///
/// # Errors
/// [`ActError::TooMany`], [`ActError::Done`].
pub async fn ask_link(world: &World, email: &str, next: &str, browser: &Browser) -> Result<(), ActError> {
    limits::link_mail(world, email, &browser.network).await?.take(world).await?;
    let (now, token, b, email, next) =
        (world.now(), world.secret(), browser.clone(), email.to_owned(), next.to_owned());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                once(u, &b.key, "ask_link", &b.key_actor).await?;
                if let Some(account) = accounts::by_email(u, &email).await? {
                    link(u, &token, "sign_in", account.id, None, now, SIGN_IN_LINK_TERM).await?;
                    let name = if account.confirmed_at.is_some() { account.name } else { String::new() };
                    let values =
                        Values { path: format!("{}{next}", urls::SignInWith { token }), name, ..Values::default() };
                    letter(u, now, "sign-in", &account.email, &account.lang, &values).await?;
                }
                remember(u, &b.key, "ask_link", &b.key_actor, &b.to(&urls::SignInSent {}), now).await
            })
        })
        .await
}

/// A waiting plan's link opens on the same page as a confirmation.
fn serves(link: &str, purpose: &str) -> bool {
    link == purpose || (link == "draft" && purpose == "confirm")
}

/// Whether a mailed link of this purpose (`confirm` or `sign_in`) can still be used; uses nothing up.
///
/// # Errors
/// The store's.
pub async fn link_works(world: &World, token: &str, purpose: &str) -> Result<bool, ActError> {
    let found = accounts::link(&mut world.db.read().await?, &keys::digest(token.as_bytes()), world.now()).await?;
    Ok(found.is_some_and(|l| serves(&l.purpose, purpose)))
}

/// Whether a mailed link hands in a plan that waits for its address.
///
/// # Errors
/// The store's.
pub async fn link_hands_in(world: &World, token: &str) -> Result<bool, ActError> {
    let found = accounts::link(&mut world.db.read().await?, &keys::digest(token.as_bytes()), world.now()).await?;
    Ok(found.is_some_and(|l| l.draft_id.is_some()))
}

/// What a mailed link did.
#[derive(Clone, Copy, Debug)]
pub struct Arrived {
    /// Who is signed in now.
    pub account: i64,
    /// The waiting plan that was handed in.
    pub plan: Option<i64>,
}

/// Uses a mailed link (`confirm` or `sign_in`): the address is theirs, and they are signed in under `browser.new`.
///
/// # Errors
/// [`ActError::NotFound`] when the link has run out, was used, or is of another purpose.
pub async fn open_link(
    world: &World,
    token: &str,
    purpose: &'static str,
    browser: &Browser,
) -> Result<Arrived, ActError> {
    let (now, hash, w, b) = (world.now(), keys::digest(token.as_bytes()), world.clone(), browser.clone());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                let found = accounts::link(u, &hash, now)
                    .await?
                    .filter(|l| serves(&l.purpose, purpose))
                    .ok_or(ActError::NotFound)?;
                if !accounts::use_link(u, &hash, now).await? {
                    return Err(ActError::NotFound);
                }
                // A waiting plan makes the account where there is none and is handed in, all in this unit.
                let arrived = match (found.account_id, found.draft_id) {
                    (_, Some(draft)) => {
                        let (account, plan) = crate::initiatives::hand_in_draft(u, draft, now).await?;
                        Arrived { account, plan: Some(plan) }
                    }
                    (Some(account), None) => Arrived { account, plan: None },
                    (None, None) => return Err(ActError::NotFound),
                };
                arrive(u, &w, arrived.account, &b, now).await?;
                Ok(arrived)
            })
        })
        .await
}

/// Someone opened a mail to this account's address: it is confirmed, and they are signed in under `browser.new`. For acts
/// with links of their own (waiting plans, invitations). A password chosen at sign-up stays only when chosen in this
/// browser: else somebody else may have chosen it beforehand for an address that is not theirs.
///
/// # Errors
/// [`ActError::NotFound`] for a closed account, or the store's.
pub async fn arrive(u: &mut Unit, world: &World, account: i64, browser: &Browser, now: i64) -> Result<(), ActError> {
    let account = accounts::get(u, account).await?.ok_or(ActError::NotFound)?;
    if account.confirmed_at.is_none() {
        if let Some(hash) = &account.password_hash
            && system::answered(u, &keeper(world, account.id, hash), "sign_up_here", &browser.key_actor)
                .await?
                .is_none()
        {
            accounts::set_password(u, account.id, None).await?;
        }
        accounts::confirm(u, account.id, now).await?;
        audit(u, now, Some(account.id), "confirm", ("account", account.id), "").await?;
    }
    enter(u, world, account.id, browser, "link", None, now).await
}

/// Opens a session under the new cookie value and closes the old one.
async fn enter(
    u: &mut Unit,
    world: &World,
    account: i64,
    browser: &Browser,
    means: &str,
    second_factor_at: Option<i64>,
    now: i64,
) -> Result<(), ActError> {
    accounts::end_session(u, &keys::digest(browser.old.as_bytes())).await?;
    sessions::start(u, &browser.new, account, means, second_factor_at, now).await?;
    if !browser.network.is_empty() {
        limits::signed_in(u, world, account, &browser.network).await?;
    }
    Ok(audit(u, now, Some(account), "sign_in", ("account", account), means).await?)
}

/// Signs in with address and password under `browser.new`.
///
/// # Errors
/// [`ActError::Form`] at `password` when they do not fit (or the address is not confirmed), [`ActError::TooMany`].
pub async fn sign_in(world: &World, form: &SignIn, browser: &Browser) -> Result<i64, ActError> {
    let address = email_key(&form.email);
    let pair = format!("{address}\0{}", browser.network);
    let mut c = world.db.read().await?;
    let account = accounts::by_email(&mut c, &form.email).await?.filter(|a| a.confirmed_at.is_some());
    let cost = match &account {
        Some(a) if !accounts::grants(&mut c, a.id).await?.is_empty() => Cost::Role,
        _ => Cost::Resident,
    };
    drop(c);
    let known = match &account {
        Some(a) => limits::knows(world, a.id, &browser.network).await?,
        None => false,
    };
    let mut counted = vec![(limits::SIGN_IN_FLOOD, browser.network.as_str()), (limits::SIGN_IN_PAIR, pair.as_str())];
    if !known {
        counted.push((limits::SIGN_IN_ADDRESS, address.as_str()));
    }
    let turns = Turns::of(world, &counted);
    turns.take(world).await?;
    let right =
        passwords::right(world, &form.password, account.as_ref().and_then(|a| a.password_hash.as_deref())).await?;
    let Some(account) = account.filter(|_| right) else {
        limits::SIGN_IN_NETWORK.count(world, &browser.network).await?;
        return Err(Errors::one("password", Problem::NotRight).into());
    };
    let dearer = match &account.password_hash {
        Some(hash) if passwords::too_cheap(hash, cost) => Some(passwords::hash(world, &form.password, cost).await?),
        _ => None,
    };
    let (now, w, b, id) = (world.now(), world.clone(), browser.clone(), account.id);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                turns.give_back(u).await?;
                if let Some(hash) = dearer {
                    accounts::set_password(u, id, Some(&hash)).await?;
                }
                enter(u, &w, id, &b, "password", None, now).await?;
                Ok(id)
            })
        })
        .await
}

/// Signs out here, or everywhere.
///
/// # Errors
/// The store's.
pub async fn sign_out(world: &World, actor: &Actor, cookie: &str, everywhere: bool) -> Result<(), ActError> {
    let (now, hash, account) = (world.now(), keys::digest(cookie.as_bytes()), actor.account);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                accounts::end_session(u, &hash).await?;
                if let Some(account) = account {
                    if everywhere {
                        accounts::end_sessions(u, account, &[]).await?;
                    }
                    audit(
                        u,
                        now,
                        Some(account),
                        "sign_out",
                        ("account", account),
                        if everywhere { "everywhere" } else { "" },
                    )
                    .await?;
                }
                Ok::<_, ActError>(())
            })
        })
        .await
}
