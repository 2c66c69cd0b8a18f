//! Making an account, showing that a mail address is yours, signing in and out.
//!
//! No answer tells whether an address has an account: the mail does.

use crate::passwords::{self, Cost};
use crate::{ActError, Actor, World, audit, hex, keys, letter, limits, once, remember, sessions};
use domain::access::{Act, Denied, Grant, Role, Scope, Subject, decide};
use domain::account::{Details, SignIn, SignUp, email_key};
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
/// How long after a sign-in the password may be changed without typing the old one, in seconds.
const FRESH: i64 = 15 * 60;

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
    let hash = if form.password.is_empty() {
        None
    } else {
        passwords::strong(world, &form.password, &[&form.name, &form.email]).await?;
        Some(passwords::hash(world, &form.password, Cost::Resident).await?)
    };
    limits::LINKS_NETWORK.count(world, &browser.network).await?;
    limits::LINKS.count(world, &email_key(&form.email)).await?;
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
                Ok::<_, ActError>(remember(u, &b.key, "sign_up", &b.key_actor, &b.to(&urls::SignUpSent {}), now).await?)
            })
        })
        .await
}

/// Sends a sign-in link to the address, if it has an account. `next` is a local path to go on to, or empty.
///
/// # Errors
/// [`ActError::TooMany`], [`ActError::Done`].
pub async fn ask_link(world: &World, email: &str, next: &str, browser: &Browser) -> Result<(), ActError> {
    limits::LINKS_NETWORK.count(world, &browser.network).await?;
    limits::LINKS.count(world, &email_key(email)).await?;
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
                Ok::<_, ActError>(
                    remember(u, &b.key, "ask_link", &b.key_actor, &b.to(&urls::SignInSent {}), now).await?,
                )
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

/// Uses a mailed link (`confirm` or `sign_in`): the address is theirs, and they are signed in under `browser.new`.
///
/// # Errors
/// [`ActError::NotFound`] when the link has run out, was used, or is of another purpose.
pub async fn open_link(world: &World, token: &str, purpose: &'static str, browser: &Browser) -> Result<i64, ActError> {
    let (now, hash, w, b) = (world.now(), keys::digest(token.as_bytes()), world.clone(), browser.clone());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                let found =
                    accounts::link(u, &hash, now).await?.filter(|l| serves(&l.purpose, purpose)).ok_or(ActError::NotFound)?;
                if !accounts::use_link(u, &hash, now).await? {
                    return Err(ActError::NotFound);
                }
                // A waiting plan makes or confirms the account and is handed in, all in this unit.
                let account = match (found.account_id, found.draft_id) {
                    (_, Some(draft)) => crate::initiatives::confirm_draft(u, draft, now).await?.0,
                    (Some(account), None) => account,
                    (None, None) => return Err(ActError::NotFound),
                };
                arrive(u, &w, account, &b, now).await?;
                Ok(account)
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
    enter(u, account.id, browser, "link", None, now).await
}

/// Opens a session under the new cookie value and closes the old one.
async fn enter(
    u: &mut Unit,
    account: i64,
    browser: &Browser,
    means: &str,
    second_factor_at: Option<i64>,
    now: i64,
) -> Result<(), ActError> {
    accounts::end_session(u, &keys::digest(browser.old.as_bytes())).await?;
    sessions::start(u, &browser.new, account, means, second_factor_at, now).await?;
    Ok(audit(u, now, Some(account), "sign_in", ("account", account), means).await?)
}

/// Signs in with address and password under `browser.new`.
///
/// # Errors
/// [`ActError::Form`] at `password` when they do not fit (or the address is not confirmed), [`ActError::TooMany`].
pub async fn sign_in(world: &World, form: &SignIn, browser: &Browser) -> Result<i64, ActError> {
    let address = email_key(&form.email);
    let pair = format!("{address}\0{}", browser.network);
    limits::SIGN_IN_PAIR.room(world, &pair).await?;
    limits::SIGN_IN_ADDRESS.room(world, &address).await?;
    limits::SIGN_IN_FLOOD.room(world, &browser.network).await?;
    let mut c = world.db.read().await?;
    let account = accounts::by_email(&mut c, &form.email).await?;
    let cost = match &account {
        Some(a) if !accounts::grants(&mut c, a.id).await?.is_empty() => Cost::Role,
        _ => Cost::Resident,
    };
    drop(c);
    let right =
        passwords::right(world, &form.password, account.as_ref().and_then(|a| a.password_hash.as_deref())).await?;
    let Some(account) = account.filter(|a| right && a.confirmed_at.is_some()) else {
        limits::SIGN_IN_PAIR.count(world, &pair).await?;
        limits::SIGN_IN_ADDRESS.count(world, &address).await?;
        limits::SIGN_IN_FLOOD.count(world, &browser.network).await?;
        limits::SIGN_IN_NETWORK.count(world, &browser.network).await?;
        return Err(Errors::one("password", Problem::NotRight).into());
    };
    let dearer = match &account.password_hash {
        Some(hash) if passwords::too_cheap(hash, cost) => Some(passwords::hash(world, &form.password, cost).await?),
        _ => None,
    };
    let (now, b, id) = (world.now(), browser.clone(), account.id);
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                if let Some(hash) = dearer {
                    accounts::set_password(u, id, Some(&hash)).await?;
                }
                enter(u, id, &b, "password", None, now).await?;
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

/// Changes name, language, buurt (until residence was shown) and password; a new password closes all other sessions.
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
        let fresh = session.is_some_and(|s| world.now() - s.authenticated_at < FRESH);
        if let Some(present) = account.password_hash.as_deref().filter(|_| !fresh) {
            let who = account.id.to_string();
            limits::SIGN_IN_PAIR.room(world, &who).await?;
            if !passwords::right(world, &form.current, Some(present)).await? {
                limits::SIGN_IN_PAIR.count(world, &who).await?;
                return Err(Errors::one("current", Problem::NotRight).into());
            }
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
                Ok::<_, ActError>(
                    remember(u, &b.key, "change_details", &b.key_actor, &b.to(&urls::Mine {}), now).await?,
                )
            })
        })
        .await
}

/// Makes an administrator of the whole city, confirmed, or makes one of an account that is there. For the command line.
///
/// # Errors
/// [`ActError::Form`] for a weak password, or the store's.
pub async fn make_administrator(world: &World, name: &str, email: &str, password: &str) -> Result<i64, ActError> {
    passwords::strong(world, password, &[name, email]).await?;
    let hash = passwords::hash(world, password, Cost::Role).await?;
    let (now, name, email) = (world.now(), name.to_owned(), email.to_owned());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                let id = match accounts::by_email(u, &email).await? {
                    Some(account) => {
                        accounts::set_password(u, account.id, Some(&hash)).await?;
                        accounts::confirm(u, account.id, now).await?;
                        account.id
                    }
                    None => {
                        accounts::create(
                            u,
                            &NewAccount {
                                email: &email,
                                name: &name,
                                password_hash: Some(hash),
                                lang: "nl",
                                buurt_id: None,
                                confirmed_at: Some(now),
                                at: now,
                            },
                        )
                        .await?
                    }
                };
                let grant = Grant { role: Role::Administrator, scope: Scope::City };
                if !accounts::grants(u, id).await?.contains(&grant) {
                    let grant_id = accounts::grant(u, id, grant, "", None, now).await?;
                    audit(u, now, None, "grant", ("role_grant", grant_id), "administrator").await?;
                }
                Ok::<_, ActError>(id)
            })
        })
        .await
}

/// Signs in as one of the demo city's people, second factor included; only where the setting `demo` is `1`.
///
/// # Errors
/// [`ActError::NotFound`] for other cities and unknown people.
pub async fn demo_sign_in(world: &World, email: &str, new_cookie: &str) -> Result<(), ActError> {
    let (now, email, new) = (world.now(), email.to_owned(), new_cookie.to_owned());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                if system::setting(u, "demo").await?.as_deref() != Some("1") {
                    return Err(ActError::NotFound);
                }
                let account = accounts::by_email(u, &email).await?.ok_or(ActError::NotFound)?;
                enter(u, account.id, &Browser { new, ..Browser::default() }, "demo", Some(now), now).await
            })
        })
        .await
}

/// The demo city's ready sign-ins.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
pub struct DemoSignIn {
    /// `resident`, `neighbour`, `moderator`, `staff` or `administrator`.
    pub role: String,
    /// Name.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Who this is, in a line.
    pub line: String,
}

/// Who can be signed in as with one tap: from the setting `demo_signins`, empty outside the demo city.
///
/// # Errors
/// [`ActError::Broken`] when the setting cannot be read.
pub async fn demo_people(world: &World) -> Result<Vec<DemoSignIn>, ActError> {
    let mut c = world.db.read().await?;
    if system::setting(&mut c, "demo").await?.as_deref() != Some("1") {
        return Ok(Vec::new());
    }
    system::setting(&mut c, "demo_signins").await?.map_or(Ok(Vec::new()), |text| {
        serde_json::from_str(&text).map_err(|e| ActError::Broken(format!("setting demo_signins: {e}")))
    })
}
