//! The second factor: an authenticator app (TOTP) and recovery codes.
//!
//! The database holds only a salt; the app's secret follows from it and the server's key.

use crate::accounts::{Browser, own};
use crate::limits::{self, Turns};
use crate::residence::new_code;
use crate::{ActError, Actor, World, audit, keys};
use domain::access::{Act, Denied, Subject, decide};
use domain::account::normal_code;
use domain::form::{Errors, Problem};
use store::accounts::{Account, second_factor};
use totp_rs::{Builder, Totp};

/// How many recovery codes somebody gets.
pub const RECOVERY_CODES: usize = 10;
/// Characters of a recovery code: 50 bits.
const RECOVERY_LENGTH: usize = 10;

/// What the set-up page shows.
#[derive(Clone, Debug)]
pub struct Setup {
    /// For typing over: base 32.
    pub secret: String,
    /// For the QR code.
    pub uri: String,
}

fn totp(world: &World, account: i64, salt: &[u8]) -> Result<Totp, ActError> {
    let secret = world.keys.tag("totp", &[&account.to_be_bytes()[..], salt].concat());
    Builder::new()
        .with_secret(secret[..20].to_vec())
        .with_digits(6)
        .with_step_duration(30)
        .with_skew(1)
        .build()
        .map_err(|e| ActError::Broken(format!("totp: {e}")))
}

/// The salt of a set-up under way: the same for page and form, another after each set-up.
fn waiting_salt(world: &World, account: &Account, cookie: &str) -> Vec<u8> {
    world.keys.tag("totp-setup", format!("{}\0{cookie}\0{}", account.id, account.totp_at.unwrap_or(0)).as_bytes())[..16]
        .to_vec()
}

/// The step of a right code, now or one step beside it.
fn step_of(world: &World, totp: &Totp, code: &str) -> Option<i64> {
    // An authenticator app knows the real time, also where the demo city is ahead of it.
    totp.check(code, u64::try_from(world.now() - world.clock.ahead()).ok()?).and_then(|step| i64::try_from(step).ok())
}

/// The turn of one guess.
fn turns(world: &World, account: i64) -> Turns {
    Turns::of(world, &[(limits::SECOND_FACTOR, &account.to_string())])
}

fn not_right() -> ActError {
    Errors::one("code", Problem::NotRight).into()
}

/// The account, allowed to set up an app: one that has an app shows its second factor first.
async fn ready(world: &World, actor: &Actor) -> Result<Account, ActError> {
    let account = own(world, actor).await?;
    decide(Act::ChangeAccount, actor, &Subject { owner: Some(account.id), ..Subject::default() })?;
    if account.totp_at.is_some() && !actor.second_factor { Err(Denied::SecondFactor.into()) } else { Ok(account) }
}

/// What to show for setting up an app.
///
/// # Errors
/// [`ActError::Denied`] when not signed in, or when the app that is there must be shown first.
pub async fn prepare(world: &World, actor: &Actor, cookie: &str) -> Result<Setup, ActError> {
    let account = ready(world, actor).await?;
    let secret = totp(world, account.id, &waiting_salt(world, &account, cookie))?.secret().to_base32();
    let label: String = account
        .email
        .bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"-_.~@".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect();
    Ok(Setup {
        uri: format!(
            "otpauth://totp/Fijne%20Buurt:{label}?secret={secret}&issuer=Fijne%20Buurt&algorithm=SHA1&digits=6&period=30"
        ),
        secret,
    })
}

/// Sets the app up when its first code is right; gives the recovery codes, which are not shown again. The session, now with
/// a second factor, goes on under `browser.new`.
///
/// # Errors
/// [`ActError::Form`] at `code`, [`ActError::Denied`], [`ActError::TooMany`].
pub async fn set_up(world: &World, actor: &Actor, code: &str, browser: &Browser) -> Result<Vec<String>, ActError> {
    let account = ready(world, actor).await?;
    let id = account.id;
    let turns = turns(world, id);
    turns.take(world).await?;
    let salt = waiting_salt(world, &account, &browser.old);
    let typed: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let step = step_of(world, &totp(world, id, &salt)?, &typed).ok_or_else(not_right)?;
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| new_code(world, RECOVERY_LENGTH)).collect();
    let (now, old, new) = (world.now(), keys::digest(browser.old.as_bytes()), keys::digest(browser.new.as_bytes()));
    let hashes: Vec<[u8; 32]> = codes.iter().map(|c| recovery_hash(world, id, c)).collect();
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                second_factor::set(u, id, &salt, step, now).await?;
                for hash in &hashes {
                    second_factor::add_recovery_code(u, id, hash).await?;
                }
                if !second_factor::shown(u, id, &old, &new, now).await? {
                    return Err(Denied::SignIn.into());
                }
                turns.give_back(u).await?;
                audit(u, now, Some(id), "second_factor_set_up", ("account", id), "").await?;
                Ok::<_, ActError>(())
            })
        })
        .await?;
    Ok(codes)
}

fn recovery_hash(world: &World, account: i64, code: &str) -> [u8; 32] {
    world.keys.tag("recovery", format!("{account}\0{code}").as_bytes())
}

/// Shows the second factor in this session, which goes on under `browser.new`: a code of the app, or a recovery code.
///
/// # Errors
/// [`ActError::Form`] at `code`, [`ActError::Denied`], [`ActError::TooMany`]; [`ActError::NotFound`] when no app was set up.
pub async fn show(world: &World, actor: &Actor, code: &str, browser: &Browser) -> Result<(), ActError> {
    let account = own(world, actor).await?;
    let id = account.id;
    let salt = account.totp_secret.filter(|_| account.totp_at.is_some()).ok_or(ActError::NotFound)?;
    let turns = turns(world, id);
    turns.take(world).await?;
    let typed: String = code.chars().filter(|c| !c.is_whitespace()).take(64).collect();
    let by_app = typed.len() == 6 && typed.bytes().all(|b| b.is_ascii_digit());
    let step = if by_app { step_of(world, &totp(world, id, &salt)?, &typed) } else { None };
    let recovery = if by_app {
        None
    } else {
        normal_code(&typed).filter(|c| c.len() == RECOVERY_LENGTH).map(|c| recovery_hash(world, id, &c))
    };
    let (now, old, new) = (world.now(), keys::digest(browser.old.as_bytes()), keys::digest(browser.new.as_bytes()));
    let shown = world
        .db
        .write(move |u| {
            Box::pin(async move {
                let right = match (step, recovery) {
                    (Some(step), _) => second_factor::use_step(u, id, step).await?,
                    (None, Some(hash)) => second_factor::use_recovery_code(u, id, &hash, now).await?,
                    (None, None) => false,
                };
                if right {
                    if !second_factor::shown(u, id, &old, &new, now).await? {
                        return Err(Denied::SignIn.into());
                    }
                    turns.give_back(u).await?;
                    audit(u, now, Some(id), "second_factor", ("account", id), if by_app { "app" } else { "recovery" })
                        .await?;
                }
                Ok::<_, ActError>(right)
            })
        })
        .await?;
    if shown { Ok(()) } else { Err(not_right()) }
}
